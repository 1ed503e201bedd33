"""Trades in sentences: who gives what, what it costs them, who gains what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from goodoffices.case.model import Case
from goodoffices.case.words import amount, counted, sentence_list, signed
from goodoffices.settlement.demands import Demand, DemandKind
from goodoffices.settlement.problem import reservation_value
from goodoffices.settlement.trades import Change, Trade, Trades

COUNTED_FROM = (
    "Here the standards count gains from the start, not from no agreement, so they may pick other "
    "packages than elsewhere."
)
"""What to know about the best improvements on a package, by several standards."""


def explain(trades: Trades, case: Case) -> tuple[str, ...]:
    """What could be traded from a package: a sentence on the search, then one for each trade."""
    return (_found(trades), *(sentence(trade, case) for trade in trades.trades))


def sentence(trade: Trade, case: Case) -> str:
    """A trade in words, numbers rounded: each change, then what all have from it together."""
    tell = _Teller(case)
    return " ".join([*map(tell.change, trade.changes), *tell.together(trade), tell.result(trade)])


def refusal(case: Case, utilities: Sequence[Fraction], months: Fraction = Fraction(0)) -> str:
    """Who would rather have no agreement than these utilities, in a sentence; empty if nobody."""
    kept = [reservation_value(case, case.preferences[p.id], months) for p in case.deciders]
    return shortfall(case, utilities, kept)


def shortfall(case: Case, utilities: Sequence[Fraction], kept: Sequence[Fraction]) -> str:
    """Whom a change leaves below what it keeps without agreement; empty if nobody.

    ``This leaves Coast at 25, still below the 30 that it counts on without agreement.``
    """
    below = [
        (f"{party} at {amount(utility, scale)}", amount(reservation, scale))
        for party, utility, reservation in zip(case.deciders, utilities, kept, strict=True)
        for scale in [case.preferences[party.id].scale]
        if utility < reservation
    ]
    if not below:
        return ""
    left, floors = (sentence_list(words) for words in zip(*below, strict=True))
    who = "it counts" if len(below) == 1 else "they count"
    return f"This leaves {left}, still below the {floors} that {who} on without agreement."


def alternatives(trades: Sequence[Trade]) -> tuple[str, ...]:
    """For each trade, the earlier ones that it excludes, in a sentence; empty if there are none.

    Two trades exclude each other if they settle the same issue in different ways.
    """
    settled = [{change.issue: change.after for change in trade.changes} for trade in trades]
    sentences = []
    for number, mine in enumerate(settled):
        excluded = [
            str(other)
            for other, theirs in enumerate(settled[:number], 1)
            if any(mine[issue] != theirs[issue] for issue in mine.keys() & theirs.keys())
        ]
        which = "trade" if len(excluded) == 1 else "trades"
        sentences.append(
            f"Either this or {which} {sentence_list(excluded, 'or')}: they settle an issue in "
            "different ways."
            if excluded
            else ""
        )
    return tuple(sentences)


def _found(trades: Trades) -> str:
    count = sum(trades.counts)
    lead = "In return, nothing" if trades.giving else "Nothing"
    sizes = "of any size" if trades.is_exhaustive else f"of up to {_issues(trades.complete)}"
    if trades.stopped:
        known = f"those {sizes} are all there" if trades.complete else "there may be more"
        return f"{counted(count, 'trade')} found before the work was ended; {known}."
    if not count:
        more = "" if trades.is_exhaustive else "; larger trades were not looked for"
        return f"{lead} can be traded, in changes {sizes}, without a loss to somebody{more}."
    shown = len(trades.trades)
    few = "" if shown == count else f" Listed: the first {'one' if shown == 1 else shown}."
    return f"{counted(count, 'trade')} found: all there are {sizes}.{few}"


def _issues(number: int) -> str:
    return counted(number, "issue")


class _Teller:
    """Tells trades in the names of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._names = [str(party) for party in case.deciders]
        self._scales = [case.preferences[party.id].scale for party in case.deciders]

    def change(self, change: Change) -> str:
        """``North gives way on Water (low → high): it loses 10 points; South gains 22 points.``"""
        losers = [p for p, points in enumerate(change.points) if points < 0]
        gainers = [p for p, points in enumerate(change.points) if points > 0]
        gains = self._amounts(gainers, change.points, "gains")
        if losers:
            names = sentence_list([self._names[p] for p in losers])
            verb = "gives" if len(losers) == 1 else "give"
            losses = self._losses(losers, change.points)
            rest = f"; {gains}" if gainers else ", and nobody gains by it alone"
            told = f"{names} {verb} way on {self._step(change)}: {losses}{rest}."
        elif gainers:
            told = f"{self._step(change)} costs nobody anything: {gains}."
        else:
            told = f"{self._step(change)} makes no difference to anybody by itself."
        return " ".join([told, *self._needed(change.needed_for)])

    def together(self, trade: Trade) -> Iterator[str]:
        """What comes only of making the changes together."""
        more = [p for p, points in enumerate(trade.together) if points > 0]
        less = [p for p, points in enumerate(trade.together) if points < 0]
        lead = "Made together, the changes are worth"
        if more:
            yield f"{lead} {self._extra(more, trade.together)} more than one by one."
        if less:
            yield f"{lead} {self._extra(less, trade.together)} less than one by one."

    def result(self, trade: Trade) -> str:
        """What each party has from the trade: ``In all: North +6, South +16.``"""
        gains = [
            f"{name} {signed(gain, scale)}"
            for name, gain, scale in zip(self._names, trade.gains, self._scales, strict=True)
        ]
        return f"In all: {', '.join(gains)}."

    def _step(self, change: Change) -> str:
        issue = self._case.issue(change.issue)
        unit = f" {issue.range.unit}" if issue.range is not None and issue.range.unit else ""
        return f"{issue} ({issue.option(change.before)} → {issue.option(change.after)}{unit})"

    def _losses(self, losers: Sequence[int], points: Sequence[Fraction]) -> str:
        if len(losers) == 1:
            (loser,) = losers
            return f"it loses {self._points(loser, points)}"
        return self._amounts(losers, points, "loses")

    def _amounts(self, parties: Sequence[int], points: Sequence[Fraction], verb: str) -> str:
        """``South gains 22 points and Coast 14``"""
        told = [
            f"{self._names[p]} {verb} {self._points(p, points)}"
            if number == 0
            else f"{self._names[p]} {amount(abs(points[p]), self._scales[p])}"
            for number, p in enumerate(parties)
        ]
        return sentence_list(told) if told else ""

    def _extra(self, parties: Sequence[int], points: Sequence[Fraction]) -> str:
        return sentence_list([f"{self._points(p, points)} to {self._names[p]}" for p in parties])

    def _points(self, party: int, points: Sequence[Fraction]) -> str:
        size = abs(points[party])
        return f"{amount(size, self._scales[party])} {'point' if size == 1 else 'points'}"

    def _needed(self, rules: Sequence[Demand]) -> Iterator[str]:
        if rules:
            names = sentence_list([self._rule(rule) for rule in rules])
            yield f"Without this change the rest would {names}."

    def _rule(self, rule: Demand) -> str:
        if rule.kind is DemandKind.CONSTRAINT or rule.party is None:
            return f"break the constraint ({rule.words})"
        return f"cross the red line of {self._case.party(rule.party)} ({rule.words})"
