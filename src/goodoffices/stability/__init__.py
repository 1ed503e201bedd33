"""Would it hold? Graph models of conflicts, after the Graph Model for Conflict Resolution.

Fang, Hipel & Kilgour, *Interactive Decision Making: The Graph Model for Conflict Resolution*
(1993); Kilgour & Hipel, "The Graph Model for Conflict Resolution: Past, Present, and Future"
(2005).
"""

from goodoffices.stability.definitions import gmr, nash, seq, smr, sseq
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.reading import model_from_text, read_model

__all__ = [
    "Action",
    "Model",
    "Ordering",
    "gmr",
    "model_from_text",
    "nash",
    "read_model",
    "seq",
    "smr",
    "sseq",
]
