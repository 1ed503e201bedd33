"""What must hold of answers under partial preferences, whatever the case."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.case.model import Case, Issue
from goodoffices.case.preferences import Comparison, IssueRanking, OptionRanking, Preferences
from goodoffices.settlement.frontier import frontier
from goodoffices.settlement.partial import PartialAnalysis, Verdict, analyse
from goodoffices.settlement.partial.linear import Linear
from goodoffices.settlement.partial.preference_set import PreferenceSet, preference_set
from goodoffices.settlement.partial.sampling import draw
from goodoffices.settlement.problem import choice_of, problem
from goodoffices.settlement.solutions import solve
from goodoffices.settlement.watch import Watch
from tests.partial_cases import (
    Statement,
    case_of,
    hidden_sheet,
    random_issues,
    sheet_saying,
    true_statements,
    utility,
)

FEW = settings(max_examples=25, deadline=None)
SEEDS = st.integers(0, 10**6)


def hidden_case(seed: int, parties: int = 2) -> tuple[Random, Case]:
    """A case whose parties have exact preferences that nobody need be told."""
    rng = Random(seed)
    issues = random_issues(rng, rng.randint(2, 3), 3)
    names = ("North", "South", "Coast")[:parties]
    return rng, case_of(issues, *(hidden_sheet(rng, name, issues) for name in names))


def partly_told(rng: Random, case: Case) -> Case:
    """The same case, of which every party tells a part."""
    sheets = []
    for sheet in case.preferences.values():
        said = true_statements(rng, sheet, case.issues)
        sheets.append(sheet_saying(sheet, said[: rng.randint(1, len(said))]))
    return case_of(case.issues, *sheets)


def everything(case: Case) -> PartialAnalysis:
    return analyse(case, draws=64, shown=10**6)


def implies(narrower: Verdict, wider: Verdict) -> bool:
    """Whether a verdict on fewer preferences fits one on more."""
    return not (wider.necessarily and narrower.necessarily is False) and not (
        wider.possibly is False and narrower.possibly
    )


@FEW
@given(SEEDS)
def test_one_more_statement_never_makes_the_impossible_possible(seed: int) -> None:
    rng, case = hidden_case(seed, parties=1)
    hidden = case.preferences["North"]
    said = true_statements(rng, hidden, case.issues)
    choices = [choice_of(case, outcome) for outcome in case.outcomes()]
    before: list[tuple[bool | None, bool | None]] = [(False, True)] * len(choices)
    for count in range(1, len(said) + 1):
        known = preference_set(told(case.issues, hidden, said[:count]), "North")
        after = [(necessary(known, c), possible(known, c)) for c in choices]
        for (was_sure, was_possible), (is_sure, is_possible) in zip(before, after, strict=True):
            assert not (was_sure and is_sure is False)
            assert not (was_possible is False and is_possible)
        before = after


def told(issues: tuple[Issue, ...], hidden: Preferences, said: list[Statement]) -> Case:
    return case_of(issues, sheet_saying(hidden, said))


def necessary(known: PreferenceSet, choice: tuple[int, ...]) -> bool | None:
    return known.polytope.is_never_negative(known.margin(choice))


def possible(known: PreferenceSet, choice: tuple[int, ...]) -> bool | None:
    margin = known.margin(choice)
    is_never_positive = known.polytope.is_never_negative(-margin)
    return True if is_never_positive is False else known.polytope.is_zero_somewhere(margin)


@FEW
@given(SEEDS)
def test_the_truth_is_among_what_is_possible(seed: int) -> None:
    rng, case = hidden_case(seed)
    found = everything(partly_told(rng, case))
    for outcome, accepted in acceptances(case).items():
        finding = next((one for one in found.packages if one.outcome == outcome), None)
        if finding is None:
            continue
        for party, truth in zip(finding.acceptance, accepted, strict=True):
            assert implies(Verdict(necessarily=truth, possibly=truth), party.verdict)
    truth = any(map(all, acceptances(case).values()))
    assert implies(Verdict(necessarily=truth, possibly=truth), found.zone.verdict)


def acceptances(case: Case) -> dict[tuple[str, ...], list[bool]]:
    """Whether each party accepts each outcome, from exact preferences."""
    found = {}
    for outcome in case.outcomes():
        found[outcome] = []
        for sheet in case.preferences.values():
            assert sheet.reservation is not None
            assert sheet.reservation.value is not None
            found[outcome].append(utility(sheet, case, outcome) >= sheet.reservation.value.low)
    return found


@FEW
@given(SEEDS)
def test_what_is_left_out_is_in_truth_no_better_than_something_shown(seed: int) -> None:
    rng, case = hidden_case(seed, parties=3)
    found = everything(partly_told(rng, case))
    accepted = [outcome for outcome, all_of in acceptances(case).items() if all(all_of)]
    in_truth_efficient = {point.outcome for point in frontier(case).points}
    shown = {one.outcome for one in found.packages}
    # Packages in play are all that are possibly acceptable and possibly efficient; a true solution
    # may still be at an edge, where it ties with another.
    for outcome in set(accepted) & in_truth_efficient - shown:
        assert any(
            all(one >= other for one, other in zip(better, worse, strict=True))
            for better in (utilities(case, o) for o in shown)
            for worse in (utilities(case, outcome),)
        )


def utilities(case: Case, outcome: tuple[str, ...]) -> list[Fraction]:
    return [utility(sheet, case, outcome) for sheet in case.preferences.values()]


@FEW
@given(SEEDS, st.integers(2, 3))
def test_exact_preferences_leave_only_plain_evaluation(seed: int, parties: int) -> None:
    _, case = hidden_case(seed, parties)
    found = everything(case)
    plain = problem(case)
    points = {
        choice_of(case, outcome): plain.points(choice_of(case, outcome))
        for outcome in case.outcomes()
    }
    accepted = [plain.is_acceptable(choice) for choice in points]
    counts = {"necessarily": sum(accepted), "never": len(accepted) - sum(accepted)}
    assert found.acceptable_counts == {word: count for word, count in counts.items() if count}
    efficient = sum(point.ties for point in frontier(case).points)
    assert found.efficient_counts.get("necessarily") == efficient
    assert set(found.efficient_counts) <= {"necessarily", "never"}
    assert found.zone.verdict == Verdict(necessarily=any(accepted), possibly=any(accepted))
    assert found.questions == ()
    assert all(reading.freedom == 0 for reading in found.readings)
    nash = {outcome for one in solve(case, ["nash"]) for outcome in one.outcomes}
    for one in found.packages:
        assert one.acceptable_share.share == 1
        assert one.nash_share is not None
        assert (one.nash_share.share == 1) is (one.outcome in nash)


@FEW
@given(SEEDS)
def test_draws_satisfy_every_statement(seed: int) -> None:
    rng, case = hidden_case(seed)
    partial = partly_told(rng, case)
    for party, sheet in partial.preferences.items():
        known = preference_set(partial, party)
        points = draw(known.polytope, 1, np.random.default_rng(seed))[:, 0]
        for point in points[:8]:
            weights = {
                i.id: at(known, w, point) for i, w in zip(case.issues, known.weights, strict=True)
            }
            values = {
                i.id: {o.id: at(known, v, point) for o, v in zip(i.options, row, strict=True)}
                for i, row in zip(case.issues, known.values, strict=True)
            }
            assert_satisfied(sheet, weights, values)


def at(known: PreferenceSet, expression: Linear, point: np.ndarray) -> float:  # type: ignore[type-arg]  # of any shape
    return float(known.polytope.vector(expression) @ point) + float(expression.constant)


NEAR = 1e-6


def assert_satisfied(
    sheet: Preferences, weights: dict[str, float], values: dict[str, dict[str, float]]
) -> None:
    """Every statement, read off the sheet anew."""
    assert abs(sum(weights.values()) - 100) < NEAR
    for issue_id, options in values.items():
        assert all(-NEAR <= value <= weights[issue_id] + NEAR for value in options.values())
    for issue_id, stated in sheet.weights.items():
        assert float(stated.low) - NEAR <= weights[issue_id] <= float(stated.high) + NEAR
    for ranking in sheet.issue_rankings:
        assert_ranked(ranking, {i: weights[i] for group in ranking.order for i in group})
    for ranking in sheet.option_rankings:
        assert_ranked(ranking, values[ranking.issue])
    for comparison in sheet.comparisons:
        gain = sum(values[i][o] for i, o in comparison.prefers.items()) - sum(
            values[i][o] for i, o in comparison.to.items()
        )
        assert gain >= -NEAR
        assert not comparison.equal or gain <= NEAR


def assert_ranked(ranking: IssueRanking | OptionRanking, worth: dict[str, float]) -> None:
    places = [[worth[one] for one in group] for group in ranking.order]
    assert all(max(group) - min(group) < NEAR for group in places)
    for k in range(len(places) - 1):
        assert min(places[k]) >= max(places[k + 1]) - NEAR


@FEW
@given(SEEDS)
def test_shares_fit_verdicts(seed: int) -> None:
    rng, case = hidden_case(seed)
    found = everything(partly_told(rng, case))
    for one in found.packages:
        for party in one.acceptance:
            assert party.share is not None
            if party.verdict.necessarily:
                assert party.share.share == 1
                assert party.share.error == 0
            if party.verdict.possibly is False:
                assert party.share.share == 0
            assert party.least <= party.most + NEAR
        assert one.efficient.possibly is not False
        assert one.efficient_share is not None
        if one.efficient.necessarily:
            assert one.efficient_share.share == 1
        if one.efficient_share.share > 0:
            assert one.efficient.possibly is True
    zone = found.zone
    assert zone.share is not None
    if zone.verdict.necessarily:
        assert zone.share.share == 1
    if not zone.verdict.possibly:
        assert zone.share.share == 0


@FEW
@given(SEEDS)
def test_every_answer_to_a_question_can_be_given(seed: int) -> None:
    """What an answer says fits on the sheet, and leaves no more open than before."""
    rng, case = hidden_case(seed)
    partial = partly_told(rng, case)
    found = everything(partial)
    for question in found.questions:
        assert abs(sum(a.share.share for a in question.answers) - 1) < 1e-9
        assert question.doubt_left < 1
        for answer in question.answers:
            assert answer.open_packages <= question.open_packages
            assert answer.regret <= question.regret + NEAR
            if answer.statement is not None:
                sheet = partial.preferences[question.party]
                added = with_statement(sheet, answer.statement)
                known = preference_set(case_of(case.issues, added), question.party)
                assert known.polytope.dimension >= 0


def with_statement(
    sheet: Preferences, said: Comparison | IssueRanking | OptionRanking
) -> Preferences:
    weights: list[Statement] = list(sheet.weights.items())
    return sheet_saying(
        sheet,
        [*weights, *sheet.issue_rankings, *sheet.option_rankings, *sheet.comparisons, said],
    )


@FEW
@given(SEEDS)
def test_no_package_has_less_regret_than_the_bound(seed: int) -> None:
    rng, case = hidden_case(seed)
    partial = partly_told(rng, case)
    found = everything(partial).least_regret
    if found is None:
        return
    assert found.proven
    for regrets in found.regrets:
        assert abs(max(one.points for one in regrets) - found.value) < NEAR
        assert all(one.points >= 0 for one in regrets)
        assert all((one.rather is None) == (one.points == 0) for one in regrets)


@FEW
@given(SEEDS, st.integers(0, 3))
def test_the_same_seed_gives_the_same_answer(seed: int, of_draws: int) -> None:
    rng, case = hidden_case(seed)
    partial = partly_told(rng, case)
    assert analyse(partial, seed=of_draws, draws=64) == analyse(partial, seed=of_draws, draws=64)


@dataclass(slots=True)
class Impatient(Watch):
    """A watch that is over when it has been looked at so many times."""

    looks: int = 0

    def is_over(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def contradict(one: Verdict, other: Verdict) -> bool:
    """Whether both settle something, and differently."""
    return any(
        a is not None and b is not None and a is not b
        for a, b in [(one.necessarily, other.necessarily), (one.possibly, other.possibly)]
    )


@FEW
@given(seed=SEEDS, looks=st.integers(0, 300), listed_at_most=st.sampled_from([0, 50_000]))
def test_what_a_stopped_analysis_says_stays_true(
    seed: int, looks: int, listed_at_most: int
) -> None:
    case = partly_told(*hidden_case(seed))
    whole = everything(case)
    watch = Impatient(looks=looks)
    stopped = analyse(case, draws=64, shown=10**6, listed_at_most=listed_at_most, watch=watch)
    assert not contradict(stopped.zone.verdict, whole.zone.verdict)
    known = {package.outcome: package for package in whole.packages}
    for package in stopped.packages:
        if package.outcome in known:
            assert not contradict(package.acceptable, known[package.outcome].acceptable)
            assert not contradict(package.efficient, known[package.outcome].efficient)
        else:  # Never acceptable or never efficient: at the time it was not known which.
            assert package.acceptable.possibly is None or package.efficient.possibly is None
