"""What is written says what the model says, and comments stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from goodoffices.case import Party
from goodoffices.errors import CaseError
from goodoffices.stability import (
    Action,
    Model,
    Ordering,
    model_from_text,
    model_text,
    read_model,
    write_model,
)
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.hypercube import Hypercube
from goodoffices.stability.patterns import covering, subcube
from goodoffices.stability.writing import says_the_same
from tests.fuzzing import amount
from tests.graphs import listed, random_case


def random_model(rng: Random, number: int) -> Model:
    """A model of any kind: hypercubes, the same move by move, and graphs with no actions."""
    graph, ranks = random_case(rng, number)
    parties = tuple(Party(id=f"P{n}") for n in range(graph.parties))
    actions: tuple[Action, ...] = ()
    patterns: dict[int, str] = {}
    if isinstance(graph, Hypercube):
        actions = tuple(
            Action(id=f"a{party}{n}", party=f"P{party}", direction=direction, undone="not so")
            for party, block in enumerate(graph.blocks)
            for n, direction in enumerate(block)
        )
        if rng.random() < 0.5:
            # Those of a party stay in the order of their bits.
            owners = rng.sample([action.party for action in actions], len(actions))
            left = {party.id: [a for a in actions if a.party == party.id] for party in parties}
            actions = tuple(left[owner].pop(0) for owner in owners)
    states = graph.states().tolist()
    model = Model(
        title="A model",
        about=rng.choice(["", "a: b # c"]),
        parties=parties,
        actions=actions,
        graph=graph,
        orderings=(),
        patterns=patterns,
        status_quo=rng.choice([None, *states]),
    )
    orderings = []
    for party, own in enumerate(ranks):
        pairs = [tuple(rng.sample(states, 2)) for _ in range(3)] if len(states) > 1 else []
        better = frozenset((a, b) for a, b in pairs if own[a] > own[b])
        some = better if rng.random() < 0.5 else frozenset()
        unknown = frozenset(pairs[:1]) - better if rng.random() < 0.5 else frozenset()
        orderings.append(
            Ordering(
                ranks=own,
                unknown=unknown,
                strong=some,
                fixed=some,
                probabilities={pairs[0]: rng.random()} if pairs and party else {},
            )
        )
    return replace(model, orderings=tuple(orderings))


def test_random_models_are_read_back_as_they_are() -> None:
    rng = Random(3)
    for number in range(amount(200)):
        model = random_model(rng, number)
        assert says_the_same(model_from_text(model_text(model)), model)


def test_graphs_with_fewer_moves_are_written_as_restrictions() -> None:
    rng = Random(4)
    forms = set()
    for number in range(0, amount(200), 4):
        cube = random_model(rng, number)
        assert isinstance(cube.graph, Hypercube)
        place = {s: n for n, s in enumerate(cube.states.tolist())}
        full = listed(cube.graph)
        moves = [
            [
                (place[s], place[int(t)])
                for s in place
                for t in full.moves(party, s)
                if rng.random() > 0.1
            ]
            for party in range(cube.graph.parties)
        ]
        model = replace(
            cube,
            graph=Arcs.of(len(place), moves),
            patterns={n: cube.pattern(s) for s, n in place.items()},
            orderings=tuple(Ordering(ranks=o.ranks[cube.states]) for o in cube.orderings),
            status_quo=None,
        )
        text = model_text(model)
        dropped = any(
            len(full.moves(party, s)) != len(model.graph.moves(party, n))
            for party in range(cube.graph.parties)
            for s, n in place.items()
        )
        # A hypercube whole, but kept move by move, stays a list of moves.
        forms.add(("\nmoves:" in text, dropped))
        assert says_the_same(model_from_text(text), model)
    assert forms <= {(False, True), (True, False)}
    assert (False, True) in forms


def test_patterns_cover_exactly_what_is_infeasible() -> None:
    rng = np.random.default_rng(5)
    for _ in range(amount(200)):
        width = int(rng.integers(1, 8))
        mask = rng.random(2**width) < rng.choice([0.1, 0.5, 0.9])
        bits = tuple(rng.permutation(width).tolist())
        found = np.zeros_like(mask)
        shaped = found.reshape((2,) * width)
        for pattern in covering(mask, bits):
            shaped[subcube(pattern, bits)] = True
        assert found.tolist() == mask.tolist()


@pytest.mark.parametrize("name", ["elmira", "garrison", "syria-iraq-1975"])
def test_an_example_written_over_itself_keeps_every_character(
    name: str, examples: Path, tmp_path: Path
) -> None:
    path = tmp_path / "model.yaml"
    path.write_bytes((examples / name / "model.yaml").read_bytes())
    write_model(read_model(path), tmp_path)
    assert path.read_bytes() == (examples / name / "model.yaml").read_bytes()


def test_a_change_keeps_the_comments(examples: Path, tmp_path: Path) -> None:
    path = tmp_path / "elmira.yaml"
    path.write_bytes((examples / "elmira" / "model.yaml").read_bytes())
    model = read_model(path)
    write_model(replace(model, title="Elmira once more", status_quo=model.state("5")), path)
    text = path.read_text()
    assert "# Uniroyal does one thing at a time, and it does something." in text
    assert "infeasible: [-YY--, -Y-Y-, --YY-, -NNN-]" in text
    assert text.startswith("title: Elmira once more\n")
    assert read_model(path).status_quo == model.state("5")


def test_statements_stay_as_long_as_they_are_meant(examples: Path) -> None:
    model = read_model(examples / "syria-iraq-1975")
    syria, iraq = model.orderings
    assert "statements: [NNN, escalate" in model_text(model)
    other = replace(model, orderings=(replace(syria, ranks=iraq.ranks), iraq))
    assert "Syria: {ranking: [2, 4, 6, 1, 5, 3]}" in model_text(other)


def test_nothing_is_written_over_a_file_with_faults(examples: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text("title: [")
    with pytest.raises(CaseError, match="has faults, so nothing was written over it"):
        write_model(read_model(examples / "elmira"), path)
    assert path.read_text() == "title: ["


def test_what_a_file_cannot_say_is_refused(examples: Path) -> None:
    model = read_model(examples / "elmira")
    with pytest.raises(CaseError, match="cannot be written"):
        model_text(replace(model, title="\0"))
