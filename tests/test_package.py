"""What ``import goodoffices`` gives, and that it costs next to nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import goodoffices
from goodoffices import case


@pytest.mark.parametrize("name", goodoffices.__all__)
def test_a_public_name_is_that_of_the_case_room(name: str) -> None:
    assert getattr(goodoffices, name) is getattr(case, name)


def test_public_names_are_listed() -> None:
    assert set(goodoffices.__all__) <= set(dir(goodoffices))


def test_a_name_that_is_not_public_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError, match="module 'goodoffices' has no attribute 'raed'"):
        _ = goodoffices.raed  # type: ignore[attr-defined]  # The name is wrong on purpose.


def test_the_import_loads_no_other_package() -> None:
    program = (
        "import sys; before = set(sys.modules); import goodoffices; "
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path = {sys.path!r}; {program}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert set(loaded) - set(sys.stdlib_module_names) == {"goodoffices"}
