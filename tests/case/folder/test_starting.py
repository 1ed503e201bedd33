"""The folder to start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.case import checks, new, read
from goodoffices.errors import CaseError

# Every key that a case folder may have, so that none goes unexplained.
CASE_KEYS = [
    "title",
    "about",
    "parties",
    "id",
    "name",
    "role",
    "sources",
    "issues",
    "ordered",
    "options",
    "range",
    "from",
    "to",
    "step",
    "unit",
    "constraints",
    "forbid",
    "unless",
    "require",
    "when",
    "why",
    "status_quo",
    "publisher",
    "date",
    "url",
    "note",
    "words",
]
SHEET_KEYS = [
    "party",
    "scale",
    "weights",
    "value",
    "scores",
    "interactions",
    "when",
    "unless",
    "add",
    "why",
    "reservation",
    "per_month",
    "red_lines",
    "never",
    "rankings",
    "issues",
    "issue",
    "options",
    "comparisons",
    "prefers",
    "to",
    "equal",
    "about",
    "sources",
]


def test_it_is_a_case_about_which_there_is_nothing_to_ask(tmp_path: Path) -> None:
    folder = new(tmp_path / "mine")
    assert folder == tmp_path / "mine"
    case = read(folder)
    assert [party.id for party in case.deciders] == ["North", "South"]
    assert checks(case) == ()


def test_it_has_agreements_that_both_would_take(tmp_path: Path) -> None:
    case = read(new(tmp_path / "mine"))
    north, south = case.preferences.values()
    assert north.reservation is not None
    assert north.reservation.value is not None
    assert case.status_quo is not None
    least = south.utility(case.named(case.status_quo))
    assert any(
        north.utility(case.named(outcome)) > north.reservation.value.low
        and south.utility(case.named(outcome)) > least
        for outcome in case.outcomes()
    )


def test_every_key_is_shown_or_explained(tmp_path: Path) -> None:
    folder = new(tmp_path / "mine")
    case = (folder / "case.yaml").read_text()
    sheets = "".join(path.read_text() for path in (folder / "preferences").iterdir())
    assert [key for key in CASE_KEYS if key not in case] == []
    assert [key for key in SHEET_KEYS if key not in sheets] == []


def test_taking_the_marks_away_adds_the_third_party(tmp_path: Path) -> None:
    folder = new(tmp_path / "mine")
    path = folder / "case.yaml"
    text = path.read_text().replace("  # - id: Coast\n  #   name", "  - id: Coast\n    name")
    path.write_text(text)
    (folder / "preferences" / "Coast.yaml").write_text("party: Coast\n")
    assert [party.id for party in read(folder).deciders] == ["North", "South", "Coast"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert read(new(tmp_path)).issues


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(CaseError) as error:
        new(tmp_path)
    assert str(error.value) == (
        f"The folder '{tmp_path}' is not empty. Name one that is empty or not there yet."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_not_made_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_text("x")
    with pytest.raises(CaseError) as error:
        new(file)
    assert str(error.value) == (f"'{file}' is a file. A case is a folder that holds case.yaml.")
    assert file.read_text() == "x"
