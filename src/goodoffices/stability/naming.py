"""How the text of a model speaks of its states: by label, by number, by pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.folder.place import Place
from goodoffices.case.numbers import quoted
from goodoffices.stability.patterns import is_pattern, setting

# Naming more would help nobody to find a mistyped one.
_MOST_NAMED = 200


@dataclass(frozen=True)
class Naming:
    """The states that a text may speak of.

    Attributes
    ----------
    states
        The states of the graph, in ascending order.
    labels
        State → label. States without one go by their place among the states, from 1.
    bits
        For each action the bit of a setting that says whether it is taken.
    state_of
        For each setting the state it belongs to, or -1 where it is not feasible. ``None`` where
        patterns do not name states.
    """

    states: NDArray[np.int64]
    labels: Mapping[int, str]
    bits: Sequence[int] = ()
    state_of: NDArray[np.int64] | None = None

    def label(self, state: int) -> str:
        """What a state is called."""
        return self.labels.get(state) or str(int(np.searchsorted(self.states, state)) + 1)

    def state(self, place: Place) -> int | None:
        """The state that a word names; ``None`` after a fault."""
        text = place.name("a state")
        if text is None:
            return None
        if text in self._labelled:
            return self._labelled[text]
        if text.isascii() and text.isdecimal() and len(text) < 10 and text[0] != "0":
            number = int(text) - 1
            if number < len(self.states) and int(self.states[number]) not in self.labels:
                return int(self.states[number])
        if self.state_of is not None and is_pattern(text) and len(text) == len(self.bits):
            return self._by_pattern(text, place)
        place.fault(f"{quoted(text)} is not a state of this model.{self._known(text, place)}")
        return None

    def _by_pattern(self, text: str, place: Place) -> int | None:
        if "-" in text:
            place.fault(f"{quoted(text)} leaves actions open. Name one state: put Y or N for each.")
            return None
        assert self.state_of is not None
        state = int(self.state_of[setting(text, self.bits)])
        if state < 0:
            place.fault(f"{quoted(text)} is not feasible in this model.")
            return None
        return state

    @cached_property
    def _labelled(self) -> dict[str, int]:
        return {label: state for state, label in self.labels.items()}

    def _known(self, text: str, place: Place) -> str:
        if len(self.states) <= _MOST_NAMED:
            return place.faults.nearest(
                text, [self.label(s) for s in self.states.tolist()], "States"
            )
        count = len(self.states)
        return f" Its {count:,} states go by labels, by numbers up to {count}, or by patterns."
