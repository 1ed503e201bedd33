"""The parties' gains on one yardstick, for the concepts that look at the smallest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from goodoffices.settlement.problem import Problem


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a point of gain counts for each party; ``None`` for a party without a say.

    Egalitarian: the party's unit of utility. Kalai: that divided by its bargaining weight.
    Kalai–Smorodinsky: one part of its ideal gain, divided by its weight.

    Attributes
    ----------
    reservation
        The points from which each party's gain is counted.
    factors
        What a point of gain counts.
    required
        The points that each party must have in any case: for solutions its reservation, so that
        no gain is negative.
    """

    reservation: tuple[int, ...]
    factors: tuple[Fraction | None, ...]
    required: tuple[int, ...]

    @property
    def active(self) -> tuple[tuple[int, Fraction], ...]:
        """The parties with a say, and their factors."""
        return tuple((p, factor) for p, factor in enumerate(self.factors) if factor is not None)

    def smallest(self, points: Sequence[int]) -> Fraction:
        """The smallest gain; 0 if nobody has a say."""
        gains = (factor * (points[p] - self.reservation[p]) for p, factor in self.active)
        return min(gains, default=Fraction(0))

    def ascending(self, points: Sequence[int]) -> list[Fraction]:
        """The gains, the smallest first."""
        return sorted(factor * (points[p] - self.reservation[p]) for p, factor in self.active)

    def floors(self, least: Fraction) -> dict[int, int]:
        """Points at which every party's gain is ``least`` or more, and what is required."""
        return self._with_required(
            {p: self.reservation[p] + ceil(least / factor) for p, factor in self.active}
        )

    def floors_above(self, least: Fraction) -> dict[int, int]:
        """Points at which every party's gain is greater than ``least``, and what is required."""
        return self._with_required(
            {p: self.reservation[p] + floor(least / factor) + 1 for p, factor in self.active}
        )

    def _with_required(self, floors: dict[int, int]) -> dict[int, int]:
        return {p: max(least, floors.get(p, least)) for p, least in enumerate(self.required)}


def egalitarian(problem: Problem) -> Yardstick:
    """Gains point against point, in utility."""
    return Yardstick(problem.reservation, problem.units, problem.reservation)


def kalai(problem: Problem, weights: Sequence[Fraction]) -> Yardstick:
    """Gains in proportion to bargaining weights."""
    factors = (unit / weight for unit, weight in zip(problem.units, weights, strict=True))
    return Yardstick(problem.reservation, tuple(factors), problem.reservation)


def kalai_smorodinsky(
    problem: Problem, weights: Sequence[Fraction], ideal: Sequence[int]
) -> Yardstick:
    """Gains as parts of what each party could at best gain; without a say who cannot gain.

    ``ideal`` are the most points of each party among acceptable choices.
    """
    rows = zip(problem.reservation, ideal, weights, strict=True)
    factors = (None if best == least else 1 / ((best - least) * w) for least, best, w in rows)
    return Yardstick(problem.reservation, tuple(factors), problem.reservation)
