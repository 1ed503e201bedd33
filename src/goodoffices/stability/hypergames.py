"""Conflicts that each party sees in its own way: moves it overlooks, wishes it gets wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import DEFINITIONS, Verdict
from goodoffices.stability.model import Model


@dataclass(frozen=True)
class Misperceived:
    """A state whose being an equilibrium depends on whether parties see the conflict as it is.

    Attributes
    ----------
    parties
        Numbers of those who judge the state differently in what they see and in what there is.
    """

    state: int
    parties: tuple[int, ...]


@dataclass(frozen=True)
class Perceptions:
    """What becomes of the equilibria when parties see a conflict in their own ways.

    Attributes
    ----------
    equilibria
        The states at which every party stays, by what it sees.
    only_misperceived
        Those of them at which somebody would not stay if it saw the conflict as it is.
    overlooked
        States that would be equilibria if all saw it so, and are not.
    """

    equilibria: tuple[int, ...]
    only_misperceived: tuple[Misperceived, ...]
    overlooked: tuple[Misperceived, ...]


def hypergame(views: Sequence[Model], concept: str, party: int) -> Verdict:
    """Where a party stays, by what it sees of the conflict.

    Parameters
    ----------
    views
        For each party the conflict as it sees it: moves and rankings, everybody's. The states have
        the same numbers in all.
    concept
        The name of a definition, such as ``seq``.

    Returns
    -------
    For each state whether it is stable for the party. A state that it does not see (infeasible in
    its view) counts as stable: it knows of no move from there.

    Raises
    ------
    StabilityError
        If there is not one view for each party, the states differ, or there is no such concept.

    References
    ----------
    Equilibria of a hypergame as states stable for each in its own view: [WangHipelFraser1988]_,
    recalled and not re-read. Counting unseen states as stable is how the model with misperception
    that is bundled with GMCR+ has them.
    """
    _check(views, concept)
    view = views[party]
    unseen = np.ones(view.graph.size, dtype=np.bool_)
    unseen[view.states] = False
    return unseen | DEFINITIONS[concept](view.graph, view.ranks, party)


def perceptions(actual: Model, views: Sequence[Model], concept: str) -> Perceptions:
    """The equilibria of a hypergame against those of the conflict as it is.

    Parameters
    ----------
    actual
        The conflict as the analyst holds it to be.
    views
        As each party sees it; see :func:`hypergame`.

    Raises
    ------
    StabilityError
        As in :func:`hypergame`.
    """
    _check([actual, *views], concept, parties=len(actual.parties))
    parties = range(len(actual.parties))
    seen = np.array([hypergame(views, concept, p) for p in parties])
    there = np.array([DEFINITIONS[concept](actual.graph, actual.ranks, p) for p in parties])
    feasible = np.zeros(actual.graph.size, dtype=np.bool_)
    feasible[actual.states] = True
    held, sound = feasible & seen.all(axis=0), feasible & there.all(axis=0)

    def misperceived(states: NDArray[np.bool_]) -> tuple[Misperceived, ...]:
        return tuple(
            Misperceived(s, tuple(np.flatnonzero(seen[:, s] != there[:, s]).tolist()))
            for s in np.flatnonzero(states).tolist()
        )

    return Perceptions(
        equilibria=tuple(np.flatnonzero(held).tolist()),
        only_misperceived=misperceived(held & ~sound),
        overlooked=misperceived(sound & ~held),
    )


def _check(models: Sequence[Model], concept: str, parties: int | None = None) -> None:
    if concept not in DEFINITIONS:
        raise StabilityError(
            f"'{concept}' is not a definition of stability here. "
            f"There are {', '.join(DEFINITIONS)}."
        )
    views = len(models) if parties is None else len(models) - 1
    wanted = len(models[0].parties) if models else 0
    names = {tuple(party.id for party in model.parties) for model in models}
    if views != wanted or len(names) > 1:
        raise StabilityError(
            f"A hypergame needs a view for each party, of the same parties in the same order; "
            f"there are {views} views."
        )
    sizes = sorted({model.graph.size for model in models})
    if len(sizes) > 1:
        raise StabilityError(
            f"The views number their states differently: {sizes[0]} and {sizes[-1]} states. Keep "
            "the states of the whole conflict, and leave out moves or declare states infeasible."
        )
