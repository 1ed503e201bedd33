"""What the commands about graph models share: reading a model, its states, its concepts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from goodoffices.case.words import counted
from goodoffices.cli.app import package as package_named
from goodoffices.cli.documents import Document
from goodoffices.errors import StabilityError

if TYPE_CHECKING:
    from goodoffices.stability import Model
    from goodoffices.stability.paths import Path as Steps

ModelFile = Annotated[
    Path,
    typer.Argument(
        metavar="MODEL",
        help="A graph model: a YAML file or a folder with model.yaml, a .gmcr file, or a case "
        "folder, with --package.",
        show_default=False,
    ),
]
Concepts = Annotated[
    list[str] | None,
    typer.Option(
        "--concept",
        metavar="NAME",
        help="nash, gmr, smr, seq or sseq; may be repeated. Default: all.",
    ),
]
Most = Annotated[int, typer.Option(min=1, help="Equilibria to list.")]

_NEAR = 12
"""States named in a sentence about one that does not exist."""


def read_given(path: Path, package: list[str] | None = None) -> Model:
    """The model in a file; or of a case, once the package that is named is agreed.

    Raises
    ------
    CaseError, SettlementError, StabilityError
        Whatever is wrong with it, or ``--package`` is given for something that is no case.
    """
    from goodoffices.case.folder.files import CASE
    from goodoffices.stability import import_gmcr, read_model

    if (path / CASE).exists():
        return _after_signing(path, package)
    if package:
        raise StabilityError(
            f"'{path}' is a graph model, so there is no package to agree on. Leave --package out, "
            "or name a case folder."
        )
    if path.suffix == ".gmcr":
        imported = import_gmcr(path)
        for note in imported.notes:
            print(note, file=sys.stderr)
        return imported.model
    return read_model(path)


def _after_signing(folder: Path, given: list[str] | None) -> Model:
    from goodoffices.case import read, read_compliance
    from goodoffices.cli.watching import watching
    from goodoffices.stability import from_settlement

    case = read(folder)
    compliance = read_compliance(folder, case)
    with watching(None) as watch:
        agreed = package_named(case, given or ["nash"], Fraction(0), watch)
    return from_settlement(case, agreed, compliance)


def concepts_asked(given: Sequence[str] | None) -> tuple[str, ...]:
    """The concepts that ``--concept`` names, the strongest first; all without it.

    Raises
    ------
    StabilityError
        There is no such concept.
    """
    from goodoffices.stability.analysis import CONCEPTS, known

    return known(given or CONCEPTS)


def state_called(model: Model, label: str) -> int:
    """The state with a name.

    Raises
    ------
    StabilityError
        There is none.
    """
    try:
        return model.state(label)
    except KeyError:
        named = [state for state, name in model.labels.items() if not name.isdecimal()]
        near = list(dict.fromkeys([*named, *model.states[:_NEAR].tolist()]))[:_NEAR]
        more = len(model.states) - len(near)
        raise StabilityError(
            f"'{label}' is not a state of this model. It has "
            f"{counted(len(model.states), 'state')}: {', '.join(labels(model, near))}"
            f"{f' and {more:,} more' if more else ''}."
        ) from None


def labels(model: Model, states: Sequence[int]) -> list[str]:
    """What states are called: names, then numbers, in the order in which people count."""

    def place(label: str) -> tuple[bool, int, str]:
        return (label.isdecimal(), int(label) if label.isdecimal() else 0, label)

    return sorted((model.label(state) for state in states), key=place)


def told(title: str, sentences: Iterable[str]) -> RenderableType:
    """Sentences under a title, set in from the margin."""
    return Group(
        Text(title, style="bold"), *(Padding(Text(words), (0, 0, 0, 2)) for words in sentences)
    )


def heading(model: Model) -> Text:
    """The title of a model and its size."""
    size = (
        f"{counted(len(model.states), 'state')}, {counted(len(model.parties), 'party', 'parties')}"
    )
    return Text(f"{model.title}: {size}", style="bold")


def envelope(model: Model, **content: Any) -> Document:
    """What every document about a model begins with, then its content."""
    return {
        "goodoffices": version("goodoffices"),
        "model": model.title,
        "parties": [party.id for party in model.parties],
        **content,
    }


def steps_document(model: Model, path: Steps | None) -> list[Document] | None:
    """A sequence of moves."""
    if path is None:
        return None
    return [
        {
            "movers": [model.parties[mover].id for mover in step.movers],
            "state": model.label(step.state),
        }
        for step in path
    ]
