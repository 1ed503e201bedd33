"""Who gets what: one package, issue by issue and party by party."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import altair as alt

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount, option_names, sentence_list, signed
from goodoffices.figures import theme
from goodoffices.settlement.problem import choice_of, problem
from goodoffices.settlement.shares import PartyShares, shares

_ROW = 42
_LABELS = 210


@dataclass(frozen=True, slots=True)
class _Bar:
    """What a party gets on an issue, of the most it could get there, in hundredths of its scale."""

    row: int
    gets: float
    best: float
    text: str


def who_gets_what(
    case: Case, package: Outcome, *, name: str = "The package", months: Fraction = Fraction(0)
) -> alt.HConcatChart:
    """What each party gets from a package on each issue, of the most it could get there.

    The length of a pale bar is what the issue is worth to the party at best, the dark part of it
    what the package gives; both in the party's own points. Points from interactions between issues
    stand in a row of their own.

    Parameters
    ----------
    package
        The outcome to show.
    name
        How the title calls it.
    months
        Months without agreement: they change what parties keep.
    """
    bargaining = problem(case, months)
    sides = shares(bargaining, choice_of(case, package))
    columns = [_bars(side, case.preferences[side.party].scale) for side in sides]
    rows = [
        (theme.shortened(str(issue), 32), theme.shortened(option, 36))
        for issue, option in zip(case.issues, option_names(case, package), strict=True)
    ]
    if any(side.together for side in sides):
        rows.append(("Together", "options that count more, or less, in combination"))
    columns = [bars[: len(rows)] for bars in columns]
    headings = [_heading(case, side) for side in sides]
    across = max(96, 480 // len(columns))
    gives = sentence_list(
        [
            f"{case.party(side.party)} {amount(side.utility, case.preferences[side.party].scale)}"
            for side in sides
        ]
    )
    lengths = [length for bars in columns for bar in bars for length in (bar.gets, bar.best)]
    span = (min(0.0, *lengths), max(1.0, *lengths))
    parts = [_labels(rows)] + [
        _column(bars, heading, span, across)
        for bars, heading in zip(columns, headings, strict=True)
    ]
    title = theme.titled(
        f"{name} gives {gives} points",
        "Pale: the most the party could get on the issue. Dark: what it gets. Each in its own "
        "points, which are not comparable between parties.",
        _LABELS + (across + 18) * len(columns),
    )
    return theme.themed(alt.HConcatChart(hconcat=parts, spacing=18, title=title))


def _heading(case: Case, side: PartyShares) -> tuple[str, str]:
    scale = case.preferences[side.party].scale
    points = f"{amount(side.utility, scale)} points, keeps {amount(side.keeps, scale)}"
    return str(case.party(side.party)), points


def _bars(side: PartyShares, scale: Fraction) -> list[_Bar]:
    bars = []
    for row, share in enumerate(side.issues):
        text = f"{amount(share.gets, scale)} of {amount(share.best, scale)}"
        lengths = float(100 * share.gets / scale), float(100 * share.best / scale)
        bars.append(_Bar(row, *lengths, text if share.best else "nothing at stake"))
    length = float(100 * side.together / scale)
    return [*bars, _Bar(len(bars), length, length, signed(side.together, scale))]


def _labels(rows: list[tuple[str, str]]) -> alt.LayerChart:
    """The issues and what the package says on them."""
    data = [{"row": k, "issue": issue, "option": option} for k, (issue, option) in enumerate(rows)]
    row = alt.Y("row:O", axis=None)
    return alt.LayerChart(
        layer=[
            theme.marks(data, "text", align="left", fontWeight="bold", dy=-7).encode(
                x=alt.value(0), y=row, text=alt.Text("issue:N")
            ),
            theme.marks(data, "text", align="left", dy=9).encode(
                x=alt.value(0), y=row, text=alt.Text("option:N")
            ),
        ],
        width=_LABELS,
        height=alt.Step(_ROW),
    )


def _column(
    bars: list[_Bar], heading: tuple[str, str], span: tuple[float, float], across: int
) -> alt.LayerChart:
    data = [{"row": b.row, "gets": b.gets, "best": b.best, "zero": 0, "text": b.text} for b in bars]
    row = alt.Y("row:O", axis=None)
    bare = alt.Axis(domain=False, ticks=False, labels=False, title=None)
    best = alt.X("best:Q", scale=theme.exactly(span), axis=bare)
    return alt.LayerChart(
        layer=[
            theme.marks(data, "bar", color="#d4d4d4", height=12, yOffset=8).encode(
                x=best, x2=alt.X2("zero:Q"), y=row
            ),
            theme.marks(data, "bar", color=theme.BLUE, height=12, yOffset=8).encode(
                x=alt.X("gets:Q"), x2=alt.X2("zero:Q"), y=row
            ),
            theme.marks(data, "text", align="left", dy=-8).encode(
                x=alt.value(0), y=row, text=alt.Text("text:N")
            ),
        ],
        width=across,
        height=alt.Step(_ROW),
        title=alt.TitleParams(
            text=theme.wrapped(heading[0], across, theme.TEXT),
            subtitle=theme.wrapped(heading[1], across, theme.SMALL),
            fontSize=theme.TEXT,
            subtitleFontSize=theme.SMALL,
            offset=6,
        ),
    )
