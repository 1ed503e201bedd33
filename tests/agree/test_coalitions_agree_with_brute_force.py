"""Tables of pairs and looking at every sequence of moves agree, for coalitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations
from random import Random

from goodoffices.stability.coalitions import (
    coalition_stable,
    joint_improvements,
    universally_stable,
)
from goodoffices.stability.definitions import DEFINITIONS, Graph
from goodoffices.stability.values import Values
from tests.comparisons import cases
from tests.fuzzing import amount

MODELS = amount(500)

Step = Callable[[int], Iterable[int]]


def subsets(parties: Iterable[int]) -> Iterator[tuple[int, ...]]:
    listed = sorted(parties)
    return chain.from_iterable(combinations(listed, k) for k in range(1, len(listed) + 1))


def ends(start: int, steps: dict[object, Step]) -> set[int]:
    """Where sequences lead in which no two steps in a row are of the same kind."""
    seen: set[tuple[int, object]] = set()
    waiting: list[tuple[int, object]] = [(start, None)]
    while waiting:
        here, last = waiting.pop()
        for kind, step in steps.items():
            if kind != last:
                fresh = {(then, kind) for then in step(here)} - seen
                seen |= fresh
                waiting += fresh
    return {state for state, _ in seen}


class Oracle:
    def __init__(self, graph: Graph, ranks: list[Values]) -> None:
        self.graph = graph
        self.ranks = ranks

    def reach(self, coalition: Iterable[int], s: int) -> set[int]:
        return ends(s, {p: lambda x, p=p: self.graph.moves(p, x).tolist() for p in coalition})

    def gains(self, coalition: Iterable[int], s: int, t: int) -> bool:
        return all(self.ranks[p][t] > self.ranks[p][s] for p in coalition)

    def improvements(self, coalition: tuple[int, ...], s: int) -> set[int]:
        return {t for t in self.reach(coalition, s) if self.gains(coalition, s, t)}

    def answers(self, coalition: tuple[int, ...], t: int, *, credible: bool) -> set[int]:
        outside = set(range(self.graph.parties)) - set(coalition)
        if not credible:
            return self.reach(outside, t)
        return ends(t, {c: lambda x, c=c: self.improvements(c, x) for c in subsets(outside)})

    def is_stable(self, concept: str, coalition: tuple[int, ...], s: int) -> bool:
        for t in self.improvements(coalition, s):
            if concept == "nash":
                return False
            answers = self.answers(coalition, t, credible=concept in ("seq", "sseq"))
            punishing = {u for u in answers if not self.gains(coalition, s, u)}
            if concept in ("smr", "sseq"):
                punishing = {
                    u
                    for u in punishing
                    if not any(self.gains(coalition, s, v) for v in self.reach(coalition, u))
                }
            if not punishing:
                return False
        return True


def test_coalitions_of_every_size() -> None:
    rng = Random(1)
    counts = {True: 0, False: 0}
    for number, (_, graph, ranks) in enumerate(cases(1, MODELS)):
        oracle, states = Oracle(graph, ranks), graph.states().tolist()
        some = rng.sample(states, min(len(states), 6))
        # Every definition on every model, each for a coalition of its own; all of them for some.
        everyone = list(subsets(range(graph.parties)))
        for concept in DEFINITIONS:
            asked = everyone if number % 25 == 0 else [rng.choice(everyone)]
            for coalition in asked:
                verdict = coalition_stable(graph, ranks, concept, coalition)
                for s in some:
                    expected = oracle.is_stable(concept, coalition, s)
                    assert bool(verdict[s]) == expected, (number, concept, coalition, s)
                    counts[expected] += 1
            if number % 25 == 0:
                verdict = universally_stable(graph, ranks, concept)
                for s in some:
                    assert verdict[s] == all(oracle.is_stable(concept, c, s) for c in everyone)
    assert min(counts.values()) > MODELS


def test_joint_improvements_and_their_paths() -> None:
    rng = Random(2)
    found = 0
    for _, graph, ranks in cases(2, MODELS):
        oracle, start = Oracle(graph, ranks), rng.choice(graph.states().tolist())
        listed = joint_improvements(graph, ranks, start, least=1)
        assert [(j.coalition, j.end) for j in listed] == [
            (c, t)
            for c in subsets(range(graph.parties))
            for t in sorted(oracle.improvements(c, start))
        ]
        for joint in listed:
            here, last = joint.start, -1
            for step in joint.path:
                [mover] = step.movers
                assert mover in joint.coalition
                assert mover != last
                assert step.state in graph.moves(mover, here)
                here, last = step.state, mover
            assert here == joint.end
        found += len(listed)
    assert found > MODELS // 2
