"""Which choices reach given floors: blocks merged one by one, with bounds from prices.

For any prices on the parties' points, a beginning of a choice can reach the floors only if its
priced points, with the best priced options of the blocks that are left, come up to the priced
floors (Lagrangian relaxation, [Geoffrion1974]_, recalled). Linear programs over the blocks that
are left give the prices that rule out most; what one beginning teaches rules out others too.
Beginnings are handled as arrays, thousands at once, the most promising first, so that memory stays
small and good choices are met early. With ten parties this settles in about a second what branch
and cut does not settle in minutes: the greatest smallest gain of 8^30 choices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.relaxation import Relaxation, Values
from goodoffices.settlement.watch import Watch

Items = NDArray[np.int32]
Accept = Callable[[Items, Values], Values | None]
"""Called with choices, as options of the blocks (rows, blocks), and their points (rows, parties);
may give new floors, which hold from then on."""

# Beginnings handled at once: so many, and fewer where the next block has very many options.
_AT_ONCE = 2000
_LONGER_AT_ONCE = 1_000_000
_PRICES_KEPT = 128
_PRICES_COMPARED_AT_ONCE = 16
# Prices are learnt where this many beginnings are left, from so many of them, so many times.
_LEARNT_FROM = 600
_LEARNT = 4
_ROUNDS = 3
# Times that prices for a bound are learnt, and the part of it by which it must improve each time.
_TIGHTENED = 10
_TIGHT = 1e-5
# Rounding in sums of points, as a part of the greatest such sum.
_ROUNDING = 1e-10


@dataclass(slots=True)
class _Beginnings:
    """Choices for the first blocks: points (rows, parties), options (rows, blocks so far), and for
    each row the least surplus over the floors that any prices leave it."""

    points: Values
    items: Items
    surplus: Values

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> _Beginnings:
        return _Beginnings(self.points[rows], self.items[rows], self.surplus[rows])

    @property
    def depth(self) -> int:
        return int(self.items.shape[1])


class Reaching:
    """The search over one set of tables; what it has learnt serves the next search.

    Parameters
    ----------
    tables
        For each block an array (options, parties) of points.
    units
        What a point of each party counts, so that the parties' points are of one order of size.
    floors
        Floors that the first search may have; they decide the order of the blocks.
    """

    def __init__(self, tables: Sequence[Values], units: Values, floors: Values) -> None:
        self._units = units
        self._rng = np.random.default_rng(0)
        prices = Relaxation([table * units for table in tables]).prices(floors * units)
        # Blocks whose second best option is nearly as good as the best are decided first: once
        # they are, the relaxation of the rest is hardly better than what can be had.
        losses = [_second_loss(table * units @ prices) for table in tables]
        self._order = np.argsort(losses, kind="stable")
        self._tables = [tables[block] for block in self._order]
        self._relaxations: dict[int, Relaxation] = {}
        self._prices: Values = np.zeros((0, len(units)))
        self._rests: Values = np.zeros((0, len(tables) + 1))
        self._credit: Values = np.zeros(0)
        self._add_prices([prices])
        largest = sum(np.abs(table).max(axis=0) for table in tables) + np.abs(floors)
        self._rounding = _ROUNDING * float((units * largest).max())

    def all_reaching(
        self, floors: Values, accept: Accept, watch: Watch, *, beam: int | None = None
    ) -> bool:
        """Give all choices that reach the floors to ``accept``; whether these were all.

        With ``beam`` only so many of the most promising beginnings are followed: soon done, and
        not all. Choices that only rounding lets through are given too.
        """
        stack = [self._start()]
        while stack:
            if watch.is_over():
                return False
            beginnings = stack.pop()
            if beginnings.depth == len(self._tables):
                floors = self._accepted(beginnings, floors, accept)
                continue
            longer = self._longer(beginnings, floors)
            if beam is None or longer.depth % 3 == 0:
                longer = self._taught(longer, floors)
            order = np.argsort(longer.surplus, kind="stable")
            if beam is not None:
                stack.append(longer.take(order[-beam:]))
                continue
            parts = -(-len(order) // self._at_once(longer.depth))
            stack += [longer.take(part) for part in np.array_split(order, max(parts, 1))]
        return beam is None

    def bound(self, floors: Values, steps: Values) -> float:
        """The greatest ``t`` for which the prices learnt let ``floors + t * steps`` be reached."""
        widths = self._prices @ steps
        if not (widths > 0).any():
            return np.inf
        rooms = self._rests[:, 0] - self._prices @ floors
        return float((rooms[widths > 0] / widths[widths > 0]).min())

    def tightened(self, floors: Values, steps: Values) -> float:
        """That greatest ``t`` after learning the prices for which it is least (Newton's method)."""
        self._add_prices([steps / self._units / (steps / self._units).sum()])
        bound = self.bound(floors, steps)
        for _ in range(_TIGHTENED):
            needs = (floors + bound * steps) * self._units
            self._add_prices([self._relaxation(0).prices(needs)])
            before, bound = bound, self.bound(floors, steps)
            if before - bound <= _TIGHT * abs(before):
                break
        return bound

    def _at_once(self, depth: int) -> int:
        if depth == len(self._tables):
            return _AT_ONCE
        return max(1, min(_AT_ONCE, _LONGER_AT_ONCE // len(self._tables[depth])))

    def _start(self) -> _Beginnings:
        return _Beginnings(
            np.zeros((1, len(self._units))), np.zeros((1, 0), dtype=np.int32), np.zeros(1)
        )

    def _accepted(self, found: _Beginnings, floors: Values, accept: Accept) -> Values:
        near = ((found.points - floors) * self._units >= -self._rounding).all(axis=1)
        if not near.any():
            return floors
        items = np.empty((int(near.sum()), len(self._tables)), dtype=np.int32)
        items[:, self._order] = found.items[near]
        raised = accept(items, found.points[near])
        return floors if raised is None else raised

    def _longer(self, beginnings: _Beginnings, floors: Values) -> _Beginnings:
        """All beginnings with one block more that no prices rule out."""
        depth, table = beginnings.depth, self._tables[beginnings.depth]
        rows = options = np.zeros(0, dtype=np.int64)
        surplus = np.zeros(0)
        surpluses = (beginnings.points - floors).T
        best_first = np.argsort(-self._credit, kind="stable")
        for start in range(0, len(best_first), _PRICES_COMPARED_AT_ONCE):
            used = best_first[start : start + _PRICES_COMPARED_AT_ONCE]
            prices = self._prices[used]
            # Prices come first: minima over them then run along whole rows of memory.
            before = prices @ surpluses
            after = (table @ prices.T + self._rests[used, depth + 1]).T
            if start == 0:
                least = before[0, :, None] + after[0]
                for k in range(1, len(used)):
                    np.minimum(least, before[k, :, None] + after[k], out=least)
                rows, options = np.nonzero(least >= -self._rounding)
                surplus = least[rows, options]
                continue
            each = before.take(rows, axis=1)
            each += after.take(options, axis=1)
            lowest = each.min(axis=0)
            alive = lowest >= -self._rounding
            ruling = each[:, ~alive].argmin(axis=0)
            self._credit[used] += np.bincount(ruling, minlength=len(used))
            rows, options = rows[alive], options[alive]
            surplus = np.minimum(surplus[alive], lowest[alive])
            if not len(rows):
                break
        self._credit *= 0.99
        return _Beginnings(
            beginnings.points[rows] + table[options],
            np.c_[beginnings.items[rows], options.astype(np.int32)],
            surplus,
        )

    def _taught(self, beginnings: _Beginnings, floors: Values) -> _Beginnings:
        """Beginnings left after prices have been learnt from a few of them."""
        depth = beginnings.depth
        if depth >= len(self._tables) - 1:
            return beginnings
        for _ in range(_ROUNDS):
            before = len(beginnings.points)
            if before < _LEARNT_FROM:
                break
            relaxation = self._relaxation(depth)
            chosen = self._rng.choice(before, _LEARNT, replace=False)
            needs = (floors - beginnings.points[chosen]) * self._units
            new = self._add_prices([relaxation.prices(need) for need in needs])
            surplus = (beginnings.points - floors) @ self._prices[new].T
            lowest = (surplus + self._rests[new, depth]).min(axis=1)
            beginnings.surplus = np.minimum(beginnings.surplus, lowest)
            beginnings = beginnings.take(lowest >= -self._rounding)
            if len(beginnings.points) > 0.8 * before:
                break
        return beginnings

    def _relaxation(self, depth: int) -> Relaxation:
        """That of the blocks from a depth on."""
        if depth not in self._relaxations:
            rest = [table * self._units for table in self._tables[depth:]]
            self._relaxations[depth] = Relaxation(rest)
        return self._relaxations[depth]

    def _add_prices(self, prices: list[Values]) -> slice:
        """Keep prices, on points; the least useful ones give way. Gives where the new ones are."""
        if len(self._prices) + len(prices) > _PRICES_KEPT:
            kept = np.sort(np.argsort(-self._credit, kind="stable")[: _PRICES_KEPT * 3 // 4])
            self._prices, self._rests = self._prices[kept], self._rests[kept]
            self._credit = self._credit[kept]
        new = np.array(prices) * self._units
        rests = np.zeros((len(new), len(self._tables) + 1))
        for depth in reversed(range(len(self._tables))):
            best = (self._tables[depth] @ new.T).max(axis=0)
            rests[:, depth] = rests[:, depth + 1] + best
        first = len(self._prices)
        self._prices = np.r_[self._prices, new]
        self._rests = np.r_[self._rests, rests]
        self._credit = np.r_[self._credit, np.full(len(new), self._credit.max(initial=1.0))]
        return slice(first, len(self._prices))


def _second_loss(priced: Values) -> float:
    """What is lost if the best option is not taken but the next; none where there is no other."""
    if len(priced) == 1:
        return -1.0
    first, second = np.sort(priced)[::-1][:2]
    return float(first - second)


def improved(tables: Sequence[Values], units: Values, floors: Values, items: Items) -> Items:
    """A choice whose smallest surplus no exchange of options on two blocks makes greater.

    Parameters
    ----------
    tables, units, floors
        As in :class:`Reaching`; the surplus is in units.
    items
        Options of the blocks to begin from.
    """
    values = [table * units for table in tables]
    owner = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    option = np.concatenate([np.arange(len(table)) for table in tables])
    current = items.copy()
    # What is less than rounding can make of such sums is no gain, or the exchanges would never end.
    sizes = sum(np.abs(v).max(axis=0) for v in values) + np.abs(floors * units)
    least_gain = 10 * _ROUNDING * float(sizes.max())
    while True:
        surplus = sum(v[j] for v, j in zip(values, current, strict=True)) - floors * units
        moves = np.concatenate([v - v[j] for v, j in zip(values, current, strict=True)])
        best, pair = float(surplus.min()), None
        for first in range(len(moves)):
            smallest = (surplus + moves[first] + moves).min(axis=1)
            smallest[owner == owner[first]] = -np.inf
            second = int(smallest.argmax())
            if smallest[second] > best + least_gain:
                best, pair = float(smallest[second]), (first, second)
        if pair is None:
            return current
        for move in pair:
            current[owner[move]] = option[move]
