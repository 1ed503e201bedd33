"""What files that are right are read as."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import (
    Case,
    Citation,
    Comparison,
    Condition,
    Constraint,
    Estimate,
    Interaction,
    Issue,
    IssueRanking,
    Option,
    OptionRanking,
    Party,
    Preferences,
    Range,
    RedLine,
    Reservation,
    Role,
    Source,
    case_from_text,
    read,
    read_public,
)
from goodoffices.errors import CaseError

CASE = """\
title: The river
about: Words
parties:
  - North
  - {id: South, name: The South, role: guarantor, about: Below, sources: [s1]}
  - id: mediator
    role: mediator
issues:
  - id: water
    name: Release
    ordered: true
    options: [No, {id: 2, name: Two, sources: [{source: s1, words: as said}]}, "null"]
  - id: price
    range: {from: 0, to: 1, step: 0.25, unit: million}
constraints:
  - forbid: {water: [No, 2], price: {from: 0.3}}
    why: reason
  - id: named
    require: {price: 0.50}
    when: {water: No}
    sources: [s1]
status_quo: {price: 0.0, water: No}
sources:
  - {id: s1, title: T, publisher: P, date: 2020-01-02, url: U, note: N}
"""
NORTH = """\
party: North
scale: 1
weights: {water: 0.4452125771655631, price: {value: [0, 2/3], why: a guess, sources: [s1]}}
scores:
  water: {No: 0, 2: 1e-5, "null": [0.5, 1]}
  price: {0: 0, 0.5: [0, 1], 1: 1}
interactions:
  - {when: {water: No}, unless: {price: 0}, add: -0.1, why: w, sources: [s1]}
  - add: 1
reservation: {value: status quo, per_month: -1.5, why: w}
red_lines:
  - {never: {water: 2}, why: w}
rankings:
  - {issue: water, options: [No, [2, "null"]], why: inferred}
  - {issues: [water, price], why: heard, sources: [s1]}
comparisons:
  - {prefers: {water: No}, to: {water: 2}, why: heard too}
  - {equal: [{water: No, price: 0}, {water: 2, price: 1}]}
about: A
sources: [s1]
"""
S1 = Citation(source="s1")


def exactly(value: Fraction | int) -> Estimate:
    return Estimate(Fraction(value), Fraction(value))


def only(**options: str) -> Condition:
    return Condition({issue: frozenset((option,)) for issue, option in options.items()})


def test_everything_that_a_folder_can_say() -> None:
    case = case_from_text({"case.yaml": CASE, "preferences/North.yaml": NORTH})
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    assert case == Case(
        title="The river",
        about="Words",
        parties=(
            Party(id="North"),
            Party(id="South", name="The South", role=Role.GUARANTOR, about="Below", sources=(S1,)),
            Party(id="mediator", role=Role.MEDIATOR),
        ),
        issues=(
            Issue(
                id="water",
                name="Release",
                ordered=True,
                options=(
                    Option(id="No"),
                    Option(id="2", name="Two", sources=(Citation(source="s1", words="as said"),)),
                    Option(id="null"),
                ),
            ),
            Issue(
                id="price",
                ordered=True,
                range=Range(start=Fraction(0), stop=Fraction(1), step=quarter, unit="million"),
                options=tuple(Option(id=text) for text in ("0", "0.25", "0.5", "0.75", "1")),
            ),
        ),
        constraints=(
            Constraint(
                id="constraint-1",
                forbid=Condition(
                    {"water": frozenset({"No", "2"}), "price": frozenset({"0.5", "0.75", "1"})}
                ),
                why="reason",
            ),
            Constraint(
                id="named", forbid=only(water="No"), unless=only(price="0.5"), sources=(S1,)
            ),
        ),
        status_quo=("No", "0"),
        sources=(Source(id="s1", title="T", publisher="P", date="2020-01-02", url="U", note="N"),),
        preferences={
            "North": Preferences(
                party="North",
                scale=Fraction(1),
                weights={
                    "water": exactly(Fraction(4452125771655631, 10**16)),
                    "price": Estimate(Fraction(0), Fraction(2, 3), (S1,), "a guess"),
                },
                scores={
                    "water": {
                        "No": exactly(0),
                        "2": exactly(Fraction(1, 100_000)),
                        "null": Estimate(half, Fraction(1)),
                    },
                    "price": {
                        "0": exactly(0),
                        "0.25": Estimate(Fraction(0), half),
                        "0.5": Estimate(Fraction(0), Fraction(1)),
                        "0.75": Estimate(half, Fraction(1)),
                        "1": exactly(1),
                    },
                },
                interactions=(
                    Interaction(
                        when=only(water="No"),
                        unless=only(price="0"),
                        add=Fraction(-1, 10),
                        why="w",
                        sources=(S1,),
                    ),
                    Interaction(when=Condition({}), add=Fraction(1)),
                ),
                reservation=Reservation(value=None, per_month=Fraction(-3, 2), why="w"),
                red_lines=(RedLine(never=only(water="2"), why="w"),),
                issue_rankings=(
                    IssueRanking(order=(("water",), ("price",)), why="heard", sources=(S1,)),
                ),
                option_rankings=(
                    OptionRanking(issue="water", order=(("No",), ("2", "null")), why="inferred"),
                ),
                comparisons=(
                    Comparison(prefers={"water": "No"}, to={"water": "2"}, why="heard too"),
                    Comparison(
                        prefers={"water": "No", "price": "0"},
                        to={"water": "2", "price": "1"},
                        equal=True,
                    ),
                ),
                about="A",
                sources=(S1,),
            )
        },
    )


SMALL = "title: x\nparties: [North, South]\nissues: [{id: a, options: [b]}]\n"


def small_folder(folder: Path) -> Path:
    (folder / "preferences").mkdir()
    (folder / "case.yaml").write_text(SMALL, encoding="utf-8")
    for party in ("North", "South"):
        (folder / "preferences" / f"{party}.yaml").write_text(f"party: {party}\n")
    return folder


def test_preferences_come_in_the_order_of_the_parties() -> None:
    files = {"preferences/South.yaml": "party: South", "preferences/North.yaml": "party: North"}
    assert list(case_from_text({**files, "case.yaml": SMALL}).preferences) == ["North", "South"]


def test_sections_left_empty_count_as_left_out() -> None:
    empty = "constraints:\nstatus_quo: ~\nsources: []\n"
    sheets = {
        f"preferences/{party}.yaml": f"party: {party}\nweights:\nred_lines:\n"
        for party in ("North", "South")
    }
    case = case_from_text({"case.yaml": SMALL + empty, **sheets})
    assert (case.constraints, case.status_quo, case.sources) == ((), None, ())
    assert case.preferences["North"] == Preferences(party="North", weights={}, scores={})


def test_a_byte_order_mark_and_the_line_ends_of_any_system_are_read() -> None:
    sheets = {f"preferences/{p}.yaml": f"party: {p}\r\n".encode() for p in ("North", "South")}
    text = SMALL.replace("\n", "\r\n").encode("utf-8-sig")
    assert case_from_text({"case.yaml": text, **sheets}).title == "x"


def test_a_folder_is_read(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    assert read(folder) == read(str(folder))
    assert read(folder).public() == read_public(folder)


def test_the_public_part_is_read_without_opening_a_preferences_file(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    (folder / "preferences" / "North.yaml").write_text("not: right: at all")
    assert read_public(folder).title == "x"


def test_files_that_are_not_of_the_case_are_left_alone(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    (folder / "sources").mkdir()
    for name in ("notes.md", "preferences/.North.yaml.swp", "preferences/README.txt"):
        (folder / name).write_text("anything: [")
    assert read(folder).title == "x"


def sentences(folder: Path | str) -> list[str]:
    with pytest.raises(CaseError) as error:
        read(folder)
    return [str(fault).replace(str(folder), "FOLDER") for fault in error.value.faults]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for missing in (tmp_path / "no", tmp_path / "no" / "more", tmp_path / ("x" * 300)):
        assert sentences(missing) == [
            "There is no folder 'FOLDER'. A case is a folder that holds case.yaml."
        ]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "aral"
    file.write_text("x")
    assert sentences(file) == ["'FOLDER' is a file. A case is a folder that holds case.yaml."]


def test_the_file_in_place_of_its_folder(tmp_path: Path) -> None:
    assert sentences(small_folder(tmp_path) / "case.yaml") == [
        "'FOLDER' is a file. A case is a folder that holds case.yaml. Name the folder it is in."
    ]


def test_a_folder_without_a_case(tmp_path: Path) -> None:
    assert sentences(tmp_path) == ["case.yaml: There is no case.yaml in 'FOLDER'."]


def test_a_file_that_is_a_folder(tmp_path: Path) -> None:
    small_folder(tmp_path)
    (tmp_path / "preferences" / "North.yaml").unlink()
    (tmp_path / "preferences" / "North.yaml").mkdir()
    assert sentences(tmp_path) == ["preferences/North.yaml: This is not a file."]


def test_a_link_to_nowhere(tmp_path: Path) -> None:
    small_folder(tmp_path)
    (tmp_path / "preferences" / "North.yaml").unlink()
    (tmp_path / "preferences" / "North.yaml").symlink_to("nowhere")
    assert sentences(tmp_path) == [
        "preferences/North.yaml: The file cannot be read: no such file or directory."
    ]


def test_preferences_that_are_a_file(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(SMALL)
    (tmp_path / "preferences").write_text("party: North")
    assert sentences(tmp_path)[:1] == ["preferences: The folder cannot be read: not a directory."]


def test_another_ending(tmp_path: Path) -> None:
    small_folder(tmp_path)
    (tmp_path / "preferences" / "Coast.yml").write_text("party: Coast")
    assert sentences(tmp_path) == [
        "preferences/Coast.yml: Preferences files end in .yaml. Rename it Coast.yaml."
    ]


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    small_folder(tmp_path)
    with (tmp_path / "case.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert sentences(tmp_path) == [
        "case.yaml: The file holds 50,000,000 bytes; up to 2,000,000 are read."
    ]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever runs the tests as root may read everything, so the refusal is played.
    def refuse(_path: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    small_folder(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    assert sentences(tmp_path) == [
        f"{name}: The file cannot be read: permission denied."
        for name in ("case.yaml", "preferences/North.yaml", "preferences/South.yaml")
    ]


@pytest.mark.parametrize("name", ["aral", "camp-david", "istanbul"])
def test_the_examples_are_cases(examples: Path, name: str) -> None:
    assert read(examples / name).deciders
