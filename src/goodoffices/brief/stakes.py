"""What matters to whom: for each issue, the most each party could get, and by which option."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.case.model import Case, Issue
from goodoffices.case.words import amount, options_words
from goodoffices.settlement.problem import Problem


@dataclass(frozen=True, slots=True)
class Stake:
    """The most a party can get on an issue, and the options that give it."""

    points: str
    options: str


@dataclass(frozen=True, slots=True)
class StakeRow:
    """One issue, and each party's stake in it (``None`` where it has none)."""

    issue: str
    stakes: tuple[Stake | None, ...]


def stake_rows(case: Case, bargaining: Problem) -> list[StakeRow]:
    """One row for each issue, in the order of the case."""
    return [
        StakeRow(
            str(issue),
            tuple(
                _stake(case, bargaining, issue, number, party)
                for party in range(len(bargaining.parties))
            ),
        )
        for number, issue in enumerate(case.issues)
    ]


def _stake(case: Case, bargaining: Problem, issue: Issue, number: int, party: int) -> Stake | None:
    points = [row[party] for row in bargaining.tables[number]]
    best = max(points)
    if not best:
        return None
    winners = frozenset(
        option.id for option, p in zip(issue.options, points, strict=True) if p == best
    )
    scale = case.preferences[bargaining.parties[party]].scale
    return Stake(amount(best * bargaining.units[party], scale), options_words(issue, winners))
