"""What a tentative agreement leaves on the table: the packages that are better for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from goodoffices.case.model import Case, Outcome
from goodoffices.case.preferences import Reservation
from goodoffices.case.statements import Estimate
from goodoffices.settlement.blocks import is_listable
from goodoffices.settlement.frontier import frontier
from goodoffices.settlement.problem import choice_of, problem
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.solutions import solve
from goodoffices.settlement.watch import Watch

BEST = ("maximum-nash-welfare", "leximin", "utilitarian")
"""The concepts by which the best improvements are picked where none are asked for."""

# With three parties and more, frontiers of larger spaces may hold more points than can be kept.
_LISTED_AT_MOST = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """An efficient package at which nobody has less than before, and somebody has more.

    ``utilities`` and ``gains`` are on the parties' own scales.
    """

    outcome: Outcome
    utilities: tuple[Fraction, ...]
    gains: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiency:
    """Whether a package is efficient.

    Attributes
    ----------
    is_efficient
        ``None`` if work was stopped before that was known; otherwise it is proven.
    feasible
        Whether the package breaks no constraint and no red line.
    witness
        A feasible package that gives nobody less and somebody more, where one was found.
    """

    is_efficient: bool | None
    feasible: bool
    witness: Improvement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvements:
    """What a tentative agreement leaves on the table.

    Attributes
    ----------
    parties
        Ids, in the order of every tuple over parties.
    outcome, utilities
        The tentative agreement.
    efficiency
        Whether anything is left, with the witness.
    packages
        Efficient packages that improve on it, one for each utility vector, in descending order of
        the first party's utility, then the second's, and so on.
    complete
        Whether ``packages`` are all such vectors.
    best
        The best of them by several solution concepts; what everybody keeps without a change is
        the tentative agreement. Empty where nothing was found to be left on the table.
    """

    parties: tuple[str, ...]
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    efficiency: Efficiency
    packages: tuple[Improvement, ...]
    complete: bool
    best: tuple[Solution, ...]


def improvements(
    case: Case,
    outcome: Outcome,
    *,
    concepts: Sequence[str] = BEST,
    watch: Watch | None = None,
) -> Improvements:
    """The packages that all could prefer to a tentative agreement, and the best of them.

    The same case is settled once more, with one difference: if these talks fail, everybody keeps
    the tentative agreement.

    Parameters
    ----------
    outcome
        The tentative agreement. It need not be feasible; what improves on it is.
    concepts
        Names from ``CONCEPTS``, for ``Improvements.best``.

    Raises
    ------
    SettlementError
        An unknown concept, or somebody who must consent has no exact preferences.

    References
    ----------
    [Raiffa1985]_: a settlement that was reached is the point from which to look for a better one.

    Examples
    --------
    >>> from goodoffices.case import read
    >>> case = read("examples/aral")
    >>> found = improvements(case, case.status_quo)
    >>> found.efficiency.is_efficient, found.complete
    (False, True)
    """
    watch = watch or Watch()
    bargaining = problem(case)
    before = bargaining.utilities(bargaining.points(choice_of(case, outcome)))
    again = _keeping(case, before)
    solutions = solve(again, ("utilitarian", *concepts), watch=watch)
    found = _efficiency(case, outcome, before, solutions)
    packages: tuple[Improvement, ...] = ()
    complete = found.is_efficient is True
    small = len(bargaining.parties) <= 2 or bargaining.size <= _LISTED_AT_MOST
    if not complete and small and is_listable(bargaining):
        points = frontier(again, watch=watch)
        complete = points.exact
        packages = tuple(
            _improvement(before, point.outcome, point.utilities)
            for point in points.points
            if point.acceptable and point.utilities != before
        )
    return Improvements(
        parties=bargaining.parties,
        outcome=outcome,
        utilities=before,
        efficiency=found,
        packages=packages,
        complete=complete,
        best=() if found.witness is None else solutions[1:],
    )


def efficiency(case: Case, outcome: Outcome, *, watch: Watch | None = None) -> Efficiency:
    """Whether a package is efficient, with a better one where it is not.

    Proven by the greatest total of points among packages that give nobody less: from the frontier
    or, in large spaces, by mixed-integer programming.

    Raises
    ------
    SettlementError
        Somebody who must consent has no exact preferences.

    Examples
    --------
    >>> from goodoffices.case import read
    >>> case = read("examples/aral")
    >>> efficiency(case, case.status_quo).is_efficient
    False
    """
    bargaining = problem(case)
    before = bargaining.utilities(bargaining.points(choice_of(case, outcome)))
    greatest = solve(_keeping(case, before), ["utilitarian"], watch=watch)
    return _efficiency(case, outcome, before, greatest)


def _keeping(case: Case, utilities: Sequence[Fraction]) -> Case:
    """The case in which everybody keeps these utilities if the talks fail."""
    sheets = dict(case.preferences)
    for party, kept in zip(case.deciders, utilities, strict=True):
        sheets[party.id] = replace(
            sheets[party.id], reservation=Reservation(value=Estimate(kept, kept))
        )
    return replace(case, preferences=MappingProxyType(sheets))


def _efficiency(
    case: Case, outcome: Outcome, before: tuple[Fraction, ...], solutions: Sequence[Solution]
) -> Efficiency:
    """What packages that give nobody less prove; the first have the greatest total of points."""
    bargaining = problem(case)
    feasible = bargaining.is_feasible(choice_of(case, outcome))
    better = next(
        (
            _improvement(before, package, utilities)
            for solution in solutions
            for package, utilities in zip(solution.outcomes, solution.utilities, strict=True)
            if utilities != before
        ),
        None,
    )
    known = better is not None or solutions[0].proven or not feasible
    return Efficiency(
        is_efficient=feasible and better is None if known else None,
        feasible=feasible,
        witness=better,
    )


def _improvement(
    before: tuple[Fraction, ...], outcome: Outcome, utilities: tuple[Fraction, ...]
) -> Improvement:
    gains = tuple(now - then for now, then in zip(utilities, before, strict=True))
    return Improvement(outcome=outcome, utilities=utilities, gains=gains)
