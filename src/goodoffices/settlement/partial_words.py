"""Answers under partial preferences in sentences, for the command line and the brief alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import amount, counted, option_names, percent, whole
from goodoffices.settlement.packages import letter
from goodoffices.settlement.partial.findings import (
    LeastRegretFinding,
    PartialAnalysis,
    ZoneFinding,
)
from goodoffices.settlement.partial.shares import Share
from goodoffices.settlement.reservation_words import assumed_reservations

PACKAGES_LEAD = (
    "These packages may be acceptable to all and may be efficient. Those that more of the fitting "
    "numbers accept come first. None of them is a forecast."
)
CONSENT_TITLE = (
    "Who would accept them, and for which share of the numbers that fit what the party said"
)
NO_PROBABILITY = "A share is no probability of what a party will do."
QUESTIONS_LEAD = (
    "These questions would settle most of what the numbers leave open, best first. Nobody is "
    "advised to ask them: whether to ask, whom and how is the mediator's judgement."
)

# A regret of nearly all points says only that nearly nothing is known.
_HOPELESS = 99


def zone_sentences(case: Case, zone: ZoneFinding) -> tuple[str, ...]:
    """Whether agreement is possible, the verdict first."""
    verdict = zone.verdict
    if verdict.necessarily:
        sentences = [
            "Agreement is possible: whatever numbers fit what was said, some package leaves nobody "
            "worse off than without agreement."
        ]
        sentences += certain_sentences(case, zone)
        sentences.append("That nobody is worse off does not say that anybody is better off.")
    elif verdict.possibly:
        share = f": for {share_words(zone.share)} of them" if zone.share is not None else ""
        lead = "Agreement is possible for some of the numbers that fit what was said"
        if verdict.necessarily is False:
            lead = f"{lead}, not for all"
        sentences = [f"{lead}{share}."]
        if verdict.necessarily is None:
            sentences.append("Whether it is possible for all of them is not known.")
    elif verdict.possibly is False:
        sentences = ["No agreement is possible, whatever numbers fit what was said."]
    else:
        sentences = ["It is not known whether agreement is possible."]
    if zone.possible is not None and not verdict.necessarily:
        sentences.append(f"A package all may accept: {_told(case, zone.possible)}.")
    return (*sentences, *assumed_reservations(case))


def certain_sentences(case: Case, zone: ZoneFinding) -> Iterator[str]:
    """Which packages all would accept whatever the numbers are, and how far these are today's."""
    if len(zone.necessary) > 1:
        yield (
            "Whatever the numbers, all would accept one of "
            f"{counted(len(zone.necessary), 'package')}, though which of them depends on the "
            "numbers."
        )
    for package in zone.necessary if len(zone.necessary) == 1 else ():
        if case.status_quo is None:
            yield f"All would accept this package for certain: {_told(case, package)}."
            continue
        now = sum(a == b for a, b in zip(package, case.status_quo, strict=True))
        if now == len(package):
            yield "What all would accept for certain is how things stand today."
        elif not now:
            yield f"All would accept this package for certain: {_told(case, package)}."
        else:
            yield (
                "All would accept this package for certain: how things stand today on "
                f"{now} of {counted(len(package), 'issue')}, and "
                f"{_told(case, package, case.status_quo)}."
            )


def share_words(share: Share) -> str:
    """A share as people read it: certain ones without an error, estimates with it."""
    if not share.error:
        return percent(share.share)
    return f"about {percent(share.share)} (± {percent(max(share.error, 0.01))})"


def shares_sentence(found: PartialAnalysis) -> str:
    """How the shares came about, and what they are not."""
    return (
        f"Shares are estimates from {whole(found.draws)} possible sets of numbers for each party, "
        f"drawn at random (seed {found.seed}), each as likely as any other. They are no "
        "probabilities of what a party will do."
    )


def is_cautious(found: LeastRegretFinding) -> bool:
    """Whether the package of least regret deserves the name."""
    return found.value <= _HOPELESS


def regret_sentence(case: Case, found: LeastRegretFinding, shown: Sequence[Outcome]) -> str:
    """Which package is the most cautious choice, if any can be called so.

    Packages in ``shown`` go by their letters, others are spelled out.
    """
    if not is_cautious(found):
        return (
            "No package can be called cautious: in the worst case that the parties' words allow, "
            "each package examined could turn out worse for one of them than another package, by "
            f"{amount(found.value)} points out of 100. So little is known that asking comes first."
        )
    package = found.outcomes[0]
    name = f"The package [{_told(case, package)}]"
    if package in shown:
        name = f"Package {letter(shown.index(package))}"
    least = "is that less" if found.proven else f"can that be less than {amount(found.bound)}"
    return (
        f"{name} is the most cautious choice: in the worst case that the parties' words allow, "
        f"some other package would be better for one of them by {amount(found.value)} points out "
        f"of 100, and with no other package examined {least}.{_tied(found)}"
    )


def _tied(found: LeastRegretFinding) -> str:
    ties = len(found.outcomes) - 1
    if not ties:
        return ""
    least = "" if found.ties_complete else "At least "
    return f" {least}{counted(ties, 'other package')} {'does' if ties == 1 else 'do'} as well."


def _told(case: Case, outcome: Outcome, before: Outcome | None = None) -> str:
    """``Water: low; Dams: joint``; with ``before``, only what differs from it."""
    names = option_names(case, outcome)
    then = before or (None,) * len(outcome)
    return "; ".join(
        f"{issue}: {name}"
        for issue, name, option, was in zip(case.issues, names, outcome, then, strict=True)
        if option != was
    )
