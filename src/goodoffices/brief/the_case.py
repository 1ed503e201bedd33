"""The case in words: parties, issues, constraints, and what each party wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Case, Issue, Party, Role
from goodoffices.case.preferences import Preferences, Reservation
from goodoffices.case.statements import Citation, Estimate
from goodoffices.case.words import amount, condition_words, constraint_words, options_words, signed

_NAMED_AT_MOST = 12
_ROLES = {
    Role.PRINCIPAL: "must agree",
    Role.GUARANTOR: "guarantor",
    Role.MEDIATOR: "mediates",
    Role.OBSERVER: "observes",
}


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party and its part in the talks."""

    name: str
    role: str
    about: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One way to settle an issue."""

    name: str
    about: str
    is_today: bool
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue with its options, or with one line for all of them where they are many."""

    name: str
    about: str
    options: tuple[OptionLine, ...]
    ordered: bool
    today: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Something that the case or a party says, as a sentence, with its reason."""

    sentence: str
    why: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Keeps:
    """What a party keeps without agreement, and why."""

    value: str
    change: str
    why: str
    sources: tuple[Citation, ...]


def party_lines(case: Case) -> list[PartyLine]:
    """Every party, those that must agree and those that need not."""
    return [
        PartyLine(str(party), _role(case, party), party.about, party.sources)
        for party in case.parties
    ]


def _role(case: Case, party: Party) -> str:
    role = _ROLES[party.role]
    if party.role is Role.GUARANTOR and party in case.deciders:
        return f"{role}; has stated preferences, so it must agree"
    return role


def issue_lines(case: Case) -> list[IssueLine]:
    """Every issue with the options on the table."""
    today = case.named(case.status_quo) if case.status_quo is not None else {}
    return [_issue_line(issue, today.get(issue.id)) for issue in case.issues]


def _issue_line(issue: Issue, today: str | None) -> IssueLine:
    now = "" if today is None else options_words(issue, frozenset({today}))
    if len(issue.options) > _NAMED_AT_MOST or issue.range is not None:
        options = [OptionLine(_all_options(issue), "", False, ())]
    else:
        options = [
            OptionLine(str(option), option.about, option.id == today, option.sources)
            for option in issue.options
        ]
    return IssueLine(str(issue), issue.about, tuple(options), issue.ordered, now, issue.sources)


def _all_options(issue: Issue) -> str:
    first, last = str(issue.options[0]), str(issue.options[-1])
    if issue.range is None:
        return f"{len(issue.options)} options, from {first} to {last}"
    step, unit = amount(issue.range.step), issue.range.unit
    return f"{first} to {last} {unit}".rstrip() + f", in steps of {step}"


def constraint_lines(case: Case) -> list[StatementLine]:
    """Every constraint as a sentence."""
    return [
        StatementLine(
            _sentence(constraint_words(case, constraint)), constraint.why, constraint.sources
        )
        for constraint in case.constraints
    ]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def red_lines(case: Case, party_id: str) -> list[StatementLine]:
    """What a party will not sign."""
    sheet = case.preferences.get(party_id)
    return [
        StatementLine(f"Never: {condition_words(case, line.never)}.", line.why, line.sources)
        for line in (sheet.red_lines if sheet else ())
    ]


def keeps(sheet: Preferences, value: Fraction | None) -> Keeps:
    """What a party keeps without agreement; ``value`` where it is known exactly."""
    reservation = sheet.reservation or Reservation(value=Estimate(Fraction(0), Fraction(0)))
    words = _kept(sheet, reservation, value)
    if sheet.reservation is None:
        words += " (none stated)"
    change = ""
    if reservation.per_month:
        change = f"{signed(reservation.per_month, sheet.scale)} for every month without agreement"
    return Keeps(words, change, reservation.why, reservation.sources)


def _kept(sheet: Preferences, reservation: Reservation, value: Fraction | None) -> str:
    as_today = "what the status quo is worth to it"
    if value is not None:
        words = f"{amount(value, sheet.scale)} points"
        return f"{words}: {as_today}" if reservation.value is None else words
    if reservation.value is None:
        return as_today
    low, high = reservation.value.low, reservation.value.high
    if low == high:
        return f"{amount(low, sheet.scale)} points"
    return f"{amount(low, sheet.scale)} to {amount(high, sheet.scale)} points"


def interaction_lines(case: Case, party_id: str) -> list[StatementLine]:
    """What counts more, or less, for a party when options come together."""
    sheet = case.preferences[party_id]
    lines = []
    for interaction in sheet.interactions:
        when = condition_words(case, interaction.when)
        points = f"{signed(interaction.add, sheet.scale)} points if {when}"
        unless = (
            f", unless {condition_words(case, interaction.unless)}" if interaction.unless else ""
        )
        lines.append(StatementLine(f"{points}{unless}.", interaction.why, interaction.sources))
    return lines


def cited(citations: Sequence[Citation], numbers: dict[str, int]) -> list[int]:
    """The numbers of the sources that a statement rests on, each once, in order."""
    return sorted({numbers[citation.source] for citation in citations})
