"""Questions about the zone of possible agreement, answered by looking at every outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.demands import Stakes
from goodoffices.settlement.problem import Box, Choice, Problem

LISTED_AT_MOST = 2_000_000
_NUMBERS_AT_MOST = 12_000_000

Whole = NDArray[Any]
"""Whole numbers: 64 bits where that is safe, otherwise Python's own."""


def is_small(problem: Problem) -> bool:
    """Whether every outcome can be looked at in a second or two."""
    return problem.size <= min(LISTED_AT_MOST, _NUMBERS_AT_MOST // len(problem.parties))


class Listed:
    """Every outcome of a problem, with its points and what it violates.

    Rows are choices in option order, the last issue varying fastest. The questions asked are those
    of :class:`goodoffices.settlement.zone_search.Searched`, and the answers are the same, except
    that of several equally good outcomes another one may be named.
    """

    def __init__(self, stakes: Stakes) -> None:
        self._stakes = stakes
        self._problem = stakes.problem
        self._points = _all_points(stakes)
        self._codes, self._sets = _violations(stakes)
        levels = np.array(stakes.problem.reservation, dtype=self._points.dtype)
        self._gains = self._points - levels
        self._reaches = (self._gains >= 0).astype(np.bool_)

    @property
    def method(self) -> str:
        """How the answers are proven."""
        return f"each of {self._problem.size:,} outcomes was looked at"

    def begin(self) -> None:
        """A new question follows; nothing to prepare."""

    def count(self) -> int:
        """How many outcomes are acceptable to all."""
        return int(self._acceptable.sum())

    def best(self) -> tuple[Choice | None, bool]:
        """The acceptable outcome with the greatest smallest margin, then the greatest sum.

        And whether that is proven, as it always is.
        """
        rows = np.flatnonzero(self._acceptable)
        margins = self._gains * self._shares
        return self._first(_least(rows, -margins.min(axis=1), -margins.sum(axis=1))), True

    def greatest(self, party: int) -> Choice | None:
        """The best for one party that breaks no rule and leaves the others their reservations."""
        others = [p for p in range(len(self._problem.parties)) if p != party]
        rows = np.flatnonzero(self._is_within(frozenset()) & self._reaches[:, others].all(axis=1))
        return self._first(_least(rows, -self._points[:, party]))

    def least_total(self, dropped: frozenset[int]) -> Choice | None:
        """The least concession in total, without some rules; of several the least largest one."""
        found = [least for rules, least in self._least_totals.items() if rules <= dropped]
        return self._choice(min(found)[-1]) if found else None

    def least_largest(self) -> Choice | None:
        """The least largest concession of any party; of several the least in total."""
        rows = np.flatnonzero(self._is_within(frozenset()))
        return self._first(_least(rows, self._deficits.max(axis=1), self._deficits.sum(axis=1)))

    def some(self, parties: frozenset[int], rules: frozenset[int]) -> Choice | None:
        """An outcome that satisfies these parties' reservations and these rules."""
        every = frozenset(range(len(self._stakes.barriers)))
        reached = self._reaches[:, sorted(parties)].all(axis=1)
        return self._first(np.flatnonzero(reached & self._is_within(every - rules)))

    def opening_rules(self, most: int) -> tuple[list[tuple[frozenset[int], Choice]], bool]:
        """The smallest sets of rules without which all parties reach their reservations.

        Fewest rules first, at most ``most`` sets; and whether these are all.
        """
        rows = np.flatnonzero(self._reaches.all(axis=1))
        codes, first = np.unique(self._codes[rows], return_index=True)
        by_rules = {self._sets[code]: int(rows[at]) for code, at in zip(codes, first, strict=True)}
        smallest = [rules for rules in by_rules if not any(other < rules for other in by_rules)]
        ordered = sorted(smallest, key=lambda rules: (len(rules), sorted(rules)))
        answers = [(rules, self._choice(by_rules[rules])) for rules in ordered[:most]]
        return answers, len(ordered) <= most

    def open_periods(
        self, slopes: Sequence[Fraction], horizon: Fraction
    ) -> list[tuple[Fraction, Fraction]]:
        """When, from 0 to ``horizon`` months, some outcome is acceptable to all.

        ``slopes[party]`` are the points by which its reservation changes in a month.
        """
        moving = [p for p, slope in enumerate(slopes) if slope]
        still = [p for p, slope in enumerate(slopes) if not slope]
        rows = self._is_within(frozenset()) & self._reaches[:, still].all(axis=1)
        gains = self._gains[rows]
        # A party's reservation meets an outcome after gain / slope months: a whole number of ticks.
        slope_unit = lcm(*(slopes[p].denominator for p in moving))
        steps = {p: int(slopes[p] * slope_unit) for p in moving}
        common = lcm(*steps.values()) * slope_unit * horizon.denominator
        tick = Fraction(slope_unit, common)
        end = int(horizon / tick)
        dtype = _dtype(common * int(abs(gains).max(initial=1)) + end)
        starts: Whole = np.zeros(len(gains), dtype=dtype)
        stops: Whole = np.full(len(gains), end, dtype=dtype)
        for p in moving:
            meets = gains[:, p].astype(dtype) * (common // steps[p])
            if steps[p] > 0:
                stops = np.minimum(stops, meets)
            else:
                starts = np.maximum(starts, meets)
        return [(start * tick, stop * tick) for start, stop in _union(starts, stops)]

    @cached_property
    def _shares(self) -> Whole:
        shares: Whole = np.array(self._stakes.shares, dtype=self._points.dtype)
        return shares

    @cached_property
    def _deficits(self) -> Whole:
        deficits: Whole = np.maximum(0, -self._gains) * self._shares
        return deficits

    @cached_property
    def _acceptable(self) -> NDArray[np.bool_]:
        acceptable: NDArray[np.bool_] = self._is_within(frozenset()) & self._reaches.all(axis=1)
        return acceptable

    @cached_property
    def _least_totals(self) -> dict[frozenset[int], tuple[int, int, int]]:
        """For each set of violated rules: the least total, the largest part of it, and a row."""
        totals, largest = self._deficits.sum(axis=1), self._deficits.max(axis=1)
        order = np.argsort(self._codes, kind="stable")
        ends = np.cumsum(np.bincount(self._codes, minlength=len(self._sets)))
        found = {}
        for rules, rows in zip(self._sets, np.split(order, ends[:-1]), strict=True):
            kept = _least(rows, totals, largest)
            if len(kept):
                row = int(kept[0])
                found[rules] = (int(totals[row]), int(largest[row]), row)
        return found

    def _is_within(self, dropped: frozenset[int]) -> NDArray[np.bool_]:
        """Which outcomes violate nothing but rules that are dropped."""
        allowed = np.array([rules <= dropped for rules in self._sets], dtype=np.bool_)
        return allowed[self._codes]

    def _first(self, rows: NDArray[np.int64]) -> Choice | None:
        return self._choice(int(rows[0])) if len(rows) else None

    def _choice(self, row: int) -> Choice:
        choice = []
        for size in reversed(self._problem.sizes):
            row, option = divmod(row, size)
            choice.append(option)
        return tuple(reversed(choice))


def _least(rows: NDArray[np.int64], *keys: Whole) -> NDArray[np.int64]:
    """Of some rows, those that are least by the first key, then by the next."""
    for key in keys:
        if len(rows):
            values = key[rows]
            rows = rows[values == values.min()]
    return rows


def _all_points(stakes: Stakes) -> Whole:
    """Points (outcomes, parties) of every choice."""
    problem = stakes.problem
    parties = range(len(problem.parties))
    largest = sum(
        max(abs(option[p]) for option in table) for table in problem.tables for p in parties
    )
    largest += sum(abs(term.points) for term in problem.terms) + sum(map(abs, problem.reservation))
    dtype = _dtype(largest * max(stakes.shares) * len(parties))
    points: Whole = np.zeros((1, len(problem.parties)), dtype=dtype)
    for table in problem.tables:
        options: Whole = np.array(table, dtype=dtype)
        points = (points[:, None] + options[None, :]).reshape(-1, len(problem.parties))
    for term in problem.terms:
        points[inside(problem, term.box), term.party] += term.points
    return points


def _violations(stakes: Stakes) -> tuple[NDArray[np.int64], list[frozenset[int]]]:
    """For every choice, the number of a set of rules: those it violates."""
    problem = stakes.problem
    codes = np.zeros(problem.size, dtype=np.int64)
    sets: list[frozenset[int]] = [frozenset()]
    for rule, numbers in enumerate(stakes.barriers):
        violated = np.zeros(problem.size, dtype=np.bool_)
        for number in numbers:
            violated |= inside(problem, problem.barriers[number].box)
        codes = 2 * codes + violated
        present = np.flatnonzero(np.bincount(codes, minlength=2 * len(sets)))
        renumbered = np.zeros(2 * len(sets), dtype=np.int64)
        renumbered[present] = np.arange(len(present))
        codes = renumbered[codes]
        sets = [
            sets[code >> 1] | {rule} if code & 1 else sets[code >> 1] for code in present.tolist()
        ]
    return codes, sets


def inside(problem: Problem, box: Box) -> NDArray[np.bool_]:
    """Which choices, in option order, lie in a box."""
    named = dict(box)
    rows = np.ones(1, dtype=np.bool_)
    for issue, size in enumerate(problem.sizes):
        options = np.ones(size, dtype=np.bool_)
        if issue in named:
            options = np.isin(np.arange(size), list(named[issue]))
        rows = (rows[:, None] & options[None, :]).reshape(-1)
    return rows


def _dtype(largest: int) -> type:
    return np.int64 if largest < 1 << 62 else object


def _safe(values: Whole, largest: int) -> Whole:
    return values.astype(_dtype(largest))


def _union(starts: Whole, stops: Whole) -> Iterator[tuple[int, int]]:
    """The union of closed intervals, as the fewest closed intervals, in order."""
    real = starts <= stops
    order = np.argsort(starts[real.astype(np.bool_)], kind="stable")
    starts, stops = starts[real.astype(np.bool_)][order], stops[real.astype(np.bool_)][order]
    if not len(starts):
        return
    reach = np.maximum.accumulate(stops)
    breaks = np.flatnonzero(starts[1:] > reach[:-1])
    firsts, lasts = np.r_[0, breaks + 1], np.r_[breaks, len(starts) - 1]
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        yield int(starts[first]), int(reach[last])
