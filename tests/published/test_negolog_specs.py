"""NegoLog's own numbers (``specs.json``) for its domains, reproduced by plain enumeration.

Two fields are not what their names say: ``Kalai_A`` and ``Kalai_B`` are a point of the largest
sum, and ``Opposition`` is the distance from (1, 1) to that point.
"""

from __future__ import annotations

import json
import math
from itertools import product
from pathlib import Path

import pytest

from goodoffices.case.formats import import_case

DOMAINS = (
    ("domain0", 3, 27),
    ("domain3", 3, 216),
    ("domainBalancedHighOpp", 4, 625),
    ("domain11", 5, 7776),
    ("domain57", 4, 10000),
    ("domain59", 6, 46656),
)


@pytest.mark.parametrize(("name", "issues", "outcomes"), DOMAINS)
def test_specs(name: str, issues: int, outcomes: int, shared: Path) -> None:
    folder = shared / "domains" / "genius" / "negolog-json" / name
    specs = json.loads((folder / "specs.json").read_text())
    case = import_case(folder).case
    sheets = [case.preferences[party.id] for party in case.parties]
    parts = [
        [tuple(s.weights[i.id].low * s.scores[i.id][o.id].low for s in sheets) for o in i.options]
        for i in case.issues
    ]
    pairs = [tuple(map(sum, zip(*choice, strict=True))) for choice in product(*parts)]
    assert len(case.issues) == issues == specs["NumberOfIssues"]
    assert len(pairs) == outcomes == specs["NumberOfBids"]
    assert [len(issue.options) for issue in case.issues] == specs["IssueValues"]
    for sheet, letter in zip(sheets, "AB", strict=True):
        assert sheet.reservation is not None
        assert sheet.reservation.value is not None
        assert sheet.reservation.value.low == specs[f"ReservationValueProfile{letter}"]

    def near(found: float) -> object:
        # The published numbers are sums of binary fractions.
        return pytest.approx(found, abs=1e-12)

    largest = max(a * b for a, b in pairs)
    nash = [pair for pair in pairs if pair[0] * pair[1] == largest]
    assert specs.get("Nash Product", specs.get("Product Score")) == near(float(largest))
    point = (specs["Nash_A"], specs["Nash_B"])
    assert any(point == (near(float(a)), near(float(b))) for a, b in nash)
    welfare = max(a + b for a, b in pairs)
    assert specs["Social Welfare"] == near(float(welfare))
    sums = [pair for pair in pairs if sum(pair) == welfare]
    point = (specs["Kalai_A"], specs["Kalai_B"])
    assert any(point == (near(float(a)), near(float(b))) for a, b in sums)
    assert specs["Opposition"] == near(math.dist((1, 1), point))
    balance = sum(a - b for a, b in pairs) / len(pairs)
    assert specs["BalanceScore"] == near(float(balance))
    assert specs["MinUtility"] == near(float(min(min(pair) for pair in pairs)))
    assert specs["MaxUtility"] == near(float(max(max(pair) for pair in pairs)))


@pytest.mark.parametrize("name", [name for name, _, _ in DOMAINS])
def test_named_bids_have_the_published_utilities(name: str, shared: Path) -> None:
    folder = shared / "domains" / "genius" / "negolog-json" / name
    specs = json.loads((folder / "specs.json").read_text())
    case = import_case(folder).case
    for bid, point in (("NashBid", "Nash"), ("KalaiBid", "Kalai")):
        named = specs[bid]
        if isinstance(named, str):
            named = json.loads(named.replace("'", '"'))
            # One domain's bids are spelled with other capitals than its profiles.
            spelling = {i.id.lower(): i for i in case.issues}
            named = {
                spelling[issue.lower()].id: next(
                    o.id for o in spelling[issue.lower()].options if o.id.lower() == value.lower()
                )
                for issue, value in named.items()
            }
        utilities = [float(case.preferences[p.id].utility(named)) for p in case.parties]
        assert utilities == pytest.approx([specs[f"{point}_A"], specs[f"{point}_B"]], abs=1e-12)
