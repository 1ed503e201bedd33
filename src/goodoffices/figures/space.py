"""Utility space: what two parties get, with the frontier, the solutions and no agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction

import altair as alt

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount
from goodoffices.errors import SettlementError
from goodoffices.figures import theme
from goodoffices.figures.labels import Rectangle, extent, placed
from goodoffices.figures.spots import ACCEPTABLE, KINDS, OTHER, REFUSED, Dot, Frame, Pin, dots, pins
from goodoffices.figures.words import statement, utility_axis
from goodoffices.settlement.frontier import Frontier
from goodoffices.settlement.problem import Problem, problem
from goodoffices.settlement.solution import Solution

_WIDTH, _HEIGHT = 620, 420
_FILLS = {ACCEPTABLE: theme.BLUE, REFUSED: "white", OTHER: theme.FAINT}
_STROKES = {ACCEPTABLE: theme.BLUE, REFUSED: theme.BLUE, OTHER: theme.FAINT}
_SIZES = {ACCEPTABLE: 42, REFUSED: 34, OTHER: 5}


def utility_space(
    case: Case,
    frontier: Frontier,
    solutions: Sequence[Solution] = (),
    *,
    pair: tuple[str, str] | None = None,
    package: Outcome | None = None,
    months: Fraction = Fraction(0),
) -> alt.LayerChart:
    """What two parties get from the packages of a case.

    Shows the frontier, in small spaces every other feasible package, the solutions by letter, the
    status quo, the package at hand and, shaded, what one of the two would refuse. With more than
    two parties it is the shadow of the frontier on the plane of the two.

    Parameters
    ----------
    pair
        Ids of the two parties: the first to the right, the second upwards. Default: the first two.
    package
        The package at hand.
    months
        Months without agreement, as given to ``frontier``.

    Raises
    ------
    SettlementError
        The pair is not two different parties who must consent.
    """
    bargaining = problem(case, months)
    axes = _axes(bargaining, pair)
    shown, whole = dots(case, bargaining, frontier, axes)
    named = pins(case, bargaining, solutions, package, axes)
    keeps = [bargaining.utilities(bargaining.reservation)[axis] for axis in axes]
    least = (float(keeps[0]), float(keeps[1]))
    spots = [(dot.x, dot.y) for dot in shown] + [(pin.x, pin.y) for pin in named]
    frame = Frame.around([*spots, least], _WIDTH, _HEIGHT)
    ids = [bargaining.parties[axis] for axis in axes]
    sayings = [
        f"{case.party(party)} keeps {amount(kept, case.preferences[party].scale)} without agreement"
        for party, kept in zip(ids, keeps, strict=True)
    ]
    layers = [
        _refused(frame, least),
        _dots(shown, frame, [utility_axis(case, party) for party in ids]),
        _lines(frame, least),
        *_sayings(frame, least, sayings),
        *_pins(named, shown, frame, _taken(frame, least, sayings)),
    ]
    title = theme.titled(
        _capital(statement(frontier)), _reading(frontier, len(shown), whole), _WIDTH
    )
    return theme.layered(layers, _WIDTH, _HEIGHT, title)


def _axes(bargaining: Problem, pair: tuple[str, str] | None) -> tuple[int, int]:
    parties = bargaining.parties
    named = pair or parties[:2]
    for party in named:
        if party not in parties:
            raise SettlementError(
                f"'{party}' is not a party that must consent. Parties: {', '.join(parties)}."
            )
    if len(set(named)) < 2:
        raise SettlementError(
            f"Utility space needs two different parties; given: {', '.join(named)}."
        )
    return parties.index(named[0]), parties.index(named[1])


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _reading(frontier: Frontier, shown: int, whole: int) -> str:
    parts = [
        "The frontier: efficient packages, at which nobody can gain unless another loses. "
        "Grey: one of the two would refuse."
    ]
    if len(frontier.parties) > 2:
        parts.append(
            f"The other {'party' if len(frontier.parties) == 3 else 'parties'} cannot be seen here."
        )
    if shown < whole:
        parts.append(f"Drawn: {shown:,} of {whole:,} dots; the others would cover them.")
    if not frontier.exact:
        parts.append("The frontier is not complete.")
    return " ".join(parts)


def _refused(frame: Frame, least: tuple[float, float]) -> alt.Chart:
    """Left of what the first party keeps, and below what the second keeps."""
    (left, right), (bottom, top) = frame.x, frame.y
    rectangles = [
        {"x": left, "x2": least[0], "y": bottom, "y2": top},
        {"x": least[0], "x2": right, "y": bottom, "y2": least[1]},
    ]
    return theme.marks(rectangles, "rect", color=theme.SHADE).encode(
        x=alt.X("x:Q"), x2=alt.X2("x2:Q"), y=alt.Y("y:Q"), y2=alt.Y2("y2:Q")
    )


def _dots(shown: Sequence[Dot], frame: Frame, titles: Sequence[str]) -> alt.Chart:
    kinds = [kind for kind in reversed(KINDS) if any(dot.kind == kind for dot in shown)]
    return theme.marks(
        [{**asdict(dot), "size": _SIZES[dot.kind]} for dot in shown],
        "point",
        shape="circle",
        strokeWidth=1.2,
        opacity=1,
    ).encode(
        x=alt.X("x:Q", title=titles[0], scale=theme.exactly(frame.x), axis=alt.Axis(tickCount=8)),
        y=alt.Y("y:Q", title=titles[1], scale=theme.exactly(frame.y), axis=alt.Axis(tickCount=8)),
        fill=alt.Fill("kind:N", scale=theme.assigned(kinds, [_FILLS[k] for k in kinds])),
        stroke=alt.Stroke("kind:N", scale=theme.assigned(kinds, [_STROKES[k] for k in kinds])),
        size=alt.Size("size:Q", scale=None, legend=None),
    )


def _lines(frame: Frame, least: tuple[float, float]) -> alt.Chart:
    lines = [
        {"x": least[0], "x2": least[0], "y": frame.y[0], "y2": frame.y[1]},
        {"x": frame.x[0], "x2": frame.x[1], "y": least[1], "y2": least[1]},
    ]
    return theme.marks(lines, "rule", color=theme.QUIET, strokeDash=[5, 3]).encode(
        x=alt.X("x:Q"), x2=alt.X2("x2:Q"), y=alt.Y("y:Q"), y2=alt.Y2("y2:Q")
    )


def _sayings(frame: Frame, least: tuple[float, float], sayings: Sequence[str]) -> list[alt.Chart]:
    """The words at the two lines, where few packages are: the top right and the lower left."""
    rows = []
    for place, words in zip(_corners(frame, least, sayings), sayings, strict=True):
        x, y = frame.value(place.left, place.top)
        rows.append({"x": x, "y": y, "text": words})
    return theme.written(rows, colour=theme.QUIET)


def _corners(
    frame: Frame, least: tuple[float, float], sayings: Sequence[str]
) -> tuple[Rectangle, Rectangle]:
    """Where the words of the two lines stand, in pixels."""
    x, y = frame.pixel(*least)
    (long, high), (wide, tall) = (extent([words], theme.SMALL) for words in sayings)
    beside = x + 6 if x + 6 + long < _WIDTH else x - 6 - long
    below = y + 5 if y + 5 + tall < _HEIGHT else y - 5 - tall
    return Rectangle(beside, 4, long, high), Rectangle(6, below, wide, tall)


def _taken(frame: Frame, least: tuple[float, float], sayings: Sequence[str]) -> list[Rectangle]:
    """What labels must not cover: the two lines and their words, in pixels."""
    x, y = frame.pixel(*least)
    lines = (Rectangle(x - 1, 0, 2, _HEIGHT), Rectangle(0, y - 1, _WIDTH, 2))
    return [*lines, *_corners(frame, least, sayings)]


def _pins(
    named: Sequence[Pin], shown: Sequence[Dot], frame: Frame, taken: Sequence[Rectangle]
) -> list[alt.Chart]:
    """Marks of the named packages, their labels, and a thin line from each label to its mark."""
    if not named:
        return []
    anchors = [frame.pixel(pin.x, pin.y) for pin in named]
    efficient = [frame.pixel(dot.x, dot.y) for dot in shown if dot.kind != OTHER]
    places = placed(
        anchors,
        [pin.label for pin in named],
        frame=(_WIDTH, _HEIGHT),
        size=theme.SMALL,
        taken=taken,
        dots=efficient,
    )
    return [
        theme.marks(
            [_leader(pin, place, frame) for pin, place in zip(named, places, strict=True)],
            "rule",
            color=theme.QUIET,
            strokeWidth=0.8,
        ).encode(x=alt.X("x:Q"), x2=alt.X2("x2:Q"), y=alt.Y("y:Q"), y2=alt.Y2("y2:Q")),
        *(_mark(pin) for pin in named),
        *theme.written(
            [_words(pin, place, frame) for pin, place in zip(named, places, strict=True)],
            weight="bold",
        ),
    ]


def _mark(pin: Pin) -> alt.Chart:
    return theme.marks(
        [{"x": pin.x, "y": pin.y}],
        "point",
        shape=pin.shape,
        size=190,
        fill=pin.colour,
        stroke=theme.INK,
        strokeWidth=1,
        opacity=1,
    ).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))


def _words(pin: Pin, place: Rectangle, frame: Frame) -> dict[str, float | str]:
    x, y = frame.value(place.left, place.top)
    return {"x": x, "y": y, "text": "\n".join(pin.label)}


def _leader(pin: Pin, place: Rectangle, frame: Frame) -> dict[str, float]:
    """A line from a mark to the nearest point of its label."""
    x, y = frame.pixel(pin.x, pin.y)
    near = (
        min(max(x, place.left), place.left + place.width),
        min(max(y, place.top), place.top + place.height),
    )
    x2, y2 = frame.value(*near)
    return {"x": pin.x, "y": pin.y, "x2": x2, "y2": y2}
