"""Definitions of stability for two parties: simultaneous answers, and looking some moves ahead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import cycle, islice
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import Graph, Verdict
from goodoffices.stability.elsewhere import GreatestElsewhere
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.values import NOTHING, Values

Ends: TypeAlias = NDArray[np.int64]
"""For each state the state that is expected in the end."""

Ties: TypeAlias = Literal["refuse", "first"]
"""What to do where a party does not mind which of two ends its move has, and the other does."""

MOST_ROUNDS = 10_000
"""How far :func:`non_myopic` looks for a repetition before it gives up."""

MOST_STATES = 5000
"""The largest graph of listed moves on which :func:`sim` looks at every pair of moves."""


def sim(graph: Graph, ranks: Sequence[Values], party: int) -> Verdict:
    """Simultaneous stability: the other, moving at the same time, could spoil every improvement.

    At the state both are at, the party has an improvement; so has the other; and if both make
    theirs at once, the party ends no better than it was. Where both moves together lead is where
    either order of them leads: to what the other reaches by a move from where the party went, and
    the party by a move from where the other went. On a hypercube there is one such state, unless
    it is infeasible; then the two improvements cannot happen at once, and that one is no threat.
    On a graph of listed moves there may be several, and all must be no better.

    Parameters
    ----------
    graph
        The states and moves of two parties.
    ranks
        For both a number for each state; the greater, the better, equal numbers are ties.
    party
        The number of the party asked about, 0 or 1.

    Returns
    -------
    For each state whether it is stable for the party. At infeasible states it means nothing.

    Raises
    ------
    StabilityError
        If there are not two parties, or more than 5000 states joined by listed moves.

    References
    ----------
    [FraserHipel1984]_, recalled and not re-read; the reading for graphs of listed moves is ours.

    Examples
    --------
    Two who may swerve or not. At "neither" (state 0) both want to swerve alone, and if both do it
    at once each is better off still: nothing deters.

    >>> chicken = Hypercube((("both",), ("both",)))
    >>> ranks = [np.array([0, 1, 3, 2], np.int32), np.array([0, 3, 1, 2], np.int32)]
    >>> sim(chicken, ranks, 0).tolist()
    [False, True, True, True]
    """
    other = _other(graph, party)
    if isinstance(graph, Hypercube):
        return _sim_on_cube(graph, ranks, party, other)
    states = graph.states()
    if len(states) > MOST_STATES:
        raise StabilityError(
            f"This model has {len(states):,} states joined by listed moves; simultaneous moves are "
            f"looked at one by one, for up to {MOST_STATES:,}. Write it with actions, or leave "
            "states out."
        )
    reach = [{s: graph.moves(p, s).tolist() for s in states.tolist()} for p in range(2)]
    sets = [{s: set(ends) for s, ends in own.items()} for own in reach]
    mine, theirs = (ranks[p].tolist() for p in (party, other))
    verdict = np.ones(graph.size, dtype=np.bool_)
    for s in states.tolist():
        spoiling = [u for u in reach[other][s] if theirs[u] > theirs[s]]
        for t in reach[party][s]:
            if mine[t] > mine[s]:
                ends = (sets[other][t] & sets[party][u] for u in spoiling)
                verdict[s] &= any(both and all(mine[e] <= mine[s] for e in both) for both in ends)
    return verdict


def _sim_on_cube(cube: Hypercube, ranks: Sequence[Values], party: int, other: int) -> Verdict:
    """One pass for each way in which the party can change its actions."""
    own = ranks[party]
    states = np.arange(cube.size)
    feasible = np.ones(cube.size, np.bool_) if cube.feasible is None else cube.feasible
    first = sum(map(len, cube.blocks[:party]))
    verdict = np.ones(cube.size, dtype=np.bool_)
    for change in range(1, 1 << len(cube.blocks[party])):
        is_allowed = np.ones(cube.size, dtype=np.bool_)
        for bit, way in enumerate(cube.blocks[party]):
            if change >> bit & 1 and way != "both":
                is_allowed &= (states >> (first + bit) & 1 == 1) == (way == "back")
        then = states ^ (change << first)
        mine = np.where(feasible[then], own[then], NOTHING)
        is_tempted = is_allowed & feasible[then] & (own[then] > own)
        # The least counts the other's staying too, which is an improvement and spoils nothing.
        least = cube.least_of_improvements([other], mine, ranks)
        verdict &= ~(is_tempted & (least > own))
    return verdict


def anticipated(
    graph: Graph,
    ranks: Sequence[Values],
    party: int,
    horizon: int,
    *,
    ties: Ties = "refuse",
) -> Ends:
    """Where a party that looks some moves ahead expects to end up, from each state.

    The party may move or stay; if it moves, the other may move or stay, looking one move less
    ahead; and so on in turn until the horizon, or until one stays, which ends it. A party moves
    only if it expects to end *better* than where it stands.

    Parameters
    ----------
    horizon
        How many moves are looked ahead, its own first; 0 or more.
    ties
        The definition is for parties who are indifferent between no two states. With ties a party
        may have two best moves, with ends that the other does not rank alike, and what the other
        expects then depends on which it picks. ``refuse``: raise an error where that happens.
        ``first``: suppose that it picks the end with the lowest number. Ties that happen nowhere
        in the looking ahead, or that both parties share, never matter.

    Raises
    ------
    StabilityError
        If there are not two parties, the horizon is negative, or ties matter and are refused.

    References
    ----------
    [Kilgour1985]_ and [FangHipelKilgour1993]_, recalled and not re-read. That the end expected
    need not be unique is stated in the abstract of [LimitedMoves2024]_, which was read.
    """
    other = _other(graph, party)
    if horizon < 0:
        raise StabilityError(f"The horizon is {horizon}; looking ahead takes 0 moves or more.")
    look = _Looking(graph, ranks, ties)
    ends = np.arange(graph.size)
    # Whoever is last to move looks one move ahead.
    movers = list(islice(cycle((party, other)), horizon))
    for mover in reversed(movers):
        ends = look.one_move_further(mover, ends)
    return ends


def limited_move(
    graph: Graph,
    ranks: Sequence[Values],
    party: int,
    horizon: int,
    *,
    ties: Ties = "refuse",
) -> Verdict:
    """Limited-move stability: looking so many moves ahead, the party stays.

    Parameters, errors and references as in :func:`anticipated`. Horizon 1 is Nash stability.

    Returns
    -------
    For each state whether it is stable for the party. At infeasible states it means nothing.

    Examples
    --------
    Two prisoners: defecting (state 0) is stable, and from two moves on so is silence (state 3).

    >>> prisoners = Hypercube((("both",), ("both",)))
    >>> ranks = [np.array([1, 0, 3, 2], np.int32), np.array([1, 3, 0, 2], np.int32)]
    >>> [limited_move(prisoners, ranks, 0, horizon)[3].item() for horizon in (1, 2, 3)]
    [False, True, True]
    """
    ends = anticipated(graph, ranks, party, horizon, ties=ties)
    return np.asarray(ends == np.arange(graph.size))


def non_myopic(
    graph: Graph, ranks: Sequence[Values], party: int, *, ties: Ties = "refuse"
) -> Verdict:
    """Non-myopic stability: the party stays at every horizon from some length on.

    What both expect at one horizon follows from what both expect at the horizon before. So once
    the expectations of both repeat, everything from there on does; a state is stable if the party
    stays at each horizon of the repetition. This is a proof for all horizons, not a long look.

    Parameters and references as in :func:`anticipated`.

    Raises
    ------
    StabilityError
        As in :func:`anticipated`, or if nothing repeats in the first 10,000 horizons.
    """
    _other(graph, party)
    look = _Looking(graph, ranks, ties)
    stay = np.arange(graph.size)
    ahead = partial(_both_further, look)
    # R. P. Brent's search for a cycle: compare with a state of affairs remembered at horizons 1,
    # 2, 4, 8, ..., so that whole expectations are compared, and only two of them are kept.
    remembered, now = np.stack([stay, stay]), ahead(np.stack([stay, stay]))
    power = length = 1
    for _ in range(MOST_ROUNDS):
        if np.array_equal(remembered, now):
            break
        if power == length:
            remembered, power, length = now, 2 * power, 0
        now = ahead(now)
        length += 1
    else:
        raise StabilityError(
            f"What the parties expect did not repeat within {MOST_ROUNDS:,} moves, so nothing is "
            "proven about all horizons. Ask about one horizon instead."
        )
    verdict = np.ones(graph.size, dtype=np.bool_)
    for _ in range(length):
        verdict &= now[party] == stay
        now = ahead(now)
    return verdict


def _both_further(look: _Looking, ends: Ends) -> Ends:
    """What each expects when it looks one move further than the other did."""
    return np.stack([look.one_move_further(0, ends[1]), look.one_move_further(1, ends[0])])


class _Looking:
    """From what the other expects to what a party expects that moves before it."""

    def __init__(self, graph: Graph, ranks: Sequence[Values], ties: Ties) -> None:
        self._elsewhere = [GreatestElsewhere(graph, party) for party in range(2)]
        self._ranks = [np.unique(own, return_inverse=True)[1].astype(np.int64) for own in ranks]
        self._stay = np.arange(graph.size)
        self._states = graph.states()
        self._ties = ties

    def one_move_further(self, party: int, ends: Ends) -> Ends:
        own, others = self._ranks[party], self._ranks[1 - party]
        greatest, size = self._elsewhere[party].greatest, len(own)
        # Own rank first; of equals the lowest number. The number is read off what is greatest.
        found = greatest(own[ends] * size + (size - 1 - ends))
        best, end = found // size, size - 1 - found % size
        is_better = best > own
        if self._ties == "refuse":
            levels = int(others.max()) + 1
            most = greatest(own[ends] * levels + others[ends])
            least = greatest(own[ends] * levels + (levels - 1 - others[ends]))
            differs = is_better & (most % levels != levels - 1 - least % levels)
            self._refuse(party, differs[self._states])
        return np.where(is_better, end, self._stay)

    def _refuse(self, party: int, differs: NDArray[np.bool_]) -> None:
        if differs.any():
            raise StabilityError(
                f"Looking ahead from state {int(self._states[differs.argmax()])}, party {party} is "
                "indifferent between ends that the other does not rank alike, and the definition "
                "does not say which it picks. Rank them apart, or ask with ties='first'."
            )


def _other(graph: Graph, party: int) -> int:
    if graph.parties != 2:
        raise StabilityError(
            f"Simultaneous, limited-move and non-myopic stability are defined for two parties; "
            f"this model has {graph.parties}. For more there are nash, gmr, smr, seq and sseq."
        )
    return 1 - party
