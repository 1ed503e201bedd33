"""The command ``inverse``: what would have to change for a state to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType

from goodoffices.case.words import counted
from goodoffices.cli import tables
from goodoffices.cli.app import AsJson, Package, Seconds, print_json
from goodoffices.cli.documents import Document
from goodoffices.cli.models import (
    Concepts,
    ModelFile,
    concepts_asked,
    envelope,
    heading,
    read_given,
    state_called,
    told,
)
from goodoffices.cli.watching import watching

if TYPE_CHECKING:
    from goodoffices.stability import Model
    from goodoffices.stability.inverse import Alternative, Inverse
    from goodoffices.stability.inverse_moves import MoveChange, MoveChanges
    from goodoffices.stability.inverse_statements import Priorities, PriorityChanges

_MOST_SWAPS = 6
"""Swaps of statements that are tried; every further one multiplies the orders to look at."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What would do under one concept, by changed rankings, priorities and moves."""

    rankings: Inverse
    priorities: PriorityChanges | None
    moves: MoveChanges


def inverse(
    model: ModelFile,
    state: Annotated[str, typer.Option(metavar="STATE", help="The state that is to hold.")],
    chosen: Package = None,
    concept: Concepts = None,
    most: Annotated[int, typer.Option(min=1, help="Ways to list of each kind.")] = 3,
    changes: Annotated[
        int, typer.Option(min=1, max=3, help="Changes of moves that are tried together.")
    ] = 1,
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Show what would have to change for a state to hold.

    For each concept: the cheapest changes of what parties prefer, of the order of their
    statements, and of what they can do.

    Example: goodoffices inverse examples/syria-iraq-1975 --state 2 --concept seq
    """
    read = read_given(model, chosen)
    at = state_called(read, state)
    asked = concepts_asked(concept)
    with watching(seconds) as watch:
        found = [_answered(read, at, one, most, changes, watch.is_over) for one in asked]
    if as_json:
        documents = [_document(read, at, answer) for answer in found]
        print_json(envelope(read, state=read.label(at), concepts=documents))
        return
    tables.show(heading(read), *(_part(read, at, answer, most) for answer in found))


def _answered(
    model: Model, state: int, concept: str, most: int, changes: int, is_over: Callable[[], bool]
) -> _Answer:
    from goodoffices.stability.inverse import inverse as inverse_of
    from goodoffices.stability.inverse_moves import move_changes
    from goodoffices.stability.inverse_statements import priorities
    from goodoffices.stability.statements import ranks

    has_statements = any(len(ordering.statements) > 1 for ordering in model.orderings)
    return _Answer(
        inverse_of(model, state, concept, most=most, is_over=is_over),
        priorities(
            model,
            state,
            concept,
            lambda _, order: ranks(model, order),
            most=most,
            most_swaps=_MOST_SWAPS,
            is_over=is_over,
        )
        if has_statements
        else None,
        move_changes(model, state, concept, most_changes=changes, most=most, is_over=is_over),
    )


def _part(model: Model, state: int, answer: _Answer, most: int) -> RenderableType:
    return told(answer.rankings.concept, _sentences(model, state, answer, most))


def _sentences(model: Model, state: int, answer: _Answer, most: int) -> Iterator[str]:
    from goodoffices.stability.inverse_words import explain

    yield from explain(answer.rankings, model)
    best = answer.rankings.cheapest
    if best is not None and best.cost == 0:
        return
    if answer.priorities is not None:
        yield from _priority_sentences(model, answer.priorities)
    yield from _move_sentences(model, state, answer.moves, most)


def _priority_sentences(model: Model, found: PriorityChanges) -> Iterator[str]:
    from goodoffices.stability.inverse_statements import explain_priorities

    if found.alternatives:
        yield "Or by another order of statements:"
        for number, change in enumerate(found.alternatives, 1):
            yield f"{number}. {explain_priorities(change, model)}"
    elif found.bound is None:
        yield "No other order of the parties' statements does it."
    else:
        yield f"No other order of statements within {counted(found.bound - 1, 'swap')} does it."


def _move_sentences(model: Model, state: int, found: MoveChanges, most: int) -> Iterator[str]:
    from goodoffices.stability.inverse_moves import explain_moves

    if found.alternatives:
        yield "Or by a change of what the parties can do:"
        for number, changes in enumerate(found.alternatives[:most], 1):
            yield f"{number}. {explain_moves(changes, model, state)}"
    elif found.is_complete:
        yield "No change of moves that was tried does it; more are tried together with --changes."
    else:
        yield "The work was ended before a change of moves was found."


def _document(model: Model, state: int, answer: _Answer) -> Document:
    from goodoffices.stability.inverse_words import explain

    rankings, priorities, moves = answer.rankings, answer.priorities, answer.moves
    return {
        "concept": rankings.concept,
        "words": list(explain(rankings, model)),
        "rankings": {
            "alternatives": [_alternative(model, one) for one in rankings.alternatives],
            "bound": rankings.bound,
            "proven": rankings.is_proven,
            "complete": rankings.is_complete,
            "impossible_for": [model.parties[party].id for party in rankings.impossible_for],
        },
        "priorities": None
        if priorities is None
        else {
            "alternatives": [_priority(model, one) for one in priorities.alternatives],
            "bound": priorities.bound,
        },
        "moves": {
            "alternatives": [_changes(model, state, one) for one in moves.alternatives],
            "bound": moves.bound,
            "complete": moves.is_complete,
        },
    }


def _costs(model: Model, costs: Sequence[int]) -> list[Document]:
    return [
        {"party": party.id, "cost": cost}
        for party, cost in zip(model.parties, costs, strict=True)
        if cost
    ]


def _alternative(model: Model, one: Alternative) -> Document:
    return {
        "cost": one.cost,
        "costs": _costs(model, one.costs),
        "demands": [
            {
                "party": model.parties[demand.party].id,
                "better": model.label(demand.better),
                "worse": model.label(demand.worse),
            }
            for demand in one.demands
        ],
    }


def _priority(model: Model, one: Priorities) -> Document:
    from goodoffices.stability.inverse_statements import explain_priorities

    return {
        "cost": one.cost,
        "costs": _costs(model, one.costs),
        "orders": [
            {"party": party.id, "statements": list(order)}
            for party, order, cost in zip(model.parties, one.orders, one.costs, strict=True)
            if cost
        ],
        "words": explain_priorities(one, model),
    }


def _changes(model: Model, state: int, changes: Sequence[MoveChange]) -> Document:
    from goodoffices.stability.inverse_moves import explain_moves

    return {
        "changes": [
            {
                "kind": change.kind,
                "party": change.party,
                "action": change.action or None,
                "from": change.move[0] or None,
                "to": change.move[1] or None,
                "against": change.against or None,
            }
            for change in changes
        ],
        "words": explain_moves(changes, model, state),
    }
