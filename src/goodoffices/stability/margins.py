"""How far probabilistic preferences are from tempting, or from no longer deterring."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count

from goodoffices.stability.model import Model

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """How far a party's stability is from breaking, for each definition, in probability.

    Positive: stable, and if every probability is off by less than the margin, stable still.
    Negative: not stable. ``None``: the party has no move.
    """

    nash: float | None
    gmr: float | None
    smr: float | None
    seq: float | None
    sseq: float | None


def chance(model: Model, party: int, better: int, worse: int) -> float:
    """The probability that a party prefers one state to another.

    Where its ordering gives none, the ranks decide: 1 or 0. That of the reverse is the rest to 1
    unless it is given too.
    """
    ordering = model.orderings[party]
    if (better, worse) in ordering.probabilities:
        return ordering.probabilities[better, worse]
    if (worse, better) in ordering.probabilities:
        return 1 - ordering.probabilities[worse, better]
    return float(ordering.ranks[better] > ordering.ranks[worse])


def margins(model: Model, state: int, party: int, *, threshold: float = THRESHOLD) -> Margins:
    """The margins of a state for a party.

    With P the probability of preferring one state to another, and the threshold t, a move to ``a``
    from ``s`` does not tempt by the margin ``t - P(a, s)``. An answer ``b`` deters by ``t - P(b,
    s)``; where escapes ``c`` count, by the least of that and of all ``t - P(c, s)``; where the
    others must want what they do, by no more than ``P(y, x) - t`` for any of their steps from ``x``
    to ``y``. A move's margin is the greater of not tempting and of its best deterrent; the
    margin of the state is the least of its moves'. Every margin moves by at most as much as the
    probabilities do.

    References
    ----------
    After the stability margins of the project GMCR_GDELT, whose code and report were read for the
    notes of this project; that a move counts as the greater of the two is ours, and so is ``sseq``.
    """
    graph, reach = model.graph, _Reach(model, party, threshold)
    moves = graph.moves(party, state).tolist()
    if not moves:
        return Margins(nash=None, gmr=None, smr=None, seq=None, sseq=None)

    def not_better(other: int) -> float:
        return threshold - chance(model, party, other, state)

    def deters(answer: int, *, escapes: bool) -> float:
        then = graph.moves(party, answer).tolist() if escapes else []
        return min(map(not_better, [answer, *then]))

    found = {"nash": min(map(not_better, moves))}
    for concept, improves, escapes in (
        ("gmr", False, False),
        ("smr", False, True),
        ("seq", True, False),
        ("sseq", True, True),
    ):
        found[concept] = min(
            max(
                [not_better(move)]
                + [
                    min(wanted, deters(answer, escapes=escapes))
                    for answer, wanted in reach.answers(move, improves=improves).items()
                ]
            )
            for move in moves
        )
    return Margins(**found)


class _Reach:
    def __init__(self, model: Model, party: int, threshold: float) -> None:
        self._model, self._party, self._threshold = model, party, threshold
        self._kept: dict[tuple[int, bool], dict[int, float]] = {}

    def answers(self, start: int, *, improves: bool) -> dict[int, float]:
        """Where the others can go, and by how much they want the step they want least."""
        if (start, improves) not in self._kept:
            self._kept[start, improves] = self._answers(start, improves=improves)
        return self._kept[start, improves]

    def _answers(self, start: int, *, improves: bool) -> dict[int, float]:
        numbers = count()
        found: dict[int, float] = {}
        seen: set[tuple[int, int]] = set()
        # The most wanted way on comes first, so the first arrival at a place is the best.
        heap = [(-float("inf"), next(numbers), start, -1)]
        while heap:
            least, _, state, last = heapq.heappop(heap)
            if (state, last) in seen:
                continue
            seen.add((state, last))
            if last >= 0:
                found.setdefault(state, -least)
            for mover in range(len(self._model.parties)):
                if mover in (self._party, last):
                    continue
                for then in self._model.graph.moves(mover, state).tolist():
                    wants = float("inf")
                    if improves:
                        wants = chance(self._model, mover, then, state) - self._threshold
                    heapq.heappush(heap, (max(least, -wants), next(numbers), then, mover))
        return found
