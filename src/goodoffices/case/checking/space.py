"""Checks of what constraints, red lines and reservation values leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from goodoffices.case.checking.advice import Advice, shown
from goodoffices.case.checking.boxes import (
    Best,
    Box,
    Undecided,
    Values,
    best,
    box,
    forbidden,
    is_anything_left,
    whole,
)
from goodoffices.case.model import Case
from goodoffices.case.preferences import Preferences
from goodoffices.case.statements import Estimate


def empty_spaces(case: Case) -> Iterator[Advice]:
    """``case.W131``, ``case.W132``, ``case.W133`` and, where that is not decided, ``case.W134``"""
    rules = [each for constraint in case.constraints for each in forbidden(case, constraint)]
    try:
        yield from _empty_spaces(case, rules)
    except Undecided:
        yield Advice(
            "case.W134",
            "constraints",
            "Whether the constraints and red lines leave any outcome could not be decided quickly. "
            "Could they be said with fewer statements?",
        )


def _empty_spaces(case: Case, rules: list[Box]) -> Iterator[Advice]:
    if not is_anything_left(whole(case), rules):
        yield Advice(
            "case.W131",
            "constraints",
            "The constraints together forbid every outcome. Which of them could be relaxed?",
        )
        return
    lines = {party: _red_lines(case, sheet) for party, sheet in _deciding(case)}
    alone = [p for p, own in lines.items() if not is_anything_left(whole(case), rules + own)]
    for party in alone:
        yield Advice(
            "case.W132",
            f"preferences.{party}.red_lines",
            f"{party}'s red lines rule out every outcome that the constraints allow. "
            "Which of them would it sign after all?",
        )
    together = [each for own in lines.values() for each in own]
    if not alone and not is_anything_left(whole(case), rules + together):
        drawn = [party for party, own in lines.items() if own]
        yield Advice(
            "case.W133",
            "preferences",
            f"The red lines of {' and '.join(drawn)} together rule out every outcome that the "
            "constraints allow. Which of them would be moved for the right agreement?",
        )


def unreachable_reservations(case: Case) -> Iterator[Advice]:
    """``case.W135``"""
    rules = [each for constraint in case.constraints for each in forbidden(case, constraint)]
    for party, sheet in _deciding(case):
        if sheet.reservation is None or sheet.reservation.value is None:
            continue
        values = _values(case, sheet)
        if values is None:
            continue
        least = sheet.reservation.value.low
        found = best(whole(case), rules + _red_lines(case, sheet), values)
        if found is not None and found.value < least:
            yield Advice(
                "case.W135",
                f"preferences.{party}.reservation",
                f"{party}'s reservation value is {shown(least)}, and {_most(sheet, found)}. "
                "Is one of the numbers mistyped, or is there nothing to be had for it?",
            )


def _deciding(case: Case) -> list[tuple[str, Preferences]]:
    ids = [party.id for party in case.deciders]
    return [(party, case.preferences[party]) for party in ids if party in case.preferences]


def _red_lines(case: Case, sheet: Preferences) -> list[Box]:
    return [box(case, line.never) for line in sheet.red_lines]


def _values(case: Case, sheet: Preferences) -> Values | None:
    """What outcomes are worth to the party at most; ``None`` where a number is not known."""
    tables = []
    for issue in case.issues:
        weight, scores = sheet.weights.get(issue.id), sheet.scores.get(issue.id, {})
        if weight is None:
            return None
        if weight.high == 0:
            tables.append([Fraction(0)] * len(issue.options))
        elif all(option.id in scores for option in issue.options):
            tables.append([_most_of(weight, scores[o.id]) / sheet.scale for o in issue.options])
        else:
            return None
    terms = []
    for interaction in sheet.interactions:
        inside = box(case, interaction.when)
        terms.append((interaction.add, inside))
        if interaction.unless is not None:
            terms.append((-interaction.add, _both(inside, box(case, interaction.unless))))
    return Values(tables, [term for term in terms if all(term[1].values())])


def _most_of(weight: Estimate, score: Estimate) -> Fraction:
    return max(weight.low * score.high, weight.high * score.high)


def _both(one: Box, other: Box) -> Box:
    return {i: one.get(i, -1) & other.get(i, -1) for i in {*one, *other}}


def _most(sheet: Preferences, found: Best) -> str:
    estimates: Sequence[Estimate] = [
        *sheet.weights.values(),
        *(score for scores in sheet.scores.values() for score in scores.values()),
    ]
    if found.is_exact and all(estimate.is_exact for estimate in estimates):
        return f"the best outcome it may sign is worth {shown(found.value)} to it"
    return f"no outcome it may sign is worth more than {shown(found.value)} to it"
