"""How the present state could become others: a tree of moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import altair as alt

from goodoffices.case.words import sentence_list
from goodoffices.figures import theme
from goodoffices.stability.evolution import Kind, Route
from goodoffices.stability.model import Model

_ACROSS = 210
_ROW = 84
_NODE = 760
_LINE = 14
_LOOKS: dict[Kind, tuple[str, str, list[int]]] = {
    "improvements": ("every move is a gain for its mover", theme.BLUE, [1, 0]),
    "agreement": ("gains, the last by moving together", "#009E73", [10, 3, 2, 3]),
    "moves": ("somebody would move without a gain", theme.ORANGE, [8, 3]),
    "jointly": ("only if several act at once", "#000000", [2, 2]),
}


@dataclass(slots=True)
class _Place:
    """A state in the tree: how it was entered, how far from the start, and what follows."""

    state: int
    movers: str = ""
    kind: Kind = "here"
    depth: int = 0
    row: float = 0.0
    next: dict[tuple[tuple[int, ...], int], _Place] = field(default_factory=dict)


def route_tree(model: Model, start: int, routes: Sequence[Route]) -> alt.LayerChart:
    """From the left to the right: moves that lead from a state to each of some others.

    Parameters
    ----------
    start
        Where the routes begin.
    routes
        Ways from there; those that lead nowhere are named in the title.
    """
    root = _Place(start)
    for route in routes:
        _grow(model, root, route)
    rows = _settle(root, 0)
    places = list(_all(root))
    deepest = max(place.depth for place in places)
    lost = [model.label(route.state) for route in routes if route.kind == "never"]
    never = f" From here nothing leads to state {sentence_list(lost)}." if lost else ""
    width, height = _ACROSS * max(1, deepest), _ROW * max(1, rows)
    title = theme.titled(
        f"{model.title}: how state {model.label(start)} could change",
        f"Who moves stands on the line. Dark: a state asked about.{never}",
        max(420, width),
    )
    asked = {route.state for route in routes}
    return theme.layered(
        [*_lines(root, deepest, rows), *_nodes(model, places, asked, deepest, rows)],
        width,
        height,
        title,
    )


def _grow(model: Model, root: _Place, route: Route) -> None:
    at = root
    for step in route.path or ():
        key = (step.movers, step.state)
        if key not in at.next:
            who = sentence_list([str(model.parties[party]) for party in step.movers])
            at.next[key] = _Place(step.state, who, route.kind, at.depth + 1)
        at = at.next[key]
        # What several routes share is drawn as the likeliest of them.
        at.kind = min(at.kind, route.kind, key=list(_LOOKS).index)


def _settle(place: _Place, first: int) -> int:
    """Give every place its row, leaves one under another; the first row that is free then."""
    if not place.next:
        place.row = float(first)
        return first + 1
    free = first
    for follower in place.next.values():
        free = _settle(follower, free)
    rows = [follower.row for follower in place.next.values()]
    place.row = (rows[0] + rows[-1]) / 2
    return free


def _all(place: _Place) -> list[_Place]:
    return [place, *(inner for follower in place.next.values() for inner in _all(follower))]


def _axes(deepest: int, rows: int) -> tuple[alt.Scale, alt.Scale]:
    return (
        theme.exactly((-0.15, max(1, deepest) + 0.15)),
        theme.exactly((max(1, rows) - 0.5, -0.5)),
    )


def _lines(root: _Place, deepest: int, rows: int) -> list[alt.Chart]:
    across, down = _axes(deepest, rows)
    found = [
        {
            "x": place.depth,
            "y": place.row,
            "x2": follower.depth,
            "y2": follower.row,
            "middle": place.depth + 0.5,
            "height": (place.row + follower.row) / 2,
            "who": "\n".join(theme.wrapped(follower.movers, _ACROSS - 60, theme.SMALL)),
            "kind": _LOOKS[follower.kind][0],
        }
        for place in _all(root)
        for follower in place.next.values()
    ]
    if not found:
        return []
    shown = [look for look in _LOOKS.values() if any(row["kind"] == look[0] for row in found)]
    names = [name for name, _, _ in shown]
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=3, symbolSize=300, columns=1)
    x, y = alt.X("x:Q", scale=across, axis=None), alt.Y("y:Q", scale=down, axis=None)
    return [
        theme.marks(found, "rule", strokeWidth=2).encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            color=alt.Color(
                "kind:N", scale=theme.assigned(names, [look[1] for look in shown]), legend=legend
            ),
            strokeDash=alt.StrokeDash(
                "kind:N",
                scale=alt.Scale(domain=names, range=[look[2] for look in shown]),
                legend=legend,
            ),
        ),
        *(
            _above(found, lines, look).encode(
                x=alt.X("middle:Q", scale=across, axis=None),
                y=alt.Y("height:Q", scale=down, axis=None),
                text=alt.Text("who:N"),
            )
            for lines in sorted({_height(row) for row in found})
            for look in ({"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}, {})
        ),
    ]


def _height(row: Mapping[str, object]) -> int:
    return str(row["who"]).count("\n") + 1


def _above(
    rows: Sequence[Mapping[str, object]], lines: int, look: Mapping[str, object]
) -> alt.Chart:
    """Words of so many lines, the last of them just above the middle of its line."""
    mine = [row for row in rows if _height(row) == lines]
    up = -6 - _LINE * (lines - 1)
    return theme.marks(mine, "text", baseline="bottom", dy=up, lineHeight=_LINE, **look)


def _nodes(
    model: Model, places: Sequence[_Place], asked: set[int], deepest: int, rows: int
) -> list[alt.Chart]:
    across, down = _axes(deepest, rows)
    found = [
        {"x": place.depth, "y": place.row, "label": model.label(place.state), "dark": dark}
        for place in places
        for dark in [place.state in asked]
    ]
    x, y = alt.X("x:Q", scale=across, axis=None), alt.Y("y:Q", scale=down, axis=None)
    layers = []
    for is_dark, fill, ink in ((True, theme.INK, "white"), (False, "white", theme.INK)):
        mine = [row for row in found if row["dark"] is is_dark]
        layers += [
            theme.marks(
                mine, "point", size=_NODE, fill=fill, stroke=theme.INK, opacity=1, strokeWidth=1.5
            ).encode(x=x, y=y),
            theme.marks(mine, "text", fontWeight="bold", color=ink).encode(
                x=x, y=y, text=alt.Text("label:N")
            ),
        ]
    return layers
