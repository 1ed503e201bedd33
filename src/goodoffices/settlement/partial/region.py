"""From linear statements to the polytope of everything that satisfies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from goodoffices.settlement.partial.linear import Linear, solved
from goodoffices.settlement.partial.lp import LinearProgram
from goodoffices.settlement.partial.polytope import Polytope, Vector

_ONE = Fraction(1)
_LARGEST_STRETCH = 1e6
"""A set that is nowhere wider than a millionth of a point across some row counts as flat there."""


@dataclass(frozen=True, slots=True)
class Region:
    """All values of some variables, none negative, that satisfy linear statements.

    ``solution`` gives variables by those that are left, ``numbers`` the polytope's numbers of the
    latter: equations, stated or implied, are gone, and the polytope is of full dimension.
    """

    solution: Mapping[int, Linear]
    numbers: Mapping[int, int]
    polytope: Polytope

    def express(self, expression: Linear) -> Linear:
        """An expression in the statements' variables, in those of the polytope."""
        return expression.put(self.solution).renumbered(self.numbers)


def region(variables: int, at_least: Sequence[Linear], equal: Sequence[Linear]) -> Region | None:
    """Everything that satisfies the statements; ``None`` if nothing does.

    Rows that are 0 throughout the set are found and turned into equations until none is left.
    """
    equations = list(equal)
    while True:
        solution = solved(equations)
        if solution is None:
            return None
        free = [number for number in range(variables) if number not in solution]
        numbers = {number: k for k, number in enumerate(free)}
        # An eliminated variable stays 0 or more.
        rows = _distinct(row.put(solution) for row in (*at_least, *solution.values()))
        if any(not row.terms and row.constant < 0 for row in rows):
            return None
        rows = [row for row in rows if not _is_trivial(row)]
        found = _interior([row.renumbered(numbers) for row in rows], len(free))
        if found is None:
            return None
        point, flat_rows, flat_variables = found
        if not flat_rows and not flat_variables:
            inside = [row.renumbered(numbers) for row in rows]
            return Region(solution, numbers, Polytope(len(free), inside, point))
        equations += [rows[k] for k in flat_rows]
        equations += [Linear({free[k]: _ONE}) for k in flat_variables]


def _distinct(rows: Iterable[Linear]) -> list[Linear]:
    """Rows without repetition, scaled to coefficients that HiGHS likes."""
    by_key = {row.key(): row for row in rows}
    return [
        row.times(1 / max(map(abs, row.terms.values()))) if row.terms else row
        for row in by_key.values()
    ]


def _is_trivial(row: Linear) -> bool:
    """Whether a row follows from the variables being 0 or more."""
    return row.constant >= 0 and all(c > 0 for c in row.terms.values())


def _interior(rows: Sequence[Linear], dimension: int) -> tuple[Vector, list[int], list[int]] | None:
    """A point inside, and the numbers of the rows and of the variables that are always 0.

    One linear program ([FreundRoundyTodd1985]_, recalled): stretch the set by a factor of 1 or
    more, and give each row as much of a slack of at most 1 as can be. What is not always 0 gets
    the whole slack.
    """
    if not dimension:
        return np.zeros(0), [], []
    stretch, first = dimension, dimension + 1
    slacks = len(rows) + dimension
    program = LinearProgram(
        np.r_[np.zeros(dimension), 1.0, np.zeros(slacks)],
        np.r_[np.full(dimension, np.inf), _LARGEST_STRETCH, np.ones(slacks)],
    )
    for k, row in enumerate(rows):
        entries = {v: float(c) for v, c in row.terms.items()}
        entries |= {stretch: float(row.constant), first + k: -1.0}
        program.require(entries, 0.0)
    for v in range(dimension):
        program.require({v: 1.0, first + len(rows) + v: -1.0}, 0.0)
    found = program.minimum(np.r_[np.zeros(first), -np.ones(slacks)])
    if found is None:
        return None
    values = found.columns
    point = values[:dimension] / values[stretch]
    flat = np.flatnonzero(values[first:] < 0.5).tolist()
    return (
        point,
        [k for k in flat if k < len(rows)],
        [k - len(rows) for k in flat if k >= len(rows)],
    )
