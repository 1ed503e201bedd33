"""Questions about the zone of possible agreement, answered by search with proof (HiGHS)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, lcm

from goodoffices.settlement.demands import Stakes
from goodoffices.settlement.milp import Answer, Program
from goodoffices.settlement.problem import Barrier, Choice, Problem
from goodoffices.settlement.solver import INFINITY, Status
from goodoffices.settlement.watch import Watch

_TOLD_APART = 2**20
"""Values of an objective that lie in a span of so many steps are told apart by HiGHS."""

_MARGIN = 1e-6
"""Of the span of an objective: what rounding may hide where its steps are finer than that."""

_NEAR_MISSES = 300
"""How many choices that only rounding confuses with the best are compared before giving up."""


class StoppedEarlyError(Exception):
    """The watch ended the work, or rounding kept HiGHS from a proof: there is no proven answer."""


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
        self._parties = len(stakes.problem.parties)
        self._rules = len(stakes.barriers)
        self._problem = _with_switches(stakes)
        self._program = Program(self._problem)
        self._capped: tuple[Program, Mapping[int, float]] | None = None

    @property
    def method(self) -> str:
        """How the answers are proven."""
        return f"mixed-integer programming over {self._stakes.problem.size:,} outcomes, proved"

    def count(self) -> int | None:
        """Not known: search does not count outcomes."""
        return None

    def best(self) -> Choice | None:
        """The acceptable outcome with the greatest smallest margin, then the greatest sum."""
        found = self._at_least(self._reservations())
        if found is None:
            return None
        return self._raised(found, most=None)

    def greatest(self, party: int) -> Choice | None:
        """The best for one party that breaks no rule and leaves the others their reservations."""
        levels = {p: r for p, r in self._reservations().items() if p != party}
        return self._at_least(levels, {party: Fraction(1)})

    def least_total(self, dropped: frozenset[int]) -> Choice | None:
        """The least concession in total, without some rules; of several the least largest one."""
        found = self._conceding(dropped, {})
        if found is None:
            return None
        total = self._stakes.total(self._points(found))
        while total:
            # As large a concession as now would not do: ask for one that is smaller by a step.
            levels = self._levels(-self._stakes.largest(self._points(found)), strictly=True)
            better = self._conceding(dropped, levels)
            if better is None or self._stakes.total(self._points(better)) > total:
                break
            found = better
        return found

    def least_largest(self) -> Choice | None:
        """The least largest concession of any party; of several the least in total."""
        found = self._at_least({})
        if found is None:
            return None
        found = self._raised(found, most=0)
        levels = self._levels(-self._stakes.largest(self._points(found)), strictly=False)
        return self._conceding(frozenset(), levels)

    def is_open(self, parties: frozenset[int], rules: frozenset[int]) -> bool:
        """Whether an outcome satisfies these parties' reservations and these rules."""
        levels = {p: r for p, r in self._reservations().items() if p in parties}
        dropped = frozenset(range(self._rules)) - rules
        return self._at_least(levels, dropped=dropped) is not None

    def opening_rules(self, most: int) -> tuple[list[tuple[frozenset[int], Choice]], bool]:
        """The smallest sets of rules without which all parties reach their reservations.

        Fewest rules first, at most ``most`` sets; and whether these are all.
        """
        answers: list[tuple[frozenset[int], Choice]] = []
        program = Program(self._problem)
        keep = {self._parties: Fraction(1)}
        while True:
            answer = self._proven(
                program.maximise(keep, self._watch, at_least=self._reservations())
            )
            if answer.choice is None:
                break
            if len(answers) == most:
                return answers, False
            dropped = frozenset(r for r in range(self._rules) if answer.choice[self._issues + r])
            answers.append((dropped, answer.choice[: self._issues]))
            if not dropped:
                break
            row = {program.options[self._issues + rule][1]: 1.0 for rule in dropped}
            program.solver.add_row(row, -INFINITY, len(dropped) - 1)
        return sorted(answers, key=lambda found: (len(found[0]), sorted(found[0]))), True

    def open_periods(
        self, slopes: Sequence[Fraction], horizon: Fraction
    ) -> list[tuple[Fraction, Fraction]]:
        """When, from 0 to ``horizon`` months, some outcome is acceptable to all.

        ``slopes[party]`` are the points by which its reservation changes in a month.
        """
        clock = _Clock(self._stakes.problem.reservation, tuple(slopes), horizon)
        found: list[tuple[Fraction, Fraction]] = []
        after: Fraction | None = None
        while after is None or after < horizon:
            choice = self._opening(clock, after)
            if choice is None:
                break
            start, stop = clock.interval(self._points(choice))
            while stop < horizon:
                longer = self._at_least(clock.levels_after(stop))
                if longer is None:
                    break
                stop = clock.interval(self._points(longer))[1]
            found.append((start, stop))
            after = stop
        return found

    def _opening(self, clock: _Clock, after: Fraction | None) -> Choice | None:
        """The choice that is acceptable first; only later than ``after``, if that is given."""
        program = Program(self._problem)
        time = program.solver.add_column(
            0 if after is None else float(after), float(clock.horizon), integral=False
        )
        for party, slope in enumerate(clock.slopes):
            if slope:
                scale = program.scale[party]
                row = {program.party_columns[party]: 1.0, time: -float(slope / scale)}
                level = program.level(party, self._stakes.problem.reservation[party])
                program.solver.add_row(row, level - _MARGIN, INFINITY)
        still = {
            party: self._stakes.problem.reservation[party]
            for party, slope in enumerate(clock.slopes)
            if not slope
        }

        def start(choice: Choice) -> Fraction | None:
            first, last = clock.interval(self._points(choice))
            is_later = after is None or first > after
            return -first if first <= last and is_later else None

        aim = _Aim({time: 1.0}, -1.0, float(clock.horizon), clock.step)
        return self._searched(program, aim, start, still | self._kept(frozenset()))

    def _conceding(self, dropped: frozenset[int], levels: Mapping[int, int]) -> Choice | None:
        """The least concession in total, none larger than ``levels`` allow."""
        if self._capped is None:
            self._capped = self._with_caps()
        program, weights = self._capped
        span = sum(
            max(0, r - self._program.base[p]) * self._stakes.shares[p]
            for p, r in self._reservations().items()
        )
        aim = _Aim(weights, 1.0 / max(span, 1), span, Fraction(1))
        with _dropping(program, self._issues, dropped):
            return self._searched(
                program, aim, lambda choice: -self._stakes.total(self._points(choice)), levels
            )
