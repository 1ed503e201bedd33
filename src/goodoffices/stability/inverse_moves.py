"""Which changes of what the parties can do would make a state hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np

from goodoffices.case.model import Party
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.fibres import Direction
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.inverse import MOST, checked
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.values import Values

Kind: TypeAlias = Literal["removed", "one-way", "barred", "added", "guarantee"]


@dataclass(frozen=True, slots=True)
class MoveChange:
    """A change of what one party can do.

    Attributes
    ----------
    kind
        ``removed``: an action can no longer be taken. ``one-way``: what the desired state says of
        an action can no longer be undone. ``barred``, ``added``: of a listed graph, a move is taken
        from the party or given to it. ``guarantee``: the party gets an action against another.
    party
        Id of who can do less, or more.
    action
        Id of the action, of the first two kinds.
    move
        The states left and reached, by their labels, of the next two.
    against
        Id of the party that a guarantee is to hold.
    """

    kind: Kind
    party: str
    action: str = ""
    move: tuple[str, str] = ("", "")
    against: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveChanges:
    """Which changes do it.

    ``alternatives``: sets of changes, none of which can be left out, fewest first. ``bound``:
    proven, no fewer changes of these kinds do it; ``None`` if not even ``most_changes`` do.
    ``is_complete``: whether every set of up to ``most_changes`` was looked at.
    """

    alternatives: tuple[tuple[MoveChange, ...], ...]
    bound: int | None
    is_complete: bool


def move_changes(
    model: Model,
    state: int,
    concept: str,
    *,
    parties: Sequence[int] | None = None,
    most_changes: int = 2,
    most: int = MOST * 4,
    is_over: Callable[[], bool] = lambda: False,
) -> MoveChanges:
    """The fewest changes of moves that make a state hold: single ones, then pairs of them.

    Each change counts one. See :func:`possible_changes` for what is tried and :func:`guaranteed`
    for what a guarantee is taken to be.

    Parameters
    ----------
    parties
        For whom the state is to hold; for all if not given.
    most_changes
        How many changes at a time.
    most
        How many alternatives to look for.
    is_over
        Asked between alternatives whether to stop.

    Raises
    ------
    StabilityError
        If the concept or the state is not known.
    """
    checked(model, state, concept)
    wanted = list(range(len(model.parties)) if parties is None else parties)
    if _holds(model, state, concept, wanted):
        return MoveChanges(alternatives=((),), bound=0, is_complete=True)
    candidates = list(possible_changes(model, state, wanted))
    found: list[tuple[MoveChange, ...]] = []
    for number in range(1, most_changes + 1):
        for changes in combinations(candidates, number):
            if is_over() or len(found) == most:
                bound = len(found[0]) if found else number
                return MoveChanges(alternatives=tuple(found), bound=bound, is_complete=False)
            if any(set(fewer) <= set(changes) for fewer in found):
                continue
            changed = _all_applied(model, state, changes)
            if changed is not None and _holds(*changed, concept, wanted):
                found.append(changes)
    return MoveChanges(
        alternatives=tuple(found), bound=len(found[0]) if found else None, is_complete=True
    )


def _holds(model: Model, state: int, concept: str, wanted: Sequence[int]) -> bool:
    definition = DEFINITIONS[concept]
    return all(bool(definition(model.graph, model.ranks, p)[state]) for p in wanted)


def _all_applied(
    model: Model, state: int, changes: Sequence[MoveChange]
) -> tuple[Model, int] | None:
    for change in changes:
        changed = applied(model, state, change)
        if changed is None:
            return None
        model, state = changed
    return model, state


def possible_changes(model: Model, state: int, wanted: Sequence[int]) -> Iterator[MoveChange]:
    """What could be changed for a state.

    On a hypercube: every action that the state does not take, removed; every action that can be
    undone, made one-way at what the state says; a guarantee by each other party against each party
    that is to be held. On a listed graph: each move of such a party from the state, barred; and
    each move from where its improvements lead, to a state that is not better for it, added to
    another party.
    """
    if isinstance(model.graph, Hypercube):
        for number, action in enumerate(model.actions):
            if not state >> model.bits[number] & 1:
                yield MoveChange("removed", action.party, action.id)
        for action in model.actions:
            if action.direction == "both":
                yield MoveChange("one-way", action.party, action.id)
        for party in wanted:
            for other in range(len(model.parties)):
                if other != party:
                    against = model.parties[party].id
                    yield MoveChange("guarantee", model.parties[other].id, against=against)
        return
    for party in wanted:
        for move in model.graph.moves(party, state).tolist():
            pair = (model.label(state), model.label(move))
            yield MoveChange("barred", model.parties[party].id, move=pair)
    seen: set[MoveChange] = set()
    for party in wanted:
        own = model.ranks[party]
        for move in model.graph.moves(party, state).tolist():
            for other in range(len(model.parties)) if own[move] > own[state] else ():
                there = set(model.graph.moves(other, move).tolist()) | {move}
                for answer in model.states.tolist():
                    pair = (model.label(move), model.label(answer))
                    change = MoveChange("added", model.parties[other].id, move=pair)
                    is_worse = own[answer] <= own[state]
                    if other != party and is_worse and answer not in there and change not in seen:
                        seen.add(change)
                        yield change


def applied(model: Model, state: int, change: MoveChange) -> tuple[Model, int] | None:
    """The model with a change made, and the state's number there; ``None`` if it cannot be made."""
    graph = model.graph
    if change.kind == "guarantee":
        return guaranteed(model, state, Party(id=change.party), model.party(change.against))
    if change.kind in ("barred", "added"):
        if not isinstance(graph, Arcs):
            return None
        party = model.party(change.party)
        pair = (model.state(change.move[0]), model.state(change.move[1]))
        moves = [
            {(s, t) for s in graph.states().tolist() for t in graph.moves(p, s).tolist()}
            for p in range(graph.parties)
        ]
        moves[party] = moves[party] - {pair} if change.kind == "barred" else moves[party] | {pair}
        return replace(model, graph=Arcs.of(graph.size, moves)), state
    if not isinstance(graph, Hypercube):
        return None
    number = next(n for n, action in enumerate(model.actions) if action.id == change.action)
    bit = model.bits[number]
    is_taken = bool(state >> bit & 1)
    if change.kind == "one-way":
        way: Direction = "forward" if is_taken else "back"
        actions = list(model.actions)
        actions[number] = replace(actions[number], direction=way)
        return replace(model, actions=tuple(actions), graph=_turned(graph, bit, way)), state
    if is_taken:
        return None
    feasible = (np.arange(graph.size) >> bit & 1) == 0
    if graph.feasible is not None:
        feasible &= graph.feasible
    labels = {s: model.label(s) for s in model.states.tolist() if feasible[s]}
    return replace(model, graph=Hypercube(graph.blocks, feasible), labels=labels), state


def _turned(graph: Hypercube, bit: int, way: Direction) -> Hypercube:
    blocks, first = [], 0
    for block in graph.blocks:
        last = first + len(block)
        blocks.append(tuple(way if first + n == bit else d for n, d in enumerate(block)))
        first = last
    return Hypercube(tuple(blocks), graph.feasible)


def guaranteed(model: Model, state: int, guarantor: Party, party: int) -> tuple[Model, int] | None:
    """The model in which a guarantor has one more action, to be used against one party.

    This is what a guarantee must be like to be one, and the parties would have to believe it:

    * the party likes every state in which the guarantor acts less than all in which it does not;
    * once the party has changed any of its own actions from what they are at the state, the
      guarantor would rather act than not; before, rather not; this weighs less with it than
      everything else;
    * to all others it makes no difference.

    Parameters
    ----------
    guarantor
        A party of the model, or another: that one has no other action and cares for nothing else.
    party
        The number of who is to be held.

    Returns
    -------
    The model and the number of the state in it, where the guarantor does not act; ``None`` for a
    graph without actions. States in which it acts have their labels with a ``+``.
    """
    graph = model.graph
    if not isinstance(graph, Hypercube):
        return None
    parties, blocks, orderings = list(model.parties), list(graph.blocks), list(model.orderings)
    ids = [p.id for p in parties]
    if guarantor.id not in ids:
        parties.append(guarantor)
        blocks.append(())
        orderings.append(Ordering(ranks=np.zeros(graph.size, dtype=np.int32)))
        ids.append(guarantor.id)
    place = ids.index(guarantor.id)
    bit = sum(map(len, blocks[: place + 1]))
    blocks[place] = (*blocks[place], "both")
    numbers = np.arange(2 * graph.size)
    acts = (numbers >> bit & 1) == 1
    before = (numbers & (1 << bit) - 1) | (numbers >> bit + 1 << bit)
    first = sum(map(len, graph.blocks[:party]))
    block = ((1 << len(graph.blocks[party])) - 1) << first
    has_left = (before & block) != (state & block)
    ranks: list[Values] = []
    for number, ordering in enumerate(orderings):
        _, levels = np.unique(ordering.ranks, return_inverse=True)
        own = levels[before].astype(np.int32)
        if number == party:
            own = np.where(acts, own, own + np.int32(levels.max() + 1))
        elif number == place:
            own = 2 * own + (acts == has_left)
        ranks.append(own.astype(np.int32))
    name = f"guarantee-{guarantor.id}-{model.parties[party].id}"
    action = Action(
        id=name, party=guarantor.id, name=f"{guarantor} acts against {model.parties[party]}"
    )
    old = dict(zip(model.states.tolist(), map(model.label, model.states.tolist()), strict=True))
    labels = {
        n: old[b] + ("+" if does else "")
        for n, b, does in zip(numbers.tolist(), before.tolist(), acts.tolist(), strict=True)
        if b in old
    }
    low = state & (1 << bit) - 1
    return (
        replace(
            model,
            parties=tuple(parties),
            actions=(*model.actions, action),
            graph=Hypercube(
                tuple(blocks), None if graph.feasible is None else graph.feasible[before]
            ),
            orderings=tuple(Ordering(ranks=own) for own in ranks),
            labels=labels,
            status_quo=None,
        ),
        low | (state >> bit << bit + 1),
    )


def explain_moves(changes: Sequence[MoveChange], model: Model, state: int) -> str:
    """A set of changes in words.

    "Syria can no longer take 'escalate'; ..."
    """
    return "; ".join(_told(change, model, state) for change in changes) + "."


def _told(change: MoveChange, model: Model, state: int) -> str:
    party = next((str(p) for p in model.parties if p.id == change.party), change.party)
    if change.kind == "guarantee":
        held = next(str(p) for p in model.parties if p.id == change.against)
        return (
            f"{party} gets an action that {held} fears more than anything else, and that {party} "
            f"would use once {held} has left {model.label(state)}"
        )
    if change.kind == "barred":
        return f"{party} can no longer move from {change.move[0]} to {change.move[1]}"
    if change.kind == "added":
        return f"{party} becomes able to move from {change.move[0]} to {change.move[1]}"
    number = next(n for n, action in enumerate(model.actions) if action.id == change.action)
    action = model.actions[number]
    if change.kind == "removed":
        return f"{party} can no longer take the action '{action}'"
    is_taken = bool(state >> model.bits[number] & 1)
    return (
        f"once {party} has taken the action '{action}', it stays taken"
        if is_taken
        else f"once {party} has given up the action '{action}', it cannot take it again"
    )
