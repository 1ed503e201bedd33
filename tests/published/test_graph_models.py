"""Graph models with published equilibria, and the shipped examples made from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from goodoffices.stability import Model, read_model
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.reading import model_of

CASES = (
    ("chicken", "main"),
    ("prisoners-dilemma", "main"),
    ("elmira", "main"),
    ("elmira", "papers-uniroyal-order"),
    ("garrison-1976", "main"),
    ("syria-iraq-1975", "main"),
    ("syria-iraq-1975", "misperception"),
)

EXAMPLES: Mapping[str, Mapping[str, Sequence[int]]] = {
    "elmira": {
        "nash": [5, 8, 9],
        "gmr": [1, 4, 5, 8, 9],
        "smr": [1, 4, 5, 8, 9],
        "seq": [5, 8, 9],
        "sseq": [5, 8, 9],
    },
    "garrison": {
        "nash": [2, 3, 11, 17, 18, 21, 22],
        "gmr": [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
        "smr": [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
        "seq": [2, 3, 11, 17, 18, 21, 22],
        "sseq": [2, 3, 11, 17, 18, 21, 22],
    },
    "syria-iraq-1975": {"nash": [6], "gmr": [1, 6], "smr": [6], "seq": [6], "sseq": [6]},
}
DIRECTIONS = {"both": "both", "fwd": "forward", "back": "back"}


def equilibria(model: Model, concept: str) -> list[int]:
    """States that are stable for everybody, in the publication's numbers."""
    stable = np.logical_and.reduce(
        [DEFINITIONS[concept](model.graph, model.ranks, p) for p in range(len(model.parties))]
    )
    return sorted(int(model.label(s)) for s in model.states.tolist() if stable[s])


def converted(case: Mapping[str, Any], run: Mapping[str, Any]) -> Model:
    """A case in the form of the shared folder as a model."""
    said: dict[str, Any] = {
        "title": case["title"],
        "parties": [dm["name"] for dm in case["dms"]],
        "actions": [
            {
                "id": option["name"],
                "party": option["dm"],
                "direction": DIRECTIONS[option.get("direction", "both")],
            }
            for option in case["options"]
        ],
        "infeasible": case.get("infeasible", []),
        "states": {str(number): pattern for number, pattern in case["states"].items()},
        "absorbing": [str(state) for state in case.get("absorbing", [])],
        "forbidden_moves": [list(map(str, move)) for move in run.get("forbidden_moves", [])],
        "preferences": {
            dm["name"]: {"ranking": ranked(run.get("rankings", {}).get(dm["name"], dm["ranking"]))}
            for dm in case["dms"]
        },
    }
    return model_of({key: value for key, value in said.items() if value}, case["id"])


def ranked(ranking: Sequence[Any]) -> list[Any]:
    return [ranked(entry) if isinstance(entry, list) else str(entry) for entry in ranking]


@pytest.mark.parametrize(("name", "run_id"), CASES)
def test_equilibria_are_those_reported(name: str, run_id: str, shared: Path) -> None:
    text = (shared / "cases" / "graph-model" / f"{name}.yaml").read_text()
    case = YAML(typ="safe", pure=True).load(text)
    runs = {run["id"]: run for run in case.get("runs", [{**case, "id": "main"}])}
    run = runs[run_id]
    model = converted(case, run)
    wanted = {
        concept: states
        for concept, states in {**run["expected"], **run.get("computed", {})}.items()
        if concept in DEFINITIONS
    }
    assert {concept: equilibria(model, concept) for concept in wanted} == wanted
    assert {"nash", "seq"} <= set(wanted)


def test_statements_and_rankings_of_syria_and_iraq_say_the_same(shared: Path) -> None:
    text = (shared / "cases" / "graph-model" / "syria-iraq-1975.yaml").read_text()
    case = YAML(typ="safe", pure=True).load(text)
    by_ranking = converted(case, {})
    said = {
        "title": case["title"],
        "parties": [dm["name"] for dm in case["dms"]],
        "actions": [{"id": o["name"], "party": o["dm"]} for o in case["options"]],
        "infeasible": case["infeasible"],
        "preferences": {dm["name"]: {"statements": dm["statements"]} for dm in case["dms"]},
    }
    by_statements = model_of(said, "model.yaml")
    for one, other in zip(by_ranking.ranks, by_statements.ranks, strict=True):
        assert one.tolist() == other.tolist()


@pytest.mark.parametrize("name", EXAMPLES)
def test_shipped_examples_have_their_equilibria(name: str, examples: Path) -> None:
    model = read_model(examples / name)
    assert {concept: equilibria(model, concept) for concept in DEFINITIONS} == EXAMPLES[name]


def test_state_6_of_garrison_is_held_by_an_opponent_who_moves_twice(examples: Path) -> None:
    """The known disagreement: programs that let each opponent move once miss state 6.

    Canada's only temptation at 6 is 2. The answer that deters it goes 2 → 1 → 4 → 3: the
    supporters move first and last, and the opponents at home between. No shorter answer, and none
    in which everybody moves once, ends at a state that Canada likes no better than 6.
    """
    model = read_model(examples / "garrison")
    support, opposition, canada, ijc = range(4)
    canadian = model.ranks[canada]

    def go(party: int, start: str) -> set[str]:
        return {model.label(int(t)) for t in model.graph.moves(party, model.state(start))}

    def is_better(label: str) -> bool:
        return bool(canadian[model.state(label)] > canadian[model.state("6")])

    assert [to for to in go(canada, "6") if is_better(to)] == ["2"]
    assert "1" in go(support, "2")
    assert "4" in go(opposition, "1")
    assert "3" in go(support, "4")
    assert not is_better("3")
    # Everybody once, in any order: nothing deters.
    reached = {("2", frozenset[int]())}
    while True:
        longer = {
            (to, moved | {party})
            for at, moved in reached
            for party in (support, opposition, ijc)
            if party not in moved
            for to in go(party, at)
        }
        if longer <= reached:
            break
        reached |= longer
    assert all(is_better(label) for label, _ in reached)
    assert 6 in equilibria(model, "gmr")
    assert 6 in equilibria(model, "smr")
