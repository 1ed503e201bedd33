"""Whatever is in a folder, reading gives a case or the project's own error, and changes nothing."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from goodoffices.case.formats import import_case
from goodoffices.case.model import Case
from goodoffices.errors import CaseError
from tests.case.formats import folders, test_geniusweb, test_negmas, test_negolog

COUNT = int(os.environ.get("GOODOFFICES_FUZZ", "2000"))

HYPER = """<utility_space type="nonlinear"><objective index="0">
<utility maxutility="10"><ufun aggregation="sum"><hyperRectangle utility="5">
<INCLUDES index="2" min="9" max="10"/><EXCLUDES index="2" min="9" max="9"/></hyperRectangle></ufun>
</utility></objective></utility_space>"""

SEEDS: dict[str, dict[str, str]] = {
    "genius": {"river.xml": folders.DOMAIN, "North.xml": folders.NORTH, "South.xml": folders.SOUTH},
    "hyper": {"river.xml": folders.DOMAIN, "North.xml": HYPER},
    "geniusweb": {
        "river.json": json.dumps(test_geniusweb.DOMAIN),
        "North.json": json.dumps({"LinearAdditiveUtilitySpace": test_geniusweb.SPACE}),
    },
    "negolog": {
        "profileA.json": json.dumps(test_negolog.PROFILE),
        "profileB.json": json.dumps(test_negolog.PROFILE),
    },
    "negmas": {"river.yml": test_negmas.DOMAIN, "North.yml": test_negmas.TABLES},
}
TOKENS = (
    b"", b"\x00", b"\xff", b"\xc3", b'"', b"'", b"<", b">", b"/>", b"&", b"&#0;", b"&x;", b"{",
    b"}", b"[", b"]", b":", b",", b"\n", b"\t", b"- ", b"null", b"NaN", b"-inf", b"1e999", b"-1",
    b"0", b"1e99999999999", b"9" * 400, b"\xef\xbb\xbf", b"!!python/object:x", b"*a", b"&a ",
    b"true", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<issue>", b"</objective>", b'index="1"',
    b'index="2"', b'lowerbound="0"', b"\xed\xa0\x80", b"\\ud800", b"\\u0000",
    b'encoding="utf-7"', b"0.1.2",
)  # fmt: skip


def mutated(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice((0, 1, 1, 2, 5, 20)))
        match rng.randrange(5):
            case 0:
                data = data[:at] + rng.choice(TOKENS) + data[to:]
            case 1:
                data = data[:at] + data[to:]
            case 2:
                data = data[:at] + data[at:to] * rng.randint(2, 4) + data[to:]
            case 3:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case _:
                other = rng.randrange(len(data) + 1)
                data = data[:at] + data[other : other + 30] + data[to:]
    return data


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_files(name: str, tmp_path: Path) -> None:
    """A case whose utilities can be computed, or a ``CaseError``; nothing else."""
    rng = random.Random(name)
    seed = {file: text.encode() for file, text in SEEDS[name].items()}
    outcomes = set()
    for _ in range(COUNT // len(SEEDS)):
        file = rng.choice(list(seed))
        folders.written(tmp_path, {**seed, file: mutated(seed[file], rng)})
        try:
            case = import_case(tmp_path).case
        except CaseError as fault:
            assert str(fault)
            outcomes.add("fault")
        else:
            check(case)
            outcomes.add("case")
    assert outcomes == {"fault", "case"}


def check(case: Case) -> None:
    first = case.named(tuple(issue.options[0].id for issue in case.issues))
    for party in case.parties:
        case.preferences[party.id].utility(first)
    for issue in case.issues:
        assert len({option.id for option in issue.options}) == len(issue.options) > 0


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<utility_space><reservation value="&b;"/></utility_space>"""
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><utility_space>&x;</utility_space>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_entities_are_refused_in_one_sentence(text: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        import_case(folders.river(tmp_path, north=text))
    [fault] = caught.value.faults
    assert fault.message == (
        "The file declares entities or refers to other files, which could fill any memory. "
        "Remove its DOCTYPE."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (folders.NORTH[:300], "This is not well-formed XML: "),
        ("Dear North,\n", "This is not well-formed XML: syntax error."),
        ("<a>" * 60 + "</a>" * 60, "elements are nested more than 50 deep."),
        (b'<?xml version="1.0" encoding="x-no"?><a/>', "The encoding cannot be read"),
    ],
)
def test_files_that_are_no_xml(text: str | bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        import_case(folders.river(tmp_path, north=text))
    [fault] = caught.value.faults
    assert sentence in fault.message
    assert fault.file.endswith("North.xml")


def test_very_large_files(tmp_path: Path) -> None:
    folder = folders.river(tmp_path, north=b"<a>" + b" " * 11_000_000)
    with pytest.raises(CaseError, match="The file holds more than 10 million bytes"):
        import_case(folder)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "holds no file that ends in .xml, .json, .yml, .yaml."),
        ({"a.txt": "x"}, "holds no file that ends in"),
        ({"a.json": "{}"}, "holds 'a.json', and none of it is a domain or a profile"),
        ({"case.yaml": "title: x"}, "is a case folder already; there is nothing to import."),
        ({"a.json": "{"}, "This is not JSON"),
        ({**SEEDS["genius"], **SEEDS["negmas"]}, "more than one format: genius, negmas."),
    ],
)
def test_folders_that_hold_no_case(files: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        import_case(folders.written(tmp_path, files))
    assert sentence in str(caught.value)


def test_of_two_formats_one_may_be_named(tmp_path: Path) -> None:
    folder = folders.written(tmp_path, {**SEEDS["genius"], **SEEDS["negmas"]})
    assert import_case(folder, "genius").case.size == 15
    assert import_case(folder, "negmas").case.size == 9


def test_a_format_that_is_not_there(tmp_path: Path) -> None:
    folder = folders.written(tmp_path, SEEDS["genius"])
    for name in ("geniusweb", "negolog", "negmas"):
        with pytest.raises(CaseError):
            import_case(folder, name)
    with pytest.raises(CaseError):
        import_case(folders.written(tmp_path / "web", SEEDS["geniusweb"]), "genius")


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    for path in (tmp_path / "no", "\0", tmp_path / ("x" * 5000)):
        with pytest.raises(CaseError):
            import_case(path)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(CaseError, match=r"is not of a known kind. Files end in"):
        import_case(tmp_path / "a.txt")
