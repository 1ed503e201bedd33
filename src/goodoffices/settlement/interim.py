"""Interim packages: what could be settled now, to everyone's gain, leaving the rest open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from goodoffices.settlement.packages import CONCEPT_NAMES, Candidate, candidates
from goodoffices.settlement.problem import (
    Choice,
    choice_of,
    outcome_of,
    problem,
    reservation_value,
)
from goodoffices.settlement.prospects import Prospect, prospect
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSolution:
    """A full settlement picked while nothing is settled, and what an interim package does to it.

    Attributes
    ----------
    candidate
        The settlement, with its letter and the concepts that pick it.
    outcome
        The same; or if that settles the issues of the package in another way, one picked too that
        has the package's options and is worth the same to everybody, where there is one.
    has_package
        Whether the outcome settles the issues of the package in the same way.
    refused_by
        Ids of the parties that keep more than it brings them, if talks fail after the package.
    """

    candidate: Candidate
    outcome: Outcome
    has_package: bool
    refused_by: tuple[str, ...]

    @property
    def is_left(self) -> bool:
        """Whether it can still be agreed after the package, and is acceptable to all."""
        return self.has_package and not self.refused_by


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
        Over the reservation values as they are today, on each party's own scale; an interim
        package need not reach them.
    reservations
        What each party keeps if talks fail after the package: more than today where the
        reservation is the status quo.
    earlier
        The candidates among the solutions of ``Interim.before``, and which of them are left.
        ``None`` if not all of those are proven.
    after
        What a full settlement can bring that keeps to the package; ``None`` if not looked at.
    would_stop
        Ids of the parties for which no full settlement in ``after`` is better than stopping at the
        package, because the best of them brings no more.
    """

    settled: tuple[tuple[str, str], ...]
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    gains: tuple[Fraction, ...]
    margins: tuple[Fraction, ...]
    reservations: tuple[Fraction, ...]
    earlier: tuple[EarlierSolution, ...] | None
    after: Prospect | None
    would_stop: tuple[str, ...]

    @property
    def keeps(self) -> tuple[str, ...] | None:
        """The concepts of which some earlier solution is left; ``None`` if that is not known."""
        if self.earlier is None:
            return None
        left = {
            concept for one in self.earlier if one.is_left for concept in one.candidate.concepts
        }
        return tuple(concept for concept in CONCEPT_NAMES if concept in left)


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
        What a full settlement can bring as long as nothing is settled, with the solutions of all
        concepts.
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
    So a solution that has the package's options may be refused after it all the same.

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
        self._before = prospect(case, months, watch, tuple(CONCEPT_NAMES))

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
        then = _settled(self._case, outcome, settled)
        reservations = tuple(
            reservation_value(then, then.preferences[party], self._months)
            for party in self._problem.parties
        )
        utilities = self._problem.utilities(points)
        after = self._after(then)
        return InterimPackage(
            settled=tuple((self._case.issues[k].id, option) for k, option in settled.items()),
            outcome=outcome,
            utilities=utilities,
            gains=self._over(points, self._points),
            margins=self._over(points, self._problem.reservation),
            reservations=reservations,
            earlier=self._earlier(settled, reservations),
            after=after,
            would_stop=self._would_stop(utilities, after),
        )

    def _earlier(
        self, settled: Mapping[int, str], reservations: Sequence[Fraction]
    ) -> tuple[EarlierSolution, ...] | None:
        """The candidates of before, and whether they can still be had."""
        solutions = self._before.solutions
        if not all(solution.proven for solution in solutions):
            return None
        found = []
        for candidate in candidates(solutions):
            picked = [candidate.outcome, *_twins(candidate, solutions)]
            same = [outcome for outcome in picked if _agrees(outcome, settled)]
            found.append(
                EarlierSolution(
                    candidate=candidate,
                    outcome=(same or picked)[0],
                    has_package=bool(same),
                    refused_by=self._where(map(Fraction.__lt__, candidate.utilities, reservations)),
                )
            )
        return tuple(found)

    def _would_stop(self, utilities: Sequence[Fraction], after: Prospect | None) -> tuple[str, ...]:
        if after is None:
            return ()
        return self._where(
            best is not None and best <= now
            for now, best in zip(utilities, after.best, strict=True)
        )

    def _where(self, answers: Iterable[bool]) -> tuple[str, ...]:
        """The parties for which the answer is yes."""
        return tuple(p for p, yes in zip(self._problem.parties, answers, strict=True) if yes)

    def _after(self, then: Case) -> Prospect | None:
        if self._prospects == 0 or self._watch.is_over():
            return None
        self._prospects -= 1
        return prospect(then, self._months, self._watch)

    def _over(self, points: Sequence[int], base: Sequence[int]) -> tuple[Fraction, ...]:
        return self._problem.utilities([p - b for p, b in zip(points, base, strict=True)])


def _twins(candidate: Candidate, solutions: Sequence[Solution]) -> list[Outcome]:
    """Everything picked that is worth the same to everybody."""
    return [
        outcome
        for solution in solutions
        for outcome, utilities in zip(solution.outcomes, solution.utilities, strict=True)
        if utilities == candidate.utilities
    ]


def _agrees(outcome: Outcome, settled: Mapping[int, str]) -> bool:
    return all(outcome[issue] == option for issue, option in settled.items())


def _settled(case: Case, outcome: Outcome, settled: Mapping[int, str]) -> Case:
    """The case after an interim package: it is kept to, and it is the new status quo."""
    kept = []
    for number, option_id in settled.items():
        issue = case.issues[number]
        others = frozenset(option.id for option in issue.options) - {option_id}
        kept.append(Constraint(id=f"settled: {issue.id}", forbid=Condition({issue.id: others})))
    return replace(case, constraints=(*case.constraints, *kept), status_quo=outcome)
