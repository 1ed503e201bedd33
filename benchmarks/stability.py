"""Five definitions of stability, for every party and all states at once: cost against size."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import altair as alt
import numpy as np
from rich.table import Table

from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.fibres import Direction
from goodoffices.stability.hypercube import Hypercube

INFEASIBLE = 0.3


@dataclass(frozen=True, slots=True)
class Timed:
    """One model: how many parties and actions, what made it harder, what it took."""

    kind: str
    parties: int
    actions: int
    seconds: float


def random_cube(widths: Sequence[int], *, infeasible: float, one_way: bool) -> Hypercube:
    """So many actions for each party; the first of each may be one that is never undone."""
    first: Direction = "forward" if one_way else "both"
    rest: Direction = "both"
    blocks = tuple((first, *[rest] * (width - 1)) for width in widths)
    feasible = None
    if infeasible:
        feasible = np.random.default_rng(1).random(2 ** sum(widths)) >= infeasible
    return Hypercube(blocks, feasible)


def seconds(cube: Hypercube) -> float:
    """What Nash, GMR, SMR, SEQ and SSEQ take for all parties with random strict rankings."""
    rng = np.random.default_rng(0)
    ranks = [rng.permutation(cube.size).astype(np.int32) for _ in range(cube.parties)]
    start = time.perf_counter()
    for definition in DEFINITIONS.values():
        for party in range(cube.parties):
            definition(cube, ranks, party)
    return time.perf_counter() - start


def measure() -> list[Timed]:
    """States from 2^6 to 2^22 for four parties, and parties from two to six at 2^12 and 2^18."""
    found = []
    for kind, infeasible, one_way in (
        ("all settings, actions both ways", 0.0, False),
        ("30 % infeasible", INFEASIBLE, False),
        ("30 % infeasible, 4 one-way actions", INFEASIBLE, True),
    ):
        for actions in (8, 12, 16, 20):
            cube = random_cube([actions // 4] * 4, infeasible=infeasible, one_way=one_way)
            found.append(Timed(kind, 4, actions, min(seconds(cube) for _ in range(2))))
    for parties in (2, 3, 6):
        cube = random_cube([18 // parties] * parties, infeasible=0.0, one_way=False)
        found.append(Timed(f"{parties} parties", parties, 18, seconds(cube)))
    cube = random_cube([6, 6, 5, 5], infeasible=0.0, one_way=False)
    found.append(Timed("all settings, actions both ways", 4, 22, seconds(cube)))
    return found


def table(measured: Sequence[Timed]) -> Table:
    """The figures in rows."""
    found = Table("model", "parties", "states", "seconds", title="Five definitions of stability")
    for one in measured:
        found.add_row(one.kind, str(one.parties), f"2^{one.actions}", f"{one.seconds:.3f}")
    return found


def draw(measured: Sequence[Timed], path: Path) -> None:
    """Seconds against states, both logarithmic; and against parties at 2^18 states."""
    rows = [
        {"kind": m.kind, "parties": m.parties, "states": 2**m.actions, "seconds": m.seconds}
        for m in measured
    ]
    by_states = [row for row in rows if row["parties"] == 4]
    by_parties = [row for row in rows if row["states"] == 2**18]
    y = alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log"))
    legend = alt.Legend(orient="bottom", direction="vertical", labelLimit=400)
    left = (
        alt.Chart(alt.Data(values=by_states))
        .mark_line(point=True)
        .encode(
            x=alt.X("states:Q", title="states (4 parties)", scale=alt.Scale(type="log", base=2)),
            y=y,
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(range=["#0072B2", "#E69F00", "#009E73"]),
                legend=legend,
            ),
            shape=alt.Shape("kind:N", title=None, legend=legend),
        )
        .properties(width=320, height=220)
    )
    right = (
        alt.Chart(alt.Data(values=by_parties))
        .mark_line(point=True, color="#0072B2")
        .encode(x=alt.X("parties:O", title="parties (2^18 states)"), y=y)
        .properties(width=180, height=220)
    )
    alt.hconcat(left, right, title="Nash, GMR, SMR, SEQ and SSEQ for every party").save(path)
