"""The shipped example, solved once for all pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.case import Case, read
from goodoffices.settlement.solutions import Settlement, settle


@pytest.fixture(scope="session")
def aral(examples: Path) -> Case:
    return read(examples / "aral")


@pytest.fixture(scope="session")
def settled(aral: Case) -> Settlement:
    return settle(aral)
