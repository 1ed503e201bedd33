"""The names of packages: one rule, whoever asks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import goodoffices
from goodoffices.case import Case
from goodoffices.settlement import CONCEPTS, Solution, lettered, settle, solve
from goodoffices.settlement import solutions as solutions_module
from goodoffices.settlement.packages import CONCEPT_NAMES, candidates, name_of


@pytest.fixture
def aral(examples: Path) -> Case:
    return goodoffices.read(examples / "aral")


def picks(concept: str, *utilities: int) -> Solution:
    """A solution of one party's points, each with an outcome of that number."""
    return Solution(
        concept=concept,
        outcomes=tuple((str(points),) for points in utilities),
        utilities=tuple((Fraction(points),) for points in utilities),
        value=0,
        bound=0,
        proven=True,
        ties=len(utilities),
    )


def test_concepts_are_named_and_asked_in_one_order() -> None:
    assert list(CONCEPTS) == list(CONCEPT_NAMES)


def test_first_picks_have_letters_before_ties_in_whatever_order_solutions_come() -> None:
    solutions = [picks(concept, 1) for concept in CONCEPTS]
    solutions[0], solutions[5] = picks("nash", 3, 4), picks("utilitarian", 2, 3)
    for order in (solutions, solutions[::-1]):
        found = candidates(order)
        assert [(one.name, one.outcome) for one in found] == [
            ("A", ("3",)),
            ("B", ("1",)),
            ("C", ("2",)),
            ("D", ("4",)),
        ]
        assert found[0].concepts == ("nash", "utilitarian")
    assert name_of(("2",), found) == "C"
    assert name_of(("5",), found) is None


def test_packages_of_some_concepts_only_go_by_these() -> None:
    found = candidates([picks("utilitarian", 2), picks("kalai", 2, 3)])
    assert [(one.name, one.concepts) for one in found] == [
        ("kalai", ("kalai", "utilitarian")),
        ("kalai 2", ("kalai",)),
    ]


def test_who_asks_for_less_sees_the_same_letters(aral: Case) -> None:
    everything = settle(aral).packages
    assert lettered(aral) == candidates(solve(aral)) == everything
    some = settle(aral, ["utilitarian", "nash"]).packages
    assert [(one.name, one.concepts) for one in some] == [
        ("A", ("nash",)),
        ("D", ("utilitarian",)),
    ]
    assert {(one.name, one.outcome) for one in some} <= {
        (one.name, one.outcome) for one in everything
    }


def test_no_letters_where_each_concept_would_have_to_be_searched(
    aral: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solutions_module, "_MERGED_AT_MOST", aral.size - 1)
    assert lettered(aral) == ()
