"""Random cases for measuring, the same for everybody who gives the same seed."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from types import MappingProxyType

from goodoffices import Case, Issue, Option, Party, Preferences
from goodoffices.case.preferences import Reservation
from goodoffices.case.statements import Estimate

# weights[party][issue] and scores[party][issue][option], whole numbers of percent.
Numbers = tuple[list[list[int]], list[list[list[int]]]]


def random_numbers(parties: int, issues: int, options: int, seed: int = 1) -> Numbers:
    """Independent weights and scores."""
    rng = Random(seed)
    weights = [[rng.randint(1, 100) for _ in range(issues)] for _ in range(parties)]
    scores = [
        [[rng.randint(0, 100) for _ in range(options)] for _ in range(issues)]
        for _ in range(parties)
    ]
    return weights, scores


def opposed_numbers(issues: int, options: int, seed: int = 1) -> Numbers:
    """Two parties whose scores are opposite on every issue; only weights leave room to trade."""
    weights, scores = random_numbers(2, issues, options, seed)
    scores[1] = [[100 - score for score in row] for row in scores[0]]
    return weights, scores


def case_of(numbers: Numbers, reservation: int = 0) -> Case:
    """The case with these numbers; ``reservation`` in percent of each party's best."""
    weights, scores = numbers
    issues = tuple(
        Issue(id=f"i{i}", options=tuple(Option(id=f"o{j}") for j in range(len(row))))
        for i, row in enumerate(scores[0])
    )
    return Case(
        title="random",
        parties=tuple(Party(id=f"P{p}") for p in range(len(weights))),
        issues=issues,
        preferences=MappingProxyType(
            {
                f"P{p}": Preferences(
                    party=f"P{p}",
                    weights={
                        issue.id: exact(w) for issue, w in zip(issues, weights[p], strict=True)
                    },
                    scores={
                        issue.id: {o.id: exact(s) for o, s in zip(issue.options, row, strict=True)}
                        for issue, row in zip(issues, scores[p], strict=True)
                    },
                    reservation=Reservation(
                        value=exact(Fraction(reservation * best(weights[p], scores[p]), 10_000))
                    ),
                )
                for p in range(len(weights))
            }
        ),
    )


def best(weights: list[int], scores: list[list[int]]) -> int:
    """A party's greatest utility, in hundredths of a point."""
    return sum(w * max(row) for w, row in zip(weights, scores, strict=True))


def exact(value: int | Fraction) -> Estimate:
    """A number known exactly."""
    return Estimate(Fraction(value), Fraction(value))
