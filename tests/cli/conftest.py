"""Running the command line as a person would, in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from goodoffices.case import Case, Reservation, read, write
from goodoffices.case.statements import Estimate
from goodoffices.cli import main


@dataclass(frozen=True)
class Done:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document it printed, in which nothing may be NaN or infinite."""

        def refuse(word: str) -> None:
            raise AssertionError(f"{word} is not JSON")

        return json.loads(self.out, parse_constant=refuse)


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs ``goodoffices`` with some arguments, in an empty folder, on a plain 80-column screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def goodoffices(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["goodoffices", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Done(code, printed.out, printed.err)

    return goodoffices


@pytest.fixture
def aral(examples: Path) -> Path:
    return examples / "aral"


@pytest.fixture
def camp_david(examples: Path) -> Path:
    return examples / "camp-david"


def exactly(value: int) -> Estimate:
    return Estimate(Fraction(value), Fraction(value))


@pytest.fixture
def closed(aral: Path, tmp_path: Path) -> Path:
    """The aral case with a reservation of North at which nothing is acceptable to all."""
    case = read(aral)
    north = replace(case.preferences["North"], reservation=Reservation(value=exactly(95)))
    return written(replace(case, preferences={**case.preferences, "North": north}), tmp_path)


@pytest.fixture
def partial(camp_david: Path, tmp_path: Path) -> Path:
    """The camp-david case with two of Israel's weights known only within bounds."""
    case = read(camp_david)
    israel = case.preferences["Israel"]
    first, second, *_ = israel.weights
    weights = {
        **israel.weights,
        first: Estimate(Fraction(20), Fraction(40)),
        second: Estimate(Fraction(5), Fraction(25)),
    }
    israel = replace(israel, weights=weights, reservation=Reservation(value=exactly(50)))
    return written(replace(case, preferences={**case.preferences, "Israel": israel}), tmp_path)


def written(case: Case, tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    write(case, folder)
    return folder
