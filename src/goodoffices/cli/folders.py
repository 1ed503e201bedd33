"""Commands that make, check and exchange case folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodoffices import case as room
from goodoffices.case.formats import FORMATS, export_case, import_case
from goodoffices.cli.app import AsJson, Folder, app, print_json
from goodoffices.cli.documents import envelope

_FORMATS = ", ".join(FORMATS)


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")]) -> None:
    """Write a commented starting folder.

    Example: goodoffices new talks
    """
    made = room.new(folder)
    print(f"Wrote a starting case to {made}. Edit case.yaml, then: goodoffices check {made}")


@app.command()
def check(folder: Folder, as_json: AsJson = False) -> None:
    """Read a case, report every fault, and give advice on what is valid but doubtful.

    Example: goodoffices check examples/aral
    """
    case = room.read(folder)
    advice = room.checks(case)
    if as_json:
        rows = [{"id": a.id, "path": a.path, "message": a.message} for a in advice]
        print_json(envelope(case, outcomes=case.size, advice=rows))
        return
    print(
        f"{case.title}: {len(case.parties)} parties, {len(case.issues)} issues, "
        f"{case.size:,} outcomes before constraints. No faults."
    )
    for piece in advice:
        print(f"{piece.id} {piece.path}: {piece.message}")
    if not advice:
        print("Nothing to advise.")


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A folder in another format, or one of its files.")],
    folder: Annotated[Path, typer.Argument(help="The case folder to write.")],
    format_name: Annotated[
        str | None, typer.Option("--format", help=f"One of {_FORMATS}; found out if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a case in another format and write it as a case folder.

    Example: goodoffices import laptop-genius laptop
    """
    imported = import_case(path, format_name)
    room.write(imported.case, folder)
    if as_json:
        print_json(envelope(imported.case, folder=str(folder), notes=list(imported.notes)))
        return
    print(f"Wrote {imported.case.title} to {folder}.")
    for note in imported.notes:
        print(f"Note: {note}")


@app.command()
def export(
    folder: Folder,
    target: Annotated[Path, typer.Argument(help="The folder to write.")],
    format_name: Annotated[str, typer.Option("--format", help=f"One of {_FORMATS}.")],
    as_json: AsJson = False,
) -> None:
    """Write a case in another format, and say what could not be carried over.

    Example: goodoffices export examples/aral aral-genius --format genius
    """
    case = room.read(folder)
    notes = export_case(case, target, format_name)
    if as_json:
        print_json(envelope(case, folder=str(target), format=format_name, notes=list(notes)))
        return
    print(f"Wrote {case.title} to {target} as {format_name}.")
    for note in notes:
        print(f"Note: {note}")
