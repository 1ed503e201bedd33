"""What the solving functions give back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Outcomes that one solution concept picks, and what is proven about them.

    Attributes
    ----------
    concept
        Name of the concept, as in ``goodoffices.settlement.CONCEPTS``.
    outcomes
        All maximisers that are efficient (ties), the first listed first in option order.
        Empty if no outcome is acceptable to all, or none was found before work was stopped.
    utilities
        ``utilities[k][party]`` of ``outcomes[k]``, on each party's own scale.
    value
        What the concept maximises, at the outcomes found (see ``CONCEPTS``); ``None`` without one.
    bound
        No acceptable outcome has a greater value than this; equals ``value`` if proven.
    proven
        Whether ``value`` is proven to be the greatest.
    ties
        How many outcomes attain it; all are in ``outcomes`` unless ``ties`` is larger.
    ties_complete
        Whether ``ties`` is known to be the whole number.
    """

    concept: str
    outcomes: tuple[Outcome, ...]
    utilities: tuple[tuple[Fraction, ...], ...]
    value: float | None
    bound: float | None
    proven: bool
    ties: int
    ties_complete: bool = True

    @property
    def gap(self) -> float | None:
        """How far the value may lie below the greatest, relative to the bound; 0 if proven."""
        if self.proven:
            return 0.0
        if self.value is None or self.bound is None:
            return None
        return abs(self.bound - self.value) / max(abs(self.bound), 1e-12)
