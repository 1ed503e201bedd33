"""A problem taken apart into blocks of issues that do not touch one another.

Two issues belong to one block when an interaction, a constraint or a red line names both. Points
add up across blocks, and whatever is feasible in each block is feasible together. So an efficient
choice consists of efficient choices of the blocks, and a block that can be listed is one "issue"
whose "options" are its efficient choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.numbers import shown
from goodoffices.settlement.maxima import Points, Rows, add, encode, limbs_for, maxima
from goodoffices.settlement.problem import Box, Problem

# A block with more choices than this is not listed but searched (milp_frontier).
LISTED_AT_MOST = 4_000_000
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Block:
    """Issues tied together, with their undominated feasible choices.

    ``points[k]`` (parties, limbs) is the k-th undominated vector, counted from the shift of the
    block's issues; ``choices[offsets[k]:offsets[k + 1]]`` (rows, issues) all that attain it.
    """

    issues: tuple[int, ...]
    points: Points
    choices: NDArray[np.int32]
    offsets: Rows


@dataclass(frozen=True, slots=True)
class Shifted:
    """A problem's points moved so that none is negative, as sums need them.

    ``shift[party]`` added to the points of a whole choice gives the problem's own points.
    """

    problem: Problem
    shift: tuple[int, ...]
    limbs: int
    lows: tuple[tuple[int, ...], ...]
    term_low: tuple[int, ...]


class TooWide(OverflowError):
    """A party's points have too many digits to be added exactly; says which party's, and why."""

    def __init__(self, problem: Problem, party: int, width: int) -> None:
        self.party = problem.parties[party]
        unit = problem.units[party]
        super().__init__(
            f"{self.party}'s numbers have too many digits to be computed with exactly: packages "
            f"may differ by {shown(width * unit)} points, in steps of {shown(unit)}. Make its "
            "largest numbers smaller, or round weights and scores to fewer decimals."
        )


def shifted(problem: Problem) -> Shifted:
    """How far the points of a problem must be moved, and how many limbs they need.

    Raises
    ------
    TooWide
        The points need more than two limbs.
    """
    parties = range(len(problem.parties))
    lows = tuple(
        tuple(min(option[p] for option in table) for p in parties) for table in problem.tables
    )
    highs = [[max(option[p] for option in table) for p in parties] for table in problem.tables]
    term_low = tuple(
        sum(t.points for t in problem.terms if t.party == p and t.points < 0) for p in parties
    )
    term_high = [
        sum(t.points for t in problem.terms if t.party == p and t.points > 0) for p in parties
    ]
    shift = tuple(sum(low[p] for low in lows) + term_low[p] for p in parties)
    widths = [sum(high[p] for high in highs) + term_high[p] - shift[p] for p in parties]
    widest = max(parties, key=lambda p: widths[p])
    try:
        limbs = limbs_for(widths[widest])
    except OverflowError:
        raise TooWide(problem, widest, widths[widest]) from None
    return Shifted(problem, shift, limbs, lows, term_low)


def components(problem: Problem) -> list[tuple[int, ...]]:
    """The blocks as issue numbers, ascending, in the order of their first issues."""
    leader = list(range(len(problem.sizes)))

    def find(issue: int) -> int:
        while leader[issue] != issue:
            leader[issue] = leader[leader[issue]]
            issue = leader[issue]
        return issue

    for box in [term.box for term in problem.terms] + [barrier.box for barrier in problem.barriers]:
        for issue, _ in box[1:]:
            leader[find(issue)] = find(box[0][0])
    groups: dict[int, list[int]] = {}
    for issue in range(len(problem.sizes)):
        groups.setdefault(find(issue), []).append(issue)
    return sorted(map(tuple, groups.values()))


def is_listable(problem: Problem) -> bool:
    """Whether every block has few enough choices to be listed."""
    return all(
        prod(problem.sizes[issue] for issue in issues) <= LISTED_AT_MOST
        for issues in components(problem)
    )


def list_blocks(moved: Shifted) -> list[Block]:
    """Every block of a problem with its undominated feasible choices.

    A block none of whose choices is feasible has no points; then nothing is feasible.
    """
    return [_listed(moved, issues) for issues in components(moved.problem)]


def _listed(moved: Shifted, issues: tuple[int, ...]) -> Block:
    sizes = [moved.problem.sizes[issue] for issue in issues]
    first = issues[0] == 0
    parts = []
    for start in range(0, prod(sizes), _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, prod(sizes)))
        choices = np.stack(np.unravel_index(rows, sizes), axis=1).astype(np.int32)
        choices = choices[~_is_barred(moved.problem, issues, choices)]
        values = block_points(moved, issues, choices, with_empty_terms=first)
        found = maxima(values)
        parts.append((values[found.members], choices[found.members]))
    values = np.concatenate([part[0] for part in parts])
    choices = np.concatenate([part[1] for part in parts])
    found = maxima(values)
    return Block(issues, values[found.rows], choices[found.members], found.offsets)


def block_points(
    moved: Shifted, issues: tuple[int, ...], choices: NDArray[np.int32], *, with_empty_terms: bool
) -> Points:
    """Shifted points (rows, parties, limbs) of choices on some issues (rows, issues).

    Terms count where all their issues are among ``issues``; those on no issue at all, which every
    choice gains, where ``with_empty_terms`` is set, so that one block carries them.
    """
    problem, parties = moved.problem, range(len(moved.problem.parties))
    values = np.zeros((len(choices), len(problem.parties), moved.limbs), dtype=np.int64)
    for column, issue in enumerate(issues):
        table = [
            [option[p] - moved.lows[issue][p] for p in parties] for option in problem.tables[issue]
        ]
        values = add(values, encode(table, moved.limbs)[choices[:, column]])
    for term in problem.terms:
        inside_block = {issue for issue, _ in term.box} <= set(issues)
        if not inside_block or not (term.box or with_empty_terms):
            continue
        inside = _inside(issues, choices, term.box)
        # A loss counts as a gain on the choices that escape it; ``term_low`` sets that right.
        gaining = inside if term.points > 0 else ~inside
        gain = [[abs(term.points) if p == term.party else 0 for p in parties]]
        values[gaining] = add(values[gaining], encode(gain, moved.limbs))
    return values


def _is_barred(
    problem: Problem, issues: tuple[int, ...], choices: NDArray[np.int32]
) -> NDArray[np.bool_]:
    barred = np.zeros(len(choices), dtype=np.bool_)
    for barrier in problem.barriers:
        if {issue for issue, _ in barrier.box} <= set(issues):
            barred |= _inside(issues, choices, barrier.box)
    return barred


def _inside(issues: tuple[int, ...], choices: NDArray[np.int32], box: Box) -> NDArray[np.bool_]:
    """Which rows of choices on some issues lie in a box on those issues."""
    inside = np.ones(len(choices), dtype=np.bool_)
    for issue, options in box:
        inside &= np.isin(choices[:, issues.index(issue)], list(options))
    return inside
