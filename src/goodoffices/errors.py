"""The exceptions of this library, and nothing else.

::

    GoodOfficesError
    ├── CaseError          a case or graph model, or a file that should hold one, is not right
    ├── SettlementError    a question the settlement room cannot answer for this case
    ├── StabilityError     a question the stability room cannot answer for this model
    └── MissingExtra       an optional part of goodoffices is not installed

Every message is a sentence a mediator can act on: where, what was found, what would be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class GoodOfficesError(Exception):
    """Any fault that goodoffices reports; the command line prints it and exits with 1."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place of one file."""

    message: str
    file: str = ""
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        where = ", ".join(part for part in (place, self.path) if part)
        return f"{where}: {self.message}" if where else self.message


class CaseError(GoodOfficesError):
    """A case or a graph model is not right. ``faults`` holds all of it, in reading order."""

    def __init__(self, faults: Sequence[Fault] | str) -> None:
        self.faults = (Fault(faults),) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SettlementError(GoodOfficesError):
    """The settlement room cannot answer this question for this case."""


class StabilityError(GoodOfficesError):
    """The stability room cannot answer this question for this model."""


class MissingExtra(GoodOfficesError):
    """An optional part of goodoffices is needed and not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} need the extra '{extra}': pip install 'goodoffices[{extra}]'.")
