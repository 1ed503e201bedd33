"""Small cases with partial preferences, and the plainest possible ways to answer for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random

from goodoffices.case.model import Case, Issue, Option, Outcome, Party
from goodoffices.case.preferences import (
    Comparison,
    IssueRanking,
    OptionRanking,
    Preferences,
    RedLine,
    Reservation,
)
from goodoffices.case.statements import Condition, Estimate
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.polytope import Polytope

Numbers = Mapping[str, Mapping[str, int]]


def estimate(low: int | Fraction, high: int | Fraction | None = None) -> Estimate:
    """An exact number, or an interval."""
    return Estimate(Fraction(low), Fraction(low if high is None else high))


def issue(name: str, *options: str) -> Issue:
    return Issue(id=name, options=tuple(Option(id=option) for option in options))


def case_of(
    issues: Sequence[Issue],
    *sheets: Preferences,
    status_quo: Outcome | None = None,
) -> Case:
    return Case(
        title="a small case",
        parties=tuple(Party(id=sheet.party) for sheet in sheets),
        issues=tuple(issues),
        status_quo=status_quo,
        preferences={sheet.party: sheet for sheet in sheets},
    )


def exact_sheet(party: str, weights: Mapping[str, int], scores: Numbers, kept: int) -> Preferences:
    """Preferences in whole numbers."""
    return Preferences(
        party=party,
        weights={issue_id: estimate(weight) for issue_id, weight in weights.items()},
        scores={
            issue_id: {option: estimate(score) for option, score in of_issue.items()}
            for issue_id, of_issue in scores.items()
        },
        reservation=Reservation(value=estimate(kept)),
    )


def one_number_sheet(
    party: str, between: tuple[int, int], scores: Numbers, kept: int
) -> Preferences:
    """Two issues with exact scores, and a weight of the first that is known to lie between two
    numbers: one number is all that is unknown."""
    first, _ = scores
    sheet = exact_sheet(party, {}, scores, kept)
    return replace(sheet, weights={first: estimate(*between)})


def random_issues(rng: Random, count: int, options: int) -> tuple[Issue, ...]:
    return tuple(
        issue(f"i{k}", *(f"{k}{letter}" for letter in "abcd"[: rng.randint(2, options)]))
        for k in range(count)
    )


def hidden_sheet(rng: Random, party: str, issues: Sequence[Issue]) -> Preferences:
    """Exact preferences; on every issue the best option scores 100 and the worst 0."""
    cuts = sorted(rng.randint(0, 20) for _ in issues[1:])
    weights = [5 * (high - low) for low, high in pairwise([0, *cuts, 20])]
    scores = {}
    for one in issues:
        numbers = [0, 100] + [rng.randrange(0, 101, 25) for _ in one.options[2:]]
        rng.shuffle(numbers)
        scores[one.id] = {o.id: n for o, n in zip(one.options, numbers, strict=True)}
    by_issue = {one.id: weight for one, weight in zip(issues, weights, strict=True)}
    return exact_sheet(party, by_issue, scores, kept=rng.choice([0, 25, 40, 60]))


def utility(sheet: Preferences, case: Case, outcome: Outcome) -> Fraction:
    return sheet.utility(case.named(outcome))


Statement = Comparison | IssueRanking | OptionRanking | tuple[str, Estimate]
"""A ranking or comparison, or a weight and what is said of it."""


def true_statements(rng: Random, hidden: Preferences, issues: Sequence[Issue]) -> list[Statement]:
    """Statements that hold of hidden preferences, in random order."""
    said: list[Statement] = []
    for one, other in combinations(issues, 2):
        pair = sorted((one.id, other.id), key=lambda i: -hidden.weights[i].low)
        if hidden.weights[pair[0]].low > hidden.weights[pair[1]].low:
            said.append(IssueRanking(order=((pair[0],), (pair[1],))))
        else:
            said.append(IssueRanking(order=(tuple(pair),)))
        # One exchange on two issues, whichever way it is preferred.
        packages = [
            {i.id: rng.choice(i.options).id for i in (one, other)},
            {i.id: rng.choice(i.options).id for i in (one, other)},
        ]
        worth = [_partial_utility(hidden, package) for package in packages]
        better = 0 if worth[0] >= worth[1] else 1
        said.append(
            Comparison(
                prefers=packages[better], to=packages[1 - better], equal=worth[0] == worth[1]
            )
        )
    for one in issues:
        scores = {o.id: hidden.scores[one.id][o.id].low for o in one.options}
        groups = [
            tuple(option for option, score in scores.items() if score == level)
            for level in sorted(set(scores.values()), reverse=True)
        ]
        said.append(OptionRanking(issue=one.id, order=tuple(groups)))
        weight = hidden.weights[one.id].low
        said.append((one.id, estimate(max(weight - rng.randint(0, 9), Fraction(0)), weight + 7)))
    rng.shuffle(said)
    return said


def _partial_utility(sheet: Preferences, named: Mapping[str, str]) -> Fraction:
    return sum(
        (sheet.weights[i].low * sheet.scores[i][o].low / sheet.scale for i, o in named.items()),
        Fraction(0),
    )


def sheet_saying(hidden: Preferences, said: Sequence[Statement]) -> Preferences:
    """A sheet with these statements, and the hidden reservation value."""
    return Preferences(
        party=hidden.party,
        weights={one[0]: one[1] for one in said if isinstance(one, tuple)},
        scores={},
        reservation=hidden.reservation,
        issue_rankings=tuple(one for one in said if isinstance(one, IssueRanking)),
        option_rankings=tuple(one for one in said if isinstance(one, OptionRanking)),
        comparisons=tuple(one for one in said if isinstance(one, Comparison)),
    )


def red_line(**never: str) -> RedLine:
    return RedLine(never=Condition({i: frozenset({o}) for i, o in never.items()}))


def vertices(polytope: Polytope) -> list[list[Fraction]]:
    """All vertices, by trying every choice of as many rows as there are dimensions; exact."""
    own = [Linear({k: Fraction(1)}) for k in range(polytope.dimension)]
    found = []
    for rows in combinations([*polytope.rows, *own], polytope.dimension):
        point = _crossing(rows, polytope.dimension)
        if point is not None and polytope.holds(point) and point not in found:
            found.append(point)
    return found


def _crossing(rows: Sequence[Linear], dimension: int) -> list[Fraction] | None:
    """The point at which all rows are 0, if there is just one: Gauss–Jordan elimination."""
    table = [
        [row.terms.get(k, Fraction(0)) for k in range(dimension)] + [-row.constant] for row in rows
    ]
    for k in range(dimension):
        pivot = next((r for r in range(k, dimension) if table[r][k]), None)
        if pivot is None:
            return None
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [entry / table[k][k] for entry in table[k]]
        for r in range(dimension):
            if r != k and table[r][k]:
                factor = table[r][k]
                table[r] = [a - factor * b for a, b in zip(table[r], table[k], strict=True)]
    return [row[-1] for row in table]
