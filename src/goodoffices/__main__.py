"""The program: ``goodoffices``, or ``python -m goodoffices``."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C ends the program quietly even while it is being loaded."""
    try:
        from goodoffices.cli import main as run

        run()
    except KeyboardInterrupt:
        _give_up()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            _give_up()
        raise


def _give_up() -> None:
    print("Given up before there was an answer.", file=sys.stderr)
    sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
