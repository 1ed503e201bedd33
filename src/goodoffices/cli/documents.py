"""Answers as JSON documents. Their schemas are in ``docs/reference/json.md``.

Utilities are written as the nearest decimal numbers; verdicts about them were reached exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from importlib.metadata import version
from typing import Any, TypeAlias

from goodoffices.case.model import Case, Outcome
from goodoffices.settlement.frontier import Frontier
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


def by_party(parties: Sequence[str], numbers: Sequence[Fraction | float]) -> dict[str, float]:
    """Numbers in party order as party id → number."""
    return {party: float(number) for party, number in zip(parties, numbers, strict=True)}


def solution_document(case: Case, solution: Solution) -> Document:
    """One solution: its first outcome, all that tie with it, and what is proven."""
    parties = [party.id for party in case.deciders]
    tied = [
        {"outcome": case.named(outcome), "utilities": by_party(parties, utilities)}
        for outcome, utilities in zip(solution.outcomes, solution.utilities, strict=True)
    ]
    first: Document = tied[0] if tied else {"outcome": None, "utilities": None}
    return {
        **first,
        "value": solution.value,
        "bound": solution.bound,
        "proven": solution.proven,
        "gap": solution.gap,
        "ties": solution.ties,
        "ties_complete": solution.ties_complete,
        "outcomes": tied,
    }


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
                "outcome": case.named(point.outcome),
                "utilities": by_party(frontier.parties, point.utilities),
                "ties": point.ties,
                "acceptable": point.acceptable,
            }
            for point in frontier.points
        ],
    }


def outcome_words(case: Case, outcome: Outcome) -> list[tuple[str, str]]:
    """An outcome as (issue, option) in the names that people read."""
    return [
        (str(issue), str(issue.option(option)))
        for issue, option in zip(case.issues, outcome, strict=True)
    ]
