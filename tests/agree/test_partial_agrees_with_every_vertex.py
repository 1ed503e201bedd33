"""Verdicts on partial preferences agree with looking at every vertex, or at every case there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest

from goodoffices.case.model import Case, Outcome
from goodoffices.case.preferences import Preferences
from goodoffices.settlement.partial import acceptability, analyse
from goodoffices.settlement.partial.acceptance import NO, YES
from goodoffices.settlement.partial.efficiency import efficiency
from goodoffices.settlement.partial.preference_set import PreferenceSet, preference_set
from goodoffices.settlement.partial.regret import regret, rivals_for
from goodoffices.settlement.partial.sampling import draw
from goodoffices.settlement.partial.side import Side
from goodoffices.settlement.partial.space import allowed_packages
from goodoffices.settlement.watch import Watch
from tests.partial_cases import (
    case_of,
    hidden_sheet,
    issue,
    one_number_sheet,
    random_issues,
    sheet_saying,
    true_statements,
    vertices,
)


def small_case(seed: int) -> tuple[Case, list[PreferenceSet]]:
    """A few statements of two parties that leave each at most three numbers to choose freely."""
    rng = Random(seed)
    while True:
        issues = random_issues(rng, 2, 3)
        sheets = []
        for party in ("North", "South"):
            hidden = hidden_sheet(rng, party, issues)
            said = true_statements(rng, hidden, issues)
            sheets.append(sheet_saying(hidden, said[: rng.randint(3, len(said))]))
        case = case_of(issues, *sheets)
        known = [preference_set(case, sheet.party) for sheet in sheets]
        if all(one.polytope.dimension <= 3 for one in known):
            return case, known


@pytest.mark.parametrize("seed", range(40))
def test_acceptance_is_what_every_vertex_says(seed: int) -> None:
    case, known = small_case(seed)
    corners = [vertices(one.polytope) for one in known]
    for choice in product(*(range(len(i.options)) for i in case.issues)):
        outcome = tuple(i.options[j].id for i, j in zip(case.issues, choice, strict=True))
        found = acceptability(case, outcome)
        for one, points, party in zip(found, corners, known, strict=True):
            margins = [party.margin(choice).at(point) for point in points]
            assert one.verdict.necessarily is (min(margins) >= 0)
            assert one.verdict.possibly is (max(margins) >= 0)
            assert one.gladly is (max(margins) > 0)
            assert one.least == pytest.approx(float(min(margins)), abs=1e-6)
            assert one.most == pytest.approx(float(max(margins)), abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_regret_is_what_every_vertex_says(seed: int) -> None:
    case, known = small_case(seed)
    packages = allowed_packages(case, 1000)
    assert packages is not None
    for one in known:
        side = Side(one, draw(one.polytope, 1, np.random.default_rng(seed)))
        rivals = rivals_for(side, packages, Watch())
        points = vertices(one.polytope)
        for row in range(len(packages)):
            gains = [
                one.difference(packages.choice(other), packages.choice(row)).at(point)
                for other in range(len(packages))
                for point in points
            ]
            found, _ = regret(side, packages, rivals, row, Watch())
            assert found.points == pytest.approx(float(max(gains)), abs=1e-6)


def one_number_case(seed: int) -> Case:
    """Two parties of whom one number each is unknown: how much of its points the first of two
    issues has. So every question can be answered by looking at pairs of intervals."""
    rng = Random(seed)
    issues = [issue("a", "a0", "a1", "a2"), issue("b", "b0", "b1", "b2", "b3")]
    sheets = []
    for party in ("North", "South"):
        low = rng.randint(0, 60)
        scores = {i.id: {o.id: rng.randint(0, 10) * 10 for o in i.options} for i in issues}
        between = (low, low + rng.choice([0, 20, 40]))
        sheets.append(one_number_sheet(party, between, scores, kept=rng.randint(0, 70)))
    return case_of(issues, *sheets)


def points_at(sheet: Preferences, outcome: Outcome, weight: Fraction) -> Fraction:
    (first, one), (second, other) = sheet.scores.items()
    assert (first, second) == ("a", "b")
    return (weight * one[outcome[0]].low + (100 - weight) * other[outcome[1]].low) / 100


def pieces(sheet: Preferences, outcomes: Sequence[Outcome]) -> list[Fraction]:
    """A weight inside each interval on which no comparison of two outcomes, or of an outcome with
    the reservation value, changes."""
    low, high = sheet.weights["a"].low, sheet.weights["a"].high
    assert sheet.reservation is not None
    assert sheet.reservation.value is not None
    kept = sheet.reservation.value.low
    lines = [
        (points_at(sheet, o, Fraction(0)), points_at(sheet, o, Fraction(100))) for o in outcomes
    ]
    lines.append((kept, kept))
    cuts = {low, high}
    for (a0, a1), (b0, b1) in product(lines, repeat=2):
        slope = (a1 - a0) - (b1 - b0)
        if slope:
            cuts.add((b0 - a0) * 100 / slope)
    inside = sorted(cut for cut in cuts if low <= cut <= high)
    if low == high:
        return [low]
    return [(a + b) / 2 for a, b in pairwise(inside)]


def worlds(
    case: Case, outcomes: Sequence[Outcome]
) -> Iterator[dict[Outcome, tuple[Fraction, ...]]]:
    """Gains of every outcome, for a pair of weights out of every pair of intervals."""
    sheets = list(case.preferences.values())
    for weights in product(*(pieces(sheet, outcomes) for sheet in sheets)):
        yield {
            outcome: tuple(
                points_at(sheet, outcome, weight) - sheet.reservation.value.low  # type: ignore[union-attr]  # every sheet here has one
                for sheet, weight in zip(sheets, weights, strict=True)
            )
            for outcome in outcomes
        }


def is_efficient(gains: dict[Outcome, tuple[Fraction, ...]], outcome: Outcome) -> bool:
    own = gains[outcome]
    return not any(
        other != own and all(o >= w for o, w in zip(other, own, strict=True))
        for other in gains.values()
    )


@pytest.mark.parametrize("seed", range(40))
def test_efficiency_and_zone_are_what_every_pair_of_intervals_says(seed: int) -> None:
    case = one_number_case(seed)
    outcomes = list(case.outcomes())
    every = list(worlds(case, outcomes))
    packages = allowed_packages(case, 1000)
    assert packages is not None
    known = [preference_set(case, party.id) for party in case.parties]
    # One draw a walk and few walks would do: what sampling does not settle, programs must.
    sides = [Side(one, draw(one.polytope, 1, np.random.default_rng(seed))[:2]) for one in known]
    found = efficiency(sides, packages, np.zeros(len(packages)), Watch())
    for row, outcome in enumerate(outcomes):
        verdicts = [is_efficient(gains, outcome) for gains in every]
        assert (found.necessarily[row], found.possibly[row]) == (all(verdicts), any(verdicts))
        if not any(verdicts):
            covering = [outcomes[other] for other in found.dominators[row]]
            assert all(any(dominates(g, c, outcome) for c in covering) for g in every)
    analysis = analyse(case, draws=64)
    open_zone = [any(min(g) >= 0 for g in gains.values()) for gains in every]
    verdict = analysis.zone.verdict
    assert (verdict.necessarily, verdict.possibly) == (all(open_zone), any(open_zone))


def dominates(gains: dict[Outcome, tuple[Fraction, ...]], one: Outcome, other: Outcome) -> bool:
    return gains[one] != gains[other] and all(
        a >= b for a, b in zip(gains[one], gains[other], strict=True)
    )


def test_several_packages_may_cover_what_no_single_one_does() -> None:
    """Neither a2 nor a3 is always better than a1, but one of them always is."""
    issues = [issue("a", "a1", "a2", "a3"), issue("b", "b1", "b2", "b3")]
    north = one_number_sheet(
        "North",
        (0, 100),
        {"a": {"a1": 40, "a2": 0, "a3": 100}, "b": {"b1": 40, "b2": 100, "b3": 0}},
        0,
    )
    case = case_of(issues, north)
    packages = allowed_packages(case, 9)
    assert packages is not None
    pure = packages.part(np.array([0, 4, 8]))
    known = preference_set(case, "North")
    side = Side(known, draw(known.polytope, 1, np.random.default_rng(0))[:2])
    found = efficiency([side], pure, np.zeros(3), Watch())
    assert found.possibly.tolist() == [NO, YES, YES]
    assert found.necessarily.tolist() == [NO, NO, NO]
    assert set(found.dominators[0]) == {1, 2}


@pytest.mark.parametrize("seed", range(12))
def test_searching_agrees_with_listing(seed: int) -> None:
    """Where packages are too many to list, what is found is what listing would have said."""
    case, _ = small_case(seed)
    listed = analyse(case, draws=64, shown=1000)
    sought = analyse(case, draws=64, shown=1000, listed_at_most=0)
    assert (listed.complete, sought.complete) == (True, False)
    assert fits(sought.zone.verdict.necessarily, listed.zone.verdict.necessarily)
    assert sought.zone.verdict.possibly is listed.zone.verdict.possibly
    every = {one.outcome: one for one in listed.packages}
    for one in sought.packages:
        same = every[one.outcome]
        assert one.acceptable == same.acceptable
        assert fits(one.efficient.possibly, same.efficient.possibly)
        assert fits(one.efficient.necessarily, same.efficient.necessarily)


def fits(said: bool | None, truth: bool | None) -> bool:
    return said is None or said is truth


def test_nothing_is_open_where_it_can_be_decided() -> None:
    case = one_number_case(3)
    found = analyse(case, draws=64, shown=1000)
    assert "undecided" not in {*found.acceptable_counts, *found.efficient_counts}
    for one in found.packages:
        assert None not in (one.efficient.necessarily, one.efficient.possibly)
