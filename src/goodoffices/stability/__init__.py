"""Would it hold? Graph models of conflicts, after the Graph Model for Conflict Resolution.

Fang, Hipel & Kilgour, *Interactive Decision Making: The Graph Model for Conflict Resolution*
(1993); Kilgour & Hipel, "The Graph Model for Conflict Resolution: Past, Present, and Future"
(2005).
"""

from goodoffices.stability.advice import ADVICE, advice
from goodoffices.stability.definitions import gmr, nash, seq, smr, sseq
from goodoffices.stability.from_settlement import (
    AfterSigning,
    after_signing,
    from_settlement,
    proposed,
)
from goodoffices.stability.gmcr import ImportedModel, export_gmcr, import_gmcr
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.provisions import checklist
from goodoffices.stability.reading import model_from_text, read_model
from goodoffices.stability.writing import model_text, write_model

__all__ = [
    "ADVICE",
    "Action",
    "AfterSigning",
    "ImportedModel",
    "Model",
    "Ordering",
    "advice",
    "after_signing",
    "checklist",
    "export_gmcr",
    "from_settlement",
    "gmr",
    "import_gmcr",
    "model_from_text",
    "model_text",
    "nash",
    "proposed",
    "read_model",
    "seq",
    "smr",
    "sseq",
    "write_model",
]
