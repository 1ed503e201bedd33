"""Reading of GeniusWeb folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from goodoffices.case.formats import import_case
from goodoffices.errors import CaseError
from tests.case.formats.folders import said, scores, written

F = Fraction

DOMAIN: dict[str, Any] = {
    "name": "river",
    "issuesValues": {
        "water": {"values": ["low", "middle", "high"]},
        "price": {"range": {"low": 8, "high": 9, "step": 0.3}},
    },
}
SPACE: dict[str, Any] = {
    "name": "North",
    "issueUtilities": {
        "water": {"discreteutils": {"valueUtilities": {"low": 0.1, "middle": 0.5, "high": 1}}},
        "price": {
            "numberutils": {"lowValue": 8, "lowUtility": 1, "highValue": 9, "highUtility": 0}
        },
    },
    "issueWeights": {"water": 0.75, "price": 0.25},
    "domain": DOMAIN,
    "reservationBid": {"issuevalues": {"water": "low", "price": 8.3}},
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    space: dict[str, Any] = json.loads(json.dumps(SPACE))
    change(space)
    return space


def folder(path: Path, space: dict[str, Any] = SPACE) -> Path:
    files = {
        "river.json": json.dumps(DOMAIN),
        "North.json": json.dumps({"LinearAdditiveUtilitySpace": space}),
        "South.json": json.dumps({"LinearAdditiveUtilitySpace": SPACE}),
    }
    return written(path, files)


def test_a_folder_becomes_a_case(tmp_path: Path) -> None:
    imported = import_case(folder(tmp_path))
    case = imported.case
    assert case.title == "river"
    assert [(party.id, str(party)) for party in case.parties] == [
        ("North", "North"),
        ("South", "North"),
    ]
    assert [option.id for option in case.issues[1].options] == ["8", "8.3", "8.6", "8.9"]
    assert scores(case, "North", "water") == [F(1, 10), F(1, 2), F(1)]
    assert scores(case, "North", "price") == [F(1), F(7, 10), F(4, 10), F(1, 10)]
    reservation = case.preferences["North"].reservation
    assert reservation is not None
    assert reservation.value is not None
    assert reservation.value.low == F(75, 1000) + F(175, 1000)
    assert said(imported, "North.json states the least acceptable as a bid. Its utility, 0.25,")
    assert said(imported, "'price' runs to 9, which its steps do not meet; 8.9 is the last number.")


def test_profiles_hold_the_domain_if_no_file_does(tmp_path: Path) -> None:
    plain = import_case(folder(tmp_path)).case
    (tmp_path / "river.json").unlink()
    assert import_case(tmp_path).case == plain


@pytest.mark.parametrize("span", [["8", "9", "0.3"], {"low": "8", "high": "9", "step": "0.3"}])
def test_other_spellings_of_ranges(span: object, tmp_path: Path) -> None:
    plain = import_case(folder(tmp_path / "plain")).case
    domain = json.loads(json.dumps(DOMAIN))
    domain["issuesValues"]["price"]["range"] = span
    other = folder(tmp_path / "other")
    written(other, {"river.json": json.dumps(domain)})
    assert import_case(other).case == plain


def test_numbers_are_exact_and_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    space = json.dumps({"LinearAdditiveUtilitySpace": SPACE}).replace(
        '"low": 0.1', '"low": 0.1000000000000000000001'
    )
    written(folder(tmp_path), {"North.json": "\ufeff" + space})
    case = import_case(tmp_path).case
    assert scores(case, "North", "water")[0] == F("0.1000000000000000000001")


def test_a_value_without_utility_counts_0(tmp_path: Path) -> None:
    table = "discreteutils", "valueUtilities"
    space = changed(lambda s: s["issueUtilities"]["water"][table[0]][table[1]].pop("low"))
    imported = import_case(folder(tmp_path, space))
    assert scores(imported.case, "North", "water")[0] == 0
    assert said(imported, "North.json does not value 'low' of 'water'. GeniusWeb counts them 0.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda s: s["issueWeights"].update(water="much"), "'much' is not a number"),
        (lambda s: s["issueWeights"].update(water=-1), "The weight is -1."),
        (lambda s: s["issueWeights"].update(wather=1), "'wather' is not an issue."),
        (lambda s: s["issueWeights"].pop("water"), "'water' has no weight, or no utilities."),
        (lambda s: s.pop("issueWeights"), "'issueWeights' is missing."),
        (lambda s: s["issueUtilities"].update(water={"x": 1}), "Found 'x' where 'discreteutils'"),
        (lambda s: s["issueUtilities"].update(water=[]), "Found an empty list where a map"),
        (
            lambda s: s["issueUtilities"]["price"]["numberutils"].pop("lowValue"),
            "Number utilities state lowValue",
        ),
        (
            lambda s: s["reservationBid"]["issuevalues"].update(water="flood"),
            "'flood' is not a value of 'water'.",
        ),
    ],
)
def test_faults(change: Callable[[dict[str, Any]], object], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        import_case(folder(tmp_path, changed(change)))
    assert any(sentence in fault.message for fault in caught.value.faults)
    assert all(fault.file.endswith("North.json") for fault in caught.value.faults)
    assert all(fault.path.startswith("LinearAdd") for fault in caught.value.faults)


def test_other_kinds_of_profiles_are_refused(tmp_path: Path) -> None:
    written(folder(tmp_path), {"North.json": '{"SumOfGroupsUtilitySpace": {}}'})
    with pytest.raises(CaseError, match="'SumOfGroupsUtilitySpace' are not read; only Linear"):
        import_case(tmp_path)


def test_profiles_of_another_domain_are_refused(tmp_path: Path) -> None:
    space = changed(lambda s: s["domain"]["issuesValues"].update(dams={"values": ["a"]}))
    with pytest.raises(CaseError, match="its issues and values are not those of"):
        import_case(folder(tmp_path, space))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"issuesValues": ', "This is not JSON: expecting value."),
        ('{"issuesValues": {"a": {"values": []}}}', "'a' has no values. List at least one."),
        ('{"issuesValues": {"a": {}}}', "Found an empty map where a map with 'values'"),
        ('{"issuesValues": {"a": 1, "a": 2}}', "The key 'a' is given twice."),
        ('{"issuesValues": {"a": {"range": [1, 0, 1]}}}', "The lower end comes first."),
        ('{"issuesValues": {"a": {"range": [0, 1, 0]}}}', "The step is 0."),
        ('{"issuesValues": {"a": {"range": [0, 1]}}}', "A range has three numbers"),
        ('{"issuesValues": {"a": {"range": [0, NaN, 1]}}}', "nly finite numbers are read"),
        ("[" * 100_000, "nested more than 20 deep."),
        ("[" * 50 + "]" * 50, "nested more than 20 deep."),
    ],
)
def test_broken_domains(text: str, sentence: str, tmp_path: Path) -> None:
    written(folder(tmp_path), {"river.json": text})
    with pytest.raises(CaseError) as caught:
        import_case(tmp_path)
    assert sentence in str(caught.value)
    assert "river.json" in str(caught.value)
