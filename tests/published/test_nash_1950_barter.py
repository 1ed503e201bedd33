"""Nash's example of two barterers: nine objects, 512 trades.

The table and the answer are recalled from [Nash1950]_, section "Examples"; the paper itself was
not re-read. What is asserted is computed here from that table.
"""

from __future__ import annotations

from fractions import Fraction

from goodoffices.settlement.concepts import nash
from goodoffices.settlement.frontier import efficient, is_rational
from goodoffices.settlement.problem import Problem
from goodoffices.settlement.watch import Watch

# Worth to Bill, worth to Jack; the first five belong to Bill, the others to Jack.
BILL = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACK = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}


def barter() -> Problem:
    """Each object stays or changes hands; points are gains over keeping everything."""
    tables = [((0, 0), (-bill, jack)) for bill, jack in BILL.values()]
    tables += [((0, 0), (bill, -jack)) for bill, jack in JACK.values()]
    return Problem(
        parties=("Bill", "Jack"),
        sizes=(2,) * 9,
        tables=tuple(tables),
        terms=(),
        barriers=(),
        reservation=(0, 0),
        units=(Fraction(1), Fraction(1)),
    )


def test_the_nash_solution_gives_bill_twelve_and_jack_five() -> None:
    problem = barter()
    found = efficient(problem, Watch())
    assert problem.size == 512
    assert sum(is_rational(points, problem) for points in found.points) == 7
    (number,) = nash(found.points, (0, 0), (1, 1))
    assert found.points[number] == (12, 5)
    moved = [
        name for name, taken in zip([*BILL, *JACK], found.choices[number], strict=True) if taken
    ]
    assert moved == ["book", "whip", "ball", "bat", "pen", "toy", "knife"]
