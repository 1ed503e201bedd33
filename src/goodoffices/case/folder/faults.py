"""Faults of a whole folder, gathered while reading goes on."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from goodoffices.case.model import listed
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError, Fault

# So that faults cannot fill any memory.
MOST_FAULTS = 1_000_000

# Comparing spellings takes time that grows with both; past these it would no longer help anyone.
_MOST_NAMES = 200
_LONGEST_NAME = 60
# Characters compared for one folder: enough for hundreds of misspelled names, and a second or two.
_MOST_COMPARED = 2_000_000


class Faults:
    """Collects faults; ``stop_if_any`` raises them together, in reading order."""

    def __init__(self) -> None:
        self._found: list[Fault] = []
        self._more = 0
        self._compared = 0

    def add(self, file: str, line: int, path: str, message: str) -> None:
        """Note a fault. ``line`` 0 means the file as a whole."""
        if len(self._found) < MOST_FAULTS:
            self._found.append(Fault(message, file, line or None, path))
        else:
            self._more += 1

    @property
    def found(self) -> tuple[Fault, ...]:
        """All faults: files in the order in which they were read, each from top to bottom."""
        files = list(dict.fromkeys(fault.file for fault in self._found))
        ordered = sorted(self._found, key=lambda f: (files.index(f.file), f.line or 0))
        if self._more:
            ordered.append(Fault(f"{self._more:,} more faults were found; these come first."))
        return tuple(ordered)

    def stop_if_any(self) -> None:
        """Raise ``CaseError`` with everything found."""
        if self._found:
            raise CaseError(self.found)

    def nearest(self, found: str, known: Collection[str], what: str) -> str:
        """As the function ``nearest``; after very many comparisons, all known names."""
        if _is_comparable(found, known):
            self._compared += len(found) * len(known)
            if self._compared > _MOST_COMPARED:
                return _all(known, what)
        return nearest(found, known, what)


def nearest(found: str, known: Collection[str], what: str) -> str:
    """A second sentence for a name that is not known: the nearest known one, or all of them.

    >>> nearest("watr", ["water", "price"], "Issues")
    " Did you mean 'water'?"
    >>> nearest("x", ["water", "price"], "Issues")
    ' Issues: water, price.'
    """
    if _is_comparable(found, known):
        short = [name for name in known if len(name) <= _LONGEST_NAME]
        lower = {name.lower(): name for name in reversed(short)}
        if close := get_close_matches(found.lower(), lower, n=1, cutoff=0.7):
            return f" Did you mean {quoted(lower[close[0]])}?"
    return _all(known, what)


def _is_comparable(found: str, known: Collection[str]) -> bool:
    return len(known) <= _MOST_NAMES and len(found) <= _LONGEST_NAME


def _all(known: Collection[str], what: str) -> str:
    return f" {what}: {listed(known)}." if known else ""
