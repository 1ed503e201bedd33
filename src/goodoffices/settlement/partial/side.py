"""One party's side in the weighing of many packages: its preferences, and a sample of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.preference_set import PreferenceSet
from goodoffices.settlement.partial.space import Mask, Packages, Rows

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Side:
    """A party's preferences with preferences drawn from them.

    ``draws`` (chains, draws, dimension): see :func:`goodoffices.settlement.partial.sampling.draw`.
    """

    known: PreferenceSet
    draws: Floats

    @cached_property
    def points(self) -> Floats:
        """The drawn preferences (draws, dimension), one walk after the other."""
        chains, draws, dimension = self.draws.shape
        return self.draws.reshape(chains * draws, dimension)

    def evaluate(self, expression: Linear, points: Floats) -> Floats:
        """An expression's values at points of the polytope."""
        coefficients = self.known.polytope.vector(expression)
        found: Floats = points @ coefficients + float(expression.constant)
        return found

    def matrix(self, packages: Packages) -> tuple[Floats, Floats]:
        """What packages are worth, as coefficients (packages, dimension) and constants."""
        coefficients = np.zeros((len(packages), self.known.polytope.dimension))
        constants = self.bonus(packages)
        for issue, (of_options, constant) in enumerate(self._tables):
            coefficients += of_options[packages.choices[:, issue]]
            constants += constant[packages.choices[:, issue]]
        return coefficients, constants

    def utilities(self, packages: Packages, points: Floats) -> Floats:
        """What packages are worth at points of the polytope (points, packages)."""
        coefficients, constants = self.matrix(packages)
        found: Floats = points @ coefficients.T
        found += constants
        return found

    def margins(self, packages: Packages, points: Floats) -> Floats:
        """What packages are worth beyond the reservation value (points, packages)."""
        found = self.utilities(packages, points)
        found -= self.evaluate(self.known.reservation, points)[:, None]
        return found

    def utilities_by_walk(self, packages: Packages) -> Iterator[Floats]:
        """For each walk, what packages are worth at its draws (draws, packages)."""
        coefficients, constants = self.matrix(packages)
        for points in self.draws:
            found: Floats = points @ coefficients.T
            found += constants
            yield found

    def margins_by_walk(self, packages: Packages) -> Iterator[Floats]:
        """For each walk, what packages are worth beyond the reservation value at its draws."""
        for points, found in zip(self.draws, self.utilities_by_walk(packages), strict=True):
            found -= self.evaluate(self.known.reservation, points)[:, None]
            yield found

    @cached_property
    def _tables(self) -> list[tuple[Floats, Floats]]:
        vector = self.known.polytope.vector
        return [
            (
                np.array([vector(value) for value in row]),
                np.array([float(value.constant) for value in row]),
            )
            for row in self.known.values
        ]

    def bonus(self, packages: Packages) -> Floats:
        """Points of interactions."""
        found = np.zeros(len(packages))
        for add, box in self.known.terms:
            found += np.where(packages.inside(box), float(add), 0.0)
        return found

    def bonus_ranks(self, packages: Packages) -> Rows:
        """Points of interactions, compared exactly: a greater rank is more points."""
        if not self.known.terms:
            return np.zeros(len(packages), dtype=np.int64)
        applies = np.stack([packages.inside(box) for _, box in self.known.terms], axis=1)
        patterns, pattern = np.unique(applies, axis=0, return_inverse=True)
        adds = [add for add, _ in self.known.terms]
        sums = [
            sum((a for a, is_in in zip(adds, p, strict=True) if is_in), Fraction(0))
            for p in patterns
        ]
        ranks = {points: rank for rank, points in enumerate(sorted(set(sums)))}
        found: Rows = np.array([ranks[points] for points in sums])[pattern.reshape(-1)]
        return found

    def exact_ranks(self, packages: Packages) -> Rows:
        """For exact preferences: packages from the worst (0) up, equal ones with equal numbers."""
        points = [[value.constant for value in row] for row in self.known.values]
        adds = [add for add, _ in self.known.terms]
        scale = lcm(*(p.denominator for row in points for p in row), *(a.denominator for a in adds))
        # Whole numbers of any size: object arrays hold Python's.
        sums = np.zeros(len(packages), dtype=object)
        for issue, row in enumerate(points):
            whole = np.array([int(p * scale) for p in row], dtype=object)
            sums += whole[packages.choices[:, issue]]
        for add, box in self.known.terms:
            sums[packages.inside(box)] += int(add * scale)
        _, ranks = np.unique(sums, return_inverse=True)
        found: Rows = ranks.reshape(-1).astype(np.int64)
        return found

    @cached_property
    def twins(self) -> tuple[NDArray[np.int32], ...]:
        """For each issue, each option's first twin: one that is always worth exactly as much."""
        found = []
        for row in self.known.values:
            first: dict[tuple[object, Fraction], int] = {}
            keys = [(frozenset(v.terms.items()), v.constant) for v in row]
            found.append(np.array([first.setdefault(k, j) for j, k in enumerate(keys)], np.int32))
        return tuple(found)

    @cached_property
    def never_worse(self) -> tuple[Mask, ...]:
        """``never_worse[issue][a, b]``: option ``a`` is proven never to be worse than ``b``."""
        polytope = self.known.polytope
        return tuple(
            np.array([[polytope.is_never_negative(a - b) is True for b in row] for a in row])
            for row in self.known.values
        )

    @cached_property
    def most_gain(self) -> tuple[Floats, ...]:
        """``most_gain[issue][a, b]``: the most points by which ``a`` can be better than ``b``."""
        polytope = self.known.polytope
        return tuple(
            np.array([[polytope.most(a - b).value for b in row] for a in row])
            for row in self.known.values
        )

    def kinds(self, packages: Packages) -> NDArray[np.int32]:
        """Columns in which packages agree that are, option by option, worth exactly the same."""
        columns = [twins[packages.choices[:, i]] for i, twins in enumerate(self.twins)]
        columns += [packages.inside(box).astype(np.int32) for _, box in self.known.terms]
        return np.stack(columns, axis=1)

    def is_never_worse(self, packages: Packages, ranks: Rows, row: int) -> Mask:
        """Which packages are, issue by issue, never worse than the one in ``row``.

        ``ranks`` are the packages' :meth:`bonus_ranks`.
        """
        found: Mask = ranks >= ranks[row]
        for issue, table in enumerate(self.never_worse):
            found &= table[:, packages.choices[row, issue]][packages.choices[:, issue]]
        return found

    def is_never_better(self, packages: Packages, ranks: Rows, row: int) -> Mask:
        """Which packages are, issue by issue, never better than the one in ``row``."""
        found: Mask = ranks <= ranks[row]
        for issue, table in enumerate(self.never_worse):
            found &= table[packages.choices[row, issue]][packages.choices[:, issue]]
        return found

    def most_gains(self, packages: Packages, row: int) -> Floats:
        """A bound on how much better each package can be than the one in ``row``."""
        bonus = self.bonus(packages)
        found: Floats = bonus - bonus[row]
        for issue, table in enumerate(self.most_gain):
            found = found + table[:, packages.choices[row, issue]][packages.choices[:, issue]]
        return found
