"""The states of a graph model and who would move between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, sin

import altair as alt

from goodoffices.errors import StabilityError
from goodoffices.figures import theme
from goodoffices.figures.verdicts import by_label
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.model import Model
from goodoffices.stability.witness import witness

MOST_STATES = 40
"""With more states nobody can follow the lines."""

_SIZE = 560
_RADIUS = 200
_NODE = 13
_SPAN = (-_RADIUS - 40.0, _RADIUS + 40.0)
_NASH, _HELD, _LEFT = _STANDINGS = (
    "stays: nobody has an improvement",
    "stays: every improvement could be answered",
    "somebody would leave",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A move to be drawn: who makes it, from where to where, and whether it is the matter here."""

    party: int
    source: int
    target: int
    is_stressed: bool = False


def state_graph(model: Model, state: int | None = None, concept: str = "seq") -> alt.LayerChart:
    """Every state as a circle, and every improvement as an arrow of the party that would make it.

    Parameters
    ----------
    model
        Of 40 states or fewer.
    state
        A state to be explained: what tempts parties away from it, and how the others would answer,
        is drawn above all else.
    concept
        The definition that says which answers count.

    Raises
    ------
    StabilityError
        There are too many states to be told apart.
    """
    states = by_label(model, model.states.tolist())
    if len(states) > MOST_STATES:
        raise StabilityError(
            f"The picture of {len(states):,} states could not be read; it is drawn up to "
            f"{MOST_STATES}. The verdict table lists the states that matter."
        )
    places = _places(states)
    stressed = [] if state is None else _temptations(model, state, concept)
    known = {(line.party, line.source, line.target) for line in stressed}
    lines = [line for line in _improvements(model) if _key(line) not in known]
    standing = _standings(model)
    held = [state for state in states if standing[state] != _LEFT]
    title = theme.titled(
        _statement(model, held),
        "An arrow: a move that betters things for the party whose colour it has."
        + (_explained(model, state, stressed) if state is not None else ""),
        _SIZE,
    )
    layers = [
        *(_arrows(model, places, lines, faint=bool(stressed)) if lines else []),
        *(_arrows(model, places, stressed, faint=False) if stressed else []),
        *_nodes(model, places, standing),
    ]
    return theme.layered(layers, _SIZE, _SIZE * 0.86, title)


def _explained(model: Model, state: int, stressed: Sequence[_Line]) -> str:
    if not stressed:
        return f" Nothing tempts anybody away from state {model.label(state)}."
    return f" Thick: what tempts away from state {model.label(state)}, and how others could answer."


def _temptations(model: Model, state: int, concept: str) -> list[_Line]:
    """The improvements from a state that matter most to each party, and the others' answers."""
    found: dict[tuple[int, int, int], _Line] = {}
    for party in range(len(model.parties)):
        for answer in witness(model, party, state, concept).answers:
            line = _Line(party, state, answer.improvement, True)
            found[_key(line)] = line
            at = answer.improvement
            for step in answer.path if answer.deters else ():
                (mover,) = step.movers
                line = _Line(mover, at, step.state, True)
                found[_key(line)] = line
                at = step.state
    return list(found.values())


def _key(line: _Line) -> tuple[int, int, int]:
    return line.party, line.source, line.target


def _places(states: Sequence[int]) -> dict[int, tuple[float, float]]:
    """A circle, clockwise from the top."""
    turn = 2 * pi / len(states)
    return {
        state: (_RADIUS * sin(k * turn), _RADIUS * cos(k * turn)) for k, state in enumerate(states)
    }


def _improvements(model: Model) -> list[_Line]:
    return [
        _Line(party, state, int(target))
        for party, ranks in enumerate(model.ranks)
        for state in model.states.tolist()
        for target in model.graph.moves(party, state)
        if ranks[target] > ranks[state]
    ]


def _standings(model: Model) -> dict[int, str]:
    """What may be said of each state: nobody would move, nobody dares, or somebody would."""
    parties = range(len(model.parties))
    verdicts = {
        concept: [definition(model.graph, model.ranks, party) for party in parties]
        for concept, definition in DEFINITIONS.items()
    }

    def everybody(concept: str, state: int) -> bool:
        return all(verdict[state] for verdict in verdicts[concept])

    return {
        state: _NASH if everybody("nash", state) else _HELD if everybody("gmr", state) else _LEFT
        for state in model.states.tolist()
    }


def _statement(model: Model, held: Sequence[int]) -> str:
    names = ", ".join(model.label(state) for state in held)
    if not held:
        return f"{model.title}: somebody would leave every state"
    word = "state" if len(held) == 1 else "states"
    return f"{model.title}: {word} {names} may last"


def _arrows(
    model: Model,
    places: dict[int, tuple[float, float]],
    lines: Sequence[_Line],
    *,
    faint: bool,
) -> list[alt.Chart]:
    names = [str(party) for party in model.parties]
    rows = [_row(line, names[line.party], places) for line in lines]
    width = 3.2 if any(line.is_stressed for line in lines) else 1.4
    opacity = 0.25 if faint else 0.9
    legend = alt.Legend(
        symbolType="stroke", symbolStrokeWidth=3, symbolSize=300, symbolOpacity=1, columns=4
    )
    colours = alt.Color(
        "party:N",
        scale=theme.assigned(names, [theme.colour(k) for k in range(len(names))]),
        legend=legend,
    )
    dashes = alt.StrokeDash(
        "party:N",
        scale=alt.Scale(domain=names, range=[theme.dash(k) for k in range(len(names))]),
        legend=legend,
    )
    shafts = theme.marks(rows, "rule", strokeWidth=width, opacity=opacity).encode(
        x=_x("x"), y=_y("y"), x2="x2:Q", y2="y2:Q", color=colours, strokeDash=dashes
    )
    heads = theme.marks(rows, "point", shape="triangle", filled=True, size=90, opacity=opacity)
    return [
        shafts,
        heads.encode(
            x=_x("x2"),
            y=_y("y2"),
            color=colours,
            angle=alt.Angle("angle:Q", scale=None),
        ),
    ]


def _row(line: _Line, party: str, places: dict[int, tuple[float, float]]) -> dict[str, object]:
    """Where an arrow begins and ends; to the right of the middle, so that its reverse has room."""
    (x, y), (x2, y2) = places[line.source], places[line.target]
    length = hypot(x2 - x, y2 - y)
    along, up = (x2 - x) / length, (y2 - y) / length
    side = 3 + 2.5 * line.party
    begin, end = _NODE + 3, _NODE + 9
    return {
        "party": party,
        "x": x + begin * along + side * up,
        "y": y + begin * up - side * along,
        "x2": x2 - end * along + side * up,
        "y2": y2 - end * up - side * along,
        "angle": degrees(atan2(along, up)),
    }


def _nodes(
    model: Model, places: dict[int, tuple[float, float]], standing: dict[int, str]
) -> list[alt.Chart]:
    rows = [
        {"x": x, "y": y, "label": model.label(state), "standing": standing[state]}
        for state, (x, y) in places.items()
    ]
    x_axis, y_axis = _x("x"), _y("y")
    circles = theme.marks(rows, "point", filled=True, size=720, opacity=1, strokeWidth=1.5)
    texts = [
        theme.marks(mine, "text", fontWeight="bold", color=paint).encode(
            x=x_axis, y=y_axis, text=alt.Text("label:N")
        )
        for paint, mine in (
            ("white", [row for row in rows if row["standing"] == _NASH]),
            (theme.INK, [row for row in rows if row["standing"] != _NASH]),
        )
    ]
    shown = [name for name in _STANDINGS if name in standing.values()]
    fills = dict(zip(_STANDINGS, [theme.INK, theme.FAINT, "white"], strict=True))
    return [
        circles.encode(
            x=x_axis,
            y=y_axis,
            stroke=alt.value(theme.INK),
            fill=alt.Fill(
                "standing:N",
                scale=theme.assigned(shown, [fills[name] for name in shown]),
                legend=alt.Legend(symbolStrokeColor=theme.INK, columns=1),
            ),
        ),
        *texts,
    ]


def _x(name: str) -> alt.X:
    return alt.X(f"{name}:Q", scale=theme.exactly(_SPAN), axis=None)


def _y(name: str) -> alt.Y:
    return alt.Y(f"{name}:Q", scale=theme.exactly(_SPAN), axis=None)
