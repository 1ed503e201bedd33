"""The provisions checklist."""

from __future__ import annotations

from pathlib import Path

from goodoffices.case import (
    Compliance,
    Condition,
    Family,
    Provision,
    Standing,
    read,
    read_compliance,
)
from goodoffices.stability.provisions import EVIDENCE, FAMILIES, Finding, checklist

NASH = ("high", "50", "north", "coast-first", "live", "joint")


def test_the_first_that_fits_counts_and_silence_is_not_absence(examples: Path) -> None:
    aral = read(examples / "aral")
    given = Compliance(
        provisions=tuple(
            Provision(family=family, standing=standing, when=Condition(when))
            for family, standing, when in (
                (Family.MONITORING, Standing.VAGUE, {"monitoring": frozenset({"joint"})}),
                (Family.MONITORING, Standing.PRESENT, {}),
                (Family.DISPUTES, Standing.PRESENT, {"dams": frozenset({"sold"})}),
            )
        )
    )
    lines = {line.family: line.standing for line in checklist(aral, NASH, given)}
    assert lines == {
        **dict.fromkeys(Family),
        Family.MONITORING: Standing.VAGUE,
        Family.DISPUTES: Standing.ABSENT,
    }


def test_the_example_declares_these(examples: Path) -> None:
    aral = read(examples / "aral")
    given = read_compliance(examples / "aral", aral)
    assert given is not None
    operator = (*NASH[:2], "operator", *NASH[3:])
    body = {line.family: line for line in checklist(aral, operator, given)}[Family.IMPLEMENTATION]
    assert (body.standing, body.why) == (Standing.PRESENT, "A body of its own runs the dams.")


def test_every_family_has_words_and_findings_and_every_finding_a_caveat() -> None:
    assert list(FAMILIES) == list(Family)
    assert {family for finding in EVIDENCE for family in finding.families} == set(Family)
    assert [f for f in EVIDENCE if not (f.words and f.source and f.caveat)] == []


def test_findings_that_contradict_one_another_stand_side_by_side() -> None:
    for family in (Family.GUARANTEE, Family.POWER_SHARING):
        opposed = [f for f in EVIDENCE if family in f.families and f.against]
        assert len(opposed) == 2


def test_nothing_sums_up() -> None:
    assert not {"score", "weight", "share"} & set(Finding.__dataclass_fields__)
