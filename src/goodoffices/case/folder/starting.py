"""A commented case folder to start from."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from goodoffices.case.folder.files import CASE, check_folder, is_empty, sheet_file
from goodoffices.case.folder.replacing import replace_files
from goodoffices.errors import CaseError

_PARTIES = ("North", "South")


def new(folder: str | Path) -> Path:
    """Write a small invented case, with every key explained, for the user to change.

    Returns
    -------
    The folder, which is made if need be.

    Raises
    ------
    CaseError
        There is a file of this name, or something in the folder; or the system refused.
    """
    path = Path(folder)
    if os.path.lexists(path):
        check_folder(path)
        if not is_empty(path):
            raise CaseError(
                f"The folder '{folder}' is not empty. Name one that is empty or not there yet."
            )
    start = files("goodoffices.case.folder") / "start"
    names = (CASE, *map(sheet_file, _PARTIES))
    replace_files(path, {name: start.joinpath(name).read_text("utf-8") for name in names})
    return path
