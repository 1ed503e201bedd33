"""Reading of ``obligations.yaml``: who could break what, who would answer, what is provided for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from goodoffices.case.compliance import (
    Compliance,
    Family,
    Guarantee,
    Obligation,
    Provision,
    Standing,
    Willingness,
)
from goodoffices.case.folder.faults import Faults
from goodoffices.case.folder.files import OBLIGATIONS, optional_contents
from goodoffices.case.folder.place import Place
from goodoffices.case.folder.reading import root
from goodoffices.case.folder.scope import Scope
from goodoffices.case.model import Case, Party
from goodoffices.case.numbers import quoted
from goodoffices.case.statements import Citation, Condition

_ANY = ("why", "sources")
_OBLIGATION = ("party", "issue", "falls_to", "for_good", "kept", "broken", *_ANY)
_GUARANTEE = ("by", "answers", "restores", "costs", "willing", "acting", "idle", *_ANY)
_PROVISION = ("family", "is", "when", *_ANY)

_Word = TypeVar("_Word", bound=StrEnum)
_Thing = TypeVar("_Thing", Obligation, Guarantee)


def read_compliance(folder: str | Path, case: Case) -> Compliance | None:
    """What ``obligations.yaml`` in a case folder says; ``None`` where there is no such file.

    Parameters
    ----------
    case
        The case that the folder holds. Whether a party states preferences decides which keys a
        guarantee may have, so give the whole case where it is to be had.

    Raises
    ------
    CaseError
        All faults of the file at once, each with its line and path.
    """
    faults = Faults()
    content = optional_contents(Path(folder), OBLIGATIONS, faults)
    faults.stop_if_any()
    return None if content is None else compliance_from_text(content, case)


def compliance_from_text(content: str | bytes, case: Case) -> Compliance:
    """What the text of an ``obligations.yaml`` says. As :func:`read_compliance` otherwise."""
    faults = Faults()
    place = root(OBLIGATIONS, content, faults)
    found = Compliance() if place is None else _Reader.of(case).compliance(place)
    faults.stop_if_any()
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    parties: Mapping[str, Party]
    stating: frozenset[str]
    scope: Scope

    @classmethod
    def of(cls, case: Case) -> _Reader:
        return cls(
            {party.id: party for party in case.parties},
            frozenset(case.preferences),
            Scope(
                issues={issue.id: issue for issue in case.issues},
                sources=dict.fromkeys(source.id for source in case.sources),
            ),
        )

    def compliance(self, place: Place) -> Compliance:
        fields = place.fields("obligations", "guarantees", "provisions")
        lines: dict[str, int] = {}
        obligations = _listed(fields, "obligations", lines, self._obligation)
        known = tuple(lines)
        guarantees = _listed(
            fields, "guarantees", lines, lambda name, at: self._guarantee(name, at, known)
        )
        listed = (
            fields["provisions"].items("a list of provisions") if "provisions" in fields else []
        )
        provisions = tuple(p for p in map(self._provision, listed) if p is not None)
        return Compliance(obligations=obligations, guarantees=guarantees, provisions=provisions)

    def _obligation(self, name: str, place: Place) -> Obligation | None:
        fields = place.fields("id", *_OBLIGATION, required=("party", "issue"))
        party = self._party(fields["party"]) if "party" in fields else None
        if party is not None and not party.role.may_consent:
            fields["party"].fault(
                f"{party.id} is {party.role} and signs nothing. "
                "Name a principal or a guarantor who could break this."
            )
        issue = fields["issue"].name("an issue") if "issue" in fields else None
        if issue is not None and not self.scope.is_issue(issue, fields["issue"]):
            issue = None
        falls_to = None
        if "falls_to" in fields and issue is not None:
            falls_to = self.scope.option(issue, fields["falls_to"])
        if party is None or issue is None:
            return None
        return Obligation(
            id=name,
            party=party.id,
            issue=issue,
            falls_to=falls_to,
            for_good="for_good" in fields and fields["for_good"].truth(),
            kept=_text(fields, "kept"),
            broken=_text(fields, "broken"),
            why=_text(fields, "why"),
            sources=self._sources(fields),
        )

    def _guarantee(self, name: str, place: Place, known: tuple[str, ...]) -> Guarantee | None:
        fields = place.fields("id", *_GUARANTEE, required=("by", "answers"))
        party = self._party(fields["by"]) if "by" in fields else None
        if party is not None and party.id in self.stating and "willing" in fields:
            fields["willing"].fault(
                f"What {party.id} would do follows from its preferences. Leave 'willing' out."
            )
        answers = tuple(self._answers(fields["answers"], known)) if "answers" in fields else ()
        willing = _word(fields["willing"], Willingness) if "willing" in fields else Willingness.YES
        if party is None or willing is None:
            return None
        return Guarantee(
            id=name,
            party=party.id,
            answers=answers,
            restores="restores" in fields and fields["restores"].truth(),
            costs=self._costs(fields["costs"]) if "costs" in fields else MappingProxyType({}),
            willing=willing,
            acting=_text(fields, "acting"),
            idle=_text(fields, "idle"),
            why=_text(fields, "why"),
            sources=self._sources(fields),
        )

    def _answers(self, place: Place, known: tuple[str, ...]) -> Iterator[str]:
        items = place.items("a list of obligations")
        if not items:
            place.fault("Name at least one obligation whose breach this answers.")
        for item in items:
            name = item.name("the id of an obligation")
            if name in known:
                yield str(name)
            elif name is not None:
                near = item.faults.nearest(name, known, "Obligations")
                item.fault(f"{quoted(name)} is not one of the obligations.{near}")

    def _costs(self, place: Place) -> Mapping[str, Fraction]:
        found = {}
        for name, inside in place.entries("a map from parties to points"):
            party = self._known(name, inside)
            points = inside.number()
            if party is None or points is None:
                continue
            if party.id not in self.stating:
                inside.fault(
                    f"{party.id} states no preferences, so it has no points to lose. Leave it out."
                )
            elif points < 0:
                inside.fault("A cost is 0 or more points.")
            else:
                found[party.id] = points
        return MappingProxyType(found)

    def _provision(self, place: Place) -> Provision | None:
        fields = place.fields(*_PROVISION, required=("family", "is"), filled=("when",))
        family = _word(fields["family"], Family) if "family" in fields else None
        standing = _word(fields["is"], Standing) if "is" in fields else None
        when = self.scope.condition(fields["when"]) if "when" in fields else Condition({})
        if family is None or standing is None or when is None:
            return None
        return Provision(
            family=family,
            standing=standing,
            when=when,
            why=_text(fields, "why"),
            sources=self._sources(fields),
        )

    def _party(self, place: Place) -> Party | None:
        name = place.name("a party")
        return None if name is None else self._known(name, place)

    def _known(self, name: str, place: Place) -> Party | None:
        if name not in self.parties:
            near = place.faults.nearest(name, self.parties, "Parties")
            place.fault(f"{quoted(name)} is not a party to this case.{near}")
        return self.parties.get(name)

    def _sources(self, fields: Mapping[str, Place]) -> tuple[Citation, ...]:
        return self.scope.citations(fields["sources"]) if "sources" in fields else ()


def _listed(
    fields: Mapping[str, Place],
    section: str,
    lines: dict[str, int],
    read: Callable[[str, Place], _Thing | None],
) -> tuple[_Thing, ...]:
    """Things with ids that differ throughout the file; their lines are added to ``lines``."""
    found = []
    for place in fields[section].items(f"a list of {section}") if section in fields else []:
        where = place.entry("id")
        if where is None:
            place.fault("'id' is missing.") if place.is_map else place.expected("a map with an id")
            continue
        name = where.name("an id")
        if name is None:
            continue
        if name in lines:
            where.fault(
                f"{quoted(name)} appears twice; the first is on line {lines[name]}. "
                "Give each a different id."
            )
            continue
        lines[name] = place.node.line
        thing = read(name, place.named(name))
        if thing is not None:
            found.append(thing)
    return tuple(found)


def _word(place: Place, words: type[_Word]) -> _Word | None:
    """One of a few words; ``None`` after a fault."""
    known = [str(word) for word in words]
    text = place.name(" or ".join(known))
    if text in known:
        return words(text)
    if text is not None:
        near = place.faults.nearest(text, known, "Words")
        place.fault(f"{quoted(text)} is not known here.{near}")
    return None


def _text(fields: Mapping[str, Place], key: str) -> str:
    return fields[key].text() if key in fields else ""
