"""The candidate packages side by side: what they say, what each party gets, why to choose one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.brief.reasons import REASONS
from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount, counted, option_names, sentence_list, signed
from goodoffices.settlement.packages import CONCEPT_NAMES, Candidate, candidates
from goodoffices.settlement.problem import Problem, choice_of
from goodoffices.settlement.shares import PartyShares, Share, shares
from goodoffices.settlement.solution import Solution


@dataclass(frozen=True, slots=True)
class IssueRow:
    """What today's situation and each candidate say on one issue."""

    issue: str
    today: str
    options: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the candidates say different things."""
        return len(set(self.options)) > 1


@dataclass(frozen=True, slots=True)
class Worth:
    """What a package is worth to a party, and its gain over no agreement."""

    points: str
    gain: str
    loses: bool


@dataclass(frozen=True, slots=True)
class WorthRow:
    """What today's situation and each candidate are worth to one party."""

    party: str
    keeps: str
    today: Worth | None
    worths: tuple[Worth, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """What a party gets on an issue.

    ``best``, the most it could get there, is in percent of the longest bar of the package, and
    ``gets_of_best`` in percent of that.
    """

    words: str
    best: str
    gets_of_best: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """One issue of a package, and what each party gets there."""

    issue: str
    option: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A standard of fairness that picks a package, and why one would follow it."""

    concept: str
    words: str
    compares: bool
    ties: str


@dataclass(frozen=True, slots=True)
class Package:
    """One candidate package."""

    letter: str
    concepts: str
    reasons: tuple[Why, ...]
    parties: tuple[str, ...]
    rows: tuple[BarRow, ...]
    together: tuple[str, ...]
    worths: tuple[Worth, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All candidate packages, issue by issue and party by party."""

    letters: tuple[str, ...]
    packages: tuple[Package, ...]
    issues: tuple[IssueRow, ...]
    worths: tuple[WorthRow, ...]

    @property
    def agreed(self) -> tuple[IssueRow, ...]:
        """The issues on which all candidates say the same."""
        return tuple(row for row in self.issues if not row.differs)

    @property
    def apart(self) -> tuple[IssueRow, ...]:
        """The issues on which they differ."""
        return tuple(row for row in self.issues if row.differs)


def comparison(case: Case, bargaining: Problem, solutions: Sequence[Solution]) -> Comparison:
    """The packages that the solution concepts pick, side by side."""
    picks = candidates(solutions)
    sides = [shares(bargaining, choice_of(case, pick.outcome)) for pick in picks]
    return Comparison(
        letters=tuple(pick.name for pick in picks),
        packages=tuple(
            _package(case, pick, side, solutions) for pick, side in zip(picks, sides, strict=True)
        ),
        issues=_issue_rows(case, [pick.outcome for pick in picks]),
        worths=_worth_rows(case, bargaining, sides),
    )


def _issue_rows(case: Case, outcomes: Sequence[Outcome]) -> tuple[IssueRow, ...]:
    columns = [option_names(case, outcome) for outcome in outcomes]
    today = option_names(case, case.status_quo) if case.status_quo is not None else None
    return tuple(
        IssueRow(str(issue), today[k] if today else "", tuple(column[k] for column in columns))
        for k, issue in enumerate(case.issues)
    )


def _worth_rows(
    case: Case, bargaining: Problem, sides: Sequence[tuple[PartyShares, ...]]
) -> tuple[WorthRow, ...]:
    today = None
    if case.status_quo is not None:
        today = shares(bargaining, choice_of(case, case.status_quo))
    keeps = bargaining.utilities(bargaining.reservation)
    return tuple(
        WorthRow(
            party=str(case.party(party)),
            keeps=amount(keeps[k], case.preferences[party].scale),
            today=_worth(case, today[k]) if today else None,
            worths=tuple(_worth(case, side[k]) for side in sides),
        )
        for k, party in enumerate(bargaining.parties)
    )


def _worth(case: Case, side: PartyShares) -> Worth:
    scale = case.preferences[side.party].scale
    return Worth(amount(side.utility, scale), signed(side.gain, scale), side.gain < 0)


def _package(
    case: Case, pick: Candidate, sides: Sequence[PartyShares], solutions: Sequence[Solution]
) -> Package:
    portions = [_portion(case, side, share.best) for side in sides for share in side.issues]
    # Where no issue has anything to give, no bar has any length.
    longest = max(portion for portion in [*portions, Fraction(0)]) or Fraction(1)
    rows = tuple(
        BarRow(
            str(issue),
            option,
            tuple(_bar(case, side, side.issues[k], longest) for side in sides),
        )
        for k, (issue, option) in enumerate(
            zip(case.issues, option_names(case, pick.outcome), strict=True)
        )
    )
    together = tuple(signed(side.together, case.preferences[side.party].scale) for side in sides)
    return Package(
        letter=pick.name,
        concepts=sentence_list([CONCEPT_NAMES[name] for name in pick.concepts]),
        reasons=tuple(_why(s, pick) for s in solutions if s.concept in pick.concepts),
        parties=tuple(str(case.party(side.party)) for side in sides),
        rows=rows,
        together=together if any(side.together for side in sides) else (),
        worths=tuple(_worth(case, side) for side in sides),
    )


def _portion(case: Case, side: PartyShares, points: Fraction) -> Fraction:
    return points / case.preferences[side.party].scale


def _bar(case: Case, side: PartyShares, share: Share, longest: Fraction) -> Bar:
    if not share.best:
        return Bar("nothing at stake", "0", "0")
    scale = case.preferences[side.party].scale
    words = f"{amount(share.gets, scale)} of {amount(share.best, scale)}"
    best = max(Fraction(0), _portion(case, side, share.best) / longest)
    gets = min(Fraction(1), max(Fraction(0), share.gets / share.best))
    return Bar(words, f"{float(100 * best):.1f}", f"{float(100 * gets):.1f}")


def _why(solution: Solution, pick: Candidate) -> Why:
    reason = REASONS[solution.concept]
    return Why(
        CONCEPT_NAMES[solution.concept], reason.words, reason.compares, _ties(solution, pick)
    )


def _ties(solution: Solution, pick: Candidate) -> str:
    """How many other packages this standard holds to be just as good."""
    more = solution.ties - 1
    if more < 1 and solution.ties_complete:
        return ""
    if more < 1:
        return "Whether other packages do just as well was not counted."
    others = counted(more, "other package")
    verb = "does" if more == 1 else "do"
    if not solution.ties_complete:
        return f"At least {others} {verb} just as well by this standard."
    if set(solution.utilities) == {pick.utilities}:
        return f"{others} {verb} just as well, with the same points for every party."
    return f"{others} {verb} just as well by this standard."
