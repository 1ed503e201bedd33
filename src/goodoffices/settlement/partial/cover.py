"""Whether preferences exist at which every one of many packages fails somebody.

The same question stands behind two: "are there preferences at which no package dominates this
one?" and "are there preferences at which no package is acceptable to all?". For each package some
party must lose by it, and which one may differ from package to package: a choice for each
package, so a mixed-integer program. Only packages that matter enter it: it starts with none, and
each round adds those at which nobody loses under the preferences found last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.polytope import TOLERANCE, Polytope, Vector
from goodoffices.settlement.solver import INFINITY, Solver, Status
from goodoffices.settlement.watch import Watch

Gains: TypeAlias = Callable[[int], Sequence[Linear] | None]
Worst: TypeAlias = Callable[[Sequence[Vector]], NDArray[np.float64]]
_MOST_ROWS = 200
_LOOKED_AT = 50
_ADDED = 5
_DEPTH = 1.0
"""Points by which somebody must lose at most; beyond that, more depth is no better."""

COVERED = 1e-4
"""Packages cover all preferences if nowhere each of them makes somebody lose more than this.

HiGHS takes a number within 1e-7 of 1 for 1, which counts for up to a hundred times as much here.
"""


@dataclass(frozen=True, slots=True)
class Escape:
    """Preferences (one point for each party) at which every package fails somebody, if any.

    ``points`` is ``None`` and ``covers`` holds rows of packages if there are none: at all
    preferences one of these fails nobody, and none of them can be left out. Both ``None``:
    undecided.
    """

    points: tuple[Vector, ...] | None
    covers: tuple[int, ...] | None


def escape(
    polytopes: Sequence[Polytope],
    gains: Gains,
    worst: Worst,
    watch: Watch,
) -> Escape:
    """Preferences at which every package makes some party lose, or packages that rule them out.

    Parameters
    ----------
    polytopes
        Each party's possible preferences.
    gains
        For the row of a package, what each party gains by it, as expressions; ``None`` if the
        package is to be left out.
    worst
        For a point of each polytope, the gain of the party that gains least, for each package;
        minus infinity for packages to be left out.
    """
    program = _Program(polytopes)
    rows: list[int] = []
    left_out: set[int] = set()
    while len(rows) < _MOST_ROWS and not watch.is_over():
        found = program.deepest(watch)
        if found is None:
            break
        depth, points = found
        if depth <= COVERED:
            return Escape(None, _fewest(polytopes, rows, gains, watch))
        least = worst(points)
        violated = [
            row for row in np.argsort(-least, kind="stable").tolist() if row not in left_out
        ]
        violated = [row for row in violated[:_LOOKED_AT] if least[row] > -TOLERANCE]
        if not violated:
            return Escape(points, None)
        before = len(rows) + len(left_out)
        for row in violated:
            expressions = None if row in rows else gains(row)
            if expressions is not None:
                rows.append(row)
                program.add(expressions)
            elif row not in rows:
                left_out.add(row)
            if len(rows) + len(left_out) >= before + _ADDED:
                break
        if len(rows) + len(left_out) == before:
            break  # Rounding keeps a package of the program violated.
    return Escape(None, None)


def _fewest(
    polytopes: Sequence[Polytope], rows: Sequence[int], gains: Gains, watch: Watch
) -> tuple[int, ...]:
    """Rows that cover all preferences, without those that can be left out if time allows."""
    kept = list(rows)
    for row in rows:
        if watch.is_over():
            break
        program = _Program(polytopes)
        for other in kept:
            expressions = gains(other)
            if other != row and expressions is not None:
                program.add(expressions)
        found = program.deepest(watch)
        if found is not None and found[0] <= COVERED:
            kept.remove(row)
    return tuple(kept)


class _Program:
    """Greatest depth by which at least one party loses by each package added so far."""

    def __init__(self, polytopes: Sequence[Polytope]) -> None:
        self.polytopes = polytopes
        self.solver = Solver()
        self.depth = self.solver.add_column(0.0, _DEPTH, integral=False)
        self.columns = [
            [self.solver.add_column(0.0, INFINITY, integral=False) for _ in range(p.dimension)]
            for p in polytopes
        ]
        for polytope, columns in zip(polytopes, self.columns, strict=True):
            for row in polytope.rows:
                entries = {columns[v]: float(c) for v, c in row.terms.items()}
                self.solver.add_row(entries, -float(row.constant), INFINITY)

    def add(self, gains: Sequence[Linear]) -> None:
        """From now on, some party must lose by a package as much as the depth."""
        losers = []
        for polytope, columns, gain in zip(self.polytopes, self.columns, gains, strict=True):
            if polytope.least(gain).value >= 0:
                continue  # This party never loses by it.
            loses = self.solver.add_column(0.0, 1.0, integral=True)
            losers.append(loses)
            room = polytope.most(gain).value + _DEPTH
            entries = {columns[v]: float(c) for v, c in gain.terms.items()}
            # gain + depth <= room × (1 - loses)
            self.solver.add_row(
                {**entries, self.depth: 1.0, loses: room}, -INFINITY, room - float(gain.constant)
            )
        if losers:
            self.solver.add_row(dict.fromkeys(losers, 1.0), 1.0, INFINITY)
        else:
            self.solver.bound_column(self.depth, 0.0, 0.0)

    def deepest(self, watch: Watch) -> tuple[float, tuple[Vector, ...]] | None:
        """The greatest depth and preferences that have it; ``None`` if stopped before."""
        found = self.solver.maximise({self.depth: 1.0}, watch, gap=TOLERANCE / 2)
        if found.status is not Status.OPTIMAL or found.values is None:
            return (0.0, ()) if found.status is Status.INFEASIBLE else None
        values = np.array(found.values)
        points = tuple(values[columns] for columns in self.columns)
        return max(found.bound, float(values[self.depth])), points
