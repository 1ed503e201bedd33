"""Packages as rows of option numbers, so that many can be weighed at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.model import Case
from goodoffices.settlement.problem import Barrier, Box, Choice, barriers

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

LARGEST_GRID = 4_000_000
"""Outcomes, before constraints, that are looked through one by one."""

_CHUNK = 1 << 18


@dataclass(frozen=True)
class Packages:
    """Some packages of a case; ``choices`` (packages, issues) holds their option numbers."""

    sizes: tuple[int, ...]
    choices: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.choices)

    def choice(self, row: int) -> Choice:
        """One package as option numbers."""
        return tuple(self.choices[row].tolist())

    def part(self, rows: Rows | Mask) -> Packages:
        """Some of the packages."""
        return Packages(self.sizes, self.choices[rows])

    @cached_property
    def numbers(self) -> Rows:
        """Each package's number in the list of all outcomes, the last issue varying fastest."""
        numbers: Rows = np.ravel_multi_index(tuple(self.choices.T), self.sizes).astype(np.int64)
        return numbers

    @cached_property
    def row_of(self) -> Rows:
        """The row of each outcome by its number, or -1."""
        rows = np.full(prod(self.sizes), -1, dtype=np.int64)
        rows[self.numbers] = np.arange(len(self))
        return rows

    def inside(self, box: Box) -> Mask:
        """Which packages lie in a box."""
        found = np.ones(len(self), dtype=np.bool_)
        for issue, options in box:
            allowed = np.zeros(self.sizes[issue], dtype=np.bool_)
            allowed[list(options)] = True
            found &= allowed[self.choices[:, issue]]
        return found


def packages_of(case: Case, choices: Sequence[Choice]) -> Packages:
    """Given packages of a case."""
    sizes = tuple(len(issue.options) for issue in case.issues)
    return Packages(sizes, np.array(choices, dtype=np.int32).reshape(len(choices), len(sizes)))


def allowed_packages(case: Case, most: int) -> Packages | None:
    """All packages that no constraint and no red line rules out; ``None`` if more than ``most``.

    Also ``None`` where there are too many outcomes to look through (:data:`LARGEST_GRID`).
    """
    sizes = tuple(len(issue.options) for issue in case.issues)
    if prod(sizes) > LARGEST_GRID:
        return None
    forbidden = barriers(case)
    parts: list[NDArray[np.int32]] = []
    count = 0
    for start in range(0, prod(sizes), _CHUNK):
        part = _allowed(sizes, forbidden, start)
        count += len(part)
        if count > most:
            return None
        parts.append(part)
    return Packages(sizes, np.concatenate(parts))


def _allowed(sizes: tuple[int, ...], forbidden: Sequence[Barrier], start: int) -> NDArray[np.int32]:
    numbers = np.arange(start, min(start + _CHUNK, prod(sizes)))
    found = Packages(sizes, np.stack(np.unravel_index(numbers, sizes), axis=1).astype(np.int32))
    barred = np.zeros(len(found), dtype=np.bool_)
    for barrier in forbidden:
        barred |= found.inside(barrier.box)
    return found.choices[~barred]
