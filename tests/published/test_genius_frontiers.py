"""Frontiers and solutions of the domains in ``../shared/domains/genius``.

The tables were computed there by plain enumeration, the numbers of ``specs.json`` are NegoLog's
own, and ``pareto.xml`` is from the organisers of ANAC 2014.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from goodoffices.case.formats import import_case
from goodoffices.settlement.solutions import Settlement, settle


@dataclass(frozen=True)
class Row:
    """One line of the table: folder, outcomes, frontier, rational points, Nash, max-min gain."""

    folder: str
    outcomes: int
    frontier: int
    rational: int
    nash: tuple[float, ...] | None
    max_min: float | None


TABLE = [
    Row("y2011-Laptop", 27, 4, 4, (1.00005, 0.81511), 0.87402),
    Row("y2010-ItexvsCypress", 180, 18, 18, (0.67048, 0.72148), 0.67048),
    Row("y2010-EnglandZimbabwe", 576, 25, 25, (0.91092, 0.73322), 0.78657),
    Row("y2015-group6-tram", 972, 635, 503, None, 0.21594),
    Row("y2012-GroceryB", 1600, 7, 6, (0.84, 0.895), 0.34),
    Row("other-inheritancedomain", 2187, 15, 15, (0.62873, 0.63929), 0.62873),
    Row("other-thompson", 3125, 25, 25, (0.77, 0.77), 0.77),
    Row("y2012-CameraB", 3600, 16, 16, (0.82065, 0.8907), 0.82065),
    Row("y2013-Lunch", 3840, 38, 0, None, None),
    Row("y2015-group2-politics", 23040, 124, 124, (0.66954, 0.75525, 0.78617), 0.69396),
    Row(
        "other-Domain16",
        65536,
        2907,
        63,
        (0.80488, 0.89527, 0.82235, 0.71003, 0.87975, 0.75453),
        0.02181,
    ),
    Row("y2012-SupermarketB", 112896, 39, -1, (0.855, 0.68), 0.5),
    Row("y2010-Travel", 188160, 12, 12, (0.88241, 0.80202), 0.80202),
    Row(
        "y2015-group9-killer_robot",
        240000,
        7444,
        7444,
        (0.83723, 0.76237, 0.92072, 0.58352, 0.5963),
        0.67565,
    ),
    Row("y2011-Energy", 390625, 204, 204, (0.625, 0.75429), 0.6825),
    Row("other-AMPOvsCity", 1944000, 192, 192, (0.706, 0.783), 0.734),
    Row("y2016-AgentHp2", 5764801, 589, 589, (0.5113, 0.49375, 0.838), 0.56875),
]
NEGOLOG = {"domain0": 7, "domain3": 16, "domainBalancedHighOpp": 39, "domain11": 26, "domain57": 58}


def settled(folder: Path, *concepts: str) -> tuple[int, Settlement]:
    case = import_case(folder).case
    return case.size, settle(case, concepts)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.folder)
def test_additive_domains_are_as_enumerated(row: Row, shared: Path) -> None:
    size, found = settled(
        shared / "domains" / "genius" / "genius-xml" / row.folder, "nash", "egalitarian"
    )
    rational = sum(point.acceptable for point in found.frontier.points)
    nash, egalitarian = found.solutions
    assert found.frontier.exact
    assert (size, len(found.frontier.points)) == (row.outcomes, row.frontier)
    if row.rational >= 0:
        assert rational == row.rational
    if row.nash is not None:
        assert tuple(round(float(u), 5) for u in nash.utilities[0]) == row.nash
    if row.max_min is None:
        assert nash.outcomes == egalitarian.outcomes == ()
    else:
        assert egalitarian.value == pytest.approx(row.max_min, abs=5e-6)


@pytest.mark.parametrize("folder", [*NEGOLOG, "domain59"])
def test_negolog_specifications_are_reproduced(folder: str, shared: Path) -> None:
    path = shared / "domains" / "genius" / "negolog-json" / folder
    specs = json.loads((path / "specs.json").read_text())
    size, found = settled(path, "nash", "utilitarian")
    nash, utilitarian = found.solutions
    assert size == specs.get("NumberOfBids", specs.get("Size", size))
    assert len(found.frontier.points) == {**NEGOLOG, "domain59": 33}[folder]
    product = specs.get("Nash Product", specs.get("Product Score"))
    assert nash.value == pytest.approx(product, abs=1e-9)
    assert (specs["Nash_A"], specs["Nash_B"]) in [
        tuple(pytest.approx(float(u), abs=1e-9) for u in pair) for pair in nash.utilities
    ]
    assert utilitarian.value == pytest.approx(specs["Social Welfare"], abs=1e-9)
    assert (specs["Kalai_A"], specs["Kalai_B"]) in [
        tuple(pytest.approx(float(u), abs=1e-9) for u in pair) for pair in utilitarian.utilities
    ]


RECTANGLES = [("other-S-1NIKFRT-1", 4, 4), ("y2014-10issues", 10, 10)]


@pytest.mark.parametrize(("folder", "size", "matched"), RECTANGLES)
def test_published_frontiers_are_matched_point_for_point(
    folder: str, size: int, matched: int, shared: Path
) -> None:
    path = shared / "domains" / "genius" / "genius-xml" / folder
    text = [p.read_text() for p in sorted(path.glob("profile-*.xml"))]
    scales = [float(re.findall(r'maxutility="([\d.]+)"', t)[0]) for t in text]
    published = {
        tuple(round(float(u) * scale) for u, scale in zip(line.split(","), scales, strict=True))
        for line in (path / "pareto.xml").read_text().strip().splitlines()
    }
    found = settled(path, "nash")[1].frontier
    ours = {
        tuple(round(float(u) * scale) for u, scale in zip(p.utilities, scales, strict=True))
        for p in found.points
    }
    assert found.exact
    assert len(ours) == size
    assert len(ours & published) == matched
