"""What a zone of possible agreement promises, tried out by changing the case and asking again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from benchmarks.domains import case_of, random_numbers
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case import Case, Estimate, Outcome, Reservation
from goodoffices.settlement.demands import Demand, DemandKind
from goodoffices.settlement.problem import describe, reservation_value
from goodoffices.settlement.zone import zone
from tests.strategies import exact_cases

CASES = exact_cases(parties=(1, 3), issues=(1, 3), options=(1, 3), constraints=3, red_lines=2)

# Every example asks about several changed cases.
SOME = settings(deadline=None, max_examples=60)


def reserved(case: Case, party: str, change: Fraction) -> Case:
    """The case after one party has changed its reservation value by so much."""
    sheet = case.preferences[party]
    value = reservation_value(case, sheet, Fraction(0)) + change
    changed = replace(sheet, reservation=Reservation(value=Estimate(value, value)))
    return replace(case, preferences={**case.preferences, party: changed})


def conceding(case: Case, reductions: Collection[Fraction]) -> Case:
    for party, reduction in zip([p.id for p in case.deciders], reductions, strict=True):
        case = reserved(case, party, -reduction)
    return case


def without(case: Case, demands: Collection[Demand]) -> Case:
    """The case after some demands have gone."""
    constraints = {d.name for d in demands if d.kind is DemandKind.CONSTRAINT}
    lines = {(d.party, d.name) for d in demands if d.kind is DemandKind.RED_LINE}
    sheets = {
        party: replace(
            sheet,
            red_lines=tuple(
                line for line in sheet.red_lines if (party, describe(line.never)) not in lines
            ),
        )
        for party, sheet in case.preferences.items()
    }
    kept = tuple(c for c in case.constraints if c.id not in constraints)
    case = replace(case, constraints=kept, preferences=sheets)
    for demand in demands:
        if demand.kind is DemandKind.RESERVATION:
            assert demand.party is not None
            case = reserved(case, demand.party, Fraction(-10_000))
    return case


def acceptable(case: Case) -> dict[Outcome, list[Fraction]]:
    """Every acceptable outcome with the parties' margins, the plainest way."""
    found = {}
    for outcome in case.outcomes():
        named = case.named(outcome)
        sheets = list(case.preferences.values())
        if any(line.never.holds(named) for sheet in sheets for line in sheet.red_lines):
            continue
        margins = [
            (sheet.utility(named) - reservation_value(case, sheet, Fraction(0))) / sheet.scale
            for sheet in sheets
        ]
        if min(margins) >= 0:
            found[outcome] = margins
    return found


def is_open(case: Case) -> bool:
    return bool(acceptable(case))


def twins(case: Case) -> bool:
    """Whether a party states one red line twice, so that dropping one changes nothing."""
    names = [
        (party, describe(line.never))
        for party, sheet in case.preferences.items()
        for line in sheet.red_lines
    ]
    return len(names) > len(set(names))


@SOME
@given(case=CASES)
def test_the_zone_is_what_is_acceptable_to_all(case: Case) -> None:
    expected, found = acceptable(case), zone(case)
    assert found.exists is bool(expected)
    assert found.count == len(expected)
    assert (found.witness is not None) is bool(expected)
    if found.witness is not None:
        assert found.witness.outcome in expected
        assert found.witness.smallest == min(expected[found.witness.outcome])
        assert found.witness.smallest == max(min(margins) for margins in expected.values())


@SOME
@given(case=CASES)
def test_an_open_zone_closes_just_beyond_the_room_of_each_party(case: Case) -> None:
    for closure in zone(case).closures:
        assert is_open(reserved(case, closure.party, closure.room))
        assert not is_open(reserved(case, closure.party, closure.room + Fraction(1, 1000)))


@SOME
@given(case=CASES)
def test_an_empty_zone_opens_at_the_stated_reduction_and_not_before(case: Case) -> None:
    found = zone(case)
    if found.exists:
        return
    for number, (party, opening) in enumerate(zip(found.parties, found.alone, strict=True)):
        if opening is None:
            assert not is_open(reserved(case, party, Fraction(-10_000)))
            continue
        reduction = opening.reductions[number]
        assert opening.total * case.preferences[party].scale == reduction > 0
        opened = reserved(case, party, -reduction)
        assert opening.outcome in acceptable(opened)
        assert not is_open(reserved(case, party, Fraction(1, 1000) - reduction))


@SOME
@given(case=CASES, data=st.data())
def test_no_smaller_concessions_open_the_zone(case: Case, data: st.DataObject) -> None:
    found = zone(case)
    if found.least_total is None or found.least_largest is None:
        return
    assert found.least_total.outcome in acceptable(conceding(case, found.least_total.reductions))
    assert found.least_largest.outcome in acceptable(
        conceding(case, found.least_largest.reductions)
    )
    scales = [case.preferences[party].scale for party in found.parties]
    parts = data.draw(st.lists(st.integers(0, 4), min_size=len(scales), max_size=len(scales)))
    just_less = found.least_total.total * Fraction(999, 1000) / max(1, sum(parts))
    assert not is_open(
        conceding(case, [just_less * p * s for p, s in zip(parts, scales, strict=True)])
    )
    each = found.least_largest.largest - Fraction(1, 1000)
    assert not is_open(conceding(case, [each * s for s in scales]))


@SOME
@given(case=CASES)
def test_the_conflict_is_a_conflict_and_irreducible(case: Case) -> None:
    found = zone(case)
    if found.exists or twins(case):
        return
    everything = [
        *(Demand(kind=DemandKind.CONSTRAINT, name=c.id) for c in case.constraints),
        *(
            Demand(kind=DemandKind.RED_LINE, party=party, name=describe(line.never))
            for party, sheet in case.preferences.items()
            for line in sheet.red_lines
        ),
        *(Demand(kind=DemandKind.RESERVATION, party=party) for party in found.parties),
    ]
    part = {(d.kind, d.party, d.name) for d in found.conflict}
    only = without(case, [d for d in everything if (d.kind, d.party, d.name) not in part])
    assert not is_open(only)
    for demand in found.conflict:
        assert is_open(without(only, [demand]))


@SOME
@given(case=CASES)
def test_dropping_a_stated_set_of_rules_opens_the_zone_and_dropping_less_does_not(
    case: Case,
) -> None:
    found = zone(case)
    if found.exists or twins(case):
        return
    for opening in found.without:
        assert opening.outcome in acceptable(without(case, opening.dropped))
        for kept in opening.dropped:
            assert not is_open(without(case, [d for d in opening.dropped if d != kept]))
    for opening in found.mixed:
        dropped = without(case, opening.dropped)
        assert zone(dropped).least_total is not None
        assert opening.outcome in acceptable(conceding(dropped, opening.reductions))
        for kept in opening.dropped:
            fewer = zone(without(case, [d for d in opening.dropped if d != kept])).least_total
            assert fewer is None or fewer.total > opening.total


@SOME
@given(
    case=CASES,
    slopes=st.lists(st.integers(-3, 3), min_size=3, max_size=3),
    months=st.fractions(0, 12, max_denominator=6),
)
def test_the_zone_is_open_in_its_periods_and_closed_between(
    case: Case, slopes: list[int], months: Fraction
) -> None:
    for party, slope in zip([p.id for p in case.deciders], slopes, strict=False):
        sheet = reserved(case, party, Fraction(0)).preferences[party]
        assert sheet.reservation is not None
        moving = replace(sheet.reservation, per_month=Fraction(slope))
        changed = replace(sheet, reservation=moving)
        case = replace(case, preferences={**case.preferences, party: changed})
    periods = zone(case, horizon=Fraction(12)).periods
    if not any(slopes[: len(case.deciders)]):
        assert periods is None
        return
    assert periods is not None
    open_now = any(period.start <= months <= period.stop for period in periods)
    assert zone(case, months=months).exists is open_now
    assert all(a.stop < b.start for a, b in pairwise(periods))


def test_a_large_zone_opens_at_the_smallest_largest_concession_and_not_before() -> None:
    case = case_of(random_numbers(6, 12, 6), reservation=75)
    found = zone(case)
    assert (found.exists, found.unanswered) == (False, ())
    assert found.least_largest is not None
    scales = [case.preferences[party].scale for party in found.parties]
    least = found.least_largest.largest
    opened = zone(conceding(case, [least * scale for scale in scales]))
    assert opened.exists
    assert opened.witness is not None
    assert opened.witness.smallest == 0
    nearly = least - Fraction(1, 10**9)
    assert not zone(conceding(case, [nearly * scale for scale in scales])).exists
