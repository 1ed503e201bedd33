"""The commands ``brief`` and ``figure``, which write a file and say where."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodoffices.case import read, read_compliance
from goodoffices.cli.app import (
    AsJson,
    Folder,
    Months,
    Package,
    Seconds,
    duration,
    package,
    print_json,
)
from goodoffices.cli.documents import envelope
from goodoffices.cli.trading import origin_words
from goodoffices.cli.watching import watching
from goodoffices.errors import CaseError, SettlementError

if TYPE_CHECKING:
    from goodoffices.case.model import Case, Outcome
    from goodoffices.figures.theme import Finished
    from goodoffices.settlement.watch import Watch

Output = Annotated[
    Path | None, typer.Option("--output", help="The file to write.", show_default=False)
]


class Kind(StrEnum):
    """What a picture shows."""

    SPACE = "space"
    PROFILES = "profiles"
    GAINS = "gains"
    TRADE = "trade"


def brief(
    folder: Folder,
    output: Output = None,
    chosen: Package = None,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Write everything about a case as one page.

    The page is .html, or .pdf with the extra of that name. Without --output, it is an .html file
    that stands in the present folder and is named after the case folder.

    Example: goodoffices brief examples/aral --output aral-brief.html
    """
    from goodoffices.brief import write_brief

    case = read(folder)
    after = duration(months, "--months")
    compliance = read_compliance(folder, case)
    target = _target(output, f"{folder.resolve().name}-brief.html")
    with watching(seconds) as watch:
        outcome = package(case, chosen, after, watch) if chosen else None
        write_brief(case, target, outcome=outcome, compliance=compliance, months=after, watch=watch)
    if as_json:
        print_json(envelope(case, file=str(target)))
    else:
        print(f"Wrote the brief to {target}. It holds everybody's confidential numbers.")


def figure(
    folder: Folder,
    kind: Annotated[
        Kind,
        typer.Option(
            help="space: two parties' points; profiles: all parties' points; gains: who gets what "
            "from a package, or from the Nash solution; trade: the first trade from a package, or "
            "from the status quo."
        ),
    ] = Kind.SPACE,
    output: Output = None,
    pair: Annotated[
        list[str] | None,
        typer.Option(metavar="PARTY", help="Of the picture 'space': give it twice."),
    ] = None,
    chosen: Package = None,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Draw a picture of a case.

    The file is .svg, .png, or .json with the Vega-Lite specification. Without --output, it is an
    .svg file that stands in the present folder and is named after the case folder.

    Example: goodoffices figure examples/aral --kind space --output aral.svg
    """
    from goodoffices.figures import save

    case = read(folder)
    after = duration(months, "--months")
    target = _target(output, f"{folder.resolve().name}-{kind}.svg")
    with watching(seconds) as watch:
        outcome = package(case, chosen, after, watch) if chosen else None
        if kind is Kind.GAINS:
            chart = _gains(case, outcome or package(case, ["nash"], after, watch), after)
        elif kind is Kind.TRADE:
            chart = _trade(case, chosen, after, watch)
        else:
            chart = _of_frontier(case, kind, _two(pair), outcome, after, watch)
        save(chart, target)
    if as_json:
        print_json(envelope(case, file=str(target)))
    else:
        print(f"Wrote the picture to {target}.")


def _target(output: Path | None, otherwise: str) -> Path:
    """The file to write, in a folder that is there: a mistyped one is told before the work."""
    target = output or Path(otherwise)
    if not target.parent.is_dir():
        raise CaseError(
            f"There is no folder '{target.parent}' for '{target.name}'. Make it, or name another."
        )
    return target


def _two(pair: list[str] | None) -> tuple[str, str] | None:
    if not pair:
        return None
    if len(pair) != 2:
        raise SettlementError(f"--pair is given {len(pair)} times; it needs two parties.")
    return pair[0], pair[1]


def _gains(case: Case, outcome: Outcome, months: Fraction) -> Finished:
    from goodoffices.figures import who_gets_what

    return who_gets_what(case, outcome, months=months)


def _trade(case: Case, chosen: list[str] | None, months: Fraction, watch: Watch) -> Finished:
    """The first trade from where ``goodoffices trades`` starts too."""
    from goodoffices.figures import trade_diagram
    from goodoffices.settlement.trade_words import explain
    from goodoffices.settlement.trades import trades

    start = package(case, chosen, months, watch)
    found = trades(case, start, most=1, months=months, watch=watch)
    if not found.trades:
        origin = origin_words(case, start, chosen or ["nash"], ())
        raise SettlementError(
            f"There is no trade to draw from {origin}. {explain(found, case)[0]} "
            "Name another package with --package."
        )
    return trade_diagram(case, found.trades[0])


def _of_frontier(
    case: Case,
    kind: Kind,
    pair: tuple[str, str] | None,
    outcome: Outcome | None,
    months: Fraction,
    watch: Watch,
) -> Finished:
    from goodoffices.figures import profiles, utility_space
    from goodoffices.settlement.solutions import settle

    answer = settle(case, months=months, watch=watch)
    if kind is Kind.PROFILES:
        return profiles(case, answer.frontier, answer.solutions, package=outcome, months=months)
    return utility_space(
        case, answer.frontier, answer.solutions, pair=pair, package=outcome, months=months
    )
