"""The greatest smallest gain, and leximin, by mixed-integer programming."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf, lcm

from goodoffices.settlement.columns import LARGEST, MARGIN
from goodoffices.settlement.milp import Program
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.solver import INFINITY, Status
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.yardsticks import Yardstick, egalitarian

_NEAR_MISSES = 200
"""How many choices that only rounding confuses are compared before giving up."""

_STEEPEST = 1e9
"""Rows with greater coefficients are left to the floors, which are compared in whole points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedGain:
    """The greatest smallest gain found; ``value`` is ``None`` where no choice was."""

    value: Fraction | None
    choice: Choice | None
    proven: bool
    bound: float


def search_smallest_gain(problem: Problem, yardstick: Yardstick, watch: Watch) -> SearchedGain:
    """The greatest smallest gain among acceptable choices.

    It is proven when no choice gives everybody the next number of whole points that would be more.
    """
    program = Program(problem)
    least, unit = _add_smallest(program, yardstick)
    best: Fraction | None = None
    choice: Choice | None = None
    bound = inf
    while True:
        floors = yardstick.floors(Fraction(0)) if best is None else yardstick.floors_above(best)
        answer = program.maximise_columns({least: 1.0}, watch, gap=0.4, at_least=floors)
        bound = min(bound, float(answer.bound) * float(unit))
        if answer.choice is not None and answer.points is not None:
            best, choice = yardstick.smallest(answer.points), answer.choice
        is_last = answer.choice is None or not yardstick.active
        if answer.status is Status.STOPPED or is_last:
            proven = answer.status is not Status.STOPPED
            worth = -inf if best is None else float(best)
            return SearchedGain(
                value=best,
                choice=choice,
                proven=proven,
                bound=worth if proven else max(bound, worth),
            )


def _add_smallest(program: Program, yardstick: Yardstick) -> tuple[int, Fraction]:
    """A column for the smallest gain, and how much of it is one unit of the column."""
    tops = {
        party: factor * (program.base[party] + program.span[party] - yardstick.reservation[party])
        for party, factor in yardstick.active
    }
    top = max(min(tops.values(), default=Fraction(0)), Fraction(0))
    finest = min((factor for _, factor in yardstick.active), default=Fraction(1))
    unit = max(finest, top / LARGEST)
    column = program.solver.add_column(0, float(top / unit), integral=False)
    for party, factor in yardstick.active:
        # A point that is worth more than anybody's smallest gain may as well be worth just that.
        part = float(min(factor, top) * program.scale[party] / unit)
        if part < _STEEPEST:
            level = part * program.level(party, yardstick.reservation[party])
            row = {program.party_columns[party]: part, column: -1.0}
            program.solver.add_row(row, level, INFINITY)
    return column, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedLeximin:
    """The leximin choices found: all of them if ``is_complete``."""

    choices: tuple[Choice, ...]
    proven: bool
    is_complete: bool


def search_leximin(problem: Problem, least: Fraction, watch: Watch, most: int) -> SearchedLeximin:
    """Of the choices whose smallest gain is greatest, the ones with the greatest second, and so on.

    The sum of the ``k`` smallest gains is the greatest ``k t - sum of what gains lack to t`` over
    all ``t``; these sums are maximised one after the other (Ogryczak & Śliwiński, 2006).

    Parameters
    ----------
    least
        The greatest smallest gain, in utility.
    most
        How many choices are listed.
    """
    search = _Leximin(problem, egalitarian(problem).floors(least))
    parties = len(problem.parties)
    proven = all(search.settle(k, watch) for k in range(min(2, parties), parties + 1))
    if search.best is None:
        return SearchedLeximin(choices=(), proven=False, is_complete=False)
    choices, is_complete = search.equally_good(watch, most)
    return SearchedLeximin(
        choices=tuple(choices), proven=proven, is_complete=proven and is_complete
    )


class _Leximin:
    """A program to which the sums of smallest gains are added one by one."""

    def __init__(self, problem: Problem, floors: Mapping[int, int]) -> None:
        self._problem = problem
        self._program = Program(problem)
        self._floors = floors
        # Gains in a measure of which everybody's points are whole multiples.
        common = lcm(*(unit.denominator for unit in problem.units))
        self._factors = [int(unit * common) for unit in problem.units]
        span = self._greatest_gain() * len(self._factors)
        self._is_whole = span <= LARGEST and set(self._program.scale) == {1}
        self._unit = Fraction(1) if self._is_whole else Fraction(max(span, 1), LARGEST)
        self.best: Choice | None = None
        self._sums: tuple[int, ...] = ()
        self._objective: dict[int, float] = {}

    def _greatest_gain(self) -> int:
        """What no gain exceeds; 0 where nobody can gain."""
        program, reservation = self._program, self._problem.reservation
        rows = zip(self._factors, program.base, program.span, reservation, strict=True)
        return max(0, *(factor * (base + span - least) for factor, base, span, least in rows))

    def settle(self, count: int, watch: Watch) -> bool:
        """Maximise the sum of the ``count`` smallest gains, keep it; whether that is proven."""
        self._objective = self._smallest(count)
        with self._program.excluding():
            for _ in range(_NEAR_MISSES):
                answer = self._program.maximise_columns(
                    self._objective,
                    watch,
                    gap=0.999 if self._is_whole else MARGIN,
                    at_least=self._floors,
                    cutoff=self._more_than(count),
                )
                if answer.choice is not None:
                    self._consider(answer.choice)
                if answer.status is Status.STOPPED:
                    return False
                if answer.choice is None or self._is_whole:
                    self._keep(count)
                    return True
                self._program.exclude(answer.choice)
        return False

    def equally_good(self, watch: Watch, most: int) -> tuple[list[Choice], bool]:
        """All choices with the same gains, in whatever order, as the best."""
        found: list[Choice] = []
        are_all = False
        with self._program.excluding():
            for _ in range(most + _NEAR_MISSES):
                answer = self._program.maximise_columns(
                    self._objective, watch, gap=0.999, at_least=self._floors
                )
                if answer.choice is None:
                    are_all = answer.status is Status.INFEASIBLE and self.best in found
                    break
                if self._sums_of(answer.choice) == self._sums:
                    if len(found) == most:
                        break
                    found.append(answer.choice)
                if answer.status is Status.STOPPED:
                    break
                self._program.exclude(answer.choice)
        if not found and self.best is not None:
            found.append(self.best)
        return found, are_all

    def _smallest(self, count: int) -> dict[int, float]:
        """The sum of the ``count`` smallest gains, as an objective in new columns."""
        solver, program = self._program.solver, self._program
        most = float(self._greatest_gain() / self._unit)
        threshold = solver.add_column(0, most, integral=False)
        objective = {threshold: float(count)}
        for party, factor in enumerate(self._factors):
            part = float(factor * program.scale[party] / self._unit)
            reservation = part * program.level(party, self._problem.reservation[party])
            lack = solver.add_column(0, most, integral=False)
            row = {lack: 1.0, threshold: -1.0, program.party_columns[party]: part}
            solver.add_row(row, reservation, INFINITY)
            objective[lack] = -1.0
        return objective

    def _consider(self, choice: Choice) -> None:
        sums = self._sums_of(choice)
        if self.best is None or sums > self._sums:
            self.best, self._sums = choice, sums

    def _more_than(self, count: int) -> float:
        if self.best is None:
            return -INFINITY
        level = float(self._sums[count - 1] / self._unit)
        return level + 0.5 if self._is_whole else level - 2 * MARGIN

    def _keep(self, count: int) -> None:
        """From now on, the sum of the ``count`` smallest gains must be what it is."""
        level = float(self._sums[count - 1] / self._unit)
        slack = 0.5 if self._is_whole else 2 * MARGIN
        self._program.solver.add_row(self._objective, level - slack, INFINITY)

    def _sums_of(self, choice: Choice) -> tuple[int, ...]:
        rows = zip(
            self._factors,
            self._problem.points(choice),
            self._problem.reservation,
            strict=True,
        )
        gains = sorted(factor * (points - least) for factor, points, least in rows)
        return tuple(sum(gains[: k + 1]) for k in range(len(gains)))
