"""Preferences drawn at random from all that agree with a party's statements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.partial.linear import variable
from goodoffices.settlement.partial.polytope import Polytope, Vector
from goodoffices.settlement.watch import Watch

CHAINS = 64
"""Walks that run side by side; estimates and their errors come from comparing them."""

_ROUNDS = 4
_STEPS_A_ROUND = 25
_THINNING = 10


def draw(
    polytope: Polytope, draws: int, rng: np.random.Generator, watch: Watch | None = None
) -> NDArray[np.float64]:
    """Points distributed uniformly over a polytope, by coordinate hit-and-run with rounding.

    :data:`CHAINS` walks start at random points between vertices and go, at each step, to a
    uniformly chosen point of a line through where they are. Lines run along the principal axes of
    the walks so far, which are learnt while burning in and then kept, so that a long and thin set
    is crossed as fast as a round one. Burn-in is 100 steps for each dimension, and 10 for each
    dimension lie between two draws of one walk.

    Parameters
    ----------
    draws
        Points drawn by each walk.
    watch
        When it ends the work, the walks go no further: fewer points are drawn, one at least, and
        perhaps nearer to where the walks started than they should be.

    Returns
    -------
    (chains, draws, dimension), every point strictly inside.

    References
    ----------
    Hit-and-run: [Smith1984]_. Along coordinates after rounding: [Haraldsdottir2017]_. For weights
    under linear statements: [Tervonen2013]_ (all recalled).
    """
    watch, dimension = watch or Watch(), polytope.dimension
    if not dimension:
        return np.zeros((CHAINS, draws, 0))
    walks = _Walks(polytope, _starts(polytope, rng), rng)
    for _ in range(_ROUNDS):
        trace = []
        for _ in range(_STEPS_A_ROUND):
            if watch.is_over():
                return walks.points[:, None]
            walks.go(dimension)
            trace.append(walks.points)
        walks.turn(np.concatenate(trace[len(trace) // 3 :]))
    kept: list[NDArray[np.float64]] = []
    while len(kept) < draws and not (kept and watch.is_over()):
        walks.go(_THINNING * dimension)
        kept.append(walks.points)
    return np.stack(kept, axis=1)


def _starts(polytope: Polytope, rng: np.random.Generator) -> NDArray[np.float64]:
    """For each walk, a point half way between the middle and a random mixture of vertices."""
    ends = [
        end(variable(k)).point
        for k in range(polytope.dimension)
        for end in (polytope.least, polytope.most)
    ]
    mixture = rng.dirichlet(np.ones(len(ends)), size=CHAINS)
    return 0.5 * polytope.interior + 0.5 * (mixture @ np.array(ends))


class _Walks:
    """Points inside a polytope, moved along given axes."""

    def __init__(
        self, polytope: Polytope, points: NDArray[np.float64], rng: np.random.Generator
    ) -> None:
        self.polytope, self.points, self.rng = polytope, points, rng
        self._set(np.eye(polytope.dimension))

    def turn(self, trace: Vector) -> None:
        """Take the principal axes of some points, as long as the points are spread along them."""
        covariance = np.atleast_2d(np.cov(trace, rowvar=False))
        values, axes = np.linalg.eigh(covariance)
        self._set((axes * np.sqrt(np.maximum(values, values.max() * 1e-12))).T)

    def _set(self, axes: NDArray[np.float64]) -> None:
        self._axes = axes
        self._speeds = axes @ self.polytope.normals.T

    def go(self, steps: int) -> None:
        """Each walk along random axes, each time to a uniformly chosen point of the line."""
        points = self.points.copy()
        slack = points @ self.polytope.normals.T + self.polytope.offsets
        axes = self.rng.integers(len(self._axes), size=(steps, len(points)))
        parts = self.rng.uniform(size=(steps, len(points)))
        for axis, part in zip(axes, parts, strict=True):
            speed = self._speeds[axis]
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = slack / speed
            ahead = np.where(speed < 0, -reach, np.inf).min(axis=1)
            behind = np.where(speed > 0, -reach, -np.inf).max(axis=1)
            length = behind + (ahead - behind) * part
            moved = slack + length[:, None] * speed
            # Rounding may put a point on the border or beyond; such a step is not taken.
            inside = moved.min(axis=1) > 0
            slack = np.where(inside[:, None], moved, slack)
            points += np.where(inside, length, 0.0)[:, None] * self._axes[axis]
        self.points = points
