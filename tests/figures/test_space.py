"""Utility space: what is where, and what the picture says about itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import altair as alt
import pytest

from goodoffices.case import Case
from goodoffices.errors import SettlementError
from goodoffices.figures import utility_space
from goodoffices.figures.spots import ACCEPTABLE, OTHER, REFUSED
from goodoffices.settlement.frontier import Frontier, FrontierPoint
from goodoffices.settlement.solutions import Settlement
from tests.figures.specs import Spec, layers, marked, spec, texts, title


def dots(chart: alt.LayerChart) -> list[Spec]:
    """The rows of the layer with all packages."""
    (found,) = [group for group in marked(chart, "point") if "kind" in group[0]]
    return found


def test_every_frontier_point_is_drawn_where_its_utilities_are(
    aral: Case, settled: Settlement
) -> None:
    shown = dots(utility_space(aral, settled.frontier))
    drawn = {(dot["x"], dot["y"]) for dot in shown if dot["kind"] == ACCEPTABLE}
    expected = {
        (float(point.utilities[0]), float(point.utilities[1]))
        for point in settled.frontier.points
        if point.acceptable
    }
    assert drawn == expected


def test_all_three_kinds_of_package_are_told_apart(aral: Case, settled: Settlement) -> None:
    assert {dot["kind"] for dot in dots(utility_space(aral, settled.frontier))} == {
        ACCEPTABLE,
        REFUSED,
        OTHER,
    }


def test_solutions_and_status_quo_are_marked_at_their_utilities(
    aral: Case, settled: Settlement
) -> None:
    chart = utility_space(aral, settled.frontier, settled.solutions, pair=("South", "Coast"))
    pins = {
        (row["x"], row["y"]) for group in marked(chart, "point") for row in group if len(row) == 2
    }
    assert pins == {(60.0, 80.0), (53.0, 64.0), (51.0, 58.0), (66.0, 90.0), (35.0, 0.0)}
    assert {"A: Nash, maximum Nash welfare", "D: utilitarian", "Status quo"} <= texts(chart)


def test_the_package_at_hand_is_marked(aral: Case, settled: Settlement) -> None:
    package = settled.solutions[0].outcomes[0]
    chart = utility_space(aral, settled.frontier, package=package)
    assert "Package at hand" in texts(chart)


def test_the_region_somebody_would_refuse_ends_at_the_reservation_values(
    aral: Case, settled: Settlement
) -> None:
    ((left, below),) = marked(utility_space(aral, settled.frontier), "rect")
    assert (left["x2"], below["y2"]) == (60.0, 35.0)


def test_reservation_values_move_with_the_months(aral: Case, settled: Settlement) -> None:
    chart = utility_space(aral, settled.frontier, months=Fraction(10))
    assert "The South keeps 30 without agreement" in texts(chart)


def test_axes_name_their_party_and_its_unit(aral: Case, settled: Settlement) -> None:
    chart = utility_space(aral, settled.frontier, pair=("Coast", "North"))
    whole = spec(chart)
    titles = {
        channel: layer["encoding"][channel]["title"]
        for layer in layers(whole)
        for channel in ("x", "y")
        if "title" in layer["encoding"].get(channel, {})
    }
    assert titles == {
        "x": "The Coast: utility (points out of 100)",
        "y": "The North: utility (points out of 100)",
    }


def test_the_title_says_what_is_acceptable(aral: Case, settled: Settlement) -> None:
    said, reading = title(utility_space(aral, settled.frontier))
    assert said == "46 of 122 points on the frontier are acceptable to all"
    assert "The other party cannot be seen here." in reading


def test_a_frontier_of_many_points_is_thinned_and_says_so(aral: Case, settled: Settlement) -> None:
    first = settled.frontier.points[0]
    many: tuple[FrontierPoint, ...] = tuple(
        replace(
            first, utilities=(first.utilities[0] + k, first.utilities[1] - k, first.utilities[2])
        )
        for k in range(20_000)
    )
    frontier: Frontier = replace(settled.frontier, points=many)
    chart = utility_space(aral, frontier)
    assert len(dots(chart)) < 2_000
    assert "the others would cover them" in title(chart)[1]


def test_thinning_keeps_what_is_acceptable(aral: Case, settled: Settlement) -> None:
    first = settled.frontier.points[0]
    near = [
        replace(
            first, utilities=tuple(u + k * u / 10**6 for u in first.utilities), acceptable=k == 7
        )
        for k in range(1, 5_000)
    ]
    chart = utility_space(aral, replace(settled.frontier, points=tuple(near)))
    assert sum(dot["kind"] == ACCEPTABLE for dot in dots(chart)) == 1


def test_an_incomplete_frontier_says_so(aral: Case, settled: Settlement) -> None:
    chart = utility_space(aral, replace(settled.frontier, exact=False))
    assert "The frontier is not complete." in title(chart)[1]


def test_a_party_that_need_not_consent_has_no_axis(aral: Case, settled: Settlement) -> None:
    with pytest.raises(SettlementError) as caught:
        utility_space(aral, settled.frontier, pair=("North", "observer"))
    assert str(caught.value) == (
        "'observer' is not a party that must consent. Parties: North, South, Coast."
    )


def test_one_party_alone_is_no_plane(aral: Case, settled: Settlement) -> None:
    with pytest.raises(SettlementError) as caught:
        utility_space(aral, settled.frontier, pair=("North", "North"))
    assert str(caught.value) == ("Utility space needs two different parties; given: North, North.")
