"""Checks of a case that need the engines: whether the questions that follow can be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from goodoffices.case.checks import Advice
from goodoffices.case.model import Case
from goodoffices.case.numbers import shown
from goodoffices.case.preferences import Preferences
from goodoffices.errors import SettlementError
from goodoffices.settlement.blocks import TooWide, is_listable, shifted
from goodoffices.settlement.partial.preference_set import preference_set
from goodoffices.settlement.problem import problem

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "settlement.W201": "What a party says cannot all hold, so no answer can be given.",
        "settlement.W202": "A party's numbers are too large or too fine to be added exactly.",
    }
)
"""Every kind of advice by its id, which stays the same from version to version."""


def checks(case: Case) -> tuple[Advice, ...]:
    """What would keep ``solve`` and its like from answering, although the case is valid.

    Examples
    --------
    >>> from goodoffices.case import read
    >>> checks(read("examples/aral"))
    ()
    """
    sheets = [case.preferences[p.id] for p in case.deciders if p.id in case.preferences]
    if len(sheets) < len(case.deciders):
        return ()
    options = {issue.id: tuple(option.id for option in issue.options) for issue in case.issues}
    if any(sheet.unknowns(options) for sheet in sheets):
        return tuple(_contradictions(case, sheets))
    return tuple(_sizes(case))


def _contradictions(case: Case, sheets: list[Preferences]) -> Iterator[Advice]:
    """``settlement.W201``"""
    for sheet in sheets:
        try:
            preference_set(case, sheet.party)
        except SettlementError as error:
            yield Advice("settlement.W201", f"preferences.{sheet.party}", str(error))


def _sizes(case: Case) -> Iterator[Advice]:
    """``settlement.W202``"""
    bargaining = problem(case)
    if not is_listable(bargaining):
        return
    try:
        shifted(bargaining)
    except TooWide as error:
        sheet = case.preferences[error.party]
        path, value = _most_extreme(sheet)
        yield Advice(
            "settlement.W202",
            f"preferences.{sheet.party}.{path}",
            f"{error} Of its numbers, {shown(value)} stands out. Is it mistyped?",
        )


def _most_extreme(sheet: Preferences) -> tuple[str, Fraction]:
    """The number of a sheet that takes the most digits, and where it stands."""
    numbers = [
        *((f"weights.{issue}", weight.low) for issue, weight in sheet.weights.items()),
        *(
            (f"scores.{issue}.{option}", score.low)
            for issue, scores in sheet.scores.items()
            for option, score in scores.items()
        ),
        *((f"interactions[{k}]", i.add) for k, i in enumerate(sheet.interactions, 1)),
    ]
    return max(
        numbers, key=lambda row: row[1].numerator.bit_length() + row[1].denominator.bit_length()
    )
