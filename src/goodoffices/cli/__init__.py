"""The command line: each command reads its input, calls one function of a room, and prints."""

from __future__ import annotations

import sys

from goodoffices.errors import GoodOfficesError


def main() -> None:
    """Run the command line; faults are printed as sentences and end with exit code 1."""
    from goodoffices.cli.app import app

    try:
        app()
    except GoodOfficesError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
