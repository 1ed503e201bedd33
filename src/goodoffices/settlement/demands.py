"""What an agreement must satisfy: reservation values, red lines and constraints, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from goodoffices.case.model import Case
from goodoffices.case.words import condition_words, constraint_words
from goodoffices.settlement.problem import Choice, Problem, describe


class StoppedEarlyError(Exception):
    """The watch ended the work, or rounding kept HiGHS from a proof: there is no proven answer.

    ``best`` is the best choice that was met.
    """

    def __init__(self, best: Choice | None = None) -> None:
        super().__init__()
        self.best = best


class DemandKind(StrEnum):
    """What sort of thing rules outcomes out."""

    RESERVATION = "reservation"
    RED_LINE = "red line"
    CONSTRAINT = "constraint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that an agreement must satisfy, and whose it is.

    Attributes
    ----------
    kind
        A reservation value, a red line or a constraint.
    party
        Whose reservation or red line it is; ``None`` for a constraint.
    name
        A constraint's id, or the combination a red line excludes; empty for a reservation.
    words
        What a constraint or a red line rules out, in the names that people read.
    why
        The reason that the case states, if any.
    value
        A reservation's value, on the party's own scale.
    """

    kind: DemandKind
    party: str | None = None
    name: str = ""
    words: str = ""
    why: str = ""
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Stakes:
    """A bargaining problem with what somebody could give up so that more becomes acceptable.

    Attributes
    ----------
    problem
        The problem in whole points.
    barriers
        For each constraint and then each red line, the numbers of the barriers that state it.
    shares
        ``shares[party]``: what one point is worth, in the unit in which concessions of different
        parties are compared. That unit is ``1 / whole`` of a party's scale.
    whole
        How many of these units a party's scale has.
    """

    problem: Problem
    barriers: tuple[tuple[int, ...], ...]
    shares: tuple[int, ...]
    whole: int

    def deficits(self, points: Sequence[int]) -> tuple[int, ...]:
        """The points by which each party is below its reservation; 0 where it is not."""
        levels = self.problem.reservation
        return tuple(max(0, r - p) for p, r in zip(points, levels, strict=True))

    def total(self, points: Sequence[int]) -> int:
        """All parties' deficits together, in units of a share."""
        return sum(d * s for d, s in zip(self.deficits(points), self.shares, strict=True))

    def largest(self, points: Sequence[int]) -> int:
        """The largest deficit of any party, in units of a share."""
        return max(d * s for d, s in zip(self.deficits(points), self.shares, strict=True))

    def margin(self, points: Sequence[int]) -> int:
        """The smallest margin of any party over its reservation, in units of a share."""
        rows = zip(points, self.problem.reservation, self.shares, strict=True)
        return min((p - r) * share for p, r, share in rows)


def stakes(case: Case, bargaining: Problem) -> Stakes:
    """What could be given up in a case, whose problem in whole points is ``bargaining``."""
    numbered = list(enumerate(bargaining.barriers))
    of_constraints = tuple(
        tuple(k for k, b in numbered if b.party is None and b.name == constraint.id)
        for constraint in case.constraints
    )
    of_red_lines = tuple((k,) for k, barrier in numbered if barrier.party is not None)
    point_shares = [
        unit / case.preferences[party].scale
        for party, unit in zip(bargaining.parties, bargaining.units, strict=True)
    ]
    whole = lcm(*(share.denominator for share in point_shares))
    return Stakes(
        problem=bargaining,
        barriers=of_constraints + of_red_lines,
        shares=tuple(int(share * whole) for share in point_shares),
        whole=whole,
    )


def rules(case: Case) -> tuple[Demand, ...]:
    """Every constraint, then every red line, in the order of ``Stakes.barriers``."""
    constraints = tuple(
        Demand(
            kind=DemandKind.CONSTRAINT,
            name=constraint.id,
            words=constraint_words(case, constraint),
            why=constraint.why,
        )
        for constraint in case.constraints
    )
    red_lines = tuple(
        Demand(
            kind=DemandKind.RED_LINE,
            party=party.id,
            name=describe(line.never),
            words=f"never: {condition_words(case, line.never)}",
            why=line.why,
        )
        for party in case.deciders
        if party.id in case.preferences
        for line in case.preferences[party.id].red_lines
    )
    return constraints + red_lines


def reservations(case: Case, bargaining: Problem) -> tuple[Demand, ...]:
    """Every party's reservation value, in the order of the problem's parties."""
    values = bargaining.utilities(bargaining.reservation)
    return tuple(
        Demand(kind=DemandKind.RESERVATION, party=party, why=_why(case, party), value=value)
        for party, value in zip(bargaining.parties, values, strict=True)
    )


def _why(case: Case, party: str) -> str:
    reservation = case.preferences[party].reservation
    return reservation.why if reservation else ""
