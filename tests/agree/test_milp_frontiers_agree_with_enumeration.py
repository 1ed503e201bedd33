"""Proving points one by one and comparing all outcomes with all give one frontier."""

from __future__ import annotations

from random import Random

import pytest

from goodoffices.settlement.milp_frontier import milp_frontier
from goodoffices.settlement.watch import Watch
from tests.problems import brute_frontier, random_problem


@pytest.mark.parametrize(("parties", "cases"), [(1, 10), (2, 60), (3, 25), (4, 8)])
def test_proving_finds_every_frontier_point(parties: int, cases: int) -> None:
    rng = Random(10 + parties)
    for _ in range(cases):
        problem = random_problem(rng, parties)
        expected = brute_frontier(problem)
        found = milp_frontier(problem, Watch())
        assert found.exact
        assert sorted(found.points) == sorted(expected)
        for points, choice, ties in zip(found.points, found.choices, found.ties, strict=True):
            assert choice in expected[points]
            assert 1 <= ties <= len(expected[points])


def test_stopped_work_keeps_only_what_is_proven() -> None:
    watch = Watch()
    watch.stop()
    found = milp_frontier(random_problem(Random(1), 2, issues=6, options=4), watch)
    assert not found.exact
