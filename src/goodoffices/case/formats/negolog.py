"""NegoLog folders: two JSON files, ``profileA.json`` and ``profileB.json``.

Each states issues, weights and values of its own; the domain is what both have in common.
``specs.json`` holds results that NegoLog computed and is no part of a case.
"""

from __future__ import annotations

from fractions import Fraction

from goodoffices.case.folder.document import Entries
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
    weights_note,
)
from goodoffices.case.formats.jsontext import Json, Literal, json_text
from goodoffices.case.formats.leftovers import (
    Decimals,
    Exported,
    left_out,
    left_out_interactions,
    numbered_names,
    order_left_out,
    sides,
)
from goodoffices.case.model import Case, Issue
from goodoffices.case.numbers import quoted
from goodoffices.errors import CaseError

_KEYS = ("issues", "issueWeights")


def is_recognised(bundle: Bundle) -> bool:
    """Whether any file is a NegoLog profile."""
    return any(_is_profile(place) for place in bundle.json().roots.values())


def read(bundle: Bundle) -> Imported:
    """The case of a NegoLog folder.

    Raises
    ------
    CaseError
        All faults of the folder's JSON files.
    """
    parsed = bundle.json()
    notes = list(parsed.notes)
    profiles = {name: place for name, place in parsed.roots.items() if _is_profile(place)}
    notes.extend(
        f"{name} is not a profile (specs.json holds results). It was not read."
        for name in parsed.roots
        if name not in profiles
    )
    parsed.faults.stop_if_any()
    if not profiles:
        raise CaseError(
            f"'{bundle.folder}' holds no NegoLog profile: a JSON file with 'issues' and "
            "'issueWeights'."
        )
    issues = _issues(next(iter(profiles.values())))
    sheets = [_sheet(name, place, issues, notes) for name, place in profiles.items()]
    parsed.faults.stop_if_any()
    return put_together(bundle.title, issues, sheets, notes)


def _is_profile(place: Place) -> bool:
    return isinstance(place.node, Entries) and all(key in place.node.values for key in _KEYS)


def _issues(place: Place) -> list[Issue]:
    """The issues as the first profile lists them."""
    inside = place.entry("issues")
    if inside is None:
        return []
    listing = list(inside.entries("a map from issues to their values"))
    issues = []
    for (key, values), name in zip(listing, ids([key for key, _ in listing], "issue"), strict=True):
        options = [option for option, _ in values.entries("a map from values to utilities")]
        if not options:
            values.fault(f"{quoted(key)} has no values. List at least one.")
        issues.append(listed_issue(name, options))
    return issues


def _sheet(file: str, place: Place, issues: list[Issue], notes: list[str]) -> Sheet:
    sheet = Sheet(file=file)
    known = {issue.id: issue for issue in issues}
    names = Spellings(known)
    values, weights = place.entry("issues"), place.entry("issueWeights")
    if values is None or weights is None:
        return sheet
    for key, inside in values.entries("a map from issues to their values"):
        name = names.find(key)
        if name is None:
            inside.fault(f"{quoted(key)} is not an issue of the other profile.")
        else:
            sheet.scores[name] = _scores(known[name], inside)
    for key, inside in weights.entries("a map from issues to weights"):
        name, weight = names.find(key), inside.number("a weight")
        if name is None:
            inside.fault(f"{quoted(key)} is not an issue. Issues: {', '.join(known)}.")
        elif weight is not None and weight < 0:
            inside.fault(f"The weight is {shown(weight)}. Weights are 0 or greater.")
        elif weight is not None:
            sheet.weights[name] = weight
    for name in known:
        if name not in sheet.weights or name not in sheet.scores:
            place.fault(f"{quoted(name)} has no weight, or no values.")
    notes.extend(weights_note(sheet))
    reservation = place.entry("reservationValue")
    if reservation is not None and not reservation.is_empty:
        sheet.reservation = reservation.number("the reservation value")
    return sheet


def _scores(issue: Issue, place: Place) -> dict[str, Fraction]:
    options = Spellings(option.id for option in issue.options)
    scores: dict[str, Fraction] = {}
    for key, inside in place.entries("a map from values to utilities"):
        option, value = options.find(key), inside.number("a utility")
        if option is None:
            inside.fault(f"{quoted(key)} is not a value of {quoted(issue.id)}.")
        elif value is not None:
            scores[option] = value
    for known in issue.options:
        if known.id not in scores:
            place.fault(f"The value {quoted(known.id)} of {quoted(issue.id)} has no utility.")
    return scores


def write(case: Case) -> Exported:
    """A case of two parties as the files of a NegoLog folder.

    Raises
    ------
    CaseError
        The parties with exact preferences are not two.
    """
    notes: list[str] = []
    exported = sides(case, notes)
    if len(exported) != 2:
        raise CaseError(
            f"NegoLog holds two parties. '{case.title}' has {len(exported)} with exact "
            f"preferences: {', '.join(side.party.id for side in exported)}."
        )
    decimals = Decimals()
    files = {}
    for letter, side in zip("AB", exported, strict=True):
        profile: dict[str, Json] = {
            "reservationValue": Literal(decimals.text(side.reservation or Fraction(0))),
            "issueWeights": {
                issue.id: Literal(decimals.text(side.weight(issue))) for issue in case.issues
            },
            "issues": {
                issue.id: {
                    option.id: Literal(decimals.text(score))
                    for option, score in zip(issue.options, side.scores(issue), strict=True)
                }
                for issue in case.issues
            },
        }
        files[f"profile{letter}.json"] = json_text(profile) + "\n"
        if str(side.party) != f"profile{letter}":
            notes.append(f"{side.party} became profile{letter}.")
    notes.extend(left_out_interactions(exported))
    notes.extend(numbered_names(case, but=frozenset()))
    notes.extend(left_out(case, exported))
    notes.append(f"The title, {quoted(case.title)}, was left out.")
    notes.extend(order_left_out(case))
    return Exported(files=files, notes=[*notes, *decimals.notes()])
