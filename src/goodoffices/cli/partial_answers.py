"""The answer of ``solve`` for partial preferences as tables and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount, counted, sentence_list, whole
from goodoffices.cli.tables import heading, names, package_words, packages_tables, table, titled
from goodoffices.settlement.packages import letter

if TYPE_CHECKING:
    from goodoffices.settlement.partial import (
        LeastRegretFinding,
        PackageFinding,
        PartialAnalysis,
        Share,
        Verdict,
        ZoneFinding,
    )

_PACKAGES = 8
_QUESTIONS = 3


def partial_parts(case: Case, found: PartialAnalysis) -> Iterator[RenderableType]:
    """The whole answer, from the zone to the next questions."""
    shown = found.packages[:_PACKAGES]
    labels = [_label(case, number, package) for number, package in enumerate(shown)]
    yield heading(case)
    yield _read(case, found)
    yield from _zone(case, found.zone)
    yield _counts(found)
    if shown:
        yield _verdicts(case, found, dict(zip(labels, shown, strict=True)))
        picks = [(label, one.outcome) for label, one in zip(labels, shown, strict=True)]
        yield from packages_tables(case, picks)
    if found.least_regret is not None:
        yield from _least_regret(case, found.least_regret)
    if found.questions:
        yield Text("What to ask next", style="bold")
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
        f"to fill in the numbers that agrees with what was stated; shares are estimated from "
        f"{whole(found.draws)} such ways for each party."
    )


def _zone(case: Case, zone: ZoneFinding) -> Iterator[str]:
    told = {
        "necessarily": "Some package is acceptable to all, whatever the numbers are.",
        "possibly": "Whether any package is acceptable to all depends on the numbers.",
        "possibly or necessarily": "Under some numbers at least, a package is acceptable to all.",
        "never": "No package is acceptable to all, whatever the numbers are.",
        "undecided": "It is not known whether any package could be acceptable to all.",
    }[zone.verdict.word]
    share = ""
    if zone.share is not None and zone.verdict.word.startswith("possibly"):
        share = f" There is one under {zone.share} of the possible preferences."
    yield f"{told}{share}"
    if zone.possible is not None and not zone.necessary:
        yield f"It could be this one: {package_words(case, zone.possible)}."


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
) -> RenderableType:
    """One row for each package: the verdicts, and the share of preferences for which they hold."""
    made = table("", "acceptable to all", "efficient", *names(case, found.parties))
    for label, package in shown.items():
        made.add_row(
            label,
            _told(package.acceptable, package.acceptable_share),
            _told(package.efficient, package.efficient_share),
            *(_told(one.verdict, one.share) for one in package.acceptance),
        )
    title = f"The {len(shown)} most widely acceptable of these, and who would accept them"
    return titled(title, made)


def _told(verdict: Verdict, share: Share | None) -> str:
    """A verdict, and where it hangs on the numbers, for what share of them it is yes."""
    is_settled = verdict.necessarily or verdict.possibly is False
    return verdict.word if share is None or is_settled else f"{verdict.word}, {share}"


def _regretted(case: Case, outcome: Outcome) -> str:
    return "status quo" if outcome == case.status_quo else "package"


def _least_regret(case: Case, found: LeastRegretFinding) -> Iterator[RenderableType]:
    proof = "proven" if found.proven else f"no package examined is below {amount(found.bound)}"
    some = found.outcomes[0]
    ties = len(found.outcomes) - 1
    more = "" if not ties else f" {counted(ties, 'other package')} tie with it."
    yield from packages_tables(
        case, [(_regretted(case, some), some)], "The package that is regretted least"
    )
    regrets = sentence_list(
        [f"{case.party(one.party)} {amount(one.points)}" for one in found.regrets[0]]
    )
    yield (
        f"Whatever the numbers are, no other package is better for a party by more than this, "
        f"in points out of 100: {regrets} ({proof}).{more}"
    )
