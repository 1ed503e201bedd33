"""What the engines say about a case with exact preferences, gathered for the brief."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Case, Outcome
from goodoffices.settlement.blocks import is_listable
from goodoffices.settlement.division import Division, adjusted_winner_of
from goodoffices.settlement.frontier import Frontier
from goodoffices.settlement.improvements import Improvements, improvements
from goodoffices.settlement.interim import Interim, interim
from goodoffices.settlement.packages import Candidate, candidates
from goodoffices.settlement.problem import Problem, problem
from goodoffices.settlement.sensitivity import Sensitivity, sensitivity
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.solutions import settle, solve
from goodoffices.settlement.trades import Trades, trades
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.zone import zone
from goodoffices.settlement.zone_findings import Zone

# With three parties and more a frontier can grow as the space does; above this size a brief does
# without it, and the solutions are searched and proved one by one.
_FRONTIER_AT_MOST = 1_000_000
# Each interim package asks for three solutions of what is left, so these are for small spaces.
_INTERIM_AT_MOST = 1_000_000
_TRADES = 6
# Changes of three issues are a few thousand here, and a million where issues are many.
_ISSUES_FOR_THREE = 20
# Every number of every party is moved, against all efficient packages.
_ALL_EXAMINED_AT_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Answers to everything that a brief tells, as far as the watch allowed.

    ``frontier`` and ``interim`` are ``None`` where the space is too large for them, ``interim``
    and ``trades`` where there is nothing to start from, ``improvements`` where there is no package
    at hand. ``candidates`` are the packages that the solutions pick, and ``sensitivities`` are of
    these, each by the first standard that picks it; only of the first candidate where the frontier
    is long, and of none without a frontier. ``division`` is for two parties whose issues are not
    tied together.
    """

    case: Case
    months: Fraction
    package: Outcome | None
    problem: Problem
    zone: Zone
    frontier: Frontier | None
    solutions: tuple[Solution, ...]
    candidates: tuple[Candidate, ...]
    trades: Trades | None
    improvements: Improvements | None
    interim: Interim | None
    sensitivities: tuple[tuple[Candidate, Sensitivity], ...]
    division: Division | None

    @property
    def is_possible(self) -> bool | None:
        """Whether some package is acceptable to all; ``None`` where work was stopped before."""
        if self.zone.exists is None and any(solution.outcomes for solution in self.solutions):
            return True
        return self.zone.exists


def is_exact(case: Case) -> bool:
    """Whether every party that must agree has stated all its numbers exactly."""
    options = {issue.id: tuple(option.id for option in issue.options) for issue in case.issues}
    return all(
        party.id in case.preferences and not case.preferences[party.id].unknowns(options)
        for party in case.deciders
    )


def findings(case: Case, package: Outcome | None, months: Fraction, watch: Watch) -> Findings:
    """Ask every engine about a case whose preferences are exact."""
    bargaining = problem(case, months)
    frontier: Frontier | None = None
    if has_frontier(bargaining):
        settlement = settle(case, months=months, watch=watch)
        frontier, solutions = settlement.frontier, settlement.solutions
    else:
        solutions = solve(case, months=months, watch=watch)
    picks = candidates(solutions)
    # What the zone hangs on may take long in large spaces, so it is asked after the packages.
    return Findings(
        case=case,
        months=months,
        package=package,
        problem=bargaining,
        frontier=frontier,
        solutions=solutions,
        candidates=picks,
        trades=_trades(case, package, months, watch),
        improvements=None if package is None else improvements(case, package, watch=watch),
        interim=_interim(case, months, watch),
        sensitivities=_sensitivities(case, frontier, solutions, picks, months, watch),
        division=adjusted_winner_of(case) if _is_divisible(case, bargaining) else None,
        zone=zone(case, months=months, watch=watch),
    )


def _trades(case: Case, package: Outcome | None, months: Fraction, watch: Watch) -> Trades | None:
    start = package if package is not None else case.status_quo
    if start is None:
        return None
    largest = 3 if len(case.issues) <= _ISSUES_FOR_THREE else 2
    return trades(case, start, issues=largest, most=_TRADES, months=months, watch=watch)


def _interim(case: Case, months: Fraction, watch: Watch) -> Interim | None:
    if case.status_quo is None or case.size > _INTERIM_AT_MOST:
        return None
    return interim(case, most=1, months=months, watch=watch)


def has_frontier(bargaining: Problem) -> bool:
    """Whether the frontier can be drawn up while somebody waits."""
    few = len(bargaining.parties) <= 2 or bargaining.size <= _FRONTIER_AT_MOST
    return few and is_listable(bargaining)


def _sensitivities(
    case: Case,
    frontier: Frontier | None,
    solutions: tuple[Solution, ...],
    picks: tuple[Candidate, ...],
    months: Fraction,
    watch: Watch,
) -> tuple[tuple[Candidate, Sensitivity], ...]:
    if frontier is None or watch.is_over() or not all(s.proven for s in solutions):
        return ()
    if len(frontier.points) > _ALL_EXAMINED_AT_MOST:
        picks = picks[:1]
    return tuple(
        (
            pick,
            sensitivity(case, pick.concepts[0], outcome=pick.outcome, months=months, watch=watch),
        )
        for pick in picks
        if not watch.is_over()
    )


def _is_divisible(case: Case, bargaining: Problem) -> bool:
    """Whether two parties could divide the issues one by one."""
    if len(bargaining.parties) != 2 or bargaining.barriers:
        return False
    return not any(case.preferences[party].interactions for party in bargaining.parties)
