"""Answers in ``../shared/cases/graph-model`` to the questions beyond the five basic definitions.

What was read in a source and what was recalled and computed is said in each file; for the limited
moves it is the latter.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from ruamel.yaml import YAML

from goodoffices.stability import Model
from goodoffices.stability.coalitions import (
    JointImprovement,
    joint_improvements,
    universally_stable,
)
from goodoffices.stability.hypergames import perceptions
from goodoffices.stability.two_parties import limited_move, non_myopic
from tests.published.test_graph_models import converted, equilibria


def told(shared: Path, name: str) -> dict[str, Any]:
    """What the file says."""
    path = shared / "cases" / "graph-model" / f"{name}.yaml"
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded


def published(model: Model, states: Iterable[int]) -> list[int]:
    """The states in the publication's numbers."""
    return sorted(int(model.label(state)) for state in states)


def both(model: Model, stays: list[NDArray[np.bool_]]) -> list[int]:
    """Where both parties stay."""
    held = stays[0] & stays[1]
    return published(model, [s for s in model.states.tolist() if held[s]])


@pytest.mark.parametrize("name", ["chicken", "prisoners-dilemma"])
def test_limited_moves(name: str, shared: Path) -> None:
    file = told(shared, name)
    model = converted(file, {})
    horizons = {key: int(key[1:]) for key in file["expected"] if key[0] == "L"}
    assert len(horizons) >= 4
    for key, horizon in horizons.items():
        stays = [limited_move(model.graph, model.ranks, p, horizon) for p in range(2)]
        assert both(model, stays) == file["expected"][key], key


@pytest.mark.parametrize(("name", "held"), [("chicken", [4]), ("prisoners-dilemma", [1, 4])])
def test_non_myopic_stability(name: str, held: list[int], shared: Path) -> None:
    model = converted(told(shared, name), {})
    assert both(model, [non_myopic(model.graph, model.ranks, p) for p in range(2)]) == held


def test_elmira_ministry_and_uniroyal_leave_5_for_8_and_no_other_pair_does(shared: Path) -> None:
    file = told(shared, "elmira")
    model = converted(file, {})
    names = [party.id for party in model.parties]
    expected = {tuple(c["members"]): c["improvements"] for c in file["runs"][0]["coalitions"]}
    found: dict[tuple[str, ...], list[JointImprovement]] = {tuple(names): []}
    found |= {members: [] for members in expected}
    for joint in joint_improvements(model.graph, model.ranks, model.state("5")):
        found[tuple(names[member] for member in joint.coalition)].append(joint)
    assert {m: published(model, [j.end for j in found[m]]) for m in expected} == expected
    assert found[tuple(names)] == []
    [joint] = found["MoE", "Uniroyal"]
    steps = [
        (names[mover], model.label(step.state)) for step in joint.path for mover in step.movers
    ]
    # Either may move first; a shortest path shows one of the two orders.
    assert steps in (
        [("MoE", "6"), ("Uniroyal", "8")],
        [("Uniroyal", "7"), ("MoE", "8")],
    )


def test_elmira_equilibria_that_also_hold_against_every_coalition(shared: Path) -> None:
    model = converted(told(shared, "elmira"), {})
    held = universally_stable(model.graph, model.ranks, "nash")
    assert published(model, np.flatnonzero(held).tolist()) == [8, 9]


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_syria_and_iraq_see_equilibria_that_hold_only_under_misperception(
    concept: str, shared: Path
) -> None:
    file = told(shared, "syria-iraq-1975")
    main, misperception = file["runs"]
    actual = converted(file, main)
    # The tool that the runs come from has one graph for both, without the moves that neither sees.
    view = converted(file, misperception)
    found = perceptions(actual, [view, view], concept)
    assert published(actual, found.equilibria) == misperception["expected"][concept]
    lost = {*misperception["expected"][concept]} - {*equilibria(actual, concept)}
    assert published(actual, [m.state for m in found.only_misperceived]) == sorted(lost)
    assert found.overlooked == ()


def test_who_would_leave_1_and_2_if_it_saw_all(shared: Path) -> None:
    file = told(shared, "syria-iraq-1975")
    main, misperception = file["runs"]
    actual, view = converted(file, main), converted(file, misperception)
    found = perceptions(actual, [view, view], "nash")
    names = [party.id for party in actual.parties]
    assert {
        actual.label(m.state): [names[party] for party in m.parties]
        for m in found.only_misperceived
    } == {"1": ["Iraq"], "2": ["Syria"]}
