"""Answers under partial preferences: what holds for all, some or none that fit the statements."""

from goodoffices.settlement.partial.acceptability import acceptability
from goodoffices.settlement.partial.analysis import analyse
from goodoffices.settlement.partial.findings import (
    LeastRegretFinding,
    PackageFinding,
    PartialAnalysis,
    PartyAcceptance,
    PartyRegret,
    Reading,
    Verdict,
    ZoneFinding,
)
from goodoffices.settlement.partial.questions import Answer, Question
from goodoffices.settlement.partial.shares import Share

__all__ = [
    "Answer",
    "LeastRegretFinding",
    "PackageFinding",
    "PartialAnalysis",
    "PartyAcceptance",
    "PartyRegret",
    "Question",
    "Reading",
    "Share",
    "Verdict",
    "ZoneFinding",
    "acceptability",
    "analyse",
]
