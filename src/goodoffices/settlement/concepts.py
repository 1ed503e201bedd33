"""Bargaining solutions as functions on arrays of whole points: each names the best rows.

All take utilities on one common scale of whole points (rows are outcomes, columns parties), the
points each party keeps without agreement, and return the numbers of all best rows, ascending.
They expect efficient rows: of outcomes that are equally good for the worst-off party, the wasteful
ones must have been left out before. Rows that leave a party below its disagreement points are
passed over; without any other the answer is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import inf, lcm, prod
from typing import Any, TypeAlias

Row: TypeAlias = Sequence[Any]
"""Numbers of one kind, exact: whole numbers, or fractions where a scale must be kept."""

Kernel: TypeAlias = Callable[[Sequence[Row], Row, Row], list[int]]


def nash(utilities: Sequence[Row], disagreement: Row, weights: Row) -> list[int]:
    """Outcomes that maximise the product of the parties' gains, each to its bargaining weight.

    A party's gain is its utility minus what it keeps if talks fail. A finite space can have
    several maximisers; all are returned, because choosing between them is the mediator's
    judgement and not arithmetic.

    Parameters
    ----------
    utilities : (outcomes, parties)
        Whole points, each column on that party's own scale; columns are never compared.
    disagreement : (parties,)
        Points each party keeps without an agreement, on the same scales.
    weights : (parties,)
        Whole bargaining weights, all 1 for the symmetric solution.

    Returns
    -------
    Row numbers in ascending order; empty if every outcome leaves some party worse off than no
    agreement.

    References
    ----------
    [Nash1950]_; with weights [Kalai1977b]_. The example is three points from Nash's barter, then
    no trade.

    Examples
    --------
    >>> nash([(14, 4), (12, 5), (8, 6), (0, 0)], (0, 0), (1, 1))
    [1]
    """
    return _best(
        _gains(utilities, disagreement),
        lambda gain: prod(g**w for g, w in zip(gain, weights, strict=True)),
    )


def maximum_nash_welfare(utilities: Sequence[Row], disagreement: Row, weights: Row) -> list[int]:
    """Outcomes at which the most parties gain, and among those the product of gains is greatest.

    Equal to :func:`nash` wherever all can gain; where somebody cannot, Nash's product is 0 for
    every outcome and says nothing, and this still decides.

    References
    ----------
    [Caragiannis2019]_, section 2.

    Examples
    --------
    >>> maximum_nash_welfare([(3, 0, 2), (2, 0, 4), (9, 0, 0)], (0, 0, 0), (1, 1, 1))
    [1]
    """
    return _best(
        _gains(utilities, disagreement),
        lambda gain: (
            sum(g > 0 for g in gain),
            prod(g**w for g, w in zip(gain, weights, strict=True) if g > 0),
        ),
    )


def kalai_smorodinsky(utilities: Sequence[Row], disagreement: Row, weights: Row) -> list[int]:
    """Outcomes that maximise the smallest share of its ideal gain that any party receives.

    A party's ideal gain is the most it can gain while nobody falls below what it keeps without
    agreement. A party that cannot gain anything has no say. Where outcomes are finitely many,
    shares cannot in general be made equal, and the greatest smallest share takes their place.

    References
    ----------
    [KalaiSmorodinsky1975]_; weights divide the shares as in [Thomson1994]_ (recalled).

    Examples
    --------
    >>> kalai_smorodinsky([(10, 0), (6, 3), (0, 5)], (0, 0), (1, 1))
    [1]
    """
    gains = _gains(utilities, disagreement)
    ideal = [max(column) for column in zip(*gains.values(), strict=True)]
    active = [p for p, best in enumerate(ideal) if best > 0]
    # Shares are compared as whole numbers: gain / (ideal × weight) on the common denominator.
    common = lcm(*(ideal[p] * weights[p] for p in active))
    factors = {p: common // (ideal[p] * weights[p]) for p in active}
    return _best(gains, lambda gain: min((gain[p] * f for p, f in factors.items()), default=0))


def kalai(utilities: Sequence[Row], disagreement: Row, weights: Row) -> list[int]:
    """Outcomes that maximise the smallest gain, each divided by its party's bargaining weight.

    Kalai's proportional solution for the proportions ``weights``. It compares the parties' points
    with one another.

    References
    ----------
    [Kalai1977a]_.

    Examples
    --------
    >>> kalai([(6, 2), (5, 3), (2, 4)], (0, 0), (2, 1))
    [1]
    """
    common = lcm(*weights)
    factors = [common // weight for weight in weights]
    return _best(
        _gains(utilities, disagreement),
        lambda gain: min(g * f for g, f in zip(gain, factors, strict=True)),
    )


def egalitarian(utilities: Sequence[Row], disagreement: Row, weights: Row) -> list[int]:  # noqa: ARG001 (one signature for all concepts)
    """Outcomes that maximise the smallest gain: Kalai's solution for equal weights.

    Examples
    --------
    >>> egalitarian([(6, 2), (4, 3), (2, 4)], (0, 0), (1, 1))
    [1]
    """
    return _best(_gains(utilities, disagreement), min)


def leximin(utilities: Sequence[Row], disagreement: Row, weights: Row) -> list[int]:  # noqa: ARG001 (one signature for all concepts)
    """Outcomes that maximise the smallest gain, then the second smallest, and so on.

    References
    ----------
    [Sen1970]_; as a bargaining solution [Imai1983]_ (both recalled).

    Examples
    --------
    >>> leximin([(3, 3, 8), (9, 3, 4), (2, 9, 9)], (0, 0, 0), (1, 1, 1))
    [1]
    """
    return _best(_gains(utilities, disagreement), sorted)


def utilitarian(utilities: Sequence[Row], disagreement: Row, weights: Row) -> list[int]:
    """Outcomes that maximise the weighted sum of the parties' points.

    Examples
    --------
    >>> utilitarian([(10, 0), (6, 3), (0, 5)], (0, 0), (1, 1))
    [0]
    """
    return _best(
        _gains(utilities, disagreement),
        lambda gain: sum(g * w for g, w in zip(gain, weights, strict=True)),
    )


KERNELS: Mapping[str, Kernel] = {
    "nash": nash,
    "kalai-smorodinsky": kalai_smorodinsky,
    "kalai": kalai,
    "egalitarian": egalitarian,
    "leximin": leximin,
    "utilitarian": utilitarian,
    "maximum-nash-welfare": maximum_nash_welfare,
}


def value(
    concept: str,
    utilities: Sequence[Fraction],
    gains: Sequence[Fraction],
    ideal: Sequence[Fraction],
    weights: Sequence[Fraction],
) -> float:
    """What a concept maximises, at one outcome, in utility on the parties' own scales.

    ``ideal`` are the gains at the ideal point. Leximin reports its first step, the smallest gain;
    maximum Nash welfare the product over the parties that gain.
    """
    weighted = list(zip(gains, weights, strict=True))
    if concept == "nash":
        return _product(weighted)
    if concept == "maximum-nash-welfare":
        return _product([(g, w) for g, w in weighted if g > 0])
    if concept == "utilitarian":
        return float(sum(u * w for u, w in zip(utilities, weights, strict=True)))
    if concept == "kalai":
        return float(min(g / w for g, w in weighted))
    if concept == "kalai-smorodinsky":
        return float(
            min((g / i / w for (g, w), i in zip(weighted, ideal, strict=True) if i > 0), default=0)
        )
    return float(min(gains))


def _product(weighted: Sequence[tuple[Fraction, Fraction]]) -> float:
    """The product of gains, each to its weight; infinite where no float is large enough."""
    try:
        return prod((float(g) ** float(w) for g, w in weighted), start=1.0)
    except OverflowError:
        return inf


def _gains(utilities: Sequence[Row], disagreement: Row) -> dict[int, tuple[Any, ...]]:
    """Gains of the rows at which nobody is below its disagreement points, by row number."""
    gains = {
        number: tuple(u - d for u, d in zip(row, disagreement, strict=True))
        for number, row in enumerate(utilities)
    }
    return {number: gain for number, gain in gains.items() if min(gain) >= 0}


def _best(
    gains: Mapping[int, tuple[Any, ...]], worth: Callable[[tuple[Any, ...]], Any]
) -> list[int]:
    """The numbers of the rows of greatest worth."""
    worths = {number: worth(gain) for number, gain in gains.items()}
    best = max(worths.values(), default=None)
    return [number for number, found in worths.items() if found == best]
