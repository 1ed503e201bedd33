"""Typed access to one place of a document; what does not fit becomes a fault, and reading goes on.

Every method that finds something else than it was asked for notes a fault and gives back the
neutral answer (``None``, nothing). Since a folder with a fault is never turned into a case, the
neutral answers are never seen outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from goodoffices.case.folder.document import Entries, Items, Node, Word
from goodoffices.case.folder.faults import Faults
from goodoffices.case.numbers import number, quoted

LONGEST_ID = 300

# Control characters other than line breaks and tabs; they only reach a text through escapes.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
_NOT_IN_IDS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a document, with the path to it and the faults to add to."""

    node: Node
    file: str
    path: str
    faults: Faults
    # Where the key stands, for faults about the key itself.
    line: int = field(default=0)

    def fault(self, message: str) -> None:
        """Note a fault at this place."""
        self.faults.add(self.file, self.line or self.node.line, self.path, message)

    def expected(self, what: str) -> None:
        """Note that something else than ``what`` was found."""
        self.fault(f"Found {self._found()} where {what} belongs.")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written here."""
        return isinstance(self.node, Word) and self.node.is_empty

    def entries(self, what: str) -> Iterator[tuple[str, Place]]:
        """The keys of a map and the places of their values. ``what`` says what the map should be.

        The line of such a place is that of its key.
        """
        if isinstance(self.node, Entries):
            for key, word in self.node.keys.items():
                inside = self._inside(self.node.values[key], key)
                if word.is_empty:
                    inside.fault("A key is missing before the colon.")
                else:
                    yield key, replace(inside, line=word.line)
        elif not self.is_empty:
            self.expected(what)

    def fields(
        self, *known: str, required: tuple[str, ...] = (), filled: tuple[str, ...] = ()
    ) -> dict[str, Place]:
        """The values of a map whose keys are all known in advance.

        An empty value counts as left out, but for the keys ``filled``, where that would turn
        the statement into another one.
        """
        if not isinstance(self.node, Entries):
            self.expected(f"a map with the keys {', '.join(known[:4])}{' …' * (len(known) > 4)}")
            return {}
        found = {}
        for key, inside in self.entries("a map"):
            if key not in known:
                near = self.faults.nearest(key, known, "Keys")
                replace(inside, path=self.path).fault(f"{quoted(key)} is not a key here.{near}")
            elif key in filled or not inside.is_empty:
                found[key] = replace(inside, line=0)
        for key in required:
            if key not in found:
                self.fault(f"'{key}' is missing.")
        return found

    @property
    def is_map(self) -> bool:
        """Whether a map was written here."""
        return isinstance(self.node, Entries)

    @property
    def is_list(self) -> bool:
        """Whether a list was written here."""
        return isinstance(self.node, Items)

    def entry(self, key: str) -> Place | None:
        """The value of one key, if it is there."""
        if isinstance(self.node, Entries) and key in self.node.values:
            return self._inside(self.node.values[key], key)
        return None

    def items(self, what: str = "a list") -> list[Place]:
        """The places of a list, counted from 1 in their paths."""
        if isinstance(self.node, Items):
            return [self._at(node, k) for k, node in enumerate(self.node.nodes, 1)]
        if not self.is_empty:
            self.expected(what)
        return []

    def named(self, name: str) -> Place:
        """The same place, called by what it is rather than by its number in a list."""
        return replace(self, path=re.sub(r"\[[0-9]+\]$", "", self.path) + "." + name)

    def text(self) -> str:
        """Words; empty after a fault."""
        if not isinstance(self.node, Word):
            self.expected("a text")
            return ""
        if odd := _CONTROL.search(self.node.text):
            self.fault(f"The text holds the character U+{ord(odd[0]):04X}. Remove it.")
            return ""
        return self.node.text

    def name(self, what: str) -> str | None:
        """An id: a word in one line that is not empty."""
        if not isinstance(self.node, Word) or self.node.is_empty or not self.node.text:
            self.expected(what)
            return None
        text = self.node.text
        if odd := _NOT_IN_IDS.search(text):
            self.fault(f"{quoted(text)} holds the character U+{ord(odd[0]):04X}. Remove it.")
            return None
        if len(text) > LONGEST_ID:
            self.fault(
                f"{quoted(text)} has {len(text):,} characters; up to {LONGEST_ID} make an id. "
                "Give a short id, and the words as its name."
            )
            return None
        return text

    def number(self, what: str = "a number") -> Fraction | None:
        """An exact number."""
        if not isinstance(self.node, Word) or self.node.is_empty:
            self.expected(what)
            return None
        try:
            return number(self.node.text)
        except ValueError as fault:
            self.fault(str(fault))
            return None

    def truth(self) -> bool:
        """``true`` or ``false``."""
        text = self.node.text if isinstance(self.node, Word) else ""
        if text.lower() not in ("true", "false"):
            self.expected("true or false")
        return text.lower() == "true"

    def _inside(self, node: Node, key: str) -> Place:
        shown = key if len(key) <= 40 else key[:39] + "…"
        shown = shown if shown.isprintable() else ascii(shown)[1:-1]
        return replace(self, node=node, path=f"{self.path}.{shown}".lstrip("."), line=0)

    def _at(self, node: Node, position: int) -> Place:
        return replace(self, node=node, path=f"{self.path}[{position}]", line=0)

    def _found(self) -> str:
        if isinstance(self.node, Word):
            return "nothing" if self.node.is_empty else quoted(self.node.text)
        if isinstance(self.node, Items):
            return "a list" if self.node.nodes else "an empty list"
        return "a map" if self.node.keys else "an empty map"
