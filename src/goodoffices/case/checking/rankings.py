"""Checks of rankings and comparisons against one another and against numbers."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goodoffices.case.checking.advice import Advice
from goodoffices.case.model import Case
from goodoffices.case.numbers import quoted, shown
from goodoffices.case.preferences import Comparison, Preferences
from goodoffices.case.statements import Estimate


@dataclass(slots=True)
class _Order:
    """Who stands above or beside whom, as stated piece by piece.

    ``above[a]`` are those somebody placed directly below ``a``; ``beside[a]`` those who are its
    equals or below it.
    """

    above: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    beside: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, groups: Sequence[Sequence[str]]) -> None:
        """Add a ranking. Within a group, a ring says that all are equal."""
        for group in groups:
            for one, other in zip(group, (*group[1:], *group[:1]), strict=True):
                if one != other:
                    self.beside[one].append(other)
        # One of each group stands for it: its equals are reached through the ring.
        for higher, lower in pairwise(groups):
            self.above[higher[0]].append(lower[0])

    def circle(self) -> list[str]:
        """Names each stated to be above or beside the next, and the last above the first.

        Empty if nothing contradicts itself.
        """
        group = self._groups()
        for higher, lowers in self.above.items():
            for lower in lowers:
                if group[higher] == group[lower]:
                    return [higher, *self._way(lower, higher)[:-1]]
        return []

    def _below(self, name: str) -> list[str]:
        return [*self.above.get(name, ()), *self.beside.get(name, ())]

    def _groups(self) -> dict[str, int]:
        """A number for each name; alike for two if each is below or beside the other somehow.

        Strongly connected components by two depth-first passes (Kosaraju's algorithm).
        """
        above = list(dict.fromkeys([*self.above, *self.beside]))
        names = list(dict.fromkeys(n for name in above for n in (name, *self._below(name))))
        turned: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            for below in self._below(name):
                turned[below].append(name)
        group: dict[str, int] = {}
        for number, name in enumerate(reversed(_finished(names, self._below))):
            if name not in group:
                reached = _finished([name], lambda n: [m for m in turned[n] if m not in group])
                group.update(dict.fromkeys(reached, number))
        return group

    def _way(self, start: str, goal: str) -> list[str]:
        """The shortest way down from one name to another."""
        came_from = {start: start}
        queue = deque([start])
        while goal not in came_from:
            name = queue.popleft()
            for below in self._below(name):
                if below not in came_from:
                    came_from[below] = name
                    queue.append(below)
        return _steps(came_from, goal)


def _finished(starts: Sequence[str], below: Callable[[str], list[str]]) -> list[str]:
    """Names reached from the starts, in the order in which a depth-first walk leaves them."""
    seen: set[str] = set()
    left: list[str] = []
    for start in starts:
        stack = [(start, iter(below(start)))] if start not in seen else []
        seen.add(start)
        while stack:
            name, rest = stack[-1]
            following = next((n for n in rest if n not in seen), None)
            if following is None:
                left.append(name)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(below(following))))
    return left


def _steps(came_from: Mapping[str, str], goal: str) -> list[str]:
    way = [goal]
    while came_from[way[-1]] != way[-1]:
        way.append(came_from[way[-1]])
    return way[::-1]


def circles(case: Case) -> Iterator[Advice]:
    """``case.W126``"""
    for sheet in case.preferences.values():
        for what, order in _orders(sheet):
            circle = order.circle()
            if circle:
                names = ", ".join(map(quoted, [*circle, circle[0]]))
                yield Advice(
                    "case.W126",
                    f"preferences.{sheet.party}.rankings",
                    f"{sheet.party}'s rankings of {what} go in a circle: {names}. "
                    "Which of them holds?",
                )


def against_numbers(case: Case) -> Iterator[Advice]:
    """``case.W127``"""
    for sheet in case.preferences.values():
        for what, groups, numbers in _ranked_numbers(sheet):
            for higher, lower in _contradictions(groups, numbers):
                yield Advice(
                    "case.W127",
                    f"preferences.{sheet.party}.rankings",
                    f"{sheet.party} ranks {quoted(higher)} no lower than {quoted(lower)}, but "
                    f"gives them {what} of {_shown(numbers[higher])} and "
                    f"{_shown(numbers[lower])}. Which holds?",
                )


def _contradictions(
    groups: Sequence[Sequence[str]], numbers: Mapping[str, Estimate]
) -> Iterator[tuple[str, str]]:
    """Names, the first ranked at least as high as the second, with numbers the other way round.

    Of each group, and of each group with the next, the worst contradiction.
    """
    known = [[name for name in group if name in numbers] for group in groups]
    for higher, lower in [*((group, group) for group in known), *pairwise(known)]:
        if higher and lower:
            weakest = min(higher, key=lambda name: numbers[name].high)
            strongest = max(lower, key=lambda name: numbers[name].low)
            if numbers[weakest].high < numbers[strongest].low:
                yield weakest, strongest


def _orders(sheet: Preferences) -> Iterator[tuple[str, _Order]]:
    """What the sheet orders, and how: its issues, then the options of each issue."""
    issues = _Order()
    for ranking in sheet.issue_rankings:
        issues.add(ranking.order)
    yield "issues", issues
    options: defaultdict[str, _Order] = defaultdict(_Order)
    for by_option in sheet.option_rankings:
        options[by_option.issue].add(by_option.order)
    for comparison in sheet.comparisons:
        if len(comparison.prefers) == 1:
            _add_comparison(options, comparison)
    for issue, order in options.items():
        yield f"the options of {quoted(issue)}", order


def _add_comparison(options: Mapping[str, _Order], comparison: Comparison) -> None:
    """A comparison on one issue says which of its options is at least as good."""
    for issue, better in comparison.prefers.items():
        worse = comparison.to[issue]
        options[issue].beside[better].append(worse)
        if comparison.equal:
            options[issue].beside[worse].append(better)


_Ranked = tuple[str, Sequence[Sequence[str]], Mapping[str, Estimate]]


def _ranked_numbers(sheet: Preferences) -> Iterator[_Ranked]:
    for ranking in sheet.issue_rankings:
        yield "weights", ranking.order, sheet.weights
    for by_option in sheet.option_rankings:
        yield "scores", by_option.order, sheet.scores.get(by_option.issue, {})


def _shown(value: Estimate) -> str:
    if value.is_exact:
        return shown(value.low)
    return f"{shown(value.low)} to {shown(value.high)}"
