"""The greatest product of gains, by mixed-integer programming with tangents to the logarithm.

The logarithm of a product is a sum of concave functions of the parties' points. Each is bounded
from above by tangents (outer approximation, [DuranGrossmann1986]_, recalled). Every choice that
HiGHS finds is compared with the best so far, products against products in whole numbers, and set
aside; tangents at its gains are added. The search ends when nothing is left whose tangents come
near the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import exp, inf, lcm, log, prod

from goodoffices.settlement.milp import Program
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.solver import INFINITY, Status
from goodoffices.settlement.watch import Watch

_NEAR = 1e-5
"""Logarithms that differ by less are compared as whole numbers: far more than HiGHS confuses."""

_SPACING = 1.06
_CLOSE = 16
"""The first tangents touch at the greatest gain there could be and, each smaller by ``_SPACING``,
down to one part in ``_CLOSE`` of it; then more loosely. More are added where they are needed."""

_ROUNDS = 5000
"""Choices that are compared before the search gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedProduct:
    """The choices with the greatest product of gains.

    Attributes
    ----------
    choices
        Those that attain it, at most as many as were asked for.
    proven
        Whether no choice has more parties that gain (if that was asked) or a greater product.
    is_complete
        Whether ``choices`` are all.
    ratio
        No choice has a product greater than this many times the product of ``choices``.
    """

    choices: tuple[Choice, ...]
    proven: bool
    is_complete: bool
    ratio: float = 1.0


def search_product(
    problem: Problem, weights: Sequence[Fraction], watch: Watch, most: int
) -> SearchedProduct:
    """Acceptable choices at which everybody gains, with the greatest product of gains.

    No choices and ``proven`` mean that no acceptable choice lets everybody gain.

    Parameters
    ----------
    weights
        Exponents of the gains.
    most
        How many choices are listed.
    """
    search = _Search(problem, weights, (Fraction(1),) * len(weights))
    for party, least in enumerate(problem.reservation):
        search.floors[party] = least + 1
        search.add_logarithm(party, None)
    return search.run(watch, most)


def search_welfare(
    problem: Problem, weights: Sequence[Fraction], watch: Watch, most: int
) -> SearchedProduct:
    """Acceptable choices at which the most parties gain, with the greatest product of their gains.

    Parameters and results as in :func:`search_product`.
    """
    # Who gains may differ, so that it matters what a point is worth to each.
    search = _Search(problem, weights, problem.units)
    switches = [search.add_switch(party) for party in range(len(problem.parties))]
    answer = search.program.maximise_columns(
        dict.fromkeys(switches, 1.0), watch, gap=0.999, at_least=search.floors
    )
    if answer.choice is None:
        is_empty = answer.status is Status.INFEASIBLE
        return SearchedProduct(choices=(), proven=is_empty, is_complete=is_empty, ratio=inf)
    gaining = sum(gain > 0 for gain in search.gains(answer.choice))
    search.program.solver.add_row(dict.fromkeys(switches, 1.0), gaining, INFINITY)
    for party, switch in enumerate(switches):
        search.add_logarithm(party, switch)
    found = search.run(watch, most)
    if answer.status is Status.OPTIMAL:
        return found
    return SearchedProduct(choices=found.choices, proven=False, is_complete=False, ratio=inf)


@dataclass(slots=True)
class _Best:
    """The best product so far: how many parties gain, and the logarithm; who attains it."""

    gaining: int = -1
    level: float = -inf
    gains: tuple[int, ...] = ()
    choices: list[Choice] = field(default_factory=list)


class _Search:
    """A program with columns for the logarithms of the parties' gains.

    A gain counts as so many ``units``. Logarithms are taken of its ratio to the greatest gain there
    could be, and weights as parts of the greatest, so that HiGHS sees numbers of ordinary size.
    """

    def __init__(
        self, problem: Problem, weights: Sequence[Fraction], units: Sequence[Fraction]
    ) -> None:
        self._problem = problem
        self._units = units
        self.program = Program(problem)
        self.floors = dict(enumerate(problem.reservation))
        common = lcm(*(weight.denominator for weight in weights))
        self._exponents = [int(weight * common) for weight in weights]
        self._heaviest = max(weights)
        self._weights = [float(weight / self._heaviest) for weight in weights]
        self._tops = [
            max(self.program.base[p] + self.program.span[p] - least, 1)
            for p, least in enumerate(problem.reservation)
        ]
        self._logarithms: dict[int, int] = {}
        self._switches: dict[int, int] = {}
        self._touched: set[tuple[int, int]] = set()
        self._best = _Best()

    def gains(self, choice: Choice) -> tuple[int, ...]:
        """What every party gains, in points."""
        points = self._problem.points(choice)
        return tuple(p - r for p, r in zip(points, self._problem.reservation, strict=True))

    def add_switch(self, party: int) -> int:
        """A column that can be 1 only if the party gains a point or more."""
        program, least = self.program, self._problem.reservation[party]
        switch = program.solver.add_column(0, 1, integral=True)
        level = program.level(party, least)
        rise = program.level(party, least + 1) - level
        row = {program.party_columns[party]: 1.0, switch: -rise}
        program.solver.add_row(row, level, INFINITY)
        self._switches[party] = switch
        return switch

    def add_logarithm(self, party: int, switch: int | None) -> None:
        """A column for the logarithm of a party's gain; that of 1 unit where the switch is 0."""
        top, without = self._tops[party], self._without_gain(party)
        least, most = -log(top) - 1, 0.0
        if switch is not None:
            least, most = min(least, without), max(most, without)
        column = self.program.solver.add_column(least, most, integral=False)
        self._logarithms[party] = column
        if switch is not None:
            self.program.solver.add_row({column: 1.0, switch: without}, -INFINITY, without)
        gain = float(top)
        while gain >= 1:
            self._touch(party, round(gain))
            gain /= _SPACING if gain > top / _CLOSE else 1.5

    def run(self, watch: Watch, most: int) -> SearchedProduct:
        """Look for better choices until none is left that could be."""
        objective = {column: self._weights[p] for p, column in self._logarithms.items()}
        best, is_complete = self._best, True
        with self.program.excluding():
            for _ in range(_ROUNDS):
                # Once too many are as good, only better ones are looked for.
                nearest = best.level - _NEAR if is_complete else best.level + self._step() / 2
                answer = self.program.maximise_columns(
                    objective,
                    watch,
                    gap=_NEAR / 10,
                    at_least=self.floors,
                    cutoff=nearest if best.choices else -INFINITY,
                )
                if answer.choice is not None and self._compare(answer.choice):
                    is_complete = True
                if answer.status is Status.STOPPED:
                    return self._found(most, self._ratio(answer.bound))
                if answer.choice is None:
                    return self._found(most, 1.0, is_complete=is_complete)
                self.program.exclude(answer.choice)
                for party, gain in enumerate(self.gains(answer.choice)):
                    if gain > 0 and party in self._logarithms:
                        self._touch(party, gain)
                if len(best.choices) > most:
                    is_complete = False
                    if self._step() < 4 * _NEAR:
                        break
        return self._found(most, self._ratio(answer.bound))

    def _found(self, most: int, ratio: float, *, is_complete: bool = False) -> SearchedProduct:
        proven = ratio == 1.0
        return SearchedProduct(
            choices=tuple(self._best.choices[:most]),
            proven=proven,
            is_complete=proven and is_complete,
            ratio=ratio,
        )

    def _ratio(self, bound: Fraction | float) -> float:
        """How many times the best product a choice could have, whose level is ``bound``."""
        above = max(float(bound), self._best.level + _NEAR) - self._best.level
        return exp(min(above * float(self._heaviest), 700.0))

    def _step(self) -> float:
        """By how much the level of the next greater product exceeds that of the best."""
        return log(1 + 1 / self._product(self._best.gains)) / max(self._exponents)

    def _compare(self, choice: Choice) -> bool:
        """Keep a choice that is as good as the best, or better; whether it is better."""
        gains = self.gains(choice)
        gaining = sum(gain > 0 for gain in gains)
        level = self._level(gains)
        best = self._best
        if (gaining, level) < (best.gaining, best.level - _NEAR):
            return False
        is_better = (gaining, level) > (best.gaining, best.level + _NEAR)
        if not is_better and gaining == best.gaining:
            product, other = self._product(gains), self._product(best.gains)
            if product < other:
                return False
            is_better = product > other
        if is_better:
            best.gaining, best.level, best.gains = gaining, level, gains
            best.choices.clear()
        best.choices.append(choice)
        return is_better

    def _level(self, gains: Sequence[int]) -> float:
        """The objective at these gains."""
        rows = zip(gains, self._tops, self._weights, strict=True)
        return sum(
            weight * (log(gain) - log(top) if gain > 0 else self._without_gain(party))
            for party, (gain, top, weight) in enumerate(rows)
        )

    def _without_gain(self, party: int) -> float:
        """What counts as the logarithm if the party does not gain: that of 1 unit."""
        unit = self._units[party]
        return log(unit.denominator) - log(unit.numerator) - log(self._tops[party])

    def _product(self, gains: Sequence[int]) -> int:
        """The product as a whole number: each unit times its denominator."""
        rows = zip(gains, self._exponents, self._units, strict=True)
        return prod((g * u.numerator if g > 0 else u.denominator) ** e for g, e, u in rows)

    def _touch(self, party: int, gain: int) -> None:
        """Add the tangent at a gain: logarithm <= log(gain) - 1 + what is gained / gain."""
        # Gains below the unit of the party's column are one and the same to HiGHS.
        gain = max(gain, self.program.scale[party])
        if (party, gain) in self._touched:
            return
        self._touched.add((party, gain))
        program, least = self.program, self._problem.reservation[party]
        row = {
            self._logarithms[party]: 1.0,
            program.party_columns[party]: -program.scale[party] / gain,
        }
        above = log(gain) - 1 - log(self._tops[party]) + (program.base[party] - least) / gain
        if party in self._switches:
            # Without a gain, what counts instead may lie above the tangents at small gains.
            lift = max(0.0, self._without_gain(party) - (log(gain) - 1 - log(self._tops[party])))
            row[self._switches[party]] = lift
            above += lift
        program.solver.add_row(row, -INFINITY, above)
