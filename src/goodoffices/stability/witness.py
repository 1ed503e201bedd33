"""Why a state is stable for a party, or not: the moves that show it.

A verdict alone asks to be believed. A witness can be checked by hand: it names the moves, who
makes them, and where they lead. It is looked for from the state in question outward, move by move,
and not in the passes over all states that find the verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodoffices.stability.analysis import known
from goodoffices.stability.definitions import Graph
from goodoffices.stability.model import Model
from goodoffices.stability.paths import Path, Reached, reach
from goodoffices.stability.values import Values

IMPROVING = frozenset({"seq", "sseq"})
"""Concepts in which only answers count that every mover gains from."""

SYMMETRIC = frozenset({"smr", "sseq"})
"""Concepts in which an answer has to leave the party no way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An improvement of a party, and what the others can make of it.

    Attributes
    ----------
    improvement
        The state that the party is tempted to move to.
    path
        The others' moves from there. Where ``deters``, a shortest sequence to a state that takes
        the temptation away; otherwise the sequence that would come closest to it, and empty if the
        others can do nothing that is worse for the party than the improvement itself.
    others_move
        Whether the others have any move there, of the kind that the concept counts.
    counter
        Under ``smr`` and ``sseq``: the state of the party's best move after the answer, whether or
        not it helps; ``None`` if it has no move. ``None`` under the other concepts.
    deters
        Whether the answer takes the temptation away.
    """

    improvement: int
    path: Path
    others_move: bool
    counter: int | None
    deters: bool

    @property
    def end(self) -> int:
        """The state after the answer."""
        return self.path[-1].state if self.path else self.improvement


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Why a state is stable for a party under a concept, or not.

    Attributes
    ----------
    moves
        How many states the party can move to.
    improvements
        How many of them it likes better.
    answers
        Of a stable state: an answer to every improvement, that with the greatest gain first. Of an
        unstable one: the improvement with the greatest gain among those that nothing deters.
        Under ``nash`` nobody answers.
    """

    party: int
    state: int
    concept: str
    is_stable: bool
    moves: int
    improvements: int
    answers: tuple[Answer, ...]


def witness(model: Model, party: int, state: int, concept: str) -> Witness:
    """Why a state is stable for a party under a concept, or not.

    Parameters
    ----------
    party
        The number of the party.
    state
        A state of the model's graph, a feasible one.

    Raises
    ------
    StabilityError
        There is no such concept.

    Examples
    --------
    In the prisoners' dilemma each is tempted to leave the joint silence (state 0), and stays
    because the other would answer in kind.

    >>> from goodoffices.case.model import Party
    >>> from goodoffices.stability.hypercube import Hypercube
    >>> from goodoffices.stability.model import Ordering
    >>> dilemma = Model(
    ...     title="Prisoners' dilemma",
    ...     parties=(Party(id="One"), Party(id="Two")),
    ...     graph=Hypercube((("both",), ("both",))),
    ...     orderings=tuple(
    ...         Ordering(ranks=np.array(ranks, np.int32)) for ranks in ([2, 3, 0, 1], [2, 0, 3, 1])
    ...     ),
    ... )
    >>> found = witness(dilemma, 0, 0, "seq")
    >>> found.is_stable, found.answers[0].improvement, found.answers[0].path
    (True, 1, (Step(movers=(1,), state=3),))
    """
    known([concept])
    graph, own = model.graph, model.ranks[party]
    moves = graph.moves(party, state)
    tempting = moves[own[moves] > own[state]]
    tempting = tempting[np.argsort(-own[tempting].astype(np.int64), kind="stable")]
    final = graph.greatest(party, own) if concept in SYMMETRIC else own
    answers: list[Answer] = []
    for improvement in tempting.tolist():
        if concept == "nash":
            answer = Answer(
                improvement=improvement, path=(), others_move=False, counter=None, deters=False
            )
        else:
            answer = _answer(model, party, state, improvement, concept, final)
        if not answer.deters:
            answers = [answer]
            break
        answers.append(answer)
    return Witness(
        party=party,
        state=state,
        concept=concept,
        is_stable=all(answer.deters for answer in answers),
        moves=len(moves),
        improvements=len(tempting),
        answers=tuple(answers),
    )


def _answer(
    model: Model, party: int, state: int, improvement: int, concept: str, final: Values
) -> Answer:
    """The best that the others can do against an improvement.

    ``final`` is what the party has at each state in the end: there, or after its best way out.
    """
    graph, own = model.graph, model.ranks[party]
    others = [other for other in range(graph.parties) if other != party]
    reached = reach(
        graph,
        improvement,
        others,
        ranks=model.ranks if concept in IMPROVING else None,
        enough=lambda states: bool((final[states] <= own[state]).any()),
    )
    end = _end(reached, improvement, state, own, final)
    return Answer(
        improvement=improvement,
        path=() if end == improvement else reached.path(end),
        others_move=bool(len(reached.states)),
        counter=_best_move(graph, party, own, end) if concept in SYMMETRIC else None,
        deters=bool(final[end] <= own[state]),
    )


def _end(reached: Reached, improvement: int, state: int, own: Values, final: Values) -> int:
    """Where an answer leads that deters; or else comes close, or does nothing."""
    states = reached.states
    deterring = states[final[states] <= own[state]]
    if len(deterring):
        candidates = deterring
    else:
        # What is bad enough, though there is a way out of it, says more than what is not bad.
        bad = states[own[states] <= own[state]]
        candidates = bad if len(bad) else states[final[states] < final[improvement]]
    if not len(candidates):
        return improvement
    return int(candidates[np.lexsort((own[candidates], final[candidates]))[0]])


def _best_move(graph: Graph, party: int, own: Values, state: int) -> int | None:
    moves = graph.moves(party, state)
    return int(moves[np.argmax(own[moves])]) if len(moves) else None
