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

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import SettlementError
from goodoffices.settlement.partial.linear import Key, Linear
from goodoffices.settlement.partial.lp import LinearProgram, Minimum

Vector = NDArray[np.float64]

TOLERANCE = 1e-6
"""Points out of 100. Nothing nearer to a line than this is asserted from floating point alone."""

_DENOMINATORS = (1_000, 1_000_000)
"""Largest denominators of the fractions tried in a certificate, in turn."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least or greatest value of an expression (floating point), and a vertex that has it."""

    value: float
    point: Vector


class Polytope:
    """The points ``z >= 0`` at which all given expressions are 0 or more.

    Bounded and of full dimension, so an expression that is 0 on all of it has no terms.

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
        self._program = LinearProgram(np.zeros(dimension), np.full(dimension, np.inf))
        for row in rows:
            entries = {v: float(c) for v, c in row.terms.items()}
            self._program.require(entries, float(row.constant))
        self._minima: dict[Key, Minimum] = {}
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
        return Optimum(found.value + float(expression.constant), found.columns)

    def most(self, expression: Linear) -> Optimum:
        """The greatest value on the set."""
        found = self.least(-expression)
        return Optimum(0.0 - found.value, found.point)

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
        near = filter(self.holds, self._exact_points(best.point))
        return True if any(expression.at(point) >= 0 for point in near) else None

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
        below = (p for p in self._exact_points(found.columns) if expression.at(p) < 0)
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

    def _minimum(self, expression: Linear) -> Minimum:
        """Where the expression, without its constant, is least."""
        key = Linear(expression.terms).key()
        variable, coefficient = key[0][0]
        if key not in self._minima:
            self._minima[key] = self._solve(key)
        # The key is a positive multiple of the expression.
        return self._minima[key].times(float(expression.terms[variable] / coefficient))

    def _solve(self, key: Key) -> Minimum:
        costs = np.zeros(self.dimension)
        size = max(abs(coefficient) for _, coefficient in key[0])
        for variable, coefficient in key[0]:
            costs[variable] = coefficient / size
        found = self._program.minimum(costs)
        if found is None:
            raise SettlementError(
                "HiGHS finds no preferences where a point inside is known; the statements' numbers "
                "are too far apart in size. Round them."
            )
        return found.times(float(size))
