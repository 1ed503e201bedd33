"""A brief's answers where all preferences are exact numbers."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.brief import the_case
from goodoffices.brief.candidates import Comparison, comparison
from goodoffices.brief.exchanges import Exchanges, exchanges
from goodoffices.brief.findings import Findings
from goodoffices.brief.firmness import Firmness, firmness
from goodoffices.brief.holding import Holding, holding
from goodoffices.brief.interims import Interims, interims
from goodoffices.brief.pictures import Picture, pictures, planes
from goodoffices.brief.proof import assumed, proven
from goodoffices.brief.said import sayings
from goodoffices.brief.stakes import StakeRow, stake_rows
from goodoffices.brief.summary import in_short, zone_sentences
from goodoffices.brief.the_case import Keeps, StatementLine
from goodoffices.case.compliance import Compliance
from goodoffices.case.statements import Citation
from goodoffices.case.words import amount
from goodoffices.settlement import division_words
from goodoffices.settlement.packages import name_of


@dataclass(frozen=True, slots=True)
class PartySheet:
    """What one party told the mediator in confidence, beside its stakes."""

    name: str
    keeps: Keeps
    reasons: tuple[StatementLine, ...]
    red_lines: tuple[StatementLine, ...]
    interactions: tuple[StatementLine, ...]
    about: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ExactPart:
    """Everything the brief says that rests on exact preferences."""

    in_short: tuple[str, ...]
    common_scale: str
    sheets: tuple[PartySheet, ...]
    stakes: tuple[StakeRow, ...]
    zone: tuple[str, ...]
    comparison: Comparison
    pictures: tuple[Picture, ...]
    planes: tuple[Picture, ...]
    division: tuple[str, ...]
    exchanges: Exchanges | None
    interims: Interims | None
    why_no_interims: str
    firmness: Firmness | None
    why_not_firm: str
    holding: Holding | None
    proven: tuple[str, ...]
    assumed: tuple[str, ...]

    @property
    def has_sources(self) -> bool:
        """Whether some party's sheet says what its numbers rest on."""
        return any(sheet.about or sheet.sources for sheet in self.sheets)


def exact_part(found: Findings, compliance: Compliance | None) -> ExactPart:
    """Findings turned into words and pictures."""
    compared = comparison(found.case, found.problem, found.solutions)
    firm = (
        firmness(found.case, found.sensitivities, found.candidates) if found.sensitivities else None
    )
    held = None if compliance is None else _holding(found, compliance)
    return ExactPart(
        in_short=(
            *in_short(found, compared, firm),
            *([held.shortest] if held and held.shortest else []),
        ),
        common_scale=_common_scale(found),
        sheets=_sheets(found),
        stakes=tuple(stake_rows(found.case, found.problem)),
        zone=zone_sentences(found),
        comparison=compared,
        pictures=pictures(found),
        planes=planes(found),
        division=(
            () if found.division is None else division_words.explain(found.division, found.case)
        ),
        exchanges=exchanges(found),
        why_no_interims=_why_no_interims(found),
        why_not_firm=_why_not_firm(found),
        interims=None if found.interim is None else interims(found.case, found.interim),
        firmness=firm,
        holding=held,
        proven=proven(found),
        assumed=assumed(found),
    )


def _holding(found: Findings, compliance: Compliance) -> Holding | None:
    """The section about the package at hand, or else the first candidate; ``None`` without any."""
    package = found.package or (found.candidates[0].outcome if found.candidates else None)
    if package is None:
        return None
    letter = name_of(package, found.candidates)
    called = f"package {letter}" if letter else "the package at hand"
    return holding(found.case, package, called, compliance, found.months)


def _sheets(found: Findings) -> tuple[PartySheet, ...]:
    values = found.problem.utilities(found.problem.reservation)
    sheets = []
    for party, value in zip(found.problem.parties, values, strict=True):
        sheet = found.case.preferences[party]
        sheets.append(
            PartySheet(
                name=str(found.case.party(party)),
                keeps=the_case.keeps(sheet, value),
                reasons=tuple(line for line in sayings(found.case, sheet) if line.why),
                red_lines=tuple(the_case.red_lines(found.case, party)),
                interactions=tuple(the_case.interaction_lines(found.case, party)),
                about=sheet.about,
                sources=sheet.sources,
            )
        )
    return tuple(sheets)


def _common_scale(found: Findings) -> str:
    """What all parties' points are out of; empty where they differ."""
    scales = {found.case.preferences[party].scale for party in found.problem.parties}
    return amount(min(scales), min(scales)) if len(scales) == 1 else ""


def _why_no_interims(found: Findings) -> str:
    if found.interim is not None:
        return ""
    if found.case.status_quo is None:
        return "The case does not say how things stand today, so nothing can be left as it is."
    return "Interim packages were not looked for, because there are too many packages."


def _why_not_firm(found: Findings) -> str:
    if found.sensitivities:
        return ""
    if not found.is_possible:
        return "No package is acceptable to all, so there is no choice that could change."
    if found.frontier is None:
        return "How far the numbers may move was not examined, because there are too many packages."
    return "How far the numbers may move was not examined, because work was stopped."
