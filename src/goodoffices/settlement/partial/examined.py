"""Packages, and what was found of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.settlement.partial.acceptance import (
    Acceptance,
    Answers,
    acceptance,
    accepted_by_all,
)
from goodoffices.settlement.partial.efficiency import Efficiency, efficiency
from goodoffices.settlement.partial.side import Floats, Side
from goodoffices.settlement.partial.space import Packages
from goodoffices.settlement.partial.zone import Zone, zone
from goodoffices.settlement.watch import Watch


@dataclass(frozen=True)
class Examined:
    """Packages with what was found of them."""

    packages: Packages
    acceptance: tuple[Acceptance, ...]
    efficiency: Efficiency
    zone: Zone

    @property
    def sampled(self) -> bool:
        """Whether efficiency has shares."""
        return len(self.efficiency.shares) > 0

    @property
    def possibly(self) -> Answers:
        """Whether each package is possibly acceptable to all."""
        return accepted_by_all([one.possibly for one in self.acceptance])

    @property
    def necessarily(self) -> Answers:
        """Whether each package is necessarily acceptable to all."""
        return accepted_by_all([one.necessarily for one in self.acceptance])


def examine_all(sides: Sequence[Side], packages: Packages, watch: Watch) -> Examined:
    """What holds of every package of a list, where the list is all that is allowed."""
    found = []
    for number, side in enumerate(sides):
        watch.progress("who would accept what", number, len(sides))
        found.append(acceptance(side, packages, watch))
    watch.progress("what wastes something", 0)
    efficient = efficiency(sides, packages, likely(found), watch)
    watch.progress("whether an agreement exists", 0)
    return Examined(packages, tuple(found), efficient, zone(sides, packages, found, watch))


def likely(found: Sequence[Acceptance]) -> Floats:
    """For each package the share of preferences at which all accept."""
    likely: Floats = np.prod([one.shares.mean(axis=0) for one in found], axis=0)
    return likely
