"""The settlement room: which agreements are possible, efficient, fair, and how firm they are.

``frontier`` gives the efficient outcomes, ``solve`` what each standard of fairness picks,
``lettered`` what these packages are called, ``zone`` whether any outcome is acceptable to all and
what would open it, ``trades`` and ``improvements`` what could be exchanged from a package,
``interim`` what could be settled now, ``sensitivity`` how far numbers may move,
``adjusted_winner`` and ``allocation`` how to divide; ``partial.analyse`` answers where preferences
are partial. Every result says what is proven.

Founding texts: Nash, *The Bargaining Problem* (1950); Raiffa, *The Art and Science of Negotiation*
(1982); Brams and Taylor, *Fair Division* (1996).
"""

from goodoffices.settlement.allocation import allocation
from goodoffices.settlement.division import adjusted_winner, adjusted_winner_of
from goodoffices.settlement.frontier import Frontier, FrontierPoint, frontier
from goodoffices.settlement.improvements import efficiency, improvements
from goodoffices.settlement.interim import interim
from goodoffices.settlement.problem import problem
from goodoffices.settlement.sensitivity import sensitivity
from goodoffices.settlement.solution import Solution
from goodoffices.settlement.solutions import CONCEPTS, Settlement, lettered, settle, solve
from goodoffices.settlement.trades import trades
from goodoffices.settlement.watch import Progress, Watch
from goodoffices.settlement.zone import zone

__all__ = [
    "CONCEPTS",
    "Frontier",
    "FrontierPoint",
    "Progress",
    "Settlement",
    "Solution",
    "Watch",
    "adjusted_winner",
    "adjusted_winner_of",
    "allocation",
    "efficiency",
    "frontier",
    "improvements",
    "interim",
    "lettered",
    "problem",
    "sensitivity",
    "settle",
    "solve",
    "trades",
    "zone",
]
