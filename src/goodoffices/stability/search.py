"""The search behind the inverse question: the cheapest changes of rankings that make a state hold.

A node of the search holds *commitments*: comparisons that some party must come to make. A party's
nearest ranking that meets its commitments costs at least as much as any that meets more of them, so
nodes are taken in the order of their cost, and the first at which the state holds is cheapest.

What is missing at a node is that something deters a *temptation*: a party's move to a better
state. In every profile at which the state holds, one of these is true, and the branches are these:

* the party does not like the tempting state better;
* some state to which the others can bring it is not better (and, where escapes count, neither is
  what the party reaches from there), and they come there by moves that better their movers' states,
  where that counts. First the branch chooses which state; moves are added one at a time, each
  across the border of what can be reached already, since any way must cross it.

How a state holds under a node's commitments is judged by what it commits to and by what the
rankings before said and the new ones still say. What a new ranking says by chance does not count
here, so that every set of changes that suffices is met.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.model import Model
from goodoffices.stability.raising import NEVER, Lift
from goodoffices.stability.reach import Flags, Reached, Steps, backward, forward
from goodoffices.stability.reordering import Reordering, States, Wish, nearest
from goodoffices.stability.values import Values

Wishes: TypeAlias = frozenset[Wish]

FOLLOWED: Mapping[str, tuple[bool, bool]] = {
    "gmr": (False, False),
    "smr": (False, True),
    "seq": (True, False),
    "sseq": (True, True),
}
"""For each definition with sanctions: must they be improvements; do escapes count?"""


@dataclass(frozen=True, slots=True)
class Node:
    """Commitments of every party, and temptations whose deterrent is chosen."""

    wishes: tuple[Wishes, ...]
    decided: frozenset[int] = frozenset()

    def adding(self, party: int, wishes: Wishes, decided: int | None = None) -> Node:
        """The node with more commitments of a party."""
        own = tuple(w | wishes if p == party else w for p, w in enumerate(self.wishes))
        return Node(own, self.decided if decided is None else self.decided | {decided})


@dataclass(frozen=True, slots=True)
class Found:
    """A node at which the state holds, what it costs, and the rankings."""

    node: Node
    cost: int
    reordered: tuple[Reordering, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Temptation:
    """A party's move, where the others can bring it (``answers``), as numbers of states.

    ``numbers``, ``steps``: of the others' moves those that can follow on it.
    """

    party: int
    move: int
    answers: NDArray[np.int64]
    numbers: Mapping[int, NDArray[np.int64]]
    steps: Mapping[int, Steps]


@dataclass(slots=True)
class Table:
    """What every search in one model for one state uses again."""

    model: Model
    state: int
    changing: frozenset[int]
    steps: tuple[Steps, ...] = ()
    lifts: tuple[Lift, ...] = ()
    drops: tuple[Lift, ...] = ()
    spans: tuple[NDArray[np.int64], ...] = ()
    _kept: dict[tuple[int, Wishes], Reordering | None] = field(default_factory=dict)
    _within: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        graph, states = self.model.graph, self.model.states
        parties = range(len(self.model.parties))
        self.steps = tuple(Steps.of(graph, party) for party in parties)
        self.lifts = tuple(Lift(o.ranks, states, self.state, o.fixed) for o in self.model.orderings)
        # Every state between the two of a move, or tied with one, changes places with one of them
        # before the move becomes an improvement.
        self.spans = tuple(
            _spans(steps, own, states)
            for steps, own in zip(self.steps, self.model.ranks, strict=True)
        )
        # To drop below others is to be lifted over them in the ranking upside down.
        self.drops = tuple(
            Lift(-o.ranks, states, self.state, [(worse, better) for better, worse in o.fixed])
            for o in self.model.orderings
        )

    @property
    def ranks(self) -> tuple[Values, ...]:
        return self.model.ranks

    def reordered(self, party: int, wishes: Wishes) -> Reordering | None:
        """The party's nearest ranking that meets its commitments."""
        key = (party, wishes)
        if key not in self._kept:
            self._kept[key] = self._reordered(party, wishes)
        return self._kept[key]

    def _reordered(self, party: int, wishes: Wishes) -> Reordering | None:
        own = self.ranks[party]
        if all(wish.is_met(own) for wish in wishes):
            return Reordering(0, own)
        if party not in self.changing:
            return None
        if all(wish.better == self.state and not wish.is_strict for wish in wishes):
            return self.lifts[party].lifted([wish.worse for wish in wishes])
        if all(wish.worse == self.state and wish.is_strict for wish in wishes):
            return self.drops[party].dropped([wish.better for wish in wishes])
        return nearest(own, self.model.states, wishes, self.model.orderings[party].fixed)

    def lifted(self, party: int, choices: Sequence[frozenset[int]]) -> NDArray[np.int64]:
        """For each set of states, the cost of the party's not liking any of them better."""
        costs = self.lifts[party].costs(choices)
        return costs if party in self.changing else np.where(costs > 0, NEVER, 0)

    def temptations(self, party: int) -> list[Temptation]:
        """The party's moves from the state."""
        everything = {
            other: np.ones(len(steps.sources), dtype=np.bool_)
            for other, steps in enumerate(self.steps)
            if other != party
        }
        size = self.model.graph.size
        found = []
        for move in self.model.graph.moves(party, self.state).tolist():
            reached = forward(self.steps, everything, move, size)
            numbers = {
                m: np.flatnonzero(flags[self.steps[m].sources])
                for m, flags in reached.leaving.items()
            }
            steps = {
                m: Steps(self.steps[m].sources[n], self.steps[m].targets[n])
                for m, n in numbers.items()
            }
            found.append(Temptation(party, move, np.flatnonzero(reached.states), numbers, steps))
        return found

    def needed(self, party: int, answer: int, *, escapes: bool) -> frozenset[int]:
        """States that must not be better for an answer to deter."""
        if not escapes:
            return frozenset([answer])
        key = (party, answer)
        if key not in self._within:
            reached = self.model.graph.moves(party, answer).tolist()
            self._within[key] = frozenset([answer, *reached])
        return self._within[key]


class Search:
    """Nodes at which a state holds for some parties, in ascending order of cost.

    Parameters
    ----------
    concept
        ``nash``, ``gmr``, ``smr``, ``seq`` or ``sseq``.
    wanted
        The parties for whom the state is to hold.
    least
        For every party a cost that its share in any answer is known to reach.
    is_over
        Asked between nodes whether to stop.
    """

    def __init__(
        self,
        table: Table,
        concept: str,
        wanted: Sequence[int],
        least: Sequence[int],
        is_over: Callable[[], bool],
    ) -> None:
        self._table, self._concept, self._wanted = table, concept, wanted
        self._least, self._is_over = least, is_over
        self._follows = FOLLOWED.get(concept)
        self.temptations = [t for party in wanted for t in table.temptations(party)]
        self.bound: int | None = 0
        """No answer that is still to come costs less; ``None`` when none is to come."""

    def run(self) -> Iterator[Found]:
        """The answers; ends when there are no more, or when told to."""
        numbers = count()
        root = Node(tuple(frozenset[Wish]() for _ in self._table.ranks))
        heap = [(sum(self._least), 0, next(numbers), root, False)]
        seen: set[Node] = set()
        while heap:
            cost, depth, _, node, is_exact = heapq.heappop(heap)
            self.bound = cost
            if self._is_over():
                return
            if not is_exact:
                if node in seen:
                    continue
                seen.add(node)
                reordered = self._reordered(node)
                if reordered is None:
                    continue
                exact = self._bounded([r.cost for r in reordered])
                if exact > cost:
                    heapq.heappush(heap, (exact, depth, next(numbers), node, True))
                    continue
            kept = self._reordered(node)
            assert kept is not None
            view = View(self._table, self._concept, node, kept)
            by_chance = View(self._table, self._concept, node, kept, by_chance=True)
            open_ones = [n for n, t in enumerate(self.temptations) if not view.is_deterred(t)]
            # What not even chance deters comes first: it decides more about what is to be paid.
            worst = [n for n in open_ones if not by_chance.is_deterred(self.temptations[n])]
            if not worst:
                yield Found(node, sum(r.cost for r in kept), kept)
            if open_ones:
                for child, estimate in self._branches(node, view, worst or open_ones):
                    if child not in seen and estimate < NEVER:
                        at = max(estimate, cost)
                        heapq.heappush(heap, (at, depth - 1, next(numbers), child, False))
        self.bound = None

    def _reordered(self, node: Node) -> tuple[Reordering, ...] | None:
        found = [self._table.reordered(p, wishes) for p, wishes in enumerate(node.wishes)]
        whole = tuple(r for r in found if r is not None)
        return whole if len(whole) == len(found) else None

    def _bounded(self, costs: Sequence[int]) -> int:
        return sum(map(max, costs, self._least))

    def _branches(
        self, node: Node, view: View, open_ones: Sequence[int]
    ) -> Iterator[tuple[Node, int]]:
        undecided = [n for n in open_ones if n not in node.decided]
        costs = [reordering.cost for reordering in view.reordered]
        steps = {n: self._step(view, self.temptations[n], costs) for n in undecided or open_ones}
        # The one that is farthest from any way out decides most.
        number = max(steps, key=lambda n: (steps[n], -n))
        temptation = self.temptations[number]
        if number in node.decided:
            yield from self._ways(node, view, temptation, costs)
            return
        party, state = temptation.party, self._table.state
        own = frozenset(w.worse for w in node.wishes[party] if w.better == state)
        sets = {frozenset([temptation.move]): 0}
        if self._follows is not None:
            improves, escapes = self._follows
            if improves and view.good(party)[temptation.answers].any():
                child = Node(node.wishes, node.decided | {number})
                yield child, self._bounded(costs) + steps[number]
            not_better, near = view.not_better(party), self._near(view, temptation)
            for answer in temptation.answers.tolist():
                needed = self._table.needed(party, answer, escapes=escapes)
                missing = frozenset(s for s in needed if not not_better[s])
                if missing and temptation.move not in missing:
                    more = 0 if near[answer] else steps[number]
                    sets[missing] = min(more, sets.get(missing, more))
        choices = sorted(sets, key=sorted)
        lifted = self._table.lifted(party, [own | choice for choice in choices])
        for choice, cost in zip(choices, lifted.tolist(), strict=True):
            child = node.adding(
                party, frozenset(Wish(state, worse, False) for worse in choice), number
            )
            yield child, self._estimate(costs, party, cost) + sets[choice]

    def _near(self, view: View, temptation: Temptation) -> Flags:
        """The states where an answer could lead without anybody's changing what it improves to."""
        if self._follows is not None and self._follows[0]:
            return view.reached(temptation).states
        return np.ones(self._table.model.graph.size, dtype=np.bool_)

    def _step(self, view: View, temptation: Temptation, costs: Sequence[int]) -> int:
        """What it costs at least to bring an answer anywhere that it does not lead already."""
        if self._follows is None or not self._follows[0]:
            return 0
        found = int(NEVER)
        for mover, flags in self._borders(view, temptation).items():
            spans = self._table.spans[mover][flags]
            if len(spans) and (mover in self._table.changing or not spans.min()):
                paid = max(costs[mover], self._least[mover])
                found = min(found, max(0, int(spans.min()) - paid))
        return found

    def _borders(self, view: View, temptation: Temptation) -> dict[int, Flags]:
        """Moves of the others from where they come by improvements, that are none."""
        usable, steps = view.usable(temptation.party), self._table.steps
        leaving = view.reached(temptation).leaving
        return {m: leaving[m][steps[m].sources] & ~usable[m] for m in usable}

    def _estimate(self, costs: Sequence[int], party: int, cost: int) -> int:
        raised = [max(c, cost) if p == party else c for p, c in enumerate(costs)]
        return self._bounded(raised)

    def _ways(
        self, node: Node, view: View, temptation: Temptation, costs: Sequence[int]
    ) -> Iterator[tuple[Node, int]]:
        """One more move of the others that betters its mover's state, on the way to an answer."""
        table, party = self._table, temptation.party
        size = table.model.graph.size
        usable = view.usable(party)
        ends = np.zeros(size, dtype=np.bool_)
        hoped = view.good(party, lost=True)
        ends[temptation.answers] = hoped[temptation.answers]
        reached = view.reached(temptation)
        lost = np.flatnonzero(reached.states & ends)
        if self._follows is not None:
            for answer in lost.tolist():
                needed = table.needed(party, answer, escapes=self._follows[1])
                missing = [s for s in needed if not view.not_better(party)[s]]
                wishes = frozenset(Wish(table.state, s, False) for s in missing)
                yield node.adding(party, wishes), self._bounded(costs)
        borders = self._borders(view, temptation)
        if not len(lost):
            onward = backward(table.steps, usable, ends)
            within = np.zeros(size, dtype=np.bool_)
            within[temptation.answers] = True
            within[temptation.move] = True
            other = {
                m: onward[m][table.steps[m].targets] & within[table.steps[m].sources] & ~usable[m]
                for m in usable
            }
            borders = min(borders, other, key=lambda b: sum(int(f.sum()) for f in b.values()))
        for mover, flags in borders.items():
            if mover not in table.changing:
                continue
            own, spans = table.steps[mover], table.spans[mover][flags]
            ways = zip(own.sources[flags].tolist(), own.targets[flags].tolist(), strict=True)
            for (source, target), span in zip(ways, spans.tolist(), strict=True):
                child = node.adding(mover, frozenset([Wish(target, source)]))
                yield child, self._estimate(costs, mover, span)


class View:
    """How things stand at a node.

    ``by_chance``: whatever the new rankings say counts, also where nobody asked for it.
    """

    def __init__(
        self,
        table: Table,
        concept: str,
        node: Node,
        reordered: tuple[Reordering, ...],
        *,
        by_chance: bool = False,
    ) -> None:
        self._table, self._node, self._by_chance = table, node, by_chance
        self._follows = FOLLOWED.get(concept)
        self.reordered = reordered
        self._not_better: dict[tuple[int, bool], Flags] = {}
        self._good: dict[tuple[int, bool], Flags] = {}
        self._improving: dict[int, Flags] = {}
        self._reached: dict[Temptation, Reached] = {}

    def not_better(self, party: int, *, lost: bool = False) -> Flags:
        """States not better than the one that is to hold, before or by commitment.

        ``lost``: also those of them that the new ranking no longer has so.
        """
        key = (party, lost)
        if key not in self._not_better:
            state, own = self._table.state, self._table.ranks[party]
            if self._by_chance:
                own = self.reordered[party].ranks
            flags = own <= own[state]
            for wish in self._node.wishes[party]:
                if wish.better == state:
                    flags[wish.worse] = True
            new = self.reordered[party].ranks
            self._not_better[key] = flags if lost else flags & (new <= new[state])
        return self._not_better[key]

    def good(self, party: int, *, lost: bool = False) -> Flags:
        """States that deter the party when the others bring it there."""
        key = (party, lost)
        if key not in self._good:
            flags = self.not_better(party, lost=lost)
            if self._follows is not None and self._follows[1]:
                flags = flags & ~_leads(self._table.steps[party], ~flags)
            self._good[key] = flags
        return self._good[key]

    def usable(self, party: int) -> dict[int, Flags]:
        """Which moves of the others better their movers' states, before or by commitment."""
        return {m: self._improves(m) for m in range(len(self._table.ranks)) if m != party}

    def _improves(self, mover: int) -> Flags:
        if mover not in self._improving:
            steps, old = self._table.steps[mover], self._table.ranks[mover]
            new = self.reordered[mover].ranks
            if self._by_chance:
                old = new
            flags = old[steps.targets] > old[steps.sources]
            for wish in self._node.wishes[mover]:
                if wish.is_strict:
                    flags |= (steps.sources == wish.worse) & (steps.targets == wish.better)
            self._improving[mover] = flags & (new[steps.targets] > new[steps.sources])
        return self._improving[mover]

    def is_deterred(self, temptation: Temptation) -> bool:
        """Whether the party would not make this move."""
        party = temptation.party
        if self.not_better(party)[temptation.move]:
            return True
        if self._follows is None:
            return False
        good = self.good(party)
        if not good[temptation.answers].any():
            return False
        if not self._follows[0]:
            return True
        return bool((self.reached(temptation).states & good).any())

    def reached(self, temptation: Temptation) -> Reached:
        """Where the others go from a tempting state by improvements."""
        if temptation not in self._reached:
            size, numbers = self._table.model.graph.size, temptation.numbers
            usable = {m: self._improves(m)[n] for m, n in numbers.items()}
            self._reached[temptation] = forward(temptation.steps, usable, temptation.move, size)
        return self._reached[temptation]


def _spans(steps: Steps, own: Values, states: States) -> NDArray[np.int64]:
    """For each move by how many changes at least it becomes an improvement; 0 if it is one."""
    ordered = np.sort(own[states])
    up_to = np.searchsorted(ordered, own[steps.sources], side="right")
    below = np.searchsorted(ordered, own[steps.targets], side="left")
    return np.asarray(np.maximum(0, up_to - below - 1))


def _leads(steps: Steps, flags: Flags) -> Flags:
    """Where one move leads to a state of these."""
    found = np.zeros(len(flags), dtype=np.bool_)
    found[steps.sources[flags[steps.targets]]] = True
    return found


def is_plain(model: Model, party: int) -> bool:
    """Whether a party ties and fixes nothing: then a state alone moves past others most cheaply."""
    ordering = model.orderings[party]
    own = ordering.ranks[model.states]
    return not ordering.fixed and len(np.unique(own)) == len(own)
