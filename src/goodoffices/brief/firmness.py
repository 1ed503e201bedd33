"""How firm the candidate packages are: how far each number may move before they change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from goodoffices.brief.pictures import Picture, picture
from goodoffices.case.model import Case
from goodoffices.case.words import amount
from goodoffices.settlement.packages import CONCEPT_NAMES, Candidate
from goodoffices.settlement.sensitivity import Sensitivity
from goodoffices.settlement.sensitivity_words import Bar, becomes, explain, overview, what

if TYPE_CHECKING:
    from goodoffices.figures.theme import Finished

_SENTENCES = 3
_ROWS = 3


@dataclass(frozen=True, slots=True)
class DelicateRow:
    """One of the most delicate numbers of a candidate package."""

    letter: str
    concept: str
    party: str
    what: str
    stated: str
    holds: str


@dataclass(frozen=True, slots=True)
class Firmness:
    """The section on sensitivities.

    ``rows`` are the most delicate numbers of every candidate examined; ``sentences`` and
    ``picture`` are about the first.
    """

    first: str
    sentences: tuple[str, ...]
    picture: Picture
    rows: tuple[DelicateRow, ...]
    shortest: str


def firmness(
    case: Case,
    examined: tuple[tuple[Candidate, Sensitivity], ...],
    packages: tuple[Candidate, ...],
) -> Firmness:
    """Sensitivities told of some of the packages; ``examined`` is not empty."""
    first, found = examined[0]
    sentences = explain(found, case, _SENTENCES, packages)
    return Firmness(
        first=f"package {first.name}, by the standard {CONCEPT_NAMES[found.concept]}",
        sentences=sentences,
        picture=picture(
            f"The most delicate numbers of package {first.name}.",
            " ".join(sentences),
            partial(_chart, case, found),
        ),
        rows=tuple(
            _row(case, pick, one, bar)
            for pick, one in examined
            for bar in overview(one, case, _ROWS)
            if bar.is_low_a_change or bar.is_high_a_change
        ),
        shortest=_shortest(case, first, found, packages),
    )


def _chart(case: Case, found: Sensitivity) -> Finished:
    from goodoffices.figures.leeway import leeway_chart

    return leeway_chart(case, found, most=10)


def _row(case: Case, pick: Candidate, found: Sensitivity, bar: Bar) -> DelicateRow:
    scale = case.preferences[bar.party].scale
    low, high = amount(bar.low, scale), amount(bar.high, scale)
    if bar.is_low_a_change and bar.is_high_a_change:
        holds = f"{low} to {high}"
    else:
        holds = f"{low} or more" if bar.is_low_a_change else f"up to {high}"
    return DelicateRow(
        letter=pick.name,
        concept=CONCEPT_NAMES[found.concept],
        party=str(case.party(bar.party)),
        what=bar.what,
        stated=amount(bar.value, scale),
        holds=holds,
    )


def _shortest(
    case: Case, pick: Candidate, found: Sensitivity, packages: tuple[Candidate, ...]
) -> str:
    """The most delicate number of the first candidate, in one sentence."""
    name = CONCEPT_NAMES[found.concept]
    if not found.leeways:
        return ""
    leeway = found.leeways[0]
    number, room = leeway.number, leeway.room
    if room is None:
        return f"No single number, whatever it were, would change the {name} choice, {pick.name}."
    scale = case.preferences[number.party].scale
    ways = [
        f"if it {moves} by more than {amount(room, scale)}, "
        + becomes(change, found, case, packages)
        for moves, distance, change in (
            ("falls", number.value - leeway.low, leeway.below),
            ("rises", leeway.high - number.value, leeway.above),
        )
        if change is not None and distance == room
    ]
    return (
        f"The most delicate number behind package {pick.name} (by the standard {name}) is "
        f"{what(number, case)} of {case.party(number.party)}: {amount(number.value, scale)} as "
        f"stated; {'; '.join(ways)}."
    )
