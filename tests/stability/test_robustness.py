"""How robust states are. The numbers for Elmira were computed by brute force for this project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goodoffices.case import Party
from goodoffices.errors import StabilityError
from goodoffices.stability import (
    Margins,
    Model,
    Ordering,
    Trust,
    margins,
    radius,
    read_model,
    robustness,
    survival,
    survival_sampled,
    trust_needed,
)
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.hypercube import Hypercube


@pytest.fixture
def elmira(examples: Path) -> Model:
    return read_model(examples / "elmira")


@pytest.mark.parametrize(
    ("label", "freedom", "nash_radius", "one_swap", "two_swaps"),
    [("5", 4, 1, 0.917, 0.848), ("8", 2, 2, 1.0, 0.987), ("9", 0, None, 1.0, 1.0)],
)
def test_elmira(
    elmira: Model,
    label: str,
    freedom: int,
    nash_radius: int | None,
    one_swap: float,
    two_swaps: float,
) -> None:
    found = robustness(elmira, elmira.state(label))
    assert found.freedom == freedom
    assert found.radius["nash"].cost == nash_radius
    assert found.radius["nash"].is_proven
    assert {n: s.profiles for n, s in found.survival.items()} == {1: 24, 2: 297}
    assert {n: round(s.share, 3) for n, s in found.survival.items()} == {1: one_swap, 2: two_swaps}
    assert [own.strongest for own in found.parties] == ["nash"] * 3


def test_having_no_move_is_not_being_content(elmira: Model) -> None:
    abandoned = robustness(elmira, elmira.state("9"))
    assert [own.has_no_move for own in abandoned.parties] == [True] * 3
    assert abandoned.shocks == ()
    assert abandoned.escape is None
    modified = robustness(elmira, elmira.state("8"))
    assert [own.has_no_move for own in modified.parties] == [True, False, False]


def test_two_parties_together_leave_what_holds_for_each(elmira: Model) -> None:
    exits = {label: robustness(elmira, elmira.state(label)).exits for label in "589"}
    [joint] = exits["5"]
    assert (joint.coalition, elmira.label(joint.end)) == ((0, 1), "8")
    assert (exits["8"], exits["9"]) == ((), ())


def test_after_a_shock_the_parties_come_back_or_do_not(elmira: Model) -> None:
    five, nine = elmira.state("5"), elmira.state("9")
    found = robustness(elmira, five)
    outcomes = {(s.party, elmira.label(s.state)): s for s in found.shocks}
    assert sorted(outcomes) == [(0, "6"), (1, "7"), (1, "9"), (2, "1")]
    assert outcomes[1, "9"].escape == ()
    assert outcomes[1, "9"].returns is None
    one = elmira.state("1")
    assert outcomes[2, "1"].returns == ((2, one, five),)
    assert outcomes[2, "1"].escape is None
    assert found.escape == outcomes[1, "9"]
    assert outcomes[1, "9"].state == nine


def test_a_state_that_does_not_hold_has_no_radius_left(elmira: Model) -> None:
    found = radius(elmira, elmira.state("1"), "nash")
    assert (found.cost, found.bound, found.party) == (0, 0, 2)


def test_more_profiles_than_can_be_counted_are_refused(elmira: Model) -> None:
    with pytest.raises(StabilityError, match="draw a sample instead"):
        survival(elmira, elmira.state("5"), "nash", 2, most=100)
    with pytest.raises(StabilityError, match="The spread is 2"):
        survival_sampled(elmira, elmira.state("5"), "nash", 2)


def test_what_cannot_be_counted_is_left_out(elmira: Model) -> None:
    found = robustness(elmira, elmira.state("5"), most=100, spread=0.1, samples=10)
    assert list(found.survival) == [1]
    assert found.sampled is not None
    assert (found.sampled.profiles, found.sampled.is_exact) == (10, False)


def test_samples_are_as_far_away_as_their_spread_says(elmira: Model) -> None:
    state = elmira.state("5")
    none = survival_sampled(elmira, state, "nash", 0, samples=50)
    assert (none.holding, none.profiles) == (50, 50)
    # Counted over all profiles: the shares at each distance, weighed by spread ** distance.
    near = survival_sampled(elmira, state, "nash", 0.1, samples=4000)
    again = survival_sampled(elmira, state, "nash", 0.1, samples=4000)
    assert near == again
    total = holding = 0.0
    for swaps in range(5):
        counted = survival(elmira, state, "nash", swaps)
        total += counted.profiles * 0.1**swaps
        holding += counted.holding * 0.1**swaps
    assert abs(near.share - holding / total) < 0.05
    every = survival_sampled(elmira, state, "nash", 1, samples=4000)
    assert abs(every.share - (1 / 2) * (1 / 3) * (1 / 2)) < 0.03


def chances(**given: float) -> Model:
    """North may swerve (bit 0), South too; with some probability North prefers one to another."""
    pairs = {(int(key[1]), int(key[2])): chance for key, chance in given.items()}
    return Model(
        title="Chicken",
        parties=(Party(id="North"), Party(id="South")),
        graph=Hypercube((("both",), ("both",))),
        orderings=(
            Ordering(ranks=np.array([0, 1, 3, 2], np.int32), probabilities=pairs),
            Ordering(ranks=np.array([0, 3, 1, 2], np.int32)),
        ),
    )


def test_margins_of_probable_preferences() -> None:
    # At 3 North is tempted to 2; South answers with 0, which North likes better by 0.2 only.
    found = margins(chances(p23=0.7, p03=0.2), 3, 0)
    assert found.nash == pytest.approx(-0.2)
    assert found.gmr == pytest.approx(0.3)
    # From 0 North would go on to 1, surely worse for it than 3: that is no escape.
    assert found.smr == pytest.approx(0.3)
    # South would not go from 2 to 0.
    assert found.seq == pytest.approx(-0.2)
    assert found.sseq == pytest.approx(-0.2)


def test_who_has_no_move_has_no_margin() -> None:
    graph = Hypercube((("back",), ("both",)))
    found = margins(replace(chances(p23=0.7), graph=graph), 0, 0)
    assert found == Margins(nash=None, gmr=None, smr=None, seq=None, sseq=None)


def test_margins_are_not_negative_where_a_state_is_stable(elmira: Model) -> None:
    for state in elmira.states.tolist():
        for party in range(3):
            found = margins(elmira, state, party)
            for concept, definition in DEFINITIONS.items():
                margin = getattr(found, concept)
                is_stable = bool(definition(elmira.graph, elmira.ranks, party)[state])
                assert is_stable == (margin is None or margin > 0)


def test_how_sure_a_party_must_be() -> None:
    assert trust_needed(5, 3, 0, 2) == Trust(0.5, 0.5)
    ranged = trust_needed((4, 6), 3, 0, (1, 2))
    assert ranged == Trust(1 / 4, 2 / 3)
    with pytest.raises(StabilityError, match="breaking always pays"):
        trust_needed((2, 6), 3, 0, 2)
    with pytest.raises(StabilityError, match="keeping always pays"):
        trust_needed(5, 3, (0, 3), 2)
    with pytest.raises(StabilityError, match="runs backwards"):
        trust_needed((6, 5), 3, 0, 2)
