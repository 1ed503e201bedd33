"""The command ``stability``: which states would hold, for whom, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from goodoffices.case.words import counted, sentence_list, whole
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
    labels,
    read_given,
    state_called,
    steps_document,
    told,
)

if TYPE_CHECKING:
    from goodoffices.stability import Model
    from goodoffices.stability.analysis import Analysis, Equilibrium
    from goodoffices.stability.witness import Answer, Witness

_NAMED = 12
"""States of a concept that are named in a table; of more, only the count."""


def stability(
    model: ModelFile,
    chosen: Package = None,
    state: Annotated[
        str | None, typer.Option(metavar="STATE", help="Explain one state for every party.")
    ] = None,
    concept: Concepts = None,
    most: Most = 10,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the model to a YAML file, to be edited."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show which states would hold, and why.

    A state holds if no party has reason to leave it. How a party reasons is what the concepts
    differ in. With --state, every party's temptations at that state are told, and what the others
    would answer.

    Example: goodoffices stability examples/elmira --state 5
    """
    from goodoffices.stability.analysis import analyse

    read = read_given(model, chosen)
    if write is not None:
        from goodoffices.stability import write_model

        write_model(read, write)
        if as_json:
            print_json(envelope(read, file=str(write)))
        else:
            print(f"Wrote the model to {write}.")
        return
    asked = concepts_asked(concept)
    if state is None:
        analysis = analyse(read, asked)
        if as_json:
            print_json(envelope(read, **_analysis_document(analysis, most)))
        else:
            tables.show(*_analysis_parts(analysis, most))
        return
    at = state_called(read, state)
    if as_json:
        print_json(envelope(read, **_state_document(read, at, asked)))
    else:
        tables.show(*_state_parts(read, at, asked, is_chosen=bool(concept)))


def _analysis_parts(analysis: Analysis, most: int) -> Iterator[RenderableType]:
    from goodoffices.stability.analysis import CONCEPTS, leading

    model = analysis.model
    yield heading(model)
    made = tables.table("concept", "equilibria", "what holds every party there")
    for concept in analysis.concepts:
        made.add_row(concept, _counted(analysis, concept), CONCEPTS[concept])
    yield tables.titled("States that hold for every party", made)
    found = leading(analysis, most)
    if found:
        yield _equilibria(analysis, found)
    total = analysis.count_of_any()
    if len(found) < total:
        yield (
            f"{len(found)} of {counted(total, 'state')} that hold, those that hold most firmly "
            "first; see --most."
        )
    for party in analysis.indifferent:
        who = model.parties[party]
        yield (
            f"{who} likes all states equally, so nothing can tempt it; is that what its "
            "preferences should say?"
        )
    if found or model.status_quo is not None:
        asked = found[0].state if model.status_quo is None else model.status_quo
        yield f"Why? Ask for one state: --state {quote(model.label(asked))}"


def _counted(analysis: Analysis, concept: str) -> str:
    count = analysis.count(concept)
    if not 0 < count <= _NAMED:
        return whole(count) if count else "none"
    return ", ".join(labels(analysis.model, analysis.equilibria(concept).tolist()))


def _equilibria(analysis: Analysis, found: Sequence[Equilibrium]) -> RenderableType:
    from goodoffices.stability.analysis import strongest

    model = analysis.model
    has_patterns = any(model.pattern(one.state) for one in found)
    made = tables.table(
        "state", *(["actions"] if has_patterns else []), *(str(party) for party in model.parties)
    )
    for one in found:
        made.add_row(
            model.label(one.state),
            *([model.pattern(one.state)] if has_patterns else []),
            *(", ".join(strongest(held)) for held in one.held),
        )
    title = "What holds each party, by the strongest concept"
    if has_patterns:
        title += f"; actions: {', '.join(action.id for action in model.actions)}"
    return tables.titled(title, made)


def _state_parts(
    model: Model, state: int, asked: Sequence[str], *, is_chosen: bool
) -> Iterator[RenderableType]:
    from goodoffices.stability.analysis import strongest
    from goodoffices.stability.witness import witness
    from goodoffices.stability.witness_words import (
        begun,
        reasons,
        state_words,
        taken_words,
        witness_words,
    )

    yield heading(model)
    if taken := taken_words(model, state):
        yield Text(f"{begun(state_words(model, state))}: {taken}.")
    for number, party in enumerate(model.parties):
        found = [witness(model, number, state, concept) for concept in asked]
        held = tuple(one.concept for one in found if one.is_stable)
        by = sentence_list(strongest(held)) if held else "nothing"
        sentences = (
            [f"{one.concept}: {words}" for one in found for words in witness_words(model, one)]
            if is_chosen
            else reasons(model, number, state, held)
        )
        yield told(f"{party}: held by {by}", sentences)


def _analysis_document(analysis: Analysis, most: int) -> Document:
    from goodoffices.stability.analysis import leading

    model = analysis.model
    return {
        "states": len(model.states),
        "actions": [action.id for action in model.actions],
        "concepts": [
            {"concept": concept, "count": analysis.count(concept)} for concept in analysis.concepts
        ],
        "equilibria": [_equilibrium_document(model, one) for one in leading(analysis, most)],
        "indifferent": [model.parties[party].id for party in analysis.indifferent],
    }


def _equilibrium_document(model: Model, one: Equilibrium) -> Document:
    return {
        "state": model.label(one.state),
        "pattern": model.pattern(one.state),
        "concepts": list(one.concepts),
        "held": [
            {"party": party.id, "concepts": list(held), "better": better}
            for party, held, better in zip(model.parties, one.held, one.better, strict=True)
        ],
    }


def _state_document(model: Model, state: int, asked: Sequence[str]) -> Document:
    from goodoffices.stability.witness import witness

    held = []
    for number, party in enumerate(model.parties):
        found = [witness(model, number, state, concept) for concept in asked]
        held.append(
            {
                "party": party.id,
                "concepts": [one.concept for one in found if one.is_stable],
                "better": int(
                    (model.ranks[number][model.states] > model.ranks[number][state]).sum()
                ),
                "witnesses": [_witness_document(model, one) for one in found],
            }
        )
    return {"state": model.label(state), "pattern": model.pattern(state), "held": held}


def _witness_document(model: Model, found: Witness) -> Document:
    from goodoffices.stability.witness_words import witness_words

    return {
        "concept": found.concept,
        "stable": found.is_stable,
        "moves": found.moves,
        "improvements": found.improvements,
        "answers": [_answer_document(model, answer) for answer in found.answers],
        "words": list(witness_words(model, found, most=None)),
    }


def _answer_document(model: Model, answer: Answer) -> Document:
    return {
        "improvement": model.label(answer.improvement),
        "path": steps_document(model, answer.path),
        "others_move": answer.others_move,
        "counter": None if answer.counter is None else model.label(answer.counter),
        "deters": answer.deters,
    }
