"""The parties and actions of a model that is being read, and patterns over the actions."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.case.folder.document import Word
from goodoffices.case.folder.place import Place
from goodoffices.case.model import Party
from goodoffices.case.numbers import quoted
from goodoffices.stability.fibres import Block
from goodoffices.stability.model import Action
from goodoffices.stability.patterns import is_pattern

_YES, _NO = ("yes", "true", "y"), ("no", "false", "n")


@dataclass(frozen=True)
class Cast:
    """The parties and actions of a model."""

    parties: tuple[Party, ...]
    actions: tuple[Action, ...]
    bits: tuple[int, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """For each party the directions of its actions."""
        return tuple(
            tuple(action.direction for action in self.actions if action.party == party.id)
            for party in self.parties
        )

    def party(self, place: Place) -> int | None:
        """The number of the party that a word names; ``None`` after a fault."""
        name = place.name("a party")
        ids = [party.id for party in self.parties]
        if name is None or name in ids:
            return None if name is None else ids.index(name)
        near = place.faults.nearest(name, ids, "Parties")
        place.fault(f"{quoted(name)} is not a party of this model.{near}")
        return None


def pattern(place: Place, cast: Cast) -> str | None:
    """A pattern, or a map from actions to yes and no, as a pattern; ``None`` after a fault."""
    width = len(cast.actions)
    example = ("YN" + "-" * width)[:width]
    if place.is_map:
        return _pattern_of_map(place, cast)
    text = place.name(f"a pattern like {example}")
    if text is None:
        return None
    if not is_pattern(text):
        place.fault(f"{quoted(text)} is not a pattern. Write Y, N or - for each action: {example}.")
        return None
    if len(text) != width:
        place.fault(
            f"The pattern {quoted(text)} has {len(text)} signs; it takes {width}, one for each "
            "action in the order in which they are listed."
        )
        return None
    return text


def _pattern_of_map(place: Place, cast: Cast) -> str | None:
    ids = [action.id for action in cast.actions]
    signs = ["-"] * len(ids)
    is_right = True
    for name, inside in place.entries("a map from actions to yes or no"):
        said = inside.node.text.lower() if isinstance(inside.node, Word) else ""
        if name not in ids:
            near = place.faults.nearest(name, ids, "Actions")
            inside.fault(f"{quoted(name)} is not an action of this model.{near}")
            is_right = False
        elif said not in (*_YES, *_NO):
            inside.expected("yes or no")
            is_right = False
        else:
            signs[ids.index(name)] = "Y" if said in _YES else "N"
    return "".join(signs) if is_right else None
