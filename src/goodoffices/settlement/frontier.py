"""The Pareto frontier: the outcomes at which no party can gain unless another loses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Case, Outcome
from goodoffices.errors import SettlementError
from goodoffices.settlement.blocks import Shifted, TooWide, is_listable, shifted
from goodoffices.settlement.merge import Merged, extreme, merge
from goodoffices.settlement.problem import Choice, Problem, outcomes_of, problem
from goodoffices.settlement.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierPoint:
    """One efficient utility vector.

    Attributes
    ----------
    outcome
        The first outcome, in option order, that gives these utilities.
    utilities
        On each party's own scale, in the order of ``Frontier.parties``.
    ties
        How many outcomes give these utilities (at least so many, unless ``ties_complete``).
    acceptable
        Whether every party has at least its reservation value.
    """

    outcome: Outcome
    utilities: tuple[Fraction, ...]
    ties: int
    acceptable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Efficient outcomes among those that no constraint and no red line rules out.

    Attributes
    ----------
    parties
        Ids, in the order of every utility vector.
    points
        In descending order of the first party's utility, then the second's, and so on.
    exact
        Whether ``points`` are proven to be all efficient utility vectors, each proven efficient.
    epsilon
        Where not exact: for each outcome there is a point at which no party has less by more than
        this, on its own scale. ``None`` where no such guarantee was reached.
    method
        How it was computed, in words.
    stopped
        Whether the watch ended the work early.
    ties_complete
        Whether the ``ties`` of the points are whole counts.
    """

    parties: tuple[str, ...]
    points: tuple[FrontierPoint, ...]
    exact: bool
    epsilon: tuple[Fraction, ...] | None
    method: str
    stopped: bool
    ties_complete: bool


@dataclass(frozen=True, slots=True)
class Efficient:
    """The frontier of a problem in whole points, with the choices behind each vector."""

    points: tuple[tuple[int, ...], ...]
    choices: tuple[Choice, ...]
    ties: tuple[int, ...]
    lost: tuple[int, ...] | None
    method: str
    exact: bool
    stopped: bool
    ties_complete: bool
    merged: Merged | None = None

    def all_choices(self, number: int, most: int) -> list[Choice]:
        """The choices that attain a vector, the first ``most`` of those that are known."""
        if self.merged is None or not self.ties_complete:
            return [self.choices[number]]
        return self.merged.choices(number, most)


def frontier(case: Case, *, months: Fraction = Fraction(0), watch: Watch | None = None) -> Frontier:
    """The complete Pareto frontier of a case.

    Issues are taken apart into blocks that no interaction, constraint or red line ties together.
    Where every block can be listed, blocks are merged (:mod:`goodoffices.settlement.merge`);
    otherwise each point is found and proved by mixed-integer programming
    (:mod:`goodoffices.settlement.milp_frontier`). Reservation values do not restrict the
    frontier; each point says whether it is acceptable to all.

    Parameters
    ----------
    months
        Months without agreement, for reservation values that change with time.
    watch
        Progress, a time limit, a way to stop.

    Raises
    ------
    SettlementError
        Somebody who must consent has no exact preferences.
    """
    bargaining = problem(case, months)
    return frontier_of(case, bargaining, efficient(bargaining, watch or Watch()))


def frontier_of(case: Case, bargaining: Problem, found: Efficient) -> Frontier:
    """The frontier of a problem told in the words of its case."""
    return Frontier(
        parties=bargaining.parties,
        points=tuple(
            FrontierPoint(
                outcome=outcome,
                utilities=bargaining.utilities(points),
                ties=ties,
                acceptable=is_rational(points, bargaining),
            )
            for points, outcome, ties in zip(
                found.points, outcomes_of(case, found.choices), found.ties, strict=True
            )
        ),
        exact=found.exact,
        epsilon=None if found.lost is None else bargaining.utilities(found.lost),
        method=found.method,
        stopped=found.stopped,
        ties_complete=found.ties_complete,
    )


def is_rational(points: tuple[int, ...], bargaining: Problem) -> bool:
    """Whether points give every party at least what it keeps without agreement."""
    return all(p >= r for p, r in zip(points, bargaining.reservation, strict=True))


def efficient(bargaining: Problem, watch: Watch) -> Efficient:
    """The frontier of a problem, by whichever engine its blocks allow."""
    if is_listable(bargaining):
        return _merged(bargaining, shifted_or_fault(bargaining), watch)
    # HiGHS takes a moment to load, and most cases do without it.
    from goodoffices.settlement.milp_frontier import milp_frontier

    found = milp_frontier(bargaining, watch)
    order = sorted(range(len(found.points)), key=lambda k: found.points[k], reverse=True)
    return Efficient(
        points=tuple(found.points[k] for k in order),
        choices=tuple(found.choices[k] for k in order),
        ties=tuple(found.ties[k] for k in order),
        lost=(0,) * len(bargaining.parties) if found.exact else None,
        method="mixed-integer programming, each point proved",
        exact=found.exact,
        stopped=not found.exact,
        ties_complete=False,
    )


def shifted_or_fault(bargaining: Problem) -> Shifted:
    """The problem's points moved as sums need them.

    Raises
    ------
    SettlementError
        They have too many digits to be added exactly.
    """
    try:
        return shifted(bargaining)
    except TooWide as error:
        raise SettlementError(str(error)) from None


def _merged(bargaining: Problem, moved: Shifted, watch: Watch) -> Efficient:
    found = merge(moved, watch)
    choices = [tuple(row) for row in found.first_choices().tolist()]
    rows = dict(zip(found.points, zip(choices, found.counts(), strict=True), strict=True))
    if not found.exact and rows:
        # Where not all points are kept, each party's best is among them all the same.
        for party in range(len(bargaining.parties)):
            choice, points = extreme(moved, party)
            rows.setdefault(points, (choice, 1))
    order = sorted(rows, reverse=True)
    return Efficient(
        points=tuple(order),
        choices=tuple(rows[points][0] for points in order),
        ties=tuple(rows[points][1] for points in order),
        lost=found.lost,
        method="merging issue by issue" + ("" if found.exact else ", thinned"),
        exact=found.exact,
        stopped=found.stopped,
        ties_complete=found.exact,
        merged=found,
    )
