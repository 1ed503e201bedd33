"""``.gmcr`` files of the program GMCR+, in and out.

The files are JSON. What is known of the format was read in such files and in the code that reads
them: options by number, from 0; conditions as lists of ``[option, "Y" or "N"]``, and compound ones
that hold where any of their members does; states by number, from 1, among the feasible settings in
ascending order, the first option being the lowest bit. Options are first put in the order of the
decision makers, which is the order of bits here too.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goodoffices.case.folder.document import decoded
from goodoffices.case.folder.faults import Faults
from goodoffices.case.folder.files import content
from goodoffices.case.folder.place import Place
from goodoffices.case.folder.replacing import replace_files
from goodoffices.case.folder.trees import Tree
from goodoffices.case.formats.jsontext import tree
from goodoffices.case.model import listed
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError
from goodoffices.stability.fibres import Direction
from goodoffices.stability.gmcr_writing import exported
from goodoffices.stability.model import Model
from goodoffices.stability.patterns import is_pattern
from goodoffices.stability.reading import model_of
from goodoffices.stability.statements import WORDS

_DIRECTIONS: Mapping[str, Direction] = {"both": "both", "fwd": "forward", "back": "back"}
_LONGEST_ID = 80


@dataclass(frozen=True, kw_only=True)
class ImportedModel:
    """A model read from another format, and what was left out or decided in reading it."""

    model: Model
    notes: tuple[str, ...]


def import_gmcr(path: str | Path) -> ImportedModel:
    """The graph model that a ``.gmcr`` file holds.

    Raises
    ------
    CaseError
        All faults of the file at once.
    """
    path = Path(path)
    if not os.path.lexists(path):
        raise CaseError(f"There is no file '{path}'.")
    faults = Faults()
    text = content(path, path.name, faults)
    faults.stop_if_any()
    return gmcr_from_text(text or b"", path.stem, path.name)


def gmcr_from_text(
    text: str | bytes, title: str = "A graph model", name: str = ""
) -> ImportedModel:
    """The graph model that the text of a ``.gmcr`` file holds; it has no title of its own.

    Raises
    ------
    CaseError
        All faults at once; ``name`` is what they call the file.
    """
    faults = Faults()

    def report(line: int, sentence: str) -> None:
        faults.add(name, line, "", sentence)

    readable = decoded(text, report)
    node = None if readable is None else tree(readable, report)
    faults.stop_if_any()
    assert node is not None
    reader = _Reader(Place(node, name, "", faults))
    found = reader.model(title)
    faults.stop_if_any()
    return ImportedModel(model=model_of(found, name), notes=tuple(dict.fromkeys(reader.notes)))


def export_gmcr(model: Model, path: str | Path) -> tuple[str, ...]:
    """Write a ``.gmcr`` file, and give back notes on all that it could not carry.

    Raises
    ------
    CaseError
        The states of the model are not the settings of its actions, or the system refused.
    """
    text, notes = gmcr_text(model)
    path = Path(path)
    replace_files(path.parent, {path.name: text})
    return notes


def gmcr_text(model: Model) -> tuple[str, tuple[str, ...]]:
    """The text of a ``.gmcr`` file, and notes on all that it could not carry.

    Raises
    ------
    CaseError
        The states of the model are not the settings of its actions.
    """
    found, notes = exported(model)
    return json.dumps(found, ensure_ascii=False) + "\n", notes


class _Reader:
    """Turns the JSON of a file into the form in which models are written here."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.notes: list[str] = []
        # Number of an option in the file → its id here.
        self.ids: dict[int, str] = {}
        self.order: list[int] = []

    def model(self, title: str) -> Mapping[str, Tree]:
        """The whole model; what is wrong is noted as faults."""
        if not self.place.is_map:
            self.place.expected("a map with options and decisionMakers")
            return {}
        for key in ("options", "decisionMakers", "infeasibles"):
            if self.place.entry(key) is None:
                self.place.fault(f"'{key}' is missing: this is no file of GMCR+.")
        options = self._items(self.place, "options")
        makers = self._items(self.place, "decisionMakers")
        names = [self._text(option, "name") for option in options]
        self._name_options(names)
        parties = _different([self._text(maker, "name") or "party" for maker in makers])
        actions: list[Tree] = []
        owner: dict[int, str] = {}
        for party, maker in zip(parties, makers, strict=True):
            for place in self._items(maker, "options"):
                number = self._option(place)
                if number is None:
                    continue
                if number in owner:
                    place.fault(f"{quoted(names[number])} belongs to {owner[number]} already.")
                    continue
                owner[number] = party
                self.order.append(number)
                actions.append(self._action(number, party, names[number], options[number]))
        for number in sorted(set(self.ids) - set(owner)):
            options[number].fault(
                f"The option {quoted(names[number])} belongs to no decision maker."
            )
        found: dict[str, Tree] = {"title": title, "parties": list(parties), "actions": actions}
        infeasible = [
            self._pattern(member)
            for place in self._items(self.place, "infeasibles")
            for member in self._members(place)
        ]
        if infeasible:
            found["infeasible"] = infeasible
        is_manual = self._truth("useManualPreferenceRanking", "useManualPreferenceVectors")
        found["preferences"] = {
            party: self._preferences(party, maker, is_manual)
            for party, maker in zip(parties, makers, strict=True)
        }
        self._note_coalitions(parties)
        return found

    def _items(self, place: Place, key: str) -> list[Place]:
        inside = place.entry(key)
        return [] if inside is None else inside.items()

    def _text(self, place: Place, key: str) -> str:
        inside = place.entry(key)
        if inside is None:
            place.fault(f"'{key}' is missing.")
            return ""
        return inside.text()

    def _truth(self, *keys: str) -> bool:
        """Whether any of some keys is given as true."""
        found = [self.place.entry(key) for key in keys]
        return any(place.truth() for place in found if place is not None)

    def _name_options(self, names: Sequence[str]) -> None:
        ids = _different([_id(name) for name in names])
        self.ids = dict(enumerate(ids))

    def _option(self, place: Place) -> int | None:
        number = place.number("the number of an option")
        if number is not None and (number.denominator != 1 or int(number) not in self.ids):
            place.fault(
                f"There is no option with this number; they run from 0 to {len(self.ids) - 1}."
            )
            return None
        return None if number is None else int(number)

    def _action(self, number: int, party: str, name: str, option: Place) -> Tree:
        place = option.entry("permittedDirection")
        word = "both" if place is None else place.text()
        if word not in _DIRECTIONS and place is not None:
            place.fault(f"{quoted(word)} is not a direction. Directions: {listed(_DIRECTIONS)}.")
        action: dict[str, Tree] = {"id": self.ids[number], "party": party}
        if word in ("fwd", "back"):
            action["direction"] = _DIRECTIONS[word]
        return action | ({"name": name} if name != self.ids[number] else {})

    def _members(self, place: Place) -> list[dict[int, str]]:
        """A condition, or those of which any makes a compound one hold."""
        if place.is_map:
            return [
                member for part in self._items(place, "members") for member in self._members(part)
            ]
        found: dict[int, str] = {}
        for part in place.items("a condition: a list of [option, Y or N]"):
            pair = part.items("[option, Y or N]")
            if len(pair) != 2:
                if part.is_list:
                    part.fault(f"Found a list of {len(pair)} where [option, Y or N] belongs.")
                continue
            number, sign = self._option(pair[0]), pair[1].text()
            if sign not in ("Y", "N"):
                pair[1].expected("Y or N")
            elif number is not None:
                found[number] = sign
        return [found]

    def _pattern(self, condition: Mapping[int, str]) -> str:
        return "".join(condition.get(number, "-") for number in self.order)

    def _preferences(self, party: str, maker: Place, is_manual: bool) -> Tree:
        if self._items(maker, "misperceptions"):
            self.notes.append(f"What {party} misperceives was left out.")
        statements = [
            text
            for place in self._items(maker, "preferences")
            if (text := self._statement(self._members(place)))
        ]
        ranking = maker.entry("preferenceRanking") or maker.entry("preferenceVector")
        if is_manual and ranking is not None:
            if statements:
                self.notes.append(
                    f"{party}'s statements were left out: the file goes by its ranking."
                )
            return {"ranking": [self._states(place) for place in ranking.items()]}
        if is_manual:
            maker.fault("'preferenceRanking' is missing, and the file says to go by it.")
        if not statements:
            self.notes.append(f"{party} states no preferences and was taken to be indifferent.")
            return "indifferent"
        return {"statements": statements}

    def _states(self, place: Place) -> Tree:
        if place.is_list:
            return [self._state(part) for part in place.items()]
        return self._state(place)

    def _state(self, place: Place) -> str:
        number = place.number("the number of a state")
        return "" if number is None else str(number)

    def _statement(self, members: Sequence[Mapping[int, str]]) -> str:
        """A condition in words, or a pattern where it is long; empty if it always holds."""
        if not members or not all(members):
            return ""
        parts = []
        for member in members:
            words = [
                self.ids[number] if member[number] == "Y" else f"-{self.ids[number]}"
                for number in self.order
                if number in member
            ]
            text = " and ".join(words) if len(words) <= 2 else self._pattern(member)
            parts.append(f"({text})" if len(words) == 2 and len(members) > 1 else text)
        return " or ".join(dict.fromkeys(parts))

    def _note_coalitions(self, parties: Sequence[str]) -> None:
        for place in self._items(self.place, "coalitions"):
            if place.is_list:
                members = [part.number() for part in place.items()]
                names = [
                    parties[int(n)] for n in members if n is not None and 0 <= n < len(parties)
                ]
                if len(names) > 1:
                    self.notes.append(f"The coalition of {listed(names)} was left out.")


def _id(name: str) -> str:
    """A name as an id that statements can use."""
    found = re.sub(r"\W+", "_", name).strip("_")[:_LONGEST_ID].lower() or "option"
    return f"{found}_" if found in WORDS or is_pattern(found) else found


def _different(names: Sequence[str]) -> list[str]:
    """The names, with numbers behind those that were there before."""
    found: dict[str, None] = {}
    for name in names:
        numbered = name
        for number in range(2, len(names) + 2):
            if numbered not in found:
                break
            numbered = f"{name}_{number}"
        found[numbered] = None
    return list(found)
