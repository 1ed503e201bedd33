"""What one party wants: confidential, one object and one file per party."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.statements import Citation, Condition, Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """Points gained or lost when options come together.

    ``add`` points count for outcomes that meet ``when`` and, where ``unless`` is given, do not
    meet ``unless``. A GENIUS hyper-rectangle of INCLUDES bounds is a ``when``; one of EXCLUDES
    bounds is an ``unless``.
    """

    when: Condition
    add: Fraction
    unless: Condition | None = None
    why: str = ""
    sources: tuple[Citation, ...] = ()

    def applies(self, named: Mapping[str, str]) -> bool:
        """Whether the points count for an outcome given as issue id → option id."""
        return self.when.holds(named) and not (self.unless and self.unless.holds(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """The least a party accepts: what it keeps if there is no agreement.

    ``value`` is in the party's points. ``None`` means "as much as the status quo is worth to it".
    ``per_month`` is added for every month without agreement (negative where waiting costs).
    """

    value: Estimate | None
    per_month: Fraction = Fraction(0)
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLine:
    """A combination of options the party will not sign, whatever else is offered."""

    never: Condition
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRanking:
    """Issues from the most to the least important; those in one group matter equally."""

    order: tuple[tuple[str, ...], ...]
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRanking:
    """Options of one issue from the best to the worst; those in one group are worth the same."""

    issue: str
    order: tuple[tuple[str, ...], ...]
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One package is at least as good as another, or (``equal``) worth exactly the same.

    Both name the same issues; on the issues they leave out they are alike.
    """

    prefers: Mapping[str, str]
    to: Mapping[str, str]
    equal: bool = False
    why: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Preferences:
    """How a party values outcomes. Its ``repr`` shows no numbers.

    Utility of an outcome, in points::

        sum over issues of weight × score / scale  +  points of the interactions that apply

    Weights and scores are estimates: exact numbers, or intervals. What is missing is unknown:
    a weight between 0 and ``scale``, a score between 0 and ``scale``. Rankings and comparisons
    narrow the unknown further.
    """

    party: str
    weights: Mapping[str, Estimate]
    scores: Mapping[str, Mapping[str, Estimate]]
    interactions: tuple[Interaction, ...] = ()
    reservation: Reservation | None = None
    red_lines: tuple[RedLine, ...] = ()
    issue_rankings: tuple[IssueRanking, ...] = ()
    option_rankings: tuple[OptionRanking, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    scale: Fraction = Fraction(100)
    about: str = ""
    sources: tuple[Citation, ...] = ()

    def __repr__(self) -> str:
        return f"<preferences of {self.party}>"

    def unknowns(self, options: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """What keeps these preferences from being exact numbers, in words; empty if nothing.

        ``options`` gives the option ids of every issue of the case.
        """
        found = []
        for issue, ids in options.items():
            weight = self.weights.get(issue)
            if weight is None or not weight.is_exact:
                found.append(f"the weight of '{issue}'")
            scores = self.scores.get(issue, {})
            if weight is not None and weight.low == weight.high == 0:
                continue  # nothing on an issue of no weight can matter
            open_scores = [i for i in ids if i not in scores or not scores[i].is_exact]
            if open_scores:
                found.append(f"the scores of '{issue}'")
        if self.reservation and self.reservation.value and not self.reservation.value.is_exact:
            found.append("the reservation value")
        return tuple(found)

    def utility(self, named: Mapping[str, str]) -> Fraction:
        """The party's points for an outcome given as issue id → option id.

        Only for exact preferences: of an interval, the lower end would be read.
        """
        additive = sum(
            (
                weight.low * self.scores[issue][named[issue]].low
                for issue, weight in self.weights.items()
                if weight.low != 0
            ),
            Fraction(0),
        )
        bonus = sum((i.add for i in self.interactions if i.applies(named)), Fraction(0))
        return additive / self.scale + bonus
