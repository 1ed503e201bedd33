"""The section "Would it hold?"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.brief import brief
from goodoffices.case import Case, Compliance
from tests.brief.pages import words


def test_a_reader_learns_what_holds_what_tempts_and_what_would_help(page: str) -> None:
    said = words(page)
    section = said[said.index("7. Would it hold?") : said.index("8. What is proven")]
    for sentence in (
        "It holds for The North, by what would follow",
        "The North holds the summer water back. The North would have 93 instead of 68.",
        "The South stops paying for winter power",
        "It does not hold for The Coast",
        "The Coast calls in an outside body over the joint team",
        "Agree on it at once: Who checks: An outside body instead of A joint team",
        "That is not the same as no agreement",
    ):
        assert sentence in section


def test_the_weak_point_is_told_in_short(page: str) -> None:
    said = words(page)
    in_short = said[said.index("In short") : said.index("1. The case")]
    assert "Once signed, package A would hold for The North and The South." in in_short
    assert "For The Coast it would not hold." in in_short


def test_the_checklist_stands_apart_and_sums_nothing_up(page: str) -> None:
    said = words(page)
    lists = said[said.index("What package A provides for so that it lasts") :]
    assert "nothing is computed from it, and it is no forecast" in lists
    assert "Nobody outside has promised to act if the agreement is broken." in lists
    assert "not stated" in lists
    assert lists.count("Against this:") == 4


@pytest.mark.usefixtures("no_pictures")
def test_without_obligations_there_is_no_such_section(aral: Case) -> None:
    said = words(brief(aral).html)
    assert "Would it hold?" not in said
    assert "7. What is proven" in said


@pytest.mark.usefixtures("no_pictures")
def test_nothing_to_break_is_said_and_the_checklist_stays(
    aral: Case, compliance: Compliance
) -> None:
    bare = replace(compliance, obligations=(), guarantees=())
    said = words(brief(aral, compliance=bare).html)
    assert "This could not be examined. Nothing in this package could be broken." in said
    assert "Kinds of provisions" in said


@pytest.mark.usefixtures("no_pictures")
def test_the_package_at_hand_is_the_one_examined(aral: Case, compliance: Compliance) -> None:
    package = ("high", "50", "north", "coast-first", "live", "outside")
    said = words(brief(aral, outcome=package, compliance=compliance).html)
    assert "Suppose the package at hand is signed." in said
    assert "It holds for The Coast: whatever The Coast breaks, it gains nothing by it." in said
