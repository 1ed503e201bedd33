"""The command ``trades``: what could be exchanged for what, and what is left on the table."""

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

Issues = Annotated[int, typer.Option(min=1, help="Issues that one exchange may change at most.")]
Most = Annotated[int, typer.Option(min=1, help="How many to list.")]
Giving = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ISSUE=OPTION",
        help="Only trades that include this change: what would the others give in return for it?",
    ),
]


def trades(
    folder: Folder,
    chosen: Package = None,
    giving: Giving = None,
    issues: Issues = 3,
    most: Most = 10,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Show what could be exchanged so that nobody loses.

    Without --package, trades start from the status quo, or where there is none from the Nash
    solution. Smallest trades come first.

    Example: goodoffices trades examples/aral --package nash
    """
    from goodoffices.settlement.improvements import improvements
    from goodoffices.settlement.trades import trades as trades_from

    case = read(folder)
    after = duration(months, "--months")
    wanted = assignments(giving or [], "The change")
    with watching(seconds) as watch:
        start = package(case, chosen, after, watch)
        found = trades_from(
            case, start, issues=issues, giving=wanted, most=most, months=after, watch=watch
        )
        left = improvements(case, start, watch=watch)
    if as_json:
        print_json(envelope(case, **trades_document(case, found, left)))
        return
    tables.show(*_trades_parts(case, found, left, after))


def trades_document(case: Case, found: Trades, left: Improvements) -> Document:
    """Trades from a package, and what the package leaves on the table."""
    from goodoffices.settlement.trade_words import sentence

    return {
        "package": {
            **package_document(case, found.parties, found.outcome, found.utilities),
            "feasible": found.feasible,
            "efficient": left.efficiency.is_efficient,
        },
        "trades": [
            {**_trade(case, found, trade), "words": sentence(trade, case)} for trade in found.trades
        ],
        "counts": list(found.counts),
        "complete": found.complete,
        "exhaustive": found.is_exhaustive,
        "giving": dict(found.giving),
        "stopped": found.stopped,
        "improvements": {
            "complete": left.complete,
            "packages": [_improvement(case, left, one) for one in left.packages],
            "best": solutions_document(case, left.best),
        },
    }


def _trade(case: Case, found: Trades, trade: Trade) -> Document:
    return {
        "changes": [
            {
                "issue": change.issue,
                "before": change.before,
                "after": change.after,
                "points": by_party(found.parties, change.points),
                "needed_for": [demand_document(demand) for demand in change.needed_for],
            }
            for change in trade.changes
        ],
        "gains": by_party(found.parties, trade.gains),
        "together": by_party(found.parties, trade.together),
        **package_document(case, found.parties, trade.outcome, trade.utilities),
        "acceptable": trade.acceptable,
    }


def _improvement(case: Case, left: Improvements, one: Improvement) -> Document:
    return {
        **package_document(case, left.parties, one.outcome, one.utilities),
        "gains": by_party(left.parties, one.gains),
    }


def _trades_parts(
    case: Case, found: Trades, left: Improvements, months: Fraction
) -> Iterator[RenderableType]:
    from goodoffices.settlement.trade_words import explain, refusal

    yield tables.heading(case)
    yield from tables.packages_tables(case, [("start", found.outcome)], "Where the trades start")
    yield tables.worth_table(case, found.parties, [("start", found.utilities)])
    if not found.feasible:
        yield "A constraint or a red line rules this package out; what follows a trade is allowed."
    summary, *sentences = explain(found, case)
    yield Text(summary, style="bold")
    for number, (trade, words) in enumerate(zip(found.trades, sentences, strict=True), 1):
        yield f"{number}. {words} {refusal(case, trade.utilities, months)}".rstrip()
    yield from _left_parts(case, left, months)


def _left_parts(case: Case, left: Improvements, months: Fraction) -> Iterator[RenderableType]:
    """What a package leaves on the table, and the best of that by several standards."""
    from goodoffices.settlement.trade_words import refusal

    verdict = left.efficiency.is_efficient
    if verdict is None:
        yield "It is not known whether the package leaves anything on the table."
        return
    if verdict:
        yield "The package is efficient: whatever is changed, somebody loses. This is proven."
        return
    known = counted(len(left.packages), "efficient package") if left.packages else "a package"
    least = "" if left.complete or not left.packages else "at least "
    yield (
        f"The package leaves something on the table: {least}{known} would give nobody less and "
        "somebody more."
    )
    for solution in left.best:
        if solution.outcomes:
            yield (
                f"Best by the standard {solution.concept}: "
                f"{tables.package_words(case, solution.outcomes[0], left.outcome)} "
                f"({_gains(case, left.parties, left.utilities, solution.utilities[0])}). "
                f"{refusal(case, solution.utilities[0], months)}"
            ).rstrip()


def _gains(
    case: Case, parties: Sequence[str], before: Sequence[Fraction], after: Sequence[Fraction]
) -> str:
    """``The North +8, The South +25 and The Coast +80``"""
    return sentence_list(
        [
            f"{case.party(party)} {signed(now - then, case.preferences[party].scale)}"
            for party, then, now in zip(parties, before, after, strict=True)
        ]
    )
