"""The outcomes among which a solution can be found when one number of the case is another.

While one number of one party moves, that party's points for an outcome change by an amount that
depends on the outcome. Outcomes for which they change alike keep their order, so that of each such
class only the efficient ones can become solutions: of all outcomes with one option on an issue,
say. These are far fewer than all outcomes, and they are merged block by block like the frontier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.frontier import Efficient, efficient
from goodoffices.settlement.problem import Barrier, Box, Choice, Problem, Term
from goodoffices.settlement.watch import Watch

Whole = NDArray[Any]
"""Whole numbers: 64 bits where that is safe, otherwise Python's own."""

_SAFE = 1 << 30
"""Below this, the sum of two products of two numbers fits into 64 bits."""


class NotExactError(Exception):
    """There are too many efficient outcomes to have them all, or the watch ended the work."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Outcomes with their points.

    Attributes
    ----------
    choices
        (rows, issues): option numbers.
    points
        (rows, parties): whole points.
    additive
        (rows, parties): the part of the points that weights and scores make.
    """

    choices: NDArray[np.int64]
    points: Whole
    additive: Whole


def whole(numbers: Any) -> Whole:
    """Whole numbers as an array of 64 bits where their products are safe."""
    values: Whole = np.array(numbers, dtype=object)
    if values.size and max(-values.min(), values.max()) >= _SAFE:
        return values
    return values.astype(np.int64)


def with_points(problem: Problem, choices: Sequence[Choice]) -> Candidates:
    """Some outcomes with their points."""
    rows = np.array(choices, dtype=np.int64).reshape(-1, len(problem.sizes))
    points = whole([problem.points(choice) for choice in choices])
    return Candidates(rows, points, _additive(problem, rows, points))


def efficient_ones(problem: Problem, watch: Watch) -> Candidates:
    """All efficient outcomes: enough while no outcome's points change more than another's."""
    return _candidates(problem, [_exact(problem, watch)])


def given_each_option(problem: Problem, issue: int, watch: Watch) -> Candidates:
    """For each option of an issue, the efficient ones among the outcomes that have it."""
    boxes = [term.box for term in problem.terms] + [barrier.box for barrier in problem.barriers]
    options = range(problem.sizes[issue])
    if issue in {named for box in boxes for named, _ in box}:
        parts = [_exact(_with_option(problem, issue, option), watch) for option in options]
        return _candidates(problem, parts)
    # The rest does not depend on this issue's option, and is efficient with all or with none.
    rest = _exact(_with_option(problem, issue, 0), watch)
    parts = []
    for option in options:
        more = [
            new - old
            for new, old in zip(
                problem.tables[issue][option], problem.tables[issue][0], strict=True
            )
        ]
        parts.append(
            replace(
                rest,
                points=tuple(
                    tuple(p + m for p, m in zip(row, more, strict=True)) for row in rest.points
                ),
                choices=tuple((*c[:issue], option, *c[issue + 1 :]) for c in rest.choices),
            )
        )
    return _candidates(problem, parts)


def given_each_option_apart(problem: Problem, issue: int, party: int, watch: Watch) -> Candidates:
    """The same where a party's interactions and its other points change differently."""
    last = len(problem.parties)
    apart = replace(
        _with_another(problem),
        terms=tuple(replace(t, party=last) if t.party == party else t for t in problem.terms),
    )
    parts = [
        _exact(_with_option(apart, issue, option), watch) for option in range(problem.sizes[issue])
    ]
    together = [
        replace(
            part,
            points=tuple(
                tuple(p + row[last] if k == party else p for k, p in enumerate(row[:last]))
                for row in part.points
            ),
        )
        for part in parts
    ]
    return _candidates(problem, together)


def inside_and_outside(
    problem: Problem, boxes: tuple[tuple[int, Box], ...], watch: Watch
) -> Candidates:
    """The efficient ones among the outcomes where an interaction applies, and where it does not.

    ``boxes`` are pairs of 1 or -1 and a box; where they add up to 1, the interaction applies.
    """
    last = len(problem.parties)
    parts = []
    for sign in (1, -1):
        terms = tuple(Term(last, sign * one, box) for one, box in boxes)
        apart = replace(_with_another(problem), terms=problem.terms + terms)
        found = _exact(apart, watch)
        parts.append(replace(found, points=tuple(row[:last] for row in found.points)))
    return _candidates(problem, parts)


def _with_option(problem: Problem, issue: int, option: int) -> Problem:
    others = frozenset(range(problem.sizes[issue])) - {option}
    if not others:
        return problem
    return replace(
        problem, barriers=(*problem.barriers, Barrier(((issue, others),), "another option"))
    )


def _with_another(problem: Problem) -> Problem:
    """The problem with one more party, last, who gains nothing yet."""
    return replace(
        problem,
        parties=(*problem.parties, "apart"),
        tables=tuple(tuple((*option, 0) for option in table) for table in problem.tables),
        reservation=(*problem.reservation, 0),
        units=(*problem.units, Fraction(1)),
    )


def _exact(problem: Problem, watch: Watch) -> Efficient:
    if watch.is_over():
        raise NotExactError
    found = efficient(problem, watch)
    if not found.exact:
        raise NotExactError
    return found


def _candidates(problem: Problem, parts: list[Efficient]) -> Candidates:
    choices = [choice for part in parts for choice in part.choices]
    rows = np.array(choices, dtype=np.int64).reshape(-1, len(problem.sizes))
    points = whole([row for part in parts for row in part.points])
    points = points.reshape(len(rows), len(problem.parties))
    return Candidates(rows, points, _additive(problem, rows, points))


def _additive(problem: Problem, rows: NDArray[np.int64], points: Whole) -> Whole:
    """The part of the points that weights and scores make."""
    if not problem.terms:
        return points
    additive: Whole = np.zeros(points.shape, dtype=object)
    for issue, table in enumerate(problem.tables):
        additive = additive + np.array(table, dtype=object)[rows[:, issue]]
    return whole(additive)
