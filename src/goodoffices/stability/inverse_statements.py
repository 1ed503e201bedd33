"""Which statements a party would have to put first for a state to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.inverse import MOST, checked
from goodoffices.stability.model import Model
from goodoffices.stability.statements import ranks as statement_ranks
from goodoffices.stability.values import Values

Order = tuple[str, ...]

RanksOf = Callable[[int, Order], Values]
"""From the number of a party and its statements, the most important first, its ranks."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """New orders of statements under which the state holds.

    ``cost``: swaps of neighbouring statements, over all parties; ``costs``: of each party.
    ``orders`` and ``ranks``: of each party; empty orders for parties without statements.
    """

    cost: int
    costs: tuple[int, ...]
    orders: tuple[Order, ...]
    ranks: tuple[Values, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanges:
    """What changes of priorities do it.

    Attributes
    ----------
    alternatives
        In ascending order of cost. Orders that rank the states alike are one: the nearest stands.
    bound
        Proven: fewer swaps do not do it. ``None`` where no order of the statements does.
    """

    alternatives: tuple[Priorities, ...]
    bound: int | None

    @property
    def cheapest(self) -> Priorities | None:
        """The first alternative."""
        return self.alternatives[0] if self.alternatives else None


def priorities(
    model: Model,
    state: int,
    concept: str,
    ranks_of: RanksOf | None = None,
    *,
    parties: Sequence[int] | None = None,
    changing: Sequence[int] | None = None,
    most: int = MOST,
    most_swaps: int | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> PriorityChanges:
    """The fewest swaps of neighbouring statements that make a state hold.

    Orders are looked at by their number of swaps. Orders that a party itself could not live with,
    whatever the others did, are left out at once. Pairs of states that an ordering calls ``fixed``
    stay.

    Parameters
    ----------
    ranks_of
        How a party with its statements in another order ranks the states; as
        :func:`goodoffices.stability.statements.ranks` does if not given.
    parties, changing
        For whom the state is to hold, and who may change; all if not given. Only parties whose
        orderings have statements change.
    most
        How many alternatives to look for.
    most_swaps
        Where to stop; nowhere if not given.
    is_over
        Asked now and then whether to stop.

    Raises
    ------
    StabilityError
        If the concept or the state is not known, or nobody who may change has statements.
    """
    checked(model, state, concept)
    of: RanksOf = ranks_of or (lambda _, order: statement_ranks(model, order))
    everybody = range(len(model.parties))
    wanted = list(everybody if parties is None else parties)
    may = set(everybody if changing is None else changing)
    movable = [p for p in everybody if p in may and len(model.orderings[p].statements) > 1]
    if not movable:
        raise StabilityError(
            f"Nobody who may change in '{model.title}' has more than one preference statement. "
            "Ask for a change of rankings instead."
        )
    alone = {"seq": "gmr", "sseq": "smr"}.get(concept, concept)
    lists = {
        p: _Levels(model, p, of, _test(model, state, alone, p) if p in wanted else None)
        for p in movable
    }
    definition, found = DEFINITIONS[concept], list[Priorities]()
    last = sum(own.last for own in lists.values())
    for swaps in range(min(last, last if most_swaps is None else most_swaps) + 1):
        for shares in _splits(swaps, [lists[p].last for p in movable]):
            levels = [lists[p].level(n) for p, n in zip(movable, shares, strict=True)]
            for chosen in product(*levels):
                if is_over() or len(found) == most:
                    return PriorityChanges(
                        alternatives=tuple(found), bound=found[0].cost if found else swaps
                    )
                ranks, costs = list(model.ranks), [0] * len(model.parties)
                orders = [ordering.statements for ordering in model.orderings]
                for p, n, (order, own) in zip(movable, shares, chosen, strict=True):
                    ranks[p], orders[p], costs[p] = own, order, n
                if all(bool(definition(model.graph, ranks, p)[state]) for p in wanted):
                    found.append(Priorities(swaps, tuple(costs), tuple(orders), tuple(ranks)))
    if found:
        return PriorityChanges(alternatives=tuple(found), bound=found[0].cost)
    is_all = most_swaps is None or most_swaps >= last
    return PriorityChanges(alternatives=(), bound=None if is_all else (most_swaps or 0) + 1)


def explain_priorities(change: Priorities, model: Model) -> str:
    """Which statements change places, in words."""
    parts = []
    for party, order in enumerate(change.orders):
        if not change.costs[party]:
            continue
        before = model.orderings[party].statements
        moved = []
        for place, statement in enumerate(order):
            passed = [s for s in order[place + 1 :] if before.index(s) < before.index(statement)]
            if passed:
                moved.append(f"'{statement}' before " + " and ".join(f"'{s}'" for s in passed))
        parts.append(f"{model.parties[party]} must put {', '.join(moved)}")
    number = "1 swap" if change.cost == 1 else f"{change.cost} swaps"
    return f"{'; '.join(parts)} ({number})." if parts else "No statement has to move."


def _test(model: Model, state: int, concept: str, party: int) -> Callable[[Values], bool]:
    """Whether a ranking of its own could do for a party, whatever those of the others."""

    def could(own: Values) -> bool:
        ranks = [own if p == party else r for p, r in enumerate(model.ranks)]
        return bool(DEFINITIONS[concept](model.graph, ranks, party)[state])

    return could


class _Levels:
    """A party's orders of statements by their number of swaps, and what they rank."""

    def __init__(
        self, model: Model, party: int, ranks_of: RanksOf, could: Callable[[Values], bool] | None
    ) -> None:
        self._ordering, self._states = model.orderings[party], model.states
        self._ranks_of: Callable[[Order], Values] = lambda order: ranks_of(party, order)
        self._could = could
        count = len(self._ordering.statements)
        self.last = count * (count - 1) // 2
        self._orders = [{tuple(range(count))}]
        self._kept: list[list[tuple[Order, Values]]] = []
        self._seen: set[bytes] = set()

    def level(self, swaps: int) -> list[tuple[Order, Values]]:
        """The orders this many swaps away that rank the states as no nearer one does."""
        while len(self._kept) <= swaps:
            number = len(self._kept)
            if number:
                self._orders.append(_farther(self._orders[number - 1]))
            self._kept.append(list(self._new(self._orders[number])))
        return self._kept[swaps]

    def _new(self, places: set[tuple[int, ...]]) -> Iterator[tuple[Order, Values]]:
        for order in sorted(places):
            statements = tuple(self._ordering.statements[place] for place in order)
            ranks = self._ranks_of(statements)
            key = _levels(ranks[self._states])
            if key in self._seen:
                continue
            self._seen.add(key)
            if all(ranks[a] > ranks[b] for a, b in self._ordering.fixed) and (
                self._could is None or self._could(ranks)
            ):
                yield statements, ranks


def _levels(ranks: Values) -> bytes:
    """The same for rankings that compare all states alike."""
    return np.unique(ranks, return_inverse=True)[1].tobytes()


def _farther(orders: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """One swap of neighbours more, none of them back."""
    return {
        (*order[:n], order[n + 1], order[n], *order[n + 2 :])
        for order in orders
        for n in range(len(order) - 1)
        if order[n] < order[n + 1]
    }


def _splits(total: int, most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All ways to share a number of swaps among the parties."""
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    for own in range(min(total, most[0]) + 1):
        for rest in _splits(total - own, most[1:]):
            yield (own, *rest)
