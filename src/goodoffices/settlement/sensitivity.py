"""Sensitivity: how far each number of a case may move before a solution changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Case, Outcome
from goodoffices.errors import SettlementError
from goodoffices.settlement.candidates import NotExactError
from goodoffices.settlement.ideals import CONCEPT_STANDARDS, ConceptStandard
from goodoffices.settlement.movement import Movement, first_break, successor
from goodoffices.settlement.numbers import Number, NumberKind, numbers
from goodoffices.settlement.paths import Field, Path, grounds, path
from goodoffices.settlement.probing import Pool
from goodoffices.settlement.problem import Choice, Problem, choice_of, outcome_of, problem
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.solutions import solve
from goodoffices.settlement.watch import Watch

_PROBED_FIRST = (
    NumberKind.RESERVATION,
    NumberKind.WEIGHT,
    NumberKind.INTERACTION,
    NumberKind.SCORE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the solution becomes just beyond an end.

    ``outcome`` and ``utilities`` (with the number at the end) are ``None`` where no outcome is
    acceptable to all any more.
    """

    outcome: Outcome | None
    utilities: tuple[Fraction, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leeway:
    """How far one number may move, all others as they are, while the outcome stays a solution.

    Attributes
    ----------
    number
        The number, with its stated value.
    low, high
        Between these the outcome is a solution: exact. Just beyond it is none, unless the number
        may not go further.
    below, above
        What the solution becomes just below ``low`` and just above ``high``; ``None`` where the
        number may not go further.
    utility_at_low, utility_at_high
        What the outcome is worth to the party with the number at either end.
    proven
        Whether the outcome is proven to be a solution everywhere between the ends. If not, it is
        one at both ends, but not all outcomes were compared between them.
    """

    number: Number
    low: Fraction
    high: Fraction
    below: Change | None
    above: Change | None
    utility_at_low: Fraction
    utility_at_high: Fraction
    proven: bool

    @property
    def room(self) -> Fraction | None:
        """The distance to the nearest change; ``None`` if there is none."""
        distances = [self.number.value - self.low] if self.below else []
        distances += [self.high - self.number.value] if self.above else []
        return min(distances, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How far every number of a case may move before a solution changes.

    Attributes
    ----------
    concept, outcome
        The outcome that is asked about is a solution by this concept.
    parties, utilities
        Its utilities, in the order of the parties.
    ties
        How many outcomes are solutions at present.
    leeways
        One for each number, the most delicate first: in the order of the room they leave, as a
        share of the party's scale.
    unanswered
        Numbers for which there is no answer, because work was stopped or because there are too many
        efficient outcomes to compare.
    months
        The time without agreement at which all this holds.
    """

    concept: str
    outcome: Outcome
    parties: tuple[str, ...]
    utilities: tuple[Fraction, ...]
    ties: int
    leeways: tuple[Leeway, ...]
    unanswered: tuple[Number, ...]
    months: Fraction


def sensitivity(
    case: Case,
    concept: str = "nash",
    *,
    outcome: Outcome | None = None,
    months: Fraction = Fraction(0),
    watch: Watch | None = None,
) -> Sensitivity:
    """How far each weight, score, reservation value and interaction may move alone.

    For every number: the interval around its stated value in which the outcome stays a solution,
    and the solution just beyond either end. Everything is exact: along one number all gains are
    linear, so that a change of solution happens at a fraction, also where the concept multiplies
    gains. A weight moves at the expense of the party's other weights, in proportion
    (:func:`goodoffices.settlement.numbers.moved`).

    Parameters
    ----------
    concept
        A solution concept, with equal bargaining weights.
    outcome
        One of its solutions; by default the first.
    months
        Months without agreement, for reservation values that change with time.
    watch
        Progress, a time limit, a way to stop.

    Raises
    ------
    SettlementError
        Somebody who must consent has no exact preferences; no outcome is acceptable to all; the
        outcome given is no solution.

    Notes
    -----
    A number compares the solution with the outcomes that are efficient among those whose points it
    moves alike (:mod:`goodoffices.settlement.candidates`), found by merging; this needs the
    complete frontier. Where that has too many points, the case is solved again with the number
    where it might first matter (:mod:`goodoffices.settlement.probing`): reservation values first,
    then weights; not for Kalai–Smorodinsky's solution.
    """
    watch = watch or Watch()
    bargaining = problem(case, months)
    (solution,) = solve(case, [concept], months=months, watch=watch)
    own = _own(case, bargaining, solution, outcome)
    every = numbers(case, months)
    study = _Study(case, bargaining, concept, own, months, watch)
    study.compare(every)
    if study.unanswered and not watch.is_over():
        study.probe()
    return Sensitivity(
        concept=concept,
        outcome=outcome_of(case, own),
        parties=bargaining.parties,
        utilities=bargaining.utilities(bargaining.points(own)),
        ties=solution.ties,
        leeways=tuple(sorted(study.leeways, key=lambda leeway: _delicacy(case, leeway))),
        unanswered=tuple(study.unanswered),
        months=months,
    )


class _Study:
    """Number after number, until all are answered or the watch is over."""

    def __init__(
        self,
        case: Case,
        bargaining: Problem,
        concept: str,
        own: Choice,
        months: Fraction,
        watch: Watch,
    ) -> None:
        self.leeways: list[Leeway] = []
        self.unanswered: list[Number] = []
        self._case = case
        self._problem = bargaining
        self._concept = concept
        self._own = own
        self._months = months
        self._watch = watch

    def compare(self, every: Sequence[Number]) -> None:
        """Compare all candidates, for each number; as long as they are not too many."""
        are_too_many = False
        for ground in grounds(self._case, self._problem, every, self._own, self._watch):
            try:
                field = None if are_too_many else ground.field()
            except NotExactError:
                field = None
                # The efficient outcomes are the first ground, and other grounds are no smaller.
                are_too_many = not self.leeways
            for number in ground.numbers:
                if field is None or self._watch.is_over():
                    self.unanswered.append(number)
                    continue
                self._add(number, field, proven=True)
                self._watch.progress("sensitivity", len(self.leeways), len(every))

    def probe(self) -> None:
        """Solve the case again and again, for each number not answered yet."""
        if self._concept == "kalai-smorodinsky":
            return
        pool = Pool(self._case, self._problem, self._concept, self._own, self._months, self._watch)
        gains = zip(self._problem.points(self._own), self._problem.reservation, strict=True)
        is_proof = self._concept == "nash" and all(p > r for p, r in gains)
        waiting = sorted(self.unanswered, key=lambda number: _PROBED_FIRST.index(number.kind))
        self.unanswered = []
        for number in waiting:
            try:
                self._add(number, pool.grown(number), proven=is_proof)
            except NotExactError:
                self.unanswered.append(number)
            done = len(self.leeways) + len(self.unanswered)
            self._watch.progress("sensitivity", done, len(self.leeways) + len(waiting))

    def _add(self, number: Number, field: Field, *, proven: bool) -> None:
        found = path(self._case, self._problem, number, field)
        standard = CONCEPT_STANDARDS[self._concept]
        down, below = _end(self._case, self._problem, found, found.down, standard, -1)
        up, above = _end(self._case, self._problem, found, found.up, standard, 1)
        own = found.up.own
        self.leeways.append(
            Leeway(
                number=number,
                low=number.value - down,
                high=number.value + up,
                below=below,
                above=above,
                utility_at_low=found.utilities(self._problem, own, -down)[found.party],
                utility_at_high=found.utilities(self._problem, own, up)[found.party],
                proven=proven,
            )
        )


def _own(case: Case, bargaining: Problem, solution: Solution, outcome: Outcome | None) -> Choice:
    """The choice that is asked about."""
    if not solution.proven:
        raise SettlementError(
            f"The {solution.concept} solution was not proven before work was stopped."
        )
    if not solution.outcomes:
        raise SettlementError(
            "No outcome is acceptable to all, so there is no solution that could change. "
            "'goodoffices zone' says what would open a zone of possible agreement."
        )
    if outcome is None:
        return choice_of(case, solution.outcomes[0])
    own = choice_of(case, outcome)
    utilities = bargaining.utilities(bargaining.points(own))
    if not bargaining.is_feasible(own) or utilities not in solution.utilities:
        package = "; ".join(f"{i.id}: {o}" for i, o in zip(case.issues, outcome, strict=True))
        raise SettlementError(
            f"'{package}' is not a {solution.concept} solution of this case. Leave the outcome out "
            "to ask about the first one."
        )
    return own


def _delicacy(case: Case, leeway: Leeway) -> tuple[bool, Fraction]:
    """Small for numbers that may hardly move."""
    if leeway.room is None:
        return True, Fraction(0)
    return False, leeway.room / case.preferences[leeway.number.party].scale


def _end(
    case: Case,
    bargaining: Problem,
    found: Path,
    movement: Movement,
    standard: ConceptStandard,
    sign: int,
) -> tuple[Fraction, Change | None]:
    """How far the number may move one way, and what happens then."""
    time = first_break(movement, standard.segments)
    if time is None:
        return movement.limit * found.unit, None
    moved = time * found.unit
    after = standard.after(movement, time)
    row = None if after is None else successor(movement, after, time)
    if row is None:
        return moved, Change(outcome=None, utilities=None)
    return moved, Change(
        outcome=outcome_of(case, found.choice(row)),
        utilities=found.utilities(bargaining, row, sign * moved),
    )
