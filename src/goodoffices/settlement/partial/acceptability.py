"""Whether each party would accept one given package."""

from __future__ import annotations

from fractions import Fraction

from goodoffices.case.model import Case, Outcome
from goodoffices.case.words import constraint_words, sentence_list
from goodoffices.errors import SettlementError
from goodoffices.settlement.partial.findings import PartyAcceptance, Verdict
from goodoffices.settlement.partial.preference_set import PreferenceSet, preference_set
from goodoffices.settlement.problem import Choice, choice_of, describe


def acceptability(
    case: Case, outcome: Outcome, *, months: Fraction = Fraction(0)
) -> tuple[PartyAcceptance, ...]:
    """Whether each party whose consent is needed would accept a package.

    Decided by linear programs over all preferences that agree with the party's statements; no
    shares are estimated.

    Raises
    ------
    SettlementError
        A constraint rules the package out, a party has stated nothing, or statements contradict
        one another.
    """
    named = case.named(outcome)
    broken = [
        f"the constraint ({constraint_words(case, constraint)})"
        for constraint in case.constraints
        if not constraint.allows(named)
    ]
    if broken:
        raise SettlementError(
            f"The package breaks {sentence_list(broken)}; only packages that the constraints allow "
            "can be accepted."
        )
    choice = choice_of(case, outcome)
    return tuple(
        _acceptance(case, preference_set(case, party.id, months=months), choice)
        for party in case.deciders
    )


def _acceptance(case: Case, known: PreferenceSet, choice: Choice) -> PartyAcceptance:
    margin, polytope = known.margin(choice), known.polytope
    named = {i.id: i.options[j].id for i, j in zip(case.issues, choice, strict=True)}
    crossed = [
        describe(line.never)
        for line in case.preferences[known.party].red_lines
        if line.never.holds(named)
    ]
    verdict, gladly = _verdict(known, choice)
    if crossed:
        verdict, gladly = Verdict(necessarily=False, possibly=False), False
    return PartyAcceptance(
        party=known.party,
        verdict=verdict,
        gladly=gladly,
        least=polytope.least(margin).value * float(known.unit),
        most=polytope.most(margin).value * float(known.unit),
        share=None,
        red_line=crossed[0] if crossed else None,
    )


def _verdict(known: PreferenceSet, choice: Choice) -> tuple[Verdict, bool | None]:
    """Whether the margin is 0 or more, and whether it is ever more."""
    margin, polytope = known.margin(choice), known.polytope
    necessarily = polytope.is_never_negative(margin)
    never_gains = polytope.is_never_negative(-margin)
    gladly = None if never_gains is None else not never_gains
    possibly = True if necessarily or gladly else None
    if never_gains and not necessarily:
        possibly = polytope.is_zero_somewhere(margin)
    return Verdict(necessarily=necessarily, possibly=possibly), gladly
