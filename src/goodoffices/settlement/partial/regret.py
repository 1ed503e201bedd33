"""The package whose choice can be regretted least: minimax regret over all possible preferences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.settlement.demands import StoppedEarlyError
from goodoffices.settlement.partial.polytope import TOLERANCE, Vector
from goodoffices.settlement.partial.side import Floats, Side
from goodoffices.settlement.partial.space import Packages, Rows
from goodoffices.settlement.watch import Watch

_MOST_TIES = 10


@dataclass(frozen=True, slots=True)
class Regret:
    """How much one party could regret one package.

    ``points`` (out of 100) by which the package in row ``rather`` can be better for it.
    """

    points: float
    rather: int


@dataclass(frozen=True, slots=True)
class LeastRegret:
    """Rows whose greatest regret is least, the least sum of regrets first; the regrets there.

    No package has a greatest regret below ``bound``; equal to ``value`` if proven.
    """

    rows: tuple[int, ...]
    regrets: tuple[tuple[Regret, ...], ...]
    value: float
    bound: float
    ties_complete: bool


@dataclass(frozen=True, slots=True)
class Rivals:
    """Rows of packages that one party may compare others with, and the most each can be worth."""

    rows: Rows
    tops: Floats


def regret(
    side: Side, packages: Packages, rivals: Rivals, row: int, watch: Watch
) -> tuple[Regret, Vector]:
    """How much a party could regret a package, and preferences at which it would.

    Linear programs, one for each rival that bounds do not rule out, the most promising first.

    Raises
    ------
    StoppedEarlyError
        The watch ended the work before all were solved.
    """
    known, polytope = side.known, side.known.polytope
    choice = packages.choice(row)
    some = packages.part(np.r_[rivals.rows, row])
    values = side.utilities(some, side.points)
    promise = (values[:, :-1] - values[:, -1:]).max(axis=0)
    lowest = polytope.least(known.utility(choice)).value
    bounds = np.minimum(side.most_gains(some, len(some) - 1)[:-1], rivals.tops - lowest)
    best, point = Regret(0.0, row), polytope.interior
    for k in np.argsort(-promise, kind="stable").tolist():
        if bounds[k] <= best.points + TOLERANCE:
            continue
        if watch.is_over():
            raise StoppedEarlyError
        rival = int(rivals.rows[k])
        most = polytope.most(known.difference(packages.choice(rival), choice))
        if most.value > best.points + TOLERANCE:
            best, point = Regret(most.value, rival), most.point
    return best, point


def rivals_for(side: Side, packages: Packages, watch: Watch) -> Rivals:
    """Packages that may be a party's best: for all others one of them is, issue by issue,
    never worse.

    Raises
    ------
    StoppedEarlyError
        The watch ended the work before all were found.
    """
    means = side.utilities(packages, side.points).mean(axis=0)
    alive = np.argsort(-means, kind="stable")
    ranks = side.bonus_ranks(packages)
    rows: list[int] = []
    tops: list[float] = []
    known, polytope = side.known, side.known.polytope
    while len(alive):
        if watch.is_over():
            raise StoppedEarlyError
        rows.append(int(alive[0]))
        tops.append(polytope.most(known.utility(packages.choice(rows[-1]))).value)
        some = packages.part(alive)
        alive = alive[~side.is_never_better(some, ranks[alive], 0)]
    return Rivals(np.array(rows, dtype=np.int64), np.array(tops))


def least_regret(sides: Sequence[Side], packages: Packages, watch: Watch) -> LeastRegret | None:
    """The packages whose greatest regret of any party is least.

    ``None`` without packages, or if the watch ended the work before the first was evaluated.

    A party's regret of a package is the most by which another of the packages can be better for
    it, under any of its possible preferences. Bounds from below come from drawn preferences; the
    package with the least bound is evaluated exactly, and the preferences at which it is regretted
    most improve the bounds of all, until the package with the least bound is one that was
    evaluated.

    References
    ----------
    [Boutilier2006]_, whose constraint generation this is, for one decision maker; the greatest
    regret of several parties is taken here, each on a scale of 100.
    """
    if not len(packages):
        return None
    try:
        return _Search(sides, packages, watch).run()
    except StoppedEarlyError:
        return None


class _Search:
    def __init__(self, sides: Sequence[Side], packages: Packages, watch: Watch) -> None:
        self.sides, self.packages, self.watch = sides, packages, watch
        self.rivals = [rivals_for(side, packages, watch) for side in sides]
        self.matrices = [side.matrix(packages) for side in sides]
        self.bounds = np.zeros(len(packages))
        self.found: dict[int, tuple[Regret, ...]] = {}
        for party, side in enumerate(sides):
            for start in range(0, len(side.points), 64):
                self._tighten(party, side.points[start : start + 64])

    def _tighten(self, party: int, points: Floats) -> None:
        coefficients, constants = self.matrices[party]
        values = points @ coefficients.T + constants
        regrets = values.max(axis=1, keepdims=True) - values
        self.bounds = np.maximum(self.bounds, regrets.max(axis=0))

    def _evaluate(self, row: int) -> float:
        regrets = []
        for party, side in enumerate(self.sides):
            found, point = regret(side, self.packages, self.rivals[party], row, self.watch)
            regrets.append(found)
            self._tighten(party, point[None, :])
        self.found[row] = tuple(regrets)
        return max(r.points for r in regrets)

    def run(self) -> LeastRegret:
        values: dict[int, float] = {}
        open_bounds = self.bounds
        while True:
            open_bounds = self.bounds.copy()
            open_bounds[list(values)] = np.inf
            row = int(open_bounds.argmin())
            best = min(values.values(), default=np.inf)
            ties = [r for r, value in values.items() if value <= best + TOLERANCE]
            if open_bounds[row] > best + TOLERANCE or len(ties) >= _MOST_TIES:
                break
            try:
                values[row] = self._evaluate(row)
            except StoppedEarlyError:
                if not values:
                    raise
                break
        lowest = float(open_bounds[row])
        ties.sort(key=lambda r: (sum(one.points for one in self.found[r]), r))
        return LeastRegret(
            rows=tuple(ties),
            regrets=tuple(self.found[r] for r in ties),
            value=best,
            bound=min(best, lowest),
            ties_complete=lowest > best + TOLERANCE,
        )
