"""Adjusted winner: two parties divide issues by the points that each gives to winning them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import sentence_list
from goodoffices.errors import SettlementError
from goodoffices.settlement.problem import Problem, outcome_of, problem

HUNDRED = Fraction(100)
"""Points that each party of a case spreads over the issues to be divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A part of an item that the party ahead hands over to make both equal."""

    item: int
    giver: int
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedWinner:
    """A division of items between two parties.

    Attributes
    ----------
    shares
        The first party's share of each item; the rest is the second's. At most one item is shared.
    totals
        The points that each party has; equal.
    winners
        To whom each item went before anything was transferred: 0 or 1.
    transfers
        What was handed over, in order.
    """

    shares: tuple[Fraction, ...]
    totals: tuple[Fraction, Fraction]
    winners: tuple[int, ...]
    transfers: tuple[Transfer, ...]

    @property
    def split(self) -> int | None:
        """The item that both have a part of, if there is one."""
        parts = [item for item, share in enumerate(self.shares) if 0 < share < 1]
        return parts[0] if parts else None


def adjusted_winner(
    first: Sequence[Fraction | int], second: Sequence[Fraction | int]
) -> AdjustedWinner:
    """Divide items so that both parties have equally many points, and as many as that allows.

    Parameters
    ----------
    first, second : (items,)
        Points that each party gives to having an item; none negative, equally many in all. A
        share of an item is worth that share of its points.

    Returns
    -------
    A division that is *equitable* (both have equally many points), *envy-free* (each thinks its
    part is worth at least half) and *efficient* (no other division gives one party more and the
    other no less): the theorem of [BramsTaylor1996]_ (recalled).

    Raises
    ------
    SettlementError
        Negative points, or totals that differ.

    Notes
    -----
    Ties: an item to which both give equally many points goes to whoever has fewer points so far,
    in the order of the items, and to the first party where both have the same. Of items with the
    same ratio, the one listed first is transferred first. Neither changes the totals.

    References
    ----------
    [BramsTaylor1996]_, chapter 4 (recalled, not read in the source); the steps below are theirs.

    Examples
    --------
    >>> found = adjusted_winner([60, 30, 10], [40, 50, 10])
    >>> found.shares, found.totals[0] == found.totals[1]
    ((Fraction(1, 1), Fraction(0, 1), Fraction(0, 1)), True)
    """
    points = [tuple(map(Fraction, pair)) for pair in zip(first, second, strict=True)]
    _check(points)
    winners = _winners(points)
    shares = [Fraction(1 - winner) for winner in winners]
    totals = _totals(points, shares)
    ahead = 0 if totals[0] >= totals[1] else 1
    transfers = []
    for item in _by_ratio(points, winners, ahead):
        excess = totals[ahead] - totals[1 - ahead]
        if not excess:
            break
        share = min(Fraction(1), excess / sum(points[item]))
        shares[item] += share if ahead else -share
        totals = _totals(points, shares)
        transfers.append(Transfer(item=item, giver=ahead, share=share))
    return AdjustedWinner(
        shares=tuple(shares),
        totals=totals,
        winners=tuple(winners),
        transfers=tuple(transfers),
    )


def _check(points: Sequence[Sequence[Fraction]]) -> None:
    for item, pair in enumerate(points):
        if min(pair) < 0:
            raise SettlementError(
                f"Item {item + 1} has {min(pair)} points; adjusted winner divides what both would "
                "rather have, so points are 0 or more."
            )
    totals = [sum((pair[party] for pair in points), Fraction(0)) for party in (0, 1)]
    if totals[0] != totals[1]:
        raise SettlementError(
            f"The first party spreads {totals[0]} points and the second {totals[1]}. Adjusted "
            "winner compares points, so both must spread the same number."
        )


def _winners(points: Sequence[Sequence[Fraction]]) -> list[int]:
    """Step 1: each item to the party that gives it more points; ties to the party behind."""
    winners = [0 if one > other else 1 for one, other in points]
    tied = [item for item, (one, other) in enumerate(points) if one == other]
    totals = [
        sum(
            (
                pair[party]
                for item, pair in enumerate(points)
                if item not in tied and winners[item] == party
            ),
            Fraction(0),
        )
        for party in (0, 1)
    ]
    for item in tied:
        winners[item] = 0 if totals[0] <= totals[1] else 1
        totals[winners[item]] += points[item][0]
    return winners


def _by_ratio(
    points: Sequence[Sequence[Fraction]], winners: Sequence[int], ahead: int
) -> list[int]:
    """Step 2: the items of the party ahead, those first that it values least beyond the other.

    Items worth nothing to the other come last. Those worth nothing to either are left out.
    """

    def ratio(item: int) -> tuple[bool, Fraction]:
        own, others = points[item][ahead], points[item][1 - ahead]
        return others == 0, own / others if others else Fraction(0)

    items = [item for item, winner in enumerate(winners) if winner == ahead and any(points[item])]
    return sorted(items, key=ratio)


def _totals(
    points: Sequence[Sequence[Fraction]], shares: Sequence[Fraction]
) -> tuple[Fraction, Fraction]:
    rows = list(zip(points, shares, strict=True))
    return (
        sum((pair[0] * share for pair, share in rows), Fraction(0)),
        sum((pair[1] * (1 - share) for pair, share in rows), Fraction(0)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedIssue:
    """An issue on which the two parties want different things.

    Attributes
    ----------
    issue
        Its id.
    options
        Each party's best option; among several equally good ones, the best for the other.
    points
        What its own option is worth to each party over the other's, out of 100 points
        over all divided issues.
    share
        How far the first party prevails; 1 is entirely, 0 not at all.
    """

    issue: str
    options: tuple[str, str]
    points: tuple[Fraction, Fraction]
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """The issues of a case divided between its two parties by adjusted winner.

    Attributes
    ----------
    parties
        The two ids.
    divided
        The issues on which they want different things, in the order of the case.
    agreed
        Issue and option ids where both want the same: there is nothing to divide.
    totals
        The points, out of 100, that each party has in the end; equal.
    split
        Id of the issue on which both prevail in part, if there is one.
    packages
        The division as packages: where an issue is split, one for each party's option on it, the
        first party's first. Neither is the division; it lies between them.
    utilities
        Of the packages, on the parties' own scales.
    """

    parties: tuple[str, str]
    divided: tuple[DividedIssue, ...]
    agreed: tuple[tuple[str, str], ...]
    totals: tuple[Fraction, Fraction]
    split: str | None
    packages: tuple[Outcome, ...]
    utilities: tuple[tuple[Fraction, ...], ...]


def adjusted_winner_of(case: Case) -> Division:
    """Adjusted winner on the issues of a case between two parties.

    To win an issue is to have one's best option on it; options in between do not count. An issue
    is worth to a party what its own best option is worth over the other's best option. These
    points are brought to 100 for each party.

    Raises
    ------
    SettlementError
        There are not two parties that must consent, their preferences are not exact numbers, or
        issues are tied together by interactions, constraints or red lines.

    References
    ----------
    [BramsTaylor1996]_ (recalled, not read in the source).

    Examples
    --------
    >>> from goodoffices.case import read
    >>> found = adjusted_winner_of(read("examples/camp-david"))
    >>> found.split, found.totals
    ('sinai', (Fraction(395, 6), Fraction(395, 6)))
    """
    bargaining = problem(case)
    _check_divisible(case, bargaining)
    best = [_best_options(table) for table in bargaining.tables]
    contested = [issue for issue, (one, other) in enumerate(best) if one != other]
    points = [_points(bargaining, issue, best[issue]) for issue in contested]
    spread = [sum(pair[party] for pair in points) for party in (0, 1)]
    weights = [(HUNDRED * pair[0] / spread[0], HUNDRED * pair[1] / spread[1]) for pair in points]
    found = adjusted_winner([w[0] for w in weights], [w[1] for w in weights])
    packages = _packages(best, contested, found)
    first, second = bargaining.parties
    return Division(
        parties=(first, second),
        divided=tuple(
            DividedIssue(
                issue=case.issues[issue].id,
                options=_ids(case, issue, best[issue]),
                points=weight,
                share=share,
            )
            for issue, weight, share in zip(contested, weights, found.shares, strict=True)
        ),
        agreed=tuple(
            (case.issues[issue].id, _ids(case, issue, options)[0])
            for issue, options in enumerate(best)
            if issue not in contested
        ),
        totals=found.totals,
        split=None if found.split is None else case.issues[contested[found.split]].id,
        packages=tuple(outcome_of(case, choice) for choice in packages),
        utilities=tuple(bargaining.utilities(bargaining.points(choice)) for choice in packages),
    )


def _check_divisible(case: Case, bargaining: Problem) -> None:
    if len(bargaining.parties) != 2:
        raise SettlementError(
            f"Adjusted winner divides between two parties; {len(bargaining.parties)} must consent "
            f"here: {sentence_list(bargaining.parties)}."
        )
    for party in bargaining.parties:
        if case.preferences[party].interactions:
            raise SettlementError(
                f"Adjusted winner needs issues that count one by one, and {party} states "
                "interactions between them."
            )
    if bargaining.barriers:
        named = sentence_list(
            [f"'{name}'" for name in dict.fromkeys(b.name for b in bargaining.barriers)]
        )
        raise SettlementError(
            "Adjusted winner needs issues that can be won one by one, and constraints or red lines "
            f"rule out combinations: {named}."
        )


def _best_options(table: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Each party's best option; of several, the one best for the other, then the first."""
    numbers = range(len(table))
    return (
        max(numbers, key=lambda option: (table[option][0], table[option][1], -option)),
        max(numbers, key=lambda option: (table[option][1], table[option][0], -option)),
    )


def _points(bargaining: Problem, issue: int, best: tuple[int, int]) -> tuple[int, int]:
    one, other = (bargaining.tables[issue][option] for option in best)
    return one[0] - other[0], other[1] - one[1]


def _packages(
    best: Sequence[tuple[int, int]], contested: Sequence[int], found: AdjustedWinner
) -> list[tuple[int, ...]]:
    whole = {
        issue: best[issue][0 if share == 1 else 1]
        for issue, share in zip(contested, found.shares, strict=True)
    }
    choice = [whole.get(issue, options[0]) for issue, options in enumerate(best)]
    if found.split is None:
        return [tuple(choice)]
    issue = contested[found.split]
    return [(*choice[:issue], option, *choice[issue + 1 :]) for option in best[issue]]


def _ids(case: Case, issue: int, options: tuple[int, int]) -> tuple[str, str]:
    one, other = (case.issues[issue].options[option].id for option in options)
    return one, other
