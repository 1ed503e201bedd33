"""How often a state survives when rankings are a little different from what was written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.inverse import checked
from goodoffices.stability.model import Model
from goodoffices.stability.shares import Share
from goodoffices.stability.values import Values

MOST = 200_000
"""Profiles that are counted one by one."""


def profiles_away(model: Model, swaps: int) -> int:
    """How many profiles are exactly so many swaps away from the parties' rankings."""
    groups = [_Groups.of(model, party).count for party in range(len(model.parties))]
    return _count(groups, swaps)


def survival(
    model: Model,
    state: int,
    concept: str,
    swaps: int,
    *,
    parties: Sequence[int] | None = None,
    most: int = MOST,
    is_over: Callable[[], bool] = lambda: False,
) -> Share:
    """The share of profiles exactly so many swaps away under which a state still holds.

    Every profile that so many swaps of neighbours make, over all parties together, and no fewer, is
    looked at once. States that a party ties move together.

    Parameters
    ----------
    parties
        For whom the state is to hold; for all if not given. The rankings of all vary.
    most
        How many profiles to look at, at most.
    is_over
        Asked between profiles whether to stop; the share is then not exact.

    Raises
    ------
    StabilityError
        If there are more profiles than ``most``, or none, or the concept or state is not known.
    """
    checked(model, state, concept)
    levels = [_Groups.of(model, party) for party in range(len(model.parties))]
    total = profiles_away(model, swaps)
    if total > most:
        raise StabilityError(
            f"{total} profiles are {swaps} swaps away, more than {most}: draw a sample instead, "
            "or ask for fewer swaps."
        )
    if not total:
        raise StabilityError(
            f"No profile is {swaps} swaps away: the parties have too few states to compare."
        )
    wanted = list(range(len(model.parties)) if parties is None else parties)
    holding = profiles = 0
    for ranks in _profiles(levels, swaps):
        if profiles and is_over():
            break
        profiles += 1
        holding += _holds(model, state, concept, wanted, ranks)
    return Share(holding=holding, profiles=profiles, is_exact=profiles == total)


def survival_sampled(
    model: Model,
    state: int,
    concept: str,
    spread: float,
    *,
    parties: Sequence[int] | None = None,
    samples: int = 10_000,
    rng: np.random.Generator | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Share:
    """The share of profiles drawn around the parties' rankings under which a state still holds.

    Each ranking is drawn from a Mallows model by repeated insertion: one ``d`` swaps away is
    drawn with a chance proportional to ``spread ** d``. States that a party ties move together.

    Parameters
    ----------
    spread
        Between 0, where nothing varies, and 1, where all rankings are equally likely.
    parties
        For whom the state is to hold; for all if not given.
    rng
        What draws; seed 0 if not given.

    Raises
    ------
    StabilityError
        If the spread is not between 0 and 1, or the concept or state is not known.

    References
    ----------
    [Mallows1957]_, recalled.
    """
    checked(model, state, concept)
    if not 0 <= spread <= 1:
        raise StabilityError(f"The spread is {spread}; it lies between 0 and 1.")
    rng = rng or np.random.default_rng(0)
    wanted = list(range(len(model.parties)) if parties is None else parties)
    groups = [_Groups.of(model, party) for party in range(len(model.parties))]
    holding = profiles = 0
    for _ in range(samples):
        if profiles and is_over():
            break
        ranks = [group.ranks(_inserted(group.count, spread, rng)) for group in groups]
        profiles += 1
        holding += _holds(model, state, concept, wanted, ranks)
    return Share(holding=holding, profiles=profiles, is_exact=False)


def _holds(
    model: Model, state: int, concept: str, wanted: Sequence[int], ranks: Sequence[Values]
) -> bool:
    definition = DEFINITIONS[concept]
    return all(bool(definition(model.graph, ranks, party)[state]) for party in wanted)


class _Groups:
    """A party's ranking as groups of tied states, the worst first."""

    def __init__(self, ranks: Values, states: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        self._ranks, self._states = ranks, states
        levels, self._level = np.unique(ranks[states], return_inverse=True)
        self.count = len(levels)

    @classmethod
    def of(cls, model: Model, party: int) -> _Groups:
        return cls(model.ranks[party], model.states)

    def ranks(self, order: Sequence[int]) -> Values:
        """The ranking that has the groups in this order, the worst first."""
        place = np.empty(self.count, dtype=np.int32)
        place[list(order)] = np.arange(self.count)
        ranks = self._ranks.copy()
        ranks[self._states] = place[self._level]
        return ranks


def _profiles(groups: Sequence[_Groups], swaps: int) -> Iterator[list[Values]]:
    levels = [
        [[g.ranks(order) for order in orders] for orders in _orders(g.count, swaps)] for g in groups
    ]
    for split in product(range(swaps + 1), repeat=len(groups)):
        if sum(split) == swaps and all(n < len(own) for n, own in zip(split, levels, strict=True)):
            for chosen in product(*(own[n] for n, own in zip(split, levels, strict=True))):
                yield list(chosen)


def _orders(count: int, swaps: int) -> list[list[tuple[int, ...]]]:
    """All orders by how many swaps away they are, up to so many."""
    levels = [{tuple(range(count))}]
    for _ in range(swaps):
        farther = {
            (*order[:n], order[n + 1], order[n], *order[n + 2 :])
            for order in levels[-1]
            for n in range(count - 1)
            if order[n] < order[n + 1]
        }
        levels.append(farther)
    return [sorted(level) for level in levels]


def _count(counts: Sequence[int], swaps: int) -> int:
    """How many profiles are so many swaps away."""
    ways = [1] + [0] * swaps
    for count in counts:
        # An order is built by insertions: the k-th can pass up to k - 1 others.
        for most in range(1, count):
            ways = [sum(ways[max(0, n - most) : n + 1]) for n in range(swaps + 1)]
    return ways[swaps]


def _inserted(count: int, spread: float, rng: np.random.Generator) -> list[int]:
    """An order drawn by inserting one after the other; each place farther down is less likely."""
    order: list[int] = []
    for number, chance in enumerate(rng.random(count).tolist()):
        passed = _passed(number + 1, spread, chance)
        order.insert(number - passed, number)
    return order


def _passed(places: int, spread: float, chance: float) -> int:
    """How many others one of ``places`` passes, where passing one more is ``spread`` as likely."""
    if spread == 1:
        return min(int(chance * places), places - 1)
    if spread == 0:
        return 0
    # The chance of passing fewer than k is (1 - spread^k) / (1 - spread^places).
    rest = 1 - chance * (1 - spread**places)
    return min(int(np.floor(np.log(rest) / np.log(spread))), places - 1)
