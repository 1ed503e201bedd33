"""Comparing all candidates and solving again and again give the same intervals."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings

from goodoffices.case import Case, case_from_text
from goodoffices.settlement import candidates
from goodoffices.settlement.numbers import numbers
from goodoffices.settlement.sensitivity import Sensitivity, sensitivity
from goodoffices.settlement.solutions import CONCEPTS, solve
from tests.strategies import exact_cases

CASES = exact_cases(parties=(1, 3), issues=(1, 3), options=(1, 3), constraints=1)


def probed(case: Case, concept: str) -> Sensitivity:
    """The sensitivity as if there were too many efficient outcomes to merge."""
    with patch.object(candidates, "_exact", side_effect=candidates.NotExactError):
        return sensitivity(case, concept)


@pytest.mark.parametrize("concept", [c for c in CONCEPTS if c != "kalai-smorodinsky"])
@settings(deadline=None, max_examples=15)
@given(case=CASES)
def test_probing_finds_every_change_that_comparing_finds(concept: str, case: Case) -> None:
    assume(solve(case, [concept])[0].outcomes)
    compared, by_number = sensitivity(case, concept), {}
    for leeway in probed(case, concept).leeways:
        by_number[leeway.number] = leeway
    for one in compared.leeways:
        other = by_number.pop(one.number)
        assert other.low <= one.low
        assert one.high <= other.high
        if other.proven:
            assert (one.low, one.high) == (other.low, other.high)
            assert (one.below is None, one.above is None) == (
                other.below is None,
                other.above is None,
            )
    assert by_number == {}


def test_ideal_gains_are_not_probed() -> None:
    texts = {
        "case.yaml": "title: A\nparties: [North]\nissues: [{id: a, options: [x, y]}]\n",
        "preferences/North.yaml": "party: North\nweights: {a: 9}\nscores: {a: {x: 0, y: 9}}\n",
    }
    case = case_from_text(texts)
    assert probed(case, "kalai-smorodinsky").leeways == ()
    assert set(probed(case, "kalai-smorodinsky").unanswered) == set(numbers(case))
    assert probed(case, "nash").unanswered == ()
