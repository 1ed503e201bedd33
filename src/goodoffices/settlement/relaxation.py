"""How far sums of shares of options can get: a small linear program, solved again and again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.solver import quiet

Values = NDArray[np.float64]


class Relaxation:
    """The greatest smallest surplus over given needs when options may be taken in part.

    Parameters
    ----------
    tables
        For each block an array (options, parties) of values; shares of its options add up to 1.
    """

    def __init__(self, tables: Sequence[Values]) -> None:
        values = np.concatenate(tables)
        options, parties = values.shape
        self._blocks = len(tables)
        self._highs = quiet()
        # Solved from the last basis, which presolving would throw away.
        self._highs.setOptionValue("presolve", "off")
        self._highs.setOptionValue("solver", "simplex")
        self._highs.addVars(options, np.zeros(options), np.full(options, np.inf))
        self._highs.addVar(-np.inf, np.inf)
        self._highs.changeColCost(options, -1.0)
        starts = np.cumsum([0, *(len(table) for table in tables[:-1])]).astype(np.int32)
        ones = np.ones(self._blocks)
        columns = np.arange(options + 1, dtype=np.int32)
        self._highs.addRows(
            self._blocks, ones, ones, options, starts, columns[:-1], np.ones(options)
        )
        rows = np.c_[values.T, -np.ones(parties)]
        self._highs.addRows(
            parties,
            np.zeros(parties),
            np.full(parties, np.inf),
            rows.size,
            (np.arange(parties) * rows.shape[1]).astype(np.int32),
            np.tile(columns, parties),
            rows.ravel(),
        )

    def prices(self, needs: Values) -> Values:
        """What a unit of each party's value is worth where needs are hardest to meet, summing to 1.

        Whatever they are, no outcome has a greater smallest surplus than the priced sum of what
        the best options give less the priced needs; for these prices that bound is the least.
        """
        for party, need in enumerate(needs.tolist()):
            self._highs.changeRowBounds(self._blocks + party, need, np.inf)
        self._highs.run()
        duals = np.array(self._highs.getSolution().row_dual[self._blocks :])
        prices = np.abs(duals)
        total = prices.sum()
        # Without a solution any prices give a true bound; equal ones do.
        return prices / total if total > 0 else np.full(len(prices), 1 / len(prices))
