"""What is said about files that are not right: whole sentences, all of them at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from goodoffices.case import case_from_text
from goodoffices.case.folder import faults as folder_faults
from goodoffices.errors import CaseError

CASE = """\
title: The river
parties: [North, South, {id: mediator, role: mediator}]
issues:
  - {id: water, options: [low, middle, high]}
  - id: price
    range: {from: 0, to: 60, step: 20}
sources: [{id: report}]
"""
NORTH = "party: North\n"
SOUTH = "party: South\n"


def faults(case: str | bytes = CASE, north: str | None = NORTH, **more: str) -> list[str]:
    """What is said about a case of these files."""
    files: dict[str, str | bytes] = {"case.yaml": case, "preferences/South.yaml": SOUTH}
    if north is not None:
        files["preferences/North.yaml"] = north
    files |= {f"preferences/{name}.yaml": text for name, text in more.items()}
    with pytest.raises(CaseError) as error:
        case_from_text(files)
    return [str(fault) for fault in error.value.faults]


def test_what_the_following_tests_break_is_a_case() -> None:
    files = {"preferences/North.yaml": NORTH, "preferences/South.yaml": SOUTH}
    assert case_from_text({"case.yaml": CASE, **files}).size == 12


@dataclass(frozen=True, slots=True)
class Change:
    """A fault to make in one of the files, and what is to be said about it."""

    file: str
    old: str
    new: str
    sentences: list[str]


def changes() -> list[object]:
    """The changes listed in ``faults.txt``."""
    text = Path(__file__).with_name("faults.txt").read_text(encoding="utf-8")
    found = []
    for block in text.split("### ")[1:]:
        head, *lines = block.splitlines()
        title = re.fullmatch(r"(.*) \((.*)\)", head)
        assert title is not None
        old, new, said = ([x[2:] for x in lines if x.startswith(mark)] for mark in "-+>")
        change = Change(title[2], "\n".join(old), "\n".join(new), said)
        found.append(pytest.param(change, id=title[1]))
    return found


@pytest.mark.parametrize("change", changes())
def test_a_fault_is_told_in_whole_sentences(change: Change) -> None:
    if change.file == "whole case.yaml":
        said = faults(f"{change.new}\n")
    elif change.file == "North.yaml":
        said = faults(north=f"{NORTH}{change.new}\n")
    elif change.old:
        assert change.old in CASE
        said = faults(CASE.replace(change.old, change.new, 1))
    else:
        said = faults(f"{CASE}{change.new}\n")
    assert said == change.sentences


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("title: a\0b\n", "1: The character U+0000 cannot stand in a YAML file. Remove it."),
        (
            "title: x\nabout: \x07\n",
            "2: The character U+0007 cannot stand in a YAML file. Remove it.",
        ),
        (b"title: x\nabout: \xff\n", "2: The byte 0xff is not UTF-8. Save the file as UTF-8."),
        ("title: x".encode("utf-16"), "1: The byte 0xff is not UTF-8. Save the file as UTF-8."),
    ],
)
def test_what_is_no_text_is_said_to_be_none(content: str | bytes, sentence: str) -> None:
    assert faults(content) == [f"case.yaml:{sentence}"]


def test_a_sheet_of_somebody_else() -> None:
    assert faults(north="party: South\n") == [
        "preferences/North.yaml:1, party: 'South' is not whom the file is named after. "
        "Write 'party: North', or rename the file."
    ]


def test_a_sheet_of_nobody() -> None:
    assert faults(north="weights: {}\n") == ["preferences/North.yaml:1: 'party' is missing."]


def test_a_principal_without_a_sheet() -> None:
    assert faults(north=None) == [
        "preferences/North.yaml: North has no preferences file. Add preferences/North.yaml; "
        "'party: North' alone says that nothing is known yet."
    ]


def test_sheets_that_name_no_party() -> None:
    assert faults(Nroth="party: Nroth\n", Zz="") == [
        "preferences/Nroth.yaml: 'Nroth' is not a party to this case. Did you mean 'North'?",
        "preferences/Zz.yaml: 'Zz' is not a party to this case. Parties: North, South, mediator.",
    ]


def test_a_sheet_of_somebody_without_a_say() -> None:
    assert faults(mediator="party: mediator\n") == [
        "preferences/mediator.yaml: mediator is a mediator and has no say in what is agreed. "
        "Remove this file, or change the role in case.yaml."
    ]


def test_the_faults_of_all_files_are_told_together_in_reading_order() -> None:
    case = CASE.replace("step: 20", "step: 0") + "titel: x\n"
    north = NORTH + "weights: {water: x}\nscale: 0\n"
    assert [line.split(",")[0] for line in faults(case, north, Zz="")] == [
        "case.yaml:6",
        "case.yaml:8: 'titel' is not a key here. Did you mean 'title'?",
        "preferences/North.yaml:2",
        "preferences/North.yaml:3",
        "preferences/Zz.yaml: 'Zz' is not a party to this case. Parties: North",
    ]


def test_what_was_not_understood_is_not_held_against_other_places() -> None:
    """A sheet is not blamed for options that only a fault in the case hides."""
    case = CASE.replace("[low, middle, high]", "[low, middle, ~]")
    assert faults(case, NORTH + "scores: {water: {high: 1}, price: {0: 0, 60: 1}}\n") == [
        "case.yaml:4, issues.water.options[3]: Found nothing where an id belongs."
    ]
    assert faults("a: [b\n", NORTH + "weights: {fish: 1, dams: -1}\n") == [
        "case.yaml:2: A list opened with '[' lacks a comma or its ']'.",
        "preferences/North.yaml:2, weights.dams: The weight is -1. Weights are 0 or greater.",
    ]


WRONG_WEIGHTS = "weights:\n" + "".join(f"  x{k}: 1\n" for k in range(700))


def test_very_many_faults_are_all_told() -> None:
    said = faults(north=NORTH + WRONG_WEIGHTS)
    assert len(said) == 700
    assert said[-1].startswith("preferences/North.yaml:702, weights.x699: 'x699' is not an issue")


def test_more_faults_than_memory_should_hold_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_faults, "MOST_FAULTS", 500)
    said = faults(north=NORTH + WRONG_WEIGHTS)
    assert len(said) == 501
    assert said[-1] == "200 more faults were found; these come first."


def test_spellings_are_compared_until_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_faults, "_MOST_COMPARED", 20)
    weights = "weights: {watre: 1, wtaer: 1, waetr: 1}\n"
    assert [line.rpartition("case.")[2] for line in faults(north=NORTH + weights)] == [
        " Did you mean 'water'?",
        " Did you mean 'water'?",
        " Issues: water, price.",
    ]


def test_a_hundred_thousand_faults_are_told_within_seconds() -> None:
    """Comparing each of these names with each issue would take minutes."""
    issues = "".join(f"  - {{id: issue-of-a-long-name-{k}, options: [x, y]}}\n" for k in range(190))
    weights = "".join(f"  issue-of-a-lnog-nmae-{k}: 1\n" for k in range(30_000))
    said = faults(
        f"title: x\nparties: [North, South]\nissues:\n{issues}", f"{NORTH}weights:\n{weights}"
    )
    assert len(said) == 30_000


def test_an_end_that_is_no_number_is_the_only_fault() -> None:
    (said,) = faults(CASE + "constraints: [{forbid: {price: {from: nan}}}]\n")
    assert "'nan' is not a number." in said


def test_a_file_of_too_many_bytes() -> None:
    assert faults("# x\n" * 600_000) == [
        "case.yaml: The file holds 2,400,000 bytes; up to 2,000,000 are read."
    ]


def test_a_file_of_a_million_lines() -> None:
    assert faults("a\n" * 1_000_000) == [
        "case.yaml: The file has 1,000,001 lines; up to 100,000 are read."
    ]


def test_a_file_of_too_many_values() -> None:
    assert faults("parties: [" + "a,a,a\n," * 70_000 + "]\n") == [
        "case.yaml:66666: The file has more than 200,000 values."
    ]


def test_a_line_of_too_many_characters() -> None:
    """The parser takes time with the square of the length of a tag."""
    assert faults("title: x\nabout: !" + "a" * 1_000_000 + " b\n") == [
        "case.yaml:2: The line has 1,000,010 characters; up to 100,000 are read."
    ]


def test_options_beyond_what_memory_should_hold() -> None:
    issues = "".join(
        f"  - {{id: i{k}, range: {{from: 0, to: 99999, step: 1}}}}\n" for k in range(3)
    )
    assert faults(f"title: x\nparties: [North, South]\nissues:\n{issues}") == [
        "case.yaml:6, issues.i2.range: With this, the issues have 300,000 options; "
        "up to 200,000 are read."
    ]


def test_spans_beyond_what_memory_should_hold() -> None:
    issue = "  - {id: i, range: {from: 0, to: 99999, step: 1}}\n"
    spans = "".join(f"  - forbid: {{i: {{from: 1, to: {60_000 + k}}}}}\n" for k in range(60))
    case = f"title: x\nparties: [North, South]\nissues:\n{issue}constraints:\n{spans}"
    assert faults(case)[0] == (
        "case.yaml:55, constraints.constraint-50.forbid.i: "
        "The spans of this case hold more than 3,000,000 options. Use wider steps."
    )
