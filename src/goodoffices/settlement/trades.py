"""Trades: what could be exchanged for what, starting from a package."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import TypeAlias

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import counted
from goodoffices.errors import SettlementError
from goodoffices.settlement.changes import Surroundings, leximin_key
from goodoffices.settlement.demands import Demand, StoppedEarlyError, rules, stakes
from goodoffices.settlement.problem import (
    Choice,
    Problem,
    choice_of,
    is_inside,
    outcome_of,
    problem,
)
from goodoffices.settlement.watch import Watch

_Exchange: TypeAlias = tuple[Choice, tuple[int, ...]]
"""The choice after an exchange, and every party's gain in whole points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One issue of a trade.

    Attributes
    ----------
    issue, before, after
        Ids of the issue and of its options.
    points
        What this change alone would give each party, on its own scale; negative where it costs.
    needed_for
        Constraints and red lines that the trade would break without this change.
    """

    issue: str
    before: str
    after: str
    points: tuple[Fraction, ...]
    needed_for: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Changes that leave nobody worse off and somebody better off.

    No part of a trade is such an exchange by itself, and no other exchange of the same issues, or
    of some of them, is better for one party and as good for all.

    Attributes
    ----------
    changes
        In the order of the case's issues.
    gains
        What each party has from the trade, on its own scale.
    together
        The part of the gains that comes only of making the changes together: ``gains`` less the
        points of the single changes. 0 where a party has no interactions.
    outcome, utilities
        The package after the trade.
    acceptable
        Whether every party then has at least its reservation value.
    """

    changes: tuple[Change, ...]
    gains: tuple[Fraction, ...]
    together: tuple[Fraction, ...]
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    acceptable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trades:
    """The trades from a package, smallest first.

    Attributes
    ----------
    parties
        Ids, in the order of every tuple over parties.
    outcome, utilities
        The package at hand.
    feasible
        Whether it breaks no constraint and no red line; a status quo may.
    trades
        Fewest issues first. Among those of equally many: the greatest smallest gain first, then
        the greatest second smallest, and so on, gains counted in shares of the parties' scales;
        then in option order.
    counts
        ``counts[k]``: how many trades of ``k + 1`` issues were found, listed in ``trades`` or not.
    complete
        Every trade of up to so many issues has been found.
    issues
        How many issues the case has.
    giving
        Issue and option ids of the changes that every trade had to include.
    stopped
        Whether the watch ended the work early.
    """

    parties: tuple[str, ...]
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    feasible: bool
    trades: tuple[Trade, ...]
    counts: tuple[int, ...]
    complete: int
    issues: int
    giving: tuple[tuple[str, str], ...]
    stopped: bool

    @property
    def is_exhaustive(self) -> bool:
        """Whether trades of any number of issues were looked for."""
        return self.complete == self.issues


def trades(
    case: Case,
    outcome: Outcome,
    *,
    issues: int = 3,
    giving: Mapping[str, str] | None = None,
    most: int = 100,
    months: Fraction = Fraction(0),
    watch: Watch | None = None,
) -> Trades:
    """What could be exchanged for what, so that nobody loses and somebody gains; smallest first.

    All changes of one issue are looked at, then all of two, and so on: exact for any number of
    parties, with interactions, constraints and red lines. The work grows with the number of
    changes: 30 issues of 8 options have 1.5 million of up to three issues.

    Parameters
    ----------
    outcome
        The package to start from. It need not be feasible; what follows a trade is.
    issues
        Issues that a trade may change at most.
    giving
        Issue id → option id: only trades that include these changes. "What would those who lose
        by this want in return?"
    most
        Trades to list.
    months
        Months without agreement, for reservation values that change with time.
    watch
        Progress, a time limit, a way to stop. Trades found by then are listed.

    Raises
    ------
    SettlementError
        Somebody who must consent has no exact preferences, or ``giving`` changes nothing.

    References
    ----------
    Trading an issue that matters less for one that matters more: [KeeneyRaiffa1976]_,
    [Raiffa1982]_ (recalled).

    Examples
    --------
    >>> from goodoffices.case import read
    >>> case = read("examples/aral")
    >>> found = trades(case, case.status_quo, issues=2)
    >>> [change.issue for change in found.trades[0].changes], found.complete
    (['water', 'price'], 2)
    """
    fixed = _fixed(case, outcome, giving or {})
    search = _Search(case, problem(case, months), outcome, fixed, watch or Watch())
    return search.trades(min(issues, len(case.issues)), most)


def _fixed(case: Case, outcome: Outcome, giving: Mapping[str, str]) -> dict[int, int]:
    """Issue and option numbers of the changes that every trade must include."""
    named = case.named(outcome)
    for issue, option in giving.items():
        if named.get(issue) == option:
            raise SettlementError(
                f"The package already has '{option}' on '{issue}'; giving it would change nothing."
            )
    after = choice_of(case, case.outcome({**named, **giving}))
    return {number: after[number] for number, issue in enumerate(case.issues) if issue.id in giving}


class _Search:
    """All trades from one package."""

    def __init__(
        self,
        case: Case,
        bargaining: Problem,
        outcome: Outcome,
        fixed: Mapping[int, int],
        watch: Watch,
    ) -> None:
        self._case = case
        self._problem = bargaining
        self._outcome = outcome
        self._choice = choice_of(case, outcome)
        self._points = bargaining.points(self._choice)
        self._fixed = fixed
        self._watch = watch
        self._surroundings = Surroundings(bargaining, self._choice, watch, fixed)
        given = stakes(case, bargaining)
        self._shares = given.shares
        self._rules = [
            (rule, [bargaining.barriers[k].box for k in numbers])
            for rule, numbers in zip(rules(case), given.barriers, strict=True)
        ]

    def trades(self, largest: int, most: int) -> Trades:
        """All trades of so many issues at most, and the first ``most`` of them in full."""
        found: list[_Exchange] = []
        counts: list[int] = []
        complete = 0
        for size in range(1, largest + 1):
            exchanges, is_complete = self._of_size(size)
            counts.append(len(exchanges))
            found += heapq.nsmallest(most - len(found), exchanges, key=self._rank)
            if not is_complete:
                break
            complete = size
        return Trades(
            parties=self._problem.parties,
            outcome=self._outcome,
            utilities=self._problem.utilities(self._points),
            feasible=self._problem.is_feasible(self._choice),
            trades=tuple(self._trade(choice, gains) for choice, gains in found),
            counts=tuple(counts),
            complete=complete,
            issues=len(self._case.issues),
            giving=tuple(
                (self._case.issues[issue].id, self._case.issues[issue].options[option].id)
                for issue, option in self._fixed.items()
            ),
            stopped=complete < largest,
        )

    def _of_size(self, size: int) -> tuple[list[_Exchange], bool]:
        """The exchanges of so many issues, and whether they are all."""
        others = [number for number in range(len(self._choice)) if number not in self._fixed]
        more = size - len(self._fixed)
        if more < 0:
            return [], True
        found: list[_Exchange] = []
        for done, chosen in enumerate(combinations(others, more)):
            stage = f"trades of {counted(size, 'issue')}"
            self._watch.progress(stage, done, comb(len(others), more))
            issues = tuple(sorted({*chosen, *self._fixed}))
            try:
                found.extend(self._surroundings.exchanges(issues).rows())
            except StoppedEarlyError:
                return found, False
        return found, True

    def _rank(self, exchange: _Exchange) -> tuple[list[int], Choice]:
        choice, gains = exchange
        return leximin_key(gains, self._shares), choice

    def _trade(self, choice: Choice, gains: tuple[int, ...]) -> Trade:
        changed = [k for k, (a, b) in enumerate(zip(self._choice, choice, strict=True)) if a != b]
        changes = tuple(self._change(issue, choice) for issue in changed)
        whole = self._problem.utilities(gains)
        return Trade(
            changes=changes,
            gains=whole,
            together=tuple(
                gain - sum(change.points[party] for change in changes)
                for party, gain in enumerate(whole)
            ),
            outcome=outcome_of(self._case, choice),
            utilities=self._problem.utilities(self._problem.points(choice)),
            acceptable=self._problem.is_acceptable(choice),
        )

    def _change(self, issue: int, choice: Choice) -> Change:
        alone = self._with(self._choice, issue, choice[issue])
        without = self._with(choice, issue, self._choice[issue])
        points = self._problem.points(alone)
        options = self._case.issues[issue].options
        return Change(
            issue=self._case.issues[issue].id,
            before=options[self._choice[issue]].id,
            after=options[choice[issue]].id,
            points=self._problem.utilities(
                [now - before for now, before in zip(points, self._points, strict=True)]
            ),
            needed_for=tuple(
                rule for rule, boxes in self._rules if any(is_inside(without, box) for box in boxes)
            ),
        )

    @staticmethod
    def _with(choice: Choice, issue: int, option: int) -> Choice:
        return (*choice[:issue], option, *choice[issue + 1 :])
