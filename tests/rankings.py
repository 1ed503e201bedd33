"""Small models with rankings, and all other rankings of the same states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations, product
from random import Random

import numpy as np

from goodoffices.case import Party
from goodoffices.stability import Model, Ordering
from goodoffices.stability.definitions import Graph
from goodoffices.stability.reordering import States
from goodoffices.stability.values import Values
from tests.graphs import Oracle, random_arcs, random_cube


def model_of(graph: Graph, orderings: Sequence[Ordering]) -> Model:
    """A model whose parties are numbered."""
    parties = tuple(Party(id=f"P{number}") for number in range(graph.parties))
    return Model(title="A test", parties=parties, graph=graph, orderings=tuple(orderings))


def random_model(rng: Random, *, ties: bool = False, fixed: float = 0.06) -> Model:
    """Two parties and up to five states, or three parties and four; some pairs are fixed."""
    parties = 2 if ties or rng.random() < 0.7 else 3
    most = 5 if parties == 2 and not ties else 4
    while True:
        bits = parties + (parties == 2 and rng.random() < 0.5)
        graph: Graph = (
            random_arcs(rng, parties, states=most)
            if rng.random() < 0.5
            else random_cube(rng, parties, most_bits=bits)
        )
        if 2 <= len(graph.states()) <= most:
            break
    return model_of(
        graph, [random_ordering(rng, graph, ties=ties, fixed=fixed) for _ in range(parties)]
    )


def random_ordering(rng: Random, graph: Graph, *, ties: bool, fixed: float) -> Ordering:
    states = graph.states()
    count = len(states)
    levels = [rng.randrange(3) for _ in range(count)] if ties else rng.sample(range(count), count)
    ranks = on(graph, levels)
    pairs = [(a, b) for a in states.tolist() for b in states.tolist() if ranks[a] > ranks[b]]
    return Ordering(ranks=ranks, fixed=frozenset(p for p in pairs if rng.random() < fixed))


def on(graph: Graph, levels: Sequence[int]) -> Values:
    """A ranking from the ranks of the feasible states."""
    ranks = np.zeros(graph.size, dtype=np.int32)
    ranks[graph.states()] = levels
    return ranks


@cache
def weak_orders(count: int) -> tuple[tuple[int, ...], ...]:
    """All rankings of so many states, with ties."""
    every = product(range(count), repeat=count)
    return tuple(levels for levels in every if set(levels) == set(range(max(levels) + 1)))


def plain_distance(before: Values, after: Values, states: States) -> int:
    """How many pairs two rankings compare differently, pair by pair."""
    listed = states.tolist()
    return sum(
        np.sign(int(before[a]) - int(before[b])) != np.sign(int(after[a]) - int(after[b]))
        for n, a in enumerate(listed)
        for b in listed[n + 1 :]
    )


def others(model: Model, party: int, *, ties: bool = False) -> list[tuple[int, Values]]:
    """Every ranking that keeps what a party fixed, with its distance; the nearest first."""
    count, before = len(model.states), model.orderings[party]
    found = []
    for levels in weak_orders(count) if ties else permutations(range(count)):
        after = on(model.graph, levels)
        if all(after[a] > after[b] for a, b in before.fixed):
            found.append((plain_distance(before.ranks, after, model.states), after))
    return sorted(found, key=lambda other: other[0])


def profiles(
    choices: Sequence[Sequence[tuple[int, Values]]],
) -> Iterator[tuple[int, list[Values]]]:
    """All profiles of some rankings, and their distance; the nearest first."""
    picked = product(*(range(len(own)) for own in choices))
    costs = [[cost for cost, _ in own] for own in choices]
    for places in sorted(picked, key=lambda p: sum(c[n] for c, n in zip(costs, p, strict=True))):
        pairs = [own[n] for own, n in zip(choices, places, strict=True)]
        yield sum(cost for cost, _ in pairs), [ranks for _, ranks in pairs]


def bearable(
    model: Model,
    choices: Sequence[Sequence[tuple[int, Values]]],
    concept: str,
    parties: Sequence[int],
    state: int,
) -> list[Sequence[tuple[int, Values]]]:
    """Of each party's rankings those under which it could stay, did the others as they please.

    A sanction that the others want is a sanction, so what is sequentially stable is metarational;
    and that depends on the party's own ranking alone.
    """
    alone = {"seq": "gmr", "sseq": "smr"}.get(concept, concept)
    return [
        [
            (cost, ranks)
            for cost, ranks in own
            if party not in parties or holds(model, [ranks] * len(choices), alone, [party], state)
        ]
        for party, own in enumerate(choices)
    ]


def holds(
    model: Model, ranks: Sequence[Values], concept: str, parties: Sequence[int], state: int
) -> bool:
    """Whether a state holds for parties, move by move."""
    oracle = Oracle(model.graph, ranks)
    return all(oracle.is_stable(concept, party, state) for party in parties)
