"""How pictures look: one palette, one set of sizes, readable in print and without colour.

Colours are those of Okabe and Ito, which people with the common kinds of colour blindness can tell
apart; what a colour says is always said a second time by a shape, a dash or a label.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TypeVar

import altair as alt

INK = "#1a1a1a"
QUIET = "#595959"
FAINT = "#b3b3b3"
SHADE = "#ececec"
BLUE = "#0072B2"
ORANGE = "#D55E00"

PACKAGE_COLOURS = (BLUE, ORANGE, "#009E73", "#8F4A7B", "#A66F00", "#2F4B99", "#000000", "#7A2E00")
PACKAGE_SHAPES = (
    "circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right",
    "triangle-left",
)  # fmt: skip
PACKAGE_DASHES = ([1, 0], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [12, 3], [2, 5], [6, 2, 1, 2])

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
TEXT = 13
SMALL = 12

_Chart = TypeVar("_Chart", bound=alt.TopLevelMixin)


def series(values: Sequence[str | list[int]], count: int) -> list[str | list[int]]:
    """As many colours, shapes or dashes as there are things to tell apart, in a fixed order."""
    return [values[k % len(values)] for k in range(count)]


def titled(title: str, subtitle: str = "", width: int = 560) -> alt.TitleParams:
    """A statement as the title, and under it how the picture is to be read."""
    return alt.TitleParams(
        text=wrapped(title, width, 16), subtitle=wrapped(subtitle, width, TEXT) if subtitle else []
    )


def wrapped(text: str, width: int, size: int) -> list[str]:
    """Text in lines that fit a width in pixels, at about half an em a character."""
    return textwrap.wrap(text, max(12, int(width / (size * 0.52)))) or [""]


def themed(chart: _Chart) -> _Chart:
    """A finished chart in the one look that all pictures share."""
    return chart.configure(  # type: ignore[attr-defined,no-any-return] # every top-level chart has it
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
            direction="vertical",
            labelFontSize=SMALL,
            labelColor=INK,
            labelLimit=600,
            symbolSize=70,
            title=None,
        ),
        text=alt.MarkConfig(fontSize=SMALL, color=INK),
    )
