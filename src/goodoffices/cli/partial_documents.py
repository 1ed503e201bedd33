"""The answer of ``solve`` for partial preferences as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.case.model import Case, Outcome
from goodoffices.case.preferences import Comparison, IssueRanking, OptionRanking
from goodoffices.cli.documents import Document, decimal, envelope

if TYPE_CHECKING:
    from goodoffices.settlement.partial import (
        Answer,
        LeastRegretFinding,
        PackageFinding,
        PartialAnalysis,
        PartyAcceptance,
        Share,
        Verdict,
        ZoneFinding,
    )


def partial_document(case: Case, found: PartialAnalysis) -> Document:
    """Everything that follows from partial preferences."""
    return envelope(
        case,
        kind="partial",
        readings={
            reading.party: {
                "unknowns": list(reading.unknowns),
                "conventions": list(reading.conventions),
                "freedom": reading.freedom,
            }
            for reading in found.readings
        },
        size=found.outcomes,
        examined=found.examined,
        complete=found.complete,
        acceptable_counts=dict(found.acceptable_counts),
        efficient_counts=dict(found.efficient_counts),
        in_play=found.in_play,
        packages=[_package(case, package) for package in found.packages],
        zone=_zone(case, found.zone),
        least_regret=_least_regret(case, found.least_regret),
        questions=[
            {
                "party": question.party,
                "words": question.words,
                "doubt_left": decimal(question.doubt_left),
                "open_packages": question.open_packages,
                "regret": decimal(question.regret),
                "answers": [_answer(answer) for answer in question.answers],
            }
            for question in found.questions
        ],
        draws=found.draws,
        seed=found.seed,
        stopped=found.stopped,
    )


def _verdict(verdict: Verdict) -> Document:
    return {
        "word": verdict.word,
        "necessarily": verdict.necessarily,
        "possibly": verdict.possibly,
    }


def _share(share: Share | None) -> Document | None:
    if share is None:
        return None
    return {"share": decimal(share.share), "error": decimal(share.error)}


def _named(case: Case, outcome: Outcome | None) -> dict[str, str] | None:
    return None if outcome is None else case.named(outcome)


def _zone(case: Case, zone: ZoneFinding) -> Document:
    return {
        "verdict": _verdict(zone.verdict),
        "possible": _named(case, zone.possible),
        "necessary": [case.named(outcome) for outcome in zone.necessary],
        "share": _share(zone.share),
    }


def _package(case: Case, package: PackageFinding) -> Document:
    return {
        "outcome": case.named(package.outcome),
        "acceptable": _verdict(package.acceptable),
        "acceptable_share": _share(package.acceptable_share),
        "efficient": _verdict(package.efficient),
        "efficient_share": _share(package.efficient_share),
        "nash_share": _share(package.nash_share),
        "acceptance": {one.party: _acceptance(one) for one in package.acceptance},
        "dominators": [case.named(outcome) for outcome in package.dominators],
    }


def _acceptance(one: PartyAcceptance) -> Document:
    return {
        "verdict": _verdict(one.verdict),
        "gladly": one.gladly,
        "least": decimal(one.least),
        "most": decimal(one.most),
        "share": _share(one.share),
    }


def _least_regret(case: Case, found: LeastRegretFinding | None) -> Document | None:
    if found is None:
        return None
    return {
        "packages": [
            {
                "outcome": case.named(outcome),
                "regrets": {
                    regret.party: {
                        "points": decimal(regret.points),
                        "rather": _named(case, regret.rather),
                    }
                    for regret in regrets
                },
            }
            for outcome, regrets in zip(found.outcomes, found.regrets, strict=True)
        ],
        "value": decimal(found.value),
        "bound": decimal(found.bound),
        "proven": found.proven,
        "ties_complete": found.ties_complete,
    }


def _answer(answer: Answer) -> Document:
    return {
        "words": answer.words,
        "share": _share(answer.share),
        "open_packages": answer.open_packages,
        "regret": decimal(answer.regret),
        "statement": _statement(answer.statement),
    }


def _statement(said: Comparison | IssueRanking | OptionRanking | None) -> Document | None:
    """What to write on the party's sheet, in the keys of the case folder."""
    if said is None:
        return None
    if isinstance(said, Comparison):
        return {"comparison": {"prefers": dict(said.prefers), "to": dict(said.to)}}
    if isinstance(said, IssueRanking):
        return {"ranking": {"issues": [list(group) for group in said.order]}}
    return {"ranking": {"issue": said.issue, "options": [list(group) for group in said.order]}}
