"""The zone of possible agreement of a case small enough to be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from goodoffices.case import (
    Case,
    Condition,
    Constraint,
    Estimate,
    RedLine,
    Reservation,
    case_from_text,
)
from goodoffices.errors import SettlementError
from goodoffices.settlement.demands import Demand, DemandKind
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.zone import zone
from goodoffices.settlement.zone_findings import Closure, Opening, Period, Witness
from goodoffices.settlement.zone_words import explain

# North and South on the six packages:
#
#            north      joint
#   low     100,  0    60,  50
#   middle   70, 30    30,  80
#   high     40, 50     0, 100
CASE = """
title: The river
parties: [North, South, {id: observer, role: observer}]
issues:
  - {id: water, options: [low, middle, high]}
  - {id: dams, options: [north, joint]}
"""
NORTH = """
party: North
weights: {water: 60, dams: 40}
scores: {water: {low: 100, middle: 50, high: 0}, dams: {north: 100, joint: 0}}
reservation: 50
"""
SOUTH = """
party: South
weights: {water: 50, dams: 50}
scores: {water: {low: 0, middle: 60, high: 100}, dams: {north: 0, joint: 100}}
reservation: 45
"""
UNPAID = Constraint(
    id="unpaid",
    forbid=Condition({"water": frozenset({"low"}), "dams": frozenset({"joint"})}),
    why="Nobody would pay for it.",
)
NEVER_NORTH = RedLine(never=Condition({"dams": frozenset({"north"})}))
NORTH_KEEPS = Demand(kind=DemandKind.RESERVATION, party="North", value=Fraction(50))
SOUTH_KEEPS = Demand(kind=DemandKind.RESERVATION, party="South", value=Fraction(45))
NOT_UNPAID = Demand(
    kind=DemandKind.CONSTRAINT,
    name="unpaid",
    words="not allowed: water is low and dams is joint",
    why="Nobody would pay for it.",
)
NOT_NORTH = Demand(
    kind=DemandKind.RED_LINE, party="South", name="dams: north", words="never: dams is north"
)


@pytest.fixture
def river() -> Case:
    texts = {"preferences/North.yaml": NORTH, "preferences/South.yaml": SOUTH}
    return case_from_text({"case.yaml": CASE, **texts})


def reserved(case: Case, party: str, value: int, per_month: int = 0) -> Case:
    sheet = case.preferences[party]
    assert sheet.reservation is not None
    changed = replace(
        sheet.reservation,
        value=Estimate(Fraction(value), Fraction(value)),
        per_month=Fraction(per_month),
    )
    sheets = {**case.preferences, party: replace(sheet, reservation=changed)}
    return replace(case, preferences=sheets)


def red_line(case: Case, party: str, line: RedLine) -> Case:
    sheet = replace(case.preferences[party], red_lines=(line,))
    return replace(case, preferences={**case.preferences, party: sheet})


def opening(
    outcome: str, north: int, south: int, concedes: tuple[int, int], *dropped: Demand
) -> Opening:
    shares = [Fraction(reduction, 100) for reduction in concedes]
    water, dams = outcome.split("/")
    return Opening(
        dropped=dropped,
        reductions=(Fraction(concedes[0]), Fraction(concedes[1])),
        outcome=(water, dams),
        utilities=(Fraction(north), Fraction(south)),
        total=sum(shares, Fraction(0)),
        largest=max(shares),
    )


def test_an_open_zone_has_a_witness_and_closes_where_it_should(river: Case) -> None:
    found = zone(river)
    assert found.parties == ("North", "South")
    assert (found.exists, found.count, found.size) == (True, 1, 6)
    assert found.witness == Witness(
        outcome=("low", "joint"),
        utilities=(Fraction(60), Fraction(50)),
        margins=(Fraction(10), Fraction(5)),
        smallest=Fraction(5, 100),
        is_greatest=True,
    )
    assert found.closures == (
        Closure(party="North", room=Fraction(10), outcome=("low", "joint")),
        Closure(party="South", room=Fraction(5), outcome=("low", "joint")),
    )
    assert (found.conflict, found.alone, found.periods, found.unanswered) == ((), (), None, ())


def test_an_empty_zone_says_which_reservation_would_have_to_come_down(river: Case) -> None:
    found = zone(reserved(river, "North", 65))
    assert (found.exists, found.count, found.witness) == (False, 0, None)
    assert found.conflict == (replace(NORTH_KEEPS, value=Fraction(65)), SOUTH_KEEPS)
    assert found.alone == (
        opening("low/joint", 60, 50, (5, 0)),
        opening("middle/north", 70, 30, (0, 15)),
    )
    assert found.least_total == found.least_largest == opening("low/joint", 60, 50, (5, 0))
    assert (found.without, found.mixed) == ((), ())


def test_concessions_are_compared_as_shares_of_each_scale(river: Case) -> None:
    """South writes all its numbers out of 10 instead of 100, and no concession grows or shrinks."""
    south = river.preferences["South"]

    def tenth(number: Estimate) -> Estimate:
        return Estimate(number.low / 10, number.high / 10)

    smaller = replace(
        south,
        scale=Fraction(10),
        weights={issue: tenth(weight) for issue, weight in south.weights.items()},
        scores={i: {o: tenth(s) for o, s in scores.items()} for i, scores in south.scores.items()},
        reservation=Reservation(value=Estimate(Fraction(9, 2), Fraction(9, 2))),
    )
    of_hundred = reserved(river, "North", 100)
    of_ten = replace(of_hundred, preferences={**of_hundred.preferences, "South": smaller})
    for case, points in ((of_hundred, Fraction(15)), (of_ten, Fraction(3, 2))):
        found = zone(case)
        assert found.least_total is not None
        assert found.least_total.total == Fraction(40, 100)
        assert found.least_largest is not None
        assert found.least_largest.largest == Fraction(30, 100)
        assert found.least_largest.reductions == (Fraction(30), points)


def test_a_constraint_that_stands_in_the_way_is_named(river: Case) -> None:
    found = zone(replace(river, constraints=(UNPAID,)))
    assert found.conflict == (NORTH_KEEPS, SOUTH_KEEPS, NOT_UNPAID)
    assert found.without == (opening("low/joint", 60, 50, (0, 0), NOT_UNPAID),)
    assert found.mixed == ()
    assert found.alone == (
        opening("high/north", 40, 50, (10, 0)),
        opening("middle/north", 70, 30, (0, 15)),
    )


def test_a_red_line_and_a_concession_may_open_it_together(river: Case) -> None:
    found = zone(red_line(replace(river, constraints=(UNPAID,)), "South", NEVER_NORTH))
    assert found.alone == (opening("middle/joint", 30, 80, (20, 0)), None)
    assert found.without == (opening("low/joint", 60, 50, (0, 0), NOT_UNPAID),)
    assert found.mixed == (opening("high/north", 40, 50, (10, 0), NOT_NORTH),)
    # The red line stands in the way too, but the zone is empty for less.
    assert found.conflict == (NORTH_KEEPS, SOUTH_KEEPS, NOT_UNPAID)


def test_constraints_that_forbid_everything_leave_nothing_to_concede(river: Case) -> None:
    all_of_it = Constraint(id="all", forbid=Condition({}))
    found = zone(replace(river, constraints=(all_of_it,)))
    assert found.exists is False
    assert (found.alone, found.least_total, found.least_largest) == ((None, None), None, None)
    rule = Demand(kind=DemandKind.CONSTRAINT, name="all", words="not allowed: anything")
    assert found.conflict == (rule,)
    assert [o.outcome for o in found.without] == [("low", "joint")]


@pytest.mark.parametrize(
    ("north", "south", "months", "periods"),
    [
        ((65, -2), (45, 0), 0, [(Fraction(5, 2), 60)]),
        ((65, -2), (45, 0), 2, [(Fraction(5, 2), 62)]),
        ((50, 2), (45, 0), 0, [(0, 5)]),
        ((65, -2), (45, 1), 0, [(Fraction(5, 2), 5), (Fraction(35, 2), 55)]),
        ((110, -2), (-20, 2), 0, [(5, 10), (20, 35), (40, 50), (55, 60)]),
        ((90, 0), (45, 1), 0, []),
    ],
)
def test_time_opens_and_closes_the_zone(
    river: Case,
    north: tuple[int, int],
    south: tuple[int, int],
    months: int,
    periods: list[tuple[Fraction, Fraction]],
) -> None:
    case = reserved(reserved(river, "North", *north), "South", *south)
    found = zone(case, months=Fraction(months)).periods
    assert found == tuple(Period(start=Fraction(a), stop=Fraction(b)) for a, b in periods)


def test_a_watch_that_is_over_leaves_questions_open_and_says_so(river: Case) -> None:
    watch = Watch()
    watch.stop()
    found = zone(river, watch=watch)
    assert (found.exists, found.unanswered) == (None, ("exists",))
    assert explain(found, river)[0] == "It is not known whether any outcome is acceptable to all."


def test_partial_preferences_are_refused(river: Case) -> None:
    north = replace(river.preferences["North"], scores={})
    with pytest.raises(SettlementError, match="North's preferences are partial"):
        zone(replace(river, preferences={**river.preferences, "North": north}))


def test_an_open_zone_in_words(river: Case) -> None:
    assert explain(zone(river), river) == (
        "A zone of possible agreement exists: 1 of 6 outcomes is acceptable to all.",
        "Most room is left by water: low; dams: joint: North 60 (10 over its reservation value) "
        "and South 50 (5 over its reservation value). This holds a point of one party to be worth "
        "as much as a point of another.",
        "If the reservation value of North rose by more than 10, the zone would close.",
        "If the reservation value of South rose by more than 5, the zone would close.",
    )


def test_an_empty_zone_in_words(river: Case) -> None:
    case = red_line(replace(river, constraints=(UNPAID,)), "South", NEVER_NORTH)
    assert explain(zone(reserved(case, "North", 50, per_month=-1)), case) == (
        "No outcome is acceptable to all (each of 6 outcomes was looked at).",
        "No package satisfies at once the reservation value of North (50), the reservation value "
        "of South (45) and the constraint (not allowed: water is low and dams is joint), “Nobody "
        "would pay for it”; any of these could be met if one went.",
        "It would open if North came down by 20, to 30: water: middle; dams: joint.",
        "No change of the reservation value of South alone would do.",
        "It would open without the constraint (not allowed: water is low and dams is joint), "
        "“Nobody would pay for it”: water: low; dams: joint.",
        "Without the red line of South (never: dams is north), it would open if North came down "
        "by 10, to 40.",
        "If nothing else changes, in the 60 months looked ahead the zone is open from month 20 on.",
    )
