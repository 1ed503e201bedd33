"""What a mediator reads about a state: whole sentences, compared as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from goodoffices.case.model import Party
from goodoffices.stability import Action, Model, Ordering, read_model
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.witness import witness
from goodoffices.stability.witness_words import reasons, witness_words


def told(model: Model, party: str, label: str, concept: str) -> Sequence[str]:
    found = witness(model, model.party(party), model.state(label), concept)
    return witness_words(model, found)


def listed(*moves: Sequence[tuple[int, int]], ranks: Sequence[Sequence[int]]) -> Model:
    """North, Coast and others, with moves between numbered states."""
    names = ("North", "Coast", "South")[: len(moves)]
    return Model(
        title="Listed",
        parties=tuple(Party(id=name) for name in names),
        graph=Arcs.of(len(ranks[0]), moves),
        orderings=tuple(Ordering(ranks=np.array(own, np.int32)) for own in ranks),
    )


@pytest.fixture
def dilemma() -> Model:
    names = ("North", "Coast")
    return Model(
        title="Prisoners' dilemma",
        parties=tuple(Party(id=name) for name in names),
        actions=tuple(
            Action(id=f"keep-{name}", party=name, name=f"{name} keeps", undone=f"{name} breaks")
            for name in names
        ),
        graph=Hypercube((("both",), ("both",))),
        orderings=tuple(
            Ordering(ranks=np.array(own, np.int32)) for own in ([1, 0, 3, 2], [1, 3, 0, 2])
        ),
    )


def test_an_answer_that_deters(dilemma: Model) -> None:
    temptation = "North is tempted to state 3 (North breaks); Coast "
    assert told(dilemma, "North", "4", "seq") == (
        f"{temptation}would answer with state 1 (Coast breaks), worse for North than state 4; so "
        "North stays.",
    )
    assert told(dilemma, "North", "4", "smr") == (
        f"{temptation}could answer with state 1 (Coast breaks), worse for North than state 4; the "
        "best that North could do then, state 2 (North keeps), is no better than state 4 either; "
        "so North stays.",
    )


def test_nothing_that_deters(dilemma: Model) -> None:
    assert told(dilemma, "North", "4", "nash") == (
        "North is tempted to state 3 (North breaks); North likes it better than state 4; so North "
        "has reason to leave.",
    )
    assert told(dilemma, "North", "2", "gmr") == (
        "North is tempted to state 1 (North breaks); nothing that others could do from there is "
        "worse for North than that state itself; so North has reason to leave.",
    )


def test_no_move_and_no_improvement_are_told_apart() -> None:
    model = listed([(0, 1), (0, 2), (1, 0)], ranks=[[2, 1, 0]])
    assert told(model, "North", "3", "nash") == ("North has no move from state 3; so North stays.",)
    assert told(model, "North", "1", "gmr") == (
        "North has 2 moves from state 1, none of them to a state it likes better; so North stays.",
    )


def test_a_way_out_undoes_an_answer() -> None:
    model = listed([(0, 1), (2, 3)], [(1, 2)], ranks=[[1, 2, 0, 3], [0, 0, 1, 0]])
    assert told(model, "North", "1", "sseq") == (
        "North is tempted to state 2; Coast would answer with state 3, worse for North than state "
        "1; but North could then go on to state 4, better than state 1; so North has reason to "
        "leave.",
    )


def test_an_answer_too_mild_and_nobody_to_answer() -> None:
    model = listed([(0, 1)], [(1, 2)], ranks=[[0, 2, 1, 0], [0, 0, 0, 0]])
    assert told(model, "North", "1", "gmr") == (
        "North is tempted to state 2; the most that others could do about it: Coast could answer "
        "with state 3; and state 3 is still better for North than state 1; so North has reason to "
        "leave.",
    )
    assert told(model, "North", "1", "seq") == (
        "North is tempted to state 2; nobody else would move from there; so North has reason to "
        "leave.",
    )


def test_no_party_moves_twice_in_a_row_but_again_after_another() -> None:
    model = listed(
        [(0, 1)], [(1, 2), (3, 4)], [(2, 3)], ranks=[[1, 2, 2, 2, 1], [0, 1, 2, 3, 4], [0] * 5]
    )
    assert told(model, "North", "1", "gmr") == (
        "North is tempted to state 2; Coast could answer with state 3, then South with state 4, "
        "then Coast with state 5, no better for North than state 1; so North stays.",
    )


def test_of_many_temptations_the_greatest_are_told() -> None:
    ranks = [[1, 5, 4, 3, 2, 0], [0, 0, 0, 0, 0, 1]]
    ups, downs = [(0, n) for n in (1, 2, 3, 4)], [(n, 5) for n in (1, 2, 3, 4)]
    *first, last = told(listed(ups, downs, ranks=ranks), "North", "1", "seq")
    assert [words.split(";")[0] for words in first] == [
        f"North is tempted to state {n}" for n in (2, 3, 4)
    ]
    assert last == "1 lesser temptation would be answered likewise; so North stays."


def test_a_threat_that_nobody_gains_from_is_doubted(examples: Path) -> None:
    elmira = read_model(examples / "elmira")
    party, state = elmira.party("LocalGov"), elmira.state("1")
    temptation = (
        "Local Government is tempted to state 5 (the local governments insist on the original "
        "order); "
    )
    assert reasons(elmira, party, state, ("smr", "gmr")) == (
        f"{temptation}Uniroyal Chemical could answer with state 9 (Uniroyal abandons its plant), "
        "worse for Local Government than state 1; from there Local Government has no move; so "
        "Local Government stays.",
        "But such an answer may be against the interest of those who would have to give it. "
        "Counting only answers that they gain from:",
        f"{temptation}nobody else would move from there; so Local Government has reason to leave.",
    )
