"""The packages that the solution concepts pick, each named once, with a letter to speak of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from goodoffices.case.model import Outcome
from goodoffices.settlement.solution import Solution

CONCEPT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "nash": "Nash",
        "kalai-smorodinsky": "Kalai–Smorodinsky",
        "kalai": "Kalai",
        "egalitarian": "egalitarian",
        "leximin": "leximin",
        "utilitarian": "utilitarian",
        "maximum-nash-welfare": "maximum Nash welfare",
    }
)
"""The concepts as a sentence writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A package that one solution concept or several pick.

    Attributes
    ----------
    letter
        ``A``, ``B``, ... in the order in which the concepts first pick them.
    outcome
        The package.
    utilities
        On each party's own scale, in the order of the solutions.
    concepts
        Every concept that has the package, or one with the same utilities, among its solutions.
    """

    letter: str
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    concepts: tuple[str, ...]


def candidates(solutions: Sequence[Solution], most: int = 26) -> tuple[Candidate, ...]:
    """The packages to talk about, one for each utility vector that some concept picks.

    Where several outcomes have the same utilities, the first in option order stands for them.

    Parameters
    ----------
    most
        No more than so many; the first pick of every concept comes before any tie.
    """
    picks: dict[tuple[Fraction, ...], Outcome] = {}
    for rank in range(max((len(s.outcomes) for s in solutions), default=0)):
        for solution in solutions:
            if rank < len(solution.outcomes):
                picks.setdefault(solution.utilities[rank], solution.outcomes[rank])
    return tuple(
        Candidate(
            letter=letter(number),
            outcome=outcome,
            utilities=utilities,
            concepts=tuple(s.concept for s in solutions if utilities in s.utilities),
        )
        for number, (utilities, outcome) in enumerate(list(picks.items())[:most])
    )


def letter(number: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    more, last = divmod(number, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)
