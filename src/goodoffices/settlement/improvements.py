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
from goodoffices.settlement.frontier import efficient, frontier
from goodoffices.settlement.problem import Choice, Problem, choice_of, outcome_of, problem
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
        ``None`` if work was stopped before that was known. A package that is not feasible is not
        efficient.
    feasible
        Whether the package breaks no constraint and no red line.
    witness
        A feasible package that gives nobody less and somebody more, where one was found.
    proven
        Whether it is proven that there is such a package, or that there is none.
    """

    is_efficient: bool | None
    feasible: bool
    witness: Improvement | None
    proven: bool

    @property
    def is_improvable(self) -> bool | None:
        """Whether a feasible package gives nobody less and somebody more.

        ``None`` if that is not known. A package that is ruled out may be neither efficient nor
        improvable.
        """
        return self.witness is not None if self.proven else None


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
    found = efficiency(case, outcome, watch=watch)
    again = _keeping(case, before)
    packages: tuple[Improvement, ...] = ()
    complete = found.proven and found.witness is None
    small = len(bargaining.parties) <= 2 or bargaining.size <= _LISTED_AT_MOST
    if found.witness is not None and small and is_listable(bargaining):
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
        best=() if found.witness is None else solve(again, concepts, watch=watch),
    )


def efficiency(case: Case, outcome: Outcome, *, watch: Watch | None = None) -> Efficiency:
    """Whether a package is efficient, with a better one where it is not.

    The witness has the greatest total of points among packages that give nobody less. It is read
    off the frontier or, in large spaces, searched and proved by mixed-integer programming.

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
    watch = watch or Watch()
    bargaining = problem(case)
    choice = choice_of(case, outcome)
    points = bargaining.points(choice)
    if bargaining.size <= _LISTED_AT_MOST and is_listable(bargaining):
        better, is_known = _listed_better(bargaining, points, watch)
    else:
        better, is_known = _searched_better(bargaining, points, watch)
    feasible = bargaining.is_feasible(choice)
    witness = None
    if better is not None:
        utilities = bargaining.utilities(bargaining.points(better))
        before = bargaining.utilities(points)
        witness = _improvement(before, outcome_of(case, better), utilities)
    proven = witness is not None or is_known
    return Efficiency(
        is_efficient=feasible and witness is None if proven or not feasible else None,
        feasible=feasible,
        witness=witness,
        proven=proven,
    )


def _listed_better(
    bargaining: Problem, points: tuple[int, ...], watch: Watch
) -> tuple[Choice | None, bool]:
    """The efficient choice of greatest total that gives nobody less, if it gives somebody more.

    The second value says whether there is none where none was found.
    """
    found = efficient(bargaining, watch)
    totals = [
        (sum(bargaining.utilities(row)), choice)
        for row, choice in zip(found.points, found.choices, strict=True)
        if row != points and all(map(int.__ge__, row, points))
    ]
    best = max(totals, key=lambda row: row[0], default=None)
    return (None if best is None else best[1]), found.exact


def _searched_better(
    bargaining: Problem, points: tuple[int, ...], watch: Watch
) -> tuple[Choice | None, bool]:
    """The same by mixed-integer programming."""
    # HiGHS takes a moment to load, and most cases do without it.
    from goodoffices.settlement.milp import Program
    from goodoffices.settlement.solver import Status

    answer = Program(bargaining).maximise(
        dict(enumerate(bargaining.units)),
        watch,
        at_least=dict(enumerate(points)),
        above=sum(bargaining.utilities(points), Fraction(0)),
    )
    return answer.choice, answer.status is not Status.STOPPED


def _keeping(case: Case, utilities: Sequence[Fraction]) -> Case:
    """The case in which everybody keeps these utilities if the talks fail."""
    sheets = dict(case.preferences)
    for party, kept in zip(case.deciders, utilities, strict=True):
        sheets[party.id] = replace(
            sheets[party.id], reservation=Reservation(value=Estimate(kept, kept))
        )
    return replace(case, preferences=MappingProxyType(sheets))


def _improvement(
    before: tuple[Fraction, ...], outcome: Outcome, utilities: tuple[Fraction, ...]
) -> Improvement:
    gains = tuple(now - then for now, then in zip(utilities, before, strict=True))
    return Improvement(outcome=outcome, utilities=utilities, gains=gains)
