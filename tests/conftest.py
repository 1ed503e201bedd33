"""Fixtures that many tests use."""

from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Cases and domains kept beside the checkout; tests that need them say so when absent."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """The example cases that ship with the project."""
    return CHECKOUT / "examples"
