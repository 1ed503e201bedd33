"""Stability of single states under any comparisons, by looking at every sequence of moves.

Shares nothing with the room but ``moves``. A comparison is asked for one party and two states, the
state the party is at first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from goodoffices.case.model import Party
from goodoffices.stability.definitions import Graph
from goodoffices.stability.model import Model, Ordering, Pair
from goodoffices.stability.values import Values
from tests.graphs import random_arcs, random_cube, random_ranks

Comparison = Callable[[int, int, int], bool]

Case = tuple[Random, Graph, list[Values]]

NAMES = ("North", "South", "Coast", "Isle")


@dataclass(frozen=True)
class Judge:
    """When a party leaves a state, what deters it, and what the others do of their own will."""

    graph: Graph
    leaves: Comparison
    deters: Comparison
    answers: Comparison
    _known: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def is_stable(self, concept: str, party: int, s: int) -> bool:
        for t in self._moves(party, s):
            if self.leaves(party, s, t) and not self._is_punished(concept, party, s, t):
                return False
        return True

    def table(self, concept: str, party: int) -> list[bool]:
        return [self.is_stable(concept, party, s) for s in self.graph.states().tolist()]

    def _is_punished(self, concept: str, party: int, s: int, t: int) -> bool:
        if concept == "nash":
            return False
        for u in self._answers(party, t, of_their_own_will=concept in ("seq", "sseq")):
            is_escaped = concept in ("smr", "sseq") and any(
                not self.deters(party, s, v) for v in self._moves(party, u)
            )
            if self.deters(party, s, u) and not is_escaped:
                return True
        return False

    def _answers(self, party: int, start: int, *, of_their_own_will: bool) -> set[int]:
        seen: set[tuple[int, int]] = set()
        waiting = [(start, party)]
        while waiting:
            here, last = waiting.pop()
            for mover in set(range(self.graph.parties)) - {party, last}:
                for then in self._moves(mover, here):
                    if of_their_own_will and not self.answers(mover, here, then):
                        continue
                    if (then, mover) not in seen:
                        seen.add((then, mover))
                        waiting.append((then, mover))
        return {state for state, _ in seen}

    def _moves(self, party: int, state: int) -> list[int]:
        if (party, state) not in self._known:
            self._known[party, state] = self.graph.moves(party, state).tolist()
        return self._known[party, state]


def model(graph: Graph, orderings: Iterable[Ordering]) -> Model:
    """A model of parties whose names do not matter."""
    parties = tuple(Party(id=name) for name in NAMES[: graph.parties])
    return Model(title="", parties=parties, graph=graph, orderings=tuple(orderings))


def plain(graph: Graph, ranks: Iterable[Values]) -> Model:
    """A model with rankings only."""
    return model(graph, [Ordering(ranks=own) for own in ranks])


def cases(seed: int, count: int) -> Iterator[Case]:
    """Graphs of two to four parties with rankings; most of them small, as every pair is judged."""
    rng = Random(seed)
    for number in range(count):
        parties = 2 + number % 3
        graph: Graph = random_arcs(rng, parties, states=6)
        if number % 4:
            graph = random_cube(rng, parties, most_bits=6 if number % 20 == 1 else 4)
        yield rng, graph, random_ranks(rng, graph)


def some_pairs(rng: Random, graph: Graph, share: float) -> list[Pair]:
    """Some of the pairs of two different states, each in both orders or in one."""
    states = graph.states().tolist()
    return [(a, b) for a in states for b in states if a != b and rng.random() < share]
