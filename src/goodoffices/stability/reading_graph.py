"""Reading of a model's states and moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.folder.document import Entries, Word
from goodoffices.case.folder.place import Place
from goodoffices.case.numbers import quoted
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.cast import Cast, pattern
from goodoffices.stability.definitions import Graph
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.lifting import MOST_MOVES, count_of_moves, lifted
from goodoffices.stability.naming import Naming
from goodoffices.stability.patterns import is_pattern, subcube

MOST_ACTIONS = 22
MOST_PATTERNS = 10_000

# Bytes that one state takes while the five definitions are asked: for everybody, and for each
# party. Measured at 2^20 settings.
_BYTES_SHARED, _BYTES_EACH = 80, 24


_RESTRICTIONS = {"absorbing", "forbidden_moves"}


@dataclass(frozen=True)
class Drawn:
    """States and moves, and what they are called."""

    graph: Graph
    naming: Naming
    patterns: Mapping[int, str]


def drawn(fields: Mapping[str, Place], cast: Cast, root: Place) -> Drawn | None:
    """The graph of a model; ``None`` after a fault that hides it."""
    if "moves" in fields:
        found = _explicit(fields, cast)
    elif not cast.actions:
        if "actions" not in fields:
            root.fault(
                "The model says nothing about moves. Give 'actions', or 'states' and 'moves'."
            )
        return None
    else:
        found = _of_settings(fields, cast)
    if found is None:
        return None
    return _without_some_moves(found, fields, cast)


def _explicit(fields: Mapping[str, Place], cast: Cast) -> Drawn | None:
    """States that are listed, with moves that are listed."""
    if "infeasible" in fields:
        fields["infeasible"].fault("With 'moves', leave this out: states are those listed.")
    if "states" not in fields:
        fields["moves"].fault("'moves' need 'states': list their names.")
        return None
    named = _patterns(fields["states"], cast) if fields["states"].is_map else None
    labels = _names(fields["states"]) if named is None else list(named)
    if labels is None:
        return None
    if not labels:
        fields["states"].fault("The model has no state. List at least one.")
        return None
    naming = Naming(np.arange(len(labels)), dict(enumerate(labels)))
    moves: list[list[tuple[int, int]]] = [[] for _ in cast.parties]
    for name, inside in fields["moves"].entries("a map from parties to lists of moves"):
        party = cast.party(replace(inside, node=Word(name, False, inside.line, 0, 0)))
        for place in inside.items("a list of moves like [from, to]"):
            move = pair(place, naming, "a move like [from, to]")
            if move is not None and move[0] == move[1]:
                place.fault("This move leads from a state to itself.")
            elif move is not None and party is not None:
                moves[party].append(move)
    patterns = {} if named is None else {n: p for n, p in enumerate(named.values()) if p}
    return Drawn(Arcs.of(len(labels), moves), naming, patterns)


def _names(place: Place) -> list[str] | None:
    """Different names in a list; ``None`` after a fault."""
    found: dict[str, int] = {}
    items = place.items("a list of states")
    for item in items:
        name = item.name("the name of a state")
        if name in found:
            item.fault(f"{quoted(name)} is listed twice. Give each state a different name.")
        elif name is not None:
            found[name] = item.node.line
    return list(found) if len(found) == len(items) and place.is_list else None


def _patterns(place: Place, cast: Cast) -> dict[str, str] | None:
    """Label → pattern; ``None`` after a fault."""
    found: dict[str, str] = {}
    assert isinstance(place.node, Entries)
    for key, inside in place.entries("a map from labels to patterns"):
        label = replace(inside, node=place.node.keys[key]).name("a label")
        signs = pattern(replace(inside, line=0), cast)
        if label is not None and is_pattern(label) and len(label) == len(cast.actions):
            inside.fault(f"The label {quoted(label)} could be taken for a pattern. Choose another.")
        elif label is not None and signs is not None:
            found[label] = signs
    return found if len(found) == len(place.node.keys) else None


def _of_settings(fields: Mapping[str, Place], cast: Cast) -> Drawn | None:
    """The settings of the actions as states, some of them perhaps merged."""
    if len(cast.actions) > MOST_ACTIONS:
        fields["actions"].fault(_too_many(len(cast.actions), len(cast.parties)))
        return None
    feasible = _feasible(fields["infeasible"], cast) if "infeasible" in fields else None
    if feasible is None:
        feasible = np.ones(2 ** len(cast.actions), dtype=np.bool_)
    if not feasible.any():
        fields["infeasible"].fault(
            "These patterns leave no state: every setting of the actions is infeasible. "
            "Take at least one out."
        )
        return None
    labels: dict[str, str] | None = {}
    if "states" in fields:
        if not fields["states"].is_map:
            fields["states"].expected("a map from labels to patterns, like {peace: YYN}")
            return None
        labels = _patterns(fields["states"], cast)
    if labels is None:
        return None
    return _labelled(labels, feasible, fields, cast)


def _too_many(actions: int, parties: int) -> str:
    size, need = f"2^{actions:,}", "more memory than there is"
    if actions < 40:
        size = f"{2**actions:,}"
        memory = 2.0 ** (actions - 30) * (_BYTES_SHARED + _BYTES_EACH * parties)
        need = f"about {memory:,.{1 if memory < 10 else 0}f} GB"
    return (
        f"{actions:,} actions make {size} settings, which would take {need}; up to "
        f"{MOST_ACTIONS} actions ({2**MOST_ACTIONS:,} settings) are read. Join actions that go "
        "together, or leave out those that nobody would reverse."
    )


def _feasible(place: Place, cast: Cast) -> NDArray[np.bool_] | None:
    """Which settings no pattern rules out; ``None`` after a fault that hides some."""
    items = place.items("a list of patterns")
    found = [pattern(item, cast) for item in items]
    different = dict.fromkeys(signs for signs in found if signs is not None)
    if len(different) > MOST_PATTERNS:
        place.fault(f"There are {len(different):,} patterns; up to {MOST_PATTERNS:,} are read.")
        return None
    feasible = np.ones(2 ** len(cast.actions), dtype=np.bool_)
    shaped = feasible.reshape((2,) * len(cast.actions))
    for signs in different:
        shaped[subcube(signs, cast.bits)] = False
    return feasible


def _labelled(
    labels: Mapping[str, str],
    feasible: NDArray[np.bool_],
    fields: Mapping[str, Place],
    cast: Cast,
) -> Drawn | None:
    """The settings as states, those of one label being one state."""
    # For each setting the number of its label, from 0; settings without one have none.
    number = np.full(len(feasible), -1, dtype=np.int64)
    shaped, shaped_feasible = (a.reshape((2,) * len(cast.actions)) for a in (number, feasible))
    names = list(labels)
    is_right = True
    is_merged = False
    for n, (label, signs) in enumerate(labels.items()):
        where = subcube(signs, cast.bits)
        place = fields["states"].entry(label) or fields["states"]
        here = shaped_feasible[where]
        taken = shaped[where][here]
        if not np.any(here):
            place.fault(f"{quoted(signs)} is not feasible, so {quoted(label)} names no state.")
            is_right = False
        elif (taken >= 0).any():
            other = names[int(taken[taken >= 0][0])]
            place.fault(f"{quoted(label)} and {quoted(other)} share a setting of the actions.")
            is_right = False
        else:
            shaped[where] = np.where(here, n, -1)
            is_merged |= bool(np.count_nonzero(here) > 1)
    if not is_right:
        return None
    settings = np.flatnonzero(feasible)
    if is_merged or _RESTRICTIONS & set(fields):
        return _merged(labels, number, settings, fields, cast)
    state_of = np.where(feasible, np.arange(len(feasible)), -1)
    named = {int(s): names[int(number[s])] for s in np.flatnonzero(number >= 0)}
    naming = Naming(settings, named, cast.bits, state_of)
    if _is_misleading(naming, fields):
        return None
    graph = Hypercube(cast.blocks, None if feasible.all() else feasible)
    return Drawn(graph, naming, {})


def _merged(
    labels: Mapping[str, str],
    number: NDArray[np.int64],
    settings: NDArray[np.int64],
    fields: Mapping[str, Place],
    cast: Cast,
) -> Drawn | None:
    """States that stand for several settings: they are numbered by the lowest of these."""
    first: dict[int, int] = {}
    state_of = np.full(len(number), -1, dtype=np.int64)
    count = 0
    patterns: dict[int, str] = {}
    named: dict[int, str] = {}
    texts = list(labels.items())
    for at in settings.tolist():
        label = int(number[at])
        if label >= 0 and label in first:
            state_of[at] = first[label]
            continue
        state_of[at] = count
        if label >= 0:
            first[label] = count
            named[count], patterns[count] = texts[label]
        else:
            patterns[count] = "".join("Y" if at >> bit & 1 else "N" for bit in cast.bits)
        count += 1
    naming = Naming(np.arange(count), named, cast.bits, state_of)
    if _is_misleading(naming, fields) or not _has_room(len(settings), fields, cast):
        return None
    return Drawn(Arcs.of(count, lifted(cast.blocks, state_of)), naming, patterns)


def _is_misleading(naming: Naming, fields: Mapping[str, Place]) -> bool:
    """Whether a state without a label would go by another's label; then a fault is noted."""
    for label in naming.labels.values():
        if label.isascii() and label.isdecimal() and len(label) < 10 and label[0] != "0":
            number = int(label) - 1
            if number < len(naming.states) and int(naming.states[number]) not in naming.labels:
                fields["states"].fault(
                    f"The label {label} also is the place of a state that has no label. Label all "
                    "states, or use words."
                )
                return True
    return False


def _has_room(settings: int, fields: Mapping[str, Place], cast: Cast) -> bool:
    """Whether there are few enough moves to look at each; else a fault is noted."""
    moves = count_of_moves(cast.blocks, settings)
    if moves > MOST_MOVES:
        why = next(key for key in ("states", "absorbing", "forbidden_moves") if key in fields)
        fields[why].fault(
            f"States that are merged, absorbing or without some moves need their moves one by one, "
            f"here up to {moves:,}; up to {MOST_MOVES:,} are read. Keep every setting a state of "
            "its own, or use fewer actions."
        )
    return moves <= MOST_MOVES


def _without_some_moves(found: Drawn, fields: Mapping[str, Place], cast: Cast) -> Drawn:
    """The graph without forbidden moves, and without moves that leave absorbing states."""
    if not _RESTRICTIONS & set(fields):
        return found
    naming = found.naming
    absorbing = set()
    for place in fields["absorbing"].items("a list of states") if "absorbing" in fields else ():
        state = naming.state(place)
        if state is not None:
            absorbing.add(state)
    forbidden: list[set[tuple[int, int]]] = [set() for _ in cast.parties]
    for place in (
        fields["forbidden_moves"].items("a list of moves like [party, from, to]")
        if "forbidden_moves" in fields
        else ()
    ):
        parts = place.items("a move like [party, from, to]")
        if len(parts) != 3:
            if place.is_list:
                place.fault(
                    f"A forbidden move is [party, from, to]; this list has {len(parts)} entries."
                )
            continue
        party = cast.party(parts[0])
        ends = [naming.state(part) for part in parts[1:]]
        if party is not None and ends[0] is not None and ends[1] is not None:
            forbidden[party].add((ends[0], ends[1]))
    return _kept(found, absorbing, forbidden)


def _kept(found: Drawn, absorbing: set[int], forbidden: Sequence[set[tuple[int, int]]]) -> Drawn:
    graph = found.graph
    moves = [
        [
            (state, to)
            for state in graph.states().tolist()
            if state not in absorbing
            for to in graph.moves(party, state).tolist()
            if (state, to) not in dropped
        ]
        for party, dropped in enumerate(forbidden)
    ]
    return replace(found, graph=Arcs.of(graph.size, moves))


def pair(place: Place, naming: Naming, what: str) -> tuple[int, int] | None:
    """Two states in a list; ``None`` after a fault."""
    parts = place.items(what)
    if len(parts) != 2:
        if place.is_list:
            place.fault(f"Found a list of {len(parts)} where {what} belongs.")
        return None
    one, other = (naming.state(part) for part in parts)
    return None if one is None or other is None else (one, other)
