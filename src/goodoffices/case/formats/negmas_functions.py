"""The utility functions of NegMAS, as contributions of issues and of combinations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from goodoffices.case.folder.document import Entries, Items, Word
from goodoffices.case.folder.place import Place
from goodoffices.case.formats.draft import (
    Sheet,
    Spellings,
    separated,
    value_of,
    values_of,
    weights_note,
)
from goodoffices.case.model import Issue
from goodoffices.case.numbers import quoted
from goodoffices.case.preferences import Interaction
from goodoffices.case.statements import Condition

_ADDITIVE = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")
_AFFINE = ("AffineUtilityFunction", "LinearUtilityFunction")
_RECTANGLES = ("HyperRectangleUtilityFunction",)


def kind_of(place: Place) -> str:
    """The type that a map names, without the module it is in."""
    for key in ("type", "__python_class__"):
        inside = place.entry(key)
        if inside is not None and isinstance(inside.node, Word):
            return inside.node.text.rpartition(".")[2]
    return ""


def fill(sheet: Sheet, place: Place, issues: Sequence[Issue], notes: list[str]) -> None:
    """Put what a utility function says into a sheet; faults are noted at their places."""
    kind = kind_of(place)
    if kind in _ADDITIVE:
        _additive(sheet, place, issues, notes)
    elif kind in _AFFINE:
        _affine(sheet, place, issues, notes)
    elif kind in _RECTANGLES:
        _rectangles(sheet, place, issues)
    else:
        known = ", ".join((_ADDITIVE[0], *_AFFINE, *_RECTANGLES))
        place.fault(f"Utility functions of the type {quoted(kind)} are not read. Types: {known}.")


def _additive(sheet: Sheet, place: Place, issues: Sequence[Issue], notes: list[str]) -> None:
    weights = _per_issue(place, "weights", issues)
    for issue in issues:
        # Without weights, NegMAS counts each issue once.
        at = weights.get(issue.id)
        sheet.weights[issue.id] = Fraction(1) if at is None else at.number() or Fraction(0)
    values = _per_issue(place, "values", issues)
    for issue in issues:
        if issue.id in values:
            sheet.scores[issue.id] = _scores(issue, values[issue.id])
        else:
            place.fault(f"'values' say nothing of {quoted(issue.id)}.")
    constant = _bias(place)
    if any(not scores for scores in sheet.scores.values()) or not sheet.scores:
        return
    if constant or any(weight < 0 for weight in sheet.weights.values()):
        _separate(sheet, constant)
        notes.append(
            f"{sheet.file} has a bias or negative weights. Weights and scores were rewritten so "
            "that the utilities are the same and no weight is negative."
        )
    else:
        notes.extend(weights_note(sheet))


def _affine(sheet: Sheet, place: Place, issues: Sequence[Issue], notes: list[str]) -> None:
    """``bias`` plus the sum of weight times the number of each issue."""
    weights = _per_issue(place, "weights", issues)
    for issue in issues:
        at = weights.get(issue.id)
        sheet.weights[issue.id] = Fraction(1) if at is None else at.number() or Fraction(0)
        numbers = values_of(issue)
        if len(numbers) < len(issue.options):
            place.fault(f"{quoted(issue.id)} has named values. This function needs numbers.")
            return
        sheet.scores[issue.id] = numbers
    _separate(sheet, _bias(place))
    notes.append(
        f"{sheet.file} weighs the numbers themselves. Weights and scores were rewritten so that "
        "the utilities are the same and a weight says how much its issue can change."
    )


def _separate(sheet: Sheet, constant: Fraction) -> None:
    contributions = {
        issue: {option: sheet.weights[issue] * score for option, score in scores.items()}
        for issue, scores in sheet.scores.items()
    }
    sheet.weights, sheet.scores = separated(contributions, constant)


def _bias(place: Place) -> Fraction:
    inside = place.entry("bias")
    if inside is None or inside.is_empty:
        return Fraction(0)
    return inside.number("the bias") or Fraction(0)


def _per_issue(place: Place, key: str, issues: Sequence[Issue]) -> dict[str, Place]:
    """Issue id → its part of a list in the order of the issues, or of a map by name."""
    inside = place.entry(key)
    if inside is None or inside.is_empty:
        return {}
    if isinstance(inside.node, Items):
        items = inside.items()
        if len(items) != len(issues):
            inside.fault(f"There are {len(issues)} issues and {len(items)} entries here.")
            return {}
        return {issue.id: item for issue, item in zip(issues, items, strict=True)}
    names = Spellings(issue.id for issue in issues)
    found = {}
    for name, at in inside.entries("a list or a map, one entry for each issue"):
        issue = names.find(name)
        if issue is None:
            at.fault(f"{quoted(name)} is not an issue.")
        else:
            found[issue] = at
    return found


def _scores(issue: Issue, place: Place) -> dict[str, Fraction]:
    """The value of each option; empty after a fault."""
    kind = kind_of(place)
    table = place.entry("mapping")
    if table is not None or (kind == "" and isinstance(place.node, Entries)):
        return _table(issue, table or place)
    functions: Mapping[str, Callable[[Place], tuple[Fraction, ...]]] = {
        "AffineFun": lambda at: (_part(at, "bias", "0"), _part(at, "slope")),
        "LinearFun": lambda at: (_part(at, "bias", "0"), _part(at, "slope")),
        "IdentityFun": lambda _: (Fraction(0), Fraction(1)),
        "ConstFun": lambda at: (_part(at, "bias"), Fraction(0)),
        "QuadraticFun": lambda at: (_part(at, "bias", "0"), _part(at, "a1"), _part(at, "a2")),
    }
    if kind not in functions:
        known = ", ".join(("TableFun", *functions))
        place.fault(f"Value functions of the type {quoted(kind)} are not read. Types: {known}.")
        return {}
    coefficients = functions[kind](place)
    numbers = values_of(issue)
    if len(numbers) < len(issue.options):
        if kind == "ConstFun":
            return {option.id: coefficients[0] for option in issue.options}
        place.fault(f"{quoted(issue.id)} has named values. This function needs numbers.")
        return {}
    return {
        option: sum((c * value**k for k, c in enumerate(coefficients)), Fraction(0))
        for option, value in numbers.items()
    }


def _part(place: Place, key: str, default: str = "") -> Fraction:
    """A coefficient of a value function; 0 after a fault."""
    inside = place.entry(key)
    if inside is None or inside.is_empty:
        if not default:
            place.fault(f"'{key}' is missing.")
        return value_of(default) or Fraction(0)
    return inside.number("a number") or Fraction(0)


def _table(issue: Issue, place: Place) -> dict[str, Fraction]:
    options = Spellings(option.id for option in issue.options)
    scores: dict[str, Fraction] = {}
    for key, at in place.entries("a map from values to utilities"):
        option, value = options.find(key), at.number("a utility")
        if option is None:
            at.fault(f"{quoted(key)} is not a value of {quoted(issue.id)}.")
        elif value is not None:
            scores[option] = value
    missing = [option.id for option in issue.options if option.id not in scores]
    if missing:
        place.fault(
            f"{quoted(missing[0])} of {quoted(issue.id)} has no utility"
            + (f", and {len(missing) - 1} more have none." if len(missing) > 1 else ".")
        )
        return {}
    return scores


def _rectangles(sheet: Sheet, place: Place, issues: Sequence[Issue]) -> None:
    """Points for outcomes within ranges, each a map from issues to the values that count."""
    sheet.weights = {issue.id: Fraction(0) for issue in issues}
    lists = {key: _list(place, key) for key in ("outcome_ranges", "utilities", "weights")}
    ranges, points, weights = lists.values()
    if len(ranges) != len(points) or (weights and len(weights) != len(points)):
        place.fault(
            f"There are {len(ranges)} outcome_ranges, {len(points)} utilities and "
            f"{len(weights)} weights. Each range has one of each."
        )
        return
    for k, (where, at) in enumerate(zip(ranges, points, strict=True)):
        add = at.number("the points of this range")
        factor = weights[k].number("a weight") if weights else Fraction(1)
        when = _condition(where, issues)
        if add is not None and factor is not None and when is not None:
            sheet.interactions.append(Interaction(when=when, add=add * factor))
    if constant := _bias(place):
        sheet.interactions.append(Interaction(when=Condition({}), add=constant))


def _list(place: Place, key: str) -> list[Place]:
    inside = place.entry(key)
    return [] if inside is None or inside.is_empty else inside.items()


def _condition(place: Place, issues: Sequence[Issue]) -> Condition | None:
    """The outcomes within a range; ``None`` after a fault, or if there are none."""
    if place.is_empty:
        return Condition({})
    options: dict[str, frozenset[str]] = {}
    for key, at in place.entries("a map from issues to values"):
        issue = _issue(key, issues)
        if issue is None:
            at.fault(f"{quoted(key)} is neither an issue nor the number of one, from 0.")
            return None
        allowed = _allowed(issue, at)
        if allowed is None or not allowed:
            return None
        if len(allowed) < len(issue.options):
            options[issue.id] = allowed
    return Condition(options)


def _issue(key: str, issues: Sequence[Issue]) -> Issue | None:
    """The issue of this name, or with this number, counted from 0."""
    by_name = {issue.id: issue for issue in issues}
    name = Spellings(by_name).find(key)
    if name is not None:
        return by_name[name]
    is_number = key.isascii() and key.isdigit() and len(key) <= 6
    return issues[int(key)] if is_number and int(key) < len(issues) else None


def _allowed(issue: Issue, place: Place) -> frozenset[str] | None:
    """One value, a list of them, or, for numbers, two ends, both of which count."""
    names = Spellings(option.id for option in issue.options)
    items = [place] if isinstance(place.node, Word) else place.items()
    numbers = values_of(issue)
    if len(items) == 2 and len(numbers) == len(issue.options):
        low, high = (item.number() for item in items)
        if low is None or high is None:
            return None
        return frozenset(option for option, value in numbers.items() if low <= value <= high)
    found = set()
    for item in items:
        option = names.find(item.text())
        if option is None:
            item.fault(f"{quoted(item.text())} is not a value of {quoted(issue.id)}.")
        else:
            found.add(option)
    return frozenset(found)
