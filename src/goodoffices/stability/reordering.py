"""The ranking nearest to a given one that meets demands, and how far it is.

How far two rankings are apart is the number of pairs of states that they compare differently:
the other way round, or apart where there was a tie, or tied where there was none. Between rankings
without ties that is the least number of swaps of neighbours that leads from one to the other, the
Kendall distance.

A nearest ranking needs no tie that was not there before. Split such a tie along the old ranking's
ties, in any order: every pair in it was compared differently already, so nothing is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.values import Values

States: TypeAlias = NDArray[np.int64]

_NEAR = 1e-6
_MOST_ROWS = 3000
"""Rows of transitivity that are added at a time."""


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """A comparison that a ranking should make.

    ``is_strict``: ``better`` is to be preferred to ``worse``; otherwise a tie will do.
    """

    better: int
    worse: int
    is_strict: bool = True

    def is_met(self, ranks: Values) -> bool:
        """Whether a ranking makes it."""
        if self.is_strict:
            return bool(ranks[self.better] > ranks[self.worse])
        return bool(ranks[self.better] >= ranks[self.worse])


@dataclass(frozen=True, slots=True)
class Reordering:
    """A ranking and how far it is from the one before."""

    cost: int
    ranks: Values


def distance(before: Values, after: Values, states: States) -> int:
    """How many pairs of states two rankings compare differently."""
    return len(differences(before, after, states))


def differences(before: Values, after: Values, states: States) -> list[tuple[int, int]]:
    """The pairs of states that two rankings compare differently, the one now better first.

    A pair that is tied now stands with the one that was better behind.
    """
    found: list[tuple[int, int]] = []
    old, new = before[states], after[states]
    for place, state in enumerate(states.tolist()):
        was = np.sign(old[place + 1 :].astype(np.int64) - old[place])
        is_now = np.sign(new[place + 1 :].astype(np.int64) - new[place])
        for step in np.flatnonzero(was != is_now).tolist():
            other = int(states[place + 1 + step])
            is_other_better = is_now[step] > 0 or (is_now[step] == 0 and was[step] < 0)
            found.append((other, state) if is_other_better else (state, other))
    return found


def nearest(
    ranks: Values,
    states: States,
    wishes: Collection[Wish],
    fixed: Iterable[tuple[int, int]] = (),
) -> Reordering | None:
    """A nearest ranking that meets all wishes.

    Only states that a wish names need to be moved, past blocks of all the others: those keep their
    order, since putting two of them right again would never add a difference. The moves are found
    by a small whole-number programme; its rows that keep the ranking transitive are added as they
    are needed.

    Parameters
    ----------
    ranks
        The ranking before; the greater, the better.
    states
        The states that count.
    wishes
        What the ranking should say.
    fixed
        Pairs (better, worse) that must stay as they are.

    Returns
    -------
    ``None`` if no ranking meets the wishes and keeps the fixed pairs.

    Examples
    --------
    >>> ranks = np.array([3, 2, 1, 0], np.int32)
    >>> found = nearest(ranks, np.arange(4), [Wish(2, 0)])
    >>> found.cost, bool(found.ranks[2] > found.ranks[0])
    (2, True)
    """
    if all(wish.is_met(ranks) for wish in wishes):
        return Reordering(0, ranks)
    kept = [Wish(better, worse) for better, worse in fixed]
    asked = list(wishes)
    while True:
        found = _Blocks(ranks, states, asked).solved()
        if found is None:
            return None
        broken = [wish for wish in kept if not wish.is_met(found.ranks)]
        if not broken:
            return found
        asked += broken


class _Quiet(highspy.Highs):
    """HiGHS that prints nothing: its greeting comes with the first callback, and none is set."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the name is highspy's
        self.silent()


class _Blocks:
    """The programme: states that are named, and blocks of those that are not."""

    def __init__(self, ranks: Values, states: States, wishes: Collection[Wish]) -> None:
        self._ranks, self._states, self._wishes = ranks, states, wishes
        named = {state for wish in wishes for state in (wish.better, wish.worse)}
        self._blocks: list[list[int]] = []
        self._levels: list[int] = []
        self._named: list[bool] = []
        level, is_run = 0, False
        order = states[np.argsort(-ranks[states].astype(np.int64), kind="stable")]
        starts = np.flatnonzero(np.diff(ranks[order])) + 1
        for tied in np.split(order, starts):
            moved = [state for state in tied.tolist() if state in named]
            rest = [state for state in tied.tolist() if state not in named]
            if not moved and is_run:
                self._blocks[-1] += rest
                continue
            level, is_run = level + 1, not moved
            for members, is_named in [([m], True) for m in moved] + (
                [(rest, False)] if rest else []
            ):
                self._blocks.append(members)
                self._levels.append(level)
                self._named.append(is_named)
        self._place = {b[0]: n for n, b in enumerate(self._blocks) if self._named[n]}

    def solved(self) -> Reordering | None:
        """The nearest ranking, if there is any."""
        n = len(self._blocks)
        # at least as good [u, v] = constant + sign * column
        constant = np.ones((n, n))
        sign = np.zeros((n, n))
        column = np.zeros((n, n), dtype=np.int64)
        costs: list[float] = []
        for u in range(n):
            for v in range(u + 1, n):
                is_tied = self._levels[u] == self._levels[v]
                if not is_tied:
                    constant[v, u] = 0
                if not (self._named[u] or self._named[v]):
                    continue
                weight = float(len(self._blocks[u]) * len(self._blocks[v]))
                # Of blocks in different places one column says whether they change them; of tied
                # ones a column each says that it is worse.
                sign[u, v], column[u, v] = -1, len(costs)
                costs.append(weight)
                if is_tied:
                    sign[v, u], column[v, u] = -1, len(costs)
                    costs.append(weight)
                else:
                    sign[v, u], column[v, u] = 1, column[u, v]
        lower, upper = np.zeros(len(costs)), np.ones(len(costs))
        for wish in self._wishes:
            u, v = self._place[wish.better], self._place[wish.worse]
            _bound(lower, upper, (constant, sign, column), (u, v), 1)
            if wish.is_strict:
                _bound(lower, upper, (constant, sign, column), (v, u), 0)
        if (lower > upper).any():
            return None
        highs = _programme(costs, lower, upper)
        is_whole = False
        while True:
            highs.run()
            status = highs.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                return None
            if status != highspy.HighsModelStatus.kOptimal:
                raise StabilityError(
                    f"HiGHS ended with '{highs.modelStatusToString(status)}' where 'Optimal' or "
                    "'Infeasible' was to be expected."
                )
            values = np.array(highs.getSolution().col_value)
            better = constant + sign * values[column]
            rows = _intransitive(better)
            if len(rows):
                _add(highs, rows, (constant, sign, column))
            elif not is_whole and np.abs(values - np.round(values)).max() > _NEAR:
                for number in range(len(costs)):
                    highs.changeColIntegrality(number, highspy.HighsVarType.kInteger)
                is_whole = True
            else:
                cost = round(float(np.dot(costs, np.round(values))))
                return Reordering(cost, self._ranked(np.round(better)))

    def _ranked(self, better: NDArray[np.float64]) -> Values:
        """The ranking of all states in which each block is as good as those it counts."""
        scores = better.sum(axis=1)
        ranks = self._ranks.copy()
        next_rank = 0
        for score in np.unique(scores):
            members = np.array(
                [s for n in np.flatnonzero(scores == score).tolist() for s in self._blocks[n]]
            )
            _, levels = np.unique(self._ranks[members], return_inverse=True)
            # A run of blocks keeps its own order; blocks that end up tied were tied before.
            ranks[members] = next_rank + levels
            next_rank += int(levels.max()) + 1
        return ranks


_Form: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]


def _bound(
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    form: _Form,
    pair: tuple[int, int],
    value: int,
) -> None:
    constant, sign, column = form
    to_be = (value - constant[pair]) / sign[pair]
    lower[column[pair]] = max(lower[column[pair]], to_be)
    upper[column[pair]] = min(upper[column[pair]], to_be)


def _programme(
    costs: list[float], lower: NDArray[np.float64], upper: NDArray[np.float64]
) -> highspy.Highs:
    highs = _Quiet()  # type: ignore[no-untyped-call]  # highspy.Highs has no annotations
    highs.silent()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.5)
    for cost, low, high in zip(costs, lower, upper, strict=True):
        highs.addCol(cost, low, high, 0, np.array([], np.int32), np.array([], np.float64))
    return highs


def _intransitive(better: NDArray[np.float64]) -> NDArray[np.int64]:
    """Triples (u, v, w) with u at least as good as v, v as w, but not u as w: the worst first."""
    excess = better[:, :, None] + better[None, :, :] - better[:, None, :] - 1
    u, v, w = np.nonzero(excess > _NEAR)
    apart = (u != v) & (v != w) & (u != w)
    rows = np.stack([u, v, w], axis=1)[apart]
    worst = np.argsort(-excess[tuple(rows.T)], kind="stable")[:_MOST_ROWS]
    return np.asarray(rows[worst], dtype=np.int64)


def _add(highs: highspy.Highs, rows: NDArray[np.int64], form: _Form) -> None:
    constant, sign, column = form
    for u, v, w in rows.tolist():
        coefficients: dict[int, float] = {}
        limit = 1.0
        for pair, factor in (((u, v), 1), ((v, w), 1), ((u, w), -1)):
            limit -= factor * constant[pair]
            if sign[pair]:
                place = int(column[pair])
                coefficients[place] = coefficients.get(place, 0.0) + factor * sign[pair]
        columns = np.fromiter(coefficients, dtype=np.int32, count=len(coefficients))
        values = np.fromiter(coefficients.values(), dtype=np.float64, count=len(coefficients))
        highs.addRow(-highspy.kHighsInf, limit, len(columns), columns, values)
