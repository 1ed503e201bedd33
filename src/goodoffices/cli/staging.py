"""The command ``interim``: what could be settled now, leaving the rest open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from goodoffices.case import read
from goodoffices.case.words import counted
from goodoffices.cli import tables
from goodoffices.cli.app import AsJson, Folder, Months, Seconds, duration, print_json
from goodoffices.cli.documents import (
    Document,
    by_party,
    envelope,
    package_document,
    solutions_document,
)
from goodoffices.cli.watching import watching

if TYPE_CHECKING:
    from goodoffices.case.model import Case
    from goodoffices.settlement.interim import EarlierSolution, Interim, InterimPackage
    from goodoffices.settlement.prospects import Prospect


def interim(
    folder: Folder,
    issues: Annotated[int, typer.Option(min=1, help="Issues to settle at most.")] = 3,
    most: Annotated[int, typer.Option(min=1, help="Packages to list for each set of issues.")] = 1,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Show what could be settled now, leaving the rest open.

    Each set of issues could be settled to everyone's gain, the others staying at the status quo.

    Example: goodoffices interim examples/aral --issues 2
    """
    from goodoffices.settlement.interim import interim as interim_of

    case = read(folder)
    after = duration(months, "--months")
    with watching(seconds) as watch:
        found = interim_of(case, issues=issues, most=most, months=after, watch=watch)
    if as_json:
        print_json(envelope(case, **interim_document(case, found)))
        return
    tables.show(*_interim_parts(case, found))


def interim_document(case: Case, found: Interim) -> Document:
    """The smallest sets of issues that could be settled now, and how."""
    return {
        "status_quo": package_document(case, found.parties, found.status_quo, found.utilities),
        "before": _prospect(case, found, found.before),
        "sets": [
            {
                "issues": list(one.issues),
                "count": one.count,
                "packages": [_package(case, found, package) for package in one.packages],
            }
            for one in found.sets
        ],
        "complete": found.complete,
        "stopped": found.stopped,
    }


def _package(case: Case, found: Interim, package: InterimPackage) -> Document:
    earlier = package.earlier
    return {
        "settled": dict(package.settled),
        **package_document(case, found.parties, package.outcome, package.utilities),
        "gains": by_party(found.parties, package.gains),
        "margins": by_party(found.parties, package.margins),
        "reservations": by_party(found.parties, package.reservations),
        "earlier": None if earlier is None else [_earlier(case, one) for one in earlier],
        "keeps": None if package.keeps is None else list(package.keeps),
        "after": None if package.after is None else _prospect(case, found, package.after),
        "would_stop": list(package.would_stop),
    }


def _earlier(case: Case, one: EarlierSolution) -> Document:
    parties = [party.id for party in case.deciders]
    return {
        "name": one.candidate.name if one.outcome == one.candidate.outcome else None,
        "concepts": list(one.candidate.concepts),
        **package_document(case, parties, one.outcome, one.candidate.utilities),
        "has_package": one.has_package,
        "refused_by": list(one.refused_by),
    }


def _prospect(case: Case, found: Interim, prospect: Prospect) -> Document:
    return {
        "is_open": prospect.is_open,
        "best": by_party(found.parties, prospect.best),
        "solutions": solutions_document(case, prospect.solutions),
    }


def _interim_parts(case: Case, found: Interim) -> Iterator[RenderableType]:
    from goodoffices.settlement.interim_words import explain

    summary, *sentences = explain(found, case)
    yield tables.heading(case)
    yield Text(summary, style="bold")
    left = iter(sentences)
    number = 0
    for one in found.sets:
        for _ in one.packages:
            number += 1
            yield f"{number}. {next(left)}"
        more = one.count - len(one.packages)
        if more:
            yield f"{counted(more, 'other efficient way')} to settle the same issues; see --most."
