"""Reading of how the parties of a model compare its states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from goodoffices.case.folder.document import Word
from goodoffices.case.folder.place import Place
from goodoffices.case.model import listed
from goodoffices.case.numbers import quoted
from goodoffices.case.words import counted
from goodoffices.errors import CaseError
from goodoffices.stability.better import Circle, ordered
from goodoffices.stability.cast import Cast
from goodoffices.stability.model import Model, Ordering, Pair
from goodoffices.stability.naming import Naming
from goodoffices.stability.reading_graph import pair
from goodoffices.stability.statements import parsed, ranks
from goodoffices.stability.values import Values

MOST_STATES_IN_BETTER = 500

_ORDERS = ("ranking", "statements", "better")
_KEYS = (*_ORDERS, "unknown", "strong", "probabilities", "fixed")

_Classes: TypeAlias = list[list[int]]


@dataclass(frozen=True)
class _Known:
    """The model without preferences, and what its states are called; ``None`` after a fault."""

    cast: Cast
    model: Model | None
    naming: Naming | None


def orderings(
    place: Place | None, cast: Cast, model: Model | None, naming: Naming | None
) -> tuple[Ordering, ...]:
    """For each party how it compares the states; fewer after a fault.

    Parameters
    ----------
    model, naming
        The model without preferences and the names of its states; ``None`` where the graph could
        not be understood, and then statements only are checked.
    """
    known = _Known(cast, model, naming)
    found: dict[int, Ordering | None] = {}
    for name, inside in place.entries("a map from parties to preferences") if place else ():
        key = Word(name, is_plain=False, line=inside.line, start=0, end=0)
        party = cast.party(replace(inside, node=key))
        ordering = _ordering(replace(inside, line=0), known)
        if party is not None:
            found[party] = ordering
    for number, silent in enumerate(cast.parties):
        if place is not None and number not in found:
            place.fault(
                f"{silent.id} has no preferences. Give a ranking or statements, or write "
                f"'{silent.id}: indifferent'."
            )
    return tuple(o for _, o in sorted(found.items()) if o is not None)


def _ordering(place: Place, known: _Known) -> Ordering | None:
    if isinstance(place.node, Word) and place.node.text == "indifferent":
        if known.model is None:
            return None
        return Ordering(ranks=np.zeros(known.model.graph.size, dtype=np.int32))
    if not place.is_map:
        place.expected("'indifferent', or a map with a ranking, statements or better")
        return None
    fields = place.fields(*_KEYS)
    given = [key for key in _ORDERS if key in fields]
    if len(given) != 1:
        which = "none" if not given else listed([quoted(key) for key in given])
        place.fault(f"One of 'ranking', 'statements' and 'better' belongs here; found {which}.")
    found = None
    for key in given:
        found = _READERS[key](fields[key], known)
    if known.naming is None:
        return None
    naming = known.naming
    unknown, strong, fixed = (
        [(item, pair(item, naming, what)) for item in fields[key].items("a list")]
        if key in fields
        else []
        for key, what in (
            ("unknown", "two states like [a, b]"),
            ("strong", "two states like [better, worse]"),
            ("fixed", "two states like [better, worse]"),
        )
    )
    probabilities = (
        _probabilities(fields["probabilities"], naming) if "probabilities" in fields else {}
    )
    if found is None or len(given) != 1:
        return None
    unsure = found.unknown | {frozen for _, frozen in unknown if frozen is not None}
    for item, states in (*strong, *fixed):
        _check_direction(item, states, found.ranks, unsure, naming)
    return replace(
        found,
        unknown=frozenset(unsure),
        strong=frozenset(states for _, states in strong if states is not None),
        fixed=frozenset(states for _, states in fixed if states is not None),
        probabilities=probabilities,
    )


def _check_direction(
    place: Place, states: Pair | None, ranks: Values, unsure: frozenset[Pair], naming: Naming
) -> None:
    if states is None or states in unsure or states[::-1] in unsure:
        return
    better, worse = states
    if ranks[better] <= ranks[worse]:
        says = "ties them" if ranks[better] == ranks[worse] else "says the opposite"
        place.fault(
            f"{naming.label(better)} stands here as better than {naming.label(worse)}, and what "
            f"is said above {says}. Write [better, worse]."
        )


def _ranking(place: Place, known: _Known) -> Ordering | None:
    if known.naming is None or known.model is None:
        return None
    classes = _classes(place, known.naming)
    if classes is None:
        return None
    naming = known.naming
    found = np.zeros(known.model.graph.size, dtype=np.int32)
    ranked = np.zeros(known.model.graph.size, dtype=np.bool_)
    for level, states in enumerate(reversed(classes)):
        found[states] = level
        ranked[states] = True
    missed = naming.states[~ranked[naming.states]].tolist()
    if missed:
        names = listed([naming.label(state) for state in missed[:200]])
        more = f" and {len(missed) - 200:,} more" if len(missed) > 200 else ""
        place.fault(f"The ranking misses {counted(len(missed), 'state')}: {names}{more}.")
        return None
    return Ordering(ranks=found)


def _classes(place: Place, naming: Naming) -> _Classes | None:
    """States from best to worst, those in an inner list tied; ``None`` after a fault."""
    found: _Classes = []
    seen: set[int] = set()
    is_right = place.is_list
    for item in place.items("a list of states, best first"):
        states = []
        for part in item.items() if item.is_list else [item]:
            state = naming.state(part)
            if state is None:
                is_right = False
            elif state in seen:
                part.fault(f"{naming.label(state)} is ranked twice.")
                is_right = False
            else:
                seen.add(state)
                states.append(state)
        if states:
            found.append(states)
        elif item.is_list and is_right:
            item.fault("An empty list ties nothing. Take it out.")
            is_right = False
    return found if is_right else None


def _statements(place: Place, known: _Known) -> Ordering | None:
    actions = [action.id for action in known.cast.actions]
    texts: list[str] = []
    is_right = place.is_list
    for item in place.items("a list of statements, the most important first"):
        group = [_statement(part, actions) for part in (item.items() if item.is_list else [item])]
        said = [text for text in group if text]
        is_right &= len(said) == len(group) > 0
        if item.is_list and not group:
            item.fault("An empty list says nothing. Take it out.")
        texts.append("; ".join(said))
    if not texts and is_right:
        place.fault("The list is empty. Write 'indifferent' for a party that wants nothing.")
        return None
    if not is_right or known.model is None:
        return None
    try:
        return Ordering(ranks=ranks(known.model, texts), statements=tuple(texts))
    except CaseError as fault:
        place.fault(str(fault))
        return None


def _statement(place: Place, actions: Sequence[str]) -> str | None:
    """The text of a statement; ``None`` after a fault."""
    text = place.name("a statement")
    if text is None:
        return None
    if not actions:
        place.fault("Statements speak of actions, and this model lists none. Give a ranking.")
        return None
    try:
        parsed(text, actions)
    except CaseError as fault:
        place.fault(str(fault))
        return None
    return " ".join(text.split())


def _better(place: Place, known: _Known) -> Ordering | None:
    if known.naming is None or known.model is None:
        return None
    naming = known.naming
    if len(naming.states) > MOST_STATES_IN_BETTER:
        place.fault(
            f"'better' is read for models of up to {MOST_STATES_IN_BETTER} states; this has "
            f"{len(naming.states):,}. Give statements or a ranking."
        )
        return None
    chains = []
    for item in place.items("a list of lists like [better, worse]"):
        chain = _classes(item, naming)
        if chain is not None and sum(map(len, chain)) < 2:
            item.fault("Name at least two states, the better one first.")
        chains.append(chain)
    if None in chains or not place.is_list:
        return None
    try:
        levels, unknown = ordered(
            naming.states.tolist(), [chain for chain in chains if chain is not None]
        )
    except Circle as circle:
        place.fault(_in_a_circle(circle, naming))
        return None
    found = np.zeros(known.model.graph.size, dtype=np.int32)
    for state, level in levels.items():
        found[state] = level
    return Ordering(ranks=found, unknown=unknown)


def _in_a_circle(circle: Circle, naming: Naming) -> str:
    parts = []
    for (better, worse), (after, _) in pairwise([*circle.steps, circle.steps[0]]):
        parts.append(f"{naming.label(better)} over {naming.label(worse)}")
        if after != worse:
            parts.append(f"{naming.label(worse)} as good as {naming.label(after)}")
    return f"This goes in a circle: {listed(parts)}. Which of these does the party mean?"


def _probabilities(place: Place, naming: Naming) -> Mapping[Pair, float]:
    found: dict[Pair, float] = {}
    keys = ("prefers", "to", "probability")
    for item in place.items("a list of maps {prefers: a, to: b, probability: 0.7}"):
        fields = item.fields(*keys, required=keys)
        ends = [naming.state(fields[key]) if key in fields else None for key in keys[:2]]
        value = fields["probability"].number() if "probability" in fields else None
        one, other = ends
        if value is not None and not 0 <= value <= 1:
            fields["probability"].fault("A probability lies between 0 and 1.")
        elif one is not None and one == other:
            item.fault("These are one and the same state.")
        elif one is not None and other is not None and value is not None:
            if (one, other) in found or (other, one) in found:
                item.fault("These two states have a probability already.")
            found[one, other] = float(value)
    return found


_READERS: Mapping[str, Callable[[Place, _Known], Ordering | None]] = {
    "ranking": _ranking,
    "statements": _statements,
    "better": _better,
}
