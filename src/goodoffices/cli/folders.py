"""Commands that make, check and exchange case folders."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from goodoffices import case as room
from goodoffices.case.checks import Advice
from goodoffices.case.folder.files import is_empty
from goodoffices.case.formats import FORMATS, export_case, import_case
from goodoffices.case.model import Case
from goodoffices.case.words import counted
from goodoffices.cli.app import AsJson, Folder, print_json
from goodoffices.cli.documents import envelope
from goodoffices.errors import CaseError

_FORMATS = ", ".join(FORMATS)


def new(
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
    as_json: AsJson = False,
) -> None:
    """Write a commented starting folder.

    Example: goodoffices new talks
    """
    made = room.new(folder)
    if as_json:
        print_json({"goodoffices": version("goodoffices"), "folder": str(made)})
        return
    print(f"Wrote a starting case to {made}. Edit case.yaml, then: goodoffices check {made}")


def check(folder: Folder, as_json: AsJson = False) -> None:
    """Read a case, report every fault, and give advice.

    Advice is about what is valid but doubtful, such as a red line that leaves nothing to agree on.

    Example: goodoffices check examples/aral
    """
    if as_json:
        _check_as_json(folder)
        return
    case = room.read(folder)
    room.read_compliance(folder, case)
    advice = _advice(case)
    print(
        f"{case.title}: {counted(len(case.parties), 'party', 'parties')}, "
        f"{counted(len(case.issues), 'issue')}, {counted(case.size, 'outcome')} before "
        "constraints. No faults."
    )
    for piece in advice:
        print(f"{piece.id} {piece.path}: {piece.message}")
    if not advice:
        print("Nothing to advise.")


def _advice(case: Case) -> tuple[Advice, ...]:
    from goodoffices.settlement import checking

    return (*room.checks(case), *checking.checks(case))


def _check_as_json(folder: Path) -> None:
    """Faults are an answer here too: printed as data, with exit code 1."""
    try:
        case = room.read(folder)
        room.read_compliance(folder, case)
    except CaseError as error:
        faults = [asdict(fault) for fault in error.faults]
        print_json({"goodoffices": version("goodoffices"), "faults": faults})
        raise typer.Exit(1) from None
    advice = [asdict(piece) for piece in _advice(case)]
    print_json(envelope(case, size=case.size, faults=[], advice=advice))


def import_(
    path: Annotated[Path, typer.Argument(help="A folder in another format, or one of its files.")],
    folder: Annotated[Path, typer.Argument(help="The case folder to write.")],
    format_name: Annotated[
        str | None, typer.Option("--format", help=f"One of {_FORMATS}; found out if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a case in another format and write it as a folder.

    Example: goodoffices import laptop-genius laptop
    """
    if folder.is_dir() and not is_empty(folder):
        raise CaseError(f"The folder '{folder}' is not empty. Name one that is not there yet.")
    if path.is_dir():
        _check_apart(path, folder)
    imported = import_case(path, format_name)
    room.write(imported.case, folder)
    if as_json:
        print_json(envelope(imported.case, folder=str(folder), notes=list(imported.notes)))
        return
    print(f"Wrote {imported.case.title} to {folder}.")
    for note in imported.notes:
        print(f"Note: {note}")


def _check_apart(source: Path, target: Path) -> None:
    """Raise ``CaseError`` if one folder would be written into the other."""
    if target.resolve().is_relative_to(source.resolve()):
        raise CaseError(
            f"'{target}' lies within '{source}', which is being read. Name a folder outside it."
        )


def export(
    folder: Folder,
    target: Annotated[Path, typer.Argument(help="The folder to write.")],
    format_name: Annotated[str, typer.Option("--format", help=f"One of {_FORMATS}.")],
    as_json: AsJson = False,
) -> None:
    """Write a case in another format.

    What the format cannot hold is reported.

    Example: goodoffices export examples/aral aral-genius --format genius
    """
    case = room.read(folder)
    _check_apart(folder, target)
    notes = export_case(case, target, format_name)
    if as_json:
        print_json(envelope(case, folder=str(target), format=format_name, notes=list(notes)))
        return
    print(f"Wrote {case.title} to {target} as {format_name}.")
    for note in notes:
        print(f"Note: {note}")
