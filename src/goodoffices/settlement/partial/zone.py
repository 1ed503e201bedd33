"""Whether an agreement that all would accept exists: under all, some or no possible preferences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.settlement.partial.acceptance import NO, OPEN, YES, Acceptance, accepted_by_all
from goodoffices.settlement.partial.cover import escape
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.polytope import TOLERANCE, Vector
from goodoffices.settlement.partial.side import Floats, Side
from goodoffices.settlement.partial.space import Packages
from goodoffices.settlement.watch import Watch


@dataclass(frozen=True)
class Zone:
    """Whether some package is acceptable to all (``YES``, ``NO`` or ``OPEN``).

    Attributes
    ----------
    possibly, necessarily
        Under some, under all possible preferences of all parties.
    possible
        Row of a package that could be acceptable to all; -1 for none.
    necessary
        Rows of packages one of which is acceptable to all, whatever the preferences.
    walks
        (chains,) in each walk, the share of drawn preferences at which there is one; fewer where
        the work was ended.
    """

    possibly: int
    necessarily: int
    possible: int
    necessary: tuple[int, ...]
    walks: Floats


def zone(
    sides: Sequence[Side], packages: Packages, found: Sequence[Acceptance], watch: Watch
) -> Zone:
    """Whether there is a zone of possible agreement among the packages."""
    possibly = accepted_by_all([one.possibly for one in found])
    necessarily = accepted_by_all([one.necessarily for one in found])
    chains = len(sides[0].draws)
    if not (possibly != NO).any():
        return Zone(NO, NO, -1, (), np.zeros(chains))
    likely = np.prod([one.shares.mean(axis=0) for one in found], axis=0)
    best = int(np.where(possibly == YES, likely, -1.0).argmax())
    exists = YES if possibly[best] == YES else OPEN
    possible = best if exists == YES else -1
    if (necessarily == YES).any():
        sure = int((necessarily == YES).argmax())
        return Zone(YES, YES, possible, (sure,), np.ones(chains))
    kept = np.flatnonzero(possibly != NO)
    question = _Question(sides, packages.part(kept))
    walks = question.walks(watch)
    if walks.min(initial=1) < 1:
        return Zone(exists, NO, possible, (), walks)
    answer = escape([s.known.polytope for s in sides], question.margins, question.worst, watch)
    if answer.points is not None:
        return Zone(exists, NO, possible, (), walks)
    if answer.covers is not None:
        return Zone(YES, YES, possible, tuple(kept[list(answer.covers)].tolist()), walks)
    return Zone(exists, OPEN, possible, (), walks)


class _Question:
    """Under which preferences is nothing acceptable to all?"""

    def __init__(self, sides: Sequence[Side], packages: Packages) -> None:
        self.sides, self.packages = sides, packages

    def margins(self, row: int) -> list[Linear]:
        choice = self.packages.choice(row)
        return [side.known.margin(choice) for side in self.sides]

    def worst(self, points: Sequence[Vector]) -> Floats:
        """For each package the margin of the party with the least."""
        margins = [
            side.margins(self.packages, point[None, :])[0]
            for side, point in zip(self.sides, points, strict=True)
        ]
        found: Floats = np.min(margins, axis=0)
        return found

    def walks(self, watch: Watch) -> Floats:
        """In each walk, the share of drawn preferences at which something is acceptable.

        When the watch ends the work, only for the walks looked at by then.
        """
        found = []
        margins = (side.margins_by_walk(self.packages) for side in self.sides)
        for of_parties in zip(*margins, strict=True):
            if watch.is_over():
                break
            least = np.min(of_parties, axis=0)
            found.append((least.max(axis=1) >= -TOLERANCE).mean())
        return np.array(found)
