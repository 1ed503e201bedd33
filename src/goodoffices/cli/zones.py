"""The command ``zone``: whether any agreement is possible, and what would change that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from goodoffices.case import read
from goodoffices.cli import tables
from goodoffices.cli.app import AsJson, Folder, Months, Seconds, duration, print_json
from goodoffices.cli.documents import (
    Document,
    by_party,
    decimal,
    demand_document,
    envelope,
    package_document,
)
from goodoffices.cli.watching import watching
from goodoffices.settlement.packages import name_of

if TYPE_CHECKING:
    from goodoffices.case.model import Case
    from goodoffices.settlement.packages import Candidate
    from goodoffices.settlement.zone_findings import Opening, Zone

Horizon = Annotated[
    str,
    typer.Option(
        metavar="NUMBER", help="Months to look ahead, where reservations change with time."
    ),
]


def zone(
    folder: Folder,
    months: Months = "0",
    horizon: Horizon = "60",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Say whether any agreement is possible, and why not.

    If one is: how far each reservation value could rise. If none is: the demands that conflict, and
    the smallest changes of reservation values, red lines and constraints that would open the zone.

    Example: goodoffices zone examples/aral
    """
    from goodoffices.settlement.solutions import lettered
    from goodoffices.settlement.zone import zone as zone_of
    from goodoffices.settlement.zone_words import explain

    case = read(folder)
    after, ahead = duration(months, "--months"), duration(horizon, "--horizon")
    with watching(seconds) as watch:
        found = zone_of(case, months=after, horizon=ahead, watch=watch)
        packages = lettered(case, months=after, watch=watch) if found.exists else ()
    words = explain(found, case, packages)
    if as_json:
        print_json(envelope(case, **zone_document(case, found, packages), words=list(words)))
        return
    tables.show(tables.heading(case), *words)


def zone_document(case: Case, found: Zone, packages: Sequence[Candidate]) -> Document:
    """What is known about the zone; a list over parties has ``null`` where nothing would do."""
    return {
        "exists": found.exists,
        "method": found.method,
        "size": found.size,
        "count": found.count,
        "witness": _witness(case, found, packages),
        "closures": [
            {
                "party": closure.party,
                "room": decimal(closure.room),
                "outcome": case.named(closure.outcome),
            }
            for closure in found.closures
        ],
        "alone": {
            party: _opening(case, found, opening)
            for party, opening in zip(found.parties, found.alone, strict=False)
        },
        "least_total": _opening(case, found, found.least_total),
        "least_largest": _opening(case, found, found.least_largest),
        "without": [_opening(case, found, opening) for opening in found.without],
        "mixed": [_opening(case, found, opening) for opening in found.mixed],
        "conflict": [demand_document(demand) for demand in found.conflict],
        "periods": None
        if found.periods is None
        else [
            {"start": decimal(period.start), "stop": decimal(period.stop)}
            for period in found.periods
        ],
        "months": decimal(found.months),
        "horizon": decimal(found.horizon),
        "unanswered": list(found.unanswered),
    }


def _witness(case: Case, found: Zone, packages: Sequence[Candidate]) -> Document | None:
    witness = found.witness
    if witness is None:
        return None
    return {
        "name": name_of(witness.outcome, packages),
        **package_document(case, found.parties, witness.outcome, witness.utilities),
        "margins": by_party(found.parties, witness.margins),
        "smallest": decimal(witness.smallest),
        "is_greatest": witness.is_greatest,
    }


def _opening(case: Case, found: Zone, opening: Opening | None) -> Document | None:
    if opening is None:
        return None
    return {
        "dropped": [demand_document(demand) for demand in opening.dropped],
        "reductions": by_party(found.parties, opening.reductions),
        **package_document(case, found.parties, opening.outcome, opening.utilities),
        "total": decimal(opening.total),
        "largest": decimal(opening.largest),
    }
