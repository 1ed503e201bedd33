"""The files of a folder in another format, not yet understood."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from goodoffices.case.folder import document
from goodoffices.case.folder.faults import Faults
from goodoffices.case.folder.files import MOST_FILES, reason
from goodoffices.case.folder.place import Place
from goodoffices.case.formats import jsontext, markup
from goodoffices.case.formats.markup import Element
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError

SUFFIXES = (".xml", ".json", ".yml", ".yaml")

# Organisers put their frontier into the folder as a list of number pairs called pareto.xml.
_NUMBER_LIST = re.compile(rb"[\s0-9.,;eE+-]*")

# XML is read ten times as fast as YAML, and folders hold large files of results.
MOST_XML_BYTES = 10_000_000

_Root = TypeVar("_Root")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[_Root]):
    """The files of one kind: name → root, in alphabetical order, and what was wrong with them."""

    roots: dict[str, _Root]
    faults: Faults
    notes: list[str]


@dataclass(slots=True)
class Bundle:
    """A folder's files by name; ``chosen`` is the one that was asked for, if one was."""

    folder: Path
    chosen: str | None
    files: dict[str, bytes]
    _xml: Parsed[Element] | None = field(default=None)
    _json: Parsed[Place] | None = field(default=None)
    _yaml: Parsed[Place] | None = field(default=None)

    @property
    def title(self) -> str:
        """What a case is called that has no name of its own."""
        return self.folder.name or self.folder.resolve().name or "Imported case"

    def shown(self, name: str) -> str:
        """A file as faults name it."""
        return str(self.folder / name)

    def xml(self) -> Parsed[Element]:
        """The roots of all XML files."""
        if self._xml is None:
            parsed: Parsed[Element] = Parsed({}, Faults(), [])
            for name, data in self._of(".xml"):
                if _NUMBER_LIST.fullmatch(data):
                    parsed.notes.append(
                        f"{name} holds no XML but a list of numbers, such as a published "
                        "frontier. It was not read."
                    )
                elif root := markup.tree(data, self.shown(name), parsed.faults):
                    parsed.roots[name] = root
            self._xml = parsed
        return self._xml

    def json(self) -> Parsed[Place]:
        """The roots of all JSON files."""
        if self._json is None:
            self._json = self._places(".json")
        return self._json

    def yaml(self) -> Parsed[Place]:
        """The roots of all YAML files."""
        if self._yaml is None:
            self._yaml = self._places(".yml", ".yaml")
        return self._yaml

    def _of(self, *suffixes: str) -> list[tuple[str, bytes]]:
        return [item for item in self.files.items() if item[0].lower().endswith(suffixes)]

    def _places(self, *suffixes: str) -> Parsed[Place]:
        parsed: Parsed[Place] = Parsed({}, Faults(), [])
        for name, data in self._of(*suffixes):
            shown = self.shown(name)

            def report(line: int, sentence: str, file: str = shown) -> None:
                parsed.faults.add(file, line, "", sentence)

            text = document.decoded(data, report)
            if text is None:
                continue
            read = jsontext.tree if name.lower().endswith(".json") else document.tree
            node = read(text, report)
            if node is not None:
                parsed.roots[name] = Place(node, shown, "", parsed.faults)
        return parsed


def gather(path: Path) -> Bundle:
    """The readable files of a folder, or of the folder that a file is in.

    Raises
    ------
    CaseError
        There is no such folder or file, it cannot be read, or it holds no file of a known kind.
    """
    try:
        if path.is_file():
            return _bundle(path.parent, path.name)
        if path.is_dir():
            return _bundle(path, None)
        if os.path.lexists(path):
            path.stat()  # A link that leads nowhere, or in a circle, is told by the system.
            raise CaseError(f"'{path}' is neither a file nor a folder, so it holds no case.")
    except (OSError, ValueError) as fault:
        raise CaseError(f"'{path}' cannot be read: {reason(fault)}.") from fault
    raise CaseError(
        f"There is no file or folder '{path}'. Name a folder that holds a domain and its profiles."
    )


def _bundle(folder: Path, chosen: str | None) -> Bundle:
    if chosen is not None and not chosen.lower().endswith(SUFFIXES):
        raise CaseError(
            f"'{folder / chosen}' is not of a known kind. Files end in {', '.join(SUFFIXES)}."
        )
    names = sorted(
        entry.name
        for entry in folder.iterdir()
        # Names that begin with a dot are an editor's or the system's own.
        if entry.name.lower().endswith(SUFFIXES)
        and not entry.name.startswith(".")
        and entry.is_file()
    )
    if len(names) > MOST_FILES:
        raise CaseError(
            f"'{folder}' holds {len(names):,} files; up to {MOST_FILES:,} are read. "
            "Put one case into a folder."
        )
    if not names:
        raise CaseError(f"'{folder}' holds no file that ends in {', '.join(SUFFIXES)}.")
    faults = Faults()
    files = {}
    for name in names:
        most = MOST_XML_BYTES if name.lower().endswith(".xml") else document.MOST_BYTES
        with (folder / name).open("rb") as file:
            files[name] = file.read(most + 1)
        if len(files[name]) > most:
            faults.add(
                str(folder / name),
                0,
                "",
                f"The file holds more than {most / 1e6:.0f} million bytes, and no more are read.",
            )
    faults.stop_if_any()
    return Bundle(folder, chosen, files)


def no_such_content(bundle: Bundle, formats: list[str]) -> CaseError:
    """The error for a folder in which no format is recognised."""
    found = ", ".join(quoted(name) for name in list(bundle.files)[:5])
    return CaseError(
        f"'{bundle.folder}' holds {found}, and none of it is a domain or a profile in a known "
        f"format. Formats: {', '.join(formats)}."
    )
