"""What would have to change, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.stability.inverse import Alternative, Demand, Inverse
from goodoffices.stability.model import Model

_LONG = 12
"""Demands of one party that are told one by one; more are counted."""


def explain(answer: Inverse, model: Model) -> tuple[str, ...]:
    """The whole answer, a sentence each.

    Examples
    --------
    "Syria must prefer 2 to 6 (1 swap)."
    """
    state = model.label(answer.state)
    for_whom = _names(model, answer.parties)
    name = answer.concept.upper() if answer.concept != "nash" else "Nash"
    if answer.impossible_for:
        whose = _names(model, answer.impossible_for)
        return (
            f"No change within reach makes {state} {name}-stable for {whose}: what is fixed in "
            "the rankings forbids it.",
        )
    best = answer.cheapest
    if best is None and answer.bound is None:
        return (f"No change within reach makes {state} {name}-stable for {for_whom}.",)
    if best is None:
        return (
            f"The search ended before a change was found that makes {state} {name}-stable for "
            f"{for_whom}. It would cost at least {_swaps(answer.bound or 0)}.",
        )
    if best.cost == 0:
        return (f"{state} is {name}-stable for {for_whom} as things are.",)
    found = [f"For {state} to be {name}-stable for {for_whom}:"]
    for number, alternative in enumerate(answer.alternatives, 1):
        found.append(f"{number}. {told(alternative, model)}")
    if answer.is_proven:
        found.append(f"Nothing costs less than {_swaps(best.cost)}.")
    else:
        found.append(
            f"The search ended early: something between {_swaps(answer.bound or 0)} and "
            f"{_swaps(best.cost)} might do as well."
        )
    if not answer.is_complete:
        found.append("There are other ways, none of them cheaper than the last shown.")
    return tuple(found)


def told(alternative: Alternative, model: Model) -> str:
    """One alternative: who must come to prefer what to what."""
    parts = []
    for party in range(len(model.parties)):
        own = [demand for demand in alternative.demands if demand.party == party]
        if own:
            parts.append(f"{model.parties[party]} must prefer {_preferred(own, model)}")
    return f"{'; '.join(parts)} ({_swaps(alternative.cost)})."


def _preferred(demands: Sequence[Demand], model: Model) -> str:
    parts = []
    for better in sorted({demand.better for demand in demands}):
        worse = [model.label(d.worse) for d in demands if d.better == better]
        whom = _listed(worse) if len(worse) <= _LONG else f"{len(worse)} other states"
        parts.append(f"{model.label(better)} to {whom}")
    return _listed(parts)


def _names(model: Model, parties: Sequence[int]) -> str:
    if len(parties) == len(model.parties) > 1:
        return "every party"
    return _listed([str(model.parties[party]) for party in parties])


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _swaps(number: int) -> str:
    return "1 swap" if number == 1 else f"{number} swaps"
