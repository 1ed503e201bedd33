"""What follows from partial preferences: the function that users call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from goodoffices.case.model import Case, Outcome
from goodoffices.errors import SettlementError
from goodoffices.settlement.partial.acceptance import (
    NO,
    OPEN,
    YES,
    Answers,
)
from goodoffices.settlement.partial.examined import Examined, examine_all, likely
from goodoffices.settlement.partial.findings import (
    LeastRegretFinding,
    PackageFinding,
    PartialAnalysis,
    PartyAcceptance,
    PartyRegret,
    Reading,
    Verdict,
    ZoneFinding,
)
from goodoffices.settlement.partial.preference_set import PreferenceSet, preference_set
from goodoffices.settlement.partial.questions import Question, questions
from goodoffices.settlement.partial.regret import least_regret
from goodoffices.settlement.partial.sampling import CHAINS, draw
from goodoffices.settlement.partial.shares import Share, joint, nash_shares, share_of
from goodoffices.settlement.partial.side import Floats, Side
from goodoffices.settlement.partial.space import Rows, allowed_packages
from goodoffices.settlement.problem import outcome_of
from goodoffices.settlement.watch import Watch

_IN_PLAY_AT_MOST = 300
"""Packages by which questions are judged."""


def analyse(
    case: Case,
    *,
    seed: int = 0,
    draws: int = 512,
    months: Fraction = Fraction(0),
    listed_at_most: int = 50_000,
    shown: int = 50,
    asked: int = 10,
    watch: Watch | None = None,
) -> PartialAnalysis:
    """What holds for all, some or none of the preferences that agree with the parties' statements.

    Parties with exact preferences may be among them. The parties' preferences are independent of
    each other: any of one may meet any of another.

    Parameters
    ----------
    seed
        Of the random preferences from which shares are estimated.
    draws
        Preferences drawn for each party; rounded up to a multiple of 64.
    months
        Months without agreement, for reservation values that change with time.
    listed_at_most
        Allowed packages are all examined if there are no more than this (and no more than four
        million outcomes). Otherwise packages are sought by mixed-integer programming.
    shown, asked
        How many packages and questions to give back at most.
    watch
        Progress, a time limit, a way to stop.

    Raises
    ------
    SettlementError
        Nobody must consent, somebody has stated nothing, or statements contradict one another.

    References
    ----------
    Necessary and possible preference: [Greco2008]_ (recalled). Acceptability shares:
    [LahdelmaSalminen2001]_. Minimax regret and questions: [Boutilier2006]_.
    """
    watch = watch or Watch()
    rng = np.random.default_rng(seed)
    sides = _sides(case, months, -(-draws // CHAINS), rng, watch)
    packages = allowed_packages(case, listed_at_most)
    if packages is None:
        # HiGHS' integer part takes a moment to load, and most cases do without it.
        from goodoffices.settlement.partial.large import examine_some

        examined = examine_some(case, sides, watch)
    else:
        examined = examine_all(sides, packages, watch)
    report = _Report(case, sides, examined, watch)
    watch.progress("weighing questions", 0)
    return PartialAnalysis(
        parties=tuple(side.known.party for side in sides),
        readings=tuple(_reading(case, side.known) for side in sides),
        outcomes=case.size,
        examined=len(examined.packages),
        complete=packages is not None,
        acceptable_counts=_counts(examined.necessarily, examined.possibly),
        efficient_counts=_counts(examined.efficiency.necessarily, examined.efficiency.possibly),
        packages=tuple(report.package(row) for row in report.in_play[:shown].tolist()),
        in_play=len(report.in_play),
        zone=report.zone(),
        least_regret=report.least_regret(watch),
        questions=report.questions(asked, months, watch),
        draws=len(sides[0].points),
        seed=seed,
        stopped=watch.is_over(),
    )


def _sides(
    case: Case, months: Fraction, draws: int, rng: np.random.Generator, watch: Watch
) -> list[Side]:
    if not case.deciders:
        raise SettlementError("Nobody must consent to an agreement: no party is a principal.")
    known = [preference_set(case, party.id, months=months) for party in case.deciders]
    drawn = []
    for number, one in enumerate(known):
        watch.progress("drawing preferences", number, len(known))
        drawn.append(draw(one.polytope, draws, rng, watch))
    # Where work was ended, a party may have more draws than another; they are compared in pairs.
    fewest = min(points.shape[1] for points in drawn)
    return [Side(one, points[:, :fewest]) for one, points in zip(known, drawn, strict=True)]


def _reading(case: Case, known: PreferenceSet) -> Reading:
    options = {issue.id: tuple(o.id for o in issue.options) for issue in case.issues}
    return Reading(
        party=known.party,
        unknowns=case.preferences[known.party].unknowns(options),
        conventions=known.conventions,
        freedom=known.polytope.dimension,
    )


def verdict(necessarily: int, possibly: int) -> Verdict:
    """Two answers as a verdict."""
    truth = {YES: True, NO: False, OPEN: None}
    return Verdict(necessarily=truth[int(necessarily)], possibly=truth[int(possibly)])


def _counts(necessarily: Answers, possibly: Answers) -> Mapping[str, int]:
    pairs = Counter(zip(necessarily.tolist(), possibly.tolist(), strict=True))
    words: Counter[str] = Counter()
    for (sure, maybe), count in pairs.items():
        words[verdict(sure, maybe).word] += count
    return MappingProxyType(dict(words))


class _Report:
    """What was found, in the words of the case."""

    def __init__(self, case: Case, sides: Sequence[Side], examined: Examined, watch: Watch) -> None:
        self.case, self.sides, self.examined = case, sides, examined
        self.packages, self.efficiency = examined.packages, examined.efficiency
        self.necessarily, self.possibly = examined.necessarily, examined.possibly
        self.likely = likely(examined.acceptance)
        self.rows: Rows = np.flatnonzero(self.possibly != NO)
        self.in_play = self._ordered(self.rows[self.efficiency.possibly[self.rows] != NO])
        self.nash: Floats | None = None
        if examined.sampled:
            shares = nash_shares(sides, self.packages.part(self.rows), watch)
            if len(shares):
                self.nash = np.zeros((len(shares), len(self.packages)))
                self.nash[:, self.rows] = shares

    def _ordered(self, rows: Rows) -> Rows:
        """The most widely acceptable first; of equally acceptable, the most often efficient."""
        efficient = self.efficiency.shares.sum(axis=0)
        keys = (-efficient[rows], -self.likely[rows], self.necessarily[rows] != YES)
        found: Rows = rows[np.lexsort(keys)]
        return found

    def outcome(self, row: int) -> Outcome:
        return outcome_of(self.case, self.packages.choice(row))

    def outcomes(self, rows: Iterable[int]) -> tuple[Outcome, ...]:
        return tuple(map(self.outcome, rows))

    def package(self, row: int) -> PackageFinding:
        parties = tuple(self._party(k, row) for k in range(len(self.sides)))
        shares = [self._accepts(k, row) for k in range(len(self.sides))]
        draws = self.sides[0].draws.shape[1]
        efficient = self.efficiency
        return PackageFinding(
            outcome=self.outcome(row),
            acceptance=parties,
            acceptable=verdict(self.necessarily[row], self.possibly[row]),
            acceptable_share=joint(shares),
            efficient=verdict(efficient.necessarily[row], efficient.possibly[row]),
            efficient_share=self._is_efficient(row),
            nash_share=None if self.nash is None else share_of(self.nash[:, row], draws),
            dominators=self.outcomes(efficient.dominators.get(row, ())),
        )

    def _party(self, number: int, row: int) -> PartyAcceptance:
        side, found = self.sides[number], self.examined.acceptance[number]
        margin = side.known.margin(self.packages.choice(row))
        unit = float(side.known.unit)
        return PartyAcceptance(
            party=side.known.party,
            verdict=verdict(found.necessarily[row], found.possibly[row]),
            gladly={YES: True, NO: False, OPEN: None}[int(found.gladly[row])],
            least=side.known.polytope.least(margin).value * unit,
            most=side.known.polytope.most(margin).value * unit,
            share=self._accepts(number, row),
        )

    def _accepts(self, number: int, row: int) -> Share:
        found = self.examined.acceptance[number]
        if found.necessarily[row] == YES:
            return Share(1.0, 0.0)
        if found.gladly[row] == NO:
            return Share(0.0, 0.0)  # Accepted at most at an edge.
        return share_of(found.shares[:, row], self.sides[number].draws.shape[1])

    def _is_efficient(self, row: int) -> Share | None:
        if not self.examined.sampled:
            return None
        if self.efficiency.necessarily[row] == YES:
            return Share(1.0, 0.0)
        return share_of(self.efficiency.shares[:, row], self.sides[0].draws.shape[1])

    def zone(self) -> ZoneFinding:
        found = self.examined.zone
        share: Share | None = Share(float(found.possibly == YES), 0.0)
        if found.necessarily != YES and found.possibly != NO:
            draws = self.sides[0].draws.shape[1] if self.examined.sampled else 1
            share = share_of(found.walks, draws) if len(found.walks) > 1 else None
        return ZoneFinding(
            verdict=verdict(found.necessarily, found.possibly),
            possible=None if found.possible < 0 else self.outcome(found.possible),
            necessary=self.outcomes(found.necessary),
            share=share,
        )

    def least_regret(self, watch: Watch) -> LeastRegretFinding | None:
        watch.progress("what could be regretted least", 0)
        some = self.packages.part(self.rows)
        found = least_regret(self.sides, some, watch)
        if found is None:
            return None
        rows = [int(self.rows[row]) for row in found.rows]
        return LeastRegretFinding(
            outcomes=self.outcomes(rows),
            regrets=tuple(
                tuple(
                    PartyRegret(
                        party=side.known.party,
                        points=one.points,
                        rather=self.outcome(int(self.rows[one.rather])) if one.points else None,
                    )
                    for side, one in zip(self.sides, regrets, strict=True)
                )
                for regrets in found.regrets
            ),
            value=found.value,
            bound=found.bound,
            proven=found.bound == found.value,
            ties_complete=found.ties_complete,
        )

    def questions(self, most: int, months: Fraction, watch: Watch) -> tuple[Question, ...]:
        some = self.packages.part(self.in_play[:_IN_PLAY_AT_MOST])
        can_write = [_is_status_quo(self.case, side.known.party, months) for side in self.sides]
        return questions(self.case, self.sides, some, watch, most=most, can_write=can_write)


def _is_status_quo(case: Case, party: str, months: Fraction) -> bool:
    """Whether a party's reservation value is just what the status quo is worth to it."""
    reservation = case.preferences[party].reservation
    if reservation is None or reservation.value is not None:
        return False
    return not reservation.per_month * months
