"""Reading of the domain file of a GENIUS folder: the issues and how profiles refer to them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.formats.draft import (
    continuous_issue,
    ids,
    listed_issue,
    spelled,
    stepped_issue,
    value_of,
)
from goodoffices.case.formats.markup import Element
from goodoffices.case.model import Issue, Option
from goodoffices.case.numbers import quoted


@dataclass(frozen=True, slots=True)
class DomainIssue:
    """An issue and the number by which profiles refer to it."""

    index: str
    issue: Issue
    kind: str


@dataclass(slots=True)
class Domain:
    """The issues in the order of the domain file, and what it calls the parties."""

    file: str
    title: str
    issues: list[DomainIssue]
    names: dict[str, str]

    def by_index(self) -> dict[str, DomainIssue]:
        """Index → issue."""
        return {issue.index: issue for issue in self.issues}


def read_domain(file: str, root: Element, notes: list[str]) -> Domain:
    """The domain that a file states; faults are noted at their places."""
    elements = list(root.each("issue"))
    names = ids([element.text("name") for element in elements], "issue")
    issues = []
    indices: set[str] = set()
    for place, (element, name) in enumerate(zip(elements, names, strict=True), 1):
        index = element.text("index") or str(place)
        if index in indices:
            element.fault(f"Two issues have the index {quoted(index)}. Give each its own.")
        indices.add(index)
        found = _issue(element, name, file, notes)
        if found is not None:
            issues.append(DomainIssue(index, *found))
    if any(item.text("cost") and value_of(item.text("cost")) != 0 for item in root.each("item")):
        notes.append(f"The costs in {file} were left out: GENIUS does not use them.")
    objective = next(root.each("objective"), None)
    agents = {a.text("utility_space"): a.text("name") for a in root.each("agent")}
    return Domain(file, spelled(objective.text("name")) if objective else "", issues, agents)


def _issue(element: Element, name: str, file: str, notes: list[str]) -> tuple[Issue, str] | None:
    """An issue and its kind; ``None`` after a fault."""
    kind = kind_of(element)
    if kind == "discrete":
        return _discrete(element, name, file, notes), kind
    ends = _ends(element)
    if ends is None:
        return None
    try:
        if kind == "integer":
            if ends[0].denominator != 1 or ends[1].denominator != 1:
                element.fault("The bounds of an integer issue are whole numbers.")
                return None
            return stepped_issue(name, *ends, Fraction(1)), kind
        issue, note = continuous_issue(name, *ends)
    except ValueError as fault:
        element.fault(str(fault))
        return None
    notes.append(note)
    return issue, kind


def kind_of(element: Element) -> str:
    """The first type that the element names and has the content for."""
    named = [element.text(key).lower() for key in ("vtype", "type", "etype")]
    has_items = bool(element.inner("item"))
    for kind in named:
        if kind in ("integer", "real") and not has_items:
            return kind
    if has_items or not bound(element, "lowerbound"):
        return "discrete"
    return "real"


def _discrete(element: Element, name: str, file: str, notes: list[str]) -> Issue:
    items: dict[str, Element] = {}
    for item in element.inner("item"):
        value = spelled(item.text("value"))
        if not value:
            item.fault('The item has no value. Name it: value="...".')
        elif value in items:
            notes.append(f"{file} lists {quoted(value)} of {quoted(name)} twice.")
        items[value] = item
    if not items:
        element.fault("The issue lists no <item>, and states no lowerbound and upperbound.")
    issue = listed_issue(name, list(items))
    abouts = [spelled(item.text("description")) for item in items.values()]
    options = tuple(
        Option(id=option.id, about=about if about != option.id else "")
        for option, about in zip(issue.options, abouts, strict=True)
    )
    return Issue(id=name, options=options)


def bound(element: Element, key: str) -> tuple[Element, str] | None:
    """Where a bound stands: at the issue, or in old files at a <range> inside."""
    for place in (element, *element.inner("range")):
        if place.text(key):
            return place, place.text(key)
    return None


def _ends(element: Element) -> tuple[Fraction, Fraction] | None:
    found = []
    for key in ("lowerbound", "upperbound"):
        found_at = bound(element, key)
        if found_at is None:
            element.fault(f'{key} is missing. Write a number: {key}="0".')
            return None
        value = found_at[0].as_number(found_at[1], key)
        if value is None:
            return None
        found.append(value)
    return found[0], found[1]
