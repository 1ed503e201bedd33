"""Would it hold? Graph models of conflicts, after the Graph Model for Conflict Resolution.

Fang, Hipel & Kilgour, *Interactive Decision Making: The Graph Model for Conflict Resolution*
(1993); Kilgour & Hipel, "The Graph Model for Conflict Resolution: Past, Present, and Future"
(2005).
"""

from goodoffices.stability import keeping_words
from goodoffices.stability.advice import ADVICE, advice
from goodoffices.stability.compromise import Trust, trust_needed
from goodoffices.stability.definitions import gmr, nash, seq, smr, sseq
from goodoffices.stability.from_settlement import (
    AfterSigning,
    after_signing,
    from_settlement,
    proposed,
)
from goodoffices.stability.gmcr import ImportedModel, export_gmcr, import_gmcr
from goodoffices.stability.inverse import Alternative, Demand, Inverse, inverse
from goodoffices.stability.inverse_moves import MoveChange, MoveChanges, move_changes
from goodoffices.stability.inverse_statements import Priorities, PriorityChanges, priorities
from goodoffices.stability.keeping import Concession, Keeping, Temptation, concession, keepings
from goodoffices.stability.margins import Margins, margins
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.probabilities import largest_alpha, probabilistic
from goodoffices.stability.provisions import checklist
from goodoffices.stability.radius import Radius, radius
from goodoffices.stability.reading import model_from_text, read_model
from goodoffices.stability.robustness import Robustness, robustness
from goodoffices.stability.shares import Share, share
from goodoffices.stability.survival import survival, survival_sampled
from goodoffices.stability.writing import model_text, write_model

__all__ = [
    "ADVICE",
    "Action",
    "AfterSigning",
    "Alternative",
    "Concession",
    "Demand",
    "ImportedModel",
    "Inverse",
    "Keeping",
    "Margins",
    "Model",
    "MoveChange",
    "MoveChanges",
    "Ordering",
    "Priorities",
    "PriorityChanges",
    "Radius",
    "Robustness",
    "Share",
    "Temptation",
    "Trust",
    "advice",
    "after_signing",
    "checklist",
    "concession",
    "export_gmcr",
    "from_settlement",
    "gmr",
    "import_gmcr",
    "inverse",
    "keeping_words",
    "keepings",
    "largest_alpha",
    "margins",
    "model_from_text",
    "model_text",
    "move_changes",
    "nash",
    "priorities",
    "probabilistic",
    "proposed",
    "radius",
    "read_model",
    "robustness",
    "seq",
    "share",
    "smr",
    "sseq",
    "survival",
    "survival_sampled",
    "trust_needed",
    "write_model",
]
