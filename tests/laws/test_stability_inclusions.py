"""What is proven about definitions of stability, each as the theorem reads, on random models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest

from goodoffices.stability.arcs import Arcs
from goodoffices.stability.attitudes import with_attitudes
from goodoffices.stability.coalitions import coalition_stable, universally_stable
from goodoffices.stability.definitions import DEFINITIONS, Graph, Verdict
from goodoffices.stability.model import Ordering
from goodoffices.stability.probabilities import probabilistic
from goodoffices.stability.relations import Relations, ranked, stable
from goodoffices.stability.strength import strong
from goodoffices.stability.two_parties import limited_move, non_myopic, sim
from goodoffices.stability.unknown import EXTENSIONS, uncertain
from goodoffices.stability.values import Values
from tests.comparisons import cases, model, plain, some_pairs
from tests.fuzzing import amount
from tests.graphs import random_arcs, random_ranks

MODELS = amount(150)
INCLUSIONS = [
    ("nash", "smr"),
    ("smr", "gmr"),
    ("nash", "sseq"),
    ("sseq", "seq"),
    ("seq", "gmr"),
    ("sseq", "smr"),
]


def implies(graph: Graph, narrow: Verdict, wide: Verdict) -> bool:
    states = graph.states()
    return bool((~narrow[states] | wide[states]).all())


@pytest.mark.parametrize(("narrow", "wide"), INCLUSIONS)
def test_what_is_stable_by_the_first_is_stable_by_the_second(narrow: str, wide: str) -> None:
    differ = 0
    for _, graph, ranks in cases(1, MODELS):
        for party in range(graph.parties):
            verdicts = [DEFINITIONS[name](graph, ranks, party) for name in (narrow, wide)]
            assert implies(graph, *verdicts)
            differ += not implies(graph, *reversed(verdicts))
    assert differ > 0  # The inclusion is proper.


def comparisons(rng: Random, graph: Graph, ranks: Sequence[Values]) -> list[Relations]:
    """One of every kind, at random."""
    unknown = [Ordering(ranks=r, unknown=frozenset(some_pairs(rng, graph, 0.1))) for r in ranks]
    strongly = [
        Ordering(
            ranks=r,
            strong=frozenset((a, b) for a, b in some_pairs(rng, graph, 0.5) if r[a] > r[b]),
        )
        for r in ranks
    ]
    chances = [
        Ordering(
            ranks=r,
            probabilities={(a, b): rng.random() for a, b in some_pairs(rng, graph, 0.3) if a < b},
        )
        for r in ranks
    ]
    lines = ["".join(rng.choices("+0-", k=len(ranks))) for _ in ranks]
    return [
        *(uncertain(model(graph, unknown), extension) for extension in EXTENSIONS),
        strong(model(graph, strongly)),
        probabilistic(model(graph, chances), rng.random(), rng.random(), rng.random()),
        with_attitudes(plain(graph, ranks), lines),
    ]


@pytest.mark.parametrize(("narrow", "wide"), INCLUSIONS)
def test_the_inclusions_hold_however_states_are_compared(narrow: str, wide: str) -> None:
    for rng, graph, ranks in cases(2, MODELS // 3):
        for relations in comparisons(rng, graph, ranks):
            for p in range(graph.parties):
                assert implies(graph, stable(relations, narrow, p), stable(relations, wide, p))


ALL: dict[str, Callable[[Graph, Sequence[Values], int], Verdict]] = {
    **DEFINITIONS,
    "coalition seq": lambda graph, ranks, p: coalition_stable(graph, ranks, "seq", [p]),
    "universal smr": lambda graph, ranks, _: universally_stable(graph, ranks, "smr"),
    "sim": sim,
    "limited": lambda graph, ranks, p: limited_move(graph, ranks, p, 3, ties="refuse"),
    "non-myopic": non_myopic,
}


def strict_case(rng: Random, parties: int) -> tuple[list[list[tuple[int, int]]], list[Values]]:
    """Moves listed for everybody, and rankings without ties."""
    graph = random_arcs(rng, parties)
    moves = [
        [(s, t) for s in range(graph.size) for t in graph.moves(p, s).tolist()]
        for p in range(parties)
    ]
    ranks = [np.array(rng.sample(range(7), 7), dtype=np.int32) for _ in range(parties)]
    return moves, ranks


@pytest.mark.parametrize("name", ALL)
def test_other_numbers_for_states_and_parties_change_nothing(name: str) -> None:
    rng = Random(3)
    for number in range(MODELS):
        parties = 2 if name in ("sim", "limited", "non-myopic") else 2 + number % 3
        moves, ranks = strict_case(rng, parties)
        new = rng.sample(range(7), 7)
        order = rng.sample(range(parties), parties)
        renamed = Arcs.of(7, [[(new[s], new[t]) for s, t in moves[p]] for p in order])
        back = np.argsort(new)
        there = [ranks[p][back] for p in order]
        for place, party in enumerate(order):
            found = ALL[name](renamed, there, place)[new]
            assert found.tolist() == ALL[name](Arcs.of(7, moves), ranks, party).tolist()


@pytest.mark.parametrize("name", ALL)
def test_a_strictly_increasing_change_of_ranks_changes_nothing(name: str) -> None:
    rng = Random(4)
    for number in range(MODELS):
        parties = 2 if name in ("sim", "limited", "non-myopic") else 2 + number % 3
        moves, ranks = strict_case(rng, parties)
        if name not in ("limited", "non-myopic"):
            ranks = random_ranks(rng, Arcs.of(7, moves))
        graph = Arcs.of(7, moves)
        levels = np.sort(np.array(rng.sample(range(-1000, 1000), 8), dtype=np.int32))
        for party in range(parties):
            found = ALL[name](graph, [levels[own] for own in ranks], party)
            assert found.tolist() == ALL[name](graph, ranks, party).tolist()


@pytest.mark.parametrize("concept", DEFINITIONS)
def test_what_is_strongly_stable_is_stable(concept: str) -> None:
    for rng, graph, ranks in cases(5, MODELS):
        orderings = [
            Ordering(
                ranks=r,
                strong=frozenset((a, b) for a, b in some_pairs(rng, graph, 0.7) if r[a] > r[b]),
            )
            for r in ranks
        ]
        strongly = strong(model(graph, orderings))
        for p in range(graph.parties):
            assert implies(
                graph, stable(strongly, concept, p), stable(ranked(graph, ranks), concept, p)
            )


@pytest.mark.parametrize("concept", DEFINITIONS)
def test_with_nothing_strong_only_what_is_nash_stable_is_strongly_stable(concept: str) -> None:
    for _, graph, ranks in cases(6, MODELS // 3):
        for p in range(graph.parties):
            found = stable(strong(plain(graph, ranks)), concept, p)
            assert found.tolist() == stable(ranked(graph, ranks), "nash", p).tolist()


@pytest.mark.parametrize("concept", DEFINITIONS)
@pytest.mark.parametrize(("narrow", "wide"), [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")])
def test_of_the_extensions_a_is_the_narrowest_and_d_the_widest(
    narrow: str, wide: str, concept: str
) -> None:
    for rng, graph, ranks in cases(7, MODELS // 3):
        orderings = [
            Ordering(ranks=r, unknown=frozenset(some_pairs(rng, graph, 0.1))) for r in ranks
        ]
        uncertainly = model(graph, orderings)
        for p in range(graph.parties):
            assert implies(
                graph,
                stable(uncertain(uncertainly, narrow), concept, p),
                stable(uncertain(uncertainly, wide), concept, p),
            )


@pytest.mark.parametrize("concept", DEFINITIONS)
def test_stable_in_some_way_of_finding_out_is_stable_by_d(concept: str) -> None:
    """And by a only what is stable in every way, except where answers must be credible."""
    for rng, graph, ranks in cases(8, MODELS // 3):
        # What is found out is a ranking; some pairs of it are not known beforehand.
        orderings = [
            Ordering(ranks=r, unknown=frozenset(some_pairs(rng, graph, 0.1))) for r in ranks
        ]
        before, after = model(graph, orderings), ranked(graph, ranks)
        for p in range(graph.parties):
            found = stable(after, concept, p)
            assert implies(graph, found, stable(uncertain(before, "d"), concept, p))
            if concept not in ("seq", "sseq"):
                assert implies(graph, stable(uncertain(before, "a"), concept, p), found)


def test_raising_alpha_or_beta_only_unsettles_and_raising_gamma_only_settles() -> None:
    for rng, graph, ranks in cases(9, MODELS // 3):
        orderings = [
            Ordering(
                ranks=r,
                probabilities={
                    (a, b): rng.random() for a, b in some_pairs(rng, graph, 0.4) if a < b
                },
            )
            for r in ranks
        ]
        chances = model(graph, orderings)
        low, high = sorted((rng.random(), rng.random()))
        rest = rng.random()
        for concept in DEFINITIONS:
            for p in range(graph.parties):
                for narrow, wide in [
                    ((high, rest, rest), (low, rest, rest)),
                    ((rest, high, rest), (rest, low, rest)),
                    ((rest, rest, low), (rest, rest, high)),
                ]:
                    verdicts = [
                        stable(probabilistic(chances, *levels), concept, p)
                        for levels in (narrow, wide)
                    ]
                    assert implies(graph, *verdicts)


@pytest.mark.parametrize(("one", "other"), [("nash", "smr"), ("gmr", "seq")])
def test_parties_who_mind_nobody_not_even_themselves(one: str, other: str) -> None:
    """The propositions in the abstract of Inohara & Hipel (2009), which was read."""
    for _, graph, ranks in cases(10, MODELS):
        neutral = with_attitudes(plain(graph, ranks), ["0" * graph.parties] * graph.parties)
        for p in range(graph.parties):
            assert stable(neutral, one, p).tolist() == stable(neutral, other, p).tolist()


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr"])
def test_a_coalition_of_one_is_that_party(concept: str) -> None:
    for _, graph, ranks in cases(11, MODELS):
        states = graph.states()
        for p in range(graph.parties):
            alone = coalition_stable(graph, ranks, concept, [p])[states]
            assert alone.tolist() == DEFINITIONS[concept](graph, ranks, p)[states].tolist()


@pytest.mark.parametrize("concept", ["seq", "sseq"])
def test_outsiders_who_may_act_together_deter_no_less(concept: str) -> None:
    for _, graph, ranks in cases(12, MODELS):
        for p in range(graph.parties):
            alone = coalition_stable(graph, ranks, concept, [p])
            assert implies(graph, DEFINITIONS[concept](graph, ranks, p), alone)
            if graph.parties == 2:
                assert implies(graph, alone, DEFINITIONS[concept](graph, ranks, p))


@pytest.mark.parametrize(("narrow", "wide"), INCLUSIONS)
def test_the_inclusions_hold_for_coalitions(narrow: str, wide: str) -> None:
    for rng, graph, ranks in cases(13, MODELS // 3):
        coalition = rng.sample(range(graph.parties), rng.randint(1, graph.parties))
        verdicts = [coalition_stable(graph, ranks, name, coalition) for name in (narrow, wide)]
        assert implies(graph, *verdicts)


def test_nothing_deters_all_parties_together() -> None:
    for _, graph, ranks in cases(14, MODELS // 3):
        everybody = range(graph.parties)
        nash = coalition_stable(graph, ranks, "nash", everybody).tolist()
        for concept in DEFINITIONS:
            assert coalition_stable(graph, ranks, concept, everybody).tolist() == nash


def test_one_move_ahead_is_nash_stability() -> None:
    for _, graph, ranks in cases(15, MODELS):
        if graph.parties == 2:
            states = graph.states()
            for p in range(2):
                found = limited_move(graph, ranks, p, 1, ties="first")[states]
                assert found.tolist() == DEFINITIONS["nash"](graph, ranks, p)[states].tolist()


def test_what_is_nash_stable_is_simultaneously_stable() -> None:
    for _, graph, ranks in cases(16, MODELS):
        if graph.parties == 2:
            for p in range(2):
                nash = DEFINITIONS["nash"](graph, ranks, p)
                assert implies(graph, nash, sim(graph, ranks, p))


def test_what_is_simultaneously_stable_is_gmr_stable() -> None:
    """On any graph: where both moves lead, the other's own move leads too."""
    for _, graph, ranks in cases(17, MODELS):
        if graph.parties == 2:
            for p in range(2):
                gmr = DEFINITIONS["gmr"](graph, ranks, p)
                assert implies(graph, sim(graph, ranks, p), gmr)
