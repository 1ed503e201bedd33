"""How GENIUS values the numbers of an integer or real issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from goodoffices.case.formats.markup import Element
from goodoffices.case.numbers import quoted


def range_scores(
    element: Element, values: Mapping[str, Fraction], lowest: Fraction, kind: str
) -> dict[str, Fraction]:
    """The score of each number of an issue; empty after a fault, or without an <evaluator>.

    Parameters
    ----------
    element
        The issue in a profile.
    values
        Option id → number.
    lowest
        The lower bound from which slopes count.
    kind
        ``integer`` or ``real``.
    """
    evaluators = element.inner("evaluator")
    if not evaluators:
        return {}
    function = _function(evaluators[0], lowest, kind)
    return {} if function is None else {option: function(v) for option, v in values.items()}


def _function(
    evaluator: Element, lowest: Fraction, kind: str
) -> Callable[[Fraction], Fraction] | None:
    """The evaluation function; ``None`` after a fault."""
    shape = evaluator.text("ftype").lower() or "linear"
    if kind == "integer" and "parameter0" not in evaluator.attributes:
        # GENIUS reads slope and offset of every integer issue, whatever its ftype.
        shape = "linear"
    if shape == "linear":
        return _linear(evaluator, lowest)
    if shape == "constant":
        value = evaluator.number("parameter0", "0.5")
        return None if value is None else lambda _: value
    if shape == "triangular":
        return _triangular(evaluator)
    evaluator.fault(
        f"The function {quoted(shape)} is not supported. Functions: linear, constant, triangular."
    )
    return None


def _linear(evaluator: Element, lowest: Fraction) -> Callable[[Fraction], Fraction] | None:
    """``offset + slope × (value - lower bound)``, or ``parameter0 + parameter1 × value``."""
    if "parameter1" in evaluator.attributes or "parameter0" in evaluator.attributes:
        slope, offset = evaluator.number("parameter1", "1"), evaluator.number("parameter0", "0")
        origin = Fraction(0)
    else:
        slope, offset = evaluator.number("slope", "0.1"), evaluator.number("offset", "0")
        origin = lowest
    if slope is None or offset is None:
        return None
    return lambda value: min(max(offset + slope * (value - origin), Fraction(0)), Fraction(1))


def _triangular(evaluator: Element) -> Callable[[Fraction], Fraction] | None:
    """From 0 at ``parameter0`` up to 1 at ``parameter2`` and down to 0 at ``parameter1``."""
    numbers = [evaluator.number(f"parameter{k}", "0") for k in range(3)]
    low, high, top = numbers
    if low is None or high is None or top is None:
        return None

    def value_at(value: Fraction) -> Fraction:
        if low <= value < top:
            return (value - low) / (top - low)
        if top <= value < high and low <= value:
            return 1 - (value - top) / (high - top)
        return Fraction(0)

    return value_at
