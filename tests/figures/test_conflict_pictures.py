"""What the pictures of a graph model show: improvements, answers, and reasons to stay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goodoffices.case.model import Party
from goodoffices.errors import StabilityError
from goodoffices.figures import state_graph, to_svg, verdict_table
from goodoffices.stability import Model, Ordering, read_model
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
        "Canadian opposition",
        "Supporters in the United States",
        "Opponents in the United States",
        "Supporters in the United States",
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
