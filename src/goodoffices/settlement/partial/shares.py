"""Shares of all possible preferences, estimated from drawn ones, with their errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt

import numpy as np

from goodoffices.settlement.partial.polytope import TOLERANCE
from goodoffices.settlement.partial.side import Floats, Side
from goodoffices.settlement.partial.space import Packages
from goodoffices.settlement.watch import Watch


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the possible preferences: an estimate and its standard error.

    An error of 0 says that the share is known and not estimated.
    """

    share: float
    error: float

    def __str__(self) -> str:
        if not self.error:
            return f"{self.share:.0%}"
        return f"{self.share:.0%} (±{max(self.error, 0.005):.0%})"


def share_of(walks: Floats, draws: int) -> Share:
    """The share behind the means of independent walks.

    The standard error is that of the mean of the walks' means, or what so many independent draws
    would have if that is greater. A share of 0 or 1 in the sample keeps an error: one more draw
    might differ.
    """
    share = float(walks.mean())
    count = len(walks) * draws
    smoothed = (share * count + 1) / (count + 2)
    plain = sqrt(smoothed * (1 - smoothed) / count)
    between = float(walks.std(ddof=1)) / sqrt(len(walks))
    return Share(share, max(plain, between))


def enough(walks: Floats) -> Floats:
    """Shares of walks (walks, packages), none of them if they are too few to tell their error."""
    return walks if len(walks) > 1 else walks[:0]


def joint(shares: Sequence[Share]) -> Share:
    """The share in which independent things all hold."""
    product = prod(s.share for s in shares)
    variance = sum(
        (s.error * prod(o.share for k, o in enumerate(shares) if k != place)) ** 2
        for place, s in enumerate(shares)
    )
    return Share(product, sqrt(variance))


def nash_shares(sides: Sequence[Side], packages: Packages, watch: Watch) -> Floats:
    """(chains, packages): the share of drawn preferences at which a package is Nash's choice.

    Nash's choice has the greatest product of gains among packages acceptable to all; of several,
    each counts. Where nothing is acceptable nothing is chosen. When the watch ends the work, the
    walks looked at by then are given; see :func:`enough`.
    """
    found = np.zeros((len(sides[0].draws), len(packages)))
    if not len(packages):
        return found
    walks = zip(*(side.margins_by_walk(packages) for side in sides), strict=True)
    for chain, margins in enumerate(walks):
        if watch.is_over():
            return enough(found[:chain])
        gains = np.stack(margins)
        is_acceptable = (gains >= -TOLERANCE).all(axis=0)
        products = np.where(is_acceptable, np.maximum(gains, 0.0).prod(axis=0), -1.0)
        best = products.max(axis=1, keepdims=True)
        chosen = (products >= best * (1 - 1e-12)) & is_acceptable
        found[chain] = chosen.mean(axis=0)
    return found
