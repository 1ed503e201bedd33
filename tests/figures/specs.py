"""Looking into the specification of a chart."""

from __future__ import annotations

from typing import Any, TypeAlias

import altair as alt

Spec: TypeAlias = dict[str, Any]


def spec(chart: alt.TopLevelMixin) -> Spec:
    """The checked specification with its data."""
    found: Spec = chart.to_dict()
    return found


def layers(found: Spec) -> list[Spec]:
    """Every layer that draws a mark, in drawing order, whatever it is nested in."""
    parts = found.get("layer", []) + found.get("hconcat", [])
    inner = [layer for part in parts for layer in layers(part)]
    return ([found] if "mark" in found else []) + inner


def rows(found: Spec, whole: Spec) -> list[Spec]:
    """The data rows of a layer."""
    data = found["data"]
    if "name" in data:
        named: list[Spec] = whole["datasets"][data["name"]]
        return named
    values: list[Spec] = data["values"]
    return values


def marked(chart: alt.TopLevelMixin, kind: str) -> list[list[Spec]]:
    """The data rows of every layer with this mark."""
    whole = spec(chart)
    return [rows(layer, whole) for layer in layers(whole) if layer["mark"]["type"] == kind]


def title(chart: alt.TopLevelMixin) -> tuple[str, str]:
    """Title and subtitle, each as one line."""
    found = spec(chart)["title"]
    return " ".join(found["text"]), " ".join(found["subtitle"])


def texts(chart: alt.TopLevelMixin) -> set[str]:
    """All words that text marks write, lines joined."""
    return {
        str(value).replace("\n", " ")
        for group in marked(chart, "text")
        for row in group
        for value in row.values()
        if isinstance(value, str)
    }
