"""Changes of a choice on a few issues, all options of those issues at once: exact, as arrays.

Everything is counted from the choice at hand. On the axis of an issue, position 0 is the option
the choice has, so that a change of some of the issues lies in the same grid as its own parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.demands import StoppedEarlyError
from goodoffices.settlement.maxima import LIMB, maxima
from goodoffices.settlement.problem import Box, Choice, Problem
from goodoffices.settlement.watch import Watch

Whole: TypeAlias = NDArray[Any]
"""Whole points: 64-bit where they fit, otherwise Python's integers."""

Mask: TypeAlias = NDArray[np.bool_]
Positions: TypeAlias = NDArray[np.intp]

NOTHING: Mapping[int, int] = MappingProxyType({})

_CELLS = 1 << 20
"""Changes looked at in one array; grids of more are cut into pieces."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes on some issues.

    Attributes
    ----------
    start
        The choice at hand.
    issues
        Ascending.
    options : (changes, issues)
        Option numbers after the change.
    gains : (changes, parties)
        Whole points over the choice at hand.
    """

    start: Choice
    issues: tuple[int, ...]
    options: NDArray[np.intp]
    gains: Whole

    def rows(self) -> Iterator[tuple[Choice, tuple[int, ...]]]:
        """The choice after each change, with every party's gain."""
        for options, gains in zip(self.options.tolist(), self.gains.tolist(), strict=True):
            choice = list(self.start)
            for issue, option in zip(self.issues, options, strict=True):
                choice[issue] = option
            yield tuple(choice), tuple(gains)


class Surroundings:
    """A problem seen from one of its choices, which need not be feasible.

    Parameters
    ----------
    problem, choice
        What is bargained over, and the choice at hand.
    fixed
        Issue number → option number: an issue that is changed at all is changed to this.
    watch
        Ends the work early, by ``StoppedEarlyError``.
    """

    def __init__(
        self, problem: Problem, choice: Choice, watch: Watch, fixed: Mapping[int, int] = NOTHING
    ) -> None:
        self.problem = problem
        self.choice = choice
        self.fixed = dict(fixed)
        self._watch = watch
        self._options = [
            np.array([chosen, *self._others(issue)]) for issue, chosen in enumerate(choice)
        ]
        kind = np.int64 if _reach(problem) < 1 << LIMB else object
        self._deltas = [
            np.array(
                [[table[j][p] - table[chosen][p] for j in options.tolist()] for p in self._parties],
                dtype=kind,
            )
            for table, chosen, options in zip(problem.tables, choice, self._options, strict=True)
        ]
        self._barriers = _Boxes([b.box for b in problem.barriers], choice, self._options)
        self._terms = _Boxes([t.box for t in problem.terms], choice, self._options)

    @property
    def _parties(self) -> range:
        return range(len(self.problem.parties))

    def _others(self, issue: int) -> list[int]:
        if issue in self.fixed:
            return [self.fixed[issue]]
        return [j for j in range(self.problem.sizes[issue]) if j != self.choice[issue]]

    def exchanges(self, issues: tuple[int, ...]) -> Changes:
        """The exchanges on these issues, all of them changed, that are worth talking about.

        An *exchange* is a change to something feasible that gives no party less and some party
        more. Kept are those of which no part is an exchange by itself, and to which no exchange
        of the same issues, or some of them, is better for one party and as good for all.
        """
        found = _Kept(self.choice, issues, len(self.problem.parties))
        for axes in self._pieces(issues):
            if self._watch.is_over():
                raise StoppedEarlyError
            harmless, gains = self._harmless(issues, axes)
            is_exchange = (gains > 0).any(axis=1)
            if not is_exchange.any():
                continue
            changed = np.argwhere(harmless)
            exchange = np.zeros_like(harmless)
            exchange[harmless] = is_exchange
            pool = is_exchange & self._has_fixed(issues, changed)
            minimal = _all(changed > 0) & ~_has_part(exchange)[harmless]
            options = self._options_at(issues, axes, changed[pool])
            found.add(options, gains[pool], minimal[pool])
        return found.minimal()

    def gainful(self, issues: tuple[int, ...]) -> Changes:
        """The changes of all these issues to something feasible at which every party gains.

        Kept are those to which no other of them is better for one party and as good for all.
        """
        found = _Kept(self.choice, issues, len(self.problem.parties))
        for axes in self._pieces(issues):
            if self._watch.is_over():
                raise StoppedEarlyError
            harmless, gains = self._harmless(issues, axes)
            changed = np.argwhere(harmless)
            kept = _all(gains > 0) & _all(changed > 0)
            found.add(self._options_at(issues, axes, changed[kept]), gains[kept], kept[kept])
        return found.minimal()

    def _pieces(self, issues: tuple[int, ...]) -> Iterator[list[Positions]]:
        """The grid in pieces of bearable size, each as positions along its axes.

        Position 0 is in every piece, so that the parts of a change lie in the same piece.
        """
        if prod(len(self._options[issue]) for issue in issues) <= _CELLS:
            yield [np.arange(len(self._options[issue])) for issue in issues]
            return
        room = _CELLS
        cuts: list[list[Positions]] = []
        for issue in reversed(issues):
            others = np.arange(1, len(self._options[issue]))
            length = max(1, min(len(others), room - 1))
            room //= length + 1
            starts = range(0, len(others), length)
            cuts.append([np.r_[0, others[start : start + length]] for start in starts])
        yield from map(list, product(*reversed(cuts)))

    def _harmless(self, issues: tuple[int, ...], axes: list[Positions]) -> tuple[Mask, Whole]:
        """Which cells of a grid are feasible and give nobody less; and everybody's gains there."""
        harmless = np.ones([len(axis) for axis in axes], dtype=np.bool_)
        for number in self._barriers.reached(issues):
            harmless &= ~self._barriers.inside(number, issues, axes)
        columns = [self._deltas[issue][:, axis] for issue, axis in zip(issues, axes, strict=True)]
        grids = []
        terms = self._terms_inside(issues, axes)
        for party in self._parties:
            if not harmless.any():
                return harmless, np.zeros((0, len(self._parties)), dtype=columns[0].dtype)
            grid = reduce(np.add.outer, [column[party] for column in columns])
            for number, inside in terms[party]:
                grid = grid + self.problem.terms[number].points * (
                    inside.astype(grid.dtype) - int(self._terms.holds(number))
                )
            harmless &= grid >= 0
            grids.append(grid)
        return harmless, np.stack([grid[harmless] for grid in grids], axis=1)

    def _terms_inside(
        self, issues: tuple[int, ...], axes: list[Positions]
    ) -> list[list[tuple[int, Mask]]]:
        """For each party, the terms that these issues can switch, and the cells inside."""
        found: list[list[tuple[int, Mask]]] = [[] for _ in self._parties]
        for number in self._terms.reached(issues):
            if self._terms.names(number, issues):
                inside = self._terms.inside(number, issues, axes)
                found[self.problem.terms[number].party].append((number, inside))
        return found

    def _has_fixed(self, issues: tuple[int, ...], changed: Positions) -> Mask:
        columns = [number for number, issue in enumerate(issues) if issue in self.fixed]
        return _all(changed[:, columns] > 0)

    def _options_at(
        self, issues: tuple[int, ...], axes: list[Positions], cells: Positions
    ) -> NDArray[np.intp]:
        columns = [
            self._options[issue][axis[cells[:, number]]]
            for number, (issue, axis) in enumerate(zip(issues, axes, strict=True))
        ]
        return np.stack(columns, axis=1)


def leximin_key(gains: Sequence[int], shares: Sequence[int]) -> list[int]:
    """A sort key: the greatest smallest gain first, then the greatest second smallest, and so on.

    ``shares[party]`` is what one of the party's points is worth where parties are compared.
    """
    return [-worth for worth in sorted(g * share for g, share in zip(gains, shares, strict=True))]


class _Kept:
    """Changes gathered piece by piece, of which only undominated ones are kept."""

    def __init__(self, start: Choice, issues: tuple[int, ...], parties: int) -> None:
        self._start = start
        self._issues = issues
        self._options = np.zeros((0, len(issues)), dtype=np.intp)
        self._gains: Whole = np.zeros((0, parties), dtype=np.int64)
        self._minimal = np.zeros(0, dtype=np.bool_)

    def add(self, options: NDArray[np.intp], gains: Whole, minimal: Mask) -> None:
        """Take in the changes of one piece."""
        if not len(options):
            return
        self._options = np.concatenate([self._options, options])
        self._gains = np.concatenate([self._gains, gains])
        self._minimal = np.concatenate([self._minimal, minimal])
        if self._minimal.any() or len(self._options) > _CELLS:
            best = np.sort(maxima(_ranked(self._gains)).members)
            self._options, self._gains = self._options[best], self._gains[best]
            self._minimal = self._minimal[best]

    def minimal(self) -> Changes:
        """Those that were said to be minimal."""
        kept = self._minimal
        return Changes(self._start, self._issues, self._options[kept], self._gains[kept])


class _Boxes:
    """Boxes seen from a choice: which of them a change of some issues could reach."""

    def __init__(self, boxes: Sequence[Box], choice: Choice, options: list[NDArray[Any]]) -> None:
        self._sides: list[dict[int, Mask]] = [
            {issue: np.isin(options[issue], list(allowed)) for issue, allowed in box}
            for box in boxes
        ]
        shape = (len(boxes), len(choice))
        self._named, self._outside = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
        for number, sides in enumerate(self._sides):
            for issue, allowed in sides.items():
                self._named[number, issue] = True
                self._outside[number, issue] = not allowed[0]

    def holds(self, number: int) -> bool:
        """Whether the choice at hand lies in the box."""
        return not self._outside[number].any()

    def names(self, number: int, issues: tuple[int, ...]) -> bool:
        """Whether the box restricts any of the issues."""
        return bool(self._named[number, list(issues)].any())

    def reached(self, issues: tuple[int, ...]) -> list[int]:
        """The boxes in which the choice lies as far as all other issues are concerned."""
        if not self._sides:
            return []
        elsewhere = self._outside.sum(axis=1) - self._outside[:, list(issues)].sum(axis=1)
        return np.flatnonzero(elsewhere == 0).tolist()

    def inside(self, number: int, issues: tuple[int, ...], axes: list[Positions]) -> Mask:
        """The cells of a grid on these issues that lie in a box which they reach."""
        sides = self._sides[number]
        along = [
            sides[issue][axis] if issue in sides else np.ones(len(axis), np.bool_)
            for issue, axis in zip(issues, axes, strict=True)
        ]
        found: Mask = reduce(np.logical_and.outer, along)
        return found


def _all(rows: Mask) -> Mask:
    """Which rows are true throughout."""
    found: Mask = np.all(rows, axis=1)
    return found


def _has_part(exchange: Mask) -> Mask:
    """The cells of a grid that contain an exchange of some, but not all, of the issues."""
    found = np.zeros_like(exchange)
    # All ways to leave at least one issue unchanged and at least one changed.
    for kept in product((False, True), repeat=exchange.ndim):
        if any(kept) and not all(kept):
            found |= exchange[tuple(slice(None) if k else slice(0, 1) for k in kept)]
    return found


def _ranked(gains: Whole) -> NDArray[np.int64]:
    """Gains as numbers of 64 bits in the same order, shaped as ``maxima`` takes them."""
    if gains.dtype == object:
        columns = [np.unique(column, return_inverse=True)[1] for column in gains.T]
        gains = np.stack(columns, axis=1)
    return gains.astype(np.int64)[:, :, None]


def _reach(problem: Problem) -> int:
    """No party's points change by more than this."""
    spans = [
        sum(max(o[p] for o in table) - min(o[p] for o in table) for table in problem.tables)
        + sum(abs(term.points) for term in problem.terms if term.party == p)
        for p in range(len(problem.parties))
    ]
    return max(spans, default=0)
