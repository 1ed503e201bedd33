"""What a ``.gmcr`` file can carry of a model, and words for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from goodoffices.case.model import Party, listed
from goodoffices.errors import CaseError
from goodoffices.stability.fibres import Direction
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Model, Ordering
from goodoffices.stability.patterns import covering
from goodoffices.stability.statements import parsed, ranks, satisfied
from goodoffices.stability.trees import classes, have_the_same_order, levels

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json]"

# A statement that takes more conditions than this is better carried by its ranking.
_MOST_CONDITIONS = 200

_WORDS: Mapping[Direction, str] = {"both": "both", "forward": "fwd", "back": "back"}


def exported(model: Model) -> tuple[Json, tuple[str, ...]]:
    """The content of the file, and notes on all that it could not carry.

    Raises
    ------
    CaseError
        The states of the model are not the settings of its actions.
    """
    graph = model.graph
    if not isinstance(graph, Hypercube):
        raise CaseError(
            "A .gmcr file holds settings of actions and no others. In this model states are "
            "merged or absorbing, or moves are listed or forbidden."
        )
    # The program puts options in the order of their owners; written so, all keep their numbers.
    order = sorted(range(len(model.actions)), key=lambda number: model.bits[number])
    sides = list(zip(model.parties, model.orderings, strict=True))
    conditions = {party.id: _conditions(model, ordering) for party, ordering in sides}
    is_manual = None in conditions.values()
    makers: list[Json] = []
    for party, ordering in sides:
        own = [n for n, place in enumerate(order) if model.actions[place].party == party.id]
        maker: dict[str, Json] = {"name": str(party), "options": own}
        maker["preferences"] = conditions[party.id] or []
        if is_manual:
            maker["preferenceRanking"] = _ranking(model, ordering)
        makers.append(maker)
    infeasible = [] if graph.feasible is None else covering(~graph.feasible, range(len(order)))
    found: Json = {
        "decisionMakers": makers,
        "coalitions": list(range(len(model.parties))),
        "options": [
            {
                "name": str(model.actions[place]),
                "permittedDirection": _WORDS[model.actions[place].direction],
            }
            for place in order
        ],
        "infeasibles": [_condition(pattern) for pattern in infeasible],
        "useManualPreferenceRanking": is_manual,
        "program": "goodoffices",
        "version": "1",
    }
    return found, tuple(_left_out(model, sides, conditions))


def _conditions(model: Model, ordering: Ordering) -> list[Json] | None:
    """A party's statements as conditions; ``None`` if they cannot say what its ranks say."""
    if not levels(model, ordering.ranks).any():
        return []
    if not ordering.statements:
        return None
    if not have_the_same_order(model, ranks(model, ordering.statements), ordering.ranks):
        return None
    found: list[Json] = []
    for text in ordering.statements:
        if len(parsed(text, [action.id for action in model.actions])) > 1:
            return None
        holds = satisfied(model, text) > 0
        patterns = list(islice(covering(holds, range(len(model.actions))), _MOST_CONDITIONS + 1))
        if len(patterns) > _MOST_CONDITIONS:
            return None
        members = [_condition(pattern) for pattern in patterns]
        if len(members) == 1:
            found.append(members[0])
        elif members:
            found.append({"compound": True, "members": members})
    return found


def _condition(pattern: str) -> Json:
    return [[n, sign] for n, sign in enumerate(pattern) if sign != "-"]


def _ranking(model: Model, ordering: Ordering) -> Json:
    place = {state: number for number, state in enumerate(model.states.tolist(), 1)}
    return [
        place[tied[0]] if len(tied) == 1 else [place[state] for state in tied]
        for tied in classes(model, ordering.ranks)
    ]


def _left_out(
    model: Model,
    sides: list[tuple[Party, Ordering]],
    conditions: Mapping[str, list[Json] | None],
) -> list[str]:
    """What the format does not hold, one sentence for each kind of thing."""
    rankings = [p.id for p, o in sides if o.statements and conditions[p.id] is None]
    found = (
        ("Ids of the actions", [a.id for a in model.actions if a.name and a.name != a.id]),
        ("Words for not taking", [a.id for a in model.actions if a.undone]),
        ("Labels of states", _labels(model)),
        ("Pairs that nobody knows the order of, for", [p.id for p, o in sides if o.unknown]),
        ("Strong preferences of", [p.id for p, o in sides if o.strong]),
        ("Probabilities of preferences of", [p.id for p, o in sides if o.probabilities]),
        ("Preferences that will not change, of", [p.id for p, o in sides if o.fixed]),
    )
    notes = [f"{what} {listed(ids)} were left out." for what, ids in found if ids]
    if rankings:
        notes.append(f"Statements of {listed(rankings)} were written as the rankings they make.")
    if model.title:
        notes.append("The title was left out: such a file has none.")
    if model.status_quo is not None:
        notes.append("The status quo was left out.")
    abouts = [model.about, *(p.about for p in model.parties), *(a.about for a in model.actions)]
    if any(abouts):
        notes.append("Explanations ('about') were left out.")
    return notes


def _labels(model: Model) -> list[str]:
    """Labels that are not the number by which a state goes in the file anyway."""
    place = {state: number for number, state in enumerate(model.states.tolist(), 1)}
    return [label for state, label in model.labels.items() if label != str(place[state])]
