"""Questions about graph models that are valid, but perhaps not what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from goodoffices.case.checking.advice import Advice
from goodoffices.case.numbers import quoted
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.model import Model
from goodoffices.stability.statements import satisfied

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "stability.W101": "A party is indifferent between all states.",
        "stability.W102": "A preference statement holds at every state, or at none.",
        "stability.W103": "A party can change nothing from any state.",
    }
)
"""Every kind of advice on a model by its id, which stays the same from version to version."""


def advice(model: Model) -> tuple[Advice, ...]:
    """Everything about a model that is worth a question, in the order of ``ADVICE``.

    No advice says that the model is wrong: each may be as it should be. A message may tell what a
    party wants.

    Examples
    --------
    >>> from goodoffices.stability.reading import model_from_text
    >>> for found in advice(model_from_text('''
    ... title: Talks
    ... parties: [North, South]
    ... actions: [{id: stay, party: North}, {id: leave, party: South}]
    ... infeasible: [NN]
    ... preferences:
    ...   North: {statements: [stay or leave]}
    ...   South: {ranking: [YN, NY, YY]}
    ... ''')):
    ...     print(found.id, found.path)
    ...     print(found.message)
    stability.W101 preferences.North
    North is indifferent between all states, so it has nothing to gain anywhere. Is that so?
    stability.W102 preferences.North.statements[1]
    'stay or leave' holds at every state, so it prefers none to another. Is it mistyped?
    """
    return tuple(found for check in _ALL for found in check(model))


def _indifferent(model: Model) -> Iterator[Advice]:
    for party, ordering in zip(model.parties, model.orderings, strict=True):
        own = ordering.ranks[model.states]
        if len(own) > 1 and own.min() == own.max() and not ordering.unknown:
            yield Advice(
                "stability.W101",
                f"preferences.{party.id}",
                f"{party} is indifferent between all states, so it has nothing to gain anywhere. "
                "Is that so?",
            )


def _empty_statements(model: Model) -> Iterator[Advice]:
    for party, ordering in zip(model.parties, model.orderings, strict=True):
        for number, text in enumerate(ordering.statements, 1):
            count = satisfied(model, text)[model.states]
            if count.min() == count.max():
                where = "at every state" if count.max() else "at no state"
                what = f"{quoted(text)} holds {where}"
                if ";" in text:
                    what = f"Of {quoted(text)} equally many hold at every state"
                yield Advice(
                    "stability.W102",
                    f"preferences.{party.id}.statements[{number}]",
                    f"{what}, so it prefers none to another. Is it mistyped?",
                )


def _idle(model: Model) -> Iterator[Advice]:
    for number, party in enumerate(model.parties):
        if _has_moves(model, number):
            continue
        yield Advice(
            "stability.W103",
            f"parties.{party.id}",
            f"{party} can change nothing from any state. Is an action missing?",
        )


def _has_moves(model: Model, party: int) -> bool:
    if isinstance(model.graph, Hypercube) and model.graph.feasible is None:
        return bool(model.graph.blocks[party])
    return any(len(model.graph.moves(party, state)) for state in model.states.tolist())


_ALL: tuple[Callable[[Model], Iterator[Advice]], ...] = (_indifferent, _empty_statements, _idle)
