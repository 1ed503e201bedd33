"""``python -m goodoffices``: the command line."""

from goodoffices.cli import main

main()
