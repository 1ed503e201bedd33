"""Linear expressions in exact fractions, and linear equations solved without rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from types import MappingProxyType
from typing import TypeAlias

Key: TypeAlias = tuple[tuple[tuple[int, int], ...], int]
"""An expression up to a positive factor, as whole numbers without a common divisor."""

_NOTHING: Mapping[int, Fraction] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Linear:
    """``constant + sum of coefficient × variable``; variables are numbers, no coefficient is 0."""

    terms: Mapping[int, Fraction] = field(default_factory=lambda: _NOTHING)
    constant: Fraction = Fraction(0)

    def __add__(self, other: Linear) -> Linear:
        return self.plus(other, Fraction(1))

    def __sub__(self, other: Linear) -> Linear:
        return self.plus(other, Fraction(-1))

    def __neg__(self) -> Linear:
        return self.times(Fraction(-1))

    def plus(self, other: Linear, factor: Fraction) -> Linear:
        """This expression plus ``factor`` times another."""
        terms = dict(self.terms)
        for variable, coefficient in other.terms.items():
            total = terms.get(variable, Fraction(0)) + factor * coefficient
            if total:
                terms[variable] = total
            else:
                terms.pop(variable, None)
        return Linear(terms, self.constant + factor * other.constant)

    def times(self, factor: Fraction) -> Linear:
        """This expression, every number multiplied by ``factor``."""
        if not factor:
            return Linear()
        return Linear({v: c * factor for v, c in self.terms.items()}, self.constant * factor)

    def shifted(self, constant: Fraction) -> Linear:
        """This expression with something added to its constant."""
        return Linear(self.terms, self.constant + constant)

    def put(self, solution: Mapping[int, Linear]) -> Linear:
        """This expression with the solved variables replaced."""
        if not any(variable in solution for variable in self.terms):
            return self
        kept = {v: c for v, c in self.terms.items() if v not in solution}
        total = Linear(kept, self.constant)
        for variable, coefficient in self.terms.items():
            if variable in solution:
                total = total.plus(solution[variable], coefficient)
        return total

    def renumbered(self, numbers: Mapping[int, int]) -> Linear:
        """This expression in other numbers for the same variables."""
        return Linear({numbers[v]: c for v, c in self.terms.items()}, self.constant)

    def at(self, point: Sequence[Fraction]) -> Fraction:
        """The value where variable ``k`` is ``point[k]``."""
        return sum((c * point[v] for v, c in self.terms.items()), self.constant)

    def key(self) -> Key:
        """The same for all positive multiples of this expression, and only for them."""
        scale = lcm(self.constant.denominator, *(c.denominator for c in self.terms.values()))
        whole = sorted((v, int(c * scale)) for v, c in self.terms.items())
        constant = int(self.constant * scale)
        common = gcd(constant, *(c for _, c in whole)) or 1
        return tuple((v, c // common) for v, c in whole), constant // common


ZERO = Linear()


def constant(value: Fraction) -> Linear:
    """An expression without variables."""
    return Linear(_NOTHING, value)


def variable(number: int) -> Linear:
    """A single variable."""
    return Linear({number: Fraction(1)})


def total(parts: Sequence[Linear]) -> Linear:
    """The sum of expressions."""
    terms: dict[int, Fraction] = {}
    value = Fraction(0)
    for part in parts:
        value += part.constant
        for number, coefficient in part.terms.items():
            terms[number] = terms.get(number, Fraction(0)) + coefficient
    return Linear({number: c for number, c in terms.items() if c}, value)


def solved(equations: Sequence[Linear]) -> dict[int, Linear] | None:
    """Each of some variables by the others, so that every equation ``expression = 0`` holds.

    Gauss–Jordan elimination. Variables of high numbers are solved for first. ``None`` if the
    equations contradict one another.
    """
    solution: dict[int, Linear] = {}
    for equation in equations:
        rest = equation.put(solution)
        if not rest.terms:
            if rest.constant:
                return None
            continue
        pivot = max(rest.terms)
        coefficient = rest.terms[pivot]
        others = Linear({v: c for v, c in rest.terms.items() if v != pivot}, rest.constant)
        expression = others.times(-1 / coefficient)
        replacement = {pivot: expression}
        for number, known in solution.items():
            if pivot in known.terms:
                solution[number] = known.put(replacement)
        solution[pivot] = expression
    return solution
