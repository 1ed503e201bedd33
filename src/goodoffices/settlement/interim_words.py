"""Interim packages in sentences: what could be settled now, and what it leaves possible."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.case.model import Case
from goodoffices.case.words import amount, counted, option_name, sentence_list, signed
from goodoffices.settlement.interim import Interim, InterimPackage
from goodoffices.settlement.packages import CONCEPT_NAMES
from goodoffices.settlement.prospects import MEASURES


def explain(interim: Interim, case: Case) -> tuple[str, ...]:
    """What could be settled now: a sentence on the search, then some for each package listed."""
    packages = [package for settled in interim.sets for package in settled.packages]
    return (_found(interim), *(sentence(package, interim, case) for package in packages))


def sentence(package: InterimPackage, interim: Interim, case: Case) -> str:
    """An interim package in words, numbers rounded: what it settles, who gains, what is left."""
    settled = sentence_list(
        [
            f"{case.issue(issue)}: {option_name(case.issue(issue), option)}"
            for issue, option in package.settled
        ]
    )
    gains = ", ".join(
        f"{case.party(party)} {signed(gain, case.preferences[party].scale)}"
        for party, gain in zip(interim.parties, package.gains, strict=True)
    )
    return " ".join([f"{settled} ({gains}).", *_left(package, interim, case)])


def _found(interim: Interim) -> str:
    count = counted(len(interim.sets), "smallest set of issues", "smallest sets of issues")
    exhaustive = interim.complete == interim.issues
    sizes = "of any size" if exhaustive else f"of up to {counted(interim.complete, 'issue')}"
    if interim.stopped:
        known = f"those {sizes} are all there" if interim.complete else "there may be more"
        return f"{count} found that could be settled now before the work was ended; {known}."
    if not interim.sets:
        return f"No set of issues {sizes} could be settled now to everyone's gain."
    return f"{count} could be settled now to everyone's gain: all there are {sizes}."


def _left(package: InterimPackage, interim: Interim, case: Case) -> Iterator[str]:
    """What becomes of a full settlement."""
    after, before = package.after, interim.before
    if after is None or after.is_open is None:
        return
    if not after.is_open:
        closed = "No full settlement that keeps to it would be acceptable to all"
        yield f"{closed}{'.' if before.is_open else ', as none is without it.'}"
        return
    yield "A full settlement that keeps to it is possible."
    lower = [
        f"{case.party(party)} {amount(now, case.preferences[party].scale)} instead of "
        f"{amount(then, case.preferences[party].scale)}"
        for party, now, then in zip(interim.parties, after.best, before.best, strict=True)
        if now is not None and then is not None and now < then
    ]
    if lower:
        yield f"At best it could then still bring {sentence_list(lower)}."
    if package.keeps is not None and before.is_open:
        lost = [CONCEPT_NAMES[name] for name in MEASURES if name not in package.keeps]
        if lost:
            which = "solution" if len(lost) == 1 else "solutions"
            yield f"It is not part of the {sentence_list(lost)} {which}."
        else:
            yield "It is part of a solution by every standard looked at."
