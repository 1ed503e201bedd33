"""How the present state could come to hold: Elmira as the literature tells it, and small graphs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goodoffices.case.model import Party
from goodoffices.errors import StabilityError
from goodoffices.stability import Model, Ordering, read_model
from goodoffices.stability.evolution import evolution
from goodoffices.stability.evolution_words import route_words
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.paths import Step, reach
from goodoffices.stability.witness import witness


def cube(feasible: list[bool] | None, *ranks: list[int]) -> Model:
    return Model(
        title="Two",
        parties=(Party(id="North"), Party(id="Coast")),
        graph=Hypercube((("both",), ("both",)), None if feasible is None else np.array(feasible)),
        orderings=tuple(Ordering(ranks=np.array(own, np.int32)) for own in ranks),
        status_quo=0,
    )


def test_elmira(examples: Path) -> None:
    """Read in the guide to GMCR+: one improvement from the status quo, and one joint one on."""
    elmira = read_model(examples / "elmira")
    ministry, uniroyal, government = (elmira.party(p) for p in ("MoE", "Uniroyal", "LocalGov"))
    one, five, eight, nine = (elmira.state(label) for label in "1589")
    everybody = range(3)
    assert reach(elmira.graph, one, everybody, ranks=elmira.ranks).states.tolist() == [five]
    to_five, to_eight, to_nine = evolution(elmira, [five, eight, nine])
    assert (to_five.kind, to_five.path) == ("improvements", (Step((government,), five),))
    assert to_eight.kind == "agreement"
    assert to_eight.path == (Step((government,), five), Step((ministry, uniroyal), eight))
    assert to_eight.moves is not None
    assert len(to_eight.moves) == 3
    assert (to_nine.kind, to_nine.path) == ("moves", (Step((uniroyal,), nine),))


def test_garrison_six_is_held_by_a_party_that_moves_again(examples: Path) -> None:
    """Computed: the answer needs the supporters to move twice, with the opposition in between."""
    garrison = read_model(examples / "garrison")
    opposition = next(n for n, p in enumerate(garrison.parties) if "Canad" in str(p))
    found = witness(garrison, opposition, garrison.state("6"), "gmr")
    (answer,) = found.answers
    assert garrison.label(answer.improvement) == "2"
    assert [(step.movers[0], garrison.label(step.state)) for step in answer.path] == [
        (0, "1"),
        (1, "4"),
        (0, "3"),
    ]


def test_words_of_every_kind_of_way() -> None:
    model = cube(None, [1, 0, 2, 3], [1, 0, 2, 3])
    kinds = {r.state: (r.kind, route_words(model, r, 0)) for r in evolution(model, range(4))}
    assert kinds == {
        0: ("here", "State 1 is where things stand."),
        1: ("moves", "State 2: North moves to state 2, worse for itself."),
        2: ("improvements", "State 3: Coast moves to state 3. Everyone gains from its own move."),
        3: (
            "improvements",
            "State 4: Coast moves to state 3, then North to state 4. Everyone gains from its own "
            "move.",
        ),
    }
    trap = cube(None, [1, 0, 0, 2], [1, 0, 0, 2])
    (route,) = evolution(trap, [3])
    assert route_words(trap, route, 0) == (
        "State 4: North and Coast move at once to state 4. Nobody gets there alone; together they "
        "all gain by the last step."
    )
    apart = cube([True, False, False, True], [1, 0, 0, 0], [1, 0, 0, 2])
    (route,) = evolution(apart, [3])
    assert route_words(apart, route, 0) == (
        "State 2: only if North and Coast move at once to state 2; no single move leads on."
    )


def test_a_one_way_action_can_bar_every_way() -> None:
    model = Model(
        title="Late",
        parties=(Party(id="North"),),
        graph=Hypercube((("forward",),)),
        orderings=(Ordering(ranks=np.array([0, 1], np.int32)),),
    )
    (route,) = evolution(model, [0], 1)
    assert (route.kind, route.path) == ("never", None)
    assert route_words(model, route, 1) == "State 1 cannot come about from state 2."


def test_a_model_without_a_status_quo_needs_a_start() -> None:
    model = Model(
        title="One",
        parties=(Party(id="North"),),
        graph=Hypercube((("both",),)),
        orderings=(Ordering(ranks=np.array([0, 1], np.int32)),),
    )
    with pytest.raises(StabilityError, match="The model states no status quo"):
        evolution(model, [0])
