"""Sensitivities in sentences, and in rows for a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount, counted, option_names
from goodoffices.settlement.numbers import Number, NumberKind
from goodoffices.settlement.packages import CONCEPT_NAMES, Candidate, name_of
from goodoffices.settlement.sensitivity import Change, Leeway, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of an overview: a number, how far it may move, and what that is worth.

    Attributes
    ----------
    party, what
        Whose number, and which, in words.
    low, value, high
        The interval in which the outcome stays a solution, around the stated value.
    is_low_a_change, is_high_a_change
        Whether the solution changes at the end, or the number may not go further.
    swing
        What the outcome is worth to the party with the number at ``high``, minus the same at
        ``low``.
    """

    party: str
    what: str
    low: Fraction
    value: Fraction
    high: Fraction
    is_low_a_change: bool
    is_high_a_change: bool
    swing: Fraction


def overview(found: Sensitivity, case: Case, most: int = 20) -> tuple[Bar, ...]:
    """The most delicate numbers, as rows of a chart."""
    return tuple(
        Bar(
            party=leeway.number.party,
            what=what(leeway.number, case),
            low=leeway.low,
            value=leeway.number.value,
            high=leeway.high,
            is_low_a_change=leeway.below is not None,
            is_high_a_change=leeway.above is not None,
            swing=leeway.utility_at_high - leeway.utility_at_low,
        )
        for leeway in found.leeways[:most]
    )


def what(number: Number, case: Case) -> str:
    """Which of a party's numbers this is: ``the weight of “Summer release”``."""
    if number.kind is NumberKind.RESERVATION:
        return "the reservation value"
    if number.kind is NumberKind.INTERACTION:
        return f"the points for {number.what or 'any package'}"
    assert number.issue is not None
    issue = case.issue(number.issue)
    if number.option is None:
        return f"the weight of “{issue}”"
    return f"the score of “{issue.option(number.option)}” on “{issue}”"


def moves_along(case: Case) -> str:
    """What else moves when one number is moved, in sentences."""
    sheets = [case.preferences[party.id] for party in case.deciders]
    words = (
        "When a weight moves, the party's other weights make room for it in proportion, so that "
        "their sum stays."
    )
    if any(sheet.reservation is not None and sheet.reservation.value is None for sheet in sheets):
        words += (
            " A reservation value that is the status quo moves with the weights and scores that "
            "make the status quo worth what it is."
        )
    return words


def explain(
    found: Sensitivity, case: Case, most: int = 10, packages: Sequence[Candidate] = ()
) -> tuple[str, ...]:
    """How delicate a solution is, one sentence for each number, numbers rounded.

    Parameters
    ----------
    packages
        Those that the reader knows by name, such as :func:`goodoffices.settlement.lettered` gives.
    """
    return tuple(_sentences(found, case, most, packages))


def becomes(change: Change, found: Sensitivity, case: Case, packages: Sequence[Candidate]) -> str:
    """What the solution becomes: a package the reader knows by name, or how it differs."""
    if change.outcome is None:
        return "nothing is acceptable to all"
    if name := name_of(change.outcome, packages):
        return f"the choice becomes package {name}"
    names = option_names(case, change.outcome)
    changed = [
        f"{issue}: {name}"
        for issue, name, then, now in zip(
            case.issues, names, found.outcome, change.outcome, strict=True
        )
        if then != now
    ]
    own = name_of(found.outcome, packages) or "before"
    kept = f"as {own}, but " if len(changed) < len(names) else ""
    return f"the choice becomes another package: {kept}{'; '.join(changed)}"


def _sentences(
    found: Sensitivity, case: Case, most: int, packages: Sequence[Candidate]
) -> Iterator[str]:
    solution = f"the {CONCEPT_NAMES[found.concept]} solution"
    if found.ties > 1:
        yield (
            f"{counted(found.ties, 'outcome')} tie as {solution}; this is about "
            f"{_package(case, found.outcome)}."
        )
    moving = [leeway for leeway in found.leeways if leeway.room is not None]
    for leeway in moving[:most]:
        yield _leeway(case, found, leeway, solution, packages)
    if len(moving) > most:
        yield f"{counted(len(moving) - most, 'other number')} may move further."
    if still := len(found.leeways) - len(moving):
        yield f"{counted(still, 'number')} may take any value, each alone, and nothing changes."
    if found.unanswered:
        yield f"{counted(len(found.unanswered), 'number')} could not be examined."


def _leeway(
    case: Case,
    found: Sensitivity,
    leeway: Leeway,
    solution: str,
    packages: Sequence[Candidate],
) -> str:
    number = leeway.number
    scale = case.preferences[number.party].scale

    def told(value: Fraction) -> str:
        return amount(value, scale)

    ways = []
    if leeway.below is not None:
        is_fixed = leeway.low == number.value
        ways.append("may not fall" if is_fixed else f"may fall to {told(leeway.low)}")
    if leeway.above is not None:
        is_fixed = leeway.high == number.value
        ways.append("may not rise" if is_fixed else f"may rise to {told(leeway.high)}")
    name = f"{case.party(number.party)}: {what(number, case)}, {told(number.value)},"
    ends = [
        f"{side} that, {becomes(change, found, case, packages)}"
        for side, change in (("below", leeway.below), ("above", leeway.above))
        if change is not None
    ]
    return f"{name} {' and '.join(ways)} before {solution} changes; {'; '.join(ends)}."


def _package(case: Case, outcome: Outcome) -> str:
    names = option_names(case, outcome)
    return "; ".join(f"{issue}: {name}" for issue, name in zip(case.issues, names, strict=True))
