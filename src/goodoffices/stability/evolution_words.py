"""Ways from the present state to others, in sentences."""

from __future__ import annotations

from goodoffices.case.words import sentence_list
from goodoffices.stability.evolution import Route
from goodoffices.stability.model import Model
from goodoffices.stability.paths import Path
from goodoffices.stability.witness_words import arrival_words, begun, state_words


def route_words(model: Model, route: Route, start: int) -> str:
    """How a state could come about, in a sentence.

    Parameters
    ----------
    start
        The state that the route leaves from.
    """
    here, there = state_words(model, start), state_words(model, route.state)
    if route.kind == "here":
        return f"{begun(there)} is where things stand."
    if route.path is None:
        return f"{begun(there)} cannot come about from {here}."
    steps = _steps(model, start, route.path, is_doubted=route.kind == "moves")
    if route.kind == "improvements":
        return f"{begun(there)}: {steps}. Everyone gains from its own move."
    if route.kind == "agreement":
        return (
            f"{begun(there)}: {steps}. Nobody gets there alone; together they all gain by the "
            "last step."
        )
    if route.kind == "moves":
        return f"{begun(there)}: {steps}."
    return f"{begun(there)}: only if {steps}; no single move leads on."


def _steps(model: Model, start: int, path: Path, *, is_doubted: bool) -> str:
    """``North moves to state 2 (…), then South and Coast together to state 3 (…)``"""
    told, before = [], start
    for number, step in enumerate(path):
        who = sentence_list([str(model.parties[mover]) for mover in step.movers])
        moves = "move at once" if len(step.movers) > 1 else "moves"
        verb = f"{who} {moves}" if not number else f"then {who}"
        if number and len(step.movers) > 1:
            verb += " together"
        words = f"{verb} to {arrival_words(model, before, step.state)}"
        if is_doubted:
            words += _doubt(model, step.movers[0], before, step.state)
        told.append(words)
        before = step.state
    return ", ".join(told)


def _doubt(model: Model, mover: int, before: int, after: int) -> str:
    own = model.ranks[mover]
    if own[after] > own[before]:
        return ""
    return ", worse for itself" if own[after] < own[before] else ", no better for itself"
