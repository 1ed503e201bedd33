"""Passes over all states and looking at every sequence of moves give the same verdicts."""

from __future__ import annotations

from random import Random

import pytest

from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.hypercube import Hypercube
from tests.fuzzing import amount
from tests.graphs import Oracle, listed, random_case

PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_definition_on_random_graphs(part: int) -> None:
    rng = Random(part)
    stable = unstable = 0
    for number in range(amount(1200) // PARTS):
        graph, ranks = random_case(rng, number)
        oracle = Oracle(graph, ranks)
        for concept, definition in DEFINITIONS.items():
            for party in range(graph.parties):
                verdict = definition(graph, ranks, party)
                found = verdict[graph.states()].tolist()
                assert found == oracle.table(concept, party), (number, concept, party)
                if isinstance(graph, Hypercube):
                    assert definition(listed(graph), ranks, party)[graph.states()].tolist() == found
                stable += sum(found)
                unstable += len(found) - sum(found)
    assert min(stable, unstable) > 1000
