"""Solutions of a whole case: ties, weights, empty answers, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import case_from_text, read
from goodoffices.case.model import Case
from goodoffices.errors import SettlementError
from goodoffices.settlement.frontier import frontier
from goodoffices.settlement.solutions import settle, solve
from goodoffices.settlement.watch import Watch


def case(north: str, south: str, issues: str = "[{id: land, options: [all, half, none]}]") -> Case:
    """A case of two parties with these sheets."""
    return case_from_text(
        {
            "case.yaml": f"title: Land\nparties: [North, South]\nissues: {issues}\n",
            "preferences/North.yaml": f"party: North\n{north}",
            "preferences/South.yaml": f"party: South\n{south}",
        }
    )


NORTH = "weights: {land: 100}\nscores: {land: {all: 100, half: 60, none: 0}}\n"
SOUTH = "weights: {land: 100}\nscores: {land: {all: 0, half: 60, none: 100}}\n"


def test_half_is_the_solution_of_a_symmetric_case() -> None:
    for solution in solve(case(NORTH, SOUTH)):
        assert solution.outcomes == (("half",),)
        assert solution.utilities == ((Fraction(60), Fraction(60)),)
        assert (solution.proven, solution.ties, solution.gap) == (True, 1, 0.0)


def test_the_values_are_what_the_concepts_maximise() -> None:
    values = {s.concept: s.value for s in solve(case(NORTH, SOUTH + "reservation: 20\n"))}
    assert values == {
        "nash": 60.0 * 40.0,
        "kalai-smorodinsky": 0.5,
        "kalai": 40.0,
        "egalitarian": 40.0,
        "leximin": 40.0,
        "utilitarian": 120.0,
        "maximum-nash-welfare": 2400.0,
    }


def test_all_ties_are_reported() -> None:
    issues = "[{id: land, options: [all, half, none]}, {id: flag, options: [red, blue]}]"
    indifferent = "weights: {land: 100, flag: 0}\nscores: {land: {all: 0, half: 60, none: 100}}\n"
    (nash,) = solve(case(indifferent, indifferent, issues), ["nash"])
    assert nash.outcomes == (("none", "red"), ("none", "blue"))
    assert nash.ties == 2


def test_no_agreement_is_an_answer() -> None:
    for solution in solve(case(NORTH + "reservation: 70\n", SOUTH + "reservation: 70\n")):
        assert (solution.outcomes, solution.ties, solution.proven) == ((), 0, True)
        assert solution.value is None


def test_bargaining_weights_move_the_nash_solution() -> None:
    strong = {"North": Fraction(5), "South": Fraction(1)}
    sheets = (
        "weights: {land: 100}\nscores: {land: {all: 100, half: 60, none: 0}}\n",
        "weights: {land: 100}\nscores: {land: {all: 10, half: 60, none: 100}}\n",
    )
    (plain,) = solve(case(*sheets), ["nash"])
    (weighted,) = solve(case(*sheets), ["nash"], bargaining_weights=strong)
    assert (plain.outcomes, weighted.outcomes) == ((("half",),), (("all",),))


def test_reservations_change_with_the_months() -> None:
    costly = NORTH + "reservation: {value: 70, per_month: -5}\n"
    patient = SOUTH + "reservation: 50\n"
    assert solve(case(costly, patient), ["nash"], months=Fraction(1))[0].outcomes == ()
    assert solve(case(costly, patient), ["nash"], months=Fraction(2))[0].outcomes == (("half",),)


def test_the_frontier_says_what_is_acceptable() -> None:
    found = frontier(case(NORTH + "reservation: 50\n", SOUTH))
    assert [(p.outcome, p.acceptable, p.ties) for p in found.points] == [
        (("all",), True, 1),
        (("half",), True, 1),
        (("none",), False, 1),
    ]
    assert (found.exact, found.epsilon) == (True, (Fraction(0), Fraction(0)))


def test_settle_gives_what_frontier_and_solve_give(examples: Path) -> None:
    aral = read(examples / "aral")
    answer = settle(aral)
    assert answer.frontier == frontier(aral)
    assert answer.solutions == solve(aral)


def test_stopped_work_says_so(examples: Path) -> None:
    watch = Watch()
    watch.stop()
    answer = frontier(read(examples / "aral"), watch=watch)
    assert answer.stopped


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            {"concepts": ["nsah"]},
            "'nsah' is not a solution concept. Did you mean 'nash'?",
        ),
        (
            {"bargaining_weights": {"North": Fraction(1), "Nroth": Fraction(1)}},
            "A bargaining weight is given for 'Nroth', who is not among those who must consent. "
            "Parties: North, South.",
        ),
        (
            {"bargaining_weights": {"North": Fraction(0), "South": Fraction(1)}},
            "The bargaining weight of North is 0; it must be more than 0.",
        ),
        (
            {"bargaining_weights": {"North": Fraction(1)}},
            "No bargaining weight is given for South. Give one for each of North, South.",
        ),
        (
            {"bargaining_weights": {"North": Fraction(1, 2), "South": Fraction(400)}},
            "The bargaining weights must be in a proportion of whole numbers up to 100, such as 3 "
            "to 2; these are not.",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(SettlementError) as refused:
        solve(case(NORTH, SOUTH), **arguments)  # type: ignore[arg-type] # arguments differ in kind
    assert str(refused.value) == sentence


def test_partial_preferences_are_refused_with_a_way_out() -> None:
    with pytest.raises(SettlementError) as refused:
        solve(case("weights: {land: [50, 100]}\n", SOUTH))
    assert str(refused.value) == (
        "North's preferences are partial (the weight of 'land', the scores of 'land' not known "
        "exactly). 'goodoffices solve' answers for all preferences that fit; this question needs "
        "numbers."
    )
