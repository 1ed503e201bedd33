"""Answers in ``../shared/cases/graph-model`` to the questions beyond the five basic definitions.

What was read in a source and what was recalled and computed is said in each file; for the limited
moves it is the latter.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goodoffices.stability.coalitions import joint_improvements, universally_stable
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.hypergames import Misperceived, perceptions
from goodoffices.stability.two_parties import limited_move, non_myopic
from tests.shared_graphs import graph_model, told


@pytest.mark.parametrize("name", ["chicken", "prisoners-dilemma"])
def test_limited_moves(name: str, shared: Path) -> None:
    file = told(shared, name)
    model = graph_model(file)
    horizons = {k: int(k[1:]) for k in file["expected"] if k[0] == "L"}
    assert len(horizons) >= 4
    for key, horizon in horizons.items():
        stays = [limited_move(model.graph, model.ranks, p, horizon)[1:] for p in range(2)]
        assert (1 + np.flatnonzero(stays[0] & stays[1])).tolist() == file["expected"][key], key


@pytest.mark.parametrize(("name", "held"), [("chicken", [4]), ("prisoners-dilemma", [1, 4])])
def test_non_myopic_stability(name: str, held: list[int], shared: Path) -> None:
    model = graph_model(told(shared, name))
    stays = [non_myopic(model.graph, model.ranks, p)[1:] for p in range(2)]
    assert (1 + np.flatnonzero(stays[0] & stays[1])).tolist() == held


def test_elmira_ministry_and_uniroyal_leave_5_for_8_and_no_other_pair_does(shared: Path) -> None:
    file = told(shared, "elmira")
    model = graph_model(file)
    names = [party.id for party in model.parties]
    expected = {tuple(c["members"]): c["improvements"] for c in file["runs"][0]["coalitions"]}
    found = {members: [] for members in expected} | {tuple(names): []}
    for joint in joint_improvements(model.graph, model.ranks, 5):
        found[tuple(names[member] for member in joint.coalition)].append(joint)
    assert {m: [j.end for j in found[m]] for m in expected} == expected
    assert found[tuple(names)] == []
    [joint] = found["MoE", "Uniroyal"]
    assert [(names[step.party], step.state) for step in joint.path] == [("MoE", 6), ("Uniroyal", 8)]


def test_elmira_equilibria_that_also_hold_against_every_coalition(shared: Path) -> None:
    model = graph_model(told(shared, "elmira"))
    held = universally_stable(model.graph, model.ranks, "nash")[1:]
    assert (1 + np.flatnonzero(held)).tolist() == [8, 9]


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_syria_and_iraq_see_equilibria_that_hold_only_under_misperception(
    concept: str, shared: Path
) -> None:
    file = told(shared, "syria-iraq-1975")
    actual, view = graph_model(file), graph_model(file, run="misperception")
    main, misperceived = (run["expected"] for run in file["runs"])
    equilibria = {
        s
        for s in range(1, 7)
        if all(DEFINITIONS[concept](actual.graph, actual.ranks, p)[s] for p in range(2))
    }
    assert sorted(equilibria) == main[concept]
    # The tool that the runs come from has one graph for both, with the moves that neither makes.
    found = perceptions(actual, [view, view], concept)
    assert [s for s in found.equilibria if s] == misperceived[concept]
    lost = {m.state for m in found.only_misperceived}
    assert sorted(lost) == sorted(set(misperceived[concept]) - equilibria)
    assert found.overlooked == ()


def test_who_would_leave_1_and_2_if_it_saw_all(shared: Path) -> None:
    file = told(shared, "syria-iraq-1975")
    actual, view = graph_model(file), graph_model(file, run="misperception")
    found = perceptions(actual, [view, view], "nash")
    # State 1 is what Iraq would leave for 4, state 2 what Syria would leave for 1 and 3.
    assert found.only_misperceived == (Misperceived(1, (1,)), Misperceived(2, (0,)))
