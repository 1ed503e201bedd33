"""The public surface, name by name."""

from __future__ import annotations

import goodoffices
from goodoffices import settlement


def test_the_package_exports_these_names() -> None:
    assert sorted(goodoffices.__all__) == [
        "Case",
        "Issue",
        "Option",
        "Party",
        "Preferences",
        "read",
        "write",
    ]
    assert all(hasattr(goodoffices, name) for name in goodoffices.__all__)


def test_what_is_listed_is_there_and_sorted() -> None:
    assert list(settlement.__all__) == sorted(settlement.__all__)
    assert [name for name in settlement.__all__ if not hasattr(settlement, name)] == []
