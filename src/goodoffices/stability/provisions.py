"""The provisions checklist: what a package provides for so that it lasts, beside what was found.

Which provisions a package has is a person's judgement (``provisions`` in ``obligations.yaml``).
What studies found about such provisions stands beside it and is never computed with: there is no
score, no percentage that sums up, and no forecast. Findings that contradict one another are both
shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from goodoffices.case.compliance import Compliance, Family, Standing
from goodoffices.case.model import Case, Outcome
from goodoffices.case.statements import Citation

FAMILIES: Mapping[Family, str] = MappingProxyType(
    {
        Family.GUARANTEE: "A third party promises to act if the agreement is broken",
        Family.PEACEKEEPING: "Peacekeepers or observers are on the ground",
        Family.MONITORING: "Somebody checks, and all see the same information",
        Family.SEPARATION: "Forces are kept apart, or a zone is demilitarised",
        Family.POWER_SHARING: "Power is shared, or limited for whoever holds it",
        Family.INCLUSION: "Civil society and women take part",
        Family.IMPLEMENTATION: "A body of its own carries the agreement out",
        Family.DISPUTES: "A procedure settles disputes about the agreement",
    }
)
"""Every family of provisions, and what it means in words."""


class Reading(StrEnum):
    """How a finding was read for this table."""

    SOURCE = "read in the source"
    SUMMARY = "read in a summary by others"
    ABSTRACT = "only the abstract was read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a study reports about agreements with some kind of provision.

    Attributes
    ----------
    families
        What it is about. Empty: agreements in general.
    words
        The finding, in the terms and the sample of its source.
    source
        Authors, year and where it appeared.
    reading
        How it was read here.
    caveat
        What keeps it from being applied to a case at hand.
    against
        What another finding of this table says against it; empty if none does.
    """

    families: tuple[Family, ...]
    words: str
    source: str
    reading: Reading
    caveat: str
    against: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One family of the checklist, for one package.

    ``standing`` is ``None`` where nobody has said whether the package has such provisions.
    """

    family: Family
    standing: Standing | None
    why: str
    sources: tuple[Citation, ...]
    findings: tuple[Finding, ...]


def checklist(case: Case, package: Outcome, compliance: Compliance) -> tuple[Line, ...]:
    """For each family of provisions whether a package has it, with what was found about it.

    Of the provisions declared about a family, the first whose condition the package meets counts.
    Where some are declared and none fits, the family is absent.

    Examples
    --------
    >>> from goodoffices.case import read, read_compliance
    >>> aral = read("examples/aral")
    >>> package = ("high", "50", "north", "coast-first", "live", "joint")
    >>> for line in checklist(aral, package, read_compliance("examples/aral", aral)):
    ...     if line.standing:
    ...         print(f"{line.family}: {line.standing}")
    third-party-guarantee: absent
    monitoring: present
    implementation-body: vague
    dispute-resolution: vague
    """
    named = case.named(package)
    lines = []
    for family in FAMILIES:
        declared = [p for p in compliance.provisions if p.family is family]
        fitting = next((p for p in declared if p.when.holds(named)), None)
        lines.append(
            Line(
                family=family,
                standing=fitting.standing if fitting else Standing.ABSENT if declared else None,
                why=fitting.why if fitting else "",
                sources=fitting.sources if fitting else (),
                findings=tuple(f for f in EVIDENCE if family in f.families),
            )
        )
    return tuple(lines)


SELECTION = (
    "Agreements are not handed out by lot: easy cases get agreements, and provisions, more readily "
    "than hard ones. So a provision found with lasting agreements need not have made them last. "
    "The studies differ in their samples and in what they call an agreement that lasted."
)
"""What is to be kept in mind about all findings."""

_FEW = "A small number of settlements, whose terms were chosen by those who signed them."

EVIDENCE: tuple[Finding, ...] = (
    Finding(
        families=(Family.GUARANTEE,),
        words="With an outside guarantee that was enforced, negotiated settlements of civil wars "
        "“always succeeded”; without one they “usually failed”. From 1940 to 1990, 55% of wars "
        "between states and 20% of civil wars ended by negotiation.",
        source="Walter 1997, International Organization 51:335",
        reading=Reading.SOURCE,
        caveat=_FEW,
        against="Kenwick's draft reports that outside force on one side makes settlements last "
        "less long.",
    ),
    Finding(
        families=(Family.GUARANTEE,),
        words="Settlements reached under an intervener that takes a side last less long once its "
        "leverage wanes.",
        source="Kenwick, draft paper",
        reading=Reading.ABSTRACT,
        caveat="About military intervention on one side, not about every guarantee.",
        against="Walter reports that settlements with an enforced guarantee lasted.",
    ),
    Finding(
        families=(Family.PEACEKEEPING,),
        words="The risk of renewed war is 50–75% lower with peacekeepers.",
        source="Fortna 2004, International Studies Quarterly 48:269, and 2008",
        reading=Reading.SUMMARY,
        caveat="Missions may go where peace is easier to keep, or where it is harder.",
    ),
    Finding(
        families=(Family.PEACEKEEPING,),
        words="With matched cases, the risk is 85% lower where a United Nations mission is sent at "
        "the end of a war; another study gives about 70%.",
        source="Gilligan and Sergenti 2008",
        reading=Reading.SUMMARY,
        caveat="About missions sent after a war has ended, matched on what was observed.",
    ),
    Finding(
        families=(Family.SEPARATION, Family.PEACEKEEPING, Family.DISPUTES),
        words="After wars between states, 1946–97, demilitarised zones, peacekeeping, dispute "
        "resolution and specific terms made peace last longer.",
        source="Fortna 2003, International Organization 57:337",
        reading=Reading.ABSTRACT,
        caveat="Cease-fires between states. The size of the effects was not read.",
    ),
    Finding(
        families=(Family.POWER_SHARING,),
        words="The more dimensions of power are shared (political, territorial, military, "
        "economic), the longer peace lasts: 38 settlements, 1945–98.",
        source="Hartzell and Hoddie 2003, American Journal of Political Science 47:318",
        reading=Reading.ABSTRACT,
        caveat=_FEW + " The numbers were not read.",
        against="Gates and others report that sharing in itself does not pacify.",
    ),
    Finding(
        families=(Family.POWER_SHARING,),
        words="Only institutions that constrain whoever governs (civil liberties, courts) pacify; "
        "those that include groups or disperse power do not.",
        source="Gates and others 2016, International Organization 70",
        reading=Reading.ABSTRACT,
        caveat="Whether it is about what agreements say or about what is practised was not read.",
        against="Hartzell and Hoddie report that more sharing goes with longer peace.",
    ),
    Finding(
        families=(Family.SEPARATION, Family.POWER_SHARING),
        words="Terms that make fighting dearer, such as separation of forces, make war less likely "
        "to recur; of those that take away fear, sharing political power does most (1945–2005).",
        source="Mattes and Savun 2009, International Studies Quarterly",
        reading=Reading.ABSTRACT,
        caveat=_FEW,
    ),
    Finding(
        families=(Family.MONITORING,),
        words="Monitoring, submitting military data to a third party, and verification make a "
        "return to war significantly less likely: 51 settlements.",
        source="Mattes and Savun 2010, American Journal of Political Science 54:511",
        reading=Reading.ABSTRACT,
        caveat=_FEW,
    ),
    Finding(
        families=(Family.IMPLEMENTATION,),
        words="How far an agreement is carried out has a significant effect in the long run, also "
        "on those who did not sign.",
        source="Joshi and Quinn 2015/17, British Journal of Political Science",
        reading=Reading.ABSTRACT,
        caveat="About how much was carried out, not about a body that does it; agreements are also "
        "carried out because peace holds. The coefficients were not read.",
    ),
    Finding(
        families=(Family.INCLUSION,),
        words="Of 83 agreements in 40 wars, 1989–2004, 28 include civil society; with it, peace "
        "lasted significantly longer.",
        source="Nilsson 2012",
        reading=Reading.SUMMARY,
        caveat="Civil society may be let in more readily where war is less bitter.",
    ),
    Finding(
        families=(Family.INCLUSION,),
        words="Of 182 agreements, 1989–2011, those in which women took part were 20% more likely "
        "to last two years and 35% more likely to last fifteen.",
        source="Stone 2015, as reported by UN Women",
        reading=Reading.SUMMARY,
        caveat="Read in the press only. Krause and others 2018 (International Interactions 44:985) "
        "report a robust correlation for women who signed; of that only the abstract was read.",
    ),
    Finding(
        families=(),
        words="Compared with a truce, renewed war is at least 85% less likely after a decisive "
        "victory and about 60% less likely after a peace agreement.",
        source="Fortna 2004 and 2008",
        reading=Reading.SUMMARY,
        caveat="How wars end is not chosen at random.",
    ),
    Finding(
        families=(),
        words="The Peace Accords Matrix records 51 provisions of 34 comprehensive agreements with "
        "up to ten yearly scores (2015), and 42 comprehensive and 236 partial agreements (2025).",
        source="Joshi, Quinn and Regan 2015, Journal of Peace Research 52:551; Joshi, Hauenstein "
        "and Quinn 2025, Journal of Peace Research 62:2162",
        reading=Reading.SOURCE,
        caveat="Where to look for agreements like the one at hand.",
    ),
)
"""What was found about agreements that last, and how far it was read."""
