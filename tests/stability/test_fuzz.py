"""Whatever a file holds, reading gives a model or faults, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.errors import CaseError
from goodoffices.stability import Model, model_from_text, model_text
from goodoffices.stability.gmcr import gmcr_from_text
from goodoffices.stability.writing import says_the_same
from tests.fuzzing import TOKENS, amount, mutants
from tests.stability.test_gmcr import said

RIVER = b"""\
title: The river
about: a text
parties: [North, {id: South, name: The South, about: x}]
actions:
  - {id: release, party: North, name: North releases, undone: it does not}
  - {id: close, party: South, direction: forward}
  - {id: build, party: North, direction: back}
infeasible: [YYY, {release: no, build: yes}]
states: {war: -Y-, 7: NNN}
absorbing: [war]
forbidden_moves: [[North, 7, YNN]]
preferences:
  North: {ranking: [[war, 7], YNN, YNY], strong: [[7, YNN]], unknown: [[war, 7]]}
  South:
    statements: ["close or -close", [release or close, close], -build iff (close if release)]
    fixed: [[war, 7]]
    probabilities: [{prefers: war, to: 7, probability: 0.7}]
status_quo: 7
"""
TALKS = b"""\
title: Talks
parties: [North, South]
states: [talks, war, truce]
moves:
  North: [[talks, war], [war, truce]]
  South:
    - [war, talks]
preferences:
  North: {better: [[talks, war], [truce, war]]}
  South: indifferent
"""
PLAIN = b"""\
title: Chicken
parties: [North, South]
actions: [{id: a, party: North}, {id: b, party: South}]
preferences: {North: {ranking: [3, 4, 2, 1]}, South: {ranking: [NN, YY, YN, NY]}}
"""
SEEDS = (RIVER, TALKS, PLAIN)
WORDS = (
    *TOKENS, "North", "war", "7", "YNN", "Y--", "-", "close", "and ", "iff ", "(", "indifferent",
    "ranking: ", "statements: ", "better: ", "moves: ", "states: ", "actions: ", "absorbing: ",
    "forward", "[war, 7]", "; ",
)  # fmt: skip


def model_or_nothing(text: bytes) -> Model | None:
    try:
        return model_from_text(text)
    except CaseError as error:
        assert error.faults
        return None


def test_reading_gives_a_model_or_faults() -> None:
    count = amount(2000)
    models = 0
    for text in mutants(SEEDS, count, seed=31, tokens=WORDS):
        found = model_or_nothing(text)
        if found is not None:
            models += 1
            assert says_the_same(model_from_text(model_text(found)), found)
    # Were nothing or everything a model, the inputs would not be near the edge.
    assert count // 50 < models < count // 2


def test_gmcr_files_give_a_model_or_faults() -> None:
    count = amount(2000)
    models = 0
    makers = [
        {"name": "N", "options": [0, 1, 2], "preferences": [], "preferenceRanking": [1, [2, 3], 4]}
    ]
    seeds = [
        said().encode(),
        said(
            decisionMakers=makers,
            useManualPreferenceRanking=True,
            infeasibles=[[[0, "Y"]], {"compound": True, "members": [[[1, "Y"], [0, "N"]]]}],
        ).encode(),
    ]
    tokens = (*WORDS, "null", '"Y"', "true", "-1", "1.5", '{"compound": true}', "[[0, 1]]", "1e5")
    for text in mutants(seeds, count, seed=32, tokens=tokens):
        try:
            gmcr_from_text(text)
            models += 1
        except CaseError as error:
            assert error.faults
    assert count // 50 < models < count // 2


@pytest.mark.parametrize(
    "text",
    [
        b"title: t\nparties: [N]\nactions:\n"
        + b"".join(b"  - {id: a%d, party: N}\n" % n for n in range(10_000))
        + b"preferences: {N: indifferent}\n",
        b"title: t\nparties: [N]\nactions:\n"
        + b"".join(b"  - {id: a%d, party: N}\n" % n for n in range(20))
        + b"absorbing: [1]\npreferences: {N: indifferent}\n",
        b"title: t\nparties: [N]\nactions:\n"
        + b"".join(b"  - {id: a%d, party: N}\n" % n for n in range(20))
        + b"preferences: {N: {ranking: [" + b"1, " * 150_000 + b"]}}\n",
        b"title: t\nparties: [N]\nactions:\n"
        + b"".join(b"  - {id: a%d, party: N}\n" % n for n in range(12))
        + b"preferences: {N: {better: [" + b"[1, 2], " * 40_000 + b"]}}\n",
        b"title: t\nparties: [N]\nstates: ["
        + b", ".join(b"s%d" % n for n in range(400))
        + b"]\nmoves: {N: [" + b"[s1, s2], " * 40_000
        + b"]}\npreferences: {N: {better: ["
        + b", ".join(b"[s%d, s%d]" % (n, n + 1) for n in range(399)) + b"]}}\n",
    ],
    ids=["actions", "lifting", "ranking", "better", "moves"],
)  # fmt: skip
def test_large_files_that_hold_no_model_are_refused(text: bytes) -> None:
    assert model_or_nothing(text) is None


def test_a_path_that_is_no_file(tmp_path: Path) -> None:
    from goodoffices.stability import read_model

    with pytest.raises(CaseError, match="There is no file"):
        read_model(tmp_path)
    (tmp_path / "model.yaml").mkdir()
    with pytest.raises(CaseError, match="This is not a file"):
        read_model(tmp_path)
