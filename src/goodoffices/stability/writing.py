"""Writing of a graph model as YAML: comments kept, and everything read again before it counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from goodoffices.case.folder.document import decoded, tree
from goodoffices.case.folder.emitting import document
from goodoffices.case.folder.faults import Faults
from goodoffices.case.folder.files import content
from goodoffices.case.folder.replacing import replace_files
from goodoffices.case.folder.trees import Tree
from goodoffices.case.folder.updating import Unlike, updated
from goodoffices.errors import CaseError, Fault
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Model
from goodoffices.stability.reading import FILE, model_from_text
from goodoffices.stability.trees import (
    beginning,
    ending,
    have_the_same_order,
    listed_moves,
    moves_of,
    of_settings,
)

_HEADING = "A graph model: who can do what, and how each ranks the states."


def write_model(model: Model, path: str | Path) -> None:
    """Put a graph model into a YAML file; ``read_model`` then gives back one that says the same.

    A file that is there already is changed in place: comments, order and spacing stay wherever
    the model says the same as before. Either the whole file is written or nothing.

    Parameters
    ----------
    path
        The file, or a folder for a ``model.yaml``.

    Raises
    ------
    CaseError
        The file that is there has faults, the model says something that a file cannot, or the
        system refused.
    """
    path = Path(path)
    if path.is_dir() or not path.suffix:
        path /= FILE
    faults = Faults()
    before = content(path, path.name, faults) if path.exists() else None
    faults.stop_if_any()
    text = model_text(model) if before is None else _changed(model, before, path)
    replace_files(path.parent, {path.name: text})


def model_text(model: Model) -> str:
    """The YAML text of a model, as ``write_model`` puts it into a new file.

    Raises
    ------
    CaseError
        The model says something that a file cannot.
    """
    return _checked(model, document(_tree(model), _HEADING))


def _changed(model: Model, before: bytes, path: Path) -> str:
    """The old text changed where it must be, or one written anew if that would not be right."""
    try:
        old = _tree(model_from_text(before, path.name))
    except CaseError as error:
        what = Fault(f"'{path}' has faults, so nothing was written over it.")
        raise CaseError((what, *error.faults)) from error
    text = decoded(before, lambda _line, _sentence: None) or ""
    node = tree(text, lambda _line, _sentence: None)
    new = _tree(model)
    try:
        kept = updated(text, node, old, new) if node is not None else ""
        if says_the_same(model_from_text(kept), model):
            return kept
    except (Unlike, CaseError):
        pass
    return _checked(model, document(new, _HEADING))


def _checked(model: Model, text: str) -> str:
    try:
        found = model_from_text(text)
    except CaseError as error:
        # The lines are those of a text that nobody will see.
        unseen = (replace(fault, line=None) for fault in error.faults)
        raise CaseError((Fault("This model cannot be written as a file."), *unseen)) from error
    if not says_the_same(found, model):
        raise CaseError(
            "This model cannot be written as a file: it would not be read back as it is."
        )
    return text


def says_the_same(one: Model, other: Model) -> bool:
    """Whether two models have the same parties, actions, states, moves and preferences.

    Ranks are compared as orders, not as numbers.
    """
    return (
        _words(one) == _words(other)
        and np.array_equal(one.states, other.states)
        and _labels(one) == _labels(other)
        and _have_the_same_moves(one, other)
        and all(
            have_the_same_order(one, mine.ranks, theirs.ranks)
            and mine.strong == theirs.strong
            and mine.fixed == theirs.fixed
            and dict(mine.probabilities) == dict(theirs.probabilities)
            and _unordered(mine.unknown) == _unordered(theirs.unknown)
            for mine, theirs in zip(one.orderings, other.orderings, strict=True)
        )
    )


def _words(model: Model) -> object:
    return (model.title, model.about, model.parties, model.actions, model.status_quo)


def _labels(model: Model) -> dict[int, str]:
    """Labels that are more than a state's place."""
    bare = replace(model, labels={})
    return {state: label for state, label in model.labels.items() if label != bare.label(state)}


def _unordered(pairs: frozenset[tuple[int, int]]) -> frozenset[frozenset[int]]:
    return frozenset(map(frozenset, pairs))


def _have_the_same_moves(one: Model, other: Model) -> bool:
    if isinstance(one.graph, Hypercube) and isinstance(other.graph, Hypercube):
        return one.graph.blocks == other.graph.blocks
    if isinstance(one.graph, Hypercube) or isinstance(other.graph, Hypercube):
        return False
    return one.patterns == other.patterns and all(
        list(moves_of(one, party)) == list(moves_of(other, party))
        for party in range(len(one.parties))
    )


def _tree(model: Model) -> dict[str, Tree]:
    """The whole file: with the settings of actions if they make the graph, else with its moves."""
    start, end = beginning(model), ending(model)
    if isinstance(model.graph, Hypercube):
        return start | of_settings(model) | end
    if model.actions and all(map(model.pattern, model.states.tolist())):
        settings = _restricted(model, start)
        if settings is not None:
            return start | settings | end
    return start | listed_moves(model) | end


def _restricted(model: Model, start: dict[str, Tree]) -> dict[str, Tree] | None:
    """The graph as settings of actions with some moves taken out; ``None`` if it is no such."""
    indifferent: dict[str, Tree] = {p.id: "indifferent" for p in model.parties}
    try:
        tree = of_settings(model)
        # No move is forbidden in this; the entry makes every state one of the same kind.
        text = document(start | tree | {"absorbing": [], "preferences": indifferent}, "")
        free = model_from_text(text)
    except CaseError:
        return None
    if [free.label(s) for s in free.states.tolist()] != [
        model.label(s) for s in model.states.tolist()
    ] or free.patterns != model.patterns:
        return None
    moves = [set(moves_of(model, party)) for party in range(len(model.parties))]
    possible = [set(moves_of(free, party)) for party in range(len(model.parties))]
    if not all(mine <= all_ for mine, all_ in zip(moves, possible, strict=True)):
        return None
    left = {state for own in moves for state, _ in own}
    absorbing = sorted({state for own in possible for state, _ in own} - left)
    if absorbing:
        tree["absorbing"] = [model.label(state) for state in absorbing]
    forbidden: list[Tree] = [
        [party.id, model.label(state), model.label(to)]
        for party, mine, all_ in zip(model.parties, moves, possible, strict=True)
        for state, to in sorted(all_ - mine)
        if state not in absorbing
    ]
    if forbidden:
        tree["forbidden_moves"] = forbidden
    if not absorbing and not forbidden:
        plain = model_from_text(document(start | tree | {"preferences": indifferent}, ""))
        # Written so, it would be read as a hypercube, which this model is not.
        return None if isinstance(plain.graph, Hypercube) else tree
    return tree
