"""The trade diagram: who gives what to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import altair as alt

from goodoffices.case.model import Case
from goodoffices.case.words import amount, option_name, sentence_list, signed
from goodoffices.figures import theme
from goodoffices.settlement.trades import Change, Trade

_ROW = 44
_LABELS = 300
_GAINS, _GIVES = _SIGNS = ("gains", "gives")
_WEIGHTS = ("normal", "bold")


def trade_diagram(case: Case, trade: Trade) -> alt.HConcatChart:
    """What each change of a trade costs or brings each party.

    One row for each issue that changes, one column for each party: a bar to the left is what the
    party gives up, a bar to the right what it gains, both in its own points. The last row is what
    each party has from the whole trade.
    """
    parties = [party.id for party in case.deciders]
    scales = [case.preferences[party].scale for party in parties]
    rows = [_words(case, change) for change in trade.changes]
    points = [change.points for change in trade.changes]
    if any(trade.together):
        rows.append(("Together", "options that count more, or less, in combination"))
        points.append(trade.together)
    rows.append(("In all", "what each party has from the trade"))
    points.append(trade.gains)
    lengths = [
        float(100 * change / scale)
        for row in points
        for change, scale in zip(row, scales, strict=True)
    ]
    span = (1.1 * min(0.0, *lengths), 1.1 * max(1.0, *lengths))
    across = max(90, 420 // len(parties))
    columns = [
        _column([row[k] for row in points], scales[k], str(case.party(party)), span, across)
        for k, party in enumerate(parties)
    ]
    title = theme.titled(
        _statement(case, trade),
        "To the left: what a party gives up. To the right: what it gains. Each in its own points.",
        _LABELS + (across + 18) * len(parties),
    )
    return theme.themed(
        alt.HConcatChart(hconcat=[_labels(rows), *columns], spacing=18, title=title)
    )


def _statement(case: Case, trade: Trade) -> str:
    issues = sentence_list([str(case.issue(change.issue)) for change in trade.changes])
    gains = [
        f"{party} gains {amount(gain, case.preferences[party.id].scale)}"
        for party, gain in zip(case.deciders, trade.gains, strict=True)
        if gain
    ]
    return f"{issues}: {sentence_list(gains)}{'' if all(trade.gains) else ', and nobody loses'}"


def _words(case: Case, change: Change) -> tuple[str, str]:
    issue = case.issue(change.issue)
    step = f"{issue.option(change.before)} → {option_name(issue, change.after)}"
    return theme.shortened(str(issue), 44), theme.shortened(step, 52)


def _labels(rows: Sequence[tuple[str, str]]) -> alt.LayerChart:
    data = [{"row": k, "issue": issue, "change": change} for k, (issue, change) in enumerate(rows)]
    row = alt.Y("row:O", axis=None)
    return alt.LayerChart(
        layer=[
            theme.marks(data, "text", align="left", fontWeight="bold", dy=-8).encode(
                x=alt.value(0), y=row, text=alt.Text("issue:N")
            ),
            theme.marks(data, "text", align="left", dy=8).encode(
                x=alt.value(0), y=row, text=alt.Text("change:N")
            ),
        ],
        width=_LABELS,
        height=alt.Step(_ROW),
    )


def _column(
    points: Sequence[Fraction], scale: Fraction, name: str, span: tuple[float, float], across: int
) -> alt.LayerChart:
    data = [
        {
            "row": row,
            "points": float(100 * change / scale),
            "zero": 0,
            "text": signed(change, scale) if change else "no change",
            "sign": _GAINS if change >= 0 else _GIVES,
            "weight": _WEIGHTS[row == len(points) - 1],
        }
        for row, change in enumerate(points)
    ]
    y = alt.Y("row:O", axis=None)
    x = alt.X("points:Q", scale=theme.exactly(span), axis=None)
    colour = alt.Color(
        "sign:N", scale=theme.assigned(_SIGNS, [theme.BLUE, theme.ORANGE]), legend=None
    )
    return alt.LayerChart(
        layer=[
            theme.marks(data, "bar", height=14, yOffset=8).encode(
                x=x, x2=alt.X2("zero:Q"), y=y, color=colour
            ),
            theme.marks([{"zero": 0}], "rule", color=theme.QUIET).encode(x=alt.X("zero:Q")),
            *(_texts(data, sign, weight) for sign in _SIGNS for weight in _WEIGHTS),
        ],
        width=across,
        height=alt.Step(_ROW),
        title=alt.TitleParams(
            text=theme.wrapped(name, across, theme.TEXT), fontSize=theme.TEXT, offset=6
        ),
    )


def _texts(rows: Sequence[Mapping[str, object]], sign: str, weight: str) -> alt.Chart:
    """The numbers over the bars, on the side of the middle line to which the bars go."""
    mine = [row for row in rows if row["sign"] == sign and row["weight"] == weight]
    side = 1 if sign == _GAINS else -1
    return theme.marks(
        mine,
        "text",
        align="left" if side > 0 else "right",
        dx=4 * side,
        dy=-8,
        fontWeight=weight,
    ).encode(x=alt.X("zero:Q"), y=alt.Y("row:O", axis=None), text=alt.Text("text:N"))
