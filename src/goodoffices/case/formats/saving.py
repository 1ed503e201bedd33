"""Writing of a new folder: all of it or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from goodoffices.case.folder.files import reason
from goodoffices.case.folder.replacing import CONFIDENTIAL
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
                _write(beside / name, text)
            if folder.is_dir():
                folder.rmdir()
            beside.rename(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    except (OSError, ValueError) as fault:
        raise CaseError(f"'{folder}' cannot be written: {reason(fault)}.") from fault


def _write(path: Path, text: str) -> None:
    """Write a new file that only its owner can read: what the parties want may be in it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, CONFIDENTIAL)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _check_empty(folder: Path) -> None:
    if folder.is_dir():
        if any(folder.iterdir()):
            raise CaseError(f"'{folder}' is not empty. Choose a folder that is not there yet.")
    elif folder.exists() or folder.is_symlink():
        raise CaseError(f"'{folder}' is a file. Choose a folder that is not there yet.")
