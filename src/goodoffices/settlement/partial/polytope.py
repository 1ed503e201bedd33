"""The set of all points that satisfy some linear statements, and linear programs over it.

Linear programs are solved by HiGHS in floating point. What lies clear of a line by more than
:data:`TOLERANCE` is decided by that; what lies on the line (which rankings bring about all the
time: a weight may be 0, so a gain may be 0) is decided by a certificate in exact fractions: the
multipliers of the statements, or a point, rounded to nearby fractions and checked without
rounding. What neither decides stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.partial.linear import Key, Linear

Vector = NDArray[np.float64]

TOLERANCE = 1e-6
"""Points out of 100. Nothing nearer to a line than this is asserted from floating point alone."""

_DENOMINATORS = (1_000, 1_000_000)
"""Largest denominators of the fractions tried in a certificate, in turn."""

_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",  # Programs are small, and only their objective changes.
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least or greatest value of an expression (floating point), and a vertex that has it."""

    value: float
    point: Vector


@dataclass(frozen=True, slots=True)
class _Minimum:
    value: float
    point: Vector
    multipliers: Vector


class Polytope:
    """The points ``z >= 0`` at which all given expressions are 0 or more; bounded, of full dimension.

    Parameters
    ----------
    dimension
        Number of variables; 0 for a single point.
    rows
        Expressions in variables 0 to ``dimension - 1``, each 0 or more on the set.
    interior
        A point at which every row and every variable is greater than 0.

    Attributes
    ----------
    normals, offsets
        The set as ``normals @ z + offsets >= 0``, the variables' own rows last.
    """

    def __init__(self, dimension: int, rows: Sequence[Linear], interior: Vector) -> None:
        self.dimension = dimension
        self.rows = tuple(rows)
        self.interior = interior
        own = np.eye(dimension)
        self.normals = np.vstack([*(self.vector(row) for row in rows), own])
        self.offsets = np.r_[[float(row.constant) for row in rows], np.zeros(dimension)]
        self._highs = _open(dimension, self.normals[: len(rows)], self.offsets[: len(rows)])
        self._minima: dict[Key, _Minimum] = {}
        self._signs: dict[Key, bool | None] = {}

    def vector(self, expression: Linear) -> Vector:
        """The coefficients of an expression as an array."""
        coefficients = np.zeros(self.dimension)
        for variable, coefficient in expression.terms.items():
            coefficients[variable] = float(coefficient)
        return coefficients

    def least(self, expression: Linear) -> Optimum:
        """The least value on the set."""
        if not expression.terms:
            return Optimum(float(expression.constant), self.interior)
        found = self._minimum(expression)
        return Optimum(found.value + float(expression.constant), found.point)

    def most(self, expression: Linear) -> Optimum:
        """The greatest value on the set."""
        found = self.least(-expression)
        return Optimum(-found.value, found.point)

    def is_never_negative(self, expression: Linear) -> bool | None:
        """Whether the expression is 0 or more everywhere on the set; ``None`` if undecided."""
        terms, constant = expression.terms.values(), expression.constant
        if constant >= 0 and all(c > 0 for c in terms):
            return True
        if constant < 0 and all(c < 0 for c in terms):
            return False
        key = expression.key()
        if key not in self._signs:
            self._signs[key] = self._decide(expression)
        return self._signs[key]

    def is_zero_somewhere(self, expression: Linear) -> bool | None:
        """Whether an expression that is never positive is 0 at some point of the set."""
        if not expression.terms:
            return expression.constant == 0
        best = self.most(expression)
        if best.value < -TOLERANCE:
            return False
        return True if self.has_zero(expression, best.point) else None

    def has_zero(self, expression: Linear, near: Vector) -> bool:
        """Whether a point of the set near this one is found at which the expression is 0 or more."""
        return any(
            expression.at(point) >= 0 for point in self._exact_points(near) if self.holds(point)
        )

    def holds(self, point: Sequence[Fraction]) -> bool:
        """Whether an exact point belongs to the set."""
        return min(point, default=0) >= 0 and all(row.at(point) >= 0 for row in self.rows)

    def _decide(self, expression: Linear) -> bool | None:
        found = self._minimum(expression)
        value = found.value + float(expression.constant)
        if abs(value) > TOLERANCE:
            return value > 0
        if self._is_proven(expression, found.multipliers):
            return True
        below = (p for p in self._exact_points(found.point) if expression.at(p) < 0)
        return False if any(map(self.holds, below)) else None

    def _is_proven(self, expression: Linear, multipliers: Vector) -> bool:
        """Whether the expression is a sum of rows times multipliers, plus something not negative.

        This is Farkas' lemma: on the set, rows and variables are 0 or more, so such a sum is too.
        """
        rows = np.flatnonzero(np.abs(multipliers) > 1e-9)
        for largest in _DENOMINATORS:
            rest = expression
            for row in rows.tolist():
                factor = Fraction(float(multipliers[row])).limit_denominator(largest)
                rest = rest.plus(self.rows[row], -max(factor, Fraction(0)))
            if rest.constant >= 0 and all(c >= 0 for c in rest.terms.values()):
                return True
        return False

    @staticmethod
    def _exact_points(near: Vector) -> list[list[Fraction]]:
        numbers = [Fraction(float(number)) for number in near]
        return [[n.limit_denominator(largest) for n in numbers] for largest in _DENOMINATORS]

    def _minimum(self, expression: Linear) -> _Minimum:
        """Where the expression, without its constant, is least."""
        direction = Linear(expression.terms)
        # The key is a positive multiple; the multiple is recovered from any one coefficient.
        key = direction.key()
        first = key[0][0]
        factor = float(expression.terms[first[0]] / first[1])
        if key not in self._minima:
            self._minima[key] = self._solve(key)
        found = self._minima[key]
        return _Minimum(found.value * factor, found.point, found.multipliers * factor)

    def _solve(self, key: Key) -> _Minimum:
        costs = np.zeros(self.dimension)
        size = max(abs(c) for _, c in key[0])
        for variable, coefficient in key[0]:
            costs[variable] = coefficient / size
        columns = np.arange(self.dimension, dtype=np.int32)
        self._highs.changeColsCost(self.dimension, columns, costs)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            # A basis left by the last objective can be numerically bad; a cold start is not.
            self._highs.clearSolver()
            self._highs.run()
        solution = self._highs.getSolution()
        point = np.array(solution.col_value)
        return _Minimum(
            float(costs @ point) * size, point, np.array(solution.row_dual) * float(size)
        )


def _open(dimension: int, normals: NDArray[np.float64], offsets: Vector) -> highspy.Highs:
    highs = highspy.Highs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    for _ in range(dimension):
        highs.addVar(0.0, highspy.kHighsInf)
    for normal, offset in zip(normals, offsets, strict=True):
        columns = np.flatnonzero(normal).astype(np.int32)
        highs.addRow(-offset, highspy.kHighsInf, len(columns), columns, normal[columns])
    return highs
