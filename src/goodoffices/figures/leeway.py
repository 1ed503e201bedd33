"""Sensitivity: between what bounds each number may move before the solution changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from goodoffices.case.model import Case
from goodoffices.case.words import amount
from goodoffices.figures import theme
from goodoffices.settlement.packages import CONCEPT_NAMES
from goodoffices.settlement.sensitivity import Sensitivity
from goodoffices.settlement.sensitivity_words import Bar, overview

_ROW = 40
_LABELS = 300
_WIDTH = 340
_NUMBERS = 130


@dataclass(frozen=True, slots=True)
class _Row:
    """A number on its axis, in hundredths of its party's scale."""

    row: int
    party: str
    what: str
    low: float
    value: float
    high: float
    has_low: bool
    has_high: bool
    text: str


def leeway_chart(case: Case, found: Sensitivity, *, most: int = 12) -> alt.HConcatChart:
    """How far each number may move alone before the solution changes, the most delicate first.

    A dot is the number as stated and the line around it is its leeway. The line ends in a bar where
    the solution changes, and without one where the number can go no further.

    Parameters
    ----------
    most
        Numbers to show.
    """
    rows = [_row(case, bar, number) for number, bar in enumerate(overview(found, case, most))]
    title = theme.titled(
        _statement(case, found),
        "Dot: the number as stated. Line: how far it may move alone. An upright "
        "bar ends it where the solution changes.",
        _LABELS + _WIDTH + _NUMBERS,
    )
    parts = [_labels(rows), _lines(rows, _unit(case)), _numbers(rows)]
    return theme.themed(alt.HConcatChart(hconcat=parts, spacing=12, title=title))


def _row(case: Case, bar: Bar, number: int) -> _Row:
    scale = case.preferences[bar.party].scale
    low, value, high = (float(100 * x / scale) for x in (bar.low, bar.value, bar.high))
    return _Row(
        row=number,
        party=theme.shortened(str(case.party(bar.party)), 44),
        what=theme.shortened(bar.what, 52),
        low=low,
        value=value,
        high=high,
        has_low=bar.is_low_a_change,
        has_high=bar.is_high_a_change,
        text=f"{amount(bar.value, scale)} ({_range(bar, scale)})",
    )


def _range(bar: Bar, scale: Fraction) -> str:
    low, high = amount(bar.low, scale), amount(bar.high, scale)
    if bar.is_low_a_change and bar.is_high_a_change:
        return f"{low} to {high}"
    if bar.is_low_a_change:
        return f"{low} or more"
    return f"up to {high}" if bar.is_high_a_change else "any value"


def _statement(case: Case, found: Sensitivity) -> str:
    name = f"the {CONCEPT_NAMES[found.concept]} solution"
    bars = overview(found, case, 1)
    if not bars or found.leeways[0].room is None:
        return f"No number, moved alone, changes {name}"
    scale = case.preferences[bars[0].party].scale
    room = amount(found.leeways[0].room, scale)
    what = f"{bars[0].what}, as {case.party(bars[0].party)} states it,"
    return f"{name[0].upper()}{name[1:]} changes once {what} moves by {room}"


def _unit(case: Case) -> str:
    if all(case.preferences[party.id].scale == 100 for party in case.deciders):
        return "Value of the number, out of 100"
    return "Value of the number, in percent of its party's scale"


def _labels(rows: Sequence[_Row]) -> alt.LayerChart:
    data = [{"row": r.row, "party": r.party, "what": r.what} for r in rows]
    return alt.LayerChart(
        layer=[
            theme.marks(data, "text", align="left", fontWeight="bold", dy=-8).encode(
                x=alt.value(0), y=_y(), text=alt.Text("party:N")
            ),
            theme.marks(data, "text", align="left", dy=8).encode(
                x=alt.value(0), y=_y(), text=alt.Text("what:N")
            ),
        ],
        width=_LABELS,
        height=alt.Step(_ROW),
    )


def _y() -> alt.Y:
    return alt.Y("row:O", axis=None)


def _lines(rows: Sequence[_Row], unit: str) -> alt.LayerChart:
    ends = [value for r in rows for value in (r.low, r.high)]
    span = (min(0.0, *ends), max(100.0, *ends)) if ends else (0.0, 100.0)
    spans = [{"row": r.row, "low": r.low, "high": r.high} for r in rows]
    dots = [{"row": r.row, "value": r.value} for r in rows]
    bars = [{"row": r.row, "value": r.low} for r in rows if r.has_low]
    bars += [{"row": r.row, "value": r.high} for r in rows if r.has_high]
    x = alt.X("low:Q", scale=theme.exactly(span), axis=alt.Axis(title=unit, tickCount=6))
    return alt.LayerChart(
        layer=[
            theme.marks(spans, "rule", color=theme.FAINT, strokeWidth=1).encode(
                x=alt.datum(span[0]), x2=alt.datum(span[1]), y=_y()
            ),
            theme.marks(spans, "rule", color=theme.BLUE, strokeWidth=5).encode(
                x=x, x2=alt.X2("high:Q"), y=_y()
            ),
            theme.marks(bars, "tick", color=theme.INK, thickness=3, size=20, opacity=1).encode(
                x=alt.X("value:Q"), y=_y()
            ),
            theme.marks(
                dots,
                "point",
                shape="circle",
                size=85,
                fill=theme.ORANGE,
                stroke=theme.INK,
                opacity=1,
            ).encode(x=alt.X("value:Q"), y=_y()),
        ],
        width=_WIDTH,
        height=alt.Step(_ROW),
    )


def _numbers(rows: Sequence[_Row]) -> alt.Chart:
    data = [{"row": r.row, "text": r.text} for r in rows]
    return (
        theme.marks(data, "text", align="left")
        .encode(x=alt.value(0), y=_y(), text=alt.Text("text:N"))
        .properties(width=_NUMBERS, height=alt.Step(_ROW))
    )
