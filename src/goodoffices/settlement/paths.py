"""How gains change when a number of a case moves, and among which outcomes that matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import lcm

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.model import Case
from goodoffices.settlement.candidates import (
    Candidates,
    Whole,
    efficient_ones,
    given_each_option,
    given_each_option_apart,
    inside_and_outside,
    whole,
    with_points,
)
from goodoffices.settlement.movement import Movement, Side
from goodoffices.settlement.numbers import Number, NumberKind
from goodoffices.settlement.problem import (
    Box,
    Choice,
    Problem,
    box_of,
    choice_of,
    intersection,
    is_inside,
)
from goodoffices.settlement.watch import Watch


@dataclass(frozen=True, slots=True)
class Ground:
    """Numbers for which the same outcomes have to be compared.

    ``field()`` finds those outcomes; the last is the present solution.
    """

    numbers: tuple[Number, ...]
    field: Callable[[], Field]


class Field:
    """Candidates, of which the last is the present solution, with the gains of all parties."""

    def __init__(self, problem: Problem, candidates: Candidates) -> None:
        self.candidates = candidates
        self.whole_unit = lcm(*(unit.denominator for unit in problem.units))
        factors = [int(unit * self.whole_unit) for unit in problem.units]
        levels = np.array(problem.reservation, dtype=object)
        gains = candidates.points.astype(object) - levels
        self._gains = whole(gains * np.array(factors, dtype=object))
        self._sides: dict[int, tuple[NDArray[np.int64], Side]] = {}

    def side(self, party: int) -> tuple[NDArray[np.int64], Side]:
        """The rows at which all others gain, and the gains there, as one party sees them.

        In units of ``1 / whole_unit`` of the parties' utilities.
        """
        if party not in self._sides:
            others = np.delete(self._gains, party, axis=1)
            rows = np.flatnonzero((others >= 0).all(axis=1).astype(np.bool_))
            start = self._gains[rows, party]
            self._sides[party] = rows, Side(others[rows], start, len(rows) - 1)
        return self._sides[party]


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a party gains when one of its numbers rises by 1.

    Its utility rises by ``table[class of the outcome] + rate × additive points``, and what it keeps
    without agreement by ``kept``.
    """

    classes: NDArray[np.int64]
    table: tuple[Fraction, ...]
    rate: Fraction = Fraction(0)
    kept: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one number, up and down.

    The outcomes compared are some ``rows`` of the candidates; the last is the present solution. In
    a unit of the movements' time, the number moves by ``unit``.
    """

    party: int
    candidates: Candidates
    effect: _Effect
    rows: NDArray[np.int64]
    up: Movement
    down: Movement
    unit: Fraction

    def choice(self, row: int) -> Choice:
        """The outcome at a row."""
        return tuple(self.candidates.choices[self.rows[row]].tolist())

    def utilities(self, problem: Problem, row: int, moved: Fraction) -> tuple[Fraction, ...]:
        """What an outcome is worth to the parties once the number has moved."""
        at = self.rows[row]
        found = list(problem.utilities([int(points) for points in self.candidates.points[at]]))
        raising = self.effect.table[self.effect.classes[at]]
        raising += self.effect.rate * int(self.candidates.additive[at, self.party])
        found[self.party] += raising * moved
        return tuple(found)


def grounds(
    case: Case, problem: Problem, numbers: Sequence[Number], own: Choice, watch: Watch
) -> Iterator[Ground]:
    """All numbers, grouped by the outcomes that have to be compared when they move."""

    def ground(found: Sequence[Number], candidates: Callable[[], Candidates]) -> Iterator[Ground]:
        if found:
            yield Ground(tuple(found), lambda: Field(problem, _and_own(problem, candidates(), own)))

    kept = [n for n in numbers if n.kind is NumberKind.RESERVATION]
    yield from ground(kept, partial(efficient_ones, problem, watch))
    with_terms = {problem.parties[term.party] for term in problem.terms}
    for issue, described in enumerate(case.issues):
        here = [n for n in numbers if n.issue == described.id]
        apart = [n for n in here if n.kind is NumberKind.WEIGHT and n.party in with_terms]
        alike = [n for n in here if n not in apart]
        yield from ground(alike, partial(given_each_option, problem, issue, watch))
        for number in apart:
            party = problem.parties.index(number.party)
            find = partial(given_each_option_apart, problem, issue, party, watch)
            yield from ground([number], find)
    for number in numbers:
        if number.kind is NumberKind.INTERACTION:
            boxes = _boxes(case, number)
            yield from ground([number], partial(inside_and_outside, problem, boxes, watch))


def path(case: Case, problem: Problem, number: Number, field: Field) -> Path:
    """The way of a number in a field."""
    party = problem.parties.index(number.party)
    effect = _effect(case, problem, number, field.candidates)
    rows, side = field.side(party)
    additive = field.candidates.additive[rows, party]
    slope, unit = _slope(effect, additive, rows, field.whole_unit)
    return Path(
        party=party,
        candidates=field.candidates,
        effect=effect,
        rows=rows,
        up=Movement(side, slope, (number.most - number.value) / unit),
        down=Movement(side, -slope, (number.value - number.least) / unit),
        unit=unit,
    )


def _slope(
    effect: _Effect, additive: Whole, rows: NDArray[np.int64], whole_unit: int
) -> tuple[Whole, Fraction]:
    """Slopes of gains in whole numbers, and by how much the number moves in their unit of time."""
    table = [(value - effect.kept) * whole_unit for value in effect.table]
    rate = effect.rate * whole_unit
    unit = lcm(rate.denominator, *(value.denominator for value in table))
    steps = np.array([int(value * unit) for value in table], dtype=object)
    slope = steps[effect.classes[rows]]
    if rate:
        slope = slope + int(rate * unit) * additive.astype(object)
    return whole(slope), Fraction(unit)


def _effect(case: Case, problem: Problem, number: Number, candidates: Candidates) -> _Effect:
    sheet = case.preferences[number.party]
    choices = candidates.choices
    if number.kind is NumberKind.RESERVATION:
        nothing = np.zeros(len(choices), dtype=np.int64)
        return _Effect(nothing, (Fraction(0),), kept=Fraction(1))
    rate = Fraction(0)
    if number.kind is NumberKind.INTERACTION:
        boxes = _boxes(case, number)
        classes = np.sum([one * _is_inside(choices, box) for one, box in boxes], axis=0)
        table: tuple[Fraction, ...] = (Fraction(0), Fraction(1))
    else:
        issue = [i.id for i in case.issues].index(number.issue or "")
        classes = choices[:, issue]
        options = [option.id for option in case.issues[issue].options]
        if number.kind is NumberKind.SCORE:
            share = sheet.weights[case.issues[issue].id].low / sheet.scale
            table = tuple(share * (option == number.option) for option in options)
        else:
            # A weight w takes from the others in proportion: they become (total - w) / (total - w0)
            # of what they were, and with them the points that they make.
            rest = number.most - number.value
            scores = sheet.scores[case.issues[issue].id]
            table = tuple(scores[o].low * number.most / (sheet.scale * rest) for o in options)
            rate = -problem.units[problem.parties.index(number.party)] / rest
    return _Effect(classes, table, rate, _kept(case, problem, number, table, rate))


def _kept(
    case: Case, problem: Problem, number: Number, table: tuple[Fraction, ...], rate: Fraction
) -> Fraction:
    """How the reservation rises with the number: only where it is the status quo."""
    reservation = case.preferences[number.party].reservation
    if reservation is None or reservation.value is not None or case.status_quo is None:
        return Fraction(0)
    choice = choice_of(case, case.status_quo)
    party = problem.parties.index(number.party)
    additive = sum(t[option][party] for t, option in zip(problem.tables, choice, strict=True))
    if number.kind is NumberKind.INTERACTION:
        place = sum(one * is_inside(choice, box) for one, box in _boxes(case, number))
    else:
        place = choice[[i.id for i in case.issues].index(number.issue or "")]
    return table[place] + rate * additive


def _boxes(case: Case, number: Number) -> tuple[tuple[int, Box], ...]:
    """Where an interaction applies: boxes that count once, less boxes in which it does not."""
    assert number.interaction is not None
    interaction = case.preferences[number.party].interactions[number.interaction]
    box = box_of(case, interaction.when)
    if interaction.unless is None:
        return ((1, box),)
    return ((1, box), (-1, intersection(box, box_of(case, interaction.unless))))


def _is_inside(choices: NDArray[np.int64], box: Box) -> NDArray[np.int64]:
    inside = np.ones(len(choices), dtype=np.bool_)
    for issue, options in box:
        inside &= np.isin(choices[:, issue], list(options))
    return inside.astype(np.int64)


def _and_own(problem: Problem, candidates: Candidates, own: Choice) -> Candidates:
    """The candidates and, last, the present solution."""
    last = with_points(problem, [own])
    return Candidates(
        choices=np.vstack([candidates.choices, last.choices]),
        points=np.vstack([candidates.points, last.points]),
        additive=np.vstack([candidates.additive, last.additive]),
    )
