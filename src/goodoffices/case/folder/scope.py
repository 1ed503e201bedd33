"""What the names in a document may refer to: the issues, options and sources of the case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from math import ceil, floor

from goodoffices.case.folder.document import Entries, Word
from goodoffices.case.folder.place import Place
from goodoffices.case.model import Issue, Range
from goodoffices.case.numbers import number, number_text, quoted, shown
from goodoffices.case.statements import Citation, Condition, Estimate

# Wide spans on long ranges, repeated, could otherwise fill any memory.
MOST_OPTIONS_IN_SPANS = 3_000_000
# So could long ranges, repeated.
MOST_OPTIONS_IN_ALL = 200_000

PACKAGE = "a map from issues to options"


@dataclass(slots=True)
class Scope:
    """The names known so far.

    ``issues`` or ``sources`` is ``None`` where that part of the case could not be understood;
    names of that kind are then taken as they come, since the fault has been noted already.
    An issue is ``None`` where only its options could not be understood. ``options`` counts those of
    all issues.
    """

    issues: Mapping[str, Issue | None] | None = None
    sources: Collection[str] | None = None
    options: int = 0
    _positions: dict[str, dict[str, int]] = field(default_factory=dict)
    _spans: dict[tuple[str, int, int], frozenset[str]] = field(default_factory=dict)
    _in_spans: int = 0

    def is_issue(self, name: str, place: Place) -> bool:
        """Whether the name is an issue, as far as can be told; else a fault is noted."""
        if self.issues is None or name in self.issues:
            return True
        near = place.faults.nearest(name, self.issues, "Issues")
        place.fault(f"{quoted(name)} is not an issue of this case.{near}")
        return False

    def known(self, name: str) -> Issue | None:
        """The issue, if it was understood."""
        return self.issues.get(name) if self.issues else None

    def positions(self, issue: Issue) -> dict[str, int]:
        """Option id → its position on the issue."""
        if issue.id not in self._positions:
            self._positions[issue.id] = {o.id: k for k, o in enumerate(issue.options)}
        return self._positions[issue.id]

    def option(self, issue_name: str, place: Place) -> str | None:
        """The option named at a place, as the case spells it; ``None`` after a fault."""
        text = place.name(f"an option of {quoted(issue_name)}")
        return None if text is None else self.option_named(issue_name, text, place)

    def option_named(self, issue_name: str, text: str, place: Place) -> str | None:
        """The option of this name, as the case spells it; ``None`` after a fault."""
        issue = self.known(issue_name)
        if issue is None:
            return text
        options = self.positions(issue)
        spelled = text if issue.range is None else _respelled(text)
        if spelled in options:
            return spelled
        if issue.range is not None:
            hint = f" It runs {run(issue.range)}."
        else:
            hint = place.faults.nearest(text, options, "Options")
        place.fault(f"{quoted(text)} is not an option of {quoted(issue.id)}.{hint}")
        return None

    def condition(self, place: Place) -> Condition | None:
        """For some issues, the options that would do; ``None`` after a fault."""
        if not isinstance(place.node, Entries):
            place.expected(PACKAGE)
            return None
        options = {}
        for name, inside in place.entries(PACKAGE):
            found = self._some_options(name, inside) if self.is_issue(name, inside) else None
            if found is not None:
                options[name] = found
        return Condition(options) if len(options) == len(place.node.keys) else None

    def holds_always(self, condition: Condition) -> bool:
        """Whether every outcome meets the condition; not where its issues are not understood."""
        for name, options in condition.options.items():
            issue = self.known(name)
            if issue is None or len(options) < len(issue.options):
                return False
        return True

    def package(self, place: Place) -> dict[str, str] | None:
        """For some issues, one option each; ``None`` after a fault."""
        if not isinstance(place.node, Entries):
            place.expected(PACKAGE)
            return None
        options = {}
        for name, inside in place.entries(PACKAGE):
            option = self.option(name, inside) if self.is_issue(name, inside) else None
            if option is not None:
                options[name] = option
        return options if len(options) == len(place.node.keys) else None

    def citations(self, place: Place) -> tuple[Citation, ...]:
        """Citations of sources that the case lists."""
        found = []
        for item in place.items("a list of sources"):
            if isinstance(item.node, Word):
                where, words = item, ""
            else:
                fields = item.fields("source", "words", required=("source",))
                if "source" not in fields:
                    continue
                where = fields["source"]
                words = fields["words"].text() if "words" in fields else ""
            source = where.name("the id of a source")
            if source is not None and self._is_source(source, where):
                found.append(Citation(source=source, words=words))
        return tuple(found)

    def estimate(self, place: Place) -> Estimate | None:
        """A number or an interval, perhaps with its reason and sources; ``None`` after a fault."""
        if not isinstance(place.node, Entries):
            return interval(place)
        fields = place.fields("value", "why", "sources", required=("value",))
        why = fields["why"].text() if "why" in fields else ""
        sources = self.citations(fields["sources"]) if "sources" in fields else ()
        found = interval(fields["value"]) if "value" in fields else None
        return None if found is None else replace(found, why=why, sources=sources)

    def _is_source(self, name: str, place: Place) -> bool:
        if self.sources is None or name in self.sources:
            return True
        if not self.sources:
            hint = " The case lists no sources; add it under 'sources' in case.yaml."
        else:
            hint = place.faults.nearest(name, self.sources, "Sources")
        place.fault(f"{quoted(name)} is not a source of this case.{hint}")
        return False

    def _some_options(self, issue_name: str, place: Place) -> frozenset[str] | None:
        """One option, a list of them, or a span of a range; ``None`` after a fault."""
        if isinstance(place.node, Word):
            option = self.option(issue_name, place)
            return None if option is None else frozenset((option,))
        if isinstance(place.node, Entries):
            return self._span(issue_name, place)
        items = place.items()
        if not items:
            place.expected(f"at least one option of {quoted(issue_name)}")
            return None
        found: set[str] = set()
        for item in items:
            option = self.option(issue_name, item)
            if option is not None and option in found:
                item.fault(f"{quoted(option)} is named twice.")
            elif option is not None:
                found.add(option)
        return frozenset(found) if len(found) == len(items) else None

    def _span(self, issue_name: str, place: Place) -> frozenset[str] | None:
        ends = place.fields("from", "to")
        low, high = (ends[end].number() if end in ends else None for end in ("from", "to"))
        issue = self.known(issue_name)
        if issue is None:
            return None
        if issue.range is None:
            place.fault(f"{quoted(issue_name)} is not a range. Name its options in a list.")
            return None
        steps = issue.range
        if ("from" in ends and low is None) or ("to" in ends and high is None):
            return None
        first = 0 if low is None else max(0, ceil((low - steps.start) / steps.step))
        last = len(issue.options) - 1
        if high is not None:
            last = min(last, floor((high - steps.start) / steps.step))
        if first > last:
            place.fault(
                f"No option of {quoted(issue_name)} lies between these ends. It runs {run(steps)}."
            )
            return None
        return self._span_options(issue, first, last, place)

    def _span_options(self, issue: Issue, first: int, last: int, place: Place) -> frozenset[str]:
        key = (issue.id, first, last)
        if key not in self._spans:
            self._in_spans += last - first + 1
            if self._in_spans > MOST_OPTIONS_IN_SPANS:
                place.fault(
                    f"The spans of this case hold more than {MOST_OPTIONS_IN_SPANS:,} options. "
                    "Use wider steps."
                )
                return frozenset()
            self._spans[key] = frozenset(o.id for o in issue.options[first : last + 1])
        return self._spans[key]


def interval(place: Place) -> Estimate | None:
    """A number, or two between which it lies; ``None`` after a fault."""
    if isinstance(place.node, Word):
        exact = place.number("a number or an interval like [20, 30]")
        return None if exact is None else Estimate(exact, exact)
    ends = place.items("a number or an interval like [20, 30]")
    if len(ends) != 2:
        if not isinstance(place.node, Entries):
            place.fault(f"An interval has two ends, like [20, 30]; this has {len(ends)}.")
        return None
    low, high = ends[0].number(), ends[1].number()
    if low is None or high is None:
        return None
    if low > high:
        place.fault(
            f"The interval runs from {shown(low)} down to {shown(high)}. Write the lower end first."
        )
        return None
    return Estimate(low, high)


def run(steps: Range) -> str:
    """A range in words: ``from 0 to 60 in steps of 5``."""
    ends = (shown(value) for value in (steps.start, steps.stop, steps.step))
    return "from {} to {} in steps of {}".format(*ends)


def _respelled(text: str) -> str:
    """A number as the options of ranges are spelled; other words as they are."""
    try:
        return number_text(number(text))
    except ValueError:
        return text
