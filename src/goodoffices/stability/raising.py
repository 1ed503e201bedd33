"""How cheaply one state of a ranking is lifted over others, for many choices of the others at once.

States above the one to be lifted either end up above it or not. Let X be those that do not. Each
of X changes places with the state, and with each state that stays above and was not better; states
tied with the lifted one are left behind, one difference each. So with the tied ones T and those
above A the distance of the nearest ranking is

    |T| + sum over x in X of (1 + the number of states in A, not in X, that were not better than x)

X may be more than was asked for: a state far down in A that stays above costs every x its passing.
The lower a state stands in A, the more it saves and the less it costs to take it into X. So the
best X is what was asked for and the lowest of the others, up to some point: running sums along the
ranking find it.
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
        levels = ranks[self.above]
        # For each place the first and the last place of the states tied with it.
        self._first = np.searchsorted(levels, levels, side="left")
        self._last = np.searchsorted(levels, levels, side="right") - 1
        below: dict[int, list[int]] = {}
        for better, worse in fixed:
            below.setdefault(better, []).append(worse)
        self._along = {place: self._dragged(place, below) for place in range(len(above)) if below}
        self._stays: NDArray[np.bool_] = np.zeros(len(above), dtype=np.bool_)
        for place, along in self._along.items():
            self._stays[place] = along is None

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
        step = max(1, _AT_ONCE // max(1, len(self.above)))
        for first in range(0, len(choices), step):
            part = choices[first : first + step]
            chosen = np.zeros((len(part), len(self.above)), dtype=np.bool_)
            for row, states in zip(chosen, part, strict=True):
                self._mark(row, states)
            found[first : first + step] = self._costs(chosen)[0]
        return found

    def lifted(self, states: Iterable[int]) -> Reordering | None:
        """The nearest ranking in which these are not better than the state."""
        chosen = np.zeros((1, len(self.above)), dtype=np.bool_)
        self._mark(chosen[0], states)
        if not chosen.any():
            return Reordering(0, self.ranks)
        costs, taken = self._costs(chosen)
        if costs[0] >= NEVER:
            return None
        stay = np.zeros(len(self.ranks), dtype=np.bool_)
        stay[self.above] = True
        gaps = np.flatnonzero(~chosen[0] & ~self._stays)[: taken[0]]
        stay[self.above[chosen[0]]] = False
        stay[self.above[gaps]] = False
        _, levels = np.unique(self.ranks[self.states], return_inverse=True)
        new = self.ranks.copy()
        top = int(levels.max()) + 1
        new[self.states] = levels + np.where(stay[self.states], top + 1, 0)
        new[self.state] = top
        return Reordering(int(costs[0]), new)

    def _mark(self, row: NDArray[np.bool_], states: Iterable[int]) -> None:
        places = self.place[np.fromiter(states, dtype=np.int64)]
        places = places[places >= 0]
        row[places] = True
        for place in places.tolist() if self._along else ():
            row[self._along[place] or []] = True

    def _costs(self, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Costs, and how many of the lowest other states are best taken along."""
        if not chosen.shape[1]:
            nothing = np.zeros(len(chosen), dtype=np.int64)
            return nothing, nothing
        gaps = ~chosen
        up_to = np.cumsum(gaps, axis=1, dtype=np.int64)
        asked = (chosen * (1 + up_to[:, self._last])).sum(axis=1)
        # What taking one more of the others adds, once all lower ones are taken.
        at_least = chosen[:, ::-1].cumsum(axis=1, dtype=np.int64)[:, ::-1][:, self._first]
        free = gaps & ~self._stays
        number = np.cumsum(free, axis=1, dtype=np.int64)
        before = number - free
        taken_tied = before - before[:, self._first]
        left_tied = number[:, self._last] - number
        barred = np.cumsum(self._stays, dtype=np.int64)[self._last]
        step = np.where(free, 1 + barred + left_tied - at_least - taken_tied, 0)
        sums = np.cumsum(step, axis=1)
        best = sums.argmin(axis=1)
        rows = np.arange(len(chosen))
        saved = np.minimum(sums[rows, best], 0)
        taken = np.where(saved < 0, number[rows, best], 0)
        costs = np.where(chosen.any(axis=1), self.ties + asked + saved, 0)
        return np.where((chosen & self._stays).any(axis=1), NEVER, costs), taken
