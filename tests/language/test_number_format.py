"""How numbers are written, language by language."""

import pytest

from roi_calc.language.language import language
from roi_calc.language.number_format import (
    currencies,
    number_format,
    plain_number,
)
from roi_calc.schema import Kind


@pytest.mark.parametrize(
    ("locale", "value", "currency", "written"),
    [
        ("en", 1500, "USD", "$1,500"),
        ("en", 1500.5, "USD", "$1,500.50"),
        ("en", -19.4, "USD", "\u2212$19.40"),
        ("en", 1500, "JPY", "¥1,500"),
        ("en", 1.23456, "KWD", "KWD\u00a01.235"),
        ("en", 1.005, "USD", "$1.01"),
        ("en", -0.001, "USD", "$0"),
        ("en-IN", 1234567.5, "INR", "₹12,34,567.50"),
        ("es", 1500, "EUR", "€\u00a01500"),
        ("es", 2000, "USD", "US$\u00a02000"),
        ("es-ES", 1500, "EUR", "1500\u00a0€"),
        ("es-ES", 15000.5, "EUR", "15.000,50\u00a0€"),
        ("es-MX", 1500, "MXN", "$1,500"),
        ("id", 1500, "IDR", "Rp\u00a01.500"),
        ("pt-BR", 1500, "BRL", "R$\u00a01.500"),
        ("pt-BR", -19.4, "BRL", "\u2212R$\u00a019,40"),
        ("pt-PT", 1500, "EUR", "1500\u00a0€"),
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
        ("es", 3.0, "300\u202f%"),
        ("id", 0.602, "60,2%"),
        ("pt-BR", 0.602, "60,2%"),
        ("en", -0.0388, "\u22123.9%"),
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
    ("value", "kind", "currency", "written"),
    [
        (500 / 150, Kind.MONEY, "USD", "$3.34"),
        (5.0, Kind.MONEY, "USD", "$5"),
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
