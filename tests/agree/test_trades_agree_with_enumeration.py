"""Trades, interim packages and improvements against their definitions, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case import Case
from goodoffices.settlement import changes, prospects
from goodoffices.settlement.changes import NOTHING, Surroundings
from goodoffices.settlement.improvements import efficiency, improvements
from goodoffices.settlement.problem import Choice, Problem, choice_of, outcome_of, problem
from goodoffices.settlement.prospects import prospect
from goodoffices.settlement.trades import trades
from goodoffices.settlement.watch import Watch
from tests.problems import Vector, brute_frontier, by_points, random_problem
from tests.strategies import exact_cases

SEEDS = range(60)


def feasible(bargaining: Problem) -> dict[Choice, Vector]:
    """Every feasible choice with its points."""
    return {c: points for points, choices in by_points(bargaining).items() for c in choices}


def changed(one: Choice, other: Choice) -> set[int]:
    """The issues on which two choices differ."""
    return {k for k, (a, b) in enumerate(zip(one, other, strict=True)) if a != b}


def is_better(one: Vector, other: Vector) -> bool:
    """Whether nobody has less and somebody more."""
    return one != other and all(map(int.__ge__, one, other))


def parts(start: Choice, end: Choice) -> list[Choice]:
    """What is reached by making some, but not all, of the changes from one choice to another."""
    issues = sorted(changed(start, end))
    return [
        tuple(end[k] if k in some else start[k] for k in range(len(start)))
        for size in range(1, len(issues))
        for some in combinations(issues, size)
    ]


def defined(
    bargaining: Problem, start: Choice, fixed: Mapping[int, int] = NOTHING
) -> dict[Choice, Vector]:
    """The trades from a choice, by their definition, with everybody's gains."""
    before = bargaining.points(start)
    exchanges = {c: p for c, p in feasible(bargaining).items() if is_better(p, before)}
    exchanges = {
        c: p
        for c, p in exchanges.items()
        if all(c[k] in (start[k], option) for k, option in fixed.items())
    }
    asked = {c: p for c, p in exchanges.items() if all(c[k] == j for k, j in fixed.items())}
    return {
        choice: tuple(now - then for now, then in zip(points, before, strict=True))
        for choice, points in asked.items()
        if not any(part in exchanges for part in parts(start, choice))
        and not any(
            changed(start, other) <= changed(start, choice) and is_better(more, points)
            for other, more in asked.items()
        )
    }


def searched(
    bargaining: Problem, start: Choice, fixed: Mapping[int, int] = NOTHING
) -> dict[Choice, Vector]:
    """The trades from a choice, as they are searched, with everybody's gains."""
    surroundings = Surroundings(bargaining, start, Watch(), fixed)
    count = len(start)
    found = [
        row
        for size in range(1, count + 1)
        for issues in combinations(range(count), size)
        if set(fixed) <= set(issues)
        for row in surroundings.exchanges(issues).rows()
    ]
    assert len(found) == len(dict(found)), "a trade was found twice"
    return dict(found)


def any_start(rng: Random, bargaining: Problem) -> Choice:
    return tuple(rng.randrange(size) for size in bargaining.sizes)


@pytest.mark.parametrize("seed", SEEDS)
def test_searched_trades_are_those_of_the_definition(seed: int) -> None:
    rng = Random(seed)
    bargaining = random_problem(rng, rng.randint(1, 4), issues=5)
    start = any_start(rng, bargaining)
    assert searched(bargaining, start) == defined(bargaining, start)


@pytest.mark.parametrize("seed", SEEDS)
def test_so_are_those_that_give_something(seed: int) -> None:
    rng = Random(seed)
    bargaining = random_problem(rng, rng.randint(1, 3), issues=5)
    start = any_start(rng, bargaining)
    other = any_start(rng, bargaining)
    given_up = sorted(changed(start, other))[: rng.randint(1, 2)]
    fixed = {k: other[k] for k in given_up}
    assert searched(bargaining, start, fixed) == defined(bargaining, start, fixed)


@pytest.mark.parametrize("cells", [1, 7, 20])
@pytest.mark.parametrize("seed", range(20))
def test_a_grid_cut_into_pieces_gives_the_same(
    seed: int, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_CELLS", cells)
    rng = Random(seed)
    bargaining = random_problem(rng, 2, issues=4)
    start = any_start(rng, bargaining)
    assert searched(bargaining, start) == defined(bargaining, start)


@pytest.mark.parametrize("seed", range(20))
def test_numbers_too_large_for_64_bits_change_nothing(seed: int) -> None:
    rng = Random(seed)
    small = random_problem(rng, 3)
    start = any_start(rng, small)
    factor = 3**60
    large = replace(
        small,
        tables=tuple(tuple(tuple(p * factor for p in o) for o in t) for t in small.tables),
        terms=tuple(replace(t, points=t.points * factor) for t in small.terms),
    )
    expected = {c: tuple(g * factor for g in gains) for c, gains in searched(small, start).items()}
    assert searched(large, start) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_interim_packages_are_those_of_the_definition(seed: int) -> None:
    """For each set of issues: all changed, all gain, and no other such way is better for all."""
    rng = Random(seed)
    bargaining = random_problem(rng, rng.randint(1, 3), issues=4)
    start = any_start(rng, bargaining)
    before = bargaining.points(start)
    gainful = {
        choice: tuple(now - then for now, then in zip(points, before, strict=True))
        for choice, points in feasible(bargaining).items()
        if all(map(int.__gt__, points, before))
    }
    surroundings = Surroundings(bargaining, start, Watch())
    for size in range(1, len(start) + 1):
        for issues in combinations(range(len(start)), size):
            alike = {c: g for c, g in gainful.items() if changed(start, c) == set(issues)}
            best = {
                c: g for c, g in alike.items() if not any(is_better(o, g) for o in alike.values())
            }
            assert dict(surroundings.gainful(issues).rows()) == best


@settings(deadline=None)
@given(case=exact_cases(), data=st.data())
def test_a_package_is_efficient_if_and_only_if_it_is_on_the_frontier(
    case: Case, data: st.DataObject
) -> None:
    outcome = tuple(data.draw(st.sampled_from([o.id for o in i.options])) for i in case.issues)
    bargaining = problem(case)
    choice = choice_of(case, outcome)
    points = bargaining.points(choice)
    on_frontier = brute_frontier(bargaining)
    found = efficiency(case, outcome)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(import_module("goodoffices.settlement.improvements"), "_LISTED_AT_MOST", 0)
        searched = efficiency(case, outcome)
    assert found.is_efficient is searched.is_efficient is (choice in on_frontier.get(points, []))
    better = [sum(bargaining.utilities(p)) for p in on_frontier if is_better(p, points)]
    for witness in (found.witness, searched.witness):
        assert (sum(witness.utilities) if witness else None) == max(better, default=None)
    if bargaining.is_feasible(choice):
        every = trades(case, outcome, issues=len(case.issues))
        assert every.is_exhaustive
        assert found.is_efficient is not any(every.counts)


@settings(deadline=None)
@given(case=exact_cases(), data=st.data())
def test_improvements_are_the_part_of_the_frontier_that_nobody_likes_less(
    case: Case, data: st.DataObject
) -> None:
    outcome = tuple(data.draw(st.sampled_from([o.id for o in i.options])) for i in case.issues)
    bargaining = problem(case)
    points = bargaining.points(choice_of(case, outcome))
    better = {p: c for p, c in brute_frontier(bargaining).items() if is_better(p, points)}
    found = improvements(case, outcome)
    assert found.complete
    assert [package.utilities for package in found.packages] == [
        bargaining.utilities(p) for p in sorted(better, reverse=True)
    ]
    assert [package.outcome for package in found.packages] == [
        outcome_of(case, better[p][0]) for p in sorted(better, reverse=True)
    ]
    assert all(
        set(solution.utilities) <= {package.utilities for package in found.packages}
        for solution in found.best
    )


@settings(deadline=None, max_examples=40)
@given(case=exact_cases(parties=(3, 3)))
def test_what_each_party_could_have_is_the_same_by_search(case: Case) -> None:
    bargaining = problem(case)
    every = by_points(bargaining).items()
    rows = [points for points, choices in every if bargaining.is_acceptable(choices[0])]
    expected: tuple[Fraction | None, ...] = (None, None, None)
    if rows:
        expected = bargaining.utilities([max(column) for column in zip(*rows, strict=True)])
    listed = prospect(case, Fraction(0), Watch())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prospects, "_LISTED_AT_MOST", 0)
        searched = prospect(case, Fraction(0), Watch())
    assert listed.is_open is searched.is_open is bool(rows)
    assert listed.best == searched.best == expected
