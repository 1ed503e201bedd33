"""What utility space shows and where: dots, named packages, and the frame around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from goodoffices.case.model import Case, Outcome
from goodoffices.figures import theme
from goodoffices.figures.words import candidate_label
from goodoffices.settlement.frontier import Frontier
from goodoffices.settlement.packages import candidates
from goodoffices.settlement.problem import Problem, choice_of
from goodoffices.settlement.solution import Solution

ACCEPTABLE = "efficient, and acceptable to all"
REFUSED = "efficient, but somebody would refuse it"
OTHER = "another feasible package"
KINDS = (OTHER, REFUSED, ACCEPTABLE)

_LISTED_AT_MOST = 20_000
_CELLS = 150


@dataclass(frozen=True, slots=True)
class Dot:
    """A package among many: one spot in the picture."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A package that the picture names."""

    label: list[str]
    x: float
    y: float
    shape: str
    colour: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Which utilities a picture spans, and where in it a pair of them is."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float

    @classmethod
    def around(cls, spots: Iterable[tuple[float, float]], width: float, height: float) -> Frame:
        """A frame that holds all spots, with a margin."""
        xs, ys = zip(*spots, strict=True)
        return cls(_span(xs), _span(ys), width, height)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the upper left, of a pair of utilities."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return across * self.width, (1 - up) * self.height

    def value(self, left: float, top: float) -> tuple[float, float]:
        """The pair of utilities at a pixel."""
        across, up = left / self.width, 1 - top / self.height
        return (
            self.x[0] + across * (self.x[1] - self.x[0]),
            self.y[0] + up * (self.y[1] - self.y[0]),
        )


def _span(numbers: Sequence[float]) -> tuple[float, float]:
    low, high = min(numbers), max(numbers)
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin


def dots(
    case: Case, bargaining: Problem, frontier: Frontier, pair: tuple[int, int]
) -> tuple[list[Dot], int]:
    """Dots for the picture, and how many there would be if none covered another.

    In spaces small enough every feasible package has its dot, otherwise only the frontier.
    """
    x, y = pair
    found: dict[tuple[float, float], str] = {}
    if case.size <= _LISTED_AT_MOST:
        for choice in product(*map(range, bargaining.sizes)):
            if bargaining.is_feasible(choice):
                utilities = bargaining.utilities(bargaining.points(choice))
                found[float(utilities[x]), float(utilities[y])] = OTHER
    for point in sorted(frontier.points, key=lambda point: point.acceptable):
        spot = float(point.utilities[x]), float(point.utilities[y])
        found[spot] = ACCEPTABLE if point.acceptable else REFUSED
    order = sorted(found.items(), key=lambda item: KINDS.index(item[1]))
    return [Dot(*spot, kind) for spot, kind in _one_per_cell(dict(order)).items()], len(found)


def _one_per_cell(found: dict[tuple[float, float], str]) -> dict[tuple[float, float], str]:
    """One spot for each little square of the picture; of several, the last."""
    if len(found) <= _CELLS:
        return found
    (left, right), (low, high) = (_span([spot[axis] for spot in found]) for axis in (0, 1))
    cells = {
        (int(_CELLS * (x - left) / (right - left)), int(_CELLS * (y - low) / (high - low))): (x, y)
        for x, y in found
    }
    kept = set(cells.values())
    return {spot: kind for spot, kind in found.items() if spot in kept}


def pins(
    case: Case,
    bargaining: Problem,
    solutions: Sequence[Solution],
    package: Outcome | None,
    pair: tuple[int, int],
) -> list[Pin]:
    """The packages that solutions pick, the status quo and the package at hand."""
    x, y = pair
    found = [
        Pin(
            candidate_label(pick, 190),
            float(pick.utilities[x]),
            float(pick.utilities[y]),
            theme.shape(number),
            theme.colour(number),
        )
        for number, pick in enumerate(candidates(solutions))
    ]
    for label, outcome, shape in (
        ("Status quo", case.status_quo, "cross"),
        ("Package at hand", package, theme.STAR),
    ):
        if outcome is not None:
            worth: Sequence[Fraction] = bargaining.utilities(
                bargaining.points(choice_of(case, outcome))
            )
            found.append(Pin([label], float(worth[x]), float(worth[y]), shape, theme.INK))
    return found
