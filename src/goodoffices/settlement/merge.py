"""The frontier of a sum of blocks, merged block by block: exact, however large the space.

Every part of an undominated sum is undominated in its own block (else exchange it and gain), so it
is enough to keep, after each block, the undominated sums so far. The work depends on the number of
those sums and not on the number of outcomes. For two parties this is the issue-by-issue merge that
dynamic programming for bicriteria knapsacks uses [Ehrgott2005]_; nothing in it is limited to two.

Where the sums become too many, they are *thinned*: of all sums in one cell of a grid one is kept.
What is lost is bounded: for each outcome there is a kept one that falls short of it by less than
the widths of the grids, added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.blocks import Block, Shifted, list_blocks
from goodoffices.settlement.maxima import (
    LIMB,
    Maxima,
    Points,
    Rows,
    TooManyError,
    add,
    decode,
    maxima,
)
from goodoffices.settlement.problem import Choice
from goodoffices.settlement.watch import Watch

# Sums kept after a block; beyond them they are thinned. Those of two parties are sorted; of more,
# each is compared with each, and ``_COMPARISONS`` take a few seconds.
_KEPT_OF_TWO = 1_000_000
_COMPARISONS = 12_000_000_000
_KEPT_WHEN_THINNED = 4_000
_KEPT_WHEN_STOPPED = 200


@dataclass(frozen=True, slots=True)
class _Level:
    """The sums kept after one block: ``members`` are pairs (sum before, choice set of the block)
    coded as one number; those of sum ``k`` lie between ``offsets[k]`` and ``offsets[k + 1]``."""

    block: Block
    members: Rows
    offsets: Rows


@dataclass(frozen=True, slots=True)
class Merged:
    """Undominated sums over all blocks.

    Attributes
    ----------
    points
        One tuple of whole points for each sum, in descending order of the first party's points.
    lost
        Points by which the sums may fall short of an outcome, for each party; all 0 if exact.
    exact
        Whether the points are the whole frontier, and the choices behind them all there are.
    stopped
        Whether the watch ended the work early.
    """

    points: tuple[tuple[int, ...], ...]
    lost: tuple[int, ...]
    exact: bool
    stopped: bool
    levels: tuple[_Level, ...]
    issues: int

    def counts(self) -> list[int]:
        """How many choices attain each sum."""
        counts = np.ones(1, dtype=object)
        for level in self.levels:
            choices = np.diff(level.block.offsets).astype(object)
            before, item = np.divmod(level.members, len(choices))
            counts = np.add.reduceat(counts[before] * choices[item], level.offsets[:-1])
        return [int(count) for count in counts]

    def choices(self, number: int, most: int | None = None) -> list[Choice]:
        """The choices that attain a sum, the first ``most`` of them."""
        return list(islice(self._walk(len(self.levels) - 1, number), most))

    def first_choices(self) -> NDArray[np.int32]:
        """One choice for every sum, as rows (sums, issues)."""
        numbers = np.arange(len(self.points))
        found = np.zeros((len(numbers), self.issues), dtype=np.int32)
        for level in reversed(self.levels):
            before, item = np.divmod(
                level.members[level.offsets[numbers]], len(level.block.offsets) - 1
            )
            found[:, level.block.issues] = level.block.choices[level.block.offsets[item]]
            numbers = before
        return found

    def _walk(self, depth: int, number: int) -> Iterator[Choice]:
        if depth < 0:
            yield (0,) * self.issues
            return
        level = self.levels[depth]
        for member in level.members[level.offsets[number] : level.offsets[number + 1]].tolist():
            before, item = divmod(member, len(level.block.offsets) - 1)
            rows = range(level.block.offsets[item], level.block.offsets[item + 1])
            for start in self._walk(depth - 1, before):
                for row in rows:
                    choice = list(start)
                    for issue, option in zip(
                        level.block.issues, level.block.choices[row].tolist(), strict=True
                    ):
                        choice[issue] = option
                    yield tuple(choice)


def merge(moved: Shifted, watch: Watch, kept: int | None = None) -> Merged:
    """The undominated sums of points over the blocks of a problem, with the choices behind them.

    Parameters
    ----------
    moved
        The problem, from :func:`goodoffices.settlement.blocks.shifted`; every block listable.
    kept
        Sums kept after each block before they are thinned; by default as many as can be compared
        in a few seconds.

    Notes
    -----
    Once sums have been thinned the frontier is not exact any more, and fewer are kept from there
    on. When the watch ends the work, the remaining blocks are merged with a coarse grid: little
    time, a true guarantee, a larger ``lost``.
    """
    parties = len(moved.problem.parties)
    limit = _kept_by_default(parties) if kept is None else kept
    blocks = sorted(list_blocks(moved), key=lambda block: len(block.points))
    sums: Points = np.zeros((1, parties, moved.limbs), dtype=np.int64)
    lost = [0] * parties
    levels, exact, stopped = [], True, False
    for done, block in enumerate(blocks):
        if not stopped and watch.is_over():
            stopped, limit = True, _KEPT_WHEN_STOPPED
        candidates = add(sums[:, None], block.points[None, :]).reshape(-1, parties, moved.limbs)
        try:
            found = maxima(candidates, limit)
        except TooManyError:
            exact, limit = False, min(limit, _KEPT_WHEN_THINNED)
            spread, widths = thinned(candidates, limit)
            found = maxima(candidates[spread])
            found = Maxima(spread[found.rows], spread[found.members], found.offsets)
            lost = [a + b for a, b in zip(lost, widths, strict=True)]
        sums = candidates[found.rows]
        levels.append(_Level(block, found.members, found.offsets))
        watch.progress("merging issues", done + 1, len(blocks))
    rows = decode(sums)
    if not exact and rows:
        # No party can lose more than lies between the best there is and the least kept.
        bests = [[max(c) for c in zip(*decode(block.points), strict=True)] for block in blocks]
        reach = [sum(best[p] for best in bests) - min(r[p] for r in rows) for p in range(parties)]
        lost = [min(a, b) for a, b in zip(lost, reach, strict=True)]
    points = tuple(tuple(p + s for p, s in zip(row, moved.shift, strict=True)) for row in rows)
    return Merged(points, tuple(lost), exact, stopped, tuple(levels), len(moved.problem.sizes))


def _kept_by_default(parties: int) -> int:
    return _KEPT_OF_TWO if parties <= 2 else isqrt(_COMPARISONS // parties)


def thinned(values: Points, kept: int) -> tuple[Rows, tuple[int, ...]]:
    """At most ``kept`` rows of points, and what each party may lose by the others' absence.

    A grid has cells of equal width for each party; of the rows in one cell the first is kept. Any
    other exceeds it by less than the cell's width, for every party. Cells divide the first limb.
    """
    columns = values[..., 0] - values[..., 0].min(axis=0)
    spans = columns.max(axis=0) + 1
    parties = values.shape[1]
    # Cells are numbered by one 62-bit number, which limits their count along each party.
    cells = min(2 * kept, int(2.0 ** (LIMB / parties)))
    while True:
        widths = -(-spans // cells)
        number = np.zeros(len(values), dtype=np.int64)
        for party in range(parties):
            number = number * cells + columns[:, party] // widths[party]
        first = np.unique(number, return_index=True)[1]
        if len(first) <= kept or cells == 1:
            break
        cells = max(1, cells * 3 // 4)
    limb = 1 << LIMB if values.shape[-1] == 2 else 1
    return np.sort(first), tuple(int(width) * limb - 1 for width in widths)


def extreme(moved: Shifted, party: int) -> tuple[Choice, tuple[int, ...]]:
    """The best for one party, and among those the best for the next, and so on: exact, at once.

    The party order continues cyclically from ``party``. Points are the problem's own.
    """
    parties = len(moved.problem.parties)
    order = [(party + k) % parties for k in range(parties)]
    choice = [0] * len(moved.problem.sizes)
    for block in list_blocks(moved):
        rows = decode(block.points)
        best = max(range(len(rows)), key=lambda k: [rows[k][p] for p in order])
        for issue, option in zip(
            block.issues, block.choices[block.offsets[best]].tolist(), strict=True
        ):
            choice[issue] = option
    return tuple(choice), moved.problem.points(tuple(choice))
