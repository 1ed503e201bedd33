"""The bargaining solutions of a case, each with what is proven about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm
from types import MappingProxyType

from goodoffices.case.folder.faults import nearest
from goodoffices.case.model import Case
from goodoffices.errors import SettlementError
from goodoffices.settlement.blocks import is_listable
from goodoffices.settlement.concepts import KERNELS, value
from goodoffices.settlement.frontier import Efficient, Frontier, efficient, frontier_of, is_rational
from goodoffices.settlement.packages import Candidate, candidates
from goodoffices.settlement.problem import Problem, outcome_of, problem
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.watch import Watch

CONCEPTS: Mapping[str, str] = MappingProxyType(
    {
        "nash": "the greatest product of the parties' gains over no agreement",
        "kalai-smorodinsky": "the greatest smallest share of what each party could at best gain",
        "kalai": "the greatest smallest gain, in the proportion of the bargaining weights",
        "egalitarian": "the greatest smallest gain, point against point",
        "leximin": "the greatest smallest gain, then the greatest second smallest, and so on",
        "utilitarian": "the greatest sum of points",
        "maximum-nash-welfare": "the most parties that gain, then the greatest product of gains",
    }
)
"""Each solution concept, by its name, with what it maximises."""

# With three parties and more a frontier may grow as the space does; up to this size it is tried.
_MERGED_AT_MOST = 20_000_000
_LISTED_TIES = 100
# Weights are exponents of whole numbers; nobody's bargaining power is known more finely.
_LARGEST_WEIGHT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The frontier of a case and the solutions on it.

    Attributes
    ----------
    frontier
        Every efficient point, as far as it is complete.
    solutions
        One for each concept asked.
    packages
        What these solutions pick, under the names that every command uses.
    """

    frontier: Frontier
    solutions: tuple[Solution, ...]
    packages: tuple[Candidate, ...]


def solve(
    case: Case,
    concepts: Sequence[str] = tuple(CONCEPTS),
    *,
    bargaining_weights: Mapping[str, Fraction] | None = None,
    months: Fraction = Fraction(0),
    watch: Watch | None = None,
) -> tuple[Solution, ...]:
    """What each solution concept picks among the outcomes acceptable to all, with all ties.

    Read off the frontier where that is soon complete, otherwise searched by mixed-integer
    programming; either way the answer says whether it is proven.

    Parameters
    ----------
    concepts
        Names from ``CONCEPTS``.
    bargaining_weights
        Party id → positive weight; all 1 without. They are exponents in Nash's product and
        factors elsewhere (see ``CONCEPTS``); the egalitarian solution and leximin have none.
    months
        Months without agreement, for reservation values that change with time.

    Raises
    ------
    SettlementError
        An unknown concept, weights that do not fit the parties, or preferences that are partial.

    Examples
    --------
    >>> import goodoffices
    >>> case = goodoffices.read("examples/aral")
    >>> [solution.proven for solution in solve(case, ["nash", "leximin"])]
    [True, True]
    """
    watch = watch or Watch()
    bargaining = problem(case, months)
    weights = _weights(bargaining, bargaining_weights)
    _check(concepts)
    found = _soon_complete(bargaining, watch)
    return _solutions(case, bargaining, found, concepts, weights, watch)


def settle(
    case: Case,
    concepts: Sequence[str] = tuple(CONCEPTS),
    *,
    bargaining_weights: Mapping[str, Fraction] | None = None,
    months: Fraction = Fraction(0),
    watch: Watch | None = None,
) -> Settlement:
    """The frontier and the solutions of a case together; parameters and errors as in ``solve``."""
    watch = watch or Watch()
    bargaining = problem(case, months)
    weights = _weights(bargaining, bargaining_weights)
    _check(concepts)
    found = efficient(bargaining, watch)
    # Where nothing has to be searched, all concepts are asked, because all have a part in letters.
    asked = tuple(CONCEPTS) if found.exact else tuple(dict.fromkeys(concepts))
    answers = dict(
        zip(asked, _solutions(case, bargaining, found, asked, weights, watch), strict=True)
    )
    return Settlement(
        frontier=frontier_of(case, bargaining, found),
        solutions=tuple(answers[concept] for concept in concepts),
        packages=_picked_by(concepts, candidates(tuple(answers.values()))),
    )


def _picked_by(concepts: Sequence[str], packages: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The packages that some of these concepts pick."""
    picked = (
        replace(package, concepts=tuple(c for c in package.concepts if c in concepts))
        for package in packages
    )
    return tuple(package for package in picked if package.concepts)


def lettered(
    case: Case, *, months: Fraction = Fraction(0), watch: Watch | None = None
) -> tuple[Candidate, ...]:
    """The packages that the concepts pick, with their letters, where no search is needed for that.

    Empty where the frontier is not soon complete, or the watch ended the work.

    Raises
    ------
    SettlementError
        Preferences that are partial.
    """
    watch = watch or Watch()
    bargaining = problem(case, months)
    found = _soon_complete(bargaining, watch)
    if found is None or not found.exact:
        return ()
    weights = _weights(bargaining, None)
    return candidates(_solutions(case, bargaining, found, tuple(CONCEPTS), weights, watch))


def _soon_complete(bargaining: Problem, watch: Watch) -> Efficient | None:
    """The frontier, unless its size may be that of a large space."""
    small = len(bargaining.parties) <= 2 or bargaining.size <= _MERGED_AT_MOST
    return efficient(bargaining, watch) if small and is_listable(bargaining) else None


def _check(concepts: Sequence[str]) -> None:
    for concept in concepts:
        if concept not in CONCEPTS:
            raise SettlementError(
                f"'{concept}' is not a solution concept.{nearest(concept, CONCEPTS, 'Concepts')}"
            )


def _weights(bargaining: Problem, given: Mapping[str, Fraction] | None) -> tuple[Fraction, ...]:
    if given is None:
        return (Fraction(1),) * len(bargaining.parties)
    known = ", ".join(bargaining.parties)
    for party, weight in given.items():
        if party not in bargaining.parties:
            raise SettlementError(
                f"A bargaining weight is given for '{party}', who is not among those who must "
                f"consent. Parties: {known}."
            )
        if weight <= 0:
            raise SettlementError(
                f"The bargaining weight of {party} is {weight}; it must be more than 0."
            )
    missing = [party for party in bargaining.parties if party not in given]
    if missing:
        raise SettlementError(
            f"No bargaining weight is given for {', '.join(missing)}. Give one for each of {known}."
        )
    weights = tuple(given[party] for party in bargaining.parties)
    if max(_common(weights)) > _LARGEST_WEIGHT:
        raise SettlementError(
            "The bargaining weights must be in a proportion of whole numbers up to "
            f"{_LARGEST_WEIGHT}, such as 3 to 2; these are not."
        )
    return weights


def _solutions(
    case: Case,
    bargaining: Problem,
    found: Efficient | None,
    concepts: Sequence[str],
    weights: tuple[Fraction, ...],
    watch: Watch,
) -> tuple[Solution, ...]:
    if found is not None and found.exact:
        ideal = _ideal(bargaining, found)
        return tuple(
            _read_off(case, bargaining, found, ideal, concept, weights) for concept in concepts
        )
    return tuple(_searched(case, bargaining, concept, weights, watch) for concept in concepts)


def _read_off(
    case: Case,
    bargaining: Problem,
    found: Efficient,
    ideal: Sequence[Fraction],
    concept: str,
    weights: tuple[Fraction, ...],
) -> Solution:
    """A solution from the complete frontier, on which every one of them lies."""
    units: Sequence[Fraction | int] = _common(bargaining.units)
    if concept == "maximum-nash-welfare":
        # Products over different parties, to different powers, depend on the unit of utility.
        units = bargaining.units
    rows = [_scaled(points, units) for points in found.points]
    disagreement = _scaled(bargaining.reservation, units)
    best = KERNELS[concept](rows, disagreement, _common(weights))
    choices = [(k, c) for k in best for c in found.all_choices(k, _LISTED_TIES)][:_LISTED_TIES]
    worth = None
    if best:
        points = found.points[best[0]]
        gains = _gains(bargaining, points)
        worth = value(concept, bargaining.utilities(points), gains, ideal, weights)
    return Solution(
        concept=concept,
        outcomes=tuple(outcome_of(case, choice) for _, choice in choices),
        utilities=tuple(bargaining.utilities(found.points[k]) for k, _ in choices),
        value=worth,
        bound=worth,
        proven=True,
        ties=sum(found.ties[k] for k in best),
        ties_complete=found.ties_complete,
    )


def _searched(
    case: Case, bargaining: Problem, concept: str, weights: tuple[Fraction, ...], watch: Watch
) -> Solution:
    # HiGHS takes a moment to load, and most cases do without it.
    from goodoffices.settlement.search import search

    answer = search(bargaining, concept, weights, watch)
    return Solution(
        concept=concept,
        outcomes=tuple(outcome_of(case, choice) for choice in answer.choices),
        utilities=tuple(bargaining.utilities(points) for points in answer.points),
        value=answer.value,
        bound=answer.bound,
        proven=answer.proven,
        ties=len(answer.choices),
        ties_complete=answer.ties_complete,
    )


def _ideal(bargaining: Problem, found: Efficient) -> list[Fraction]:
    """Each party's greatest gain among acceptable outcomes; 0 where there are none."""
    gains = [_gains(bargaining, p) for p in found.points if is_rational(p, bargaining)]
    return [max(column) for column in zip(*gains, strict=True)]


def _gains(bargaining: Problem, points: Sequence[int]) -> list[Fraction]:
    return [
        (p - r) * unit
        for p, r, unit in zip(points, bargaining.reservation, bargaining.units, strict=True)
    ]


def _common(numbers: Sequence[Fraction]) -> tuple[int, ...]:
    """The same proportions in whole numbers."""
    scale = lcm(*(number.denominator for number in numbers))
    whole = [int(number * scale) for number in numbers]
    return tuple(number // (gcd(*whole) or 1) for number in whole)


def _scaled(points: Sequence[int], units: Sequence[Fraction | int]) -> tuple[Fraction | int, ...]:
    return tuple(p * unit for p, unit in zip(points, units, strict=True))
