"""States joined by listed moves, for graphs that no setting of actions describes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.values import NOTHING, Values

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Moves:
    """One party's moves, sorted by the state they leave.

    ``leaving``: states that have a move; ``starts``: where the moves of each begin.
    """

    sources: Indices
    targets: Indices
    leaving: Indices
    starts: Indices


@dataclass(frozen=True)
class Arcs:
    """A graph of moves given one by one.

    Attributes
    ----------
    size
        How many states there are.
    """

    size: int
    _moves: tuple[_Moves, ...]

    @classmethod
    def of(cls, size: int, moves: Sequence[Iterable[tuple[int, int]]]) -> Self:
        """The graph with these moves: for each party pairs of the states left and reached."""
        return cls(size, tuple(_sorted(pairs) for pairs in moves))

    @property
    def parties(self) -> int:
        """How many decide."""
        return len(self._moves)

    def states(self) -> Indices:
        """All states, in ascending order."""
        return np.arange(self.size)

    def moves(self, party: int, state: int) -> Indices:
        """The states that a party reaches from one in a single move, in ascending order."""
        own = self._moves[party]
        first, last = np.searchsorted(own.sources, [state, state + 1])
        return own.targets[first:last]

    def moves_from(self, party: int, states: Indices) -> tuple[Indices, Indices]:
        """The party's moves from several states: the place of the one each leaves, and its target.

        In ascending order of places.
        """
        own = self._moves[party]
        first = np.searchsorted(own.sources, states)
        counts = np.searchsorted(own.sources, states + 1) - first
        places = np.repeat(np.arange(len(states)), counts)
        within = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
        return places, own.targets[first[places] + within]

    def greatest(self, party: int, values: Values) -> Values:
        """The greatest value at each state and where one move of the party leads from it."""
        own = self._moves[party]
        found = values.copy()
        if len(own.targets):
            best = np.maximum.reduceat(values[own.targets], own.starts)
            found[own.leaving] = np.maximum(found[own.leaving], best)
        return found

    def least_of_sequences(self, parties: Sequence[int], values: Values) -> Values:
        """The least value at each state and where legal sequences of the parties' moves lead.

        Nobody moves twice in a row: here two moves of a party need not be a move.
        """
        return self._least([self._moves[party] for party in parties], values)

    def least_of_improvements(
        self, parties: Sequence[int], values: Values, ranks: Sequence[Values]
    ) -> Values:
        """The same for moves that each better the state they leave, for the party that moves.

        Parameters
        ----------
        ranks
            For every party of the graph, how it ranks the states.
        """
        return self._least([_improving(self._moves[p], ranks[p]) for p in parties], values)

    @staticmethod
    def _least(movers: Sequence[_Moves], values: Values) -> Values:
        if not movers:
            return values
        # after[k]: the least value that can still be reached when the k-th has just moved.
        after = [values] * len(movers)
        is_settled = False
        while not is_settled:
            then = [_one_move(moves, value) for moves, value in zip(movers, after, strict=True)]
            longer = [
                np.minimum.reduce([values, *(t for n, t in enumerate(then) if n != k)])
                for k in range(len(movers))
            ]
            is_settled = all(map(np.array_equal, longer, after))
            after = longer
        return np.asarray(np.minimum.reduce([values, *then]))


def _one_move(moves: _Moves, values: Values) -> Values:
    """The least value that one move reaches from each state."""
    found = np.full(len(values), NOTHING)
    if len(moves.targets):
        found[moves.leaving] = np.minimum.reduceat(values[moves.targets], moves.starts)
    return found


def _improving(moves: _Moves, ranks: Values) -> _Moves:
    kept = ranks[moves.targets] > ranks[moves.sources]
    return _grouped(moves.sources[kept], moves.targets[kept])


def _sorted(pairs: Iterable[tuple[int, int]]) -> _Moves:
    rows = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
    return _grouped(rows[:, 0], rows[:, 1])


def _grouped(sources: Indices, targets: Indices) -> _Moves:
    leaving, starts = np.unique(sources, return_index=True)
    return _Moves(sources, targets, leaving, starts)
