"""Statements that one state is better than another, as levels and what they leave open."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, pairwise

from goodoffices.stability.model import Pair


class Circle(Exception):
    """Statements (better, worse) that go in a circle.

    Where one ends with another state than the next begins with, the two are said to be as good.
    """

    def __init__(self, steps: Sequence[Pair]) -> None:
        super().__init__()
        self.steps = tuple(steps)


def ordered(
    states: Sequence[int], chains: Sequence[Sequence[Sequence[int]]]
) -> tuple[dict[int, int], frozenset[Pair]]:
    """A level for each state, the greater the better, and the pairs that the chains leave open.

    Parameters
    ----------
    states
        All states.
    chains
        Each from best to worst; states in one entry are equally good.

    Raises
    ------
    Circle
        A state would be better than itself.

    Examples
    --------
    >>> levels, unknown = ordered([1, 2, 3], [[[1], [2]], [[1], [3]]])
    >>> levels, sorted(unknown)
    ({1: 1, 2: 0, 3: 0}, [(2, 3)])
    """
    head = _heads(states, chains)
    worse: dict[int, set[int]] = {head[state]: set() for state in states}
    # Which states stand behind a step, to name them as the writer did.
    said: dict[Pair, Pair] = {}
    for chain in chains:
        for uppers, lowers in pairwise(chain):
            step = (head[uppers[0]], head[lowers[0]])
            if step[0] == step[1]:
                raise Circle([(uppers[0], lowers[0])])
            worse[step[0]].add(step[1])
            said.setdefault(step, (uppers[0], lowers[0]))
    try:
        lowest_first = list(TopologicalSorter(worse).static_order())
    except CycleError as fault:
        raise Circle(_named(fault.args[1], said)) from None
    levels: dict[int, int] = {}
    # A bit for each state that is worse, directly or not.
    place = {state: number for number, state in enumerate(worse)}
    below: dict[int, int] = {}
    for state in lowest_first:
        levels[state] = max((levels[lower] + 1 for lower in worse[state]), default=0)
        below[state] = 0
        for lower in worse[state]:
            below[state] |= below[lower] | 1 << place[lower]
    unknown = frozenset(
        (one, other)
        for one, other in combinations(states, 2)
        if head[one] != head[other]
        and not below[head[one]] >> place[head[other]] & 1
        and not below[head[other]] >> place[head[one]] & 1
    )
    return {state: levels[head[state]] for state in states}, unknown


def _heads(states: Sequence[int], chains: Sequence[Sequence[Sequence[int]]]) -> dict[int, int]:
    """For each state the one that stands for all that are said to be as good."""
    above = {state: state for state in states}

    def head(state: int) -> int:
        while above[state] != state:
            above[state] = above[above[state]]
            state = above[state]
        return state

    for chain in chains:
        for tied in chain:
            for state in tied[1:]:
                above[head(state)] = head(tied[0])
    return {state: head(state) for state in states}


def _named(circle: Sequence[int], said: dict[Pair, Pair]) -> list[Pair]:
    """The steps of a circle as they were said, from better to worse."""
    # The sorter gives each before what was waiting for it: the worse first.
    return [said[upper, lower] for lower, upper in reversed(list(pairwise(circle)))]
