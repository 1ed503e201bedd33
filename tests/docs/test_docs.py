"""The documentation is true: its examples run, and it leaves nothing public out."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import goodoffices
from goodoffices import errors
from goodoffices.case.checks import CHECKS
from goodoffices.cli.app import app
from goodoffices.settlement import checking
from goodoffices.settlement.solutions import CONCEPTS

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    """The contents of the fenced blocks of one language."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [text for kind, text in found if kind == language]


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=name)
def test_python_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    source = "\n".join(blocks(page, "python"))
    test = doctest.DocTestParser().get_doctest(source, {}, name(page), name(page), 0)
    assert test.examples, "a python block without >>> is not run"
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    runner.run(test, out=said.append)
    assert not said, "".join(said)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output that the page shows for it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        ends = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
        command = " ".join(line.rstrip("\\") for line in lines[: ends + 1])
        yield command, "\n".join(lines[ends + 1 :]).strip()


def put(folder: Path, text: str) -> None:
    """Write a block that begins with ``# <file>.yaml``; with ``# Add to <file>.yaml``, add it."""
    if heading := re.match(r"# (Add to )?(\S+\.yaml)\n", text):
        file = folder / heading[2]
        before = file.read_text(encoding="utf-8") if heading[1] else ""
        file.write_text(before + text, encoding="utf-8")


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "console")], ids=name)
def test_shell_examples_run(page: Path, tmp_path: Path) -> None:
    """Every command of a page runs, in order, and prints what the page shows, ``...`` for the rest.

    They run in a folder with a copy of the examples; ``yaml`` blocks on the way are written there.
    """
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    surroundings = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
    for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "yaml":
            put(tmp_path, text)
        for command, shown in commands(text) if language == "console" else ():
            line = shlex.split(command, comments=True)
            if line[0] == "goodoffices":
                line = [sys.executable, "-m", *line]
            elif line[:2] != ["cp", "-r"]:
                continue
            done = subprocess.run(
                line, cwd=tmp_path, capture_output=True, encoding="utf-8", env=surroundings
            )
            assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
            if shown:
                checker = doctest.OutputChecker()
                options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
                assert checker.check_output(f"{shown}\n", done.stdout, options), (
                    f"$ {command}\n{done.stdout}"
                )


def text_of(*parts: str) -> str:
    return (ROOT / "docs").joinpath(*parts).read_text(encoding="utf-8")


def test_every_command_is_documented_and_has_an_example() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for command in app.registered_commands:
        assert command.callback is not None
        spelled = command.name or command.callback.__name__
        assert f"goodoffices {spelled}" in pages, spelled
        assert "Example: goodoffices" in (command.callback.__doc__ or ""), spelled


def test_every_check_is_documented() -> None:
    page = text_of("reference", "checks.md")
    assert [
        identifier for identifier in (*CHECKS, *checking.CHECKS) if identifier not in page
    ] == []


def test_every_error_is_documented() -> None:
    page = text_of("reference", "errors.md")
    kinds = [k for k in vars(errors) if k[0].isupper() and isinstance(getattr(errors, k), type)]
    raised = [k for k in kinds if issubclass(getattr(errors, k), Exception)]
    assert [kind for kind in raised if kind not in page] == []


def test_every_solution_concept_is_documented() -> None:
    page = text_of("theory", "solutions.md")
    assert [concept for concept in CONCEPTS if f"`{concept}`" not in page] == []


def test_every_public_name_is_documented() -> None:
    page = text_of("reference", "python.md")
    assert [public for public in goodoffices.__all__ if public not in page] == []


LINK = re.compile(r"\]\(([^)#\s]+?)(?:#[^)]*)?\)")


def test_links_between_pages_lead_somewhere() -> None:
    links = [(p, target) for p in PAGES for target in LINK.findall(p.read_text(encoding="utf-8"))]
    broken = [
        f"{name(page)} → {target}"
        for page, target in links
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []
