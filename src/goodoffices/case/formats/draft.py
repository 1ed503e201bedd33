"""What all readers of other formats share: names made fit for a case, and sheets put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import TypeVar

from goodoffices.case.folder.place import LONGEST_ID
from goodoffices.case.folder.public import MOST_OPTIONS, MOST_PARTIES
from goodoffices.case.folder.scope import MOST_OPTIONS_IN_ALL
from goodoffices.case.model import Case, Issue, Option, Party, Range
from goodoffices.case.numbers import number, number_text, quoted
from goodoffices.case.preferences import Interaction, Preferences, Reservation
from goodoffices.case.statements import Estimate
from goodoffices.errors import CaseError

STEPS = 100

# Files written by programs hold binary numbers; sums this near to 1 are 1 to whoever wrote them.
# Only the note is left out: what is imported is always what the file says.
ROUNDING = Fraction(1, 10**12)

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A case read from another format, and what was left out or decided in reading it."""

    case: Case
    notes: tuple[str, ...]


@dataclass(slots=True)
class Sheet:
    """One party's preferences as its file states them, on a scale from 0 to 1."""

    file: str
    name: str = ""
    weights: dict[str, Fraction] = field(default_factory=dict)
    scores: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    interactions: list[Interaction] = field(default_factory=list)
    reservation: Fraction | None = None

    def lowest(self) -> Fraction:
        """A utility that no outcome falls short of."""
        additive = sum(
            (
                weight * min(self.scores[issue].values())
                for issue, weight in self.weights.items()
                if weight and self.scores.get(issue)
            ),
            Fraction(0),
        )
        return additive + sum((min(i.add, Fraction(0)) for i in self.interactions), Fraction(0))

    def accepts_anything(self) -> str:
        """State that any agreement is better than none; gives back a note that says how."""
        lowest = self.lowest()
        if lowest < 0:
            # A case without a reservation value counts none as 0, which some outcomes are below.
            self.reservation = lowest
            return (
                f"{self.file} has no least acceptable utility. "
                "Its reservation became a utility that no outcome falls short of."
            )
        return f"{self.file} has no least acceptable utility, so no reservation was imported."


class Spellings:
    """Finds a name as a case spells it, when a file spells it a little differently."""

    def __init__(self, names: Iterable[str]) -> None:
        self._exact = {name: name for name in names}
        self._folded = _unique((name.casefold(), name) for name in self._exact)
        self._numbers = _unique(
            (value, name) for name in self._exact if (value := value_of(name)) is not None
        )

    def find(self, text: str) -> str | None:
        """The name that a text means; ``None`` if it means none, or more than one."""
        text = spelled(text)
        if text in self._exact:
            return text
        if text.casefold() in self._folded:
            return self._folded[text.casefold()]
        value = value_of(text)
        return None if value is None else self._numbers.get(value)


def value_of(text: str) -> Fraction | None:
    """The number that a text states, if it states one."""
    try:
        return number(text)
    except ValueError:
        return None


def shown(value: Fraction) -> str:
    """A number for a note: exact where that is short."""
    try:
        text = number_text(value)
    except ValueError:
        text = ""
    if text and len(text) <= 20 and "/" not in text:
        return text
    with localcontext() as context:
        context.prec = 10
        return f"about {Decimal(value.numerator) / Decimal(value.denominator):.6g}"


def spelled(text: str) -> str:
    """A name in one line, without odd characters, as an id may be written."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= LONGEST_ID else line[: LONGEST_ID - 1] + "…"


def ids(names: Sequence[str], what: str) -> list[str]:
    """A different id for each name; ``what`` is called on where there is no name."""
    found: list[str] = []
    taken: set[str] = set()
    for place, name in enumerate(names, 1):
        found.append(_free(spelled(name) or f"{what} {place}", taken))
        taken.add(found[-1])
    return found


def party_ids(names: Sequence[str]) -> list[str]:
    """Ids that can name files: letters, digits, ``_`` and ``-``, different in more than capitals.

    >>> party_ids(["Österreich", "side A.v2", "side A v2"])
    ['Osterreich', 'side-A-v2', 'side-A-v2-2']
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        base = re.sub(r"[^A-Za-z0-9_-]+", "-", ascii_name).strip("-")[:60] or "party"
        choice, count = base, 1
        while choice.casefold() in taken:
            count += 1
            choice = f"{base}-{count}"
        taken.add(choice.casefold())
        found.append(choice)
    return found


def listed_issue(name: str, values: Sequence[str], *, is_ordered: bool = False) -> Issue:
    """An issue with named options; ids are made different where they are not."""
    options = tuple(Option(id=option) for option in ids(values, "option"))
    return Issue(id=name, options=options, ordered=is_ordered)


def stepped_issue(name: str, start: Fraction, stop: Fraction, step: Fraction) -> Issue:
    """An issue whose options are numbers; the last is the last step that is not past ``stop``.

    Raises
    ------
    ValueError
        There are none, or too many; the message is a sentence.
    """
    if step <= 0:
        raise ValueError(f"The step is {number_text(step)}. It must be greater than 0.")
    if start > stop:
        raise ValueError(
            f"The numbers run from {number_text(start)} down to {number_text(stop)}. "
            "The lower end comes first."
        )
    count = floor((stop - start) / step)
    if count >= MOST_OPTIONS:
        raise ValueError(
            f"From {number_text(start)} to {number_text(stop)} there are {count + 1:,} numbers; "
            f"up to {MOST_OPTIONS:,} make an issue."
        )
    if count == 0:
        return Issue(id=name, options=(Option(id=number_text(start)),), ordered=True)
    span = Range(start=start, stop=start + count * step, step=step)
    options = tuple(Option(id=number_text(value)) for value in span.values())
    return Issue(id=name, options=options, ordered=True, range=span)


def continuous_issue(name: str, start: Fraction, stop: Fraction) -> tuple[Issue, str]:
    """An issue of all numbers between two, cut into steps; and a note that names the step.

    The step is 1, 0.1, 0.01, … by the decimals that the ends have, where that gives 10 to 1,000
    steps; else a hundredth of the whole.
    """
    step = Fraction(1, 10 ** max(_places(start), _places(stop)))
    if not 10 <= (stop - start) / step <= 1000:
        step = (stop - start) / STEPS if stop > start else Fraction(1)
    issue = stepped_issue(name, start, stop, step)
    note = (
        f"{quoted(name)} takes any number from {number_text(start)} to {number_text(stop)}. "
        f"It was cut into steps of {number_text(step)}; what lies between was left out."
    )
    return issue, note


def values_of(issue: Issue) -> dict[str, Fraction]:
    """Option id → its number, for the options that are numbers."""
    found = {option.id: value_of(option.id) for option in issue.options}
    return {option: value for option, value in found.items() if value is not None}


def separated(
    contributions: Mapping[str, Mapping[str, Fraction]], constant: Fraction
) -> tuple[dict[str, Fraction], dict[str, dict[str, Fraction]]]:
    """Weights of at least 0, and scores, that give the same sum as contributions of any sign.

    An issue's weight is how much it can change; scores run from 0 to 1, but for those of one
    issue, which also bear what is the same for every outcome.
    """
    weights: dict[str, Fraction] = {}
    scores: dict[str, dict[str, Fraction]] = {}
    rest = constant
    for issue, values in contributions.items():
        low, high = min(values.values()), max(values.values())
        weights[issue] = high - low
        scores[issue] = {
            option: (value - low) / (high - low) if high > low else Fraction(0)
            for option, value in values.items()
        }
        rest += low
    if rest:
        bearer = next((issue for issue, weight in weights.items() if weight), None)
        if bearer is None:
            bearer = next(iter(weights))
            weights[bearer] = Fraction(1)
        shift = rest / weights[bearer]
        scores[bearer] = {option: score + shift for option, score in scores[bearer].items()}
    return weights, scores


def weights_note(sheet: Sheet) -> list[str]:
    """A note if weights do not sum to 1."""
    total = sum(sheet.weights.values(), Fraction(0))
    if abs(total - 1) <= ROUNDING:
        return []
    return [f"The weights in {sheet.file} sum to {shown(total)}, not 1. They were kept."]


def put_together(
    title: str, issues: Sequence[Issue], sheets: Sequence[Sheet], notes: Iterable[str]
) -> Imported:
    """The case that issues and sheets make; all parties are principals.

    Raises
    ------
    CaseError
        There is no issue, no sheet, or more options or parties than a case may have.
    """
    if not issues:
        raise CaseError(f"'{title}' has no issue.")
    if not sheets:
        raise CaseError(f"'{title}' has issues, but no profile states a party's preferences.")
    if len(sheets) > MOST_PARTIES:
        raise CaseError(
            f"'{title}' has {len(sheets)} profiles; up to {MOST_PARTIES} parties are read. "
            "Put those that negotiate with each other into a folder of their own."
        )
    total = sum(len(issue.options) for issue in issues)
    if total > MOST_OPTIONS_IN_ALL:
        raise CaseError(
            f"The issues of '{title}' have {total:,} options together; "
            f"up to {MOST_OPTIONS_IN_ALL:,} are read."
        )
    stems = [sheet.file.rpartition(".")[0] for sheet in sheets]
    parties = tuple(
        Party(id=party, name=spelled(sheet.name or stem) if (sheet.name or stem) != party else "")
        for party, sheet, stem in zip(party_ids(stems), sheets, stems, strict=True)
    )
    preferences = {
        party.id: _preferences(party.id, sheet)
        for party, sheet in zip(parties, sheets, strict=True)
    }
    case = Case(
        title=spelled(title) or "Imported case",
        parties=parties,
        issues=tuple(issues),
        preferences=MappingProxyType(preferences),
    )
    return Imported(case=case, notes=tuple(dict.fromkeys(notes)))


def _preferences(party: str, sheet: Sheet) -> Preferences:
    reservation = sheet.reservation
    return Preferences(
        party=party,
        weights={issue: Estimate(weight, weight) for issue, weight in sheet.weights.items()},
        scores={
            issue: {option: Estimate(score, score) for option, score in scores.items()}
            for issue, scores in sheet.scores.items()
        },
        interactions=tuple(sheet.interactions),
        reservation=None
        if reservation is None
        else Reservation(value=Estimate(reservation, reservation)),
        scale=Fraction(1),
    )


def _unique(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, str]:
    """Key → name, without the keys that more than one name has."""
    found: dict[_Key, str] = {}
    twice = set()
    for key, name in pairs:
        if key in found:
            twice.add(key)
        found[key] = name
    return {key: name for key, name in found.items() if key not in twice}


def _free(base: str, taken: set[str]) -> str:
    choice, count = base, 1
    while choice in taken:
        count += 1
        choice = f"{base[: LONGEST_ID - 8]} ({count})"
    return choice


def _places(value: Fraction) -> int:
    """How many decimal places a number is written with; few enough to count steps by."""
    _, _, decimals = number_text(value).partition(".")
    return min(len(decimals), 6)
