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
from goodoffices.settlement.partial.search import NEAR, Found, Search
from goodoffices.settlement.partial.side import Side
from goodoffices.settlement.partial.space import Packages, packages_of
from goodoffices.settlement.partial.zone import Zone
from goodoffices.settlement.problem import Choice
from goodoffices.settlement.watch import Watch

_PROFILES = 32
"""Drawn preferences, one of each party's at a time, for which an agreement is sought."""


def examine_some(case: Case, sides: Sequence[Side], watch: Watch) -> Examined:
    """Packages worth looking at, found by search, and what holds of them.

    They are: for some drawn preferences, the package that would then be best for the party that
    gains least; the one whose least margin is surely greatest; and, where drawn preferences leave
    nothing acceptable to all, the one whose least margin can be greatest. Whether an agreement
    exists, and whether one of these is efficient, is decided among all packages.
    """
    search = Search(case, [side.known for side in sides])
    sampled = _sampled(search, sides, watch)
    sought = [search.sure_agreement(watch), *sampled]
    is_impossible = False
    if all(found.value < 0 for found in sampled):
        # No agreement in the sample: is there one under any preferences?
        possible = search.possible_agreement(watch)
        sought.append(possible)
        is_impossible = possible.bound < -NEAR
    efficient = {found.choice for found in sampled if found.choice is not None}
    choices = dict.fromkeys(
        _improved(search, sides, found.choice) for found in sought if found.choice is not None
    )
    packages = packages_of(case, list(choices))
    accepted = [acceptance(side, packages, watch) for side in sides]
    return Examined(
        packages=packages,
        acceptance=tuple(accepted),
        efficiency=_efficiency(search, sides, packages, efficient, watch),
        zone=_zone(accepted, sampled, is_impossible),
        sampled=False,
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
        if _is_rivalled(sides, packages, choice):
            necessarily[row] = NO
        elif not watch.is_over():
            rival = search.rival(choice, watch)
            if rival.bound <= NEAR:
                necessarily[row] = possibly[row] = YES
            elif rival.choice is not None and _beats(sides, rival.choice, choice):
                necessarily[row] = NO
    shares = np.zeros((len(sides[0].draws), len(packages)))
    return Efficiency(necessarily, possibly, {}, shares)


def _is_rivalled(sides: Sequence[Side], packages: Packages, choice: Choice) -> bool:
    """Whether another of the packages found can dominate one."""
    return any(_beats(sides, packages.choice(row), choice) for row in range(len(packages)))


def _beats(sides: Sequence[Side], other: Choice, choice: Choice) -> bool:
    return can_dominate(sides, [side.known.difference(other, choice) for side in sides]) is True


def _improved(search: Search, sides: Sequence[Side], choice: Choice) -> Choice:
    """A package changed on one issue after another as long as nobody can mind and somebody may
    gain."""
    for i, size in enumerate(search.sizes):
        for option in range(size):
            other = (*choice[:i], option, *choice[i + 1 :])
            gains = [side.known.difference(other, choice) for side in sides]
            if (
                search.allows(other)
                and any(gain.terms or gain.constant for gain in gains)
                and all(
                    side.known.polytope.is_never_negative(gain)
                    for side, gain in zip(sides, gains, strict=True)
                )
            ):
                return _improved(search, sides, other)
    return choice


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
