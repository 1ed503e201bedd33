"""Where to write beside a mark so that words cover neither each other nor the marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

# Of the plain sans-serif letters at one pixel of font size; a little generous.
_LETTER_WIDTH = 0.53
_LINE_HEIGHT = 1.25
_DIRECTIONS = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
_DISTANCES = (12.0, 28.0, 46.0, 70.0, 100.0)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A piece of the picture in pixels, from the upper left."""

    left: float
    top: float
    width: float
    height: float

    def overlap(self, other: Rectangle) -> float:
        """The area that two rectangles share."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height


def extent(lines: Sequence[str], size: float) -> tuple[float, float]:
    """Width and height of lines of text, estimated from the number of letters."""
    return max(map(len, lines)) * size * _LETTER_WIDTH, len(lines) * size * _LINE_HEIGHT


def placed(
    anchors: Sequence[tuple[float, float]],
    texts: Sequence[Sequence[str]],
    *,
    frame: tuple[float, float],
    size: float,
    taken: Sequence[Rectangle] = (),
    dots: Sequence[tuple[float, float]] = (),
) -> list[Rectangle]:
    """A place for each text near its anchor, found one after the other.

    Parameters
    ----------
    anchors
        Pixels of the marks that the texts belong to.
    texts
        Lines of each text.
    frame
        Width and height of the picture, in pixels.
    taken
        What must not be covered: lines, other words.
    dots
        What should rather not be covered.
    """
    marks = [Rectangle(x - 8, y - 8, 16, 16) for x, y in anchors]
    crowd = [Rectangle(x - 3, y - 3, 6, 6) for x, y in dots]
    found: list[Rectangle] = []
    for (x, y), lines in zip(anchors, texts, strict=True):
        width, height = extent(lines, size)
        choices = [
            _beside(x, y, width, height, direction, distance)
            for distance, direction in product(_DISTANCES, _DIRECTIONS)
        ]
        hard = [*found, *marks, *taken]
        costs = [_cost(choice, hard, crowd, frame, rank) for rank, choice in enumerate(choices)]
        found.append(choices[costs.index(min(costs))])
    return found


def _beside(
    x: float, y: float, width: float, height: float, direction: tuple[int, int], distance: float
) -> Rectangle:
    across, down = direction
    left = {1: x + distance, 0: x - width / 2, -1: x - distance - width}[across]
    top = {1: y + distance * 0.7, 0: y - height / 2, -1: y - distance * 0.7 - height}[down]
    return Rectangle(left, top, width, height)


def _cost(
    choice: Rectangle,
    hard: Sequence[Rectangle],
    crowd: Sequence[Rectangle],
    frame: tuple[float, float],
    rank: int,
) -> float:
    outside = choice.area - choice.overlap(Rectangle(0, 0, *frame))
    covered = sum(choice.overlap(other) for other in hard)
    hidden = sum(choice.overlap(dot) for dot in crowd)
    # Words that touch are worse than words that stand far away, however little they touch.
    return 20 * outside + (400 + 10 * covered if covered else 0) + 0.5 * hidden + 5.0 * rank


def spread(wanted: Sequence[float], heights: Sequence[float], frame: float) -> list[float]:
    """Tops for labels in one column, each as near as may be to centred on what it wants.

    >>> spread([100, 104], [20, 20], frame=200)
    [82.0, 102.0]
    """
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    # Labels that touch are kept as one stack, which is centred on what its members want.
    stacks: list[list[int]] = []
    for label in order:
        stacks.append([label])
        while len(stacks) > 1 and _bottom(stacks[-2], wanted, heights, frame) > _top(
            stacks[-1], wanted, heights, frame
        ):
            last = stacks.pop()
            stacks[-1].extend(last)
    tops = [0.0] * len(wanted)
    for stack in stacks:
        top = _top(stack, wanted, heights, frame)
        for label in stack:
            tops[label] = top
            top += heights[label]
    return tops


def _top(
    stack: Sequence[int], wanted: Sequence[float], heights: Sequence[float], frame: float
) -> float:
    whole = sum(heights[label] for label in stack)
    centre = sum(wanted[label] for label in stack) / len(stack)
    return max(0.0, min(centre - whole / 2, frame - whole))


def _bottom(
    stack: Sequence[int], wanted: Sequence[float], heights: Sequence[float], frame: float
) -> float:
    return _top(stack, wanted, heights, frame) + sum(heights[label] for label in stack)
