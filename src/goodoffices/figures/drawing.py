"""Charts as files: SVG, PNG, or the Vega-Lite specification itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import altair as alt
import vl_convert

from goodoffices.case.folder.replacing import replace_files
from goodoffices.errors import CaseError


def to_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as an SVG document, drawn without any network."""
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(validate=False))
    return svg


def to_png(chart: alt.TopLevelMixin, scale: float = 2) -> bytes:
    """The chart as a PNG image, ``scale`` times as large as its measures in pixels."""
    png: bytes = vl_convert.vegalite_to_png(chart.to_dict(validate=False), scale=scale)
    return png


def to_json(chart: alt.TopLevelMixin) -> str:
    """The chart as a Vega-Lite specification, data included."""
    return json.dumps(chart.to_dict(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


WRITERS: Mapping[str, Callable[[alt.TopLevelMixin], str | bytes]] = {
    ".svg": to_svg,
    ".png": to_png,
    ".json": to_json,
}
"""How a chart is written, by the ending of the file's name."""


def save(chart: alt.TopLevelMixin, path: str | Path) -> None:
    """Write a chart to a file, as the ending of its name says.

    Raises
    ------
    CaseError
        The ending is none of ``WRITERS``, or the system refused; nothing was written.
    """
    target = Path(path)
    if target.suffix.lower() not in WRITERS:
        raise CaseError(
            f"'{target.name}' does not end in {', '.join(WRITERS)}, so it is not clear how to "
            "write the picture."
        )
    replace_files(target.parent, {target.name: WRITERS[target.suffix.lower()](chart)})
