"""Measure speed: as ratios against a peer in the same run, and as cost against size.

    python -m benchmarks            tables, docs/images/scaling.svg and stability-scaling.svg
    NEGMAS_PYTHON=/path/to/python   a Python with NegMAS, for the ratios (else they are left out)

Timings are noisy; compare rows of one run with one another.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import scaling, stability
from benchmarks.domains import Numbers, case_of, opposed_numbers, random_numbers
from goodoffices.case.formats import import_case
from goodoffices.settlement.frontier import Frontier, frontier
from goodoffices.settlement.solutions import solve

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "domains" / "genius" / "genius-xml"
console = Console()


def timed(function: Callable[[], Frontier]) -> tuple[float, Frontier]:
    """Seconds a call took, and what it gave."""
    start = time.perf_counter()
    found = function()
    return time.perf_counter() - start, found


def peer(numbers: Numbers, method: str) -> tuple[float, int] | None:
    """Seconds and frontier size of NegMAS on the same numbers; ``None`` where it is not there."""
    python = os.environ.get("NEGMAS_PYTHON")
    if not python:
        return None
    answer = subprocess.run(
        [python, str(ROOT / "benchmarks" / "negmas_peer.py")],
        input=json.dumps({"weights": numbers[0], "scores": numbers[1], "method": method}),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(answer.stdout)
    return found["seconds"], found["size"]


def against_the_peer() -> Table:
    """End to end, from a case in memory to its frontier in words."""
    table = Table("task", "points", "seconds", "NegMAS 0.16", "its points", "ratio", title="Ratios")
    tasks = [
        ("2 parties, 6×10 = 10^6 outcomes", random_numbers(2, 6, 10), "pareto_frontier"),
        ("2 parties, 20×10 = 10^20, opposed", opposed_numbers(20, 10), "mobanos"),
        ("3 parties, 6×10 = 10^6", random_numbers(3, 6, 10), "pareto_frontier"),
    ]
    for name, numbers, method in tasks:
        case = case_of(numbers)
        seconds = min(timed(lambda case=case: frontier(case))[0] for _ in range(3))  # type: ignore[misc] # a lambda with a default
        size = len(frontier(case).points)
        other = peer(numbers, method)
        cells = ["not installed", "", ""]
        if other is not None:
            cells = [f"{other[0]:.2f} s", str(other[1]), f"{other[0] / seconds:.0f} times"]
        table.add_row(name, str(size), f"{seconds:.4f}", *cells)
    return table


def large_spaces() -> Table:
    """Complete frontiers and proved solutions where nobody can list the outcomes."""
    table = Table("task", "answer", "seconds", title="Large spaces")
    for name, numbers in (
        ("2 parties, 50×10 = 10^50, opposed: frontier", opposed_numbers(50, 10)),
        ("5 parties, 10×5: frontier", random_numbers(5, 10, 5)),
    ):
        seconds, found = timed(lambda numbers=numbers: frontier(case_of(numbers)))  # type: ignore[misc] # as above
        table.add_row(name, f"{len(found.points):,} points, exact: {found.exact}", f"{seconds:.2f}")
    case = case_of(random_numbers(10, 30, 8), reservation=40)
    for concept in ("nash", "kalai-smorodinsky", "leximin", "utilitarian"):
        start = time.perf_counter()
        (answer,) = solve(case, [concept])
        seconds = time.perf_counter() - start
        table.add_row(f"10 parties, 30×8: {concept}", f"proven: {answer.proven}", f"{seconds:.2f}")
    return table


def hyper_rectangles() -> Table:
    """Frontiers of the ANAC 2014 domains, every point proved; only where the files are at hand."""
    table = Table("domain", "points", "exact", "seconds", title="GENIUS hyper-rectangles")
    names = (
        "other-S-1NIKFRT-1",
        "y2014-10issues",
        "y2014-30issues",
        "other-S-1NAGUNL-255",
        "y2014-50issuesDiscountedwithRV",
    )
    for name in names:
        if not (SHARED / name).is_dir():
            table.add_row(name, "files not at hand", "", "")
            continue
        case = import_case(SHARED / name).case
        seconds, found = timed(lambda case=case: frontier(case))  # type: ignore[misc] # as above
        table.add_row(name, str(len(found.points)), str(found.exact), f"{seconds:.1f}")
    return table


def main() -> None:
    """Run everything and print it."""
    console.print(against_the_peer())
    console.print(large_spaces())
    console.print(hyper_rectangles())
    scaling.draw(scaling.measure(), ROOT / "docs" / "images" / "scaling.svg")
    verdicts = stability.measure()
    console.print(stability.table(verdicts))
    stability.draw(verdicts, ROOT / "docs" / "images" / "stability-scaling.svg")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    console.print(f"Peak memory of this process: {peak} MB. Python {sys.version.split()[0]}.")


main()
