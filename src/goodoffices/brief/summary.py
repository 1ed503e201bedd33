"""The findings that matter most, in a few sentences."""

from __future__ import annotations

from goodoffices.brief.candidates import Comparison
from goodoffices.brief.findings import Findings
from goodoffices.brief.firmness import Firmness
from goodoffices.case.words import counted, sentence_list, whole
from goodoffices.settlement.packages import name_of
from goodoffices.settlement.reservation_words import unstated_reservations
from goodoffices.settlement.zone_words import explain

_ISSUES_TOLD = 6
_ISSUES_IN_A_SENTENCE = 12


def in_short(found: Findings, compared: Comparison, firm: Firmness | None) -> tuple[str, ...]:
    """The findings that matter most, one sentence or two for each."""
    sentences = [_possible(found), *unstated_reservations(found.case)]
    if found.is_possible:
        sentences.append(_efficient(found))
        sentences.append(_candidates(compared))
        sentences.append(firm.shortest if firm else "")
    elif found.zone.conflict:
        # The sentence after the verdict says what stands in the way.
        sentences.append(explain(found.zone, found.case, found.candidates)[1])
    return tuple(sentence for sentence in sentences if sentence)


def zone_sentences(found: Findings) -> tuple[str, ...]:
    """What is known about the zone, the verdict first."""
    if found.zone.exists is None and found.is_possible:
        return (_possible(found), "Work was stopped before it was known what this hangs on.")
    more = list(explain(found.zone, found.case, found.candidates)[1:])
    witness = found.zone.witness
    is_long = witness is not None and name_of(witness.outcome, found.candidates) is None
    if is_long and len(found.case.issues) > _ISSUES_IN_A_SENTENCE:
        # The sentence after the verdict names a package that no reader would take in.
        more[0] = "Each package of section 3 is acceptable to all."
    return (_possible(found), *more)


def _possible(found: Findings) -> str:
    size = counted(found.zone.size, "package")
    if found.is_possible is None:
        return f"It is not known whether any of {size} is acceptable to all; work was stopped."
    if not found.is_possible:
        return (
            f"As the numbers stand, no agreement is possible: none of {size} is acceptable to all. "
            "This brief says what stands in the way and what would open it."
        )
    if found.zone.count is None:
        return f"Agreement is possible: of {size}, some are acceptable to all."
    verb = "is" if found.zone.count == 1 else "are"
    return f"Agreement is possible: {whole(found.zone.count)} of {size} {verb} acceptable to all."


def _efficient(found: Findings) -> str:
    if found.frontier is None:
        return ""
    acceptable = [point for point in found.frontier.points if point.acceptable]
    count = sum(point.ties for point in acceptable)
    least = "" if found.frontier.exact and found.frontier.ties_complete else "At least "
    return (
        f"{least}{whole(count)} of them {'is' if count == 1 else 'are'} efficient: no other "
        "package is better for one party and as good for all others."
    )


def _candidates(compared: Comparison) -> str:
    count = len(compared.packages)
    if count == 0:
        return ""
    if count == 1:
        concepts = len(compared.packages[0].reasons)
        return f"All {concepts} standards of fairness pick the same package."
    packages = f"The standards of fairness pick {counted(count, 'different package')}."
    if not compared.agreed:
        return f"{packages} They differ on every issue."
    if len(compared.issues) > _ISSUES_TOLD:
        return (
            f"{packages} They say the same on {counted(len(compared.agreed), 'issue')} and differ "
            f"on {len(compared.apart)}."
        )
    same = [f"{row.issue}: {row.options[0]}" for row in compared.agreed]
    differ = sentence_list([row.issue for row in compared.apart])
    return f"{packages} All of them say {'; '.join(same)}. They differ on {differ}."
