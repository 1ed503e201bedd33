"""The command line: each command reads its input, calls one function of a room, and prints.

Commands import the rooms they need when they run, so that ``goodoffices --help`` answers at once.
"""

from __future__ import annotations

import os
import sys

from goodoffices.cli import (
    dividing,
    folders,
    sensitivities,
    solving,
    trading,
    writing,
    zones,
)
from goodoffices.cli.app import app
from goodoffices.errors import GoodOfficesError

__all__ = [
    "app",
    "dividing",
    "folders",
    "main",
    "sensitivities",
    "solving",
    "trading",
    "writing",
    "zones",
]


def main() -> None:
    """Run the command line; faults are printed as sentences and end with exit code 1."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except GoodOfficesError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # Nobody reads the answer any more; Python would try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        place = f"'{error.filename}': " if error.filename else ""
        print(f"The system refused. {place}{error.strerror or error}.", file=sys.stderr)
        sys.exit(1)
