"""Patterns such as ``YN-``: which settings of actions they stand for, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Mask: TypeAlias = NDArray[np.bool_]
"""For each setting of the actions whether it belongs."""

_SIGNS = re.compile(r"[YN-]+")


def is_pattern(text: str) -> bool:
    """Whether a text is made of ``Y``, ``N`` and ``-`` alone, however many.

    >>> is_pattern("YN-"), is_pattern("Yes"), is_pattern("")
    (True, False, False)
    """
    return _SIGNS.fullmatch(text) is not None


def setting(pattern: str, bits: Sequence[int]) -> int:
    """The setting that a pattern without ``-`` stands for.

    >>> setting("YNN", (0, 1, 2)), setting("YNN", (2, 0, 1))
    (1, 4)
    """
    return sum(1 << bit for sign, bit in zip(pattern, bits, strict=True) if sign == "Y")


def subcube(pattern: str, bits: Sequence[int]) -> tuple[int | slice, ...]:
    """Where the settings of a pattern stand in values that are shaped ``(2,) * len(bits)``."""
    where: list[int | slice] = [slice(None)] * len(bits)
    for sign, bit in zip(pattern, bits, strict=True):
        if sign != "-":
            where[len(bits) - 1 - bit] = int(sign == "Y")
    return tuple(where)


def covering(mask: Mask, bits: Sequence[int]) -> Iterator[str]:
    """Patterns, few of them, that together stand for exactly the settings of a mask.

    None could be left out, and none could have one more ``-``; they need not be the fewest.

    References
    ----------
    [Minato1992]_, recalled: its recursion, on truth tables in place of decision diagrams.

    Examples
    --------
    >>> list(covering(np.array([0, 0, 0, 1, 0, 0, 0, 1], np.bool_), (0, 1, 2)))
    ['YY-']
    """
    place = {bit: number for number, bit in enumerate(bits)}
    for signs in _cover(mask, mask)[0]:
        # The first sign of a cover belongs to the highest bit.
        by_bit = signs[::-1]
        letters = ["-"] * len(bits)
        for bit, sign in enumerate(by_bit):
            letters[place[bit]] = sign
        yield "".join(letters)


def _cover(needed: Mask, allowed: Mask) -> tuple[list[str], Mask]:
    """Patterns that hold all that is needed and nothing that is not allowed; and what they hold."""
    if not needed.any():
        return [], np.zeros(len(needed), dtype=np.bool_)
    if allowed.all():
        return ["-" * (len(allowed).bit_length() - 1)], np.ones(len(allowed), dtype=np.bool_)
    half = len(needed) // 2
    no, yes = needed[:half], needed[half:]
    may_no, may_yes = allowed[:half], allowed[half:]
    only_no, held_no = _cover(no & ~may_yes, may_no)
    only_yes, held_yes = _cover(yes & ~may_no, may_yes)
    either, held_both = _cover((no & ~held_no) | (yes & ~held_yes), may_no & may_yes)
    signs = [*("N" + s for s in only_no), *("Y" + s for s in only_yes), *("-" + s for s in either)]
    return signs, np.concatenate([held_no | held_both, held_yes | held_both])
