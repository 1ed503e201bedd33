"""Answers under partial preferences, on cases small enough to follow by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from goodoffices.case.model import Case, Constraint, Party, Role
from goodoffices.case.preferences import (
    Comparison,
    Interaction,
    IssueRanking,
    OptionRanking,
    Preferences,
    Reservation,
)
from goodoffices.case.statements import Condition
from goodoffices.errors import SettlementError
from goodoffices.settlement.partial import Verdict, acceptability, analyse
from goodoffices.settlement.watch import Progress, Watch
from tests.partial_cases import case_of, estimate, exact_sheet, issue, red_line

NECESSARILY = Verdict(necessarily=True, possibly=True)
POSSIBLY = Verdict(necessarily=False, possibly=True)
NEVER = Verdict(necessarily=False, possibly=False)

WATER = issue("water", "low", "middle", "high")
FISH = issue("fish", "north", "south")
STATUS_QUO = ("low", "north")


def ranked(party: str, water: str, fish: str, *, first: str = "") -> Preferences:
    """A party that ranks all options, best first, may say which issue matters more, and accepts
    what is as good as the status quo."""
    second = {"water": "fish", "fish": "water"}
    return Preferences(
        party=party,
        weights={},
        scores={},
        option_rankings=(
            OptionRanking(issue="water", order=tuple((o,) for o in water.split())),
            OptionRanking(issue="fish", order=tuple((o,) for o in fish.split())),
        ),
        issue_rankings=(IssueRanking(order=((first,), (second[first],))),) if first else (),
        reservation=Reservation(value=None),
    )


NORTH = ranked("North", "low middle high", "north south", first="fish")
SOUTH = ranked("South", "high middle low", "south north", first="water")


def river(*sheets: Preferences) -> Case:
    return case_of([WATER, FISH], *(sheets or (NORTH, SOUTH)), status_quo=STATUS_QUO)


def verdicts(case: Case, *outcome: str) -> list[Verdict]:
    return [one.verdict for one in acceptability(case, outcome)]


def test_rankings_decide_who_accepts_what() -> None:
    """The status quo is best for North on both issues; South wants everything else."""
    assert verdicts(river(), "low", "north") == [NECESSARILY, NECESSARILY]
    assert verdicts(river(), "high", "south") == [NEVER, NECESSARILY]
    # All of North's weight may be on fish; then the water is indifferent to it.
    north, south = acceptability(river(), ("high", "north"))
    assert (north.verdict, north.gladly) == (POSSIBLY, False)
    assert (north.least, north.most) == (-50, 0)
    assert (south.verdict, south.gladly) == (NECESSARILY, True)
    assert (south.least, south.most) == (50, 100)


def test_a_red_line_is_never_crossed_for_whatever_price() -> None:
    sheet = replace(SOUTH, red_lines=(red_line(fish="south"),))
    north, south = acceptability(river(NORTH, sheet), ("high", "south"))
    assert (south.verdict, south.gladly, south.red_line) == (NEVER, False, "fish: south")
    assert north.red_line is None
    assert all(p.outcome[1] == "north" for p in analyse(river(NORTH, sheet)).packages)


def test_a_package_that_breaks_a_constraint_is_refused() -> None:
    rule = Constraint(id="treaty", forbid=Condition({"water": frozenset({"high"})}))
    words = "The package breaks the constraint (not allowed: water is high); only packages that"
    with pytest.raises(SettlementError, match=re.escape(words)):
        acceptability(replace(river(), constraints=(rule,)), ("high", "south"))


TRADING_NORTH = ranked("North", "low middle high", "south north", first="fish")
"""As North, but it would like the fish to go south: something can be exchanged."""


def test_the_analysis_of_a_trade() -> None:
    """North gives water for fish, which matters more to it; South wants both."""
    found = analyse(river(TRADING_NORTH, SOUTH))
    assert found.parties == ("North", "South")
    assert (found.outcomes, found.examined, found.complete) == (6, 6, True)
    assert found.zone.verdict == NECESSARILY
    assert found.zone.necessary == (("low", "north"),)
    # Fish to the south is better for both; so what leaves it north wastes something.
    assert found.efficient_counts == {"necessarily": 3, "never": 3}
    assert found.acceptable_counts == {"necessarily": 4, "possibly": 2}
    assert [p.outcome for p in found.packages if p.acceptable == NECESSARILY] == [
        ("low", "south"),
        ("middle", "south"),
        ("high", "south"),
    ]
    assert all(p.acceptable_share.share == 1 for p in found.packages)
    assert found.in_play == 3
    assert found.stopped is False


def test_who_never_gains_is_not_counted_as_accepting() -> None:
    """North would accept "high, north" only if water were of no account to it at all."""
    found = analyse(river())
    shares = {one.outcome: one.acceptance[0].share for one in found.packages}
    share = shares[("high", "north")]
    assert share is not None
    assert (share.share, share.error) == (0, 0)


def test_dominators_of_waste_are_named() -> None:
    found = analyse(river(TRADING_NORTH, SOUTH), shown=10)
    assert all(one.dominators == () for one in found.packages)
    assert found.packages[0].efficient.word == "necessarily"


def test_the_least_regret_is_shared() -> None:
    """One issue, opposed: what the middle can cost North is at most 60, and South 30."""
    found = analyse(
        case_of(
            [WATER],
            Preferences(
                party="North",
                weights={},
                scores={
                    "water": {"low": estimate(100), "middle": estimate(40, 60), "high": estimate(0)}
                },
            ),
            Preferences(
                party="South",
                weights={},
                scores={
                    "water": {"low": estimate(0), "middle": estimate(70), "high": estimate(100)}
                },
            ),
        )
    ).least_regret
    assert found is not None
    assert found.outcomes == (("middle",),)
    assert found.value == pytest.approx(60)
    assert found.proven
    assert found.ties_complete
    north, south = found.regrets[0]
    assert (north.points, north.rather) == (pytest.approx(60), ("low",))
    assert (south.points, south.rather) == (pytest.approx(30), ("high",))


def test_interactions_count() -> None:
    """A bonus that makes the middle better than either end, whatever the weights."""
    bonus = Interaction(when=Condition({"water": frozenset({"middle"})}), add=Fraction(200))
    sheets = (replace(NORTH, interactions=(bonus,)), replace(SOUTH, interactions=(bonus,)))
    found = analyse(river(*sheets))
    assert {one.outcome[0] for one in found.packages} == {"middle"}
    assert found.efficient_counts["never"] == 4


def test_an_interaction_with_unless() -> None:
    bonus = Interaction(
        when=Condition({"water": frozenset({"middle"})}),
        unless=Condition({"fish": frozenset({"north"})}),
        add=Fraction(200),
    )
    sheet = replace(NORTH, interactions=(bonus,), reservation=Reservation(value=estimate(150)))
    assert verdicts(river(sheet), "middle", "south") == [NECESSARILY]
    assert verdicts(river(sheet), "middle", "north") == [NEVER]


def test_an_interval_reservation_leaves_consent_open() -> None:
    scores = {"water": {"low": 100, "middle": 50, "high": 0}, "fish": {"north": 100, "south": 0}}
    exact = exact_sheet("North", {"water": 60, "fish": 40}, scores, 0)
    sheet = replace(exact, reservation=Reservation(value=estimate(25, 35)))
    (party,) = acceptability(river(sheet), ("middle", "south"))
    assert party.verdict == POSSIBLY
    assert (party.least, party.most) == (-5, 5)
    assert verdicts(river(sheet), "middle", "north") == [NECESSARILY]
    assert verdicts(river(sheet), "high", "south") == [NEVER]
    # 30 points against a reservation drawn from 25 to 35: accepted by half.
    found = analyse(river(sheet), shown=10)
    shares = {one.outcome: one.acceptable_share for one in found.packages}
    assert shares == {} or all(share.share == 1 for share in shares.values())


def test_months_of_waiting_move_what_is_acceptable() -> None:
    sheet = replace(SOUTH, reservation=Reservation(value=estimate(30), per_month=Fraction(-10)))
    case = river(NORTH, sheet)
    assert [one.verdict for one in acceptability(case, ("low", "north"))][1] == NEVER
    assert [one.verdict for one in acceptability(case, ("low", "north"), months=Fraction(3))][
        1
    ] == (NECESSARILY)


UNDECIDED_NORTH = ranked("North", "low middle high", "south north")
"""It gives water for fish, and has not said which matters more."""


def test_a_question_says_what_to_write_down() -> None:
    found = analyse(river(UNDECIDED_NORTH, SOUTH), asked=50)
    assert {question.kind for question in found.questions} >= {"acceptance", "issues"}
    for question in found.questions:
        assert question.party == "North"  # South gains by everything.
        assert question.words.startswith("Ask North: ")
        assert question.words.endswith("?")
        assert question.doubt_left < 1
        assert question.open_packages == 2
    ranking = next(q for q in found.questions if q.kind == "issues")
    assert ranking.words == (
        "Ask North: what matters more to you, all there is to gain on “water” or all there is to "
        "gain on “fish”?"
    )
    assert [answer.words for answer in ranking.answers] == ["water", "fish"]
    assert ranking.answers[1].statement == IssueRanking(order=(("fish",), ("water",)))
    # If fish matters more, North accepts high water for the fish, and nothing is open any more.
    assert ranking.answers[1].open_packages == 0
    assert ranking.answers[0].open_packages > 0
    accept = next(q for q in found.questions if q.kind == "acceptance")
    assert accept.answers[0].statement == Comparison(
        prefers={"water": "middle", "fish": "south"}, to={"water": "low", "fish": "north"}
    )


def test_an_answered_question_is_not_asked_again() -> None:
    asked = analyse(river(UNDECIDED_NORTH, SOUTH), asked=50).questions
    said = next(q for q in asked if q.kind == "issues").answers[1].statement
    assert isinstance(said, IssueRanking)
    answered = river(replace(UNDECIDED_NORTH, issue_rankings=(said,)), SOUTH)
    assert analyse(answered, asked=50).questions == ()


def test_no_zone_is_proven() -> None:
    stubborn = replace(SOUTH, reservation=Reservation(value=estimate(101)))
    found = analyse(river(NORTH, stubborn))
    assert found.zone.verdict == NEVER
    assert (found.zone.possible, found.zone.necessary) == (None, ())
    assert found.zone.share is not None
    assert found.zone.share.share == 0
    assert found.packages == ()
    assert found.least_regret is None
    assert found.questions == ()
    assert analyse(river(NORTH, stubborn), listed_at_most=0).zone.verdict == NEVER


def test_nothing_allowed_is_an_answer_too() -> None:
    rule = Constraint(id="none", forbid=Condition({}))
    for listed in (50_000, 0):
        found = analyse(replace(river(), constraints=(rule,)), listed_at_most=listed)
        assert found.zone.verdict == NEVER
        assert (found.examined, found.packages) == (0, ())


def test_several_packages_may_make_a_zone_together() -> None:
    """North's weight of water is anything; one package is good if it is high, the other if low,
    and South does not mind."""
    scores = {"water": {"low": 100, "middle": 0, "high": 0}, "fish": {"north": 100, "south": 0}}
    north = exact_sheet("North", {}, scores, kept=50)
    indifferent = exact_sheet("South", {"water": 0, "fish": 0}, {}, kept=0)
    rules = (
        Constraint(
            id="not both",
            forbid=Condition({"water": frozenset({"low"}), "fish": frozenset({"north"})}),
        ),
    )
    case = replace(river(north, indifferent), constraints=rules)
    found = analyse(case)
    assert found.zone.verdict == NECESSARILY
    assert len(found.zone.necessary) == 2
    assert found.acceptable_counts["possibly"] == 3
    assert "necessarily" not in found.acceptable_counts


def test_exact_and_partial_parties_meet() -> None:
    scores = {"water": {"low": 100, "middle": 50, "high": 0}, "fish": {"north": 0, "south": 100}}
    exact = exact_sheet("North", {"water": 60, "fish": 40}, scores, kept=60)
    found = analyse(river(exact, SOUTH), asked=50)
    assert [reading.freedom for reading in found.readings] == [0, 2]
    assert {question.party for question in found.questions} <= {"South"}


def test_many_packages_are_searched() -> None:
    """Each side cares more for five of ten issues; to give each its five is good for both."""
    issues = [issue(f"i{k}", *(f"o{j}" for j in range(6))) for k in range(10)]
    names = [one.id for one in issues]

    def sheet(party: str, order: list[str], own: list[str]) -> Preferences:
        rising = {f"o{j}": estimate(20 * j) for j in range(6)}
        falling = {f"o{j}": estimate(100 - 20 * j) for j in range(6)}
        return Preferences(
            party=party,
            weights={},
            scores={name: falling if name in own else rising for name in names},
            issue_rankings=(IssueRanking(order=tuple((name,) for name in order)),),
            reservation=Reservation(value=None),
        )

    north, south = sheet("North", names, names[:5]), sheet("South", names[::-1], names[5:])
    case = case_of(issues, north, south, status_quo=("o3",) * 10)
    assert verdicts(case, *["o0"] * 10) == [NECESSARILY, NECESSARILY]
    found = analyse(case, draws=64)
    assert (found.outcomes, found.complete) == (6**10, False)
    assert found.zone.verdict == NECESSARILY
    best = next(p for p in found.packages if p.acceptable == NECESSARILY)
    assert verdicts(case, *best.outcome) == [NECESSARILY, NECESSARILY]
    assert best.efficient.possibly is True
    assert best.efficient_share is None
    assert found.least_regret is not None


def test_work_may_be_stopped() -> None:
    found = analyse(river(), watch=Watch(seconds=0))
    assert found.stopped
    # What is proven stays proven; the rest says that it is open.
    assert found.zone.verdict.possibly in (True, None)


def test_progress_is_told() -> None:
    told: list[Progress] = []
    analyse(river(), watch=Watch(report=told.append))
    assert [one.stage for one in told] == [
        "drawing preferences",
        "drawing preferences",
        "who would accept what",
        "who would accept what",
        "what wastes something",
        "whether an agreement exists",
        "weighing questions",
        "what could be regretted least",
    ]


def test_somebody_must_consent() -> None:
    case = replace(river(), parties=(Party(id="North", role=Role.OBSERVER),))
    with pytest.raises(SettlementError, match="Nobody must consent"):
        analyse(case)


def test_verdicts_have_words() -> None:
    assert NECESSARILY.word == "necessarily"
    assert POSSIBLY.word == "possibly"
    assert NEVER.word == "never"
    assert Verdict(necessarily=None, possibly=True).word == "possibly or necessarily"
    assert Verdict(necessarily=None, possibly=None).word == "undecided"
    assert Verdict(necessarily=False, possibly=None).word == "undecided"
