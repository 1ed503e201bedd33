"""Small worked models, and what is said when a question cannot be answered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from goodoffices.errors import StabilityError
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.attitudes import with_attitudes
from goodoffices.stability.coalitions import coalition_stable, joint_improvements
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.hypergames import hypergame, perceptions
from goodoffices.stability.model import Ordering
from goodoffices.stability.probabilities import largest_alpha, probabilistic
from goodoffices.stability.relations import ranked, stable
from goodoffices.stability.strength import strong
from goodoffices.stability.two_parties import anticipated, limited_move, non_myopic, sim
from goodoffices.stability.unknown import uncertain
from goodoffices.stability.values import Values
from tests.comparisons import model, plain

PAIR = Hypercube((("both",), ("both",)))
THREE = Hypercube((("both",), ("both",), ("both",)))


def values(*numbers: int) -> Values:
    return np.array(numbers, dtype=np.int32)


def says(message: str, error: pytest.ExceptionInfo[StabilityError]) -> bool:
    return message in str(error.value)


def test_simultaneous_moves_that_no_state_allows_are_no_threat() -> None:
    ranks = [values(1, 2, 0, 0), values(1, 0, 2, 0)]
    assert sim(PAIR, ranks, 0).tolist() == [True, True, True, True]
    without = Hypercube(PAIR.blocks, np.array([True, True, True, False]))
    assert sim(without, ranks, 0)[0].item() is False


def test_a_tie_that_matters_is_named() -> None:
    # From 0 North may go to 1 or 2, which are the same to it and not to South, who may go back.
    graph = Arcs.of(3, [[(0, 1), (0, 2)], [(1, 0)]])
    ranks = [values(0, 1, 1), values(1, 0, 2)]
    with pytest.raises(StabilityError) as error:
        limited_move(graph, ranks, 0, 1)
    assert str(error.value) == (
        "Looking ahead from state 0, party 0 is indifferent between ends that the other does not "
        "rank alike, and the definition does not say which it picks. Rank them apart, or ask with "
        "ties='first'."
    )
    assert anticipated(graph, ranks, 0, 1, ties="first").tolist() == [1, 1, 2]
    assert non_myopic(graph, ranks, 0, ties="first").tolist() == [False, True, True]


def test_a_tie_that_both_share_does_not_matter() -> None:
    graph = Arcs.of(3, [[(0, 1), (0, 2)], []])
    assert not limited_move(graph, [values(0, 1, 1), values(0, 1, 1)], 0, 3)[0]


@pytest.mark.parametrize("ask", [sim, non_myopic, lambda g, r, p: limited_move(g, r, p, 2)])
def test_two_parties_are_needed(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(StabilityError) as error:
        ask(THREE, [values(*range(8))] * 3, 0)
    assert says("defined for two parties; this model has 3.", error)


def test_a_horizon_is_not_negative() -> None:
    with pytest.raises(StabilityError) as error:
        anticipated(PAIR, [values(0, 1, 2, 3)] * 2, 0, -1)
    assert says("The horizon is -1", error)


def test_tables_are_refused_for_large_models() -> None:
    large = Hypercube((("both",) * 7, ("both",) * 7))
    with pytest.raises(StabilityError) as error:
        ranked(large, [np.zeros(large.size, dtype=np.int32)] * 2)
    assert says("This model has 16,384 states", error)
    assert says("up to 5,000 (the tables of 2 parties would take 2.0 GiB)", error)


def test_many_states_of_listed_moves_are_refused_for_simultaneous_moves() -> None:
    large = Arcs.of(5001, [[(0, 1)], [(1, 2)]])
    with pytest.raises(StabilityError) as error:
        sim(large, [np.zeros(5001, dtype=np.int32)] * 2, 0)
    assert says("5,001 states joined by listed moves", error)


def test_what_has_no_such_name() -> None:
    ranks = [values(0, 1, 2, 3)] * 2
    known = plain(PAIR, ranks)
    with pytest.raises(StabilityError) as error:
        stable(ranked(PAIR, ranks), "nsh", 0)
    assert says("'nsh' is not a stability concept here. Concepts: nash, gmr,", error)
    with pytest.raises(StabilityError) as error:
        uncertain(known, "e")
    assert says("'e' is not an extension", error)
    with pytest.raises(StabilityError) as error:
        hypergame(known, [known, known], "sim", 0)
    assert says("'sim' is not a stability concept", error)
    with pytest.raises(StabilityError) as error:
        coalition_stable(PAIR, ranks, "nash", [0, 2])
    assert says("[0, 2] is not a coalition of this model", error)


def test_comparisons_that_cannot_be() -> None:
    def of(**said: object) -> Ordering:
        return Ordering(ranks=values(0, 1, 2, 2), **said)  # type: ignore[arg-type] # one of each

    other = Ordering(ranks=values(0, 0, 0, 0))
    with pytest.raises(StabilityError) as error:
        strong(model(PAIR, [of(strong=frozenset({(2, 3)})), other]))
    assert says("North strongly prefers 3 to 4, but does not rank it higher.", error)
    with pytest.raises(StabilityError) as error:
        uncertain(model(PAIR, [of(unknown=frozenset({(0, 4)})), other]), "a")
    assert says("A pair names 4, which is not a state of this model.", error)
    with pytest.raises(StabilityError) as error:
        probabilistic(model(PAIR, [of(probabilities={(0, 1): 0.7, (1, 0): 0.5}), other]))
    assert says("North prefers 1 to 2 with probability 0.7, the reverse with 0.5;", error)
    with pytest.raises(StabilityError) as error:
        probabilistic(model(PAIR, [other, other]), beta=1.5)
    assert says("beta is 1.5; a level is a number from 0 to 1.", error)
    with pytest.raises(StabilityError) as error:
        with_attitudes(plain(PAIR, [values(0, 1, 2, 3)] * 2), ["+0", "+"])
    assert says("Attitudes are 2 lines of 2 signs", error)


def test_views_of_a_hypergame_must_fit_together() -> None:
    two, three = plain(PAIR, [values(0, 1, 2, 3)] * 2), plain(THREE, [values(*range(8))] * 3)
    for views in ([two], [three, three]):
        with pytest.raises(StabilityError) as error:
            hypergame(two, views, "nash", 0)
        assert says("A hypergame needs a view for each party", error)
        assert says("in the same order: North, South.", error)
    wide = plain(Hypercube((("both", "both"), ("both",))), [values(*range(8))] * 2)
    with pytest.raises(StabilityError) as error:
        perceptions(two, [two, wide], "nash")
    assert says("A party sees 8 states where the conflict has 4, and without labels", error)
    named = replace(two, labels={0: "peace", 3: "war"})
    with pytest.raises(StabilityError) as error:
        perceptions(replace(two, labels={0: "peace"}), [named, named], "nash")
    assert says("A party sees 'war', which is not a state of the conflict.", error)


def test_views_with_labels_number_their_states_as_they_like() -> None:
    ranks = [values(0, 1, 2, 3), values(0, 0, 1, 1)]
    actual = replace(plain(PAIR, ranks), labels=dict(enumerate("abcd")))
    # South sees only b and d, and that it can go from b to d.
    south = replace(
        plain(Arcs.of(2, [[], [(1, 0)]]), [values(3, 1), values(1, 0)]), labels={0: "d", 1: "b"}
    )
    assert hypergame(actual, [actual, south], "nash", 1).tolist() == [True, False, True, True]


def test_a_party_that_does_not_see_a_state_stays_and_one_that_would_is_overlooked() -> None:
    ranks = [values(0, 1, 2, 3), values(0, 0, 1, 1)]
    actual = plain(PAIR, ranks)
    blind = plain(Hypercube(PAIR.blocks, np.array([True, False, True, False])), ranks)
    found = perceptions(actual, [blind, actual], "nash")
    assert found.equilibria == (2, 3)
    assert [(m.state, m.parties) for m in found.only_misperceived] == [(2, (0,))]
    mistaken = plain(PAIR, [values(3, 2, 1, 0), ranks[1]])
    found = perceptions(actual, [mistaken, actual], "nash")
    assert [(m.state, m.parties) for m in found.overlooked] == [(3, (0,))]


def test_nobody_moves_twice_in_a_row_in_a_coalition() -> None:
    graph = Arcs.of(4, [[(0, 1), (1, 2), (3, 2)], [(1, 3)]])
    ranks = [values(0, 1, 2, 3), values(0, 0, 1, 1)]
    found = {
        (j.coalition, j.end): [(*step.movers, step.state) for step in j.path]
        for j in joint_improvements(graph, ranks, 0, least=1)
    }
    assert found == {
        ((0,), 1): [(0, 1)],
        ((0, 1), 2): [(0, 1), (1, 3), (0, 2)],
        ((0, 1), 3): [(0, 1), (1, 3)],
    }


def test_a_chance_of_a_tenth_is_no_temptation_at_level_nine_tenths() -> None:
    orderings = [
        Ordering(ranks=values(0, 0, 0, 0), probabilities={(1, 0): 0.1}),
        Ordering(ranks=values(0, 0, 0, 0)),
    ]
    chances = model(PAIR, orderings)
    assert largest_alpha(chances, "nash", 0)[0] == 0.9
    assert stable(probabilistic(chances, 0.9), "nash", 0)[0]
    assert not stable(probabilistic(chances, 0.91), "nash", 0)[0]
