"""The command line: each command reads its input, calls one function of a room, and prints.

Commands import the rooms they need when they run, so that ``goodoffices --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from goodoffices.case.words import counted
from goodoffices.cli.app import app
from goodoffices.cli.dividing import divide
from goodoffices.cli.evolving import evolve
from goodoffices.cli.folders import check, export, import_, new
from goodoffices.cli.reversing import inverse
from goodoffices.cli.robust import robustness
from goodoffices.cli.sensitivities import sensitivity
from goodoffices.cli.solving import solve
from goodoffices.cli.stability import stability
from goodoffices.cli.staging import interim
from goodoffices.cli.trading import trades
from goodoffices.cli.writing import brief, figure
from goodoffices.cli.zones import zone
from goodoffices.errors import CaseError, GoodOfficesError

_MOST_FAULTS = 50
"""As many as somebody may read before correcting the first."""

__all__ = ["app", "main"]

for _command in (
    new,
    check,
    solve,
    zone,
    trades,
    interim,
    divide,
    sensitivity,
    stability,
    evolve,
    inverse,
    robustness,
    brief,
    figure,
    import_,
    export,
):
    app.command(_command.__name__.rstrip("_"))(_command)


def main() -> None:
    """Run the command line; faults are printed as sentences and end with exit code 1."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            # A caller that closed the stream wants no answer; what is printed goes nowhere.
            setattr(sys, name, _nowhere(number))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A screen that lacks a letter shows a question mark rather than nothing at all.
            stream.reconfigure(errors="replace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except GoodOfficesError as error:
        print(_shown(error), file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # Nobody reads the answer any more; Python would try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        place = f"'{error.filename}': " if error.filename else ""
        print(f"The system refused. {place}{error.strerror or error}.", file=sys.stderr)
        sys.exit(1)


def _nowhere(number: int) -> TextIO:
    """A stream that takes everything and keeps nothing, in the place of a closed one."""
    stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # it stays open
    if stream.fileno() != number:
        # Else the next file to be opened would take the place, and libraries would print into it.
        os.dup2(stream.fileno(), number)
    return stream


def _shown(error: GoodOfficesError) -> str:
    """The sentences of an error; of very many faults the first, and how many more there are."""
    if not isinstance(error, CaseError) or len(error.faults) <= _MOST_FAULTS:
        return str(error)
    more = f"{counted(len(error.faults) - _MOST_FAULTS, 'more fault')}. "
    hint = "goodoffices check with --json lists all faults of a case folder."
    return "\n".join([*map(str, error.faults[:_MOST_FAULTS]), more + hint])
