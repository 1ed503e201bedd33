"""Whether a party would accept a package: under all, some or none of its possible preferences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.partial.polytope import TOLERANCE, Vector
from goodoffices.settlement.partial.side import Side
from goodoffices.settlement.partial.space import Mask, Packages, Rows
from goodoffices.settlement.watch import Watch

YES, NO, OPEN = 1, 0, -1
Answers = NDArray[np.int8]

_AT_ONCE = 4096
"""Packages evaluated together."""


@dataclass(frozen=True)
class Acceptance:
    """For each package: ``YES``, ``NO`` or ``OPEN`` (undecided).

    Attributes
    ----------
    necessarily
        Worth the reservation value or more under all preferences.
    possibly
        ... under some.
    gladly
        Worth more than the reservation value under some.
    shares
        (chains, packages): in each walk, the share of preferences that accept.
    """

    necessarily: Answers
    possibly: Answers
    gladly: Answers
    shares: NDArray[np.float64]


def acceptance(side: Side, packages: Packages, watch: Watch) -> Acceptance:
    """Which packages a party would accept.

    Drawn preferences settle most packages: one that rejects and one that accepts suffice. Linear
    programs settle the others, and where one settles a package it settles all that are, issue by
    issue, never worse (or never better). Packages between which the party never sees a
    difference are settled together.
    """
    distinct, number = _distinct(side, packages)
    some = packages.part(distinct)
    work = _Work(side, some, watch)
    work.settle()
    return Acceptance(
        necessarily=work.necessarily[number],
        possibly=work.possibly[number],
        gladly=work.gladly[number],
        shares=work.shares[:, number],
    )


def _distinct(side: Side, packages: Packages) -> tuple[Rows, Rows]:
    """First rows of packages that the party can tell apart, and for each row which it is."""
    _, rows, number = np.unique(
        side.kinds(packages), axis=0, return_index=True, return_inverse=True
    )
    return rows, number.reshape(-1)


class _Work:
    """Packages on the way to being settled."""

    def __init__(self, side: Side, packages: Packages, watch: Watch) -> None:
        self.side, self.packages, self.watch = side, packages, watch
        self.known, self.polytope = side.known, side.known.polytope
        self.ranks = side.bonus_ranks(packages)
        self.necessarily = np.full(len(packages), OPEN, dtype=np.int8)
        self.gladly = np.full(len(packages), OPEN, dtype=np.int8)
        self.possibly = np.full(len(packages), OPEN, dtype=np.int8)
        self._sample()

    def _sample(self) -> None:
        chains, draws, _ = self.side.draws.shape
        self.shares = np.empty((chains, len(self.packages)))
        self.mean = np.empty(len(self.packages))
        for start in range(0, len(self.packages), _AT_ONCE):
            rows = np.arange(start, min(start + _AT_ONCE, len(self.packages)))
            margins = self.side.margins(self.packages.part(rows), self.side.points)
            accepted = (margins >= -TOLERANCE).reshape(chains, draws, len(rows))
            self.shares[:, rows] = accepted.mean(axis=1)
            self.mean[rows] = margins.mean(axis=0)
            self._note(rows, margins)

    def _note(self, rows: Rows, margins: NDArray[np.float64]) -> None:
        """What margins at points inside the set, or at its vertices, prove."""
        self.necessarily[rows[(margins < -TOLERANCE).any(axis=0)]] = NO
        self.gladly[rows[(margins > TOLERANCE).any(axis=0)]] = YES

    def _note_vertex(self, rows: Rows, vertex: Vector) -> None:
        self._note(rows, self.side.margins(self.packages.part(rows), vertex[None, :]))

    def settle(self) -> None:
        self._settle_necessarily()
        self._settle_gladly()
        self.possibly[(self.necessarily == YES) | (self.gladly == YES)] = YES
        self._settle_possibly()

    def _open(self, answers: Answers, order: NDArray[np.float64]) -> Rows:
        rows = np.flatnonzero(answers == OPEN)
        found: Rows = rows[np.argsort(order[rows], kind="stable")]
        return found

    def _settle_necessarily(self) -> None:
        """From the least attractive up: what is never worse than something accepted is accepted."""
        for row in self._open(self.necessarily, self.mean).tolist():
            if self.necessarily[row] != OPEN:
                continue
            if self.watch.is_over():
                return
            margin = self.known.margin(self.packages.choice(row))
            verdict = self.polytope.is_never_negative(margin)
            if verdict:
                better = self.side.is_never_worse(self.packages, self.ranks, row)
                self.necessarily[better] = YES
            elif verdict is False:
                self.necessarily[row] = NO
                others = np.flatnonzero(self.necessarily == OPEN)
                self._note_vertex(others, self.polytope.least(margin).point)

    def _settle_gladly(self) -> None:
        """From the most attractive down: what is never better than something refused is refused."""
        for row in self._open(self.gladly, -self.mean).tolist():
            if self.gladly[row] != OPEN:
                continue
            if self.watch.is_over():
                return
            margin = self.known.margin(self.packages.choice(row))
            verdict = self.polytope.is_never_negative(-margin)
            if verdict:
                worse = self.side.is_never_better(self.packages, self.ranks, row)
                self.gladly[worse] = NO
            elif verdict is False:
                self.gladly[row] = YES
                others = np.flatnonzero(self.gladly == OPEN)
                self._note_vertex(others, self.polytope.most(margin).point)

    def _settle_possibly(self) -> None:
        """Of packages that are never a gain: which can at least be as good as no agreement?

        Where one is, all of them that are never worse than it are, under the same preferences.
        """
        no_gain = self.gladly == NO
        for row in self._open(np.where(no_gain, self.possibly, NO), self.mean).tolist():
            if self.possibly[row] != OPEN:
                continue
            if self.watch.is_over():
                return
            margin = self.known.margin(self.packages.choice(row))
            verdict = self.polytope.is_zero_somewhere(margin)
            if verdict:
                better = self.side.is_never_worse(self.packages, self.ranks, row)
                self.possibly[better & no_gain] = YES
            elif verdict is False:
                worse = self.side.is_never_better(self.packages, self.ranks, row)
                self.possibly[worse & no_gain] = NO


def accepted_by_all(answers: list[Answers]) -> Answers:
    """What holds for a package if something holds, does not hold or is open for each party."""
    table = np.stack(answers)
    found = np.where((table == YES).all(axis=0), YES, OPEN)
    return np.where((table == NO).any(axis=0), NO, found).astype(np.int8)


def is_unsettled(found: Acceptance) -> Mask:
    """Which packages a party may accept or refuse, for all that is known."""
    open_question: Mask = (found.possibly != NO) & (found.necessarily != YES)
    return open_question
