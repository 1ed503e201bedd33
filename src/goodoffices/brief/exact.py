"""A brief's answers where all preferences are exact numbers."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.brief import the_case
from goodoffices.brief.candidates import Comparison, comparison
from goodoffices.brief.exchanges import Exchanges, exchanges
from goodoffices.brief.findings import Findings
from goodoffices.brief.firmness import Firmness, firmness
from goodoffices.brief.interims import Interims, interims
from goodoffices.brief.pictures import Picture, pictures, planes
from goodoffices.brief.proof import assumed, proven
from goodoffices.brief.stakes import StakeRow, stake_rows
from goodoffices.brief.the_case import Keeps, RuleLine
from goodoffices.case.statements import Citation
from goodoffices.case.words import amount, counted, sentence_list, whole
from goodoffices.settlement import division_words
from goodoffices.settlement.zone_words import explain


@dataclass(frozen=True, slots=True)
class PartySheet:
    """What one party told the mediator in confidence, beside its stakes."""

    name: str
    keeps: Keeps
    red_lines: tuple[RuleLine, ...]
    interactions: tuple[RuleLine, ...]
    about: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ExactPart:
    """Everything the brief says that rests on exact preferences."""

    in_short: tuple[str, ...]
    common_scale: str
    sheets: tuple[PartySheet, ...]
    stakes: tuple[StakeRow, ...]
    is_open: bool | None
    zone: tuple[str, ...]
    comparison: Comparison
    pictures: tuple[Picture, ...]
    planes: tuple[Picture, ...]
    division: tuple[str, ...]
    exchanges: Exchanges | None
    interims: Interims | None
    firmness: Firmness | None
    proven: tuple[str, ...]
    assumed: tuple[str, ...]

    @property
    def has_sources(self) -> bool:
        """Whether some party's sheet says what its numbers rest on."""
        return any(sheet.about or sheet.sources for sheet in self.sheets)


def exact_part(found: Findings) -> ExactPart:
    """Findings turned into words and pictures."""
    compared = comparison(found.case, found.problem, found.solutions)
    firm = firmness(found.case, found.sensitivities) if found.sensitivities else None
    return ExactPart(
        in_short=in_short(found, compared, firm),
        common_scale=_common_scale(found),
        sheets=_sheets(found),
        stakes=tuple(stake_rows(found.case, found.problem)),
        is_open=found.zone.exists,
        zone=(_possible(found), *explain(found.zone, found.case)[1:]),
        comparison=compared,
        pictures=pictures(found),
        planes=planes(found),
        division=(
            () if found.division is None else division_words.explain(found.division, found.case)
        ),
        exchanges=exchanges(found),
        interims=None if found.interim is None else interims(found.case, found.interim),
        firmness=firm,
        proven=proven(found),
        assumed=assumed(found),
    )


def _sheets(found: Findings) -> tuple[PartySheet, ...]:
    values = found.problem.utilities(found.problem.reservation)
    sheets = []
    for party, value in zip(found.problem.parties, values, strict=True):
        sheet = found.case.preferences[party]
        sheets.append(
            PartySheet(
                name=str(found.case.party(party)),
                keeps=the_case.keeps(sheet, value),
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


def in_short(found: Findings, compared: Comparison, firm: Firmness | None) -> tuple[str, ...]:
    """The findings that matter most, one sentence or two for each."""
    sentences = [_possible(found)]
    if found.zone.exists:
        sentences.append(_efficient(found))
        sentences.append(_candidates(compared))
        sentences.append(firm.shortest if firm else "")
    elif found.zone.conflict:
        # The sentence after the verdict says what stands in the way.
        sentences.append(explain(found.zone, found.case)[1])
    return tuple(sentence for sentence in sentences if sentence)


def _possible(found: Findings) -> str:
    size = counted(found.zone.size, "package")
    if found.zone.exists is None:
        return f"It is not known whether any of {size} is acceptable to all; work was stopped."
    if not found.zone.exists:
        return (
            f"As the numbers stand, no agreement is possible: none of {size} is acceptable to all. "
            "This brief says what stands in the way and what would open it."
        )
    if found.zone.count is None:
        return "Agreement is possible: some packages are acceptable to all."
    verb = "is" if found.zone.count == 1 else "are"
    return f"Agreement is possible: {whole(found.zone.count)} of {size} {verb} acceptable to all."


def _efficient(found: Findings) -> str:
    if found.frontier is None:
        return ""
    acceptable = [point for point in found.frontier.points if point.acceptable]
    count = sum(point.ties for point in acceptable)
    least = "" if found.frontier.exact and found.frontier.ties_complete else "At least "
    return (
        f"{least}{whole(count)} of them {'is' if count == 1 else 'are'} efficient: no other "
        "package is better for one party and as good for all others."
    )


def _candidates(compared: Comparison) -> str:
    count = len(compared.packages)
    if count == 0:
        return ""
    concepts = sum(len(package.reasons) for package in compared.packages)
    if count == 1:
        return f"All {concepts} standards of fairness pick the same package."
    packages = f"The standards of fairness pick {counted(count, 'different package')}."
    alike = [row.issue for row in compared.agreed]
    if not alike:
        return f"{packages} They differ on every issue."
    differ = sentence_list([row.issue for row in compared.apart])
    same = [f"{row.issue}: {row.options[0]}" for row in compared.agreed]
    return f"{packages} All of them say {'; '.join(same)}. They differ on {differ}."
