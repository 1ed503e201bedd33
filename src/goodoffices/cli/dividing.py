"""The command ``divide``: adjusted winner on the issues between two parties."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import RenderableType

from goodoffices.case import read
from goodoffices.case.words import amount, option_name, percent
from goodoffices.cli import tables
from goodoffices.cli.app import AsJson, Folder, print_json
from goodoffices.cli.documents import Document, by_party, envelope, package_document

if TYPE_CHECKING:
    from goodoffices.case.model import Case
    from goodoffices.settlement.division import DividedIssue, Division


def divide(folder: Folder, as_json: AsJson = False) -> None:
    """Divide the issues between two parties (adjusted winner).

    Both then have equally many points, and no other division is better for one and as good for the
    other.

    Example: goodoffices divide examples/camp-david
    """
    from goodoffices.settlement.division import adjusted_winner_of

    case = read(folder)
    found = adjusted_winner_of(case)
    if as_json:
        print_json(envelope(case, **division_document(case, found)))
        return
    tables.show(*_division_parts(case, found))


def division_document(case: Case, found: Division) -> Document:
    """Who prevails on what, exactly: shares are written as ratios too."""
    return {
        "divided": [
            {
                "issue": issue.issue,
                "options": dict(zip(found.parties, issue.options, strict=True)),
                "points": by_party(found.parties, issue.points),
                "shares": by_party(found.parties, (issue.share, 1 - issue.share)),
                "exact_shares": dict(zip(found.parties, _exactly(issue), strict=True)),
            }
            for issue in found.divided
        ],
        "agreed": dict(found.agreed),
        "totals": by_party(found.parties, found.totals),
        "split": found.split,
        "packages": [
            package_document(case, found.parties, outcome, utilities)
            for outcome, utilities in zip(found.packages, found.utilities, strict=True)
        ],
    }


def _exactly(issue: DividedIssue) -> tuple[str, str]:
    return str(issue.share), str(1 - issue.share)


def _division_parts(case: Case, found: Division) -> Iterator[RenderableType]:
    from goodoffices.settlement.division_words import explain

    first, second = tables.names(case, found.parties)
    yield tables.heading(case)
    if found.divided:
        made = tables.table(
            "issue", f"{first} wants", "points", "gets", f"{second} wants", "points", "gets"
        )
        for issue in found.divided:
            sides = zip(issue.options, issue.points, (issue.share, 1 - issue.share), strict=True)
            made.add_row(
                str(case.issue(issue.issue)),
                *(
                    cell
                    for option, points, share in sides
                    for cell in (_name(case, issue, option), amount(points), _share(share))
                ),
            )
        yield tables.titled("Points out of 100 that each spreads over the issues", made)
    yield from explain(found, case)


def _name(case: Case, issue: DividedIssue, option: str) -> str:
    return option_name(case.issue(issue.issue), option)


def _share(share: Fraction) -> str:
    if share in (0, 1):
        return "all" if share else ""
    return str(share) if share.denominator < 100 else percent(share)
