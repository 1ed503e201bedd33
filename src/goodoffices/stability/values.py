"""Numbers of states: what parties' rankings and the passes over them are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.int32]
"""A whole number for each state. In a ranking the greater is better; equal numbers are a tie."""

NOTHING = np.int32(np.iinfo(np.int32).max)
"""Greater than every number in a ranking: the least value of no states."""

LEAST = np.int32(np.iinfo(np.int32).min)
"""Smaller than every number in a ranking: the greatest value of no states."""
