"""Questions about cases that are valid: each when it should be asked, and not otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from goodoffices.case import CHECKS, Case, case_from_text, checks, read
from goodoffices.case.checking import space

PARTIES = "parties: [North, South]\n"
CASE = f"""\
title: The river
{PARTIES}issues:
  - {{id: water, options: [low, middle, high]}}
  - {{id: price, range: {{from: 0, to: 40, step: 10}}}}
  - {{id: dams, options: [joint, sold]}}
"""
NORTH = """\
party: North
weights: {water: 50, price: 30, dams: 20}
scores:
  water: {low: 100, middle: 60, high: 0}
  price: {0: 0, 40: 100}
  dams: {joint: 0, sold: 100}
reservation: 40
"""
SOUTH = """\
party: South
weights: {water: 60, price: 30, dams: 10}
scores:
  water: {low: 0, middle: 60, high: 100}
  price: {0: 100, 40: 0}
  dams: {joint: 100, sold: 0}
reservation: 30
"""


def case_of(public: str = CASE, north: str = NORTH, south: str = SOUTH, **more: str) -> Case:
    sheets = {"North": north, "South": south, **more}
    files = {f"preferences/{party}.yaml": text for party, text in sheets.items()}
    return case_from_text({"case.yaml": public, **files})


def advice(public: str = CASE, north: str = NORTH, south: str = SOUTH, **more: str) -> list[str]:
    return [f"{a.id} {a.path}: {a.message}" for a in checks(case_of(public, north, south, **more))]


def swap(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_nothing_is_asked_about_a_plain_case() -> None:
    assert advice() == []


def test_nothing_is_asked_of_a_case_without_preferences() -> None:
    assert checks(case_of().public()) == ()


def test_every_check_is_listed_and_every_one_listed_is_tested() -> None:
    named = set(re.findall(r"case\.W[0-9]{3}", Path(__file__).read_text(encoding="utf-8")))
    assert set(CHECKS) == named
    assert all(sentence.endswith(".") for sentence in CHECKS.values())


def test_same_names() -> None:
    public = swap(CASE, "id: dams, options: [joint", "id: dams, name: water, options: [joint")
    public = swap(public, "[low, middle, high]", "[low, {id: middle, name: low}, high]")
    assert advice(public) == [
        "case.W101 issues: 'water', 'dams' have the same name, 'water'. "
        "How would a reader of the brief tell them apart?",
        "case.W101 issues.water.options: 'low', 'middle' have the same name, 'low'. "
        "How would a reader of the brief tell them apart?",
    ]


STANDING = [re.sub("reservation: .*", "reservation: status quo", s) for s in (NORTH, SOUTH)]
"""Sheets of parties that keep what the status quo is worth to them."""


def test_a_status_quo_that_could_not_be_agreed() -> None:
    rules = """\
status_quo: {water: low, price: 0, dams: sold}
constraints:
  - {id: c1, forbid: {water: low, dams: sold}}
  - {id: c2, forbid: {water: low}, unless: {price: 0}}
  - {id: c3, require: {dams: joint}}
"""
    assert advice(CASE + rules, *STANDING) == [
        "case.W102 status_quo: The status quo does not satisfy the constraint (not allowed: water "
        "is low and dams is sold), the constraint (always: dams is joint), so it could not be "
        "agreed as it stands. Is that meant?"
    ]


TODAY = "status_quo: {water: middle, price: 0, dams: sold}\n"


def test_a_red_line_that_the_status_quo_crosses() -> None:
    lines = "red_lines: [{never: {water: low}}, {never: {water: [middle, high], dams: sold}}]\n"
    north, south = STANDING
    assert advice(CASE + TODAY, north + lines, south) == [
        "case.W128 preferences.North.red_lines: The status quo crosses a red line of North (never: "
        "water is middle or high and dams is sold), so North would sign no agreement that leaves "
        "this as it stands. Is that meant?"
    ]
    assert advice(CASE, NORTH + lines) == []


# The status quo of these cases is worth 50 to North.
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("reservation: 40", "reservation: 50", ""),
        ("reservation: 40", "reservation: [40, 50]", ""),
        ("reservation: 40", "reservation: status quo", ""),
        (
            "reservation: 40",
            "reservation: 49",
            "49 points, and the status quo is worth 50 points",
        ),
        (
            "reservation: 40",
            "reservation: [1, 49.5]",
            "at most 49.5 points, and the status quo is worth 50 points",
        ),
        (
            "water: 50, price: 30, dams: 20}",
            "water: [45, 55], price: 30, dams: [15, 25]}",
            "40 points, and the status quo is worth at least 42 points",
        ),
        ("middle: 60", "middle: [20, 60]", ""),
        ("middle: 60, ", "", ""),
        ("price: 30, dams: 20}", "price: 30}", ""),
    ],
)
def test_a_reservation_below_the_status_quo(old: str, new: str, said: str) -> None:
    found = advice(CASE + TODAY, swap(NORTH, old, new), STANDING[1])
    wanted = (
        f"case.W129 preferences.North.reservation: North would accept {said} to it, so it would "
        "accept less than it already has. Does it expect to lose some of that without an agreement?"
    )
    assert [line for line in found if "W129" in line] == ([wanted] if said else [])


def test_interactions_count_in_what_the_status_quo_is_worth() -> None:
    more = "interactions: [{when: {dams: sold}, unless: {water: low}, add: -10.5}]\n"
    assert advice(CASE + TODAY, NORTH + more, STANDING[1]) == []


def test_a_guarantor_who_is_silent() -> None:
    public = swap(CASE, "North, South]", "North, South, {id: Coast, role: guarantor}]")
    assert advice(public) == [
        "case.W103 parties.Coast: Coast is a guarantor and has no preferences file, so "
        "agreements are sought without its consent. Is that meant?"
    ]
    assert advice(public, Coast=NORTH.replace("North", "Coast")) == []


def test_an_issue_on_which_all_want_the_same() -> None:
    south = swap(SOUTH, "dams: {joint: 100, sold: 0}", "dams: {joint: 50, sold: 70}")
    said = (
        "case.W111 issues.dams: No party wants another option more than 'sold'. "
        "Is the issue still in dispute?"
    )
    assert advice(south=south) == [said]
    # Not caring is no dispute either; but with an interaction, what is best there depends.
    assert advice(south=swap(SOUTH, "price: 30, dams: 10", "price: 40, dams: 0")) == [said]
    assert advice(south=south + "interactions: [{when: {dams: joint}, add: 9}]\n") == []


def test_an_issue_of_no_weight() -> None:
    north = swap(NORTH, "price: 30, dams: 20", "price: 50, dams: 0")
    south = swap(SOUTH, "price: 30, dams: 10", "price: 40, dams: 0")
    assert advice(north=north, south=south) == [
        "case.W112 issues.dams: No party gives 'dams' any weight. Does it belong in the case?"
    ]
    assert (
        advice(north=north + "interactions: [{when: {dams: joint}, add: 9}]\n", south=south) == []
    )


def test_an_option_that_nobody_would_miss() -> None:
    north = swap(NORTH, "middle: 60", "middle: 0")
    south = swap(SOUTH, "middle: 60", "middle: 100")
    public = swap(CASE, "[low, middle, high]", "[low, middle, high, flood]")
    both = [swap(sheet, "middle: 60", "middle: 60, flood: 40") for sheet in (NORTH, SOUTH)]
    said = (
        "case.W113 issues.water.options: Nobody would miss 'flood': another option is at least "
        "as good for every party and better for one. Is it still needed?"
    )
    assert advice(public, *both) == [said]
    assert advice(public + "constraints: [{forbid: {water: middle, price: 0}}]\n", *both) == []
    # Worth the same to all: either may stay.
    assert advice(north=north, south=south) == []


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("{water: 50, price: 30, dams: 15}", "weights add up to 95, not 100."),
        ("{water: 50, price: 30, dams: 30}", "weights add up to 110, not 100."),
        ("{water: [40, 50], price: 30, dams: 15}", "weights add up to between 85 and 95, not 100."),
        ("{water: 1/3, price: 1/3, dams: 0.333333}", "weights add up to about 1, not 100."),
    ],
)
def test_weights_that_do_not_add_up(weights: str, said: str) -> None:
    north = swap(NORTH, "{water: 50, price: 30, dams: 20}", weights)
    found = [line for line in advice(north=north) if "W135" not in line]
    assert found == [
        f"case.W121 preferences.North.weights: North's {said} Is one missing or mistyped?"
    ]


def test_weights_that_almost_add_up() -> None:
    weights = "{water: 50, price: 30, dams: 19.9999999999}"
    assert advice(north=swap(NORTH, "{water: 50, price: 30, dams: 20}", weights)) == [
        "case.W121 preferences.North.weights: North's weights fall short of 100 by 0.0000000001. "
        "Is one missing or mistyped?"
    ]


def test_intervals_that_may_add_up_are_not_asked_about() -> None:
    weights = "{water: [40, 60], price: 30, dams: [15, 25]}"
    assert advice(north=swap(NORTH, "{water: 50, price: 30, dams: 20}", weights)) == []


def test_no_weight_at_all() -> None:
    north = swap(NORTH, "{water: 50, price: 30, dams: 20}", "{water: 0, price: 0, dams: 0}")
    north = swap(north, "reservation: 40", "reservation: 0")
    assert advice(north=north) == [
        "case.W111 issues.water: No party wants another option more than 'high'. "
        "Is the issue still in dispute?",
        "case.W111 issues.price: No party wants another option more than '0'. "
        "Is the issue still in dispute?",
        "case.W111 issues.dams: No party wants another option more than 'joint'. "
        "Is the issue still in dispute?",
        "case.W122 preferences.North.weights: All weights of North are 0, so every agreement is "
        "worth the same to it. Is that meant?",
    ]


def test_no_reservation() -> None:
    assert advice(north=swap(NORTH, "reservation: 40\n", "")) == [
        "case.W123 preferences.North.reservation: North states no reservation value, so 0 is "
        "taken for what it keeps without an agreement. What would it have?"
    ]


def test_a_score_off_the_scale() -> None:
    north = swap(swap(NORTH, "low: 100", "low: 101"), "high: 0", "high: -1")
    assert advice(north=north) == [
        "case.W124 preferences.North.scores.water: North's score of 'low', 'high' lies outside "
        "0 to 100. Is it mistyped?"
    ]


def test_a_gap() -> None:
    north = swap(NORTH, "price: 30, dams: 20", "price: 30")
    south = swap(SOUTH, "middle: 60, ", "")
    assert advice(north=north, south=south) == [
        "case.W125 preferences.North.weights: North's weights leave out 'dams', so answers allow "
        "for any number there. Was it forgotten, or is it not known?",
        "case.W125 preferences.South.scores.water: South's scores of 'water' leave out 'middle', "
        "so answers allow for any number there. Was it forgotten, or is it not known?",
    ]


def test_what_is_said_in_rankings_alone_leaves_no_gap() -> None:
    sheet = "reservation: 0\nrankings: [{issues: [water, price]}]\n"
    assert advice(north="party: North\n" + sheet, south="party: South\n" + sheet) == []


@pytest.mark.parametrize(
    ("rankings", "said"),
    [
        (
            "rankings: [{issues: [water, dams]}, {issues: [dams, price]}, "
            "{issues: [[price, water]]}]",
            "rankings of issues go in a circle: 'water', 'dams', 'price', 'water'.",
        ),
        (
            "rankings: [{issue: water, options: [low, high]}, "
            "{issue: water, options: [high, low]}]",
            "rankings of the options of 'water' go in a circle: 'low', 'high', 'low'.",
        ),
        (
            "rankings: [{issue: water, options: [low, [middle, high]]}]\n"
            "comparisons: [{prefers: {water: high}, to: {water: low}}]",
            "rankings of the options of 'water' go in a circle: 'low', 'middle', 'high', 'low'.",
        ),
    ],
)
def test_rankings_in_a_circle(rankings: str, said: str) -> None:
    north = f"party: North\nreservation: 0\n{rankings}\n"
    assert advice(north=north) == [
        f"case.W126 preferences.North.rankings: North's {said} Which of them holds?"
    ]


@pytest.mark.parametrize(
    "rankings",
    [
        "rankings: [{issues: [water, dams]}, {issues: [water, price, dams]}]",
        "rankings: [{issues: [[water, dams]]}, {issues: [[dams, water]]}]",
        "comparisons: [{prefers: {water: low}, to: {water: high}}, "
        "{prefers: {water: high}, to: {water: low}}]",
    ],
)
def test_rankings_that_agree(rankings: str) -> None:
    assert advice(north=f"party: North\nreservation: 0\n{rankings}\n") == []


def test_a_ranking_against_the_numbers_beside_it() -> None:
    rankings = (
        "rankings: [{issues: [dams, [price, water]]}, {issue: water, options: [low, high]}, "
        "{issue: water, options: [high, middle]}]\n"
    )
    north = swap(NORTH, "water: 50", "water: [40, 50]") + rankings
    assert advice(north=north) == [
        "case.W127 preferences.North.rankings: North ranks 'price' no lower than 'water', but "
        "gives them weights of 30 and 40 to 50. Which holds?",
        "case.W127 preferences.North.rankings: North ranks 'dams' no lower than 'water', but "
        "gives them weights of 20 and 40 to 50. Which holds?",
        "case.W127 preferences.North.rankings: North ranks 'high' no lower than 'middle', but "
        "gives them scores of 0 and 60. Which holds?",
    ]


def test_comparisons_against_exact_numbers() -> None:
    said = """\
comparisons:
  - {prefers: {water: high}, to: {water: low}}
  - equal: [{water: low, dams: joint}, {water: middle, dams: sold}]
  - equal: [{water: low}, {water: high}]
  - {prefers: {water: low}, to: {water: high}}
"""
    assert advice(north=NORTH + said) == [
        "case.W127 preferences.North.comparisons[1]: North says that (water: high) is at least as "
        "good as (water: low), but by its weights and scores it is worth 50 points less. "
        "Which holds?",
        "case.W127 preferences.North.comparisons[3]: North says that (water: low) is as good as "
        "(water: high), but by its weights and scores it is worth 50 points more. Which holds?",
    ]


def test_comparisons_against_numbers_that_are_not_all_known() -> None:
    said = "comparisons: [{prefers: {water: high, dams: joint}, to: {water: low, dams: sold}}]\n"
    north = swap(NORTH, "water: 50", "water: [40, 50]") + said
    assert advice(north=north) == [
        "case.W127 preferences.North.comparisons[1]: North says that (water: high, dams: joint) is "
        "at least as good as (water: low, dams: sold), but by its weights and scores it is worth "
        "60 to 70 points less. Which holds?"
    ]
    exchange = "interactions: [{when: {dams: joint, price: 0}, add: 60}]\n"
    assert advice(north=north + exchange) == []
    alone = "interactions: [{when: {dams: joint}, add: 50}, {when: {price: 0}, add: 500}]\n"
    assert [line.partition(":")[0] for line in advice(north=north + alone)] == [
        "case.W127 preferences.North.comparisons[1]"
    ]
    assert advice(north=swap(north, "low: 100, middle: 60, high: 0", "middle: 60")) == [
        "case.W125 preferences.North.scores.water: North's scores of 'water' leave out 'low', "
        "'high', so answers allow for any number there. Was it forgotten, or is it not known?"
    ]


def test_constraints_that_leave_nothing() -> None:
    rules = """\
constraints:
  - {require: {price: 0}, when: {dams: joint}}
  - {require: {price: [30, 40]}, when: {dams: sold}}
  - {forbid: {price: 0}, unless: {water: low}}
  - {forbid: {price: {from: 30}}, unless: {water: high}}
  - forbid: {water: [low, high]}
"""
    assert advice(CASE + rules) == [
        "case.W131 constraints: The constraints together forbid every outcome. "
        "Which of them could be relaxed?"
    ]
    assert advice(CASE + rules.replace("[low, high]", "low")) == []


def test_red_lines_of_one_party_that_leave_nothing() -> None:
    rules = "constraints: [{require: {dams: sold}, when: {water: [low, middle]}}]\n"
    lines = "red_lines: [{never: {water: high}}, {never: {dams: sold}}]\n"
    assert advice(CASE + rules, NORTH + lines) == [
        "case.W132 preferences.North.red_lines: North's red lines rule out every outcome that the "
        "constraints allow. Which of them would it sign after all?"
    ]
    assert advice(CASE, NORTH + lines) == []


def test_red_lines_of_all_that_leave_nothing() -> None:
    north = NORTH + "red_lines: [{never: {dams: joint}}]\n"
    south = SOUTH + "red_lines: [{never: {dams: sold}}]\n"
    assert advice(north=north, south=south) == [
        "case.W133 preferences: The red lines of North and South together rule out every outcome "
        "that the constraints allow. Which of them would be moved for the right agreement?"
    ]


def test_what_is_not_decided_is_said_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "MOST_STEPS", 3)
    rules = "constraints: [{forbid: {water: low}}, {forbid: {dams: sold, price: 0}}]\n"
    assert advice(CASE + rules) == [
        "case.W134 constraints: Whether the constraints and red lines leave any outcome could not "
        "be decided quickly. Could they be said with fewer statements?"
    ]


@pytest.mark.parametrize(
    ("more", "least", "best"),
    [
        ("", "101", "the best outcome it may sign is worth 100 to it"),
        (
            "red_lines: [{never: {water: low}}]\n",
            "81",
            "the best outcome it may sign is worth 80 to it",
        ),
        (
            "interactions: [{when: {water: low}, unless: {dams: joint}, add: -30}]\n",
            "80.5",
            "the best outcome it may sign is worth 80 to it",
        ),
        (
            "interactions: [{when: {water: high, dams: joint}, add: 60}]\n",
            "100.1",
            "the best outcome it may sign is worth 100 to it",
        ),
    ],
)
def test_a_reservation_out_of_reach(more: str, least: str, best: str) -> None:
    north = swap(NORTH, "reservation: 40", f"reservation: {least}") + more
    assert advice(north=north) == [
        f"case.W135 preferences.North.reservation: North's reservation value is {least}, and "
        f"{best}. Is one of the numbers mistyped, or is there nothing to be had for it?"
    ]
    reachable = re.findall(r"worth (\d+)", best)[0]
    assert advice(north=swap(north, f"reservation: {least}", f"reservation: {reachable}")) == []


def test_a_reservation_out_of_reach_of_intervals() -> None:
    north = swap(NORTH, "water: 50", "water: [40, 50]")
    north = swap(north, "reservation: 40", "reservation: [101, 110]")
    assert advice(north=north) == [
        "case.W135 preferences.North.reservation: North's reservation value is 101, and no outcome "
        "it may sign is worth more than 100 to it. Is one of the numbers mistyped, or is there "
        "nothing to be had for it?"
    ]


def test_a_bound_is_enough_when_the_best_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "MOST_STEPS", 1)
    north = swap(NORTH, "reservation: 40", "reservation: 200")
    north += "interactions: [{when: {water: high, dams: joint}, add: 60}]\n"
    assert advice(north=north) == [
        "case.W135 preferences.North.reservation: North's reservation value is 200, and no outcome "
        "it may sign is worth more than 160 to it. Is one of the numbers mistyped, or is there "
        "nothing to be had for it?"
    ]


def test_preferences_of_a_party_without_a_say_are_not_asked_for() -> None:
    case = case_of()
    north = replace(case.preferences["North"], reservation=None)
    assert [a.id for a in checks(replace(case, preferences={"North": north}))] == ["case.W123"]


@pytest.mark.parametrize("name", ["aral", "camp-david", "istanbul"])
def test_the_examples_raise_no_question_but_of_reservations(examples: Path, name: str) -> None:
    assert {advice.id for advice in checks(read(examples / name))} <= {"case.W123"}
