"""What an agreement rests on once it is signed: who could break what, who would answer, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from goodoffices.case.statements import Citation, Condition


class Willingness(StrEnum):
    """Whether a guarantor that states no preferences would act when something is broken."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Family(StrEnum):
    """A kind of provision by which agreements are meant to last."""

    GUARANTEE = "third-party-guarantee"
    PEACEKEEPING = "peacekeeping"
    MONITORING = "monitoring"
    SEPARATION = "separation-of-forces"
    POWER_SHARING = "power-sharing"
    INCLUSION = "inclusion"
    IMPLEMENTATION = "implementation-body"
    DISPUTES = "dispute-resolution"


class Standing(StrEnum):
    """Whether a package has a kind of provision, as a person judges it."""

    PRESENT = "present"
    VAGUE = "vague"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A part of an agreement that one party alone could break.

    Attributes
    ----------
    party
        Id of who could break it.
    issue
        Id of the issue that the party would no longer treat as agreed.
    falls_to
        The option to which the issue falls when the obligation is broken. ``None``: the status quo
        of the issue, or where the case states none, the option that the party likes best.
    for_good
        Whether what is broken stays broken.
    kept, broken
        The two as a sentence writes them: "North releases the water", "North holds it back".
    """

    id: str
    party: str
    issue: str
    falls_to: str | None = None
    for_good: bool = False
    kept: str = ""
    broken: str = ""
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """Something a party, or a third one, could do when an obligation is broken.

    Attributes
    ----------
    party
        Id of who could act.
    answers
        Ids of the obligations whose breach it answers.
    restores
        Whether, while it acts, these issues are as agreed although the obligation is broken.
    costs
        Party id → points, on that party's scale, that it loses while the guarantee acts: a party
        that has some of these obligations, where it has broken one; the acting party, always; any
        other, where something is broken.
    willing
        Of an acting party that states no preferences: whether it would act on a breach.
    acting, idle
        The two as a sentence writes them.
    """

    id: str
    party: str
    answers: tuple[str, ...]
    restores: bool = False
    costs: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    willing: Willingness = Willingness.YES
    acting: str = ""
    idle: str = ""
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A person's judgement: packages that meet ``when`` have a kind of provision, or lack it."""

    family: Family
    standing: Standing
    when: Condition
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """Who could break which part of an agreement, who would answer, and what it provides for.

    Where several broken obligations are about one issue, the first in this order says to which
    option the issue falls.
    """

    obligations: tuple[Obligation, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    provisions: tuple[Provision, ...] = ()
