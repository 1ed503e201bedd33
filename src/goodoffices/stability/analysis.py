"""Which states are stable for whom, and which for everybody: a whole model at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import StabilityError
from goodoffices.stability.definitions import DEFINITIONS, Verdict
from goodoffices.stability.model import Model

CONCEPTS: Mapping[str, str] = {
    "nash": "no improvement at all",
    "sseq": "every improvement would be answered, and there is no way out of the answer",
    "seq": "every improvement would be answered by moves that those who make them gain from",
    "smr": "every improvement could be answered, and there is no way out of the answer",
    "gmr": "every improvement could be answered",
}
"""Concepts, the strongest first, and what keeps a party where it is.

Nash implies all others, ``sseq`` implies ``seq`` and ``smr``, and each of these ``gmr``. Neither
of ``seq`` and ``smr`` implies the other; that ``seq`` stands first, because its answers are ones
to be expected, is the order that the notes of this project report from work they cite.
"""

_IMPLIED = {
    "nash": ("sseq", "seq", "smr", "gmr"),
    "sseq": ("seq", "smr", "gmr"),
    "seq": ("gmr",),
    "smr": ("gmr",),
    "gmr": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Equilibrium:
    """A state that is stable for every party.

    Attributes
    ----------
    concepts
        Those under which it is stable for everybody, the strongest first.
    held
        For each party all concepts under which it is stable for that party, the strongest first.
    better
        For each party how many states it likes better.
    """

    state: int
    concepts: tuple[str, ...]
    held: tuple[tuple[str, ...], ...]
    better: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Verdicts on all states of a model.

    Attributes
    ----------
    concepts
        The concepts asked about, the strongest first.
    verdicts
        Concept → for each party and state, whether the state is stable for the party; ``False``
        where a state is infeasible. Shape (parties, size of the graph).
    indifferent
        Numbers of parties that like all states equally. Everything is stable for them, which says
        nothing about the conflict, and often means that their statements are amiss.
    """

    model: Model
    concepts: tuple[str, ...]
    verdicts: Mapping[str, NDArray[np.bool_]]
    indifferent: tuple[int, ...]

    def equilibria(self, concept: str) -> NDArray[np.int64]:
        """The states that are stable for every party, in ascending order."""
        return np.flatnonzero(self.verdicts[concept].all(axis=0))

    def count(self, concept: str) -> int:
        """How many states are stable for every party."""
        return int(self.verdicts[concept].all(axis=0).sum())

    def count_of_any(self) -> int:
        """How many states are stable for every party under at least one of the concepts."""
        found = [self.verdicts[concept].all(axis=0) for concept in self.concepts]
        return int(np.logical_or.reduce(found).sum()) if found else 0

    def held(self, party: int, state: int) -> tuple[str, ...]:
        """The concepts under which a state is stable for a party, the strongest first."""
        return tuple(c for c in self.concepts if self.verdicts[c][party, state])


def analyse(model: Model, concepts: Iterable[str] = CONCEPTS) -> Analysis:
    """Whether each state is stable for each party, under each concept.

    Raises
    ------
    StabilityError
        There is no such concept.

    Examples
    --------
    Two who may swerve or not; the worst is that neither does.

    >>> from goodoffices.case.model import Party
    >>> from goodoffices.stability.hypercube import Hypercube
    >>> from goodoffices.stability.model import Ordering
    >>> chicken = Model(
    ...     title="Chicken",
    ...     parties=(Party(id="One"), Party(id="Two")),
    ...     graph=Hypercube((("both",), ("both",))),
    ...     orderings=tuple(
    ...         Ordering(ranks=np.array(ranks, np.int32)) for ranks in ([0, 1, 3, 2], [0, 3, 1, 2])
    ...     ),
    ... )
    >>> analysis = analyse(chicken)
    >>> analysis.equilibria("nash").tolist(), analysis.equilibria("smr").tolist()
    ([1, 2], [1, 2, 3])
    """
    asked = known(concepts)
    graph, ranks = model.graph, model.ranks
    is_state = np.zeros(graph.size, dtype=np.bool_)
    is_state[model.states] = True

    def verdicts(concept: str) -> Verdict:
        rows = [DEFINITIONS[concept](graph, ranks, party) for party in range(graph.parties)]
        return np.array(rows) & is_state

    return Analysis(
        model=model,
        concepts=asked,
        verdicts={concept: verdicts(concept) for concept in asked},
        indifferent=tuple(
            party for party, own in enumerate(ranks) if len(np.unique(own[model.states])) < 2
        ),
    )


def known(concepts: Iterable[str]) -> tuple[str, ...]:
    """The concepts without repetition, the strongest first.

    Raises
    ------
    StabilityError
        There is no such concept.
    """
    asked = list(concepts)
    for concept in asked:
        if concept not in CONCEPTS:
            raise StabilityError(
                f"'{concept}' is not a stability concept. Concepts: {', '.join(DEFINITIONS)}."
            )
    return tuple(concept for concept in CONCEPTS if concept in asked)


def strongest(held: Sequence[str]) -> tuple[str, ...]:
    """The concepts that no other of them implies; ``seq`` and ``smr`` can stand side by side.

    >>> strongest(("nash", "sseq", "gmr")), strongest(("seq", "smr", "gmr")), strongest(())
    (('nash',), ('seq', 'smr'), ())
    """
    return tuple(c for c in held if not any(c in _IMPLIED[other] for other in held))


def leading(analysis: Analysis, most: int = 10) -> tuple[Equilibrium, ...]:
    """The first equilibria of a model, which may have hundreds of thousands.

    First come those that are equilibria under the strongest concept: the party that is held least
    firmly decides. Among these come first those where more parties are held by ``nash``, then by
    ``sseq`` and so on; then those where the party that sees most better states sees fewest. That
    last number compares places in rankings and measures nothing.

    Parameters
    ----------
    most
        How many to give at most.
    """
    # Concept by concept, so that of very many only the strongest that are needed get sorted.
    taken = np.zeros(analysis.model.graph.size, dtype=np.bool_)
    chosen: list[int] = []
    for concept in analysis.concepts:
        is_new = analysis.verdicts[concept].all(axis=0) & ~taken
        taken |= is_new
        states = np.flatnonzero(is_new)
        if len(states) and len(chosen) < most:
            held = [analysis.verdicts[c][:, states].sum(axis=0) for c in analysis.concepts]
            keys = np.array([_worst_place(analysis, states), *(-count for count in held[::-1])])
            chosen += states[np.lexsort(keys)][: most - len(chosen)].tolist()
    return tuple(_equilibrium(analysis, state) for state in chosen)


def _equilibrium(analysis: Analysis, state: int) -> Equilibrium:
    model = analysis.model
    return Equilibrium(
        state=state,
        concepts=tuple(c for c in analysis.concepts if analysis.verdicts[c][:, state].all()),
        held=tuple(analysis.held(party, state) for party in range(len(model.parties))),
        better=tuple(int((own[model.states] > own[state]).sum()) for own in model.ranks),
    )


def _worst_place(analysis: Analysis, states: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each of the states how many are better for the party that sees most better ones."""
    model = analysis.model
    worst = np.zeros(len(states), dtype=np.int64)
    for own in model.ranks:
        ascending = np.sort(own[model.states])
        better = len(ascending) - np.searchsorted(ascending, own[states], side="right")
        worst = np.maximum(worst, better)
    return worst
