"""Would it hold? Graph models of conflicts, after the Graph Model for Conflict Resolution.

Fang, Hipel & Kilgour, *Interactive Decision Making: The Graph Model for Conflict Resolution*
(1993); Kilgour & Hipel, "The Graph Model for Conflict Resolution: Past, Present, and Future"
(2005).
"""

from goodoffices.stability.definitions import gmr, nash, seq, smr, sseq
from goodoffices.stability.from_settlement import (
    AfterSigning,
    after_signing,
    from_settlement,
    proposed,
)
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.provisions import checklist

__all__ = [
    "Action",
    "AfterSigning",
    "Model",
    "Ordering",
    "after_signing",
    "checklist",
    "from_settlement",
    "gmr",
    "nash",
    "proposed",
    "seq",
    "smr",
    "sseq",
]
