"""Every key that a command prints with ``--json`` stands in the reference."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import goodoffices
from goodoffices.settlement.solutions import CONCEPTS

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
DOCUMENTED = {word for code in re.findall(r"`([^`]+)`", PAGE) for word in code.split()}
COMMANDS = [
    ["check", "examples/aral"],
    ["solve", "examples/aral"],
    ["solve", "PARTIAL"],
    ["zone", "examples/aral"],
    ["zone", "CLOSED"],
    ["trades", "examples/aral"],
    ["interim", "examples/aral"],
    ["divide", "examples/camp-david"],
    ["sensitivity", "examples/aral", "--concept", "utilitarian"],
    ["export", "examples/aral", "NEW", "--format", "genius"],
    ["brief", "examples/camp-david", "--output", "NEW.html"],
]


def changed(folder: Path, party: str, before: str, after: str) -> Path:
    """A copy of the water case in which one line of a party's sheet reads otherwise."""
    case = goodoffices.read(ROOT / "examples" / "aral")
    goodoffices.write(case, folder)
    sheet = folder / "preferences" / f"{party}.yaml"
    text = sheet.read_text(encoding="utf-8")
    assert before in text
    sheet.write_text(text.replace(before, after), encoding="utf-8")
    return folder


def own_words(case: Path) -> set[str]:
    """Ids of the case, and names of solution concepts: keys that no reference can list."""
    read = goodoffices.read(case)
    issues = {issue.id for issue in read.issues}
    verdicts = {"necessarily", "possibly", "never", "undecided", "possibly or necessarily"}
    return {party.id for party in read.parties} | issues | set(CONCEPTS) | verdicts


def keys(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        yield from document
        for value in document.values():
            yield from keys(value)
    elif isinstance(document, list):
        for value in document:
            yield from keys(value)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_key_is_documented(command: list[str], tmp_path: Path) -> None:
    made = {
        "PARTIAL": lambda: changed(tmp_path / "partial", "Coast", "dams: 10", "dams: [5, 15]"),
        "CLOSED": lambda: changed(tmp_path / "closed", "Coast", "value: 30", "value: 95"),
        "NEW": lambda: tmp_path / "new",
        "NEW.html": lambda: tmp_path / "new.html",
    }
    line = [str(made[word]()) if word in made else word for word in command]
    done = subprocess.run(
        [sys.executable, "-m", "goodoffices", *line, "--json"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found = set(keys(json.loads(done.stdout)))
    assert sorted(found - own_words(ROOT / line[1]) - DOCUMENTED) == []
