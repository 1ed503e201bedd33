"""The shipped example and its brief, made once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from goodoffices.brief import brief
from goodoffices.case import Case, Compliance, read, read_compliance


@pytest.fixture(scope="session")
def aral(examples: Path) -> Case:
    return read(examples / "aral")


@pytest.fixture(scope="session")
def compliance(examples: Path, aral: Case) -> Compliance:
    found = read_compliance(examples / "aral", aral)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def page(aral: Case, compliance: Compliance) -> str:
    return brief(aral, compliance=compliance).html


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra ``figures`` were not installed, which also saves drawing."""
    for name in [name for name in sys.modules if name.startswith("goodoffices.figures")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "altair", None)
