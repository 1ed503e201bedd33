"""What could be traded, from the package at hand or from the status quo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from goodoffices.brief.findings import Findings
from goodoffices.brief.pictures import Picture, picture
from goodoffices.case.model import Case
from goodoffices.case.words import counted, option_names, sentence_list, signed
from goodoffices.settlement.improvements import Improvements
from goodoffices.settlement.packages import CONCEPT_NAMES, name_of
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.trade_words import (
    COUNTED_FROM,
    alternatives,
    explain,
    refusal,
    sentence,
)
from goodoffices.settlement.trades import Trade

if TYPE_CHECKING:
    from goodoffices.figures.theme import Finished

_PICTURES = 2


@dataclass(frozen=True, slots=True)
class Exchange:
    """One trade: in words, and the first ones as a picture.

    ``leads_to`` is the letter of the package after it, where that is a candidate; ``either`` says
    which earlier ones it excludes.
    """

    words: str
    leads_to: str | None
    picture: Picture | None
    refusal: str
    either: str


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
    letter = name_of(start, found.candidates)
    at_hand = f"the package at hand, which is {letter}" if letter else "the package at hand"
    names = option_names(case, start)
    return Exchanges(
        is_at_hand=found.package is not None,
        start="the status quo" if found.package is None else at_hand,
        package=tuple((str(issue), name) for issue, name in zip(case.issues, names, strict=True)),
        found=explain(found.trades, case)[0],
        listed=tuple(
            _exchange(found, trade, number, either)
            for number, (trade, either) in enumerate(
                zip(found.trades.trades, alternatives(found.trades.trades), strict=True)
            )
        ),
        left=() if found.improvements is None else _left(found, found.improvements),
    )


def _exchange(found: Findings, trade: Trade, number: int, either: str) -> Exchange:
    case = found.case
    words = sentence(trade, case)
    drawn = None
    if number < _PICTURES:
        drawn = picture(
            f"Trade {number + 1}: what each change gives and costs each party.",
            words,
            partial(_diagram, case, trade),
        )
    return Exchange(
        words=words,
        leads_to=name_of(trade.outcome, found.candidates),
        picture=drawn,
        refusal=refusal(case, trade.utilities, found.months),
        either=either,
    )


def _diagram(case: Case, trade: Trade) -> Finished:
    from goodoffices.figures.exchange import trade_diagram

    return trade_diagram(case, trade)


def _left(found: Findings, improved: Improvements) -> tuple[str, ...]:
    """What a tentative agreement leaves on the table."""
    improvable = improved.efficiency.is_improvable
    if improvable is None:
        return ("It is not known whether the package at hand leaves anything on the table.",)
    if not improvable and not improved.efficiency.feasible:
        return (
            "A constraint or a red line rules the package at hand out. No allowed package gives "
            "nobody less and somebody more. This is proven.",
        )
    if not improvable:
        return (
            "The package at hand is efficient: whatever is changed, somebody loses. This is "
            "proven.",
        )
    count = f"{counted(len(improved.packages), 'efficient package')} " if improved.packages else ""
    least = "" if improved.complete or not count else "at least "
    verb = "gives" if len(improved.packages) == 1 else "give"
    lead = (
        f"Something is left on the table: {least}{count}{verb} nobody less and somebody more."
        if count
        else "Something is left on the table: another package gives nobody less and somebody more."
    )
    return (
        f"{lead} {COUNTED_FROM}",
        *(_best(found, improved, one) for one in improved.best if one.outcomes),
    )


def _best(found: Findings, improved: Improvements, solution: Solution) -> str:
    case = found.case
    letter = name_of(solution.outcomes[0], found.candidates)
    names = option_names(case, solution.outcomes[0])
    before = option_names(case, improved.outcome)
    changes = [
        f"{issue}: {now}"
        for issue, now, then in zip(case.issues, names, before, strict=True)
        if now != then
    ]
    gains = [
        f"{case.party(party)} {signed(now - then, case.preferences[party].scale)}"
        for party, now, then in zip(
            improved.parties, solution.utilities[0], improved.utilities, strict=True
        )
    ]
    rest = "; other issues as in the package at hand" if len(changes) < len(names) else ""
    whole = f" This makes it package {letter}." if letter else ""
    return (
        f"By the standard {CONCEPT_NAMES[solution.concept]}, the best change is "
        f"{'; '.join(changes)}{rest} ({sentence_list(gains)}).{whole}"
    )
