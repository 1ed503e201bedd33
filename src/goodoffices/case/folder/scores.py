"""Reading of scores: an estimate for each option, or breakpoints along a range."""

from __future__ import annotations

from itertools import pairwise

from goodoffices.case.folder.place import Place
from goodoffices.case.folder.scope import Scope
from goodoffices.case.model import Issue
from goodoffices.case.numbers import quoted
from goodoffices.case.statements import Estimate


def scores(section: Place, scope: Scope) -> dict[str, dict[str, Estimate]]:
    """Issue → option → score. Along a range, scores are linear between the options given."""
    found = {}
    for issue, place in section.entries("a map from issues to scores"):
        if scope.is_issue(issue, place):
            given = _given(issue, place, scope)
            known = scope.known(issue)
            if known is not None and known.range is not None and given:
                given = _along(known, given, place, scope)
            found[issue] = given
    return found


def _given(issue: str, place: Place, scope: Scope) -> dict[str, Estimate]:
    given: dict[str, Estimate] = {}
    for text, inside in place.entries("a map from options to scores"):
        option = scope.option_named(issue, text, inside)
        score = scope.estimate(inside)
        if option in given:
            inside.fault(f"Option {quoted(option)} of {quoted(issue)} has a score already.")
        elif option is not None and score is not None:
            given[option] = score
    return given


def _along(
    issue: Issue, given: dict[str, Estimate], place: Place, scope: Scope
) -> dict[str, Estimate]:
    """Scores for every option of a range."""
    options = issue.options
    for end in (options[0].id, options[-1].id):
        if end not in given:
            place.fault(
                f"The score of {end} is missing. A range needs scores at both ends, "
                f"{options[0].id} and {options[-1].id}; between scores, it is linear."
            )
            return {}
    positions = scope.positions(issue)
    at = sorted(positions[option] for option in given)
    found = {}
    for first, last in pairwise(at):
        found.update(_between(issue, first, last, given))
    found[options[-1].id] = given[options[-1].id]
    return found


def _between(
    issue: Issue, first: int, last: int, given: dict[str, Estimate]
) -> dict[str, Estimate]:
    """Scores from one breakpoint up to the option before the next."""
    left, right = given[issue.options[first].id], given[issue.options[last].id]
    found = {issue.options[first].id: left}
    low, high = left.low, left.high
    low_step = (right.low - left.low) / (last - first)
    high_step = (right.high - left.high) / (last - first)
    for option in issue.options[first + 1 : last]:
        low += low_step
        high += high_step
        found[option.id] = Estimate(low, high)
    return found
