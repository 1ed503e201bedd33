"""From which trust on keeping a compromise pays: the risk factor of a mutual compromise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from goodoffices.errors import StabilityError

Range: TypeAlias = float | tuple[float, float]
"""A number, or its least and greatest value."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The least and the greatest probability from which on keeping pays, as the payoffs vary."""

    low: float
    high: float


def trust_needed(both_keep: Range, only_other: Range, only_self: Range, neither: Range) -> Trust:
    """How sure a party must be that the other keeps a compromise, for keeping it to pay.

    A party that keeps gets ``both_keep`` or, if the other does not, ``only_self``; a party that
    breaks gets ``only_other`` if the other keeps, ``neither`` if not. Keeping pays if the other
    keeps with at least the probability

        p* = (neither - only_self) / ((both_keep - only_other) + (neither - only_self))

    The lower it is, the more doubt the compromise bears. Payoffs are points on the party's own
    scale; where they are ranges, so is the answer.

    Raises
    ------
    StabilityError
        If, anywhere in the ranges, breaking a compromise that the other keeps is no worse than
        keeping it, or to be the only one who keeps is no worse than that neither does: then no such
        probability exists.

    References
    ----------
    [Wood2003]_, abstract read; the formula is told in the notes of this project.

    Examples
    --------
    >>> trust_needed(both_keep=5, only_other=3, only_self=0, neither=2)
    Trust(low=0.5, high=0.5)
    """
    keeps, gains, cheated, fights = map(_range, (both_keep, only_other, only_self, neither))
    if keeps[0] <= gains[1]:
        raise StabilityError(
            f"Where both keep, the party gets at least {keeps[0]:g}, where only the other does up "
            f"to {gains[1]:g}: the first must be more, or breaking always pays."
        )
    if fights[0] <= cheated[1]:
        raise StabilityError(
            f"Where neither keeps, the party gets at least {fights[0]:g}, where only it does up to "
            f"{cheated[1]:g}: the first must be more, or keeping always pays."
        )
    return Trust(
        _least(keeps[1] - gains[0], fights[0] - cheated[1]),
        _least(keeps[0] - gains[1], fights[1] - cheated[0]),
    )


def _least(reward: float, risk: float) -> float:
    return risk / (reward + risk)


def _range(payoff: Range) -> tuple[float, float]:
    low, high = payoff if isinstance(payoff, tuple) else (payoff, payoff)
    if low > high:
        raise StabilityError(f"A range from {low:g} to {high:g} runs backwards.")
    return low, high
