"""Trades in a case small enough to be worked out by hand, and what a settlement leaves unused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

from goodoffices.case import (
    Case,
    Condition,
    Constraint,
    Interaction,
    RedLine,
    case_from_text,
    read,
)
from goodoffices.case.preferences import Reservation
from goodoffices.case.statements import Estimate
from goodoffices.errors import SettlementError
from goodoffices.settlement.demands import Demand, DemandKind
from goodoffices.settlement.frontier import efficient
from goodoffices.settlement.improvements import Efficiency, Improvement, efficiency, improvements
from goodoffices.settlement.trade_words import alternatives, explain, refusal, sentence
from goodoffices.settlement.trades import Change, Trade, Trades, trades
from goodoffices.settlement.watch import Progress, Watch

# What changes give North and South, from (low, little, north):
#
#   water high  -30  +60      power some  +25  -5      dams joint  -20  +20
#                             power much  +50  -20     dams sold   -25  +10
CASE = """
title: The river
parties:
  - {id: North, name: The North}
  - South
  - {id: mediator, role: mediator}
issues:
  - {id: water, name: Water, options: [low, high]}
  - {id: power, name: Power, options: [little, some, much]}
  - {id: dams, name: Dams, options: [north, joint, sold]}
"""
NORTH = """
party: North
weights: {water: 25, power: 50, dams: 25}
scores:
  water: {low: 120, high: 0}
  power: {little: 0, some: 50, much: 100}
  dams: {north: 100, joint: 20, sold: 0}
reservation: 62
"""
SOUTH = """
party: South
weights: {water: 60, power: 20, dams: 20}
scores:
  water: {low: 0, high: 100}
  power: {little: 100, some: 75, much: 0}
  dams: {north: 0, joint: 100, sold: 50}
"""
START = ("low", "little", "north")


def whole(*numbers: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, numbers))


@pytest.fixture
def case() -> Case:
    texts = {"preferences/North.yaml": NORTH, "preferences/South.yaml": SOUTH}
    return case_from_text({"case.yaml": CASE, **texts})


WATER = Change(issue="water", before="low", after="high", points=whole(-30, 60))
MUCH = Change(issue="power", before="little", after="much", points=whole(50, -20))
SOME = Change(issue="power", before="little", after="some", points=whole(25, -5))
JOINT = Change(issue="dams", before="north", after="joint", points=whole(-20, 20))
WATER_FOR_POWER = Trade(
    changes=(WATER, MUCH),
    gains=whole(20, 40),
    together=whole(0, 0),
    outcome=("high", "much", "north"),
    utilities=whole(75, 60),
    acceptable=True,
)
DAMS_FOR_SOME_POWER = Trade(
    changes=(SOME, JOINT),
    gains=whole(5, 15),
    together=whole(0, 0),
    outcome=("low", "some", "joint"),
    utilities=whole(60, 35),
    acceptable=False,
)
DAMS_FOR_MUCH_POWER = Trade(
    changes=(MUCH, JOINT),
    gains=whole(30, 0),
    together=whole(0, 0),
    outcome=("low", "much", "joint"),
    utilities=whole(85, 20),
    acceptable=True,
)


def test_trades_are_listed_with_the_greatest_smallest_gain_first(case: Case) -> None:
    assert trades(case, START) == Trades(
        parties=("North", "South"),
        outcome=START,
        utilities=whole(55, 20),
        feasible=True,
        trades=(WATER_FOR_POWER, DAMS_FOR_SOME_POWER, DAMS_FOR_MUCH_POWER),
        counts=(0, 3, 0),
        complete=3,
        issues=3,
        giving=(),
        stopped=False,
    )


def test_what_is_listed_is_cut_and_what_is_counted_is_not(case: Case) -> None:
    found = trades(case, START, most=1)
    assert found.trades == (WATER_FOR_POWER,)
    assert found.counts == (0, 3, 0)


def test_trades_that_give_something_are_those_in_return_for_it(case: Case) -> None:
    found = trades(case, START, giving={"dams": "joint"})
    assert found.trades == (DAMS_FOR_SOME_POWER, DAMS_FOR_MUCH_POWER)
    assert found.giving == (("dams", "joint"),)


def test_in_return_for_a_poor_change_less_can_be_had(case: Case) -> None:
    # "Sold" is worse than "joint" for both, and listed all the same where it is asked for.
    found = trades(case, START, giving={"dams": "sold"})
    assert [(trade.outcome, trade.gains) for trade in found.trades] == [
        (("low", "some", "sold"), whole(0, 5))
    ]


def test_giving_what_the_package_has_already_is_a_fault(case: Case) -> None:
    with pytest.raises(SettlementError, match="already has 'low' on 'water'"):
        trades(case, START, giving={"water": "low"})


def test_a_constraint_makes_a_change_needed(case: Case) -> None:
    unpaid = Constraint(
        id="unpaid",
        forbid=Condition({"water": frozenset({"low"}), "power": frozenset({"much"})}),
        why="Nobody would vote for it.",
    )
    rule = Demand(
        kind=DemandKind.CONSTRAINT,
        name="unpaid",
        words="not allowed: Water is low and Power is much",
        why="Nobody would vote for it.",
    )
    bound = replace(case, constraints=(unpaid,))
    found = trades(bound, START)
    needed = replace(WATER, needed_for=(rule,))
    assert found.trades == (replace(WATER_FOR_POWER, changes=(needed, MUCH)), DAMS_FOR_SOME_POWER)
    assert sentence(found.trades[0], bound) == (
        "The North gives way on Water (low → high): it loses 30 points; South gains 60 points. "
        "Without this change the rest would break the constraint (not allowed: Water is low and "
        "Power is much). "
        "South gives way on Power (little → much): it loses 20 points; The North gains 50 points. "
        "In all: The North +20, South +40."
    )


def with_sheet(case: Case, party: str, **changes: object) -> Case:
    sheet = replace(case.preferences[party], **changes)  # type: ignore[arg-type]
    return replace(case, preferences={**case.preferences, party: sheet})


def test_a_red_line_is_not_crossed(case: Case) -> None:
    line = RedLine(never=Condition({"water": frozenset({"high"})}))
    found = trades(with_sheet(case, "North", red_lines=(line,)), START)
    assert found.trades == (DAMS_FOR_SOME_POWER, DAMS_FOR_MUCH_POWER)


def test_a_package_that_crosses_a_red_line_can_be_traded_out_of(case: Case) -> None:
    line = RedLine(never=Condition({"dams": frozenset({"north"})}))
    found = trades(with_sheet(case, "South", red_lines=(line,)), START)
    crossed = Demand(
        kind=DemandKind.RED_LINE, party="South", name="dams: north", words="never: Dams is north"
    )
    assert not found.feasible
    # Water for power alone would leave the dams where South's red line is.
    assert [trade.outcome for trade in found.trades] == [
        DAMS_FOR_SOME_POWER.outcome,
        DAMS_FOR_MUCH_POWER.outcome,
    ]
    assert found.trades[0].changes == (SOME, replace(JOINT, needed_for=(crossed,)))


def test_what_comes_only_of_doing_both_is_told_apart(case: Case) -> None:
    both = Condition({"water": frozenset({"high"}), "power": frozenset({"much"})})
    extra = Interaction(when=both, add=Fraction(-9))
    bound = with_sheet(case, "South", interactions=(extra,))
    (first, *_) = trades(bound, START).trades
    assert first == replace(
        WATER_FOR_POWER, gains=whole(20, 31), together=whole(0, -9), utilities=whole(75, 51)
    )
    assert sentence(first, bound).endswith(
        "Made together, the changes are worth 9 points to South less than one by one. "
        "In all: The North +20, South +31."
    )


def test_a_change_that_costs_nobody_anything_is_a_trade_of_one(case: Case) -> None:
    found = trades(case, ("low", "little", "sold"))
    (free,) = [trade for trade in found.trades if len(trade.changes) == 1]
    assert sentence(free, case) == (
        "Dams (sold → joint) costs nobody anything: The North gains 5 points and South 10. "
        "In all: The North +5, South +10."
    )


def test_trades_are_told_in_words(case: Case) -> None:
    found = trades(case, START, issues=2, most=2)
    assert explain(found, case) == (
        "3 trades found: all there are of up to 2 issues. Listed: the first 2.",
        "The North gives way on Water (low → high): it loses 30 points; South gains 60 points. "
        "South gives way on Power (little → much): it loses 20 points; The North gains 50 points. "
        "In all: The North +20, South +40.",
        "South gives way on Power (little → some): it loses 5 points; The North gains 25 points. "
        "The North gives way on Dams (north → joint): it loses 20 points; South gains 20 points. "
        "In all: The North +5, South +15.",
    )


def test_that_nothing_can_be_traded_is_told_with_how_far_was_looked(case: Case) -> None:
    best = ("high", "much", "north")
    assert explain(trades(case, best), case) == (
        "Nothing can be traded, in changes of any size, without a loss to somebody.",
    )
    assert explain(trades(case, best, issues=1), case) == (
        "Nothing can be traded, in changes of up to 1 issue, without a loss to somebody; "
        "larger trades were not looked for.",
    )


def test_work_that_is_stopped_says_how_far_it_came(case: Case) -> None:
    watch = Watch()

    def stop(progress: Progress) -> None:
        # After the single issues and the first pair.
        if progress.stage == "trades of 2 issues" and progress.done == 1:
            watch.stop()

    watch.report = stop
    found = trades(case, START, watch=watch)
    assert found.stopped
    assert found.complete == 1
    assert found.trades == (WATER_FOR_POWER, DAMS_FOR_SOME_POWER, DAMS_FOR_MUCH_POWER)[:1]
    assert explain(found, case)[0] == (
        "1 trade found before the work was ended; those of up to 1 issue are all there."
    )


def test_options_of_a_range_are_told_with_their_unit(examples: Path) -> None:
    aral = read(examples / "aral")
    assert aral.status_quo is not None
    told = explain(trades(aral, aral.status_quo, giving={"price": "30"}), aral)
    assert "The South gives way on Winter power payment (0 → 30 million a year): " in told[1]


def test_partial_preferences_are_refused(case: Case) -> None:
    with pytest.raises(SettlementError, match="North's preferences are partial"):
        trades(with_sheet(case, "North", weights={}), START)


def test_improvements_are_the_efficient_packages_that_nobody_likes_less(case: Case) -> None:
    found = improvements(case, DAMS_FOR_SOME_POWER.outcome)
    packages = {package.outcome: package.gains for package in found.packages}
    assert packages == {("high", "much", "north"): whole(15, 25)}
    assert found.complete
    assert found.efficiency == Efficiency(
        is_efficient=False,
        feasible=True,
        witness=Improvement(
            outcome=("high", "much", "north"), utilities=whole(75, 60), gains=whole(15, 25)
        ),
        proven=True,
    )
    assert {solution.outcomes for solution in found.best} == {(("high", "much", "north"),)}


def test_an_efficient_package_leaves_nothing_on_the_table(case: Case) -> None:
    found = improvements(case, ("high", "much", "north"))
    assert found.efficiency == Efficiency(
        is_efficient=True, feasible=True, witness=None, proven=True
    )
    assert (found.packages, found.complete, found.best) == ((), True, ())


def test_where_the_frontier_is_not_complete_efficiency_is_not_known(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        import_module("goodoffices.settlement.improvements"),
        "efficient",
        lambda *given: replace(efficient(*given), exact=False),
    )
    found = efficiency(case, ("high", "much", "north"))
    assert found == Efficiency(is_efficient=None, feasible=True, witness=None, proven=False)
    assert efficiency(case, START).is_efficient is False


def test_a_forbidden_package_is_not_efficient(case: Case) -> None:
    line = RedLine(never=Condition({"power": frozenset({"much"}), "water": frozenset({"high"})}))
    bound = with_sheet(case, "South", red_lines=(line,))
    assert efficiency(bound, ("high", "much", "north")) == Efficiency(
        is_efficient=False, feasible=False, witness=None, proven=True
    )


def test_a_forbidden_package_may_be_one_that_nothing_improves_on(case: Case) -> None:
    best = ("high", "much", "north")
    line = RedLine(never=Condition({"power": frozenset({"much"}), "water": frozenset({"high"})}))
    bound = with_sheet(case, "South", red_lines=(line,))
    assert efficiency(bound, best).is_improvable is False
    assert improvements(bound, best).best == ()
    assert efficiency(case, START).is_improvable is True


def test_trades_that_settle_an_issue_in_different_ways_exclude_each_other(case: Case) -> None:
    # Water for much power; some power for joint dams; much power for joint dams.
    found = trades(case, START).trades
    assert [trade.outcome for trade in found] == [
        ("high", "much", "north"),
        ("low", "some", "joint"),
        ("low", "much", "joint"),
    ]
    assert alternatives(found) == (
        "",
        "Either this or trade 1: they settle an issue in different ways.",
        "Either this or trade 2: they settle an issue in different ways.",
    )


def test_whom_a_trade_leaves_below_what_it_keeps_is_told(case: Case) -> None:
    assert refusal(case, whole(75, 60)) == ""
    assert refusal(case, whole(60, 35)) == (
        "This leaves The North at 60, still below the 62 that it counts on without agreement."
    )
    sheet = case.preferences["South"]
    asks = Reservation(value=Estimate(Fraction(40), Fraction(40)))
    stricter = replace(
        case, preferences={**case.preferences, "South": replace(sheet, reservation=asks)}
    )
    assert refusal(stricter, whole(60, 35)) == (
        "This leaves The North at 60 and South at 35, still below the 62 and 40 that they count on "
        "without agreement."
    )
