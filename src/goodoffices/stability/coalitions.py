"""Stability when parties may act together.

A coalition improves on a state if a sequence of its members' moves, nobody twice in a row, leads
to a state that is better for *every* member. What a step on the way is worth does not matter.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import Graph, Verdict
from goodoffices.stability.relations import (
    Table,
    better,
    checked,
    moves,
    named,
    punished,
    reached,
    spread,
)
from goodoffices.stability.values import Values

Coalition: TypeAlias = tuple[int, ...]
"""Numbers of parties, in ascending order."""


@dataclass(frozen=True)
class Step:
    """One move: who makes it, and the state it leads to."""

    party: int
    state: int


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
    path: tuple[Step, ...]


def coalitions(parties: Collection[int], *, least: int = 1) -> Iterator[Coalition]:
    """All coalitions of these parties with at least so many members, small ones first."""
    for size in range(least, len(parties) + 1):
        yield from combinations(sorted(parties), size)


def reachable(graph: Graph, coalition: Collection[int], state: int) -> dict[int, tuple[Step, ...]]:
    """Where a coalition can go from a state, by moves of its members, nobody twice in a row.

    Returns
    -------
    State → a shortest sequence of moves that leads there. Works on graphs of any size, as long as
    the coalition does not reach too many states. A state to which the coalition can return is one
    that it reaches.

    References
    ----------
    The reachable list of a coalition, [FangHipelKilgour1993]_, recalled.
    """
    # What can follow depends on who moved last, so states are told apart by that.
    before: dict[tuple[int, int], tuple[int, int] | None] = {(state, -1): None}
    first: dict[int, tuple[int, int]] = {}
    waiting = deque(before)
    while waiting:
        here, last = place = waiting.popleft()
        for party in sorted(set(coalition) - {last}):
            for then in graph.moves(party, here).tolist():
                if (then, party) not in before:
                    before[then, party] = place
                    first.setdefault(then, (then, party))
                    waiting.append((then, party))
    return {end: _path(before, first[end]) for end in sorted(first)}


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
    >>> found.end, [step.party for step in found.path]
    (3, [0, 1])
    """
    found = []
    for coalition in coalitions(range(graph.parties), least=least):
        for end, path in reachable(graph, coalition, state).items():
            if all(ranks[member][end] > ranks[member][state] for member in coalition):
                found.append(JointImprovement(coalition, state, end, path))
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
    kind = named(concept)
    unpunished = tables.improvements(coalition)
    if kind.is_sanctioned and unpunished.any():
        outside = tuple(p for p in range(tables.graph.parties) if p not in coalition)
        if kind.is_credible:
            steps = [tables.improvements(some) for some in coalitions(outside)]
            answers = reached(steps, tables.size)
        else:
            answers = tables.reach(outside)
        own = tables.reach(coalition) if kind.is_symmetric else None
        unpunished = unpunished & ~punished(~tables.better(coalition), answers, own)
    return spread(tables.graph, np.asarray(~unpunished.any(axis=1)))


def _members(graph: Graph, coalition: Collection[int]) -> Coalition:
    members = tuple(sorted(set(coalition)))
    if not members or not set(members) <= set(range(graph.parties)):
        raise StabilityError(
            f"{list(coalition)} is not a coalition of this model: name at least one of its "
            f"{graph.parties} parties, by their numbers from 0 to {graph.parties - 1}."
        )
    return members


def _path(
    before: Mapping[tuple[int, int], tuple[int, int] | None], end: tuple[int, int]
) -> tuple[Step, ...]:
    steps: list[Step] = []
    place: tuple[int, int] | None = end
    while place is not None:
        state, party = place
        steps.append(Step(party, state))
        place = before[place]
    return tuple(reversed(steps[:-1]))
