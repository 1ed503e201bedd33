"""Packages and preferences sought together, where there are too many packages to list.

Mixed-integer programs with a binary column for each option. What an option is worth under
preferences yet to be chosen is a product of a binary and a linear expression, which is linear
again with one more column (McCormick). What a package is worth *at least* is, by the duality of
linear programming, a greatest value over multipliers of the party's statements, so that "good
enough under all preferences" needs no more than columns for the multipliers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from goodoffices.case.model import Case
from goodoffices.settlement.partial.cover import COVERED
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.polytope import Vector
from goodoffices.settlement.partial.preference_set import PreferenceSet
from goodoffices.settlement.partial.side import Floats
from goodoffices.settlement.problem import Box, Choice, barriers
from goodoffices.settlement.solver import INFINITY, Solver
from goodoffices.settlement.watch import Watch

NEAR = COVERED
"""Points within which these programs decide: HiGHS takes 1e-7 for 0, times a hundred points."""

_FAR = 1e4


Columns: TypeAlias = tuple[dict[int, float], float]
"""An expression in columns, and its constant."""


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

    def possible_agreement(self, watch: Watch) -> Found:
        """The package whose least margin can be greatest: is any possibly acceptable to all?"""
        program = _Program(self)
        return program.best_least([program.possible(k) for k in self.known], watch)

    def sure_agreement(self, points: Sequence[Vector], watch: Watch) -> Found:
        """The package whose least margin is surely greatest: is any acceptable whatever?

        Of several that are, the one with the greatest sum of margins at one way to value
        everything for each.
        """
        program = _Program(self)
        margins = [program.sure(k) for k in self.known]
        first = program.best_least(margins, watch)
        if first.choice is None or first.value < -NEAR:
            return first
        total = program.total(self._fixed(program, points))
        program.require(margins, 0.0)
        best = program.maximise(total, watch)
        return Found(best.choice or first.choice, first.value, first.bound)

    def agreement(self, points: Sequence[Vector], watch: Watch) -> Found:
        """The package whose least margin is greatest at one way to value everything for each.

        Efficient at it: of all with that least margin, the sum of margins is greatest.
        """
        program = _Program(self)
        margins = self._fixed(program, points)
        first = program.best_least(margins, watch)
        if first.choice is None:
            return first
        program.require(margins, first.value)
        best = program.maximise(program.total(margins), watch)
        return Found(best.choice, first.value, first.bound)

    def _fixed(self, program: _Program, points: Sequence[Vector]) -> list[Columns]:
        return [program.fixed(k, p) for k, p in zip(self.known, points, strict=True)]

    def sure_improvement(self, choice: Choice, points: Sequence[Vector], watch: Watch) -> Found:
        """The package by which nobody ever loses against this one, with the greatest sum of
        gains at one way to value everything for each."""
        program = _Program(self)
        program.require([program.sure(k, k.utility(choice)) for k in self.known], 0.0)
        return program.maximise(program.total(self._gains(program, choice, points)), watch)

    def improvement(self, choice: Choice, points: Sequence[Vector], watch: Watch) -> Found:
        """The same, where nobody may lose at that way to value everything alone. A value of 0
        says that this package is efficient at it."""
        program = _Program(self)
        gains = self._gains(program, choice, points)
        program.require(gains, 0.0)
        return program.maximise(program.total(gains), watch)

    def _gains(self, program: _Program, choice: Choice, points: Sequence[Vector]) -> list[Columns]:
        return [
            program.fixed(k, p, k.utility(choice)) for k, p in zip(self.known, points, strict=True)
        ]

    def rival(self, choice: Choice, watch: Watch) -> Found:
        """The package with the greatest sum of gains over this one, under preferences at which
        nobody loses by it. A value of 0 says: at none does any package dominate this one."""
        program = _Program(self)
        gains = [program.possible(k, k.utility(choice)) for k in self.known]
        program.require(gains, 0.0)
        return program.maximise(program.total(gains), watch)


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

    def require(self, expressions: Sequence[Columns], least: float) -> None:
        """From now on, each expression is this much or more, but for rounding."""
        for columns, constant in expressions:
            self.solver.add_row(columns, least - NEAR / 10 - constant, INFINITY)

    @staticmethod
    def total(expressions: Sequence[Columns]) -> Columns:
        """The sum of expressions."""
        found: dict[int, float] = {}
        for columns, _ in expressions:
            for column, value in columns.items():
                found[column] = found.get(column, 0.0) + value
        return found, sum(constant for _, constant in expressions)

    def best_least(self, expressions: Sequence[Columns], watch: Watch) -> Found:
        """Maximise the least of some expressions."""
        least = self.solver.add_column(-_FAR, _FAR, integral=False)
        for columns, constant in expressions:
            self.solver.add_row({**columns, least: -1.0}, -constant, INFINITY)
        return self.maximise(({least: 1.0}, 0.0), watch)

    def maximise(self, objective: Columns, watch: Watch) -> Found:
        """Maximise an expression."""
        columns, constant = objective
        solved = self.solver.maximise(columns, watch, gap=NEAR / 10)
        if solved.values is None:
            return Found(None, -INFINITY, solved.bound)
        value = sum(c * solved.values[k] for k, c in columns.items()) + constant
        return Found(self.choice(solved.values), value, max(solved.bound + constant, value))

    def fixed(self, known: PreferenceSet, point: Vector, compared: Linear | None = None) -> Columns:
        """A party's margin (over ``compared``) at one way to value everything."""
        columns = self._interactions(known)
        for i, row in enumerate(known.values):
            for j, value in enumerate(row):
                columns[self.options[i][j]] = _at(known, value, point)
        kept = known.reservation if compared is None else compared
        return columns, -_at(known, kept, point)

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

    def sure(self, known: PreferenceSet, compared: Linear | None = None) -> Columns:
        """The least that a party's margin (over ``compared``) can be, never overstated.

        ``margin = c z + k`` with ``c, k`` depending on the package is at least ``k - y b`` for
        every ``y >= 0`` with ``c - y A >= 0``, where the set is ``A z + b >= 0, z >= 0``.
        """
        polytope = known.polytope
        kept = known.reservation if compared is None else compared
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
            self.solver.add_row(entries, float(kept.terms.get(v, 0)), INFINITY)
        return columns, -float(kept.constant)

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
