"""What the analysis of partial preferences gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.case.model import Outcome
from goodoffices.settlement.partial.questions import Question
from goodoffices.settlement.partial.shares import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether something holds under all, some or none of the possible preferences.

    Attributes
    ----------
    necessarily, possibly
        ``None`` where neither yes nor no was proven. What holds necessarily holds possibly.
    """

    necessarily: bool | None
    possibly: bool | None

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        if self.necessarily:
            return "necessarily"
        if self.possibly:
            return "possibly" if self.necessarily is False else "possibly or necessarily"
        return "never" if self.possibly is False else "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAcceptance:
    """Whether one party would accept one package.

    Attributes
    ----------
    verdict
        Is the package worth the party's reservation value or more?
    gladly
        Whether under some possible preferences it is worth more. Where not, a package that is
        possibly accepted is so only by a party to whom no agreement is worth exactly as much.
    least, most
        The least and the greatest margin over the reservation value, on the party's own scale
        (floating point, within a millionth of the scale).
    share
        The share of the party's possible preferences that accept; ``None`` if not asked for.
    red_line
        The red line of the party that the package crosses. Then it is never accepted.
    """

    party: str
    verdict: Verdict
    gladly: bool | None
    least: float
    most: float
    share: Share | None
    red_line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRegret:
    """How much one party could regret a package: by so much another could be better for it.

    ``points`` out of 100; ``rather`` is the other package, ``None`` where nothing is regretted.
    """

    party: str
    points: float
    rather: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFinding:
    """What holds of one package.

    Attributes
    ----------
    acceptance
        For each party whose consent is needed.
    acceptable
        The verdict for all of them together.
    acceptable_share
        The share of all parties' possible preferences, taken independently, at which all accept.
    efficient
        Whether no allowed package is better for one party and as good for all others, under all
        but an edge, some, or (but for an edge) no possible preferences.
    efficient_share, nash_share
        Shares at which it is efficient, and at which it is Nash's choice. ``None`` where packages
        were too many to list.
    dominators
        Where never efficient: packages of which, whatever the preferences, one dominates it.
    """

    outcome: Outcome
    acceptance: tuple[PartyAcceptance, ...]
    acceptable: Verdict
    acceptable_share: Share
    efficient: Verdict
    efficient_share: Share | None
    nash_share: Share | None
    dominators: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFinding:
    """Whether some package is acceptable to all.

    Attributes
    ----------
    verdict
        Under all, some or none of the possible preferences.
    possible
        A package that could be acceptable to all.
    necessary
        Where there is necessarily a zone: packages of which, whatever the preferences, one is
        acceptable to all. A single one is itself necessarily acceptable.
    share
        The share of possible preferences at which there is a zone; ``None`` if it was not sampled.
    """

    verdict: Verdict
    possible: Outcome | None
    necessary: tuple[Outcome, ...]
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastRegretFinding:
    """The packages whose greatest regret of any party is least, among those examined.

    ``regrets[k]`` are the parties' regrets of ``outcomes[k]``. ``value`` is the greatest, in points
    out of 100; no package examined has less than ``bound``.
    """

    outcomes: tuple[Outcome, ...]
    regrets: tuple[tuple[PartyRegret, ...], ...]
    value: float
    bound: float
    proven: bool
    ties_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one party's sheet was read.

    Attributes
    ----------
    unknowns
        What is not known exactly.
    conventions
        How what is left unsaid was read.
    freedom
        How many numbers could still be chosen freely; 0 for exact preferences.
    """

    party: str
    unknowns: tuple[str, ...]
    conventions: tuple[str, ...]
    freedom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialAnalysis:
    """What follows from partial preferences.

    Attributes
    ----------
    parties
        Those who must consent; the order of everything told by party.
    readings
        How each party's sheet was read.
    outcomes
        How many outcomes the case has, before constraints and red lines.
    examined
        How many packages were examined one by one.
    complete
        Whether those are all that constraints and red lines allow. Otherwise they were found by
        search, and counts, shares and regrets speak of them alone; the zone, and every verdict
        on efficiency, still speaks of all.
    acceptable_counts, efficient_counts
        How many of the packages examined bear which verdict (its word).
    packages
        Packages that may be acceptable to all and efficient: the most widely acceptable first, at
        most as many as were asked for.
    in_play
        How many such packages there are.
    zone, least_regret, questions
        See there; no least regret where nothing may be acceptable to all, or where work was ended
        before any was known.
    draws
        Preferences drawn for each party, to estimate shares.
    seed
        The seed they were drawn with.
    stopped
        Whether the watch ended the work early, so that more is undecided than need be.
    """

    parties: tuple[str, ...]
    readings: tuple[Reading, ...]
    outcomes: int
    examined: int
    complete: bool
    acceptable_counts: Mapping[str, int]
    efficient_counts: Mapping[str, int]
    packages: tuple[PackageFinding, ...]
    in_play: int
    zone: ZoneFinding
    least_regret: LeastRegretFinding | None
    questions: tuple[Question, ...]
    draws: int
    seed: int
    stopped: bool
