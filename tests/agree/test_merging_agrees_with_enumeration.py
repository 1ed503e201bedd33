"""Merging block by block and comparing all outcomes with all give one answer."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from goodoffices.settlement.blocks import shifted
from goodoffices.settlement.merge import extreme, merge
from goodoffices.settlement.watch import Watch
from tests.problems import brute_frontier, by_points, random_problem


@pytest.mark.parametrize("parties", [1, 2, 3, 4, 5])
def test_merging_finds_every_frontier_point_and_every_tie(parties: int) -> None:
    rng = Random(parties)
    for _ in range(150):
        problem = random_problem(rng, parties)
        expected = brute_frontier(problem)
        merged = merge(shifted(problem), Watch())
        assert merged.points == tuple(sorted(expected, reverse=True))
        assert merged.exact
        assert merged.counts() == [len(expected[points]) for points in merged.points]
        for number, points in enumerate(merged.points):
            assert sorted(merged.choices(number)) == expected[points]
            assert tuple(merged.first_choices()[number].tolist()) in expected[points]


@pytest.mark.parametrize("parties", [2, 3])
def test_very_long_numbers_change_nothing(parties: int) -> None:
    rng = Random(parties)
    for _ in range(100):
        problem = random_problem(rng, parties)
        longer = replace(
            problem,
            tables=tuple(
                tuple(tuple(p * 10**30 + p for p in option) for option in table)
                for table in problem.tables
            ),
            terms=tuple(replace(t, points=t.points * (10**30 + 1)) for t in problem.terms),
        )
        short, long = merge(shifted(problem), Watch()), merge(shifted(longer), Watch())
        assert long.points == tuple(tuple(p * (10**30 + 1) for p in row) for row in short.points)
        assert long.counts() == short.counts()


def test_numbers_that_differ_only_far_down_are_told_apart() -> None:
    base = random_problem(Random(0), 2, tied=False)
    tables = (((10**30, 0), (10**30 + 1, 0)), ((0, 10**30), (0, 10**30 + 1)))
    problem = replace(base, sizes=(2, 2), tables=tables)
    assert merge(shifted(problem), Watch()).points == ((10**30 + 1, 10**30 + 1),)


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_a_thinned_frontier_keeps_its_promise(parties: int) -> None:
    rng = Random(parties)
    thinned = 0
    for _ in range(60):
        problem = random_problem(rng, parties, issues=5, options=4)
        merged = merge(shifted(problem), Watch(), kept=parties)
        thinned += not merged.exact
        for points in by_points(problem):
            assert any(
                all(p - lost <= q for p, q, lost in zip(points, row, merged.lost, strict=True))
                for row in merged.points
            )
    assert thinned > 20


def test_stopped_work_keeps_its_promise() -> None:
    problem = random_problem(Random(5), 3, issues=7, options=4, tied=False)
    watch = Watch()
    watch.stop()
    merged = merge(shifted(problem), watch)
    assert merged.stopped
    for points in by_points(problem):
        assert any(
            all(p - lost <= q for p, q, lost in zip(points, row, merged.lost, strict=True))
            for row in merged.points
        )


@pytest.mark.parametrize("parties", [2, 3])
def test_an_extreme_is_the_lexicographically_greatest(parties: int) -> None:
    rng = Random(parties)
    for _ in range(100):
        problem = random_problem(rng, parties)
        every = by_points(problem)
        if not every:
            continue
        for party in range(parties):
            choice, points = extreme(shifted(problem), party)
            order = [(party + k) % parties for k in range(parties)]
            assert points == max(every, key=lambda row: [row[p] for p in order])
            assert choice in every[points]
