"""Parallel coordinates: what every party gets, for any number of parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount
from goodoffices.figures import theme
from goodoffices.figures.labels import spread
from goodoffices.figures.spots import Frame
from goodoffices.figures.words import candidate_label, statement
from goodoffices.settlement.frontier import Frontier, FrontierPoint
from goodoffices.settlement.packages import candidates
from goodoffices.settlement.problem import Problem, choice_of, problem
from goodoffices.settlement.solution import Solution

_HEIGHT = 310
_LINES_AT_MOST = 250
_LABEL = 210
_LINE = 15


@dataclass(frozen=True, slots=True)
class _Line:
    """A package that the picture names: its height on each axis, and how it is drawn."""

    label: list[str]
    heights: list[float]
    colour: str
    dash: list[int]
    shape: str


def profiles(
    case: Case,
    frontier: Frontier,
    solutions: Sequence[Solution] = (),
    *,
    package: Outcome | None = None,
    months: Fraction = Fraction(0),
) -> alt.LayerChart:
    """What every party gets: one upright axis for each, one line for each package.

    The frontier is faint, the solutions and the package at hand are strong, and a bar on each axis
    marks what its party keeps without agreement. Every axis is its party's own scale, so that equal
    heights on two axes are not equal gains.

    Parameters
    ----------
    package
        The package at hand.
    months
        Months without agreement, as given to ``frontier``.
    """
    scales = [case.preferences[party].scale for party in frontier.parties]
    bargaining = problem(case, months)
    keeps = bargaining.utilities(bargaining.reservation)
    levels = _heights(keeps, scales)
    strong = _named(case, bargaining, solutions, package, scales)
    drawn = _thinned(frontier.points)
    faint = [_heights(point.utilities, scales) for point in drawn]
    across = min(190, max(64, 520 // max(1, len(scales) - 1)))
    frame = _frame([*faint, *(line.heights for line in strong), levels], across)
    kept = [f"keeps {amount(k, scale)}" for k, scale in zip(keeps, scales, strict=True)]
    layers = [
        _axes(frame, len(scales), _unit(scales)),
        *_faint(faint, [point.acceptable for point in drawn]),
        *_levels(levels, kept, frame),
        *(layer for line in strong for layer in _strong(line)),
        *_ends(strong, frame),
        _names([str(case.party(party)) for party in frontier.parties], frame, across),
    ]
    title = theme.titled(
        f"What each package gives each party: {statement(frontier)}",
        _reading(frontier, len(drawn)),
        int(frame.width) + _LABEL,
    )
    return theme.layered(layers, frame.width, _HEIGHT, title)


def _named(
    case: Case,
    bargaining: Problem,
    solutions: Sequence[Solution],
    package: Outcome | None,
    scales: Sequence[Fraction],
) -> list[_Line]:
    lines = [
        _Line(
            candidate_label(pick, _LABEL),
            _heights(pick.utilities, scales),
            theme.colour(number),
            theme.dash(number),
            theme.shape(number),
        )
        for number, pick in enumerate(candidates(solutions))
    ]
    if package is not None:
        worth = bargaining.utilities(bargaining.points(choice_of(case, package)))
        heights = _heights(worth, scales)
        lines.append(_Line(["Package at hand"], heights, theme.INK, [1, 0], theme.STAR))
    return lines


def _frame(lines: Sequence[Sequence[float]], across: int) -> Frame:
    """Room for every height, and half an inch of it left and right of the axes."""
    last = len(lines[0]) - 1
    width = across * last + 60
    whole = Frame.around([(0, height) for line in lines for height in line], width, _HEIGHT)
    return Frame((-30 / across, last + 30 / across), whole.y, width, _HEIGHT)


def _heights(utilities: Sequence[Fraction], scales: Sequence[Fraction]) -> list[float]:
    """Utilities in hundredths of each party's scale."""
    return [float(100 * u / scale) for u, scale in zip(utilities, scales, strict=True)]


def _thinned(points: Sequence[FrontierPoint]) -> list[FrontierPoint]:
    """Evenly spaced points of the frontier, as many as can be told apart."""
    step = max(1, -(-len(points) // _LINES_AT_MOST))
    return list(points[::step])


def _unit(scales: Sequence[Fraction]) -> str:
    if set(scales) == {Fraction(100)}:
        return "Utility (points out of 100, on each party's own scale)"
    return "Utility (percent of each party's own scale)"


def _reading(frontier: Frontier, drawn: int) -> str:
    parts = [
        "Thin blue lines: efficient packages that all would accept; thin pale grey: somebody would "
        "refuse. Black bars: what a party keeps without agreement."
    ]
    if drawn < len(frontier.points):
        parts.append(f"Drawn: {drawn:,} of {len(frontier.points):,} points of the frontier.")
    if not frontier.exact:
        parts.append("The frontier is not complete.")
    return " ".join(parts)


def _axes(frame: Frame, count: int, unit: str) -> alt.Chart:
    rows = [{"x": k, "y": frame.y[0], "y2": frame.y[1]} for k in range(count)]
    return theme.marks(rows, "rule", color=theme.QUIET).encode(
        x=alt.X("x:Q", scale=theme.exactly(frame.x), axis=None),
        y=alt.Y("y:Q", scale=theme.exactly(frame.y), title=unit, axis=alt.Axis(tickCount=6)),
        y2=alt.Y2("y2:Q"),
    )


def _faint(lines: Sequence[Sequence[float]], acceptable: Sequence[bool]) -> list[alt.Chart]:
    layers: list[alt.Chart] = []
    for wanted, colour, opacity in ((False, theme.FAINT, 0.55), (True, theme.BLUE, 0.4)):
        rows = [
            {"x": x, "y": y, "line": number}
            for number, line in enumerate(lines)
            if acceptable[number] == wanted
            for x, y in enumerate(line)
        ]
        layers.append(
            theme.marks(rows, "line", color=colour, opacity=opacity, strokeWidth=0.8).encode(
                x=alt.X("x:Q"), y=alt.Y("y:Q"), detail=alt.Detail("line:N")
            )
        )
    return layers


def _levels(levels: Sequence[float], words: Sequence[str], frame: Frame) -> list[alt.Chart]:
    """A bar on each axis at what its party keeps, with the number beside it."""
    rows = [{"x": x, "y": y} for x, y in enumerate(levels)]
    bars = theme.marks(
        rows, "tick", orient="horizontal", size=26, thickness=5, color=theme.INK, opacity=1
    ).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))
    texts = []
    for (x, y), text in zip(enumerate(levels), words, strict=True):
        left, top = frame.pixel(x, y)
        across, up = frame.value(left + 4, top + 5)
        texts.append({"x": across, "y": up, "text": text})
    return [bars, *theme.written(texts)]


def _strong(line: _Line) -> list[alt.Chart]:
    rows = [{"x": x, "y": y} for x, y in enumerate(line.heights)]
    marks = (
        theme.marks(rows, "line", color=line.colour, strokeWidth=2.8, strokeDash=line.dash),
        theme.marks(
            rows, "point", shape=line.shape, size=90, fill=line.colour, stroke=theme.INK, opacity=1
        ),
    )
    return [mark.encode(x=alt.X("x:Q"), y=alt.Y("y:Q")) for mark in marks]


def _ends(lines: Sequence[_Line], frame: Frame) -> list[alt.Chart]:
    """The labels at the right ends of the lines, moved apart, each with a thin line to its end."""
    if not lines:
        return []
    last = len(lines[0].heights) - 1
    ends = [frame.pixel(last, line.heights[-1]) for line in lines]
    tops = spread([end[1] for end in ends], [_LINE * len(line.label) for line in lines], _HEIGHT)
    leaders, words = [], []
    for line, (left, level), top in zip(lines, ends, tops, strict=True):
        middle = top + _LINE * len(line.label) / 2
        x, y = frame.value(left + 8, level)
        x2, y2 = frame.value(left + 34, middle)
        leaders.append({"x": x, "y": y, "x2": x2, "y2": y2})
        across, up = frame.value(left + 38, top)
        words.append({"x": across, "y": up, "text": "\n".join(line.label)})
    return [
        theme.marks(leaders, "rule", color=theme.QUIET, strokeWidth=0.8).encode(
            x=alt.X("x:Q"), y=alt.Y("y:Q"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")
        ),
        *theme.written(words, weight="bold"),
    ]


def _names(names: Sequence[str], frame: Frame, across: int) -> alt.Chart:
    """The parties, under their axes."""
    rows = [
        {"x": x, "y": frame.y[0], "text": "\n".join(theme.wrapped(name, across - 6, theme.TEXT))}
        for x, name in enumerate(names)
    ]
    return theme.marks(
        rows, "text", baseline="top", dy=10, lineHeight=16, fontSize=theme.TEXT, fontWeight="bold"
    ).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("text:N"))
