"""Cost as issues, options and parties grow: measured, and drawn for the documentation."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import altair as alt

from benchmarks.domains import Numbers, case_of, opposed_numbers, random_numbers
from goodoffices.settlement.frontier import frontier


@dataclass(frozen=True, slots=True)
class Measured:
    """One frontier: what grew, how large it was, what it took."""

    series: str
    size: int
    points: int
    seconds: float


def measure() -> list[Measured]:
    """Seconds to complete frontiers of growing cases."""
    growing: list[tuple[str, int, Numbers]] = [
        *(
            ("issues (2 parties, 10 options, opposed)", n, opposed_numbers(n, 10))
            for n in (5, 10, 20, 30, 40, 50)
        ),
        *(
            ("options (2 parties, 20 issues, opposed)", n, opposed_numbers(20, n))
            for n in (2, 4, 8, 16, 32)
        ),
        *(("parties (8 issues, 4 options)", n, random_numbers(n, 8, 4)) for n in (2, 3, 4, 5, 6)),
    ]
    found = []
    for series, size, numbers in growing:
        case = case_of(numbers)
        start = time.perf_counter()
        points = len(frontier(case).points)
        found.append(Measured(series, size, points, time.perf_counter() - start))
    return found


def draw(measured: list[Measured], path: Path) -> None:
    """Three panels side by side, seconds on a logarithmic axis."""
    rows = [
        {"series": m.series, "size": m.size, "points": m.points, "seconds": m.seconds}
        for m in measured
    ]
    panels = [
        alt.Chart(alt.Data(values=[row for row in rows if row["series"] == series]))
        .mark_line(point=True, color="#0072B2")
        .encode(
            x=alt.X("size:Q", title=str(series), scale=alt.Scale(zero=False)),
            y=alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log")),
        )
        .properties(width=220, height=200)
        for series in dict.fromkeys(row["series"] for row in rows)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    alt.hconcat(*panels, title="Seconds to the complete, exact frontier").save(path)
