"""Which states each party would leave, and what keeps it where it would not."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np

from goodoffices.figures import theme
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.model import Model

MOST_ROWS = 40

_STRENGTHS = {
    "nash": ("Nash", "no improvement"),
    "sseq": ("SSEQ", "answers the others want, and no escape from them"),
    "seq": ("SEQ", "answers that the others want"),
    "smr": ("SMR", "answers that cannot be escaped"),
    "gmr": ("GMR", "answers that are possible"),
}
_LEAVES = ("leaves", "nothing keeps it")
_SHADES = ("#08306b", "#2171b5", "#6baed6", "#9ecae1", "#c6dbef", "#ffffff")
_ROW = 26
_COLUMN = 110


def verdict_table(model: Model, states: Sequence[int] | None = None) -> alt.LayerChart:
    """For every state and party the strongest definition under which the party stays.

    Parameters
    ----------
    states
        The rows. Without, the states that are stable for everybody under some definition, and
        where there are fewer than forty states, all; the first forty of them.
    """
    strongest = _strongest(model)
    rows = by_label(model, _rows(model, strongest) if states is None else states)
    names = ["\n".join(theme.wrapped(str(p), _COLUMN, theme.SMALL)) for p in model.parties]
    words = [_LEAVES if k is None else tuple(_STRENGTHS[k]) for k in [*_STRENGTHS, None]]
    legend = [f"{short}: {long}" for short, long in words]
    cells = [
        {
            "state": model.label(state),
            "party": name,
            "word": words[int(strongest[party][state])][0],
            "kept": legend[int(strongest[party][state])],
        }
        for state in rows
        for party, name in enumerate(names)
    ]
    dark = [row for row in cells if row["word"] in ("Nash", "SSEQ")]
    light = [row for row in cells if row["word"] not in ("Nash", "SSEQ")]
    x = alt.X("party:N", sort=names, axis=alt.Axis(orient="top", title=None, labelAngle=0))
    y = alt.Y(
        "state:N", sort=[model.label(s) for s in rows], axis=alt.Axis(title="State", labelAngle=0)
    )
    held = [s for s in rows if all(strongest[p][s] < len(_STRENGTHS) for p in range(len(names)))]
    title = theme.titled(
        f"{model.title}: {_statement(model, held)}",
        "In each cell the strongest reason for which the party stays; white: it would leave.",
        _COLUMN * len(names) + 60,
    )
    return theme.layered(
        [
            theme.marks(cells, "rect", stroke="white", strokeWidth=2).encode(
                x=x,
                y=y,
                color=alt.Color(
                    "kept:N",
                    scale=theme.assigned(legend, _SHADES),
                    legend=alt.Legend(columns=1, symbolStrokeColor=theme.INK),
                ),
            ),
            *(
                theme.marks(mine, "text", color=paint).encode(x=x, y=y, text=alt.Text("word:N"))
                for mine, paint in ((dark, "white"), (light, theme.INK))
            ),
        ],
        _COLUMN * len(names),
        _ROW * len(rows),
        title,
    )


def by_label(model: Model, states: Sequence[int]) -> list[int]:
    """States in the order of the numbers they are known by, or else of the graph."""
    labels = {state: model.label(state) for state in states}
    if all(label.isdecimal() for label in labels.values()):
        return sorted(states, key=lambda state: int(labels[state]))
    return list(states)


def _strongest(model: Model) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """For each party and state the number of the first definition, in order, that keeps it."""
    found = []
    for party in range(len(model.parties)):
        number = np.full(model.graph.size, len(_STRENGTHS), dtype=np.int64)
        for k, concept in reversed(list(enumerate(_STRENGTHS))):
            number[DEFINITIONS[concept](model.graph, model.ranks, party)] = k
        found.append(number)
    return found


def _rows(
    model: Model, strongest: Sequence[np.ndarray[tuple[int], np.dtype[np.int64]]]
) -> list[int]:
    if len(model.states) <= MOST_ROWS:
        return [int(state) for state in model.states]
    weakest = np.max(strongest, axis=0)[model.states]
    order = np.argsort(weakest, kind="stable")
    held = order[weakest[order] < len(_STRENGTHS)][:MOST_ROWS]
    return [int(state) for state in model.states[np.sort(held)]]


def _statement(model: Model, held: Sequence[int]) -> str:
    if not held:
        return "somebody would leave every state"
    names = ", ".join(model.label(state) for state in held)
    return f"nobody leaves {'state' if len(held) == 1 else 'states'} {names}"
