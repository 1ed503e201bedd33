"""Preferences drawn at random from all that agree with a party's statements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.partial.linear import variable
from goodoffices.settlement.partial.polytope import Polytope, Vector

CHAINS = 64
"""Walks that run side by side; estimates and their errors come from comparing them."""

_ROUNDS = 4
_STEPS_A_ROUND = 12
_THINNING = 3


def draw(polytope: Polytope, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Points distributed uniformly over a polytope, by hit-and-run.

    :data:`CHAINS` walks start at random points between vertices and go, at each step, to a
    uniformly chosen point of a random line through where they are. Directions are drawn with the
    covariance of the walks so far, which is learnt while burning in and then kept, so that a long
    and thin set is crossed as fast as a round one. Burn-in is 48 steps for each dimension, and 3
    for each dimension lie between two draws of one walk.

    Parameters
    ----------
    draws
        Points drawn by each walk.

    Returns
    -------
    (chains, draws, dimension), every point strictly inside.

    References
    ----------
    Hit-and-run: [Smith1984]_. Its use for weights under linear statements: [Tervonen2013]_
    (recalled).
    """
    dimension = polytope.dimension
    if not dimension:
        return np.zeros((CHAINS, draws, 0))
    points = _starts(polytope, rng)
    spread = np.eye(dimension)
    for _ in range(_ROUNDS):
        trace = []
        for _ in range(_STEPS_A_ROUND * dimension):
            points = _step(polytope, points, spread, rng)
            trace.append(points)
        spread = _spread(np.concatenate(trace[len(trace) // 2 :]))
    kept = np.empty((CHAINS, draws, dimension))
    for k in range(draws):
        for _ in range(_THINNING * dimension):
            points = _step(polytope, points, spread, rng)
        kept[:, k] = points
    return kept


def _starts(polytope: Polytope, rng: np.random.Generator) -> NDArray[np.float64]:
    """For each walk, a point half way between the middle and a random mixture of vertices."""
    ends = [
        end(variable(k)).point
        for k in range(polytope.dimension)
        for end in (polytope.least, polytope.most)
    ]
    mixture = rng.dirichlet(np.ones(len(ends)), size=CHAINS)
    return 0.5 * polytope.interior + 0.5 * (mixture @ np.array(ends))


def _step(
    polytope: Polytope,
    points: NDArray[np.float64],
    spread: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Each walk to a uniformly chosen point of a random line through where it is."""
    directions = rng.standard_normal(points.shape) @ spread.T
    slack = points @ polytope.normals.T + polytope.offsets
    speed = directions @ polytope.normals.T
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = -slack / speed
    ahead = np.where(speed < 0, ratio, np.inf).min(axis=1)
    behind = np.where(speed > 0, ratio, -np.inf).max(axis=1)
    length = behind + (ahead - behind) * rng.uniform(size=len(points))
    moved = points + length[:, None] * directions
    # Rounding may put a point on the border or beyond; such a step is not taken.
    inside = (moved @ polytope.normals.T + polytope.offsets > 0).all(axis=1)
    return np.where(inside[:, None], moved, points)


def _spread(points: Vector) -> NDArray[np.float64]:
    """A square root of the covariance of points, made safe where they hardly vary."""
    covariance = np.atleast_2d(np.cov(points, rowvar=False))
    values, axes = np.linalg.eigh(covariance)
    root: NDArray[np.float64] = axes * np.sqrt(np.maximum(values, values.max() * 1e-12))
    return root
