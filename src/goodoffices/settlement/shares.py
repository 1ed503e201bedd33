"""Who gets what: a package taken apart by party and issue."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.settlement.problem import Choice, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a party gets on one issue, and the most it could get there, in its own points."""

    gets: Fraction
    best: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyShares:
    """One party's side of a package.

    Attributes
    ----------
    issues
        In the order of the case's issues.
    together
        Points that count only for options in combination; 0 where the party has no such points.
    utility, keeps
        What the whole package is worth to the party, and what it keeps without agreement.
    """

    party: str
    issues: tuple[Share, ...]
    together: Fraction
    utility: Fraction
    keeps: Fraction

    @property
    def gain(self) -> Fraction:
        """What the party has from the package over no agreement."""
        return self.utility - self.keeps


def shares(bargaining: Problem, choice: Choice) -> tuple[PartyShares, ...]:
    """What each party gets from a package on each issue, in the order of the problem's parties."""
    utilities = bargaining.utilities(bargaining.points(choice))
    keeps = bargaining.utilities(bargaining.reservation)
    found = []
    for number, party in enumerate(bargaining.parties):
        unit = bargaining.units[number]
        issues = tuple(
            Share(
                gets=table[option][number] * unit,
                best=max(points[number] for points in table) * unit,
            )
            for table, option in zip(bargaining.tables, choice, strict=True)
        )
        alone = sum((share.gets for share in issues), Fraction(0))
        found.append(
            PartyShares(
                party=party,
                issues=issues,
                together=utilities[number] - alone,
                utility=utilities[number],
                keeps=keeps[number],
            )
        )
    return tuple(found)
