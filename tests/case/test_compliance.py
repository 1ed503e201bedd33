"""Reading of ``obligations.yaml``."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import (
    Case,
    Compliance,
    Condition,
    Family,
    Guarantee,
    Obligation,
    Provision,
    Standing,
    Willingness,
    compliance_from_text,
    read,
    read_compliance,
)
from goodoffices.errors import CaseError


@pytest.fixture(scope="module")
def aral(examples: Path) -> Case:
    return read(examples / "aral")


def test_a_folder_without_the_file_has_none(aral: Case, tmp_path: Path) -> None:
    assert read_compliance(tmp_path, aral) is None


def test_the_whole_file_is_read(aral: Case) -> None:
    text = """
obligations:
  - id: release
    party: North
    issue: water
    falls_to: middle
    for_good: true
    kept: kept words
    broken: broken words
    why: a reason
    sources: [invented]
guarantees:
  - id: fund
    by: observer
    answers: [release]
    restores: true
    costs: {North: 2.5}
    willing: unknown
    acting: acts
    idle: does not
provisions:
  - {family: monitoring, is: vague, when: {monitoring: [joint, outside]}, why: so}
  - {family: inclusion, is: absent}
"""
    found = compliance_from_text(text, aral)
    (obligation,) = found.obligations
    assert found == Compliance(
        obligations=(
            Obligation(
                id="release",
                party="North",
                issue="water",
                falls_to="middle",
                for_good=True,
                kept="kept words",
                broken="broken words",
                why="a reason",
                sources=obligation.sources,
            ),
        ),
        guarantees=(
            Guarantee(
                id="fund",
                party="observer",
                answers=("release",),
                restores=True,
                costs={"North": Fraction(5, 2)},
                willing=Willingness.UNKNOWN,
                acting="acts",
                idle="does not",
            ),
        ),
        provisions=(
            Provision(
                family=Family.MONITORING,
                standing=Standing.VAGUE,
                when=Condition({"monitoring": frozenset({"joint", "outside"})}),
                why="so",
            ),
            Provision(family=Family.INCLUSION, standing=Standing.ABSENT, when=Condition({})),
        ),
    )
    assert [citation.source for citation in obligation.sources] == ["invented"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("obligatons: []", "'obligatons' is not a key here. Did you mean 'obligations'?"),
        ("obligations: [{party: North, issue: water}]", "obligations[1]: 'id' is missing."),
        ("obligations: [word]", "Found 'word' where a map with an id belongs."),
        ("obligations: [{id: a, issue: water}]", "obligations.a: 'party' is missing."),
        (
            "obligations: [{id: a, party: Nroth, issue: water}]",
            "obligations.a.party: 'Nroth' is not a party to this case. Did you mean 'North'?",
        ),
        (
            "obligations: [{id: a, party: mediator, issue: water}]",
            "mediator is mediator and signs nothing.",
        ),
        (
            "obligations: [{id: a, party: North, issue: watr}]",
            "'watr' is not an issue of this case. Did you mean 'water'?",
        ),
        (
            "obligations: [{id: a, party: North, issue: water, falls_to: lo}]",
            "'lo' is not an option of 'water'. Did you mean 'low'?",
        ),
        (
            "obligations:\n - {id: a, party: North, issue: water}\n"
            " - {id: a, party: South, issue: price}",
            "obligations.yaml:3, obligations[2].id: 'a' appears twice; the first is on line 2.",
        ),
        (
            "obligations: [{id: a, party: North, issue: water}]\n"
            "guarantees: [{id: g, by: Coast, answers: [b]}]",
            "'b' is not one of the obligations. Obligations: a.",
        ),
        (
            "guarantees: [{id: g, by: Coast, answers: []}]",
            "Name at least one obligation whose breach this answers.",
        ),
        (
            "obligations: [{id: a, party: North, issue: water}]\n"
            "guarantees: [{id: g, by: Coast, answers: [a], willing: yes}]",
            "What Coast would do follows from its preferences. Leave 'willing' out.",
        ),
        (
            "obligations: [{id: a, party: North, issue: water}]\n"
            "guarantees: [{id: g, by: observer, answers: [a], willing: maybe}]",
            "'maybe' is not known here. Words: yes, no, unknown.",
        ),
        (
            "obligations: [{id: a, party: North, issue: water}]\n"
            "guarantees: [{id: g, by: observer, answers: [a], costs: {observer: 1, North: -1}}]",
            "A cost is 0 or more points.",
        ),
        (
            "obligations: [{id: a, party: North, issue: water}]\n"
            "guarantees: [{id: g, by: observer, answers: [a], costs: {observer: 1}}]",
            "observer states no preferences, so it has no points to lose.",
        ),
        (
            "provisions: [{family: monitring, is: present}]",
            "'monitring' is not known here. Did you mean 'monitoring'?",
        ),
        (
            "provisions: [{family: monitoring, is: present, when: {monitoring: some}}]",
            "'some' is not an option of 'monitoring'.",
        ),
        ("- a list", "Found a list where a map with the keys"),
    ],
)
def test_faults_say_where_and_what(aral: Case, text: str, sentence: str) -> None:
    with pytest.raises(CaseError) as caught:
        compliance_from_text(text, aral)
    assert sentence in str(caught.value)
    assert "obligations.yaml:" in str(caught.value)


def test_all_faults_come_at_once(aral: Case) -> None:
    text = "obligations: [{id: a}, {id: b}]\nprovisions: [{family: x, is: y}]"
    with pytest.raises(CaseError) as caught:
        compliance_from_text(text, aral)
    assert len(caught.value.faults) == 6
