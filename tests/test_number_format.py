"""How numbers are written and read, language by language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_calc.number_format import (
    NEUTRAL,
    NumberError,
    NumberFault,
    currencies,
    number_format,
    plain_number,
)
from roi_calc.schema import Kind
from roi_calc.text import language

LOCALES = ("en", "en-GB", "en-IN", "es", "es-MX", "es-AR", "es-CR", "id", "id-ID", "pt", "pt-PT")


@pytest.mark.parametrize(
    ("locale", "value", "currency", "written"),
    [
        ("en", 1500, "USD", "$1,500.00"),
        ("en", -19.4, "USD", "-$19.40"),
        ("en", 1500, "JPY", "¥1,500"),
        ("en", 1.23456, "KWD", "KWD\u00a01.235"),
        ("en", 1.005, "USD", "$1.01"),
        ("en", -0.001, "USD", "$0.00"),
        ("en-IN", 1234567.5, "INR", "₹12,34,567.50"),
        ("es", 1500, "EUR", "1500,00\u00a0€"),
        ("es", 15000.5, "EUR", "15.000,50\u00a0€"),
        ("es-MX", 1500, "MXN", "$1,500.00"),
        ("id", 1500, "IDR", "Rp\u00a01.500"),
        ("pt-BR", 1500, "BRL", "R$\u00a01.500,00"),
        ("pt-BR", -19.4, "BRL", "-R$\u00a019,40"),
        ("pt-PT", 1500, "EUR", "1500,00\u00a0€"),
    ],
)
def test_money_is_written_as_the_locale_writes_it(
    locale: str, value: float, currency: str, written: str
) -> None:
    assert number_format(locale).amount(value, currency) == written


@pytest.mark.parametrize(
    ("locale", "fraction", "written"),
    [
        ("en", 3.0, "300%"),
        ("es", 3.0, "300\u00a0%"),
        ("id", 0.602, "60,2%"),
        ("pt-BR", 0.602, "60,2%"),
        ("en", -0.0388, "-3.9%"),
        ("en", 0.0004, "0.04%"),
        ("en", 0.000123, "0.012%"),
        ("en", 0.0, "0%"),
    ],
)
def test_a_share_is_written_as_per_cent_and_a_small_one_is_not_nothing(
    locale: str, fraction: float, written: str
) -> None:
    assert number_format(locale).percentage(fraction) == written


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "100", 100),
        ("en", " 1,200 ", 1200),
        ("en", "$ 1,200", 1200),
        ("en", "USD 1200", 1200),
        ("en", "-$5", -5),
        ("en", "\u22125", -5),
        ("en", "\u200e-5\u200f", -5),
        ("en", "１２", 12),
        ("en", "١٢", 12),
        ("en", "1 234.5", 1234.5),
        ("en", "1'234", 1234),
        ("en", ".5", 0.5),
        ("en", "1.234", 1.234),
        ("en-IN", "12,34,567", 1234567),
        ("es", "1.234,5", 1234.5),
        ("es", "1234,5", 1234.5),
        ("es", "1.234", 1234),
        ("es-MX", "1,234.5", 1234.5),
        ("es-CR", "1\u00a0234,5", 1234.5),
        ("id", "1.500.000", 1500000),
        ("pt-BR", "R$ 1.234,50", 1234.5),
        ("pt-PT", "15 000,5", 15000.5),
    ],
)
def test_a_number_is_read_as_the_locale_writes_it(locale: str, text: str, value: float) -> None:
    assert number_format(locale).read(text, "BRL" if "R$" in text else "USD") == value


@pytest.mark.parametrize(
    ("locale", "text", "fault", "suggestion"),
    [
        ("en", "", NumberFault.MISSING, ""),
        ("en", "$", NumberFault.MISSING, ""),
        ("en", "1.234,5", NumberFault.OTHER_CONVENTION, "1,234.5"),
        ("en", "1,5", NumberFault.OTHER_CONVENTION, "1.5"),
        ("es", "1,234.5", NumberFault.OTHER_CONVENTION, "1234,5"),
        ("es", "20.5", NumberFault.OTHER_CONVENTION, "20,5"),
        ("es-MX", "1.234,5", NumberFault.OTHER_CONVENTION, "1,234.5"),
        ("en", "1e999", NumberFault.EXPONENT, ""),
        ("en", "1e999999999", NumberFault.EXPONENT, ""),
        ("en", "nan", NumberFault.NOT_A_NUMBER, ""),
        ("en", "inf", NumberFault.NOT_A_NUMBER, ""),
        ("en", "abc", NumberFault.NOT_A_NUMBER, ""),
        ("en", "€ 12", NumberFault.NOT_A_NUMBER, ""),
        ("en", "1_000", NumberFault.NOT_A_NUMBER, ""),
        ("en", "0x10", NumberFault.NOT_A_NUMBER, ""),
        ("en", "1,23,4", NumberFault.NOT_A_NUMBER, ""),
        ("en", "0,500", NumberFault.OTHER_CONVENTION, "0.5"),
        ("es", "0.500", NumberFault.OTHER_CONVENTION, "0,5"),
        ("en", "--5", NumberFault.NOT_A_NUMBER, ""),
        ("en", "12 34", NumberFault.NOT_A_NUMBER, ""),
        ("en", "9" * 400, NumberFault.TOO_LONG, ""),
        ("en", "1" * 16, NumberFault.TOO_LONG, ""),
        ("en", "0." + "1" * 10, NumberFault.TOO_LONG, ""),
    ],
)
def test_what_is_not_a_number_here_is_refused_and_not_guessed(
    locale: str, text: str, fault: NumberFault, suggestion: str
) -> None:
    with pytest.raises(NumberError) as refused:
        number_format(locale).read(text, "USD")
    assert (refused.value.fault, refused.value.suggestion) == (fault, suggestion)


def test_authors_numbers_have_a_point_and_no_groups() -> None:
    assert NEUTRAL.read("1234.5") == 1234.5
    with pytest.raises(NumberError):
        NEUTRAL.read("1,234")


@given(
    value=st.integers(-(10**14), 10**14).map(lambda whole: whole / 1000),
    locale=st.sampled_from(LOCALES),
)
def test_what_is_written_is_read_back(value: float, locale: str) -> None:
    numbers = number_format(locale)
    assert numbers.read(numbers.number(value, 9)) == value


@given(text=st.text(max_size=80), locale=st.sampled_from(LOCALES))
def test_any_text_is_a_finite_number_or_refused(text: str, locale: str) -> None:
    try:
        value = number_format(locale).read(text, "EUR")
    except NumberError:
        return
    assert abs(value) < 1e15


def test_money_pasted_back_from_the_page_is_read() -> None:
    for locale, currency in (("en", "XOF"), ("id", "IDR"), ("es", "EUR"), ("en-IN", "INR")):
        numbers = number_format(locale)
        assert numbers.read(numbers.amount(1234, currency), currency) == 1234


@pytest.mark.parametrize(
    ("value", "kind", "currency", "written"),
    [
        (500 / 150, Kind.MONEY, "USD", "$3.34"),
        (5.0, Kind.MONEY, "USD", "$5.00"),
        (500 / 801, Kind.SHARE, "USD", "62.5%"),
        (0.25, Kind.SHARE, "USD", "25%"),
        (0.0012341, Kind.SHARE, "USD", "0.13%"),
        (0.1 + 0.2, Kind.SHARE, "USD", "30%"),
        (250 / 9960, Kind.POINTS, "USD", "2.6 points"),
        (0.01, Kind.POINTS, "USD", "1 point"),
    ],
)
def test_what_must_be_reached_is_never_rounded_below_it(
    value: float, kind: Kind, currency: str, written: str
) -> None:
    assert language("en").threshold(value, kind, currency) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    # "poin" is Indonesian: cspell:ignore poin
    [("en", "0.5 points"), ("es", "0,5 puntos"), ("id", "0,5 poin"), ("pt", "0,5 ponto")],
)
def test_the_difference_of_two_shares_is_written_in_points(tag: str, written: str) -> None:
    assert language(tag).figure(0.005, Kind.POINTS, "USD") == written


@pytest.mark.parametrize("fraction", [-0.025, 0.0012, 0.1 + 0.2, 1.25])
def test_points_have_the_digits_that_per_cent_have(fraction: float) -> None:
    english = language("en")
    per_cent = english.figure(fraction, Kind.SHARE, "USD").removesuffix("%")
    assert english.figure(fraction, Kind.POINTS, "USD") == f"{per_cent} points"


def test_funds_and_units_of_account_are_currencies_too() -> None:
    assert {"CLF", "VED", "CHE", "XAU", "USD"} <= set(currencies())


@pytest.mark.parametrize(
    ("value", "plain"), [(1500.0, "1500"), (300.99999999999994, "301"), (0.602, "0.602")]
)
def test_a_plain_number_has_no_binary_noise(value: float, plain: str) -> None:
    assert str(plain_number(value)) == plain
