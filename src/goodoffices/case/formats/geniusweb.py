"""GeniusWeb folders: JSON files, one with the domain and one for each profile.

Read and written are profiles of the kind ``LinearAdditiveUtilitySpace``: every issue has a
weight, and utilities from 0 to 1 for its values or for the ends of its range. The least
acceptable is stated as a bid and not as a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from goodoffices.case.folder.document import Entries, Items
from goodoffices.case.folder.place import Place
from goodoffices.case.formats.bundle import Bundle
from goodoffices.case.formats.draft import (
    Imported,
    Sheet,
    Spellings,
    ids,
    listed_issue,
    put_together,
    shown,
    spelled,
    stepped_issue,
    value_of,
    values_of,
    weights_note,
)
from goodoffices.case.formats.jsontext import Json, Literal, json_text
from goodoffices.case.formats.leftovers import (
    Decimals,
    Exported,
    Side,
    domain_file,
    left_out,
    left_out_interactions,
    numbered_names,
    order_left_out,
    sides,
)
from goodoffices.case.model import Case, Issue
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError

_SPACE = "LinearAdditiveUtilitySpace"


def is_recognised(bundle: Bundle) -> bool:
    """Whether any file is a GeniusWeb domain or profile."""
    return any(_is_domain(p) or _is_profile(p) for p in bundle.json().roots.values())


def read(bundle: Bundle) -> Imported:
    """The case of a GeniusWeb folder.

    Raises
    ------
    CaseError
        All faults of the folder's JSON files.
    """
    parsed = bundle.json()
    notes = list(parsed.notes)
    profiles = {name: place for name, place in parsed.roots.items() if _is_profile(place)}
    for name, place in parsed.roots.items():
        if name not in profiles and not _is_domain(place):
            notes.append(f"{name} is neither a domain nor a profile. It was not read.")
    parsed.faults.stop_if_any()
    title, issues = _domain(bundle, profiles, notes)
    sheets = [_sheet(name, place, issues, notes) for name, place in profiles.items()]
    parsed.faults.stop_if_any()
    return put_together(title or bundle.title, list(issues.values()), sheets, notes)


def _is_domain(place: Place) -> bool:
    return isinstance(place.node, Entries) and "issuesValues" in place.node.values


def _is_profile(place: Place) -> bool:
    # Names of profiles begin with a capital and end in Space, Ordering or Profile.
    return isinstance(place.node, Entries) and (
        _SPACE in place.node.values
        or (
            len(place.node.values) == 1
            and next(iter(place.node.values)).endswith(("Space", "Ordering", "Profile"))
        )
    )


def _domain(
    bundle: Bundle, profiles: Mapping[str, Place], notes: list[str]
) -> tuple[str, dict[str, Issue]]:
    """The title and the issues by name, from the domain file or from the profiles."""
    roots = bundle.json().roots
    places = {name: place for name, place in roots.items() if _is_domain(place)}
    embedded = {
        name: inside
        for name, place in profiles.items()
        if (space := place.entry(_SPACE)) is not None
        and (inside := space.entry("domain")) is not None
    }
    if not places and not embedded:
        raise CaseError(
            f"'{bundle.folder}' holds no GeniusWeb domain: a JSON file with 'issuesValues'."
        )
    read = {name: _read_domain(place, notes) for name, place in (places | embedded).items()}
    bundle.json().faults.stop_if_any()
    chosen = bundle.chosen if bundle.chosen in places else next(iter(read))
    title, issues = read[chosen]
    for name, (_, others) in read.items():
        if {i: set(_options(x)) for i, x in others.items()} != {
            i: set(_options(x)) for i, x in issues.items()
        }:
            raise CaseError(
                f"{bundle.shown(name)}: its issues and values are not those of {chosen}. "
                "Put each domain into a folder of its own."
            )
    return title, issues


def _options(issue: Issue) -> tuple[str, ...]:
    return tuple(option.id for option in issue.options)


def _read_domain(place: Place, notes: list[str]) -> tuple[str, dict[str, Issue]]:
    fields = _known(place, "name", "issuesValues")
    if "issuesValues" not in fields:
        place.fault("'issuesValues' is missing.")
        return "", {}
    listing = list(fields["issuesValues"].entries("a map from issues to their values"))
    issues = {}
    for (_, inside), name in zip(listing, ids([key for key, _ in listing], "issue"), strict=True):
        issue = _issue(name, inside, notes)
        if issue is not None:
            issues[name] = issue
    return fields["name"].text() if "name" in fields else "", issues


def _known(place: Place, *keys: str) -> dict[str, Place]:
    """Some of the entries of a map; other keys are of no concern here."""
    found = {key: place.entry(key) for key in keys}
    return {key: inside for key, inside in found.items() if inside and not inside.is_empty}


def _issue(name: str, place: Place, notes: list[str]) -> Issue | None:
    fields = _known(place, "values", "range")
    if "range" in fields:
        return _range(name, fields["range"], notes)
    if "values" not in fields:
        place.expected("a map with 'values' or 'range'")
        return None
    names = [spelled(item.text()) for item in fields["values"].items()]
    if not names:
        place.fault(f"{quoted(name)} has no values. List at least one.")
        return None
    return listed_issue(name, names)


def _range(name: str, place: Place, notes: list[str]) -> Issue | None:
    """A range: a map of low, high and step, or a list of the three."""
    if isinstance(place.node, Items):
        parts = place.items()
    else:
        parts = list(_known(place, "low", "high", "step").values())
    if len(parts) != 3:
        place.fault("A range has three numbers: low, high and step.")
        return None
    low, high, step = (part.number() for part in parts)
    if low is None or high is None or step is None:
        return None
    try:
        issue = stepped_issue(name, low, high, step)
    except ValueError as fault:
        place.fault(str(fault))
        return None
    last = issue.options[-1].id
    if value_of(last) != high:
        notes.append(
            f"{quoted(name)} runs to {shown(high)}, which its steps do not meet; "
            f"{last} is the last number."
        )
    return issue


def _sheet(file: str, place: Place, issues: Mapping[str, Issue], notes: list[str]) -> Sheet:
    sheet = Sheet(file=file)
    space = place.entry(_SPACE)
    if space is None:
        kind = next(iter(getattr(place.node, "values", {})), "")
        place.fault(f"Profiles of the kind {quoted(kind)} are not read; only {_SPACE} is.")
        return sheet
    fields = _known(space, "name", "issueUtilities", "issueWeights", "reservationBid")
    for key in ("issueUtilities", "issueWeights"):
        if key not in fields:
            space.fault(f"'{key}' is missing.")
            return sheet
    sheet.name = spelled(fields["name"].text()) if "name" in fields else ""
    names = Spellings(issues)
    for key, inside in fields["issueWeights"].entries("a map from issues to weights"):
        issue = _named(key, inside, names, issues)
        weight = inside.number("a weight")
        if weight is not None and weight < 0:
            inside.fault(f"The weight is {shown(weight)}. Weights are 0 or greater.")
        elif issue is not None and weight is not None:
            sheet.weights[issue.id] = weight
    for key, inside in fields["issueUtilities"].entries("a map from issues to utilities"):
        issue = _named(key, inside, names, issues)
        if issue is not None:
            sheet.scores[issue.id] = _scores(issue, inside, file, notes)
    for name in issues:
        if name not in sheet.weights or name not in sheet.scores:
            space.fault(f"{quoted(name)} has no weight, or no utilities.")
    notes.extend(weights_note(sheet))
    if "reservationBid" in fields:
        _reservation(fields["reservationBid"], sheet, issues, notes)
    return sheet


def _named(key: str, place: Place, names: Spellings, issues: Mapping[str, Issue]) -> Issue | None:
    name = names.find(key)
    if name is None:
        place.fault(f"{quoted(key)} is not an issue. Issues: {', '.join(list(issues)[:12])}.")
        return None
    return issues[name]


def _scores(issue: Issue, place: Place, file: str, notes: list[str]) -> dict[str, Fraction]:
    kinds = {key.lower(): inside for key, inside in place.entries("a map with the utilities")}
    if "discreteutils" in kinds:
        return _discrete(issue, kinds["discreteutils"], file, notes)
    if "numberutils" in kinds:
        return _linear(issue, kinds["numberutils"])
    found = ", ".join(quoted(key) for key in list(kinds)[:3]) or "nothing"
    place.fault(f"Found {found} where 'discreteutils' or 'numberutils' belongs.")
    return {}


def _discrete(issue: Issue, place: Place, file: str, notes: list[str]) -> dict[str, Fraction]:
    options = Spellings(_options(issue))
    scores: dict[str, Fraction] = {}
    inside = place.entry("valueUtilities")
    if inside is None:
        place.fault("'valueUtilities' is missing.")
        return {}
    for key, at in inside.entries("a map from values to utilities"):
        option, value = options.find(key), at.number("a utility")
        if option is None:
            at.fault(f"{quoted(key)} is not a value of {quoted(issue.id)}.")
        elif value is not None:
            scores[option] = value
    missing = [option for option in _options(issue) if option not in scores]
    if missing:
        notes.append(
            f"{file} does not value {quoted(missing[0])}"
            + (f" and {len(missing) - 1} more" if len(missing) > 1 else "")
            + f" of {quoted(issue.id)}. GeniusWeb counts them 0."
        )
    return {option: scores.get(option, Fraction(0)) for option in _options(issue)}


def _linear(issue: Issue, place: Place) -> dict[str, Fraction]:
    """Utilities of the lowest and the highest value; linear between, 0 outside."""
    keys = ("lowValue", "lowUtility", "highValue", "highUtility")
    fields = _known(place, *keys)
    numbers = [fields[key].number() if key in fields else None for key in keys]
    low, low_utility, high, high_utility = numbers
    if low is None or high is None or low_utility is None or high_utility is None:
        place.fault(f"Number utilities state {', '.join(keys)}.")
        return {}
    values = values_of(issue)
    if len(values) < len(issue.options) or low >= high:
        place.fault(f"{quoted(issue.id)} needs numbers from a lowValue up to a highValue.")
        return {}
    slope = (high_utility - low_utility) / (high - low)
    return {
        option: low_utility + slope * (value - low) if low <= value <= high else Fraction(0)
        for option, value in values.items()
    }


def _reservation(place: Place, sheet: Sheet, issues: Mapping[str, Issue], notes: list[str]) -> None:
    """The utility of the reservation bid. An issue that the bid leaves out counts 0."""
    inside = place.entry("issuevalues") or place.entry("issueValues")
    if inside is None:
        place.fault("A bid states 'issuevalues'.")
        return
    names = Spellings(issues)
    total = Fraction(0)
    for key, at in inside.entries("a map from issues to values"):
        issue = _named(key, at, names, issues)
        if issue is None:
            continue
        option = Spellings(_options(issue)).find(at.text())
        if option is None:
            at.fault(f"{quoted(at.text())} is not a value of {quoted(issue.id)}.")
        elif option in sheet.scores.get(issue.id, {}) and issue.id in sheet.weights:
            total += sheet.weights[issue.id] * sheet.scores[issue.id][option]
    sheet.reservation = total
    notes.append(
        f"{sheet.file} states the least acceptable as a bid. Its utility, "
        f"{shown(total)}, became the reservation value."
    )


def write(case: Case) -> Exported:
    """A case as the files of a GeniusWeb folder.

    Raises
    ------
    CaseError
        No party has exact preferences.
    """
    notes: list[str] = []
    exported = sides(case, notes)
    decimals = Decimals()
    lines = frozenset(i.id for i in case.issues if _is_line(i, exported))
    domain: dict[str, Json] = {
        "name": case.title,
        "issuesValues": {
            issue.id: _written_values(issue, lines, decimals) for issue in case.issues
        },
    }
    files = {domain_file(".json", exported): json_text(domain) + "\n"}
    for side in exported:
        profile = _written_profile(case, side, lines, decimals, notes)
        files[f"{side.party.id}.json"] = json_text({_SPACE: {**profile, "domain": domain}}) + "\n"
    notes.extend(left_out_interactions(exported))
    notes.extend(numbered_names(case, but=lines))
    notes.extend(left_out(case, exported))
    notes.extend(order_left_out(case))
    return Exported(files=files, notes=[*notes, *decimals.notes()])


def _is_line(issue: Issue, exported: Sequence[Side]) -> bool:
    """Whether an issue is a range along which everybody's scores are on a line."""
    if issue.range is None:
        return False
    every = [side.scores(issue) for side in exported]
    last = len(issue.options) - 1
    return all(
        score == scores[0] + (scores[-1] - scores[0]) * k / last
        for scores in every
        for k, score in enumerate(scores)
    )


def _written_values(issue: Issue, lines: frozenset[str], decimals: Decimals) -> Json:
    if issue.range is None or issue.id not in lines:
        return {"values": [option.id for option in issue.options]}
    span = {"low": issue.range.start, "high": issue.range.stop, "step": issue.range.step}
    return {"range": {key: Literal(decimals.text(value)) for key, value in span.items()}}


def _written_profile(
    case: Case, side: Side, lines: frozenset[str], decimals: Decimals, notes: list[str]
) -> dict[str, Json]:
    utilities: dict[str, Json] = {}
    weights: dict[str, Json] = {}
    for issue in case.issues:
        scores = [Literal(decimals.text(score)) for score in side.scores(issue)]
        if issue.range is not None and issue.id in lines:
            ends = (issue.range.start, issue.range.stop)
            low, high = (Literal(decimals.text(end)) for end in ends)
            numbers = {"lowValue": low, "lowUtility": scores[0]}
            numbers |= {"highValue": high, "highUtility": scores[-1]}
            utilities[issue.id] = {"numberutils": numbers}
        else:
            table = dict(zip(_options(issue), scores, strict=True))
            utilities[issue.id] = {"discreteutils": {"valueUtilities": table}}
        weights[issue.id] = Literal(decimals.text(side.weight(issue)))
    profile: dict[str, Json] = {
        "name": str(side.party),
        "issueUtilities": utilities,
        "issueWeights": weights,
    }
    stated = side.sheet.reservation
    if stated is not None and stated.value is None and case.status_quo is not None:
        profile["reservationBid"] = {"issuevalues": case.named(case.status_quo)}
    elif side.reservation is not None:
        notes.append(
            f"{side.party.id}'s reservation value was left out: GeniusWeb states it as a bid."
        )
    if sum(side.weight(issue) for issue in case.issues) != 1:
        notes.append(
            f"The weights of {side.party.id} do not sum to 1. GeniusWeb itself refuses them."
        )
    return profile
