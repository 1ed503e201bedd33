"""How firm the candidate packages are: how far each number may move before they change."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from goodoffices.brief.pictures import Picture, picture
from goodoffices.case.model import Case
from goodoffices.case.words import amount
from goodoffices.settlement.packages import CONCEPT_NAMES, Candidate
from goodoffices.settlement.sensitivity import Sensitivity
from goodoffices.settlement.sensitivity_words import (
    Bar,
    becomes,
    explain,
    moves_along,
    overview,
    what,
)

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
    ``picture`` are about the most delicate of these candidates, and ``about`` names it.
    """

    about: str
    sentences: tuple[str, ...]
    picture: Picture
    rows: tuple[DelicateRow, ...]
    moves_along: str
    shortest: str


def firmness(
    case: Case,
    examined: tuple[tuple[Candidate, Sensitivity], ...],
    packages: tuple[Candidate, ...],
) -> Firmness:
    """Sensitivities told of some of the packages; ``examined`` is not empty."""
    pick, found = min(examined, key=lambda each: _room(case, each[1]))
    sentences = explain(found, case, _SENTENCES, packages)
    which = _which(len(examined), len(packages))
    return Firmness(
        about=f"About package {_choice(pick, found, which)}:",
        sentences=sentences,
        picture=picture(
            f"The most delicate numbers of package {pick.name}.",
            " ".join(sentences),
            partial(_chart, case, found),
        ),
        rows=tuple(
            _row(case, each, one, bar)
            for each, one in examined
            for bar in overview(one, case, _ROWS)
            if bar.is_low_a_change or bar.is_high_a_change
        ),
        moves_along=moves_along(case),
        shortest=_shortest(case, pick, found, packages, which),
    )


def _room(case: Case, found: Sensitivity) -> Fraction:
    """How far the most delicate number may move, as a share of its party's scale."""
    rooms = [
        leeway.room / case.preferences[leeway.number.party].scale
        for leeway in found.leeways[:1]
        if leeway.room is not None
    ]
    # No number can move by more than twice its scale.
    return min(rooms, default=Fraction(2))


def _choice(pick: Candidate, found: Sensitivity, which: str) -> str:
    return f"{pick.name} (by the standard {CONCEPT_NAMES[found.concept]}; {which})"


def _which(examined: int, candidates: int) -> str:
    """Why this candidate is the one told about."""
    if examined < candidates:
        return "only this candidate was examined" if examined == 1 else "not all were examined"
    return "the only candidate" if candidates == 1 else "the most delicate of the candidates"


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
    case: Case, pick: Candidate, found: Sensitivity, packages: tuple[Candidate, ...], which: str
) -> str:
    """The most delicate number of a candidate, in one sentence."""
    if not found.leeways:
        return ""
    leeway = found.leeways[0]
    number, room = leeway.number, leeway.room
    choice = f"package {_choice(pick, found, which)}"
    if room is None:
        return f"No single number, whatever it were, would change {choice}."
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
        f"The most delicate number behind {choice} is, for {case.party(number.party)}, "
        f"{what(number, case)}: {amount(number.value, scale)} as stated; {'; '.join(ways)}."
    )
