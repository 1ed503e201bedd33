"""The small values that every statement in a case is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What in the record supports a statement: a source, and its words where they are kept."""

    source: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """For some issues, the options that would do: an outcome meets it if it has one of each.

    The empty condition is met by every outcome.
    """

    options: Mapping[str, frozenset[str]]

    def __hash__(self) -> int:
        return hash(frozenset(self.options.items()))

    def holds(self, named: Mapping[str, str]) -> bool:
        """Whether an outcome, given as issue id → option id, meets the condition."""
        return all(named[issue] in options for issue, options in self.options.items())


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number known exactly (``low == high``) or only to lie between two others."""

    low: Fraction
    high: Fraction
    sources: tuple[Citation, ...] = ()
    why: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether the number is known exactly."""
        return self.low == self.high
