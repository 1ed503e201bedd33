"""Would it hold? Graph models of conflicts, after the Graph Model for Conflict Resolution.

Fang, Hipel & Kilgour, *Interactive Decision Making: The Graph Model for Conflict Resolution*
(1993); Kilgour & Hipel, "The Graph Model for Conflict Resolution: Past, Present, and Future"
(2005).
"""

from goodoffices.stability.advice import ADVICE, advice
from goodoffices.stability.attitudes import with_attitudes
from goodoffices.stability.coalitions import (
    JointImprovement,
    coalition_stable,
    joint_improvements,
    universally_stable,
)
from goodoffices.stability.compromise import Trust, trust_needed
from goodoffices.stability.definitions import gmr, nash, seq, smr, sseq
from goodoffices.stability.from_settlement import (
    AfterSigning,
    after_signing,
    from_settlement,
    proposed,
)
from goodoffices.stability.gmcr import ImportedModel, export_gmcr, import_gmcr
from goodoffices.stability.hypergames import (
    Misperceived,
    Perceptions,
    hypergame,
    perceptions,
)
from goodoffices.stability.inverse import Alternative, Demand, Inverse, inverse
from goodoffices.stability.inverse_moves import MoveChange, MoveChanges, move_changes
from goodoffices.stability.inverse_statements import Priorities, PriorityChanges, priorities
from goodoffices.stability.margins import Margins, margins
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.probabilities import largest_alpha, probabilistic
from goodoffices.stability.provisions import checklist
from goodoffices.stability.radius import Radius, radius
from goodoffices.stability.reading import model_from_text, read_model
from goodoffices.stability.relations import Relations, equilibria, ranked, stable
from goodoffices.stability.robustness import Robustness, robustness
from goodoffices.stability.shares import Share, share
from goodoffices.stability.strength import strong
from goodoffices.stability.survival import survival, survival_sampled
from goodoffices.stability.two_parties import anticipated, limited_move, non_myopic, sim
from goodoffices.stability.unknown import uncertain
from goodoffices.stability.writing import model_text, write_model

__all__ = [
    "ADVICE",
    "Action",
    "AfterSigning",
    "Alternative",
    "Demand",
    "ImportedModel",
    "Inverse",
    "JointImprovement",
    "Margins",
    "Misperceived",
    "Model",
    "MoveChange",
    "MoveChanges",
    "Ordering",
    "Perceptions",
    "Priorities",
    "PriorityChanges",
    "Radius",
    "Relations",
    "Robustness",
    "Share",
    "Trust",
    "advice",
    "after_signing",
    "anticipated",
    "checklist",
    "coalition_stable",
    "equilibria",
    "export_gmcr",
    "from_settlement",
    "gmr",
    "hypergame",
    "import_gmcr",
    "inverse",
    "joint_improvements",
    "largest_alpha",
    "limited_move",
    "margins",
    "model_from_text",
    "model_text",
    "move_changes",
    "nash",
    "non_myopic",
    "perceptions",
    "priorities",
    "probabilistic",
    "proposed",
    "radius",
    "ranked",
    "read_model",
    "robustness",
    "seq",
    "share",
    "sim",
    "smr",
    "sseq",
    "stable",
    "strong",
    "survival",
    "survival_sampled",
    "trust_needed",
    "uncertain",
    "universally_stable",
    "with_attitudes",
    "write_model",
]
