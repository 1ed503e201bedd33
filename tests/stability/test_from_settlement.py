"""An agreement as a graph model: every state is valued again here, action by action."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import (
    Case,
    Compliance,
    Estimate,
    Guarantee,
    Issue,
    Obligation,
    Option,
    Outcome,
    Party,
    Preferences,
    Role,
    Willingness,
    read,
    read_compliance,
)
from goodoffices.errors import StabilityError
from goodoffices.stability import after_signing, from_settlement, proposed
from goodoffices.stability.definitions import DEFINITIONS

NASH = ("high", "50", "north", "coast-first", "live", "joint")


@pytest.fixture(scope="module")
def aral(examples: Path) -> Case:
    return read(examples / "aral")


@pytest.fixture(scope="module")
def compliance(examples: Path, aral: Case) -> Compliance:
    found = read_compliance(examples / "aral", aral)
    assert found is not None
    return found


def test_the_example_becomes_this_model(aral: Case, compliance: Compliance) -> None:
    model = from_settlement(aral, NASH, compliance)
    assert [(a.id, a.party) for a in model.actions] == [
        ("release", "North"),
        ("gauges", "North"),
        ("payment", "South"),
        ("quota", "South"),
        ("team", "Coast"),
        ("court", "Coast"),
    ]
    assert model.pattern(model.state("as agreed")) == "YYYYYN"
    assert model.pattern(model.state("all broken")) == "NNNNNN"
    assert model.status_quo == model.state("as agreed")


def test_states_of_the_example_are_worth_what_the_sheets_say(
    aral: Case, compliance: Compliance
) -> None:
    after = after_signing(aral, NASH, compliance)
    state = {after.model.pattern(state): state for state in after.model.states.tolist()}
    kept, held, stopped = state["YYYYYN"], state["NYYYYN"], state["NYNYYN"]
    assert [after.points("North", s) for s in (kept, held, stopped)] == [68, 93, 53]
    assert after.points("Coast", state["YYYYNN"]) == 90
    assert after.outcome(state["YYYNYN"]) == ("high", "50", "north", "south-first", "live", "joint")
    # The court restores the quota, and costs South 15 and Coast 5.
    assert after.outcome(state["YYYNYY"]) == NASH
    assert after.points("South", state["YYYNYY"]) == 60 - 15
    # Who has broken nothing loses nothing by the court's order; Coast has paid for it.
    assert [after.points(p, state["YYYYYY"]) for p in ("North", "South", "Coast")] == [68, 60, 75]


def test_everything_broken_is_not_the_reservation(aral: Case, compliance: Compliance) -> None:
    after = after_signing(aral, NASH, compliance)
    assert after.points("North", after.broken) == 50
    assert aral.preferences["North"].reservation.value.low == 60  # type: ignore[union-attr]  # given


def test_packages_ruled_out_are_still_states(aral: Case, compliance: Compliance) -> None:
    after = after_signing(aral, NASH, compliance)
    assert ("low", "50", "north", "coast-first", "live", "joint") in after.ruled_out()
    assert len(after.model.states) == 64


def test_the_example_holds_for_two_by_what_would_follow_and_not_for_coast(
    aral: Case, compliance: Compliance
) -> None:
    model = from_settlement(aral, NASH, compliance)
    agreed = model.state("as agreed")
    holds = [
        {
            name
            for name, stable in DEFINITIONS.items()
            if stable(model.graph, model.ranks, party)[agreed]
        }
        for party in range(3)
    ]
    answered = {"gmr", "smr", "seq", "sseq"}
    assert holds == [answered, answered, set()]


def test_what_is_already_as_it_would_fall_to_cannot_be_broken(
    aral: Case, compliance: Compliance
) -> None:
    outside = (*NASH[:5], "outside")
    after = after_signing(aral, outside, compliance)
    assert [o.id for o in after.settled] == ["team"]
    assert "team" not in {a.id for a in after.actions}


def test_a_draft_takes_every_principal_with_a_stake(aral: Case) -> None:
    draft = proposed(aral, NASH)
    assert [o.id for o in draft.obligations if o.party == "North"] == [
        "North-water",
        "North-price",
        "North-data",
        "North-monitoring",
    ]
    assert "Coast-price" not in {o.id for o in draft.obligations}
    assert from_settlement(aral, NASH) is not None


def exactly(value: int) -> Estimate:
    return Estimate(Fraction(value), Fraction(value))


def random_case(rng: random.Random) -> tuple[Case, Outcome, Compliance]:
    parties = ("A", "B", "C")
    issues = tuple(
        Issue(id=f"i{k}", options=tuple(Option(id=o) for o in "xyz"[: rng.randint(2, 3)]))
        for k in range(3)
    )
    sheets = {
        party: Preferences(
            party=party,
            weights={issue.id: exactly(rng.randint(0, 9)) for issue in issues},
            scores={
                issue.id: {o.id: exactly(rng.randint(0, 5)) for o in issue.options}
                for issue in issues
            },
            scale=Fraction(7),
        )
        for party in parties
    }
    case = Case(
        title="random",
        parties=(*(Party(id=p) for p in parties), Party(id="G", role=Role.GUARANTOR)),
        issues=issues,
        preferences=sheets,
    )
    obligations = []
    for k in range(rng.randint(1, 5)):
        issue = rng.choice(issues)
        obligations.append(
            Obligation(
                id=f"o{k}",
                party=rng.choice(parties),
                issue=issue.id,
                falls_to=rng.choice(issue.options).id,
                for_good=rng.random() < 0.3,
            )
        )
    guarantees = [
        Guarantee(
            id=f"g{k}",
            party=rng.choice((*parties, "G")),
            answers=tuple({rng.choice(obligations).id for _ in range(2)}),
            restores=rng.random() < 0.5,
            costs={p: Fraction(rng.randint(0, 3), 2) for p in parties if rng.random() < 0.6},
        )
        for k in range(rng.randint(0, 3))
    ]
    package = tuple(rng.choice(issue.options).id for issue in issues)
    return (
        case,
        package,
        Compliance(obligations=tuple(obligations), guarantees=tuple(guarantees)),
    )


def worth(
    case: Case, package: Outcome, given: Compliance, taken: set[str], always: set[str], party: str
) -> Fraction:
    """What the docstrings say, one action at a time. ``always``: kept, as nothing is to break."""
    named = case.named(package)
    acting = [g for g in given.guarantees if g.id in taken]
    for obligation in reversed(given.obligations):
        is_restored = any(g.restores and obligation.id in g.answers for g in acting)
        if obligation.id not in taken and not is_restored:
            named[obligation.issue] = str(obligation.falls_to)
    total = case.preferences[party].utility(named)
    for guarantee in acting:
        answered = [
            o for o in given.obligations if o.id in guarantee.answers and o.id not in always
        ]
        own = [o for o in answered if o.party == party]
        is_breached = any(o.id not in taken for o in own or answered)
        if guarantee.party == party or is_breached:
            total -= guarantee.costs.get(party, Fraction(0))
    return total


@pytest.mark.parametrize("seed", range(80))
def test_every_state_is_ranked_by_what_it_is_worth(seed: int) -> None:
    case, package, given = random_case(random.Random(seed))
    kept = case.named(package)
    biting = tuple(o for o in given.obligations if o.falls_to != kept[o.issue])
    if not biting:
        with pytest.raises(StabilityError):
            from_settlement(case, package, given)
        return
    after = after_signing(case, package, given)
    model = after.model
    # What cannot be broken is kept in every state.
    always = {o.id for o in given.obligations} - {o.id for o in biting}
    for number, party in enumerate(model.parties):
        if party.id == "G":
            continue
        values = []
        for state in model.states.tolist():
            done = {
                a.id
                for a, letter in zip(model.actions, model.pattern(state), strict=True)
                if letter == "Y"
            }
            values.append(worth(case, package, given, done | always, always, party.id))
            assert after.points(party.id, state) == values[-1]
        place = {value: rank for rank, value in enumerate(sorted(set(values)))}
        assert model.orderings[number].ranks.tolist() == [place[value] for value in values]


def guaranteed(willing: Willingness) -> tuple[Case, Compliance]:
    case, _, _ = random_case(random.Random(1))
    return case, Compliance(
        obligations=(Obligation(id="o", party="A", issue="i0", falls_to="y"),),
        guarantees=(Guarantee(id="g", party="G", answers=("o",), willing=willing),),
    )


@pytest.mark.parametrize(
    ("willing", "ranks", "unknown"),
    [
        # State: bit 0 is o (kept), bit 1 is g (acts).
        (Willingness.YES, [0, 1, 1, 0], set()),
        (Willingness.NO, [1, 1, 0, 0], set()),
        (Willingness.UNKNOWN, [0, 1, 0, 0], {(0, 2)}),
    ],
)
def test_a_guarantor_without_preferences_does_what_is_declared(
    willing: Willingness, ranks: list[int], unknown: set[tuple[int, int]]
) -> None:
    case, given = guaranteed(willing)
    model = from_settlement(case, ("x", "x", "x"), given)
    assert model.parties[1].id == "G"
    assert model.orderings[1].ranks.tolist() == ranks
    assert model.orderings[1].unknown == unknown


def test_partial_preferences_are_asked_for(aral: Case, compliance: Compliance) -> None:
    coast = aral.preferences["Coast"]
    vague = replace(coast, weights={k: v for k, v in coast.weights.items() if k != "fish"})
    case = replace(aral, preferences={**aral.preferences, "Coast": vague})
    with pytest.raises(StabilityError, match="Whether Coast would rather keep or break"):
        from_settlement(case, NASH, compliance)


def test_nothing_to_break_and_too_much_are_sentences(aral: Case) -> None:
    with pytest.raises(StabilityError, match="Nothing in this package could be broken"):
        from_settlement(aral, NASH, Compliance())
    many = tuple(
        Obligation(id=f"o{k}", party="North", issue="water", falls_to="low") for k in range(17)
    )
    with pytest.raises(StabilityError, match="17 actions, so 131,072 states"):
        from_settlement(aral, NASH, Compliance(obligations=many))


def test_without_a_status_quo_an_issue_falls_to_the_best_of_who_breaks(aral: Case) -> None:
    case = replace(aral, status_quo=None)
    obligations = (
        Obligation(id="a", party="North", issue="water"),
        Obligation(id="b", party="North", issue="fish", falls_to="half"),
    )
    after = after_signing(case, NASH, Compliance(obligations=obligations))
    assert after.falls == ((0, "low"), (3, "half"))
    silent = Compliance(obligations=(Obligation(id="a", party="North", issue="fish"),))
    with pytest.raises(StabilityError, match="Name it under falls_to"):
        after_signing(case, NASH, silent)
