"""What an export can carry: the parties with exact preferences; and words for all the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from goodoffices.case.model import Case, Issue, Option, Party, Role, listed
from goodoffices.case.numbers import quoted
from goodoffices.case.preferences import Preferences
from goodoffices.errors import CaseError

# Programs that read these files hold numbers of about 17 digits.
DIGITS = 17
_MOST_DIGITS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """File name → text, and what could not be carried over."""

    files: dict[str, str]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Side:
    """A party whose preferences are exact numbers, on a scale from 0 to 1."""

    party: Party
    sheet: Preferences
    reservation: Fraction | None

    def weight(self, issue: Issue) -> Fraction:
        """The weight of an issue."""
        return self.sheet.weights[issue.id].low / self.sheet.scale

    def scores(self, issue: Issue) -> list[Fraction]:
        """The score of each option; 0 where the issue has no weight and no score is stated."""
        if not self.weight(issue):
            return [Fraction(0)] * len(issue.options)
        scores = self.sheet.scores[issue.id]
        return [scores[option.id].low / self.sheet.scale for option in issue.options]


class Decimals:
    """Writes numbers as decimals and counts those that had to be rounded."""

    def __init__(self) -> None:
        self.rounded = 0

    def text(self, value: Fraction) -> str:
        """The decimal, in full where it ends; else to 17 digits."""
        with localcontext() as context:
            context.prec = _MOST_DIGITS
            decimal = Decimal(value.numerator) / Decimal(value.denominator)
            if Fraction(decimal) == value:
                return format(decimal, "f")
            self.rounded += 1
            context.prec = DIGITS
            return format(+decimal, "f")

    def notes(self) -> list[str]:
        """A note if numbers were rounded."""
        if not self.rounded:
            return []
        return [f"Numbers that are no finite decimals were rounded to 17 digits: {self.rounded}."]


def sides(case: Case, notes: list[str]) -> list[Side]:
    """The parties that can be exported; ``notes`` says which cannot, and why.

    Raises
    ------
    CaseError
        There are none.
    """
    options = {issue.id: tuple(o.id for o in issue.options) for issue in case.issues}
    found = []
    for party in case.parties:
        sheet = case.preferences.get(party.id)
        if sheet is None:
            notes.append(f"{party.id} states no preferences and was left out.")
        elif unknown := replace(sheet, reservation=None).unknowns(options):
            notes.append(
                f"{party.id} was left out: its preferences are partial "
                f"({listed(list(unknown), 3)} not known exactly)."
            )
        else:
            found.append(Side(party, sheet, _reservation(case, party, sheet, notes)))
    if not found:
        raise CaseError(
            f"No party of '{case.title}' has exact preferences, and other formats hold no others."
        )
    return found


def _reservation(case: Case, party: Party, sheet: Preferences, notes: list[str]) -> Fraction | None:
    stated = sheet.reservation
    if stated is None:
        return None
    if stated.per_month:
        notes.append(f"How {party.id}'s reservation changes from month to month was left out.")
    if stated.value is None:
        if case.status_quo is None:
            notes.append(f"{party.id}'s reservation is the status quo, and the case states none.")
            return None
        notes.append(f"{party.id}'s reservation, the status quo, was written as its utility.")
        return sheet.utility(case.named(case.status_quo)) / sheet.scale
    if not stated.value.is_exact:
        notes.append(f"{party.id}'s reservation was left out: it is not known exactly.")
        return None
    return stated.value.low / sheet.scale


def left_out(case: Case, exported: list[Side]) -> list[str]:
    """What no format but the case folder holds, one sentence for each kind of thing."""
    sheets = [side.sheet for side in exported]
    roles = [s.party.id for s in exported if s.party.role is not Role.PRINCIPAL]
    things: list[Issue | Option] = [*case.issues, *_options(case)]
    names = [thing.id for thing in things if thing.name and thing.name != thing.id]
    units = [issue.id for issue in case.issues if issue.range is not None and issue.range.unit]
    found = (
        ("Constraints", [constraint.id for constraint in case.constraints]),
        ("Red lines of", [s.party for s in sheets if s.red_lines]),
        ("Rankings of", [s.party for s in sheets if s.issue_rankings or s.option_rankings]),
        ("Comparisons of", [s.party for s in sheets if s.comparisons]),
        ("The roles of", roles),
        ("The names of", names),
        ("The units of", units),
        ("Sources", [source.id for source in case.sources]),
    )
    notes = [f"{what} {listed(ids)} were left out." for what, ids in found if ids]
    if case.status_quo is not None:
        notes.append("The status quo was left out.")
    if _has_words(case, exported):
        notes.append("Explanations ('about' and 'why') were left out.")
    order = [side.party.id for side in exported]
    if order != sorted(order):
        notes.append("Files are read in alphabetical order, so parties will change places.")
    return notes


def left_out_interactions(exported: list[Side]) -> list[str]:
    """A note on the parties whose interactions the format cannot hold."""
    found = [side.party.id for side in exported if side.sheet.interactions]
    if not found:
        return []
    return [
        f"Interactions of {listed(found)} were left out: the format has none. "
        "The utilities it states are without them."
    ]


def numbered_names(case: Case, *, but: frozenset[str]) -> list[str]:
    """Notes on ranges that became lists of named values."""
    ranges = [i.id for i in case.issues if i.range is not None and i.id not in but]
    if not ranges:
        return []
    return [f"Ranges became lists of values: {listed([quoted(name) for name in ranges])}."]


def _options(case: Case) -> list[Option]:
    return [option for issue in case.issues for option in issue.options]


def _has_words(case: Case, exported: list[Side]) -> bool:
    abouts = [case.about, *(party.about for party in case.parties)]
    abouts += [issue.about for issue in case.issues]
    abouts += [option.about for option in _options(case)]
    abouts += [side.sheet.about for side in exported]
    return any(abouts) or any(_has_reasons(side.sheet) for side in exported)


def _has_reasons(sheet: Preferences) -> bool:
    """Whether what is carried over says why; other statements are left out with their reasons."""
    statements = [
        *sheet.weights.values(),
        *(score for scores in sheet.scores.values() for score in scores.values()),
        *sheet.interactions,
        *((sheet.reservation,) if sheet.reservation else ()),
    ]
    return any(statement.why for statement in statements)


def order_left_out(case: Case) -> list[str]:
    """A note on issues whose options run from one end to the other, for formats that cannot say."""
    found = [issue.id for issue in case.issues if issue.ordered and issue.range is None]
    return [f"That options are in an order was left out: {listed(found)}."] if found else []


def domain_file(suffix: str, exported: list[Side]) -> str:
    """A file name for the domain that is no party's."""
    taken = {side.party.id.lower() for side in exported}
    name = "domain"
    while name in taken:
        name = f"the-{name}"
    return f"{name}{suffix}"
