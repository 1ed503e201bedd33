"""Tables of pairs and looking at every sequence of moves agree, for all ways of comparing states.

And with nothing unknown, strong, uncertain or felt for others, they are the plain definitions.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

from goodoffices.stability.attitudes import with_attitudes
from goodoffices.stability.definitions import DEFINITIONS, Graph
from goodoffices.stability.model import Model, Ordering, Pair
from goodoffices.stability.probabilities import largest_alpha, probabilistic
from goodoffices.stability.relations import Relations, equilibria, ranked, stable
from goodoffices.stability.strength import strong
from goodoffices.stability.unknown import EXTENSIONS, uncertain
from goodoffices.stability.values import Values
from tests.comparisons import Judge, cases, model, plain, some_pairs
from tests.fuzzing import amount

MODELS = amount(500)


def agree(relations: Relations, judge: Judge) -> int:
    """How many verdicts were compared and stable."""
    count = 0
    for concept in DEFINITIONS:
        tables = []
        for party in range(judge.graph.parties):
            verdict = stable(relations, concept, party)
            tables.append(judge.table(concept, party))
            assert verdict[judge.graph.states()].tolist() == tables[-1], (concept, party)
            count += sum(tables[-1])
        states = judge.graph.states().tolist()
        held = [s for place, s in enumerate(states) if all(table[place] for table in tables)]
        assert equilibria(relations, concept) == held
    return count


def is_plain(relations: Relations, graph: Graph, ranks: list[Values]) -> bool:
    states = graph.states()
    return all(
        stable(relations, concept, p)[states].tolist()
        == DEFINITIONS[concept](graph, ranks, p)[states].tolist()
        for concept in DEFINITIONS
        for p in range(graph.parties)
    )


def test_plain_rankings() -> None:
    for _, graph, ranks in cases(1, MODELS):
        assert is_plain(ranked(graph, ranks), graph, ranks)


def test_nothing_special_is_the_plain_definitions() -> None:
    for rng, graph, ranks in cases(2, MODELS):
        simple = plain(graph, ranks)
        for extension in EXTENSIONS:
            assert is_plain(uncertain(simple, extension), graph, ranks)
        selfish = ["0" * p + "+" + "0" * (graph.parties - p - 1) for p in range(graph.parties)]
        assert is_plain(with_attitudes(simple, selfish), graph, ranks)
        levels = [rng.choice([0.1, 0.5, 0.9, 1.0]) for _ in range(3)]
        assert is_plain(probabilistic(simple, *levels), graph, ranks)
        # With all better states strongly so, strongly worse is all that is worse but not what ties.
        strict = [np.argsort(np.argsort(own, kind="stable")).astype(np.int32) for own in ranks]
        states = graph.states().tolist()
        pairs = [
            frozenset((a, b) for a in states for b in states if own[a] > own[b]) for own in strict
        ]
        all_strong = model(
            graph, [Ordering(ranks=o, strong=p) for o, p in zip(strict, pairs, strict=True)]
        )
        untied = strong(all_strong)
        itself = tuple(table | np.eye(len(states), dtype=np.bool_) for table in untied.deters)
        assert is_plain(Relations(graph, untied.leaves, itself, untied.answers), graph, strict)


def unknown_judge(
    graph: Graph, ranks: list[Values], unknown: list[frozenset[Pair]], extension: str
) -> Judge:
    ordered = [own.tolist() for own in ranks]

    def sign(p: int, s: int, t: int) -> str:
        """How the party sees t from s."""
        if (s, t) in unknown[p] or (t, s) in unknown[p]:
            return "U"
        return (
            "+" if ordered[p][t] > ordered[p][s] else "-" if ordered[p][t] < ordered[p][s] else "="
        )

    leave = {"a": "+U", "b": "+", "c": "+U", "d": "+"}[extension]
    deter = {"a": "-=", "b": "-=", "c": "-=U", "d": "-=U"}[extension]
    return Judge(
        graph,
        leaves=lambda p, s, t: sign(p, s, t) in leave,
        deters=lambda p, s, t: sign(p, s, t) in deter,
        answers=lambda p, s, t: sign(p, s, t) in "+U",
    )


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_unknown_preferences(extension: str) -> None:
    count = 0
    for rng, graph, ranks in cases(3, MODELS):
        unknown = [frozenset(some_pairs(rng, graph, rng.choice([0.05, 0.2]))) for _ in ranks]
        orderings = [Ordering(ranks=r, unknown=u) for r, u in zip(ranks, unknown, strict=True)]
        judge = unknown_judge(graph, ranks, unknown, extension)
        count += agree(uncertain(model(graph, orderings), extension), judge)
    assert count > 2 * MODELS


def strong_judge(graph: Graph, ranks: list[Values], strongly: list[frozenset[Pair]]) -> Judge:
    ordered = [own.tolist() for own in ranks]

    def improves(p: int, s: int, t: int) -> bool:
        return bool(ordered[p][t] > ordered[p][s])

    return Judge(graph, improves, lambda p, s, t: (s, t) in strongly[p], improves)


def test_strength_of_preference() -> None:
    count = 0
    for rng, graph, ranks in cases(4, MODELS):
        strongly = [
            frozenset((a, b) for a, b in some_pairs(rng, graph, 0.5) if own[a] > own[b])
            for own in ranks
        ]
        orderings = [Ordering(ranks=r, strong=g) for r, g in zip(ranks, strongly, strict=True)]
        count += agree(strong(model(graph, orderings)), strong_judge(graph, ranks, strongly))
    assert count > 2 * MODELS


def attitude_judge(graph: Graph, ranks: list[Values], lines: list[str]) -> Judge:
    ordered = [own.tolist() for own in ranks]

    def accepts(p: int, s: int, t: int) -> bool:
        for sign, own in zip(lines[p], ordered, strict=True):
            if sign == "+" and not own[t] > own[s]:
                return False
            if sign == "-" and not own[t] < own[s]:
                return False
        return s != t

    return Judge(graph, accepts, lambda p, s, t: not accepts(p, s, t), accepts)


def test_attitudes() -> None:
    count = 0
    for rng, graph, ranks in cases(5, MODELS):
        lines = ["".join(rng.choices("+0-", k=len(ranks))) for _ in ranks]
        count += agree(
            with_attitudes(plain(graph, ranks), lines), attitude_judge(graph, ranks, lines)
        )
    assert count > 2 * MODELS


def random_chances(rng: Random, graph: Graph, ranks: list[Values]) -> Model:
    """Chances in tenths for many pairs, often both ways and then often with a chance of a tie."""
    orderings = []
    for own in ranks:
        chances: dict[tuple[int, int], float] = {}
        for a, b in some_pairs(rng, graph, 0.3):
            most = 10 - round(10 * chances.get((b, a), 0))
            chances[a, b] = rng.randint(0, most) / 10
        orderings.append(Ordering(ranks=own, probabilities=chances))
    return model(graph, orderings)


def tenths(ordering: Ordering, a: int, b: int) -> int:
    """Ten times the chance that a is preferred to b."""
    if (a, b) in ordering.probabilities:
        return round(10 * ordering.probabilities[a, b])
    if (b, a) in ordering.probabilities:
        return 10 - round(10 * ordering.probabilities[b, a])
    return 10 if ordering.ranks[a] > ordering.ranks[b] else 0


def chance_judge(graph: Graph, known: Sequence[Ordering], levels: tuple[int, int, int]) -> Judge:
    alpha, beta, gamma = levels
    return Judge(
        graph,
        leaves=lambda p, s, t: tenths(known[p], t, s) > 10 - alpha,
        deters=lambda p, s, t: tenths(known[p], t, s) <= 10 - beta,
        answers=lambda p, s, t: tenths(known[p], t, s) > 10 - gamma,
    )


def test_probabilistic_preferences() -> None:
    count = 0
    for rng, graph, ranks in cases(6, MODELS):
        chances = random_chances(rng, graph, ranks)
        levels = (rng.randint(0, 10), rng.randint(0, 10), rng.randint(0, 10))
        alpha, beta, gamma = (level / 10 for level in levels)
        count += agree(
            probabilistic(chances, alpha, beta, gamma),
            chance_judge(graph, chances.orderings, levels),
        )
    assert count > 2 * MODELS


def test_the_largest_alpha_is_the_last_that_is_stable() -> None:
    for rng, graph, ranks in cases(7, MODELS // 5):
        uncertain_model = random_chances(rng, graph, ranks)
        beta, gamma = (rng.randint(0, 10) / 10 for _ in range(2))
        states, steps = graph.states(), [k / 10 for k in range(11)]
        levels = [probabilistic(uncertain_model, alpha, beta, gamma) for alpha in steps]
        for concept in DEFINITIONS:
            for party in range(graph.parties):
                found = largest_alpha(uncertain_model, concept, party, beta=beta, gamma=gamma)
                stays = np.array([stable(level, concept, party)[states] for level in levels])
                # All chances are tenths, so the largest level is one of the eleven tried.
                assert np.round(10 * found[states]).tolist() == (stays.sum(axis=0) - 1).tolist()
                assert np.isnan(np.delete(found, states)).all()
