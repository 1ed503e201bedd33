"""Reading of ``preferences/<party>.yaml``: what one party wants, in confidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from goodoffices.case.folder.document import Entries, Items, Word
from goodoffices.case.folder.place import Place
from goodoffices.case.folder.scope import Scope, interval
from goodoffices.case.folder.scores import scores
from goodoffices.case.model import listed
from goodoffices.case.numbers import quoted, shown
from goodoffices.case.preferences import (
    Comparison,
    Interaction,
    IssueRanking,
    OptionRanking,
    Preferences,
    RedLine,
    Reservation,
)
from goodoffices.case.statements import Citation, Condition, Estimate

_KEYS = (
    "party",
    "scale",
    "weights",
    "scores",
    "interactions",
    "reservation",
    "red_lines",
    "rankings",
    "comparisons",
    "about",
    "sources",
)
_GROUNDS = ("why", "sources")
"""What every statement may say of its reasons."""
_STATUS_QUO = "status quo"

_Statement = TypeVar("_Statement")


def sheet(root: Place, party: str, scope: Scope, has_status_quo: bool) -> Preferences:
    """The preferences of a party; faults are noted at their places."""
    fields = root.fields(*_KEYS, required=("party",))
    _check_party(fields, party)
    rankings = _each(fields, "rankings", lambda p: _ranking(p, scope))
    return Preferences(
        party=party,
        scale=_scale(fields),
        weights=_weights(fields["weights"], scope) if "weights" in fields else {},
        scores=scores(fields["scores"], scope) if "scores" in fields else {},
        interactions=_each(fields, "interactions", lambda p: _interaction(p, scope)),
        reservation=_reservation(fields, scope, has_status_quo),
        red_lines=_each(fields, "red_lines", lambda p: _red_line(p, scope)),
        issue_rankings=tuple(r for r in rankings if isinstance(r, IssueRanking)),
        option_rankings=tuple(r for r in rankings if isinstance(r, OptionRanking)),
        comparisons=_each(fields, "comparisons", lambda p: _comparison(p, scope)),
        about=_text(fields, "about"),
        sources=_citations(fields, scope),
    )


def _each(
    fields: Mapping[str, Place], section: str, read: Callable[[Place], _Statement | None]
) -> tuple[_Statement, ...]:
    if section not in fields:
        return ()
    found = [read(place) for place in fields[section].items("a list, one dash for each statement")]
    return tuple(statement for statement in found if statement is not None)


def _text(fields: Mapping[str, Place], key: str) -> str:
    return fields[key].text() if key in fields else ""


def _citations(fields: Mapping[str, Place], scope: Scope) -> tuple[Citation, ...]:
    return scope.citations(fields["sources"]) if "sources" in fields else ()


def _check_party(fields: Mapping[str, Place], party: str) -> None:
    if "party" not in fields:
        return
    stated = fields["party"].name("the id of the party")
    if stated is not None and stated != party:
        fields["party"].fault(
            f"{quoted(stated)} is not whom the file is named after. "
            f"Write 'party: {party}', or rename the file."
        )


def _scale(fields: Mapping[str, Place]) -> Fraction:
    scale = fields["scale"].number() if "scale" in fields else Fraction(100)
    if scale is not None and scale <= 0:
        fields["scale"].fault(f"The scale is {shown(scale)}. It must be greater than 0.")
    return scale or Fraction(100)


def _weights(section: Place, scope: Scope) -> dict[str, Estimate]:
    weights = {}
    for issue, place in section.entries("a map from issues to weights"):
        if not scope.is_issue(issue, place):
            continue
        weight = scope.estimate(place)
        if weight is not None and weight.low < 0:
            place.fault(f"The weight is {shown(weight.low)}. Weights are 0 or greater.")
        elif weight is not None:
            weights[issue] = weight
    return weights


def _condition(fields: Mapping[str, Place], key: str, scope: Scope) -> Condition | None:
    return scope.condition(fields[key]) if key in fields else None


def _interaction(place: Place, scope: Scope) -> Interaction | None:
    fields = place.fields(
        "when", "unless", "add", *_GROUNDS, required=("add",), filled=("when", "unless")
    )
    when = _condition(fields, "when", scope) if "when" in fields else Condition({})
    unless = _condition(fields, "unless", scope)
    add = fields["add"].number("a number of points") if "add" in fields else None
    why, sources = _text(fields, "why"), _citations(fields, scope)
    if unless is not None and not unless.options:
        fields["unless"].fault(
            "An empty map holds for every outcome, so these points would never count. "
            "Leave 'unless' out."
        )
    if when is None or add is None:
        return None
    return Interaction(when=when, unless=unless, add=add, why=why, sources=sources)


def _reservation(
    fields: Mapping[str, Place], scope: Scope, has_status_quo: bool
) -> Reservation | None:
    if "reservation" not in fields:
        return None
    place = fields["reservation"]
    parts = {"value": place}
    if isinstance(place.node, Entries):
        parts = place.fields("value", "per_month", *_GROUNDS, required=("value",))
    if "value" not in parts:
        return None
    value = _reservation_value(parts["value"], has_status_quo)
    per_month = parts["per_month"].number() if "per_month" in parts else None
    return Reservation(
        value=value,
        per_month=per_month or Fraction(0),
        why=_text(parts, "why"),
        sources=_citations(parts, scope),
    )


def _reservation_value(place: Place, has_status_quo: bool) -> Estimate | None:
    words = place.node.text.lower() if isinstance(place.node, Word) else ""
    if words != _STATUS_QUO and re.sub("[ _-]", "", words) == _STATUS_QUO.replace(" ", ""):
        place.fault(f"{quoted(words)} is not a number. Did you mean '{_STATUS_QUO}'?")
        return None
    if words == _STATUS_QUO:
        if not has_status_quo:
            place.fault(
                "The reservation is the status quo, and the case states none. "
                "Add 'status_quo' to case.yaml, or write a number here."
            )
        return None
    if isinstance(place.node, Entries):
        place.expected(f"a number, an interval or '{_STATUS_QUO}'")
        return None
    return interval(place)


def _red_line(place: Place, scope: Scope) -> RedLine | None:
    fields = place.fields("never", *_GROUNDS, required=("never",), filled=("never",))
    never = _condition(fields, "never", scope)
    why, sources = _text(fields, "why"), _citations(fields, scope)
    if never is None:
        return None
    if scope.holds_always(never):
        place.fault(
            "This rules out every outcome. Name issues, and for each the options never accepted."
        )
    return RedLine(never=never, why=why, sources=sources)


def _ranking(place: Place, scope: Scope) -> IssueRanking | OptionRanking | None:
    fields = place.fields("issues", "issue", "options", *_GROUNDS)
    why, sources = _text(fields, "why"), _citations(fields, scope)
    keys = set(fields) - set(_GROUNDS)
    if keys == {"issues"}:
        order = _order(fields["issues"], lambda p: _issue(p, scope))
        return IssueRanking(order=order, why=why, sources=sources)
    if keys == {"issue", "options"}:
        issue = _issue(fields["issue"], scope)
        if issue is None:
            return None
        order = _order(fields["options"], lambda p: scope.option(issue, p))
        return OptionRanking(issue=issue, order=order, why=why, sources=sources)
    if place.is_map:
        place.fault(
            "A ranking lists either 'issues' from the most to the least important, "
            "or an 'issue' and its 'options' from the best to the worst."
        )
    return None


def _issue(place: Place, scope: Scope) -> str | None:
    name = place.name("an issue")
    return name if name is not None and scope.is_issue(name, place) else None


def _order(place: Place, read: Callable[[Place], str | None]) -> tuple[tuple[str, ...], ...]:
    """Groups of names from first to last; an inner list is a group."""
    groups = []
    seen: set[str] = set()
    count = 0
    for item in place.items("a list, the first place first"):
        group = []
        for inner in item.items() if isinstance(item.node, Items) else [item]:
            name = read(inner)
            count += 1
            if name in seen:
                inner.fault(f"{quoted(str(name))} stands twice in this ranking.")
            elif name is not None:
                seen.add(name)
                group.append(name)
        if isinstance(item.node, Items) and not item.node.nodes:
            item.fault("This group is empty. Name those that are equal, or leave it out.")
        groups.append(tuple(group))
    if count < 2 and isinstance(place.node, Items):
        place.fault("A ranking compares at least two.")
    return tuple(groups)


def _comparison(place: Place, scope: Scope) -> Comparison | None:
    fields = place.fields("prefers", "to", "equal", *_GROUNDS)
    why, sources = _text(fields, "why"), _citations(fields, scope)
    keys = set(fields) - set(_GROUNDS)
    if keys == {"equal"}:
        pair = fields["equal"].items("a list of two packages")
        if len(pair) != 2:
            fields["equal"].fault(f"'equal' lists two packages; this lists {len(pair)}.")
            return None
    elif keys == {"prefers", "to"}:
        pair = [fields["prefers"], fields["to"]]
    else:
        if place.is_map:
            place.fault("A comparison has either 'prefers' and 'to', or 'equal'.")
        return None
    one, other = (scope.package(part) for part in pair)
    if one is None or other is None or not _is_comparable(place, one, other):
        return None
    return Comparison(prefers=one, to=other, equal=keys == {"equal"}, why=why, sources=sources)


def _is_comparable(place: Place, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    only = [issue for issue in (*one, *other) if (issue in one) != (issue in other)]
    if only:
        place.fault(
            f"Only one of the two packages names {listed([quoted(i) for i in only])}. "
            "Both must name the same issues."
        )
        return False
    if one == other:
        place.fault("Both packages are the same. Compare two that differ.")
        return False
    return True
