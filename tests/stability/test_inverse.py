"""What would have to change: bounds, fixed pairs, statements, moves, words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goodoffices.case import Party
from goodoffices.errors import StabilityError
from goodoffices.stability import (
    Action,
    Model,
    MoveChange,
    Ordering,
    inverse,
    move_changes,
    priorities,
    read_model,
    share,
)
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.inverse_moves import explain_moves, guaranteed
from goodoffices.stability.inverse_statements import explain_priorities
from goodoffices.stability.inverse_words import explain


def ranked(*ranks: int) -> Ordering:
    return Ordering(ranks=np.array(ranks, dtype=np.int32))


NORTH, SOUTH = Party(id="North"), Party(id="South")
# Two prisoners: neither is silent (0), only North (1), only South (2), both (3).
PRISONERS = Model(
    title="Prisoners",
    parties=(NORTH, SOUTH),
    actions=(
        Action(id="silent-north", party="North", name="North is silent"),
        Action(id="silent-south", party="South", name="South is silent"),
    ),
    graph=Hypercube((("both",), ("both",))),
    orderings=(ranked(1, 0, 3, 2), ranked(1, 3, 0, 2)),
)
BOTH = 3


@pytest.fixture
def euphrates(examples: Path) -> Model:
    return read_model(examples / "syria-iraq-1975")


def test_what_holds_already_costs_nothing() -> None:
    found = inverse(PRISONERS, 0, "nash")
    assert (found.bound, [a.cost for a in found.alternatives]) == (0, [0])
    assert explain(found, PRISONERS) == ("1 is Nash-stable for every party as things are.",)


def test_each_party_gives_up_its_temptation() -> None:
    found = inverse(PRISONERS, BOTH, "nash")
    assert [a.costs for a in found.alternatives] == [(1, 1)]
    assert explain(found, PRISONERS) == (
        "For 4 to be Nash-stable for every party:",
        "1. North must prefer 4 to 3; South must prefer 4 to 2 (2 swaps).",
        "Nothing costs less than 2 swaps.",
    )


def test_a_fixed_pair_makes_it_impossible_and_that_is_proven() -> None:
    north = replace(PRISONERS.orderings[0], fixed=frozenset({(2, 3)}))
    model = replace(PRISONERS, orderings=(north, PRISONERS.orderings[1]))
    found = inverse(model, BOTH, "nash")
    assert (found.alternatives, found.bound, found.impossible_for) == ((), None, (0,))
    assert found.is_proven
    assert "forbids it" in explain(found, model)[0]


def test_a_party_that_may_not_change_is_left_as_it_is() -> None:
    found = inverse(PRISONERS, BOTH, "nash", changing=[0])
    assert (found.cheapest, found.bound, found.impossible_for) == (None, None, (1,))


def test_a_stopped_search_says_what_is_proven() -> None:
    rng = np.random.default_rng(1)
    model = Model(
        title="Large",
        parties=(Party(id="A"), Party(id="B")),
        graph=Hypercube((("both",) * 3, ("both",) * 3)),
        orderings=tuple(Ordering(ranks=rng.permutation(64).astype(np.int32)) for _ in range(2)),
    )
    state = int(np.argmin(sum(o.ranks for o in model.orderings)))
    whole = inverse(model, state, "sseq", most=1)
    stopped = inverse(model, state, "sseq", most=1, is_over=lambda: True)
    best, some = whole.cheapest, stopped.cheapest
    assert best is not None
    assert some is not None
    assert whole.is_proven
    assert stopped.bound is not None
    assert stopped.bound <= best.cost <= some.cost
    assert not stopped.is_proven
    assert not stopped.is_complete
    assert "ended early" in explain(stopped, model)[2]
    assert all(DEFINITIONS["sseq"](model.graph, some.ranks, p)[state] for p in range(2))


def test_unknown_names_are_said() -> None:
    with pytest.raises(StabilityError, match="'nahs' is not a definition of stability"):
        inverse(PRISONERS, BOTH, "nahs")
    with pytest.raises(StabilityError, match="State 7 is not a feasible state of 'Prisoners'"):
        inverse(PRISONERS, 7, "nash")


def test_statements_that_change_places(euphrates: Model) -> None:
    found = priorities(euphrates, euphrates.state("2"), "seq", changing=[0], most=2)
    assert [(p.cost, p.costs) for p in found.alternatives] == [(1, (1, 0)), (3, (3, 0))]
    assert found.bound == 1
    assert [explain_priorities(p, euphrates) for p in found.alternatives] == [
        "Syria must put '-attack' before 'escalate' (1 swap).",
        "Syria must put '-attack' before 'escalate' and 'NNN', 'escalate' before 'NNN' (3 swaps).",
    ]


def test_no_order_of_the_statements_does_it(euphrates: Model) -> None:
    found = priorities(euphrates, euphrates.state("2"), "nash", changing=[0])
    assert (found.alternatives, found.bound) == ((), None)
    short = priorities(euphrates, euphrates.state("2"), "nash", changing=[0], most_swaps=2)
    assert (short.alternatives, short.bound) == ((), 3)


def test_the_fewest_swaps_of_statements_by_trying_all(euphrates: Model) -> None:
    from itertools import permutations

    from goodoffices.stability.statements import ranks

    before = [o.statements for o in euphrates.orderings]
    for state in euphrates.states.tolist():
        for concept, definition in DEFINITIONS.items():
            best = None
            for order in permutations(range(4)):
                own = ranks(euphrates, [before[0][n] for n in order])
                both = [own, euphrates.ranks[1]]
                if all(definition(euphrates.graph, both, p)[state] for p in range(2)):
                    swaps = sum(a > b for n, a in enumerate(order) for b in order[n + 1 :])
                    best = swaps if best is None else min(best, swaps)
            found = priorities(euphrates, state, concept, changing=[0])
            assert best == (None if found.cheapest is None else found.cheapest.cost)
            assert best == found.bound


def test_without_statements_another_question_is_named() -> None:
    with pytest.raises(StabilityError, match="Ask for a change of rankings instead"):
        priorities(PRISONERS, BOTH, "nash")


def test_changes_of_moves_for_two_prisoners() -> None:
    one_way = tuple(
        MoveChange("one-way", f"{p}", f"silent-{p.lower()}") for p in ("North", "South")
    )
    found = move_changes(PRISONERS, BOTH, "nash")
    assert (found.alternatives, found.bound, found.is_complete) == ((one_way,), 2, True)
    assert explain_moves(one_way, PRISONERS, BOTH) == (
        "once North has taken the action 'North is silent', it stays taken; "
        "once South has taken the action 'South is silent', it stays taken."
    )


def test_a_guarantee_deters_and_is_wanted() -> None:
    threat = replace(PRISONERS, orderings=(ranked(1, 0, 3, 2), ranked(0, 0, 0, 1)))
    assert not DEFINITIONS["seq"](threat.graph, threat.ranks, 0)[BOTH]
    found = move_changes(threat, BOTH, "sseq")
    guarantee = MoveChange("guarantee", "South", against="North")
    assert (guarantee,) in found.alternatives
    model, state = guaranteed(threat, BOTH, SOUTH, 0) or (threat, 0)
    assert (len(model.states), model.label(state)) == (8, "4")
    assert all(DEFINITIONS["sseq"](model.graph, model.ranks, p)[state] for p in range(2))


def test_an_outsider_can_guarantee_too() -> None:
    model, state = guaranteed(PRISONERS, BOTH, Party(id="Observer"), 0) or (PRISONERS, 0)
    assert [party.id for party in model.parties] == ["North", "South", "Observer"]
    assert DEFINITIONS["sseq"](model.graph, model.ranks, 0)[state]
    assert not DEFINITIONS["nash"](model.graph, model.ranks, 0)[state]


def test_changes_of_listed_moves() -> None:
    model = Model(
        title="Three",
        parties=(NORTH, SOUTH),
        graph=Arcs.of(3, [[(0, 1)], []]),
        orderings=(ranked(1, 2, 0), ranked(0, 0, 0)),
    )
    found = move_changes(model, 0, "gmr")
    assert found.alternatives == (
        (MoveChange("barred", "North", move=("1", "2")),),
        (MoveChange("added", "South", move=("2", "1")),),
        (MoveChange("added", "South", move=("2", "3")),),
    )
    assert explain_moves(found.alternatives[2], model, 0) == (
        "South becomes able to move from 2 to 3."
    )


def test_a_sampled_share_is_near_the_counted_one(euphrates: Model) -> None:
    state = euphrates.state("2")
    counted = share(euphrates, state, "nash", changing=[0])
    drawn = share(euphrates, state, "nash", changing=[0], most=100, samples=2000)
    assert (counted.is_exact, counted.error, drawn.is_exact) == (True, 0, False)
    assert abs(drawn.share - counted.share) < 4 * drawn.error
