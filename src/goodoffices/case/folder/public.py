"""Reading of ``case.yaml``: what everybody may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, TypeVar

from goodoffices.case.folder.constraints import constraints, status_quo
from goodoffices.case.folder.place import Place
from goodoffices.case.folder.scope import MOST_OPTIONS_IN_ALL, Scope, run
from goodoffices.case.model import (
    Case,
    Issue,
    Option,
    Party,
    Range,
    Role,
    Source,
)
from goodoffices.case.numbers import number_text, quoted, shown

MOST_OPTIONS = 100_000
MOST_PARTIES = 100

_PARTY_ID = re.compile(r"[\w-]{1,100}")
_KEYS = ("title", "about", "parties", "issues", "constraints", "status_quo", "sources")

_PARTY_KEYS = ("name", "role", "about", "sources")
_ISSUE_KEYS = ("name", "about", "ordered", "options", "range", "sources")
_OPTION_KEYS = ("name", "about", "sources")
_SOURCE_KEYS = ("title", "publisher", "date", "url", "note")

_Thing = TypeVar("_Thing")
_Fields: TypeAlias = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class PublicPart:
    """What ``case.yaml`` says, and what the preferences may refer to.

    ``parties`` is ``None`` where not all of them could be understood. ``has_status_quo`` is true
    also where one is given that could not be understood.
    """

    case: Case
    scope: Scope
    parties: Mapping[str, Party] | None
    has_status_quo: bool = True


def public_part(root: Place) -> PublicPart:
    """The public part of a case; faults are noted at their places."""
    fields = root.fields(*_KEYS, required=("title", "parties", "issues"))
    scope = Scope()
    sources = listing(fields, "sources", _SOURCE_KEYS, _source)
    scope.sources = None if sources is None else dict.fromkeys(sorted(sources))
    parties = listing(fields, "parties", _PARTY_KEYS, partial(_party, scope))
    _check_parties(parties, fields)
    issues = listing(fields, "issues", _ISSUE_KEYS, partial(_issue, scope))
    _check_issues(issues, fields)
    scope.issues = issues or None
    case = Case(
        title=_text(fields, "title"),
        about=_text(fields, "about"),
        parties=_understood(parties),
        issues=_understood(issues),
        constraints=constraints(fields["constraints"], scope) if "constraints" in fields else (),
        status_quo=status_quo(fields["status_quo"], scope) if "status_quo" in fields else None,
        sources=_understood(sources),
    )
    are_known = bool(parties) and len(case.parties) == len(parties or ()) <= MOST_PARTIES
    return PublicPart(
        case=case,
        scope=scope,
        parties={p.id: p for p in case.parties} if are_known else None,
        has_status_quo="status_quo" in fields,
    )


def listing(
    fields: _Fields,
    section: str,
    keys: tuple[str, ...],
    read: Callable[[str, Place, _Fields], _Thing | None],
) -> dict[str, _Thing | None] | None:
    """Things with different ids, in order; ``None`` for those not understood beyond their id.

    The whole is ``None`` if it is not a list, or holds a thing whose id is not understood.
    """
    if section not in fields:
        return {}
    found: dict[str, _Thing | None] = {}
    lines: dict[str, int] = {}
    is_whole = fields[section].is_list
    for place in fields[section].items(f"a list of {section}"):
        name, where = _id(place, keys)
        if name is None:
            is_whole = False
        elif name in found:
            where.fault(
                f"{quoted(name)} appears twice; the first is on line {lines[name]}. "
                "Give each a different id."
            )
        else:
            lines[name] = place.node.line
            here = place.named(name)
            found[name] = read(name, here, here.fields("id", *keys) if here.is_map else {})
    return found if is_whole else None


def _id(place: Place, keys: tuple[str, ...]) -> tuple[str | None, Place]:
    """The id that a word is or a map has under ``id``, and where it stands."""
    where = place.entry("id")
    if where is None and place.is_map:
        place.fields("id", *keys, required=("id",))
        return None, place
    where = where or place
    return where.name("an id"), where


def _text(fields: _Fields, key: str) -> str:
    return fields[key].text() if key in fields else ""


def _understood(things: Mapping[str, _Thing | None] | None) -> tuple[_Thing, ...]:
    return tuple(thing for thing in (things or {}).values() if thing is not None)


def _source(name: str, _place: Place, fields: _Fields) -> Source:
    return Source(id=name, **{key: _text(fields, key) for key in _SOURCE_KEYS})


def _party(scope: Scope, name: str, place: Place, fields: _Fields) -> Party | None:
    is_right = _PARTY_ID.fullmatch(name) is not None
    if not is_right:
        place.fault(
            f"{quoted(name)} cannot name the party's file. Use up to 100 letters, digits, _ and - "
            "as its id, and put the rest under 'name'."
        )
    role = _role(fields["role"]) if "role" in fields else Role.PRINCIPAL
    if role is None or not is_right:
        return None
    return Party(
        id=name,
        name=_text(fields, "name"),
        role=role,
        about=_text(fields, "about"),
        sources=scope.citations(fields["sources"]) if "sources" in fields else (),
    )


def _role(place: Place) -> Role | None:
    text = place.name("a role")
    if text in list(Role):
        return Role(text)
    if text is not None:
        near = place.faults.nearest(text, list(Role), "Roles")
        place.fault(f"{quoted(text)} is not a role.{near}")
    return None


def _check_parties(parties: Mapping[str, Party | None] | None, fields: _Fields) -> None:
    if parties is None or "parties" not in fields:
        return
    place = fields["parties"]
    if not parties:
        place.fault("The case has no party. List at least one.")
        return
    if len(parties) > MOST_PARTIES:
        place.fault(f"There are {len(parties):,} parties; up to {MOST_PARTIES} are read.")
    first: dict[str, str] = {}
    for name in parties:
        # Some systems hold these for one name, and one sheet would replace the other.
        same = first.setdefault(name.casefold(), name)
        if same != name:
            place.fault(
                f"'{same}' and '{name}' would share one preferences file on some computers. "
                "Choose ids that differ in more than capitals."
            )
    if None not in parties.values() and not any(p.role.may_consent for p in _understood(parties)):
        place.fault(
            "Nobody here could agree to anything. Give at least one party the role principal."
        )


def _issue(scope: Scope, name: str, place: Place, fields: _Fields) -> Issue | None:
    ordered = fields["ordered"].truth() if "ordered" in fields else "range" in fields
    if ("options" in fields) == ("range" in fields):
        place.fault(
            "An issue has either 'options' or a 'range'; this one has "
            + ("both." if "options" in fields else "neither.")
        )
        return None
    steps = None
    if "range" in fields:
        if not ordered:
            fields["ordered"].fault("A range is always ordered. Leave 'ordered' out.")
        steps = _range(fields["range"])
        options = _range_options(steps, fields["range"], scope) if steps else ()
    else:
        options = _options(fields["options"], scope)
    if not options:
        return None
    return Issue(
        id=name,
        name=_text(fields, "name"),
        options=options,
        ordered=ordered,
        range=steps,
        about=_text(fields, "about"),
        sources=scope.citations(fields["sources"]) if "sources" in fields else (),
    )


def _options(place: Place, scope: Scope) -> tuple[Option, ...]:
    """The options of an issue; empty if not all are understood."""
    options = listing({"options": place}, "options", _OPTION_KEYS, partial(_option, scope))
    if options is not None and not options:
        place.fault("An issue needs at least one option.")
    if not _has_room(scope, len(options or ()), place):
        return ()
    return _understood(options)


def _option(scope: Scope, name: str, _place: Place, fields: _Fields) -> Option:
    return Option(
        id=name,
        name=_text(fields, "name"),
        about=_text(fields, "about"),
        sources=scope.citations(fields["sources"]) if "sources" in fields else (),
    )


def _range(place: Place) -> Range | None:
    fields = place.fields("from", "to", "step", "unit", required=("from", "to", "step"))
    numbers = {key: fields[key].number() for key in ("from", "to", "step") if key in fields}
    start, stop, step = (numbers.get(key) for key in ("from", "to", "step"))
    unit = _text(fields, "unit")
    if start is None or stop is None or step is None:
        return None
    found = Range(start=start, stop=stop, step=step, unit=unit)
    sentence = _range_fault(found)
    if sentence:
        place.fault(sentence)
        return None
    return found


def _range_fault(steps: Range) -> str:
    """What is wrong with a range; empty if nothing."""
    if steps.step <= 0:
        return f"The step is {shown(steps.step)}. It must be greater than 0."
    if steps.start >= steps.stop:
        return (
            f"The range runs from {shown(steps.start)} to {shown(steps.stop)}. "
            "'from' must be less than 'to'."
        )
    count = (steps.stop - steps.start) / steps.step
    if count >= MOST_OPTIONS:
        return f"The range {run(steps)} has more than {MOST_OPTIONS:,} options. Use a wider step."
    if count.denominator != 1:
        last = steps.start + int(count) * steps.step
        return (
            f"Steps of {shown(steps.step)} from {shown(steps.start)} do not end at "
            f"{shown(steps.stop)}. The last within is {shown(last)}."
        )
    return ""


def _range_options(steps: Range, place: Place, scope: Scope) -> tuple[Option, ...]:
    """The numbers of a range as options; empty after a fault."""
    if not _has_room(scope, int((steps.stop - steps.start) / steps.step) + 1, place):
        return ()
    try:
        return tuple(Option(id=number_text(value)) for value in steps.values())
    except ValueError as fault:
        place.fault(str(fault))
        return ()


def _has_room(scope: Scope, options: int, place: Place) -> bool:
    """Whether so many more options can be read; else a fault is noted."""
    scope.options += options
    if scope.options > MOST_OPTIONS_IN_ALL:
        place.fault(
            f"With this, the issues have {scope.options:,} options; "
            f"up to {MOST_OPTIONS_IN_ALL:,} are read."
        )
    return scope.options <= MOST_OPTIONS_IN_ALL


def _check_issues(issues: Mapping[str, Issue | None] | None, fields: _Fields) -> None:
    if issues is not None and "issues" in fields and not issues:
        fields["issues"].fault("The case has no issue. List at least one.")
