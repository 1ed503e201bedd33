"""What a full settlement can bring: to each party at best, and by several standards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Case
from goodoffices.settlement.blocks import is_listable
from goodoffices.settlement.problem import Problem, problem
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.solutions import settle, solve
from goodoffices.settlement.watch import Watch

MEASURES = ("maximum-nash-welfare", "leximin", "utilitarian")
"""The concepts whose solutions stand for what can be had together."""

# With three parties and more, frontiers of larger spaces may hold more points than can be kept.
_LISTED_AT_MOST = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What the outcomes acceptable to all can bring.

    Attributes
    ----------
    is_open
        Whether there are any; ``None`` if work was stopped before that was known.
    best
        The most that each party could have, on its own scale; ``None`` where that is not proven,
        or nothing is acceptable to all.
    solutions
        What the concepts asked pick among them.
    """

    is_open: bool | None
    best: tuple[Fraction | None, ...]
    solutions: tuple[Solution, ...]


def prospect(
    case: Case, months: Fraction, watch: Watch, concepts: Sequence[str] = MEASURES
) -> Prospect:
    """What the outcomes of a case that are acceptable to all can bring."""
    bargaining = problem(case, months)
    small = len(bargaining.parties) <= 2 or bargaining.size <= _LISTED_AT_MOST
    if small and is_listable(bargaining):
        found = settle(case, concepts, months=months, watch=watch)
        if found.frontier.exact:
            rows = [point.utilities for point in found.frontier.points if point.acceptable]
            best = tuple(map(max, zip(*rows, strict=True))) or (None,) * len(bargaining.parties)
            return Prospect(is_open=bool(rows), best=best, solutions=found.solutions)
    solutions = solve(case, concepts, months=months, watch=watch)
    exists = any(solution.outcomes for solution in solutions)
    proven = any(solution.proven for solution in solutions)
    return Prospect(
        is_open=exists if exists or proven else None,
        best=_best(bargaining, watch),
        solutions=solutions,
    )


def _best(bargaining: Problem, watch: Watch) -> tuple[Fraction | None, ...]:
    # HiGHS takes a moment to load, and most cases do without it.
    from goodoffices.settlement.milp import Program
    from goodoffices.settlement.solver import Status

    program = Program(bargaining)
    floors = dict(enumerate(bargaining.reservation))
    found: list[Fraction | None] = []
    for party, unit in enumerate(bargaining.units):
        answer = program.maximise({party: Fraction(1)}, watch, at_least=floors)
        if answer.points is None or answer.status is not Status.OPTIMAL:
            found.append(None)
        else:
            found.append(answer.points[party] * unit)
    return tuple(found)
