"""HiGHS as this room uses it: a mixed-integer program, kept open between solves."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import highspy
import numpy as np

from goodoffices.errors import SettlementError
from goodoffices.settlement.watch import Watch

INFINITY = highspy.kHighsInf

_OPTIONS: Mapping[str, bool | int | float | str] = {
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_feasibility_tolerance": 1e-7,
    "primal_feasibility_tolerance": 1e-7,
    "dual_feasibility_tolerance": 1e-7,
    "small_matrix_value": 1e-12,
}
_POLL = 0.05
"""Seconds between two looks at the watch while HiGHS works."""


_UNSURE = (
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
    highspy.HighsModelStatus.kSolveError,
)
"""What HiGHS may say where presolving leaves a question open that solving decides."""


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What HiGHS found: column values (``None`` if no point), and a bound no point exceeds."""

    status: Status
    values: tuple[float, ...] | None
    bound: float


class _Quiet(highspy.Highs):
    """HiGHS that prints nothing: its greeting comes with the first callback."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the name is highspy's
        self.silent()


def _interrupt(_type: Any, _message: str, _out: Any, wish: Any, stop: threading.Event) -> None:
    if stop.is_set():
        wish.user_interrupt = True


def quiet() -> highspy.Highs:
    """An empty HiGHS model, which prints nothing and uses one thread."""
    highs = _Quiet()  # type: ignore[no-untyped-call]  # highspy.Highs has no annotations
    highs.silent()
    highs.setOptionValue("threads", 1)
    return highs


class Solver:
    """Maximises over columns (variables) and rows that are added and changed between solves."""

    def __init__(self) -> None:
        self._highs = quiet()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        self._has_integers = False
        self._stop = threading.Event()
        self._highs.setCallback(_interrupt, self._stop)
        kinds = highspy.cb.HighsCallbackType
        for kind in (kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt):
            self._highs.startCallback(kind)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return int(self._highs.getNumCol())

    def set_option(self, name: str, value: bool | int | float | str) -> None:
        """Set a HiGHS option by its name in the HiGHS manual."""
        if self._highs.setOptionValue(name, value) == highspy.HighsStatus.kError:
            raise ValueError(f"HiGHS has no option {name!r} that could be {value!r}.")

    def add_column(self, lower: float, upper: float, *, integral: bool) -> int:
        """A new column; gives its number."""
        self._highs.addVar(lower, upper)
        column = self.columns - 1
        if integral:
            self._has_integers = True
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def add_row(self, coefficients: Mapping[int, float], lower: float, upper: float) -> int:
        """A new row ``lower <= sum coefficient * column <= upper``; gives its number."""
        columns = np.fromiter(coefficients, dtype=np.int32, count=len(coefficients))
        values = np.fromiter(coefficients.values(), dtype=np.float64, count=len(coefficients))
        self._highs.addRow(lower, upper, len(columns), columns, values)
        return int(self._highs.getNumRow()) - 1

    def bound_column(self, column: int, lower: float, upper: float) -> None:
        """New bounds of a column."""
        self._highs.changeColBounds(column, lower, upper)

    def bound_row(self, row: int, lower: float, upper: float) -> None:
        """New bounds of a row."""
        self._highs.changeRowBounds(row, lower, upper)

    def change_coefficient(self, row: int, column: int, value: float) -> None:
        """A new coefficient of a column in a row."""
        self._highs.changeCoeff(row, column, value)

    def delete_rows_from(self, first: int) -> None:
        """Take away this row and all that were added after it."""
        rows = np.arange(first, int(self._highs.getNumRow()), dtype=np.int32)
        if len(rows):
            self._highs.deleteRows(len(rows), rows)

    def maximise(
        self,
        objective: Mapping[int, float],
        watch: Watch,
        *,
        gap: float,
        cutoff: float = -INFINITY,
        starts: Iterable[Mapping[int, float]] = (),
    ) -> Solved:
        """Maximise ``sum coefficient * column``.

        Parameters
        ----------
        objective
            Coefficients by column.
        watch
            Ends the work early.
        gap
            The work may end when the bound is this near to the best point.
        cutoff
            Points below this are not looked for; without any other, the answer is "infeasible".
        starts
            Values of columns to begin from; those not given are completed by HiGHS.
        """
        highs = self._highs
        costs = np.zeros(self.columns)
        for column, coefficient in objective.items():
            costs[column] = -coefficient
        highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        highs.setOptionValue("mip_abs_gap", gap)
        highs.setOptionValue("objective_bound", -cutoff)
        highs.clearSolver()
        for start in starts:
            columns = np.fromiter(start, dtype=np.int32, count=len(start))
            values = np.fromiter(start.values(), dtype=np.float64, count=len(start))
            highs.setSolution(len(columns), columns, values)
        self._run(watch)
        if highs.getModelStatus() in _UNSURE:
            highs.setOptionValue("presolve", "off")
            self._run(watch)
            highs.setOptionValue("presolve", "choose")
        solved = self._result()
        if solved.status is Status.OPTIMAL and solved.bound < cutoff:
            # HiGHS may end with a point it met below the cutoff, and calls it optimal.
            return Solved(status=Status.INFEASIBLE, values=None, bound=-INFINITY)
        if solved.status is Status.STOPPED:
            # Nothing below the cutoff was looked at.
            return replace(solved, bound=max(solved.bound, cutoff))
        return solved

    def _run(self, watch: Watch) -> None:
        """Solve in another thread, so that an interrupt from the keyboard arrives here."""
        self._stop.clear()
        worker = threading.Thread(target=self._highs.run, daemon=True)
        worker.start()
        try:
            while worker.is_alive():
                worker.join(_POLL)
                if watch.is_over():
                    self._stop.set()
        except KeyboardInterrupt:
            self._stop.set()
            worker.join()
            raise

    def _result(self) -> Solved:
        status = self._highs.getModelStatus()
        info = self._highs.getInfo()
        kinds = highspy.HighsModelStatus
        if status == kinds.kInfeasible:
            return Solved(status=Status.INFEASIBLE, values=None, bound=-INFINITY)
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = tuple(self._highs.getSolution().col_value) if found else None
        bound = -float(info.mip_dual_bound)
        if not self._has_integers:
            # A linear program has no such bound: it is solved, or nothing is known.
            is_solved = status == kinds.kOptimal
            bound = -float(info.objective_function_value) if is_solved else INFINITY
        if status == kinds.kOptimal:
            return Solved(status=Status.OPTIMAL, values=values, bound=bound)
        if status in (kinds.kInterrupt, kinds.kTimeLimit, kinds.kObjectiveBound):
            return Solved(status=Status.STOPPED, values=values, bound=bound)
        raise SettlementError(
            f"HiGHS ended with '{self._highs.modelStatusToString(status)}' where 'optimal', "
            "'infeasible' or an interrupt was to be expected."
        )
