"""What an inquiry into the zone of possible agreement gives back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Outcome
from goodoffices.settlement.demands import Demand

HORIZON = Fraction(60)
"""Months looked ahead where reservation values change with time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """An outcome acceptable to all.

    Attributes
    ----------
    outcome, utilities
        On each party's own scale, in the order of ``Zone.parties``.
    margins
        Utility minus reservation value, on each party's own scale.
    smallest
        The smallest margin, as a share of that party's scale.
    is_greatest
        Whether no acceptable outcome has a greater smallest margin; true unless work was stopped.
    """

    outcome: Outcome
    utilities: tuple[Fraction, ...]
    margins: tuple[Fraction, ...]
    smallest: Fraction
    is_greatest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A change that would open the zone, and the outcome that it would let in.

    Attributes
    ----------
    dropped
        Red lines and constraints that would have to go.
    reductions
        By how much each party's reservation value would have to come down, on its own scale.
    outcome, utilities
        An outcome that would then be acceptable to all.
    total, largest
        The reductions added up, and the largest, as shares of the parties' scales.
    """

    dropped: tuple[Demand, ...]
    reductions: tuple[Fraction, ...]
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    total: Fraction
    largest: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What would close an open zone: one party's reservation value rising, all else as it is.

    Attributes
    ----------
    party
        Whose reservation value.
    room
        By how much it may rise, on the party's own scale; by any more, and the zone is empty.
    outcome
        The last outcome left.
    """

    party: str
    room: Fraction
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Months without agreement, both ends included, during which the zone is open."""

    start: Fraction
    stop: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Whether any outcome is acceptable to all, and what it hangs on.

    An outcome is acceptable if it breaks no constraint and no red line and gives every party at
    least its reservation value. Everything is exact, and proven unless listed in ``unanswered``.

    Attributes
    ----------
    parties
        Ids, in the order of every tuple over parties.
    exists
        ``None`` if work was stopped before the question was answered.
    method
        How it is proven, in words.
    size, count
        How many outcomes there are; how many of them are acceptable (``None``: not counted).
    witness
        An acceptable outcome, where the zone exists.
    closures
        Where it exists: for each party, by how much its reservation could rise.
    alone
        Where it is empty: for each party, the smallest change of its reservation alone that opens
        it; ``None`` if none would.
    least_total, least_largest
        Where it is empty: the smallest total of reductions of reservations, and the smallest
        largest one, in shares of scales; ``None`` if no reductions would do.
    without
        Where it is empty: the smallest sets of red lines and constraints without any of which it
        would be open, fewest first; no set contains another.
    mixed
        Where it is empty: one or two red lines or constraints dropped and reservations reduced,
        where dropping each of them saves some reduction.
    conflict
        Where it is empty: demands that no outcome satisfies at once, though without any one of
        them some outcome satisfies the others.
    periods
        When the zone is open, from ``months`` on and up to the horizon; ``None`` where no
        reservation changes with time.
    months, horizon
        The time at which everything else holds, and how far was looked ahead, in months.
    unanswered
        The attributes that work was stopped before answering, or that are not complete.
    """

    parties: tuple[str, ...]
    exists: bool | None
    method: str
    size: int
    count: int | None = None
    witness: Witness | None = None
    closures: tuple[Closure, ...] = ()
    alone: tuple[Opening | None, ...] = ()
    least_total: Opening | None = None
    least_largest: Opening | None = None
    without: tuple[Opening, ...] = ()
    mixed: tuple[Opening, ...] = ()
    conflict: tuple[Demand, ...] = ()
    periods: tuple[Period, ...] | None = None
    months: Fraction = Fraction(0)
    horizon: Fraction = HORIZON
    unanswered: tuple[str, ...] = ()
