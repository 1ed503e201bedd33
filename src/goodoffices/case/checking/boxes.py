"""What is left of the outcomes, decided without listing them.

A box is a set of options on each of some issues; it stands for all outcomes that have one of
them on each. Sets of options are whole numbers, bit ``j`` for option ``j``. A search splits the
space along the boxes that matter, so issues that no box names cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

from goodoffices.case.model import Case, Constraint, Issue
from goodoffices.case.statements import Condition

Box: TypeAlias = Mapping[int, int]
"""Issue number → set of options. The empty box holds every outcome."""

Space: TypeAlias = tuple[int, ...]
"""The set of options still open on each issue."""


class Undecided(Exception):
    """The search was given up."""


def whole(case: Case) -> Space:
    """Every outcome of the case, allowed or not."""
    return tuple((1 << len(issue.options)) - 1 for issue in case.issues)


def box(case: Case, condition: Condition) -> Box:
    """The outcomes that meet a condition."""
    return {
        i: _option_set(issue, condition.options[issue.id])
        for i, issue in enumerate(case.issues)
        if issue.id in condition.options
    }


def _option_set(issue: Issue, wanted: frozenset[str]) -> int:
    # Reading binary digits takes time linear in their number; adding powers of two does not.
    digits = ("1" if option.id in wanted else "0" for option in reversed(issue.options))
    return int("".join(digits), 2)


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


def is_anything_left(space: Space, boxes: Sequence[Box], most_steps: int) -> bool:
    """Whether some outcome of the space lies in none of the boxes.

    Looking at one box once is one step.

    Raises
    ------
    Undecided
        The search was given up after ``most_steps``.
    """
    open_spaces = [space]
    steps = 0
    while open_spaces:
        space = open_spaces.pop()
        steps += len(boxes)
        if steps > most_steps:
            raise Undecided
        parts = _around(space, boxes)
        if parts is None:
            return True
        open_spaces += parts
    return False


@dataclass(frozen=True, slots=True)
class Values:
    """What outcomes are worth, in whole points: some for each option, and more in boxes."""

    tables: Sequence[Sequence[int]]
    terms: Sequence[tuple[int, Box]] = ()

    def points(self, choice: Sequence[int]) -> int:
        """What an outcome is worth, given as one option number for each issue."""
        total = sum(table[option] for table, option in zip(self.tables, choice, strict=True))
        return total + sum(points for points, each in self.terms if _is_in(choice, each))


@dataclass(frozen=True, slots=True)
class Best:
    """The most points that an outcome has: exactly, or a number that none exceeds."""

    points: int
    is_exact: bool


def out_of_reach(
    space: Space, boxes: Sequence[Box], values: Values, least: int, most_steps: int
) -> Best | None:
    """The most points of an outcome in none of the boxes, if that is less than ``least``.

    ``None`` if an outcome has as many or more, if no outcome is left, or if neither was decided
    in ``most_steps``; looking at one box, or at 64 options of an issue, is one step.

    The part of the space that promises most is split first, until one keeps what it promises.
    What the best part promises is a bound for all, so a search given up may still decide.
    """
    orders = [_best_first(table) for table in values.tables]
    number = count()
    heap = [(-_bound(space, values, orders), next(number), space)]
    steps = 0
    cost = len(boxes) + len(values.terms) + sum(1 + len(order) // 64 for order in orders)
    while heap:
        promise, _, space = heappop(heap)
        steps += cost
        if steps > most_steps:
            return Best(-promise, is_exact=False) if -promise < least else None
        if -promise >= least and _is_reached(space, boxes, values, orders, least):
            return None
        parts = _around(space, boxes)
        if parts is None:
            unsure = next((each for _, each in values.terms if _is_split(space, each)), None)
            if unsure is None:
                return Best(-promise, is_exact=True) if -promise < least else None
            parts = [*_outside(space, unsure), _inside(space, unsure)]
        for part in parts:
            heappush(heap, (-_bound(part, values, orders), next(number), part))
    return None


def _is_reached(
    space: Space, boxes: Sequence[Box], values: Values, orders: Sequence[list[int]], least: int
) -> bool:
    """Whether the outcome with the best option on each issue is allowed and has the points."""
    choice = [
        next(option for option in order if options >> option & 1)
        for order, options in zip(orders, space, strict=True)
    ]
    return values.points(choice) >= least and not any(_is_in(choice, each) for each in boxes)


def _best_first(table: Sequence[int]) -> list[int]:
    return sorted(range(len(table)), key=lambda option: -table[option])


def _bound(space: Space, values: Values, orders: Sequence[list[int]]) -> int:
    """No outcome of the space has more points; exact when no term splits it."""
    total = 0
    for table, order, options in zip(values.tables, orders, space, strict=True):
        total += next(table[option] for option in order if options >> option & 1)
    for points, each in values.terms:
        if _is_met(space, each) and (points > 0 or not _is_split(space, each)):
            total += points
    return total


def _is_in(choice: Sequence[int], each: Box) -> bool:
    """Whether an outcome lies in the box."""
    return all(options >> choice[i] & 1 for i, options in each.items())


def _is_met(space: Space, each: Box) -> bool:
    """Whether some outcome of the space lies in the box."""
    return all(space[i] & options for i, options in each.items())


def _is_split(space: Space, each: Box) -> bool:
    """Whether some outcome of the space lies in the box and some does not."""
    return _is_met(space, each) and any(space[i] & ~options for i, options in each.items())


def _around(space: Space, boxes: Sequence[Box]) -> list[Space] | None:
    """The space split around the box that has the fewest ways around it.

    Without a way around, nothing is left; ``None`` if there is no box in the space.
    """
    fewest, chosen = len(space) + 1, None
    for each in boxes:
        if _is_met(space, each):
            ways = sum(1 for i, options in each.items() if space[i] & ~options)
            if ways < fewest:
                fewest, chosen = ways, each
    return None if chosen is None else _outside(space, chosen)


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
