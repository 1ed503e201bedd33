"""``.gmcr`` files, in and out. The files here were written for these tests."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from goodoffices.errors import CaseError
from goodoffices.stability import export_gmcr, import_gmcr, read_model
from goodoffices.stability.gmcr import gmcr_from_text, gmcr_text
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.writing import says_the_same
from tests.fuzzing import amount
from tests.stability.test_writing import random_model


def said(**changes: Any) -> str:
    """A river: options in an order that is not that of their owners."""
    return json.dumps(
        {
            "options": [
                {"name": "Attack", "permittedDirection": "both"},
                {"name": "Release water", "permittedDirection": "fwd"},
                {"name": "Release water", "permittedDirection": "both"},
            ],
            "decisionMakers": [
                {
                    "name": "North",
                    "options": [1, 2],
                    "preferences": [
                        {"compound": True, "members": [[[0, "N"], [1, "Y"]], [[2, "Y"]]]},
                        [[0, "Y"], [1, "N"], [2, "N"]],
                    ],
                },
                {"name": "South", "options": [0], "preferences": []},
            ],
            "infeasibles": [[[1, "Y"], [2, "Y"]]],
            "useManualPreferenceRanking": False,
            "coalitions": [0, [0, 1]],
            **changes,
        }
    )


def test_options_are_put_in_the_order_of_their_owners() -> None:
    found = gmcr_from_text(said())
    model = found.model
    assert [(a.id, a.party, a.direction, a.name) for a in model.actions] == [
        ("release_water", "North", "forward", "Release water"),
        ("release_water_2", "North", "both", "Release water"),
        ("attack", "South", "both", "Attack"),
    ]
    assert [model.pattern(s) for s in model.states.tolist()] == [
        "NNN", "YNN", "NYN", "NNY", "YNY", "NYY",
    ]  # fmt: skip
    assert model.orderings[0].statements == (
        "(release_water and -attack) or release_water_2",
        "NNY",
    )
    assert [model.ranks[0][s] for s in model.states.tolist()] == [0, 2, 2, 1, 0, 2]
    assert found.notes == (
        "South states no preferences and was taken to be indifferent.",
        "The coalition of North, South was left out.",
    )


@pytest.mark.parametrize("key", ["preferenceRanking", "preferenceVector"])
def test_rankings_go_by_number(key: str) -> None:
    makers = json.loads(said())["decisionMakers"]
    makers[0][key] = [6, [5, 4], 3, 2, 1]
    makers[1][key] = [1, 2, 3, 4, 5, 6]
    makers[1]["misperceptions"] = [[[0, "Y"]]]
    found = gmcr_from_text(said(decisionMakers=makers, useManualPreferenceRanking=True))
    north, south = found.model.ranks
    assert [int(north[s]) for s in found.model.states.tolist()] == [0, 1, 2, 3, 3, 4]
    assert [int(south[s]) for s in found.model.states.tolist()] == [5, 4, 3, 2, 1, 0]
    assert "North's statements were left out: the file goes by its ranking." in found.notes
    assert "What South misperceives was left out." in found.notes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "Found an empty list where a map with options and decisionMakers belongs."),
        ("{}", "'options' is missing: this is no file of GMCR+."),
        ("{", "This is not JSON"),
        (
            said(infeasibles=[[[7, "Y"]]]),
            "There is no option with this number; they run from 0 to 2.",
        ),
        (said(infeasibles=[[[0, "X"]]]), "Found 'X' where Y or N belongs."),
        (said(infeasibles=[[]]), "These patterns leave no state"),
        (said(options=[]), "There is no option with this number"),
        (said(decisionMakers=[]), "The option 'Attack' belongs to no decision maker."),
        (
            said(
                useManualPreferenceRanking=True,
                decisionMakers=[
                    {"name": "N", "options": [0, 1, 2], "preferences": [], "preferenceRanking": [1]}
                ],
            ),
            "preferences.N.ranking: The ranking misses 5 states: 2, 3, 4, 5, 6.",
        ),
    ],
)
def test_faults(text: str, sentence: str) -> None:
    with pytest.raises(CaseError) as caught:
        gmcr_from_text(text, name="river.gmcr")
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("river.gmcr")


def test_what_cannot_be_carried_is_noted(examples: Path, tmp_path: Path) -> None:
    model = read_model(examples / "syria-iraq-1975")
    notes = export_gmcr(model, tmp_path / "river.gmcr")
    assert notes == (
        "Ids of the actions release_water, escalate, attack were left out.",
        "Words for not taking release_water, escalate, attack were left out.",
        "The title was left out: such a file has none.",
        "The status quo was left out.",
        "Explanations ('about') were left out.",
    )
    found = import_gmcr(tmp_path / "river.gmcr").model
    assert found.title == "river"
    assert found.orderings[0].statements == (
        "NNN",
        "syria_escalates",
        "-iraq_attacks",
        "-syria_releases_more_water",
    )
    assert [r.tolist() for r in found.ranks] == [r.tolist() for r in model.ranks]


def test_merged_states_cannot_be_carried(examples: Path) -> None:
    with pytest.raises(CaseError, match="holds settings of actions and no others"):
        gmcr_text(read_model(examples / "elmira"))


def test_random_models_come_back() -> None:
    rng = Random(6)
    for number in range(amount(150)):
        model = random_model(rng, number)
        if not isinstance(model.graph, Hypercube):
            continue
        found = gmcr_from_text(gmcr_text(model)[0]).model
        assert [a.direction for a in found.actions] == [
            direction for block in model.graph.blocks for direction in block
        ]
        assert found.states.tolist() == model.states.tolist()
        again = gmcr_from_text(gmcr_text(found)[0]).model
        assert says_the_same(again, found)
        for one, other in zip(found.ranks, model.ranks, strict=True):
            levels = sorted({int(other[s]) for s in model.states.tolist()})
            assert [int(one[s]) for s in model.states.tolist()] == [
                levels.index(int(other[s])) for s in model.states.tolist()
            ]
