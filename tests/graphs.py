"""Small random graphs of moves, and stability as the definitions read, state by state.

The oracle looks at single moves and sequences, and shares nothing with the room but ``moves``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from goodoffices.stability.arcs import Arcs
from goodoffices.stability.definitions import Graph
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.values import Values


def random_cube(rng: Random, parties: int, *, most_bits: int = 6) -> Hypercube:
    """Actions for everybody, some of them one-way; often some settings are infeasible."""
    widths = [1] * parties
    for _ in range(rng.randint(0, most_bits - parties)):
        widths[rng.randrange(parties)] += 1
    kinds = rng.choice([("both",), ("both", "both", "forward", "back")])
    blocks = tuple(tuple(rng.choice(kinds) for _ in range(width)) for width in widths)
    feasible = None
    if rng.random() < 0.6:
        feasible = np.array([rng.random() > 0.3 for _ in range(2 ** sum(widths))])
        feasible[rng.randrange(len(feasible))] = True
    return Hypercube(blocks, feasible)  # type: ignore[arg-type] # strings of a tuple of literals


def random_arcs(rng: Random, parties: int, *, states: int = 7) -> Arcs:
    """Moves with no order in them: a party's two moves in a row are often no move of its own."""
    pairs = [(a, b) for a in range(states) for b in range(states) if a != b]
    return Arcs.of(
        states, [rng.sample(pairs, rng.randint(0, len(pairs) // 3)) for _ in range(parties)]
    )


def random_ranks(rng: Random, graph: Graph) -> list[Values]:
    """A ranking for everybody, with few ties or many."""
    levels = rng.choice([2, 4, graph.size])
    return [
        np.array([rng.randrange(levels) for _ in range(graph.size)], dtype=np.int32)
        for _ in range(graph.parties)
    ]


def listed(cube: Hypercube) -> Arcs:
    """The same graph, move by move; infeasible states keep their numbers and have no moves."""
    return Arcs.of(
        cube.size,
        [
            [(s, int(t)) for s in cube.states().tolist() for t in cube.moves(party, s)]
            for party in range(cube.parties)
        ],
    )


@dataclass(frozen=True)
class Oracle:
    """Stability of single states, by looking at every move and every sequence of moves."""

    graph: Graph
    ranks: Sequence[Values]

    def improvements(self, party: int, state: int) -> list[int]:
        own = self.ranks[party]
        return [t for t in self.graph.moves(party, state).tolist() if own[t] > own[state]]

    def sequences(self, start: int, party: int, *, improving: bool) -> set[int]:
        """Where the others can bring a state, nobody moving twice in a row."""
        seen: set[tuple[int, int]] = set()
        left = [(start, -1)]
        while left:
            state, last = left.pop()
            for mover in range(self.graph.parties):
                if mover in (party, last):
                    continue
                steps = (
                    self.improvements(mover, state)
                    if improving
                    else self.graph.moves(mover, state).tolist()
                )
                for then in steps:
                    if (then, mover) not in seen:
                        seen.add((then, mover))
                        left.append((then, mover))
        return {state for state, _ in seen}

    def is_stable(self, concept: str, party: int, state: int) -> bool:
        own = self.ranks[party]
        improvements = self.improvements(party, state)
        if concept == "nash":
            return not improvements
        is_escaped: Callable[[int], bool] = lambda _: False  # noqa: E731 # the plain concepts
        if concept in ("smr", "sseq"):
            is_escaped = lambda answer: any(  # noqa: E731 # the symmetric ones
                own[t] > own[state] for t in self.graph.moves(party, answer).tolist()
            )
        return all(
            any(
                own[answer] <= own[state] and not is_escaped(answer)
                for answer in self.sequences(move, party, improving=concept in ("seq", "sseq"))
            )
            for move in improvements
        )

    def table(self, concept: str, party: int) -> list[bool]:
        return [self.is_stable(concept, party, s) for s in self.graph.states().tolist()]


def random_case(rng: Random, number: int) -> tuple[Graph, list[Values]]:
    """A graph of two to four parties, every fourth of them given move by move, and rankings."""
    parties = 2 + number % 3
    graph: Graph = random_arcs(rng, parties) if number % 4 == 3 else random_cube(rng, parties)
    return graph, random_ranks(rng, graph)
