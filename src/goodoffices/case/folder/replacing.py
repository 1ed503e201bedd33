"""Putting files in place so that nobody ever finds one half-written."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from goodoffices.case.folder.files import CASE, reason
from goodoffices.errors import CaseError

# What everybody may see follows the custom of the computer; a preferences file that is new is
# for nobody but its owner.
_PUBLIC, CONFIDENTIAL = 0o666, 0o600


def replace_files(folder: Path, texts: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, which is made if need be.

    All texts are first written beside their places and only then moved there. If that is
    interrupted, what had been moved is moved back, so the folder is as it was before. (Only the
    computer failing between two moves can leave some files new and some old; each is whole.)

    Raises
    ------
    CaseError
        The system refused; nothing has changed.
    """
    made: list[Path] = []
    try:
        moves = [_Move.to(Path(os.path.realpath(folder / name))) for name in texts]
        try:
            for move, (name, text) in zip(moves, texts.items(), strict=True):
                made += _make_folder(move.target.parent)
                move.prepare(text, _PUBLIC if name == CASE else CONFIDENTIAL)
            _carry_out(moves)
        except BaseException:
            _clear(moves)
            _remove_empty(made)
            raise
        _clear(moves)
    except (OSError, ValueError) as fault:
        place = folder / next(iter(texts)) if len(texts) == 1 else folder
        raise CaseError(f"Nothing was written to '{place}': {reason(fault)}.") from fault


@dataclass(frozen=True, slots=True)
class _Move:
    """A file to be replaced, the new text beside it, and a copy of the old."""

    target: Path
    new: Path
    old: Path

    @classmethod
    def to(cls, target: Path) -> _Move:
        hidden = f".{target.name[:100]}.{secrets.token_hex(4)}"
        return cls(target, target.with_name(hidden + ".new"), target.with_name(hidden + ".old"))

    def prepare(self, text: str | bytes, mode: int) -> None:
        """Write the new text, safe on the disk, with the rights of the file it replaces."""
        handle = os.open(self.new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8") if isinstance(text, str) else text)
            file.flush()
            os.fsync(file.fileno())
        if self.target.exists():
            shutil.copymode(self.target, self.new)
            shutil.copy2(self.target, self.old)

    def undo(self) -> None:
        """Put the old file back, or nothing where nothing was."""
        if self.old.exists():
            self.old.replace(self.target)
        else:
            self.target.unlink(missing_ok=True)


def _carry_out(moves: list[_Move]) -> None:
    begun: list[_Move] = []
    try:
        for move in moves:
            begun.append(move)
            move.new.replace(move.target)
        for parent in {move.target.parent for move in moves}:
            _sync(parent)
    except BaseException:
        for move in begun:
            # A move that was begun and not made has left its new text in place.
            if not move.new.exists():
                move.undo()
        raise


def _clear(moves: list[_Move]) -> None:
    """Remove what stands beside the files."""
    for move in moves:
        for path in (move.new, move.old):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those it is in; those that were not there, the innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _remove_empty(folders: list[Path]) -> None:
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
