"""Small random bargaining problems, and the plainest possible way to solve them."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import product
from random import Random

from goodoffices.settlement.problem import Barrier, Box, Choice, Problem, Term

Vector = tuple[int, ...]


def random_problem(
    rng: Random, parties: int, *, issues: int = 4, options: int = 3, tied: bool = True
) -> Problem:
    """A problem with few distinct points (many ties) and, if ``tied``, terms and barriers."""
    sizes = tuple(rng.randint(1, options) for _ in range(issues))
    tables = tuple(
        tuple(tuple(rng.randint(0, 4) for _ in range(parties)) for _ in range(size))
        for size in sizes
    )
    terms: tuple[Term, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    if tied:
        terms = tuple(
            Term(rng.randrange(parties), rng.choice([-3, -1, 2, 3]), random_box(rng, sizes))
            for _ in range(rng.randint(0, 3))
        )
        barriers = tuple(
            Barrier(random_box(rng, sizes, least=1), f"barrier {k}")
            for k in range(rng.randint(0, 2))
        )
    return Problem(
        parties=tuple("ABCDEFGHIJ"[:parties]),
        sizes=sizes,
        tables=tables,
        terms=terms,
        barriers=barriers,
        reservation=tuple(rng.randint(0, 5) for _ in range(parties)),
        units=tuple(Fraction(1, rng.choice([1, 1, 2])) for _ in range(parties)),
    )


def random_box(rng: Random, sizes: tuple[int, ...], least: int = 0) -> Box:
    """A box on ``least`` to three issues."""
    issues = sorted(rng.sample(range(len(sizes)), min(len(sizes), rng.randint(least, 3))))
    return tuple(
        (i, frozenset(rng.sample(range(sizes[i]), rng.randint(1, sizes[i])))) for i in issues
    )


def by_points(problem: Problem) -> dict[Vector, list[Choice]]:
    """Every feasible choice, by its points, in option order."""
    found: dict[Vector, list[Choice]] = defaultdict(list)
    for choice in product(*map(range, problem.sizes)):
        if problem.is_feasible(choice):
            found[problem.points(choice)].append(choice)
    return dict(found)


def brute_frontier(problem: Problem) -> dict[Vector, list[Choice]]:
    """The undominated points with all choices that attain them, by comparing all with all."""
    every = by_points(problem)
    return {
        one: choices
        for one, choices in every.items()
        if not any(other != one and all(map(int.__ge__, other, one)) for other in every)
    }
