"""Charts as files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

from goodoffices.case import Case
from goodoffices.errors import CaseError
from goodoffices.figures import save, to_png, to_svg, trade_diagram, utility_space
from goodoffices.settlement.solutions import Settlement
from goodoffices.settlement.trades import trades


@pytest.fixture(scope="module")
def chart(aral: Case) -> alt.HConcatChart:
    assert aral.status_quo is not None
    return trade_diagram(aral, trades(aral, aral.status_quo).trades[0])


def test_an_svg_holds_its_words_as_text(chart: alt.HConcatChart) -> None:
    svg = to_svg(chart)
    assert svg.startswith("<svg ")
    assert "Winter power payment" in svg


def test_an_svg_asks_for_nothing_outside_itself(aral: Case, settled: Settlement) -> None:
    svg = to_svg(utility_space(aral, settled.frontier, settled.solutions))
    assert set(re.findall(r"https?://[^\"' )]*", svg)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    # Several pictures stand on one page, where two of the same id would be confused.
    assert not re.search(r'\sid="|url\(#', svg)


def test_a_png_is_one_and_grows_with_its_scale(chart: alt.HConcatChart) -> None:
    small, large = to_png(chart, 1), to_png(chart, 2)
    assert small.startswith(b"\x89PNG")
    width = [int.from_bytes(png[16:20], "big") for png in (small, large)]
    assert abs(width[1] - 2 * width[0]) <= 1


def test_the_same_chart_is_drawn_the_same(chart: alt.HConcatChart) -> None:
    assert to_svg(chart) == to_svg(chart)


@pytest.mark.parametrize("ending", [".svg", ".png", ".json", ".SVG"])
def test_a_chart_is_saved_by_the_ending_of_its_name(
    chart: alt.HConcatChart, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"trade{ending}"
    save(chart, path)
    assert path.stat().st_size > 1000


def test_the_specification_is_saved_as_json(chart: alt.HConcatChart, tmp_path: Path) -> None:
    save(chart, tmp_path / "trade.json")
    assert json.loads((tmp_path / "trade.json").read_text()) == chart.to_dict()


def test_another_ending_is_refused(chart: alt.HConcatChart, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        save(chart, tmp_path / "trade.gif")
    assert str(caught.value) == (
        "'trade.gif' does not end in .svg, .png, .json, so it is not clear how to write the "
        "picture."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_sentence(
    chart: alt.HConcatChart, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CaseError) as caught:
        save(chart, tmp_path / "file" / "trade.svg")
    assert str(caught.value).startswith(
        f"Nothing was written to '{tmp_path / 'file' / 'trade.svg'}': "
    )
    assert "\n" not in str(caught.value)


def test_without_the_extra_the_room_says_how_to_get_it() -> None:
    program = (
        "import sys; sys.modules['altair'] = None\n"
        "from goodoffices.errors import MissingExtra\n"
        "try:\n    import goodoffices.figures\n"
        "except MissingExtra as missing:\n    print(missing)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    ).stdout
    assert said == "Pictures need the extra 'figures': pip install 'goodoffices[figures]'.\n"


def test_words_of_the_case_cannot_become_markup(aral: Case, settled: Settlement) -> None:
    parties = tuple(replace(party, name="<script>alert(1)</script>&amp;") for party in aral.parties)
    svg = to_svg(utility_space(replace(aral, parties=parties), settled.frontier))
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
