"""Efficient choices above given floors, one after the other, by mixed-integer programming."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from goodoffices.settlement.columns import MARGIN
from goodoffices.settlement.milp import Program
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.solver import INFINITY, Status
from goodoffices.settlement.watch import Watch

_NEAR_MISSES = 100
"""How many choices that rounding lets through again are set aside before giving up."""


def efficient_choices(
    problem: Problem, at_least: Mapping[int, int], watch: Watch, most: int
) -> tuple[list[Choice], bool]:
    """Efficient choices at which every party has its floor, and whether these are all.

    The greatest sum of points is attained by an efficient choice. From then on some party must
    have more than there, and so on until nothing is left (Sylva & Crema, 2004). All choices with
    the same points are given, at most ``most`` in all.

    Parameters
    ----------
    at_least
        Points of every party. Whatever dominates a choice above the floors is above them too, so
        that what is efficient there is efficient among all.
    """
    program = Program(problem)
    weights = {party: Fraction(1, scale) for party, scale in enumerate(program.scale)}
    found: list[Choice] = []
    seen: set[tuple[int, ...]] = set()
    misses = 0
    while len(found) < most and misses <= _NEAR_MISSES:
        answer = program.maximise(weights, watch, at_least=at_least)
        if answer.choice is None or answer.points is None or answer.status is not Status.OPTIMAL:
            return found, answer.status is Status.INFEASIBLE
        if any(all(map(int.__ge__, points, answer.points)) for points in seen):
            program.exclude(answer.choice)
            misses += 1
            continue
        seen.add(answer.points)
        # Whoever has these points or more has exactly these: nothing dominates them.
        floors = dict(enumerate(answer.points))
        value = sum((w * floors[p] for p, w in weights.items()), Fraction(0))
        equal, are_all = program.all_from(
            weights, value, watch, at_least=floors, most=most - len(found)
        )
        found += equal
        if not are_all:
            return found, False
        _ask_for_more(program, answer.points, at_least)
    return found, False


def _ask_for_more(program: Program, points: tuple[int, ...], at_least: Mapping[int, int]) -> None:
    """From now on, some party must have more than these points."""
    switches = {}
    for party, column in enumerate(program.party_columns):
        if points[party] - program.base[party] >= program.span[party]:
            continue
        floor = max(0.0, program.level(party, at_least[party]))
        rise = program.level(party, points[party] + 1) - floor
        slack = 0 if program.scale[party] == 1 else MARGIN
        switch = program.solver.add_column(0, 1, integral=True)
        program.solver.add_row({column: 1.0, switch: -rise}, floor - slack, INFINITY)
        switches[switch] = 1.0
    program.solver.add_row(switches, 1, INFINITY)
