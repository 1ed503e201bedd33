"""Whatever the files hold, reading gives a case or faults, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from goodoffices.case import Case, case_from_text, case_texts, read, write
from goodoffices.errors import CaseError
from tests.fuzzing import amount, mutants

CASE = b"""\
title: The river
about: >-
  Folded
  text
parties: [{id: North, sources: [s1]}, South, {id: mediator, role: mediator}]
issues:
  - id: water
    ordered: true
    options: [low, {id: mid, name: Middle, about: "x: y"}, high]
  - {id: price, range: {from: 0, to: 60, step: 20, unit: m}}
constraints:
  - forbid: {water: low, price: {from: 40, to: 60}}
  - {id: c, require: {price: [0, 20]}, when: {water: high}, why: no money}
status_quo: {water: low, price: 0}
sources:
  - {id: s1, title: A page, date: 2020-01-01}
"""
NORTH = b"""\
party: North
weights: {water: [50, 60], price: {value: 2/3, why: a guess, sources: [s1]}}
scores:
  water: {low: 0, mid: [10, 20.5], high: 1e2}
  price: {0: 0, 40: 50, 60: 100}
interactions:
  - {when: {water: high}, unless: {price: 0}, add: -10}
reservation: {value: status quo, per_month: -1.5, why: cost}
red_lines:
- never: {price: 60}
rankings:
  - {issues: [water, price], why: "said: so"}
  - {issue: water, options: [[high, mid], low]}
"""
SOUTH = b"""\
party: South
scale: 1
weights: {water: .5, price: 0.5}
reservation: [0, 0.5]
comparisons:
  - {prefers: {water: high}, to: {water: low}, sources: [{source: s1, words: 'a b'}], why: w}
  - equal: [{price: 0}, {price: 20}]
about: |
  Lines
  kept
"""
FILES = {"case.yaml": CASE, "preferences/North.yaml": NORTH, "preferences/South.yaml": SOUTH}


def test_the_seed_is_a_case() -> None:
    case = case_from_text(FILES)
    assert [party.id for party in case.deciders] == ["North", "South"]


def test_reading_gives_a_case_or_faults_whatever_the_files_hold() -> None:
    count = amount(2000)
    chosen = Random(20)
    cases = 0
    for text in mutants(list(FILES.values()), count, seed=19):
        name = chosen.choice(list(FILES))
        found = case_or_nothing({**FILES, name: text})
        if isinstance(found, Case):
            cases += 1
            # A statement lost in reading would be lost in writing too; one garbled would show.
            if cases % 5 == 0:
                assert case_from_text(case_texts(found)) == found
    # Were nothing or everything a case, the inputs would not be near the edge.
    assert count // 50 < cases < count // 2


def test_a_change_is_written_over_whatever_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "preferences").mkdir()
    chosen = Random(21)
    for text in mutants(list(FILES.values()), amount(2000) // 5, seed=22):
        files = {**FILES, chosen.choice(list(FILES)): text}
        found = case_or_nothing(files)
        if found is not None:
            for name, content in files.items():
                (tmp_path / name).write_bytes(content)
            write(found, tmp_path)
            assert all((tmp_path / name).read_bytes() == files[name] for name in files)
            changed = change(found)
            write(changed, tmp_path)
            assert read(tmp_path) == changed


@pytest.mark.parametrize(
    "text",
    [
        b"\n" * 1_000_000,
        b"a\n" * 1_000_000,
        b"party: North\nweights: {water: 1}\n" * 1_000_000,
        b"- never: {water: high}\n" * 80_000,
        (b"- " + b"[" * 19 + b"]" * 19 + b"\n") * 40_000,
        b"- " * 900_000,
        b"a: " * 600_000,
        b"? " * 900_000,
        b"[" * 1_000_000,
        b"a: " + b"- " * 30_000 + b"\n",
        b"about: |\n" + b"  word word word word\n" * 80_000,
        b'about: "' + b"\\x41 \n " * 90_000 + b'"\n',
        b"weights:\n" + b"  a: 1\n" * 90_000,
    ],
    ids=lambda text: text[:20].decode(),
)
def test_two_million_bytes_are_refused(text: bytes) -> None:
    """The limits on size, lines, values and depth keep what is slow away from the parser."""
    assert case_or_nothing({**FILES, "preferences/North.yaml": text}) is None


def change(case: Case) -> Case:
    """The case with something changed, added and left out in each file."""
    north, south = case.preferences.values()
    return replace(
        case,
        title="Another",
        issues=case.issues[::-1],
        status_quo=case.status_quo and case.status_quo[::-1],
        constraints=case.constraints[1:],
        preferences={
            north.party: replace(north, weights=dict(list(north.weights.items())[1:]), about="x"),
            south.party: replace(south, red_lines=north.red_lines, comparisons=()),
        },
    )


def case_or_nothing(files: dict[str, bytes]) -> Case | None:
    """The case, or nothing if there are faults, which must be sentences."""
    try:
        return case_from_text(files)
    except CaseError as error:
        for fault in error.faults:
            assert "\n" not in str(fault)
            assert fault.message.endswith((".", "?"))
            assert len(str(fault)) < 1000
        return None
