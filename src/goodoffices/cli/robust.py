"""The command ``robustness``: how much it would take for a state not to hold any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType

from goodoffices.case.words import counted, percent, sentence_list
from goodoffices.cli import tables
from goodoffices.cli.app import AsJson, Package, Seconds, number, print_json
from goodoffices.cli.documents import Document
from goodoffices.cli.models import (
    ModelFile,
    envelope,
    heading,
    read_given,
    state_called,
    steps_document,
    told,
)
from goodoffices.cli.watching import watching

_EXITS = 5
"""Joint moves that are told; a large model may have thousands."""

if TYPE_CHECKING:
    from goodoffices.stability import Model
    from goodoffices.stability.coalitions import JointImprovement
    from goodoffices.stability.radius import Radius
    from goodoffices.stability.robustness import PartyRobustness, Path, Robustness, Shock
    from goodoffices.stability.shares import Share


def robustness(
    model: ModelFile,
    state: Annotated[str, typer.Option(metavar="STATE", help="The state asked about.")],
    chosen: Package = None,
    concept: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="By which survival and the ways out are judged: nash, gmr, …"
        ),
    ] = "nash",
    swaps: Annotated[
        list[int] | None,
        typer.Option(
            metavar="NUMBER",
            help="Count the rankings so many swaps away; may be repeated. Default: 1 and 2.",
        ),
    ] = None,
    spread: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER", help="Sample rankings around the stated ones, so widely spread."
        ),
    ] = None,
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Show how much it would take for a state to hold no longer.

    The measures stand side by side and are not added up: what holds each party, how many moves it
    has, how little a change of rankings would break the state, how often it survives other
    rankings, and where a lapse would lead.

    Example: goodoffices robustness examples/elmira --state 8
    """
    from goodoffices.stability.robustness import robustness as robustness_of

    read = read_given(model, chosen)
    at = state_called(read, state)
    with watching(seconds) as watch:
        found = robustness_of(
            read,
            at,
            concept=concept,
            swaps=tuple(swaps or (1, 2)),
            spread=None if spread is None else float(number(spread, "--spread")),
            is_over=watch.is_over,
        )
    if as_json:
        print_json(envelope(read, **_document(read, found)))
        return
    tables.show(*_parts(read, found))


def _parts(model: Model, found: Robustness) -> Iterator[RenderableType]:
    from goodoffices.stability.witness_words import state_words

    yield heading(model)
    made = tables.table("party", "held by", "moves", "better states among them")
    for own in found.parties:
        made.add_row(
            str(model.parties[own.party]), _held(own), str(own.freedom), _tempting(model, own)
        )
    yield tables.titled(f"What holds each party at {state_words(model, found.state)}", made)
    if found.radius:
        yield told("How little would break it", _radius_sentences(model, found))
    else:
        yield "It does not hold for every party, so nothing is needed to break it."
    if found.exits:
        yield told(
            "What several could do together, to the gain of each",
            (_exit_words(model, one) for one in found.exits[:_EXITS]),
        )
        if len(found.exits) > _EXITS:
            yield f"{len(found.exits) - _EXITS:,} more joint moves are in the answer to --json."
    yield told("How often it survives other rankings", _survival_sentences(found))
    if found.shocks:
        yield told(
            "If a party leaves it once, and all then move as they gain",
            (_shock_words(model, one) for one in found.shocks),
        )


def _held(own: PartyRobustness) -> str:
    from goodoffices.stability.analysis import strongest

    if own.has_no_move:
        return "having no move"
    return ", ".join(strongest(own.concepts)) or "nothing"


def _tempting(model: Model, own: PartyRobustness) -> str:
    return ", ".join(model.label(state) for state in own.temptations) or "none"


def _exit_words(model: Model, one: JointImprovement) -> str:
    from goodoffices.stability.witness_words import arrival_words

    who = sentence_list([str(model.parties[member]) for member in one.coalition])
    return f"{who} to {arrival_words(model, one.start, one.end)}."


def _radius_sentences(model: Model, found: Robustness) -> Iterator[str]:
    for concept, radius in found.radius.items():
        yield f"{concept}: {_radius_words(model, radius)}"


def _radius_words(model: Model, found: Radius) -> str:
    from goodoffices.stability.witness_words import state_words

    if found.cost is None:
        if found.is_proven:
            return "no change of rankings breaks it."
        return (
            f"the work was ended; fewer than {counted(found.bound or 0, 'swap')} do not break it."
        )
    leaver = ""
    if found.party is not None:
        where = "leave it" if found.move is None else f"go to {state_words(model, found.move)}"
        leaver = f"; {model.parties[found.party]} would then {where}"
    proof = "" if found.is_proven else f" (not proven; at least {found.bound})"
    return f"{counted(found.cost, 'swap')} in the rankings{proof}{leaver}."


def _survival_sentences(found: Robustness) -> Iterator[str]:
    for swaps, share in found.survival.items():
        of = f"rankings that are {counted(swaps, 'swap')} away"
        yield f"{found.survival_concept}: {_share_words(share)} of all {of}."
    if found.sampled is not None:
        yield (
            f"{found.survival_concept}: {_share_words(found.sampled)} of rankings drawn around the "
            "stated ones."
        )


def _share_words(share: Share) -> str:
    how = f"{share.holding:,} of {share.profiles:,}"
    return f"{percent(share.share)} ({how}{'' if share.is_exact else ' drawn or looked at'})"


def _shock_words(model: Model, shock: Shock) -> str:
    from goodoffices.stability.witness_words import state_words

    begun = f"{model.parties[shock.party]} to {state_words(model, shock.state)}"
    back = "there is no way back by improvements"
    if shock.returns is not None:
        back = f"back by {_movers(model, shock.returns)}"
    away = "and none to another equilibrium"
    if shock.escape == ():
        away = "and that is another equilibrium"
    elif shock.escape is not None:
        end = state_words(model, shock.escape[-1][2])
        away = f"and on by {_movers(model, shock.escape)} to {end}, another equilibrium"
    return f"{begun}: {back}, {away}."


def _movers(model: Model, path: Path) -> str:
    return sentence_list([str(model.parties[mover]) for mover, _, _ in path])


def _document(model: Model, found: Robustness) -> Document:
    return {
        "state": model.label(found.state),
        "held": [
            {
                "party": model.parties[own.party].id,
                "concepts": list(own.concepts),
                "moves": own.freedom,
                "improvements": [model.label(state) for state in own.temptations],
                "margins": None
                if own.margins is None
                else [
                    {"concept": concept, "margin": margin}
                    for concept, margin in asdict(own.margins).items()
                ],
            }
            for own in found.parties
        ],
        "radius": [_radius(model, one) for one in found.radius.values()],
        "survival": [
            {"swaps": swaps, "concept": found.survival_concept, **_share(share)}
            for swaps, share in found.survival.items()
        ],
        "sampled": None
        if found.sampled is None
        else {"concept": found.survival_concept, **_share(found.sampled)},
        "exits": [
            {
                "movers": [model.parties[member].id for member in one.coalition],
                "state": model.label(one.end),
                "path": steps_document(model, one.path),
            }
            for one in found.exits
        ],
        "shocks": [
            {
                "party": model.parties[one.party].id,
                "state": model.label(one.state),
                "returns": _path(model, one.returns),
                "escape": _path(model, one.escape),
            }
            for one in found.shocks
        ],
    }


def _radius(model: Model, one: Radius) -> Document:
    return {
        "concept": one.concept,
        "cost": one.cost,
        "bound": one.bound,
        "proven": one.is_proven,
        "party": None if one.party is None else model.parties[one.party].id,
        "state": None if one.move is None else model.label(one.move),
    }


def _share(share: Share) -> Document:
    return {
        "holding": share.holding,
        "profiles": share.profiles,
        "share": share.share,
        "error": share.error,
        "exact": share.is_exact,
    }


def _path(model: Model, path: Path | None) -> list[Document] | None:
    from goodoffices.stability.paths import Step

    if path is None:
        return None
    return steps_document(model, tuple(Step((mover,), end) for mover, _, end in path))
