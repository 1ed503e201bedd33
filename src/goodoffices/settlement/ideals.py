"""Kalai and Smorodinsky's standard while one party's points move.

It compares shares of ideal gains, and the ideal gains move too: another outcome may become the
best for the party that moves, and outcomes become acceptable or cease to be. Between such events
ideal gains are constant, or linear in time for the party that moves, and the standard is a
:class:`goodoffices.settlement.standards.Smallest` one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.movement import Movement, Moving, Segments, Standard
from goodoffices.settlement.standards import Leximin, Nash, Smallest, Utilitarian, Welfare

_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class ConceptStandard:
    """How a solution concept compares outcomes while one party's points move.

    ``segments`` gives the standard for each stretch of time, ``after`` the one just after a time
    (``None`` if nothing is acceptable then).
    """

    segments: Segments
    after: Callable[[Movement, Fraction], Standard | None]


@dataclass(frozen=True, slots=True)
class Ideal:
    """The parties' greatest gains just after a time.

    ``others`` are those of the parties that stay; ``moving`` is that of the party that moves, as
    (value at time 0, slope). ``is_acceptable`` marks the rows they are taken from.
    """

    others: tuple[int, ...]
    moving: Moving
    is_acceptable: NDArray[np.bool_]


def ideal_segments(movement: Movement) -> Iterator[tuple[Fraction, Fraction, Standard]]:
    """The standard between each two events, up to the end."""
    time = Fraction(0)
    while time < movement.end:
        ideal = ideal_after(movement, time)
        if ideal is None:
            return
        event = _next_event(movement, ideal, time)
        stop = movement.end if event is None else min(event, movement.end)
        yield time, stop, standard_of(ideal)
        time = stop


def standard_of(ideal: Ideal) -> Smallest:
    """Shares of ideal gains, in whole numbers; who can gain nothing has no say."""
    common = lcm(*(gain for gain in ideal.others if gain))
    factors = tuple(common // gain if gain else None for gain in ideal.others)
    if ideal.moving == (0, 0):
        return Smallest(factors, None)
    # gain / ideal is compared as share of the others × ideal, against gain × common.
    return Smallest(factors, common, *ideal.moving)


def ideal_after(movement: Movement, time: Fraction) -> Ideal | None:
    """The greatest gains just after a time; ``None`` if nothing is acceptable then."""
    slope = movement.slope.astype(object)
    gains = movement.start.astype(object) * time.denominator + slope * time.numerator
    acceptable = ((gains > 0) | ((gains == 0) & (slope >= 0))).astype(np.bool_)
    if not acceptable.any():
        return None
    rows = np.flatnonzero(acceptable)
    top = max(rows.tolist(), key=lambda row: (gains[row], slope[row]))
    return Ideal(
        others=tuple(int(best) for best in movement.others[acceptable].max(axis=0)),
        moving=(int(movement.start[top]), int(movement.slope[top])),
        is_acceptable=acceptable,
    )


def _next_event(movement: Movement, ideal: Ideal, time: Fraction) -> Fraction | None:
    """The first time after which ideal gains are others; ``None`` if they stay."""
    events = [_overtaking(movement, ideal), _entering(movement, ideal)]
    events += [_leaving(movement, ideal, party) for party in range(len(ideal.others))]
    return min((event for event in events if event is not None and event > time), default=None)


def _overtaking(movement: Movement, ideal: Ideal) -> Fraction | None:
    """When another outcome becomes the best for the party that moves."""
    start, slope = ideal.moving
    rows = np.flatnonzero((movement.slope > slope).astype(np.bool_))
    return _first(start - movement.start[rows], movement.slope[rows] - slope)


def _entering(movement: Movement, ideal: Ideal) -> Fraction | None:
    """When an outcome becomes acceptable that is better for another party than any before."""
    better = (movement.others > np.array(ideal.others, dtype=object)).any(axis=1)
    is_coming = ~ideal.is_acceptable & (movement.slope > 0)
    rows = np.flatnonzero((better & is_coming).astype(np.bool_))
    return _first(-movement.start[rows], movement.slope[rows])


def _leaving(movement: Movement, ideal: Ideal, party: int) -> Fraction | None:
    """When the last outcome that is best for another party ceases to be acceptable."""
    is_best = (movement.others[:, party] == ideal.others[party]).astype(np.bool_)
    rows = np.flatnonzero(is_best & ideal.is_acceptable)
    if (movement.slope[rows] >= 0).any():
        return None
    return max(Fraction(int(movement.start[r]), -int(movement.slope[r])) for r in rows)


def _first(values: NDArray[np.int64], slopes: NDArray[np.int64]) -> Fraction | None:
    """The least quotient of values and slopes, which are positive."""
    if not len(values):
        return None
    times = values.astype(float) / slopes.astype(float)
    near = np.flatnonzero(times <= times.min() + _NEAR * abs(times.min()))
    return min(Fraction(int(values[k]), int(slopes[k])) for k in near)


def _always(standard: Standard) -> ConceptStandard:
    """One standard from the beginning to the end."""

    def segments(movement: Movement) -> Iterator[tuple[Fraction, Fraction, Standard]]:
        yield Fraction(0), movement.end, standard

    return ConceptStandard(segments, lambda _, __: standard)


def _shares_after(movement: Movement, time: Fraction) -> Smallest | None:
    ideal = ideal_after(movement, time)
    return None if ideal is None else standard_of(ideal)


CONCEPT_STANDARDS: Mapping[str, ConceptStandard] = MappingProxyType(
    {
        "nash": _always(Nash()),
        "kalai-smorodinsky": ConceptStandard(ideal_segments, _shares_after),
        "kalai": _always(Smallest()),
        "egalitarian": _always(Smallest()),
        "leximin": _always(Leximin()),
        "utilitarian": _always(Utilitarian()),
        "maximum-nash-welfare": _always(Welfare()),
    }
)
"""The standard of every solution concept, with equal bargaining weights."""
