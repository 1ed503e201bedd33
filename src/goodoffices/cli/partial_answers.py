"""The answer of ``solve`` for partial preferences as tables and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from goodoffices.case.model import Case
from goodoffices.case.words import amount, counted, sentence_list, whole
from goodoffices.cli.tables import heading, names, packages_tables, table, titled
from goodoffices.settlement.packages import letter

if TYPE_CHECKING:
    from goodoffices.settlement.partial import (
        LeastRegretFinding,
        PackageFinding,
        PartialAnalysis,
        Share,
        Verdict,
    )

_PACKAGES = 8
_QUESTIONS = 3


def partial_parts(case: Case, found: PartialAnalysis) -> Iterator[RenderableType]:
    """The whole answer, from the zone to the next questions."""
    from goodoffices.settlement.partial_words import PACKAGES_LEAD, QUESTIONS_LEAD, zone_sentences

    shown = found.packages[:_PACKAGES]
    labels = [_label(case, number, package) for number, package in enumerate(shown)]
    yield heading(case)
    yield _read(case, found)
    yield from zone_sentences(case, found.zone)
    yield _counts(found)
    if shown:
        yield f"{PACKAGES_LEAD} The first {len(shown)} are shown."
        yield from _verdicts(case, found, dict(zip(labels, shown, strict=True)))
        picks = [(label, one.outcome) for label, one in zip(labels, shown, strict=True)]
        if case.status_quo is not None:
            picks.insert(0, ("status quo", case.status_quo))
        yield from packages_tables(case, picks)
    if found.least_regret is not None:
        yield from _least_regret(case, found, found.least_regret)
    if found.questions:
        yield Text("What to ask next", style="bold")
        yield QUESTIONS_LEAD
    for number, question in enumerate(found.questions[:_QUESTIONS], 1):
        settled = max(0.0, 1 - question.doubt_left)
        yield (
            f"{number}. {question.words} On average the answer settles {settled:.0%} of the doubt "
            f"about what {case.party(question.party)} would accept."
        )
    if found.stopped:
        yield "Work was ended before everything was settled; more time may settle more."


def _label(case: Case, number: int, package: PackageFinding) -> str:
    """A letter, and whether that package is how things stand today."""
    today = " (status quo)" if package.outcome == case.status_quo else ""
    return f"{letter(number)}{today}"


def _read(case: Case, found: PartialAnalysis) -> str:
    partial = [reading.party for reading in found.readings if reading.freedom]
    whose = sentence_list(names(case, partial)) if partial else "nobody"
    return (
        f"The preferences of {whose} are not exact numbers. What is said here holds for every way "
        "to fill in the numbers that agrees with what was stated, or says for how many."
    )


def _counts(found: PartialAnalysis) -> str:
    some = "all that the rules allow" if found.complete else "found by search; there may be more"
    return (
        f"{counted(found.examined, 'package')} examined, {some}. "
        f"Acceptable to all: {_by_verdict(found.acceptable_counts)}. "
        f"Efficient: {_by_verdict(found.efficient_counts)}. "
        f"{counted(found.in_play, 'package')} may be both."
    )


def _by_verdict(counts: Mapping[str, int]) -> str:
    order = ("necessarily", "possibly or necessarily", "possibly", "undecided", "never")
    return ", ".join(f"{whole(counts[word])} {word}" for word in order if counts.get(word))


def _verdicts(
    case: Case, found: PartialAnalysis, shown: Mapping[str, PackageFinding]
) -> Iterator[RenderableType]:
    """One row for each package: the verdicts, and the share of preferences for which they hold."""
    from goodoffices.settlement.partial_words import CONSENT_TITLE, shares_sentence

    made = table("", "acceptable to all", "efficient", *names(case, found.parties))
    for label, package in shown.items():
        made.add_row(
            label,
            _told(package.acceptable, package.acceptable_share),
            _told(package.efficient, package.efficient_share),
            *(_told(one.verdict, one.share) for one in package.acceptance),
        )
    yield titled(CONSENT_TITLE, made)
    yield shares_sentence(found)


def _told(verdict: Verdict, share: Share | None) -> str:
    """A verdict, and where it hangs on the numbers, for what share of them it is yes."""
    is_settled = verdict.necessarily or verdict.possibly is False
    return verdict.word if share is None or is_settled else f"{verdict.word}, {share}"


def _least_regret(
    case: Case, found: PartialAnalysis, least: LeastRegretFinding
) -> Iterator[RenderableType]:
    from goodoffices.settlement.partial_words import is_cautious, regret_sentence

    shown = [package.outcome for package in found.packages[:_PACKAGES]]
    yield regret_sentence(case, least, shown)
    if is_cautious(least):
        regrets = [f"{case.party(one.party)} {amount(one.points)}" for one in least.regrets[0]]
        yield f"Party by party, it could be regretted by so much: {sentence_list(regrets)}."
