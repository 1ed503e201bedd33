"""Interim packages in sentences: what could be settled now, and what it leaves possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from goodoffices.case.model import Case
from goodoffices.case.words import amount, counted, option_name, sentence_list, signed
from goodoffices.settlement.interim import EarlierSolution, Interim, InterimPackage
from goodoffices.settlement.trade_words import shortfall


def explain(interim: Interim, case: Case) -> tuple[str, ...]:
    """What could be settled now: a sentence on the search, then some for each package listed."""
    listed = [package for settled in interim.sets for package in settled.packages]
    return (_found(interim), *(sentence(one, interim, case) for one in listed))


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
    told = [
        f"{settled} ({gains}).",
        shortfall(case, package.utilities, package.reservations),
        later(package, interim, case),
    ]
    return " ".join(filter(None, told))


def later(package: InterimPackage, interim: Interim, case: Case) -> str:
    """What becomes of a full settlement, in sentences; empty if that was not looked at."""
    after, before = package.after, interim.before
    if after is None or after.is_open is None:
        return ""
    if not after.is_open:
        closed = "No full settlement that keeps to it would be acceptable to all"
        return f"{closed}{'.' if before.is_open else ', as none is without it.'}"
    teller = _Teller(package, interim, case)
    return " ".join(
        [
            *teller.opens(),
            *teller.refusals(),
            *teller.others(),
            *teller.best(),
        ]
    )


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


class _Teller:
    """Tells what is left of a full settlement after one interim package."""

    def __init__(self, package: InterimPackage, interim: Interim, case: Case) -> None:
        self._package = package
        self._interim = interim
        self._case = case
        self._earlier = package.earlier or ()

    def opens(self) -> Iterator[str]:
        """That one can go on, and who has no reason to."""
        if self._package.would_stop == self._interim.parties:
            yield (
                "It would be the last step: no full settlement that keeps to it and is acceptable "
                "to all brings anybody more."
            )
            return
        yield "A full settlement that keeps to it is possible."
        if stops := list(self._stops()):
            yield f"But {'; and '.join(stops)}."

    def _stops(self) -> Iterator[str]:
        assert self._package.after is not None
        bests = self._package.after.best
        rows = zip(self._interim.parties, self._package.utilities, bests, strict=True)
        for party, now, best in rows:
            if party in self._package.would_stop and best is not None:
                yield (
                    f"{self._case.party(party)} would have {'more' if best < now else 'no less'} "
                    f"by stopping here ({self._amount(party, now)}) than in any full settlement "
                    f"(at best {self._amount(party, best)})"
                )

    def refusals(self) -> Iterator[str]:
        """Which earlier solutions have the package's options, and who would refuse them now."""
        same = [one for one in self._earlier if one.has_package]
        for party, kept in zip(self._interim.parties, self._package.reservations, strict=True):
            refused = [one for one in same if party in one.refused_by]
            if refused:
                yield (
                    f"{self._case.party(party)} would then keep {self._amount(party, kept)} "
                    f"without agreement, and refuse {_named(refused)}."
                )

    def others(self) -> Iterator[str]:
        """Which earlier solutions are left, and which settle the issues in another way."""
        if left := [one for one in self._earlier if one.is_left]:
            yield f"Still open, and acceptable to all: {_named(left)}."
        if apart := [one for one in self._earlier if not one.has_package]:
            yield f"It is settled otherwise in {_named(apart)}."

    def best(self) -> Iterator[str]:
        """What is the most that parties could have, where it is less than before."""
        assert self._package.after is not None
        lower = [
            f"{self._case.party(party)} {self._amount(party, now)} instead of "
            f"{self._amount(party, then)}"
            for party, now, then in zip(
                self._interim.parties,
                self._package.after.best,
                self._interim.before.best,
                strict=True,
            )
            if now is not None and then is not None and now < then
        ]
        if lower:
            yield f"At best it could then still bring {sentence_list(lower)}."

    def _amount(self, party: str, points: Fraction) -> str:
        return amount(points, self._case.preferences[party].scale)


def _named(solutions: Sequence[EarlierSolution]) -> str:
    """``packages A and C``"""
    names = [
        name if one.outcome == one.candidate.outcome else f"one worth the same as {name}"
        for one in solutions
        for name in [one.candidate.name]
    ]
    return f"package{'' if len(names) == 1 else 's'} {sentence_list(names)}"
