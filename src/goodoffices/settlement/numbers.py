"""The numbers a case rests on: which there are, and the case with one of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from goodoffices.case.model import Case
from goodoffices.case.preferences import Preferences, Reservation
from goodoffices.case.statements import Estimate
from goodoffices.settlement.problem import describe, exact_preferences, reservation_value


class NumberKind(StrEnum):
    """What a number says."""

    WEIGHT = "weight"
    SCORE = "score"
    INTERACTION = "interaction"
    RESERVATION = "reservation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number that a party's preferences state, and between what it could lie.

    Attributes
    ----------
    party, kind
        Whose number, and what it says.
    issue, option
        Of a weight, the issue; of a score, the issue and the option.
    interaction
        Of the points of an interaction, its place in the party's list, counted from 0.
    what
        The interaction's combination in words; otherwise empty.
    value
        As stated, on the party's own scale.
    least, most
        A weight lies between 0 and the sum of all the party's weights, a score or a reservation
        between 0 and the scale, and an interaction's points between minus and plus the scale;
        further if the stated value lies further.
    """

    party: str
    kind: NumberKind
    issue: str | None = None
    option: str | None = None
    interaction: int | None = None
    what: str = ""
    value: Fraction
    least: Fraction
    most: Fraction


def numbers(case: Case, months: Fraction = Fraction(0)) -> tuple[Number, ...]:
    """Every number that those who must consent have stated and on which a solution could hang.

    Left out is what cannot matter or cannot be varied: scores of an issue of weight 0, the weight
    of an issue of weight 0 that has no scores, and the weight of a party's only issue, which there
    is nothing to trade against. A reservation is its value after ``months`` without agreement; a
    party without one keeps 0.

    Raises
    ------
    SettlementError
        Somebody who must consent has no exact preferences.
    """
    return tuple(
        number
        for party in case.deciders
        for number in _of_sheet(case, exact_preferences(case, party.id), months)
    )


def _of_sheet(case: Case, sheet: Preferences, months: Fraction) -> Iterator[Number]:
    reservation = reservation_value(case, sheet, months)
    yield Number(
        party=sheet.party,
        kind=NumberKind.RESERVATION,
        value=reservation,
        least=min(Fraction(0), reservation),
        most=max(sheet.scale, reservation),
    )
    total = sum((weight.low for weight in sheet.weights.values()), Fraction(0))
    for issue in case.issues:
        weight = sheet.weights[issue.id].low
        scores = sheet.scores.get(issue.id, {})
        is_scored = all(o.id in scores and scores[o.id].is_exact for o in issue.options)
        if is_scored and weight < total:
            yield Number(
                party=sheet.party,
                kind=NumberKind.WEIGHT,
                issue=issue.id,
                value=weight,
                least=Fraction(0),
                most=total,
            )
        for option in issue.options if weight else ():
            score = scores[option.id].low
            yield Number(
                party=sheet.party,
                kind=NumberKind.SCORE,
                issue=issue.id,
                option=option.id,
                value=score,
                least=min(Fraction(0), score),
                most=max(sheet.scale, score),
            )
    for place, interaction in enumerate(sheet.interactions):
        yield Number(
            party=sheet.party,
            kind=NumberKind.INTERACTION,
            interaction=place,
            what=describe(interaction.when),
            value=interaction.add,
            least=min(-sheet.scale, interaction.add),
            most=max(sheet.scale, interaction.add),
        )


def moved(case: Case, number: Number, value: Fraction, months: Fraction = Fraction(0)) -> Case:
    """The case with one number changed and all others as they are.

    A weight takes from the party's other weights, or gives to them, in proportion, so that their
    sum stays: weights say how much issues matter compared with one another, and a party does not
    come to want more of everything because one issue matters more. Where the reservation is the
    status quo, it is worth what the changed preferences say.

    Parameters
    ----------
    value
        The new value, on the party's own scale.
    months
        The time at which a reservation is to have the new value.
    """
    sheet = case.preferences[number.party]
    if number.kind is NumberKind.WEIGHT:
        changed = _reweighted(sheet, number, value)
    elif number.kind is NumberKind.SCORE:
        assert number.issue is not None
        assert number.option is not None
        scores = {**sheet.scores[number.issue], number.option: Estimate(value, value)}
        changed = replace(sheet, scores={**sheet.scores, number.issue: scores})
    elif number.kind is NumberKind.INTERACTION:
        interactions = tuple(
            replace(interaction, add=value) if place == number.interaction else interaction
            for place, interaction in enumerate(sheet.interactions)
        )
        changed = replace(sheet, interactions=interactions)
    else:
        before = sheet.reservation or Reservation(value=None)
        start = value - before.per_month * months
        changed = replace(sheet, reservation=replace(before, value=Estimate(start, start)))
    return replace(case, preferences={**case.preferences, number.party: changed})


def _reweighted(sheet: Preferences, number: Number, value: Fraction) -> Preferences:
    factor = (number.most - value) / (number.most - number.value)
    weights = {
        issue: Estimate(weight.low * factor, weight.low * factor)
        for issue, weight in sheet.weights.items()
    }
    assert number.issue is not None
    weights[number.issue] = Estimate(value, value)
    return replace(sheet, weights=weights)
