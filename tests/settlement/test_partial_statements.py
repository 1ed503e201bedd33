"""What a sheet says, as a set of preferences; and what it says when it contradicts itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from goodoffices.case.model import Case
from goodoffices.case.preferences import (
    Comparison,
    Interaction,
    IssueRanking,
    OptionRanking,
    Preferences,
    Reservation,
)
from goodoffices.case.statements import Condition
from goodoffices.errors import SettlementError
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.preference_set import PreferenceSet, preference_set
from tests.partial_cases import case_of, estimate, exact_sheet, issue

WATER = issue("water", "low", "middle", "high")
FISH = issue("fish", "none", "half", "all")
NOTHING = Preferences(party="North", weights={}, scores={})


def case_with(sheet: Preferences) -> Case:
    return case_of([WATER, FISH], sheet, status_quo=("low", "none"))


def known(sheet: Preferences, months: int = 0) -> PreferenceSet:
    return preference_set(case_with(sheet), "North", months=Fraction(months))


def between(found: PreferenceSet, expression: Linear) -> tuple[float, float]:
    least, most = found.polytope.least(expression), found.polytope.most(expression)
    return round(least.value, 6), round(most.value, 6)


def fault(sheet: Preferences) -> str:
    with pytest.raises(SettlementError) as raised:
        known(sheet)
    return str(raised.value)


def test_who_says_nothing_may_want_anything() -> None:
    found = known(NOTHING)
    assert found.conventions == ("the weights add up to 100",)
    assert between(found, found.utility((0, 0))) == (0, 100)
    # The weights make 100 together (one free number), and each of six options may be worth
    # anything up to its issue's weight.
    assert found.polytope.dimension == 1 + 6


def test_exact_numbers_leave_nothing_open() -> None:
    scores = {
        "water": {"low": 0, "middle": 40, "high": 100},
        "fish": {"none": 0, "half": 7, "all": 9},
    }
    sheet = exact_sheet("North", {"water": 60, "fish": 35}, scores, kept=20)
    found = known(sheet)
    assert found.is_exact
    # The weights add up to 95, and stay as they are stated.
    assert found.conventions == ()
    assert found.margin((1, 2)).constant == 60 * Fraction(40, 100) + 35 * Fraction(9, 100) - 20


def test_another_scale_is_brought_to_100() -> None:
    scores = {"water": {"low": 0, "middle": 1, "high": 2}, "fish": {"none": 0, "half": 0, "all": 2}}
    sheet = replace(exact_sheet("North", {"water": 1, "fish": 1}, scores, 1), scale=Fraction(2))
    found = known(sheet)
    assert found.utility((1, 2)).constant == 75
    assert found.reservation.constant == 50
    assert found.unit == Fraction(1, 50)


def test_weights_not_all_stated_exactly_add_up_to_the_scale() -> None:
    found = known(replace(NOTHING, weights={"water": estimate(20, 30)}))
    assert between(found, found.weights[1]) == (70, 80)


def test_a_ranking_of_all_options_gives_both_ends() -> None:
    ranking = OptionRanking(issue="water", order=(("high",), ("middle",), ("low",)))
    found = known(replace(NOTHING, option_rankings=(ranking,)))
    assert found.conventions[1:] == (
        "high is the best option of water and so is worth all its weight",
        "low is the worst option of water and so is worth nothing",
    )
    assert found.values[0][2] == found.weights[0]
    assert found.values[0][0] == Linear()


def test_two_rankings_together_may_give_an_end() -> None:
    chain = (
        OptionRanking(issue="water", order=(("high",), ("middle",))),
        OptionRanking(issue="water", order=(("middle",), ("low",))),
    )
    assert len(known(replace(NOTHING, option_rankings=chain)).conventions) == 3
    # "Low" may be better than "high": no end is certain but that "middle" is not the best.
    assert len(known(replace(NOTHING, option_rankings=chain[:1])).conventions) == 1


def test_stated_scores_take_the_place_of_the_ends() -> None:
    ranking = OptionRanking(issue="water", order=(("high",), ("middle",), ("low",)))
    scores = {"water": {"high": estimate(60, 80)}}
    found = known(replace(NOTHING, option_rankings=(ranking,), scores=scores))
    assert found.conventions == ("the weights add up to 100",)
    assert between(found, found.values[0][2]) == (0, 80)


def test_who_is_indifferent_on_an_issue_may_still_give_it_weight() -> None:
    ranking = OptionRanking(issue="water", order=(("high", "middle", "low"),))
    found = known(replace(NOTHING, option_rankings=(ranking,)))
    assert found.conventions == ("the weights add up to 100",)
    assert found.values[0][0] == found.values[0][1] == found.values[0][2]
    assert between(found, found.weights[0]) == (0, 100)


def test_issues_rank_in_groups() -> None:
    found = known(replace(NOTHING, issue_rankings=(IssueRanking(order=(("water", "fish"),)),)))
    assert between(found, found.weights[0]) == (50, 50)


def test_a_comparison_counts_interactions_that_the_named_issues_decide() -> None:
    bonus = Interaction(when=Condition({"water": frozenset({"high"})}), add=Fraction(10))
    better = Comparison(prefers={"water": "low"}, to={"water": "high"})
    found = known(replace(NOTHING, interactions=(bonus,), comparisons=(better,)))
    low, _, high = found.values[0]
    assert between(found, low - high) == (10, 100)


def test_a_comparison_holds_however_the_other_issues_are_settled() -> None:
    """The bonus counts only with all the fish; so 'high' must make up for it elsewhere."""
    both = Condition({"water": frozenset({"high"}), "fish": frozenset({"all"})})
    loss = Interaction(when=both, add=Fraction(-10))
    better = Comparison(prefers={"water": "high"}, to={"water": "low"})
    found = known(replace(NOTHING, interactions=(loss,), comparisons=(better,)))
    low, _, high = found.values[0]
    assert between(found, high - low) == (10, 100)
    equal = replace(better, equal=True)
    message = fault(replace(NOTHING, interactions=(loss,), comparisons=(equal,)))
    assert message == (
        "North says something that no preferences satisfy: "
        "'(water: high) is worth the same as (water: low)'. Change it in preferences/North.yaml."
    )


def test_an_interval_reservation_is_one_more_unknown() -> None:
    sheet = replace(NOTHING, reservation=Reservation(value=estimate(30, 40)))
    found = known(sheet)
    assert between(found, found.reservation) == (30, 40)


def test_months_without_agreement_move_the_reservation() -> None:
    waiting = Reservation(value=None, per_month=Fraction(-2))
    found = known(replace(NOTHING, reservation=waiting), months=3)
    assert found.margin((0, 0)).constant == 6


def test_without_a_status_quo_nobody_can_keep_it() -> None:
    sheet = replace(NOTHING, reservation=Reservation(value=None))
    with pytest.raises(SettlementError, match="North's reservation is the status quo, and the"):
        preference_set(case_of([WATER, FISH], sheet), "North")


def test_a_party_without_a_sheet_is_named() -> None:
    with pytest.raises(SettlementError, match=r"Add preferences/South\.yaml"):
        preference_set(case_with(NOTHING), "South")


def test_a_contradiction_names_only_what_contradicts() -> None:
    sheet = replace(
        NOTHING,
        weights={"fish": estimate(20, 90)},
        issue_rankings=(IssueRanking(order=(("water",), ("fish",))),),
        option_rankings=(OptionRanking(issue="fish", order=(("all",), ("half",))),),
        comparisons=(
            Comparison(prefers={"fish": "half"}, to={"fish": "none"}),
            Comparison(prefers={"fish": "none"}, to={"fish": "all"}),
        ),
        scores={"fish": {"all": estimate(50, 60), "half": estimate(10, 20), "none": estimate(30)}},
    )
    assert fault(sheet) == (
        "North's statements contradict one another: 'the weight of fish is between 20 and 90'; "
        "'the score of fish: half is between 10 and 20'; 'the score of fish: none is 30'; "
        "'(fish: half) is at least as good as (fish: none)'. "
        "No preferences satisfy them together; change or take out one of them "
        "in preferences/North.yaml."
    )


def test_a_contradiction_with_a_convention_names_it() -> None:
    sheet = replace(NOTHING, weights={"water": estimate(70, 80), "fish": estimate(40, 50)})
    assert fault(sheet) == (
        "North's statements contradict one another: 'the weight of water is between 70 and 80'; "
        "'the weight of fish is between 40 and 50'; 'the weights add up to 100' (as "
        "partial preferences are read). "
        "No preferences satisfy them together; change or take out one of them "
        "in preferences/North.yaml."
    )


def test_a_score_below_0_is_possible() -> None:
    scores = {"water": {"low": estimate(-20, 10), "high": estimate(-5)}}
    found = known(replace(NOTHING, weights={"water": estimate(50)}, scores=scores))
    assert between(found, found.values[0][0]) == (-10, 5)
    assert between(found, found.values[0][2]) == (-2.5, -2.5)


def test_too_many_completions_are_reported() -> None:
    wide = [issue(f"i{k}", *map(str, range(10))) for k in range(7)]
    everywhere = Condition({i.id: frozenset({"0"}) for i in wide})
    sheet = replace(
        NOTHING,
        interactions=(Interaction(when=everywhere, add=Fraction(1)),),
        comparisons=(Comparison(prefers={"i0": "0"}, to={"i0": "1"}),),
    )
    with pytest.raises(SettlementError, match="depends on 1,000,000 ways to fill"):
        preference_set(case_of(wide, sheet), "North")
