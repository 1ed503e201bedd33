"""The graph models kept in ``../shared/cases/graph-model``, read here by a few lines of their own.

States are listed with their moves, and numbered as in the file; state 0 is not used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from goodoffices.case.model import Party
from goodoffices.stability.arcs import Arcs
from goodoffices.stability.model import Model, Ordering

Vector = tuple[bool, ...]


def told(shared: Path, name: str) -> dict[str, Any]:
    """What the file says."""
    path = shared / "cases" / "graph-model" / f"{name}.yaml"
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded


def fits(vector: Vector, pattern: str) -> bool:
    return all(sign in ("-", "NY"[taken]) for sign, taken in zip(pattern, vector, strict=True))


def graph_model(told: Mapping[str, Any], *, run: str = "") -> Model:
    """The model of a file, with the changes that one of its runs makes to it."""
    changes = next((r for r in told.get("runs", ()) if r["id"] == run), {})
    names = [dm["name"] for dm in told["dms"]]
    number = {
        vector: state
        for vector in product([False, True], repeat=len(told["options"]))
        if not any(fits(vector, p) for p in told.get("infeasible", ()))
        for state, pattern in told["states"].items()
        if fits(vector, pattern)
    }
    barred = {(dm, s, t) for dm, s, t in changes.get("forbidden_moves", ())}
    moves = [
        [
            (s, number[after])
            for vector, s in number.items()
            if s not in told.get("absorbing", ())
            for after in own_changes(vector, told["options"], name)
            if number.get(after, s) != s and (name, s, number[after]) not in barred
        ]
        for name in names
    ]
    size = max(number.values()) + 1
    rankings = changes.get("rankings", {dm["name"]: dm["ranking"] for dm in told["dms"]})
    return Model(
        title=told["title"],
        parties=tuple(Party(id=name) for name in names),
        graph=Arcs.of(size, moves),
        orderings=tuple(Ordering(ranks=ranks(rankings[name], size)) for name in names),
        labels={state: str(state) for state in range(size)},
    )


def own_changes(vector: Vector, options: Sequence[Mapping[str, str]], dm: str) -> list[Vector]:
    """Where a party can go by changing some of its options, one-way ones their way only."""
    free = [
        place
        for place, option in enumerate(options)
        if option["dm"] == dm
        and option.get("direction", "both") in ("both", "back" if vector[place] else "fwd")
    ]
    changes = [set(c) for k in range(1, len(free) + 1) for c in combinations(free, k)]
    return [tuple(t != (n in change) for n, t in enumerate(vector)) for change in changes]


def ranks(ranking: Sequence[int | Sequence[int]], size: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    """From best to worst, ties in lists of their own. State 0 is below all."""
    found = np.full(size, -1, dtype=np.int32)
    for place, tied in enumerate(reversed(ranking)):
        found[tied] = place
    return found
