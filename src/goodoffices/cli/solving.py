"""The command ``solve``: the frontier and the solutions, or the answer for partial preferences."""

from __future__ import annotations

from typing import Annotated

import typer

import goodoffices
from goodoffices.cli import documents, tables
from goodoffices.cli.app import AsJson, Folder, Months, Seconds, app, assignments, number, print_json
from goodoffices.cli.watching import watching
from goodoffices.settlement.solutions import CONCEPTS, settle

Concepts = Annotated[
    list[str] | None,
    typer.Option("--concept", help=f"One of {', '.join(CONCEPTS)}; may be repeated. Default: all."),
]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", help="A bargaining weight, as PARTY=NUMBER; one for each party."),
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
    case = goodoffices.read(folder)
    given = assignments(weight or [], "The bargaining weight")
    weights = {party: number(text, f"The weight of {party}") for party, text in given.items()}
    with watching(seconds) as watch:
        answer = settle(
            case,
            concept or tuple(CONCEPTS),
            bargaining_weights=weights or None,
            months=number(months, "--months"),
            watch=watch,
        )
    if as_json:
        solutions = {s.concept: documents.solution_document(case, s) for s in answer.solutions}
        frontier = documents.frontier_document(case, answer.frontier)
        print_json(documents.envelope(case, kind="exact", solutions=solutions, frontier=frontier))
        return
    tables.show(
        f"[bold]{case.title}[/]: {case.size:,} outcomes before constraints",
        tables.solutions_table(case, answer.solutions),
        tables.packages_table(case, answer.solutions),
        tables.frontier_table(case, answer.frontier),
    )
