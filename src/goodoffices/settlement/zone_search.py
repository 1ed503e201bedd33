"""Questions about the zone of possible agreement, answered by search with proof.

Who can have how much is searched by merging blocks with bounds from prices
(:mod:`goodoffices.settlement.reaching`), where blocks can be listed; all else by mixed-integer
programming (HiGHS).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, inf, lcm

from goodoffices.settlement.demands import Stakes, StoppedEarlyError
from goodoffices.settlement.milp import NO_FLOORS, Program
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.solver import INFINITY, Status
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.zone_blocks import ZoneBlocks

_TOLD_APART = 2**20
"""Values that lie in a span of so many steps are told apart by HiGHS."""

_MARGIN = 1e-6
"""Where steps are finer than that: what rounding may hide, as a part of a unit of the objective."""

_NEAR_MISSES = 300
"""How many choices that only rounding confuses with the best are compared before giving up."""


class Searched:
    """A problem in which every rule has a switch: an issue of its own, kept (0) or dropped (1).

    One more party, the last, has a point for every rule that is kept. The questions asked are those
    of :class:`goodoffices.settlement.zone_listed.Listed`. Every method raises ``StoppedEarlyError``
    when it ends without a proven answer.
    """

    def __init__(self, stakes: Stakes, watch: Watch) -> None:
        self._stakes = stakes
        self._watch = watch
        self._issues = len(stakes.problem.sizes)
        self._problem = _with_switches(stakes)
        self._program = Program(self._problem)
        self._turn = watch
        self._blocks = ZoneBlocks(stakes)
        self._least_totals: dict[frozenset[int], Choice | None] = {}

    @property
    def method(self) -> str:
        """How the answers are proven."""
        return f"proved by search over {self._stakes.problem.size:,} outcomes"

    def begin(self) -> None:
        """A new question follows; it may take half of the time that is left."""
        remaining = self._watch.remaining()
        self._turn = _Turn(
            seconds=None if remaining == inf else remaining / 2,
            report=self._watch.report,
            whole=self._watch,
        )

    def count(self) -> int | None:
        """Not known: search does not count outcomes."""
        return None

    def best(self) -> tuple[Choice | None, bool]:
        """The acceptable outcome with the greatest smallest margin, then the greatest sum.

        And whether it is proven to be that; if not, it is the best that was met.
        """
        met: list[Choice] = []
        try:
            met, are_all = self._greatest_margin(self._levels(0))
            if are_all:
                return max(met, key=self._sum, default=None), True
            levels = self._levels(self._stakes.margin(self._points(met[0])))
            return self._sought(dict(enumerate(self._shares())), levels), True
        except StoppedEarlyError as stopped:
            best = stopped.best or next(iter(met), None)
            if best is None:
                raise
            return best, False

    def greatest(self, party: int) -> Choice | None:
        """The best for one party that breaks no rule and leaves the others their reservations."""
        levels = {p: r for p, r in self._levels(0).items() if p != party}
        if self._blocks.are_listed():
            found, _ = self._blocks.greatest([party], levels, self._turn)
            return next(iter(found), None)
        return self._sought({party: Fraction(1)}, levels)

    def least_total(self, dropped: frozenset[int]) -> Choice | None:
        """The least concession in total, without some rules; of several the least largest one."""
        if dropped not in self._least_totals:
            self._least_totals[dropped] = self._searched_total(dropped)
        return self._least_totals[dropped]

    def _searched_total(self, dropped: frozenset[int]) -> Choice | None:
        found = self._least_concession(dropped, NO_FLOORS)
        while found is not None and self._total(found):
            # Of those that concede as little in total, one whose largest concession is smaller.
            largest = self._stakes.largest(self._points(found))
            better = self._least_concession(dropped, self._levels(1 - largest))
            if better is None or self._total(better) > self._total(found):
                break
            found = better
        return found

    def least_largest(self) -> Choice | None:
        """The least largest concession of any party; of several the least in total."""
        met, are_all = self._greatest_margin(NO_FLOORS)
        if are_all:
            return min(met, key=self._total, default=None)
        largest = self._stakes.largest(self._points(met[0]))
        return self._least_concession(frozenset(), self._levels(-largest))

    def some(self, parties: frozenset[int], rules: frozenset[int]) -> Choice | None:
        """An outcome that satisfies these parties' reservations and these rules."""
        levels = {p: r for p, r in self._levels(0).items() if p in parties}
        return self._some(levels, frozenset(range(len(self._stakes.barriers))) - rules)

    def opening_rules(self, most: int) -> tuple[list[tuple[frozenset[int], Choice]], bool]:
        """The smallest sets of rules without which all parties reach their reservations.

        Fewest rules first, at most ``most`` sets; and whether these are all.
        """
        answers: list[tuple[frozenset[int], Choice]] = []
        program = Program(self._problem)
        keep = {len(self._problem.parties) - 1: Fraction(1)}
        while len(answers) <= most:
            answer = program.maximise(keep, self._turn, at_least=self._levels(0))
            if answer.status is Status.STOPPED:
                raise StoppedEarlyError
            if answer.choice is None:
                break
            switches = answer.choice[self._issues :]
            dropped = frozenset(rule for rule, switch in enumerate(switches) if switch)
            answers.append((dropped, answer.choice[: self._issues]))
            # From now on, keep one rule of this set at least.
            row = {program.options[self._issues + rule][1]: 1.0 for rule in dropped}
            program.solver.add_row(row, -INFINITY, len(dropped) - 1)
        ordered = sorted(answers[:most], key=lambda found: (len(found[0]), sorted(found[0])))
        return ordered, len(answers) <= most

    def open_periods(
        self, slopes: Sequence[Fraction], horizon: Fraction
    ) -> list[tuple[Fraction, Fraction]]:
        """When, from 0 to ``horizon`` months, some outcome is acceptable to all.

        ``slopes[party]`` are the points by which its reservation changes in a month.
        """
        clock = _Clock(self._stakes.problem.reservation, tuple(slopes), horizon)
        periods: list[tuple[Fraction, Fraction]] = []
        opening = self._next_opening(clock, None)
        while opening is not None:
            start, stop = clock.interval(self._points(opening))
            while stop < horizon:
                longer = self._some(clock.levels_after(stop), frozenset())
                if longer is None:
                    break
                stop = clock.interval(self._points(longer))[1]
            periods.append((start, stop))
            opening = self._next_opening(clock, stop) if stop < horizon else None
        return periods

    def _next_opening(self, clock: _Clock, after: Fraction | None) -> Choice | None:
        """The choice that becomes acceptable first, of those that do so after a time."""
        program = Program(self._problem)
        ruler = _ruler(clock.horizon, clock.tick)
        earliest = 0.0 if after is None else float(after + ruler.unit / 2)
        if earliest > clock.horizon:
            return None
        time = program.solver.add_column(earliest, float(clock.horizon), integral=False)
        for party, slope in enumerate(clock.slopes):
            if slope:
                row = {program.party_columns[party]: 1.0}
                row[time] = -float(slope / program.scale[party])
                level = program.level(party, clock.reservation[party])
                program.solver.add_row(row, level, INFINITY)
        still = {p: r for p, r in self._levels(0).items() if not clock.slopes[p]}

        def value(choice: Choice) -> Fraction | None:
            start, stop = clock.interval(self._points(choice))
            return -start if start <= stop and (after is None or start > after) else None

        _drop(program, self._issues, frozenset())
        return self._best(program, {time: -float(1 / ruler.unit)}, ruler, value, still)

    def _least_concession(
        self, dropped: frozenset[int], levels: Mapping[int, int]
    ) -> Choice | None:
        """The least concession in total at which the parties named have at least ``levels``."""
        program = Program(self._problem)
        needs = {p: r for p, r in self._levels(0).items() if r > program.base[p]}
        span = sum((r - program.base[p]) * self._stakes.shares[p] for p, r in needs.items())
        ruler = _ruler(Fraction(span), Fraction(1), all(program.scale[p] == 1 for p in needs))
        objective = {}
        for party, reservation in needs.items():
            # Points count up to the reservation and no further.
            level = program.level(party, reservation)
            capped = program.solver.add_column(0, level, integral=False)
            program.solver.add_row({capped: -1.0, program.party_columns[party]: 1.0}, 0, INFINITY)
            objective[capped] = float(
                self._stakes.shares[party] * program.scale[party] / ruler.unit
            )
        ruler = replace(ruler, start=Fraction(-span))
        _drop(program, self._issues, dropped)
        return self._best(
            program, objective, ruler, lambda choice: Fraction(-self._total(choice)), levels
        )

    def _greatest_margin(self, levels: Mapping[int, int]) -> tuple[list[Choice], bool]:
        """Choices with the greatest smallest margin at which the parties named have at least
        ``levels``; and whether these are all the efficient ones."""
        if self._blocks.are_listed():
            return self._blocks.greatest(range(len(self._stakes.shares)), levels, self._turn)
        choice = self._searched_margin(levels)
        return ([], True) if choice is None else ([choice], False)

    def _some(self, levels: Mapping[int, int], dropped: frozenset[int]) -> Choice | None:
        """A choice at which the parties named have at least ``levels``, without some rules."""
        if self._blocks.are_listed(dropped):
            return self._blocks.some(levels, dropped, self._turn)
        return self._sought({}, levels, dropped)

    def _searched_margin(self, levels: Mapping[int, int]) -> Choice | None:
        """One choice with the greatest smallest margin, by mixed-integer programming."""
        program = Program(self._problem)
        span = sum(
            (max(program.span[p], abs(r - program.base[p]))) * self._stakes.shares[p]
            for p, r in self._levels(0).items()
        )
        ruler = _ruler(Fraction(span), Fraction(1), set(program.scale) == {1})
        margin = program.solver.add_column(-INFINITY, INFINITY, integral=False)
        for party, reservation in self._levels(0).items():
            share = self._stakes.shares[party] / ruler.unit
            row = {program.party_columns[party]: float(share * program.scale[party]), margin: -1.0}
            least = float(share * (reservation - program.base[party]))
            program.solver.add_row(row, least, INFINITY)
        _drop(program, self._issues, frozenset())
        return self._best(
            program,
            {margin: 1.0},
            ruler,
            lambda choice: Fraction(self._stakes.margin(self._points(choice))),
            levels,
        )

    def _sought(
        self,
        weights: Mapping[int, Fraction],
        levels: Mapping[int, int],
        dropped: frozenset[int] = frozenset(),
    ) -> Choice | None:
        """The best by a weighted sum of points, without some rules; ``None`` if there is none."""
        _drop(self._program, self._issues, dropped)
        answer = self._program.maximise(weights, self._turn, at_least=levels)
        best = None if answer.choice is None else answer.choice[: self._issues]
        if answer.status is Status.STOPPED:
            raise StoppedEarlyError(best)
        return best

    def _best(
        self,
        program: Program,
        objective: Mapping[int, float],
        ruler: _Ruler,
        value: Callable[[Choice], Fraction | None],
        levels: Mapping[int, int],
    ) -> Choice | None:
        """The choice of the greatest value, which ``objective`` states in columns, proven.

        ``value`` is the exact value, ``None`` where only rounding let a choice pass.
        """
        best: Choice | None = None
        worth: Fraction | None = None
        is_better = False
        with program.excluding():
            for _ in range(_NEAR_MISSES):
                cutoff = -INFINITY if worth is None else ruler.cutoff(worth)
                answer = program.maximise_columns(
                    objective, self._turn, gap=ruler.gap, at_least=levels, cutoff=cutoff
                )
                if answer.choice is not None:
                    choice = answer.choice[: self._issues]
                    found = value(choice)
                    is_better = found is not None and (worth is None or found > worth)
                    if is_better:
                        best, worth = choice, found
                if answer.status is Status.STOPPED:
                    raise StoppedEarlyError(best)
                if answer.choice is None or (is_better and ruler.is_whole):
                    return best
                program.exclude(answer.choice)
        raise StoppedEarlyError(best)

    def _shares(self) -> tuple[Fraction, ...]:
        return tuple(Fraction(share) for share in self._stakes.shares)

    def _levels(self, margin: int) -> dict[int, int]:
        """The points at which every party has this margin over its reservation, or more."""
        rows = zip(self._stakes.problem.reservation, self._stakes.shares, strict=True)
        return {p: r - (-margin // share) for p, (r, share) in enumerate(rows)}

    def _points(self, choice: Choice) -> tuple[int, ...]:
        return self._stakes.problem.points(choice)

    def _sum(self, choice: Choice) -> int:
        """All parties' points, in units of a share."""
        rows = zip(self._points(choice), self._stakes.shares, strict=True)
        return sum(points * share for points, share in rows)

    def _total(self, choice: Choice) -> int:
        return self._stakes.total(self._points(choice))


@dataclass(slots=True, kw_only=True)
class _Turn(Watch):
    """A watch over a part of the work, which is over when the watch over the whole is."""

    whole: Watch

    def is_over(self) -> bool:
        """Whether the work should end now."""
        return self.whole.is_over() or self.remaining() <= 0


@dataclass(frozen=True, slots=True)
class _Ruler:
    """How exact values are written in columns: value = start + unit × columns.

    ``is_whole``: values are whole numbers of units apart, and few enough to be told apart.
    """

    unit: Fraction
    is_whole: bool
    start: Fraction = Fraction(0)

    @property
    def gap(self) -> float:
        return 0.999 if self.is_whole else _MARGIN

    def cutoff(self, above: Fraction) -> float:
        """The least column value of interest when only more than ``above`` is wanted."""
        level = float((above - self.start) / self.unit)
        return level + 0.5 if self.is_whole else level - 2 * _MARGIN


def _ruler(span: Fraction, step: Fraction, is_unscaled: bool = True) -> _Ruler:
    if is_unscaled and span <= step * _TOLD_APART:
        return _Ruler(step, is_whole=True)
    return _Ruler(span / _TOLD_APART, is_whole=False)


@dataclass(frozen=True, slots=True)
class _Clock:
    """Reservation values that change by ``slopes[party]`` points a month."""

    reservation: tuple[int, ...]
    slopes: tuple[Fraction, ...]
    horizon: Fraction

    @property
    def tick(self) -> Fraction:
        """All times at which a reservation meets whole points are multiples of this."""
        moving = [slope for slope in self.slopes if slope]
        unit = lcm(*(slope.denominator for slope in moving))
        return Fraction(unit, lcm(*(int(slope * unit) for slope in moving)))

    def interval(self, points: Sequence[int]) -> tuple[Fraction, Fraction]:
        """From when until when points are enough for the parties whose reservations change."""
        start, stop = Fraction(0), self.horizon
        for p, r, slope in zip(points, self.reservation, self.slopes, strict=True):
            if slope > 0:
                stop = min(stop, (p - r) / slope)
            elif slope < 0:
                start = max(start, (p - r) / slope)
        return start, stop

    def levels_after(self, time: Fraction) -> dict[int, int]:
        """The points that are enough just after a time."""
        at = [r + slope * time for r, slope in zip(self.reservation, self.slopes, strict=True)]
        return {
            party: floor(level) + 1 if slope > 0 else ceil(level)
            for party, (level, slope) in enumerate(zip(at, self.slopes, strict=True))
        }


def _with_switches(stakes: Stakes) -> Problem:
    """The problem with an issue for every rule: 0 keeps it, 1 drops it."""
    problem = stakes.problem
    switch_of = {
        number: len(problem.sizes) + rule
        for rule, numbers in enumerate(stakes.barriers)
        for number in numbers
    }
    nothing = (0,) * len(problem.parties)
    return replace(
        problem,
        parties=(*problem.parties, "rules kept"),
        sizes=problem.sizes + (2,) * len(stakes.barriers),
        tables=tuple(tuple((*option, 0) for option in table) for table in problem.tables)
        + (((*nothing, 1), (*nothing, 0)),) * len(stakes.barriers),
        barriers=tuple(
            replace(barrier, box=(*barrier.box, (switch_of[number], frozenset({0}))))
            for number, barrier in enumerate(problem.barriers)
        ),
        reservation=(*problem.reservation, 0),
        units=(*problem.units, Fraction(1)),
    )


def _drop(program: Program, issues: int, dropped: frozenset[int]) -> None:
    """Drop these rules and keep all others."""
    for rule, columns in enumerate(program.options[issues:]):
        switch = float(rule in dropped)
        program.solver.bound_column(columns[1], switch, switch)
