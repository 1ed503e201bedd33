"""Stability when parties may act together.

A coalition improves on a state if a sequence of its members' moves, nobody twice in a row, leads
to a state that is better for *every* member. What a step on the way is worth does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np

from goodoffices.errors import StabilityError
from goodoffices.stability.bitsets import Table, punished, reached
from goodoffices.stability.definitions import Graph, Verdict
from goodoffices.stability.paths import Path, reach
from goodoffices.stability.relations import (
    CREDIBLE,
    SYMMETRIC,
    better,
    check,
    checked,
    moves,
    spread,
)
from goodoffices.stability.values import Values

Coalition: TypeAlias = tuple[int, ...]
"""Numbers of parties, in ascending order."""


@dataclass(frozen=True)
class JointImprovement:
    """A way for a coalition to leave a state to the gain of all its members.

    Attributes
    ----------
    start, end
        The state left and the state reached.
    path
        A shortest sequence of moves that leads there. Members whose moves it does not need are
        members all the same: they gain.
    """

    coalition: Coalition
    start: int
    end: int
    path: Path


def coalitions(parties: Collection[int], *, least: int = 1) -> Iterator[Coalition]:
    """All coalitions of these parties with at least so many members, small ones first."""
    for size in range(least, len(parties) + 1):
        yield from combinations(sorted(parties), size)


def joint_improvements(
    graph: Graph, ranks: Sequence[Values], state: int, *, least: int = 2
) -> list[JointImprovement]:
    """The ways in which coalitions could leave a state to the gain of all their members.

    Parameters
    ----------
    ranks
        For every party a number for each state; the greater, the better.
    least
        How many members a coalition has at least.

    References
    ----------
    [KilgourHipelFangPeng2001]_, as told in the guide to GMCR+; the paper was not re-read.

    Examples
    --------
    Two prisoners who are both silent only together (state 3):

    >>> from goodoffices.stability.hypercube import Hypercube
    >>> prisoners = Hypercube((("both",), ("both",)))
    >>> ranks = [np.array([1, 0, 3, 2], np.int32), np.array([1, 3, 0, 2], np.int32)]
    >>> [found] = joint_improvements(prisoners, ranks, 0)
    >>> found.end, [step.movers for step in found.path]
    (3, [(1,), (0,)])
    """
    found = []
    for coalition in coalitions(range(graph.parties), least=least):
        there = reach(graph, state, coalition)
        gains = [ranks[member][there.states] > ranks[member][state] for member in coalition]
        ends = np.sort(there.states[np.logical_and.reduce(gains)]).tolist()
        found += [JointImprovement(coalition, state, end, there.path(end)) for end in ends]
    return found


def coalition_stable(
    graph: Graph, ranks: Sequence[Values], concept: str, coalition: Collection[int]
) -> Verdict:
    """Where a coalition stays.

    Parameters
    ----------
    ranks
        For every party a number for each state; the greater, the better.
    concept
        ``nash``: the coalition has no improvement. ``gmr``: for each, the parties outside could
        answer by a sequence of moves that ends no better for *some* member. ``smr``: and from
        there the coalition could not go on to what is better for all of it. ``seq``, ``sseq``: the
        same, by answers in which each step is an improvement of a coalition of outsiders, for all
        members of that coalition, no coalition twice in a row.

    Returns
    -------
    For each state whether it is stable for the coalition; false at infeasible states.

    Raises
    ------
    StabilityError
        If there is no such concept, a member is not a party, or the model is too large for tables
        of all pairs of states.

    References
    ----------
    ``nash``: [KilgourHipelFangPeng2001]_. ``gmr``, ``smr``, ``seq``: [InoharaHipel2008]_. Both
    recalled and not re-read. ``sseq`` for coalitions is ours.
    """
    return _stable(_Tables(graph, ranks), concept, _members(graph, coalition))


def universally_stable(graph: Graph, ranks: Sequence[Values], concept: str) -> Verdict:
    """The states that are stable for every coalition, single parties and all together included.

    Parameters, errors and references as in :func:`coalition_stable`.
    """
    tables = _Tables(graph, ranks)
    verdicts = [_stable(tables, concept, members) for members in coalitions(range(graph.parties))]
    return np.asarray(np.logical_and.reduce(verdicts))


class _Tables:
    """Moves and comparisons of the parties as tables of pairs of states, made once."""

    def __init__(self, graph: Graph, ranks: Sequence[Values]) -> None:
        self.graph = graph
        self.size = len(checked(graph))
        self._moves = [moves(graph, party) for party in range(graph.parties)]
        self._better = [better(graph, own) for own in ranks]
        self._improvements: dict[Coalition, Table] = {}

    def reach(self, coalition: Coalition) -> Table:
        return reached([self._moves[member] for member in coalition], self.size)

    def better(self, coalition: Coalition) -> Table:
        return np.asarray(np.logical_and.reduce([self._better[m] for m in coalition]))

    def improvements(self, coalition: Coalition) -> Table:
        if coalition not in self._improvements:
            found = self.reach(coalition) & self.better(coalition)
            self._improvements[coalition] = found
        return self._improvements[coalition]


def _stable(tables: _Tables, concept: str, coalition: Coalition) -> Verdict:
    check(concept)
    unpunished = tables.improvements(coalition)
    if concept != "nash" and unpunished.any():
        outside = tuple(p for p in range(tables.graph.parties) if p not in coalition)
        if concept in CREDIBLE:
            steps = [tables.improvements(some) for some in coalitions(outside)]
            answers = reached(steps, tables.size)
        else:
            answers = tables.reach(outside)
        own = tables.reach(coalition) if concept in SYMMETRIC else None
        deters = ~tables.better(coalition)
        unpunished = unpunished & ~punished(unpunished, deters, answers, own)
    return spread(tables.graph, np.asarray(~unpunished.any(axis=1)))


def _members(graph: Graph, coalition: Collection[int]) -> Coalition:
    members = tuple(sorted(set(coalition)))
    if not members or not set(members) <= set(range(graph.parties)):
        raise StabilityError(
            f"{list(coalition)} is not a coalition of this model: name at least one of its "
            f"{graph.parties} parties, by their numbers from 0 to {graph.parties - 1}."
        )
    return members
