"""What happens to a solution while one party's points move.

One number of one party moves at constant speed; *time* is how far it has moved. The gain of that
party at an outcome is then ``start + slope × time``; the other parties' gains stay. Everything is
in whole numbers. The question is for how long the present solution stays one, and what follows it.

"Just after" a time is meant literally: gains are compared as pairs (gain at that time, slope), in
this order. What would beat the solution at a single time only, and neither before nor after, is
passed over; so is what would beat it for a time too short to be told from a single one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.candidates import Whole, whole

Form: TypeAlias = tuple[Whole, Whole]
"""For every row a linear function of time: its value at time 0, and its slope."""

Moving: TypeAlias = tuple[int, int]
"""A gain just after some time: its value then, and its slope."""

Times: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.bool_]

_ROUNDING = 1e-12
"""Relative to its terms, the size below which the sign of a difference is not taken for certain."""

_NEAR = 1e-9
"""Relative difference of two floating-point results that are compared again in whole numbers."""


class Side:
    """Gains at the candidates, as the party sees them whose points move.

    Parameters
    ----------
    others
        (rows, other parties): their gains; none is negative.
    start
        (rows,): the gain of the party that moves, at time 0.
    own
        The row of the present solution, at which nobody's gain is negative at time 0.
    """

    def __init__(self, others: Whole, start: Whole, own: int) -> None:
        self.others = others
        self.start = start
        self.own = own

    @cached_property
    def constants(self) -> list[tuple[int, ...]]:
        """The other parties' gains, row by row."""
        return [tuple(row) for row in self.others.tolist()]

    @cached_property
    def sums(self) -> Whole:
        """The sums of the other parties' gains."""
        sums: Whole = self.others.sum(axis=1)
        return sums

    @cached_property
    def products(self) -> Whole:
        """The products of the other parties' gains."""
        return whole(self.others.astype(object).prod(axis=1))

    @cached_property
    def positive(self) -> tuple[NDArray[np.int64], Whole]:
        """How many other parties gain, and the product of the gains of those that do."""
        gaining = np.where(self.others > 0, self.others, 1).astype(object)
        return (self.others > 0).sum(axis=1), whole(gaining.prod(axis=1))

    @cached_property
    def no_less(self) -> tuple[Rows, Rows]:
        """Where no other party has less than at the present solution; where one has more, too."""
        own = self.others[self.own]
        is_no_less = (self.others >= own).all(axis=1).astype(np.bool_)
        is_more = is_no_less & (self.others > own).any(axis=1).astype(np.bool_)
        return is_no_less, is_more

    @cached_property
    def ahead(self) -> Whole:
        """How much more the party gains than at the present solution, at time 0."""
        ahead: Whole = self.start - self.start[self.own]
        return ahead


@dataclass(frozen=True, slots=True)
class Movement:
    """Gains of the candidates while one party's points move.

    Attributes
    ----------
    side
        The gains at time 0.
    slope
        (rows,): what the party that moves gains in a unit of time.
    limit
        The time at which the number is as far as it may go.
    """

    side: Side
    slope: Whole
    limit: Fraction

    @property
    def others(self) -> Whole:
        """(rows, other parties): their gains."""
        return self.side.others

    @property
    def start(self) -> Whole:
        """(rows,): the gain of the party that moves, at time 0."""
        return self.side.start

    @property
    def own(self) -> int:
        """The row of the present solution."""
        return self.side.own

    @property
    def end(self) -> Fraction:
        """When the present solution is not acceptable any more, or the limit if that is before."""
        start, slope = int(self.start[self.own]), int(self.slope[self.own])
        return self.limit if slope >= 0 else min(self.limit, Fraction(start, -slope))

    def gain(self, row: int, time: Fraction) -> Moving:
        """The moving gain of a row just after a time, multiplied by the time's denominator."""
        start, slope = int(self.start[row]), int(self.slope[row])
        return start * time.denominator + slope * time.numerator, slope


@dataclass(frozen=True, slots=True)
class Comparison:
    """When candidates are better than the present solution by some standard.

    ``forms`` change their signs at the only times at which the answer can change.
    ``is_better(times, signs)`` says, for one time in each row, whether the row is better or might
    be, as far as floating point can tell. ``signs[k]`` says whether ``forms[k]`` is positive or
    might be.
    """

    forms: tuple[Form, ...]
    is_better: Callable[[Times, Sequence[Rows]], Rows]


class Standard(Protocol):
    """A solution concept's standard for comparing outcomes."""

    def comparison(self, movement: Movement) -> Comparison:
        """When candidates are better than the present solution."""

    def worth(self, others: Sequence[int], gain: Moving, time: Fraction) -> Any:
        """What is compared, exactly; ``gain`` is multiplied by the time's denominator."""

    def score(self, movement: Movement, time: float) -> Times:
        """Roughly what is compared: the rows of greatest worth are within rounding of the top."""


Segments: TypeAlias = Callable[[Movement], Iterator[tuple[Fraction, Fraction, Standard]]]
"""The standard by which to compare in each of consecutive stretches of time up to the end."""


def difference(form: Form, own: int) -> Form:
    """How much more every row has than the present solution."""
    return form[0] - form[0][own], form[1] - form[1][own]


def first_break(movement: Movement, segments: Segments) -> Fraction | None:
    """The time just after which the present solution is none any more; ``None`` up to the limit."""
    for start, stop, standard in segments(movement):
        found = _first_beaten(movement, standard, start, stop)
        if found is not None:
            return found
    return movement.end if movement.end < movement.limit else None


def successor(movement: Movement, standard: Standard, time: Fraction) -> int | None:
    """The row that is the solution just after a time; ``None`` if none is acceptable.

    Of several the first that no other dominates.
    """
    rows = _acceptable(movement, time)
    if not len(rows):
        return None
    scores = standard.score(movement, float(time))[rows]
    rows = rows[scores >= scores.max() - _NEAR * np.abs(scores).max()]
    worths = {
        int(row): standard.worth(movement.side.constants[row], movement.gain(row, time), time)
        for row in rows
    }
    best = max(worths.values())
    tied = [row for row, worth in worths.items() if worth == best]
    return next(
        one for one in tied if not any(_dominates(movement, other, one, time) for other in tied)
    )


def _acceptable(movement: Movement, time: Fraction) -> NDArray[np.int64]:
    """The rows that are acceptable just after a time."""
    start, change = movement.start.astype(float), movement.slope.astype(float) * float(time)
    size = _ROUNDING * (np.abs(start) + np.abs(change))
    is_certain = (start + change > size).astype(np.bool_)
    for row in np.flatnonzero(~is_certain & (start + change >= -size)).tolist():
        is_certain[row] = movement.gain(row, time) >= (0, 0)
    return np.flatnonzero(is_certain)


def _first_beaten(
    movement: Movement, standard: Standard, start: Fraction, stop: Fraction
) -> Fraction | None:
    """The first time in a stretch just after which some row is better or dominates."""
    comparison = standard.comparison(movement)
    acceptable = (movement.start, movement.slope)
    ahead = (movement.side.ahead, movement.slope - movement.slope[movement.own])
    forms = (*comparison.forms, acceptable, ahead)
    is_no_less, is_more = movement.side.no_less
    is_level = ((ahead[0] == 0) & (ahead[1] == 0)).astype(np.bool_)
    stays_at_zero = ((movement.start == 0) & (movement.slope == 0)).astype(np.bool_)

    def is_beaten(times: Times, signs: Sequence[Rows]) -> Rows:
        is_dominating = (is_no_less & signs[-1]) | (is_more & is_level)
        is_ahead = comparison.is_better(times, signs) | is_dominating
        rows: Rows = is_ahead & (signs[-2] | stays_at_zero)
        return rows

    lowest = _lower_bounds(forms, is_beaten, float(start), float(stop))
    best: Fraction | None = None
    for row in np.argsort(lowest, kind="stable").tolist():
        if lowest[row] > float(stop if best is None else best) * (1 + _NEAR):
            break
        until = stop if best is None else best
        times = _roots([(int(f[0][row]), int(f[1][row])) for f in forms], start, until)
        best = next((t for t in times if _beats(movement, standard, row, t)), best)
        if best == start:
            break
    return best


def _lower_bounds(
    forms: Sequence[Form],
    is_beaten: Callable[[Times, Sequence[Rows]], Rows],
    start: float,
    stop: float,
) -> Times:
    """For every row, a time before which it certainly does not beat the present solution."""
    values = [(form[0].astype(np.float64), form[1].astype(np.float64)) for form in forms]
    with np.errstate(divide="ignore", invalid="ignore"):
        roots = [-value / slope for value, slope in values]
    times = np.stack(
        [np.full(len(roots[0]), start)]
        + [np.where((root > start) & (root < stop), root, stop) for root in roots]
        + [np.full(len(roots[0]), stop)],
        axis=1,
    )
    times.sort(axis=1)
    lowest = np.full(len(times), np.inf)
    for part in reversed(range(times.shape[1] - 1)):
        first, last = times[:, part], times[:, part + 1]
        if (first < last).any():
            middle = (first + last) / 2
            signs = [_is_maybe_positive(*value, middle) for value in values]
            beaten = (first < last) & is_beaten(middle, signs)
            lowest = np.where(beaten, first, lowest)
    return lowest


def _is_maybe_positive(value: Times, slope: Times, times: Times) -> Rows:
    """Whether linear functions are positive at one time each, or so near 0 that they might be."""
    change = slope * times
    size = np.abs(value) + np.abs(change)
    rows: Rows = (value + change > -_ROUNDING * size) & (size > 0)
    return rows


def _roots(forms: Sequence[Moving], start: Fraction, stop: Fraction) -> list[Fraction]:
    """``start``, and the times between it and ``stop`` at which a form is 0, in order."""
    roots = {Fraction(-value, slope) for value, slope in forms if slope}
    return [start, *sorted(time for time in roots if start < time < stop)]


def _beats(movement: Movement, standard: Standard, row: int, time: Fraction) -> bool:
    """Whether a row is acceptable and better than the present solution just after a time."""
    gain, own = movement.gain(row, time), movement.gain(movement.own, time)
    if gain < (0, 0):
        return False
    worth = standard.worth(movement.side.constants[row], gain, time)
    own_worth = standard.worth(movement.side.constants[movement.own], own, time)
    return bool(worth > own_worth) or _dominates(movement, row, movement.own, time)


def _dominates(movement: Movement, row: int, other: int, time: Fraction) -> bool:
    """Whether a row is no worse for anybody than another, and better for somebody."""
    here = [*((gain, 0) for gain in movement.side.constants[row]), movement.gain(row, time)]
    there = [*((gain, 0) for gain in movement.side.constants[other]), movement.gain(other, time)]
    return here != there and all(a >= b for a, b in zip(here, there, strict=True))
