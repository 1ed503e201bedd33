"""Advice on models that are valid, but perhaps not what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.stability import ADVICE, advice, model_from_text, read_model

ROOT = Path(__file__).parent.parent.parent


def found(preferences: str, more: str = "") -> list[tuple[str, str]]:
    model = model_from_text(
        "title: t\nparties: [North, South]\n"
        "actions: [{id: a, party: North}, {id: b, party: South}, {id: c, party: South}]\n"
        f"{more}\npreferences: {preferences}"
    )
    return [(each.id, each.path) for each in advice(model)]


def test_a_list_that_tells_no_states_apart_is_asked_about() -> None:
    assert found("{North: {statements: [a or -a]}, South: {statements: [a; -a, b]}}") == [
        ("stability.W101", "preferences.North"),
        ("stability.W102", "preferences.North.statements[1]"),
        ("stability.W102", "preferences.South.statements[1]"),
    ]


def test_rankings_with_one_tie_alone_are_asked_about() -> None:
    tied = "{ranking: [[1, 2, 3, 4, 5, 6, 7, 8]]}"
    assert found(f"{{North: {tied}, South: {{statements: [a]}}}}") == [
        ("stability.W101", "preferences.North")
    ]


def test_what_is_unknown_is_not_indifference() -> None:
    assert found("{North: {better: [[1, 2]]}, South: {better: []}}") == []


def test_a_party_that_can_do_nothing_is_asked_about() -> None:
    preferences = "{North: {statements: [b]}, South: {statements: [c]}}"
    assert found(preferences, "infeasible: [N--]") == [("stability.W103", "parties.North")]


@pytest.mark.parametrize(
    ("name", "ids"),
    [("elmira", []), ("garrison", ["stability.W101"]), ("syria-iraq-1975", [])],
)
def test_the_examples(name: str, ids: list[str], examples: Path) -> None:
    assert [each.id for each in advice(read_model(examples / name))] == ids


def test_every_kind_of_advice_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "graph-model-file.md").read_text(encoding="utf-8")
    for identifier, what in ADVICE.items():
        assert f"| `{identifier}` | {what} |" in page
