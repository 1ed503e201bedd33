"""The cheapest changes that make or break a state, and the cheapest of all profiles."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from goodoffices.stability import Model, inverse, radius
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.inverse import Inverse
from goodoffices.stability.raising import NEVER, Lift
from goodoffices.stability.reordering import Wish, distance, nearest
from tests.fuzzing import amount
from tests.rankings import bearable, holds, others, plain_distance, profiles, random_model

PARTS = 3
CONCEPTS = tuple(DEFINITIONS)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_cheapest_changes_of_rankings(part: int) -> None:
    rng, seen = Random(part), Counter[str]()
    for number in range(amount(900) // PARTS):
        model = random_model(rng, ties=number % 5 == 4)
        count = len(model.parties)
        state = rng.choice(model.states.tolist())
        wanted = sorted(rng.sample(range(count), rng.randint(1, count)))
        changing = sorted(rng.sample(range(count), rng.choice([1, count, count])))
        for concept in (CONCEPTS[number % 5], CONCEPTS[(number + 2) % 5]):
            found = inverse(model, state, concept, parties=wanted, changing=changing, most=10_000)
            check(model, found, changing, ties=number % 5 == 4)
            best = found.cheapest
            seen["none" if best is None else "some" if best.cost else "as it is"] += 1
    assert min(seen.values()) > 10
    assert len(seen) == 3


def check(model: Model, found: Inverse, changing: list[int], *, ties: bool) -> None:
    parties = range(len(model.parties))
    choices = [
        others(model, p, ties=ties) if p in changing else [(0, model.ranks[p])] for p in parties
    ]
    choices = bearable(model, choices, found.concept, found.parties, found.state)
    best, nearest_ones = None, []
    for cost, ranks in profiles(choices):
        if best is not None and cost > best:
            break
        if holds(model, ranks, found.concept, found.parties, found.state):
            best = cost
            nearest_ones.append(ranks)
    cheapest = found.cheapest
    assert best == (None if cheapest is None else cheapest.cost)
    assert found.is_proven
    assert found.is_complete
    for alternative in found.alternatives:
        assert holds(model, alternative.ranks, found.concept, found.parties, found.state)
        assert alternative.cost == sum(alternative.costs)
        for party in parties:
            before, after = model.orderings[party], alternative.ranks[party]
            assert plain_distance(before.ranks, after, model.states) == alternative.costs[party]
            assert all(after[a] > after[b] for a, b in before.fixed)
    # Every cheapest profile meets the demands of one of the cheapest alternatives.
    least = [a.demands for a in found.alternatives if a.cost == best]
    for ranks in nearest_ones:
        assert any(all(is_met(ranks, demand) for demand in demands) for demands in least)


def is_met(ranks, demand) -> bool:  # type: ignore[no-untyped-def]  # a demand, or a tie in it
    own = ranks[demand.party]
    return bool(own[demand.better] >= own[demand.worse])


@pytest.mark.parametrize("part", range(PARTS))
def test_the_fewest_changes_that_break_a_state(part: int) -> None:
    rng, seen = Random(100 + part), Counter[int | None]()
    for number in range(amount(75) // PARTS):
        ties = number % 3 == 2
        model = random_model(rng, ties=ties, fixed=rng.choice([0, 0.06]))
        everybody = range(len(model.parties))
        choices = [others(model, party, ties=ties) for party in everybody]
        state = rng.choice(model.states.tolist())
        for concept in CONCEPTS:
            found = radius(model, state, concept)
            broken = (
                cost
                for cost, ranks in profiles(choices)
                if not holds(model, ranks, concept, everybody, state)
            )
            assert found.cost == next(broken, None)
            assert found.is_proven
            seen[found.cost] += 1
    assert min(seen[None], seen[0], seen[1], seen[2]) > 3


@pytest.mark.parametrize("part", range(PARTS))
def test_the_nearest_ranking_that_meets_wishes(part: int) -> None:
    rng = Random(200 + part)
    for number in range(amount(450) // PARTS):
        model = random_model(rng, ties=number % 2 == 0)
        states, before = model.states, model.orderings[0]
        lifted = rng.choice(states.tolist())
        below = [s for s in states.tolist() if s != lifted and rng.random() < 0.5]
        wishes = [Wish(lifted, state, False) for state in below]
        if number % 3:
            wishes += [Wish(*rng.sample(states.tolist(), 2)) for _ in range(number % 3)]
        best = min(
            (
                cost
                for cost, ranks in others(model, 0, ties=True)
                if all(wish.is_met(ranks) for wish in wishes)
            ),
            default=None,
        )
        found = nearest(before.ranks, states, wishes, before.fixed)
        assert best == (None if found is None else found.cost)
        if found is not None:
            assert distance(before.ranks, found.ranks, states) == found.cost
            assert all(wish.is_met(found.ranks) for wish in wishes)
        if number % 3 == 0:
            lift = Lift(before.ranks, states, lifted, before.fixed)
            [cost] = lift.costs([below]).tolist()
            assert cost == (NEVER if best is None else best)
            raised = lift.lifted(below)
            assert (raised is None) == (best is None)
            if raised is not None:
                assert distance(before.ranks, raised.ranks, states) == best
                assert all(wish.is_met(raised.ranks) for wish in wishes)
