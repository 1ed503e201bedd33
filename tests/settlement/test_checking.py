"""Advice that needs the engines: what would keep a valid case from being answered."""

from __future__ import annotations

import pytest

from goodoffices.case import case_from_text
from goodoffices.errors import SettlementError
from goodoffices.settlement import frontier
from goodoffices.settlement.checking import checks

PUBLIC = """\
title: The river
parties: [North]
issues:
  - {id: x, options: [p, q]}
  - {id: y, options: [p, q]}
"""
SCORES = "scores: {x: {p: 100, q: 0}, y: {p: 0, q: 100}}\n"


def advice(sheet: str) -> list[str]:
    texts = {"case.yaml": PUBLIC, "preferences/North.yaml": f"party: North\n{sheet}"}
    return [f"{a.id} {a.path}: {a.message}" for a in checks(case_from_text(texts))]


def test_nothing_is_asked_where_answers_can_be_given() -> None:
    assert advice("weights: {x: 60, y: 40}\n" + SCORES) == []
    assert advice("weights: {x: [50, 60], y: [30, 50]}\n" + SCORES) == []
    assert advice("") == []


def test_statements_that_cannot_all_hold() -> None:
    assert advice("weights: {x: [0, 10], y: [0, 0]}\n" + SCORES) == [
        "settlement.W201 preferences.North: North's statements contradict one another: 'the weight "
        "of x is between 0 and 10'; 'the weight of y is 0'; 'the weights add up to 100' (as "
        "partial preferences are read). No preferences satisfy them together; change or take out "
        "one of them in preferences/North.yaml."
    ]
    said = "comparisons: [{prefers: {x: q}, to: {x: p}}]\n"
    (found,) = advice("weights: {x: 60, y: 40}\nscores: {x: {p: 100, q: 0}}\n" + said)
    assert "'(x: q) is at least as good as (x: p)'" in found


def test_numbers_that_are_too_large_or_too_fine() -> None:
    large = advice("weights: {x: 1e300, y: 40}\n" + SCORES)
    assert large == [
        "settlement.W202 preferences.North.weights.x: North's numbers have too many digits to be "
        "computed with exactly: packages may differ by about 1e+300 points, in steps of 40. Make "
        "its largest numbers smaller, or round weights and scores to fewer decimals. Of its "
        "numbers, about 1e+300 stands out. Is it mistyped?"
    ]
    (fine,) = advice(f"weights: {{x: 60, y: 0.{'3' * 60}}}\n" + SCORES)
    assert fine.startswith("settlement.W202 preferences.North.weights.y: ")


def test_the_answers_refuse_such_numbers_with_the_same_reason() -> None:
    sheet = "party: North\nweights: {x: 1e300, y: 40}\n" + SCORES
    case = case_from_text({"case.yaml": PUBLIC, "preferences/North.yaml": sheet})
    with pytest.raises(SettlementError, match="North's numbers have too many digits"):
        frontier(case)
