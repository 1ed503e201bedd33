"""The command ``sensitivity``: how far each number may move before a solution changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType

from goodoffices.case import read
from goodoffices.case.words import amount, counted
from goodoffices.cli import tables
from goodoffices.cli.app import AsJson, Folder, Months, Seconds, duration, print_json
from goodoffices.cli.documents import Document, by_party, decimal, envelope, package_document
from goodoffices.cli.watching import watching
from goodoffices.settlement.packages import CONCEPT_NAMES, name_of

if TYPE_CHECKING:
    from goodoffices.case.model import Case, Outcome
    from goodoffices.settlement.numbers import Number
    from goodoffices.settlement.packages import Candidate
    from goodoffices.settlement.sensitivity import Change, Leeway, Sensitivity


def sensitivity(
    folder: Folder,
    concept: Annotated[
        str, typer.Option(help=f"The solution to ask about: {', '.join(CONCEPT_NAMES)}.")
    ] = "nash",
    most: Annotated[int, typer.Option(min=1, help="Numbers to list in the table.")] = 20,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Show how far numbers may move before a solution changes.

    Each weight, score, reservation value and interaction is moved alone. A weight takes from the
    party's other weights; a reservation value that is the status quo moves with what that is worth.

    Example: goodoffices sensitivity examples/aral --concept nash
    """
    from goodoffices.settlement.sensitivity import sensitivity as sensitivity_of
    from goodoffices.settlement.solutions import lettered

    case = read(folder)
    after = duration(months, "--months")
    with watching(seconds) as watch:
        found = sensitivity_of(case, concept, months=after, watch=watch)
        packages = lettered(case, months=after, watch=watch)
    if as_json:
        print_json(envelope(case, **sensitivity_document(case, found, packages)))
        return
    tables.show(*_sensitivity_parts(case, found, packages, most))


def sensitivity_document(case: Case, found: Sensitivity, packages: Sequence[Candidate]) -> Document:
    """The solution asked about, and how far every number may move, the most delicate first."""
    return {
        "concept": found.concept,
        "name": name_of(found.outcome, packages),
        **package_document(case, found.parties, found.outcome, found.utilities),
        "ties": found.ties,
        "numbers": [_leeway(case, found, packages, leeway) for leeway in found.leeways],
        "unanswered": [_number(number) for number in found.unanswered],
        "months": decimal(found.months),
    }


def _number(number: Number) -> Document:
    return {
        "party": number.party,
        "kind": number.kind.value,
        "issue": number.issue,
        "option": number.option,
        "interaction": number.interaction,
        "value": decimal(number.value),
        "least": decimal(number.least),
        "most": decimal(number.most),
    }


def _leeway(
    case: Case, found: Sensitivity, packages: Sequence[Candidate], leeway: Leeway
) -> Document:
    return {
        **_number(leeway.number),
        "low": decimal(leeway.low),
        "high": decimal(leeway.high),
        "room": decimal(leeway.room),
        "below": _change(case, found, packages, leeway.below),
        "above": _change(case, found, packages, leeway.above),
    }


def _change(
    case: Case, found: Sensitivity, packages: Sequence[Candidate], change: Change | None
) -> Document | None:
    if change is None:
        return None
    if change.outcome is None or change.utilities is None:
        return {"name": None, "outcome": None, "utilities": None}
    return {
        "name": name_of(change.outcome, packages),
        "outcome": case.named(change.outcome),
        "utilities": by_party(found.parties, change.utilities),
    }


def _sensitivity_parts(
    case: Case, found: Sensitivity, packages: Sequence[Candidate], most: int
) -> Iterator[RenderableType]:
    from goodoffices.settlement.sensitivity_words import moves_along

    moving = [leeway for leeway in found.leeways if leeway.room is not None]
    solution = f"the {CONCEPT_NAMES[found.concept]} solution"
    letter = name_of(found.outcome, packages)
    known, others = _names(found, packages, moving[:most])
    yield tables.heading(case)
    yield (
        f"This is about {solution}{f', package {letter}' if letter else ''}. Each number below, "
        "moved alone, may lie anywhere between 'from' and 'to', and the solution stays. "
        f"{moves_along(case)}"
    )
    if moving:
        made = tables.table("number", "stated", "from", "to", "below that", "above that")
        for leeway in moving[:most]:
            made.add_row(*_row(case, known | others, leeway))
        yield tables.titled("How far each number may move, the most delicate first", made)
    yield from tables.packages_tables(case, [(name, outcome) for outcome, name in known.items()])
    if others:
        made = tables.table("package", f"as {letter or solution}, but")
        for outcome, name in others.items():
            made.add_row(name, tables.package_words(case, outcome, found.outcome))
        yield tables.titled("Other packages that it may become", made)
    yield from _rest(found, len(moving), most)


def _names(
    found: Sensitivity, packages: Sequence[Candidate], leeways: Sequence[Leeway]
) -> tuple[dict[Outcome, str], dict[Outcome, str]]:
    """The solution and the packages with letters that it may become; and the others, numbered."""
    changes = [change for leeway in leeways for change in (leeway.below, leeway.above) if change]
    outcomes = dict.fromkeys(c.outcome for c in changes if c.outcome is not None)
    own = {found.outcome: name_of(found.outcome, packages) or found.concept}
    known = own | {one.outcome: one.name for one in packages if one.outcome in outcomes}
    rest = [outcome for outcome in outcomes if outcome not in known]
    return known, {outcome: f"other {number}" for number, outcome in enumerate(rest, 1)}


def _rest(found: Sensitivity, moving: int, most: int) -> Iterator[str]:
    """What the table does not show."""
    if moving > most:
        yield (
            f"{counted(moving - most, 'less delicate number')} can change the solution too; see "
            "--most, or --json for all."
        )
    if still := len(found.leeways) - moving:
        yield f"{counted(still, 'number')} cannot change it alone, whatever the value."
    if found.unanswered:
        yield (
            f"{counted(len(found.unanswered), 'number')} could not be answered for; --json names "
            "them."
        )


def _row(case: Case, names: Mapping[Outcome, str], leeway: Leeway) -> tuple[str, ...]:
    number = leeway.number
    scale = case.preferences[number.party].scale
    stated, low, high = (amount(v, scale) for v in (number.value, leeway.low, leeway.high))
    below, above = _becomes(names, leeway.below), _becomes(names, leeway.above)
    return _name(case, number), stated, low, high, below, above


def _name(case: Case, number: Number) -> str:
    """``The North: weight of Summer release``"""
    party = str(case.party(number.party))
    if number.issue is None:
        return f"{party}: {number.kind} {number.what}".strip()
    if number.option is None:
        return f"{party}: weight of “{case.issue(number.issue)}”"
    return f"{party}: score of {tables.issue_and_option(case, number.issue, number.option)}"


def _becomes(names: Mapping[Outcome, str], change: Change | None) -> str:
    """The package that the solution becomes."""
    if change is None:
        return ""
    return "no agreement" if change.outcome is None else names[change.outcome]
