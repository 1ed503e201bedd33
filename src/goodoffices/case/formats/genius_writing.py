"""Writing of GENIUS folders.

Where all preferences are additive, profiles are: evaluations in whole numbers, and weights that
make up for the division by the largest evaluation. GENIUS has no interactions but those of its
non-linear profiles, in which all issues are integers; where a case has any, every profile is
written that way, scores as rectangles on one issue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby, product
from math import gcd, lcm
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from goodoffices.case.formats.draft import ROUNDING
from goodoffices.case.formats.leftovers import (
    Decimals,
    Exported,
    Side,
    domain_file,
    left_out,
    numbered_names,
    order_left_out,
    sides,
)
from goodoffices.case.model import Case, Issue, listed
from goodoffices.case.numbers import number_text, quoted
from goodoffices.case.statements import Condition
from goodoffices.errors import CaseError

# XML 1.0, production 2.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(case: Case) -> Exported:
    """A case as the files of a GENIUS folder.

    Raises
    ------
    CaseError
        No party has exact preferences, or a name has a character that XML cannot hold.
    """
    notes: list[str] = []
    exported = sides(case, notes)
    decimals = Decimals()
    if any(side.sheet.interactions for side in exported):
        kinds = dict.fromkeys((issue.id for issue in case.issues), "integer")
        profiles = [_nonlinear(case, side, decimals) for side in exported]
        notes.extend(_numbering(case))
        notes.append("Profiles were written as hyper-rectangles, because of interactions.")
        numbers = {issue.id: _numbers(issue) for issue in case.issues}
    else:
        kinds = {issue.id: _kind(issue, exported) for issue in case.issues}
        profiles = [_additive(case, side, kinds, decimals, notes) for side in exported]
        integers = frozenset(issue for issue, kind in kinds.items() if kind == "integer")
        notes.extend(numbered_names(case, but=integers))
        numbers = {i.id: _numbers(i) for i in case.issues if i.id in integers}
    names = [f"{side.party.id}.xml" for side in exported]
    files = {domain_file(".xml", exported): _domain(case, exported, numbers)}
    files |= dict(zip(names, profiles, strict=True))
    notes.extend(left_out(case, exported))
    notes.extend(order_left_out(case))
    return Exported(
        files={name: _text(root, name) for name, root in files.items()},
        notes=[*notes, *decimals.notes()],
    )


def _domain(
    case: Case, exported: Sequence[Side], numbers: Mapping[str, Sequence[Fraction]]
) -> Element:
    root = Element("negotiation_template")
    for side in exported:
        agent = {"name": str(side.party), "utility_space": f"{side.party.id}.xml"}
        SubElement(root, "agent", agent)
    space = SubElement(root, "utility_space", {"number_of_issues": str(len(case.issues))})
    _objective(space, case, numbers)
    return root


def _objective(
    root: Element, case: Case, numbers: Mapping[str, Sequence[Fraction]]
) -> tuple[Element, list[Element]]:
    """The objective with an element for each issue."""
    title = {"index": "0", "name": case.title, "type": "objective", "etype": "objective"}
    objective = SubElement(root, "objective", {**title, "description": ""})
    found = []
    for index, issue in enumerate(case.issues, 1):
        kind = "integer" if issue.id in numbers else "discrete"
        attributes = {"index": str(index), "name": issue.id}
        attributes |= dict.fromkeys(("type", "etype", "vtype"), kind)
        if issue.id in numbers:
            ends = numbers[issue.id]
            attributes["lowerbound"] = number_text(ends[0])
            attributes["upperbound"] = number_text(ends[-1])
        element = SubElement(objective, "issue", attributes)
        if issue.id not in numbers:
            for place, option in enumerate(issue.options, 1):
                SubElement(element, "item", {"index": str(place), "value": option.id})
        found.append(element)
    return objective, found


def _kind(issue: Issue, exported: Sequence[Side]) -> str:
    """``integer`` where whole numbers one apart have scores on a line for everybody."""
    span = issue.range
    if span is None or span.step != 1 or span.start.denominator != 1:
        return "discrete"
    for side in exported:
        scores = side.scores(issue)
        slope = scores[1] - scores[0]
        is_line = all(scores[0] + k * slope == score for k, score in enumerate(scores))
        trial = Decimals()
        for value in (scores[0], slope):
            trial.text(value)
        if not is_line or trial.rounded or not 0 <= min(scores) <= max(scores) <= 1:
            return "discrete"
    return "integer"


def _additive(
    case: Case, side: Side, kinds: Mapping[str, str], decimals: Decimals, notes: list[str]
) -> Element:
    root = Element("utility_space")
    integers = {i.id: _numbers(i) for i in case.issues if kinds[i.id] == "integer"}
    objective, elements = _objective(root, case, integers)
    shift = Fraction(0)
    weights = []
    for issue, element in zip(case.issues, elements, strict=True):
        scores, weight = side.scores(issue), side.weight(issue)
        if issue.id in integers:
            line = {"slope": scores[1] - scores[0], "offset": scores[0]}
            written = {key: decimals.text(value) for key, value in line.items()}
            SubElement(element, "evaluator", {"ftype": "linear", **written})
        else:
            low = min(min(scores), Fraction(0))
            shift += weight * -low
            scores = [score - low for score in scores]
            for item, evaluation in zip(element, _whole(scores), strict=True):
                item.set("evaluation", str(evaluation))
            weight *= max(scores)
        weights.append(weight)
    for index, weight in enumerate(weights, 1):
        SubElement(objective, "weight", {"index": str(index), "value": decimals.text(weight)})
    if shift:
        notes.append(
            f"GENIUS evaluations are not negative. Those of {side.party.id} were raised; "
            "all its utilities and its reservation are higher by the same number."
        )
    reservation = side.reservation
    if reservation is None and shift:
        reservation = Fraction(0)
    _reservation(root, None if reservation is None else reservation + shift, decimals)
    if abs(sum(weights, Fraction(-1))) > ROUNDING:
        notes.append(f"The weights of {side.party.id} do not sum to 1, which GENIUS expects.")
    return root


def _whole(scores: Sequence[Fraction]) -> list[int]:
    """The smallest whole numbers in the same proportions."""
    common = lcm(*(score.denominator for score in scores))
    whole = [int(score * common) for score in scores]
    divisor = gcd(*whole) or 1
    return [number // divisor for number in whole]


def _reservation(root: Element, value: Fraction | None, decimals: Decimals) -> None:
    if value is not None:
        SubElement(root, "reservation", {"value": decimals.text(value)})


def _numbers(issue: Issue) -> list[Fraction]:
    """The integers that stand for the options in non-linear profiles."""
    span = issue.range
    if span is not None and span.step == 1 and span.start.denominator == 1:
        return list(span.values())
    return [Fraction(k) for k in range(len(issue.options))]


def _numbering(case: Case) -> list[str]:
    """Notes on options that became numbers."""
    notes = []
    for issue in case.issues:
        pairs = list(zip(_numbers(issue), issue.options, strict=True))
        if any(number_text(value) != option.id for value, option in pairs):
            shown = [f"{number_text(value)} for {quoted(option.id)}" for value, option in pairs]
            notes.append(f"Options of {quoted(issue.id)} became numbers: {listed(shown)}.")
    return notes


def _nonlinear(case: Case, side: Side, decimals: Decimals) -> Element:
    root = Element("utility_space", {"type": "nonlinear"})
    numbers = {issue.id: _numbers(issue) for issue in case.issues}
    objective, _ = _objective(root, case, numbers)
    boxes = [*_score_boxes(case, side), *_interaction_boxes(case, side)]
    whole = lcm(*(points.denominator for points, _, _ in boxes))
    largest = {"maxutility": decimals.text(Fraction(whole))}
    utility = SubElement(objective, "utility", largest)
    function = {"type": "PlainUfun", "weight": "1", "aggregation": "sum"}
    ufun = SubElement(utility, "ufun", function)
    indices = {issue.id: str(k) for k, issue in enumerate(case.issues, 1)}
    for points, tag, bounds in boxes:
        pays = {"utility": decimals.text(points * whole)}
        rectangle = SubElement(ufun, "hyperRectangle", pays)
        for issue, (first, last) in bounds.items():
            ends = numbers[issue][first], numbers[issue][last]
            bound = {"index": indices[issue], "min": number_text(ends[0])}
            SubElement(rectangle, tag, {**bound, "max": number_text(ends[1])})
    _reservation(root, side.reservation, decimals)
    return root


_Box = tuple[Fraction, str, dict[str, tuple[int, int]]]
"""Points, the kind of bounds, and for each issue the first and the last option number."""


def _score_boxes(case: Case, side: Side) -> list[_Box]:
    """Weighted scores as rectangles on one issue each."""
    boxes: list[_Box] = []
    for issue in case.issues:
        weight = side.weight(issue)
        position = 0
        for score, run in groupby(side.scores(issue)):
            length = len(list(run))
            if weight * score:
                bounds = {issue.id: (position, position + length - 1)}
                boxes.append((weight * score, "INCLUDES", bounds))
            position += length
    return boxes


def _interaction_boxes(case: Case, side: Side) -> list[_Box]:
    boxes: list[_Box] = []
    for interaction in side.sheet.interactions:
        points = interaction.add / side.sheet.scale
        unless = interaction.unless
        if unless is None:
            boxes.extend((points, "INCLUDES", b) for b in _bounds(case, interaction.when))
            continue
        without = _bounds(case, unless)
        if not interaction.when.options and len(without) == 1:
            boxes.append((points, "EXCLUDES", without[0]))
            continue
        # Points for all that meets `when`, taken back where `unless` is met as well.
        both = dict(interaction.when.options)
        for issue, allowed in unless.options.items():
            both[issue] = both.get(issue, allowed) & allowed
        boxes.extend((points, "INCLUDES", b) for b in _bounds(case, interaction.when))
        boxes.extend((-points, "INCLUDES", b) for b in _bounds(case, Condition(both)))
    return boxes


def _bounds(case: Case, condition: Condition) -> list[dict[str, tuple[int, int]]]:
    """The boxes of neighbouring options that a condition is made of."""
    runs = []
    named = [issue for issue in case.issues if issue.id in condition.options]
    for issue in named:
        allowed = condition.options[issue.id]
        places = [k for k, option in enumerate(issue.options) if option.id in allowed]
        ends = []
        for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
            group = [place for _, place in run]
            ends.append((group[0], group[-1]))
        runs.append(ends)
    ids = [issue.id for issue in named]
    return [dict(zip(ids, choice, strict=True)) for choice in product(*runs)]


def _text(root: Element, name: str) -> str:
    for element in root.iter():
        for value in element.attrib.values():
            if odd := _NOT_XML.search(value):
                raise CaseError(
                    f"{quoted(value)} holds the character U+{ord(odd[0]):04X}, "
                    f"which {name} cannot. Remove it."
                )
    indent(root)
    return tostring(root, encoding="unicode") + "\n"
