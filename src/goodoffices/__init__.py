"""Software for people who help adversaries reach agreements that hold.

Start with ``read``, which gives the ``Case`` that a folder holds, and hand it to a room::

    import goodoffices

    case = goodoffices.read("examples/aral")

The rooms are ``goodoffices.case``, ``settlement``, ``figures`` and ``brief``; each is imported by
its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goodoffices.case import Case, Issue, Option, Party, Preferences, read, write

__all__ = ["Case", "Issue", "Option", "Party", "Preferences", "read", "write"]


def __getattr__(name: str) -> object:
    """The names of ``__all__``, imported when first used: importing goodoffices costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'goodoffices' has no attribute '{name}'")
    from goodoffices import case

    found: object = getattr(case, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
