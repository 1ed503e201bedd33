"""Passes over all states and looking at every move agree, for the definitions for two parties."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import Graph
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.two_parties import anticipated, limited_move, non_myopic, sim
from goodoffices.stability.values import Values
from tests.fuzzing import amount
from tests.graphs import listed, random_arcs, random_cube, random_ranks

MODELS = amount(600)


def cases(seed: int) -> Iterator[tuple[Random, Graph, list[Values]]]:
    rng = Random(seed)
    for number in range(MODELS):
        graph: Graph = random_arcs(rng, 2) if number % 3 == 2 else random_cube(rng, 2, most_bits=5)
        yield rng, graph, random_ranks(rng, graph)


def strict(rng: Random, graph: Graph) -> list[Values]:
    """Rankings without ties."""
    return [np.array(rng.sample(range(graph.size), graph.size), dtype=np.int32) for _ in range(2)]


def is_spoiled(graph: Graph, ranks: list[Values], i: int, s: int, t: int) -> bool:
    own, other = ranks[i].tolist(), ranks[1 - i].tolist()
    for u in graph.moves(1 - i, s).tolist():
        if other[u] > other[s]:
            if isinstance(graph, Hypercube):
                # Both changes at once; each party changes its own bits.
                ends = {s ^ (s ^ t) ^ (s ^ u)} & set(graph.states().tolist())
            else:
                ends = set(graph.moves(1 - i, t).tolist()) & set(graph.moves(i, u).tolist())
            if ends and all(own[end] <= own[s] for end in ends):
                return True
    return False


def test_simultaneous_stability() -> None:
    counts = {True: 0, False: 0}
    for _, graph, ranks in cases(1):
        for party in range(2):
            verdict = sim(graph, ranks, party)
            if isinstance(graph, Hypercube):
                on_list = sim(listed(graph), ranks, party)
                assert on_list[graph.states()].tolist() == verdict[graph.states()].tolist()
            for s in graph.states().tolist():
                tempting = [
                    t for t in graph.moves(party, s).tolist() if ranks[party][t] > ranks[party][s]
                ]
                expected = all(is_spoiled(graph, ranks, party, s, t) for t in tempting)
                assert bool(verdict[s]) == expected
                if tempting:
                    counts[expected] += 1
    assert min(counts.values()) > MODELS // 6


def end(graph: Graph, ranks: list[Values], i: int, s: int, h: int) -> int:
    """Where party i expects to end, as the definition reads, for rankings without ties."""
    if h == 0:
        return s
    ends = [end(graph, ranks, 1 - i, t, h - 1) for t in graph.moves(i, s).tolist()]
    best = max(ends, key=lambda e: int(ranks[i][e]), default=s)
    return best if ranks[i][best] > ranks[i][s] else s


def test_limited_moves() -> None:
    for rng, graph, _ in cases(2):
        ranks = strict(rng, graph)
        for party in range(2):
            for h in range(4):
                ends = anticipated(graph, ranks, party, h)
                stays = limited_move(graph, ranks, party, h)
                for s in rng.sample(graph.states().tolist(), min(4, len(graph.states()))):
                    assert ends[s] == end(graph, ranks, party, s, h)
                    assert stays[s] == (ends[s] == s)


def test_non_myopic_stability_is_stability_at_all_horizons_after_the_first_hundred() -> None:
    moved = 0
    for rng, graph, _ in cases(3):
        ranks, states = strict(rng, graph), graph.states()
        if isinstance(graph, Hypercube):
            graph = listed(graph)  # The other way of finding the best move.
        for party in range(2):
            found = non_myopic(graph, ranks, party)[states]
            stays = [limited_move(graph, ranks, party, h)[states] for h in range(100, 112)]
            # Repetitions of these small graphs are short and begin early; see the next test.
            assert found.tolist() == np.logical_and.reduce(stays).tolist()
            moved += int((~found).sum())
        if moved > 500:
            break


def test_non_myopic_stability_on_the_whole_repetition() -> None:
    longest = 0
    for rng, graph, _ in cases(4):
        ranks, states = strict(rng, graph), graph.states().tolist()
        now = [{s: s for s in states}, {s: s for s in states}]
        seen: list[list[dict[int, int]]] = []
        while now not in seen:
            seen.append(now)
            further = []
            for i in range(2):
                expected = {}
                for s in states:
                    ends = [now[1 - i][t] for t in graph.moves(i, s).tolist()]
                    best = max(ends, key=lambda e: int(ranks[i][e]), default=s)
                    expected[s] = best if ranks[i][best] > ranks[i][s] else s
                further.append(expected)
            now = further
        repeated = seen[seen.index(now) :]
        longest = max(longest, len(repeated))
        for party in range(2):
            verdict = non_myopic(graph, ranks, party)
            for s in states:
                assert verdict[s] == all(ends[party][s] == s for ends in repeated)
    assert longest > 1


def possible_ends(graph: Graph, ranks: list[Values], i: int, s: int, h: int) -> set[int]:
    """All ends that party i may expect, whichever of its best moves either picks."""
    if h == 0:
        return {s}
    found: set[int] = set()
    moves = graph.moves(i, s).tolist()
    sure = [possible_ends(graph, ranks, 1 - i, t, h - 1) for t in moves]
    levels = [{int(ranks[i][e]) for e in ends} for ends in sure]
    best = max((min(level) for level in levels), default=-1)
    for ends in sure:
        found |= {e for e in ends if ranks[i][e] >= best and ranks[i][e] > ranks[i][s]}
    if best <= ranks[i][s]:
        found.add(s)
    return found


def test_ties_are_refused_only_where_they_matter() -> None:
    refused = answered = 0
    for rng, graph, ranks in cases(5):
        h = rng.randint(1, 3)
        try:
            stays = limited_move(graph, ranks, 0, h)
        except StabilityError:
            refused += 1
            continue
        answered += 1
        for s in graph.states().tolist():
            ends = possible_ends(graph, ranks, 0, s, h)
            assert {e == s for e in ends} == {bool(stays[s])}
        assert stays.tolist() == limited_move(graph, ranks, 0, h, ties="first").tolist()
    assert min(refused, answered) > MODELS // 10
