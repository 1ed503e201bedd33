"""Writing of NegMAS scenario folders."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from goodoffices.case.formats.jsontext import Literal
from goodoffices.case.formats.leftovers import (
    Decimals,
    Exported,
    Side,
    domain_file,
    left_out,
    sides,
)
from goodoffices.case.model import Case, Issue
from goodoffices.case.statements import Condition

Yaml: TypeAlias = "str | Literal | Sequence[Yaml] | Mapping[str | Literal, Yaml]"

# Characters that YAML asks to be escaped, beside those that JSON does.
_ESCAPED = re.compile("[\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")


def write(case: Case) -> Exported:
    """A case as the files of a NegMAS scenario folder.

    Raises
    ------
    CaseError
        No party has exact preferences.
    """
    notes: list[str] = []
    exported = sides(case, notes)
    decimals = Decimals()
    domain: dict[str | Literal, Yaml] = {
        "type": Literal("DiscreteCartesianOutcomeSpace"),
        "name": case.title,
        "issues": [_issue(issue, decimals) for issue in case.issues],
    }
    files = {domain_file(".yml", exported): _yaml(domain)}
    for side in exported:
        files[f"{side.party.id}.yml"] = _yaml(_profile(case, side, decimals))
        if side.sheet.interactions:
            notes.append(
                f"{side.party.id} has interactions, so its scores were written as ranges, too."
            )
    notes.extend(left_out(case, exported))
    return Exported(files=files, notes=[*notes, *decimals.notes()])


def _issue(issue: Issue, decimals: Decimals) -> Yaml:
    span = issue.range
    if span is not None and span.step == 1 and span.start.denominator == 1:
        kind, values = "ContiguousIssue", [span.start, span.stop]
    elif span is not None:
        kind, values = "DiscreteCardinalIssue", list(span.values())
    else:
        kind = "DiscreteOrdinalIssue" if issue.ordered else "CategoricalIssue"
        names = [option.id for option in issue.options]
        return {"type": Literal(kind), "name": issue.id, "values": names}
    numbers = [Literal(decimals.text(value)) for value in values]
    return {"type": Literal(kind), "name": issue.id, "values": numbers}


def _profile(case: Case, side: Side, decimals: Decimals) -> dict[str | Literal, Yaml]:
    reservation = side.reservation or Fraction(0)
    head: dict[str | Literal, Yaml] = {
        "name": str(side.party),
        "reserved_value": Literal(decimals.text(reservation)),
    }
    if side.sheet.interactions:
        return {**head, **_rectangles(case, side, decimals)}
    tables: list[Yaml] = []
    for issue in case.issues:
        scores: list[Yaml] = [Literal(decimals.text(score)) for score in side.scores(issue)]
        table = dict(zip(_values(issue, decimals), scores, strict=True))
        tables.append({"type": Literal("TableFun"), "mapping": table})
    return {
        **head,
        "type": Literal("LinearAdditiveUtilityFunction"),
        "weights": [Literal(decimals.text(side.weight(issue))) for issue in case.issues],
        "values": tables,
    }


def _values(issue: Issue, decimals: Decimals) -> list[str | Literal]:
    """The options as NegMAS names them: numbers are no text."""
    if issue.range is None:
        return [option.id for option in issue.options]
    return [Literal(decimals.text(value)) for value in issue.range.values()]


def _rectangles(case: Case, side: Side, decimals: Decimals) -> dict[str | Literal, Yaml]:
    """Everything as points for outcomes within ranges."""
    parts: list[tuple[Condition, Fraction]] = [
        (Condition({issue.id: frozenset((option.id,))}), side.weight(issue) * score)
        for issue in case.issues
        for option, score in zip(issue.options, side.scores(issue), strict=True)
        if side.weight(issue) * score
    ]
    for interaction in side.sheet.interactions:
        points = interaction.add / side.sheet.scale
        parts.append((interaction.when, points))
        if interaction.unless is not None:
            both = dict(interaction.when.options)
            for issue_id, allowed in interaction.unless.options.items():
                both[issue_id] = both.get(issue_id, allowed) & allowed
            parts.append((Condition(both), -points))
    ranges: list[Yaml] = []
    utilities: list[Yaml] = []
    for condition, points in parts:
        for where in _ranges(case, condition, decimals):
            ranges.append(where)
            utilities.append(Literal(decimals.text(points)))
    return {
        "type": Literal("HyperRectangleUtilityFunction"),
        "outcome_ranges": ranges,
        "utilities": utilities,
    }


def _ranges(
    case: Case, condition: Condition, decimals: Decimals
) -> Sequence[Mapping[str | Literal, Yaml]]:
    """A condition as maps from the numbers of issues to values."""
    found: list[dict[str | Literal, Yaml]] = [{}]
    for k, issue in enumerate(case.issues):
        if issue.id not in condition.options:
            continue
        allowed: list[Yaml] = [
            value
            for value, option in zip(_values(issue, decimals), issue.options, strict=True)
            if option.id in condition.options[issue.id]
        ]
        # NegMAS takes two numbers for the ends of a span, so two values make two ranges.
        parts = allowed if len(allowed) <= 2 else [allowed]
        found = [{**before, Literal(str(k)): part} for before in found for part in parts]
    return found


def _yaml(value: Mapping[str | Literal, Yaml]) -> str:
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Yaml) -> list[str]:
    """A map or a list in block style."""
    lines = []
    if isinstance(value, Mapping):
        for key, item in value.items():
            lines.extend(_entry(f"{_word(key)}:", item))
    elif not isinstance(value, str | Literal):
        for item in value:
            lines.extend(_entry("-", item))
    return lines


def _entry(head: str, item: Yaml) -> list[str]:
    if isinstance(item, str | Literal):
        return [f"{head} {_word(item)}"]
    if not item:
        return [f"{head} {'{}' if isinstance(item, Mapping) else '[]'}"]
    lines = _lines(item)
    if head == "-":
        return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
    return [head, *(f"  {line}" for line in lines)]


def _word(value: str | Literal) -> str:
    if isinstance(value, Literal):
        return value.text
    if re.fullmatch(r"[A-Za-z_]+", value) and value.lower() not in _RESERVED:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


# Words that some reader of YAML takes for something else than text.
_RESERVED = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null"))
