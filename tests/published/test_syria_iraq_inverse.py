"""Syria and Iraq, 1975: which of Syria's 720 rankings make a state hold, Iraq's as published.

The model and the printed counts were read in the guide to a program, GMCR+ (its tables 1-3 and
section 4.2), which reproduces Hipel, Kilgour and Kinsara 2014. For state 2 it prints 240 rankings
for Nash and 420 for sequential stability. By the definition there are 384: Syria can improve from 2
to 1 and to 3, so both must be deterred; the program's solver keeps the verdict on the last
improvement only, and under that rule there are indeed 420, as is counted here. All other numbers
here were counted by brute force for this project.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from goodoffices.case import Party
from goodoffices.stability import Model, Ordering, inverse, share
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.inverse_words import explain

SYRIA, IRAQ = 0, 1
PUBLISHED_SEQ = 420


def ordering(*best_first: int) -> Ordering:
    ranks = np.zeros(6, dtype=np.int32)
    for place, label in enumerate(best_first):
        ranks[label - 1] = 5 - place
    return Ordering(ranks=ranks)


def moves(*groups: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(a - 1, b - 1) for group in groups for a, b in permutations(group, 2)]


MODEL = Model(
    title="Syria and Iraq, 1975",
    parties=(Party(id="Syria"), Party(id="Iraq")),
    graph=Arcs.of(6, [moves((1, 2, 3), (4, 5, 6)), moves((1, 4), (2, 5), (3, 6))]),
    orderings=(ordering(1, 3, 6, 2, 4, 5), ordering(2, 4, 6, 1, 5, 3)),
    labels={n: str(n + 1) for n in range(6)},
)
TARGET = MODEL.state("2")


@pytest.mark.parametrize(
    ("concept", "count"), [("nash", 240), ("gmr", 384), ("smr", 300), ("seq", 384), ("sseq", 300)]
)
def test_how_many_rankings_of_syria_make_state_2_hold(concept: str, count: int) -> None:
    found = share(MODEL, TARGET, concept, changing=[SYRIA])
    assert (found.holding, found.profiles, found.is_exact) == (count, 720, True)


@pytest.mark.parametrize(
    ("label", "count"), [("1", 150), ("2", 384), ("3", 0), ("4", 300), ("5", 120), ("6", 300)]
)
def test_how_many_make_another_state_sequentially_stable(label: str, count: int) -> None:
    assert share(MODEL, MODEL.state(label), "seq", changing=[SYRIA]).holding == count


def test_the_printed_count_is_that_of_the_last_improvement_alone() -> None:
    by_definition = last_wins = 0
    for order in permutations(range(1, 7)):
        place = {label: n for n, label in enumerate(order)}
        # Iraq's improvements are from 1 to 4 and from 3 to 6.
        one = place[2] < place[1] or place[2] < place[4]
        three = place[2] < place[3] or place[2] < place[6]
        by_definition += one and three
        last_wins += three if place[3] < place[2] else one
    assert (by_definition, last_wins) == (384, PUBLISHED_SEQ)


@pytest.mark.parametrize(
    ("concept", "cost", "cheapest"),
    [
        ("nash", 3, [2, 1, 3, 6, 4, 5]),
        ("gmr", 1, [1, 3, 2, 6, 4, 5]),
        ("smr", 1, [1, 3, 2, 6, 4, 5]),
        ("seq", 1, [1, 3, 2, 6, 4, 5]),
        ("sseq", 1, [1, 3, 2, 6, 4, 5]),
    ],
)
def test_the_cheapest_change(concept: str, cost: int, cheapest: list[int]) -> None:
    found = inverse(MODEL, TARGET, concept, changing=[SYRIA])
    best = found.cheapest
    assert best is not None
    assert (best.cost, best.costs, found.is_proven) == (cost, (cost, 0), True)
    assert np.argsort(-best.ranks[SYRIA]).tolist() == [label - 1 for label in cheapest]
    assert [a.cost for a in found.alternatives].count(cost) == 1


def test_the_threat_is_cheaper_to_change_than_the_temptation() -> None:
    found = inverse(MODEL, TARGET, "seq", changing=[SYRIA])
    assert explain(found, MODEL)[:3] == (
        "For 2 to be SEQ-stable for every party:",
        "1. Syria must prefer 2 to 6 (1 swap).",
        "2. Syria must prefer 2 to 3 (2 swaps).",
    )
