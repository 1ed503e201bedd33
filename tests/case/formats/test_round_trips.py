"""Law: what a format can carry, it carries exactly."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case.formats import export_case, import_case
from goodoffices.case.model import Case, Issue, Option, Party, Range
from goodoffices.case.numbers import number_text
from goodoffices.case.preferences import Interaction, Preferences, Reservation
from goodoffices.case.statements import Condition, Estimate
from tests.case.formats.folders import utilities

NAMES = (
    st.text(
        st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x3000),
        min_size=1,
        max_size=8,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
DECIMALS = st.integers(0, 400).map(lambda k: Fraction(k, 20))


def exact(value: Fraction) -> Estimate:
    return Estimate(value, value)


@st.composite
def issues(draw: st.DrawFn, name: str) -> Issue:
    count = draw(st.integers(1, 4))
    if draw(st.booleans()) and count > 1:
        start, step = draw(DECIMALS), draw(st.sampled_from((Fraction(1), Fraction(1, 4))))
        start = Fraction(int(start)) if draw(st.booleans()) else start
        span = Range(start=start, stop=start + (count - 1) * step, step=step)
        options = tuple(Option(id=number_text(value)) for value in span.values())
        return Issue(id=name, options=options, ordered=True, range=span)
    names = draw(st.lists(NAMES, min_size=count, max_size=count, unique_by=str.casefold))
    return Issue(id=name, options=tuple(Option(id=option) for option in names))


@st.composite
def conditions(draw: st.DrawFn, case_issues: tuple[Issue, ...]) -> Condition:
    found = {}
    for issue in draw(st.lists(st.sampled_from(case_issues), unique=True, max_size=2)):
        ids = [option.id for option in issue.options]
        found[issue.id] = frozenset(draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)))
    return Condition(found)


@st.composite
def sheets(draw: st.DrawFn, party: str, case_issues: tuple[Issue, ...], most: int) -> Preferences:
    interactions = []
    for _ in range(draw(st.integers(0, most))):
        unless = draw(st.none() | conditions(case_issues).filter(lambda c: bool(c.options)))
        add = draw(st.integers(-40, 40).map(lambda k: Fraction(k, 4)))
        when = draw(conditions(case_issues))
        interactions.append(Interaction(when=when, unless=unless, add=add))
    return Preferences(
        party=party,
        scale=draw(st.sampled_from((Fraction(1), Fraction(20)))),
        weights={issue.id: exact(draw(DECIMALS)) for issue in case_issues},
        scores={
            issue.id: {option.id: exact(draw(DECIMALS)) for option in issue.options}
            for issue in case_issues
        },
        interactions=tuple(interactions),
        reservation=draw(st.none() | DECIMALS.map(lambda v: Reservation(value=exact(v)))),
    )


@st.composite
def cases(draw: st.DrawFn, most: int) -> Case:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
    case_issues = tuple(draw(issues(name)) for name in names)
    return Case(
        title=draw(NAMES),
        parties=(Party(id="North"), Party(id="South")),
        issues=case_issues,
        preferences={party: draw(sheets(party, case_issues, most)) for party in ("North", "South")},
    )


def check(case: Case, format: str) -> Case:
    with TemporaryDirectory() as folder:
        export_case(case, Path(folder) / "out", format)
        again = import_case(Path(folder) / "out", format).case
    assert again.size == case.size
    for old, new in zip(case.parties, again.parties, strict=True):
        assert utilities(again, new.id) == utilities(case, old.id)
    return again


def least(case: Case) -> list[Fraction]:
    """What each party keeps, on a scale from 0 to 1."""
    found = []
    for party in case.parties:
        sheet = case.preferences[party.id]
        stated = sheet.reservation
        value = stated.value.low if stated is not None and stated.value is not None else Fraction(0)
        found.append(value / sheet.scale)
    return found


@pytest.mark.parametrize("format", ["genius", "geniusweb", "negolog", "negmas"])
@settings(deadline=None, max_examples=60)
@given(case=cases(most=0))
def test_additive_preferences(format: str, case: Case) -> None:
    again = check(case, format)
    assert [issue.id for issue in again.issues] == [issue.id for issue in case.issues]
    assert list(again.outcomes()) == list(case.outcomes())
    if format != "geniusweb":
        assert least(again) == least(case)


@pytest.mark.parametrize("format", ["genius", "negmas"])
@settings(deadline=None, max_examples=80)
@given(case=cases(most=3))
def test_preferences_with_interactions(format: str, case: Case) -> None:
    assert least(check(case, format)) == least(case)
