"""All preferences that agree with what a party has said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from goodoffices.case.model import Case
from goodoffices.case.preferences import Preferences
from goodoffices.errors import SettlementError
from goodoffices.settlement.partial.linear import Linear, constant, total
from goodoffices.settlement.partial.polytope import Polytope
from goodoffices.settlement.partial.region import Region, region
from goodoffices.settlement.partial.statements import POINTS, Sheet, Statement, sheet_of
from goodoffices.settlement.problem import Box, Choice, box_of, intersection, is_inside


@dataclass(frozen=True)
class PreferenceSet:
    """Every way to value outcomes that agrees with one party's statements, in points out of 100.

    Attributes
    ----------
    polytope
        One point of it is one way to value everything; 0-dimensional for exact preferences.
    weights, values
        ``weights[issue]`` and ``values[issue][option]``: points, as expressions on the polytope.
    terms
        Interactions: points, and the choices that gain them.
    reservation
        Points the party keeps without agreement.
    unit
        Points on the party's own scale that make one point here.
    conventions
        How what the party left unsaid was read, in words.
    """

    party: str
    polytope: Polytope
    weights: tuple[Linear, ...]
    values: tuple[tuple[Linear, ...], ...]
    terms: tuple[tuple[Fraction, Box], ...]
    reservation: Linear
    unit: Fraction
    conventions: tuple[str, ...]

    def utility(self, choice: Choice) -> Linear:
        """What a choice is worth."""
        bonus = sum((add for add, box in self.terms if is_inside(choice, box)), Fraction(0))
        parts = [row[option] for row, option in zip(self.values, choice, strict=True)]
        return total([*parts, constant(bonus)])

    def margin(self, choice: Choice) -> Linear:
        """What a choice is worth beyond what the party keeps without agreement."""
        return self.utility(choice) - self.reservation

    def difference(self, choice: Choice, other: Choice) -> Linear:
        """By how much a choice is worth more than another."""
        changed = [k for k, (a, b) in enumerate(zip(choice, other, strict=True)) if a != b]
        parts = [self.values[k][choice[k]] - self.values[k][other[k]] for k in changed]
        bonus = sum((add for add, box in self.terms if is_inside(choice, box)), Fraction(0))
        bonus -= sum((add for add, box in self.terms if is_inside(other, box)), Fraction(0))
        return total([*parts, constant(bonus)])

    @cached_property
    def is_exact(self) -> bool:
        """Whether there is only one such way to value outcomes."""
        return self.polytope.dimension == 0


def preference_set(
    case: Case, party: str, *, months: Fraction = Fraction(0), added: Sequence[Statement] = ()
) -> PreferenceSet:
    """All preferences that agree with what a party has said.

    Parameters
    ----------
    months
        Months without agreement, for a reservation value that changes with time.
    added
        Statements beyond those on the sheet, in the variables of :func:`sheet_of`.

    Raises
    ------
    SettlementError
        There is no sheet, or nothing agrees with all statements; then the message names some
        that contradict one another, none of which can be left out.
    """
    if party not in case.preferences:
        raise SettlementError(f"{party} has stated no preferences. Add preferences/{party}.yaml.")
    preferences = case.preferences[party]
    sheet = sheet_of(case, preferences, months)
    statements = (*sheet.statements, *added)
    found = _region(sheet, statements)
    if found is None:
        raise SettlementError(_conflict(sheet, statements))
    factor = POINTS / preferences.scale
    terms: list[tuple[Fraction, Box]] = []
    for interaction in preferences.interactions:
        box = box_of(case, interaction.when)
        terms.append((interaction.add * factor, box))
        if interaction.unless is not None:
            both = intersection(box, box_of(case, interaction.unless))
            terms.append((-interaction.add * factor, both))
    return PreferenceSet(
        party=party,
        polytope=found.polytope,
        weights=tuple(map(found.express, sheet.weights)),
        values=tuple(tuple(map(found.express, row)) for row in sheet.values),
        terms=tuple((add, box) for add, box in terms if add and all(j for _, j in box)),
        reservation=found.express(sheet.reservation),
        unit=sheet.unit,
        conventions=tuple(s.words for s in sheet.statements if s.is_convention),
    )


def is_consistent(case: Case, preferences: Preferences) -> bool:
    """Whether any preferences agree with all that a sheet says."""
    sheet = sheet_of(case, preferences)
    return _region(sheet, sheet.statements) is not None


def _region(sheet: Sheet, statements: Sequence[Statement]) -> Region | None:
    return region(
        sheet.variables,
        [*sheet.definitions, *(row for said in statements for row in said.at_least)],
        [row for said in statements for row in said.equal],
    )


def _conflict(sheet: Sheet, statements: Sequence[Statement]) -> str:
    """The statements of a smallest contradiction, in words.

    A deletion filter: whatever can be left out while the contradiction remains, is. Conventions
    are tried first, so that the party's own words are named where they suffice.
    """
    kept = sorted(statements, key=lambda said: not said.is_convention)
    for said in tuple(kept):
        fewer = [other for other in kept if other is not said]
        if _region(sheet, fewer) is None:
            kept = fewer
    quoted = "; ".join(map(_quoted, sorted(kept, key=statements.index)))
    if len(kept) == 1:
        return (
            f"{sheet.party} says something that no preferences satisfy: {quoted}. Change it "
            f"in preferences/{sheet.party}.yaml."
        )
    return (
        f"{sheet.party}'s statements contradict one another: {quoted}. "
        "No preferences satisfy them together; change or take out one of them in "
        f"preferences/{sheet.party}.yaml."
    )


def _quoted(said: Statement) -> str:
    """A statement in quotation marks; of a convention it is said that nobody wrote it."""
    return f"'{said.words}'" + " (as partial preferences are read)" * said.is_convention
