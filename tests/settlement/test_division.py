"""Adjusted winner and fair allocations, on tables small enough to be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from goodoffices.case import (
    Case,
    Condition,
    Constraint,
    Interaction,
    Party,
    case_from_text,
)
from goodoffices.errors import SettlementError
from goodoffices.settlement.allocation import (
    Allocation,
    allocation,
    is_ef1,
    is_envy_free,
    is_proportional,
)
from goodoffices.settlement.division import (
    AdjustedWinner,
    DividedIssue,
    Division,
    Transfer,
    adjusted_winner,
    adjusted_winner_of,
)
from goodoffices.settlement.division_words import explain

CASE = """
title: The river
parties: [North, South, {id: observer, role: observer}]
issues:
  - {id: water, name: Water, options: [low, middle, high]}
  - {id: dams, name: Dams, options: [north, joint]}
  - {id: fish, name: Fish, options: [north-first, south-first]}
  - {id: data, name: Data, options: [none, live]}
"""
# North: 40 for water, 40 for dams, 20 for fish. South: 60, 20, 20. Both want live data.
NORTH = """
party: North
weights: {water: 20, dams: 20, fish: 10, data: 50}
scores:
  water: {low: 100, middle: 70, high: 0}
  dams: {north: 100, joint: 0}
  fish: {north-first: 100, south-first: 0}
  data: {none: 0, live: 100}
"""
SOUTH = """
party: South
weights: {water: 60, dams: 20, fish: 20, data: 0}
scores:
  water: {low: 0, middle: 40, high: 100}
  dams: {north: 0, joint: 100}
  fish: {north-first: 0, south-first: 100}
"""


@pytest.fixture
def case() -> Case:
    texts = {"preferences/North.yaml": NORTH, "preferences/South.yaml": SOUTH}
    return case_from_text({"case.yaml": CASE, **texts})


def parts(*texts: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, texts))


def test_the_party_ahead_hands_over_what_it_values_least_beyond_the_other() -> None:
    # 90 against 45; then the first item of the two (ratio 50:40), of which half makes them equal.
    assert adjusted_winner([50, 40, 10], [40, 15, 45]) == AdjustedWinner(
        shares=parts("1/2", "1", "0"),
        totals=(Fraction(65), Fraction(65)),
        winners=(0, 0, 1),
        transfers=(Transfer(item=0, giver=0, share=Fraction(1, 2)),),
    )


def test_the_second_party_may_be_ahead() -> None:
    found = adjusted_winner([40, 15, 45], [50, 40, 10])
    assert found.shares == parts("1/2", "0", "1")
    assert found.totals == (65, 65)
    assert found.split == 0


def test_several_items_may_change_hands_before_one_is_shared() -> None:
    # 85 against 26: all of the first item and one of 20:26, then a part of the second.
    found = adjusted_winner([26, 29, 30, 15], [25, 25, 24, 26])
    assert found.transfers == (
        Transfer(item=0, giver=0, share=Fraction(1)),
        Transfer(item=1, giver=0, share=Fraction(8, 54)),
    )
    assert found.totals[0] == found.totals[1] == 59 - Fraction(29 * 8, 54)


def test_tied_items_go_to_the_party_behind() -> None:
    found = adjusted_winner([40, 40, 10, 10], [60, 20, 10, 10])
    # 40 against 60: the first tied item goes to the party behind, and so does the second.
    assert found.winners == (1, 0, 0, 0)
    assert found.totals == (60, 60)
    assert found.transfers == ()
    assert found.split is None


def test_of_equal_ratios_the_item_listed_first_is_handed_over() -> None:
    found = adjusted_winner([40, 40, 20], [20, 20, 60])
    assert found.transfers == (Transfer(item=0, giver=0, share=Fraction(1, 3)),)


def test_what_is_worth_nothing_to_the_other_is_handed_over_last() -> None:
    found = adjusted_winner([60, 40, 0], [0, 30, 70])
    assert found.shares == parts("1", "4/7", "0")[:1] + found.shares[1:]
    assert found.transfers == (Transfer(item=1, giver=0, share=Fraction(3, 7)),)


def test_items_that_nobody_wants_change_nothing() -> None:
    found = adjusted_winner([0, 60, 40, 0], [0, 40, 60, 0])
    assert found.totals == (60, 60)
    assert found.transfers == ()


def test_nothing_to_divide_is_divided_equally() -> None:
    assert adjusted_winner([], []).totals == (0, 0)
    assert adjusted_winner([0], [0]).totals == (0, 0)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ([50, 40], [50, 50], "The first party spreads 90 points and the second 100"),
        ([110, -10], [50, 50], "Item 2 has -10 points"),
    ],
)
def test_points_that_cannot_be_compared_are_refused(
    first: list[int], second: list[int], message: str
) -> None:
    with pytest.raises(SettlementError, match=message):
        adjusted_winner(first, second)


def test_a_case_is_divided_by_what_winning_an_issue_is_worth(case: Case) -> None:
    # North has dams (40 against 20) and, being behind, fish: 60. South has water: 60.
    assert adjusted_winner_of(case) == Division(
        parties=("North", "South"),
        divided=(
            DividedIssue(
                issue="water",
                options=("low", "high"),
                points=(Fraction(40), Fraction(60)),
                share=Fraction(0),
            ),
            DividedIssue(
                issue="dams",
                options=("north", "joint"),
                points=(Fraction(40), Fraction(20)),
                share=Fraction(1),
            ),
            DividedIssue(
                issue="fish",
                options=("north-first", "south-first"),
                points=(Fraction(20), Fraction(20)),
                share=Fraction(1),
            ),
        ),
        agreed=(("data", "live"),),
        totals=(Fraction(60), Fraction(60)),
        split=None,
        packages=(("high", "north", "north-first", "live"),),
        utilities=((Fraction(80), Fraction(60)),),
    )


def test_a_split_issue_leaves_two_packages(case: Case) -> None:
    sheet = case.preferences["South"]
    weights = {**sheet.weights, "water": sheet.weights["dams"], "fish": sheet.weights["data"]}
    other = replace(
        case, preferences={**case.preferences, "South": replace(sheet, weights=weights)}
    )
    # South: 50 for water, 50 for dams. North: 50, 50 and, as South does not mind, agreed fish.
    found = adjusted_winner_of(other)
    assert found.agreed == (("fish", "north-first"), ("data", "live"))
    assert [(issue.issue, issue.share) for issue in found.divided] == [("water", 1), ("dams", 0)]
    assert found.split is None
    dear = replace(sheet, weights={**weights, "water": sheet.weights["water"]})
    found = adjusted_winner_of(replace(case, preferences={**case.preferences, "South": dear}))
    # South: 75 and 25; it has water, North the dams: 50 to 75, so a fifth of the water goes back.
    assert found.split == "water"
    assert [(issue.issue, issue.share) for issue in found.divided] == [
        ("water", Fraction(1, 5)),
        ("dams", 1),
    ]
    assert found.packages == (
        ("low", "north", "north-first", "live"),
        ("high", "north", "north-first", "live"),
    )
    assert explain(found, case) == (
        "North prevails on Dams (north).",
        "On Water both prevail in part: North by 1/5 (low), South by 4/5 (high).",
        "On Fish both want the same: north-first.",
        "On Data both want the same: live.",
        "Each then has 60 of its 100 points. Neither would rather have the other's part, and no "
        "other division gives one of them more and the other no less.",
    )


def test_parties_that_want_the_same_have_nothing_to_divide(case: Case) -> None:
    sheet = replace(case.preferences["North"], party="South")
    found = adjusted_winner_of(
        replace(case, preferences={"North": case.preferences["North"], "South": sheet})
    )
    assert (found.divided, found.totals, found.split) == ((), (0, 0), None)
    assert found.packages == (("low", "north", "north-first", "live"),)
    assert explain(found, case)[-1] == "There is nothing to divide."


def test_three_parties_are_refused(case: Case) -> None:
    third = Party(id="Coast")
    sheet = replace(case.preferences["North"], party="Coast")
    crowded = replace(
        case,
        parties=(*case.parties, third),
        preferences=MappingProxyType({**case.preferences, "Coast": sheet}),
    )
    with pytest.raises(SettlementError, match="3 must consent here: North, South and Coast"):
        adjusted_winner_of(crowded)


def test_issues_that_are_tied_together_are_refused(case: Case) -> None:
    rule = Constraint(id="blind", forbid=Condition({"data": frozenset({"none"})}))
    with pytest.raises(SettlementError, match="rule out combinations: 'blind'"):
        adjusted_winner_of(replace(case, constraints=(rule,)))
    both = Interaction(when=Condition({"data": frozenset({"live"})}), add=Fraction(1))
    sheet = replace(case.preferences["South"], interactions=(both,))
    with pytest.raises(SettlementError, match="South states interactions"):
        adjusted_winner_of(replace(case, preferences={**case.preferences, "South": sheet}))


LAKES = {
    "North": {"lake": 8, "mill": 6, "boat": 2},
    "South": {"lake": 7, "mill": 1, "boat": 1},
    "Coast": {"lake": 9, "mill": 0, "boat": 3},
}


def test_maximum_nash_welfare_maximises_the_product() -> None:
    assert allocation(LAKES) == Allocation(
        rule="maximum-nash-welfare",
        parties=("North", "South", "Coast"),
        items=("lake", "mill", "boat"),
        owners=(("South", "North", "Coast"),),
        totals=(parts("6", "7", "3"),),
        proven=True,
        ties=1,
        ties_complete=True,
    )


def test_leximin_looks_at_the_worst_off_first() -> None:
    found = allocation(
        {"North": {"lake": 9, "mill": 4}, "South": {"lake": 5, "mill": 3}}, "leximin"
    )
    assert found.owners == (("South", "North"),)
    assert found.totals == (parts("4", "5"),)


def test_ties_are_all_reported() -> None:
    found = allocation({"North": {"lake": 1, "mill": 1}, "South": {"lake": 1, "mill": 1}})
    assert found.owners == (("North", "South"), ("South", "North"))
    assert found.ties == 2


def test_where_not_all_can_have_something_as_many_as_can_do() -> None:
    found = allocation({"North": {"lake": 5}, "South": {"lake": 9}, "Coast": {"lake": 0}})
    assert found.owners == (("South",),)


@pytest.mark.parametrize(
    ("points", "rule", "message"),
    [
        ({"North": {"lake": 1}}, "nash", "'nash' is not a rule of allocation"),
        ({}, "leximin", "Nobody is named"),
        ({"North": {"lake": -1}}, "leximin", "North gives -1 points to 'lake'"),
        (
            {"North": {"lake": 1}, "South": {"mill": 1}},
            "leximin",
            "North gives no points to 'mill'",
        ),
    ],
)
def test_tables_that_are_not_right_are_refused(
    points: dict[str, dict[str, int]], rule: str, message: str
) -> None:
    with pytest.raises(SettlementError, match=message):
        allocation(points, rule)


def test_fairness_is_told_apart() -> None:
    points = [[6, 3, 3], [6, 3, 3]]
    # North has 6 of 12, South 6 of 12.
    assert is_envy_free(points, [0, 1, 1])
    assert is_proportional(points, [0, 1, 1])
    # North has 9 and South 3; without the lake North would have 3.
    assert not is_envy_free(points, [0, 0, 1])
    assert is_ef1(points, [0, 0, 1])
    assert not is_proportional(points, [0, 0, 1])
    # Without the lake North would still have 6, and South has nothing.
    assert not is_ef1(points, [0, 0, 0])


def test_a_proportional_allocation_need_not_be_envy_free() -> None:
    points = [[3, 5, 1], [1, 7, 1], [0, 0, 9]]
    assert is_proportional(points, [0, 1, 2])
    assert not is_envy_free(points, [0, 1, 2])
