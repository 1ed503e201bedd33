"""Witnesses in sentences that somebody who never heard of the graph model can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goodoffices.case.words import counted, sentence_list
from goodoffices.stability.model import Model
from goodoffices.stability.paths import Path
from goodoffices.stability.witness import IMPROVING, SYMMETRIC, Answer, Witness, witness

_ANSWERS_TOLD = 3
"""As many temptations as a reader follows before they blur; the rest are counted."""


def state_words(model: Model, state: int) -> str:
    """``state 7``, or ``the state 'as agreed'`` where it has a name and not a number."""
    label = model.label(state)
    return f"state {label}" if label.isdecimal() else f"the state '{label}'"


def begun(words: str) -> str:
    """The words as a sentence begins."""
    return words[0].upper() + words[1:]


def change_words(model: Model, before: int, after: int) -> str:
    """What is different in one state from another, action by action; empty where nothing says.

    ``Coast stops the payment; not: North releases water``
    """
    changes = []
    for action, then, now in zip(
        model.actions, model.pattern(before), model.pattern(after), strict=False
    ):
        if then != now and now in "YN":
            changes.append(str(action) if now == "Y" else action.undone or f"not: {action}")
    return "; ".join(changes)


def taken_words(model: Model, state: int) -> str:
    """What each action is at a state; empty where nothing says."""
    said = zip(model.actions, model.pattern(state), strict=False)
    return "; ".join(
        str(action) if letter == "Y" else action.undone or f"not: {action}"
        for action, letter in said
        if letter in "YN"
    )


def arrival_words(model: Model, before: int, after: int) -> str:
    """``state 7 (Coast stops the payment)``"""
    changes = change_words(model, before, after)
    return state_words(model, after) + (f" ({changes})" if changes else "")


def witness_words(
    model: Model, found: Witness, *, most: int | None = _ANSWERS_TOLD
) -> tuple[str, ...]:
    """Why a state is stable for a party or not, in sentences.

    Parameters
    ----------
    most
        How many temptations to tell, the greatest gain first; ``None`` for all. Further ones are
        counted in a sentence.
    """
    who = str(model.parties[found.party])
    here = state_words(model, found.state)
    if not found.moves:
        return (f"{who} has no move from {here}; so {who} stays.",)
    if not found.improvements:
        which = "but not to a state" if found.moves == 1 else "none of them to a state"
        return (
            f"{who} has {counted(found.moves, 'move')} from {here}, {which} it likes better; so "
            f"{who} stays.",
        )
    told = found.answers[:most]
    sentences = [_temptation(model, found, answer) for answer in told]
    if rest := len(found.answers) - len(told):
        could = "would" if found.concept in IMPROVING else "could"
        sentences.append(f"{counted(rest, 'lesser temptation')} {could} be answered likewise.")
    verdict = f"so {who} stays." if found.is_stable else f"so {who} has reason to leave."
    sentences[-1] = f"{sentences[-1].removesuffix('.')}; {verdict}"
    return tuple(sentences)


def reasons(
    model: Model, party: int, state: int, held: Sequence[str], *, most: int | None = _ANSWERS_TOLD
) -> tuple[str, ...]:
    """What holds a party at a state, if anything, told at the strongest concept that holds it.

    Where the party is held only by what others could do, and not by what they would gain from
    doing, that is said too.

    Parameters
    ----------
    held
        The concepts under which the state is stable for the party, the strongest first; see
        :meth:`~goodoffices.stability.analysis.Analysis.held`. All five were asked about.
    """
    concept = held[0] if held else "gmr"
    sentences = witness_words(model, witness(model, party, state, concept), most=most)
    if not held or held[0] in ("nash", "sseq", "seq"):
        return sentences
    doubt = witness(model, party, state, "seq")
    return (
        *sentences,
        "But such an answer may be against the interest of those who would have to give it. "
        "Counting only answers that they gain from:",
        *witness_words(model, doubt, most=most),
    )


def _temptation(model: Model, found: Witness, answer: Answer) -> str:
    who = str(model.parties[found.party])
    lure = f"{who} is tempted to {arrival_words(model, found.state, answer.improvement)}"
    return f"{lure}; {_answer(model, found, answer)}."


def _answer(model: Model, found: Witness, answer: Answer) -> str:
    who, here = str(model.parties[found.party]), state_words(model, found.state)
    could = "would" if found.concept in IMPROVING else "could"
    if found.concept == "nash":
        return f"{who} likes it better than {here}"
    if not answer.others_move:
        return (
            f"nobody else {'would move' if found.concept in IMPROVING else 'can move'} from there"
        )
    if not answer.path:
        return (
            f"nothing that others {could} do from there is worse for {who} than that state itself"
        )
    own = model.ranks[found.party]
    end = state_words(model, answer.end)
    moves = _moves(model, answer.improvement, answer.path, could)
    if own[answer.end] > own[found.state]:
        return (
            f"the most that others {could} do about it: {moves}; and {end} is still better for "
            f"{who} than {here}"
        )
    worse = "worse for" if own[answer.end] < own[found.state] else "no better for"
    said = f"{moves}, {worse} {who} than {here}"
    if found.concept not in SYMMETRIC:
        return said
    return f"{said}; {_way_out(model, found, answer)}"


def _way_out(model: Model, found: Witness, answer: Answer) -> str:
    who, own = str(model.parties[found.party]), model.ranks[found.party]
    here = state_words(model, found.state)
    if answer.counter is None:
        return f"from there {who} has no move"
    then = arrival_words(model, answer.end, answer.counter)
    if answer.counter == found.state:
        return f"the best that {who} could do then is to go back to {here}"
    if own[answer.counter] > own[found.state]:
        return f"but {who} could then go on to {then}, better than {here}"
    return f"the best that {who} could do then, {then}, is no better than {here} either"


def _moves(model: Model, start: int, path: Path, could: str) -> str:
    """``Coast could answer with state 3 (…), then South with state 4 (…)``"""
    return ", ".join(_steps(model, start, path, could))


def _steps(model: Model, start: int, path: Path, could: str) -> Iterator[str]:
    before = start
    for number, step in enumerate(path):
        who = sentence_list([str(model.parties[mover]) for mover in step.movers])
        then = arrival_words(model, before, step.state)
        yield f"then {who} with {then}" if number else f"{who} {could} answer with {then}"
        before = step.state
