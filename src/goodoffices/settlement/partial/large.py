"""Partial preferences where there are too many packages to list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodoffices.case.model import Case
from goodoffices.settlement.partial.acceptance import (
    NO,
    OPEN,
    YES,
    Acceptance,
    acceptance,
    accepted_by_all,
)
from goodoffices.settlement.partial.efficiency import Efficiency, can_dominate
from goodoffices.settlement.partial.examined import Examined
from goodoffices.settlement.partial.polytope import Vector
from goodoffices.settlement.partial.search import NEAR, Found, Search
from goodoffices.settlement.partial.side import Side
from goodoffices.settlement.partial.space import Packages, packages_of
from goodoffices.settlement.partial.zone import Zone
from goodoffices.settlement.problem import Choice
from goodoffices.settlement.watch import Watch

_TRIED = 8
_PROFILES = 64
"""Drawn preferences, one of each party's at a time, for which an agreement is sought."""


def examine_some(case: Case, sides: Sequence[Side], watch: Watch) -> Examined:
    """Packages worth looking at, found by search, and what holds of them.

    They are: for some drawn preferences, the package that would then be best for the party that
    gains least; the one whose least margin is surely greatest; and, where drawn preferences leave
    nothing acceptable to all, the one whose least margin can be greatest. Whether an agreement
    exists, and whether one of these is efficient, is decided among all packages.
    """
    search = Search(case, [side.known for side in sides])
    middle = [side.points.mean(axis=0) for side in sides]
    sampled = _sampled(search, sides, watch)
    others = [search.sure_agreement(middle, watch)]
    is_impossible = False
    if all(found.value < 0 for found in sampled) and not watch.is_over():
        # No agreement in the sample: is there one under any preferences?
        possible = search.possible_agreement(watch)
        others.append(possible)
        is_impossible = possible.bound < -NEAR
    improved = [_improved(search, middle, found.choice, watch) for found in others if found.choice]
    efficient = dict.fromkeys(found.choice for found in sampled if found.choice is not None)
    efficient |= dict.fromkeys(c for c in improved if _is_efficient(search, sides, c, watch))
    choices = dict.fromkeys([*improved, *efficient])
    packages = packages_of(case, list(choices))
    accepted = [acceptance(side, packages, watch) for side in sides]
    return Examined(
        packages=packages,
        acceptance=tuple(accepted),
        efficiency=_efficiency(search, sides, packages, set(efficient), watch),
        zone=_zone(accepted, sampled, is_impossible),
    )


def _sampled(search: Search, sides: Sequence[Side], watch: Watch) -> list[Found]:
    """The best package for the worst-off at the first drawn preferences of some walks."""
    found = []
    for number in range(_PROFILES):
        watch.progress("seeking packages", number, _PROFILES)
        if watch.is_over():
            break
        found.append(search.agreement([side.draws[number, 0] for side in sides], watch))
    return found


def _efficiency(
    search: Search,
    sides: Sequence[Side],
    packages: Packages,
    efficient: set[Choice],
    watch: Watch,
) -> Efficiency:
    necessarily = np.full(len(packages), OPEN, dtype=np.int8)
    possibly = np.full(len(packages), OPEN, dtype=np.int8)
    for row in range(len(packages)):
        watch.progress("what wastes something", row, len(packages))
        choice = packages.choice(row)
        if choice in efficient:
            possibly[row] = YES
        if watch.is_over():
            continue
        if _is_rivalled(sides, packages, choice):
            necessarily[row] = NO
        else:
            rival = search.rival(choice, watch)
            if rival.bound <= NEAR:
                necessarily[row] = possibly[row] = YES
            elif rival.choice is not None and _beats(sides, rival.choice, choice):
                necessarily[row] = NO
    shares = np.zeros((0, len(packages)))
    return Efficiency(necessarily, possibly, {}, shares)


def _is_rivalled(sides: Sequence[Side], packages: Packages, choice: Choice) -> bool:
    """Whether another of the packages found can dominate one."""
    return any(_beats(sides, packages.choice(row), choice) for row in range(len(packages)))


def _beats(sides: Sequence[Side], other: Choice, choice: Choice) -> bool:
    return can_dominate(sides, [side.known.difference(other, choice) for side in sides]) is True


def _improved(search: Search, points: Sequence[Vector], choice: Choice, watch: Watch) -> Choice:
    """A package that nobody ever minds in place of this one, and that none improves so again."""
    found = search.sure_improvement(choice, points, watch)
    return choice if found.choice is None or found.value <= NEAR else found.choice


def _is_efficient(search: Search, sides: Sequence[Side], choice: Choice, watch: Watch) -> bool:
    """Whether a package is efficient at the middle of the draws, or at some of them."""
    for points in [
        [side.points.mean(axis=0) for side in sides],
        *([side.draws[k, 0] for side in sides] for k in range(_TRIED)),
    ]:
        if watch.is_over():
            break
        found = search.improvement(choice, points, watch)
        if found.choice is not None and found.bound <= NEAR:
            return True
    return False


def _zone(accepted: Sequence[Acceptance], sampled: Sequence[Found], is_impossible: bool) -> Zone:
    possibly = accepted_by_all([one.possibly for one in accepted])
    necessarily = accepted_by_all([one.necessarily for one in accepted])
    walks = np.array([float(found.value >= 0) for found in sampled])
    if is_impossible:
        return Zone(NO, NO, -1, (), walks)
    rows = np.flatnonzero(possibly == YES).tolist()
    sure = np.flatnonzero(necessarily == YES).tolist()[:1]
    if sure:
        return Zone(YES, YES, rows[0], tuple(sure), walks)
    is_absent = any(found.bound < -NEAR for found in sampled)
    return Zone(
        YES if rows else OPEN, NO if is_absent else OPEN, rows[0] if rows else -1, (), walks
    )
