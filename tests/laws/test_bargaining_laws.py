"""The axioms of bargaining theory, each as the theorem reads, on random finite problems."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.settlement.concepts import KERNELS

Rows = list[tuple[int, ...]]

MAXIMISERS = ["nash", "kalai", "egalitarian", "leximin", "utilitarian", "maximum-nash-welfare"]
INVARIANT = ["nash", "kalai-smorodinsky"]


def ones(rows: Rows) -> tuple[int, ...]:
    return (1,) * len(rows[0])


@st.composite
def problems(draw: st.DrawFn) -> tuple[Rows, tuple[int, ...]]:
    """Utilities of a few outcomes for two to four parties, and a disagreement point."""
    parties = draw(st.integers(2, 4))
    row = st.tuples(*[st.integers(0, 12)] * parties)
    return draw(st.lists(row, min_size=1, max_size=12)), draw(
        st.tuples(*[st.integers(0, 4)] * parties)
    )


def undominated(rows: Sequence[tuple[int, ...]]) -> Rows:
    """The rows that no other dominates."""
    return [
        one
        for one in rows
        if not any(other != one and all(map(int.__ge__, other, one)) for other in rows)
    ]


@pytest.mark.parametrize("concept", INVARIANT)
@given(problem=problems(), factor=st.integers(1, 9), shift=st.integers(-5, 5))
def test_rescaling_one_party_changes_nothing(
    concept: str, problem: tuple[Rows, tuple[int, ...]], factor: int, shift: int
) -> None:
    rows, disagreement = problem
    rescaled = [(row[0] * factor + shift, *row[1:]) for row in rows]
    moved = (disagreement[0] * factor + shift, *disagreement[1:])
    solve = KERNELS[concept]
    assert solve(rescaled, moved, ones(rows)) == solve(rows, disagreement, ones(rows))


@pytest.mark.parametrize("concept", KERNELS)
@given(problem=problems())
def test_exchanging_the_parties_exchanges_nothing_else(
    concept: str, problem: tuple[Rows, tuple[int, ...]]
) -> None:
    rows, disagreement = problem
    solve = KERNELS[concept]
    turned = solve([row[::-1] for row in rows], disagreement[::-1], ones(rows))
    assert turned == solve(rows, disagreement, ones(rows))


@pytest.mark.parametrize("concept", KERNELS)
@given(problem=problems())
def test_a_symmetric_problem_has_symmetric_solutions(
    concept: str, problem: tuple[Rows, tuple[int, ...]]
) -> None:
    rows, disagreement = problem
    pairs = sorted({pair for row in rows for pair in (row[:2], row[1::-1])})
    equal = (disagreement[0], disagreement[0])
    chosen = {pairs[k] for k in KERNELS[concept](pairs, equal, (1, 1))}
    assert chosen == {pair[::-1] for pair in chosen}


@pytest.mark.parametrize("concept", MAXIMISERS)
@given(problem=problems(), data=st.data())
def test_irrelevant_alternatives_are_irrelevant(
    concept: str, problem: tuple[Rows, tuple[int, ...]], data: st.DataObject
) -> None:
    rows, disagreement = problem
    solve = KERNELS[concept]
    chosen = [rows[k] for k in solve(rows, disagreement, ones(rows))]
    others = [row for row in rows if row not in chosen]
    fewer = chosen + [row for row in others if data.draw(st.booleans())]
    if chosen:
        assert [fewer[k] for k in solve(fewer, disagreement, ones(rows))] == chosen


def test_kalai_smorodinsky_does_depend_on_alternatives_nobody_chooses() -> None:
    solve = KERNELS["kalai-smorodinsky"]
    rows = [(5, 5), (8, 3), (0, 10)]
    assert solve(rows, (0, 0), (1, 1)) == [0]
    assert solve(rows[:2], (0, 0), (1, 1)) == [0]
    assert solve([(5, 5), (8, 3), (20, 0)], (0, 0), (1, 1)) == [1]


@pytest.mark.parametrize("concept", KERNELS)
@given(problem=problems())
def test_nobody_falls_below_its_disagreement_point(
    concept: str, problem: tuple[Rows, tuple[int, ...]]
) -> None:
    rows, disagreement = problem
    chosen = KERNELS[concept](rows, disagreement, ones(rows))
    assert all(rows[k][p] >= d for k in chosen for p, d in enumerate(disagreement))
    rational = any(all(map(int.__ge__, row, disagreement)) for row in rows)
    assert bool(chosen) is rational


@pytest.mark.parametrize("concept", ["leximin", "utilitarian"])
@given(problem=problems())
def test_solutions_are_pareto_optimal(concept: str, problem: tuple[Rows, tuple[int, ...]]) -> None:
    rows, disagreement = problem
    chosen = KERNELS[concept](rows, disagreement, ones(rows))
    assert {rows[k] for k in chosen} <= set(undominated(rows))


@given(problem=problems())
def test_nash_is_pareto_optimal_where_all_can_gain(
    problem: tuple[Rows, tuple[int, ...]],
) -> None:
    rows, disagreement = problem
    chosen = [rows[k] for k in KERNELS["nash"](rows, disagreement, ones(rows))]
    if chosen and all(map(int.__gt__, chosen[0], disagreement)):
        assert set(chosen) <= set(undominated(rows))


def test_maximum_nash_welfare_depends_on_the_unit_where_different_parties_gain() -> None:
    """Of two outcomes at which one of two parties gains, the greater gain wins: in some unit."""
    rows, disagreement = [(2, 0), (0, 3)], (0, 0)
    assert KERNELS["maximum-nash-welfare"](rows, disagreement, (1, 1)) == [1]
    assert KERNELS["maximum-nash-welfare"]([(4, 0), (0, 3)], disagreement, (1, 1)) == [0]


@given(problem=problems())
def test_maximum_nash_welfare_is_nash_where_all_can_gain(
    problem: tuple[Rows, tuple[int, ...]],
) -> None:
    rows, disagreement = problem
    if any(all(map(int.__gt__, row, disagreement)) for row in rows):
        assert KERNELS["maximum-nash-welfare"](rows, disagreement, ones(rows)) == KERNELS["nash"](
            rows, disagreement, ones(rows)
        )


@pytest.mark.parametrize("concept", ["egalitarian", "kalai", "leximin"])
@given(problem=problems(), more=st.data())
def test_more_alternatives_never_lower_the_smallest_gain(
    concept: str, problem: tuple[Rows, tuple[int, ...]], more: st.DataObject
) -> None:
    rows, disagreement = problem
    added = more.draw(st.lists(st.tuples(*[st.integers(0, 12)] * len(disagreement)), max_size=4))

    def smallest(table: Rows) -> int | None:
        chosen = KERNELS[concept](table, disagreement, ones(rows))
        if not chosen:
            return None
        return min(u - d for u, d in zip(table[chosen[0]], disagreement, strict=True))

    before, after = smallest(rows), smallest(rows + added)
    assert before is None or (after is not None and after >= before)


@given(
    heights=st.lists(st.integers(1, 40), min_size=2, max_size=5),
    extra=st.integers(1, 40),
)
def test_kalai_smorodinsky_is_individually_monotone_on_convex_sets(
    heights: list[int], extra: int
) -> None:
    """Kalai & Smorodinsky (1975): if the second party's possibilities grow at every utility of
    the first and the first party's ideal stays, the second does not lose. On a convex set cut
    into steps of a thousandth it may lose by the cut, and by no more."""
    steps = 1000

    def chosen(slopes: list[int]) -> float:
        # A concave frontier: slopes fall ever more steeply from the second party's ideal to 0.
        falls = [s for s in sorted(slopes) for _ in range(steps // len(slopes))]
        total, rows = sum(falls), []
        left = total
        for x, fall in enumerate(falls):
            rows.append((x, left))
            left -= fall
        rows.append((len(falls), 0))
        picked = KERNELS["kalai-smorodinsky"](rows, (0, 0), (1, 1))
        return max(rows[k][1] for k in picked)

    base = heights * 1
    grown = [h + extra for h in heights]
    cut = max(grown)
    assert chosen(grown) >= chosen(base) - cut
