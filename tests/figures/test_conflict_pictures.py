"""What the pictures of a graph model show: improvements, answers, and reasons to stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goodoffices.case.model import Party
from goodoffices.errors import StabilityError
from goodoffices.figures import route_tree, state_graph, to_svg, verdict_table
from goodoffices.stability import Model, Ordering, read_model
from goodoffices.stability.evolution import evolution
from goodoffices.stability.hypercube import Hypercube
from tests.figures.specs import marked, title

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.fixture(scope="module")
def garrison() -> Model:
    return read_model(EXAMPLES / "garrison" / "model.yaml")


def chicken(bits: int = 1) -> Model:
    cube = Hypercube((("both",) * bits, ("both",)))
    north = np.arange(cube.size, dtype=np.int32)
    return Model(
        title="Two",
        parties=(Party(id="North"), Party(id="South")),
        graph=cube,
        orderings=(Ordering(ranks=north), Ordering(ranks=north[::-1].copy())),
    )


def test_every_improvement_is_an_arrow_and_no_other_move() -> None:
    # North takes its action (1 to 2, 3 to 4), South gives its own up (3 to 1, 4 to 2).
    (arrows,) = marked(state_graph(chicken()), "rule")
    assert [row["party"] for row in arrows] == ["North", "North", "South", "South"]
    assert title(state_graph(chicken()))[0] == "Two: state 2 may last"


def test_a_state_is_explained_by_its_temptations_and_the_answers(garrison: Model) -> None:
    # The answer to 6 -> 2 that needs a party to move again after another: 2 -> 1 -> 4 -> 3.
    chart = state_graph(garrison, garrison.state("6"), "gmr")
    faint, thick = marked(chart, "rule")
    assert [row["party"] for row in thick] == [
        "Canadian Opposition",
        "US Support",
        "US Opposition",
        "US Support",
    ]
    assert len(faint) + 1 + 3 >= len(marked(state_graph(garrison), "rule")[0])
    assert "state 6" in title(chart)[1]


def test_a_state_nobody_is_tempted_to_leave_says_so(garrison: Model) -> None:
    chart = state_graph(garrison, garrison.state("2"))
    assert "Nothing tempts anybody away from state 2." in title(chart)[1]


def test_too_many_states_are_not_drawn() -> None:
    with pytest.raises(StabilityError, match="The picture of 64 states could not be read"):
        state_graph(chicken(5))


def test_the_table_names_the_strongest_reason_to_stay(garrison: Model) -> None:
    (cells,) = marked(verdict_table(garrison, [garrison.state("6"), garrison.state("2")]), "rect")
    assert [(row["state"], row["word"]) for row in cells if row["party"].startswith("Can")] == [
        ("2", "Nash"),
        ("6", "SMR"),
    ]


def test_the_table_of_many_states_keeps_those_that_hold() -> None:
    (cells,) = marked(verdict_table(chicken(6)), "rect")
    assert 0 < len({row["state"] for row in cells}) <= 40
    assert all(row["word"] != "leaves" for row in cells)


def test_pictures_are_drawn_without_a_network(garrison: Model) -> None:
    for chart in (state_graph(garrison), verdict_table(garrison)):
        assert to_svg(chart).startswith("<svg")


def test_the_tree_shows_each_step_and_who_makes_it() -> None:
    model = read_model(EXAMPLES / "elmira")
    start = model.state("1")
    chart = route_tree(model, start, evolution(model, [model.state("8"), model.state("5")], start))
    (lines,) = marked(chart, "rule")
    assert [(row["who"].replace("\n", " "), row["kind"]) for row in lines] == [
        ("Local Government", "every move is a gain for its mover"),
        ("Ministry of the Environment and Uniroyal Chemical", "gains, the last by moving together"),
    ]
    labels = [row["label"] for group in marked(chart, "point") for row in group if row["dark"]]
    assert sorted(labels) == ["5", "8"]


def test_a_state_that_nothing_leads_to_is_named() -> None:
    model = chicken()
    blocks = (("forward",), ("both",))
    one_way = replace(model, graph=Hypercube(blocks))
    chart = route_tree(one_way, 1, evolution(one_way, [0], 1))
    assert "From here nothing leads to state 1." in title(chart)[1]
