"""Sets of states as rows of bits: where sequences of steps lead, and what is worst about it.

A table of yes and no for pairs of states is mostly asked along the few moves that there are. With
a bit for each state, one operation on a row does what 64 single answers would take.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Table: TypeAlias = NDArray[np.bool_]
"""(states, states): a yes or no for each pair, the state one is at first. States are counted by
their place among the feasible ones."""

_Rows: TypeAlias = NDArray[np.uint64]
_Places: TypeAlias = NDArray[np.intp]

_AT_ONCE = 1 << 22
"""How many words are gathered at once; bounds the memory, not the answer."""


def reached(steps: Sequence[Table], size: int) -> Table:
    """``[s, t]``: steps lead from s to t, and none is followed by another from the same table."""
    if not steps:
        return np.zeros((size, size), dtype=np.bool_)
    arrows = [_Arrows.of(step) for step in steps]
    # led[k][s]: where a sequence leads whose first step is from the k-th table.
    direct = [_packed(step) for step in steps]
    led = [rows.copy() for rows in direct]
    is_growing = True
    while is_growing:
        is_growing = False
        for number, arrow in enumerate(arrows):
            rest = [rows for other, rows in enumerate(led) if other != number]
            if rest:
                longer = direct[number] | arrow.along(np.bitwise_or.reduce(rest))
                is_growing |= not np.array_equal(longer, led[number])
                led[number] = longer
    return _unpacked(np.bitwise_or.reduce(led), size)


def punished(asked: Table, deters: Table, answers: Table, own: Table | None) -> Table:
    """``[s, t]``, of the pairs asked about: from t something can come that deters from leaving s.

    Parameters
    ----------
    answers
        ``[t, u]``: the others can bring about u from t.
    own
        The moves by which the party may escape from what they brought about, to anything that does
        not deter; ``None`` if it may not.
    """
    if own is not None:
        # Turned, so that a row has all states that a party can stand at: escaped[u] is where to.
        escaped = _Arrows.of(own).along(_packed(~deters.T))
        deters = deters & ~_unpacked(escaped, len(deters)).T
    harm, after = _packed(deters), _packed(answers)
    found = np.zeros_like(asked)
    sources, targets = asked.nonzero()
    for some in _chunks(np.arange(len(sources) + 1), harm.shape[1]):
        s, t = sources[some], targets[some]
        found[s, t] = (harm[s] & after[t]).any(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class _Arrows:
    """Steps sorted by the state they leave: ``starts`` is where those of each state begin."""

    leaving: _Places
    starts: _Places
    targets: _Places

    @classmethod
    def of(cls, step: Table) -> _Arrows:
        sources, targets = step.nonzero()
        leaving, starts = np.unique(sources, return_index=True)
        return cls(leaving, np.append(starts, len(targets)), targets)

    def along(self, rows: _Rows) -> _Rows:
        """For each state all bits of the rows of the states that a step leads to."""
        found = np.zeros_like(rows)
        for some in _chunks(self.starts, rows.shape[1]):
            first, last = self.starts[some.start], self.starts[some.stop]
            gathered = rows[self.targets[first:last]]
            found[self.leaving[some]] = np.bitwise_or.reduceat(
                gathered, self.starts[some] - first, axis=0
            )
        return found


def _chunks(starts: _Places, width: int) -> Iterator[slice]:
    """Runs of groups, each with as many members in all as are looked at at once, or one group."""
    groups, at = len(starts) - 1, 0
    while at < groups:
        most = starts[at] + max(1, _AT_ONCE // width)
        end = max(at + 1, int(np.searchsorted(starts, most, side="right")) - 1)
        yield slice(at, end)
        at = end


def _packed(table: Table) -> _Rows:
    words = -(-table.shape[1] // 64)
    bits = np.zeros((len(table), words * 8), dtype=np.uint8)
    packed = np.packbits(table, axis=1)
    bits[:, : packed.shape[1]] = packed
    return bits.view(np.uint64)


def _unpacked(rows: _Rows, size: int) -> Table:
    return np.unpackbits(rows.view(np.uint8), axis=1, count=size).astype(np.bool_)
