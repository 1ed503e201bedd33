"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """A question about a case that is valid, but perhaps not what was meant.

    ``id`` stays the same from version to version; ``path`` says where in the case to look.
    What a party wants is in some messages, so they are for the mediator.
    """

    id: str
    path: str
    message: str
