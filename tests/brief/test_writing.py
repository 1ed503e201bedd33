"""A brief as a file."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from goodoffices.brief import report, write_brief
from goodoffices.case import Case
from goodoffices.errors import CaseError, MissingExtra


@pytest.mark.usefixtures("no_pictures")
def test_a_brief_is_written_for_its_owner_only(aral: Case, tmp_path: Path) -> None:
    path = tmp_path / "out" / "brief.html"
    write_brief(aral, path)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["brief.html"]


def test_another_ending_is_refused_before_any_work(aral: Case, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        write_brief(aral, tmp_path / "brief.docx")
    assert str(caught.value) == (
        "A brief is written as .html or .pdf, and 'brief.docx' ends in neither."
    )


@pytest.mark.parametrize("place", ["file/brief.html", "folder.html"])
@pytest.mark.usefixtures("no_pictures")
def test_a_place_that_cannot_be_written_is_one_sentence(
    aral: Case, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(CaseError) as caught:
        write_brief(aral, tmp_path / place)
    assert str(caught.value).startswith("Nothing was written to '")
    assert "\n" not in str(caught.value)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "folder.html"]


def test_a_fault_leaves_the_old_brief_as_it_was(
    aral: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise KeyboardInterrupt

    path = tmp_path / "brief.html"
    path.write_text("the old one")
    monkeypatch.setattr(report, "page", fail)
    with pytest.raises(KeyboardInterrupt):
        write_brief(aral, path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("brief.html", "the old one")]


@pytest.mark.usefixtures("no_pictures")
def test_a_pdf_without_the_extra_says_how_to_get_it(
    aral: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingExtra) as caught:
        write_brief(aral, tmp_path / "brief.pdf")
    assert str(caught.value) == (
        "Briefs as PDF (and the system's Pango) need the extra 'pdf': "
        "pip install 'goodoffices[pdf]'."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_pictures")
def test_a_pdf_is_one_where_the_extra_is_installed(aral: Case, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="the extra 'pdf' is not installed")
    write_brief(aral, tmp_path / "brief.pdf")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
