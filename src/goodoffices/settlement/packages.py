"""The packages that the solution concepts pick, and what everybody calls them.

A package has the same letter in every command, picture and brief, because letters follow from the
case alone: all concepts are asked in the order of ``CONCEPT_NAMES``, and ``A`` is what the first of
them picks, ``B`` the next package that is not ``A``, and so on; ties come after the first picks.
Who asked for some concepts only, where the others would have to be searched, is told of packages
by the concept that picks them.
"""

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
"""The concepts as a sentence writes them, in the order in which packages are lettered."""


COMPARES = "This holds a point of one party to be worth as much as a point of another."
"""Said wherever an answer sets one party's points against another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A package that one solution concept or several pick.

    Attributes
    ----------
    name
        ``A``, ``B``, ..., or where not all concepts were asked, the first that picks the package.
    outcome
        The package.
    utilities
        On each party's own scale.
    concepts
        Every concept asked that has the package, or one with the same utilities, among its
        solutions.
    """

    name: str
    outcome: Outcome
    utilities: tuple[Fraction, ...]
    concepts: tuple[str, ...]


def candidates(solutions: Sequence[Solution], most: int = 8) -> tuple[Candidate, ...]:
    """The packages to talk about, one for each utility vector that some concept picks.

    Where several outcomes have the same utilities, the first in option order stands for them.

    Parameters
    ----------
    solutions
        In any order. Letters are given where they are by all concepts.
    most
        No more than so many; the first pick of every concept comes before any tie.
    """
    places = list(CONCEPT_NAMES)
    ordered = sorted(solutions, key=lambda solution: places.index(solution.concept))
    picks: dict[tuple[Fraction, ...], tuple[Outcome, str]] = {}
    for rank in range(max((len(s.outcomes) for s in ordered), default=0)):
        for solution in ordered:
            if rank < len(solution.outcomes):
                name = f"{solution.concept} {rank + 1}" if rank else solution.concept
                picks.setdefault(solution.utilities[rank], (solution.outcomes[rank], name))
    has_letters = {solution.concept for solution in solutions} == set(CONCEPT_NAMES)
    return tuple(
        Candidate(
            name=letter(number) if has_letters else name,
            outcome=outcome,
            utilities=utilities,
            concepts=tuple(dict.fromkeys(s.concept for s in ordered if utilities in s.utilities)),
        )
        for number, (utilities, (outcome, name)) in enumerate(list(picks.items())[:most])
    )


def name_of(outcome: Outcome, packages: Sequence[Candidate]) -> str | None:
    """What an outcome is called, if it is one of the packages."""
    return next((package.name for package in packages if package.outcome == outcome), None)


def letter(number: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    more, last = divmod(number, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)
