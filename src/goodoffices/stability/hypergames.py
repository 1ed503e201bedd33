"""Conflicts that each party sees in its own way: moves it overlooks, wishes it gets wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import DEFINITIONS, Verdict
from goodoffices.stability.model import Model
from goodoffices.stability.relations import check


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


def hypergame(actual: Model, views: Sequence[Model], concept: str, party: int) -> Verdict:
    """Where a party stays, by what it sees of the conflict.

    Parameters
    ----------
    actual
        The conflict as the analyst holds it to be; verdicts are about its states.
    views
        For each party the conflict as it sees it: moves and rankings, everybody's. States are the
        same if they have the same label; where one of the models has no labels, if they have the
        same number, and then both have equally many.
    concept
        The name of a definition, such as ``seq``.

    Returns
    -------
    For each state of ``actual`` whether it is stable for the party. A state that the party does
    not see counts as stable: it knows of no move from there.

    Raises
    ------
    StabilityError
        If there is not one view for each party, the states cannot be matched, or there is no such
        concept.

    References
    ----------
    Equilibria of a hypergame as states stable for each in its own view: [WangHipelFraser1988]_,
    recalled and not re-read. Counting unseen states as stable is how the model with misperception
    that is bundled with GMCR+ has them.
    """
    check(concept)
    parties = [one.id for one in actual.parties]
    if len(views) != len(parties) or any([p.id for p in v.parties] != parties for v in views):
        raise StabilityError(
            f"A hypergame needs a view for each party, of the same parties in the same order: "
            f"{', '.join(parties)}."
        )
    view = views[party]
    verdict = DEFINITIONS[concept](view.graph, view.ranks, party)
    stays = np.ones(actual.graph.size, dtype=np.bool_)
    there, seen = _matched(actual, view)
    stays[there] = verdict[seen]
    return stays


def perceptions(actual: Model, views: Sequence[Model], concept: str) -> Perceptions:
    """The equilibria of a hypergame against those of the conflict as it is.

    Parameters and errors as in :func:`hypergame`.
    """
    parties = range(len(actual.parties))
    stays = np.array([hypergame(actual, views, concept, p) for p in parties])
    would = np.array([DEFINITIONS[concept](actual.graph, actual.ranks, p) for p in parties])
    feasible = np.zeros(actual.graph.size, dtype=np.bool_)
    feasible[actual.states] = True
    held, sound = feasible & stays.all(axis=0), feasible & would.all(axis=0)

    def misperceived(states: NDArray[np.bool_]) -> tuple[Misperceived, ...]:
        return tuple(
            Misperceived(s, tuple(np.flatnonzero(stays[:, s] != would[:, s]).tolist()))
            for s in np.flatnonzero(states).tolist()
        )

    return Perceptions(
        equilibria=tuple(np.flatnonzero(held).tolist()),
        only_misperceived=misperceived(held & ~sound),
        overlooked=misperceived(sound & ~held),
    )


def _matched(actual: Model, view: Model) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The states that a view has, by their numbers in the conflict as it is and in the view."""
    if actual.labels and view.labels:
        numbers = {actual.label(state): state for state in actual.states.tolist()}
        seen = view.states.tolist()
        unknown = [label for state in seen if (label := view.label(state)) not in numbers]
        if unknown:
            raise StabilityError(
                f"A party sees '{unknown[0]}', which is not a state of the conflict. States of all "
                "views are named as in the conflict itself."
            )
        return np.array([numbers[view.label(s)] for s in seen], dtype=np.int64), view.states
    if actual.graph.size != view.graph.size:
        raise StabilityError(
            f"A party sees {view.graph.size:,} states where the conflict has "
            f"{actual.graph.size:,}, and without labels it is not known which is which. Label the "
            "states, or declare what it does not see infeasible."
        )
    return view.states, view.states
