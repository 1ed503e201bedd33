"""The shortest sequences of moves from a state, in which nobody moves twice in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.definitions import Graph
from goodoffices.stability.values import Values

Indices = NDArray[np.int64]

_CHUNK = 1 << 12
"""States whose moves are looked at together; bounds the memory, not the answer."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move: the numbers of the parties that make it, and the state it leads to."""

    movers: tuple[int, ...]
    state: int


Path = tuple[Step, ...]


@dataclass(frozen=True)
class Reached:
    """What sequences of moves reach from a state, and how.

    Attributes
    ----------
    states
        The states in order of the length of the shortest sequence; without the start, even where
        a sequence returns to it.
    lengths
        How many moves lead to each of them.
    """

    states: Indices
    lengths: Indices
    _first: Indices
    _arrivals: _Arrivals

    def is_reached(self, state: int) -> bool:
        """Whether some sequence leads there."""
        return bool(self._first[state] > 0)

    def path(self, state: int) -> Path:
        """The shortest sequence to a state that is reached; the first of several as short."""
        steps = []
        at = int(self._first[state])
        while at > 0:
            steps.append(Step((int(self._arrivals.movers[at]),), int(self._arrivals.states[at])))
            at = int(self._arrivals.before[at])
        return tuple(reversed(steps))


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """Ways in which states are entered: by whose move, after which other arrival."""

    states: Indices
    movers: Indices
    before: Indices


def reach(
    graph: Graph,
    start: int,
    movers: Sequence[int],
    *,
    ranks: Sequence[Values] | None = None,
    enough: Callable[[Indices], bool] = lambda _: False,
) -> Reached:
    """All that legal sequences of moves reach from a state, each by a shortest one.

    Parameters
    ----------
    movers
        The parties that may move, nobody twice in a row.
    ranks
        Every party's ranks, if each move has to better the state it leaves for the one who moves.
    enough
        Asked after each length about the states that are reached first by sequences so long; the
        search ends when it says yes.

    Notes
    -----
    Breadth first over states and who moved last. A state needs two arrivals at most: after the
    first everybody but its mover may go on, and after one by somebody else that mover too. So
    everybody's moves from a state are looked at once, and the memory is proportional to the
    number of states.
    """
    first = np.full(graph.size, -1, dtype=np.int64)
    has_second = np.zeros(graph.size, dtype=np.bool_)
    scratch = np.zeros(graph.size, dtype=np.int64)
    first[start], has_second[start] = 0, True
    made = [_Arrivals(*(np.array([value], dtype=np.int64) for value in (start, -1, -1)))]
    # Whose move the first arrival at each state was; nobody's at the start.
    came_by = np.full(graph.size, -1, dtype=np.int64)
    frontier, known = made[0], 1
    numbers = np.zeros(1, dtype=np.int64)
    found: list[Indices] = []
    while len(frontier.states):
        level: list[_Arrivals] = []
        before_level, fresh = known, []
        for mover in movers:
            is_first = first[frontier.states] == numbers
            goes_on = np.where(
                is_first, frontier.movers != mover, came_by[frontier.states] == mover
            )
            for places in _chunks(np.flatnonzero(goes_on)):
                origins, targets = _moves(graph, mover, frontier.states[places], ranks)
                is_new = (first[targets] < 0) | (~has_second[targets] & (came_by[targets] != mover))
                origins, targets = origins[is_new], targets[is_new]
                # Of several moves to one state the first is kept: what is written last stays.
                scratch[targets[::-1]] = np.arange(len(targets))[::-1]
                is_kept = scratch[targets] == np.arange(len(targets))
                origins, targets = origins[is_kept], targets[is_kept]
                unseen = first[targets] < 0
                own = np.arange(known, known + len(targets))
                first[targets[unseen]] = own[unseen]
                came_by[targets[unseen]] = mover
                has_second[targets[~unseen]] = True
                fresh.append(targets[unseen])
                level.append(
                    _Arrivals(targets, np.full(len(targets), mover), numbers[places][origins])
                )
                known += len(targets)
        frontier, numbers = _joined(level), np.arange(before_level, known)
        made.append(frontier)
        found.append(np.concatenate([*fresh, np.zeros(0, dtype=np.int64)]))
        if len(found[-1]) and enough(found[-1]):
            break
    lengths = [np.full(len(states), length) for length, states in enumerate(found, 1)]
    nothing = np.zeros(0, dtype=np.int64)
    return Reached(
        np.concatenate([*found, nothing]),
        np.concatenate([*lengths, nothing]),
        first,
        _joined(made),
    )


def _moves(
    graph: Graph, mover: int, states: Indices, ranks: Sequence[Values] | None
) -> tuple[Indices, Indices]:
    origins, targets = graph.moves_from(mover, states)
    if ranks is None:
        return origins, targets
    betters = ranks[mover][targets] > ranks[mover][states[origins]]
    return origins[betters], targets[betters]


def _chunks(places: Indices) -> list[Indices]:
    return [places[at : at + _CHUNK] for at in range(0, len(places), _CHUNK)]


def _joined(parts: Sequence[_Arrivals]) -> _Arrivals:
    empty = np.zeros(0, dtype=np.int64)
    return _Arrivals(
        np.concatenate([*(part.states for part in parts), empty]),
        np.concatenate([*(part.movers for part in parts), empty]),
        np.concatenate([*(part.before for part in parts), empty]),
    )
