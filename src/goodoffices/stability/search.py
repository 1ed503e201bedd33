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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from goodoffices.stability.commitments import FOLLOWED, Node, Table, Temptation, View
from goodoffices.stability.raising import NEVER
from goodoffices.stability.reach import Flags, backward
from goodoffices.stability.reordering import Reordering, Wish


@dataclass(frozen=True, slots=True)
class Found:
    """A node at which the state holds, what it costs, and the rankings."""

    node: Node
    cost: int
    reordered: tuple[Reordering, ...]


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
