"""The section "Would it hold?": who would keep the package at hand, and what it provides for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.compliance import Compliance
from goodoffices.case.model import Case, Outcome
from goodoffices.case.statements import Citation
from goodoffices.case.words import counted
from goodoffices.errors import StabilityError
from goodoffices.stability import keeping_words
from goodoffices.stability.from_settlement import AfterSigning, after_signing
from goodoffices.stability.keeping import Keeping, keepings
from goodoffices.stability.provisions import FAMILIES, SELECTION, Finding, checklist


@dataclass(frozen=True, slots=True)
class TemptationLine:
    """One temptation of a party, in words."""

    tempting: str
    follows: str
    removals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyHolding:
    """Whether a party would keep the package."""

    name: str
    verdict: str
    terms: str
    temptations: tuple[TemptationLine, ...]
    others: str
    otherwise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """One family of provisions."""

    family: str
    standing: str
    why: str
    sources: tuple[Citation, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """The whole section; ``why_not`` says why there is no model, and is empty if there is one."""

    package: str
    shortest: str
    parties: tuple[PartyHolding, ...]
    why_not: str
    rests_on: tuple[str, ...]
    provisions: tuple[ProvisionRow, ...]
    selection: str = SELECTION


def holding(
    case: Case, package: Outcome, called: str, compliance: Compliance, months: Fraction
) -> Holding:
    """Whether a package would hold. ``called`` is what the brief calls the package."""
    parties: tuple[PartyHolding, ...] = ()
    rests_on: tuple[str, ...] = ()
    why_not = shortest = ""
    try:
        after = after_signing(case, package, compliance)
        found = keepings(after)
        parties = tuple(_party(after, found, number, months) for number in range(len(found)))
        shortest = keeping_words.shortest(after, found, called, months)
        rests_on = keeping_words.rests_on(after)
    except StabilityError as error:
        why_not = str(error)
    return Holding(
        package=called,
        shortest=shortest,
        parties=parties,
        why_not=why_not,
        rests_on=rests_on,
        provisions=tuple(
            ProvisionRow(
                family=FAMILIES[line.family],
                standing=line.standing or "not stated",
                why=line.why,
                sources=line.sources,
                findings=line.findings,
            )
            for line in checklist(case, package, compliance)
        ),
    )


def _party(
    after: AfterSigning, found: tuple[Keeping, ...], number: int, months: Fraction
) -> PartyHolding:
    keeping = found[number]
    return PartyHolding(
        name=str(keeping.party),
        verdict=keeping_words.verdict(keeping),
        terms=keeping_words.terms(keeping),
        temptations=tuple(
            TemptationLine(
                tempting=keeping_words.tempted(after, temptation),
                follows=keeping_words.followed(after, temptation),
                removals=keeping_words.removals(after, temptation, months),
            )
            for temptation in keeping.temptations
        ),
        otherwise=keeping_words.otherwise(after, found, number),
        others=(
            f"{counted(keeping.others, 'more combination')} of moves would better its position; "
            "the verdict is about all of them."
            if keeping.others
            else ""
        ),
    )
