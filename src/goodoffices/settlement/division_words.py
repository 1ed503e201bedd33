"""A division in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from goodoffices.case.model import Case
from goodoffices.case.words import amount, option_name, percent, sentence_list
from goodoffices.settlement.division import DividedIssue, Division


def explain(division: Division, case: Case) -> tuple[str, ...]:
    """What adjusted winner gives to whom, one sentence or two for each finding."""
    return tuple(_sentences(division, case))


def _sentences(division: Division, case: Case) -> Iterator[str]:
    names = [str(case.party(party)) for party in division.parties]
    for party, share in ((0, 1), (1, 0)):
        won = [_won(case, issue, party) for issue in division.divided if issue.share == share]
        if won:
            yield f"{names[party]} prevails on {sentence_list(won)}."
    for issue in division.divided:
        if issue.issue == division.split:
            yield (
                f"On {case.issue(issue.issue)} both prevail in part: {names[0]} by "
                f"{_part(issue.share)} ({_option(case, issue, 0)}), {names[1]} by "
                f"{_part(1 - issue.share)} ({_option(case, issue, 1)})."
            )
    for name, option in division.agreed:
        yield f"On {case.issue(name)} both want the same: {option_name(case.issue(name), option)}."
    if division.divided:
        yield (
            f"Each then has {amount(division.totals[0])} of its 100 points. Neither would rather "
            "have the other's part, and no other division gives one of them more and the other "
            "no less."
        )
    else:
        yield "There is nothing to divide."


def _part(share: Fraction) -> str:
    return str(share) if share.denominator < 100 else percent(share)


def _won(case: Case, issue: DividedIssue, party: int) -> str:
    return f"{case.issue(issue.issue)} ({_option(case, issue, party)})"


def _option(case: Case, issue: DividedIssue, party: int) -> str:
    return option_name(case.issue(issue.issue), issue.options[party])
