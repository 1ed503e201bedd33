"""Looking at every outcome and searching by mixed-integer programming give one zone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from operator import itemgetter
from random import Random

import pytest

from goodoffices.settlement import zone_blocks
from goodoffices.settlement.demands import Stakes
from goodoffices.settlement.problem import Barrier, Choice, Problem
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.zone_listed import Listed
from goodoffices.settlement.zone_search import Searched
from tests.problems import random_box, random_problem

NOTHING: frozenset[int] = frozenset()


@pytest.fixture(params=["merging blocks", "mixed-integer programming"], autouse=True)
def route(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs by either way to search."""
    if request.param == "mixed-integer programming":
        monkeypatch.setattr(zone_blocks, "listed_sums", lambda _: None)


def random_stakes(rng: Random, parties: int) -> Stakes:
    """A problem with up to four barriers that state up to four rules, and unequal scales."""
    problem = random_problem(rng, parties)
    barriers = tuple(
        Barrier(random_box(rng, problem.sizes, least=rng.choice([0] + [1] * 9)), f"b{k}")
        for k in range(rng.randint(0, 4))
    )
    rules, first = [], 0
    while first < len(barriers):
        after = min(first + rng.choice([1, 1, 2]), len(barriers))
        rules.append(tuple(range(first, after)))
        first = after
    higher = rng.randint(0, 9)
    return Stakes(
        problem=replace(
            problem,
            barriers=barriers,
            reservation=tuple(r + rng.randint(0, higher) for r in problem.reservation),
        ),
        barriers=tuple(rules),
        shares=tuple(rng.choice([1, 1, 2, 3]) for _ in range(parties)),
        whole=60,
    )


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_listing_and_search_agree(parties: int) -> None:
    rng = Random(parties)
    is_open = set()
    for _ in range(50):
        stakes = random_stakes(rng, parties)
        listed, searched = Listed(stakes), Searched(stakes, Watch())
        of = worth_of(stakes)
        (one, one_is_proven), (other, other_is_proven) = listed.best(), searched.best()
        assert one_is_proven is other_is_proven is True
        is_open.add(one is not None)
        assert of(one, stakes.margin, sum_of(stakes)) == of(other, stakes.margin, sum_of(stakes))
        for party in range(parties):
            one, other = listed.greatest(party), searched.greatest(party)
            assert of(one, itemgetter(party)) == of(other, itemgetter(party))
        for dropped in [NOTHING, *(frozenset({r}) for r in range(len(stakes.barriers)))]:
            one, other = listed.least_total(dropped), searched.least_total(dropped)
            assert of(one, stakes.total, stakes.largest) == of(other, stakes.total, stakes.largest)
        one, other = listed.least_largest(), searched.least_largest()
        assert of(one, stakes.largest, stakes.total) == of(other, stakes.largest, stakes.total)
    assert is_open == {True, False}


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_listing_and_search_agree_on_rules(parties: int) -> None:
    rng = Random(100 + parties)
    for _ in range(50):
        stakes = random_stakes(rng, parties)
        listed, searched = Listed(stakes), Searched(stakes, Watch())
        (one, one_is_complete), (other, other_is_complete) = (
            listed.opening_rules(50),
            searched.opening_rules(50),
        )
        assert [rules for rules, _ in one] == [rules for rules, _ in other]
        assert one_is_complete is other_is_complete is True
        some = frozenset(p for p in range(parties) if rng.random() < 0.6)
        rules = frozenset(r for r in range(len(stakes.barriers)) if rng.random() < 0.6)
        assert (listed.some(some, rules) is None) is (searched.some(some, rules) is None)


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_listing_and_search_agree_on_time(parties: int) -> None:
    rng = Random(200 + parties)
    lengths = set()
    for _ in range(50):
        stakes = random_stakes(rng, parties)
        slopes = [Fraction(rng.choice([-3, -1, 1, 2]), rng.choice([1, 2, 3]))]
        slopes += [Fraction(rng.randint(-3, 3), rng.choice([1, 2])) for _ in range(parties - 1)]
        horizon = Fraction(rng.choice([7, 20, 41]), rng.choice([1, 2]))
        periods = Listed(stakes).open_periods(slopes, horizon)
        assert periods == Searched(stakes, Watch()).open_periods(slopes, horizon)
        lengths.add(len(periods))
    assert {0, 1} <= lengths


@pytest.mark.parametrize(
    ("intervals", "periods"),
    [
        # Between month 5 and month 6 nothing is acceptable, though no whole month is left out.
        ([(0, 5), (6, 7)], [(0, 5), (6, 7)]),
        ([(0, 20), (1, 2), (5, 30)], [(0, 30)]),
        ([(0, 5), (5, 7), (9, 8)], [(0, 7)]),
        ([(-3, 4), (40, 80)], [(0, 4), (40, 60)]),
    ],
)
def test_the_zone_is_open_while_some_outcome_is_acceptable(
    intervals: list[tuple[int, int]], periods: list[tuple[int, int]]
) -> None:
    """A's reservation falls by 1 a month from 100 and B's rises: each option has its interval."""
    problem = Problem(
        parties=("A", "B"),
        sizes=(len(intervals),),
        tables=(tuple((100 - start, 100 + stop) for start, stop in intervals),),
        terms=(),
        barriers=(),
        reservation=(100, 100),
        units=(Fraction(1), Fraction(1)),
    )
    stakes = Stakes(problem=problem, barriers=(), shares=(1, 1), whole=100)
    slopes = (Fraction(-1), Fraction(1))
    assert Listed(stakes).open_periods(slopes, Fraction(60)) == periods
    assert Searched(stakes, Watch()).open_periods(slopes, Fraction(60)) == periods


def test_very_long_numbers_change_nothing() -> None:
    rng = Random(7)
    for _ in range(20):
        stakes = random_stakes(rng, 2)
        factor = 10**30 + 7
        problem = stakes.problem
        longer = replace(
            stakes,
            problem=replace(
                problem,
                tables=tuple(
                    tuple(tuple(p * factor for p in option) for option in table)
                    for table in problem.tables
                ),
                terms=tuple(replace(term, points=term.points * factor) for term in problem.terms),
                reservation=tuple(r * factor for r in problem.reservation),
            ),
        )
        one, other = Listed(stakes), Listed(longer)
        assert one.best() == other.best()
        assert one.greatest(1) == other.greatest(1)
        assert one.least_total(NOTHING) == other.least_total(NOTHING)
        assert one.least_largest() == other.least_largest()
        assert one.opening_rules(9) == other.opening_rules(9)
        slopes, longer_slopes = (Fraction(-1), Fraction(1)), (Fraction(-factor), Fraction(factor))
        assert one.open_periods(slopes, Fraction(9)) == other.open_periods(
            longer_slopes, Fraction(9)
        )


def worth_of(stakes: Stakes) -> Callable[..., tuple[int, ...] | None]:
    """What a choice is worth by several measures of its points; ``None`` for no choice."""

    def worth(
        choice: Choice | None, *measures: Callable[[tuple[int, ...]], int]
    ) -> tuple[int, ...] | None:
        if choice is None:
            return None
        points = stakes.problem.points(choice)
        return tuple(measure(points) for measure in measures)

    return worth


def sum_of(stakes: Stakes) -> Callable[[tuple[int, ...]], int]:
    return lambda points: sum(p * share for p, share in zip(points, stakes.shares, strict=True))
