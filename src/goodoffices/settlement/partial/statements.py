"""A party's sheet as linear statements on what every option is worth to it.

Unknown are the points ``w[i]`` of the weight of issue ``i`` and the points ``v[i, j]`` that option
``j`` of it is worth: weight × score / scale. In these two every kind of statement on a sheet is
linear, although weight × score is not: "the score lies between 20 and 40" says
``0.2 w[i] <= v[i, j] <= 0.4 w[i]``. Nothing is lost by the substitution: where ``w[i]`` is 0 so is
every ``v[i, j]``, and elsewhere the score is ``v / w``.

All points here are out of 100, whatever the scale of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from goodoffices.case.model import Case, Issue
from goodoffices.case.numbers import number_text
from goodoffices.case.preferences import Comparison, Interaction, Preferences
from goodoffices.case.statements import Estimate
from goodoffices.errors import SettlementError
from goodoffices.settlement.partial.linear import ZERO, Linear, constant, total, variable

POINTS = Fraction(100)
"""What the weights of a party add up to inside this package."""

_COMPLETIONS = 100_000
"""Ways to fill the issues a comparison leaves out, where interactions make them matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something a party has said, or a convention of reading it.

    ``at_least``: expressions that are 0 or more. ``equal``: expressions that are 0.
    """

    words: str
    at_least: tuple[Linear, ...] = ()
    equal: tuple[Linear, ...] = ()
    is_convention: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a party's preferences say, in variables none of which is negative.

    Attributes
    ----------
    variables
        How many there are.
    weights, values
        Points of each issue's weight, and of each option, as expressions.
    reservation
        Points the party keeps without agreement.
    unit
        Points on the party's own scale that make one point out of 100.
    definitions
        What holds of any weights and scores whatever.
    statements
        What this party has said, in the order of the sheet; conventions last.
    """

    party: str
    variables: int
    weights: tuple[Linear, ...]
    values: tuple[tuple[Linear, ...], ...]
    reservation: Linear
    unit: Fraction
    definitions: tuple[Linear, ...]
    statements: tuple[Statement, ...]


def sheet_of(case: Case, preferences: Preferences, months: Fraction = Fraction(0)) -> Sheet:
    """What a party's preferences say, as linear statements.

    Parameters
    ----------
    months
        Months without agreement, for a reservation value that changes with time.

    Raises
    ------
    SettlementError
        The reservation is the status quo and the case states none.
    """
    reader = _Reader(case, preferences)
    statements = [
        *reader.weights_said(),
        *reader.scores_said(),
        *reader.rankings_said(),
        *reader.comparisons_said(),
        *reader.reservation_said(),
        *reader.conventions(),
    ]
    return Sheet(
        party=preferences.party,
        variables=reader.variables,
        weights=tuple(reader.weights),
        values=tuple(tuple(row) for row in reader.values),
        reservation=reader.reservation(months),
        unit=preferences.scale / POINTS,
        definitions=tuple(reader.definitions()),
        statements=tuple(statements),
    )


class _Reader:
    """Variables of a sheet, and what is said of them."""

    def __init__(self, case: Case, preferences: Preferences) -> None:
        self.case = case
        self.said = preferences
        self.factor = POINTS / preferences.scale
        self.numbers = {issue.id: i for i, issue in enumerate(case.issues)}
        self.options = [{o.id: j for j, o in enumerate(issue.options)} for issue in case.issues]
        self.weights = [variable(i) for i in range(len(case.issues))]
        self.variables = len(self.weights)
        self.floors: list[list[Fraction]] = []
        self.values: list[list[Linear]] = []
        for issue, weight in zip(case.issues, self.weights, strict=True):
            # A score below 0 is counted from that score, so that no variable is negative.
            floors = [min(self._score(issue, o.id).low, Fraction(0)) for o in issue.options]
            self.floors.append(floors)
            self.values.append([weight.times(f) + self._new_variable() for f in floors])
        value = preferences.reservation.value if preferences.reservation else None
        self.above_floor = self._new_variable() if value and not value.is_exact else ZERO

    def _new_variable(self) -> Linear:
        self.variables += 1
        return variable(self.variables - 1)

    def _score(self, issue: Issue, option: str) -> Estimate:
        """The stated score as a part of 1; anything from 0 to 1 where none is stated."""
        stated = self.said.scores.get(issue.id, {}).get(option)
        if stated is None:
            return Estimate(Fraction(0), Fraction(1))
        return Estimate(stated.low / self.said.scale, stated.high / self.said.scale)

    def value(self, named: Mapping[str, str]) -> Linear:
        """What some options are worth together, without interactions."""
        places = [(self.numbers[issue], option) for issue, option in named.items()]
        return total([self.values[i][self.options[i][option]] for i, option in places])

    def definitions(self) -> Iterator[Linear]:
        """No option without a stated score is worth more than the weight of its issue."""
        for i, issue in enumerate(self.case.issues):
            stated = self.said.scores.get(issue.id, {})
            for j, option in enumerate(issue.options):
                if option.id not in stated:
                    yield self.weights[i] - self.values[i][j]

    def weights_said(self) -> Iterator[Statement]:
        for issue, stated in self.said.weights.items():
            weight = self.weights[self.numbers[issue]]
            yield self._between(f"the weight of {issue}", weight, stated, constant(self.factor))

    def scores_said(self) -> Iterator[Statement]:
        for issue, scores in self.said.scores.items():
            i = self.numbers[issue]
            weight = self.weights[i].times(1 / self.said.scale)
            for option, stated in scores.items():
                value = self.values[i][self.options[i][option]]
                yield self._between(f"the score of {issue}: {option}", value, stated, weight)

    @staticmethod
    def _between(what: str, of: Linear, stated: Estimate, unit: Linear) -> Statement:
        low, high = number_text(stated.low), number_text(stated.high)
        if stated.is_exact:
            return Statement(words=f"{what} is {low}", equal=(of.plus(unit, -stated.low),))
        return Statement(
            words=f"{what} is between {low} and {high}",
            at_least=(of.plus(unit, -stated.low), unit.times(stated.high) - of),
        )

    def rankings_said(self) -> Iterator[Statement]:
        for issues in self.said.issue_rankings:
            groups = [[self.weights[self.numbers[i]] for i in group] for group in issues.order]
            yield _ranked(f"issues rank {_order(issues.order)}", groups)
        for options in self.said.option_rankings:
            i = self.numbers[options.issue]
            groups = [
                [self.values[i][self.options[i][o]] for o in group] for group in options.order
            ]
            yield _ranked(f"{options.issue} ranks {_order(options.order)}", groups)

    def comparisons_said(self) -> Iterator[Statement]:
        for comparison in self.said.comparisons:
            difference = self.value(comparison.prefers) - self.value(comparison.to)
            extra = self._interaction_differences(comparison)
            left, right = _package(comparison.prefers), _package(comparison.to)
            if comparison.equal:
                yield Statement(
                    words=f"({left}) is worth the same as ({right})",
                    equal=tuple(difference.shifted(points) for points in sorted(set(extra))),
                )
            else:
                yield Statement(
                    words=f"({left}) is at least as good as ({right})",
                    at_least=(difference.shifted(min(extra)),),
                )

    def _interaction_differences(self, comparison: Comparison) -> list[Fraction]:
        """Interaction points by which the first package exceeds the second, for every way of
        filling the issues that the comparison leaves out and interactions look at."""
        named = comparison.prefers.keys()
        touching = [i for i in self.said.interactions if _issues(i) & named]
        others = sorted(set().union(*map(_issues, touching)) - named)
        choices = [[o.id for o in self.case.issue(issue).options] for issue in others]
        if prod(map(len, choices)) > _COMPLETIONS:
            raise SettlementError(
                f"{self.said.party}'s comparison of ({_package(comparison.prefers)}) with "
                f"({_package(comparison.to)}) depends on {prod(map(len, choices)):,} ways to fill "
                f"the issues it leaves out ({', '.join(others)}), because interactions look at "
                "them. Name these issues in the comparison."
            )
        found = []
        for rest in product(*choices):
            filling = dict(zip(others, rest, strict=True))
            left, right = {**comparison.prefers, **filling}, {**comparison.to, **filling}
            found.append(self._points(touching, left) - self._points(touching, right))
        return found

    def _points(self, interactions: Sequence[Interaction], named: Mapping[str, str]) -> Fraction:
        return self.factor * sum((i.add for i in interactions if i.applies(named)), Fraction(0))

    def reservation_said(self) -> Iterator[Statement]:
        stated = self.said.reservation.value if self.said.reservation else None
        if stated is not None and not stated.is_exact:
            low, high = number_text(stated.low), number_text(stated.high)
            room = constant((stated.high - stated.low) * self.factor)
            yield Statement(
                words=f"the reservation value is between {low} and {high}",
                at_least=(room - self.above_floor,),
            )

    def reservation(self, months: Fraction) -> Linear:
        """The points the party keeps; 0 if it states no reservation."""
        reservation = self.said.reservation
        if reservation is None:
            return ZERO
        waiting = reservation.per_month * months * self.factor
        if reservation.value is not None:
            return self.above_floor.shifted(reservation.value.low * self.factor + waiting)
        if self.case.status_quo is None:
            raise SettlementError(
                f"{self.said.party}'s reservation is the status quo, and the case states none."
            )
        named = self.case.named(self.case.status_quo)
        return self.value(named).shifted(self._points(self.said.interactions, named) + waiting)

    def conventions(self) -> Iterator[Statement]:
        """How what is left unsaid is read: the weights' sum, and the ends of ranked issues."""
        stated = self.said.weights
        if not all(i.id in stated and stated[i.id].is_exact for i in self.case.issues):
            yield Statement(
                words=f"the weights add up to {number_text(self.said.scale)}",
                equal=(total(self.weights).shifted(-POINTS),),
                is_convention=True,
            )
        for i, issue in enumerate(self.case.issues):
            if not self.said.scores.get(issue.id):
                yield from self._ends(i, issue)

    def _ends(self, i: int, issue: Issue) -> Iterator[Statement]:
        """Without any score, the best option has the whole weight and the worst nothing."""
        above = _above(self.said, issue)
        everything = {option.id for option in issue.options}
        best = [o for o in above if above[o] == everything]
        worst = [o for o in above if all(o in below for below in above.values())]
        if set(best) & set(worst):
            return  # All options are ranked equal: then neither end says anything.
        for option in best[:1]:
            yield Statement(
                words=f"{option} is the best option of {issue.id} and so is worth all its weight",
                equal=(self.weights[i] - self.values[i][self.options[i][option]],),
                is_convention=True,
            )
        for option in worst[:1]:
            yield Statement(
                words=f"{option} is the worst option of {issue.id} and so is worth nothing",
                equal=(self.values[i][self.options[i][option]],),
                is_convention=True,
            )


def _above(preferences: Preferences, issue: Issue) -> dict[str, set[str]]:
    """For each option, those that the rankings put level with it or below, itself included."""
    above = {option.id: {option.id} for option in issue.options}
    for ranking in preferences.option_rankings:
        if ranking.issue != issue.id:
            continue
        for place, group in enumerate(ranking.order):
            lower = {option for others in ranking.order[place:] for option in others}
            for option in group:
                above[option] |= lower
    for middle in above:  # Warshall's closure: above what is above.
        for option in above:
            if middle in above[option]:
                above[option] |= above[middle]
    return above


def _ranked(words: str, groups: list[list[Linear]]) -> Statement:
    return Statement(
        words=words,
        at_least=tuple(high[0] - low[0] for high, low in pairwise(groups)),
        equal=tuple(group[0] - other for group in groups for other in group[1:]),
    )


def _issues(interaction: Interaction) -> set[str]:
    unless = interaction.unless.options.keys() if interaction.unless else set()
    return interaction.when.options.keys() | unless


def _order(groups: Sequence[Sequence[str]]) -> str:
    return " > ".join(" = ".join(group) for group in groups)


def _package(named: Mapping[str, str]) -> str:
    return ", ".join(f"{issue}: {option}" for issue, option in named.items())
