"""A problem as a mixed-integer program: choices as binary columns, points as continuous ones.

One binary column for each option of each issue, one column for each box of two or more issues on
which points depend, one for each party's points. Whatever HiGHS finds is evaluated again in whole
numbers, and what is called optimal here has been compared in whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import floor, gcd, lcm
from types import MappingProxyType

from goodoffices.settlement.problem import Box, Choice, Problem, is_inside
from goodoffices.settlement.solver import INFINITY, Solved, Solver, Status
from goodoffices.settlement.watch import Watch

_LARGEST = 2**20
"""Up to here whole points are columns as they are; HiGHS' tolerances cannot confuse two of them."""

_MARGIN = 1e-6
"""By how much a scaled bound is loosened, so that rounding cannot hide a choice."""

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
        parties = [_party_points(problem, party) for party in range(len(problem.parties))]
        self.base = tuple(party.base for party in parties)
        self.span = tuple(party.span for party in parties)
        self.scale = tuple(_scale(span) for span in self.span)
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
        column = self.solver.add_column(0, 1, integral=False)
        sides = [{self.options[i][j]: 1.0 for j in options} for i, options in box]
        if max(points) > 0:
            for side in sides:
                self.solver.add_row({**side, column: -1.0}, 0, INFINITY)
        if min(points) < 0:
            everything = {k: v for side in sides for k, v in side.items()}
            self.solver.add_row({**everything, column: -1.0}, -INFINITY, len(box) - 1)
        return column

    def _add_party(self, party: _PartyPoints, scale: int) -> int:
        column = self.solver.add_column(0, _ratio(party.span, scale), integral=False)
        row = {column: -1.0}
        for issue, values in enumerate(party.table):
            for option, points in enumerate(values):
                if points:
                    row[self.options[issue][option]] = _ratio(points, scale)
        for box, points in party.boxes.items():
            row[self._boxes[box]] = _ratio(points, scale)
        losses = _ratio(sum(points for points in party.boxes.values() if points < 0), scale)
        self.solver.add_row(row, losses, losses)
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
                floor_level -= 0 if self.scale[party] == 1 else _MARGIN
            span = _ratio(self.span[party], self.scale[party])
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
        ruler = self._ruler(weights)
        self.require(at_least)
        objective = {
            self.party_columns[party]: float(weight * self.scale[party] / ruler.unit)
            for party, weight in weights.items()
            if self.span[party]
        }
        best: _Met | None = None
        worth = above
        first = [self.values(choice) for choice in starts]
        with self.excluding():
            for _ in range(_NEAR_MISSES):
                cutoff = -INFINITY if worth is None else ruler.cutoff(worth)
                solved = self.solver.maximise(
                    objective, watch, gap=ruler.gap, cutoff=cutoff, starts=first
                )
                if solved.status is Status.INFEASIBLE:
                    return _final(best)
                met = self._met(solved, weights)
                better = (
                    met is not None
                    and self._meets(met.points, at_least)
                    and (worth is None or met.value > worth)
                )
                if met and better:
                    best, worth = met, met.value
                if solved.status is Status.STOPPED:
                    return _stopped(best, ruler.bound(solved.bound))
                if better and ruler.is_whole:
                    return _final(best)
                if met:
                    self.exclude(met.choice)
                first = []
        return _stopped(best, ruler.bound(solved.bound))

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
                if self._meets(points, at_least):
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

    def _met(self, solved: Solved, weights: Mapping[int, Fraction]) -> _Met | None:
        if solved.values is None:
            return None
        choice = self.choice(solved.values)
        points = self.problem.points(choice)
        value = sum((weight * points[party] for party, weight in weights.items()), Fraction(0))
        return _Met(choice, points, value)

    @staticmethod
    def _meets(points: tuple[int, ...], at_least: Mapping[int, int]) -> bool:
        return all(points[party] >= least for party, least in at_least.items())

    def _ruler(self, weights: Mapping[int, Fraction]) -> _Ruler:
        start = sum((w * self.base[p] for p, w in weights.items()), Fraction(0))
        weighted = {p: w for p, w in weights.items() if w and self.span[p]}
        span = sum((w * self.span[p] for p, w in weighted.items()), Fraction(0))
        step = _common_measure(weighted.values())
        is_whole = span <= step * _LARGEST and all(self.scale[p] == 1 for p in weighted)
        return _Ruler(start, step if is_whole else span / _LARGEST, is_whole)


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


@dataclass(frozen=True, slots=True)
class _Ruler:
    """How an exact objective is written in columns: value = start + unit * columns.

    ``is_whole``: values are whole numbers of units apart, and few enough to be told apart.
    """

    start: Fraction
    unit: Fraction
    is_whole: bool

    @property
    def gap(self) -> float:
        return 0.999 if self.is_whole else _MARGIN

    def cutoff(self, above: Fraction) -> float:
        """The least column value of interest when only more than ``above`` is wanted."""
        level = (above - self.start) / self.unit
        return floor(level) + 0.5 if self.is_whole else float(level) - 2 * _MARGIN

    def bound(self, columns: float) -> Fraction | float:
        """The exact value that a bound on columns stands for."""
        if abs(columns) == INFINITY:
            return columns
        if self.is_whole:
            return self.start + self.unit * floor(columns + _MARGIN)
        return self.start + self.unit * Fraction(columns + _MARGIN)


def _common_measure(numbers: Iterable[Fraction]) -> Fraction:
    """The greatest fraction of which all numbers are whole multiples; 1 without numbers."""
    found = list(numbers)
    scale = lcm(*(number.denominator for number in found))
    return Fraction(gcd(*(int(number * scale) for number in found)) or scale, scale)


@dataclass(frozen=True, slots=True)
class _PartyPoints:
    """A party's points: ``base`` and something between 0 and ``span`` on top.

    ``table[issue][option]`` counts from the issue's worst option; interactions on a single issue
    are in it. ``boxes`` are those of two or more issues.
    """

    base: int
    span: int
    table: tuple[tuple[int, ...], ...]
    boxes: Mapping[Box, int]


def _party_points(problem: Problem, party: int) -> _PartyPoints:
    table = [[option[party] for option in issue] for issue in problem.tables]
    boxes: defaultdict[Box, int] = defaultdict(int)
    base = 0
    for term in problem.terms:
        if term.party != party:
            continue
        box = _narrowing(problem, term.box)
        if not box:
            base += term.points
        elif len(box) == 1:
            ((issue, options),) = box
            for option in options:
                table[issue][option] += term.points
        else:
            boxes[box] += term.points
    kept = {box: points for box, points in boxes.items() if points}
    worst = [min(values) for values in table]
    return _PartyPoints(
        base=base + sum(worst) + sum(points for points in kept.values() if points < 0),
        span=sum(max(values) - least for values, least in zip(table, worst, strict=True))
        + sum(map(abs, kept.values())),
        table=tuple(
            tuple(v - low for v in values) for values, low in zip(table, worst, strict=True)
        ),
        boxes=kept,
    )


def _narrowing(problem: Problem, box: Box) -> Box:
    """The box without the issues on which it allows every option."""
    return tuple((issue, options) for issue, options in box if len(options) < problem.sizes[issue])


def _scale(span: int) -> int:
    """Points to one unit of a column, so that columns stay below ``_LARGEST``."""
    return 1 if span <= _LARGEST else 2 ** (span.bit_length() - _LARGEST.bit_length() + 1)


def _ratio(points: int, scale: int) -> float:
    return points / scale
