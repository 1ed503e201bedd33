"""Verdicts on whole models, and which equilibria come first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goodoffices.case.model import Party
from goodoffices.errors import StabilityError
from goodoffices.stability import Model, Ordering, read_model
from goodoffices.stability.analysis import analyse, leading
from goodoffices.stability.hypercube import Hypercube


@pytest.fixture
def elmira(examples: Path) -> Model:
    return read_model(examples / "elmira")


def test_the_first_equilibria_are_those_that_hold_most_firmly(elmira: Model) -> None:
    first, *_, last = leading(analyse(elmira))
    everything = ("nash", "sseq", "seq", "smr", "gmr")
    assert (elmira.label(first.state), first.concepts) == ("5", everything)
    assert first.better == (4, 3, 2)
    assert (elmira.label(last.state), last.concepts) == ("4", ("smr", "gmr"))
    assert last.held == (everything, everything, ("smr", "gmr"))


def test_only_the_concepts_asked_about_are_looked_at(elmira: Model) -> None:
    analysis = analyse(elmira, ["gmr", "nash", "gmr"])
    assert analysis.concepts == ("nash", "gmr")
    assert set(analysis.verdicts) == {"nash", "gmr"}
    assert (analysis.count("nash"), analysis.count_of_any()) == (3, 5)


def test_an_unknown_concept_is_refused(elmira: Model) -> None:
    with pytest.raises(StabilityError) as refused:
        analyse(elmira, ["nsh"])
    assert str(refused.value) == (
        "'nsh' is not a stability concept. Concepts: nash, gmr, smr, seq, sseq."
    )


def test_whoever_is_indifferent_is_named_and_infeasible_states_hold_for_nobody() -> None:
    model = Model(
        title="Two",
        parties=(Party(id="North"), Party(id="South")),
        graph=Hypercube((("both",), ("both",)), np.array([True, True, True, False])),
        orderings=(
            Ordering(ranks=np.array([1, 1, 1, 0], np.int32)),
            Ordering(ranks=np.array([0, 1, 2, 3], np.int32)),
        ),
    )
    analysis = analyse(model)
    assert analysis.indifferent == (0,)
    assert analysis.verdicts["gmr"].tolist() == [
        [True, True, True, False],
        [False, True, True, False],
    ]
