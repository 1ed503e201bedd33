"""Checks of what one party wants, taken alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from goodoffices.case.checking.advice import Advice
from goodoffices.case.model import Case, Issue, listed
from goodoffices.case.numbers import quoted, shown
from goodoffices.case.preferences import Preferences
from goodoffices.case.statements import Estimate
from goodoffices.case.words import condition_words

# Sums this close to the scale look the same as it when they are rounded.
_ALMOST = 10**6


def sums_of_weights(case: Case) -> Iterator[Advice]:
    """``case.W121``"""
    for sheet in case.preferences.values():
        low = sum((weight.low for weight in sheet.weights.values()), Fraction(0))
        high = sum((weight.high for weight in sheet.weights.values()), Fraction(0))
        is_whole = all(issue.id in sheet.weights for issue in case.issues)
        if low > sheet.scale or (is_whole and 0 < high < sheet.scale):
            yield Advice(
                "case.W121",
                f"preferences.{sheet.party}.weights",
                f"{sheet.party}'s weights {_sum(low, high, sheet.scale)}. "
                "Is one missing or mistyped?",
            )


def no_weights(case: Case) -> Iterator[Advice]:
    """``case.W122``"""
    for sheet in case.preferences.values():
        weights = sheet.weights.values()
        is_zero = len(weights) == len(case.issues) and all(w.high == 0 for w in weights)
        if is_zero and not sheet.interactions:
            yield Advice(
                "case.W122",
                f"preferences.{sheet.party}.weights",
                f"All weights of {sheet.party} are 0, so every agreement is worth the same to it. "
                "Is that meant?",
            )


def no_reservations(case: Case) -> Iterator[Advice]:
    """``case.W123``"""
    for sheet in case.preferences.values():
        if sheet.reservation is None:
            yield Advice(
                "case.W123",
                f"preferences.{sheet.party}.reservation",
                f"{sheet.party} states no reservation value, so 0 is taken for what it keeps "
                "without an agreement. What would it have?",
            )


def scores_off_the_scale(case: Case) -> Iterator[Advice]:
    """``case.W124``"""
    for sheet in case.preferences.values():
        for issue, scores in sheet.scores.items():
            off = [o for o, s in scores.items() if s.low < 0 or s.high > sheet.scale]
            if off:
                yield Advice(
                    "case.W124",
                    f"preferences.{sheet.party}.scores.{issue}",
                    f"{sheet.party}'s score of {listed([quoted(o) for o in off], 4)} lies outside "
                    f"0 to {shown(sheet.scale)}. Is it mistyped?",
                )


def gaps(case: Case) -> Iterator[Advice]:
    """``case.W125``"""
    for sheet in case.preferences.values():
        missing = [issue.id for issue in case.issues if issue.id not in sheet.weights]
        if sheet.weights and missing:
            yield _gap(sheet, "weights", f"weights leave out {_some(missing)}")
        for issue in case.issues:
            options = _unscored(sheet, issue)
            if options:
                path = f"scores.{issue.id}"
                yield _gap(sheet, path, f"scores of {quoted(issue.id)} leave out {_some(options)}")


def red_lines_crossed_today(case: Case) -> Iterator[Advice]:
    """``case.W128``"""
    if case.status_quo is None:
        return
    today = case.named(case.status_quo)
    for sheet in case.preferences.values():
        for line in sheet.red_lines:
            if line.never.holds(today):
                yield Advice(
                    "case.W128",
                    f"preferences.{sheet.party}.red_lines",
                    f"The status quo crosses a red line of {sheet.party} "
                    f"(never: {condition_words(case, line.never)}), so {sheet.party} would sign no "
                    "agreement that leaves this as it stands. Is that meant?",
                )


def reservations_below_today(case: Case) -> Iterator[Advice]:
    """``case.W129``"""
    if case.status_quo is None:
        return
    today = case.named(case.status_quo)
    for sheet in case.preferences.values():
        if sheet.reservation is None or sheet.reservation.value is None:
            continue
        kept, has = sheet.reservation.value, _worth(sheet, today)
        if kept.high < has.low:
            yield Advice(
                "case.W129",
                f"preferences.{sheet.party}.reservation",
                f"{sheet.party} would accept {_at_most(kept)}, and the status quo is worth "
                f"{_at_least(has)} to it, so it would accept less than it already has. "
                "Does it expect to lose some of that without an agreement?",
            )


def _worth(sheet: Preferences, named: Mapping[str, str]) -> Estimate:
    """What an outcome is worth to the party: between two numbers, whatever is not known.

    Rankings and comparisons could narrow this further.
    """
    anything = Estimate(Fraction(0), sheet.scale)
    low = high = sum((i.add for i in sheet.interactions if i.applies(named)), Fraction(0))
    for issue, option in named.items():
        weight = sheet.weights.get(issue, anything)
        score = sheet.scores.get(issue, {}).get(option, anything)
        products = [w * s for w in (weight.low, weight.high) for s in (score.low, score.high)]
        low += min(products) / sheet.scale
        high += max(products) / sheet.scale
    return Estimate(low, high)


def _at_most(value: Estimate) -> str:
    return f"{'' if value.is_exact else 'at most '}{_points(value.high)}"


def _at_least(value: Estimate) -> str:
    return f"{'' if value.is_exact else 'at least '}{_points(value.low)}"


def _points(value: Fraction) -> str:
    return f"{shown(value)} {'point' if value == 1 else 'points'}"


def _gap(sheet: Preferences, path: str, what: str) -> Advice:
    return Advice(
        "case.W125",
        f"preferences.{sheet.party}.{path}",
        f"{sheet.party}'s {what}, so answers allow for any number there. "
        "Was it forgotten, or is it not known?",
    )


def _unscored(sheet: Preferences, issue: Issue) -> list[str]:
    """The options without a score, where the sheet has exact weights or scores to go with it."""
    weight = sheet.weights.get(issue.id)
    scores = sheet.scores.get(issue.id, {})
    if weight is not None and weight.high == 0:
        return []
    if not scores and (weight is None or not sheet.scores):
        return []
    return [option.id for option in issue.options if option.id not in scores]


def _some(names: list[str]) -> str:
    return listed([quoted(name) for name in names], 4)


def _sum(low: Fraction, high: Fraction, scale: Fraction) -> str:
    if low != high:
        return f"add up to between {shown(low)} and {shown(high)}, not {shown(scale)}"
    if abs(low - scale) * _ALMOST < scale:
        verb = "exceed" if low > scale else "fall short of"
        return f"{verb} {shown(scale)} by {shown(abs(low - scale))}"
    return f"add up to {shown(low)}, not {shown(scale)}"
