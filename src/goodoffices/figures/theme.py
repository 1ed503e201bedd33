"""How pictures look: one palette, one set of sizes, readable in print and without colour.

Colours are those of Okabe and Ito, which people with the common kinds of colour blindness can tell
apart; what a colour says is always said a second time by a shape, a dash or a label.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

import altair as alt

INK = "#1a1a1a"
QUIET = "#595959"
FAINT = "#b3b3b3"
SHADE = "#ececec"
BLUE = "#0072B2"
ORANGE = "#D55E00"

PACKAGE_COLOURS = (BLUE, ORANGE, "#009E73", "#CC79A7", "#000000", "#56B4E9", "#E69F00")
PACKAGE_SHAPES = (
    "circle", "square", "triangle-up", "diamond", "triangle-down", "triangle-right",
    "triangle-left",
)  # fmt: skip
PACKAGE_DASHES = ([1, 0], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [12, 3], [2, 5])

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
TEXT = 13
SMALL = 12

Mark: TypeAlias = Literal["bar", "line", "point", "rect", "rule", "text", "tick"]
Finished: TypeAlias = alt.LayerChart | alt.HConcatChart | alt.VConcatChart

_Chart = TypeVar("_Chart", alt.LayerChart, alt.HConcatChart, alt.VConcatChart)


STAR = (
    "M0,-1L0.29,-0.4L0.95,-0.31L0.48,0.15L0.59,0.81L0,0.5"
    "L-0.59,0.81L-0.48,0.15L-0.95,-0.31L-0.29,-0.4Z"
)


def colour(number: int) -> str:
    """The colour of the package with this number, counted from 0."""
    return PACKAGE_COLOURS[number % len(PACKAGE_COLOURS)]


def shape(number: int) -> str:
    """The shape of the package with this number, counted from 0."""
    return PACKAGE_SHAPES[number % len(PACKAGE_SHAPES)]


def dash(number: int) -> list[int]:
    """The dashes of the package with this number, counted from 0."""
    return PACKAGE_DASHES[number % len(PACKAGE_DASHES)]


def marks(rows: Sequence[Mapping[str, object]], kind: Mark, **look: Any) -> alt.Chart:
    """A chart of rows that are written into its specification, each drawn as a mark.

    Screen readers are told what the whole picture shows and not every mark in it.
    """
    data = alt.InlineData(values=[dict(row) for row in rows])
    return alt.Chart(data, mark=alt.MarkDef(type=kind, aria=False, **look))


def written(
    rows: Sequence[Mapping[str, object]],
    *,
    colour: str = INK,
    weight: Literal["normal", "bold"] = "normal",
) -> list[alt.Chart]:
    """Words at ``x`` and ``y``, their upper left corner, on a white edge."""
    edge, words = (
        marks(
            rows,
            "text",
            align="left",
            baseline="top",
            lineHeight=15,
            fontWeight=weight,
            color=paint,
            stroke=stroke,
            strokeWidth=3,
            strokeJoin="round",
            opacity=opacity,
        ).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("text:N"))
        for paint, stroke, opacity in ((colour, "white", 0.85), (colour, None, 1))
    )
    return [edge, words]


def exactly(span: tuple[float, float]) -> alt.Scale:
    """A scale from one end of a span to the other, no more and no less."""
    return alt.Scale(domain=list(span), nice=False, zero=False)


def assigned(names: Sequence[str], looks: Sequence[str]) -> alt.Scale:
    """A scale that gives each name its look, whatever else is in the data."""
    return alt.Scale(domain=list(names), range=list(looks))


def titled(title: str, subtitle: str = "", width: int = 560) -> alt.TitleParams:
    """A statement as the title, and under it how the picture is to be read."""
    return alt.TitleParams(
        text=wrapped(title, width, 16), subtitle=wrapped(subtitle, width, TEXT) if subtitle else []
    )


def wrapped(text: str, width: int, size: int) -> list[str]:
    """Text in lines that fit a width in pixels, at about half an em a character."""
    return textwrap.wrap(text, max(12, int(width / (size * 0.52)))) or [""]


def layered(
    layers: Sequence[alt.Chart], width: float, height: float, title: alt.TitleParams
) -> alt.LayerChart:
    """A finished chart of one panel, from the back to the front."""
    return themed(alt.LayerChart(layer=list(layers), width=width, height=height, title=title))


def themed(chart: _Chart) -> _Chart:
    """A finished chart in the one look that all pictures share."""
    finished: _Chart = chart.configure(
        background="white",
        font=FONT,
        padding=8,
        lineBreak="\n",
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(
            anchor="start",
            frame="group",
            fontSize=16,
            fontWeight="bold",
            color=INK,
            subtitleColor=QUIET,
            subtitleFontSize=TEXT,
            subtitlePadding=5,
            offset=14,
        ),
        axis=alt.AxisConfig(
            grid=False,
            domainColor=QUIET,
            tickColor=QUIET,
            labelColor=INK,
            labelFontSize=SMALL,
            labelLimit=260,
            titleColor=INK,
            titleFontSize=TEXT,
            titleFontWeight="normal",
            titlePadding=10,
        ),
        header=alt.HeaderConfig(
            labelFontSize=TEXT, labelFontWeight="bold", labelColor=INK, labelLimit=240
        ),
        legend=alt.LegendConfig(
            orient="bottom",
            direction="horizontal",
            labelFontSize=SMALL,
            labelColor=INK,
            labelLimit=600,
            columnPadding=18,
            symbolSize=70,
            title=None,
        ),
        text=alt.MarkConfig(fontSize=SMALL, color=INK),
    )
    return finished


def shortened(text: str, letters: int) -> str:
    """Text cut to so many letters, the last of them three dots."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
