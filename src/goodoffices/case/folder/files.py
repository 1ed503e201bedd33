"""The files of a case folder: which there are, and what is in them."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TypeAlias

from goodoffices.case.folder.document import MOST_BYTES, too_large
from goodoffices.case.folder.faults import Faults
from goodoffices.errors import CaseError

CASE = "case.yaml"
SHEETS = "preferences"
OBLIGATIONS = "obligations.yaml"
MOST_FILES = 1000

Contents: TypeAlias = dict[str, bytes | None]
"""Name in the folder → content; ``None`` for a file whose fault has been noted already."""


def sheet_file(party: str) -> str:
    """The name, in the folder, of a party's preferences file."""
    return f"{SHEETS}/{party}.yaml"


def contents(folder: Path, faults: Faults) -> Contents:
    """``case.yaml`` and every preferences file, as far as they are there.

    Raises
    ------
    CaseError
        There is no such folder.
    """
    check_folder(folder)
    found = public_contents(folder, faults)
    sheets = folder / SHEETS
    if not os.path.lexists(sheets):
        return found
    try:
        # Hidden files are an editor's or the system's own.
        paths = sorted(path for path in sheets.iterdir() if not path.name.startswith("."))
    except OSError as fault:
        faults.add(SHEETS, 0, "", f"The folder cannot be read: {reason(fault)}.")
        return found
    for path in paths[:MOST_FILES]:
        name = f"{SHEETS}/{_shown(path)}"
        if path.suffix == ".yaml":
            found[name] = content(path, name, faults)
        elif path.suffix.lower() in (".yml", ".yaml"):
            faults.add(name, 0, "", f"Preferences files end in .yaml. Rename it {path.stem}.yaml.")
    if len(paths) > MOST_FILES:
        faults.add(SHEETS, 0, "", f"There are {len(paths):,} files; up to {MOST_FILES:,} are read.")
    return found


def public_contents(folder: Path, faults: Faults) -> Contents:
    """``case.yaml`` alone, if it is there.

    Raises
    ------
    CaseError
        There is no such folder.
    """
    check_folder(folder)
    path = folder / CASE
    return {CASE: content(path, CASE, faults)} if os.path.lexists(path) else {}


def optional_contents(folder: Path, name: str, faults: Faults) -> bytes | None:
    """A file that a case folder may have; ``None`` if it is not there, or after a fault.

    Raises
    ------
    CaseError
        There is no such folder.
    """
    check_folder(folder)
    path = folder / name
    return content(path, name, faults) if os.path.lexists(path) else None


def check_folder(folder: Path) -> None:
    """Raise ``CaseError`` if there is no such folder."""
    if not os.path.lexists(folder):
        raise CaseError(f"There is no folder '{folder}'. A case is a folder that holds {CASE}.")
    if not folder.is_dir():
        kind = "a file" if folder.is_file() else _not_a_folder(folder)
        hint = " Name the folder it is in." if folder.name == CASE else ""
        raise CaseError(f"'{folder}' is {kind}. A case is a folder that holds {CASE}.{hint}")


def _not_a_folder(path: Path) -> str:
    """What something is that is neither a folder nor a file."""
    try:
        path.stat()
    except OSError as fault:
        return f"a link that leads to no folder ({reason(fault)})"
    return "not a folder"


def is_empty(folder: Path) -> bool:
    """Whether there is nothing in a folder.

    Raises
    ------
    CaseError
        The system does not say.
    """
    try:
        return not any(folder.iterdir())
    except OSError as fault:
        raise CaseError(f"The folder '{folder}' cannot be read: {reason(fault)}.") from fault


def reason(fault: Exception) -> str:
    """Why the system refused, in its own words."""
    words = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return words[:1].lower() + words[1:]


def content(path: Path, name: str, faults: Faults) -> bytes | None:
    """What is in a file; ``None`` after a fault. ``name`` is what faults call it."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            faults.add(name, 0, "", "This is not a file.")
            return None
        size = status.st_size
        if size > MOST_BYTES:
            faults.add(name, 0, "", too_large(size))
            return None
        with path.open("rb") as file:
            # Bounded, since the file may have grown meanwhile.
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        faults.add(name, 0, "", f"The file cannot be read: {reason(fault)}.")
        return None


def _shown(path: Path) -> str:
    """A file name in characters that can be printed."""
    return os.fsencode(path.name).decode("utf-8", "replace")
