"""A conflict as a graph model: who decides, what each may do, and how each ranks the states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.model import Party
from goodoffices.stability.definitions import Graph
from goodoffices.stability.fibres import Direction
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.values import Values

Pair: TypeAlias = tuple[int, int]
"""Two states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something a party may do or leave undone.

    Attributes
    ----------
    party
        Id of who decides about it.
    direction
        ``both``: it may be done and undone. ``forward``: once done, it stays. ``back``: once
        undone, it stays so.
    name
        As a sentence writes it when it is done: "Syria releases water". Or ``id``.
    undone
        As a sentence writes it when it is not; ``not: ...`` without.
    """

    id: str
    party: str
    direction: Direction = "both"
    name: str = ""
    undone: str = ""
    about: str = ""

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, kw_only=True)
class Ordering:
    """How one party compares the states of a model.

    Attributes
    ----------
    ranks
        A number for each state; the greater, the better. Equal numbers are a tie.
    statements
        Where the ranks come from preference statements: these, the most important first.
    unknown
        Pairs of states that nobody knows how the party compares, whatever the ranks say; either
        order.
    strong
        Pairs (better, worse) of which the party *strongly* prefers the first.
    probabilities
        (a, b) → the probability that the party prefers ``a`` to ``b``, where it is not 0 or 1.
    fixed
        Pairs (better, worse) that the party will not change, whatever it is offered.
    """

    ranks: Values
    statements: tuple[str, ...] = ()
    unknown: frozenset[Pair] = frozenset()
    strong: frozenset[Pair] = frozenset()
    probabilities: Mapping[Pair, float] = field(default_factory=dict)
    fixed: frozenset[Pair] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Model:
    """A graph model.

    Attributes
    ----------
    parties
        Who decides; in the order of ``graph`` and ``orderings``.
    actions
        The parties' actions, in the order in which patterns write them; none for a graph whose
        states are only named. Where ``graph`` is a hypercube, its bits are the actions of the
        first party in this order, then those of the second, and so on.
    graph
        States and moves.
    orderings
        One for each party.
    labels
        State of the graph → the name people know it by, such as the number in a publication.
        States that are not named go by their place among the feasible ones, from 1.
    patterns
        State of the graph → which actions are taken there, as ``Y``, ``N`` and ``-`` (either), in
        the order of ``actions``. Only for graphs that are not hypercubes; those spell their own.
    status_quo
        The present state.
    """

    title: str
    parties: tuple[Party, ...]
    actions: tuple[Action, ...] = ()
    graph: Graph
    orderings: tuple[Ordering, ...]
    labels: Mapping[int, str] = field(default_factory=dict)
    patterns: Mapping[int, str] = field(default_factory=dict)
    status_quo: int | None = None
    about: str = ""

    @property
    def ranks(self) -> tuple[Values, ...]:
        """Every party's ranks, as the definitions take them."""
        return tuple(ordering.ranks for ordering in self.orderings)

    @cached_property
    def states(self) -> NDArray[np.int64]:
        """The states, in ascending order."""
        return self.graph.states()

    def label(self, state: int) -> str:
        """What a state is called."""
        return self.labels.get(state) or str(int(np.searchsorted(self.states, state)) + 1)

    @cached_property
    def _called(self) -> dict[str, int]:
        return {name: state for state, name in self.labels.items() if name}

    def state(self, label: str) -> int:
        """The state called so; ``KeyError`` if there is none."""
        if label in self._called:
            return self._called[label]
        # No table of all the others: there may be a million of them.
        place = int(label) if label.isdecimal() else 0
        if (
            1 <= place <= len(self.states)
            and self.label(found := int(self.states[place - 1])) == label
        ):
            return found
        raise KeyError(label)

    def party(self, party_id: str) -> int:
        """The number of a party; ``KeyError`` if there is none."""
        for number, party in enumerate(self.parties):
            if party.id == party_id:
                return number
        raise KeyError(party_id)

    @cached_property
    def bits(self) -> tuple[int, ...]:
        """For each action the bit of a hypercube's states that says whether it is taken."""
        place = {party.id: number for number, party in enumerate(self.parties)}
        order = sorted(range(len(self.actions)), key=lambda n: (place[self.actions[n].party], n))
        return tuple(order.index(number) for number in range(len(self.actions)))

    def pattern(self, state: int) -> str:
        """Which actions are taken at a state: ``Y``, ``N`` or ``-`` for each; empty without any."""
        if not isinstance(self.graph, Hypercube):
            return self.patterns.get(state, "")
        return "".join("Y" if state >> bit & 1 else "N" for bit in self.bits)
