"""Writing keeps what people wrote, and leaves nothing half-done."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import (
    Case,
    Citation,
    Condition,
    Constraint,
    Estimate,
    Issue,
    Option,
    OptionRanking,
    Party,
    Range,
    RedLine,
    Reservation,
    Role,
    case_texts,
    read,
    read_public,
    write,
)
from goodoffices.errors import CaseError

CASE = """\
# At the top.

title:   The river   # beside the title
about: >-
  Folded words,
  kept as they are.

# Above the parties.
parties:
- id: North   # beside North
  # Above the name.
  name: 'The North'
# Above South.
- South
- {id: mediator, role: mediator}   # beside the mediator

issues:
    -   id: water
        ordered: true     # why ordered
        options: [low,   {id: mid, name: "Middle"}, high]
    # Above the price.
    -   id: price
        range: {from: 0, to: 60, step: 20}

constraints:
  # Above the first.
  - require: {price: [0, 20.0]}   # beside the first
    when: {water: high}
  # Above the second.
  - {id: second, forbid: {water: low, price: 60}}

status_quo: {water: low, price: 0}
# At the end.
"""
NORTH = """\
# North's own.
party: North

weights:
  # Above water.
  water: 60   # beside water
  price: 40.0

scores:
  water: {low: 0, mid: 0.50e2, high: 100}
  price:
    0: 0     # at the lower end
    20: 33   # on the way
    60: 99

rankings:
  # Options come first here.
  - {issue: water, options: [high, low]}
  # Then issues.
  - issues: [water, price]

red_lines:
  - never: {price: 0}   # the only one
# At the end of North.
"""
SOUTH = "party: South\n"
FILES = {
    "case.yaml": CASE,
    "preferences/North.yaml": NORTH,
    "preferences/South.yaml": SOUTH,
}


def texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_bytes().decode("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "preferences").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def changed(folder: Path, change: Callable[[Case], Case]) -> dict[str, list[tuple[str, str]]]:
    """The lines that a change of the case changes in the files: those gone and those new."""
    before = read(folder)
    case = change(before)
    write(case, folder)
    assert read(folder) == case
    found = {}
    for name, text in texts(folder).items():
        old, new = FILES[name].splitlines(), text.splitlines()
        gone = [line for line in old if line not in new]
        come = [line for line in new if line not in old]
        if text != FILES[name]:
            found[name] = [("-", line) for line in gone] + [("+", line) for line in come]
    return found


def with_sheet(case: Case, **changes: object) -> Case:
    sheet = replace(case.preferences["North"], **changes)  # type: ignore[arg-type]  # by name
    return replace(case, preferences={**case.preferences, "North": sheet})


def exactly(value: int) -> Estimate:
    return Estimate(Fraction(value), Fraction(value))


def test_a_case_that_has_not_changed_changes_no_character(folder: Path) -> None:
    assert changed(folder, lambda case: case) == {}


def test_a_new_title_keeps_the_comment_beside_it(folder: Path) -> None:
    assert changed(folder, lambda case: replace(case, title="The sea: a case")) == {
        "case.yaml": [
            ("-", "title:   The river   # beside the title"),
            ("+", 'title: "The sea: a case"   # beside the title'),
        ]
    }


def test_a_new_weight_keeps_the_comment_beside_it(folder: Path) -> None:
    weights = {"water": Estimate(Fraction(50), Fraction(121, 2)), "price": exactly(40)}
    assert changed(folder, lambda case: with_sheet(case, weights=weights)) == {
        "preferences/North.yaml": [
            ("-", "  water: 60   # beside water"),
            ("+", "  water: [50, 60.5]   # beside water"),
        ]
    }


def test_a_weight_left_out_takes_the_comment_beside_it_along(folder: Path) -> None:
    assert changed(folder, lambda case: with_sheet(case, weights={"price": exactly(40)})) == {
        "preferences/North.yaml": [
            ("-", "  water: 60   # beside water"),
        ]
    }


def test_a_score_in_braces_is_replaced_alone(folder: Path) -> None:
    def change(case: Case) -> Case:
        scores = case.preferences["North"].scores
        water = {**scores["water"], "high": exactly(90)}
        return with_sheet(case, scores={**scores, "water": water})

    assert changed(folder, change) == {
        "preferences/North.yaml": [
            ("-", "  water: {low: 0, mid: 0.50e2, high: 100}"),
            ("+", "  water: {low: 0, mid: 0.50e2, high: 90}"),
        ]
    }


def test_new_parts_are_added_at_their_places(folder: Path) -> None:
    def change(case: Case) -> Case:
        reservation = Reservation(value=None, why="Nothing better: for now")
        line = RedLine(never=Condition({"water": frozenset({"low", "mid"})}))
        lines = (*case.preferences["North"].red_lines, line)
        return with_sheet(
            case, reservation=reservation, red_lines=lines, scale=Fraction(1), about="a #b"
        )

    assert changed(folder, change) == {
        "preferences/North.yaml": [
            ("+", "scale: 1"),
            ("+", "reservation:"),
            ("+", "  value: status quo"),
            ("+", '  why: "Nothing better: for now"'),
            ("+", "  - never: {water: [low, mid]}"),
            ("+", 'about: "a #b"'),
        ]
    }
    assert (
        (folder / "preferences/North.yaml").read_text()
        == """\
# North's own.
party: North
scale: 1

weights:
  # Above water.
  water: 60   # beside water
  price: 40.0

scores:
  water: {low: 0, mid: 0.50e2, high: 100}
  price:
    0: 0     # at the lower end
    20: 33   # on the way
    60: 99

reservation:
  value: status quo
  why: "Nothing better: for now"

rankings:
  # Options come first here.
  - {issue: water, options: [high, low]}
  # Then issues.
  - issues: [water, price]

red_lines:
  - never: {price: 0}   # the only one
  - never: {water: [low, mid]}
about: "a #b"
# At the end of North.
"""
    )


def test_parties_that_change_places_take_their_comments_along(folder: Path) -> None:
    def change(case: Case) -> Case:
        north, south, mediator = case.parties
        observer = Party(id="watch", name="Watch", role=Role.OBSERVER)
        return replace(case, parties=(mediator, south, replace(north, about="New"), observer))

    changed(folder, change)
    section = (folder / "case.yaml").read_text().partition("parties:\n")[2]
    assert (
        section.partition("\n\n")[0]
        == """\
- {id: mediator, role: mediator}   # beside the mediator
# Above South.
- South
- id: North   # beside North
  # Above the name.
  name: 'The North'
  about: New
- id: watch
  name: Watch
  role: observer"""
    )


def test_an_option_added_in_brackets_leaves_the_rest_of_the_issue_alone(folder: Path) -> None:
    def change(case: Case) -> Case:
        water, price = case.issues
        options = (*water.options, Option(id="flood"))
        return replace(case, issues=(replace(water, options=options), price))

    assert changed(folder, change) == {
        "case.yaml": [
            ("-", '        options: [low,   {id: mid, name: "Middle"}, high]'),
            ("+", "        options: [low, {id: mid, name: Middle}, high, flood]"),
        ]
    }


def test_a_constraint_keeps_its_form_while_another_part_changes(folder: Path) -> None:
    def change(case: Case) -> Case:
        first, second = case.constraints
        return replace(case, constraints=(replace(first, why="Because."), second))

    assert changed(folder, change) == {"case.yaml": [("+", "    why: Because.")]}


def test_a_constraint_called_by_its_place_keeps_its_name_when_the_place_changes(
    folder: Path,
) -> None:
    def change(case: Case) -> Case:
        new = Constraint(id="new", forbid=Condition({"price": frozenset({"40"})}))
        return replace(case, constraints=(new, *case.constraints))

    assert changed(folder, change) == {
        "case.yaml": [
            ("-", "  - require: {price: [0, 20.0]}   # beside the first"),
            ("-", "    when: {water: high}"),
            ("+", "  - id: new"),
            ("+", "    forbid: {price: 40}"),
            ("+", "  - id: constraint-1"),
            ("+", "    forbid: {water: high}"),
            ("+", "    unless: {price: [0, 20]}"),
        ]
    }


def test_rankings_are_told_apart_in_whatever_order_they_stand(folder: Path) -> None:
    def change(case: Case) -> Case:
        new = OptionRanking(issue="water", order=(("mid",), ("low", "high")))
        return with_sheet(case, option_rankings=(new,))

    assert changed(folder, change) == {
        "preferences/North.yaml": [
            ("-", "  - {issue: water, options: [high, low]}"),
            ("+", "  - {issue: water, options: [mid, [low, high]]}"),
        ]
    }


def test_a_reason_is_added_where_it_belongs(folder: Path) -> None:
    def change(case: Case) -> Case:
        sheet = case.preferences["North"]
        rankings = tuple(replace(r, why="Said in May.") for r in sheet.option_rankings)
        return with_sheet(case, option_rankings=rankings)

    assert changed(folder, change) == {
        "preferences/North.yaml": [
            ("-", "  - {issue: water, options: [high, low]}"),
            ("+", "  - issue: water"),
            ("+", "    options: [high, low]"),
            ("+", "    why: Said in May."),
        ]
    }


def test_a_section_that_is_empty_now_goes(folder: Path) -> None:
    assert changed(folder, lambda case: with_sheet(case, red_lines=(), about="End")) == {
        "preferences/North.yaml": [
            ("-", "red_lines:"),
            ("-", "  - never: {price: 0}   # the only one"),
            ("+", "about: End"),
        ]
    }


def test_breakpoints_change_one_by_one(folder: Path) -> None:
    def change(case: Case) -> Case:
        scores = case.preferences["North"].scores
        price = {**scores["price"], "20": exactly(50)}
        return with_sheet(case, scores={**scores, "price": price})

    assert changed(folder, change) == {
        "preferences/North.yaml": [
            ("-", "    20: 33   # on the way"),
            ("+", "    20: 50   # on the way"),
            ("+", "    40: 66"),
        ]
    }


def test_a_status_quo_may_go_and_come(folder: Path) -> None:
    assert changed(folder, lambda case: replace(case, status_quo=None)) == {
        "case.yaml": [("-", "status_quo: {water: low, price: 0}")]
    }
    assert changed(folder, lambda case: replace(case, status_quo=("mid", "60"))) == {
        "case.yaml": [
            ("-", "status_quo: {water: low, price: 0}"),
            ("+", "status_quo:"),
            ("+", "  water: mid"),
            ("+", "  price: 60"),
        ]
    }


def test_line_ends_stay_as_they_are(folder: Path) -> None:
    path = folder / "case.yaml"
    path.write_bytes(CASE.replace("\n", "\r\n").encode())
    write(replace(read(folder), title="New", about="One.\nTwo."), folder)
    text = path.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n") > 20


def test_a_text_in_an_unforeseen_form_is_written_anew(folder: Path) -> None:
    """The same constraint written another way cannot be changed in place, so its file is new."""
    flow = "{title: x, parties: [North, South, {id: mediator, role: mediator}], issues: [{id: a, "
    (folder / "case.yaml").write_text(flow + "options: [b, c]}]}\n")
    (folder / "preferences" / "North.yaml").write_text("party: North\n")
    case = replace(read(folder), about="New")
    write(case, folder)
    assert read(folder) == case


def test_a_long_text_of_several_lines_is_written_for_reading(tmp_path: Path) -> None:
    case = Case(
        title="x",
        about="First line.\n\nThird: line.\n",
        parties=(Party(id="North", about="word " * 40 + "end"),),
        issues=(Issue(id="a", options=(Option(id="b", about=" kept \nas is"),)),),
    )
    write(case, tmp_path / "new")
    assert read_public(tmp_path / "new") == case
    assert (
        (tmp_path / "new" / "case.yaml").read_text()
        == """\
# What everybody at the table may see. What each party wants is in preferences/.
title: x
about: |
  First line.

  Third: line.

parties:
  - id: North
    about: >-
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word word word word word word word word word
      word word end

issues:
  - id: a
    options:
      - id: b
        about: " kept \\nas is"
"""
    )


def test_preferences_that_are_new_are_for_their_owner_alone(tmp_path: Path, folder: Path) -> None:
    write(read(folder), tmp_path / "new")
    modes = {name: stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) & 0o077 for name in FILES}
    assert modes["preferences/North.yaml"] == modes["preferences/South.yaml"] == 0


def test_rights_on_a_file_stay_as_they_are(folder: Path) -> None:
    path = folder / "preferences" / "North.yaml"
    path.chmod(0o640)
    write(with_sheet(read(folder), about="x"), folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    shutil.move(folder / "case.yaml", elsewhere)
    (folder / "case.yaml").symlink_to(elsewhere)
    write(replace(read(folder), title="New"), folder)
    assert (folder / "case.yaml").is_symlink()
    assert "New" in elsewhere.read_text()


def test_sheets_the_case_does_not_hold_are_left_alone(folder: Path) -> None:
    write(replace(read(folder).public(), title="New"), folder)
    assert read(folder).title == "New"
    assert texts(folder) | {"case.yaml": ""} == FILES | {"case.yaml": ""}


def refusal(case: Case, folder: Path) -> list[str]:
    """What is said when the case is written, which must change nothing."""
    before = texts(folder)
    with pytest.raises(CaseError) as error:
        write(case, folder)
    assert texts(folder) == before
    return [str(fault).replace(str(folder), "FOLDER") for fault in error.value.faults]


def test_a_sheet_that_would_no_longer_fit_stands_in_the_way(folder: Path) -> None:
    case = read(folder)
    water, price = case.issues
    options = tuple(option for option in water.options if option.id != "mid")
    public = replace(case.public(), issues=(replace(water, options=options), price))
    assert refusal(public, folder) == [
        "A preferences file in the folder would no longer fit. Nothing was written.",
        "preferences/North.yaml:10, scores.water.mid: 'mid' is not an option of 'water'. "
        "Options: low, high.",
    ]


def test_a_party_that_left_does_not_lose_its_sheet(folder: Path) -> None:
    case = read(folder)
    without = replace(
        case,
        parties=case.parties[:1],
        preferences={"North": case.preferences["North"]},
    )
    assert refusal(without, folder) == [
        "A preferences file in the folder would no longer fit. Nothing was written.",
        "preferences/South.yaml: 'South' is not a party to this case. Parties: North.",
    ]


def test_files_with_faults_are_not_written_over(folder: Path) -> None:
    case = read(folder)
    (folder / "case.yaml").write_text(CASE.replace("step: 20", "step: 0"))
    assert refusal(case, folder)[:2] == [
        "The files in 'FOLDER' have faults, so nothing was written over them. "
        "Correct them, or write to a new folder.",
        "case.yaml:23, issues.price.range: The step is 0. It must be greater than 0.",
    ]


def test_a_folder_that_is_a_file_is_not_written_to(folder: Path) -> None:
    with pytest.raises(CaseError) as error:
        write(read(folder), folder / "case.yaml")
    assert str(error.value).startswith(f"'{folder / 'case.yaml'}' is a file.")
    with pytest.raises(CaseError) as error:
        write(read(folder), folder / "case.yaml" / "x")
    assert str(error.value) == (
        f"Nothing was written to '{folder / 'case.yaml' / 'x'}': not a directory."
    )


def small(**changes: object) -> Case:
    case = Case(
        title="x",
        parties=(Party(id="North"),),
        issues=(
            Issue(
                id="a",
                ordered=True,
                range=Range(start=Fraction(0), stop=Fraction(2), step=Fraction(1)),
                options=tuple(Option(id=text) for text in "012"),
            ),
        ),
    )
    return replace(case, **changes)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            small(parties=(Party(id="The North"),)),
            "case.yaml, parties.The North: 'The North' cannot name the party's file. Use up to "
            "100 letters, digits, _ and - as its id, and put the rest under 'name'.",
        ),
        (
            small(title="a\0b"),
            "case.yaml, title: The text holds the character U+0000. Remove it.",
        ),
        (
            small(title="half \ud800"),
            "case.yaml, title: The text holds the character U+D800. Remove it.",
        ),
        (
            small(sources=(), about="x", parties=(Party(id="N", sources=(Citation(source="s"),)),)),
            "case.yaml, parties.N.sources[1]: 's' is not a source of this case. "
            "The case lists no sources; add it under 'sources' in case.yaml.",
        ),
        (
            small(issues=(replace(small().issues[0], name="odd", ordered=False),)),
            "case.yaml, issues: This would not be read back as it is.",
        ),
    ],
)
def test_what_a_folder_cannot_say_is_not_written(case: Case, sentence: str, tmp_path: Path) -> None:
    assert refusal(case, tmp_path) == ["This case cannot be written as a folder.", sentence]
    assert not list(tmp_path.iterdir())


def test_a_number_too_long_to_be_read_is_not_written(folder: Path) -> None:
    case = with_sheet(read(folder), scale=Fraction(10) ** 2000)
    assert refusal(case, folder) == [
        "This case cannot be written as a folder: "
        "A number has more digits than the 1,000 that are read."
    ]


class Stop(BaseException):
    """An interruption, such as Ctrl-C."""


@pytest.mark.parametrize("at", range(12))
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), Stop()])
def test_nothing_is_half_written_wherever_writing_stops(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: int, fault: BaseException
) -> None:
    """Every sync to the disk and every move fails once; the folder is as it was."""
    case = replace(with_sheet(read(folder), about="New"), title="New")
    calls = 0

    def failing(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at + 1:
                raise fault
            return function(*arguments, **named)

        return call

    before = texts(folder)
    with monkeypatch.context() as patch:
        for module, name in ((os, "fsync"), (os, "open"), (Path, "replace"), (shutil, "copy2")):
            patch.setattr(module, name, failing(getattr(module, name)))
        try:
            write(case, folder)
        except CaseError as error:
            assert str(error) == f"Nothing was written to '{folder}': no space left on device."
        except Stop:
            assert isinstance(fault, Stop)
    # Nothing stands beside the files either way.
    assert set(texts(folder)) == set(before)
    assert texts(folder) == before or (calls <= at and read(folder) == case)


def test_a_folder_begun_and_not_finished_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CaseError):
        write(small(), tmp_path / "a" / "b")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever runs as root may write everywhere")
def test_a_folder_that_may_not_be_written_to(folder: Path) -> None:
    case = replace(read(folder), title="New")
    folder.chmod(0o500)
    try:
        assert refusal(case, folder) == ["Nothing was written to 'FOLDER': permission denied."]
    finally:
        folder.chmod(0o700)


def test_the_texts_of_a_case_are_what_is_written(tmp_path: Path, examples: Path) -> None:
    case = read(examples / "aral")
    write(case, tmp_path)
    assert texts(tmp_path) == case_texts(case)
