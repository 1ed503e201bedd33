"""The greatest value that a party's moves lead to, where staying is not one of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.definitions import Graph
from goodoffices.stability.hypercube import Hypercube

NOWHERE = -1
"""Less than every value: what is reached where there is no move."""


class GreatestElsewhere:
    """For each state the greatest value among the states that one move of a party leads to.

    On a hypercube a pass for each bit, on any other graph a pass over the listed moves.
    """

    def __init__(self, graph: Graph, party: int) -> None:
        self._graph = graph
        self._party = party
        if not isinstance(graph, Hypercube):
            states = graph.states()
            places, self._targets = graph.moves_from(party, states)
            leaving, self._starts = np.unique(places, return_index=True)
            self._leaving = states[leaving]

    def greatest(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of whole numbers from 0; -1 where there is no move."""
        graph = self._graph
        if isinstance(graph, Hypercube):
            return self._on_cube(graph, values)
        found = np.full(len(values), NOWHERE, dtype=np.int64)
        if len(self._targets):
            found[self._leaving] = np.maximum.reduceat(values[self._targets], self._starts)
        return found

    def _on_cube(self, cube: Hypercube, values: NDArray[np.int64]) -> NDArray[np.int64]:
        if cube.feasible is not None:
            values = np.where(cube.feasible, values, NOWHERE)
        here = values.copy()
        elsewhere = np.full(len(values), NOWHERE, dtype=np.int64)
        first = sum(map(len, cube.blocks[: self._party]))
        for bit, way in enumerate(cube.blocks[self._party], first):
            # Whatever lies across this bit is elsewhere, and so is what was found elsewhere before.
            side, apart = here.reshape(-1, 2, 1 << bit), elsewhere.reshape(-1, 2, 1 << bit)
            no, yes = side[:, 0].copy(), side[:, 1].copy()
            if way != "back":
                np.maximum(apart[:, 0], yes, out=apart[:, 0])
                np.maximum(no, yes, out=side[:, 0])
            if way != "forward":
                np.maximum(apart[:, 1], no, out=apart[:, 1])
                np.maximum(yes, no, out=side[:, 1])
        return elsewhere
