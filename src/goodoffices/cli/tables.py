"""Answers as tables for a terminal: readable at 80 columns, plain where there is no terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import (
    amount,
    counted,
    option_name,
    option_names,
    percent,
    sentence_list,
    whole,
)

if TYPE_CHECKING:
    from goodoffices.settlement.frontier import Frontier, FrontierPoint

_POINTS_SHOWN = 7
_PACKAGES_ABREAST = 4
_USUAL_WIDTH, _LEAST_WIDTH = 80, 40


def table(*headings: str, right: bool = False) -> Table:
    """An empty table; with ``right``, all columns but the first are aligned to the right."""
    made = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for position, heading in enumerate(headings):
        made.add_column(heading, justify="right" if right and position else "left", overflow="fold")
    return made


def titled(title: str, content: RenderableType) -> RenderableType:
    """Something to show under a title that may be wider than it."""
    return Group(Text(title, style="bold"), "", content)


def heading(case: Case) -> Text:
    """The title of a case and its size."""
    return Text(f"{case.title}: {counted(case.size, 'outcome')} before constraints", style="bold")


def points(case: Case, parties: Sequence[str], numbers: Sequence[Fraction]) -> list[str]:
    """Points of each party, rounded in proportion to the party's scale."""
    return [
        amount(value, case.preferences[party].scale)
        for party, value in zip(parties, numbers, strict=True)
    ]


def names(case: Case, parties: Sequence[str]) -> list[str]:
    """What people call the parties."""
    return [str(case.party(party)) for party in parties]


def packages_tables(
    case: Case, packages: Sequence[tuple[str, Outcome]], title: str = "Packages"
) -> Iterator[RenderableType]:
    """Packages issue by issue, side by side under their names, so many as are readable."""
    for start in range(0, len(packages), _PACKAGES_ABREAST):
        part = packages[start : start + _PACKAGES_ABREAST]
        made = table("issue", *(name for name, _ in part))
        columns = [option_names(case, outcome) for _, outcome in part]
        for issue, *options in zip(map(str, case.issues), *columns, strict=True):
            made.add_row(issue, *options)
        yield titled(title, made) if start == 0 else made


def worth_table(
    case: Case,
    parties: Sequence[str],
    columns: Sequence[tuple[str, Sequence[Fraction]]],
    title: str = "What each party gets, in its own points",
) -> RenderableType:
    """One row for each party, one column of points for each thing compared."""
    made = table("party", *(name for name, _ in columns), right=True)
    cells = [points(case, parties, numbers) for _, numbers in columns]
    for party, *row in zip(names(case, parties), *cells, strict=True):
        made.add_row(party, *row)
    return titled(title, made)


def frontier_parts(case: Case, frontier: Frontier) -> Iterator[RenderableType]:
    """The frontier in a sentence, and some of its points that are acceptable to all."""
    acceptable = [point for point in frontier.points if point.acceptable]
    yield Text(
        f"Frontier: {counted(len(frontier.points), 'efficient point')}, "
        f"{whole(len(acceptable))} acceptable to all; {_frontier_proof(case, frontier)}."
    )
    if not acceptable:
        return
    shown = evenly(acceptable, _POINTS_SHOWN)
    title = "Efficient and acceptable to all, in each party's own points"
    made = table("party", *map(str, range(1, len(shown) + 1)), right=True)
    cells = [points(case, frontier.parties, point.utilities) for point in shown]
    for party, *row in zip(names(case, frontier.parties), *cells, strict=True):
        made.add_row(party, *row)
    made.add_row("outcomes", *(_ties(frontier, point) for point in shown))
    yield titled(title, made)
    if len(shown) < len(acceptable):
        yield Text(
            f"{len(shown)} of {whole(len(acceptable))} points, from one end to the other; "
            "all are in the answer to --json."
        )


def evenly(acceptable: Sequence[FrontierPoint], most: int) -> list[FrontierPoint]:
    """So many points at most: both ends, and others evenly spaced between them."""
    last = len(acceptable) - 1
    if last < most:
        return list(acceptable)
    return [acceptable[round(k * last / (most - 1))] for k in range(most)]


def _ties(frontier: Frontier, point: FrontierPoint) -> str:
    return whole(point.ties) if frontier.ties_complete else f"{whole(point.ties)}+"


def _frontier_proof(case: Case, frontier: Frontier) -> str:
    if frontier.exact:
        return f"complete and proven ({frontier.method})"
    ended = " because the work was ended" if frontier.stopped else ""
    if frontier.epsilon is None:
        return f"not complete{ended}, there may be more ({frontier.method})"
    within = sentence_list(
        [
            f"{points_of} of {name}"
            for points_of, name in zip(
                points(case, frontier.parties, frontier.epsilon),
                names(case, frontier.parties),
                strict=True,
            )
        ]
    )
    return (
        f"not complete{ended}, but every outcome has a point that gives nobody less by more than "
        f"this: {within} ({frontier.method})"
    )


def issue_and_option(case: Case, issue_id: str, option_id: str) -> str:
    """``Summer release: High``"""
    issue = case.issue(issue_id)
    return f"{issue}: {option_name(issue, option_id)}"


def package_words(case: Case, outcome: Outcome, before: Outcome | None = None) -> str:
    """``Summer release: High; Who checks: A joint team``; with ``before``, only what differs."""
    return "; ".join(
        issue_and_option(case, issue.id, option)
        for issue, option, then in zip(
            case.issues, outcome, before or [None] * len(outcome), strict=True
        )
        if option != then
    )


def gap_words(gap: float | None) -> str:
    """What is proven about a value that may not be the greatest."""
    return "not proven" if gap is None else f"not proven; at most {percent(gap)} better"


def show(*parts: RenderableType) -> None:
    """Print parts one below the other, with a line between them."""
    console = Console(markup=False, emoji=False, highlight=False)
    # Some systems say 0 where they do not know, and in very few columns nothing can be drawn.
    console.width = max(console.width or _USUAL_WIDTH, _LEAST_WIDTH)
    for number, part in enumerate(parts):
        with console.capture() as drawn:
            console.print(part)
        # Tables fill their width with spaces, which only get in the way of whoever copies them.
        lines = [line.rstrip() for line in drawn.get().rstrip().splitlines()]
        print("\n".join(["", *lines] if number else lines))
