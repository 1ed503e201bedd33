"""What is proven about fair division, each as the theorem reads, on random small tables."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.settlement.allocation import (
    RULES,
    allocation,
    is_ef1,
    is_envy_free,
    is_proportional,
)
from goodoffices.settlement.division import AdjustedWinner, adjusted_winner

Pair = tuple[tuple[int, ...], tuple[int, ...]]
Table = tuple[tuple[int, ...], ...]

PARTIES = ("North", "South", "Coast")
_GRID = [Fraction(part, 6) for part in range(7)]


@st.composite
def two_columns(draw: st.DrawFn, items: int = 6, highest: int = 12) -> Pair:
    """Points of two parties for a few items, equally many in all; often tied, often 0."""
    count = draw(st.integers(1, items))
    numbers = st.lists(st.integers(0, highest), min_size=count, max_size=count)
    first, second = draw(numbers), draw(numbers)
    missing = sum(first) - sum(second)
    short = second if missing > 0 else first
    short[draw(st.integers(0, count - 1))] += abs(missing)
    return tuple(first), tuple(second)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Points of one to three parties for up to five items."""
    items = draw(st.integers(1, 5))
    row = st.tuples(*[st.integers(0, 6)] * items)
    return tuple(draw(st.lists(row, min_size=1, max_size=3)))


def worth(points: tuple[int, ...], shares: tuple[Fraction, ...]) -> Fraction:
    return sum((p * share for p, share in zip(points, shares, strict=True)), Fraction(0))


def rest(shares: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(1 - share for share in shares)


@settings(deadline=None)
@given(points=two_columns())
def test_adjusted_winner_is_equitable(points: Pair) -> None:
    found = adjusted_winner(*points)
    assert found.totals == (worth(points[0], found.shares), worth(points[1], rest(found.shares)))
    assert found.totals[0] == found.totals[1]


@settings(deadline=None)
@given(points=two_columns())
def test_adjusted_winner_is_envy_free(points: Pair) -> None:
    found = adjusted_winner(*points)
    assert worth(points[0], found.shares) >= worth(points[0], rest(found.shares))
    assert worth(points[1], rest(found.shares)) >= worth(points[1], found.shares)


@settings(deadline=None)
@given(points=two_columns(items=3))
def test_adjusted_winner_is_efficient(points: Pair) -> None:
    """No division in sixths, and none that hands over a little of one item for a little of
    another, is better for one party and as good for the other."""
    found = adjusted_winner(*points)
    for shares in product(_GRID, repeat=len(points[0])):
        others = (worth(points[0], shares), worth(points[1], rest(shares)))
        assert (
            others == found.totals
            or min(other - total for other, total in zip(others, found.totals, strict=True)) < 0
        )
    first, second = points
    for mine, share in enumerate(found.shares):
        for theirs, other in enumerate(found.shares):
            if share > 0 and other < 1:
                # The first would have to get more for ``mine`` than the second can pay for it.
                assert first[mine] * second[theirs] >= first[theirs] * second[mine]


@settings(deadline=None)
@given(points=two_columns())
def test_adjusted_winner_splits_at_most_one_item(points: Pair) -> None:
    found = adjusted_winner(*points)
    assert sum(0 < share < 1 for share in found.shares) <= 1


@settings(deadline=None)
@given(points=two_columns(), factor=st.integers(1, 9))
def test_rescaling_both_parties_changes_nothing(points: Pair, factor: int) -> None:
    found = adjusted_winner(*points)
    scaled = adjusted_winner(*([p * factor for p in column] for column in points))
    assert scaled == AdjustedWinner(
        shares=found.shares,
        totals=(found.totals[0] * factor, found.totals[1] * factor),
        winners=found.winners,
        transfers=found.transfers,
    )


@settings(deadline=None)
@given(points=two_columns())
def test_exchanging_the_parties_exchanges_nothing_else(points: Pair) -> None:
    assert adjusted_winner(*points).totals == adjusted_winner(*points[::-1]).totals


def allocations(points: Table) -> dict[tuple[int, ...], tuple[int, ...]]:
    """Every allocation, as owners, with everybody's totals."""
    return {
        owners: tuple(
            sum(p for p, owner in zip(row, owners, strict=True) if owner == party)
            for party, row in enumerate(points)
        )
        for owners in product(range(len(points)), repeat=len(points[0]))
    }


def best(points: Table, rule: str) -> set[tuple[int, ...]]:
    """The best allocations that are efficient, by comparing all with all."""
    every = allocations(points)
    efficient = {
        owners: totals
        for owners, totals in every.items()
        if not any(
            other != totals and all(map(int.__ge__, other, totals)) for other in every.values()
        )
    }
    worths = {
        owners: (sum(t > 0 for t in totals), prod(t for t in totals if t))
        if rule == "maximum-nash-welfare"
        else tuple(sorted(totals))
        for owners, totals in efficient.items()
    }
    return {owners for owners, found in worths.items() if found == max(worths.values())}


def named(points: Table) -> dict[str, dict[str, int]]:
    return {
        party: {f"item {k}": p for k, p in enumerate(row)}
        for party, row in zip(PARTIES, points, strict=False)
    }


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None)
@given(points=tables())
def test_allocations_are_the_best_there_are(rule: str, points: Table) -> None:
    expected = best(points, rule)
    found = allocation(named(points), rule)
    listed = {tuple(PARTIES.index(owner) for owner in owners) for owners in found.owners}
    assert found.proven
    assert found.ties == len(expected)
    assert listed <= expected
    assert len(found.owners) == min(100, len(expected))


@settings(deadline=None)
@given(points=tables())
def test_maximum_nash_welfare_is_envy_free_up_to_one_item_and_efficient(points: Table) -> None:
    """Caragiannis and others (2019), their main theorem."""
    every = allocations(points)
    for owners in allocation(named(points)).owners:
        numbers = tuple(PARTIES.index(owner) for owner in owners)
        assert is_ef1(points, numbers)
        assert not any(
            other != every[numbers] and all(map(int.__ge__, other, every[numbers]))
            for other in every.values()
        )


@settings(deadline=None)
@given(points=tables(), factor=st.integers(1, 9))
def test_maximum_nash_welfare_does_not_depend_on_scales(points: Table, factor: int) -> None:
    scaled = (tuple(p * factor for p in points[0]), *points[1:])
    before, after = allocation(named(points)), allocation(named(scaled))
    # Where somebody must come away with nothing, the product of the others' points decides who.
    if all(min(totals) > 0 for totals in before.totals):
        assert after.owners == before.owners


@settings(deadline=None)
@given(points=tables(), data=st.data())
def test_what_is_envy_free_is_proportional_and_envy_free_up_to_one_item(
    points: Table, data: st.DataObject
) -> None:
    owners = data.draw(st.tuples(*[st.integers(0, len(points) - 1)] * len(points[0])))
    if is_envy_free(points, owners):
        assert is_proportional(points, owners)
        assert is_ef1(points, owners)
