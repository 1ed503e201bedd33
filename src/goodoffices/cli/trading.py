"""The commands ``trades`` and ``interim``: what to exchange, and what to settle first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from goodoffices.case import read
from goodoffices.case.words import counted, sentence_list, signed
from goodoffices.cli import tables
from goodoffices.cli.app import (
    AsJson,
    Folder,
    Months,
    Package,
    Seconds,
    app,
    assignments,
    duration,
    package,
    print_json,
)
from goodoffices.cli.documents import (
    Document,
    by_party,
    demand_document,
    envelope,
    package_document,
    solutions_document,
)
from goodoffices.cli.watching import watching

if TYPE_CHECKING:
    from goodoffices.case.model import Case
    from goodoffices.settlement.improvements import Improvement, Improvements
    from goodoffices.settlement.trades import Trade, Trades

Issues = Annotated[
    int, typer.Option(min=1, help="Issues that one exchange may change at most.")
]
Most = Annotated[int, typer.Option(min=1, help="How many to list.")]
Giving = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ISSUE=OPTION",
        help="Only trades that include this change: what would the others give in return for it?",
    ),
]


@app.command()
def trades(
    folder: Folder,
    package_: Annotated[Package, typer.Option("--package")] = None,
    giving: Giving = None,
    issues: Issues = 3,
    most: Most = 10,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Show what could be exchanged for what, from a package, so that nobody loses.

    Without --package, trades start from the status quo, or where there is none from the Nash
    solution. Smallest trades come first.

    Example: goodoffices trades examples/aral --package nash
    """
    from goodoffices.settlement import trades as room
    from goodoffices.settlement.improvements import improvements

    case = read(folder)
    after = duration(months, "--months")
    wanted = assignments(giving or [], "The change")
    with watching(seconds) as watch:
        start = package(case, package_, after, watch)
        found = room.trades(
            case, start, issues=issues, giving=wanted, most=most, months=after, watch=watch
        )
        left = improvements(case, start, watch=watch)
    if as_json:
        print_json(envelope(case, **trades_document(case, found, left)))
        return
    tables.show(*_trades_parts(case, found, left))
