"""Linear statements, and the set of all that satisfies them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from goodoffices.settlement.partial.linear import Linear, constant, solved, total, variable
from goodoffices.settlement.partial.region import region
from goodoffices.settlement.partial.sampling import CHAINS, draw

X, Y, Z = variable(0), variable(1), variable(2)


def number(value: int) -> Linear:
    return constant(Fraction(value))


def test_expressions_add_and_cancel() -> None:
    assert X + Y - X == Y
    assert (X - X).terms == {}
    assert total([X, X, number(3)]) == Linear({0: Fraction(2)}, Fraction(3))


def test_a_key_is_the_same_for_positive_multiples_only() -> None:
    half = Linear({0: Fraction(1, 2), 1: Fraction(-1, 3)}, Fraction(1))
    assert half.key() == half.times(Fraction(6)).key() == (((0, 3), (1, -2)), 6)
    assert half.key() != (-half).key()


def test_equations_are_solved_without_rounding() -> None:
    solution = solved([X + Y + Z - number(1), X - Y.times(Fraction(3))])
    assert solution is not None
    y = Linear({0: Fraction(1, 3)})
    assert solution == {2: number(1) - X - y, 1: y}


def test_contradicting_equations_have_no_solution() -> None:
    assert solved([X + Y, X + Y - number(1)]) is None


def test_a_region_without_points_is_none() -> None:
    assert region(2, [X - Y - number(1), Y - X], []) is None
    assert region(1, [number(5) - X], [X - number(6)]) is None


def test_implied_equations_are_found() -> None:
    """x ≥ y, y ≥ z, z ≥ x: all three are equal, which nobody said."""
    found = region(3, [X - Y, Y - Z, Z - X, number(9) - X], [])
    assert found is not None
    assert found.polytope.dimension == 1
    assert found.express(X - Z) == Linear()
    assert found.polytope.most(found.express(X + Y + Z)).value == pytest.approx(27)


def test_a_single_point_has_no_dimension() -> None:
    found = region(2, [X - Y, Y - X], [X + Y - number(8)])
    assert found is not None
    assert found.polytope.dimension == 0
    assert found.express(X) == number(4)
    assert found.polytope.least(found.express(X)).value == 4
    assert draw(found.polytope, 2, np.random.default_rng(0)).shape == (CHAINS, 2, 0)


def triangle() -> tuple[Linear, ...]:
    return X - Y, Y - Z, number(1) - X


def test_what_lies_on_the_line_is_proven_exactly() -> None:
    found = region(3, triangle(), [])
    assert found is not None
    polytope = found.polytope
    # 0 at a vertex, more elsewhere: true on the line, where floating point cannot tell.
    assert polytope.is_never_negative(found.express(X - Z)) is True
    assert polytope.is_never_negative(found.express(X + Y - Z.times(Fraction(2)))) is True
    third = Fraction(1, 3)
    mixed = X.times(third) + Y.times(third) - Z.times(2 * third)
    assert polytope.is_never_negative(found.express(mixed)) is True
    assert polytope.is_never_negative(found.express(Z - X)) is False
    assert polytope.is_zero_somewhere(found.express(Z - X)) is True
    assert polytope.is_zero_somewhere(found.express(Z - X).shifted(Fraction(-1, 10))) is False


def test_less_than_the_tolerance_is_not_asserted_from_floating_point() -> None:
    """A ten-millionth of a point below 0, at a vertex with fractions that are exactly known."""
    found = region(3, triangle(), [])
    assert found is not None
    nearly = found.express(X - Z).shifted(Fraction(-1, 10_000_000))
    assert found.polytope.is_never_negative(nearly) is False
    assert found.polytope.is_never_negative(found.express(X - Z).shifted(Fraction(1, 10**7)))


def test_what_no_certificate_settles_stays_open() -> None:
    """Vertices whose fractions are too long to be found again from floating point."""
    long = Fraction(12_345_678_901, 98_765_432_101)
    found = region(2, [number(1) - X, X - Y.times(long)], [])
    assert found is not None
    gain = found.express(X.times(long) - Y.times(long * long))
    assert found.polytope.is_never_negative(gain) is None  # It is a multiple of the second row.
    assert found.polytope.is_never_negative(gain.shifted(Fraction(1, 1000))) is True
    assert found.polytope.is_never_negative(gain.shifted(Fraction(-1, 1000))) is False


def test_draws_are_uniform() -> None:
    """Means of the ordered parts of a stick broken at random: (1/n) Σ_{k≥i} 1/k."""
    parts = [variable(k) for k in range(4)]
    ordered = [a - b for a, b in pairwise(parts)]
    found = region(4, ordered, [total(parts) - number(1)])
    assert found is not None
    draws = draw(found.polytope, 64, np.random.default_rng(1))
    points = draws.reshape(-1, found.polytope.dimension)
    for k, part in enumerate(parts):
        expression = found.express(part)
        values = points @ found.polytope.vector(expression) + float(expression.constant)
        expected = sum(1 / m for m in range(k + 1, 5)) / 4
        error = values.reshape(CHAINS, 64).mean(axis=1).std(ddof=1) / CHAINS**0.5
        assert abs(values.mean() - expected) < 4 * error
        assert error < 0.005


def test_draws_are_inside_and_repeat_with_the_seed() -> None:
    found = region(3, triangle(), [])
    assert found is not None
    one = draw(found.polytope, 5, np.random.default_rng(7))
    assert np.array_equal(one, draw(found.polytope, 5, np.random.default_rng(7)))
    assert not np.array_equal(one, draw(found.polytope, 5, np.random.default_rng(8)))
    slack = one @ found.polytope.normals.T + found.polytope.offsets
    assert (slack > 0).all()


def test_a_thin_set_is_crossed() -> None:
    """A needle 100 long and a thousandth wide: draws reach both of its ends."""
    needle = [X - Y, Y - X + constant(Fraction(1, 1000)), number(100) - X]
    found = region(2, needle, [])
    assert found is not None
    draws = draw(found.polytope, 8, np.random.default_rng(3))
    values = draws @ found.polytope.vector(found.express(X))
    assert values.mean() == pytest.approx(50, abs=6)
    assert values.std() == pytest.approx(100 / 12**0.5, abs=4)
