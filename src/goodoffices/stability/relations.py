"""Stability where comparing two states takes more than a rank: tables of all pairs of states.

Every definition asks the same three things of the parties' preferences. *Would it leave?* Which
moves tempt a party away from a state. *Does it deter?* Which states, once the others have brought
them about, are bad enough for the party to have stayed. *Would they answer so?* Which steps the
others are taken to make of their own will. A way of writing down preferences is an answer to these
three, in a :class:`Relations`; from there :func:`stable` is one and the same for all of them.

A table has a cell for each pair of states, so this is for models of up to a few thousand states.
Plain rankings do not need it: see :mod:`goodoffices.stability.definitions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.bitsets import Table, punished, reached
from goodoffices.stability.definitions import DEFINITIONS, Graph, Verdict
from goodoffices.stability.values import Values

CREDIBLE = frozenset({"seq", "sseq"})
"""Concepts in which only steps count that the others would make of their own will."""

SYMMETRIC = frozenset({"smr", "sseq"})
"""Concepts in which the party may move once more after their answer."""

MOST_STATES = 5000
"""For more states than this no tables are made: at 5000 one of them takes 25 MB."""


@dataclass(frozen=True)
class Relations:
    """How the parties compare the states of a graph, pair by pair.

    Attributes
    ----------
    graph
        The states and moves.
    leaves
        For each party ``[s, t]``: at s it would like to be at t instead. Whether it has such a
        move is the graph's affair.
    deters
        For each party ``[s, t]``: ending at t, it had better have stayed at s. After the others'
        answer a party escapes to what does not deter.
    answers
        For each party ``[s, t]``: it would step from s to t to answer another.
    """

    graph: Graph
    leaves: tuple[Table, ...]
    deters: tuple[Table, ...]
    answers: tuple[Table, ...]

    @cached_property
    def moves(self) -> tuple[Table, ...]:
        """For each party ``[s, t]``: it can go from s to t in one move."""
        return tuple(moves(self.graph, party) for party in range(self.graph.parties))


def ranked(graph: Graph, ranks: Sequence[Values]) -> Relations:
    """Plain rankings: a party leaves for what is better, and all that is not better deters.

    Examples
    --------
    Two who may swerve or not; the worst is that neither does (state 0).

    >>> from goodoffices.stability.hypercube import Hypercube
    >>> chicken = Hypercube((("both",), ("both",)))
    >>> ranks = [np.array([0, 1, 3, 2], np.int32), np.array([0, 3, 1, 2], np.int32)]
    >>> stable(ranked(chicken, ranks), "gmr", 0).tolist()
    [False, True, True, True]
    """
    checked(graph)
    tables = tuple(better(graph, own) for own in ranks)
    return Relations(graph, tables, tuple(~table for table in tables), tables)


def stable(relations: Relations, concept: str, party: int) -> Verdict:
    """Where a party stays, by one of the five definitions.

    Parameters
    ----------
    concept
        ``nash``: the party has no move that it would leave for. ``gmr``: the others could answer
        each with something that deters. ``smr``: and from there the party could not escape.
        ``seq``, ``sseq``: the same, by steps that the others would make of their own will.
    party
        The number of the party asked about.

    Returns
    -------
    For each state whether it is stable for the party; false at infeasible states.

    Raises
    ------
    StabilityError
        If there is no such concept.
    """
    tempted = relations.moves[party] & relations.leaves[party]
    unpunished = tempted & ~sanctioned(relations, concept, party, tempted)
    return spread(relations.graph, np.asarray(~unpunished.any(axis=1)))


def equilibria(relations: Relations, concept: str) -> list[int]:
    """The states that are stable for every party, in ascending order."""
    verdicts = [stable(relations, concept, p) for p in range(relations.graph.parties)]
    return [int(state) for state in np.flatnonzero(np.logical_and.reduce(verdicts))]


def sanctioned(relations: Relations, concept: str, party: int, asked: Table) -> Table:
    """``[s, t]``, of the pairs asked about: after s to t, the others' answer would deter."""
    check(concept)
    graph = relations.graph
    if concept == "nash":
        return np.zeros_like(relations.deters[party])
    others = [other for other in range(graph.parties) if other != party]
    steps = [relations.moves[other] for other in others]
    if concept in CREDIBLE:
        steps = [step & relations.answers[o] for step, o in zip(steps, others, strict=True)]
    own = relations.moves[party] if concept in SYMMETRIC else None
    answers = reached(steps, len(graph.states()))
    return punished(asked, relations.deters[party], answers, own)


def check(concept: str) -> None:
    """Refuses what is not one of the five definitions."""
    if concept not in DEFINITIONS:
        raise StabilityError(
            f"'{concept}' is not a stability concept here. Concepts: {', '.join(DEFINITIONS)}."
        )


def moves(graph: Graph, party: int) -> Table:
    """``[s, t]``: the party can go from s to t in one move."""
    states = checked(graph)
    table = np.zeros((len(states), len(states)), dtype=np.bool_)
    places, targets = graph.moves_from(party, states)
    table[places, np.searchsorted(states, targets)] = True
    return table


def better(graph: Graph, ranks: Values) -> Table:
    """``[s, t]``: t has the higher rank."""
    own = ranks[graph.states()]
    return np.asarray(own[None, :] > own[:, None])


def marked(graph: Graph, pairs: Iterable[tuple[int, int]]) -> Table:
    """``[s, t]``: the pair is one of these.

    Raises
    ------
    StabilityError
        If one of them is not a pair of states.
    """
    states = checked(graph)
    place = {state: number for number, state in enumerate(states.tolist())}
    table = np.zeros((len(states), len(states)), dtype=np.bool_)
    for first, second in pairs:
        for state in (first, second):
            if state not in place:
                raise StabilityError(f"A pair names {state}, which is not a state of this model.")
        table[place[first], place[second]] = True
    return table


def spread(graph: Graph, verdict: Verdict) -> Verdict:
    """A verdict on the feasible states as one on all, false at the infeasible."""
    whole = np.zeros(graph.size, dtype=np.bool_)
    whole[graph.states()] = verdict
    return whole


def checked(graph: Graph) -> NDArray[np.int64]:
    """The states of a graph that is small enough for tables.

    Raises
    ------
    StabilityError
        If it is not.
    """
    states = graph.states()
    if len(states) > MOST_STATES:
        raise StabilityError(
            f"This model has {len(states):,} states; pairs of states are compared in models of up "
            f"to {MOST_STATES:,} (the tables of {graph.parties} parties would take "
            f"{4 * graph.parties * len(states) ** 2 / 2**30:,.1f} GiB). Leave out actions or "
            "declare more patterns infeasible; the definitions for plain rankings have no such "
            "bound."
        )
    return states
