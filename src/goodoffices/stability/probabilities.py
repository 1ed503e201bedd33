"""Stability where a party prefers one state to another only with some probability."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.bitsets import Table
from goodoffices.stability.model import Model
from goodoffices.stability.relations import Relations, better, marked, sanctioned

Chances: TypeAlias = NDArray[np.float64]

# 1 - 0.9 is less than 0.1 in floating point, and 0.9 would not be a level for a chance of 0.1.
_SLACK = 1e-12


def probabilistic(
    model: Model, alpha: float = 1.0, beta: float = 1.0, gamma: float = 1.0
) -> Relations:
    """The comparisons of parties who prefer one state to another with some probability.

    Where a party's ordering names no probability for a pair, its ranks decide. The probability of
    the reverse is the rest to 1 unless it is named too.

    Parameters
    ----------
    alpha
        A party leaves s for t if it prefers t with more than ``1 - alpha``.
    beta
        A party at s is deterred by t if it prefers t with no more than ``1 - beta``.
    gamma
        A party steps from s to t in answer if it prefers t with more than ``1 - gamma``.

    Returns
    -------
    Comparisons for :func:`goodoffices.stability.stable`: ``nash`` of them is alpha-Nash stability,
    ``gmr`` and ``smr`` (alpha, beta)-metarationality, ``seq`` (alpha, beta, gamma)-sequential
    stability. If all probabilities are 0 or 1, every level above 0 gives the plain definitions.

    Raises
    ------
    StabilityError
        If a level or probability is not between 0 and 1, or both probabilities of a pair exceed 1
        together, or the model is too large for tables.

    References
    ----------
    [RegoSantos2015]_, abstract read; the inequalities are recalled and were not re-read. The notes
    of this project have ``P(s, t) >= beta`` for deterring; here it is ``P(t, s) <= 1 - beta``,
    which is the same where one of two states is always preferred, and lets ties deter as the plain
    definitions do. ``sseq`` is ours.
    """
    for name, level in (("alpha", alpha), ("beta", beta), ("gamma", gamma)):
        if not 0 <= level <= 1:
            raise StabilityError(f"{name} is {level}; a level is a number from 0 to 1.")
    chances = [_chances(model, number) for number in range(len(model.parties))]
    return Relations(
        model.graph,
        tuple(_above(table, 1 - alpha) for table in chances),
        tuple(~_above(table, 1 - beta) for table in chances),
        tuple(_above(table, 1 - gamma) for table in chances),
    )


def largest_alpha(
    model: Model, concept: str, party: int, *, beta: float = 1.0, gamma: float = 1.0
) -> Chances:
    """For each state the largest alpha for which it is stable for the party.

    Raising alpha lets smaller chances tempt. What deters does not depend on alpha, so the answer
    is 1 less the greatest chance of preferring a move that nothing deters from; and 1 if there is
    no such move. It is nan at infeasible states. Parameters as in :func:`probabilistic`.
    """
    relations = probabilistic(model, 1.0, beta, gamma)
    own = relations.moves[party]
    free = own & ~sanctioned(relations, concept, party, own)
    # A relation from s to t says what t is like seen from s.
    tempting = np.where(free, _chances(model, party), 0.0)
    found = np.full(model.graph.size, np.nan)
    found[model.states] = 1 - tempting.max(axis=1, initial=0.0)
    return found


def _chances(model: Model, number: int) -> Chances:
    """``[s, t]``: the probability that the party prefers t to s."""
    ordering = model.orderings[number]
    table = better(model.graph, ordering.ranks).astype(np.float64)
    place = {state: n for n, state in enumerate(model.states.tolist())}
    marked(model.graph, ordering.probabilities)  # Refuses pairs that are no states.
    for (first, second), chance in ordering.probabilities.items():
        back = ordering.probabilities.get((second, first))
        if not 0 <= chance <= 1 or (back is not None and chance + back > 1 + _SLACK):
            raise StabilityError(
                f"{model.parties[number]} prefers {model.label(first)} to {model.label(second)} "
                f"with probability {chance}{'' if back is None else f', the reverse with {back}'}; "
                "each is a number from 0 to 1, and so is their sum."
            )
        table[place[second], place[first]] = chance
        if back is None:
            table[place[first], place[second]] = 1 - chance
    return table


def _above(table: Chances, level: float) -> Table:
    return np.asarray(table > level + _SLACK)
