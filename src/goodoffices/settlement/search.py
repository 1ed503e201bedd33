"""Bargaining solutions of spaces too large to be listed, each with its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import isfinite
from types import MappingProxyType

import numpy as np

from goodoffices.settlement.concepts import value
from goodoffices.settlement.efficient_search import efficient_choices
from goodoffices.settlement.milp import Program
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.product_search import (
    SearchedProduct,
    search_product,
    search_welfare,
)
from goodoffices.settlement.reduction import Reduced, without_twins
from goodoffices.settlement.smallest_gain import (
    Sums,
    first_choices,
    greatest_smallest_gain,
    listed_sums,
)
from goodoffices.settlement.smallest_search import search_leximin, search_smallest_gain
from goodoffices.settlement.solver import Status
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.yardsticks import (
    Yardstick,
    egalitarian,
    kalai,
    kalai_smorodinsky,
)

_LISTED_TIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a concept picks, as far as the search came.

    Attributes
    ----------
    choices, points
        Efficient maximisers, in option order, and each party's points there.
    value, bound
        What the concept maximises, as in :func:`goodoffices.settlement.concepts.value`, and what
        no acceptable choice exceeds; ``None`` where nothing was found, or no bound is known.
    proven
        Whether ``value`` is proven to be the greatest; with no choices, that none is acceptable.
    ties
        How many efficient maximisers are known; those in ``choices`` and sometimes more.
    ties_complete
        Whether they are known to be all.
    """

    choices: tuple[Choice, ...]
    points: tuple[tuple[int, ...], ...]
    value: float | None
    bound: float | None
    proven: bool
    ties: int
    ties_complete: bool


def search(
    problem: Problem, concept: str, bargaining_weights: Sequence[Fraction], watch: Watch
) -> Found:
    """The choices that a concept picks among those acceptable to all, proven where time allows.

    The concepts that look at the smallest gain are searched by merging blocks with bounds from
    prices (:mod:`goodoffices.settlement.reaching`) where blocks can be listed; everything else by
    mixed-integer programming. Either way choices are compared in whole numbers.

    Parameters
    ----------
    concept
        A name from :data:`goodoffices.settlement.solutions.CONCEPTS`.
    bargaining_weights
        Positive, one for each party.
    watch
        When it ends the work, the best choice so far is given with the bound that is proven.
    """
    task = _Task(problem, without_twins(problem), tuple(bargaining_weights), watch)
    return _SEARCHES[concept](task, concept)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is searched: the problem, and the smaller one without twins that HiGHS sees."""

    problem: Problem
    reduced: Reduced
    weights: tuple[Fraction, ...]
    watch: Watch

    def found(
        self,
        concept: str,
        choices: Sequence[Choice],
        *,
        ties: int,
        proven: bool,
        ties_complete: bool,
        ideal: Sequence[int] | None = None,
        bound: Callable[[float], float] = lambda worth: worth,
    ) -> Found:
        """The answer, from choices of the problem; ``bound`` gives the bound for a value."""
        points = [self.problem.points(choice) for choice in choices]
        rows = sorted(zip(choices, points, strict=True))
        worth = self._worth(concept, rows[0][1], ideal) if rows else None
        limit = worth if proven or worth is None else bound(worth)
        return Found(
            choices=tuple(choice for choice, _ in rows),
            points=tuple(point for _, point in rows),
            value=worth,
            bound=limit if limit is not None and isfinite(limit) else None,
            proven=proven,
            ties=ties,
            ties_complete=ties_complete,
        )

    def found_reduced(
        self,
        concept: str,
        choices: Iterable[Choice],
        *,
        proven: bool,
        ties_complete: bool,
        ideal: Sequence[int] | None = None,
        bound: Callable[[float], float] = lambda worth: worth,
    ) -> Found:
        """The answer, from choices of the reduced problem."""
        kept = list(choices)
        originals = (choice for row in kept for choice in self.reduced.originals(row))
        return self.found(
            concept,
            list(islice(originals, _LISTED_TIES)),
            ties=sum(map(self.reduced.count, kept)),
            proven=proven,
            ties_complete=ties_complete,
            ideal=ideal,
            bound=bound,
        )

    def nothing(self, concept: str, *, proven: bool) -> Found:
        """No choice was found; ``proven`` if none is acceptable."""
        return self.found(concept, (), ties=0, proven=proven, ties_complete=proven)

    def _worth(self, concept: str, points: Sequence[int], ideal: Sequence[int] | None) -> float:
        problem = self.problem
        kept = problem.utilities(problem.reservation)
        utilities = problem.utilities(points)
        best = utilities if ideal is None else problem.utilities(ideal)
        return value(
            concept,
            utilities,
            [u - k for u, k in zip(utilities, kept, strict=True)],
            [b - k for b, k in zip(best, kept, strict=True)],
            self.weights,
        )


def _utilitarian(task: _Task, concept: str) -> Found:
    problem = task.reduced.problem
    program = Program(problem)
    units = zip(problem.units, task.weights, strict=True)
    weights = {party: unit * weight for party, (unit, weight) in enumerate(units)}
    floors = dict(enumerate(problem.reservation))
    answer = program.maximise(weights, task.watch, at_least=floors)
    if answer.choice is None:
        return task.nothing(concept, proven=answer.status is Status.INFEASIBLE)
    if answer.status is Status.STOPPED:
        return task.found_reduced(
            concept,
            [answer.choice],
            proven=False,
            ties_complete=False,
            bound=lambda _: float(answer.bound),
        )
    equal, are_all = program.all_from(
        weights, Fraction(answer.bound), task.watch, at_least=floors, most=_LISTED_TIES
    )
    return task.found_reduced(concept, equal or [answer.choice], proven=True, ties_complete=are_all)


def _nash(task: _Task, concept: str) -> Found:
    problem = task.reduced.problem
    product = search_product(problem, task.weights, task.watch, _LISTED_TIES)
    if product.choices or not product.proven:
        return _by_product(task, concept, product)
    # Nobody can have everybody gain: all acceptable choices have a product of 0.
    floors = dict(enumerate(problem.reservation))
    choices, are_all = efficient_choices(problem, floors, task.watch, _LISTED_TIES)
    is_settled = are_all or bool(choices)
    if not choices:
        return task.nothing(concept, proven=is_settled)
    return task.found_reduced(concept, choices, proven=True, ties_complete=are_all)


def _welfare(task: _Task, concept: str) -> Found:
    product = search_welfare(task.reduced.problem, task.weights, task.watch, _LISTED_TIES)
    return _by_product(task, concept, product)


def _by_product(task: _Task, concept: str, product: SearchedProduct) -> Found:
    return task.found_reduced(
        concept,
        product.choices,
        proven=product.proven,
        ties_complete=product.is_complete,
        bound=lambda worth: worth * product.ratio,
    )


def _egalitarian(task: _Task, concept: str) -> Found:
    return _by_smallest(task, concept, egalitarian(task.problem))


def _kalai(task: _Task, concept: str) -> Found:
    return _by_smallest(task, concept, kalai(task.problem, task.weights))


def _kalai_smorodinsky(task: _Task, concept: str) -> Found:
    problem = task.reduced.problem
    program = Program(problem)
    floors = dict(enumerate(problem.reservation))
    ideal = []
    for party in range(len(problem.parties)):
        answer = program.maximise({party: Fraction(1)}, task.watch, at_least=floors)
        if answer.points is None or answer.status is not Status.OPTIMAL:
            return task.nothing(concept, proven=answer.status is Status.INFEASIBLE)
        ideal.append(answer.points[party])
    return _by_smallest(task, concept, kalai_smorodinsky(task.problem, task.weights, ideal), ideal)


@dataclass(frozen=True, slots=True)
class _Level:
    """The greatest smallest gain; the choices that attain it, if all of them are known."""

    value: Fraction | None
    proven: bool
    bound: float
    one: Choice | None
    sums: Sums | None = None
    items: tuple[tuple[int, ...], ...] | None = None


def _level(task: _Task, yardstick: Yardstick) -> _Level:
    sums = listed_sums(task.problem)
    if sums is not None:
        listed = greatest_smallest_gain(sums, yardstick, task.watch)
        one = next(iter(first_choices(sums, listed.items, 1)), None)
        items = listed.items if listed.is_complete else None
        return _Level(listed.value, listed.proven, listed.bound, one, sums, items)
    found = search_smallest_gain(task.reduced.problem, yardstick, task.watch)
    one = None if found.choice is None else task.reduced.original(found.choice)
    return _Level(found.value, found.proven, found.bound, one)


def _by_smallest(
    task: _Task, concept: str, yardstick: Yardstick, ideal: Sequence[int] | None = None
) -> Found:
    level = _level(task, yardstick)
    if level.value is None or level.one is None:
        return task.nothing(concept, proven=level.proven)
    if not level.proven:
        return _unproven(task, concept, level, ideal)
    if level.sums is not None and level.items is not None:
        return _listed(task, concept, level.sums, level.items, ideal)
    floors = yardstick.floors(level.value)
    choices, are_all = efficient_choices(task.reduced.problem, floors, task.watch, _LISTED_TIES)
    if not choices:
        return _unproven(task, concept, level, ideal)
    return task.found_reduced(concept, choices, proven=True, ties_complete=are_all, ideal=ideal)


def _leximin(task: _Task, concept: str) -> Found:
    yardstick = egalitarian(task.problem)
    level = _level(task, yardstick)
    if level.value is None or level.one is None:
        return task.nothing(concept, proven=level.proven)
    if not level.proven:
        return _unproven(task, concept, level, None)
    if level.sums is not None and level.items is not None:
        return _listed(task, concept, level.sums, _most_even(yardstick, level), None)
    found = search_leximin(task.reduced.problem, level.value, task.watch, _LISTED_TIES)
    if not found.choices:
        return _unproven(task, concept, level, None)
    return task.found_reduced(
        concept, found.choices, proven=found.proven, ties_complete=found.is_complete
    )


def _most_even(yardstick: Yardstick, level: _Level) -> tuple[tuple[int, ...], ...]:
    """Of choices with the greatest smallest gain those with the greatest second, and so on."""
    assert level.sums is not None and level.items is not None
    points = level.sums.points(np.array(level.items, dtype=np.int32))
    gains = [yardstick.ascending(row) for row in points]
    best = max(gains)
    return tuple(row for row, gain in zip(level.items, gains, strict=True) if gain == best)


def _listed(
    task: _Task,
    concept: str,
    sums: Sums,
    items: tuple[tuple[int, ...], ...],
    ideal: Sequence[int] | None,
) -> Found:
    return task.found(
        concept,
        first_choices(sums, items, _LISTED_TIES),
        ties=sum(map(sums.count, items)),
        proven=True,
        ties_complete=True,
        ideal=ideal,
    )


def _unproven(task: _Task, concept: str, level: _Level, ideal: Sequence[int] | None) -> Found:
    """The one choice that was found before the work was stopped."""
    assert level.one is not None
    return task.found(
        concept,
        [level.one],
        ties=1,
        proven=False,
        ties_complete=False,
        ideal=ideal,
        bound=lambda worth: max(worth, level.bound),
    )


_SEARCHES: Mapping[str, Callable[[_Task, str], Found]] = MappingProxyType(
    {
        "nash": _nash,
        "kalai-smorodinsky": _kalai_smorodinsky,
        "kalai": _kalai,
        "egalitarian": _egalitarian,
        "leximin": _leximin,
        "utilitarian": _utilitarian,
        "maximum-nash-welfare": _welfare,
    }
)
