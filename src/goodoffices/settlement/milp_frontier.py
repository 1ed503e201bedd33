"""Frontiers of blocks too large to list: each point found and proved by mixed-integer programming.

The first party's points are maximised while the others get at least some level; then the others'
sum, so that the point is efficient. Every further efficient point gives somebody but the first
party more than this one does, so the region splits into one for each of them, with that party's
level raised above the point. When no region is left, the frontier is complete: for two parties
this is the epsilon-constraint method [HaimesLasdonWismer1971]_, for more that of
[KirlikSayin2014]_ (both recalled), with levels instead of rectangles.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from goodoffices.settlement.milp import Program
from goodoffices.settlement.problem import Choice, Problem
from goodoffices.settlement.reduction import without_dominated
from goodoffices.settlement.solver import Status
from goodoffices.settlement.watch import Watch

_Levels: TypeAlias = tuple[int, ...]
_Met: TypeAlias = tuple[tuple[int, ...], Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """Efficient points of a problem, each with a choice that attains it.

    ``ties``: how many choices are known to attain each point, those that differ from the one given
    by options that nobody tells apart; there may be more.
    ``exact``: there are no others. Otherwise work was stopped, and each point given is proven
    efficient all the same.
    """

    points: tuple[tuple[int, ...], ...]
    choices: tuple[Choice, ...]
    ties: tuple[int, ...]
    exact: bool


class _StoppedError(Exception):
    """The watch ended a search before its proof."""


def milp_frontier(problem: Problem, watch: Watch) -> Proved:
    """The efficient points of a problem among the choices that no barrier rules out.

    Parameters
    ----------
    problem
        Of one party or more. Reservation values are not imposed.
    watch
        Ends the work early; the points found by then are kept.
    """
    reduced = without_dominated(problem)
    regions = _Regions(reduced.problem, watch)
    found: dict[tuple[int, ...], Choice] = {}
    exact = True
    try:
        for points, choice in regions:
            found[points] = choice
            watch.progress("proving efficient points", len(found))
    except _StoppedError:
        exact = False
    return Proved(
        points=tuple(found),
        choices=tuple(map(reduced.original, found.values())),
        ties=tuple(map(reduced.count, found.values())),
        exact=exact,
    )


class _Regions:
    """The search: regions still open, and what is known of those that are closed."""

    def __init__(self, problem: Problem, watch: Watch) -> None:
        self._program = Program(problem)
        self._watch = watch
        self._others = range(1, len(problem.parties))
        self._open: list[_Levels] = [tuple(self._program.base[p] for p in self._others)]
        self._closed: list[tuple[_Levels, _Met | None]] = []

    def __iter__(self) -> _Regions:
        return self

    def __next__(self) -> _Met:
        """The next efficient point; the same one may come again from another region."""
        while self._open:
            if self._watch.is_over():
                raise _StoppedError
            # The lowest levels first: what is found there answers for regions inside.
            levels = min(self._open, key=sum)
            met = self._known(levels)
            if met is None and not self._is_empty(levels):
                met = self._search(levels)
                self._closed.append((levels, met))
            self._open.remove(levels)
            if met is not None:
                self._split(levels, met[0])
                return met
        raise StopIteration

    def _known(self, levels: _Levels) -> _Met | None:
        """The best of a region that holds this one, if it lies in this one too."""
        for outer, met in self._closed:
            if met and _reaches(levels, outer) and _reaches(met[0][1:], levels):
                return met
        return None

    def _is_empty(self, levels: _Levels) -> bool:
        return any(met is None and _reaches(levels, outer) for outer, met in self._closed)

    def _search(self, levels: _Levels) -> _Met | None:
        """The efficient point of a region that is best for the first party; ``None`` if empty."""
        floors = dict(zip(self._others, levels, strict=True))
        last = [met[1] for _, met in self._closed[-1:] if met]
        best = self._program.maximise({0: Fraction(1)}, self._watch, at_least=floors, starts=last)
        if best.status is Status.INFEASIBLE:
            return None
        if best.status is not Status.OPTIMAL or best.points is None or best.choice is None:
            raise _StoppedError
        if not self._others:
            return best.points, best.choice
        floors[0] = best.points[0]
        sums = {party: Fraction(1) for party in self._others}
        whole = self._program.maximise(sums, self._watch, at_least=floors, starts=[best.choice])
        if whole.status is not Status.OPTIMAL or whole.points is None or whole.choice is None:
            raise _StoppedError
        return whole.points, whole.choice

    def _split(self, levels: _Levels, points: tuple[int, ...]) -> None:
        for position, party in enumerate(self._others):
            raised = (*levels[:position], points[party] + 1, *levels[position + 1 :])
            if any(_reaches(raised, other) for other in self._open):
                continue
            self._open = [other for other in self._open if not _reaches(other, raised)]
            self._open.append(raised)


def _reaches(points: tuple[int, ...], levels: _Levels) -> bool:
    """Whether points are at or above the levels, one by one."""
    return all(p >= level for p, level in zip(points, levels, strict=True))
