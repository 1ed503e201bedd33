"""Answers as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from goodoffices.case.model import Case, Outcome
from goodoffices.settlement.frontier import Frontier
from goodoffices.settlement.solution import Solution

_SHOWN_POINTS = 12


def number(value: Fraction | float) -> str:
    """A number in at most four significant decimals, without an exponent."""
    rounded = f"{float(value):,.4g}" if abs(value) < 1000 else f"{float(value):,.0f}"
    return rounded.replace("-0", "0") if float(rounded.replace(",", "")) == 0 else rounded


def table(*headings: str, title: str = "", right: Sequence[int] = ()) -> Table:
    """An empty table; columns whose numbers are in ``right`` are aligned to the right."""
    made = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    for position, heading in enumerate(headings):
        made.add_column(heading, justify="right" if position in right else "left")
    return made


def proof(solution: Solution) -> str:
    """What is proven about a solution, in a few words."""
    if not solution.outcomes:
        return "proven: nothing is acceptable to all" if solution.proven else "nothing found"
    if solution.proven:
        return "proven"
    if solution.gap is None:
        return "not proven"
    return f"not proven; at most {solution.gap:.2%} better"


def ties(solution: Solution) -> str:
    """How many outcomes tie, as a count that may be open."""
    return str(solution.ties) if solution.ties_complete else f"{solution.ties} or more"


def solutions_table(case: Case, solutions: Sequence[Solution]) -> Table:
    """One row for each solution: the parties' utilities, ties, and what is proven."""
    deciders = case.deciders
    made = table(
        "solution",
        *(str(party) for party in deciders),
        "package",
        "ties",
        "proof",
        title="Solutions",
        right=range(1, len(deciders) + 1),
    )
    letters = package_letters(solutions)
    for solution in solutions:
        utilities = solution.utilities[0] if solution.utilities else ()
        cells = [number(u) for u in utilities] or ["none"] + [""] * (len(deciders) - 1)
        letter = letters.get(solution.outcomes[0], "") if solution.outcomes else ""
        made.add_row(solution.concept, *cells, letter, ties(solution), proof(solution))
    return made


def package_letters(solutions: Sequence[Solution]) -> dict[Outcome, str]:
    """A letter for each different package that some solution names first."""
    found: dict[Outcome, str] = {}
    for solution in solutions:
        for outcome in solution.outcomes[:1]:
            found.setdefault(outcome, chr(ord("A") + len(found)))
    return found


def packages_table(case: Case, solutions: Sequence[Solution]) -> RenderableType:
    """The packages that the solutions name, issue by issue, side by side."""
    letters = package_letters(solutions)
    if not letters:
        return Text("No package is acceptable to all. See: goodoffices zone")
    made = table("issue", *letters.values(), title="Packages")
    for position, issue in enumerate(case.issues):
        made.add_row(str(issue), *(str(issue.option(outcome[position])) for outcome in letters))
    return made


def frontier_table(case: Case, frontier: Frontier) -> RenderableType:
    """The frontier in one sentence, and the points of it that are acceptable to all."""
    acceptable = [point for point in frontier.points if point.acceptable]
    sentence = (
        f"Frontier: {len(frontier.points):,} efficient points, "
        f"{len(acceptable):,} acceptable to all; {frontier_proof(frontier)}."
    )
    made = table(
        *(str(case.party(party)) for party in frontier.parties),
        "outcomes",
        title="Efficient and acceptable to all",
        right=range(len(frontier.parties) + 1),
    )
    for point in acceptable[:_SHOWN_POINTS]:
        made.add_row(*(number(u) for u in point.utilities), f"{point.ties:,}")
    parts: list[RenderableType] = [Text(sentence)]
    if acceptable:
        parts.append(made)
    if len(acceptable) > _SHOWN_POINTS:
        parts.append(Text(f"and {len(acceptable) - _SHOWN_POINTS:,} more: see --json"))
    return Group(*parts)


def frontier_proof(frontier: Frontier) -> str:
    """What is proven about a frontier, in words."""
    if frontier.exact:
        return f"complete and exact ({frontier.method})"
    if frontier.epsilon is None:
        return f"incomplete, each point shown is proven ({frontier.method})"
    worst = ", ".join(number(e) for e in frontier.epsilon)
    return f"incomplete: every outcome is matched to within {worst} points ({frontier.method})"


def show(*parts: RenderableType) -> None:
    """Print parts one below the other."""
    console = Console()
    for part in parts:
        console.print(part)
        console.print()
