"""How points and objectives are written as columns of a mixed-integer program, and read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, gcd, inf, lcm

from goodoffices.settlement.problem import Box, Problem

LARGEST = 2**20
"""Up to here whole points are columns as they are; HiGHS' tolerances cannot confuse two of them."""

MARGIN = 1e-4
"""By how much a bound on scaled columns is loosened, so that rounding cannot hide a choice."""


@dataclass(frozen=True, slots=True)
class PartyPoints:
    """A party's points: ``base`` and something between 0 and ``span`` on top.

    ``table[issue][option]`` counts from the issue's worst option; interactions on a single issue
    are in it. ``boxes`` are those of two or more issues.
    """

    base: int
    span: int
    table: tuple[tuple[int, ...], ...]
    boxes: Mapping[Box, int]

    @property
    def losses(self) -> int:
        """What all the boxes take away together; ``base`` allows for it."""
        return sum(points for points in self.boxes.values() if points < 0)


def party_points(problem: Problem, party: int) -> PartyPoints:
    """One party's points, with boxes made as small and as few as they can be."""
    table = [[option[party] for option in issue] for issue in problem.tables]
    boxes: defaultdict[Box, int] = defaultdict(int)
    base = 0
    for term in problem.terms:
        if term.party != party:
            continue
        box = _narrowed(problem, term.box)
        if not box:
            base += term.points
        elif len(box) == 1:
            ((issue, options),) = box
            for option in options:
                table[issue][option] += term.points
        else:
            boxes[box] += term.points
    kept = {box: points for box, points in boxes.items() if points}
    worst = [min(values) for values in table]
    return PartyPoints(
        base=base + sum(worst) + sum(points for points in kept.values() if points < 0),
        span=sum(max(values) - least for values, least in zip(table, worst, strict=True))
        + sum(map(abs, kept.values())),
        table=tuple(
            tuple(points - least for points in values)
            for values, least in zip(table, worst, strict=True)
        ),
        boxes=kept,
    )


def _narrowed(problem: Problem, box: Box) -> Box:
    """The box without the issues on which it allows every option."""
    return tuple((issue, options) for issue, options in box if len(options) < problem.sizes[issue])


def scale_of(span: int) -> int:
    """Points to one unit of a column, so that columns stay below ``LARGEST``."""
    return 1 if span <= LARGEST else 2 ** (span.bit_length() - LARGEST.bit_length() + 1)


@dataclass(frozen=True, slots=True)
class Ruler:
    """How an exact objective is written in columns: value = start + unit × columns.

    ``is_whole``: values are whole numbers of units apart, and few enough to be told apart.
    """

    start: Fraction
    unit: Fraction
    is_whole: bool

    @property
    def gap(self) -> float:
        """How near the proven bound must come."""
        return 0.999 if self.is_whole else MARGIN

    def above(self, value: Fraction) -> float:
        """The least level of interest when only more than ``value`` is wanted."""
        level = (value - self.start) / self.unit
        return floor(level) + 0.5 if self.is_whole else float(level) - 2 * MARGIN

    def from_on(self, value: Fraction) -> float:
        """The least level of interest when only ``value`` and more is wanted."""
        level = (value - self.start) / self.unit
        return float(level) - (0.5 if self.is_whole else 2 * MARGIN)

    def bound(self, level: float) -> Fraction | float:
        """The exact value that a bound on the level stands for."""
        if abs(level) == inf:
            return level
        if self.is_whole:
            return self.start + self.unit * floor(level + 1e-6)
        return self.start + self.unit * Fraction(level + MARGIN)


def ruler(
    weights: Mapping[int, Fraction],
    base: tuple[int, ...],
    span: tuple[int, ...],
    scale: tuple[int, ...],
) -> Ruler:
    """The ruler of a weighted sum of points."""
    start = sum((weight * base[party] for party, weight in weights.items()), Fraction(0))
    weighted = {party: weight for party, weight in weights.items() if weight and span[party]}
    width = sum((weight * span[party] for party, weight in weighted.items()), Fraction(0))
    step = common_measure(weighted.values())
    is_whole = width <= step * LARGEST and all(scale[party] == 1 for party in weighted)
    return Ruler(start, step if is_whole else width / LARGEST, is_whole)


def common_measure(numbers: Iterable[Fraction]) -> Fraction:
    """The greatest fraction of which all numbers are whole multiples; 1 without numbers."""
    found = list(numbers)
    scale = lcm(*(number.denominator for number in found))
    return Fraction(gcd(*(int(number * scale) for number in found)) or scale, scale)
