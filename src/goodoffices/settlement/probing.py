"""The candidates that matter when a number moves, found by solving the case again and again.

For cases whose efficient outcomes are too many to be merged. From a few candidates follows how far
the number could move if there were no others; the case is solved with the number there; what is
found joins the candidates, until nothing new comes before that point. This is constraint generation
and, for one number at a time, the sequence of problems of [Dinkelbach1967]_ (recalled).

At both ends the present solution is then proven to be one. Between them, that holds for the Nash
solution if its product of gains is positive: seen along one number, each product is a straight line
that begins or ends at 0 where its outcome becomes or ceases to be acceptable, so that whoever is
ahead in between is ahead at an end. For the other concepts it is not proven.
"""

from __future__ import annotations

from fractions import Fraction

from goodoffices.case.model import Case
from goodoffices.settlement.candidates import NotExactError, with_points
from goodoffices.settlement.ideals import CONCEPT_STANDARDS
from goodoffices.settlement.movement import first_break
from goodoffices.settlement.numbers import Number, moved
from goodoffices.settlement.paths import Field, path
from goodoffices.settlement.problem import Choice, Problem, choice_of
from goodoffices.settlement.solutions import solve
from goodoffices.settlement.watch import Watch

_JUST_BEYOND = Fraction(1, 10**6)
"""How far beyond an end the next solution is looked for, as a part of the way there may be."""


class Pool:
    """The candidates met so far; what is found for one number serves the next.

    Parameters
    ----------
    concept
        A solution concept other than Kalai–Smorodinsky's, whose ideal gains depend on outcomes
        that are no solutions.
    own
        The present solution.
    """

    def __init__(
        self,
        case: Case,
        bargaining: Problem,
        concept: str,
        own: Choice,
        months: Fraction,
        watch: Watch,
    ) -> None:
        self._case = case
        self._problem = bargaining
        self._concept = concept
        self._own = own
        self._months = months
        self._watch = watch
        self._choices = {own: None}

    def grown(self, number: Number) -> Field:
        """Candidates enough for a number; the present solution is the last.

        Raises
        ------
        NotExactError
            The watch ended the work, or a solution on the way was not proven.
        """
        for sign in (1, -1):
            checked: Fraction | None = None
            while True:
                found = path(self._case, self._problem, number, self._field())
                movement = found.up if sign > 0 else found.down
                segments = CONCEPT_STANDARDS[self._concept].segments
                time = first_break(movement, segments)
                stop = movement.limit if time is None else time
                if stop == checked:
                    break
                self._look(number, number.value + sign * stop * found.unit)
                checked = stop
            if time is not None:
                beyond = stop + (movement.limit - stop) * _JUST_BEYOND
                self._look(number, number.value + sign * beyond * found.unit)
        return self._field()

    def _field(self) -> Field:
        others = [choice for choice in self._choices if choice != self._own]
        return Field(self._problem, with_points(self._problem, [*others, self._own]))

    def _look(self, number: Number, value: Fraction) -> None:
        """Solve the case with the number at a value."""
        if self._watch.is_over():
            raise NotExactError
        there = moved(self._case, number, value, self._months)
        (solution,) = solve(there, [self._concept], months=self._months, watch=self._watch)
        if not solution.proven:
            raise NotExactError
        self._choices |= dict.fromkeys(choice_of(self._case, o) for o in solution.outcomes)
