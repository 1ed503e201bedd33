"""Reading of GENIUS hyper-rectangles: points for outcomes whose numbers lie within bounds.

A rectangle of INCLUDES bounds pays when all of them hold, both ends included; a rectangle of
EXCLUDES bounds pays when at least one does not. Utility is the sum of what pays, as a share of
``maxutility`` (GENIUS class ``NonlinearUtilitySpace``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from goodoffices.case.formats.draft import shown, values_of
from goodoffices.case.formats.markup import Element
from goodoffices.case.model import Issue
from goodoffices.case.numbers import quoted
from goodoffices.case.preferences import Interaction
from goodoffices.case.statements import Condition


def rectangles(
    root: Element, issues: Mapping[str, Issue], file: str, notes: list[str]
) -> list[Interaction]:
    """The interactions of a non-linear profile; faults are noted at their places.

    Parameters
    ----------
    root
        The profile.
    issues
        Index in the domain → issue.
    file
        The profile's name in notes.
    notes
        What was decided is added here.
    """
    utility = next(root.each("utility"), None)
    if utility is None:
        root.fault('A non-linear profile states <utility maxutility="...">; it is missing.')
        return []
    largest = utility.number("maxutility", "1000")
    if largest is not None and largest <= 0:
        utility.fault(f"maxutility is {shown(largest)}. It must be greater than 0.")
        return []
    if any(root.has(tag) for tag in ("weight", "evaluator")):
        notes.append(f"{file} is non-linear. Its weights and evaluators were left out.")
    reader = _Reader(issues, file, notes)
    for function in utility.inner("ufun"):
        reader.function(function, Fraction(1))
    if largest is None:
        return []
    if reader.never:
        notes.append(
            f"Rectangles of {file} that pay for no outcome at all were left out: {reader.never}."
        )
    above = sum((max(i.add, Fraction(0)) for i in reader.found), Fraction(0))
    if above > largest:
        notes.append(
            f"In {file} combinations of options may together be worth more than its maxutility, "
            f"{shown(largest)}. GENIUS would count no more than that; here all of it counts."
        )
    return [Interaction(when=i.when, unless=i.unless, add=i.add / largest) for i in reader.found]


class _Reader:
    """Collects interactions in raw points, function by function."""

    def __init__(self, issues: Mapping[str, Issue], file: str, notes: list[str]) -> None:
        self.issues = issues
        self.numbers = {index: values_of(issue) for index, issue in issues.items()}
        self.file = file
        self.notes = notes
        self.found: list[Interaction] = []
        self.never = 0

    def function(self, element: Element, weight: Fraction) -> None:
        """One <ufun>, with those inside."""
        aggregation = element.text("aggregation").lower() or "sum"
        if aggregation != "sum":
            element.fault(f"The aggregation {quoted(aggregation)} is not supported; only 'sum' is.")
        weight *= self._weight(element)
        for rectangle in element.inner("hyperrectangle"):
            points = rectangle.number("utility", "50")
            if points is not None:
                self._rectangle(rectangle, points * weight * self._weight(rectangle))
        for inner in element.inner("ufun"):
            self.function(inner, weight)

    def _weight(self, element: Element) -> Fraction:
        if "weight" not in element.attributes:
            return Fraction(1)
        return element.number("weight", "1") or Fraction(0)

    def _rectangle(self, element: Element, points: Fraction) -> None:
        inside = self._bounds(element.inner("includes"))
        outside = self._bounds(element.inner("excludes"))
        if inside is None or outside is None:
            return
        if inside and outside:
            self.notes.append(
                f"A rectangle of {self.file} has INCLUDES and EXCLUDES bounds. It pays when all "
                "INCLUDES hold and not all EXCLUDES; GENIUS reads only the EXCLUDES."
            )
        if not all(inside.values()):
            self.never += 1
            return
        when = self._condition(inside)
        if not element.inner("excludes") or not all(outside.values()):
            # EXCLUDES bounds that never hold are always violated.
            self.found.append(Interaction(when=when, add=points))
            return
        unless = self._condition(outside)
        if unless.options:
            self.found.append(Interaction(when=when, unless=unless, add=points))
        else:
            # EXCLUDES bounds that always hold are never violated.
            self.never += 1

    def _bounds(self, elements: Iterable[Element]) -> dict[str, frozenset[str]] | None:
        """Index → the options that all bounds on it allow; ``None`` after a fault."""
        found: dict[str, frozenset[str]] = {}
        for element in elements:
            index = element.text("index")
            low, high = element.number("min", "0"), element.number("max", "9")
            if index not in self.issues:
                element.fault(
                    f"The domain has no issue with the index {quoted(index)}. "
                    f"Indices: {', '.join(list(self.issues)[:12])}."
                )
                return None
            numbers = self.numbers[index]
            if len(numbers) < len(self.issues[index].options):
                element.fault(
                    f"{quoted(self.issues[index].id)} has named values. Bounds need numbers."
                )
                return None
            if low is None or high is None:
                return None
            allowed = frozenset(o for o, value in numbers.items() if low <= value <= high)
            found[index] = found.get(index, allowed) & allowed
        return found

    def _condition(self, bounds: Mapping[str, frozenset[str]]) -> Condition:
        """Bounds as a condition, without those that hold everywhere."""
        return Condition(
            {
                self.issues[index].id: allowed
                for index, allowed in bounds.items()
                if len(allowed) < len(self.issues[index].options)
            }
        )
