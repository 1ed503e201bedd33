"""Where sequences of single moves lead, for searches that allow some moves and bar others.

Nobody moves twice in a row. A place in a sequence is a state and who moved last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.definitions import Graph
from goodoffices.stability.reordering import States

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Steps:
    """A party's moves, one by one: the states they leave and those they reach."""

    sources: States
    targets: States

    @classmethod
    def of(cls, graph: Graph, party: int) -> Steps:
        """All moves of a party."""
        reached = [(s, graph.moves(party, s)) for s in graph.states().tolist()]
        targets = [moves for _, moves in reached if len(moves)]
        nothing = np.array([], dtype=np.int64)
        return cls(
            np.repeat([s for s, _ in reached], [len(moves) for _, moves in reached]),
            np.concatenate(targets) if targets else nothing,
        )


AllSteps: TypeAlias = Sequence[Steps] | Mapping[int, Steps]
"""The steps of each party that may move, by its number."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What can be reached from a state, and how: who may move on from where.

    ``leaving``: for each mover, the states from which it may move next.
    """

    states: Flags
    leaving: Mapping[int, Flags]


def forward(steps: AllSteps, usable: Mapping[int, Flags], start: int, size: int) -> Reached:
    """Where the movers can go from a state, by at least one of the moves that they may use."""
    arrived = {mover: np.zeros(size, dtype=np.bool_) for mover in usable}
    leaving = {mover: np.zeros(size, dtype=np.bool_) for mover in usable}
    for flags in leaving.values():
        flags[start] = True
    is_growing = True
    while is_growing:
        is_growing = False
        for mover, may in usable.items():
            own = steps[mover]
            taken = may & leaving[mover][own.sources]
            targets = own.targets[taken]
            if arrived[mover][targets].all():
                continue
            is_growing = True
            arrived[mover][targets] = True
            for other, flags in leaving.items():
                if other != mover:
                    flags |= arrived[mover]
    states = np.zeros(size, dtype=np.bool_)
    for flags in arrived.values():
        states |= flags
    return Reached(states, leaving)


def backward(steps: AllSteps, usable: Mapping[int, Flags], ends: Flags) -> Mapping[int, Flags]:
    """For each mover the states into which it can move so that from there an end can be reached."""
    onward = {mover: np.zeros(len(ends), dtype=np.bool_) for mover in usable}
    into = {mover: ends.copy() for mover in usable}
    is_growing = True
    while is_growing:
        is_growing = False
        for mover, may in usable.items():
            own = steps[mover]
            sources = own.sources[may & into[mover][own.targets]]
            if onward[mover][sources].all():
                continue
            is_growing = True
            onward[mover][sources] = True
            for other, flags in into.items():
                if other != mover:
                    flags |= onward[mover]
    return into


def path(
    steps: AllSteps, usable: Mapping[int, Flags], start: int, ends: Flags
) -> tuple[tuple[int, int, int], ...] | None:
    """A shortest sequence of usable moves from a state to an end: (mover, from, to); at least one.

    ``None`` if there is none.
    """
    by_source = {mover: _listed(steps[mover], may) for mover, may in usable.items()}
    came: dict[tuple[int, int], tuple[int, int] | None] = {(start, -1): None}
    level = [(start, -1)]
    while level:
        following: list[tuple[int, int]] = []
        for place in level:
            state, last = place
            for mover, moves in by_source.items():
                if mover == last:
                    continue
                for then in moves.get(state, ()):
                    if (then, mover) in came:
                        continue
                    came[then, mover] = place
                    if ends[then]:
                        return _traced(came, (then, mover))
                    following.append((then, mover))
        level = following
    return None


def _listed(steps: Steps, may: Flags) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    pairs = zip(steps.sources[may].tolist(), steps.targets[may].tolist(), strict=True)
    for source, target in pairs:
        found.setdefault(source, []).append(target)
    return found


def _traced(
    came: Mapping[tuple[int, int], tuple[int, int] | None], end: tuple[int, int]
) -> tuple[tuple[int, int, int], ...]:
    found: list[tuple[int, int, int]] = []
    place = end
    while (before := came[place]) is not None:
        found.append((place[1], before[0], place[0]))
        place = before
    return tuple(reversed(found))
