"""How long work is watched: progress, a time limit, and a way to stop it that keeps its results."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work has come. ``total`` is ``None`` where nobody can know."""

    stage: str
    done: int
    total: int | None = None


@dataclass(slots=True)
class Watch:
    """Given to long work, which reports to it and asks it whether to stop.

    Work that is told to stop returns what it has proven so far and says that it is not complete.

    >>> watch = Watch(seconds=60)
    >>> watch.is_over()
    False
    >>> watch.stop()
    >>> watch.is_over()
    True
    """

    seconds: float | None = None
    report: Callable[[Progress], None] = lambda _: None
    _stopped: bool = False
    _started: float = field(default_factory=time.monotonic)

    def stop(self) -> None:
        """Ask the work to end; safe to call from a signal handler or another thread."""
        self._stopped = True

    def is_over(self) -> bool:
        """Whether the work should end now."""
        return self._stopped or self.remaining() <= 0

    def remaining(self) -> float:
        """Seconds left; infinite without a limit."""
        if self.seconds is None:
            return float("inf")
        return self.seconds - (time.monotonic() - self._started)

    def progress(self, stage: str, done: int, total: int | None = None) -> None:
        """Say how far the work has come."""
        self.report(Progress(stage, done, total))
