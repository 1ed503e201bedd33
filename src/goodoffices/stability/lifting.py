"""Moves between states that stand for several settings of the actions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.fibres import Block

MOST_MOVES = 4_000_000
"""So many moves between settings are looked at one by one."""


def count_of_moves(blocks: Sequence[Block], settings: int) -> int:
    """At most so many moves lead between settings."""
    return settings * sum((1 << len(block)) - 1 for block in blocks)


def lifted(blocks: Sequence[Block], state_of: NDArray[np.int64]) -> list[list[tuple[int, int]]]:
    """For each party the moves between states that some move between their settings makes.

    Parameters
    ----------
    blocks
        As of a hypercube.
    state_of : (settings,)
        For each setting the state it belongs to; -1 where it is not feasible.
    """
    states = int(state_of.max()) + 1
    settings = np.flatnonzero(state_of >= 0)
    found = []
    first = 0
    for block in blocks:
        keys = [np.empty(0, dtype=np.int64)]
        for change in range(1, 1 << len(block)):
            here = settings
            for bit, direction in enumerate(block):
                if change >> bit & 1 and direction != "both":
                    is_taken = (here >> (first + bit) & 1).astype(np.bool_)
                    here = here[is_taken == (direction == "back")]
            ends = state_of[here ^ (change << first)]
            starts = state_of[here]
            is_move = (ends >= 0) & (ends != starts)
            keys.append(np.unique(starts[is_move] * states + ends[is_move]))
        every = np.unique(np.concatenate(keys))
        found.append(list(zip((every // states).tolist(), (every % states).tolist(), strict=True)))
        first += len(block)
    return found
