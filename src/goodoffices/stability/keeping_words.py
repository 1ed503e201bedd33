"""Who would keep an agreement and why, in sentences that need no theory to be understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count

from goodoffices.case.words import amount, counted, option_name, sentence_list, signed
from goodoffices.stability.analysis import strongest
from goodoffices.stability.from_settlement import AfterSigning
from goodoffices.stability.inverse import inverse
from goodoffices.stability.inverse_moves import move_changes
from goodoffices.stability.keeping import (
    Answer,
    Concession,
    Keeping,
    Temptation,
    concession,
    keepings,
)

DEFINITION_NAMES = {
    "nash": "Nash stability",
    "sseq": "symmetric sequential stability (SSEQ)",
    "seq": "sequential stability (SEQ)",
    "smr": "symmetric metarationality (SMR)",
    "gmr": "general metarationality (GMR)",
}
"""The definitions as the literature calls them."""

_INVERSE_STEPS = 1000
_INVERSE_AT_MOST = 10
"""Actions up to which the nearest ranking is looked for: it takes seconds from about 13 on."""


def verdict(keeping: Keeping) -> str:
    """Whether a party would keep the agreement, in a sentence."""
    party = str(keeping.party)
    if "nash" in keeping.stable:
        return f"It holds for {party}: whatever {party} breaks, it gains nothing by it."
    if "sseq" in keeping.stable:
        return (
            f"It holds for {party}, by what would follow: to every breach that tempts it, the "
            "others have an answer that serves themselves, and it could not get out of that."
        )
    if "seq" in keeping.stable:
        return (
            f"It holds for {party}, but not firmly: to every breach that tempts it, the others "
            "have an answer that serves themselves; but from at least one of them it could get out."
        )
    if "smr" in keeping.stable or "gmr" in keeping.stable:
        return (
            f"It holds for {party} only if the others would hurt themselves: to every breach that "
            "tempts it they have an answer, but not always one that they would want to give."
        )
    return f"It does not hold for {party}: one thing it could do pays, whatever the others answer."


def terms(keeping: Keeping) -> str:
    """The definitions that hold, as the literature calls them."""
    if not keeping.stable:
        return "stable by none of the definitions"
    names = [DEFINITION_NAMES[concept] for concept in strongest(keeping.stable)]
    return f"the strongest definition that holds: {sentence_list(names)}"


def deed(after: AfterSigning, before: int, state: int) -> str:
    """What somebody does by going from one state to another."""
    return sentence_list(
        [
            action.name if state >> bit & 1 else action.undone
            for action, bit in zip(after.actions, after.bits, strict=True)
            if (before ^ state) >> bit & 1
        ]
    )


def tempted(after: AfterSigning, temptation: Temptation) -> str:
    """What tempts a party, and what it would have of it."""
    done = deed(after, after.agreed, temptation.state)
    return f"{done}.{_from_to(after, temptation.party, after.agreed, temptation.state)}"


def followed(after: AfterSigning, temptation: Temptation) -> str:
    """What the others could do about it, and where that leaves the tempted party."""
    party, answer = str(after.case.party(temptation.party)), temptation.answer
    if answer is None:
        return f"Whatever the others do, {party} stays better off than as agreed."
    told, here = [], temptation.state
    for mover, state in answer.steps:
        done = deed(after, here, state)
        told.append(f"{done} ({_worth(after, mover, here, state)})")
        here = state
    return f"{'; then '.join(told)}. {_left(after, temptation, answer)}"


def removals(
    after: AfterSigning, temptation: Temptation, months: Fraction = Fraction(0)
) -> tuple[str, ...]:
    """What would take a temptation away, the ways that all could sign first."""
    return tuple(_removals(after, temptation, concession(after, temptation, months)))


def otherwise(after: AfterSigning, found: Sequence[Keeping], number: int) -> tuple[str, ...]:
    """What else would make the agreement hold for a party that it does not hold for firmly.

    Parameters
    ----------
    found
        What :func:`~goodoffices.stability.keeping.keepings` gives.
    number
        The number of the party among them.

    Returns
    -------
    The single changes of what can be done and the least change of what the party likes after which
    the agreement is sequentially stable (``seq``) for it, and for all for whom it is now.
    """
    if "seq" in found[number].stable:
        return ()
    return (*_otherwise_able(after, found, number), *_otherwise_minded(after, number))


def shortest(
    after: AfterSigning, found: Sequence[Keeping], called: str, months: Fraction = Fraction(0)
) -> str:
    """The whole answer in a few sentences, the weak points last. ``called`` is the package."""
    loose = [k for k in found if not {"nash", "sseq"} & set(k.stable)]
    firm = [str(k.party) for k in found if k not in loose]
    told = [f"Once signed, {called} would hold for {sentence_list(firm)}."] if firm else []
    for keeping in loose:
        first = min(keeping.temptations, key=lambda t: t.grade)
        how = "would hold, but not firmly" if keeping.stable else "would not hold"
        told.append(
            f"For {keeping.party} {'it' if firm else called} {how}. What tempts it: "
            f"{tempted(after, first)}"
        )
        told += ["The least that would take the temptation away:", *removals(after, first, months)]
    return " ".join(told)


def rests_on(after: AfterSigning) -> tuple[str, ...]:
    """What the answer takes for granted, one sentence or two for each."""
    return tuple(_rests_on(after))


def _removals(after: AfterSigning, temptation: Temptation, offered: Concession) -> Iterator[str]:
    party = str(after.case.party(temptation.party))
    if offered.would_do:
        costs = [
            f"{after.case.party(p)} {signed(points, after.case.preferences[p].scale)}"
            for p, points in offered.changes
            if points
        ]
        yield (
            f"Agree on it at once: {_changes(after, offered)} ({sentence_list(costs)}). All could "
            "still sign that, and nobody who would keep the present package would leave it."
        )
    if temptation.gain is not None:
        scale = after.case.preferences[temptation.party].scale
        start = "Or see to it" if offered.would_do else "See to it"
        yield (
            f"{start} that this costs {party} {amount(temptation.gain, scale)} of its points or "
            "more, by a guarantee or a deposit."
        )
    if not offered.would_do and not temptation.is_combined:
        yield f"To agree on it at once is no way out: {_why_not(after, offered)}."


def _is_breach(after: AfterSigning, keeping: Keeping) -> bool:
    """Whether an answer to some temptation of a party breaks another obligation."""
    kept = sum(1 << bit for bit in after.bits[: len(after.obligations)])
    ends = [(t.state, t.answer.state) for t in keeping.temptations if t.answer]
    return any(before & kept & ~end for before, end in ends)


def _otherwise_able(after: AfterSigning, found: Sequence[Keeping], number: int) -> Iterator[str]:
    wanted = [n for n, keeping in enumerate(found) if n == number or "seq" in keeping.stable]
    changes = move_changes(after.model, after.agreed, "seq", parties=wanted, most_changes=1)
    single = [change for (change,) in changes.alternatives]
    removed = {change.action for change in single if change.kind == "removed"}
    actions = {
        action.id: (action, bit) for action, bit in zip(after.actions, after.bits, strict=True)
    }
    for change in single:
        action, bit = actions.get(change.action, (None, 0))
        if action is None:
            continue  # A guarantee: the points that it has to cost are told with the temptation.
        if change.kind == "removed":
            yield f"It would hold if this could not be done at all: {action}."
        elif change.action not in removed:
            told = action.undone if after.agreed >> bit & 1 else str(action)
            yield f"It would hold if this could not be done at all: {told}."


def _otherwise_minded(after: AfterSigning, number: int) -> Iterator[str]:
    if len(after.actions) > _INVERSE_AT_MOST:
        return
    # Counted and not timed, so that the same case is always told in the same words.
    asked = count(1)

    def is_over() -> bool:
        return next(asked) > _INVERSE_STEPS

    answer = inverse(
        after.model,
        after.agreed,
        "seq",
        parties=[number],
        changing=[number],
        most=1,
        is_over=is_over,
    )
    if answer.cheapest is None or not answer.is_proven:
        return
    worse = [f"{deed(after, after.agreed, demand.worse)}" for demand in answer.cheapest.demands]
    party = str(after.parties[number])
    yield (
        f"It would hold if {party} came to like the agreement better than "
        f"{'this' if len(worse) == 1 else 'each of these'}: {'; or '.join(worse)}. No smaller "
        f"change of how it ranks the situations does it "
        f"({counted(answer.cheapest.cost, 'pair')} of them compared otherwise)."
    )


def _why_not(after: AfterSigning, offered: Concession) -> str:
    if not offered.is_allowed:
        return "a constraint or a red line rules that out"
    if offered.refused_by:
        names = sentence_list([str(after.case.party(p)) for p in offered.refused_by])
        return f"{names} would rather have no agreement"
    if not offered.removes:
        return "the temptation would still be there"
    names = sentence_list([str(after.case.party(p)) for p in offered.left_by])
    return f"{names} would then have no reason to keep to it"


def _changes(after: AfterSigning, offered: Concession) -> str:
    return "; ".join(
        f"{issue}: {option_name(issue, now)} instead of {option_name(issue, then)}"
        for issue, now, then in zip(after.case.issues, offered.package, after.package, strict=True)
        if now != then
    )


def _left(after: AfterSigning, temptation: Temptation, answer: Answer) -> str:
    party = str(after.case.party(temptation.party))
    sentence = f"{party} is then no better off than as agreed"
    if temptation.gain is not None:
        scale = after.case.preferences[temptation.party].scale
        left, agreed = (
            amount(after.points(temptation.party, state), scale)
            for state in (answer.state, after.agreed)
        )
        sentence = f"This leaves {party} with {left}, where the agreement gives it {agreed}"
    end = "and it could not get out of that" if answer.is_final else "but it could get out of that"
    wanted = (
        "" if answer.is_wanted else " The others would hurt themselves by this; would they do it?"
    )
    return f"{sentence}, {end}.{wanted}"


def _from_to(after: AfterSigning, party: str, before: int, state: int) -> str:
    if party not in after.case.preferences:
        return ""
    return f" {after.case.party(party)} would have {_span(after, party, before, state)}."


def _worth(after: AfterSigning, party: str, before: int, state: int) -> str:
    if party not in after.case.preferences:
        return "as is declared of it"
    return f"worth {_span(after, party, before, state)} to {after.case.party(party)}"


def _span(after: AfterSigning, party: str, before: int, state: int) -> str:
    scale = after.case.preferences[party].scale
    was, now = (amount(after.points(party, s), scale) for s in (before, state))
    return f"{now} instead of {was}"


def _rests_on(after: AfterSigning) -> Iterator[str]:
    case = after.case
    broken = [str(case.issues[i]) for i in sorted({issue for issue, _ in after.falls})]
    yield (
        f"On obligations.yaml: {counted(len(after.obligations), 'obligation')} that somebody could "
        f"break (on {sentence_list(broken)}) and {counted(len(after.guarantees), 'guarantee')}, so "
        f"{counted(1 << len(after.actions), 'situation')}. What is not listed there is taken to be "
        "kept."
    )
    yield (
        "On the parties' own points: a situation is worth what the package is worth in which the "
        "broken issues have fallen back, less the declared costs. How much a party minds being "
        "cheated, or being seen to cheat, is not in them."
    )
    worths = [
        f"{party} {amount(after.points(party.id, after.broken), case.preferences[party.id].scale)}"
        for party in after.parties
        if party.id in case.preferences
    ]
    if worths:
        yield (
            f"With everything broken they would have: {sentence_list(worths)}. That is not the "
            "same as no agreement, so it is not what they keep without one; nobody was asked what "
            "is left of this agreement after that."
        )
    ruled_out = after.ruled_out()
    if ruled_out:
        yield (
            f"{counted(len(ruled_out), 'package')} that nobody may agree on can still come about "
            "when something is broken; they are valued like the others."
        )
    if after.settled:
        names = sentence_list([f"“{o.id}”" for o in after.settled])
        yield f"The package already says what {names} would fall to, so there is nothing to break."
    if any(_is_breach(after, keeping) for keeping in keepings(after)):
        yield (
            "Where the answer to a breach is another breach, what holds an agreement is that all "
            "would lose in the end: once one part is broken, more may follow."
        )
    silent = [p for p in after.parties if p.id not in case.preferences]
    if silent:
        names = sentence_list([str(p) for p in silent])
        yield f"What {names} would do is declared, not derived from any preferences."
    yield (
        "On the definitions of the Graph Model, which ask what moves are possible and whom they "
        "serve. They give no probability, and they do not say that anybody will do anything."
    )
