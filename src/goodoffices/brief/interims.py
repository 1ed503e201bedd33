"""What could be settled now, told for the brief."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.case.model import Case
from goodoffices.case.words import counted, option_name, signed
from goodoffices.settlement.interim import Interim, InterimSet
from goodoffices.settlement.interim_words import later
from goodoffices.settlement.trade_words import shortfall

_SETS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class InterimRow:
    """One way to settle some issues now: what it says, brings, and does to a full settlement.

    ``refusal`` says whom it leaves with less than it keeps without agreement; empty if nobody.
    """

    settled: tuple[tuple[str, str], ...]
    gains: tuple[str, ...]
    refusal: str
    later: str
    others: str


@dataclass(frozen=True, slots=True)
class Interims:
    """The section on interim packages."""

    lead: str
    parties: tuple[str, ...]
    rows: tuple[InterimRow, ...]


def interims(case: Case, found: Interim) -> Interims:
    """The smallest sets of issues that could be settled now, one row for each."""
    return Interims(
        lead=_lead(found),
        parties=tuple(str(case.party(party)) for party in found.parties),
        rows=tuple(_row(case, found, settled) for settled in found.sets[:_SETS_AT_MOST]),
    )


def _lead(found: Interim) -> str:
    looked = f"sets of up to {counted(found.complete, 'issue')}"
    if not found.sets:
        return (
            f"Among {looked}, none can be settled while the rest stays as it is today so that "
            "everybody gains."
        )
    count = counted(len(found.sets), "set of issues", "sets of issues")
    shown = f" The first {_SETS_AT_MOST} are shown." if len(found.sets) > _SETS_AT_MOST else ""
    more = " Work was stopped, so there may be more." if found.stopped else ""
    return (
        f"{count} could be settled now, with the rest left as it is today, so that everybody "
        f"gains over the status quo. Looked at: {looked}, leaving out those that contain a "
        f"smaller one.{shown}{more}"
    )


def _row(case: Case, found: Interim, settled: InterimSet) -> InterimRow:
    package = settled.packages[0]
    more = settled.count - 1
    return InterimRow(
        settled=tuple(
            (str(case.issue(issue)), option_name(case.issue(issue), option))
            for issue, option in package.settled
        ),
        gains=tuple(
            signed(gain, case.preferences[party.id].scale)
            for party, gain in zip(case.deciders, package.gains, strict=True)
        ),
        refusal=shortfall(case, package.utilities, package.reservations),
        later=later(package, found, case) or "Not known.",
        others=f"{counted(more, 'other efficient way')} to settle these issues." if more else "",
    )
