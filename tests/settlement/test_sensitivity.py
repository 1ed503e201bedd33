"""The sensitivity of a case small enough to be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from goodoffices.case import Case, Estimate, Interaction, Reservation, case_from_text
from goodoffices.case.statements import Condition
from goodoffices.errors import SettlementError
from goodoffices.settlement.numbers import Number, NumberKind, moved, numbers
from goodoffices.settlement.sensitivity import Change, Leeway, Sensitivity, sensitivity
from goodoffices.settlement.sensitivity_words import Bar, explain, overview
from goodoffices.settlement.solutions import lettered
from goodoffices.settlement.watch import Watch

# North and South on the six packages, and the product of their gains:
#
#            north            joint
#   low     100,  0:    0    60,  50: 3000
#   middle   70, 30: 2100    30,  80: 2400
#   high     40, 50: 2000     0, 100:    0
CASE = """
title: The river
parties: [North, South]
issues:
  - {id: water, options: [low, middle, high]}
  - {id: dams, options: [north, joint]}
status_quo: {water: low, dams: north}
"""
NORTH = """
party: North
weights: {water: 60, dams: 40}
scores: {water: {low: 100, middle: 50, high: 0}, dams: {north: 100, joint: 0}}
reservation: 0
"""
SOUTH = """
party: South
weights: {water: 50, dams: 50}
scores: {water: {low: 0, middle: 60, high: 100}, dams: {north: 0, joint: 100}}
"""


@pytest.fixture
def river() -> Case:
    texts = {"preferences/North.yaml": NORTH, "preferences/South.yaml": SOUTH}
    return case_from_text({"case.yaml": CASE, **texts})


def reserved(case: Case, party: str, value: int) -> Case:
    level = Estimate(Fraction(value), Fraction(value))
    sheet = replace(case.preferences[party], reservation=Reservation(value=level))
    return replace(case, preferences={**case.preferences, party: sheet})


def of(found: Sensitivity, party: str, kind: NumberKind, *names: str) -> Leeway:
    """The leeway of one number, named by its issue and option."""
    (leeway,) = [
        leeway
        for leeway in found.leeways
        if (leeway.number.party, leeway.number.kind) == (party, kind)
        and [n for n in (leeway.number.issue, leeway.number.option) if n] == list(names)
    ]
    return leeway


def change(outcome: str, *utilities: Fraction | int) -> Change:
    water, dams = outcome.split("/")
    return Change(outcome=(water, dams), utilities=tuple(map(Fraction, utilities)))


def test_reservation_values_move_until_another_product_is_greater(river: Case) -> None:
    found = sensitivity(river)
    assert (found.outcome, found.utilities, found.ties) == (("low", "joint"), (60, 50), 1)
    # (60 - r) × 50 = (70 - r) × 30 at r = 45.
    north = of(found, "North", NumberKind.RESERVATION)
    assert (north.low, north.below) == (0, None)
    assert (north.high, north.above) == (45, change("middle/north", 70, 30))
    # 60 × (50 - r) = 30 × (80 - r) at r = 20.
    south = of(found, "South", NumberKind.RESERVATION)
    assert (south.high, south.above) == (20, change("middle/joint", 30, 80))


def test_a_weight_moves_at_the_expense_of_the_others(river: Case) -> None:
    # With South's weights at w and 100 - w: 60 × (100 - w) = 70 × 0.6 w at w = 6000 / 102.
    leeway = of(sensitivity(river), "South", NumberKind.WEIGHT, "water")
    assert (leeway.low, leeway.below) == (0, None)
    assert leeway.high == Fraction(1000, 17)
    assert leeway.above == change("middle/north", 70, Fraction(600, 17))
    assert (leeway.utility_at_low, leeway.utility_at_high) == (100, Fraction(700, 17))
    assert leeway.room == Fraction(1000, 17) - 50


def test_a_score_moves_between_nothing_and_the_scale(river: Case) -> None:
    # North's 0.6 v × 50 = 2400 at v = 80; it is at 100 and may not rise.
    leeway = of(sensitivity(river), "North", NumberKind.SCORE, "water", "low")
    assert (leeway.low, leeway.below) == (80, change("middle/joint", 30, 80))
    assert (leeway.high, leeway.above) == (100, None)
    assert (leeway.utility_at_low, leeway.utility_at_high) == (48, 60)


def test_the_points_of_an_interaction_move_too(river: Case) -> None:
    south = river.preferences["South"]
    both = Interaction(
        when=Condition({"water": frozenset({"middle"}), "dams": frozenset({"joint"})}),
        add=Fraction(5),
    )
    sheets = {**river.preferences, "South": replace(south, interactions=(both,))}
    # 30 × (80 + a) = 3000 at a = 20.
    leeway = of(sensitivity(replace(river, preferences=sheets)), "South", NumberKind.INTERACTION)
    assert leeway.number.what == "water: middle; dams: joint"
    assert (leeway.low, leeway.below) == (-100, None)
    assert (leeway.high, leeway.above) == (20, change("middle/joint", 30, 100))


def test_what_an_interaction_outshines_comes_back_when_its_points_fall(river: Case) -> None:
    """With 90 points more, low and north is better for South than all else; with fewer, not."""
    south = river.preferences["South"]
    gift = Interaction(
        when=Condition({"water": frozenset({"low"}), "dams": frozenset({"north"})}),
        add=Fraction(90),
    )
    sheets = {**river.preferences, "South": replace(south, interactions=(gift,))}
    found = sensitivity(reserved(replace(river, preferences=sheets), "South", 0))
    assert found.outcome == ("low", "north")
    # 100 × a = 3000 at a = 30: low and joint, which (100, 90) dominates at first.
    leeway = of(found, "South", NumberKind.INTERACTION)
    assert (leeway.low, leeway.below) == (30, change("low/joint", 60, 50))
    assert (leeway.high, leeway.above) == (100, None)


def test_a_reservation_that_is_the_status_quo_moves_with_what_makes_it(river: Case) -> None:
    """South keeps what high and north is worth to it: half of its score of high."""
    sheet = replace(river.preferences["South"], reservation=Reservation(value=None))
    case = replace(
        river,
        status_quo=("high", "north"),
        preferences={**river.preferences, "South": sheet},
    )
    found = sensitivity(case)
    assert (found.outcome, found.utilities) == (("middle", "joint"), (30, 80))
    # 30 × (80 - s / 2) = 60 × (50 - s / 2) at s = 40.
    leeway = of(found, "South", NumberKind.SCORE, "water", "high")
    assert (leeway.low, leeway.below) == (40, change("low/joint", 60, 50))


@pytest.mark.parametrize(
    ("concept", "high", "becomes"),
    [
        # 50 - r = 30, which is what North gains at middle and joint.
        ("egalitarian", 20, change("middle/joint", 30, 80)),
        ("leximin", 20, change("middle/joint", 30, 80)),
        # Sums 110 - r and 110 - r tie: only when low and joint is not acceptable it goes.
        ("utilitarian", 50, change("middle/joint", 30, 80)),
        ("maximum-nash-welfare", 20, change("middle/joint", 30, 80)),
    ],
)
def test_each_concept_has_its_own_breaking_point(
    river: Case, concept: str, high: int, becomes: Change
) -> None:
    found = sensitivity(river, concept, outcome=("low", "joint"))
    leeway = of(found, "South", NumberKind.RESERVATION)
    assert (leeway.high, leeway.above) == (high, becomes)


def test_shares_of_ideal_gains_move_with_the_ideal(river: Case) -> None:
    # Once South keeps anything, (100, 0) is not acceptable and North's ideal gain falls to 70;
    # South's is 100 - r. (50 - r) / (100 - r) = 30 / 70 at r = 25/2.
    leeway = of(sensitivity(river, "kalai-smorodinsky"), "South", NumberKind.RESERVATION)
    assert (leeway.high, leeway.above) == (Fraction(25, 2), change("middle/joint", 30, 80))


def test_where_outcomes_tie_some_numbers_may_not_move_at_all(river: Case) -> None:
    found = sensitivity(river, "utilitarian")
    assert found.ties == 2
    assert [leeway.room for leeway in found.leeways[:3]] == [0, 0, 0]


def test_a_zone_that_closes_is_followed_by_nothing(river: Case) -> None:
    case = reserved(reserved(river, "North", 50), "South", 45)
    leeway = of(sensitivity(case), "North", NumberKind.RESERVATION)
    assert (leeway.high, leeway.above) == (60, Change(outcome=None, utilities=None))
    assert "nothing is acceptable to all" in explain(sensitivity(case), case)[0]


def test_without_a_zone_there_is_nothing_to_ask(river: Case) -> None:
    case = reserved(reserved(river, "North", 65), "South", 45)
    with pytest.raises(SettlementError, match="No outcome is acceptable to all"):
        sensitivity(case)


def test_an_outcome_that_is_no_solution_is_refused(river: Case) -> None:
    with pytest.raises(SettlementError, match="'water: high; dams: north' is not a nash solution"):
        sensitivity(river, outcome=("high", "north"))


def test_a_watch_that_is_over_leaves_numbers_unanswered(river: Case) -> None:
    watch = Watch()
    seen = []

    def report(progress: object) -> None:
        seen.append(progress)
        watch.stop()

    watch.report = report
    found = sensitivity(river, watch=watch)
    assert seen
    every = {leeway.number for leeway in found.leeways} | set(found.unanswered)
    assert every == set(numbers(river))
    assert found.unanswered


def test_the_numbers_are_all_that_could_matter(river: Case) -> None:
    north = river.preferences["North"]
    only = replace(
        north,
        weights={
            "water": Estimate(Fraction(100), Fraction(100)),
            "dams": Estimate(Fraction(0), Fraction(0)),
        },
        scores={"water": north.scores["water"]},
    )
    case = replace(river, preferences={**river.preferences, "North": only})
    mine = [n for n in numbers(case) if n.party == "North"]
    # The only issue that matters has nothing to trade against, the other no scores.
    assert [(n.kind.value, n.option) for n in mine] == [
        ("reservation", None), ("score", "low"), ("score", "middle"), ("score", "high"),
    ]  # fmt: skip
    assert [n.issue for n in numbers(river) if n.kind is NumberKind.WEIGHT] == ["water", "dams"] * 2


def test_a_reservation_that_changes_with_time_is_moved_as_it_then_stands(river: Case) -> None:
    falling = Reservation(value=None, per_month=Fraction(-2))
    sheet = replace(river.preferences["South"], reservation=falling)
    case = replace(river, preferences={**river.preferences, "South": sheet})
    number = next(n for n in numbers(case, Fraction(3)) if n.party == "South")
    assert (number.kind, number.value, number.least) == (NumberKind.RESERVATION, -6, -6)
    there = moved(case, number, Fraction(4), Fraction(3)).preferences["South"].reservation
    assert there == Reservation(value=Estimate(Fraction(10), Fraction(10)), per_month=Fraction(-2))


def test_the_most_delicate_numbers_in_words_and_rows(river: Case) -> None:
    found = sensitivity(river)
    first = explain(found, river, most=1)
    assert first == (
        "South: the weight of “water”, 50, may rise to 58.8 before the Nash solution changes; "
        "above that, the choice becomes another package: water: middle; dams: north.",
        *first[1:],
    )
    assert overview(found, river, most=1) == (
        Bar(
            party="South",
            what="the weight of “water”",
            low=Fraction(0),
            value=Fraction(50),
            high=Fraction(1000, 17),
            is_low_a_change=False,
            is_high_a_change=True,
            swing=Fraction(700, 17) - 100,
        ),
    )


def test_a_number_says_between_what_it_may_lie(river: Case) -> None:
    weight = next(n for n in numbers(river) if n.kind is NumberKind.WEIGHT)
    assert weight == Number(
        party="North",
        kind=NumberKind.WEIGHT,
        issue="water",
        value=Fraction(60),
        least=Fraction(0),
        most=Fraction(100),
    )


def test_sentences_say_which_package_the_solution_becomes(river: Case) -> None:
    known = lettered(river)
    assert [(one.name, one.outcome) for one in known] == [
        ("A", ("low", "joint")),
        ("B", ("middle", "joint")),
    ]
    found = sensitivity(river)
    weight, south = (
        replace(found, leeways=(of(found, "South", kind, *names),))
        for kind, *names in ((NumberKind.WEIGHT, "water"), (NumberKind.RESERVATION,))
    )
    assert explain(weight, river, packages=known) == (
        "South: the weight of “water”, 50, may rise to 58.8 before the Nash solution changes; "
        "above that, the choice becomes another package: water: middle; dams: north.",
    )
    assert explain(south, river, packages=known) == (
        "South: the reservation value, 0, may rise to 20 before the Nash solution changes; "
        "above that, the choice becomes package B.",
    )
    assert explain(south, river, packages=known[:1]) == (
        "South: the reservation value, 0, may rise to 20 before the Nash solution changes; "
        "above that, the choice becomes another package: as A, but water: middle.",
    )
