"""States that are settings of yes/no actions: moves as passes over a party's own bits.

A state is a whole number whose bits say which actions are taken. A party's move changes any of its
own actions at once, so what it can reach is a fibre: the states that differ in its block of bits.
The greatest or least value on a fibre takes one pass for each bit (a butterfly), where a table of
moves would take the square of the number of states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.fibres import Block, Fibres, Indices
from goodoffices.stability.values import LEAST, NOTHING, Values


@dataclass(frozen=True)
class Hypercube:
    """A graph of moves whose states are the feasible settings of actions.

    Attributes
    ----------
    blocks
        For each party the directions of its actions. The first party's first action is bit 0 of a
        state; each party's bits follow those of the one before.
    feasible
        Whether each of the ``2 ** bits`` settings is possible; ``None`` if all are.
    """

    blocks: tuple[Block, ...]
    feasible: NDArray[np.bool_] | None = None
    _fibres: dict[int, tuple[Values, Fibres]] = field(default_factory=dict, repr=False)

    @property
    def parties(self) -> int:
        """How many decide."""
        return len(self.blocks)

    @property
    def size(self) -> int:
        """How many settings there are, feasible or not: the length of all values."""
        return int(2 ** sum(map(len, self.blocks)))

    def states(self) -> NDArray[np.int64]:
        """The feasible states, in ascending order."""
        return np.arange(self.size) if self.feasible is None else np.flatnonzero(self.feasible)

    def moves(self, party: int, state: int) -> NDArray[np.int64]:
        """The states that a party reaches from one in a single move, in ascending order."""
        changes = [0]
        for bit, direction in enumerate(self.blocks[party], self._first(party)):
            is_taken = bool(state >> bit & 1)
            if direction == "both" or is_taken == (direction == "back"):
                changes += [change | 1 << bit for change in changes]
        reached = np.sort(np.array([state ^ change for change in changes[1:]], dtype=np.int64))
        return reached if self.feasible is None else reached[self.feasible[reached]]

    def moves_from(self, party: int, states: Indices) -> tuple[Indices, Indices]:
        """The party's moves from several states: the place of the one each leaves, and its target.

        In ascending order of places.
        """
        first, width = self._first(party), len(self.blocks[party])
        changes = np.arange(1, 1 << width) << first
        ways = list(enumerate(self.blocks[party], first))
        forward = sum(1 << bit for bit, way in ways if way == "forward")
        back = sum(1 << bit for bit, way in ways if way == "back")
        # What is taken of a forward action stays; what is given up of the other kind is gone.
        stuck = (states & forward) | (~states & back)
        targets = states[:, None] ^ changes
        is_move = (stuck[:, None] & changes) == 0
        if self.feasible is not None:
            is_move &= self.feasible[targets]
        places, _ = np.nonzero(is_move)
        return places, targets[is_move]

    def greatest(self, party: int, values: Values) -> Values:
        """The greatest value at each state and where one move of the party leads from it."""
        if self.feasible is not None:
            values = np.where(self.feasible, values, LEAST)
        return self._pass(party, values, np.maximum)

    def least_of_sequences(self, parties: Sequence[int], values: Values) -> Values:
        """The least value at each state and where moves of the parties, in any order, lead.

        Two moves of one party in a row are one move, or none, so they need not be told apart.
        """
        current = self._barred(values)
        while True:
            before = current
            for party in parties:
                current = self._barred(self._pass(party, current, np.minimum))
            # Where every setting is feasible, one move each, in any order, leads everywhere.
            if self.feasible is None or np.array_equal(before, current):
                return current

    def least_of_improvements(
        self, parties: Sequence[int], values: Values, ranks: Sequence[Values]
    ) -> Values:
        """The same for moves that each better the state they leave, for the party that moves.

        Parameters
        ----------
        ranks
            For every party of the graph, how it ranks the states.
        """
        current = self._barred(values)
        unchanged = 0
        for party in cycle(parties):
            longer = self._improving(party, ranks[party]).least(current)
            # Improvements of one party are transitive: a second pass at once would change nothing.
            unchanged = unchanged + 1 if np.array_equal(longer, current) else 1
            current = longer
            if unchanged == len(parties):
                break
        return current

    def _first(self, party: int) -> int:
        return sum(map(len, self.blocks[:party]))

    def _barred(self, values: Values) -> Values:
        """The values, with nothing to be had at infeasible states."""
        return values if self.feasible is None else np.where(self.feasible, values, NOTHING)

    def _pass(self, party: int, values: Values, pick: np.ufunc) -> Values:
        found = values.copy()
        for bit, direction in enumerate(self.blocks[party], self._first(party)):
            halves = found.reshape(-1, 2, 1 << bit)
            no, yes = halves[:, 0], halves[:, 1]
            best = pick(no, yes)
            if direction != "back":
                no[...] = best
            if direction != "forward":
                yes[...] = best
        return found

    def _improving(self, party: int, ranks: Values) -> Fibres:
        """The party's improvements, kept for the next call with the same ranks."""
        kept = self._fibres.get(party)
        if kept is None or kept[0] is not ranks:
            fibres = Fibres(self.blocks[party], ranks, 1 << self._first(party), self.feasible)
            kept = self._fibres[party] = (ranks, fibres)
        return kept[1]
