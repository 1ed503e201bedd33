"""Every witness and every route is checked step by step, and against all there is to find."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

from goodoffices.case.model import Party
from goodoffices.stability.analysis import CONCEPTS, analyse, leading
from goodoffices.stability.definitions import Graph
from goodoffices.stability.evolution import Route, evolution
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Model, Ordering
from goodoffices.stability.paths import Path, reach
from goodoffices.stability.values import Values
from goodoffices.stability.witness import IMPROVING, SYMMETRIC, Answer, Witness, witness
from goodoffices.stability.witness_words import reasons, witness_words
from tests.fuzzing import amount
from tests.graphs import Oracle, random_case

PARTS = 2


def modelled(graph: Graph, ranks: Sequence[Values]) -> Model:
    return Model(
        title="Random",
        parties=tuple(Party(id=f"P{number}") for number in range(graph.parties)),
        graph=graph,
        orderings=tuple(Ordering(ranks=own) for own in ranks),
    )


def distances(oracle: Oracle, start: int, movers: Sequence[int], *, gains: bool) -> dict[int, int]:
    """How many moves lead to each state, nobody moving twice in a row; one pair after another."""
    found: dict[int, int] = {}
    level, seen, length = {(start, -1)}, {(start, -1)}, 0
    while level:
        length += 1
        then = set()
        for state, last in level:
            for mover in movers:
                if mover != last:
                    targets = oracle.graph.moves(mover, state).tolist()
                    if gains:
                        targets = oracle.improvements(mover, state)
                    then |= {(target, mover) for target in targets}
        level = then - seen
        seen |= level
        for state, _ in level:
            found.setdefault(state, length)
    return found


def check_path(oracle: Oracle, start: int, path: Path, *, gains: bool) -> None:
    """Whether each step is a single party's move, and nobody moves twice in a row."""
    at, last = start, -1
    for step in path:
        (mover,) = step.movers
        assert mover != last
        assert step.state in oracle.graph.moves(mover, at)
        if gains:
            assert oracle.ranks[mover][step.state] > oracle.ranks[mover][at]
        at, last = step.state, mover


def is_deterring(oracle: Oracle, found: Witness, end: int) -> bool:
    own = oracle.ranks[found.party]
    if own[end] > own[found.state]:
        return False
    ways_out = oracle.graph.moves(found.party, end)
    return found.concept not in SYMMETRIC or not (own[ways_out] > own[found.state]).any()


def check_answer(oracle: Oracle, found: Witness, answer: Answer) -> None:
    own, gains = oracle.ranks[found.party], found.concept in IMPROVING
    check_path(oracle, answer.improvement, answer.path, gains=gains)
    assert all(step.movers != (found.party,) for step in answer.path)
    others = [p for p in range(oracle.graph.parties) if p != found.party]
    lengths = distances(oracle, answer.improvement, others, gains=gains)
    deterring = [n for end, n in lengths.items() if is_deterring(oracle, found, end)]
    assert answer.deters == bool(deterring) == is_deterring(oracle, found, answer.end)
    if answer.deters:
        assert len(answer.path) == min(deterring)
    elif not answer.path:
        assert all(own[end] > own[found.state] for end in lengths)
    assert answer.others_move == bool(set(lengths) - {answer.improvement})
    if found.concept in SYMMETRIC:
        moves = oracle.graph.moves(found.party, answer.end).tolist()
        assert (answer.counter in moves) if moves else (answer.counter is None)
        assert answer.counter is None or own[answer.counter] == max(own[moves])
    else:
        assert answer.counter is None


def check_witness(oracle: Oracle, found: Witness) -> None:
    own = oracle.ranks[found.party]
    improvements = oracle.improvements(found.party, found.state)
    assert found.is_stable == oracle.is_stable(found.concept, found.party, found.state)
    assert found.moves == len(oracle.graph.moves(found.party, found.state))
    assert found.improvements == len(improvements)
    by_gain = sorted(improvements, key=lambda state: (-own[state], state))
    if found.is_stable:
        assert [answer.improvement for answer in found.answers] == by_gain
    else:
        (answer,) = found.answers
        assert not answer.deters
        others = [p for p in range(oracle.graph.parties) if p != found.party]
        gains = found.concept in IMPROVING
        undeterred = [
            state
            for state in by_gain
            if found.concept == "nash"
            or not any(
                is_deterring(oracle, found, end)
                for end in distances(oracle, state, others, gains=gains)
            )
        ]
        assert answer.improvement == undeterred[0]
    if found.concept != "nash":
        for answer in found.answers:
            check_answer(oracle, found, answer)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_witness_on_random_graphs(part: int) -> None:
    rng = Random(100 + part)
    long = 0
    for number in range(amount(160) // PARTS):
        graph, ranks = random_case(rng, number)
        model, oracle = modelled(graph, ranks), Oracle(graph, ranks)
        analysis = analyse(model)
        for state in rng.sample(graph.states().tolist(), min(8, len(graph.states()))):
            for party in range(graph.parties):
                for concept in CONCEPTS:
                    found = witness(model, party, state, concept)
                    assert found.is_stable == analysis.verdicts[concept][party, state]
                    check_witness(oracle, found)
                    long += any(len(answer.path) > 2 for answer in found.answers)
                    assert len(witness_words(model, found, most=None)) == max(1, len(found.answers))
                assert reasons(model, party, state, analysis.held(party, state))
    assert long > 0


@pytest.mark.parametrize("part", range(PARTS))
def test_shortest_sequences_on_random_graphs(part: int) -> None:
    rng = Random(200 + part)
    for number in range(amount(300) // PARTS):
        graph, ranks = random_case(rng, number)
        oracle = Oracle(graph, ranks)
        start = rng.choice(graph.states().tolist())
        movers = sorted(rng.sample(range(graph.parties), rng.randint(1, graph.parties)))
        for gains in (False, True):
            found = reach(graph, start, movers, ranks=ranks if gains else None)
            expected = distances(oracle, start, movers, gains=gains)
            expected.pop(start, None)
            reached = dict(zip(found.states.tolist(), found.lengths.tolist(), strict=True))
            assert reached == expected
            for state, length in expected.items():
                path = found.path(state)
                assert len(path) == length
                assert path[-1].state == state
                check_path(oracle, start, path, gains=gains)


def joint_origins(oracle: Oracle, origins: dict[int, int], target: int) -> dict[int, int]:
    """From which states several parties that all gain can make the target together."""
    graph, found = oracle.graph, {}
    for origin, length in origins.items():
        gaining = [p for p, own in enumerate(oracle.ranks) if own[target] > own[origin]]
        if isinstance(graph, Hypercube):
            # A graph without infeasible settings: there every joint change is a sequence of moves.
            free = Oracle(Hypercube(graph.blocks), oracle.ranks)
            ways = distances(free, origin, gaining, gains=False)
        else:
            ways = distances(oracle, origin, gaining, gains=False)
        # A single party that has just moved cannot move on by itself, nor is that a joint step.
        if target != origin and ways.get(target, 0) > 1:
            found[origin] = length
    return found


def check_route(oracle: Oracle, start: int, route: Route) -> None:
    graph, everybody = oracle.graph, range(oracle.graph.parties)
    target = route.state
    if target == start:
        assert (route.kind, route.path) == ("here", ())
        return
    by_gain = distances(oracle, start, everybody, gains=True)
    by_moves = distances(oracle, start, everybody, gains=False)
    for path, ways, gains in (
        (route.improvements, by_gain, True),
        (route.moves, by_moves, False),
    ):
        assert (path is None) == (target not in ways)
        if path is not None:
            assert (len(path), path[-1].state) == (ways[target], target)
            check_path(oracle, start, path, gains=gains)
    if route.improvements is None:
        origins = joint_origins(oracle, by_gain | {start: 0}, target)
        assert (route.agreement is None) == (not origins)
        if route.agreement is not None:
            *alone, joint = route.agreement
            at = alone[-1].state if alone else start
            check_path(oracle, start, tuple(alone), gains=True)
            assert len(joint.movers) > 1
            assert all(oracle.ranks[p][target] > oracle.ranks[p][at] for p in joint.movers)
            assert (joint.state, len(alone)) == (target, min(origins.values()))
    if route.moves is None and isinstance(graph, Hypercube):
        free = Oracle(Hypercube(graph.blocks), oracle.ranks)
        assert (route.jointly is None) == (
            target not in distances(free, start, everybody, gains=False)
        )
        assert route.jointly is None or len(route.jointly[0].movers) > 1


@pytest.mark.parametrize("part", range(PARTS))
def test_every_route_on_random_graphs(part: int) -> None:
    rng = Random(300 + part)
    kinds = set()
    for number in range(amount(100) // PARTS):
        graph, ranks = random_case(rng, number)
        oracle = Oracle(graph, ranks)
        start, *targets = rng.sample(graph.states().tolist(), min(6, len(graph.states())))
        for route in evolution(modelled(graph, ranks), [start, *targets], start):
            check_route(oracle, start, route)
            kinds.add(route.kind)
    assert kinds >= {"here", "improvements", "agreement", "moves", "never"}


def test_the_first_equilibria_on_random_graphs() -> None:
    rng = Random(400)
    for number in range(amount(100)):
        graph, ranks = random_case(rng, number)
        analysis = analyse(modelled(graph, ranks))
        everywhere = leading(analysis, 1000)
        stable = np.logical_or.reduce([analysis.verdicts[c].all(axis=0) for c in CONCEPTS])
        assert sorted(one.state for one in everywhere) == np.flatnonzero(stable).tolist()
        assert leading(analysis, 2) == everywhere[:2]
        order = list(CONCEPTS)
        firmness = [order.index(one.concepts[0]) for one in everywhere]
        assert firmness == sorted(firmness)
