"""What is left, and the most it is worth: by splitting boxes, and by listing every outcome."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from goodoffices.case import Case
from goodoffices.case.checking.boxes import (
    Best,
    Box,
    box,
    forbidden,
    is_anything_left,
    out_of_reach,
    whole,
)
from goodoffices.case.checking.space import party_values
from tests.strategies import exact_cases


def ruled_out(case: Case) -> list[Box]:
    rules = [each for constraint in case.constraints for each in forbidden(case, constraint)]
    sheets = case.preferences.values()
    return rules + [box(case, line.never) for sheet in sheets for line in sheet.red_lines]


def listed(case: Case) -> list[dict[str, str]]:
    lines = [line.never for sheet in case.preferences.values() for line in sheet.red_lines]
    outcomes = map(case.named, case.outcomes())
    return [named for named in outcomes if not any(line.holds(named) for line in lines)]


@settings(deadline=None, max_examples=300)
@given(exact_cases(parties=(1, 2), constraints=6, red_lines=3, interactions=4))
def test_boxes_agree_with_enumeration(case: Case) -> None:
    left = listed(case)
    assert is_anything_left(whole(case), ruled_out(case), 10**6) == bool(left)
    for sheet in case.preferences.values():
        worth = [sheet.utility(named) for named in left]
        known = party_values(case, sheet)
        assert known is not None
        values, unit = known
        most = int(max(worth, default=Fraction(0)) / unit)
        for least in (most - 1, most, most + 1, most + 5):
            found = out_of_reach(whole(case), ruled_out(case), values, least, 10**6)
            assert found == (Best(most, is_exact=True) if worth and most < least else None)


@settings(deadline=None, max_examples=100)
@given(exact_cases(parties=(1, 1), issues=(3, 4), constraints=4, interactions=4))
def test_a_search_given_up_decides_only_what_is_so(case: Case) -> None:
    sheet = case.preferences["North"]
    known = party_values(case, sheet)
    assert known is not None
    values, unit = known
    worth = [sheet.utility(named) / unit for named in listed(case)]
    for steps in (0, 5, 20, 50):
        for least in (0, 5, 20):
            found = out_of_reach(whole(case), ruled_out(case), values, least, steps)
            assert found is None or max(worth, default=0) <= found.points < least
