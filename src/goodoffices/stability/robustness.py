"""How robust a state is: a vector of measures with names, and no score that would hide them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from goodoffices.stability.coalitions import JointImprovement, joint_improvements
from goodoffices.stability.definitions import DEFINITIONS
from goodoffices.stability.inverse import checked
from goodoffices.stability.margins import Margins, margins
from goodoffices.stability.model import Model
from goodoffices.stability.radius import Radius, radius
from goodoffices.stability.reach import Flags, Steps, path
from goodoffices.stability.shares import Share
from goodoffices.stability.survival import profiles_away, survival, survival_sampled

STRENGTH = ("nash", "sseq", "seq", "smr", "gmr")
"""The definitions from strong to weak, after an abstract that has Nash, SEQ, SMR, GMR; SSEQ, which
implies the last three, is put in by that."""

Path: TypeAlias = tuple[tuple[int, int, int], ...]
"""Moves, one after the other: (mover, from, to)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRobustness:
    """What holds one party.

    Attributes
    ----------
    concepts
        Under which definitions the state is stable for it, from strong to weak.
    freedom
        How many moves it has from the state: each could become an improvement if it came to think
        otherwise.
    temptations
        The states to which it could improve.
    margins
        Where its preferences have probabilities: how far they are from breaking the state.
    """

    party: int
    concepts: tuple[str, ...]
    freedom: int
    temptations: tuple[int, ...]
    margins: Margins | None

    @property
    def strongest(self) -> str | None:
        """The strongest definition under which the state is stable for the party."""
        return self.concepts[0] if self.concepts else None

    @property
    def has_no_move(self) -> bool:
        """Whether the state is stable only because the party can do nothing: no sign of content."""
        return self.freedom == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """What follows when a party leaves a state once, whether it gains by that or not.

    Attributes
    ----------
    returns
        The shortest way back by improvements: (mover, from, to); ``None`` if there is none.
    escape
        The shortest way by improvements to another equilibrium; empty if the shock leads into one;
        ``None`` if there is none.
    """

    party: int
    state: int
    returns: Path | None
    escape: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """The measures of one state. They are not added up: each says something else.

    Attributes
    ----------
    parties
        What holds each party.
    freedom
        Moves of all parties from the state.
    radius
        For each definition under which the state is an equilibrium: the fewest changes of rankings
        that break it.
    survival
        For numbers of swaps the share of profiles exactly so far away under which the state is an
        equilibrium still; by ``survival_concept``. Only where the profiles are few enough to count.
    sampled
        The same for rankings drawn around the parties' own.
    exits
        States to which several parties together could go to the gain of each.
    shocks
        What follows on each move of each party from the state.
    """

    state: int
    parties: tuple[PartyRobustness, ...]
    freedom: int
    radius: Mapping[str, Radius]
    survival_concept: str
    survival: Mapping[int, Share]
    sampled: Share | None
    exits: tuple[JointImprovement, ...]
    shocks: tuple[Shock, ...]

    @property
    def escape(self) -> Shock | None:
        """The shock from which the way to another equilibrium is shortest."""
        found = [shock for shock in self.shocks if shock.escape is not None]
        return min(found, key=lambda shock: len(shock.escape or ()), default=None)


def robustness(
    model: Model,
    state: int,
    *,
    concept: str = "nash",
    swaps: Sequence[int] = (1, 2),
    spread: float | None = None,
    most: int = 10_000,
    samples: int = 2_000,
    rng: np.random.Generator | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Robustness:
    """All measures of a state.

    Parameters
    ----------
    concept
        The definition by which survival and other equilibria are judged.
    swaps
        For which distances survival is counted, as far as there are no more than ``most`` profiles.
    spread
        If given, survival is also sampled: see :func:`survival_sampled`.
    is_over
        Asked now and then whether to stop: the radius then comes with what is proven of it.

    Raises
    ------
    StabilityError
        If the concept or the state is not known.

    References
    ----------
    Levels of freedom: [MatbouliHipelKilgour2014]_, abstract read. The order of the definitions:
    [Alhindi2018]_, abstract read. Radius, survival and shocks are ours.
    """
    checked(model, state, concept)
    parties = tuple(_of_party(model, state, party) for party in range(len(model.parties)))
    equilibrium = [c for c in STRENGTH if all(c in own.concepts for own in parties)]
    return Robustness(
        state=state,
        parties=parties,
        freedom=sum(own.freedom for own in parties),
        radius={c: radius(model, state, c, is_over=is_over) for c in equilibrium},
        survival_concept=concept,
        survival={
            n: survival(model, state, concept, n, is_over=is_over)
            for n in swaps
            if 0 < profiles_away(model, n) <= most
        },
        sampled=None
        if spread is None
        else survival_sampled(
            model, state, concept, spread, samples=samples, rng=rng, is_over=is_over
        ),
        exits=tuple(joint_improvements(model.graph, model.ranks, state)),
        shocks=shocks(model, state, concept),
    )


def _of_party(model: Model, state: int, party: int) -> PartyRobustness:
    moves, own = model.graph.moves(party, state).tolist(), model.ranks[party]
    has_chances = any(ordering.probabilities for ordering in model.orderings)
    return PartyRobustness(
        party=party,
        concepts=tuple(
            c for c in STRENGTH if DEFINITIONS[c](model.graph, model.ranks, party)[state]
        ),
        freedom=len(moves),
        temptations=tuple(move for move in moves if own[move] > own[state]),
        margins=margins(model, state, party) if has_chances else None,
    )


def shocks(model: Model, state: int, concept: str = "nash") -> tuple[Shock, ...]:
    """What follows on each move from a state, if the parties then improve as they can.

    A shock is not thought through: who caused it may be the next to improve, even by going back.

    Parameters
    ----------
    concept
        By which definition states are equilibria.

    Raises
    ------
    StabilityError
        If the concept or the state is not known.
    """
    checked(model, state, concept)
    everybody = range(len(model.parties))
    verdicts = [DEFINITIONS[concept](model.graph, model.ranks, party) for party in everybody]
    feasible = np.zeros(model.graph.size, dtype=np.bool_)
    feasible[model.states] = True
    others: Flags = np.logical_and.reduce([feasible, *verdicts])
    others[state] = False
    home = np.zeros(model.graph.size, dtype=np.bool_)
    home[state] = True
    steps = [Steps.of(model.graph, party) for party in everybody]
    usable = {
        p: model.ranks[p][own.targets] > model.ranks[p][own.sources] for p, own in enumerate(steps)
    }
    return tuple(
        Shock(
            party=party,
            state=move,
            returns=path(steps, usable, move, home),
            escape=() if others[move] else path(steps, usable, move, others),
        )
        for party in everybody
        for move in model.graph.moves(party, state).tolist()
    )
