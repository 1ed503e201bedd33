"""Linear programs whose objective changes and whose rows stay, solved by HiGHS' simplex method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import SettlementError

_OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",  # The programs are small, and each solve starts from the last one's basis.
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}


@dataclass(frozen=True, slots=True)
class Minimum:
    """Where an objective is least: column values, and the multiplier of each row."""

    value: float
    columns: NDArray[np.float64]
    multipliers: NDArray[np.float64]

    def times(self, factor: float) -> Minimum:
        """The minimum of the objective multiplied by something positive."""
        return Minimum(self.value * factor, self.columns, self.multipliers * factor)


class _Quiet(highspy.Highs):
    """HiGHS that prints nothing: its greeting comes with the first callback, and none is set."""

    def enableCallbacks(self) -> None:  # noqa: N802  # the name is highspy's
        self.silent()


class LinearProgram:
    """Columns between bounds, and rows that are 0 or more.

    Parameters
    ----------
    lower, upper
        Bounds of the columns.
    """

    def __init__(self, lower: NDArray[np.float64], upper: NDArray[np.float64]) -> None:
        self._highs = _Quiet()  # type: ignore[no-untyped-call]  # highspy.Highs has no annotations
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        for low, high in zip(lower.tolist(), upper.tolist(), strict=True):
            self._highs.addVar(low, high)
        self._columns = np.arange(len(lower), dtype=np.int32)

    def require(self, coefficients: Mapping[int, float], constant: float) -> None:
        """A new row: ``sum of coefficient × column + constant >= 0``."""
        columns = np.fromiter(coefficients, dtype=np.int32, count=len(coefficients))
        values = np.fromiter(coefficients.values(), dtype=np.float64, count=len(coefficients))
        self._highs.addRow(-constant, highspy.kHighsInf, len(columns), columns, values)

    def minimum(self, costs: NDArray[np.float64]) -> Minimum | None:
        """The least value of ``costs @ columns``; ``None`` if nothing satisfies the rows.

        Raises
        ------
        SettlementError
            HiGHS gives neither answer.
        """
        self._highs.changeColsCost(len(costs), self._columns, costs)
        self._highs.run()
        kinds = highspy.HighsModelStatus
        if self._highs.getModelStatus() != kinds.kOptimal:
            # The basis that the last objective left can be a bad start; a cold one is not.
            self._highs.clearSolver()
            self._highs.run()
        status = self._highs.getModelStatus()
        if status == kinds.kInfeasible:
            return None
        if status != kinds.kOptimal:
            raise SettlementError(
                f"HiGHS ended with '{self._highs.modelStatusToString(status)}' where 'optimal' or "
                "'infeasible' was to be expected."
            )
        solution = self._highs.getSolution()
        columns = np.array(solution.col_value)
        return Minimum(float(costs @ columns), columns, np.array(solution.row_dual))
