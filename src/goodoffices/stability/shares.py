"""Under how many of all possible rankings a state would hold: how demanding it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, sqrt

import numpy as np

from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.inverse import checked
from goodoffices.stability.model import Model
from goodoffices.stability.values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many profiles of rankings make a state hold.

    Attributes
    ----------
    holding, profiles
        How many of how many.
    is_exact
        Whether ``profiles`` are all there are; otherwise they are a sample.
    error
        The standard error of a sampled share; 0 where it is exact.
    """

    holding: int
    profiles: int
    is_exact: bool

    @property
    def share(self) -> float:
        """The part of the profiles under which the state holds."""
        return self.holding / self.profiles

    @property
    def error(self) -> float:
        """The standard error of a sampled share."""
        return 0.0 if self.is_exact else sqrt(self.share * (1 - self.share) / self.profiles)


def share(
    model: Model,
    state: int,
    concept: str,
    *,
    parties: Sequence[int] | None = None,
    changing: Sequence[int] | None = None,
    most: int = 50_000,
    samples: int = 10_000,
    rng: np.random.Generator | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Share:
    """The share of all rankings without ties under which a state holds.

    Pairs that are ``fixed`` are varied like all others.

    Parameters
    ----------
    parties
        For whom it is to hold; for all if not given.
    changing
        Whose rankings vary; all if not given. The others rank as the model says.
    most
        Up to so many profiles are counted; of more, ``samples`` are drawn, all equally likely.
    rng
        What draws; seed 0 if not given.
    is_over
        Asked between profiles whether to stop. Where counting was stopped, the profiles that were
        looked at are no fair sample, and the answer says that it is not exact.

    Raises
    ------
    StabilityError
        If the concept or the state is not known.
    """
    checked(model, state, concept)
    everybody = range(len(model.parties))
    wanted = list(everybody if parties is None else parties)
    varied = list(everybody if changing is None else changing)
    total = factorial(len(model.states)) ** len(varied) if len(model.states) < 20 else most + 1
    is_counted = total <= most
    drawn = (
        _all(model, varied)
        if is_counted
        else _drawn(model, varied, samples, rng or np.random.default_rng(0))
    )
    definition = DEFINITIONS[concept]
    holding = profiles = 0
    for ranks in drawn:
        if profiles and is_over():
            break
        profiles += 1
        holding += all(bool(definition(model.graph, ranks, p)[state]) for p in wanted)
    return Share(holding=holding, profiles=profiles, is_exact=is_counted and profiles == total)


def _all(model: Model, varied: Sequence[int]) -> Iterator[list[Values]]:
    orders = [_on(model, own) for own in permutations(range(len(model.states)))] if varied else []
    for chosen in product(orders, repeat=len(varied)):
        ranks = list(model.ranks)
        for party, own in zip(varied, chosen, strict=True):
            ranks[party] = own
        yield ranks


def _drawn(
    model: Model, varied: Sequence[int], samples: int, rng: np.random.Generator
) -> Iterator[list[Values]]:
    for _ in range(samples):
        ranks = list(model.ranks)
        for party in varied:
            ranks[party] = _on(model, rng.permutation(len(model.states)))
        yield ranks


def _on(model: Model, own: Sequence[int] | np.ndarray[tuple[int], np.dtype[np.int64]]) -> Values:
    ranks = np.zeros(model.graph.size, dtype=np.int32)
    ranks[model.states] = own
    return ranks
