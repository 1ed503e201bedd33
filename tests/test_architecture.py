"""Which room may import which, and what must stay cheap to import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "goodoffices"

# A room may import itself, the rooms named here, and ``errors``.
MAY_IMPORT = {
    "errors": set[str](),
    "case": set[str](),
    "settlement": {"case"},
    "stability": {"case", "settlement"},  # settlement: only what follows a signed package
    "figures": {"case", "settlement", "stability"},
    "brief": {"case", "settlement", "stability", "figures"},
    "cli": {"case", "settlement", "stability", "figures", "brief"},
    "__init__": {"case"},
    "__main__": {"cli"},
}
# Packages that only these rooms may import.
ONLY_IN = {
    "numpy": {"settlement", "stability", "figures"},
    "highspy": {"settlement", "stability"},
    "ruamel": {"case"},
    "defusedxml": {"case"},
    "altair": {"figures"},
    "vl_convert": {"figures"},
    "weasyprint": {"brief"},
    "jinja2": {"brief"},
    "typer": {"cli"},
    "rich": {"cli"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Full names of the modules a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively; imports here are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_the_rooms_it_may(path: Path) -> None:
    own = room(path)
    rooms = {n.split(".")[1] for n in imported(path) if n.startswith("goodoffices.")}
    assert rooms - {own, "errors"} <= MAY_IMPORT[own]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_package_is_imported_only_in_its_rooms(path: Path) -> None:
    for name in {n.split(".")[0] for n in imported(path)} & set(ONLY_IN):
        assert room(path) in ONLY_IN[name], name


def test_the_table_of_rooms_is_the_tree() -> None:
    assert {room(path) for path in MODULES} == set(MAY_IMPORT)


def test_a_planted_sideways_import_is_caught(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("def f():\n    from goodoffices.settlement import frontier\n")
    assert imported(planted) == {"goodoffices.settlement.frontier"}


def test_importing_goodoffices_loads_nothing_heavy() -> None:
    program = "import goodoffices, sys; print(sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    heavy = ("numpy", "highspy", "altair", "rich", "typer", "jinja2")
    assert not [name for name in heavy if f"'{name}'" in loaded]


def test_no_module_grows_past_what_one_idea_needs() -> None:
    assert {p.name: n for p in MODULES if (n := len(p.read_text().splitlines())) > 450} == {}
