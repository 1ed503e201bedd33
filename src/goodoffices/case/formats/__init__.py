"""Cases in the formats of other programs, in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from goodoffices.case.folder.faults import nearest
from goodoffices.case.folder.files import CASE
from goodoffices.case.formats import (
    genius,
    genius_writing,
    geniusweb,
    negmas,
    negmas_writing,
    negolog,
)
from goodoffices.case.formats.bundle import Bundle, gather, no_such_content
from goodoffices.case.formats.draft import Imported
from goodoffices.case.formats.leftovers import Exported
from goodoffices.case.formats.saving import save
from goodoffices.case.model import Case
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError

__all__ = ["FORMATS", "Imported", "export_case", "import_case"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "genius": "GENIUS: XML files, one with the domain and one for each profile.",
        "geniusweb": "GeniusWeb: JSON files, one with the domain and one for each profile.",
        "negolog": "NegoLog: the JSON files profileA and profileB of two parties.",
        "negmas": "NegMAS: YAML files, one with the outcome space and one for each party.",
    }
)
"""Name of a format → what it looks like."""

_IS_RECOGNISED: Mapping[str, Callable[[Bundle], bool]] = {
    "genius": genius.is_recognised,
    "geniusweb": geniusweb.is_recognised,
    "negolog": negolog.is_recognised,
    "negmas": negmas.is_recognised,
}
_READ: Mapping[str, Callable[[Bundle], Imported]] = {
    "genius": genius.read,
    "geniusweb": geniusweb.read,
    "negolog": negolog.read,
    "negmas": negmas.read,
}

_WRITE: Mapping[str, Callable[[Case], Exported]] = {
    "genius": genius_writing.write,
    "geniusweb": geniusweb.write,
    "negolog": negolog.write,
    "negmas": negmas_writing.write,
}


def import_case(path: str | Path, format: str | None = None) -> Imported:
    """The case that a folder in another format holds.

    Parameters
    ----------
    path
        The folder, or one of the files in it. Where there is more than one domain, the file of
        the one to import.
    format
        A name in ``FORMATS``; ``None`` to go by the content.

    Raises
    ------
    CaseError
        Nothing there can be read as a case; all faults of the files together.
    """
    if format is not None:
        _check_format(format)
    bundle = gather(Path(path))
    if format is not None:
        return _READ[format](bundle)
    if CASE in bundle.files:
        raise CaseError(f"'{bundle.folder}' is a case folder already; there is nothing to import.")
    found = [name for name, is_recognised in _IS_RECOGNISED.items() if is_recognised(bundle)]
    if len(found) > 1:
        raise CaseError(
            f"'{bundle.folder}' holds files in more than one format: {', '.join(found)}. "
            "Say which to import."
        )
    if not found:
        for parsed in (bundle.xml(), bundle.json(), bundle.yaml()):
            parsed.faults.stop_if_any()
        raise no_such_content(bundle, list(FORMATS))
    return _READ[found[0]](bundle)


def _check_format(name: str) -> None:
    """Raise ``CaseError`` if there is no such format."""
    if name not in FORMATS:
        raise CaseError(f"{quoted(name)} is not a format.{nearest(name, FORMATS, 'Formats')}")


def export_case(case: Case, folder: str | Path, format: str) -> tuple[str, ...]:
    """Write a case in another format, and give back notes on all that it could not carry.

    Parameters
    ----------
    case
        Parties without exact preferences are left out, with a note.
    folder
        A folder that is not there yet, or an empty one. It appears complete or not at all.
    format
        A name in ``FORMATS``.

    Raises
    ------
    CaseError
        There is nothing to export, or the folder cannot be written.
    """
    _check_format(format)
    exported = _WRITE[format](case)
    save(exported.files, Path(folder))
    return tuple(dict.fromkeys(exported.notes))
