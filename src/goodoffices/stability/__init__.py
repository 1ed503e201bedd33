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
from goodoffices.stability.model import Action, Model, Ordering
from goodoffices.stability.probabilities import largest_alpha, probabilistic
from goodoffices.stability.provisions import checklist
from goodoffices.stability.reading import model_from_text, read_model
from goodoffices.stability.relations import Relations, equilibria, ranked, stable
from goodoffices.stability.strength import strong
from goodoffices.stability.two_parties import anticipated, limited_move, non_myopic, sim
from goodoffices.stability.unknown import uncertain
from goodoffices.stability.writing import model_text, write_model

__all__ = [
    "ADVICE",
    "Action",
    "AfterSigning",
    "ImportedModel",
    "JointImprovement",
    "Misperceived",
    "Model",
    "Ordering",
    "Perceptions",
    "Relations",
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
    "joint_improvements",
    "largest_alpha",
    "limited_move",
    "model_from_text",
    "model_text",
    "nash",
    "non_myopic",
    "perceptions",
    "probabilistic",
    "proposed",
    "ranked",
    "read_model",
    "seq",
    "sim",
    "smr",
    "sseq",
    "stable",
    "strong",
    "uncertain",
    "universally_stable",
    "with_attitudes",
    "write_model",
]
