"""The solution concepts as standards for comparing outcomes while one party's points move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

import numpy as np

from goodoffices.settlement.candidates import Whole, whole
from goodoffices.settlement.movement import (
    Comparison,
    Form,
    Movement,
    Moving,
    Rows,
    Times,
    difference,
)

_EXACT = 2.0**53
"""Up to here, whole numbers are exact in floating point."""

_GREAT = 1e5
"""More than any logarithm of a product of gains: one more party that gains outweighs it."""


class Utilitarian:
    """The sum of the gains."""

    def comparison(self, movement: Movement) -> Comparison:
        """When candidates are better than the present solution."""
        sums: Whole = movement.side.sums + movement.start
        form = difference((sums, movement.slope), movement.own)
        return Comparison((form,), lambda _, signs: signs[0])

    def worth(self, others: Sequence[int], gain: Moving, time: Fraction) -> Moving:
        """The sum just after a time."""
        return sum(others) * time.denominator + gain[0], gain[1]

    def score(self, movement: Movement, time: float) -> Times:
        """Roughly the sum."""
        sums: Times = movement.side.sums.astype(float) + _gains(movement, time)
        return sums


class Nash:
    """The product of the gains."""

    def comparison(self, movement: Movement) -> Comparison:
        """When candidates are better than the present solution."""
        products = movement.side.products
        form = (products * movement.start, products * movement.slope)
        return Comparison((difference(form, movement.own),), lambda _, signs: signs[0])

    def worth(self, others: Sequence[int], gain: Moving, time: Fraction) -> Moving:  # noqa: ARG002 (one signature for all standards)
        """The product just after a time."""
        product = prod(others)
        return product * gain[0], product * gain[1]

    def score(self, movement: Movement, time: float) -> Times:
        """Roughly the product."""
        products: Times = movement.side.products.astype(float) * _gains(movement, time)
        return products


class Welfare:
    """How many parties gain, then the product of the gains of those that do."""

    def comparison(self, movement: Movement) -> Comparison:
        """When candidates are better than the present solution."""
        is_moving = ((movement.start != 0) | (movement.slope != 0)).astype(np.bool_)
        others_gaining, products = movement.side.positive
        counts = others_gaining + is_moving
        # Where the party that moves gains nothing all the time, it is no factor of the product.
        form = (
            products * np.where(is_moving, movement.start, 1),
            products * np.where(is_moving, movement.slope, 0),
        )
        more = (counts > counts[movement.own]).astype(np.bool_)
        equal = (counts == counts[movement.own]).astype(np.bool_)
        return Comparison(
            (difference(form, movement.own),), lambda _, signs: more | (equal & signs[0])
        )

    def worth(self, others: Sequence[int], gain: Moving, time: Fraction) -> tuple[int, Moving]:
        """The count and the product just after a time."""
        gaining = [other for other in others if other > 0]
        product = prod(gaining)
        if gain == (0, 0):
            return len(gaining), (product * time.denominator, 0)
        return len(gaining) + 1, (product * gain[0], product * gain[1])

    def score(self, movement: Movement, time: float) -> Times:
        """Roughly the count, then the logarithm of the product."""
        others_gaining, products = movement.side.positive
        is_moving = ((movement.start != 0) | (movement.slope != 0)).astype(np.bool_)
        gains = np.maximum(_gains(movement, time), np.finfo(float).tiny)
        logarithms = np.log(products.astype(float)) + np.log(np.where(is_moving, gains, 1))
        counts = others_gaining + is_moving
        scores: Times = _GREAT * counts + logarithms
        return scores


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest gain, each multiplied by a factor; that of the party that moves may change.

    Compared is the smaller of ``least × (constant + change × time)``, where ``least`` is the
    smallest of the other parties' gains times their ``factors``, and ``factor`` times the moving
    gain. Parties whose factor is ``None`` have no say; without any factors, all are 1.
    """

    factors: tuple[int | None, ...] | None = None
    factor: int | None = 1
    constant: int = 1
    change: int = 0

    def comparison(self, movement: Movement) -> Comparison:
        """When candidates are better than the present solution."""
        ahead = difference((movement.start, movement.slope), movement.own)
        least = self._least(movement)
        if self.factor is None and least is None:
            return Comparison((), lambda times, _: np.zeros(len(times), dtype=np.bool_))
        if least is None:
            return Comparison((ahead,), lambda _, signs: signs[0])
        more: Form = (least - least[movement.own], np.zeros_like(least))
        if self.factor is None:
            return Comparison((more,), lambda _, signs: signs[0])
        fixed = (_times(least, self.constant), _times(least, self.change))
        moving = (_times(movement.start, self.factor), _times(movement.slope, self.factor))
        own = movement.own
        over_moving = (fixed[0] - moving[0][own], fixed[1] - moving[1][own])
        over_fixed = (moving[0] - fixed[0][own], moving[1] - fixed[1][own])
        return Comparison(
            (more, over_moving, over_fixed, ahead),
            lambda _, signs: (signs[0] | signs[1]) & (signs[2] | signs[3]),
        )

    def worth(self, others: Sequence[int], gain: Moving, time: Fraction) -> Moving:
        """The smallest just after a time."""
        factors = (1,) * len(others) if self.factors is None else self.factors
        said = [g * f for g, f in zip(others, factors, strict=True) if f is not None]
        found = []
        if said:
            level = self.constant * time.denominator + self.change * time.numerator
            found.append((min(said) * level, min(said) * self.change))
        if self.factor is not None:
            found.append((gain[0] * self.factor, gain[1] * self.factor))
        return min(found, default=(0, 0))

    def score(self, movement: Movement, time: float) -> Times:
        """Roughly the smallest."""
        found = []
        least = self._least(movement)
        if least is not None:
            found.append(least.astype(float) * (self.constant + self.change * time))
        if self.factor is not None:
            found.append(_gains(movement, time) * self.factor)
        return np.min(found, axis=0) if found else np.zeros(len(movement.start))

    def _least(self, movement: Movement) -> Whole | None:
        others = movement.others.T
        factors = (1,) * len(others) if self.factors is None else self.factors
        columns = [
            _times(column, factor)
            for column, factor in zip(others, factors, strict=True)
            if factor is not None
        ]
        return whole(np.min(columns, axis=0)) if columns else None


class Leximin:
    """The smallest gain, then the second smallest, and so on."""

    def comparison(self, movement: Movement) -> Comparison:
        """When candidates are better than the present solution."""
        own, others = movement.own, movement.others
        start, slope = movement.start, movement.slope
        still = np.zeros_like(slope)
        forms = [difference((start, slope), own)]
        for column in others.T:
            forms.append((start - column, slope))
            forms.append((start - column[own], slope))
            forms.append((column - start[own], still - slope[own]))
            forms.append((still + (start[own] - column[own]), still + slope[own]))
        values = [(form[0].astype(float), form[1].astype(float)) for form in forms]
        constants = others.astype(float)
        is_inexact = bool((np.abs(constants) > _EXACT).any())

        def is_better(times: Times, _: Sequence[Rows]) -> Rows:
            gains = _sorted(constants, start + slope * times)
            own_constants = np.broadcast_to(constants[own], constants.shape)
            ahead = gains - _sorted(own_constants, start[own] + slope[own] * times)
            first = (ahead != 0).argmax(axis=1)
            is_ahead: Rows = np.take_along_axis(ahead, first[:, None], axis=1)[:, 0] > 0
            size = np.abs(start.astype(float)) + np.abs(slope.astype(float) * times)
            for value, change in values:
                # Gains so near to one another that sorting them may go wrong.
                near = 1e-12 * (np.abs(value) + np.abs(change * times)) + 1e-14 * size
                is_something = (value != 0) | (change != 0)
                is_ahead |= (np.abs(value + change * times) <= near) & is_something
            return is_ahead | is_inexact

        return Comparison(tuple(forms), is_better)

    def worth(self, others: Sequence[int], gain: Moving, time: Fraction) -> list[Moving]:
        """The gains just after a time, the smallest first."""
        return sorted([*((other * time.denominator, 0) for other in others), gain])

    def score(self, movement: Movement, time: float) -> Times:
        """Roughly the smallest gain."""
        least: Times = np.column_stack([movement.others.astype(float), _gains(movement, time)]).min(
            1
        )
        return least


def _gains(movement: Movement, time: float) -> Times:
    gains: Times = movement.start.astype(float) + movement.slope.astype(float) * time
    return gains


def _sorted(constants: Times, moving: Whole) -> Times:
    return np.sort(np.column_stack([constants, moving.astype(float)]), axis=1)


def _times(numbers: Whole, factor: int) -> Whole:
    """Products, in 64 bits where that is safe."""
    return whole(numbers.astype(object) * factor)
