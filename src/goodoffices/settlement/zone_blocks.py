"""Questions about the zone of possible agreement, answered by merging blocks, with proof."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from goodoffices.settlement.demands import Stakes, StoppedEarlyError
from goodoffices.settlement.problem import Choice
from goodoffices.settlement.smallest_gain import (
    Sums,
    greatest_smallest_gain,
    listed_sums,
    some_reaching,
)
from goodoffices.settlement.watch import Watch
from goodoffices.settlement.yardsticks import Yardstick

_NOTHING: frozenset[int] = frozenset()


class ZoneBlocks:
    """The blocks of a problem, with and without some of its rules.

    Levels are points that parties must have at least; a party not named may have any. Every search
    raises ``StoppedEarlyError`` when it ends without a proven answer.
    """

    def __init__(self, stakes: Stakes) -> None:
        self._stakes = stakes
        self._sums: dict[frozenset[int], Sums | None] = {}

    def are_listed(self, dropped: frozenset[int] = _NOTHING) -> bool:
        """Whether the blocks without some rules can be listed, so that they can be searched."""
        return self._listed(dropped) is not None

    def greatest(
        self, parties: Collection[int], levels: Mapping[int, int], watch: Watch
    ) -> tuple[list[Choice], bool]:
        """Choices with the greatest smallest margin of some parties; whether these are all the
        efficient ones."""
        sums = self._listed(_NOTHING)
        assert sums is not None
        shares = enumerate(self._stakes.shares)
        yardstick = Yardstick(
            reservation=self._stakes.problem.reservation,
            factors=tuple(Fraction(share) if p in parties else None for p, share in shares),
            required=_required(sums, levels),
        )
        found = greatest_smallest_gain(sums, yardstick, watch)
        choices = [next(sums.choices(items)) for items in found.items]
        if not found.proven:
            raise StoppedEarlyError(next(iter(choices), None))
        return choices, found.is_complete

    def some(
        self, levels: Mapping[int, int], dropped: frozenset[int], watch: Watch
    ) -> Choice | None:
        """A choice without some rules; ``None`` if there is none."""
        sums = self._listed(dropped)
        assert sums is not None
        choice, is_settled = some_reaching(sums, _required(sums, levels), watch)
        if not is_settled:
            raise StoppedEarlyError
        return choice

    def _listed(self, dropped: frozenset[int]) -> Sums | None:
        if dropped not in self._sums:
            lifted = {number for rule in dropped for number in self._stakes.barriers[rule]}
            numbered = enumerate(self._stakes.problem.barriers)
            held = tuple(barrier for number, barrier in numbered if number not in lifted)
            self._sums[dropped] = listed_sums(replace(self._stakes.problem, barriers=held))
        return self._sums[dropped]


def _required(sums: Sums, levels: Mapping[int, int]) -> tuple[int, ...]:
    """The levels, and for parties not named points that every choice gives."""
    return tuple(levels.get(party, least) for party, least in enumerate(sums.shift))
