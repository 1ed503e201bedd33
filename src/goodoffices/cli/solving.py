"""The command ``solve``: the frontier and the solutions, or the answer for partial preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated

import typer

from goodoffices.case import read
from goodoffices.case.model import Case
from goodoffices.cli import documents, tables
from goodoffices.cli.answers import settlement_parts
from goodoffices.cli.app import (
    AsJson,
    Folder,
    Months,
    Seconds,
    assignments,
    duration,
    number,
    print_json,
)
from goodoffices.cli.partial_answers import partial_parts
from goodoffices.cli.partial_documents import partial_document
from goodoffices.cli.watching import watching
from goodoffices.errors import SettlementError
from goodoffices.settlement.packages import CONCEPT_NAMES

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


Seed = Annotated[
    int,
    typer.Option(min=0, help="For the estimates of shares, where preferences are partial."),
]


def solve(
    folder: Folder,
    concept: Concepts = None,
    weight: Weights = None,
    seed: Seed = 0,
    months: Months = "0",
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """Find the efficient packages, and the fair ones among them.

    Where preferences are partial, the answer holds for all preferences that fit what was stated.

    Example: goodoffices solve examples/aral --concept nash --concept leximin
    """
    case = read(folder)
    given = assignments(weight or [], "The bargaining weight")
    weights = {party: number(text, f"The weight of {party}") for party, text in given.items()}
    after = duration(months, "--months")
    if is_partial(case):
        if concept or weight:
            raise SettlementError(
                "Preferences of this case are partial, so there is no one solution by a --concept, "
                "with or without a --weight. Leave these out to see what can be said."
            )
        _solve_partial(case, seed, after, seconds, as_json)
    else:
        _solve_exact(case, concept or list(CONCEPT_NAMES), weights, after, seconds, as_json)


def is_partial(case: Case) -> bool:
    """Whether some party whose consent is needed has left numbers open on its sheet."""
    options = {issue.id: tuple(option.id for option in issue.options) for issue in case.issues}
    sheets = (case.preferences.get(party.id) for party in case.deciders)
    return any(sheet is not None and sheet.unknowns(options) for sheet in sheets)


def _solve_exact(
    case: Case,
    concepts: Sequence[str],
    weights: Mapping[str, Fraction],
    months: Fraction,
    seconds: str | None,
    as_json: bool,
) -> None:
    from goodoffices.settlement.solutions import settle

    with watching(seconds) as watch:
        answer = settle(
            case, concepts, bargaining_weights=weights or None, months=months, watch=watch
        )
    if as_json:
        solutions = documents.solutions_document(case, answer.solutions)
        frontier = documents.frontier_document(case, answer.frontier)
        packages = documents.candidates_document(case, answer.packages)
        print_json(
            documents.envelope(
                case, kind="exact", solutions=solutions, packages=packages, frontier=frontier
            )
        )
        return
    tables.show(*settlement_parts(case, answer, months))


def _solve_partial(
    case: Case, seed: int, months: Fraction, seconds: str | None, as_json: bool
) -> None:
    from goodoffices.settlement.partial import analyse

    with watching(seconds) as watch:
        found = analyse(case, seed=seed, months=months, watch=watch)
    if as_json:
        print_json(partial_document(case, found))
        return
    tables.show(*partial_parts(case, found))
