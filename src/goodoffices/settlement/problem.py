"""A case in whole points: the one form in which every engine of this room computes.

Exactness is decided here. Utilities of a case are fractions (0.1 is a tenth, not the nearest
binary number). Each party's are multiplied by the least number that makes all of them whole, so
that equal means equal, and a tie is a tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, prod
from typing import TypeAlias

from goodoffices.case.model import Case, Issue, Outcome, listed
from goodoffices.case.preferences import Preferences
from goodoffices.case.statements import Condition
from goodoffices.errors import SettlementError

Choice: TypeAlias = tuple[int, ...]
"""An outcome as option numbers, one for each issue, counted from 0."""

Box: TypeAlias = tuple[tuple[int, frozenset[int]], ...]
"""Issue number and option numbers: the choices that have one of the options on each issue named.
Issues in ascending order; the empty box holds every choice."""


@dataclass(frozen=True, slots=True)
class Term:
    """Points (of either sign) that one party gains on the choices of a box."""

    party: int
    points: int
    box: Box


@dataclass(frozen=True, slots=True)
class Barrier:
    """Choices that may not be agreed, and whose will that is: a constraint or a red line."""

    box: Box
    name: str
    party: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A bargaining problem over the choices of one option per issue, in whole points.

    Parameters
    ----------
    parties
        Ids of those who must consent; their order is the order of every utility vector.
    sizes
        Number of options of each issue.
    tables
        ``tables[issue][option][party]``: points of the additive part.
    terms
        Interactions. A party's points are its table entries plus its terms that apply.
    barriers
        Constraints and red lines.
    reservation
        Points each party keeps without agreement.
    units
        Utility, on the party's own scale, of one point.
    """

    parties: tuple[str, ...]
    sizes: tuple[int, ...]
    tables: tuple[tuple[tuple[int, ...], ...], ...]
    terms: tuple[Term, ...]
    barriers: tuple[Barrier, ...]
    reservation: tuple[int, ...]
    units: tuple[Fraction, ...]

    @property
    def size(self) -> int:
        """How many choices there are, before any barrier."""
        return prod(self.sizes)

    def points(self, choice: Choice) -> tuple[int, ...]:
        """Each party's points for a choice."""
        totals = [0] * len(self.parties)
        for table, option in zip(self.tables, choice, strict=True):
            for party, points in enumerate(table[option]):
                totals[party] += points
        for term in self.terms:
            if is_inside(choice, term.box):
                totals[term.party] += term.points
        return tuple(totals)

    def utilities(self, points: Sequence[int]) -> tuple[Fraction, ...]:
        """Points as utilities on the parties' own scales."""
        return tuple(p * unit for p, unit in zip(points, self.units, strict=True))

    def is_feasible(self, choice: Choice) -> bool:
        """Whether no constraint and no red line rules the choice out."""
        return not any(is_inside(choice, barrier.box) for barrier in self.barriers)

    def is_acceptable(self, choice: Choice) -> bool:
        """Whether the choice is feasible and leaves every party at or above its reservation."""
        return self.is_feasible(choice) and all(
            p >= r for p, r in zip(self.points(choice), self.reservation, strict=True)
        )


def is_inside(choice: Choice, box: Box) -> bool:
    """Whether a choice lies in a box."""
    return all(choice[issue] in options for issue, options in box)


def problem(case: Case, months: Fraction = Fraction(0)) -> Problem:
    """The case in whole points, as it stands after ``months`` without agreement.

    A party that states no reservation value keeps 0 points.

    Raises
    ------
    SettlementError
        Somebody who must consent has stated no preferences, or only partial ones.
    """
    parties = [party.id for party in case.deciders]
    sheets = [exact_preferences(case, party) for party in parties]
    columns = [_party_points(case, sheet, months) for sheet in sheets]
    tables = tuple(
        tuple(tuple(column.tables[i][j] for column in columns) for j in range(len(issue.options)))
        for i, issue in enumerate(case.issues)
    )
    terms = tuple(
        Term(party, points, box)
        for party, column in enumerate(columns)
        for points, box in column.terms
    )
    return Problem(
        parties=tuple(parties),
        sizes=tuple(len(issue.options) for issue in case.issues),
        tables=tables,
        terms=terms,
        barriers=barriers(case),
        reservation=tuple(column.reservation for column in columns),
        units=tuple(column.unit for column in columns),
    )


def exact_preferences(case: Case, party: str) -> Preferences:
    """A party's preferences, which must be exact numbers.

    Raises
    ------
    SettlementError
        There are none, or they are partial.
    """
    if party not in case.preferences:
        raise SettlementError(f"{party} has stated no preferences. Add preferences/{party}.yaml.")
    sheet = case.preferences[party]
    unknown = sheet.unknowns({i.id: tuple(o.id for o in i.options) for i in case.issues})
    if unknown:
        raise SettlementError(
            f"{party}'s preferences are partial ({listed(list(unknown), 3)} not known exactly). "
            "'goodoffices solve' answers for all preferences that fit; this question needs numbers."
        )
    return sheet


def choice_of(case: Case, outcome: Outcome) -> Choice:
    """An outcome as option numbers."""
    return tuple(
        [option.id for option in issue.options].index(option_id)
        for issue, option_id in zip(case.issues, outcome, strict=True)
    )


def outcome_of(case: Case, choice: Choice) -> Outcome:
    """Option numbers as an outcome."""
    return outcomes_of(case, [choice])[0]


def outcomes_of(case: Case, choices: Sequence[Choice]) -> list[Outcome]:
    """Many choices as outcomes."""
    names = [[option.id for option in issue.options] for issue in case.issues]
    return [tuple([ids[j] for ids, j in zip(names, choice, strict=True)]) for choice in choices]


def box_of(case: Case, condition: Condition) -> Box:
    """The choices that meet a condition."""
    return tuple(
        (
            i,
            frozenset(
                j for j, o in enumerate(issue.options) if o.id in condition.options[issue.id]
            ),
        )
        for i, issue in enumerate(case.issues)
        if issue.id in condition.options
    )


def intersection(one: Box, other: Box) -> Box:
    """The choices that lie in both boxes."""
    options = dict(one)
    for issue, allowed in other:
        options[issue] = options.get(issue, allowed) & allowed
    return tuple(sorted(options.items()))


def barriers(case: Case) -> tuple[Barrier, ...]:
    """Every constraint, then every red line of those who must consent, as forbidden boxes."""
    constraints = [
        Barrier(box, constraint.id)
        for constraint in case.constraints
        for box in _outside(case, box_of(case, constraint.forbid), constraint.unless)
    ]
    red_lines = [
        Barrier(box_of(case, line.never), describe(line.never), number)
        for number, party in enumerate(case.deciders)
        if party.id in case.preferences
        for line in case.preferences[party.id].red_lines
    ]
    return (*constraints, *red_lines)


def describe(condition: Condition) -> str:
    """A condition in a few words: ``dams: joint; water: low or middle``."""
    return "; ".join(
        f"{issue}: {' or '.join(sorted(options))}" for issue, options in condition.options.items()
    )


def _outside(case: Case, box: Box, unless: Condition | None) -> list[Box]:
    """The part of a box that does not meet ``unless``, as boxes (one for each issue named)."""
    if unless is None:
        return [box]
    pieces = []
    for issue, allowed in box_of(case, unless):
        rest = frozenset(range(len(case.issues[issue].options))) - allowed
        piece = intersection(box, ((issue, rest),))
        if all(options for _, options in piece):
            pieces.append(piece)
    return pieces


@dataclass(frozen=True, slots=True)
class _PartyPoints:
    """One party's side of a problem."""

    tables: tuple[tuple[int, ...], ...]
    terms: tuple[tuple[int, Box], ...]
    reservation: int
    unit: Fraction


def _party_points(case: Case, sheet: Preferences, months: Fraction) -> _PartyPoints:
    values = [_issue_values(sheet, issue) for issue in case.issues]
    terms: list[tuple[Fraction, Box]] = []
    for interaction in sheet.interactions:
        box = box_of(case, interaction.when)
        terms.append((interaction.add, box))
        if interaction.unless is not None:
            both = intersection(box, box_of(case, interaction.unless))
            terms.append((-interaction.add, both))
    terms = [(add, box) for add, box in terms if add and all(options for _, options in box)]
    reservation = reservation_value(case, sheet, months)
    numbers = [v for row in values for v in row] + [add for add, _ in terms] + [reservation]
    # The unit is the greatest fraction of which all numbers are whole multiples.
    scale = lcm(*(number.denominator for number in numbers))
    common = gcd(*(int(number * scale) for number in numbers)) or 1
    unit = Fraction(common, scale)
    return _PartyPoints(
        tables=tuple(tuple(int(v / unit) for v in row) for row in values),
        terms=tuple((int(add / unit), box) for add, box in terms),
        reservation=int(reservation / unit),
        unit=unit,
    )


def _issue_values(sheet: Preferences, issue: Issue) -> list[Fraction]:
    weight = sheet.weights[issue.id].low
    if weight == 0:
        return [Fraction(0)] * len(issue.options)
    scores = sheet.scores[issue.id]
    return [weight * scores[option.id].low / sheet.scale for option in issue.options]


def reservation_value(case: Case, sheet: Preferences, months: Fraction) -> Fraction:
    """What an exact sheet says its party keeps after ``months`` without agreement.

    Raises
    ------
    SettlementError
        The reservation is the status quo and the case states none.
    """
    reservation = sheet.reservation
    if reservation is None:
        return Fraction(0)
    if reservation.value is not None:
        base = reservation.value.low
    elif case.status_quo is not None:
        base = sheet.utility(case.named(case.status_quo))
    else:
        raise SettlementError(
            f"{sheet.party}'s reservation is the status quo, and the case states none."
        )
    return base + reservation.per_month * months
