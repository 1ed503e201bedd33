"""What is written can be read, and comes back as it was."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings

from goodoffices.case import Case, case_from_text, case_texts, read, write
from tests.strategies import cases, exact_cases


@settings(deadline=None)
@given(cases())
def test_reading_undoes_writing(case: Case) -> None:
    assert case_from_text(case_texts(case)) == case


@settings(deadline=None, max_examples=50)
@given(cases(), cases())
def test_writing_over_another_case_leaves_the_new_one(before: Case, after: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(before, folder)
        for sheet in Path(folder, "preferences").glob("*.yaml"):
            if sheet.stem not in after.preferences:
                sheet.unlink()
        write(after, folder)
        assert read(folder) == after


@settings(deadline=None, max_examples=50)
@given(exact_cases())
def test_writing_twice_changes_no_character(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(case, folder)
        paths = [path for path in Path(folder).rglob("*") if path.is_file()]
        before = {path: path.read_bytes() for path in paths}
        write(read(folder), folder)
        assert {path: path.read_bytes() for path in paths} == before


@settings(deadline=None, max_examples=50)
@given(exact_cases(), exact_cases())
def test_comments_of_sections_that_stay_are_kept(before: Case, after: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(before, folder)
        paths = [path for path in Path(folder).rglob("*.yaml") if path.stem in after.preferences]
        for path in (*paths, Path(folder, "case.yaml")):
            path.write_text(re.sub(r"(?m)^(\w+):", r"# About \1.\n\1:", path.read_text()))
        marked = {path: path.read_text() for path in paths}
        for path in Path(folder, "preferences").iterdir():
            if path not in paths:
                path.unlink()
        write(after, folder)
        assert read(folder) == after
        for path, text in marked.items():
            sections = re.findall(r"(?m)^(\w+):", path.read_text())
            for section in set(sections) & set(re.findall(r"(?m)^(\w+):", text)):
                assert f"# About {section}.\n{section}:" in path.read_text()
