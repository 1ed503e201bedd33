"""Packages and preferences sought together, where there are too many packages to list.

Mixed-integer programs with a binary column for each option. What an option is worth under
preferences yet to be chosen is a product of a binary and a linear expression, which is linear
again with one more column (McCormick). What a package is worth *at least* is, by the duality of
linear programming, a greatest value over multipliers of the party's statements, so that "good
enough under all preferences" needs no more than columns for the multipliers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodoffices.case.model import Case
from goodoffices.settlement.partial.cover import COVERED
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.polytope import Vector
from goodoffices.settlement.partial.preference_set import PreferenceSet
from goodoffices.settlement.partial.side import Floats
from goodoffices.settlement.problem import Box, Choice, barriers, is_inside
from goodoffices.settlement.solver import INFINITY, Solver, Status
from goodoffices.settlement.watch import Watch

NEAR = COVERED
"""Points within which these programs decide: HiGHS takes 1e-7 for 0, times a hundred points."""

_FAR = 1e4


@dataclass(frozen=True, slots=True)
class Found:
    """The best package found, its value, and what no package exceeds.

    ``choice`` is ``None`` if the watch ended the search, or nothing is allowed at all (then
    ``bound`` is minus infinity).
    """

    choice: Choice | None
    value: float
    bound: float


class Search:
    """The allowed packages of a case, as a program.

    Parameters
    ----------
    known
        Preferences of those who must consent.
    """

    def __init__(self, case: Case, known: Sequence[PreferenceSet]) -> None:
        self.known = known
        self.sizes = tuple(len(issue.options) for issue in case.issues)
        self.barriers = tuple(barrier.box for barrier in barriers(case))

    def allows(self, choice: Choice) -> bool:
        """Whether no constraint and no red line rules a package out."""
        return not any(is_inside(choice, box) for box in self.barriers)

    def possible_agreement(self, watch: Watch) -> Found:
        """The package whose least margin can be greatest: is any possibly acceptable to all?"""
        program = _Program(self)
        return program.best_least([program.possible(k) for k in self.known], watch)

    def sure_agreement(self, watch: Watch) -> Found:
        """The package whose least margin is surely greatest: is any acceptable whatever?"""
        program = _Program(self)
        return program.best_least([program.sure(k) for k in self.known], watch)

    def agreement(self, points: Sequence[Vector], watch: Watch) -> Found:
        """The package whose least margin is greatest at one way to value everything for each.

        Efficient at it: of all with that least margin, the sum of margins is greatest.
        """
        program = _Program(self)
        margins = [program.fixed(k, p) for k, p in zip(self.known, points, strict=True)]
        first = program.best_least(margins, watch)
        if first.choice is None:
            return first
        for columns, constant in margins:
            floor = first.value - NEAR / 10 - constant
            program.solver.add_row(columns, floor, INFINITY)
        total: dict[int, float] = {}
        for columns, _ in margins:
            for column, value in columns.items():
                total[column] = total.get(column, 0.0) + value
        solved = program.solver.maximise(total, watch, gap=NEAR / 10)
        if solved.status is not Status.OPTIMAL or solved.values is None:
            return Found(None, first.value, first.bound)
        return Found(program.choice(solved.values), first.value, first.bound)

    def rival(self, choice: Choice, watch: Watch) -> Found:
        """The package with the greatest sum of gains over this one, under preferences at which
        nobody loses by it. A value of 0 says: at none does any package dominate this one."""
        program = _Program(self)
        total: dict[int, float] = {}
        constants = 0.0
        for known in self.known:
            columns, constant = program.possible(known, known.utility(choice))
            program.solver.add_row(columns, -constant, INFINITY)
            constants += constant
            for column, value in columns.items():
                total[column] = total.get(column, 0.0) + value
        return program.maximise(total, constants, watch)


Columns = tuple[dict[int, float], float]
"""An expression in columns, and its constant."""


class _Program:
    """Binary columns for options, and expressions in them."""

    def __init__(self, search: Search) -> None:
        self.solver = Solver()
        self.options = [
            [self.solver.add_column(0, 1, integral=True) for _ in range(size)]
            for size in search.sizes
        ]
        for columns in self.options:
            self.solver.add_row(dict.fromkeys(columns, 1.0), 1, 1)
        for box in search.barriers:
            row = {self.options[i][j]: 1.0 for i, options in box for j in options}
            self.solver.add_row(row, -INFINITY, len(box) - 1)
        self.boxes: dict[Box, int] = {}

    def choice(self, values: Sequence[float]) -> Choice:
        """The choice that column values stand for."""
        return tuple(
            max(range(len(columns)), key=lambda j: values[columns[j]]) for columns in self.options
        )

    def best_least(self, margins: Sequence[Columns], watch: Watch) -> Found:
        """Maximise the least of some expressions."""
        least = self.solver.add_column(-_FAR, _FAR, integral=False)
        objective = {least: 1.0}
        for columns, constant in margins:
            self.solver.add_row({**columns, least: -1.0}, -constant, INFINITY)
        return self.maximise(objective, 0.0, watch)

    def maximise(self, objective: Mapping[int, float], constant: float, watch: Watch) -> Found:
        """Maximise an expression."""
        solved = self.solver.maximise(objective, watch, gap=NEAR / 10)
        if solved.values is None:
            return Found(None, -INFINITY, solved.bound)
        value = sum(c * solved.values[k] for k, c in objective.items()) + constant
        bound = max(solved.bound + constant, value)
        return Found(self.choice(solved.values), value, bound)

    def fixed(self, known: PreferenceSet, point: Vector) -> Columns:
        """A party's margin at one way to value everything."""
        columns = self._interactions(known)
        for i, row in enumerate(known.values):
            for j, value in enumerate(row):
                columns[self.options[i][j]] = _at(known, value, point)
        return columns, -_at(known, known.reservation, point)

    def possible(self, known: PreferenceSet, compared: Linear | None = None) -> Columns:
        """A party's margin (over ``compared``, by default its reservation value) at preferences
        that may be chosen, never overstated."""
        polytope = known.polytope
        variables = [
            self.solver.add_column(0, INFINITY, integral=False) for _ in range(polytope.dimension)
        ]
        for row in polytope.rows:
            entries = {variables[v]: float(c) for v, c in row.terms.items()}
            self.solver.add_row(entries, -float(row.constant), INFINITY)
        columns = self._interactions(known)
        for i, values in enumerate(known.values):
            for j, value in enumerate(values):
                chosen = self.options[i][j]
                if not value.terms:
                    columns[chosen] = float(value.constant)
                    continue
                least, most = polytope.least(value).value, polytope.most(value).value
                worth = self.solver.add_column(min(least, 0.0), max(most, 0.0), integral=False)
                self.solver.add_row({worth: 1.0, chosen: -most}, -INFINITY, 0.0)
                # worth <= value - least × (1 - chosen)
                entries = {variables[v]: -float(c) for v, c in value.terms.items()}
                self.solver.add_row(
                    {**entries, worth: 1.0, chosen: -least},
                    -INFINITY,
                    float(value.constant) - least,
                )
                columns[worth] = 1.0
        kept = known.reservation if compared is None else compared
        for v, coefficient in kept.terms.items():
            columns[variables[v]] = -float(coefficient)
        return columns, -float(kept.constant)

    def sure(self, known: PreferenceSet) -> Columns:
        """The least that a party's margin can be, never overstated.

        ``margin = c z + k`` with ``c, k`` depending on the package is at least ``k - y b`` for
        every ``y >= 0`` with ``c - y A >= 0``, where the set is ``A z + b >= 0, z >= 0``.
        """
        polytope = known.polytope
        multipliers = [self.solver.add_column(0, INFINITY, integral=False) for _ in polytope.rows]
        rest: list[dict[int, float]] = [{} for _ in range(polytope.dimension)]
        columns = self._interactions(known)
        for i, values in enumerate(known.values):
            for j, value in enumerate(values):
                columns[self.options[i][j]] = float(value.constant)
                for v, coefficient in value.terms.items():
                    rest[v][self.options[i][j]] = float(coefficient)
        for multiplier, row in zip(multipliers, polytope.rows, strict=True):
            columns[multiplier] = -float(row.constant)
            for v, coefficient in row.terms.items():
                rest[v][multiplier] = -float(coefficient)
        for v, entries in enumerate(rest):
            kept = float(known.reservation.terms.get(v, 0))
            self.solver.add_row(entries, kept, INFINITY)
        return columns, -float(known.reservation.constant)

    def _interactions(self, known: PreferenceSet) -> dict[int, float]:
        columns: dict[int, float] = {}
        for add, box in known.terms:
            column = self._box(box)
            columns[column] = columns.get(column, 0.0) + float(add)
        return columns

    def _box(self, box: Box) -> int:
        """A column that is 1 for packages in the box and 0 for others."""
        if box not in self.boxes:
            column = self.solver.add_column(0, 1, integral=False)
            sides = [{self.options[i][j]: 1.0 for j in options} for i, options in box]
            for side in sides:
                self.solver.add_row({**side, column: -1.0}, 0, INFINITY)
            everything = {k: v for side in sides for k, v in side.items()}
            self.solver.add_row({**everything, column: -1.0}, -INFINITY, len(box) - 1)
            self.boxes[box] = column
        return self.boxes[box]


def _at(known: PreferenceSet, expression: Linear, point: Floats) -> float:
    return float(known.polytope.vector(expression) @ point) + float(expression.constant)
