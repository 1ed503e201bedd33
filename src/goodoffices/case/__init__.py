"""The case: parties, issues, options, constraints, and what each party wants.

Everything else in goodoffices starts from a ``Case``. ``read`` makes one from a folder that a
person can write in an editor (``case.yaml`` for what everybody may see, one confidential file per
party under ``preferences/``); ``write`` puts one into a folder and leaves the comments there in
place; ``new`` writes a commented folder to start from. What is valid but doubtful is asked about
by ``goodoffices.case.checks``; files of other programs are read and written by
``goodoffices.case.formats``. All numbers are exact fractions.
"""

from goodoffices.case.checks import CHECKS, Advice, checks
from goodoffices.case.compliance import (
    Compliance,
    Family,
    Guarantee,
    Obligation,
    Provision,
    Standing,
    Willingness,
)
from goodoffices.case.folder.compliance import compliance_from_text, read_compliance
from goodoffices.case.folder.reading import case_from_text, read, read_public
from goodoffices.case.folder.starting import new
from goodoffices.case.folder.writing import case_texts, write
from goodoffices.case.model import (
    Case,
    Constraint,
    Issue,
    Option,
    Outcome,
    Party,
    Range,
    Role,
    Source,
)
from goodoffices.case.preferences import (
    Comparison,
    Interaction,
    IssueRanking,
    OptionRanking,
    Preferences,
    RedLine,
    Reservation,
)
from goodoffices.case.statements import Citation, Condition, Estimate

__all__ = [
    "CHECKS",
    "Advice",
    "Case",
    "Citation",
    "Comparison",
    "Compliance",
    "Condition",
    "Constraint",
    "Estimate",
    "Family",
    "Guarantee",
    "Interaction",
    "Issue",
    "IssueRanking",
    "Obligation",
    "Option",
    "OptionRanking",
    "Outcome",
    "Party",
    "Preferences",
    "Provision",
    "Range",
    "RedLine",
    "Reservation",
    "Role",
    "Source",
    "Standing",
    "Willingness",
    "case_from_text",
    "case_texts",
    "checks",
    "compliance_from_text",
    "new",
    "read",
    "read_compliance",
    "read_public",
    "write",
]
