"""Numbers, lists and outcomes as sentences write them: rounded, counted, joined."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, log10

from goodoffices.case.model import Case, Constraint, Issue, Outcome
from goodoffices.case.statements import Condition


def amount(value: Fraction | float, scale: Fraction | float = 100) -> str:
    """A number rounded to about a thousandth of its scale, for people to read.

    What is not zero is never written as zero.

    Examples
    --------
    >>> amount(Fraction(125, 3)), amount(60), amount(Fraction(-1, 2)), amount(Fraction(1, 700))
    ('41.7', '60', '−0.5', '0.001')
    >>> amount(Fraction(2, 3), scale=1), amount(1234567.8, scale=1_000_000)
    ('0.667', '1,234,568')
    """
    exact = Fraction(value)
    places = max(0, 3 - round(log10(float(scale))))
    if exact and not round(exact, places):
        places = -floor(log10(abs(exact)))
    rounded = round(exact, places)
    whole, rest = divmod(abs(rounded), 1)
    decimals = f"{int(rest * 10**places):0{places}d}".rstrip("0") if places else ""
    return f"{'−' if rounded < 0 else ''}{int(whole):,}{'.' + decimals if decimals else ''}"


def signed(value: Fraction | float, scale: Fraction | float = 100) -> str:
    """A change, with its sign: ``+15``, ``−2.5``, ``±0``."""
    return f"{'+' if value > 0 else ''}{amount(value, scale)}" if value else "±0"


def percent(share: Fraction | float) -> str:
    """A share of one in whole percent; what is neither none nor all is never written as either.

    >>> percent(Fraction(1, 3)), percent(0), percent(0.001), percent(0.9999)
    ('33%', '0%', 'under 1%', 'over 99%')
    """
    rounded = round(Fraction(share) * 100)
    if share > 0 and rounded == 0:
        return "under 1%"
    if share < 1 and rounded == 100:
        return "over 99%"
    return f"{rounded}%"


def counted(number: int, thing: str, things: str = "") -> str:
    """A number of things: ``1 package``, ``1,200 packages``, ``4.2 × 10²⁵ packages``."""
    return f"{whole(number)} {thing if number == 1 else things or thing + 's'}"


def whole(number: int) -> str:
    """A count, with thousands marked; from 10¹² on as a power of ten.

    >>> whole(1234567), whole(8**30), whole(10**12)
    ('1,234,567', '1.2 × 10²⁷', '10¹²')
    """
    if number < 10**12:
        return f"{number:,}"
    power = len(str(number)) - 1
    lead = round(Fraction(number, 10**power), 1)
    if lead == 10:
        lead, power = Fraction(1), power + 1
    exponent = str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{exponent}" if lead == 1 else f"{float(lead):g} × 10{exponent}"


def sentence_list(names: Sequence[str], word: str = "and") -> str:
    """Names as a sentence lists them.

    >>> sentence_list(["North"]), sentence_list(["North", "South", "Coast"])
    ('North', 'North, South and Coast')
    """
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def option_names(case: Case, outcome: Outcome) -> tuple[str, ...]:
    """The options of an outcome in the names that people read, with the unit on a range."""
    return tuple(
        option_name(issue, option) for issue, option in zip(case.issues, outcome, strict=True)
    )


def option_name(issue: Issue, option_id: str) -> str:
    """An option in the name that people read: ``High``, and on a range ``30 million a year``."""
    unit = issue.range.unit if issue.range is not None else ""
    return f"{issue.option(option_id)} {unit}".strip()


def condition_words(case: Case, condition: Condition) -> str:
    """A condition as a clause: ``Summer release is High and Who checks is Nobody``."""
    return " and ".join(
        f"{issue} is {options_words(issue, condition.options[issue.id])}"
        for issue in case.issues
        if issue.id in condition.options
    )


def constraint_words(case: Case, constraint: Constraint) -> str:
    """What a constraint rules out, or asks for: ``not allowed: Dams is Sold and Fish is Half``.

    With ``unless``: ``if Dams is Sold, then Fish is Half``. Where no issue is named in ``forbid``:
    ``always: Fish is Half``.
    """
    forbidden = condition_words(case, constraint.forbid)
    if constraint.unless is None:
        return f"not allowed: {forbidden or 'anything'}"
    needed = condition_words(case, constraint.unless)
    return f"if {forbidden}, then {needed}" if forbidden else f"always: {needed}"


def options_words(issue: Issue, ids: frozenset[str]) -> str:
    """Some options of an issue: ``Low or High``, and on a range ``30 to 50 million a year``."""
    places = [k for k, option in enumerate(issue.options) if option.id in ids]
    names = [str(issue.options[k]) for k in places]
    unit = issue.range.unit if issue.range is not None else ""
    in_a_row = issue.range is not None and places == list(range(places[0], places[-1] + 1))
    text = (
        f"{names[0]} to {names[-1]}" if in_a_row and len(names) > 2 else sentence_list(names, "or")
    )
    return f"{text} {unit}".strip()
