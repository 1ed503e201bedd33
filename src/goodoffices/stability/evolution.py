"""How the present state could become each of the states that would hold.

Elsewhere called status quo analysis. Four kinds of way are looked for, the most likely first:
moves that each better the state for the one who makes it; such moves and at the end one that
several make together and all gain from; any moves of single parties; and at last a change that
several have to make at once, because no single move leads on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Model
from goodoffices.stability.paths import Path, Reached, Step, reach
from goodoffices.stability.values import Values

Indices = NDArray[np.int64]

Kind: TypeAlias = Literal["here", "improvements", "agreement", "moves", "jointly", "never"]
"""The most likely way to a state: it is the start; every move betters the state for its mover; the
last move is made together; not every move is one its mover gains from; several have to act at
once; there is no way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one state could come about; ``None`` for each kind of way that does not lead there.

    Attributes
    ----------
    improvements
        A shortest sequence of moves that each better the state for the one who makes it.
    agreement
        A shortest sequence of such moves, followed by one that several parties make together and
        that each of them gains from. Only looked for without ``improvements``.
    moves
        A shortest sequence of moves of single parties, whether or not they gain from them.
    jointly
        One change that several parties make at once. Only looked for without ``moves``.
    """

    state: int
    improvements: Path | None
    agreement: Path | None
    moves: Path | None
    jointly: Path | None

    @property
    def kind(self) -> Kind:
        """The most likely way."""
        if self.improvements == ():
            return "here"
        ways: tuple[tuple[Kind, Path | None], ...] = (
            ("improvements", self.improvements),
            ("agreement", self.agreement),
            ("moves", self.moves),
            ("jointly", self.jointly),
        )
        return next((kind for kind, path in ways if path is not None), "never")

    @property
    def path(self) -> Path | None:
        """The steps of the most likely way."""
        return next(
            (
                path
                for path in (self.improvements, self.agreement, self.moves, self.jointly)
                if path is not None
            ),
            None,
        )


def evolution(model: Model, targets: Iterable[int], start: int | None = None) -> tuple[Route, ...]:
    """How each of some states could come about from a state.

    Parameters
    ----------
    targets
        The states asked about, such as the equilibria.
    start
        Where from; the status quo of the model if not given.

    Returns
    -------
    A route for each target, in their order.

    Raises
    ------
    StabilityError
        No start is given, and the model states no status quo.

    Notes
    -----
    On a hypercube a change made together is one of any of the members' actions at once, whether or
    not the settings in between are feasible; on other graphs it is a legal sequence of the members'
    moves through the states. What is done together gains everybody who moves; whoever would have
    nothing to do does not count as a member.

    References
    ----------
    Status quo analysis: [LiKilgourHipel2005]_, recalled. Joint improvements:
    [KilgourHipelFangPeng2001]_, read in the notes of this project only.
    """
    begin = model.status_quo if start is None else start
    if begin is None:
        raise StabilityError(
            "The model states no status quo. Name the state to start from, or add status_quo to "
            "the model."
        )
    asked = list(targets)
    everybody = range(model.graph.parties)
    by_gain = reach(model.graph, begin, everybody, ranks=model.ranks)
    by_moves = _moves_to(model, begin, asked)
    return tuple(_route(model, begin, target, by_gain, by_moves) for target in asked)


def _moves_to(model: Model, start: int, targets: Sequence[int]) -> Reached:
    """Sequences of any moves, until all targets are found."""
    missing = set(targets) - {start}

    def is_enough(states: Indices) -> bool:
        missing.difference_update(states[np.isin(states, list(missing))].tolist())
        return not missing

    return reach(model.graph, start, range(model.graph.parties), enough=is_enough)


def _route(model: Model, start: int, target: int, by_gain: Reached, by_moves: Reached) -> Route:
    if target == start:
        return Route(state=target, improvements=(), agreement=None, moves=(), jointly=None)
    improvements = by_gain.path(target) if by_gain.is_reached(target) else None
    moves = by_moves.path(target) if by_moves.is_reached(target) else None
    return Route(
        state=target,
        improvements=improvements,
        agreement=_agreement(model, start, target, by_gain) if improvements is None else None,
        moves=moves,
        jointly=_jointly(model, start, target) if moves is None else None,
    )


def _agreement(model: Model, start: int, target: int, by_gain: Reached) -> Path | None:
    """Improvements, and then one step together, in as few steps as possible."""
    from_states = np.concatenate([np.array([start], dtype=np.int64), by_gain.states])
    if isinstance(model.graph, Hypercube):
        joint = _together(model.graph, from_states, target, model.ranks)
        if joint is None:
            return None
        origin, movers = joint
    elif isinstance(model.graph, Arcs):
        found = _together_by_moves(model, from_states, target)
        if found is None:
            return None
        origin, movers = found
    else:
        return None
    before = by_gain.path(origin) if origin != start else ()
    return (*before, Step(movers, target))


def _jointly(model: Model, start: int, target: int) -> Path | None:
    if not isinstance(model.graph, Hypercube):
        return None
    found = _together(model.graph, np.array([start], dtype=np.int64), target, None)
    return None if found is None else (Step(found[1], target),)


def _together(
    cube: Hypercube, origins: Indices, target: int, ranks: Sequence[Values] | None
) -> tuple[int, tuple[int, ...]] | None:
    """The first of the origins from which the owners of what differs can make a state at once.

    With ``ranks`` each of them has to gain from it.
    """
    differing = origins ^ target
    is_possible = np.ones(len(origins), dtype=np.bool_)
    bit = 0
    for party, block in enumerate(cube.blocks):
        own = ((1 << len(block)) - 1) << bit
        acts = (differing & own) > 0
        if ranks is not None:
            is_possible &= ~acts | (ranks[party][target] > ranks[party][origins])
        for direction in block:
            if direction != "both":
                # Forward actions are only taken, so they must be taken in the target.
                is_allowed = bool(target >> bit & 1) == (direction == "forward")
                is_possible &= (differing >> bit & 1 == 0) | is_allowed
            bit += 1
    places = np.flatnonzero(is_possible)
    if not len(places):
        return None
    origin = int(origins[places[0]])
    return origin, _owners(cube, origin ^ target)


def _owners(cube: Hypercube, bits: int) -> tuple[int, ...]:
    owners, first = [], 0
    for party, block in enumerate(cube.blocks):
        if bits >> first & ((1 << len(block)) - 1):
            owners.append(party)
        first += len(block)
    return tuple(owners)


def _together_by_moves(
    model: Model, origins: Indices, target: int
) -> tuple[int, tuple[int, ...]] | None:
    """The same where moves are listed: by the moves of all who gain, in a legal sequence."""
    graph = model.graph
    for origin in origins.tolist():
        gaining = [p for p, own in enumerate(model.ranks) if own[target] > own[origin]]
        if len(gaining) < 2:
            continue
        found = reach(graph, origin, gaining, enough=lambda states: bool((states == target).any()))
        movers = {step.movers[0] for step in found.path(target)}
        # One alone can be left over where it has just moved: nobody moves twice in a row.
        if len(movers) > 1:
            return origin, tuple(sorted(movers))
    return None
