"""The Pareto frontier by mixed-integer programming, every point proved.

For problems with interactions and constraints that tie too many issues together to be listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.settlement.milp import Answer, Program
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.reduction import without_dominated
from goodoffices.settlement.regions import Regions
from goodoffices.settlement.solver import Status
from goodoffices.settlement.watch import Watch

Vector = tuple[int, ...]

# HiGHS' own searches for good points cost more than they save: these programs are small, and many.
_UNUSED = (
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
    "mip_heuristic_run_feasibility_jump",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedFrontier:
    """Efficient vectors of points.

    Attributes
    ----------
    points, choices
        The vectors, each proven efficient, and one choice that attains each. There may be other
        choices with the same points.
    exact
        Whether these are all efficient vectors.
    unexplored
        Where others may be: each gives every party more than one of these vectors does. Empty if
        ``exact``.
    """

    points: tuple[Vector, ...]
    choices: tuple[Choice, ...]
    exact: bool
    unexplored: tuple[Vector, ...]


def milp_frontier(problem: Problem, watch: Watch) -> ProvedFrontier:
    """All efficient vectors of points among feasible choices; reservations do not restrict them.

    Each party's best comes first. When the watch ends the work, all points so far are proven, and
    ``unexplored`` says where others may be.

    References
    ----------
    Two parties: the ε-constraint method, one program a point [Haimes1971]_ (recalled). More:
    search regions between the points found [Klamroth2015]_ (recalled).
    """
    reduced = without_dominated(problem)
    search = _Search(reduced.problem, watch)
    regions = search.corners() if len(problem.parties) == 1 else None
    if regions is None:
        regions = search.along() if len(problem.parties) == 2 else search.everywhere()
    points = tuple(sorted(search.found, reverse=True))
    return ProvedFrontier(
        points=points,
        choices=tuple(reduced.original(search.found[point]) for point in points),
        exact=not regions,
        unexplored=regions,
    )


class _Search:
    """Efficient points found so far."""

    def __init__(self, problem: Problem, watch: Watch) -> None:
        self._problem = problem
        self._watch = watch
        self._program = Program(problem)
        for option in _UNUSED:
            self._program.solver.set_option(option, False)
        self.found: dict[Vector, Choice] = {}
