"""A graph model as nested words, lists and maps, in the order in which its file is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.folder.trees import Tree
from goodoffices.errors import CaseError
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.patterns import covering, subcube
from goodoffices.stability.reading_graph import MOST_PATTERNS
from goodoffices.stability.statements import ranks
from goodoffices.stability.values import Values


def beginning(model: Model) -> dict[str, Tree]:
    """Title, parties and actions."""
    tree: dict[str, Tree] = {"title": model.title, **_texts(about=model.about)}
    tree["parties"] = [
        _bare({"id": p.id, **_texts(name=p.name, about=p.about)}) for p in model.parties
    ]
    if model.actions:
        tree["actions"] = [_action(action) for action in model.actions]
    return tree


def of_settings(model: Model) -> dict[str, Tree]:
    """The states as settings of actions: what is infeasible, and labels.

    Raises
    ------
    CaseError
        Too many patterns would be needed.
    """
    tree: dict[str, Tree] = {}
    infeasible = list(_infeasible(model))
    if len(infeasible) > MOST_PATTERNS:
        raise CaseError(
            "What is infeasible in this model takes more than "
            f"{MOST_PATTERNS:,} patterns, and a file holds no more."
        )
    if infeasible:
        tree["infeasible"] = infeasible
    if model.labels:
        tree["states"] = {
            model.labels[state]: model.pattern(state) for state in sorted(model.labels)
        }
    return tree


def listed_moves(model: Model) -> dict[str, Tree]:
    """The states and moves one by one."""
    states = model.states.tolist()
    names = [model.label(state) for state in states]
    patterns = [model.pattern(state) for state in states]
    tree: dict[str, Tree] = {
        "states": dict(zip(names, patterns, strict=True))
        if model.actions and all(patterns)
        else names
    }
    moves: dict[str, Tree] = {}
    for number, party in enumerate(model.parties):
        own = [[model.label(a), model.label(b)] for a, b in moves_of(model, number)]
        if own:
            moves[party.id] = own
    tree["moves"] = moves
    return tree


def moves_of(model: Model, party: int) -> Iterator[tuple[int, int]]:
    """All moves of a party."""
    for state in model.states.tolist():
        for to in model.graph.moves(party, state).tolist():
            yield state, to


def ending(model: Model) -> dict[str, Tree]:
    """Preferences, and the status quo."""
    tree: dict[str, Tree] = {
        "preferences": {
            party.id: _ordering(model, ordering)
            for party, ordering in zip(model.parties, model.orderings, strict=True)
        }
    }
    if model.status_quo is not None:
        tree["status_quo"] = model.label(model.status_quo)
    return tree


def classes(model: Model, values: Values) -> list[list[int]]:
    """The states from best to worst; those in one list are tied."""
    own = values[model.states]
    order = np.argsort(-own.astype(np.int64), kind="stable")
    best_first = zip(model.states[order].tolist(), own[order].tolist(), strict=True)
    return [[state for state, _ in tied] for _, tied in groupby(best_first, lambda at: at[1])]


def levels(model: Model, values: Values) -> NDArray[np.int64]:
    """For each state, in order, how many levels of the ranking are below its own."""
    found: NDArray[np.int64] = np.unique(values[model.states], return_inverse=True)[1]
    return found


def have_the_same_order(model: Model, one: Values, other: Values) -> bool:
    """Whether two rankings of a model's states say the same, whatever their numbers."""
    return np.array_equal(levels(model, one), levels(model, other))


def _ordering(model: Model, ordering: Ordering) -> Tree:
    rest: dict[str, Tree] = {}
    for key, pairs in (
        ("unknown", ordering.unknown),
        ("strong", ordering.strong),
        ("fixed", ordering.fixed),
    ):
        if pairs:
            rest[key] = [[model.label(a), model.label(b)] for a, b in sorted(pairs)]
    if ordering.probabilities:
        rest["probabilities"] = [
            {"prefers": model.label(a), "to": model.label(b), "probability": repr(float(p))}
            for (a, b), p in ordering.probabilities.items()
        ]
    if ordering.statements and _are_meant(model, ordering):
        return {"statements": list(ordering.statements), **rest}
    if not rest and not levels(model, ordering.ranks).any():
        return "indifferent"
    order = classes(model, ordering.ranks)
    return {
        "ranking": [
            model.label(tied[0]) if len(tied) == 1 else [model.label(state) for state in tied]
            for tied in order
        ],
        **rest,
    }


def _are_meant(model: Model, ordering: Ordering) -> bool:
    """Whether the ranks still are those that the statements make."""
    return have_the_same_order(model, ranks(model, ordering.statements), ordering.ranks)


def _infeasible(model: Model) -> Iterator[str]:
    if isinstance(model.graph, Hypercube):
        if model.graph.feasible is None:
            return iter(())
        mask = ~model.graph.feasible
    else:
        mask = np.ones(1 << len(model.actions), dtype=np.bool_)
        shaped = mask.reshape((2,) * len(model.actions))
        for state in model.states.tolist():
            shaped[subcube(model.pattern(state), model.bits)] = False
    return islice(covering(mask, model.bits), MOST_PATTERNS + 1)


def _action(action: Action) -> Mapping[str, Tree]:
    direction = "" if action.direction == "both" else action.direction
    return {
        "id": action.id,
        "party": action.party,
        **_texts(direction=direction, name=action.name, undone=action.undone, about=action.about),
    }


def _texts(**texts: str) -> dict[str, Tree]:
    return {key: text for key, text in texts.items() if text}


def _bare(tree: dict[str, Tree]) -> Tree:
    """A thing of which nothing but its id is said, as that id."""
    return tree["id"] if len(tree) == 1 else tree
