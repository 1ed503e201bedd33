"""The application, and what its commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodoffices.case import numbers
from goodoffices.case.folder.faults import nearest
from goodoffices.case.model import Case, Outcome
from goodoffices.cli.documents import Document
from goodoffices.errors import SettlementError
from goodoffices.settlement.packages import CONCEPT_NAMES

if TYPE_CHECKING:
    from goodoffices.settlement.watch import Watch

app = typer.Typer(
    help="A workbench for people who help adversaries reach agreements that hold.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Every command explains itself: goodoffices solve --help",
)

Folder = Annotated[Path, typer.Argument(help="The case folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON document instead of tables.")]
Months = Annotated[
    str,
    typer.Option(
        metavar="NUMBER", help="Months without agreement, for reservations that change with time."
    ),
]
Seconds = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBER", help="Stop after so many seconds and show what is proven by then."
    ),
]
Package = Annotated[
    list[str] | None,
    typer.Option(
        "--package",
        metavar="ISSUE=OPTION",
        help="An option of the package; give one for every issue. Or the name of a solution, or "
        "status-quo.",
    ),
]


def print_json(document: Document) -> None:
    """Print a document in the order it was made, with the letters of every language."""
    is_unicode = sys.stdout.encoding.lower().startswith("utf")
    print(json.dumps(document, ensure_ascii=not is_unicode, indent=2, allow_nan=False))


def number(text: str, what: str) -> Fraction:
    """A number from the command line, read exactly.

    Raises
    ------
    SettlementError
        It is not one.
    """
    try:
        return numbers.number(text.strip())
    except ValueError as fault:
        raise SettlementError(f"{what}: {fault}") from None


def duration(text: str, what: str) -> Fraction:
    """A number from the command line that is not below 0.

    Raises
    ------
    SettlementError
        It is no number, or negative.
    """
    found = number(text, what)
    if found < 0:
        raise SettlementError(f"{what} is {text}; it must be 0 or more.")
    return found


def assignments(pairs: list[str], what: str, names: Collection[str] = ()) -> dict[str, str]:
    """``NAME=VALUE`` pairs from the command line.

    The name ends at the first ``=``, unless one of the ``names`` that are known holds it.

    Raises
    ------
    SettlementError
        A pair has no ``=``, or a name comes twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        known = [name for name in names if pair.startswith(f"{name}=")]
        length = len(max(known, key=len, default=pair.partition("=")[0]))
        name, sign, value = (
            part.strip() for part in (pair[:length], pair[length:][:1], pair[length + 1 :])
        )
        if not sign:
            raise SettlementError(f"{what} '{pair}' has no '='. Write it as NAME=VALUE.")
        if name in found:
            raise SettlementError(f"{what} '{name}' is given twice.")
        found[name] = value
    return found


def options(case: Case, pairs: list[str], what: str) -> dict[str, str]:
    """``ISSUE=OPTION`` pairs from the command line; ids may hold ``=`` and outer spaces.

    Raises
    ------
    SettlementError
        A pair has no ``=``, or an issue comes twice.
    """
    found = assignments(pairs, what, [issue.id for issue in case.issues])
    spelled = {i.id: {o.id.strip(): o.id for o in i.options} for i in case.issues}
    return {issue: spelled.get(issue, {}).get(option, option) for issue, option in found.items()}


def package(case: Case, given: list[str] | None, months: Fraction, watch: Watch) -> Outcome:
    """The package that ``--package`` names: by options, letter or solution, or the status quo.

    Without ``--package`` it is the status quo, or the Nash solution where a case states none.

    Raises
    ------
    SettlementError
        The case has no status quo, or nothing is acceptable to all.
    CaseError
        Options or issues the case lacks, or issues left open.
    """
    if not given:
        given = ["nash"] if case.status_quo is None else ["status-quo"]
    (name, *more) = given
    if more or "=" in name:
        return case.outcome(options(case, given, "The option"))
    if name == "status-quo":
        if case.status_quo is None:
            raise SettlementError("The case states no status quo. Name the package's options.")
        return case.status_quo
    if name.isupper():
        return _lettered(case, name, months, watch)
    return solution_package(case, name, months, watch)


def _lettered(case: Case, name: str, months: Fraction, watch: Watch) -> Outcome:
    """The package that every command calls by this letter."""
    from goodoffices.settlement.solutions import lettered

    packages = lettered(case, months=months, watch=watch)
    for candidate in packages:
        if candidate.name == name:
            return candidate.outcome
    if not packages:
        raise SettlementError(
            f"There is no package {name}: no package has a letter, because none is acceptable to "
            "all or a long search would be needed. Name a solution, 'status-quo' or ISSUE=OPTION."
        )
    known = ", ".join(candidate.name for candidate in packages)
    raise SettlementError(f"There is no package {name}. Packages with letters: {known}.")


def solution_package(case: Case, concept: str, months: Fraction, watch: Watch) -> Outcome:
    """The first package that a solution concept picks.

    Raises
    ------
    SettlementError
        There is no such concept, or it picks none.
    """
    from goodoffices.settlement.solutions import solve

    if concept not in CONCEPT_NAMES:
        raise SettlementError(
            f"The package '{concept}' is neither ISSUE=OPTION nor 'status-quo' nor a solution."
            f"{nearest(concept, CONCEPT_NAMES, 'Solutions')}"
        )
    (solution,) = solve(case, [concept], months=months, watch=watch)
    if solution.outcomes:
        return solution.outcomes[0]
    if solution.proven:
        raise SettlementError(
            f"No package is acceptable to all, so there is no {concept} solution."
        )
    raise SettlementError(f"No {concept} solution was found before the work was ended.")
