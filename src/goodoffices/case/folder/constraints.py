"""Reading of constraints and of the status quo."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.case.folder.place import Place
from goodoffices.case.folder.scope import Scope
from goodoffices.case.model import Constraint, Outcome, listed
from goodoffices.case.numbers import quoted
from goodoffices.case.statements import Condition


def constraints(section: Place, scope: Scope) -> tuple[Constraint, ...]:
    """The constraints of a case; those without an id are called by their number."""
    lines: dict[str, int] = {}
    found = []
    for position, place in enumerate(section.items("a list of constraints"), 1):
        where = place.entry("id")
        given = where.name("the id of a constraint") if where is not None else None
        name = given or f"constraint-{position}"
        if name in lines:
            (where or place).fault(
                f"{quoted(name)} appears twice; the first is on line {lines[name]}. "
                "Give each a different id."
            )
        lines.setdefault(name, place.node.line)
        constraint = _constraint(name, place.named(name), scope)
        if constraint is not None:
            found.append(constraint)
    return tuple(found)


def status_quo(place: Place, scope: Scope) -> Outcome | None:
    """How every issue stands while nothing is agreed; ``None`` after a fault."""
    package = scope.package(place)
    if package is None or scope.issues is None:
        return None
    missing = [issue for issue in scope.issues if issue not in package]
    if missing:
        place.fault(f"The status quo leaves open: {listed(missing)}. Name an option for each.")
        return None
    return tuple(package[issue] for issue in scope.issues)


def _constraint(name: str, place: Place, scope: Scope) -> Constraint | None:
    keys = ("forbid", "unless", "require", "when")
    fields = place.fields("id", *keys, "why", "sources", filled=keys)
    pair = _pair(place, fields, scope)
    why = fields["why"].text() if "why" in fields else ""
    sources = scope.citations(fields["sources"]) if "sources" in fields else ()
    if pair is None:
        return None
    return Constraint(id=name, forbid=pair[0], unless=pair[1], why=why, sources=sources)


def _pair(
    place: Place, fields: Mapping[str, Place], scope: Scope
) -> tuple[Condition, Condition | None] | None:
    """What is forbidden, and unless what; ``None`` after a fault."""
    kinds = [key for key in ("forbid", "require") if key in fields]
    if len(kinds) != 1:
        if place.is_map:
            place.fault(
                "A constraint says either what it forbids ('forbid', perhaps 'unless') "
                "or what it requires ('require', perhaps 'when')."
            )
        return None
    main, other = ("forbid", "unless") if kinds == ["forbid"] else ("require", "when")
    stray = {"unless", "when"} & set(fields) - {other}
    for key in stray:
        fields[key].fault(f"'{key}' does not go with '{main}'. Write '{other}', or leave it out.")
    first = scope.condition(fields[main])
    second = scope.condition(fields[other]) if other in fields else None
    if first is None or stray or (second is None and other in fields):
        return None
    forbid, unless = (first, second) if main == "forbid" else (second or Condition({}), first)
    return (forbid, unless) if _is_sound(place, forbid, unless, scope) else None


def _is_sound(place: Place, forbid: Condition, unless: Condition | None, scope: Scope) -> bool:
    if unless is None and scope.holds_always(forbid):
        place.fault("This forbids every outcome. Name issues, and for each the options ruled out.")
        return False
    if unless is not None and not unless.options:
        place.fault("This forbids nothing: an empty map holds for every outcome.")
        return False
    return True
