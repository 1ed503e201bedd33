"""How little would break a state's stability: the mirror of what would make it stable."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from goodoffices.stability.commitments import FOLLOWED, Node, Table, is_plain
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.inverse import checked
from goodoffices.stability.model import Model
from goodoffices.stability.reach import Flags, path
from goodoffices.stability.reordering import Reordering, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Radius:
    """The fewest changes of rankings after which a state no longer holds.

    Attributes
    ----------
    cost
        Pairs of states compared differently, over all parties: swaps of neighbours where nothing is
        tied. 0 if the state does not hold as things are; ``None`` if nothing was found.
    bound
        Proven: no fewer changes break it. ``None``: proven that nothing does.
    party, move
        Who would leave then, and where to.
    """

    concept: str
    cost: int | None
    bound: int | None
    party: int | None = None
    move: int | None = None

    @property
    def is_proven(self) -> bool:
        """Whether ``cost`` is the least, or it is proven that nothing breaks it."""
        return self.cost == self.bound


def radius(
    model: Model,
    state: int,
    concept: str,
    *,
    parties: Sequence[int] | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Radius:
    """The perturbation radius of a state: how many swaps of neighbours are needed to break it.

    Whatever the concept, somebody's move must come to be better than the state, and every answer
    to it that would deter must fail: because it no longer hurts, because there is an escape, or
    because one of those who would carry it out no longer wants to. Each branch of the search takes
    one of these ways for one answer.

    Parameters
    ----------
    parties
        For whom the state is to hold; for all if not given. The rankings of all may change, but for
        the pairs that their orderings call ``fixed``.
    is_over
        Asked now and then whether to stop.

    Raises
    ------
    StabilityError
        If the concept or the state is not known.

    References
    ----------
    Ours; after the levels of freedom of [MatbouliHipelKilgour2014]_, of which an abstract was read.
    """
    checked(model, state, concept)
    wanted = list(range(len(model.parties)) if parties is None else parties)
    definition = DEFINITIONS[concept]
    for party in wanted:
        if not definition(model.graph, model.ranks, party)[state]:
            return Radius(concept=concept, cost=0, bound=0, party=party)
    if concept in ("nash", "gmr", "smr") and all(is_plain(model, p) for p in wanted):
        return _by_dropping(model, state, concept, wanted)
    return _Breaking(Table(model, state, frozenset(range(len(model.parties)))), concept).first(
        wanted, is_over
    )


def _by_dropping(model: Model, state: int, concept: str, wanted: Sequence[int]) -> Radius:
    """Where nothing is tied or fixed and parties do not bear on another: the state alone falls."""
    best = Radius(concept=concept, cost=None, bound=None)
    for party in wanted:
        own = model.ranks[party]
        low, high = 1, int((own[model.states] < own[state]).sum())
        if not high or not _breaks(model, state, concept, party, high):
            continue
        while low < high:
            middle = (low + high) // 2
            if _breaks(model, state, concept, party, middle):
                high = middle
            else:
                low = middle + 1
        if best.cost is None or low < best.cost:
            best = Radius(concept=concept, cost=low, bound=low, party=party)
    return best


def _breaks(model: Model, state: int, concept: str, party: int, places: int) -> bool:
    """Whether a party would leave a state that falls by so many places in its ranking."""
    own = model.ranks[party]
    worse = np.sort(own[model.states][own[model.states] < own[state]])[::-1]
    fallen = 2 * own.astype(np.int64)
    fallen[state] = 2 * int(worse[places - 1]) - 1
    _, levels = np.unique(fallen, return_inverse=True)
    ranks = [levels.astype(np.int32) if p == party else r for p, r in enumerate(model.ranks)]
    return not DEFINITIONS[concept](model.graph, ranks, party)[state]


@dataclass(frozen=True, slots=True)
class _Breaking:
    table: Table
    concept: str

    def first(self, wanted: Sequence[int], is_over: Callable[[], bool]) -> Radius:
        """The cheapest way in which some move is no longer deterred."""
        numbers, state = count(), self.table.state
        nothing = tuple(frozenset[Wish]() for _ in self.table.ranks)
        heap: list[tuple[int, int, int, int, Node]] = []
        seen: set[tuple[int, int, Node]] = set()
        for party in wanted:
            for move in self.table.model.graph.moves(party, state).tolist():
                node = Node(nothing).adding(party, frozenset([Wish(move, state)]))
                self._push(heap, next(numbers), party, move, node)
        while heap:
            cost, _, party, move, node = heapq.heappop(heap)
            if is_over():
                return Radius(concept=self.concept, cost=None, bound=cost)
            if (party, move, node) in seen:
                continue
            seen.add((party, move, node))
            reordered = self._reordered(node)
            branches = self._branches(party, move, node, reordered or ())
            if branches is None:
                return Radius(concept=self.concept, cost=cost, bound=cost, party=party, move=move)
            for child in branches:
                self._push(heap, next(numbers), party, move, child)
        return Radius(concept=self.concept, cost=None, bound=None)

    def _push(
        self,
        heap: list[tuple[int, int, int, int, Node]],
        number: int,
        party: int,
        move: int,
        node: Node,
    ) -> None:
        reordered = self._reordered(node)
        if reordered is not None:
            heapq.heappush(heap, (sum(r.cost for r in reordered), number, party, move, node))

    def _reordered(self, node: Node) -> tuple[Reordering, ...] | None:
        found = [self.table.reordered(p, wishes) for p, wishes in enumerate(node.wishes)]
        whole = tuple(r for r in found if r is not None)
        return whole if len(whole) == len(found) else None

    def _branches(
        self, party: int, move: int, node: Node, reordered: Sequence[Reordering]
    ) -> Iterator[Node] | None:
        """Ways to undo one answer that deters; ``None`` if there is no such answer."""
        follows = FOLLOWED.get(self.concept)
        if follows is None:
            return None
        improves, escapes = follows
        table, state = self.table, self.table.state
        new = [r.ranks for r in reordered]
        not_better = new[party] <= new[party][state]
        ends = not_better.copy()
        if escapes:
            own = table.steps[party]
            ends[own.sources[~not_better[own.targets]]] = False
        usable: dict[int, Flags] = {
            mover: new[mover][steps.targets] > new[mover][steps.sources]
            if improves
            else np.ones(len(steps.sources), dtype=np.bool_)
            for mover, steps in enumerate(table.steps)
            if mover != party
        }
        way = path(table.steps, usable, move, ends)
        if way is None:
            return None
        return self._ways(party, node, way, improves=improves, escapes=escapes)

    def _ways(
        self,
        party: int,
        node: Node,
        way: Sequence[tuple[int, int, int]],
        *,
        improves: bool,
        escapes: bool,
    ) -> Iterator[Node]:
        for state in sorted(self.table.needed(party, way[-1][2], escapes=escapes)):
            if state != self.table.state:
                yield node.adding(party, frozenset([Wish(state, self.table.state)]))
        for mover, source, target in way if improves else ():
            yield node.adding(mover, frozenset([Wish(source, target, False)]))
