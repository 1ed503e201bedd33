"""The commands about graph models: whole screens where this room words them."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.stability import export_gmcr, read_model
from tests.cli.conftest import Run

CHICKEN = """\
title: Chicken
parties: [North, South]
actions:
  - {id: north-yields, party: North, name: North yields, undone: North drives on}
  - {id: south-yields, party: South, name: South yields, undone: South drives on}
preferences:
  North: {ranking: [NY, YY, YN, NN]}
  South: {ranking: [YN, YY, NY, NN]}
"""

TABLE = """\
Chicken: 4 states, 2 parties

States that hold for every party

concept   equilibria   what holds every party there
──────────────────────────────────────────────────────────
nash      2, 3         no improvement at all
gmr       2, 3, 4      every improvement could be answered

What holds each party, by the strongest concept; actions: north-yields,
south-yields

state   actions   North   South
───────────────────────────────
2       YN        nash    nash
3       NY        nash    nash

2 of 3 states that hold, those that hold most firmly first; see --most.

Why? Ask for one state: --state 2
"""

EXPLAINED = """\
Chicken: 4 states, 2 parties

State 4: North yields; South yields.

North: held by smr
  North is tempted to state 3 (North drives on); South could answer with state 1
  (South drives on), worse for North than state 4; the best that North could do
  then, state 2 (North yields), is no better than state 4 either; so North
  stays.
  But such an answer may be against the interest of those who would have to give
  it. Counting only answers that they gain from:
  North is tempted to state 3 (North drives on); nobody else would move from
  there; so North has reason to leave.

South: held by smr
  South is tempted to state 2 (South drives on); North could answer with state 1
  (North drives on), worse for South than state 4; the best that South could do
  then, state 3 (South yields), is no better than state 4 either; so South
  stays.
  But such an answer may be against the interest of those who would have to give
  it. Counting only answers that they gain from:
  South is tempted to state 2 (South drives on); nobody else would move from
  there; so South has reason to leave.
"""

EVOLVED = """\
Chicken: 4 states, 2 parties

From state 1: North drives on; South drives on.

By moves that each party gains from
  State 2: North moves to state 2 (North yields). Everyone gains from its own
  move.
  State 3: South moves to state 3 (South yields). Everyone gains from its own
  move.
"""


@pytest.fixture
def chicken(tmp_path: Path) -> Path:
    path = tmp_path / "chicken.yaml"
    path.write_text(CHICKEN, encoding="utf-8")
    return path


def test_the_states_that_hold(run: Run, chicken: Path) -> None:
    done = run("stability", chicken, "--concept", "gmr", "--concept", "nash", "--most", "2")
    assert (done.code, done.err, done.out) == (0, "", TABLE)


def test_one_state_explained(run: Run, chicken: Path) -> None:
    assert run("stability", chicken, "--state", "4").out == EXPLAINED


def test_one_state_by_chosen_concepts(run: Run, chicken: Path) -> None:
    out = run("stability", chicken, "--state", "4", "--concept", "nash", "--concept", "gmr").out
    assert "North: held by gmr\n  nash: North is tempted to state 3" in out
    assert "\n  gmr: North is tempted to state 3" in out


def test_how_a_state_could_come_about(run: Run, chicken: Path) -> None:
    assert run("evolve", chicken, "--from", "1", "--concept", "nash").out == EVOLVED


def test_a_model_without_a_status_quo_needs_from(run: Run, chicken: Path) -> None:
    done = run("evolve", chicken)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "The model states no status quo. Name the state to start from with --from.\n"
    )


def test_what_would_have_to_change(run: Run, chicken: Path) -> None:
    """To make yielding the rule, each has to prefer it to driving on."""
    out = run("inverse", chicken, "--state", "4", "--concept", "nash").out
    assert "1. North must prefer 4 to 3; South must prefer 4 to 2 (2 swaps)." in out
    assert "Nothing costs less than 2 swaps." in out


def test_how_little_would_break_it(run: Run, chicken: Path) -> None:
    out = run("robustness", chicken, "--state", "2", "--swaps", "1").out
    assert "North   nash      1       none" in out
    assert "nash: 1 swap in the rankings" in out


def test_whoever_is_indifferent_is_asked_about(run: Run, chicken: Path) -> None:
    chicken.write_text(CHICKEN.replace("[YN, YY, NY, NN]", "[[YN, YY, NY, NN]]"), encoding="utf-8")
    assert "South likes all states equally, so nothing can tempt it" in " ".join(
        run("stability", chicken).out.split()
    )


def test_a_gmcr_file_is_read_as_well(run: Run, chicken: Path, tmp_path: Path) -> None:
    target = tmp_path / "chicken.gmcr"
    export_gmcr(read_model(chicken), target)
    document = run("stability", target, "--json").document
    assert [one["count"] for one in document["concepts"]] == [2, 2, 2, 3, 3]


def test_a_case_becomes_the_model_of_its_package(run: Run, aral: Path) -> None:
    document = run("stability", aral, "--state", "as agreed", "--json").document
    assert document["pattern"] == "YYYYYN"
    assert [own["party"] for own in document["held"]] == ["North", "South", "Coast"]
    assert ["seq" in own["concepts"] for own in document["held"]] == [True, True, False]


def test_a_model_of_a_million_states_is_explained_without_going_through_all(
    run: Run, tmp_path: Path
) -> None:
    """Twenty actions: the first table counts; one state is explained from where it is."""
    names = [f"{party}{number}" for party in "abcd" for number in range(5)]
    lines = ["title: Large", "parties: [a, b, c, d]", "actions:"]
    lines += [f"  - {{id: {name}, party: {name[0]}}}" for name in names]
    lines += ["preferences:"]
    lines += [f"  {p}: {{statements: [{p}0, -{q}0]}}" for p, q in zip("abcd", "bcda", strict=True)]
    path = tmp_path / "large.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = run("stability", path, "--state", "1", "--concept", "gmr")
    assert (done.code, done.err) == (0, "")
    assert "\na: held by nothing\n" in done.out
