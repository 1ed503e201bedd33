"""Checks of comparisons of packages against the weights and scores beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from goodoffices.case.checking.advice import Advice
from goodoffices.case.model import Case
from goodoffices.case.numbers import shown
from goodoffices.case.preferences import Comparison, Interaction, Preferences
from goodoffices.case.statements import Estimate


def comparisons_against_numbers(case: Case) -> Iterator[Advice]:
    """``case.W127``"""
    for sheet in case.preferences.values():
        for number, comparison in enumerate(sheet.comparisons, 1):
            lead = _lead(sheet, comparison)
            if lead.high >= 0 and not (comparison.equal and lead.low > 0):
                continue
            first, second = _words(comparison.prefers), _words(comparison.to)
            said = "as good as" if comparison.equal else "at least as good as"
            than = "less" if lead.high < 0 else "more"
            ends = sorted({abs(lead.low), abs(lead.high)})
            yield Advice(
                "case.W127",
                f"preferences.{sheet.party}.comparisons[{number}]",
                f"{sheet.party} says that {first} is {said} {second}, but by its weights and "
                f"scores it is worth {' to '.join(map(shown, ends))} points {than}. Which holds?",
            )


def _words(package: Mapping[str, str]) -> str:
    return f"({', '.join(f'{issue}: {option}' for issue, option in package.items())})"


def _lead(sheet: Preferences, comparison: Comparison) -> Estimate:
    """By how many points the first package exceeds the second, as the numbers have it.

    It lies between these ends whatever is not known, and whatever is agreed on other issues.
    """
    anything = Estimate(Fraction(0), sheet.scale)
    low = high = Fraction(0)
    for issue, better in comparison.prefers.items():
        worse = comparison.to[issue]
        if better == worse:
            continue
        weight, scores = sheet.weights.get(issue, anything), sheet.scores.get(issue, {})
        one, other = scores.get(better, anything), scores.get(worse, anything)
        ends = [
            w * score / sheet.scale
            for w in (weight.low, weight.high)
            for score in (one.low - other.high, one.high - other.low)
        ]
        low += min(ends)
        high += max(ends)
    for interaction in sheet.interactions:
        least, most = _interaction_lead(interaction, comparison)
        low += least
        high += most
    return Estimate(low, high)


def _interaction_lead(
    interaction: Interaction, comparison: Comparison
) -> tuple[Fraction, Fraction]:
    """The least and the most that an interaction adds to the first package's lead."""
    conditions = [c for c in (interaction.when, interaction.unless) if c is not None]
    issues = {issue for condition in conditions for issue in condition.options}
    if not issues & comparison.prefers.keys():
        return Fraction(0), Fraction(0)
    if issues <= comparison.prefers.keys():
        lead = interaction.add * (
            interaction.applies(comparison.prefers) - interaction.applies(comparison.to)
        )
        return lead, lead
    return -abs(interaction.add), abs(interaction.add)
