"""Which packages waste something, whatever the parties' preferences may be.

One package *dominates* another if no party loses by it and somebody gains. Packages and statements
being what they are, some comparisons hold at the very edge of what was said and nowhere else: who
says "high is at least as good as low" leaves it open that both are worth the same. Verdicts here
are about all preferences but such edges (a part of measure 0), so that "necessarily" means under
practically all and "possibly" under more than an edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from goodoffices.settlement.maxima import Maxima, maxima
from goodoffices.settlement.partial.acceptance import NO, OPEN, YES, Answers
from goodoffices.settlement.partial.cover import escape
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.polytope import TOLERANCE, Vector
from goodoffices.settlement.partial.shares import enough
from goodoffices.settlement.partial.side import Floats, Side
from goodoffices.settlement.partial.space import Mask, Packages, Rows
from goodoffices.settlement.watch import Watch

_PROFILES_COMPARED = 24
"""Drawn preferences at which possible dominators are looked for."""

_TRIED = 12
"""Possible single dominators of one package that are put to the proof."""

COVERS_SOUGHT = 12
"""Packages for which several dominators together, or rare preferences without, are sought."""

_AT_ONCE = 2048


@dataclass(frozen=True)
class Efficiency:
    """For each package ``YES``, ``NO`` or ``OPEN``, and why not.

    Attributes
    ----------
    dominators
        For rows that are never efficient: rows of packages one of which, at all preferences,
        dominates; a single one dominates at all of them.
    shares
        (chains, packages): in each walk, the share of drawn preferences at which it is efficient;
        no walks where that was not looked at.
    """

    necessarily: Answers
    possibly: Answers
    dominators: dict[int, tuple[int, ...]]
    shares: Floats


def efficiency(
    sides: Sequence[Side], packages: Packages, promise: Floats, watch: Watch
) -> Efficiency:
    """Which of the packages are efficient among them.

    Parameters
    ----------
    promise
        (packages,) Where several packages dominate each under other preferences, or none does but
        rarely, finding out is slow; only the :data:`COVERS_SOUGHT` packages of the greatest
        promise are looked into, and the others stay open.

    Notes
    -----
    In turn: changes of one issue that nobody can mind; efficiency under drawn preferences, which
    proves that a package is possibly efficient; single dominators, by linear programs; several
    that together leave no preferences out, by :mod:`goodoffices.settlement.partial.cover`. What
    the watch leaves no time for stays open.
    """
    better = improved_by_one_issue(sides, packages)
    dominators: dict[int, tuple[int, ...]] = {
        row: (int(better[row]),) for row in np.flatnonzero(better >= 0).tolist()
    }
    # Whoever is dominated by a package that was dropped is dominated by one that was kept.
    kept = np.flatnonzero(better < 0)
    work = _Work(sides, packages.part(kept), promise[kept], watch)
    work.settle()
    found = Efficiency(
        necessarily=np.full(len(packages), NO, dtype=np.int8),
        possibly=np.full(len(packages), NO, dtype=np.int8),
        dominators=dominators,
        shares=np.zeros((len(work.shares), len(packages))),
    )
    found.necessarily[kept] = work.necessarily
    found.possibly[kept] = work.possibly
    found.shares[:, kept] = work.shares
    for row, rows in work.dominators.items():
        dominators[int(kept[row])] = tuple(kept[list(rows)].tolist())
    return found


def improved_by_one_issue(sides: Sequence[Side], packages: Packages) -> Rows:
    """For each package, one that differs on one issue and dominates it always; -1 for none."""
    ranks = [side.bonus_ranks(packages) for side in sides]
    found = np.full(len(packages), -1, dtype=np.int64)
    step = len(packages.row_of)
    for issue, size in enumerate(packages.sizes):
        step //= size
        for high, low in zip(*np.nonzero(_improvements(sides, issue)), strict=True):
            rows = np.flatnonzero(packages.choices[:, issue] == low)
            better = packages.row_of[packages.numbers[rows] + (high - low) * step]
            fits = better >= 0
            for rank in ranks:
                fits &= rank[better] >= rank[rows]
            found[rows[fits]] = better[fits]
    return found


def _improvements(sides: Sequence[Side], issue: int) -> Mask:
    """Where option ``a`` is never worse than ``b`` for anybody, and not the same to all."""
    differs = np.any([s.twins[issue][:, None] != s.twins[issue][None, :] for s in sides], axis=0)
    found: Mask = np.all([side.never_worse[issue] for side in sides], axis=0) & differs
    return found


def efficient(columns: Sequence[Floats]) -> Maxima:
    """Vectors that no other dominates, with all rows that attain each.

    ``columns`` are each party's (packages,) utilities. Those nearer to each other than
    :data:`TOLERANCE` count as equal.
    """
    return maxima(np.stack([_ranks(column) for column in columns], axis=1)[:, :, None])


def _ranks(column: Floats) -> Rows:
    order = np.argsort(column, kind="stable")
    steps = np.diff(column[order]) > TOLERANCE
    ranks = np.empty(len(column), dtype=np.int64)
    ranks[order] = np.r_[0, np.cumsum(steps)][: len(column)]
    return ranks


def can_dominate(sides: Sequence[Side], gains: Sequence[Linear]) -> bool | None:
    """Whether under more than an edge of the preferences nobody loses and somebody gains.

    ``gains``: what each party gains by one package instead of another. ``None`` if undecided.
    """
    seen = [(s, g) for s, g in zip(sides, gains, strict=True) if g.terms or g.constant]
    never_gains = [side.known.polytope.is_never_negative(-gain) for side, gain in seen]
    if True in never_gains or not seen:
        return False
    return None if None in never_gains else True


class _Work:
    """Packages on the way to being settled."""

    def __init__(
        self, sides: Sequence[Side], packages: Packages, promise: Floats, watch: Watch
    ) -> None:
        self.sides, self.packages, self.promise, self.watch = sides, packages, promise, watch
        self.ranks = [side.bonus_ranks(packages) for side in sides]
        self.matrices = [side.matrix(packages) for side in sides]
        # Exact preferences are compared exactly: by the order of packages, not by their points.
        self.exact = {
            k: side.exact_ranks(packages).astype(np.float64)
            for k, side in enumerate(sides)
            if side.known.is_exact
        }
        self.necessarily = np.full(len(packages), OPEN, dtype=np.int8)
        self.possibly = np.full(len(packages), OPEN, dtype=np.int8)
        self.dominators: dict[int, tuple[int, ...]] = {}
        self.chains, self.draws = sides[0].draws.shape[:2]
        self.shares = np.zeros((self.chains, len(packages)))

    def settle(self) -> None:
        self.sample()
        self.find_dominators()
        self.find_covers()
        self.find_necessary()

    def _drop(self, row: int, dominators: tuple[int, ...]) -> None:
        self.possibly[row] = self.necessarily[row] = NO
        self.dominators[row] = dominators

    def sample(self) -> None:
        """Efficiency under drawn preferences, one of each party's at a time."""
        always = np.ones(len(self.packages), dtype=np.bool_)
        walks = zip(*(s.utilities_by_walk(self.packages) for s in self.sides), strict=True)
        for chain, values in enumerate(walks):
            for draw in range(self.draws):
                found = efficient([self.exact.get(k, v[draw]) for k, v in enumerate(values)])
                seen = np.zeros(len(self.packages), dtype=np.bool_)
                seen[found.members] = True
                always &= seen
                self.shares[chain, seen] += 1
                self._note_efficient(found)
            if len(self.exact) == len(self.sides):
                self.shares[:] = self.shares[chain]
                break
            if self.watch.is_over():
                self.shares = enough(self.shares[: chain + 1])
                break
        self.shares /= self.draws
        self.necessarily[~always] = NO

    def _note_efficient(self, found: Maxima) -> None:
        """Rows that are efficient under drawn preferences are possibly efficient.

        Drawn preferences lie inside the set, so what is dominated by more than rounding there is
        so all around. Of packages that seem equal, it is certain only if they are always equal.
        """
        sizes = np.diff(found.offsets)
        self.possibly[found.members[found.offsets[:-1][sizes == 1]]] = YES
        for k in np.flatnonzero(sizes > 1).tolist():
            rows = found.members[found.offsets[k] : found.offsets[k + 1]]
            if (self.possibly[rows] != YES).any() and self._are_all_twins(rows):
                self.possibly[rows] = YES

    def _are_all_twins(self, rows: Rows) -> bool:
        first = int(rows[0])
        return all(self._rival(first, int(row)) is None for row in rows[1:])

    def _gains(self, row: int, other: int) -> list[Linear]:
        """What each party gains if ``row`` takes the place of ``other``."""
        one, two = self.packages.choice(row), self.packages.choice(other)
        return [side.known.difference(one, two) for side in self.sides]

    def _rival(self, row: int, other: int) -> list[Linear] | None:
        """The same; ``None`` if it is always 0 for all parties."""
        gains = self._gains(row, other)
        return gains if any(gain.terms or gain.constant for gain in gains) else None

    def find_dominators(self) -> None:
        """For packages that were efficient nowhere: one package that dominates them everywhere."""
        if self.watch.is_over():
            return
        open_rows = np.flatnonzero(self.possibly == OPEN)
        others = np.flatnonzero(self.possibly == YES)
        if not len(open_rows) or not len(others):
            return
        values = [self._some_utilities(side) for side in self.sides]
        for start in range(0, len(open_rows), _AT_ONCE):
            rows = open_rows[start : start + _AT_ONCE]
            mask = np.ones((len(rows), len(others)), dtype=np.bool_)
            for value in values:
                for k in range(len(value)):
                    mask &= value[k, others][None, :] >= value[k, rows][:, None] - TOLERANCE
            means = sum(value.mean(axis=0) for value in values)
            for row, candidates in zip(rows.tolist(), mask, strict=True):
                if self.watch.is_over():
                    return
                found = others[candidates]
                best = found[np.argsort(-means[found], kind="stable")][:_TRIED]
                self._try_dominators(row, best.tolist())

    def _some_utilities(self, side: Side) -> Floats:
        step = max(1, len(side.points) // _PROFILES_COMPARED)
        return side.utilities(self.packages, side.points[::step])

    def _try_dominators(self, row: int, candidates: Sequence[int]) -> None:
        for other in candidates:
            gains = self._rival(other, row)
            if gains is None:
                # A twin is efficient wherever the other is.
                self.possibly[row] = YES
                return
            if all(
                side.known.polytope.is_never_negative(gain)
                for side, gain in zip(self.sides, gains, strict=True)
            ):
                self._drop(row, (other,))
                return

    def find_covers(self) -> None:
        """The rest: preferences at which nothing dominates, or packages that cover all of them."""
        polytopes = [side.known.polytope for side in self.sides]
        rows = np.flatnonzero(self.possibly == OPEN)
        sought = 0
        for row in rows[np.argsort(-self.promise[rows], kind="stable")].tolist():
            if self.watch.is_over() or sought == COVERS_SOUGHT:
                return
            if self.possibly[row] != OPEN:
                continue  # The preferences found for another package settled this one too.
            sought += 1
            found = escape(
                polytopes,
                partial(self._rival, other=row),
                partial(self._least_gains, row=row),
                self.watch,
            )
            if found.covers is not None:
                self._drop(row, found.covers)
            elif found.points is not None:
                self.possibly[row] = YES
                self._note_efficient(efficient(self._columns(found.points)))

    def _least_gains(self, points: Sequence[Vector], row: int) -> Floats:
        """What the party that gains least gains by each package instead of ``row``."""
        least: Floats = np.min([v - v[row] for v in self._columns(points)], axis=0)
        least[row] = -np.inf
        return least

    def _columns(self, points: Sequence[Vector]) -> list[Floats]:
        """Each party's utilities at one way to value everything for each."""
        exact = [self.exact.get(k) for k in range(len(self.sides))]
        return [
            coefficients @ point + constants if ranks is None else ranks
            for (coefficients, constants), point, ranks in zip(
                self.matrices, points, exact, strict=True
            )
        ]

    def find_necessary(self) -> None:
        """Of packages that were efficient under all drawn preferences: which always are?"""
        for row in np.flatnonzero(self.necessarily == OPEN).tolist():
            if self.possibly[row] != YES or self.watch.is_over():
                continue
            self.necessarily[row] = self._is_necessary(row)

    def _is_necessary(self, row: int) -> int:
        """Whether for each other package some party never gains by it, and can lose."""
        threats = np.ones(len(self.packages), dtype=np.bool_)
        threats[row] = False
        best = []
        for side, ranks in zip(self.sides, self.ranks, strict=True):
            never = side.is_never_better(self.packages, ranks, row)
            same = side.is_never_worse(self.packages, ranks, row) & never
            bounded = side.most_gains(self.packages, row) < -TOLERANCE
            threats &= ~((never & ~same) | bounded)
            best.append(self._best_gain(side, row))
        if not threats.any():
            return YES
        promising = np.min(best, axis=0)
        verdict = YES
        rows = np.flatnonzero(threats)
        for other in rows[np.argsort(-promising[rows], kind="stable")].tolist():
            if self.watch.is_over():
                return OPEN
            found = can_dominate(self.sides, self._gains(other, row))
            if found:
                return NO
            if found is None:
                verdict = OPEN
        return verdict

    def _best_gain(self, side: Side, row: int) -> Floats:
        values = self._some_utilities(side)
        found: Floats = (values - values[:, [row]]).max(axis=0)
        return found
