"""Which rows of an array of points are undominated: exact, with all ties.

Points may be larger than 64 bits hold, because utilities are whole multiples of a very small unit
where weights have many decimals. An array of points therefore has a last axis of *limbs*: one
number below 2^62, or two of which the first counts multiples of 2^62.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LIMB = 62
Points = NDArray[np.int64]
Rows = NDArray[np.int64]

# Rows taken at once: with this many the tables of a tile stay in the cache.
_TILE = 2048
_STRONG = 256


@dataclass(frozen=True, slots=True)
class Maxima:
    """The undominated vectors among the rows of an array, and every row that attains each.

    ``rows[k]`` is the first row of vector ``k``; ``members[offsets[k]:offsets[k + 1]]`` are all.
    """

    rows: Rows
    members: Rows
    offsets: Rows


def limbs_for(largest: int) -> int:
    """How many limbs hold sums up to ``largest``.

    Raises
    ------
    OverflowError
        The sums need more than two.
    """
    if largest < 1 << LIMB:
        return 1
    if largest < 1 << (2 * LIMB):
        return 2
    raise OverflowError(f"{largest.bit_length()} bits")


def encode(points: Sequence[Sequence[int]], limbs: int) -> Points:
    """Rows of whole points, none negative, as an array (rows, parties, limbs)."""
    values = np.array(points, dtype=object)
    if limbs == 1:
        return values.astype(np.int64)[..., None]
    return np.stack(
        [(values >> LIMB).astype(np.int64), (values & ((1 << LIMB) - 1)).astype(np.int64)], axis=-1
    )


def decode(values: Points) -> list[tuple[int, ...]]:
    """The inverse of :func:`encode`."""
    if values.shape[-1] == 1:
        return [tuple(row) for row in values[..., 0].tolist()]
    return [tuple((high << LIMB) + low for high, low in row) for row in values.tolist()]


def add(left: Points, right: Points) -> Points:
    """Sums of points, broadcast like any array, carried where there are two limbs."""
    total = left + right
    if total.shape[-1] == 2:
        total[..., 0] += total[..., 1] >> LIMB
        total[..., 1] &= (1 << LIMB) - 1
    return total


class TooManyError(Exception):
    """There are more undominated vectors than the caller wants to hear of."""


def maxima(values: Points, most: float = math.inf) -> Maxima:
    """The undominated vectors among rows of points (rows, parties, limbs).

    Vectors come in descending order of the first party's points, then the second's, and so on;
    the members of one vector in ascending row order.

    Raises
    ------
    TooManyError
        There are more than ``most``; found out without looking for all of them.

    Examples
    --------
    >>> found = maxima(encode([(3, 1), (1, 3), (2, 1), (3, 1)], limbs=1))
    >>> found.rows.tolist(), found.members.tolist(), found.offsets.tolist()
    ([0, 1], [0, 3, 1], [0, 2, 3])
    """
    ranks = np.stack([_ranks(values[:, party]) for party in range(values.shape[1])], axis=1)
    # A row with the greatest sum of ranks is undominated; a few of those rule out most others.
    alive = np.arange(len(ranks))
    if values.shape[1] > 2 and len(ranks) > 4 * _STRONG:
        alive = np.flatnonzero(~_is_below_strong(ranks))
    kept = ranks[alive]
    order = _descending(kept)
    kept = kept[order]
    starts = (
        np.flatnonzero(np.r_[True, (kept[1:] != kept[:-1]).any(axis=1)]) if len(kept) else order
    )
    ends = np.r_[starts[1:], len(kept)] if len(kept) else starts
    distinct = kept[starts]
    chosen = _undominated_of_two(distinct) if kept.shape[1] == 2 else _undominated(distinct, most)
    if len(chosen) > most:
        raise TooManyError
    starts, lengths = starts[chosen], (ends - starts)[chosen]
    offsets = np.r_[0, np.cumsum(lengths)]
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
    members = alive[order[np.repeat(starts, lengths) + within]]
    return Maxima(rows=members[offsets[:-1]], members=members, offsets=offsets)


def _ranks(column: Points) -> NDArray[np.int32]:
    """One party's points (rows, limbs) as small numbers in the same order: equal if they are."""
    if column.shape[1] == 1 and column.max(initial=0) < 1 << 31:
        return column[:, 0].astype(np.int32)
    order = np.argsort(column[:, 0], kind="stable")
    ordered = column[order]
    steps = (ordered[1:] != ordered[:-1]).any(axis=1)
    if column.shape[1] == 2 and (steps & (ordered[1:, 0] == ordered[:-1, 0])).any():
        # Some points differ in the second limb alone; rarely so, therefore looked at second.
        order = np.lexsort((column[:, 1], column[:, 0]))
        ordered = column[order]
        steps = (ordered[1:] != ordered[:-1]).any(axis=1)
    ranks = np.empty(len(column), dtype=np.int32)
    ranks[order] = np.r_[0, np.cumsum(steps)][: len(column)]
    return ranks


def _descending(ranks: NDArray[np.int32]) -> Rows:
    """The order of rows from the greatest to the least, column by column; stable."""
    if ranks.shape[1] == 2:
        pairs = ranks.astype(np.int64)
        return np.argsort(-((pairs[:, 0] << 32) + pairs[:, 1]), kind="stable")
    return np.lexsort(tuple(-ranks[:, column] for column in reversed(range(ranks.shape[1]))))


def _undominated_of_two(rows: NDArray[np.int32]) -> Rows:
    """Positions of undominated rows among distinct rows in descending lexicographic order.

    Kung, Luccio & Preparata (1975) for two dimensions: a row is undominated if and only if its
    second number exceeds all before it.
    """
    if not len(rows):
        return np.empty(0, dtype=np.int64)
    second = rows[:, 1]
    before = np.r_[-1, np.maximum.accumulate(second)[:-1]]
    return np.flatnonzero(second > before)


def _undominated(rows: NDArray[np.int32], most: float) -> Rows:
    """Positions, ascending, of undominated rows among distinct rows of any width.

    Rows are taken in descending order of their sums, so that a row can be dominated only by one
    taken before it: each block is compared with the undominated rows so far, then within itself.
    Ends early, with some of them, once there are more than ``most``.
    """
    order = np.argsort(-rows.sum(axis=1, dtype=np.int64), kind="stable")
    found: list[Rows] = []
    tiles: list[_Tile] = []
    for start in range(0, len(order), _TILE):
        block = order[start : start + _TILE]
        for tile in tiles:
            block = block[~tile.at_least(rows[block]).any(axis=1)]
        if not len(block):
            continue
        tile = _Tile(rows[block])
        others = tile.at_least(rows[block])
        own = np.arange(len(block))
        others[own, own // 64] &= ~_bit(own)
        found.append(block[~others.any(axis=1)])
        tiles.append(tile)
        if sum(map(len, found)) > most:
            break
    return np.sort(np.concatenate(found)) if found else order


def _is_below_strong(ranks: NDArray[np.int32]) -> NDArray[np.bool_]:
    """For each row, whether one of the few rows of greatest sum dominates it."""
    sums = ranks.sum(axis=1, dtype=np.int64)
    strong = np.unique(ranks[np.argpartition(-sums, _STRONG)[:_STRONG]], axis=0)
    tile, below = _Tile(strong), np.zeros(len(ranks), dtype=np.bool_)
    greatest = strong.sum(axis=1, dtype=np.int64).min()
    for start in range(0, len(ranks), 16 * _TILE):
        part = slice(start, start + 16 * _TILE)
        # A strong row is at least as great as itself; no strong row is judged here.
        below[part] = tile.at_least(ranks[part]).any(axis=1) & (sums[part] < greatest)
    return below


class _Tile:
    """Rows prepared for the question which of them are at least as great as a given row.

    For each column the rows are sorted, and a table holds, for each position, the set of rows from
    there on as a row of bits. The rows at least as great in every column are the intersection of
    one such set a column: 64 comparisons in one operation.
    """

    def __init__(self, rows: NDArray[np.int32]) -> None:
        count, width = rows.shape
        words = -(-count // 64)
        self.columns, self.tables = [], []
        for column in range(width):
            order = np.argsort(rows[:, column])
            table = np.zeros((count + 1, words), dtype=np.uint64)
            table[np.arange(count), order // 64] = _bit(order)
            self.tables.append(np.bitwise_or.accumulate(table[::-1], axis=0)[::-1])
            self.columns.append(rows[order, column])

    def at_least(self, rows: NDArray[np.int32]) -> NDArray[np.uint64]:
        """For each row, as bits, the tile's rows that are at least as great in every column."""
        sets = [
            table[np.searchsorted(column, rows[:, number])]
            for number, (column, table) in enumerate(zip(self.columns, self.tables, strict=True))
        ]
        common: NDArray[np.uint64] = np.bitwise_and.reduce(sets)
        return common


def _bit(positions: Rows) -> NDArray[np.uint64]:
    """The bit of each position within its word of 64."""
    return np.uint64(1) << (positions % 64).astype(np.uint64)
