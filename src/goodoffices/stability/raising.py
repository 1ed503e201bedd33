"""How cheaply one state of a ranking is lifted over others, for many choices of the others at once.

States above the one to be lifted either end up above it or not. Let X be those that do not. Each
of X changes places with the state, and with each state that stays above and was not better; states
tied with the lifted one are left behind, one difference each. So with the tied ones T and those
above A the distance of the nearest ranking is

    |T| + sum over x in X of (1 + the number of states in A, not in X, that were not better than x)

X may be more than was asked for: a state far down in A that stays above costs every x its passing.
The lower a state stands in A, the more it saves by being taken into X and the less that costs; of
tied ones it is best to take all or none. So the best X is what was asked for and all others up to
some level of the ranking: running sums find it. Where nothing is tied and nothing fixed, that is
everything up to the highest that was asked for: only the lifted state changes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.stability.reordering import Reordering, States
from goodoffices.stability.values import Values

NEVER = np.int64(1) << 40
"""The cost of what no ranking does that keeps the fixed pairs."""

_AT_ONCE = 1 << 21
"""How many entries of the table of choices are worked on at a time."""


class Lift:
    """One party's ranking, and the state that is to be lifted.

    Parameters
    ----------
    ranks
        The greater, the better.
    states
        The states that count.
    state
        What is lifted.
    fixed
        Pairs (better, worse) that stay.
    """

    def __init__(
        self,
        ranks: Values,
        states: States,
        state: int,
        fixed: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.ranks, self.states, self.state = ranks, states, state
        own = ranks[states]
        above = states[own > ranks[state]]
        self.above: States = above[np.argsort(ranks[above], kind="stable")]
        self.ties = int((own == ranks[state]).sum()) - 1
        self.place: NDArray[np.int64] = np.full(len(ranks), -1)
        self.place[self.above] = np.arange(len(self.above))
        # For each place its level: how many different ranks stand between it and the state.
        _, self._level = np.unique(ranks[self.above], return_inverse=True)
        self._sizes = np.bincount(self._level)
        below: dict[int, list[int]] = {}
        for better, worse in fixed:
            below.setdefault(better, []).append(worse)
        self._along = {place: self._dragged(place, below) for place in range(len(above)) if below}
        self._stays: NDArray[np.bool_] = np.zeros(len(above), dtype=np.bool_)
        for place, along in self._along.items():
            self._stays[place] = along is None
        barred = np.bincount(self._level[self._stays], minlength=len(self._sizes))
        self._barred, self._barred_below = barred, np.cumsum(barred)
        self._is_plain = not below and len(self._sizes) == len(above)

    def _dragged(self, place: int, below: dict[int, list[int]]) -> list[int] | None:
        """What goes down with a state; ``None`` if it can only be better than the lifted one."""
        seen: set[int] = set()
        left = [int(self.above[place])]
        while left:
            for worse in below.get(left.pop(), []):
                if worse not in seen:
                    seen.add(worse)
                    left.append(worse)
        if self.state in seen:
            return None
        return [int(self.place[s]) for s in seen if self.place[s] >= 0]

    def costs(self, choices: Sequence[Iterable[int]]) -> NDArray[np.int64]:
        """For each choice of states that are not to be better, the distance of the nearest ranking.

        States that are no better already cost nothing. :data:`NEVER` where fixed pairs forbid it.
        """
        found = np.zeros(len(choices), dtype=np.int64)
        if self._is_plain:
            for n, states in enumerate(choices):
                highest = max((int(self.place[state]) for state in states), default=-1)
                found[n] = self.ties + highest + 1 if highest >= 0 else 0
            return found
        step = max(1, _AT_ONCE // max(1, len(self._sizes)))
        for first in range(0, len(choices), step):
            part = [self._chosen(states) for states in choices[first : first + step]]
            costs, _ = self._costs(part)
            found[first : first + step] = costs
        return found

    def lifted(self, states: Iterable[int]) -> Reordering | None:
        """The nearest ranking in which these are not better than the state."""
        chosen = self._chosen(states)
        if not len(chosen):
            return Reordering(0, self.ranks)
        costs, levels_taken = self._costs([chosen])
        if costs[0] >= NEVER:
            return None
        stays = (self._level >= levels_taken[0]) | self._stays
        stays[chosen] = False
        stay = np.zeros(len(self.ranks), dtype=np.bool_)
        stay[self.above[stays]] = True
        _, levels = np.unique(self.ranks[self.states], return_inverse=True)
        new = self.ranks.copy()
        top = int(levels.max()) + 1
        new[self.states] = levels + np.where(stay[self.states], top + 1, 0)
        new[self.state] = top
        return Reordering(int(costs[0]), new)

    def dropped(self, states: Iterable[int]) -> Reordering | None:
        """The nearest ranking in which all of these are better than the state.

        For a ranking given upside down. Unlike :meth:`lifted`, a tie will not do.
        """
        asked = list(states)
        below = [state for state in asked if self.place[state] >= 0]
        found = self.lifted(below) if below else self._parted(asked)
        return None if found is None else Reordering(found.cost, -found.ranks)

    def _parted(self, asked: Sequence[int]) -> Reordering:
        """The state before all that are tied with it, if any of those asked for is."""
        tied = self.ranks[self.states] == self.ranks[self.state]
        if not (self.ranks[asked] == self.ranks[self.state]).any():
            return Reordering(0, self.ranks)
        new = self.ranks.copy()
        _, levels = np.unique(self.ranks[self.states], return_inverse=True)
        new[self.states] = 2 * levels
        new[self.states[tied]] -= 1
        new[self.state] += 1
        return Reordering(self.ties, new)

    def _chosen(self, states: Iterable[int]) -> NDArray[np.int64]:
        """The places of those of the states that are better, and of what must go with them."""
        places = self.place[np.fromiter(states, dtype=np.int64)]
        places = places[places >= 0]
        along = [p for place in places.tolist() for p in self._along.get(place) or ()]
        return np.unique(np.append(places, along).astype(np.int64))

    def _costs(
        self, chosen: Sequence[NDArray[np.int64]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Costs, and up to which level the others are best taken along."""
        counts = np.zeros((len(chosen), len(self._sizes)), dtype=np.int64)
        for row, places in zip(counts, chosen, strict=True):
            np.add.at(row, self._level[places], 1)
        forbidden = np.array([bool(self._stays[places].any()) for places in chosen])
        gaps = self._sizes - counts
        asked = (counts * (1 + np.cumsum(gaps, axis=1))).sum(axis=1)
        at_least = counts[:, ::-1].cumsum(axis=1)[:, ::-1]
        # What taking the others of a level along adds, once those of all lower ones are taken.
        step = (gaps - self._barred) * (1 + self._barred_below - at_least)
        sums = np.zeros((len(chosen), len(self._sizes) + 1), dtype=np.int64)
        np.cumsum(step, axis=1, out=sums[:, 1:])
        # Of points that cost the same the highest: then fewer states change places.
        taken = sums.shape[1] - 1 - sums[:, ::-1].argmin(axis=1)
        saved = sums[np.arange(len(chosen)), taken]
        is_any = np.array([len(places) > 0 for places in chosen])
        costs = np.where(is_any, self.ties + asked + saved, 0)
        return np.where(forbidden, NEVER, costs), np.where(is_any, taken, 0)
