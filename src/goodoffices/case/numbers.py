"""Numbers as people write them, kept exact: ``0.1`` is a tenth, ``2/3`` is two thirds."""

from __future__ import annotations

import re
from fractions import Fraction
from math import log10

MOST_CHARACTERS = 1000
MOST_EXPONENT = 400

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")
_RATIO = re.compile(r"[+-]?[0-9]+/[0-9]+")
_NOT_FINITE = re.compile(r"[+-]?\.?(nan|inf|infinity)", re.IGNORECASE)
_PERCENT = re.compile(r"([+-]?[0-9.]+)\s*%")
_SHORT_DECIMAL = 40
_MOST_SHOWN = 12


def number(text: str) -> Fraction:
    """The exact number that a text states: a whole number, a decimal or a ratio.

    Raises
    ------
    ValueError
        The text states none. The message is a sentence that quotes it and says what would be right.

    Examples
    --------
    >>> number("0.1"), number("2/3"), number("-1e-3")
    (Fraction(1, 10), Fraction(2, 3), Fraction(-1, 1000))
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            f"A number of {len(text):,} characters is too long; {MOST_CHARACTERS:,} are read."
        )
    if decimal := _DECIMAL.fullmatch(text):
        # Checked before the power of ten is computed: 1e999999999 would fill the memory.
        exponent = decimal[1] or "0"
        if len(exponent) > 9 or abs(int(exponent)) > MOST_EXPONENT:
            raise ValueError(
                f"The exponent of {quoted(text)} is out of bounds; "
                f"exponents from -{MOST_EXPONENT} to {MOST_EXPONENT} are read."
            )
        if len(text) + abs(int(exponent)) > MOST_CHARACTERS:
            raise ValueError(
                f"{quoted(text)} has more digits than the {MOST_CHARACTERS:,} that are read."
            )
        return Fraction(text)
    if _RATIO.fullmatch(text):
        top, bottom = text.split("/")
        if int(bottom) == 0:
            raise ValueError(f"{quoted(text)} divides by zero.")
        return Fraction(int(top), int(bottom))
    raise ValueError(f"{quoted(text)} is not a number. {_hint(text)}.")


def number_text(value: Fraction) -> str:
    """The shortest exact text for a number; ``number`` reads it back.

    Raises
    ------
    ValueError
        The number has more digits than ``number`` reads.

    Examples
    --------
    >>> number_text(Fraction(1, 8)), number_text(Fraction(2, 3)), number_text(Fraction(-50))
    ('0.125', '2/3', '-50')
    """
    top, bottom = value.numerator, value.denominator
    if max(abs(top), bottom).bit_length() > 3 * MOST_CHARACTERS:
        raise ValueError(f"A number has more digits than the {MOST_CHARACTERS:,} that are read.")
    ratio = str(value)
    decimal = _decimal_text(top, bottom)
    if decimal is None or len(decimal) > max(_SHORT_DECIMAL, len(ratio)):
        decimal = ratio
    if len(decimal) > MOST_CHARACTERS:
        raise ValueError(f"A number has more digits than the {MOST_CHARACTERS:,} that are read.")
    return decimal


def shown(value: Fraction) -> str:
    """A number for a sentence: exactly if that is short, else rounded and said to be.

    Examples
    --------
    >>> shown(Fraction(81, 2)), shown(Fraction(2, 3)), shown(Fraction(10**6 + 1, 3 * 10**6))
    ('40.5', '2/3', 'about 0.333334')
    """
    if max(abs(value.numerator), value.denominator) < 10**_MOST_SHOWN:
        exact = number_text(value)
        if len(exact) <= _MOST_SHOWN:
            return exact
    try:
        return f"about {float(value):.6g}" if float(value) else "almost 0"
    except OverflowError:
        # Counted in base two, since Python refuses to write out numbers of thousands of digits.
        digits = int((abs(value.numerator) // value.denominator).bit_length() * log10(2)) + 1
        return f"{'minus ' if value < 0 else ''}a number of about {digits} digits"


def quoted(text: str, most: int = 60) -> str:
    """Found words in quotation marks, cut short where they are long."""
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return f"'{shown if shown.isprintable() else ascii(shown)[1:-1]}'"


def _hint(text: str) -> str:
    if _NOT_FINITE.fullmatch(text):
        return "Only finite numbers are read"
    if percent := _PERCENT.fullmatch(text):
        return f"Leave out the percent sign: {percent[1]}"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return "Decimals are written with a point, and thousands without a comma"
    return "Write it like 25, 0.5 or 2/3"


def _decimal_text(top: int, bottom: int) -> str | None:
    """``top / bottom`` as a decimal; ``None`` if its digits would never end."""
    twos = (bottom & -bottom).bit_length() - 1
    fives, rest = 0, bottom >> twos
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1:
        return None
    places = max(twos, fives)
    if places > MOST_CHARACTERS:
        return None
    digits = str(abs(top) * 10**places // bottom).rjust(places + 1, "0")
    sign = "-" if top < 0 else ""
    if places == 0:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
