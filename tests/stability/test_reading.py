"""What a model's file says, and what is wrong with files that say something else."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.errors import CaseError
from goodoffices.stability import Model, model_from_text
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.hypercube import Hypercube

RIVER = """
title: The river
parties: [North, {id: South, name: The South}]
actions:
  - {id: release, party: North, name: North releases water}
  - {id: close, party: South, direction: forward}
  - {id: build, party: North, direction: back}
"""


def sets(model: Model, party: int) -> list[tuple[str, list[str]]]:
    """For each state where a party can go, in labels."""
    return [
        (model.label(s), [model.label(int(t)) for t in model.graph.moves(party, s)])
        for s in model.states.tolist()
    ]


def order(model: Model, party: int) -> list[list[str]]:
    """A party's ranking, best first."""
    ranks = model.ranks[party]
    levels = sorted({int(ranks[s]) for s in model.states.tolist()}, reverse=True)
    return [[model.label(s) for s in model.states.tolist() if ranks[s] == n] for n in levels]


def faults(text: str) -> str:
    with pytest.raises(CaseError) as caught:
        model_from_text(text)
    return str(caught.value)


def test_actions_make_a_hypercube_with_bits_grouped_by_party() -> None:
    model = model_from_text(
        RIVER + "infeasible: [YYY]\npreferences: {North: indifferent, South: {statements: [close]}}"
    )
    assert isinstance(model.graph, Hypercube)
    assert model.graph.blocks == (("both", "back"), ("forward",))
    assert model.bits == (0, 2, 1)
    assert [model.pattern(s) for s in model.states.tolist()] == [
        "NNN", "YNN", "NNY", "YNY", "NYN", "YYN", "NYY",
    ]  # fmt: skip
    assert model.ranks[1].tolist() == [0, 0, 0, 0, 1, 1, 1, 0]
    assert not model.ranks[0].any()


def test_states_may_stand_for_several_settings() -> None:
    model = model_from_text(
        RIVER
        + """
states: {war: -Y-, peace: YNN, dam: NNY, both: YNY, calm: NNN}
preferences:
  North: {ranking: [dam, both, [calm, peace], war]}
  South: {ranking: [peace, [both, dam], calm, war]}
status_quo: calm
"""
    )
    assert isinstance(model.graph, Arcs)
    assert sets(model, 0) == [
        ("calm", ["peace"]),
        ("peace", ["calm"]),
        ("dam", ["calm", "peace", "both"]),
        ("both", ["calm", "peace", "dam"]),
        ("war", []),
    ]
    assert sets(model, 1)[0] == ("calm", ["war"])
    assert model.pattern(model.state("war")) == "-Y-"
    assert order(model, 1) == [["peace"], ["dam", "both"], ["calm"], ["war"]]
    assert model.label(model.status_quo or 0) == "calm"


def test_moves_may_be_forbidden_and_states_absorbing() -> None:
    model = model_from_text(
        RIVER
        + """
infeasible: [--Y]
absorbing: [NYN]
forbidden_moves: [[North, NNN, YNN]]
preferences: {North: indifferent, South: indifferent}
"""
    )
    assert isinstance(model.graph, Arcs)
    assert [model.pattern(s) for s in model.states.tolist()] == ["NNN", "YNN", "NYN", "YYN"]
    assert sets(model, 0) == [("1", []), ("2", ["1"]), ("3", []), ("4", ["3"])]
    assert sets(model, 1) == [("1", ["3"]), ("2", ["4"]), ("3", []), ("4", [])]


def test_a_graph_may_be_listed() -> None:
    model = model_from_text(
        """
title: Talks
parties: [North, South]
states: [talks, war, truce]
moves:
  North: [[talks, war], [war, truce]]
  South: [[war, talks]]
preferences:
  North: {better: [[talks, war], [truce, war]], strong: [[talks, war]], fixed: [[truce, war]]}
  South:
    ranking: [talks, truce, war]
    unknown: [[truce, war]]
    probabilities: [{prefers: talks, to: truce, probability: 0.7}]
"""
    )
    assert sets(model, 0) == [("talks", ["war"]), ("war", ["truce"]), ("truce", [])]
    north, south = model.orderings
    assert north.ranks.tolist() == [1, 0, 1]
    assert north.unknown == {(0, 2)}
    assert (north.strong, north.fixed) == ({(0, 1)}, {(2, 1)})
    assert south.unknown == {(2, 1)}
    assert dict(south.probabilities) == {(0, 2): 0.7}


def test_listed_moves_may_have_actions_that_describe_the_states() -> None:
    model = model_from_text(
        RIVER
        + """
states: {calm: N--, flood: Y--}
moves: {North: [[calm, flood]]}
preferences: {North: {statements: [-release]}, South: indifferent}
status_quo: calm
"""
    )
    assert isinstance(model.graph, Arcs)
    assert sets(model, 0) == [("calm", ["flood"]), ("flood", [])]
    assert [model.pattern(s) for s in model.states.tolist()] == ["N--", "Y--"]
    assert order(model, 0) == [["calm"], ["flood"]]


def test_all_faults_come_together() -> None:
    assert faults(
        """
title: The river
parties: [North, South]
actions:
  - {id: release, party: Nroth}
  - {id: close, party: South, direction: up}
  - {id: iff, party: South}
  - {id: YN, party: South}
  - {id: two words, party: South}
preferences: {North: indifferent}
statusquo: 1
"""
    ) == (
        "model.yaml:5, actions.release.party: 'Nroth' is not a party of this model. "
        "Did you mean 'North'?\n"
        "model.yaml:6, actions.close.direction: 'up' is not a direction. "
        "Directions: both, forward, back.\n"
        "model.yaml:7, actions.iff: 'iff' joins statements and cannot be the id of an action.\n"
        "model.yaml:8, actions.YN: The id 'YN' could be taken for a pattern. Choose another.\n"
        "model.yaml:9, actions.two words: 'two words' cannot stand in statements. Use up to 100 "
        "letters, digits, _ and - as the id, beginning with a letter or digit, and put the rest "
        "under 'name'.\n"
        "model.yaml:11: 'statusquo' is not a key here. Did you mean 'status_quo'?"
    )


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        ("infeasible: [Y--, N--]", "infeasible: These patterns leave no state: every setting"),
        ("infeasible: [YY]", "infeasible[1]: The pattern 'YY' has 2 signs; it takes 3, one for"),
        ("infeasible: [{relase: yes}]", "'relase' is not an action of this model. Did you mean"),
        ("infeasible: [{release: perhaps}]", "Found 'perhaps' where yes or no belongs."),
        ("states: {a: YYY, b: Y--}", "states.b: 'b' and 'a' share a setting of the actions."),
        ("states: {a: YYY}\ninfeasible: [YY-]", "'YYY' is not feasible, so 'a' names no state."),
        ("states: {2: NNN}", "The label 2 also is the place of a state that has no label."),
        ("states: {YNN: NNN}", "The label 'YNN' could be taken for a pattern."),
        ("status_quo: 9", "status_quo: '9' is not a state of this model. States: 1, 2, 3, 4, 5"),
        ("status_quo: YY-", "'YY-' leaves actions open. Name one state: put Y or N for each."),
        ("status_quo: YYY\ninfeasible: [YYY]", "'YYY' is not feasible in this model."),
        ("forbidden_moves: [[North, 1]]", "A forbidden move is [party, from, to]; this list has 2"),
    ],
)
def test_faults_of_graphs(rest: str, sentence: str) -> None:
    found = faults(f"{RIVER}{rest}\npreferences: {{North: indifferent, South: indifferent}}")
    assert sentence in found
    assert "\n" not in found


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("{ranking: [1, 2, 3, 4, 5, 6]}", "ranking: The ranking misses 2 states: 7, 8."),
        ("{ranking: [1, 2, [3, 1], 4, 5, 6]}", "ranking[3][2]: 1 is ranked twice."),
        ("{ranking: [nowhere]}", "ranking[1]: 'nowhere' is not a state of this model."),
        ("{statements: []}", "The list is empty. Write 'indifferent' for a party that wants"),
        ("{ranking: [1], better: []}", "found 'ranking', 'better'."),
        ("{}", "One of 'ranking', 'statements' and 'better' belongs here; found none."),
        (
            "{better: [[1, 2], [2, 3, 4], [4, 1]]}",
            "better: This goes in a circle: 1 over 2, 2 over 3, 3 over 4, 4 over 1. "
            "Which of these does the party mean?",
        ),
        (
            "{better: [[1, 2], [[2, 3], 4], [3, 1]]}",
            "This goes in a circle: 1 over 2, 2 as good as 3, 3 over 1.",
        ),
        (
            "{better: [[1, 2]], strong: [[2, 1]]}",
            "2 stands here as better than 1, and what is said above says the opposite.",
        ),
        (
            "{better: [[1, 2]], probabilities: [{prefers: 1, to: 3, probability: 1.5}]}",
            "A probability lies between 0 and 1.",
        ),
    ],
)
def test_faults_of_preferences(said: str, sentence: str) -> None:
    found = faults(f"{RIVER}preferences:\n  North: {said}\n  South: indifferent\n")
    assert sentence in found


def test_a_statement_that_does_not_parse_is_underlined() -> None:
    text = RIVER + "preferences: {North: {statements: [relase and close]}, South: indifferent}"
    assert faults(text) == (
        "model.yaml:8, preferences.North.statements[1]: 'relase' is not an action of this model.\n"
        "    relase and close\n"
        "    ^^^^^^"
    )


def test_too_many_actions_are_refused_with_what_they_would_need() -> None:
    actions = "".join(f"  - {{id: a{n}, party: North}}\n" for n in range(24))
    assert "24 actions make 16,777,216 settings, which would take about" in faults(
        f"title: t\nparties: [North]\nactions:\n{actions}preferences: {{North: indifferent}}"
    )


def test_a_party_without_preferences_is_asked_for() -> None:
    assert faults(RIVER + "preferences: {North: indifferent}") == (
        "model.yaml:8, preferences: South has no preferences. Give a ranking or statements, or "
        "write 'South: indifferent'."
    )


def test_the_largest_models_are_read() -> None:
    actions = "".join(f"  - {{id: a{n}, party: {'NS'[n % 2]}orth}}\n" for n in range(20))
    model = model_from_text(
        f"title: t\nparties: [North, Sorth]\nactions:\n{actions}"
        "preferences: {North: {statements: [a0 and a1, a19]}, Sorth: indifferent}\n"
        "infeasible: [{a0: yes, a2: no}]"
    )
    assert len(model.states) == 3 * 2**18
    assert np.unique(model.ranks[0]).tolist() == [0, 1, 2, 3]
