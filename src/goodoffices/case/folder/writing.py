"""Writing of a case folder: comments kept, and everything read again before it counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from goodoffices.case.folder.document import decoded, tree
from goodoffices.case.folder.emitting import document
from goodoffices.case.folder.faults import Faults
from goodoffices.case.folder.files import CASE, contents, sheet_file
from goodoffices.case.folder.public import PublicPart
from goodoffices.case.folder.reading import party_sheet, public
from goodoffices.case.folder.replacing import replace_files
from goodoffices.case.folder.trees import Tree, case_tree, sheet_tree
from goodoffices.case.folder.updating import Unlike, updated
from goodoffices.case.model import Case
from goodoffices.errors import CaseError, Fault

_CASE_HEADING = "What everybody at the table may see. What each party wants is in preferences/."
_SHEET_HEADING = "CONFIDENTIAL: what {party} wants, for {party} and the mediator."


def write(case: Case, folder: str | Path) -> None:
    """Put a case into a folder; ``read`` then gives back an equal one.

    Files that are there already are changed in place: comments, order and spacing stay wherever
    the case says the same as before. (A file that cannot be changed so is written anew, which
    takes YAML of a kind that nobody needs here.) Either all files are written or none.

    Of a party whose preferences the case does not hold, no file is written, and one that is there
    is left alone. So after writing a public case into a new folder, only ``read_public`` reads it.

    Raises
    ------
    CaseError
        The files in the folder have faults or would no longer fit, the case says something that
        a folder cannot, or the system refused. Nothing has been written.
    """
    path = Path(folder)
    before = _before(path, case)
    after = _texts(case, before)
    _check_kept_sheets(before, after)
    changed = {name: text for name, text in after.items() if before.texts.get(name) != text}
    if changed:
        replace_files(path, changed)


def case_texts(case: Case) -> dict[str, str]:
    """The files of a case by their names, as ``write`` puts them into a new folder.

    Raises
    ------
    CaseError
        The case says something that a folder cannot.
    """
    return _texts(case, _Before({}, {}))


@dataclass(frozen=True, slots=True)
class _Before:
    """The files that are there, and what they say."""

    texts: Mapping[str, str]
    trees: Mapping[str, Tree]


def _before(folder: Path, case: Case) -> _Before:
    if not os.path.lexists(folder):
        return _Before({}, {})
    faults = Faults()
    texts = {
        name: content.decode("utf-8").removeprefix("\ufeff")
        for name, content in contents(folder, faults).items()
        if content is not None and _is_text(name, content, faults)
    }
    if CASE in texts:
        part = public(texts[CASE], faults)
    else:
        # Without a case.yaml, what the sheets speak of is the case about to be written.
        part = public(_fresh(CASE, case_tree(case)), Faults())
    sheets = {
        name: party_sheet(name, texts[name], part, faults) for name in sorted(set(texts) - {CASE})
    }
    if faults.found:
        what = Fault(
            f"The files in '{folder}' have faults, so nothing was written over them. "
            "Correct them, or write to a new folder."
        )
        raise CaseError((what, *faults.found))
    trees: dict[str, Tree] = {CASE: case_tree(part.case)} if CASE in texts else {}
    trees |= {name: sheet_tree(part.case, sheet) for name, sheet in sheets.items() if sheet}
    return _Before(texts, trees)


def _is_text(name: str, content: bytes, faults: Faults) -> bool:
    return decoded(content, lambda line, message: faults.add(name, line, "", message)) is not None


def _texts(case: Case, before: _Before) -> dict[str, str]:
    """The new text of every file, each read again and found to say what the case says."""
    try:
        trees: dict[str, Mapping[str, Tree]] = {CASE: case_tree(case)}
        for party, sheet in case.preferences.items():
            trees[sheet_file(party)] = sheet_tree(case, sheet)
    except ValueError as error:
        raise CaseError(f"This case cannot be written as a folder: {error}") from error
    texts = {CASE: _text(CASE, trees[CASE], before, partial(_public_faults, case))}
    part = public(texts[CASE], Faults())
    for name in list(trees)[1:]:
        texts[name] = _text(name, trees[name], before, partial(_sheet_faults, case, name, part))
    return texts


def _text(
    name: str,
    wanted: Mapping[str, Tree],
    before: _Before,
    faults: Callable[[str], tuple[Fault, ...]],
) -> str:
    """The old text changed where it must be, or one written anew if that would not be right."""
    if name in before.texts:
        kept = _kept(before.texts[name], before.trees[name], wanted)
        if kept is not None and not faults(kept):
            return kept
    text = _fresh(name, wanted)
    if found := faults(text):
        # The lines are those of a text that nobody will see.
        unseen = (replace(fault, line=None) for fault in found)
        raise CaseError((Fault("This case cannot be written as a folder."), *unseen))
    return text


def _kept(text: str, old: Tree, new: Tree) -> str | None:
    node = tree(text, lambda _line, _message: None)
    try:
        return None if node is None else updated(text, node, old, new)
    except Unlike:
        return None


def _fresh(name: str, wanted: Mapping[str, Tree]) -> str:
    party = PurePosixPath(name).stem
    heading = _CASE_HEADING if name == CASE else _SHEET_HEADING.format(party=party)
    return document(wanted, heading)


def _public_faults(case: Case, text: str) -> tuple[Fault, ...]:
    """What is wrong with a text that should say what is public in the case."""
    faults = Faults()
    part = public(text, faults)
    return faults.found or _differences(CASE, part.case, case.public())


def _sheet_faults(case: Case, name: str, part: PublicPart, text: str) -> tuple[Fault, ...]:
    """What is wrong with a text that should say what one party of the case wants."""
    faults = Faults()
    sheet = party_sheet(name, text, part, faults)
    return faults.found or _differences(name, sheet, case.preferences[PurePosixPath(name).stem])


def _differences(name: str, found: Any, wanted: Any) -> tuple[Fault, ...]:
    return tuple(
        Fault("This would not be read back as it is.", name, None, field.name)
        for field in fields(wanted)
        if getattr(found, field.name) != getattr(wanted, field.name)
    )


def _check_kept_sheets(before: _Before, after: Mapping[str, str]) -> None:
    """Sheets that stay must fit the case that will stand beside them."""
    faults = Faults()
    part = public(after[CASE], faults)
    for name in sorted(set(before.texts) - set(after)):
        party_sheet(name, before.texts[name], part, faults)
    if faults.found:
        what = Fault("A preferences file in the folder would no longer fit. Nothing was written.")
        raise CaseError((what, *faults.found))
