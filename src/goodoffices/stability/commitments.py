"""What the searches in one model for one state share, and how things stand at a node of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.model import Model
from goodoffices.stability.raising import NEVER, Lift
from goodoffices.stability.reach import Flags, Reached, Steps, forward
from goodoffices.stability.reordering import Reordering, States, Wish, nearest
from goodoffices.stability.values import Values

Wishes: TypeAlias = frozenset[Wish]

FOLLOWED: Mapping[str, tuple[bool, bool]] = {
    "gmr": (False, False),
    "smr": (False, True),
    "seq": (True, False),
    "sseq": (True, True),
}
"""For each definition with sanctions: must they be improvements; do escapes count?"""


@dataclass(frozen=True, slots=True)
class Node:
    """Commitments of every party, and temptations whose deterrent is chosen."""

    wishes: tuple[Wishes, ...]
    decided: frozenset[int] = frozenset()

    def adding(self, party: int, wishes: Wishes, decided: int | None = None) -> Node:
        """The node with more commitments of a party."""
        own = tuple(w | wishes if p == party else w for p, w in enumerate(self.wishes))
        return Node(own, self.decided if decided is None else self.decided | {decided})


@dataclass(frozen=True, slots=True, eq=False)
class Temptation:
    """A party's move, where the others can bring it (``answers``), as numbers of states.

    ``numbers``, ``steps``: of the others' moves those that can follow on it.
    """

    party: int
    move: int
    answers: NDArray[np.int64]
    numbers: Mapping[int, NDArray[np.int64]]
    steps: Mapping[int, Steps]


@dataclass(slots=True)
class Table:
    """What every search in one model for one state uses again."""

    model: Model
    state: int
    changing: frozenset[int]
    steps: tuple[Steps, ...] = ()
    lifts: tuple[Lift, ...] = ()
    drops: tuple[Lift, ...] = ()
    spans: tuple[NDArray[np.int64], ...] = ()
    _kept: dict[tuple[int, Wishes], Reordering | None] = field(default_factory=dict)
    _within: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        graph, states = self.model.graph, self.model.states
        parties = range(len(self.model.parties))
        self.steps = tuple(Steps.of(graph, party) for party in parties)
        self.lifts = tuple(Lift(o.ranks, states, self.state, o.fixed) for o in self.model.orderings)
        # Every state between the two of a move, or tied with one, changes places with one of them
        # before the move becomes an improvement.
        self.spans = tuple(
            _spans(steps, own, states)
            for steps, own in zip(self.steps, self.model.ranks, strict=True)
        )
        # To drop below others is to be lifted over them in the ranking upside down.
        self.drops = tuple(
            Lift(-o.ranks, states, self.state, [(worse, better) for better, worse in o.fixed])
            for o in self.model.orderings
        )

    @property
    def ranks(self) -> tuple[Values, ...]:
        return self.model.ranks

    def reordered(self, party: int, wishes: Wishes) -> Reordering | None:
        """The party's nearest ranking that meets its commitments."""
        key = (party, wishes)
        if key not in self._kept:
            self._kept[key] = self._reordered(party, wishes)
        return self._kept[key]

    def _reordered(self, party: int, wishes: Wishes) -> Reordering | None:
        own = self.ranks[party]
        if all(wish.is_met(own) for wish in wishes):
            return Reordering(0, own)
        if party not in self.changing:
            return None
        if all(wish.better == self.state and not wish.is_strict for wish in wishes):
            return self.lifts[party].lifted([wish.worse for wish in wishes])
        if all(wish.worse == self.state and wish.is_strict for wish in wishes):
            return self.drops[party].dropped([wish.better for wish in wishes])
        return nearest(own, self.model.states, wishes, self.model.orderings[party].fixed)

    def lifted(self, party: int, choices: Sequence[frozenset[int]]) -> NDArray[np.int64]:
        """For each set of states, the cost of the party's not liking any of them better."""
        costs = self.lifts[party].costs(choices)
        return costs if party in self.changing else np.where(costs > 0, NEVER, 0)

    def temptations(self, party: int) -> list[Temptation]:
        """The party's moves from the state."""
        everything = {
            other: np.ones(len(steps.sources), dtype=np.bool_)
            for other, steps in enumerate(self.steps)
            if other != party
        }
        size = self.model.graph.size
        found = []
        for move in self.model.graph.moves(party, self.state).tolist():
            reached = forward(self.steps, everything, move, size)
            numbers = {
                m: np.flatnonzero(flags[self.steps[m].sources])
                for m, flags in reached.leaving.items()
            }
            steps = {
                m: Steps(self.steps[m].sources[n], self.steps[m].targets[n])
                for m, n in numbers.items()
            }
            found.append(Temptation(party, move, np.flatnonzero(reached.states), numbers, steps))
        return found

    def needed(self, party: int, answer: int, *, escapes: bool) -> frozenset[int]:
        """States that must not be better for an answer to deter."""
        if not escapes:
            return frozenset([answer])
        key = (party, answer)
        if key not in self._within:
            reached = self.model.graph.moves(party, answer).tolist()
            self._within[key] = frozenset([answer, *reached])
        return self._within[key]


class View:
    """How things stand at a node.

    ``by_chance``: whatever the new rankings say counts, also where nobody asked for it.
    """

    def __init__(
        self,
        table: Table,
        concept: str,
        node: Node,
        reordered: tuple[Reordering, ...],
        *,
        by_chance: bool = False,
    ) -> None:
        self._table, self._node, self._by_chance = table, node, by_chance
        self._follows = FOLLOWED.get(concept)
        self.reordered = reordered
        self._not_better: dict[tuple[int, bool], Flags] = {}
        self._good: dict[tuple[int, bool], Flags] = {}
        self._improving: dict[int, Flags] = {}
        self._reached: dict[Temptation, Reached] = {}

    def not_better(self, party: int, *, lost: bool = False) -> Flags:
        """States not better than the one that is to hold, before or by commitment.

        ``lost``: also those of them that the new ranking no longer has so.
        """
        key = (party, lost)
        if key not in self._not_better:
            state, own = self._table.state, self._table.ranks[party]
            if self._by_chance:
                own = self.reordered[party].ranks
            flags = own <= own[state]
            for wish in self._node.wishes[party]:
                if wish.better == state:
                    flags[wish.worse] = True
            new = self.reordered[party].ranks
            self._not_better[key] = flags if lost else flags & (new <= new[state])
        return self._not_better[key]

    def good(self, party: int, *, lost: bool = False) -> Flags:
        """States that deter the party when the others bring it there."""
        key = (party, lost)
        if key not in self._good:
            flags = self.not_better(party, lost=lost)
            if self._follows is not None and self._follows[1]:
                flags = flags & ~_leads(self._table.steps[party], ~flags)
            self._good[key] = flags
        return self._good[key]

    def usable(self, party: int) -> dict[int, Flags]:
        """Which moves of the others better their movers' states, before or by commitment."""
        return {m: self._improves(m) for m in range(len(self._table.ranks)) if m != party}

    def _improves(self, mover: int) -> Flags:
        if mover not in self._improving:
            steps, old = self._table.steps[mover], self._table.ranks[mover]
            new = self.reordered[mover].ranks
            if self._by_chance:
                old = new
            flags = old[steps.targets] > old[steps.sources]
            for wish in self._node.wishes[mover]:
                if wish.is_strict:
                    flags |= (steps.sources == wish.worse) & (steps.targets == wish.better)
            self._improving[mover] = flags & (new[steps.targets] > new[steps.sources])
        return self._improving[mover]

    def is_deterred(self, temptation: Temptation) -> bool:
        """Whether the party would not make this move."""
        party = temptation.party
        if self.not_better(party)[temptation.move]:
            return True
        if self._follows is None:
            return False
        good = self.good(party)
        if not good[temptation.answers].any():
            return False
        if not self._follows[0]:
            return True
        return bool((self.reached(temptation).states & good).any())

    def reached(self, temptation: Temptation) -> Reached:
        """Where the others go from a tempting state by improvements."""
        if temptation not in self._reached:
            size, numbers = self._table.model.graph.size, temptation.numbers
            usable = {m: self._improves(m)[n] for m, n in numbers.items()}
            self._reached[temptation] = forward(temptation.steps, usable, temptation.move, size)
        return self._reached[temptation]


def _spans(steps: Steps, own: Values, states: States) -> NDArray[np.int64]:
    """For each move by how many changes at least it becomes an improvement; 0 if it is one."""
    ordered = np.sort(own[states])
    up_to = np.searchsorted(ordered, own[steps.sources], side="right")
    below = np.searchsorted(ordered, own[steps.targets], side="left")
    return np.asarray(np.maximum(0, up_to - below - 1))


def _leads(steps: Steps, flags: Flags) -> Flags:
    """Where one move leads to a state of these."""
    found = np.zeros(len(flags), dtype=np.bool_)
    found[steps.sources[flags[steps.targets]]] = True
    return found


def is_plain(model: Model, party: int) -> bool:
    """Whether a party ties and fixes nothing: then a state alone moves past others most cheaply."""
    ordering = model.orderings[party]
    own = ordering.ranks[model.states]
    return not ordering.fixed and len(np.unique(own)) == len(own)
