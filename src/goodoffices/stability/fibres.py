"""A party's improvements on a hypercube: for every state the least value among better ones.

Each fibre (the states that differ in the party's own actions only) is sorted once, best first.
From then on a running minimum along the sorted fibre answers for all of its states together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.values import LEAST, NOTHING, Values

Direction: TypeAlias = Literal["both", "forward", "back"]
"""Whether a party may take an action and give it up again, only take it, or only give it up."""

Block: TypeAlias = tuple[Direction, ...]
Indices: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Setting:
    """The states with one setting of the one-way actions: where from there the party can go.

    ``allowed``: which places of the sorted fibres can be reached; ``None`` if all.
    ``better``: for each of the states, the place in the running minima of all that are better.
    """

    states: Indices
    better: Indices
    allowed: NDArray[np.bool_] | None


class Fibres:
    """The improvements of one party.

    Parameters
    ----------
    block
        Directions of the party's actions.
    ranks
        How it ranks the states.
    stride
        The value of its lowest bit.
    feasible
        Which states are possible; ``None`` if all are.
    """

    def __init__(
        self, block: Block, ranks: Values, stride: int, feasible: NDArray[np.bool_] | None
    ) -> None:
        width = 1 << len(block)
        # Rows are fibres here: rows are what sorting is fast on.
        blocks = np.arange(len(ranks)).reshape(-1, width, stride)
        states = blocks.transpose(0, 2, 1).reshape(-1, width)
        keys = ranks if feasible is None else np.where(feasible, ranks, LEAST)
        order = np.argsort(-keys[states].astype(np.int64), axis=1, kind="stable")
        best_first = np.take_along_axis(states, order, axis=1)
        sorted_keys = keys[best_first]
        # How many states of the fibre are strictly better: those before the first of equal rank.
        is_first = np.ones(best_first.shape, dtype=np.bool_)
        is_first[:, 1:] = sorted_keys[:, 1:] != sorted_keys[:, :-1]
        before = np.maximum.accumulate(np.where(is_first, np.arange(width), 0), axis=1)
        better = np.empty(len(ranks), dtype=np.int64)
        better[best_first] = before * len(states) + np.arange(len(states))[:, None]
        # From here on columns are fibres: columns are what running minima are fast on.
        self._order: Indices = np.ascontiguousarray(best_first.T)
        self._settings = _settings(block, stride, self._order, better)

    def least(self, values: Values) -> Values:
        """The least value at each state and at the states that the party improves to from it."""
        fibres = values.take(self._order)
        running = np.empty((len(fibres) + 1, fibres.shape[1]), dtype=np.int32)
        running[0] = NOTHING
        found = values.copy()
        for setting in self._settings:
            reached = fibres
            if setting.allowed is not None:
                reached = np.where(setting.allowed, fibres, NOTHING)
            np.minimum.accumulate(reached, axis=0, out=running[1:])
            best = running.ravel().take(setting.better)
            found[setting.states] = np.minimum(values[setting.states], best)
        return found


def _settings(block: Block, stride: int, order: Indices, better: Indices) -> tuple[_Setting, ...]:
    one_way = [(stride << k, way) for k, way in enumerate(block) if way != "both"]
    states = np.arange(len(better))
    if not one_way:
        return (_Setting(states, better, None),)
    settings = []
    for taken in product([False, True], repeat=len(one_way)):
        here = np.ones(len(states), dtype=np.bool_)
        allowed = np.ones(order.shape, dtype=np.bool_)
        for (bit, way), is_taken in zip(one_way, taken, strict=True):
            here &= (states & bit > 0) == is_taken
            # What is taken of a forward action stays; what is given up of the other kind is gone.
            if is_taken == (way == "forward"):
                allowed &= (order & bit > 0) == is_taken
        settings.append(_Setting(states[here], better[here], allowed))
    return tuple(settings)
