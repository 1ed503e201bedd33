"""Reading of GENIUS folders: XML files, one with the domain and one for each profile.

GENIUS is the environment of the ANAC leagues; how it reads its files is taken from its version
10 (classes ``AdditiveUtilitySpace``, ``EvaluatorDiscrete``, ``EvaluatorInteger``,
``EvaluatorReal``). Three rules are easy to get wrong: an evaluation counts as a share of the
largest evaluation of its issue; an integer is counted from the lower bound of its issue; and the
reservation value is on the scale from 0 to 1 that results.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from goodoffices.case.formats.bundle import Bundle
from goodoffices.case.formats.draft import (
    Imported,
    Sheet,
    Spellings,
    put_together,
    shown,
    spelled,
    value_of,
    values_of,
    weights_note,
)
from goodoffices.case.formats.evaluators import range_scores
from goodoffices.case.formats.genius_domain import (
    Domain,
    DomainIssue,
    bound,
    kind_of,
    read_domain,
)
from goodoffices.case.formats.markup import Element
from goodoffices.case.formats.rectangles import rectangles
from goodoffices.case.model import Issue
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError

# Below this, GENIUS counts the largest evaluation of an issue as none, and every value as 0.
_NO_EVALUATION = Fraction(1, 100_000)
_GENERIC_TITLES = ("", "root", "objective", "domain")


def is_recognised(bundle: Bundle) -> bool:
    """Whether any file is a GENIUS domain or profile."""
    return any(_is_domain(r) or _is_profile(r) for r in bundle.xml().roots.values())


def read(bundle: Bundle) -> Imported:
    """The case of a GENIUS folder.

    Raises
    ------
    CaseError
        All faults of the folder's XML files.
    """
    parsed = bundle.xml()
    notes = list(parsed.notes)
    profiles = {name: root for name, root in parsed.roots.items() if _is_profile(root)}
    domains = {name: root for name, root in parsed.roots.items() if _is_domain(root)}
    for name, root in parsed.roots.items():
        if name not in profiles and name not in domains:
            notes.append(f"{name} holds <{root.tag}>, which is no part of a case. It was not read.")
    parsed.faults.stop_if_any()
    domain = _domain(bundle, domains, profiles, notes)
    parsed.faults.stop_if_any()
    sheets = [_sheet(name, root, domain, notes) for name, root in profiles.items()]
    parsed.faults.stop_if_any()
    title = bundle.title if domain.title.lower() in _GENERIC_TITLES else domain.title
    return put_together(title, [i.issue for i in domain.issues], sheets, notes)


def _is_domain(root: Element) -> bool:
    if root.tag == "negotiation_template":
        return root.has("issue")
    return root.tag in ("utility_space", "domain") and root.has("issue") and not _values(root)


def _is_profile(root: Element) -> bool:
    return root.tag == "utility_space" and _values(root)


def _values(root: Element) -> bool:
    """Whether the file says what somebody wants."""
    marks = ("weight", "evaluator", "ufun", "reservation")
    return any(root.has(tag) for tag in marks) or any(
        "evaluation" in item.attributes for item in root.each("item")
    )


def _domain(
    bundle: Bundle,
    domains: Mapping[str, Element],
    profiles: Mapping[str, Element],
    notes: list[str],
) -> Domain:
    if bundle.chosen is not None and bundle.chosen in domains:
        return read_domain(bundle.chosen, domains[bundle.chosen], notes)
    if domains:
        read = [read_domain(name, root, notes) for name, root in domains.items()]
        if any(domain.issues != read[0].issues for domain in read):
            raise CaseError(
                f"'{bundle.folder}' holds more than one domain: {', '.join(domains)}. "
                "Name the file of the one to import."
            )
        return read[0]
    if not profiles:
        raise CaseError(f"'{bundle.folder}' holds no GENIUS domain and no profile.")
    name, root = next(iter(profiles.items()))
    notes.append(f"There is no domain file; the issues were read from {name}.")
    return read_domain(name, root, notes)


def _sheet(file: str, root: Element, domain: Domain, notes: list[str]) -> Sheet:
    sheet = Sheet(file=file, name=domain.names.get(file, ""))
    if root.has("ufun") or root.text("type").lower() == "nonlinear":
        issues = {i.index: i.issue for i in domain.issues}
        sheet.interactions = rectangles(root, issues, file, notes)
        sheet.weights = {issue.id: Fraction(0) for issue in issues.values()}
    else:
        matched = _matched(root, domain, file, notes)
        sheet.weights = _weights(root, domain, matched, file, notes)
        for index, element in matched.items():
            known = domain.by_index()[index]
            sheet.scores[known.issue.id] = _scores(element, known, file, notes)
        _fill(sheet, domain, notes)
        notes.extend(weights_note(sheet))
    _reservation(root, sheet, notes)
    _discount(root, file, notes)
    return sheet


def _matched(root: Element, domain: Domain, file: str, notes: list[str]) -> dict[str, Element]:
    """Index in the domain → the issue's element in a profile.

    GENIUS goes by the index. Where the values do not fit, the name is tried.
    """
    known = domain.by_index()
    names = Spellings(issue.issue.id for issue in domain.issues)
    indices = {issue.issue.id: issue.index for issue in domain.issues}
    found: dict[str, Element] = {}
    for place, element in enumerate(root.each("issue"), 1):
        index, name = element.text("index") or str(place), spelled(element.text("name"))
        named = names.find(name)
        other = indices[named] if named is not None else None
        if index in known and other in (None, index):
            choice = index
        elif index in known and _fits(element, known[index]):
            choice = index
            notes.append(
                f"{file} calls issue {index} {quoted(name)}, the domain "
                f"{quoted(known[index].issue.id)}. The index was followed, as GENIUS does."
            )
        elif other is not None:
            choice = other
            notes.append(f"{file} gives {quoted(name)} another index. The name was followed.")
        else:
            element.fault(
                f"The domain has no issue with the index {quoted(index)} "
                f"or the name {quoted(name)}."
            )
            continue
        if choice in found:
            notes.append(f"{file} gives {quoted(name)} twice. The later one counts.")
        found[choice] = element
    return found


def _fits(element: Element, known: DomainIssue) -> bool:
    options = Spellings(option.id for option in known.issue.options)
    return kind_of(element) == known.kind and all(
        options.find(item.text("value")) is not None for item in element.inner("item")
    )


def _weights(
    root: Element, domain: Domain, matched: Mapping[str, Element], file: str, notes: list[str]
) -> dict[str, Fraction]:
    # A weight refers to the profile's own index, which may not be the domain's.
    own = {
        element.text("index") or str(place): element
        for place, element in enumerate(root.each("issue"), 1)
    }
    issues = {id(element): index for index, element in matched.items()}
    objectives = {element.text("index") for element in root.each("objective")}
    weights: dict[str, Fraction] = {}
    known = domain.by_index()
    for element in root.each("weight"):
        index = element.text("index")
        value = element.number("value", "0.25")
        if value is None:
            continue
        if value < 0:
            element.fault(f"The weight is {shown(value)}. Weights are 0 or greater.")
        elif index in own and id(own[index]) in issues:
            weights[known[issues[id(own[index])]].issue.id] = value
        elif index in known and index not in own:
            weights[known[index].issue.id] = value
        elif index not in objectives or value != 1:
            notes.append(
                f"{file} gives the weight {shown(value)} to {quoted(index)}, "
                "which is no issue. It was left out, as GENIUS does."
            )
    if not weights:
        root.fault('No issue has a weight. Write <weight index="1" value="0.5"/> for each.')
    return weights


def _scores(
    element: Element, known: DomainIssue, file: str, notes: list[str]
) -> dict[str, Fraction]:
    issue = known.issue
    if known.kind == "discrete" and element.inner("item"):
        return _shares(element, issue, file, notes)
    values = values_of(issue)
    if len(values) < len(issue.options):
        element.fault(f"{quoted(issue.id)} has named values in the domain, and numbers here.")
        return {}
    lower = bound(element, "lowerbound")
    lowest = min(values.values())
    if lower is not None:
        own = lower[0].as_number(lower[1], "lowerbound")
        lowest = lowest if own is None else own
    return range_scores(element, values, lowest, known.kind)


def _shares(element: Element, issue: Issue, file: str, notes: list[str]) -> dict[str, Fraction]:
    """Evaluations as shares of the largest."""
    options = Spellings(option.id for option in issue.options)
    evaluations: dict[str, Fraction] = {}
    unknown: list[Fraction] = []
    for item in element.inner("item"):
        text = item.text("evaluation")
        if text in ("", "null"):
            continue
        value = item.as_number(text, "evaluation")
        option = options.find(item.text("value"))
        if value is None:
            continue
        if option is None:
            unknown.append(value)
            name = quoted(spelled(item.text("value")))
            notes.append(f"{file} values {name}, which {quoted(issue.id)} lacks in the domain.")
            continue
        if option in evaluations:
            notes.append(
                f"{file} values {quoted(option)} of {quoted(issue.id)} twice. "
                f"The later value, {shown(value)}, counts."
            )
        evaluations[option] = value
    _note_odd(evaluations, issue, file, notes)
    largest = max((*evaluations.values(), *unknown), default=Fraction(0))
    if largest < _NO_EVALUATION:
        notes.append(
            f"{file} values nothing in {quoted(issue.id)} above 0. "
            "Every value counts 0, as in GENIUS."
        )
        return {option.id: Fraction(0) for option in issue.options}
    return {o.id: evaluations.get(o.id, Fraction(0)) / largest for o in issue.options}


def _note_odd(
    evaluations: Mapping[str, Fraction], issue: Issue, file: str, notes: list[str]
) -> None:
    missing = [option.id for option in issue.options if option.id not in evaluations]
    if missing:
        notes.append(
            f"{file} does not value {quoted(missing[0])}"
            + (f" and {len(missing) - 1} more" if len(missing) > 1 else "")
            + f" of {quoted(issue.id)}. What is not valued counts 0."
        )
    if any(value < 0 for value in evaluations.values()):
        notes.append(f"{file} values something in {quoted(issue.id)} below 0. It was kept.")
    largest = max(evaluations.values(), default=Fraction(0))
    if _NO_EVALUATION <= largest < 1:
        notes.append(
            f"The largest evaluation of {quoted(issue.id)} in {file} is {shown(largest)}. "
            "It counts as 1 and the others in proportion. Some earlier versions of GENIUS take "
            "evaluations up to 1 as they are."
        )


def _fill(sheet: Sheet, domain: Domain, notes: list[str]) -> None:
    """Weights and scores for issues that the profile leaves out."""
    for known in domain.issues:
        issue = known.issue
        if issue.id not in sheet.weights:
            sheet.weights[issue.id] = Fraction(0)
            notes.append(f"{sheet.file} gives {quoted(issue.id)} no weight. It counts 0.")
        if not sheet.scores.get(issue.id):
            sheet.scores[issue.id] = {option.id: Fraction(0) for option in issue.options}
            if sheet.weights[issue.id]:
                notes.append(f"{sheet.file} values no option of {quoted(issue.id)}: all count 0.")


def _reservation(root: Element, sheet: Sheet, notes: list[str]) -> None:
    element = next(root.each("reservation"), None)
    if element is None:
        return
    text = element.text("value") or " ".join(element.words)
    if text.lower() in ("-inf", "-infinity"):
        notes.append(sheet.accepts_anything())
    elif text:
        sheet.reservation = element.as_number(text, "The reservation value")


def _discount(root: Element, file: str, notes: list[str]) -> None:
    element = next(root.each("discount_factor"), None)
    if element is None:
        return
    text = element.text("value") or " ".join(element.words)
    if text and value_of(text) != 1:
        notes.append(
            f"{file} discounts utility over time ({quoted(text)}). "
            "That was left out: a case says what an agreement is worth today."
        )
