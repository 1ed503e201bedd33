"""Reading of a graph model from the YAML text that a person writes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from goodoffices.case.folder.document import Entries, Items, Node, Word
from goodoffices.case.folder.faults import Faults
from goodoffices.case.folder.files import content
from goodoffices.case.folder.place import Place
from goodoffices.case.folder.public import listing
from goodoffices.case.folder.reading import root
from goodoffices.case.folder.trees import Tree
from goodoffices.case.model import Party
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError
from goodoffices.stability.cast import Cast
from goodoffices.stability.fibres import Direction
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Action, Model
from goodoffices.stability.patterns import is_pattern
from goodoffices.stability.reading_graph import drawn
from goodoffices.stability.reading_preferences import orderings
from goodoffices.stability.statements import WORDS

FILE = "model.yaml"
"""What the file of a model is called in its folder."""

MOST_PARTIES = 100

_KEYS = (
    "title",
    "about",
    "parties",
    "actions",
    "infeasible",
    "states",
    "absorbing",
    "forbidden_moves",
    "moves",
    "preferences",
    "status_quo",
)
_ACTION_ID = re.compile(r"\w[\w-]{0,99}")
_DIRECTIONS: tuple[Direction, ...] = get_args(Direction)


def read_model(path: str | Path) -> Model:
    """The graph model that a YAML file holds.

    Parameters
    ----------
    path
        The file, or a folder with a ``model.yaml``. The form is described in
        ``docs/reference/graph-model-file.md``.

    Raises
    ------
    CaseError
        All faults of the file at once, each with its line and path.
    """
    path = Path(path)
    if path.is_dir():
        path /= FILE
    if not os.path.lexists(path):
        raise CaseError(f"There is no file '{path}'. A graph model is a YAML file, {FILE}.")
    faults = Faults()
    return _model(content(path, path.name, faults), path.name, faults)


def model_from_text(text: str | bytes, name: str = FILE) -> Model:
    """The graph model that a YAML text holds; faults call it by ``name``.

    Raises
    ------
    CaseError
        All faults at once, each with its line and path.

    Examples
    --------
    >>> model = model_from_text('''
    ... title: Chicken
    ... parties: [North, South]
    ... actions:
    ...   - {id: yield_north, party: North}
    ...   - {id: yield_south, party: South}
    ... preferences:
    ...   North: {ranking: [NY, YY, YN, NN]}
    ...   South: {statements: [yield_north or yield_south, -yield_south, yield_north]}
    ... ''')
    >>> [model.pattern(state) for state in model.states.tolist()]
    ['NN', 'YN', 'NY', 'YY']
    >>> [ordering.ranks.tolist() for ordering in model.orderings]
    [[0, 1, 3, 2], [0, 3, 1, 2]]
    """
    return _model(text, name, Faults())


def model_of(said: Mapping[str, Tree], name: str) -> Model:
    """The graph model that words, lists and maps make; ``name`` is what faults call them.

    Raises
    ------
    CaseError
        All faults at once, each with its path.
    """
    faults = Faults()
    return _found(Place(_node(said), name, "", faults), faults)


def _node(said: Tree) -> Node:
    if isinstance(said, str | bool):
        return Word(str(said), is_plain=False, line=0, start=0, end=0)
    if isinstance(said, Mapping):
        entries = Entries(is_flow=True, line=0, start=0)
        for key, inner in said.items():
            entries.keys[key] = Word(key, is_plain=False, line=0, start=0, end=0)
            entries.values[key] = _node(inner)
        return entries
    return Items(is_flow=True, line=0, start=0, nodes=[_node(inner) for inner in said])


def _model(text: str | bytes | None, name: str, faults: Faults) -> Model:
    return _found(root(name, text, faults), faults)


def _found(place: Place | None, faults: Faults) -> Model:
    found = None if place is None else _whole(place)
    faults.stop_if_any()
    assert found is not None
    return found


def _whole(place: Place) -> Model | None:
    fields = place.fields(*_KEYS, required=("title", "parties", "preferences"))
    cast, is_known = _cast(fields)
    found = drawn(fields, cast, place) if is_known else None
    model = None
    if found is not None:
        model = Model(
            title=_text(fields, "title"),
            about=_text(fields, "about"),
            parties=cast.parties,
            actions=cast.actions,
            graph=found.graph,
            orderings=(),
            labels=found.naming.labels,
            patterns={} if isinstance(found.graph, Hypercube) else found.patterns,
        )
    naming = None if found is None else found.naming
    if is_known:
        preferences = orderings(fields.get("preferences"), cast, model, naming)
        model = model and replace(model, orderings=preferences)
    if model is not None and naming is not None and "status_quo" in fields:
        model = replace(model, status_quo=naming.state(fields["status_quo"]))
    return model


def _text(fields: Mapping[str, Place], key: str) -> str:
    return fields[key].text() if key in fields else ""


def _cast(fields: Mapping[str, Place]) -> tuple[Cast, bool]:
    """Parties and actions, and whether all of them were understood."""
    parties = listing(fields, "parties", ("name", "about"), _party)
    known = tuple(party for party in (parties or {}).values() if party is not None)
    if "parties" in fields and parties == {}:
        fields["parties"].fault("The model has no party. List at least one.")
    if len(known) > MOST_PARTIES:
        fields["parties"].fault(f"There are {len(known):,} parties; up to {MOST_PARTIES} are read.")
    cast = Cast(known, (), ())

    def action(name: str, place: Place, fields: Mapping[str, Place]) -> Action | None:
        return _action(name, place, fields, cast)

    keys = ("party", "direction", "name", "undone", "about")
    actions = listing(fields, "actions", keys, action)
    understood = tuple(action for action in (actions or {}).values() if action is not None)
    is_known = bool(parties) and len(known) <= MOST_PARTIES
    is_known &= actions is not None and len(understood) == len(actions)
    if "actions" in fields and actions == {} and "moves" not in fields:
        fields["actions"].fault("The model has no action. List at least one.")
    bits = _bits(cast.parties, understood) if is_known else ()
    return Cast(known, understood, bits), is_known


def _bits(parties: tuple[Party, ...], actions: tuple[Action, ...]) -> tuple[int, ...]:
    place = {party.id: number for number, party in enumerate(parties)}
    order = sorted(range(len(actions)), key=lambda number: (place[actions[number].party], number))
    bit = {number: bit for bit, number in enumerate(order)}
    return tuple(bit[number] for number in range(len(actions)))


def _party(name: str, _place: Place, fields: Mapping[str, Place]) -> Party:
    return Party(id=name, name=_text(fields, "name"), about=_text(fields, "about"))


def _action(name: str, place: Place, fields: Mapping[str, Place], cast: Cast) -> Action | None:
    is_right = _is_action_id(name, place)
    if not fields:
        place.fault("An action needs a party: {id: ..., party: ...}.")
    elif "party" not in fields:
        place.fault("'party' is missing: who decides about this action?")
    # Where no party was understood, nothing can be said about who owns what.
    party = cast.party(fields["party"]) if "party" in fields and cast.parties else None
    direction = _direction(fields["direction"]) if "direction" in fields else "both"
    if party is None or direction is None or not is_right:
        return None
    return Action(
        id=name,
        party=cast.parties[party].id,
        direction=direction,
        name=_text(fields, "name"),
        undone=_text(fields, "undone"),
        about=_text(fields, "about"),
    )


def _is_action_id(name: str, place: Place) -> bool:
    """Whether statements can speak of an action by this id; else a fault is noted."""
    if name.lower() in WORDS:
        place.fault(f"{quoted(name)} joins statements and cannot be the id of an action.")
    elif is_pattern(name):
        place.fault(f"The id {quoted(name)} could be taken for a pattern. Choose another.")
    elif not _ACTION_ID.fullmatch(name):
        place.fault(
            f"{quoted(name)} cannot stand in statements. Use up to 100 letters, digits, _ and - as "
            "the id, beginning with a letter or digit, and put the rest under 'name'."
        )
    else:
        return True
    return False


def _direction(place: Place) -> Direction | None:
    text = place.name("a direction")
    for direction in _DIRECTIONS:
        if direction == text:
            return direction
    if text is not None:
        near = place.faults.nearest(text, _DIRECTIONS, "Directions")
        place.fault(f"{quoted(text)} is not a direction.{near}")
    return None
