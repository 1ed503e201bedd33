"""What is left of the outcomes, decided without listing them.

A box is a set of options on each of some issues; it stands for all outcomes that have one of
them on each. Sets of options are whole numbers, bit ``j`` for option ``j``. A search splits the
space along the boxes that matter, so issues that no box names cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

from goodoffices.case.model import Case, Constraint
from goodoffices.case.statements import Condition

Box: TypeAlias = Mapping[int, int]
"""Issue number → set of options. The empty box holds every outcome."""

Space: TypeAlias = tuple[int, ...]
"""The set of options still open on each issue."""

# Looking at one box once is one step: about a second in all.
MOST_STEPS = 1_000_000


class Undecided(Exception):
    """The search was given up after ``MOST_STEPS``."""


def whole(case: Case) -> Space:
    """Every outcome of the case, allowed or not."""
    return tuple((1 << len(issue.options)) - 1 for issue in case.issues)


def box(case: Case, condition: Condition) -> Box:
    """The outcomes that meet a condition."""
    return {
        i: sum(1 << j for j, o in enumerate(issue.options) if o.id in condition.options[issue.id])
        for i, issue in enumerate(case.issues)
        if issue.id in condition.options
    }


def forbidden(case: Case, constraint: Constraint) -> list[Box]:
    """The outcomes that a constraint rules out; with ``unless``, a box for each way to miss it."""
    main = box(case, constraint.forbid)
    if constraint.unless is None:
        return [main]
    space = whole(case)
    pieces: list[Box] = []
    for i, options in box(case, constraint.unless).items():
        outside = main.get(i, space[i]) & ~options
        if outside:
            pieces.append({**main, i: outside})
    return pieces


def is_anything_left(space: Space, boxes: Sequence[Box]) -> bool:
    """Whether some outcome of the space lies in none of the boxes.

    Raises
    ------
    Undecided
    """
    open_spaces = [space]
    steps = 0
    while open_spaces:
        space = open_spaces.pop()
        steps += len(boxes)
        if steps > MOST_STEPS:
            raise Undecided
        splits = [_outside(space, each) for each in boxes if _is_met(space, each)]
        if not splits:
            return True
        open_spaces += _fewest(splits)
    return False


@dataclass(frozen=True, slots=True)
class Values:
    """What outcomes are worth: a number for each option, and more for outcomes in boxes."""

    tables: Sequence[Sequence[Fraction]]
    terms: Sequence[tuple[Fraction, Box]] = ()


@dataclass(frozen=True, slots=True)
class Best:
    """The most that an outcome is worth: exactly, or a number that none exceeds."""

    value: Fraction
    is_exact: bool


def best(space: Space, boxes: Sequence[Box], values: Values) -> Best | None:
    """The most that any outcome in none of the boxes is worth; ``None`` if no outcome is left.

    Best first: the part of the space that promises most is split until one promises what it
    keeps. When that takes more than ``MOST_STEPS``, what it promises is the bound given.
    """
    orders = [_best_first(table) for table in values.tables]
    number = count()
    heap = [(-_bound(space, values, orders), next(number), space)]
    steps = 0
    while heap:
        promise, _, space = heappop(heap)
        steps += len(boxes) + len(values.terms) + 1
        if steps > MOST_STEPS:
            return Best(-promise, is_exact=False)
        splits = [_outside(space, each) for each in boxes if _is_met(space, each)]
        if splits:
            parts = _fewest(splits)
        else:
            unsure = next((b for _, b in values.terms if _is_split(space, b)), None)
            if unsure is None:
                return Best(-promise, is_exact=True)
            parts = [*_outside(space, unsure), _inside(space, unsure)]
        for part in parts:
            heappush(heap, (-_bound(part, values, orders), next(number), part))
    return None


def _best_first(table: Sequence[Fraction]) -> list[int]:
    return sorted(range(len(table)), key=lambda option: -table[option])


def _fewest(splits: Sequence[list[Space]]) -> list[Space]:
    """The ways around the box that has the fewest; with none, nothing of the space is left."""
    return min(splits, key=lambda parts: len(parts))


def _bound(space: Space, values: Values, orders: Sequence[Sequence[int]]) -> Fraction:
    """No outcome of the space is worth more; exact when no term splits it."""
    total = Fraction(0)
    for table, order, options in zip(values.tables, orders, space, strict=True):
        total += next(table[j] for j in order if options >> j & 1)
    for points, each in values.terms:
        if _is_met(space, each) and (points > 0 or not _is_split(space, each)):
            total += points
    return total


def _is_met(space: Space, each: Box) -> bool:
    """Whether some outcome of the space lies in the box."""
    return all(space[i] & options for i, options in each.items())


def _is_split(space: Space, each: Box) -> bool:
    """Whether some outcome of the space lies in the box and some does not."""
    return _is_met(space, each) and any(space[i] & ~options for i, options in each.items())


def _inside(space: Space, each: Box) -> Space:
    return tuple(options & each.get(i, options) for i, options in enumerate(space))


def _outside(space: Space, each: Box) -> list[Space]:
    """The part of the space outside a box, as spaces without a common outcome."""
    parts = []
    rest = list(space)
    for i, options in each.items():
        if outside := rest[i] & ~options:
            parts.append((*rest[:i], outside, *rest[i + 1 :]))
        rest[i] &= options
    return parts
