"""Checks of what everybody may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from goodoffices.case.checking.advice import Advice
from goodoffices.case.model import Case, Issue, Option, Party, Role, listed
from goodoffices.case.numbers import quoted
from goodoffices.case.words import constraint_words


def same_names(case: Case) -> Iterator[Advice]:
    """``case.W101``"""
    yield from _same_names("parties", case.parties)
    yield from _same_names("issues", case.issues)
    for issue in case.issues:
        if issue.range is None:
            yield from _same_names(f"issues.{issue.id}.options", issue.options)


def status_quo(case: Case) -> Iterator[Advice]:
    """``case.W102``"""
    if case.status_quo is None:
        return
    named = case.named(case.status_quo)
    broken = [
        f"the constraint ({constraint_words(case, constraint)})"
        for constraint in case.constraints
        if not constraint.allows(named)
    ]
    if broken:
        yield Advice(
            "case.W102",
            "status_quo",
            f"The status quo does not satisfy {listed(broken, 4)}, so it could not be agreed as "
            "it stands. Is that meant?",
        )


def silent_guarantors(case: Case) -> Iterator[Advice]:
    """``case.W103``"""
    for party in case.parties:
        if party.role is Role.GUARANTOR and party.id not in case.preferences and case.preferences:
            yield Advice(
                "case.W103",
                f"parties.{party.id}",
                f"{party} is a guarantor and has no preferences file, so agreements are sought "
                "without its consent. Is that meant?",
            )


def _same_names(path: str, things: Sequence[Party | Issue | Option]) -> Iterator[Advice]:
    ids = defaultdict(list)
    for thing in things:
        ids[str(thing)].append(quoted(thing.id))
    for name, same in ids.items():
        if len(same) > 1:
            yield Advice(
                "case.W101",
                path,
                f"{listed(same, 4)} have the same name, {quoted(name)}. How would a reader of "
                "the brief tell them apart?",
            )
