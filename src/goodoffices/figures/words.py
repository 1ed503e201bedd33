"""Words that several pictures write."""

from __future__ import annotations

from goodoffices.case.model import Case
from goodoffices.case.words import amount, counted
from goodoffices.figures.theme import wrapped
from goodoffices.settlement.frontier import Frontier
from goodoffices.settlement.packages import CONCEPT_NAMES, Candidate


def candidate_label(candidate: Candidate, width: int) -> list[str]:
    """A package's name and who picks it, in lines that fit a width in pixels."""
    concepts = ", ".join(CONCEPT_NAMES[name] for name in candidate.concepts)
    return wrapped(f"{candidate.name}: {concepts}", width, 12)


def utility_axis(case: Case, party_id: str) -> str:
    """The name of an axis that shows one party's utility, with its unit."""
    scale = case.preferences[party_id].scale
    return f"{case.party(party_id)}: utility (points out of {amount(scale, scale)})"


def statement(frontier: Frontier) -> str:
    """How much of the frontier all would accept, as a title says it."""
    acceptable = sum(point.acceptable for point in frontier.points)
    found = counted(len(frontier.points), "point")
    if not acceptable:
        return f"none of {found} on the frontier is acceptable to all"
    verb = "is" if acceptable == 1 else "are"
    return f"{acceptable:,} of {found} on the frontier {verb} acceptable to all"
