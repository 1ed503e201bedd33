"""The zone of possible agreement: whether there is one, and what would open or close it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Protocol, TypeVar

from goodoffices.case.model import Case
from goodoffices.settlement.demands import (
    Demand,
    Stakes,
    StoppedEarlyError,
    reservations,
    rules,
    stakes,
)
from goodoffices.settlement.problem import Choice, outcome_of, problem
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.zone_findings import (
    HORIZON,
    Closure,
    Opening,
    Period,
    Witness,
    Zone,
)
from goodoffices.settlement.zone_listed import Listed, is_small

_T = TypeVar("_T")

_OPENING_SETS = 50
_MIXED_RULES = 2
_MIXED_SETS = 250


class Answers(Protocol):
    """The questions whose answers make a zone; see :class:`zone_listed.Listed`."""

    @property
    def method(self) -> str: ...

    def begin(self) -> None: ...

    def count(self) -> int | None: ...

    def best(self) -> tuple[Choice | None, bool]: ...

    def greatest(self, party: int) -> Choice | None: ...

    def least_total(self, dropped: frozenset[int]) -> Choice | None: ...

    def least_largest(self) -> Choice | None: ...

    def some(self, parties: frozenset[int], rules: frozenset[int]) -> Choice | None: ...

    def opening_rules(self, most: int) -> tuple[list[tuple[frozenset[int], Choice]], bool]: ...

    def open_periods(
        self, slopes: Sequence[Fraction], horizon: Fraction
    ) -> list[tuple[Fraction, Fraction]]: ...


def zone(
    case: Case,
    *,
    months: Fraction = Fraction(0),
    horizon: Fraction = HORIZON,
    watch: Watch | None = None,
) -> Zone:
    """Whether any outcome is acceptable to all; if not, the smallest changes that would do.

    Up to two million outcomes are looked at one by one. In larger spaces every answer is searched
    and proved. The two routes give the same numbers; where several outcomes are equally good they
    may name different ones.

    Parameters
    ----------
    months
        Months without agreement, for reservation values that change with time.
    horizon
        How many months to look ahead from there, where they do.
    watch
        Progress, a time limit, a way to stop.

    Raises
    ------
    SettlementError
        Somebody who must consent has no exact preferences.

    References
    ----------
    The zone of possible agreement: [Raiffa1982]_ (recalled). The conflict is an irreducible
    infeasible set found by the deletion filter of [Chinneck2008]_ (recalled).
    """
    watch = watch or Watch()
    given = stakes(case, problem(case, months))
    return _Inquiry(case, given, answers(given, watch), watch).zone(months, horizon)


def answers(given: Stakes, watch: Watch) -> Answers:
    """By looking at every outcome, or by search where they are too many."""
    if is_small(given.problem):
        return Listed(given)
    # HiGHS takes a moment to load, and most cases do without it.
    from goodoffices.settlement.zone_search import Searched

    return Searched(given, watch)


class _Inquiry:
    """One question after the other, until all are answered or the watch is over."""

    def __init__(self, case: Case, given: Stakes, asked: Answers, watch: Watch) -> None:
        self._case = case
        self._stakes = given
        self._problem = given.problem
        self._answers = asked
        self._watch = watch
        self._rules = rules(case)
        self._reservations = reservations(case, given.problem)
        self._all_parties = frozenset(range(len(given.problem.parties)))
        self._all_rules = frozenset(range(len(self._rules)))
        self._unanswered: list[str] = []
        self._asked = 0

    def zone(self, months: Fraction, horizon: Fraction) -> Zone:
        found = Zone(
            parties=self._problem.parties,
            exists=None,
            method=self._answers.method,
            size=self._problem.size,
            months=months,
            horizon=horizon,
        )
        some = self._ask("exists", lambda: self._answers.some(self._all_parties, self._all_rules))
        if "exists" not in self._unanswered:
            found = self._openings(found) if some is None else self._closures(found, some)
            found = replace(found, periods=self._periods(months, horizon))
        return replace(found, unanswered=tuple(self._unanswered))

    def _closures(self, found: Zone, some: Choice) -> Zone:
        best, is_greatest = self._ask("witness", self._answers.best) or (None, False)
        if not is_greatest:
            self._note("witness")
        return replace(
            found,
            exists=True,
            count=self._ask("count", self._answers.count),
            witness=self._witness(best or some, is_greatest=is_greatest),
            closures=tuple(
                closure
                for party in range(len(self._problem.parties))
                if (closure := self._ask("closures", partial(self._closure, party))) is not None
            ),
        )

    def _openings(self, found: Zone) -> Zone:
        nothing: frozenset[int] = frozenset()
        least_total = self._ask("least_total", lambda: self._answers.least_total(nothing))
        least_largest = self._ask("least_largest", self._answers.least_largest)
        return replace(
            found,
            exists=False,
            count=0,
            conflict=self._ask("conflict", self._conflict) or (),
            alone=tuple(
                self._ask("alone", partial(self._alone, party))
                for party in range(len(self._problem.parties))
            ),
            least_total=self._opening(nothing, least_total),
            least_largest=self._opening(nothing, least_largest),
            without=self._ask("without", self._without) or (),
            mixed=self._ask("mixed", self._mixed) or (),
        )

    def _ask(self, name: str, question: Callable[[], _T]) -> _T | None:
        """The answer to one question, or a note that it was not answered."""
        self._asked += 1
        self._watch.progress(f"zone: {name}", self._asked)
        try:
            if not self._watch.is_over():
                self._answers.begin()
                return question()
        except StoppedEarlyError:
            pass
        self._note(name)
        return None

    def _note(self, name: str) -> None:
        if name not in self._unanswered:
            self._unanswered.append(name)

    def _witness(self, choice: Choice, is_greatest: bool) -> Witness:
        points = self._problem.points(choice)
        margins = [p - r for p, r in zip(points, self._problem.reservation, strict=True)]
        return Witness(
            outcome=outcome_of(self._case, choice),
            utilities=self._problem.utilities(points),
            margins=self._problem.utilities(margins),
            smallest=Fraction(self._stakes.margin(points), self._stakes.whole),
            is_greatest=is_greatest,
        )

    def _closure(self, party: int) -> Closure | None:
        choice = self._answers.greatest(party)
        if choice is None:
            return None
        points = self._problem.points(choice)
        room = points[party] - self._problem.reservation[party]
        return Closure(
            party=self._problem.parties[party],
            room=room * self._problem.units[party],
            outcome=outcome_of(self._case, choice),
        )

    def _alone(self, party: int) -> Opening | None:
        return self._opening(frozenset(), self._answers.greatest(party))

    def _opening(self, dropped: frozenset[int], choice: Choice | None) -> Opening | None:
        if choice is None:
            return None
        points = self._problem.points(choice)
        return Opening(
            dropped=tuple(self._rules[rule] for rule in sorted(dropped)),
            reductions=self._problem.utilities(self._stakes.deficits(points)),
            outcome=outcome_of(self._case, choice),
            utilities=self._problem.utilities(points),
            total=Fraction(self._stakes.total(points), self._stakes.whole),
            largest=Fraction(self._stakes.largest(points), self._stakes.whole),
        )

    def _without(self) -> tuple[Opening, ...]:
        sets, is_complete = self._answers.opening_rules(_OPENING_SETS)
        if not is_complete:
            self._note("without")
        found = (self._opening(dropped, choice) for dropped, choice in sets)
        return tuple(opening for opening in found if opening)

    def _mixed(self) -> tuple[Opening, ...]:
        """Sets of one and two rules without which less must be conceded than without fewer."""
        numbers = range(len(self._rules))
        sets = [
            frozenset(dropped)
            for size in range(_MIXED_RULES + 1)
            for dropped in combinations(numbers, size)
        ]
        totals: dict[frozenset[int], Fraction | None] = {}
        found = []
        for dropped in sets[:_MIXED_SETS]:
            smaller = [totals[dropped - {rule}] for rule in dropped]
            least = min((total for total in smaller if total is not None), default=None)
            opening = None
            if least != 0:
                opening = self._opening(dropped, self._answers.least_total(dropped))
            totals[dropped] = opening.total if opening else least
            if opening and dropped and opening.total and (least is None or opening.total < least):
                found.append(opening)
        if len(sets) > _MIXED_SETS:
            self._note("mixed")
        return tuple(found)

    def _conflict(self) -> tuple[Demand, ...]:
        """The deletion filter: whatever can go while the rest still conflicts, goes."""
        parties, kept = self._all_parties, self._all_rules
        for rule in sorted(kept):
            if self._answers.some(parties, kept - {rule}) is None:
                kept -= {rule}
        for party in sorted(parties):
            if self._answers.some(parties - {party}, kept) is None:
                parties -= {party}
        return tuple(self._reservations[party] for party in sorted(parties)) + tuple(
            self._rules[rule] for rule in sorted(kept)
        )

    def _periods(self, months: Fraction, horizon: Fraction) -> tuple[Period, ...] | None:
        sheets = [self._case.preferences[party] for party in self._problem.parties]
        slopes = [
            sheet.reservation.per_month / unit if sheet.reservation else Fraction(0)
            for sheet, unit in zip(sheets, self._problem.units, strict=True)
        ]
        if not any(slopes):
            return None
        periods = self._ask("periods", lambda: self._answers.open_periods(slopes, horizon))
        if periods is None:
            return None
        return tuple(Period(start=months + a, stop=months + b) for a, b in periods)
