"""A problem as a mixed-integer program: choices as binary columns, points as continuous ones.

One binary column for each option of each issue, one column for each box of two or more issues on
which points depend, one for each party's points. Whatever HiGHS finds is evaluated again in whole
numbers, and what is called optimal here has been compared in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from goodoffices.settlement.columns import (
    MARGIN,
    PartyPoints,
    Ruler,
    party_points,
    ruler,
    scale_of,
)
from goodoffices.settlement.problem import Box, Choice, Problem, is_inside
from goodoffices.settlement.solver import INFINITY, Solved, Solver, Status
from goodoffices.settlement.watch import Watch

_NEAR_MISSES = 200
"""How many choices that only rounding confuses with the best are compared before giving up."""

NO_FLOORS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a maximisation found.

    Attributes
    ----------
    status
        ``OPTIMAL``: ``choice`` is proven best. ``INFEASIBLE``: it is proven that there is none.
        ``STOPPED``: ended early; ``choice`` is the best one met, if any was.
    choice, points
        The best choice, and each party's exact points for it.
    value
        The objective there: a ``Fraction`` for an objective in points.
    bound
        No choice that was asked for has a greater objective; minus infinity if there is none.
    columns
        Values of all columns, for callers that added some of their own.
    """

    status: Status
    choice: Choice | None = None
    points: tuple[int, ...] | None = None
    value: Fraction | float | None = None
    bound: Fraction | float
    columns: tuple[float, ...] = ()


class Program:
    """A problem, held open in HiGHS.

    Parameters
    ----------
    problem
        What is bargained over. Reservation values are not imposed: ask with ``at_least``.
    barriers
        Numbers of the barriers that hold; without it, all of them.

    Attributes
    ----------
    solver
        Takes columns and rows of one's own (``add_column``, ``add_row``, ``bound_row``, ...).
    options
        ``options[issue][option]``: the binary column of an option.
    party_columns
        Column of each party's points, in units of ``scale[party]`` above ``base[party]``. Boxes
        are modelled from the side that matters to somebody who wants points: a column may say
        less than the choice is worth, never more. Cap no party's points.
    base, scale
        Party's points = ``base + scale * column``. The scale is 1 unless a party's points run to
        more than about a million.
    barrier_rows
        Row of each barrier: ``sum of its options' columns <= issues in it - 1``. To switch it by
        a column, give that column a coefficient; to lift it, bound the row by infinities.
    """

    def __init__(self, problem: Problem, barriers: Iterable[int] | None = None) -> None:
        self.problem = problem
        self.solver = Solver()
        self.options = tuple(
            tuple(self.solver.add_column(0, 1, integral=True) for _ in range(size))
            for size in problem.sizes
        )
        for columns in self.options:
            self.solver.add_row(dict.fromkeys(columns, 1.0), 1, 1)
        parties = [party_points(problem, party) for party in range(len(problem.parties))]
        self.base = tuple(party.base for party in parties)
        self.span = tuple(party.span for party in parties)
        self.scale = tuple(scale_of(span) for span in self.span)
        self._boxes = {
            box: self._add_box(box, [party.boxes.get(box, 0) for party in parties])
            for box in dict.fromkeys(box for party in parties for box in party.boxes)
        }
        self.party_columns = tuple(
            self._add_party(party, scale) for party, scale in zip(parties, self.scale, strict=True)
        )
        self.barrier_rows = tuple(self._add_barrier(barrier.box) for barrier in problem.barriers)
        held = range(len(problem.barriers)) if barriers is None else set(barriers)
        for number, row in enumerate(self.barrier_rows):
            if number not in held:
                self.solver.bound_row(row, -INFINITY, INFINITY)
        self._exclusions: dict[Choice, int] = {}

    def _add_box(self, box: Box, points: list[int]) -> int:
        """The column that is 1 inside a box and 0 outside, as far as anybody gains by it."""
        column = self.solver.add_column(0, 1, integral=True)
        inside = [self.options[issue][j] for issue, options in box for j in options]
        if max(points) > 0:
            for issue, options in box:
                # Inside, or an option that leaves the box: at most one, which HiGHS reads as such.
                outside = set(self.options[issue]) - {self.options[issue][j] for j in options}
                row = dict.fromkeys([*sorted(outside), column], 1.0)
                self.solver.add_row(row, -INFINITY, 1)
        if min(points) < 0:
            row = {**dict.fromkeys(inside, 1.0), column: -1.0}
            self.solver.add_row(row, -INFINITY, len(box) - 1)
        return column

    def _add_party(self, party: PartyPoints, scale: int) -> int:
        column = self.solver.add_column(0, party.span / scale, integral=False)
        row = {column: -1.0}
        for issue, values in enumerate(party.table):
            for option, points in enumerate(values):
                if points:
                    row[self.options[issue][option]] = points / scale
        for box, points in party.boxes.items():
            row[self._boxes[box]] = points / scale
        self.solver.add_row(row, party.losses / scale, party.losses / scale)
        return column

    def _add_barrier(self, box: Box) -> int:
        row = {self.options[issue][j]: 1.0 for issue, options in box for j in options}
        return self.solver.add_row(row, -INFINITY, len(box) - 1)

    def level(self, party: int, points: int | Fraction) -> float:
        """A party's points in the units of its column."""
        return float((points - self.base[party]) / Fraction(self.scale[party]))

    def values(self, choice: Choice) -> dict[int, float]:
        """The columns at a choice, as a start for HiGHS; without columns of the caller's own."""
        start = {
            column: float(j == chosen)
            for columns, chosen in zip(self.options, choice, strict=True)
            for j, column in enumerate(columns)
        }
        start |= {column: float(is_inside(choice, box)) for box, column in self._boxes.items()}
        for party, points in enumerate(self.problem.points(choice)):
            start[self.party_columns[party]] = self.level(party, points)
        return start

    def exclude(self, choice: Choice) -> None:
        """From now on, do not give this choice."""
        if choice not in self._exclusions:
            row = {self.options[i][j]: 1.0 for i, j in enumerate(choice)}
            self._exclusions[choice] = self.solver.add_row(row, -INFINITY, len(choice) - 1)

    @contextmanager
    def excluding(self) -> Iterator[None]:
        """What is excluded inside is allowed again at the end."""
        before = set(self._exclusions)
        try:
            yield
        finally:
            for choice in self._exclusions.keys() - before:
                # The row stays, idle: deleting it would renumber rows that others keep.
                self.solver.bound_row(self._exclusions.pop(choice), -INFINITY, INFINITY)

    def require(self, at_least: Mapping[int, int]) -> None:
        """From now on, give the parties named these points or more, and the others any."""
        for party, column in enumerate(self.party_columns):
            floor_level = 0.0
            if party in at_least and at_least[party] > self.base[party]:
                floor_level = self.level(party, at_least[party])
                floor_level -= 0 if self.scale[party] == 1 else MARGIN
            span = self.span[party] / self.scale[party]
            # A floor above the span must stay infeasible, and HiGHS wants bounds in order.
            self.solver.bound_column(column, floor_level, max(span, floor_level))

    def maximise(
        self,
        weights: Mapping[int, Fraction],
        watch: Watch,
        *,
        at_least: Mapping[int, int] = NO_FLOORS,
        above: Fraction | None = None,
        starts: Iterable[Choice] = (),
    ) -> Answer:
        """The choice with the greatest weighted sum of points, proven.

        Parameters
        ----------
        weights
            Weight, not negative, by party; objective = sum of weight times points.
        watch
            Ends the work early.
        at_least
            Points that the parties named must get.
        above
            Only choices whose objective is greater than this are asked for.
        starts
            Choices that may be good; they need not satisfy anything.
        """
        measure = ruler(weights, self.base, self.span, self.scale)
        objective = self._objective(weights, measure)
        self.require(at_least)
        best: _Met | None = None
        worth = above
        first = [self.values(choice) for choice in starts]
        with self.excluding():
            for _ in range(_NEAR_MISSES):
                cutoff = -INFINITY if worth is None else measure.above(worth)
                solved = self.solver.maximise(
                    objective, watch, gap=measure.gap, cutoff=cutoff, starts=first
                )
                first = []
                met = self._met(solved, weights, at_least)
                is_better = met is not None and (worth is None or met.value > worth)
                if met and is_better:
                    best, worth = met, met.value
                if solved.status is Status.STOPPED:
                    return _stopped(best, measure.bound(solved.bound))
                # All that are left are no better, or HiGHS can tell that this one is the best.
                is_last = worth is not None and measure.bound(solved.bound) <= worth
                if solved.values is None or is_last or (is_better and measure.is_whole):
                    return _final(best)
                self.exclude(self.choice(solved.values))
        return _stopped(best, measure.bound(solved.bound))

    def all_from(
        self,
        weights: Mapping[int, Fraction],
        least: Fraction,
        watch: Watch,
        *,
        at_least: Mapping[int, int] = NO_FLOORS,
        most: int,
    ) -> tuple[list[Choice], bool]:
        """Choices whose weighted sum of points is ``least`` or more, and whether these are all.

        At most ``most`` are given. Parameters otherwise as in :meth:`maximise`.
        """
        measure = ruler(weights, self.base, self.span, self.scale)
        objective = self._objective(weights, measure)
        self.require(at_least)
        found: list[Choice] = []
        with self.excluding():
            for _ in range(most + _NEAR_MISSES):
                solved = self.solver.maximise(
                    objective, watch, gap=measure.gap, cutoff=measure.from_on(least)
                )
                if solved.values is None or measure.bound(solved.bound) < least:
                    return found, solved.status is not Status.STOPPED
                met = self._met(solved, weights, at_least)
                if met is not None and met.value >= least:
                    if len(found) == most:
                        break
                    found.append(met.choice)
                if solved.status is Status.STOPPED:
                    break
                self.exclude(self.choice(solved.values))
        return found, False

    def maximise_columns(
        self,
        objective: Mapping[int, float],
        watch: Watch,
        *,
        gap: float,
        at_least: Mapping[int, int] = NO_FLOORS,
        cutoff: float = -INFINITY,
        starts: Iterable[Choice] = (),
    ) -> Answer:
        """The choice with the greatest ``sum coefficient * column``, as far as HiGHS can tell.

        For objectives in columns of one's own. ``value`` is the objective in floating point,
        proven to be within ``gap`` of the greatest; ``cutoff`` is the least that is of interest.
        Floors are still compared in whole points.
        """
        self.require(at_least)
        first = [self.values(choice) for choice in starts]
        with self.excluding():
            for _ in range(_NEAR_MISSES):
                solved = self.solver.maximise(
                    objective, watch, gap=gap, cutoff=cutoff, starts=first
                )
                if solved.values is None:
                    return Answer(status=solved.status, bound=solved.bound)
                choice = self.choice(solved.values)
                points = self.problem.points(choice)
                if _meets(points, at_least):
                    return Answer(
                        status=solved.status,
                        choice=choice,
                        points=points,
                        value=sum(c * solved.values[k] for k, c in objective.items()),
                        bound=solved.bound,
                        columns=solved.values,
                    )
                self.exclude(choice)
                first = []
        return Answer(status=Status.STOPPED, bound=solved.bound)

    def choice(self, columns: tuple[float, ...]) -> Choice:
        """The choice that column values stand for."""
        return tuple(
            max(range(len(options)), key=lambda j: columns[options[j]]) for options in self.options
        )

    def _objective(self, weights: Mapping[int, Fraction], measure: Ruler) -> dict[int, float]:
        return {
            self.party_columns[party]: float(weight * self.scale[party] / measure.unit)
            for party, weight in weights.items()
            if self.span[party]
        }

    def _met(
        self, solved: Solved, weights: Mapping[int, Fraction], at_least: Mapping[int, int]
    ) -> _Met | None:
        """What HiGHS found, evaluated exactly; nothing if it misses a floor."""
        if solved.values is None:
            return None
        choice = self.choice(solved.values)
        points = self.problem.points(choice)
        if not _meets(points, at_least):
            return None
        value = sum((weight * points[party] for party, weight in weights.items()), Fraction(0))
        return _Met(choice, points, value)


def _meets(points: tuple[int, ...], at_least: Mapping[int, int]) -> bool:
    return all(points[party] >= least for party, least in at_least.items())


@dataclass(frozen=True, slots=True)
class _Met:
    """A choice that HiGHS found, evaluated exactly."""

    choice: Choice
    points: tuple[int, ...]
    value: Fraction


def _final(best: _Met | None) -> Answer:
    if best is None:
        return Answer(status=Status.INFEASIBLE, bound=-INFINITY)
    return Answer(
        status=Status.OPTIMAL,
        choice=best.choice,
        points=best.points,
        value=best.value,
        bound=best.value,
    )


def _stopped(best: _Met | None, bound: Fraction | float) -> Answer:
    if best is None:
        return Answer(status=Status.STOPPED, bound=bound)
    return Answer(
        status=Status.STOPPED,
        choice=best.choice,
        points=best.points,
        value=best.value,
        bound=max(bound, best.value),
    )
