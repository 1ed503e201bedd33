"""The command ``solve``: the frontier and the solutions, or the answer for partial preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from goodoffices.case import read
from goodoffices.cli import documents, tables
from goodoffices.cli.answers import settlement_parts
from goodoffices.cli.app import (
    AsJson,
    Folder,
    Months,
    Seconds,
    app,
    assignments,
    duration,
    number,
    print_json,
)
from goodoffices.cli.watching import watching
from goodoffices.settlement.packages import CONCEPT_NAMES

if TYPE_CHECKING:
    from fractions import Fraction

    from goodoffices.case.model import Case
    from goodoffices.settlement.solutions import Settlement
    from goodoffices.settlement.watch import Watch

Concepts = Annotated[
    list[str] | None,
    typer.Option(
        "--concept", help=f"One of {', '.join(CONCEPT_NAMES)}; may be repeated. Default: all."
    ),
]
Weights = Annotated[
    list[str] | None,
    typer.Option(
        "--weight",
        metavar="PARTY=NUMBER",
        help="A bargaining weight; one for each party. Default: all the same.",
    ),
]


@app.command()
def solve(
    folder: Folder,
    concept: Concepts = None,
    weight: Weights = None,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Find the efficient packages and what each standard of fairness would pick among them.

    Where preferences are partial, the answer holds for all preferences that fit what was stated.

    Example: goodoffices solve examples/aral --concept nash --concept leximin
    """
    case = read(folder)
    given = assignments(weight or [], "The bargaining weight")
    weights = {party: number(text, f"The weight of {party}") for party, text in given.items()}
    after = duration(months, "--months")
    with watching(seconds) as watch:
        answer = _settle(case, concept, weights, after, watch)
    if as_json:
        solutions = documents.solutions_document(case, answer.solutions)
        frontier = documents.frontier_document(case, answer.frontier)
        print_json(documents.envelope(case, kind="exact", solutions=solutions, frontier=frontier))
        return
    tables.show(*settlement_parts(case, answer, after))


def _settle(
    case: Case,
    concepts: list[str] | None,
    weights: dict[str, Fraction],
    months: Fraction,
    watch: Watch,
) -> Settlement:
    from goodoffices.settlement.solutions import settle

    return settle(
        case,
        concepts or tuple(CONCEPT_NAMES),
        bargaining_weights=weights or None,
        months=months,
        watch=watch,
    )
