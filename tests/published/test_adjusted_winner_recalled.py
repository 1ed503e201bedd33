"""Adjusted winner on the two tables by which it is usually explained.

The points and the totals are *recalled, not read in the source* ([BramsTaylor1996]_,
[BramsTogman1996]_): they come from ``../shared/cases/settlement``, where they were written down
from memory. What agrees here is our arithmetic with our memory; nothing is a published result.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from goodoffices.case import read
from goodoffices.settlement.division import adjusted_winner, adjusted_winner_of

RECALLED = ["camp_david_1978", "trump_divorce_1991"]


def table(shared: Path, name: str) -> dict[str, Any]:
    path = shared / "cases" / "settlement" / f"{name}.yaml"
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("name", RECALLED)
def test_the_division_is_the_one_recalled(name: str, shared: Path) -> None:
    recalled = table(shared, name)
    parties, expected = recalled["parties"], recalled["adjusted_winner"]
    found = adjusted_winner(*([row[p] for row in recalled["issues"]] for p in parties))
    assert {
        row["name"]: share for row, share in zip(recalled["issues"], found.shares, strict=True)
    } == {name: Fraction(share) for name, share in expected["share_of_first_party"].items()}
    assert [
        {
            "issue": recalled["issues"][transfer.item]["name"],
            "fraction": str(transfer.share),
            "from": parties[transfer.giver],
        }
        for transfer in found.transfers
    ] == expected["transfers"]
    assert found.totals == (Fraction(expected["final_exact"]),) * 2


def test_the_example_camp_david_has_the_same_division(examples: Path) -> None:
    found = adjusted_winner_of(read(examples / "camp-david"))
    assert found.parties == ("Israel", "Egypt")
    assert found.split == "sinai"
    assert found.divided[0].share == Fraction(1, 6)
    assert found.totals == (Fraction(395, 6), Fraction(395, 6))
