"""Fair allocation of things that cannot be shared out: who gets what, for any number of parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from goodoffices.case.model import Case, Issue, Option, Party
from goodoffices.case.preferences import Preferences
from goodoffices.case.statements import Estimate
from goodoffices.case.words import sentence_list
from goodoffices.errors import SettlementError
from goodoffices.settlement.solutions import solve
from goodoffices.settlement.watch import Watch

Number: TypeAlias = Fraction | int

RULES: Mapping[str, str] = MappingProxyType(
    {
        "maximum-nash-welfare": "the most parties that get something, then the greatest product",
        "leximin": "the greatest smallest total, then the greatest second smallest, and so on",
    }
)
"""The rules by which things are allocated, with what each maximises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The best allocations of things by one rule.

    Attributes
    ----------
    rule
        A name from ``RULES``.
    parties, items
        In the order of every tuple over them.
    owners
        ``owners[k][item]``: who gets the item in the k-th best allocation.
    totals
        ``totals[k][party]``: the points that each party then has.
    proven
        Whether these are proven to be best.
    ties
        How many allocations are best; all are in ``owners`` unless ``ties`` is larger.
    ties_complete
        Whether ``ties`` is known to be the whole number.
    """

    rule: str
    parties: tuple[str, ...]
    items: tuple[str, ...]
    owners: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[Fraction, ...], ...]
    proven: bool
    ties: int
    ties_complete: bool


def allocation(
    points: Mapping[str, Mapping[str, Number]],
    rule: str = "maximum-nash-welfare",
    *,
    watch: Watch | None = None,
) -> Allocation:
    """Who gets what, by maximum Nash welfare or leximin, with proof and all ties.

    To allocate items is to settle a case in which each item is an issue whose options are the
    parties; it is solved as every other case.

    Parameters
    ----------
    points
        Party → item → points, none negative, each party on its own scale. Maximum Nash welfare
        does not compare scales; leximin does, so bring the points of all to the same total first.
    rule
        A name from ``RULES``.
    watch
        Progress, a time limit, a way to stop.

    Raises
    ------
    SettlementError
        Unknown rule, nobody named, negative points, or parties that do not name the same items.

    Notes
    -----
    Maximum Nash welfare is efficient, and envy-free up to one item [Caragiannis2019]_. Where not
    everybody can get something, as many as can do, and the product is over those.

    Examples
    --------
    >>> found = allocation({"North": {"lake": 6, "mill": 5}, "South": {"lake": 8, "mill": 1}})
    >>> found.owners, found.proven
    ((('South', 'North'),), True)
    """
    if rule not in RULES:
        raise SettlementError(f"'{rule}' is not a rule of allocation. Rules: {', '.join(RULES)}.")
    case = _case(points)
    (found,) = solve(case, [rule], watch=watch)
    return Allocation(
        rule=rule,
        parties=tuple(points),
        items=tuple(issue.id for issue in case.issues),
        owners=found.outcomes,
        totals=found.utilities,
        proven=found.proven,
        ties=found.ties,
        ties_complete=found.ties_complete,
    )


def _case(points: Mapping[str, Mapping[str, Number]]) -> Case:
    """The case in which each item is an issue, and its options are who gets it."""
    if not points:
        raise SettlementError("Nobody is named among whom to allocate; name at least one party.")
    parties = tuple(points)
    items = tuple(dict.fromkeys(item for sheet in points.values() for item in sheet))
    for party, sheet in points.items():
        missing = [f"'{item}'" for item in items if item not in sheet]
        if missing:
            raise SettlementError(
                f"{party} gives no points to {sentence_list(missing)}. Every party gives points "
                "to every item; 0 where it does not want it."
            )
        for item, number in sheet.items():
            if number < 0:
                raise SettlementError(
                    f"{party} gives {number} points to '{item}'; points are 0 or more."
                )
    return Case(
        title="Allocation",
        parties=tuple(Party(id=party) for party in parties),
        issues=tuple(
            Issue(id=item, options=tuple(Option(id=party) for party in parties)) for item in items
        ),
        preferences=MappingProxyType({p: _sheet(p, parties, sheet) for p, sheet in points.items()}),
    )


def _sheet(party: str, parties: Sequence[str], points: Mapping[str, Number]) -> Preferences:
    def exactly(number: Number) -> Estimate:
        return Estimate(Fraction(number), Fraction(number))

    return Preferences(
        party=party,
        scale=Fraction(1),
        weights={item: exactly(number) for item, number in points.items()},
        scores={
            item: {owner: exactly(1 if owner == party else 0) for owner in parties}
            for item in points
        },
    )


def is_proportional(points: Sequence[Sequence[Number]], owners: Sequence[int]) -> bool:
    """Whether each party has at least its equal share of what all items are worth to it.

    Parameters
    ----------
    points : (parties, items)
    owners : (items,)
        Number of the party that has each item.

    Examples
    --------
    >>> is_proportional([[6, 5], [8, 1]], [1, 0])
    False
    """
    return all(
        len(points) * _worth(row, owners, party) >= sum(row) for party, row in enumerate(points)
    )


def is_envy_free(points: Sequence[Sequence[Number]], owners: Sequence[int]) -> bool:
    """Whether no party would rather have what another has; parameters as for proportionality.

    Examples
    --------
    >>> is_envy_free([[6, 5], [8, 1]], [1, 0])
    False
    """
    return all(
        _worth(row, owners, party) >= _worth(row, owners, other)
        for party, row in enumerate(points)
        for other in range(len(points))
    )


def is_ef1(points: Sequence[Sequence[Number]], owners: Sequence[int]) -> bool:
    """Whether nobody would envy another who had one item less: envy-freeness up to one item.

    Parameters as for proportionality. For each two parties the item may be another one.

    References
    ----------
    [Caragiannis2019]_.

    Examples
    --------
    >>> is_ef1([[6, 5], [8, 1]], [1, 0])
    True
    """
    return all(
        _worth(row, owners, party)
        >= _worth(row, owners, other) - max(_parts(row, owners, other), default=0)
        for party, row in enumerate(points)
        for other in range(len(points))
        if other != party
    )


def _worth(row: Sequence[Number], owners: Sequence[int], party: int) -> Number:
    return sum(_parts(row, owners, party))


def _parts(row: Sequence[Number], owners: Sequence[int], party: int) -> list[Number]:
    return [number for number, owner in zip(row, owners, strict=True) if owner == party]
