"""The command ``trades``: what could be exchanged for what, and what is left on the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    duration,
    options,
    package,
    print_json,
)
from goodoffices.cli.documents import (
    Document,
    by_party,
    demand_document,
    envelope,
    package_document,
    solution_document,
)
from goodoffices.cli.watching import watching
from goodoffices.settlement.packages import CONCEPT_NAMES, name_of

if TYPE_CHECKING:
    from goodoffices.case.model import Case, Outcome
    from goodoffices.settlement.improvements import Improvement, Improvements
    from goodoffices.settlement.packages import Candidate
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
    from goodoffices.settlement.solutions import lettered
    from goodoffices.settlement.trades import trades as trades_from

    case = read(folder)
    after = duration(months, "--months")
    wanted = options(case, giving or [], "The change")
    with watching(seconds) as watch:
        start = package(case, chosen, after, watch)
        found = trades_from(
            case, start, issues=issues, giving=wanted, most=most, months=after, watch=watch
        )
        left = improvements(case, start, watch=watch)
        packages = lettered(case, months=after, watch=watch)
    if as_json:
        print_json(envelope(case, **trades_document(case, found, left, packages)))
        return
    origin = origin_words(case, start, chosen or ["nash"], packages)
    tables.show(*_trades_parts(case, found, left, packages, origin, after))


def origin_words(
    case: Case, start: Outcome, chosen: Sequence[str], packages: Sequence[Candidate]
) -> str:
    """What the package is called from which trades start."""
    if letter := name_of(start, packages):
        return f"package {letter}"
    if start == case.status_quo:
        return "the status quo"
    concept = CONCEPT_NAMES.get(chosen[0])
    return f"the {concept} solution" if concept else "the package at hand"


def trades_document(
    case: Case, found: Trades, left: Improvements, packages: Sequence[Candidate]
) -> Document:
    """Trades from a package, and what the package leaves on the table."""
    from goodoffices.settlement.trade_words import sentence

    return {
        "package": {
            "name": name_of(found.outcome, packages),
            **package_document(case, found.parties, found.outcome, found.utilities),
            "feasible": found.feasible,
            "efficient": left.efficiency.is_efficient,
        },
        "trades": [
            {
                **_trade(case, found, trade),
                "name": name_of(trade.outcome, packages),
                "words": sentence(trade, case),
            }
            for trade in found.trades
        ],
        "counts": list(found.counts),
        "complete": found.complete,
        "exhaustive": found.is_exhaustive,
        "giving": dict(found.giving),
        "stopped": found.stopped,
        "improvements": {
            "exist": left.efficiency.is_improvable,
            "complete": left.complete,
            "packages": [_improvement(case, left, one) for one in left.packages],
            "best": {
                solution.concept: {
                    "name": name_of(solution.outcomes[0], packages) if solution.outcomes else None,
                    **solution_document(case, solution),
                }
                for solution in left.best
            },
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
    case: Case,
    found: Trades,
    left: Improvements,
    packages: Sequence[Candidate],
    origin: str,
    months: Fraction,
) -> Iterator[RenderableType]:
    from goodoffices.settlement.trade_words import COUNTED_FROM, alternatives, explain, refusal

    yield tables.heading(case)
    title = f"Where the trades start: {origin}"
    yield from tables.packages_tables(case, [("start", found.outcome)], title)
    yield tables.worth_table(case, found.parties, [("start", found.utilities)])
    if not found.feasible:
        yield "A constraint or a red line rules this package out; what follows a trade is allowed."
    summary, *sentences = explain(found, case)
    yield Text(summary, style="bold")
    others = alternatives(found.trades)
    for number, (trade, words, either) in enumerate(
        zip(found.trades, sentences, others, strict=True), 1
    ):
        letter = name_of(trade.outcome, packages)
        whole = f"This makes it package {letter}." if letter else ""
        told = [words, whole, refusal(case, trade.utilities, months), either]
        yield f"{number}. {' '.join(filter(None, told))}"
    yield _left(left)
    if left.best:
        yield COUNTED_FROM
    if best := _best(left, packages):
        yield from _best_parts(case, left, best)
    for one in best:
        yield _best_words(case, left, one, origin, months)


def _left(left: Improvements) -> str:
    """Whether a package leaves something on the table."""
    improvable = left.efficiency.is_improvable
    if improvable is None:
        return "It is not known whether the package leaves anything on the table."
    if not improvable and not left.efficiency.feasible:
        return "No allowed package gives nobody less and somebody more. This is proven."
    if not improvable:
        return "The package is efficient: whatever is changed, somebody loses. This is proven."
    known = counted(len(left.packages), "efficient package") if left.packages else "a package"
    least = "" if left.complete or not left.packages else "at least "
    return (
        f"The package leaves something on the table: {least}{known} would give nobody less and "
        "somebody more."
    )


@dataclass(frozen=True, slots=True)
class _Best:
    """A package that is the best of what is left, by one standard or several."""

    letter: str | None
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    standards: str

    @property
    def name(self) -> str:
        """What a table calls it."""
        return self.letter or f"by {self.standards}"


def _best(left: Improvements, packages: Sequence[Candidate]) -> list[_Best]:
    """The first package of every standard, each once."""
    firsts = {s.outcomes[0]: s.utilities[0] for s in left.best if s.outcomes}
    return [
        _Best(
            name_of(outcome, packages),
            outcome,
            utilities,
            sentence_list(
                [CONCEPT_NAMES[s.concept] for s in left.best if s.outcomes[:1] == (outcome,)]
            ),
        )
        for outcome, utilities in firsts.items()
    ]


def _best_parts(case: Case, left: Improvements, best: Sequence[_Best]) -> Iterator[RenderableType]:
    """The best of what is left, whole, beside the start."""
    yield from tables.packages_tables(
        case,
        [("start", left.outcome), *((one.name, one.outcome) for one in best)],
        "The best of them, whole, beside the start",
    )
    columns = [("start", left.utilities), *((one.name, one.utilities) for one in best)]
    yield tables.worth_table(case, left.parties, columns)


def _best_words(case: Case, left: Improvements, one: _Best, origin: str, months: Fraction) -> str:
    """What the best package by some standard changes, and what each party has from that."""
    from goodoffices.settlement.trade_words import refusal

    called = f" (package {one.letter})" if one.letter else ""
    changes = tables.package_words(case, one.outcome, left.outcome)
    stays = any(now == then for now, then in zip(one.outcome, left.outcome, strict=True))
    rest = f"; other issues as in {origin}" if stays else ""
    gains = _gains(case, left.parties, left.utilities, one.utilities)
    return (
        f"Best by the standard {one.standards}{called}: {changes}{rest} ({gains}). "
        f"{refusal(case, one.utilities, months)}"
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
