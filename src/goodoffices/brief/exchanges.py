"""What could be traded, from the package at hand or from the status quo."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from goodoffices.brief.findings import Findings
from goodoffices.brief.pictures import Picture, picture
from goodoffices.case.model import Case
from goodoffices.case.words import counted, option_names, sentence_list, signed
from goodoffices.settlement.improvements import Improvements
from goodoffices.settlement.packages import CONCEPT_NAMES
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.trade_words import explain, refusal, sentence
from goodoffices.settlement.trades import Trade

if TYPE_CHECKING:
    from goodoffices.figures.theme import Finished

_PICTURES = 2


@dataclass(frozen=True, slots=True)
class Exchange:
    """One trade: in words, and the first ones as a picture."""

    words: str
    picture: Picture | None
    refusal: str


@dataclass(frozen=True, slots=True)
class Exchanges:
    """The trades from a starting point, and what a tentative agreement leaves on the table."""

    start: str
    is_at_hand: bool
    package: tuple[tuple[str, str], ...]
    found: str
    listed: tuple[Exchange, ...]
    left: tuple[str, ...]


def exchanges(found: Findings) -> Exchanges | None:
    """The section on trades; ``None`` where there is nothing to start from."""
    if found.trades is None:
        return None
    case = found.case
    start = found.trades.outcome
    names = option_names(case, start)
    return Exchanges(
        is_at_hand=found.package is not None,
        start="the status quo" if found.package is None else "the package at hand",
        package=tuple((str(issue), name) for issue, name in zip(case.issues, names, strict=True)),
        found=explain(found.trades, case)[0],
        listed=tuple(
            _exchange(case, trade, number, found.months)
            for number, trade in enumerate(found.trades.trades)
        ),
        left=_left(case, found.improvements) if found.improvements is not None else (),
    )


def _exchange(case: Case, trade: Trade, number: int, months: Fraction) -> Exchange:
    words = sentence(trade, case)
    drawn = None
    if number < _PICTURES:
        drawn = picture(
            f"Trade {number + 1}: what each change gives and costs each party.",
            words,
            partial(_diagram, case, trade),
        )
    return Exchange(words, drawn, refusal(case, trade.utilities, months))


def _diagram(case: Case, trade: Trade) -> Finished:
    from goodoffices.figures.exchange import trade_diagram

    return trade_diagram(case, trade)


def _left(case: Case, found: Improvements) -> tuple[str, ...]:
    """What a tentative agreement leaves on the table."""
    verdict = found.efficiency.is_efficient
    if verdict is None:
        return ("It is not known whether the package at hand leaves anything on the table.",)
    if verdict:
        return (
            "The package at hand is efficient: whatever is changed, somebody loses. This is "
            "proven.",
        )
    count = f"{counted(len(found.packages), 'efficient package')} " if found.packages else ""
    least = "" if found.complete or not count else "at least "
    verb = "gives" if len(found.packages) == 1 else "give"
    lead = (
        f"Something is left on the table: {least}{count}{verb} nobody less and somebody more."
        if count
        else "Something is left on the table: another package gives nobody less and somebody more."
    )
    return (lead, *(_best(case, found, solution) for solution in found.best if solution.outcomes))


def _best(case: Case, found: Improvements, solution: Solution) -> str:
    names = option_names(case, solution.outcomes[0])
    before = option_names(case, found.outcome)
    changes = [
        f"{issue}: {now}"
        for issue, now, then in zip(case.issues, names, before, strict=True)
        if now != then
    ]
    gains = [
        f"{case.party(party)} {signed(now - then, case.preferences[party].scale)}"
        for party, now, then in zip(
            found.parties, solution.utilities[0], found.utilities, strict=True
        )
    ]
    return (
        f"By the standard {CONCEPT_NAMES[solution.concept]}, the best change is "
        f"{'; '.join(changes)} ({sentence_list(gains)})."
    )
