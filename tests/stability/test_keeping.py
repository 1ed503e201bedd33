"""Temptations, what would follow, and what would take them away."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.case import Case, Compliance, read, read_compliance
from goodoffices.errors import StabilityError
from goodoffices.stability import keeping_words
from goodoffices.stability.from_settlement import AfterSigning, after_signing
from goodoffices.stability.keeping import Answer, Keeping, concession, keepings
from tests.stability.test_from_settlement import NASH, random_case


@pytest.fixture(scope="module")
def aral(examples: Path) -> Case:
    return read(examples / "aral")


@pytest.fixture(scope="module")
def compliance(examples: Path, aral: Case) -> Compliance:
    found = read_compliance(examples / "aral", aral)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def after(aral: Case, compliance: Compliance) -> AfterSigning:
    return after_signing(aral, NASH, compliance)


@pytest.fixture(scope="module")
def kept(after: AfterSigning) -> dict[str, Keeping]:
    return {keeping.party.id: keeping for keeping in keepings(after)}


def test_north_stays_because_south_would_stop_paying(
    after: AfterSigning, kept: dict[str, Keeping]
) -> None:
    north = kept["North"]
    assert north.stable == ("sseq", "seq", "smr", "gmr")
    held = next(t for t in north.temptations if t.actions == ("release",))
    assert held.gain == 25
    assert held.answer == Answer(
        steps=(("South", after.model.state(_label(after, "NYNYYN"))),),
        is_wanted=True,
        is_final=True,
    )
    assert keeping_words.tempted(after, held) == (
        "The North holds the summer water back. The North would have 93 instead of 68."
    )
    assert keeping_words.followed(after, held) == (
        "The South stops paying for winter power (worth 40 instead of 15 to The South). This "
        "leaves The North with 53, where the agreement gives it 68, and it could not get out of "
        "that."
    )


def test_coast_is_tempted_and_agreeing_on_it_would_end_that(
    aral: Case, compliance: Compliance, after: AfterSigning, kept: dict[str, Keeping]
) -> None:
    coast = kept["Coast"]
    assert coast.stable == ()
    assert [(t.actions, t.gain, t.grade) for t in coast.temptations] == [
        (("team", "court"), 5, 0),
        (("team",), 10, 2),
    ]
    offered = concession(after, coast.temptations[0])
    assert offered.package == (*NASH[:5], "outside")
    assert dict(offered.changes) == {"North": -6, "South": Fraction(-3, 2), "Coast": 10}
    assert offered.would_do
    then = {
        k.party.id: k.stable for k in keepings(after_signing(aral, offered.package, compliance))
    }
    assert then["Coast"][0] == "nash"
    assert then["North"] == then["South"] == ("sseq", "seq", "smr", "gmr")
    assert keeping_words.removals(after, coast.temptations[0]) == (
        "Agree on it at once: Who checks: An outside body instead of A joint team (The North −6, "
        "The South −1.5 and The Coast +10). All could still sign that, and nobody who would keep "
        "the present package would leave it.",
        "Or see to it that this costs The Coast 5 of its points or more, by a guarantee or a "
        "deposit.",
    )


def test_what_a_constraint_rules_out_is_no_way_out(
    after: AfterSigning, kept: dict[str, Keeping]
) -> None:
    held = next(t for t in kept["North"].temptations if t.actions == ("release",))
    offered = concession(after, held)
    assert (offered.is_allowed, offered.refused_by, offered.would_do) == (False, ("South",), False)
    assert keeping_words.removals(after, held)[1] == (
        "To agree on it at once is no way out: a constraint or a red line rules that out."
    )


def _label(after: AfterSigning, pattern: str) -> str:
    model = after.model
    return next(model.label(s) for s in model.states.tolist() if model.pattern(s) == pattern)


def reached(after: AfterSigning, number: int, state: int, wanted: bool) -> set[int]:
    """Where the others can lead from a state, step by step."""
    model = after.model
    found: set[int] = set()
    todo = [state]
    while todo:
        here = todo.pop()
        for mover in range(len(model.parties)):
            for there in model.graph.moves(mover, here).tolist() if mover != number else ():
                is_better = model.ranks[mover][there] > model.ranks[mover][here]
                if there not in found and (is_better or not wanted):
                    found.add(there)
                    todo.append(there)
    return found


def random_agreements() -> Iterator[AfterSigning]:
    for seed in range(300):
        case, package, given = random_case(random.Random(seed))
        try:
            yield after_signing(case, package, given)
        except StabilityError:
            continue


def test_answers_and_verdicts_agree() -> None:
    """The weakest answer told is the one that the definitions say there is."""
    count = 0
    for after in random_agreements():
        for number, keeping in enumerate(keepings(after)):
            grades = [temptation.grade for temptation in keeping.temptations]
            assert ("nash" in keeping.stable) == (not grades)
            assert ("gmr" in keeping.stable) == (0 not in grades)
            assert ("seq" in keeping.stable) == all(grade >= 2 for grade in grades)
            assert ("sseq" in keeping.stable) == all(grade == 3 for grade in grades)
            for temptation in keeping.temptations:
                count += 1
                if temptation.answer is not None:
                    check_answer(after, number, temptation.state, temptation.answer)
    assert count > 100


def check_answer(after: AfterSigning, number: int, state: int, answer: Answer) -> None:
    model, own = after.model, after.model.ranks[number]
    here, last = state, number
    for mover, there in answer.steps:
        place = model.party(mover)
        assert place not in (number, last)
        assert there in model.graph.moves(place, here).tolist()
        if answer.is_wanted:
            assert model.ranks[place][there] > model.ranks[place][here]
        here, last = there, place
    assert own[here] <= own[after.agreed]
    escapes = [s for s in model.graph.moves(number, here).tolist() if own[s] > own[after.agreed]]
    assert answer.is_final == (not escapes)
    if not answer.is_wanted:
        wanted = reached(after, number, state, wanted=True)
        assert all(own[s] > own[after.agreed] for s in wanted)


def test_what_else_would_make_it_hold_is_true(
    after: AfterSigning, kept: dict[str, Keeping]
) -> None:
    found = tuple(kept.values())
    assert keeping_words.otherwise(after, found, 0) == ()
    court, team, mind = keeping_words.otherwise(after, found, 2)
    assert court == (
        "It would hold if this could not be done at all: The Coast has the court of arbitration "
        "order water, data and quota as agreed."
    )
    assert team == (
        "It would hold if this could not be done at all: The Coast calls in an outside body over "
        "the joint team."
    )
    assert mind.startswith("It would hold if The Coast came to like the agreement better than this")
    without_court = replace(after.compliance, guarantees=())
    then = keepings(after_signing(after.case, after.package, without_court))
    assert all("seq" in keeping.stable for keeping in then)


def test_every_verdict_has_words() -> None:
    said = {
        keeping_words.verdict(keeping).replace(str(keeping.party), "X")
        for after in random_agreements()
        for keeping in keepings(after)
    }
    assert len(said) >= 4


def test_words_are_found_for_all_random_agreements() -> None:
    for after in random_agreements():
        found = keepings(after)
        assert keeping_words.shortest(after, found, "the package")
        assert len(keeping_words.rests_on(after)) >= 3
        for number, keeping in enumerate(found):
            assert keeping_words.otherwise(after, found, number) is not None
            assert keeping_words.terms(keeping)
            for temptation in keeping.temptations:
                assert keeping_words.tempted(after, temptation)
                assert keeping_words.followed(after, temptation)
                if temptation.gain is not None:
                    assert keeping_words.removals(after, temptation)
