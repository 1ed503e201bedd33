"""The greatest smallest gain, proven, and every efficient choice that attains it.

For problems whose blocks can be listed; see :mod:`goodoffices.settlement.reaching`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice, product
from math import inf, prod

import numpy as np

from goodoffices.settlement.blocks import components, list_blocks, shifted
from goodoffices.settlement.maxima import LIMB, Points, add, decode, maxima
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.reaching import Items, Reaching, improved
from goodoffices.settlement.relaxation import Values
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.yardsticks import Yardstick

_VECTORS = 20_000
"""Undominated vectors of all blocks together, up to which linear programs over them are quick."""

_BLOCK = 50_000
"""Choices of one block up to which it is listed here."""

_COLLECTED = 20_000
"""Choices with the greatest smallest gain that are collected before only better ones are sought."""

# Floating point may take gains for equal that differ by such a part; those are compared exactly.
_NEAR = 1e-9

_GAPS = (Fraction(1, 32), Fraction(1, 8), Fraction(1, 2))
"""Parts of the room between the best choice met and the bound: in which the greatest is sought
first. High floors leave little to look at, and what is found there leaves no other to look for."""

_BEAM = 300
_POLISHED = 10


class Sums:
    """Choices of a problem as options of its blocks, with their points."""

    def __init__(self, problem: Problem) -> None:
        moved = shifted(problem)
        self.problem = problem
        self.shift = moved.shift
        self.blocks = list_blocks(moved)
        self.tables = [_floats(block.points) for block in self.blocks]

    @property
    def is_small(self) -> bool:
        """Whether the blocks have few enough vectors to be searched."""
        return sum(map(len, self.tables)) <= _VECTORS

    def points(self, items: Items) -> list[tuple[int, ...]]:
        """The exact points of choices given as options of the blocks (rows, blocks)."""
        return [
            tuple(p + shift for p, shift in zip(row, self.shift, strict=True))
            for row in decode(self.shifted_points(items))
        ]

    def shifted_points(self, items: Items) -> Points:
        """The same before they are moved back (rows, parties, limbs)."""
        values: Points = self.blocks[0].points[items[:, 0]]
        for number, block in enumerate(self.blocks[1:], 1):
            values = add(values, block.points[items[:, number]])
        return values

    def count(self, items: Sequence[int]) -> int:
        """How many choices have these options of the blocks."""
        return prod(
            int(block.offsets[k + 1] - block.offsets[k])
            for block, k in zip(self.blocks, items, strict=True)
        )

    def choices(self, items: Sequence[int]) -> Iterator[Choice]:
        """The choices that have these options of the blocks."""
        parts = [
            block.choices[block.offsets[k] : block.offsets[k + 1]].tolist()
            for block, k in zip(self.blocks, items, strict=True)
        ]
        for combination in product(*parts):
            choice = [0] * len(self.problem.sizes)
            for block, options in zip(self.blocks, combination, strict=True):
                for issue, option in zip(block.issues, options, strict=True):
                    choice[issue] = option
            yield tuple(choice)


def _floats(points: Points) -> Values:
    values = points[..., 0].astype(np.float64)
    return values if points.shape[-1] == 1 else values * 2.0**LIMB + points[..., 1]


def listed_sums(problem: Problem) -> Sums | None:
    """The problem's blocks listed, if they can be and are small enough to be searched."""
    if any(prod(problem.sizes[i] for i in issues) > _BLOCK for issues in components(problem)):
        return None
    try:
        sums = Sums(problem)
    except OverflowError:
        return None
    return sums if sums.is_small else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Smallest:
    """The greatest smallest gain found.

    Attributes
    ----------
    value
        The gain; ``None`` where no acceptable choice was found.
    proven
        Whether no acceptable choice has a greater one.
    bound
        None has a greater one than this.
    items
        All efficient choices that attain it, as options of the blocks; only one, if
        ``is_complete`` is false.
    """

    value: Fraction | None
    proven: bool
    bound: float
    items: tuple[tuple[int, ...], ...]
    is_complete: bool


def greatest_smallest_gain(sums: Sums, yardstick: Yardstick, watch: Watch) -> Smallest:
    """The greatest smallest gain among acceptable choices, and who attains it efficiently."""
    if not all(len(table) for table in sums.tables):
        return Smallest(value=None, proven=True, bound=-inf, items=(), is_complete=True)
    search = _Search(sums, yardstick)
    search.begin(watch)
    done = search.run(watch)
    items, is_complete = search.efficient()
    value = search.best
    bound = float(value or 0) if done else search.bound()
    return Smallest(
        value=value,
        proven=done,
        bound=bound if value is None else max(bound, float(value)),
        items=items,
        is_complete=done and is_complete,
    )


def some_reaching(sums: Sums, floors: Sequence[int], watch: Watch) -> tuple[Choice | None, bool]:
    """A choice that gives each party so many points, if any; and whether that is settled."""
    nobody = Yardstick(tuple(floors), (None,) * len(floors), tuple(floors))
    if not all(len(table) for table in sums.tables):
        return None, True
    search = _Search(sums, nobody)
    search.begin(watch)
    done = search.best is not None or search.reaching.all_reaching(
        search.floors(), search.accept_one, watch
    )
    items, _ = search.efficient()
    return next(iter(first_choices(sums, items, 1)), None), done or bool(items)


@dataclass(slots=True)
class _Search:
    """The best gain so far, and the choices that attain it."""

    sums: Sums
    yardstick: Yardstick
    reaching: Reaching = field(init=False)
    best: Fraction | None = None
    _aim: Fraction | None = None
    _below: float = inf
    _units: Values = field(init=False)
    _one: tuple[int, ...] | None = None
    _collected: list[Items] = field(default_factory=list)
    _has_too_many: bool = False

    def __post_init__(self) -> None:
        self._units = self._comparable_units()
        self.reaching = Reaching(self.sums.tables, self._units, self.floors())

    def begin(self, watch: Watch) -> None:
        """Find a good choice, so that the search for better ones has little to look at."""
        met: list[Items] = []

        def accept(items: Items, points: Values) -> None:
            order = np.argsort(-self._gains(points), kind="stable")
            met.append(items[order[:_POLISHED]])

        self.reaching.all_reaching(self.floors(), accept, watch, beam=_BEAM)
        floors = self._floors(dict(enumerate(self.yardstick.reservation)))
        for items in [row for rows in met for row in rows]:
            self._consider(improved(self.sums.tables, self._units, floors, items)[None])

    def run(self, watch: Watch) -> bool:
        """Find all choices that are as good as the best; whether these are all."""
        for aim in [*self._aims(), None]:
            self._aim = aim
            self._collected.clear()
            self._has_too_many = False
            if not self.reaching.all_reaching(self.floors(), self.accept, watch):
                return False
            if self._collected:
                self._collected = [self._best_collected()]
            if aim is None or (self.best is not None and self.best >= aim):
                break
            self._below = float(aim)
        return True

    def _aims(self) -> list[Fraction]:
        """Gains to be sought before lesser ones, the greatest first."""
        if not self.yardstick.active:
            return []
        floors, steps = self._line()
        bound = Fraction(self.reaching.tightened(floors, steps))
        least = self.yardstick.smallest(self.yardstick.required) if self.best is None else self.best
        return [bound - (bound - least) * gap for gap in _GAPS if bound > least]

    def accept_one(self, items: Items, _points: Values) -> Values | None:
        """Keep one choice, and give floors that no other reaches."""
        self._consider(items)
        if self.best is None:
            return None
        return np.asarray(sum(table.max(axis=0) for table in self.sums.tables) + 1)

    def accept(self, items: Items, points: Values) -> Values | None:
        """Keep choices that are as good as the best so far; give what the next must reach."""
        gains = self._gains(points)
        near = gains >= gains.max() - _NEAR * abs(gains.max())
        before = self.best
        self._consider(items[near][:_POLISHED])
        if self.best != before:
            self._collected.clear()
            self._has_too_many = False
        if not self._has_too_many:
            self._collected.append(items)
            if sum(map(len, self._collected)) > _COLLECTED:
                self._collected = [self._best_collected()]
                self._has_too_many = len(self._collected[0]) > _COLLECTED
        return self.floors()

    def floors(self) -> Values:
        """Shifted points that are as good as the best so far; better, if those are too many."""
        if self._aim is not None and (self.best is None or self.best < self._aim):
            return self._floors(self.yardstick.floors(self._aim))
        if self.best is None:
            return self._floors(dict(enumerate(self.yardstick.required)))
        if self._has_too_many and self.yardstick.active:
            return self._floors(self.yardstick.floors_above(self.best))
        return self._floors(self.yardstick.floors(self.best))

    def bound(self) -> float:
        """What the prices learnt and the aims missed prove."""
        return min(self.reaching.bound(*self._line()), self._below)

    def _line(self) -> tuple[Values, Values]:
        """Shifted points required of all, with gains of 0 for the active; what a gain of 1 adds."""
        steps = np.zeros(len(self._units))
        start = dict(enumerate(self.yardstick.required))
        for party, factor in self.yardstick.active:
            steps[party] = float(1 / factor)
            start[party] = self.yardstick.reservation[party]
        return self._floors(start), steps

    def efficient(self) -> tuple[tuple[tuple[int, ...], ...], bool]:
        """The efficient ones of those collected, and whether these are all."""
        if self._has_too_many or not self._collected:
            return (() if self._one is None else (self._one,)), not self._has_too_many
        best = self._best_collected()
        rows = maxima(self.sums.shifted_points(best)).members
        return tuple(sorted(map(tuple, best[rows].tolist()))), True

    def _best_collected(self) -> Items:
        """Those of the choices collected that are, compared exactly, the best."""
        items = np.concatenate(self._collected)
        gains = [
            self.yardstick.smallest(points) if self._is_acceptable(points) else None
            for points in self.sums.points(items)
        ]
        self.best = max((gain for gain in [self.best, *gains] if gain is not None), default=None)
        return items[np.array([gain == self.best for gain in gains], dtype=np.bool_)]

    def _is_acceptable(self, points: Sequence[int]) -> bool:
        return all(p >= r for p, r in zip(points, self.yardstick.required, strict=True))

    def _consider(self, items: Items) -> None:
        for row, points in zip(items.tolist(), self.sums.points(items), strict=True):
            if self._is_acceptable(points):
                gain = self.yardstick.smallest(points)
                if self.best is None or gain > self.best:
                    self.best, self._one = gain, tuple(row)

    def _gains(self, points: Values) -> Values:
        floors = self._floors(dict(enumerate(self.yardstick.reservation)))
        active = [party for party, _ in self.yardstick.active]
        if not active:
            return np.zeros(len(points))
        return np.asarray(((points - floors) * self._units)[:, active].min(axis=1))

    def _floors(self, floors: dict[int, int]) -> Values:
        shift = self.sums.shift
        return np.array([float(floors[p] - shift[p]) for p in range(len(shift))])

    def _comparable_units(self) -> Values:
        """The yardstick's factors; for a party without a say, something of their size."""
        spans = sum(table.max(axis=0) for table in self.sums.tables)
        units = np.zeros(len(self.sums.shift))
        for party, factor in self.yardstick.active:
            units[party] = float(factor)
        typical = float((units * spans).max()) or 1.0
        silent = units == 0
        units[silent] = typical / np.maximum(np.asarray(spans)[silent], 1.0)
        return np.asarray(units / typical)


def first_choices(sums: Sums, items: Sequence[Sequence[int]], most: int) -> list[Choice]:
    """Choices behind options of the blocks, the first ``most`` of them."""
    return list(islice((choice for row in items for choice in sums.choices(row)), most))
