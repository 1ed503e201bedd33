"""The public GENIUS, GeniusWeb and NegMAS domains: sizes, reservations, frontiers and points.

The numbers are typed from the table in ``../shared/domains/genius/README.md``. Utilities are
enumerated here from the imported case in whole points, without the settlement room; and the files
are read a second time by a few lines of this test, so that two readers check each other.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm, prod
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.case.formats import import_case
from goodoffices.case.model import Case


@dataclass(frozen=True)
class Row:
    """A line of the table. ``nash`` and ``gain`` are rounded to five places there."""

    folder: str
    issues: int
    outcomes: int
    reservations: tuple[str, ...]
    frontier: int
    rational: int
    nash: tuple[float, ...] | None
    gain: float | None


TRAM = ("0.5",) * 3 + ("0.1",) * 3 + ("0.5",) * 3
ROWS = (
    Row("y2011-Laptop", 3, 27, ("0",) * 2, 4, 4, (1.00005, 0.81511), 0.87402),
    Row("y2010-ItexvsCypress", 4, 180, ("0",) * 2, 18, 18, (0.67048, 0.72148), 0.67048),
    Row("y2010-EnglandZimbabwe", 5, 576, ("0",) * 2, 25, 25, (0.91092, 0.73322), 0.78657),
    Row("y2015-group6-tram", 7, 972, TRAM, 635, 503, None, 0.21594),
    Row("y2012-GroceryB", 5, 1600, ("0.5",) * 2, 7, 6, (0.84, 0.895), 0.34),
    Row("other-inheritancedomain", 7, 2187, ("0",) * 2, 15, 15, (0.62873, 0.63929), 0.62873),
    Row("other-thompson", 5, 3125, ("0",) * 2, 25, 25, (0.77, 0.77), 0.77),
    Row("y2012-CameraB", 6, 3600, ("0",) * 2, 16, 16, (0.82065, 0.8907), 0.82065),
    Row("y2013-Lunch", 6, 3840, ("0.8",) * 2, 38, 0, None, None),
    Row(
        "y2015-group2-politics", 8, 23040, ("0",) * 3, 124, 124,
        (0.66954, 0.75525, 0.78617), 0.69396,
    ),
    Row(
        "other-Domain16", 16, 65536, ("0.7",) * 6, 2907, 63,
        (0.80488, 0.89527, 0.82235, 0.71003, 0.87975, 0.75453), 0.02181,
    ),
    Row("y2012-SupermarketB", 6, 112896, ("0.25",) * 2, 39, 39, (0.855, 0.68), 0.5),
    Row("y2010-Travel", 7, 188160, ("0",) * 2, 12, 12, (0.88241, 0.80202), 0.80202),
    Row(
        "y2015-group9-killer_robot", 6, 240000, ("0",) * 5, 7444, 7444,
        (0.83723, 0.76237, 0.92072, 0.58352, 0.5963), 0.67565,
    ),
    Row("y2011-Energy", 8, 390625, ("0",) * 2, 204, 204, (0.625, 0.75429), 0.6825),
    Row("other-AMPOvsCity", 10, 1944000, ("0",) * 2, 192, 192, (0.706, 0.783), 0.734),
    Row("y2016-AgentHp2", 8, 5764801, ("0",) * 3, 589, 589, (0.5113, 0.49375, 0.838), 0.56875),
)  # fmt: skip
SMALL = [row for row in ROWS if row.outcomes <= 240_000]


@cache
def imported(folder: Path) -> Case:
    return import_case(folder).case


def table(case: Case, party: str) -> list[list[Fraction]]:
    """Utility of each option of each issue."""
    sheet = case.preferences[party]
    return [
        [
            sheet.weights[issue.id].low * sheet.scores[issue.id][option.id].low / sheet.scale
            for option in issue.options
        ]
        for issue in case.issues
    ]


def enumerated(case: Case) -> tuple[NDArray[np.object_], list[int]]:
    """Each party's points for every outcome, and the points that make a utility of 1.

    Whole numbers without bound: some files state weights of 17 digits.
    """
    columns, units = [], []
    for party in case.parties:
        values = table(case, party.id)
        unit = lcm(*(value.denominator for row in values for value in row))
        units.append(unit)
        points = np.zeros(1, dtype=object)
        for row in values:
            steps = np.array([int(value * unit) for value in row], dtype=object)
            points = (points[:, None] + steps[None, :]).ravel()
        columns.append(points)
    return np.stack(columns, axis=1), units


def undominated(points: NDArray[np.object_]) -> list[tuple[int, ...]]:
    """Distinct rows that no other row is at least as good as in every column."""
    columns = [np.unique(column, return_inverse=True) for column in points.T]
    ranks: NDArray[np.int64] = np.stack([inverse for _, inverse in columns], axis=1)
    rest = np.unique(ranks.astype(np.int32), axis=0)
    rest = rest[np.argsort(-rest.sum(axis=1), kind="stable")]
    found = []
    while len(rest):
        # Sorted by sum, a row can only be dominated by an earlier one.
        first = rest[:64]
        first = first[within(first, first).sum(axis=1) == 1]
        found += [tuple(v[k] for (v, _), k in zip(columns, row, strict=True)) for row in first]
        rest = rest[~within(rest, first).any(axis=1)]
    return found


def within(rows: NDArray[np.int32], by: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether a row is at most another one in every column, for all pairs."""
    found = np.ones((len(rows), len(by)), dtype=bool)
    for mine, other in zip(rows.T, by.T, strict=True):
        found &= mine[:, None] <= other[None, :]
    return found


def reservations(case: Case) -> list[Fraction]:
    found = []
    for party in case.parties:
        stated = case.preferences[party.id].reservation
        value = Fraction(0) if stated is None or stated.value is None else stated.value.low
        found.append(value)
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.folder)
def test_sizes_and_reservations(row: Row, shared: Path) -> None:
    case = imported(shared / "domains" / "genius" / "genius-xml" / row.folder)
    assert len(case.issues) == row.issues
    assert case.size == row.outcomes
    assert reservations(case) == [Fraction(value) for value in row.reservations]


@pytest.mark.parametrize("row", SMALL, ids=lambda row: row.folder)
def test_frontiers_nash_points_and_largest_smallest_gains(row: Row, shared: Path) -> None:
    case = imported(shared / "domains" / "genius" / "genius-xml" / row.folder)
    points, units = enumerated(case)
    frontier = undominated(points)
    assert len(frontier) == row.frontier
    least = [r * unit for r, unit in zip(reservations(case), units, strict=True)]
    rational = [p for p in frontier if all(x >= y for x, y in zip(p, least, strict=True))]
    assert len(rational) == row.rational
    gains = {
        p: [(x - y) / unit for x, y, unit in zip(p, least, units, strict=True)] for p in rational
    }
    if row.nash is not None:
        best = max(gains, key=lambda p: prod(gains[p]))
        utilities = [Fraction(x, unit) for x, unit in zip(best, units, strict=True)]
        assert [round(float(u), 5) for u in utilities] == list(row.nash)
    if row.gain is not None:
        assert round(float(max(min(g) for g in gains.values())), 5) == row.gain
    else:
        assert not gains


def second_reader(profile: Path) -> tuple[dict[str, dict[str, Fraction]], dict[str, Fraction]]:
    """Evaluations and weights by index, straight from the file."""
    root = ElementTree.parse(profile).getroot()
    evaluations = {}
    for issue in root.iter("issue"):
        items = {
            i.get("value", ""): Fraction(i.get("evaluation", "")) for i in issue.findall("item")
        }
        largest = max(items.values(), default=Fraction(1))
        evaluations[issue.get("index", "")] = {k: v / largest for k, v in items.items()}
    weights = {w.get("index", ""): Fraction(w.get("value", "")) for w in root.iter("weight")}
    return evaluations, weights


@pytest.mark.parametrize("row", ROWS[:-1], ids=lambda row: row.folder)
def test_a_second_reader_finds_the_same_utilities(row: Row, shared: Path) -> None:
    folder = shared / "domains" / "genius" / "genius-xml" / row.folder
    case = imported(folder)
    [domain] = [p for p in folder.glob("*.xml") if b"negotiation_template" in p.read_bytes()]
    names = {
        i.get("name", ""): i.get("index", "")
        for i in ElementTree.parse(domain).getroot().iter("issue")
    }
    for party in case.parties:
        evaluations, weights = second_reader(folder / f"{party.id}.xml")
        if not any(evaluations.values()) or row.folder.endswith("killer_robot"):
            continue
        assert table(case, party.id) == [
            [weights[names[i.id]] * evaluations[names[i.id]][o.id] for o in i.options]
            for i in case.issues
        ]


def test_integers_count_from_the_lower_bound(shared: Path) -> None:
    case = imported(shared / "domains" / "genius" / "genius-xml" / "y2016-AgentHp2")
    consumer = case.preferences["consumer"]
    price = case.issues[0]
    assert [option.id for option in price.options] == [str(k) for k in range(8, 15)]
    assert [consumer.scores[price.id][str(k)].low for k in range(8, 15)] == [
        Fraction(1) - Fraction("0.15") * k for k in range(7)
    ]
    assert max(sum(max(row) for row in table(case, p.id)) for p in case.parties) <= 1


HYPER = (
    ("other-S-1NIKFRT-1", 10),
    ("y2014-10issues", 10),
    ("y2014-30issues", 30),
    ("y2014-50issuesDiscountedwithRV", 40),
    ("other-S-1NAGUNL-255", 50),
)


def raw_points(profile: Path, choice: dict[str, int]) -> tuple[int, int]:
    """Points of an outcome and ``maxutility``, straight from the file."""
    root = ElementTree.parse(profile).getroot()
    [utility] = root.iter("utility")
    total = 0
    for rectangle in utility.iter("hyperRectangle"):

        def holds(bound: Any) -> bool:
            return int(bound.get("min")) <= choice[bound.get("index")] <= int(bound.get("max"))

        inside = all(holds(bound) for bound in rectangle.findall("INCLUDES"))
        excludes = rectangle.findall("EXCLUDES")
        if inside and (not excludes or not all(holds(bound) for bound in excludes)):
            total += int(rectangle.get("utility", ""))
    return total, int(utility.get("maxutility", ""))


@pytest.mark.parametrize(("name", "issues"), HYPER)
def test_hyper_rectangles_pay_what_the_file_says(name: str, issues: int, shared: Path) -> None:
    folder = shared / "domains" / "genius" / "genius-xml" / name
    case = imported(folder)
    assert len(case.issues) == issues
    assert case.size == 10**issues
    [domain] = folder.glob("*-domain.xml")
    indices = [i.get("index", "") for i in ElementTree.parse(domain).getroot().iter("issue")]
    rng = random.Random(name)
    for _ in range(200):
        choice = {index: rng.randrange(10) for index in indices}
        named = {i.id: str(choice[x]) for i, x in zip(case.issues, indices, strict=True)}
        for party in case.parties:
            points, largest = raw_points(folder / f"{party.id}.xml", choice)
            assert case.preferences[party.id].utility(named) == Fraction(points, largest)


def test_reservations_of_hyper_rectangle_domains(shared: Path) -> None:
    folder = shared / "domains" / "genius" / "genius-xml"
    case = imported(folder / "y2014-50issuesDiscountedwithRV")
    assert reservations(case) == [Fraction("0.75")] * 2


def test_geniusweb_party(shared: Path) -> None:
    case = imported(shared / "domains" / "genius" / "geniusweb-json" / "Party")
    assert (len(case.issues), case.size, len(case.parties)) == (6, 3072, 2)
    # 0.19·0.51 + 0.28·0.672 + 0.19·0.52 + 0.05·0.48 + 0.19·0.35 + 0.10·0.32
    assert reservations(case)[0] == Fraction("0.50636")


def test_negmas_beta_one(shared: Path) -> None:
    case = imported(shared / "domains" / "genius" / "negmas-yaml" / "BetaOne-anac2018")
    assert (len(case.issues), case.size, len(case.parties)) == (3, 64, 3)


def test_negmas_copies_of_genius_domains_keep_their_own_weights(shared: Path) -> None:
    folder = shared / "domains" / "genius"
    copy = imported(folder / "negmas-yaml" / "ItexvsCypress-anac2010")
    original = imported(folder / "genius-xml" / "y2010-ItexvsCypress")
    assert copy.size == original.size == 180
    assert copy.preferences["Itex"].weights["Price"].low == Fraction("0.3229356917969802")
    assert original.preferences["ItexvsCypress_Itex"].weights["Price"].low != Fraction(
        "0.3229356917969802"
    )
