"""Reading of a case folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from goodoffices.case.folder.document import decoded, tree
from goodoffices.case.folder.faults import Faults
from goodoffices.case.folder.files import CASE, SHEETS, contents, public_contents, sheet_file
from goodoffices.case.folder.place import Place
from goodoffices.case.folder.public import PublicPart, public_part
from goodoffices.case.folder.scope import Scope
from goodoffices.case.folder.sheet import sheet
from goodoffices.case.model import Case, Role
from goodoffices.case.numbers import quoted
from goodoffices.case.preferences import Preferences


def read(folder: str | Path) -> Case:
    """The case that a folder holds: ``case.yaml``, and a preferences file for every principal.

    Raises
    ------
    CaseError
        All faults of the folder at once, each with its file, line and path.
    """
    faults = Faults()
    files = contents(Path(folder), faults)
    return _case(files, faults, _place(Path(folder)))


def read_public(folder: str | Path) -> Case:
    """The public part of the case that a folder holds; preferences files are not opened.

    Raises
    ------
    CaseError
        All faults of ``case.yaml`` at once, each with its line and path.
    """
    faults = Faults()
    files = public_contents(Path(folder), faults)
    part = public(_case_file(files, faults, _place(Path(folder))), faults)
    faults.stop_if_any()
    return part.case


def case_from_text(files: Mapping[str, str | bytes]) -> Case:
    """The case that these texts make, given by their names in a case folder.

    Parameters
    ----------
    files
        ``case.yaml`` and ``preferences/<party>.yaml``, with their contents.

    Raises
    ------
    CaseError
        All faults at once, each with its file, line and path.
    """
    return _case(files, Faults(), "")


def _case(files: Mapping[str, str | bytes | None], faults: Faults, where: str) -> Case:
    part = public(_case_file(files, faults, where), faults)
    sheets = {}
    for name in sorted(set(files) - {CASE}):
        found = party_sheet(name, files[name], part, faults)
        if found is not None:
            sheets[found.party] = found
    _check_none_is_missing(files, part, faults)
    faults.stop_if_any()
    in_order = [party.id for party in part.case.parties if party.id in sheets]
    return replace(part.case, preferences={party: sheets[party] for party in in_order})


def _place(folder: Path) -> str:
    """Where ``case.yaml`` should be, for a sentence; and what to do if it is another's folder."""
    try:
        is_foreign = any(path.suffix.lower() in (".xml", ".json") for path in folder.iterdir())
    except OSError:
        is_foreign = False
    hint = ". To read a case in another format, use goodoffices import" if is_foreign else ""
    return f" in '{folder}'{hint}"


def _case_file(
    files: Mapping[str, str | bytes | None], faults: Faults, where: str
) -> str | bytes | None:
    if CASE not in files:
        faults.add(CASE, 0, "", f"There is no {CASE}{where}.")
    return files.get(CASE)


def public(content: str | bytes | None, faults: Faults) -> PublicPart:
    """The public part of a case; of ``None``, a part of which nothing is known."""
    place = root(CASE, content, faults)
    if place is None:
        return PublicPart(Case(title="", parties=(), issues=()), Scope(), None)
    return public_part(place)


def root(name: str, content: str | bytes | None, faults: Faults) -> Place | None:
    """The whole of a document; ``None`` after a fault that hides what it says."""

    def report(line: int, sentence: str) -> None:
        faults.add(name, line, "", sentence)

    text = None if content is None else decoded(content, report)
    node = None if text is None else tree(text, report)
    return None if node is None else Place(node, name, "", faults)


def party_sheet(
    name: str, content: str | bytes | None, part: PublicPart, faults: Faults
) -> Preferences | None:
    """The preferences in a file of this name; ``None`` after a fault that hides them."""
    path = PurePosixPath(name)
    party = path.stem
    if path != PurePosixPath(sheet_file(party)):
        faults.add(name, 0, "", f"Only {CASE} and files in {SHEETS}/ make a case.")
        return None
    if part.parties is not None and party not in part.parties:
        near = faults.nearest(party, part.parties, "Parties")
        faults.add(name, 0, "", f"{quoted(party)} is not a party to this case.{near}")
        return None
    role = part.parties[party].role if part.parties is not None else Role.PRINCIPAL
    if not role.may_consent:
        faults.add(
            name,
            0,
            "",
            f"{party} is {'an' if role is Role.OBSERVER else 'a'} {role} and has no say in "
            "what is agreed. Remove this file, or change the role in case.yaml.",
        )
        return None
    place = root(name, content, faults)
    if place is None:
        return None
    return sheet(place, party, part.scope, part.has_status_quo)


def _check_none_is_missing(
    files: Mapping[str, str | bytes | None], part: PublicPart, faults: Faults
) -> None:
    for party in (part.parties or {}).values():
        if party.role is Role.PRINCIPAL and sheet_file(party.id) not in files:
            faults.add(
                sheet_file(party.id),
                0,
                "",
                f"{party.id} has no preferences file. Add {sheet_file(party.id)}; "
                f"'party: {party.id}' alone says that nothing is known yet.",
            )
