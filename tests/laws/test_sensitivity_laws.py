"""What a sensitivity promises, tried out by changing the case and solving it again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goodoffices.case import Case
from goodoffices.settlement.numbers import Number, moved, numbers
from goodoffices.settlement.problem import choice_of, problem
from goodoffices.settlement.sensitivity import Change, Leeway, Sensitivity, sensitivity
from goodoffices.settlement.solutions import CONCEPTS, solve
from tests.strategies import exact_cases

CASES = exact_cases(parties=(1, 3), issues=(1, 3), options=(1, 3), constraints=1)
SMALL = Fraction(1, 10**9)

# Every example solves as many cases afresh as it has numbers.
SOME = settings(deadline=None, max_examples=15)


def asked(case: Case, concept: str) -> Sensitivity:
    """The sensitivity of a case that has a solution."""
    assume(solve(case, [concept])[0].outcomes)
    found = sensitivity(case, concept)
    assert found.unanswered == ()
    assert {leeway.number for leeway in found.leeways} == set(numbers(case))
    return found


def is_solution(case: Case, concept: str, outcome: tuple[str, ...]) -> bool:
    """Whether a case, solved afresh, has an outcome among its solutions."""
    bargaining = problem(case)
    utilities = bargaining.utilities(bargaining.points(choice_of(case, outcome)))
    (solution,) = solve(case, [concept])
    return utilities in solution.utilities


def beyond(leeway: Leeway) -> list[tuple[Fraction, Change]]:
    """Values just outside the interval, and what is foretold for them."""
    ends = []
    if leeway.below is not None:
        ends.append((leeway.low - SMALL, leeway.below))
    if leeway.above is not None:
        ends.append((leeway.high + SMALL, leeway.above))
    return ends


@pytest.mark.parametrize("concept", CONCEPTS)
@SOME
@given(case=CASES, share=st.fractions(0, 1, max_denominator=997))
def test_inside_its_interval_a_number_changes_nothing(
    concept: str, case: Case, share: Fraction
) -> None:
    found = asked(case, concept)
    for leeway in found.leeways:
        assert leeway.low <= leeway.number.value <= leeway.high
        value = leeway.low + share * (leeway.high - leeway.low)
        if leeway.low < value < leeway.high:
            assert is_solution(moved(case, leeway.number, value), concept, found.outcome)


@pytest.mark.parametrize("concept", CONCEPTS)
@SOME
@given(case=CASES)
def test_just_beyond_its_interval_a_number_changes_the_solution_as_foretold(
    concept: str, case: Case
) -> None:
    found = asked(case, concept)
    for leeway in found.leeways:
        for value, change in beyond(leeway):
            there = moved(case, leeway.number, value)
            assert not is_solution(there, concept, found.outcome)
            if change.outcome is None:
                assert solve(there, [concept])[0].outcomes == ()
            else:
                assert is_solution(there, concept, change.outcome)


@SOME
@given(case=CASES)
def test_the_utilities_at_the_ends_are_those_of_the_changed_case(case: Case) -> None:
    found = asked(case, "nash")
    for leeway in found.leeways:
        number = leeway.number
        for value, utility in (
            (leeway.low, leeway.utility_at_low),
            (leeway.high, leeway.utility_at_high),
        ):
            assert utility == utility_of(case, number, value, found.outcome)
        for value, change in ((leeway.low, leeway.below), (leeway.high, leeway.above)):
            if change is not None and change.outcome is not None:
                there = problem(moved(case, number, value))
                points = there.points(choice_of(case, change.outcome))
                assert change.utilities == there.utilities(points)


def utility_of(case: Case, number: Number, value: Fraction, outcome: tuple[str, ...]) -> Fraction:
    there = moved(case, number, value)
    return there.preferences[number.party].utility(there.named(outcome))


@SOME
@given(case=CASES)
def test_the_most_delicate_numbers_come_first(case: Case) -> None:
    found = asked(case, "nash")
    rooms = [leeway.room for leeway in found.leeways]
    finite = [room for room in rooms if room is not None]
    assert rooms == [*sorted(finite), *[None] * (len(rooms) - len(finite))]


@SOME
@given(case=CASES, data=st.data())
def test_a_moved_weight_keeps_the_sum_of_weights(case: Case, data: st.DataObject) -> None:
    weights = [number for number in numbers(case) if number.kind == "weight"]
    assume(weights)
    number = data.draw(st.sampled_from(weights))
    value = data.draw(st.fractions(number.least, number.most, max_denominator=10))
    there = moved(case, number, value).preferences[number.party].weights
    before = case.preferences[number.party].weights
    assert number.issue is not None
    assert there[number.issue].low == value
    assert sum(w.low for w in there.values()) == sum(w.low for w in before.values())
