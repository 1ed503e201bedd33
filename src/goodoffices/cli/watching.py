"""Long work on a terminal: a line of progress, and Ctrl-C that keeps what is proven."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from goodoffices.cli.app import duration
from goodoffices.cli.documents import decimal
from goodoffices.settlement.watch import Progress as Report
from goodoffices.settlement.watch import Watch

_TOGETHER = 0.2
"""Seconds in which two signals are one Ctrl-C: some launchers pass on what has arrived already."""

_NOTE = "Stopping; what is proven so far will be shown. Press Ctrl-C again to give up."


@contextmanager
def watching(seconds: str | None) -> Iterator[Watch]:
    """A watch that shows progress on a terminal and stops the work at the first Ctrl-C.

    The second Ctrl-C ends the program as usual. Progress is drawn on the error stream, so that the
    answer alone goes to the output.

    Raises
    ------
    SettlementError
        ``seconds`` is no number, or negative.
    """
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    tasks: dict[str, int] = {}

    def show(report: Report) -> None:
        if report.stage not in tasks:
            tasks[report.stage] = bar.add_task(report.stage, total=report.total)
        bar.update(tasks[report.stage], completed=report.done, total=report.total)  # type: ignore[arg-type] # TaskID is an int to rich as well

    limit = None if seconds is None else decimal(duration(seconds, "--seconds"))
    watch = Watch(seconds=limit, report=show)

    pressed: list[float] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        pressed.append(time.monotonic())
        if len(pressed) == 1:
            watch.stop()
            console.print(_NOTE)
        elif pressed[-1] - pressed[0] > _TOGETHER:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        with bar:
            yield watch
    finally:
        signal.signal(signal.SIGINT, before)
