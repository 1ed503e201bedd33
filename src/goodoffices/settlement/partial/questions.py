"""The next question worth asking a party: the one whose answer would settle most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from goodoffices.case.model import Case
from goodoffices.case.preferences import Comparison, IssueRanking, OptionRanking
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.polytope import TOLERANCE
from goodoffices.settlement.partial.preference_set import is_consistent
from goodoffices.settlement.partial.shares import Share, share_of
from goodoffices.settlement.partial.side import Floats, Side
from goodoffices.settlement.partial.space import Mask, Packages
from goodoffices.settlement.problem import Choice
from goodoffices.settlement.watch import Watch

Said: TypeAlias = Comparison | IssueRanking | OptionRanking

_LEAST_SHARE = 0.05
"""Questions are not asked whose answer is nearly certain."""

_COMPARED = 40
"""Packages in play that are compared with one another."""

_PAIRS = 200
_ACCEPTED = 40
_OF_A_KIND = 1
"""Questions of a kind to a party that are given back, so that there is a choice of kinds."""

_STEP = 0.05
"""Of questions that settle about as much, to this part of the doubt, the plainer goes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one answer to a question would leave open. All numbers are estimates from a sample.

    Attributes
    ----------
    words
        The answer.
    share
        The share of the party's possible preferences that would give it.
    open_packages
        How many of the packages in play the party might then still accept or refuse.
    regret
        The least greatest regret among them (points out of 100).
    statement
        What to write on the party's sheet; ``None`` where no one statement says it.
    """

    words: str
    share: Share
    open_packages: int
    regret: float
    statement: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to one party, and what its answers would leave open.

    Attributes
    ----------
    kind
        ``acceptance``, ``packages``, ``trades``, ``options`` or ``issues``.
    words
        The question, as one would ask it.
    doubt_left
        The part of the doubt about this party's consent that remains on average. Doubt is, over
        the packages in play, the chance that two of its possible preferences disagree whether to
        accept.
    open_packages, regret
        As things stand, before the answer.
    """

    party: str
    kind: str
    words: str
    answers: tuple[Answer, Answer]
    doubt_left: float
    open_packages: int
    regret: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question as the sign of an expression: the first answer says that it is 0 or more."""

    kind: str
    words: str
    sign: Linear
    answers: tuple[str, str]
    statements: tuple[Said | None, Said | None]
    issues: int


def questions(
    case: Case,
    sides: Sequence[Side],
    packages: Packages,
    watch: Watch,
    *,
    most: int,
    can_write: Sequence[bool],
) -> tuple[Question, ...]:
    """Questions in the order of what their answers would settle.

    At most ``most``, and only the best of a kind for each party. Of questions that settle about
    as much, the one that names fewer issues goes first.

    Asked are: whether a party would accept a package; which of two packages it would rather have,
    or the best of one issue with the worst of another or the other way round; which of two options
    of an issue; which of two issues matters more to it. Each where the party's statements leave
    the answer open. Each answer cuts the possible preferences in two, and both
    halves of the drawn preferences are weighed.

    Parameters
    ----------
    packages
        Those in play: the questions are judged by what becomes of them.
    watch
        When it ends the work, the questions weighed by then are given.
    can_write
        For each party, whether "I would accept this" says the same as "I prefer this to the
        status quo", which can be written on a sheet.

    References
    ----------
    After [Boutilier2006]_, who ask what promises to lower the greatest regret most.
    """
    found: list[tuple[float, int, Question]] = []
    if not len(packages) or watch.is_over():
        return ()
    regrets = [_regrets(side, packages) for side in sides]
    for place, side in enumerate(sides):
        if side.known.is_exact:
            continue
        others = [r.max(axis=0) for k, r in enumerate(regrets) if k != place]
        judge = _Judge(case, side, packages, regrets[place], others)
        for candidate in _candidates(case, side, packages, can_write[place]):
            if watch.is_over():
                break
            question = judge.weigh(candidate)
            if question is not None:
                found.append((question.doubt_left, candidate.issues, question))
    found.sort(key=lambda entry: (entry[0] // _STEP, entry[1], entry[0]))
    counts: Counter[tuple[str, str]] = Counter()
    kept = []
    for _, _, question in found:
        if counts[question.party, question.kind] < _OF_A_KIND and _can_be_answered(case, question):
            counts[question.party, question.kind] += 1
            kept.append(question)
    return tuple(kept[:most])


def _can_be_answered(case: Case, question: Question) -> bool:
    """Whether both answers fit on the sheet.

    A ranking of options may make it known which is best. Then that one has the whole weight of its
    issue, which other statements may not allow; and the question has only one answer.
    """
    sheet = case.preferences[question.party]
    rankings = [a.statement for a in question.answers if isinstance(a.statement, OptionRanking)]
    return all(
        is_consistent(case, replace(sheet, option_rankings=(*sheet.option_rankings, ranking)))
        for ranking in rankings
    )


def _regrets(side: Side, packages: Packages) -> Floats:
    """(points, packages): the party's regret under each drawn preference."""
    values = side.utilities(packages, side.points)
    found: Floats = values.max(axis=1, keepdims=True) - values
    return found


class _Judge:
    """Weighs the questions that could be asked of one party."""

    def __init__(
        self, case: Case, side: Side, packages: Packages, regrets: Floats, others: list[Floats]
    ) -> None:
        self.case, self.side, self.packages, self.regrets = case, side, packages, regrets
        self.others = np.max(others, axis=0) if others else np.zeros(len(packages))
        self.accepts = side.margins(packages, side.points) >= -TOLERANCE
        everything = np.ones(len(regrets), dtype=np.bool_)
        self.doubt, self.open, self.regret = self._left(everything)

    def weigh(self, candidate: _Candidate) -> Question | None:
        """The question, weighed; ``None`` if its answer is nearly certain, or settles nothing."""
        first = self.side.evaluate(candidate.sign, self.side.points) >= 0
        part = float(first.mean())
        if not _LEAST_SHARE <= part <= 1 - _LEAST_SHARE or not self.doubt:
            return None
        left = [self._left(mask) for mask in (first, ~first)]
        doubt = (part * left[0][0] + (1 - part) * left[1][0]) / self.doubt
        answers = [
            Answer(
                words=words,
                share=self._share(mask),
                open_packages=rest[1],
                regret=rest[2],
                statement=statement,
            )
            for words, mask, rest, statement in zip(
                candidate.answers, (first, ~first), left, candidate.statements, strict=True
            )
        ]
        return Question(
            party=self.side.known.party,
            kind=candidate.kind,
            words=candidate.words,
            answers=(answers[0], answers[1]),
            doubt_left=float(doubt),
            open_packages=self.open,
            regret=self.regret,
        )

    def _share(self, mask: Mask) -> Share:
        chains, draws = self.side.draws.shape[:2]
        return share_of(mask.reshape(chains, draws).mean(axis=1), draws)

    def _left(self, mask: Mask) -> tuple[float, int, float]:
        """Doubt, open packages and least regret if only these drawn preferences are possible."""
        shares = self.accepts[mask].mean(axis=0)
        worst = np.maximum(self.regrets[mask].max(axis=0), self.others)
        open_packages = int(((shares > 0) & (shares < 1)).sum())
        return float((2 * shares * (1 - shares)).sum()), open_packages, float(worst.min())


def _candidates(
    case: Case, side: Side, packages: Packages, can_write: bool
) -> Iterator[_Candidate]:
    name = str(case.party(side.known.party))
    yield from _issue_questions(case, side, name)
    yield from _option_questions(case, side, name)
    yield from _acceptance_questions(case, side, packages, name, can_write)
    yield from _package_questions(case, side, packages, name)
    yield from _trade_questions(case, side, packages, name)


def _issue_questions(case: Case, side: Side, name: str) -> Iterator[_Candidate]:
    for (i, one), (k, other) in combinations(enumerate(case.issues), 2):
        yield _Candidate(
            kind="issues",
            words=(
                f"Ask {name}: what matters more to you, all there is to gain on {_q(one)} "
                f"or all there is to gain on {_q(other)}?"
            ),
            sign=side.known.weights[i] - side.known.weights[k],
            answers=(str(one), str(other)),
            statements=(
                IssueRanking(order=((one.id,), (other.id,))),
                IssueRanking(order=((other.id,), (one.id,))),
            ),
            issues=2,
        )


def _option_questions(case: Case, side: Side, name: str) -> Iterator[_Candidate]:
    for i, issue in enumerate(case.issues):
        values = side.known.values[i]
        for a, b in combinations(range(len(values)), 2):
            one, other = issue.options[a], issue.options[b]
            yield _Candidate(
                kind="options",
                words=(
                    f"Ask {name}: on {_q(issue)}, all else being equal, would you rather have "
                    f"{_q(one)} or {_q(other)}?"
                ),
                sign=values[a] - values[b],
                answers=(str(one), str(other)),
                statements=(
                    OptionRanking(issue=issue.id, order=((one.id,), (other.id,))),
                    OptionRanking(issue=issue.id, order=((other.id,), (one.id,))),
                ),
                issues=1,
            )


def _acceptance_questions(
    case: Case, side: Side, packages: Packages, name: str, can_write: bool
) -> Iterator[_Candidate]:
    accepted = (side.margins(packages, side.points) >= -TOLERANCE).mean(axis=0)
    # Those whose acceptance is most in doubt.
    for row in np.argsort(np.abs(accepted - 0.5), kind="stable")[:_ACCEPTED].tolist():
        choice = packages.choice(row)
        package = _named(case, choice, range(len(choice)))
        statements: tuple[Said | None, Said | None] = (None, None)
        if can_write and case.status_quo is not None:
            stay = case.named(case.status_quo)
            statements = (
                Comparison(prefers=package, to=stay),
                Comparison(prefers=stay, to=package),
            )
        yield _Candidate(
            kind="acceptance",
            words=f"Ask {name}: would you accept ({_words(case, package)}) "
            "rather than no agreement?",
            sign=side.known.margin(choice),
            answers=("yes", "no"),
            statements=statements,
            issues=len(choice),
        )


def _package_questions(
    case: Case, side: Side, packages: Packages, name: str
) -> Iterator[_Candidate]:
    choices = [packages.choice(row) for row in range(min(_COMPARED, len(packages)))]
    pairs: dict[object, tuple[Choice, Choice, tuple[int, ...]]] = {}
    for one, other in combinations(choices, 2):
        named = tuple(_issues_to_name(case, side, one, other))
        key = (named, tuple((one[i], other[i]) for i in named))
        pairs.setdefault(key, (one, other, named))
    # Single issues are asked about as options.
    plain = sorted((p for p in pairs.values() if len(p[2]) > 1), key=lambda pair: len(pair[2]))
    for one, other, _ in plain[:_PAIRS]:
        yield _comparison(case, side, name, "packages", one, other)


def _trade_questions(case: Case, side: Side, packages: Packages, name: str) -> Iterator[_Candidate]:
    """The best of one issue with the worst of another, or the other way round.

    Best and worst of the options that packages in play have, by drawn preferences on average.
    """
    means = side.points.mean(axis=0, keepdims=True)
    ends = []
    for i, row in enumerate(side.known.values):
        worth = {j: float(side.evaluate(row[j], means)[0]) for j in set(packages.choices[:, i])}
        ends.append((max(worth, key=worth.__getitem__), min(worth, key=worth.__getitem__)))
    start = packages.choice(0)
    for i, k in combinations(range(len(case.issues)), 2):
        one, other = list(start), list(start)
        one[i], one[k] = ends[i][0], ends[k][1]
        other[i], other[k] = ends[i][1], ends[k][0]
        if one[i] != other[i] and one[k] != other[k]:
            yield _comparison(case, side, name, "trades", tuple(one), tuple(other))


def _comparison(
    case: Case, side: Side, name: str, kind: str, one: Choice, other: Choice
) -> _Candidate:
    named = _issues_to_name(case, side, one, other)
    left, right = _named(case, one, named), _named(case, other, named)
    rest = ", all else being equal" if len(named) < len(one) else ""
    return _Candidate(
        kind=kind,
        words=(
            f"Ask {name}: would you rather have ({_words(case, left)}) "
            f"or ({_words(case, right)}){rest}?"
        ),
        sign=side.known.difference(one, other),
        answers=("the first", "the second"),
        statements=(Comparison(prefers=left, to=right), Comparison(prefers=right, to=left)),
        issues=len(named),
    )


def _issues_to_name(case: Case, side: Side, one: Choice, other: Choice) -> list[int]:
    """The issues on which two packages differ; all, where interactions look at others too."""
    differ = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    for _, box in side.known.terms:
        issues = {issue for issue, _ in box}
        if issues & set(differ) and not issues <= set(differ):
            return list(range(len(case.issues)))
    return differ


def _named(case: Case, choice: Choice, issues: Sequence[int]) -> Mapping[str, str]:
    found = {case.issues[i].id: case.issues[i].options[choice[i]].id for i in issues}
    return MappingProxyType(found)


def _words(case: Case, named: Mapping[str, str]) -> str:
    parts = []
    for issue_id, option_id in named.items():
        issue = case.issue(issue_id)
        unit = f" {issue.range.unit}" if issue.range and issue.range.unit else ""
        parts.append(f"{issue}: {issue.option(option_id)}{unit}")
    return "; ".join(parts)


def _q(thing: object) -> str:
    return f"“{thing}”"
