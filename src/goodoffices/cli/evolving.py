"""The command ``evolve``: how the present state could become one that would hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType

from goodoffices.cli import tables
from goodoffices.cli.app import AsJson, Package, print_json
from goodoffices.cli.documents import Document
from goodoffices.cli.models import (
    Concepts,
    ModelFile,
    Most,
    concepts_asked,
    envelope,
    heading,
    read_given,
    state_called,
    steps_document,
    told,
)
from goodoffices.errors import StabilityError

if TYPE_CHECKING:
    from goodoffices.stability import Model
    from goodoffices.stability.analysis import Equilibrium
    from goodoffices.stability.evolution import Route

_TITLES = (
    ("here", "Where things stand"),
    ("improvements", "By moves that each party gains from"),
    ("agreement", "By such moves, and a last one made together"),
    ("moves", "Only if somebody moves without gaining from it"),
    ("jointly", "Only if several change something at once"),
    ("never", "Not from here"),
)


def evolve(
    model: ModelFile,
    chosen: Package = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="STATE", help="Where to start. Default: the status quo."),
    ] = None,
    concept: Concepts = None,
    most: Most = 10,
    as_json: AsJson = False,
) -> None:
    """Show how the present state could become one that holds.

    For each equilibrium a shortest way is told, and who moves at each step: by moves that everyone
    who makes them gains from, by a joint step at the end, by any moves, or only jointly.

    Example: goodoffices evolve examples/elmira
    """
    from goodoffices.stability.analysis import analyse, leading
    from goodoffices.stability.evolution import evolution

    read = read_given(model, chosen)
    at = read.status_quo if start is None else state_called(read, start)
    if at is None:
        raise StabilityError(
            "The model states no status quo. Name the state to start from with --from."
        )
    asked = concepts_asked(concept)
    analysis = analyse(read, asked)
    found = leading(analysis, most)
    routes = evolution(read, [one.state for one in found], at)
    if as_json:
        print_json(envelope(read, **_document(read, at, found, routes)))
        return
    tables.show(*_parts(read, at, routes))
    if len(found) < (total := analysis.count_of_any()):
        print(f"\n{len(found)} of {total:,} states that hold, the firmest; see --most.")


def _parts(model: Model, start: int, routes: Sequence[Route]) -> Iterator[RenderableType]:
    from goodoffices.stability.evolution_words import route_words
    from goodoffices.stability.witness_words import state_words, taken_words

    yield heading(model)
    taken = taken_words(model, start)
    yield f"From {state_words(model, start)}{f': {taken}' if taken else ''}."
    if not routes:
        yield "No state holds for every party."
    for kind, title in _TITLES:
        ways = [route_words(model, route, start) for route in routes if route.kind == kind]
        if ways:
            yield told(title, ways)


def _document(
    model: Model, start: int, found: Sequence[Equilibrium], routes: Sequence[Route]
) -> Document:
    from goodoffices.stability.evolution_words import route_words

    return {
        "from": model.label(start),
        "routes": [
            {
                "state": model.label(route.state),
                "concepts": list(one.concepts),
                "kind": route.kind,
                "words": route_words(model, route, start),
                "improvements": steps_document(model, route.improvements),
                "agreement": steps_document(model, route.agreement),
                "moves": steps_document(model, route.moves),
                "jointly": steps_document(model, route.jointly),
            }
            for one, route in zip(found, routes, strict=True)
        ],
    }
