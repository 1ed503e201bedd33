"""NegMAS scenario folders: YAML files, one with the outcome space and one for each party.

Read are additive utility functions and hyper-rectangles; a discount over time is left out. Tags
that ask for objects to be built are refused by the YAML reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from goodoffices.case.folder.document import Entries, Items, Word
from goodoffices.case.folder.place import Place
from goodoffices.case.formats.bundle import Bundle
from goodoffices.case.formats.draft import (
    Imported,
    Sheet,
    continuous_issue,
    ids,
    listed_issue,
    put_together,
    spelled,
    stepped_issue,
    value_of,
)
from goodoffices.case.formats.negmas_functions import fill, kind_of
from goodoffices.case.model import Issue
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError

_CONTIGUOUS = ("ContiguousIssue",)
_CONTINUOUS = ("ContinuousIssue",)
_CARDINAL = ("DiscreteCardinalIssue", "CardinalIssue")
_ORDERED = (*_CARDINAL, "DiscreteOrdinalIssue", "OrdinalIssue")
_LISTED = ("CategoricalIssue", "SingletonIssue", "Issue", "")
_DISCOUNTED = ("ExpDiscountedUFun", "LinDiscountedUFun")

# Minus infinity and not-a-number both say that any agreement is better than none.
_NONE = re.compile(r"-\.?inf(inity)?|\.?nan", re.IGNORECASE)


def is_recognised(bundle: Bundle) -> bool:
    """Whether any file is a NegMAS outcome space or utility function."""
    return any(_is_domain(p) or _is_profile(p) for p in bundle.yaml().roots.values())


def read(bundle: Bundle) -> Imported:
    """The case of a NegMAS scenario folder.

    Raises
    ------
    CaseError
        All faults of the folder's YAML files.
    """
    parsed = bundle.yaml()
    notes = list(parsed.notes)
    domains = {name: place for name, place in parsed.roots.items() if _is_domain(place)}
    profiles = {name: place for name, place in parsed.roots.items() if _is_profile(place)}
    notes.extend(
        f"{name} is neither an outcome space nor a utility function. It was not read."
        for name in parsed.roots
        if name not in domains and name not in profiles
    )
    parsed.faults.stop_if_any()
    chosen = bundle.chosen if bundle.chosen in domains else next(iter(domains), None)
    if chosen is None or (len(domains) > 1 and bundle.chosen not in domains):
        found = f"{len(domains)} outcome spaces ({', '.join(domains)})" if domains else "none"
        raise CaseError(
            f"'{bundle.folder}' must hold one NegMAS outcome space, a YAML file with 'issues'; "
            f"it holds {found}."
        )
    root = domains[chosen]
    issues = _issues(root, notes)
    parsed.faults.stop_if_any()
    sheets = [_sheet(name, place, issues, notes) for name, place in profiles.items()]
    parsed.faults.stop_if_any()
    title = root.entry("name")
    return put_together(
        title.text() if title is not None and not title.is_empty else bundle.title,
        issues,
        sheets,
        notes,
    )


def _is_domain(place: Place) -> bool:
    issues = place.entry("issues")
    return issues is not None and isinstance(issues.node, Items) and "name" in _keys(issues)


def _is_profile(place: Place) -> bool:
    return kind_of(place).endswith(("Function", "UFun", "Preferences"))


def _keys(place: Place) -> set[str]:
    """The keys of the first entry of a list."""
    nodes = place.node.nodes if isinstance(place.node, Items) else []
    return set(nodes[0].values) if nodes and isinstance(nodes[0], Entries) else set()


def _issues(root: Place, notes: list[str]) -> list[Issue]:
    inside = root.entry("issues")
    places = inside.items() if inside is not None else []
    names = []
    for place in places:
        name = place.entry("name")
        names.append("" if name is None or name.is_empty else name.text())
    found = [
        _issue(place, name, notes) for place, name in zip(places, ids(names, "issue"), strict=True)
    ]
    return [issue for issue in found if issue is not None]


def _issue(place: Place, name: str, notes: list[str]) -> Issue | None:
    kind, values = kind_of(place), place.entry("values")
    if values is None:
        place.fault("'values' is missing.")
        return None
    if isinstance(values.node, Word):
        # A single number n stands for 0, 1, …, n - 1.
        count = values.number("a list of values")
        return None if count is None else _stepped(values, name, Fraction(0), count - 1)
    items = values.items()
    if kind in (*_CONTIGUOUS, *_CONTINUOUS):
        ends = [item.number() for item in items]
        if len(ends) != 2:
            values.fault(f"A {kind} has two values, the lowest and the highest.")
            return None
        low, high = ends
        if low is None or high is None:
            return None
        if kind in _CONTIGUOUS:
            return _stepped(values, name, low, high)
        return _continuous(values, name, low, high, notes)
    if kind not in (*_ORDERED, *_LISTED):
        place.fault(f"Issues of the type {quoted(kind)} are not read.")
        return None
    names = [spelled(item.text()) for item in items]
    if not names:
        values.fault(f"{quoted(name)} has no values. List at least one.")
        return None
    if kind in _CARDINAL and (even := _even(names)) is not None:
        return stepped_issue(name, *even)
    return listed_issue(name, names, is_ordered=kind in _ORDERED)


def _even(names: Sequence[str]) -> tuple[Fraction, Fraction, Fraction] | None:
    """First number, last number and step of numbers that are evenly spaced and ascending."""
    numbers = [value for name in names if (value := value_of(name)) is not None]
    if len(numbers) < max(2, len(names)) or numbers[0] >= numbers[1]:
        return None
    step = numbers[1] - numbers[0]
    is_even = all(later - earlier == step for earlier, later in pairwise(numbers))
    return (numbers[0], numbers[-1], step) if is_even else None


def _stepped(place: Place, name: str, low: Fraction, high: Fraction) -> Issue | None:
    if low.denominator != 1 or high.denominator != 1:
        place.fault("The ends are whole numbers.")
        return None
    try:
        return stepped_issue(name, low, high, Fraction(1))
    except ValueError as fault:
        place.fault(str(fault))
        return None


def _continuous(
    place: Place, name: str, low: Fraction, high: Fraction, notes: list[str]
) -> Issue | None:
    try:
        issue, note = continuous_issue(name, low, high)
    except ValueError as fault:
        place.fault(str(fault))
        return None
    notes.append(note)
    return issue


def _sheet(file: str, place: Place, issues: Sequence[Issue], notes: list[str]) -> Sheet:
    sheet = Sheet(file=file)
    layers = [place]
    while kind_of(layers[-1]) in _DISCOUNTED:
        deeper = layers[-1].entry("ufun")
        if deeper is None:
            layers[-1].fault("'ufun' is missing: the utility function that is discounted.")
            return sheet
        layers.append(deeper)
    if len(layers) > 1:
        notes.append(
            f"{file} discounts utility over time. That was left out: a case says what an "
            "agreement is worth today."
        )
    fill(sheet, layers[-1], issues, notes)
    _reserve(sheet, layers, notes)
    return sheet


def _reserve(sheet: Sheet, layers: Sequence[Place], notes: list[str]) -> None:
    """The outermost reserved value counts, unless it says that there is none."""
    for place in layers:
        inside = place.entry("reserved_value")
        if inside is None or inside.is_empty or _NONE.fullmatch(inside.text()):
            continue
        sheet.reservation = inside.number("the reserved value")
        return
    notes.append(sheet.accepts_anything())
