"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.numbers import number_text

_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Advice:
    """A question about a case that is valid, but perhaps not what was meant.

    ``id`` stays the same from version to version; ``path`` says where in the case to look.
    What a party wants is in some messages, so they are for the mediator.
    """

    id: str
    path: str
    message: str


def shown(value: Fraction) -> str:
    """A number for a sentence: exactly if that is short, else rounded and said to be."""
    exact = number_text(value)
    return exact if len(exact) <= _MOST_DIGITS else f"about {float(value):.6g}"
