"""What may be said to everybody: parties, issues, options, constraints, sources, and the case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import islice, product
from math import prod
from types import MappingProxyType
from typing import TypeAlias

from goodoffices.case.preferences import Preferences
from goodoffices.case.statements import Citation, Condition
from goodoffices.errors import CaseError

Outcome: TypeAlias = tuple[str, ...]
"""One option id for each issue, in the order of the case's issues."""


class Role(StrEnum):
    """What a party does at the table."""

    PRINCIPAL = "principal"
    GUARANTOR = "guarantor"
    MEDIATOR = "mediator"
    OBSERVER = "observer"

    @property
    def may_consent(self) -> bool:
        """Principals must consent to an agreement; guarantors must if they state preferences."""
        return self in (Role.PRINCIPAL, Role.GUARANTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that statements of the case rest on."""

    id: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody with a part in the talks. Holds nothing that others may not see."""

    id: str
    name: str = ""
    role: Role = Role.PRINCIPAL
    about: str = ""
    sources: tuple[Citation, ...] = ()

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to settle an issue."""

    id: str
    name: str = ""
    about: str = ""
    sources: tuple[Citation, ...] = ()

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Evenly spaced numbers from ``start`` to ``stop``, both included, with a unit."""

    start: Fraction
    stop: Fraction
    step: Fraction
    unit: str = ""

    def values(self) -> tuple[Fraction, ...]:
        """The numbers of the range, in order."""
        steps = int((self.stop - self.start) / self.step)
        return tuple(self.start + k * self.step for k in range(steps + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A question the parties must settle, with the ways it could be settled."""

    id: str
    name: str = ""
    options: tuple[Option, ...]
    ordered: bool = False
    range: Range | None = None
    about: str = ""
    sources: tuple[Citation, ...] = ()

    def __str__(self) -> str:
        return self.name or self.id

    def option(self, option_id: str) -> Option:
        """The option with this id; ``KeyError`` when the issue lacks it."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A combination of options that no agreement may have.

    ``Constraint(forbid=c)`` rules out every outcome that meets ``c``. With ``unless``, outcomes
    that meet ``c`` stay allowed if they also meet ``unless``: "whoever chooses ``c`` must also
    choose ``unless``".
    """

    id: str
    forbid: Condition
    unless: Condition | None = None
    why: str = ""
    sources: tuple[Citation, ...] = ()

    def allows(self, named: Mapping[str, str]) -> bool:
        """Whether an outcome, given as issue id → option id, satisfies the constraint."""
        if not self.forbid.holds(named):
            return True
        return self.unless is not None and self.unless.holds(named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Parties, issues and what each party wants.

    Everything here is public but ``preferences``, which are one object per party, kept in files
    of their own, and never printed. ``case.public()`` is the case without them.
    """

    title: str
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    constraints: tuple[Constraint, ...] = ()
    status_quo: Outcome | None = None
    sources: tuple[Source, ...] = ()
    about: str = ""
    preferences: Mapping[str, Preferences] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )

    @property
    def deciders(self) -> tuple[Party, ...]:
        """The parties whose consent makes an agreement, in the order of the case."""
        return tuple(
            party
            for party in self.parties
            if party.role is Role.PRINCIPAL
            or (party.role.may_consent and party.id in self.preferences)
        )

    @property
    def size(self) -> int:
        """How many outcomes there are, before any constraint."""
        return prod(len(issue.options) for issue in self.issues)

    def public(self) -> Case:
        """The case without anybody's preferences: what may be passed around the table."""
        return replace(self, preferences=MappingProxyType({}))

    def party(self, party_id: str) -> Party:
        """The party with this id; ``CaseError`` when there is none."""
        for party in self.parties:
            if party.id == party_id:
                return party
        known = ", ".join(party.id for party in self.parties)
        raise CaseError(f"'{party_id}' is not a party to this case. Parties: {known}.")

    def issue(self, issue_id: str) -> Issue:
        """The issue with this id; ``CaseError`` when there is none."""
        for issue in self.issues:
            if issue.id == issue_id:
                return issue
        known = ", ".join(issue.id for issue in self.issues)
        raise CaseError(f"'{issue_id}' is not an issue of this case. Issues: {known}.")

    def named(self, outcome: Outcome) -> dict[str, str]:
        """An outcome as issue id → option id."""
        return {issue.id: option for issue, option in zip(self.issues, outcome, strict=True)}

    def outcome(self, named: Mapping[str, str]) -> Outcome:
        """The outcome that takes the named option on each issue.

        Raises
        ------
        CaseError
            All at once: issues left open, issues or options the case lacks.
        """
        faults = [
            f"'{issue}' is not an issue of this case. "
            f"Issues: {', '.join(i.id for i in self.issues)}."
            for issue in named
            if issue not in {i.id for i in self.issues}
        ]
        for issue in self.issues:
            options = [option.id for option in issue.options]
            if issue.id not in named:
                faults.append(f"The package leaves '{issue.id}' open. Options: {listed(options)}.")
            elif named[issue.id] not in options:
                faults.append(
                    f"'{named[issue.id]}' is not an option of '{issue.id}'. "
                    f"Options: {listed(options)}."
                )
        if faults:
            raise CaseError("\n".join(faults))
        return tuple(named[issue.id] for issue in self.issues)

    def is_allowed(self, outcome: Outcome) -> bool:
        """Whether the outcome satisfies every constraint."""
        named = self.named(outcome)
        return all(constraint.allows(named) for constraint in self.constraints)

    def outcomes(self) -> Iterator[Outcome]:
        """Every outcome the constraints allow, the last issue varying fastest."""
        for outcome in product(*([o.id for o in issue.options] for issue in self.issues)):
            if self.is_allowed(outcome):
                yield outcome


def listed(names: Collection[str], most: int = 12) -> str:
    """Names for a sentence, cut short where there are very many."""
    shown = ", ".join(islice(names, most))
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
