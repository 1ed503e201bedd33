"""When a state is stable for a party: the definitions, on all states at once.

A party at a state may have unilateral improvements: moves to states it likes better. The
definitions differ in what keeps it from making them. Each function here takes the graph, how every
party ranks the states, and the party asked about; and gives for each state whether it is stable
for that party. At infeasible states of a hypercube the answer means nothing.

The kernels never look at single moves. An improvement goes unpunished if the worst that the others
can then make of it is still better than the state that was left; so the party stays exactly where
the greatest, over its moves, of that worst is not better than the state itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.values import Values

Verdict = NDArray[np.bool_]


class Graph(Protocol):
    """What the definitions ask of a graph of moves, however it is kept."""

    @property
    def parties(self) -> int:
        """How many decide."""

    @property
    def size(self) -> int:
        """The length of all values."""

    def states(self) -> NDArray[np.int64]:
        """The states, in ascending order."""

    def moves(self, party: int, state: int) -> NDArray[np.int64]:
        """Where a party can go from a state in one move."""

    def moves_from(
        self, party: int, states: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """A party's moves from several states: the place of the one each leaves, and its target."""

    def greatest(self, party: int, values: Values) -> Values:
        """The greatest value at each state and one move of a party from it."""

    def least_of_sequences(self, parties: Sequence[int], values: Values) -> Values:
        """The least value at each state and all that legal sequences of moves reach from it."""

    def least_of_improvements(
        self, parties: Sequence[int], values: Values, ranks: Sequence[Values]
    ) -> Values:
        """The same for sequences in which every move betters its mover's state."""


def nash(graph: Graph, ranks: Sequence[Values], party: int) -> Verdict:
    """Nash stability: the party has no improvement.

    Parameters
    ----------
    graph
        The states and moves.
    ranks
        For every party a number for each state; the greater, the better, equal numbers are ties.
    party
        The number of the party asked about.

    Returns
    -------
    For each state, whether it is stable for the party.

    References
    ----------
    [FangHipelKilgour1993]_, recalled.

    Examples
    --------
    Two who may swerve or not; the worst is that neither does (state 0).

    >>> from goodoffices.stability.hypercube import Hypercube
    >>> chicken = Hypercube((("both",), ("both",)))
    >>> ranks = [np.array([0, 1, 3, 2], np.int32), np.array([0, 3, 1, 2], np.int32)]
    >>> nash(chicken, ranks, 0).tolist()
    [False, True, True, False]
    """
    return graph.greatest(party, ranks[party]) <= ranks[party]


def gmr(graph: Graph, ranks: Sequence[Values], party: int) -> Verdict:
    """General metarationality: the others could answer every improvement with something worse.

    Worse is what is not better than the state that was left. The others may move in any order,
    nobody twice in a row, and need not want what they do. Parameters as in :func:`nash`.

    References
    ----------
    [FangHipelKilgour1993]_, recalled.
    """
    return _deterred(
        graph, ranks, party, graph.least_of_sequences(_others(graph, party), ranks[party])
    )


def smr(graph: Graph, ranks: Sequence[Values], party: int) -> Verdict:
    """Symmetric metarationality: as :func:`gmr`, and the party cannot escape what they did.

    References
    ----------
    [FangHipelKilgour1993]_, recalled.
    """
    best_answer = graph.greatest(party, ranks[party])
    return _deterred(
        graph, ranks, party, graph.least_of_sequences(_others(graph, party), best_answer)
    )


def seq(graph: Graph, ranks: Sequence[Values], party: int) -> Verdict:
    """Sequential stability: as :func:`gmr`, by moves that each better their mover's state.

    References
    ----------
    [FangHipelKilgour1993]_, recalled.
    """
    others = _others(graph, party)
    return _deterred(graph, ranks, party, graph.least_of_improvements(others, ranks[party], ranks))


def sseq(graph: Graph, ranks: Sequence[Values], party: int) -> Verdict:
    """Symmetric sequential stability: as :func:`seq`, and the party cannot escape.

    References
    ----------
    [RegoVieira2017]_, read in the notes of this project only.
    """
    others = _others(graph, party)
    best_answer = graph.greatest(party, ranks[party])
    return _deterred(graph, ranks, party, graph.least_of_improvements(others, best_answer, ranks))


DEFINITIONS: Mapping[str, Callable[[Graph, Sequence[Values], int], Verdict]] = MappingProxyType(
    {"nash": nash, "gmr": gmr, "smr": smr, "seq": seq, "sseq": sseq}
)
"""The definitions by name."""


def _others(graph: Graph, party: int) -> list[int]:
    return [other for other in range(graph.parties) if other != party]


def _deterred(graph: Graph, ranks: Sequence[Values], party: int, worst: Values) -> Verdict:
    """Where every improvement can end, at worst, no better than it began."""
    own = ranks[party]
    return graph.greatest(party, np.minimum(own, worst)) <= own
