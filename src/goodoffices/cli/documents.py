"""Answers as JSON documents. Their schemas are in ``docs/reference/json.md``.

Utilities are written as the nearest decimal numbers; verdicts about them were reached exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from importlib.metadata import version
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

from goodoffices.case.model import Case, Outcome

if TYPE_CHECKING:
    from goodoffices.settlement.demands import Demand
    from goodoffices.settlement.frontier import Frontier
    from goodoffices.settlement.packages import Candidate
    from goodoffices.settlement.solution import Solution

Document: TypeAlias = dict[str, Any]


def envelope(case: Case, **content: Any) -> Document:
    """What every document begins with, then its content."""
    return {
        "goodoffices": version("goodoffices"),
        "case": case.title,
        "parties": [party.id for party in case.deciders],
        **content,
    }


def decimal(value: Fraction | float | None) -> float | None:
    """The nearest decimal number; ``None`` for what JSON cannot hold."""
    if value is None:
        return None
    try:
        nearest = float(value)
    except OverflowError:
        return None
    return nearest if isfinite(nearest) else None


def by_party(
    parties: Sequence[str], numbers: Sequence[Fraction | float | None]
) -> dict[str, float | None]:
    """Numbers in party order as party id → number."""
    return {party: decimal(number) for party, number in zip(parties, numbers, strict=True)}


def package_document(
    case: Case, parties: Sequence[str], outcome: Outcome, utilities: Sequence[Fraction]
) -> Document:
    """A package and what it is worth to each party."""
    return {"outcome": case.named(outcome), "utilities": by_party(parties, utilities)}


def solution_document(case: Case, solution: Solution) -> Document:
    """One solution: its first outcome, all that tie with it, and what is proven."""
    parties = [party.id for party in case.deciders]
    tied = [
        package_document(case, parties, outcome, utilities)
        for outcome, utilities in zip(solution.outcomes, solution.utilities, strict=True)
    ]
    first: Document = tied[0] if tied else {"outcome": None, "utilities": None}
    return {
        **first,
        "value": decimal(solution.value),
        "bound": decimal(solution.bound),
        "proven": solution.proven,
        "gap": decimal(solution.gap),
        "ties": solution.ties,
        "ties_complete": solution.ties_complete,
        "outcomes": tied,
    }


def solutions_document(case: Case, solutions: Sequence[Solution]) -> Document:
    """Solutions by the name of their concept."""
    return {solution.concept: solution_document(case, solution) for solution in solutions}


def candidates_document(case: Case, packages: Sequence[Candidate]) -> list[Document]:
    """The packages that solutions pick, by name."""
    parties = [party.id for party in case.deciders]
    return [
        {
            "name": package.name,
            "concepts": list(package.concepts),
            **package_document(case, parties, package.outcome, package.utilities),
        }
        for package in packages
    ]


def frontier_document(case: Case, frontier: Frontier) -> Document:
    """The frontier: its size, what is proven, and every point."""
    epsilon = frontier.epsilon
    return {
        "size": len(frontier.points),
        "exact": frontier.exact,
        "epsilon": None if epsilon is None else by_party(frontier.parties, epsilon),
        "method": frontier.method,
        "stopped": frontier.stopped,
        "ties_complete": frontier.ties_complete,
        "points": [
            {
                **package_document(case, frontier.parties, point.outcome, point.utilities),
                "ties": point.ties,
                "acceptable": point.acceptable,
            }
            for point in frontier.points
        ],
    }


def demand_document(demand: Demand) -> Document:
    """A reservation value, a red line or a constraint, and whose it is."""
    return {
        "kind": demand.kind.value,
        "party": demand.party,
        "name": demand.name,
        "words": demand.words,
        "why": demand.why,
        "value": decimal(demand.value),
    }
