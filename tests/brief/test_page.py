"""The page: one file, for every reader, and safe whatever a case says."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

import pytest

from goodoffices.brief import brief
from goodoffices.case import Case, Citation, Source
from tests.brief.pages import Page, words

BAD = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% x %}&amp;</style>"


@pytest.fixture(scope="module")
def tags(page: str) -> Page:
    return Page(page)


def test_every_tag_is_closed(tags: Page) -> None:
    assert tags.faults == []
    assert tags.open == []


def test_nothing_is_asked_of_the_network(page: str, tags: Page) -> None:
    found = tags.count()
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(found)
    links = {a["href"] for a in tags.having("a")}
    assert all(link and link.startswith("#") for link in links)
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_links_lead_somewhere_and_ids_are_given_once(tags: Page) -> None:
    ids = [a["id"] for _, a in tags.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in tags.having("a")} <= set(ids)
    assert {a["aria-labelledby"] for _, a in tags.tags if "aria-labelledby" in a} <= set(ids)


def test_readers_are_told_the_language_and_the_order_of_headings(tags: Page) -> None:
    assert tags.having("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in tags.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_headers_with_scope(tags: Page) -> None:
    found = tags.count()
    assert found["table"] == found["caption"] > 5
    assert all(header.get("scope") in ("col", "row") for header in tags.having("th"))


def test_every_picture_has_words_for_those_who_cannot_see_it(page: str, tags: Page) -> None:
    described = [a for a in tags.having("div") if a.get("role") == "img"]
    assert len(described) == tags.count()["svg"] == page.count("<svg ") == 7
    assert all(len(a["aria-label"] or "") > 60 for a in described)
    assert tags.count()["figcaption"] == 7


def test_the_page_says_on_every_sheet_for_whom_it_is(page: str) -> None:
    assert words(page).count("CONFIDENTIAL: for the mediator only.") == 1
    assert re.search(r'@page \{[^}]*@top-left \{ content: "CONFIDENTIAL', page)


def test_colours_of_words_stand_out(page: str) -> None:
    for name in ("ink", "quiet", "deep", "mark"):
        (colour,) = re.findall(rf"--{name}: (#[0-9a-f]+);", page)
        assert contrast(colour, "#f2f4f6") >= 4.5, name


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def poisoned(value: Any) -> Any:
    """The value with something nasty in every free text (ids stay as they are)."""
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name in {"title", "name", "about", "why", "publisher", "date", "url", "note"}:
                changed[field.name] = inner + BAD
            elif field.name in {"parties", "issues", "options", "constraints", "sources"}:
                changed[field.name] = poisoned(inner) if isinstance(inner, tuple) else inner
        return replace(value, **changed)
    return value


@pytest.fixture(scope="module")
def bad(aral: Case) -> Case:
    sheets = {
        name: replace(
            sheet,
            about=BAD,
            reservation=poisoned(sheet.reservation),
            red_lines=poisoned(sheet.red_lines),
            interactions=poisoned(sheet.interactions),
        )
        for name, sheet in aral.preferences.items()
    }
    cited: Case = replace(
        poisoned(aral),
        sources=(Source(id="invented", title=BAD, url=f"javascript:{BAD}", note=BAD),),
    )
    party = replace(cited.parties[0], sources=(Citation(source="invented", words=BAD),))
    return replace(cited, parties=(party, *cited.parties[1:]), preferences=sheets)


def test_nothing_that_a_case_says_becomes_markup(bad: Case) -> None:
    html = brief(bad).html
    found = Page(html)
    assert found.faults == []
    assert not {"script", "img"} & set(found.count())
    assert not [a for _, a in found.tags if any(name.startswith("on") for name in a)]
    assert html.count("</style>") == 1
    assert "49{%" not in html
    assert BAD in words(html).replace("&#34;", '"')


@pytest.mark.usefixtures("no_pictures")
def test_without_pictures_the_brief_says_what_is_left_out(aral: Case) -> None:
    html = brief(aral).html
    assert "<svg" not in html
    said = words(html)
    assert said.count("A picture is left out here:") == 7
    assert "pip install 'goodoffices[figures]'" in said
