"""Interim packages in a case small enough to be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from goodoffices.case import Case, case_from_text
from goodoffices.case.preferences import Reservation
from goodoffices.case.statements import Estimate
from goodoffices.errors import SettlementError
from goodoffices.settlement.interim import Interim, interim
from goodoffices.settlement.interim_words import explain, sentence
from goodoffices.settlement.packages import CONCEPT_NAMES
from goodoffices.settlement.watch import Progress, Watch

# What changes give North and South, from the status quo (low, little, north):
#
#   water high  -30  +60      power some  +25  -5      dams joint  -20  +20
#                             power much  +50  -20
CASE = """
title: The river
parties: [North, South]
issues:
  - {id: water, name: Water, options: [low, high]}
  - {id: power, name: Power, options: [little, some, much]}
  - {id: dams, name: Dams, options: [north, joint]}
status_quo: {water: low, power: little, dams: north}
"""
NORTH = """
party: North
weights: {water: 30, power: 50, dams: 20}
scores:
  water: {low: 100, high: 0}
  power: {little: 0, some: 50, much: 100}
  dams: {north: 100, joint: 0}
reservation: status quo
"""
SOUTH = """
party: South
weights: {water: 60, power: 20, dams: 20}
scores:
  water: {low: 0, high: 100}
  power: {little: 100, some: 75, much: 0}
  dams: {north: 0, joint: 100}
reservation: 30
"""


def river(south: str = SOUTH, case: str = CASE) -> Case:
    """The case, with another sheet of South or another case file."""
    texts = {"preferences/North.yaml": NORTH, "preferences/South.yaml": south}
    return case_from_text({"case.yaml": case, **texts})


def gains(found: Interim) -> dict[tuple[str, ...], list[tuple[Fraction, ...]]]:
    """For each set of issues, the gains of its packages."""
    return {s.issues: [package.gains for package in s.packages] for s in found.sets}


def test_the_smallest_sets_are_those_at_which_all_gain() -> None:
    found = interim(river())
    # All three issues contain both sets, and are not a smallest set.
    assert gains(found) == {("water", "power"): [(20, 40)], ("power", "dams"): [(5, 15)]}
    assert (found.complete, found.issues, found.stopped) == (3, 3, False)


def test_gains_are_over_the_status_quo_and_margins_over_the_reservation() -> None:
    (_, settled) = interim(river()).sets
    (package,) = settled.packages
    assert package.settled == (("power", "some"), ("dams", "joint"))
    assert package.outcome == ("low", "some", "joint")
    assert package.utilities == (55, 35)
    assert package.gains == (5, 15)
    assert package.margins == (5, 5)


def test_what_is_left_keeps_to_the_package_and_to_the_new_status_quo() -> None:
    found = interim(river())
    assert found.before.is_open
    # (high, much, north) is worth 70 to North; (high, much, joint) 80 to South and 50 to North.
    assert found.before.best == (70, 80)
    (water_and_power, power_and_dams) = found.sets
    (package,) = water_and_power.packages
    # North keeps 70 from now on, and would not agree to the joint dams any more.
    assert package.after is not None
    assert (package.after.is_open, package.after.best) == (True, (70, 60))
    assert package.keeps == tuple(CONCEPT_NAMES)
    assert package.would_stop == ("North", "South")
    (package,) = power_and_dams.packages
    # Only the water is open, and a high release would cost North more than it keeps.
    assert package.after is not None
    assert (package.after.is_open, package.after.best) == (True, (55, 35))
    assert package.keeps == ()


def test_a_package_can_close_the_door() -> None:
    found = interim(river(SOUTH.replace("reservation: 30", "reservation: 50")))
    assert found.before.is_open
    (_, settled) = found.sets
    (package,) = settled.packages
    assert package.margins == (5, -15)
    assert package.after is not None
    assert (package.after.is_open, package.after.best) == (False, (None, None))
    assert explain(found, river())[2] == (
        "Power: some and Dams: joint (North +5, South +15). This leaves South at 35, still below "
        "the 50 that it counts on without agreement. No full settlement that keeps to it would be "
        "acceptable to all."
    )


def test_a_constraint_rules_an_interim_package_out() -> None:
    rule = "constraints: [{forbid: {dams: joint, water: low}}]\n"
    assert gains(interim(river(case=CASE + rule))) == {("water", "power"): [(20, 40)]}


def test_only_so_many_packages_are_looked_at_afterwards() -> None:
    found = interim(river(), prospects=1)
    assert [p.after is None for settled in found.sets for p in settled.packages] == [False, True]


def test_interim_packages_are_told_in_words() -> None:
    assert explain(interim(river()), river()) == (
        "2 smallest sets of issues could be settled now to everyone's gain: "
        "all there are of any size.",
        "Water: high and Power: much (North +20, South +40). It would be the last step: no full "
        "settlement that keeps to it and is acceptable to all brings anybody more. North would "
        "then keep 70 without agreement, and refuse package B. Still open, and acceptable to all: "
        "package A. At best it could then still bring South 60 instead of 80.",
        "Power: some and Dams: joint (North +5, South +15). It would be the last step: no full "
        "settlement that keeps to it and is acceptable to all brings anybody more. It is settled "
        "otherwise in packages A and B. At best it could then still bring North 55 instead of 70 "
        "and South 35 instead of 80.",
    )


def test_reservations_that_are_the_status_quo_rise_with_it() -> None:
    (package, _) = [package for settled in interim(river()).sets for package in settled.packages]
    # North keeps the 70 that it has then; South has stated a number.
    assert package.reservations == (70, 30)


def test_a_solution_with_the_packages_options_may_be_refused_after_it() -> None:
    (package, other) = [p for settled in interim(river()).sets for p in settled.packages]
    assert package.earlier is not None
    (first, tie) = package.earlier
    assert (first.outcome, first.has_package, first.refused_by) == (
        ("high", "much", "north"),
        True,
        (),
    )
    # It has high and much, too, and brings North 50 of the 70 that it would keep.
    assert (tie.outcome, tie.has_package, tie.refused_by) == (
        ("high", "much", "joint"),
        True,
        ("North",),
    )
    assert [one.is_left for one in package.earlier] == [True, False]
    assert other.earlier is not None
    assert [one.has_package for one in other.earlier] == [False, False]


def test_a_party_may_be_better_off_stopping() -> None:
    modest = river(SOUTH.replace("reservation: 30", "reservation: 38"))
    number = Reservation(value=Estimate(Fraction(20), Fraction(20)))
    sheet = replace(modest.preferences["North"], reservation=number)
    modest = replace(modest, preferences={**modest.preferences, "North": sheet})
    found = interim(modest)
    (water_and_power, power_and_dams) = [p for settled in found.sets for p in settled.packages]
    # North has 70, and could have no more; South could still have the joint dams.
    assert water_and_power.would_stop == ("North",)
    assert sentence(water_and_power, found, modest) == (
        "Water: high and Power: much (North +20, South +40). A full settlement that keeps to it is "
        "possible. But North would have no less by stopping here (70) than in any full settlement "
        "(at best 70). Still open, and acceptable to all: packages A and B. At best it could then "
        "still bring South 80 instead of 95."
    )
    # South asks for more than 35, so only the high release remains.
    assert power_and_dams.would_stop == ("North",)
    assert sentence(power_and_dams, found, modest) == (
        "Power: some and Dams: joint (North +5, South +15). This leaves South at 35, still below "
        "the 38 that it counts on without agreement. A full settlement that keeps to it is "
        "possible. But North would have more by stopping here (55) than in any full settlement "
        "(at best 25). It is settled otherwise in packages A and B. At best it could then still "
        "bring North 25 instead of 70."
    )


def test_that_nothing_can_be_settled_now_is_told() -> None:
    found = interim(river(), issues=1)
    assert explain(found, river()) == (
        "No set of issues of up to 1 issue could be settled now to everyone's gain.",
    )


def test_a_case_without_status_quo_is_refused() -> None:
    with pytest.raises(SettlementError, match="the case states no status quo"):
        interim(replace(river(), status_quo=None))


def test_work_that_is_stopped_says_how_far_it_came() -> None:
    watch = Watch()

    def stop(progress: Progress) -> None:
        if progress.stage == "interim packages of 2 issues" and progress.done == 1:
            watch.stop()

    watch.report = stop
    found = interim(river(), watch=watch)
    assert (found.complete, found.stopped) == (1, True)
    assert gains(found) == {("water", "power"): [(20, 40)]}
    assert found.sets[0].packages[0].after is None
    assert explain(found, river())[0] == (
        "1 smallest set of issues found that could be settled now before the work was ended; "
        "those of up to 1 issue are all there."
    )
