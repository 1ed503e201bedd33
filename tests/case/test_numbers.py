"""Numbers as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.numbers import number, number_text, quoted, shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", Fraction(25)),
        ("+25", Fraction(25)),
        ("-0", Fraction(0)),
        ("007", Fraction(7)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("0.4452125771655631", Fraction(4452125771655631, 10**16)),
        ("1e-5", Fraction(1, 100_000)),
        ("2.5E3", Fraction(2500)),
        ("2/3", Fraction(2, 3)),
        ("-4/6", Fraction(-2, 3)),
        ("1e-400", Fraction(1, 10**400)),
    ],
)
def test_a_number_is_read_exactly(text: str, value: Fraction) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("forty", "'forty' is not a number. Write it like 25, 0.5 or 2/3."),
        ("", "'' is not a number. Write it like 25, 0.5 or 2/3."),
        ("1_000", "'1_000' is not a number. Write it like 25, 0.5 or 2/3."),
        ("١٢", "'١٢' is not a number. Write it like 25, 0.5 or 2/3."),
        ("1 / 2", "'1 / 2' is not a number. Write it like 25, 0.5 or 2/3."),
        ("40 %", "'40 %' is not a number. Leave out the percent sign: 40."),
        (
            "0,5",
            "'0,5' is not a number. Decimals are written with a point, and thousands without a "
            "comma.",
        ),
        (".nan", "'.nan' is not a number. Only finite numbers are read."),
        ("-Infinity", "'-Infinity' is not a number. Only finite numbers are read."),
        ("1/0", "'1/0' divides by zero."),
        (
            "1e999999999999",
            "The exponent of '1e999999999999' is out of bounds; "
            "exponents from -400 to 400 are read.",
        ),
        (
            "9" * 700 + "e400",
            f"'{'9' * 59}…' has more digits than the 1,000 that are read.",
        ),
        ("9" * 1001, "A number of 1,001 characters is too long; 1,000 are read."),
        ("a\nb", "'a\\nb' is not a number. Write it like 25, 0.5 or 2/3."),
    ],
)
def test_what_is_no_number_is_said_to_be_none(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        number(text)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-50), "-50"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 1000), "-0.001"),
        (Fraction(2, 3), "2/3"),
        (Fraction(1, 2**50), "1/1125899906842624"),
    ],
)
def test_a_number_is_written_as_briefly_as_is_exact(value: Fraction, text: str) -> None:
    assert number_text(value) == text


@given(st.fractions())
def test_reading_undoes_writing(value: Fraction) -> None:
    assert number(number_text(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_binary_number_survives(value: float) -> None:
    exact = Fraction(value)
    if max(abs(exact.numerator), exact.denominator) < 10**400:
        assert number(number_text(exact)) == exact


def test_a_number_with_too_many_digits_is_not_written() -> None:
    for value in (Fraction(10) ** 5000, Fraction(1, 3**4000), Fraction(10**998 + 1, 3)):
        with pytest.raises(
            ValueError, match=r"A number has more digits than the 1,000 that are read\."
        ):
            number_text(value)


def test_long_words_are_quoted_in_part() -> None:
    assert quoted("x" * 100) == f"'{'x' * 59}…'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(-81, 2), "-40.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(10**15), "about 1e+15"),
        (Fraction(1, 10**350), "almost 0"),
        (Fraction(-(10**350)), "minus a number of about 351 digits"),
    ],
)
def test_a_number_in_a_sentence_is_short(value: Fraction, text: str) -> None:
    assert shown(value) == text


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_said_not_to_be(text: str) -> None:
    try:
        value = number(text)
    except ValueError as fault:
        assert str(fault).endswith(".")
    else:
        assert number(number_text(value)) == value
