"""The exact answer of ``solve`` as tables: solutions, packages, points, the frontier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from goodoffices.case.model import Case
from goodoffices.case.words import whole
from goodoffices.cli.tables import (
    frontier_parts,
    gap_words,
    heading,
    packages_tables,
    table,
    titled,
    worth_table,
)
from goodoffices.settlement.reservation_words import unstated_reservations

if TYPE_CHECKING:
    from goodoffices.settlement.packages import Candidate
    from goodoffices.settlement.solution import Solution
    from goodoffices.settlement.solutions import Settlement


def settlement_parts(case: Case, answer: Settlement, months: Fraction) -> Iterator[RenderableType]:
    """The whole answer, from the solutions to the frontier."""
    picks = answer.packages
    yield heading(case)
    yield solutions_table(answer.solutions, picks)
    if picks:
        if any(solution.ties > 1 for solution in answer.solutions):
            yield (
                "Where several outcomes tie, the first with its points stands for those with the "
                "same; --json lists more."
            )
        yield from packages_tables(case, [(pick.name, pick.outcome) for pick in picks])
        yield _worths(case, answer, picks, months)
    elif all(solution.proven for solution in answer.solutions):
        yield Text(
            "No package is acceptable to all. What would open a zone of agreement? "
            "Ask: goodoffices zone"
        )
    yield from frontier_parts(case, answer.frontier)
    yield from unstated_reservations(case)


def solutions_table(solutions: Sequence[Solution], picks: Sequence[Candidate]) -> RenderableType:
    """One row for each solution: the package, what ties with it, and what is proven."""
    made = table("solution", "package", "ties", "proof")
    for solution in solutions:
        called = [pick.name for pick in picks if solution.concept in pick.concepts]
        made.add_row(
            solution.concept, ", ".join(called) or "none", _ties(solution), _proof(solution)
        )
    return titled("Solutions", made)


def _worths(
    case: Case, answer: Settlement, picks: Sequence[Candidate], months: Fraction
) -> RenderableType:
    from goodoffices.settlement.problem import choice_of, problem

    bargaining = problem(case, months)
    columns = [("keeps", bargaining.utilities(bargaining.reservation))]
    if case.status_quo is not None:
        today = bargaining.points(choice_of(case, case.status_quo))
        columns.append(("status quo", bargaining.utilities(today)))
    columns += [(pick.name, pick.utilities) for pick in picks]
    return worth_table(case, answer.frontier.parties, columns)


def _proof(solution: Solution) -> str:
    """What is proven about a solution, in a few words."""
    if not solution.outcomes:
        return "proven: nothing is acceptable to all" if solution.proven else "nothing found yet"
    return "proven" if solution.proven else gap_words(solution.gap)


def _ties(solution: Solution) -> str:
    """How many outcomes attain it, as a count that may be open."""
    if not solution.outcomes:
        return ""
    if solution.ties == 1 and solution.ties_complete:
        return "the only one"
    return whole(solution.ties) if solution.ties_complete else f"{whole(solution.ties)} or more"
