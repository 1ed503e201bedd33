"""Smaller problems with the same answers: options that nobody tells apart, or nobody needs.

Ranges and hyper-rectangles make many options alike: seven of ten are often in the same boxes, or
in fewer good and more bad ones than another. Searching becomes easier by orders of magnitude.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TypeAlias

from goodoffices.settlement.problem import Barrier, Box, Choice, Problem, Term

_Signature: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reduced:
    """A problem with fewer options, and the options of the original behind each of them.

    ``kept[issue][option]`` are option numbers of the original, the first of them standing for all.
    """

    problem: Problem
    kept: tuple[tuple[tuple[int, ...], ...], ...]

    def original(self, choice: Choice) -> Choice:
        """The first choice of the original problem behind a choice of the reduced one."""
        return tuple(kept[j][0] for kept, j in zip(self.kept, choice, strict=True))

    def originals(self, choice: Choice) -> Iterator[Choice]:
        """All choices of the original problem behind a choice of the reduced one."""
        return product(*(kept[j] for kept, j in zip(self.kept, choice, strict=True)))

    def count(self, choice: Choice) -> int:
        """How many choices of the original problem are behind a choice of the reduced one."""
        return prod(len(kept[j]) for kept, j in zip(self.kept, choice, strict=True))


def without_twins(problem: Problem) -> Reduced:
    """The problem in which options of one issue that are alike in everything are one option.

    Every choice of the original has its counterpart, with the same points.
    """
    kept = []
    for issue, size in enumerate(problem.sizes):
        groups: dict[_Signature, list[int]] = {}
        sides = _sides(problem, issue)
        for option in range(size):
            groups.setdefault(_signature(problem, issue, option, sides), []).append(option)
        kept.append(tuple(map(tuple, groups.values())))
    return Reduced(_keeping(problem, kept), tuple(kept))


def without_dominated(problem: Problem) -> Reduced:
    """The problem without options that another option can replace at nobody's loss.

    The efficient vectors of points are those of the original. Not all choices that attain them
    are: options that were left out may be as good in some of them.
    """
    kept = list(without_twins(problem).kept)
    is_changed = True
    while is_changed:
        is_changed = False
        reachable = [{options[0] for options in groups} for groups in kept]
        for issue in range(len(kept)):
            sides = _sides(problem, issue, reachable)
            rows = [_signature(problem, issue, options[0], sides) for options in kept[issue]]
            good = _undominated(rows)
            if len(good) < len(rows):
                kept[issue] = tuple(kept[issue][k] for k in good)
                reachable[issue] = {options[0] for options in kept[issue]}
                is_changed = True
    return Reduced(_keeping(problem, kept), tuple(kept))


def _undominated(rows: Sequence[_Signature]) -> list[int]:
    """Positions of the rows that no other is at least as good as; of equal rows the first."""
    return [
        k
        for k, row in enumerate(rows)
        if not any(
            (other != row and all(map(int.__ge__, other, row))) or (other == row and n < k)
            for n, other in enumerate(rows)
        )
    ]


def _sides(
    problem: Problem, issue: int, reachable: Sequence[set[int]] | None = None
) -> list[tuple[int, frozenset[int]]]:
    """The boxes that name an issue: 1 if it is good to be inside, -1 if bad, and the options.

    Boxes that no choice of ``reachable`` options lies in are left out.
    """
    boxes = [(1 if term.points > 0 else -1, term.box) for term in problem.terms]
    boxes += [(-1, barrier.box) for barrier in problem.barriers]
    return list(
        dict.fromkeys(
            (sign, options)
            for sign, box in boxes
            if reachable is None or all(options & reachable[i] for i, options in box)
            for i, options in box
            if i == issue
        )
    )


def _signature(
    problem: Problem, issue: int, option: int, sides: Sequence[tuple[int, frozenset[int]]]
) -> _Signature:
    """All that an option is worth to anybody: more is better, number by number."""
    return (*problem.tables[issue][option], *(sign * (option in side) for sign, side in sides))


def _keeping(problem: Problem, kept: Sequence[tuple[tuple[int, ...], ...]]) -> Problem:
    terms = ((term, _renumbered(term.box, kept)) for term in problem.terms)
    barriers = ((barrier, _renumbered(barrier.box, kept)) for barrier in problem.barriers)
    return replace(
        problem,
        sizes=tuple(map(len, kept)),
        tables=tuple(
            tuple(table[options[0]] for options in groups)
            for table, groups in zip(problem.tables, kept, strict=True)
        ),
        terms=tuple(Term(t.party, t.points, box) for t, box in terms if box is not None),
        barriers=tuple(Barrier(box, b.name, b.party) for b, box in barriers if box is not None),
    )


def _renumbered(box: Box, kept: Sequence[tuple[tuple[int, ...], ...]]) -> Box | None:
    """The box in new option numbers; ``None`` if no choice is left in it."""
    found = []
    for issue, options in box:
        inside = frozenset(k for k, group in enumerate(kept[issue]) if group[0] in options)
        if not inside:
            return None
        if len(inside) < len(kept[issue]):
            found.append((issue, inside))
    return tuple(found)
