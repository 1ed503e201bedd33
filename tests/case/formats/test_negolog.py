"""Reading of NegoLog folders."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from goodoffices.case.formats import import_case
from goodoffices.errors import CaseError
from tests.case.formats.folders import said, scores, written

PROFILE: dict[str, Any] = {
    "reservationValue": 0.25,
    "issueWeights": {"water": 0.75, "dams": 0.25},
    "issues": {"water": {"low": 0.2, "high": 1.0}, "dams": {"joint": 1, "sold": 0.61}},
}


def folder(path: Path, other: dict[str, Any] = PROFILE) -> Path:
    files = {
        "profileA.json": json.dumps(PROFILE),
        "profileB.json": json.dumps(other),
        "specs.json": '{"Nash_A": 1}',
    }
    return written(path, files)


def test_a_folder_becomes_a_case(tmp_path: Path) -> None:
    imported = import_case(folder(tmp_path / "river"))
    case = imported.case
    assert case.title == "river"
    assert [party.id for party in case.parties] == ["profileA", "profileB"]
    assert scores(case, "profileB", "dams") == [Fraction(1), Fraction("0.61")]
    reservation = case.preferences["profileA"].reservation
    assert reservation is not None
    assert reservation.value is not None
    assert reservation.value.low == Fraction(1, 4)
    assert imported.notes == (
        "specs.json is not a profile (specs.json holds results). It was not read.",
    )


def test_the_order_of_the_second_profile_does_not_matter(tmp_path: Path) -> None:
    turned = {
        **PROFILE,
        "issues": {"dams": {"sold": 0.61, "joint": 1}, "water": {"high": 1.0, "low": 0.2}},
    }
    plain = import_case(folder(tmp_path / "river" / "x")).case
    assert import_case(folder(tmp_path / "turned" / "x", turned)).case == plain


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"issues": {**PROFILE["issues"], "fish": {"a": 1}}}, "'fish' is not an issue of the"),
        ({"issues": {"water": PROFILE["issues"]["water"]}}, "'dams' has no weight, or no values."),
        (
            {"issues": {**PROFILE["issues"], "dams": {"joint": 1}}},
            "The value 'sold' of 'dams' has no utility.",
        ),
        (
            {"issues": {**PROFILE["issues"], "dams": {"joint": 1, "sold": 0, "x": 1}}},
            "'x' is not a value of 'dams'.",
        ),
        ({"issueWeights": {"water": -1, "dams": 2}}, "The weight is -1."),
        ({"reservationValue": "high"}, "'high' is not a number"),
        ({"reservationValue": float("nan")}, "nly finite numbers are read"),
    ],
)
def test_faults(change: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        import_case(folder(tmp_path, {**PROFILE, **change}))
    assert any(sentence in fault.message for fault in caught.value.faults)
    assert all(fault.file.endswith("profileB.json") for fault in caught.value.faults)


def test_weights_that_do_not_sum_to_1_are_noted(tmp_path: Path) -> None:
    other = {**PROFILE, "issueWeights": {"water": 0.5, "dams": 0.25}}
    assert said(import_case(folder(tmp_path, other)), "The weights in profileB.json sum to 0.75")
