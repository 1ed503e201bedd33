"""Searching for a solution and comparing all outcomes give the same solutions, with all ties."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from goodoffices.settlement.concepts import KERNELS
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.search import search
from goodoffices.settlement.watch import Watch
from tests.problems import brute_frontier, random_problem

Expected = list[tuple[tuple[int, ...], list[Choice]]]


def enumerated(problem: Problem, concept: str, weights: tuple[int, ...]) -> Expected:
    """The efficient points that a concept picks, each with every choice that attains it."""
    found = sorted(brute_frontier(problem).items())
    rows: list[tuple[Any, ...]] = [problem.utilities(points) for points, _ in found]
    floor: tuple[Any, ...] = problem.utilities(problem.reservation)
    if concept == "kalai-smorodinsky":  # counts in whole numbers, and on any scale
        rows = [tuple(int(2 * u) for u in row) for row in rows]
        floor = tuple(int(2 * u) for u in floor)
    return [found[number] for number in KERNELS[concept](rows, floor, weights)]


# 7 concepts on 143 problems each: a thousand and one comparisons.
@pytest.mark.parametrize("concept", KERNELS)
def test_searching_finds_the_solutions_of_random_cases(concept: str) -> None:
    rng = Random(concept)
    for number in range(143):
        parties = rng.choice([2, 2, 3, 4])
        problem = random_problem(rng, parties, tied=number % 4 > 0)
        weights = tuple(rng.choice([1, 1, 2, 3]) for _ in range(parties))
        expected = enumerated(problem, concept, weights)
        found = search(problem, concept, tuple(map(Fraction, weights)), Watch())
        assert found.proven
        assert {tuple(points) for points in found.points} == {points for points, _ in expected}
        if found.ties_complete:
            assert sorted(found.choices) == sorted(c for _, ties in expected for c in ties)
