"""Writing of a new folder: all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from goodoffices.case.folder.files import reason
from goodoffices.errors import CaseError


def save(files: Mapping[str, str], folder: Path) -> None:
    """Write files into a folder that is not there yet, or is empty.

    They are written beside it first, and the finished folder is moved into place, so that an
    interruption leaves nothing half-written.

    Raises
    ------
    CaseError
        The folder holds something already, or the system refuses.
    """
    try:
        _check_empty(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = folder.parent / f".{folder.name}-{token_hex(6)}"
        beside.mkdir()
        try:
            for name, text in files.items():
                (beside / name).write_text(text, encoding="utf-8", newline="\n")
            if folder.is_dir():
                folder.rmdir()
            beside.rename(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    except (OSError, ValueError) as fault:
        raise CaseError(f"'{folder}' cannot be written: {reason(fault)}.") from fault


def _check_empty(folder: Path) -> None:
    if folder.is_dir():
        if any(folder.iterdir()):
            raise CaseError(f"'{folder}' is not empty. Choose a folder that is not there yet.")
    elif folder.exists() or folder.is_symlink():
        raise CaseError(f"'{folder}' is a file. Choose a folder that is not there yet.")
