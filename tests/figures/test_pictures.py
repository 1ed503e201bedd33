"""Parallel coordinates, who gets what, trades and leeways: what the pictures show."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from goodoffices.case import Case
from goodoffices.figures import leeway_chart, profiles, trade_diagram, who_gets_what
from goodoffices.figures.theme import PACKAGE_DASHES, PACKAGE_SHAPES, colour, dash, shape
from goodoffices.settlement.sensitivity import sensitivity
from goodoffices.settlement.solutions import Settlement
from goodoffices.settlement.trades import trades
from tests.figures.specs import marked, texts, title


def test_profiles_draw_every_solution_at_its_utilities(aral: Case, settled: Settlement) -> None:
    chart = profiles(aral, settled.frontier, settled.solutions)
    lines = {tuple(row["y"] for row in group) for group in marked(chart, "line") if len(group) == 3}
    assert lines == {(68.0, 60.0, 80.0), (73.0, 53.0, 64.0), (75.0, 51.0, 58.0), (62.0, 66.0, 90.0)}


def test_profiles_name_the_parties_and_what_they_keep(aral: Case, settled: Settlement) -> None:
    chart = profiles(aral, settled.frontier, settled.solutions)
    expected = {"The North", "The South", "The Coast", "keeps 60", "keeps 35", "keeps 30"}
    assert expected <= texts(chart)


def test_profiles_thin_a_long_frontier_and_say_so(aral: Case, settled: Settlement) -> None:
    points = settled.frontier.points * 10
    chart = profiles(aral, replace(settled.frontier, points=points))
    faint = [row for group in marked(chart, "line") for row in group if "line" in row]
    assert len(faint) == 3 * 244
    assert "Drawn: 244 of 1,220 points of the frontier." in title(chart)[1]


def test_profiles_of_different_scales_are_in_percent(aral: Case, settled: Settlement) -> None:
    north = replace(aral.preferences["North"], scale=Fraction(200))
    case = replace(aral, preferences={**aral.preferences, "North": north})
    (ticks,) = marked(profiles(case, settled.frontier), "tick")
    assert [tick["y"] for tick in ticks] == [30.0, 35.0, 30.0]


def test_who_gets_what_shows_each_issue_for_each_party(aral: Case, settled: Settlement) -> None:
    package = settled.solutions[0].outcomes[0]
    chart = who_gets_what(aral, package, name="Package A")
    assert title(chart)[0] == "Package A gives The North 68, The South 60 and The Coast 80 points"
    bars = marked(chart, "bar")
    gets = [row["gets"] for row in bars[0]]
    assert gets == [0.0, 40.0, 20.0, 0.0, 2.0, 6.0, 0.0]
    assert {"50 million a year", "40 of 40", "nothing at stake", "+5", "Together"} <= texts(chart)


def test_who_gets_what_leaves_out_combinations_where_none_count(
    aral: Case, settled: Settlement
) -> None:
    package = settled.solutions[1].outcomes[0]
    assert "Together" not in texts(who_gets_what(aral, package))


def test_the_trade_diagram_shows_gains_costs_and_the_whole(aral: Case) -> None:
    assert aral.status_quo is not None
    trade = trades(aral, aral.status_quo).trades[0]
    chart = trade_diagram(aral, trade)
    assert title(chart)[0] == (
        "Summer release and Winter power payment: "
        "The North gains 14, The South gains 13 and The Coast gains 14"
    )
    points = [[row["points"] for row in group] for group in marked(chart, "bar")]
    assert points == [[-10.0, 24.0, 14.0], [22.0, -9.0, 13.0], [14.0, 0.0, 14.0]]
    assert {"Low (as today) → Middle", "−10", "+22", "no change", "In all"} <= texts(chart)


def test_a_trade_that_leaves_a_party_as_it_was_says_so(aral: Case) -> None:
    assert aral.status_quo is not None
    found = trades(aral, aral.status_quo)
    (trade, *_) = [t for t in found.trades if 0 in t.gains]
    assert title(trade_diagram(aral, trade))[0].endswith("and nobody loses")


def test_leeways_end_in_a_bar_only_where_the_solution_changes(aral: Case) -> None:
    found = sensitivity(aral)
    chart = leeway_chart(aral, found, most=6)
    (ends,) = marked(chart, "tick")
    shown = found.leeways[:6]
    changes = [leeway.below for leeway in shown] + [leeway.above for leeway in shown]
    assert len(ends) == sum(change is not None for change in changes)
    (dots,) = marked(chart, "point")
    assert [dot["value"] for dot in dots] == [float(leeway.number.value) for leeway in shown]


def test_leeways_are_titled_by_the_most_delicate_number(aral: Case) -> None:
    assert title(leeway_chart(aral, sensitivity(aral)))[0] == (
        "The Nash solution changes once the weight of “Summer release”, as The North states it, "
        "moves by 0.9"
    )


def test_packages_are_told_apart_without_colour() -> None:
    looks = [(shape(k), tuple(dash(k))) for k in range(7)]
    assert len(set(looks)) == len(PACKAGE_SHAPES) == len(PACKAGE_DASHES) == 7
    assert len({colour(k) for k in range(7)}) == 7
