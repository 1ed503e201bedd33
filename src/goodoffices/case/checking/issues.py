"""Checks of issues against what the parties want of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from goodoffices.case.checking.advice import Advice
from goodoffices.case.model import Case, Issue, listed
from goodoffices.case.numbers import quoted
from goodoffices.case.preferences import Preferences

# Every pair of options is compared; with more, nobody would look for one to leave out.
_MOST_COMPARED = 200


def settled_issues(case: Case) -> Iterator[Advice]:
    """``case.W111``"""
    for issue, wanted in _wanted(case):
        if wanted:
            names = " or ".join(quoted(o.id) for o in issue.options if o.id in wanted)
            yield Advice(
                "case.W111",
                f"issues.{issue.id}",
                f"No party wants another option more than {names}. Is the issue still in dispute?",
            )


def weightless_issues(case: Case) -> Iterator[Advice]:
    """``case.W112``"""
    sheets = _sheets(case)
    for issue in case.issues:
        if sheets and all(_is_indifferent(sheet, issue) for sheet in sheets):
            yield Advice(
                "case.W112",
                f"issues.{issue.id}",
                f"No party gives {quoted(issue.id)} any weight. Does it belong in the case?",
            )


def unwanted_options(case: Case) -> Iterator[Advice]:
    """``case.W113``"""
    settled = {issue.id for issue, wanted in _wanted(case) if wanted}
    for issue in case.issues:
        is_long = issue.range is not None or len(issue.options) > _MOST_COMPARED
        if issue.id in settled or is_long or _is_restricted(case, issue):
            continue
        columns = _columns(case, issue)
        unwanted = _dominated(issue, columns) if len(columns) > 1 else []
        if unwanted:
            yield Advice(
                "case.W113",
                f"issues.{issue.id}.options",
                f"Nobody would miss {listed([quoted(o) for o in unwanted], 4)}: another option is "
                "at least as good for every party and better for one. Is it still needed?",
            )


def _sheets(case: Case) -> list[Preferences]:
    """The sheets of all who must consent; empty if one is missing."""
    ids = [party.id for party in case.deciders]
    if not all(party in case.preferences for party in ids):
        return []
    return [case.preferences[party] for party in ids]


def _columns(case: Case, issue: Issue) -> list[dict[str, Fraction]]:
    """How each party orders the options; empty if that is not all known exactly.

    With an interaction on the issue, what is best there depends on the other issues.
    """
    sheets = _sheets(case)
    if any(_is_in_interactions(sheet, issue) for sheet in sheets):
        return []
    columns = [_values(sheet, issue) for sheet in sheets]
    known = [column for column in columns if column is not None]
    return known if len(known) == len(columns) else []


def _wanted(case: Case) -> Iterator[tuple[Issue, frozenset[str]]]:
    """Every issue, with the options that are best for all parties, one of whom cares."""
    for issue in case.issues:
        columns = _columns(case, issue)
        common = frozenset(option.id for option in issue.options)
        for column in columns:
            common &= _tops(column)
        is_cared_for = any(len(set(column.values())) > 1 for column in columns)
        yield issue, common if len(columns) > 1 and is_cared_for else frozenset()


def _values(sheet: Preferences, issue: Issue) -> dict[str, Fraction] | None:
    """How the party orders the options: a number for each; ``None`` if not known exactly."""
    if _is_indifferent(sheet, issue):
        return {option.id: Fraction(0) for option in issue.options}
    scores = sheet.scores.get(issue.id, {})
    if not all(option.id in scores and scores[option.id].is_exact for option in issue.options):
        return None
    return {option.id: scores[option.id].low for option in issue.options}


def _tops(column: Mapping[str, Fraction]) -> frozenset[str]:
    highest = max(column.values())
    return frozenset(option for option, value in column.items() if value == highest)


def _dominated(issue: Issue, columns: Sequence[Mapping[str, Fraction]]) -> list[str]:
    """Options to which another is preferred by somebody, and by nobody the other way."""
    rows = {option.id: [column[option.id] for column in columns] for option in issue.options}
    return [
        option
        for option, row in rows.items()
        if any(
            other != row and all(b >= a for a, b in zip(row, other, strict=True))
            for other in rows.values()
        )
    ]


def _is_indifferent(sheet: Preferences, issue: Issue) -> bool:
    """Whether the issue cannot matter to the party."""
    weight = sheet.weights.get(issue.id)
    has_no_weight = weight is not None and weight.low == weight.high == 0
    return has_no_weight and not _is_in_interactions(sheet, issue)


def _is_in_interactions(sheet: Preferences, issue: Issue) -> bool:
    return any(
        issue.id in condition.options
        for interaction in sheet.interactions
        for condition in (interaction.when, interaction.unless)
        if condition is not None
    )


def _is_restricted(case: Case, issue: Issue) -> bool:
    """Whether a constraint or a red line speaks of the issue."""
    constraints = [c for rule in case.constraints for c in (rule.forbid, rule.unless) if c]
    lines = [line.never for sheet in case.preferences.values() for line in sheet.red_lines]
    return any(issue.id in condition.options for condition in (*constraints, *lines))
