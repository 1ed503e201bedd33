"""A case as nested words, lists and maps, in the one order in which it is written.

Two cases have the same trees exactly if they are equal, as far as a folder can say it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from goodoffices.case.model import Case, Constraint, Issue, Option, Party, Range, Role
from goodoffices.case.numbers import number_text
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

Tree: TypeAlias = "str | bool | Sequence[Tree] | Mapping[str, Tree]"

Statement: TypeAlias = (
    Constraint
    | Estimate
    | Interaction
    | Reservation
    | RedLine
    | IssueRanking
    | OptionRanking
    | Comparison
)
"""What may say why, and what it rests on."""

_SHORTEST_SPAN = 3


def case_tree(case: Case) -> dict[str, Tree]:
    """What ``case.yaml`` says."""
    issues = {issue.id: issue for issue in case.issues}
    tree: dict[str, Tree] = {"title": case.title}
    tree |= _texts(about=case.about)
    tree["parties"] = [_bare(_party(party)) for party in case.parties]
    tree["issues"] = [_issue(issue) for issue in case.issues]
    if case.constraints:
        tree["constraints"] = [_constraint(c, issues) for c in case.constraints]
    if case.status_quo is not None:
        tree["status_quo"] = case.named(case.status_quo)
    if case.sources:
        keys = ("title", "publisher", "date", "url", "note")
        tree["sources"] = [
            {"id": source.id, **_texts(**{key: getattr(source, key) for key in keys})}
            for source in case.sources
        ]
    return tree


def sheet_tree(case: Case, sheet: Preferences) -> dict[str, Tree]:
    """What ``preferences/<party>.yaml`` says."""
    issues = {issue.id: issue for issue in case.issues}
    tree: dict[str, Tree] = {"party": sheet.party}
    if sheet.scale != 100:
        tree["scale"] = number_text(sheet.scale)
    sections: dict[str, Tree] = {
        "weights": {issue: _estimate(e) for issue, e in sheet.weights.items()},
        "scores": {i: _scores(issues.get(i), scores) for i, scores in sheet.scores.items()},
        "interactions": [_interaction(i, issues) for i in sheet.interactions],
        "reservation": _reservation(sheet.reservation) if sheet.reservation else "",
        "red_lines": [_red_line(line, issues) for line in sheet.red_lines],
        "rankings": [
            *({"issues": _order(r.order), **_grounds(r)} for r in sheet.issue_rankings),
            *(
                {"issue": r.issue, "options": _order(r.order), **_grounds(r)}
                for r in sheet.option_rankings
            ),
        ],
        "comparisons": [_comparison(c) for c in sheet.comparisons],
    }
    tree |= {name: section for name, section in sections.items() if section}
    return tree | _texts(about=sheet.about) | _sources(sheet.sources)


def _texts(**texts: str) -> dict[str, Tree]:
    return {key: text for key, text in texts.items() if text}


def _sources(sources: Sequence[Citation]) -> dict[str, Tree]:
    if not sources:
        return {}
    return {
        "sources": [
            {"source": c.source, "words": c.words} if c.words else c.source for c in sources
        ]
    }


def _grounds(statement: Statement) -> dict[str, Tree]:
    """Why it is said, and what it rests on."""
    return _texts(why=statement.why) | _sources(statement.sources)


def _bare(tree: dict[str, Tree]) -> Tree:
    """A thing of which nothing but its id is said, as that id."""
    return tree["id"] if len(tree) == 1 else tree


def _party(party: Party) -> dict[str, Tree]:
    role = "" if party.role is Role.PRINCIPAL else str(party.role)
    described = _texts(name=party.name, role=role, about=party.about)
    return {"id": party.id, **described, **_sources(party.sources)}


def _issue(issue: Issue) -> dict[str, Tree]:
    tree: dict[str, Tree] = {"id": issue.id, **_texts(name=issue.name, about=issue.about)}
    if issue.range is not None:
        tree["range"] = _range(issue.range)
    else:
        tree |= {"ordered": True} if issue.ordered else {}
        tree["options"] = [_bare(_option(option)) for option in issue.options]
    return tree | _sources(issue.sources)


def _range(steps: Range) -> dict[str, Tree]:
    ends = {"from": steps.start, "to": steps.stop, "step": steps.step}
    return {**{key: number_text(value) for key, value in ends.items()}, **_texts(unit=steps.unit)}


def _option(option: Option) -> dict[str, Tree]:
    described = _texts(name=option.name, about=option.about)
    return {"id": option.id, **described, **_sources(option.sources)}


def _constraint(constraint: Constraint, issues: Mapping[str, Issue]) -> dict[str, Tree]:
    tree: dict[str, Tree] = {"id": constraint.id}
    forbid = _condition(constraint.forbid, issues)
    if constraint.unless is None:
        tree["forbid"] = forbid
    elif constraint.forbid.options:
        tree |= {"forbid": forbid, "unless": _condition(constraint.unless, issues)}
    else:
        tree["require"] = _condition(constraint.unless, issues)
    return tree | _grounds(constraint)


def _condition(condition: Condition, issues: Mapping[str, Issue]) -> dict[str, Tree]:
    return {
        name: _some_options(options, issues.get(name))
        for name, options in condition.options.items()
    }


def _some_options(options: frozenset[str], issue: Issue | None) -> Tree:
    """One option, a list in the order of the issue, or the span of a range."""
    if len(options) == 1 or issue is None:
        return sorted(options) if len(options) != 1 else next(iter(options))
    at = [k for k, option in enumerate(issue.options) if option.id in options]
    named = [issue.options[k].id for k in at]
    is_span = len(at) >= _SHORTEST_SPAN and at[-1] - at[0] == len(at) - 1
    if issue.range is not None and is_span and len(named) == len(options):
        return {"from": named[0], "to": named[-1]}
    return named + sorted(options - set(named))


def _number(value: Estimate) -> Tree:
    if value.is_exact:
        return number_text(value.low)
    return [number_text(value.low), number_text(value.high)]


def _estimate(value: Estimate) -> Tree:
    grounds = _grounds(value)
    return {"value": _number(value), **grounds} if grounds else _number(value)


def _scores(issue: Issue | None, scores: Mapping[str, Estimate]) -> dict[str, Tree]:
    if issue is None or issue.range is None:
        return {option: _estimate(score) for option, score in scores.items()}
    options = [option.id for option in issue.options if option.id in scores]
    return {o: _estimate(scores[o]) for o in _breakpoints([(o, scores[o]) for o in options])}


def _breakpoints(scores: Sequence[tuple[str, Estimate]]) -> list[str]:
    """The options between which a line gives all the others."""
    kept = []
    for k, (option, score) in enumerate(scores):
        is_end = k in (0, len(scores) - 1)
        if is_end or _grounds(score) or _bends(*(scores[j][1] for j in (k - 1, k, k + 1))):
            kept.append(option)
    return kept


def _bends(left: Estimate, middle: Estimate, right: Estimate) -> bool:
    return (
        middle.low - left.low != right.low - middle.low
        or middle.high - left.high != right.high - middle.high
    )


def _interaction(interaction: Interaction, issues: Mapping[str, Issue]) -> dict[str, Tree]:
    tree: dict[str, Tree] = {}
    if interaction.when.options:
        tree["when"] = _condition(interaction.when, issues)
    if interaction.unless is not None:
        tree["unless"] = _condition(interaction.unless, issues)
    tree["add"] = number_text(interaction.add)
    return tree | _grounds(interaction)


def _reservation(reservation: Reservation) -> Tree:
    value: Tree = "status quo" if reservation.value is None else _number(reservation.value)
    rest: dict[str, Tree] = {}
    if reservation.per_month != Fraction(0):
        rest["per_month"] = number_text(reservation.per_month)
    rest |= _grounds(reservation)
    return {"value": value, **rest} if rest else value


def _red_line(line: RedLine, issues: Mapping[str, Issue]) -> dict[str, Tree]:
    return {"never": _condition(line.never, issues), **_grounds(line)}


def _order(order: Sequence[Sequence[str]]) -> list[Tree]:
    return [group[0] if len(group) == 1 else list(group) for group in order]


def _comparison(comparison: Comparison) -> dict[str, Tree]:
    one, other = dict(comparison.prefers), dict(comparison.to)
    tree: dict[str, Tree] = (
        {"equal": [one, other]} if comparison.equal else {"prefers": one, "to": other}
    )
    return tree | _grounds(comparison)
