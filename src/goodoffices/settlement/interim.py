"""Interim packages: what could be settled now, to everyone's gain, leaving the rest open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import comb

from goodoffices.case.model import Case, Constraint, Outcome
from goodoffices.case.statements import Condition
from goodoffices.case.words import counted
from goodoffices.errors import SettlementError
from goodoffices.settlement.changes import Surroundings, leximin_key
from goodoffices.settlement.demands import StoppedEarlyError, stakes
from goodoffices.settlement.problem import Choice, choice_of, outcome_of, problem
from goodoffices.settlement.prospects import Prospect, prospect
from goodoffices.settlement.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimPackage:
    """Some issues settled, the others as they stand in the status quo.

    Attributes
    ----------
    settled
        Issue and option ids of what is settled, in the order of the case's issues.
    outcome, utilities
        How things stand then.
    gains
        Over the status quo, on each party's own scale: more than 0 for all.
    margins
        Over the reservation values, on each party's own scale; an interim package need not reach
        them.
    keeps
        The concepts of which some solution listed in ``Interim.before`` settles these issues in
        the same way: as far as those go, settling now gives nothing away. ``None`` if not all of
        those solutions are proven.
    after
        What a full settlement can bring that keeps to the package; ``None`` if not looked at.
    """

    settled: tuple[tuple[str, str], ...]
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    gains: tuple[Fraction, ...]
    margins: tuple[Fraction, ...]
    keeps: tuple[str, ...] | None
    after: Prospect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimSet:
    """A smallest set of issues that could be settled now.

    No part of the set could be settled alone to everyone's gain.

    Attributes
    ----------
    issues
        Ids, in the order of the case.
    packages
        The efficient ways to settle them: no other way is better for one party and as good for
        all. The greatest smallest gain first, gains counted in shares of the parties' scales.
    count
        How many there are, listed or not.
    """

    issues: tuple[str, ...]
    packages: tuple[InterimPackage, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interim:
    """What could be settled now.

    Attributes
    ----------
    parties
        Ids, in the order of every tuple over parties.
    status_quo, utilities
        How things stand.
    before
        What a full settlement can bring as long as nothing is settled.
    sets
        Fewest issues first; then in the order of the case.
    complete
        Every set of up to so many issues has been found.
    issues
        How many issues the case has.
    stopped
        Whether the watch ended the work early.
    """

    parties: tuple[str, ...]
    status_quo: Outcome
    utilities: tuple[Fraction, ...]
    before: Prospect
    sets: tuple[InterimSet, ...]
    complete: int
    issues: int
    stopped: bool


def interim(
    case: Case,
    *,
    issues: int = 3,
    most: int = 3,
    prospects: int = 30,
    months: Fraction = Fraction(0),
    watch: Watch | None = None,
) -> Interim:
    """Which issues could be settled now, to everyone's gain, leaving the rest open.

    An interim package settles a set of issues and leaves the others at the status quo. It breaks
    no constraint and no red line, and gives every party more than the status quo. For each such
    package the function says what becomes of the full settlement: the issues settled stay as they
    are, and a party whose reservation value is the status quo keeps the package if talks fail.

    Parameters
    ----------
    issues
        Issues to settle at most.
    most
        Packages to list for each set of issues.
    prospects
        Packages, from the first on, for which the full settlement is looked at afterwards.
    months
        Months without agreement, for reservation values that change with time.
    watch
        Progress, a time limit, a way to stop. What was found by then is given back.

    Raises
    ------
    SettlementError
        The case states no status quo, or somebody who must consent has no exact preferences.

    Examples
    --------
    >>> from goodoffices.case import read
    >>> found = interim(read("examples/aral"), issues=2)
    >>> [settled.issues for settled in found.sets][:2]
    [('water', 'price'), ('price', 'dams')]
    """
    if case.status_quo is None:
        raise SettlementError(
            "An interim package leaves issues as they stand, and the case states no status quo. "
            "Add 'status_quo' to case.yaml: one option for each issue."
        )
    watch = watch or Watch()
    search = _Search(case, case.status_quo, months, watch, most, prospects)
    return search.interim(min(issues, len(case.issues)))


class _Search:
    """All interim packages of one case."""

    def __init__(
        self,
        case: Case,
        status_quo: Outcome,
        months: Fraction,
        watch: Watch,
        most: int,
        prospects: int,
    ) -> None:
        self._case = case
        self._status_quo = status_quo
        self._months = months
        self._watch = watch
        self._most = most
        self._prospects = prospects
        self._problem = problem(case, months)
        self._choice = choice_of(case, status_quo)
        self._points = self._problem.points(self._choice)
        self._surroundings = Surroundings(self._problem, self._choice, watch)
        self._shares = stakes(case, self._problem).shares
        self._before = prospect(case, months, watch)

    def interim(self, largest: int) -> Interim:
        """Everything that can be settled by so many issues at most."""
        found: list[tuple[tuple[int, ...], list[Choice]]] = []
        complete = 0
        for size in range(1, largest + 1):
            sets, is_complete = self._of_size(size, [set(issues) for issues, _ in found])
            found += sets
            if not is_complete:
                break
            complete = size
        return Interim(
            parties=self._problem.parties,
            status_quo=self._status_quo,
            utilities=self._problem.utilities(self._points),
            before=self._before,
            sets=tuple(self._set(issues, choices) for issues, choices in found),
            complete=complete,
            issues=len(self._case.issues),
            stopped=complete < largest,
        )

    def _of_size(
        self, size: int, smaller: Sequence[set[int]]
    ) -> tuple[list[tuple[tuple[int, ...], list[Choice]]], bool]:
        """Sets of so many issues that contain no smaller one, and whether they are all."""
        found: list[tuple[tuple[int, ...], list[Choice]]] = []
        count = len(self._choice)
        for done, issues in enumerate(combinations(range(count), size)):
            stage = f"interim packages of {counted(size, 'issue')}"
            self._watch.progress(stage, done, comb(count, size))
            if any(known <= set(issues) for known in smaller):
                continue
            try:
                choices = self._choices(issues)
            except StoppedEarlyError:
                return found, False
            if choices:
                found.append((issues, choices))
        return found, True

    def _set(self, issues: tuple[int, ...], choices: Sequence[Choice]) -> InterimSet:
        return InterimSet(
            issues=tuple(self._case.issues[issue].id for issue in issues),
            packages=tuple(self._package(issues, choice) for choice in choices[: self._most]),
            count=len(choices),
        )

    def _choices(self, chosen: tuple[int, ...]) -> list[Choice]:
        """The efficient ways to settle a set of issues, in the order in which they are listed."""
        rows = self._surroundings.gainful(chosen).rows()
        ranked = sorted((leximin_key(gains, self._shares), choice) for choice, gains in rows)
        return [choice for _, choice in ranked]

    def _package(self, issues: tuple[int, ...], choice: Choice) -> InterimPackage:
        outcome = outcome_of(self._case, choice)
        points = self._problem.points(choice)
        settled = {issue: outcome[issue] for issue in issues}
        return InterimPackage(
            settled=tuple((self._case.issues[k].id, option) for k, option in settled.items()),
            outcome=outcome,
            utilities=self._problem.utilities(points),
            gains=self._over(points, self._points),
            margins=self._over(points, self._problem.reservation),
            keeps=_kept(self._before, settled),
            after=self._after(outcome, settled),
        )

    def _after(self, outcome: Outcome, settled: Mapping[int, str]) -> Prospect | None:
        if self._prospects == 0 or self._watch.is_over():
            return None
        self._prospects -= 1
        return prospect(_settled(self._case, outcome, settled), self._months, self._watch)

    def _over(self, points: Sequence[int], base: Sequence[int]) -> tuple[Fraction, ...]:
        return self._problem.utilities([p - b for p, b in zip(points, base, strict=True)])


def _kept(before: Prospect, settled: Mapping[int, str]) -> tuple[str, ...] | None:
    """The concepts of which some solution agrees with what is settled."""
    if not all(solution.proven for solution in before.solutions):
        return None
    return tuple(
        solution.concept
        for solution in before.solutions
        if any(
            all(outcome[issue] == option for issue, option in settled.items())
            for outcome in solution.outcomes
        )
    )


def _settled(case: Case, outcome: Outcome, settled: Mapping[int, str]) -> Case:
    """The case after an interim package: it is kept to, and it is the new status quo."""
    kept = []
    for number, option_id in settled.items():
        issue = case.issues[number]
        others = frozenset(option.id for option in issue.options) - {option_id}
        kept.append(Constraint(id=f"settled: {issue.id}", forbid=Condition({issue.id: others})))
    return replace(case, constraints=(*case.constraints, *kept), status_quo=outcome)
