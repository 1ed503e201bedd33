"""Checks of what constraints, red lines and reservation values leave."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, lcm

from goodoffices.case.checking.advice import Advice
from goodoffices.case.checking.boxes import (
    Box,
    Undecided,
    Values,
    box,
    forbidden,
    is_anything_left,
    out_of_reach,
    whole,
)
from goodoffices.case.model import Case, Issue
from goodoffices.case.numbers import shown
from goodoffices.case.preferences import Preferences

# Looks at a box or issue: well under a second for each question, and enough for cases that people
# write. What is not decided by then is left to the settlement room, which has the tools for it.
MOST_STEPS = 60_000


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
    if not is_anything_left(whole(case), rules, MOST_STEPS):
        yield Advice(
            "case.W131",
            "constraints",
            "The constraints together forbid every outcome. Which of them could be relaxed?",
        )
        return
    lines = {party: _red_lines(case, sheet) for party, sheet in _deciding(case)}
    alone = [
        p for p, own in lines.items() if not is_anything_left(whole(case), rules + own, MOST_STEPS)
    ]
    for party in alone:
        yield Advice(
            "case.W132",
            f"preferences.{party}.red_lines",
            f"{party}'s red lines rule out every outcome that the constraints allow. "
            "Which of them would it sign after all?",
        )
    together = [each for own in lines.values() for each in own]
    if not alone and not is_anything_left(whole(case), rules + together, MOST_STEPS):
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
        worth = party_values(case, sheet)
        if worth is None:
            continue
        values, unit = worth
        least = sheet.reservation.value.low
        boxes = rules + _red_lines(case, sheet)
        found = out_of_reach(whole(case), boxes, values, ceil(least / unit), MOST_STEPS)
        if found is not None:
            yield Advice(
                "case.W135",
                f"preferences.{party}.reservation",
                f"{party}'s reservation value is {shown(least)}, and "
                f"{_most(sheet, found.points * unit, found.is_exact)}. "
                "Is one of the numbers mistyped, or is there nothing to be had for it?",
            )


def _deciding(case: Case) -> list[tuple[str, Preferences]]:
    ids = [party.id for party in case.deciders]
    return [(party, case.preferences[party]) for party in ids if party in case.preferences]


def _red_lines(case: Case, sheet: Preferences) -> list[Box]:
    return [box(case, line.never) for line in sheet.red_lines]


def party_values(case: Case, sheet: Preferences) -> tuple[Values, Fraction] | None:
    """What outcomes are worth to the party at most, and what a point is worth on its scale.

    ``None`` where a number is not known.
    """
    tables = [_table(sheet, issue) for issue in case.issues]
    known = [table for table in tables if table is not None]
    if len(known) < len(tables):
        return None
    terms = []
    for interaction in sheet.interactions:
        inside = box(case, interaction.when)
        terms.append((interaction.add, inside))
        if interaction.unless is not None:
            terms.append((-interaction.add, _both(inside, box(case, interaction.unless))))
    terms = [(add, each) for add, each in terms if all(each.values())]
    numbers = [*(value for table in known for value in table), *(add for add, _ in terms)]
    points = lcm(*(value.denominator for value in numbers))
    values = Values(
        [[int(value * points) for value in table] for table in known],
        [(int(add * points), each) for add, each in terms],
    )
    return values, Fraction(1, points)


def _table(sheet: Preferences, issue: Issue) -> list[Fraction] | None:
    """The most that each option can be worth; ``None`` where a number is not known."""
    weight, scores = sheet.weights.get(issue.id), sheet.scores.get(issue.id, {})
    if weight is None:
        return None
    if weight.high == 0:
        return [Fraction(0)] * len(issue.options)
    if not all(option.id in scores for option in issue.options):
        return None
    highs = [scores[option.id].high for option in issue.options]
    return [max(weight.low * high, weight.high * high) / sheet.scale for high in highs]


def _both(one: Box, other: Box) -> Box:
    """The outcomes in two boxes."""
    return {i: one.get(i, -1) & other.get(i, -1) for i in {*one, *other}}


def _most(sheet: Preferences, value: Fraction, is_exact: bool) -> str:
    estimates = [
        *sheet.weights.values(),
        *(score for scores in sheet.scores.values() for score in scores.values()),
    ]
    if is_exact and all(estimate.is_exact for estimate in estimates):
        return f"the best outcome it may sign is worth {shown(value)} to it"
    return f"no outcome it may sign is worth more than {shown(value)} to it"
