"""How numbers are read: what has one reading is read, and nothing is guessed."""

import tomllib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_calc.language.language import author_language, language, languages
from roi_calc.language.number_format import (
    NEUTRAL,
    NumberFormat,
    currencies,
    currency_marks,
    fraction_digits,
    number_format,
    number_locales,
)
from roi_calc.language.number_reading import NumberError, NumberFault, parse_number, parse_share
from roi_calc.schema import Kind

AMOUNTS = tomllib.loads((Path(__file__).parent / "amounts.toml").read_text("utf-8"))
LOCALES = [locale for language in languages() for locale in number_locales(language)]
AUTHOR = "author"
THREE = 3


def _numbers(locale: str) -> NumberFormat:
    return NEUTRAL if locale == AUTHOR else number_format(locale)


@pytest.mark.parametrize(("locale", "currency", "text", "value"), AMOUNTS["read"])
def test_an_amount_is_read_as_it_is_pasted(
    locale: str, currency: str, text: str, value: float
) -> None:
    numbers = _numbers(locale)
    assert parse_number(text, numbers, currency) == value
    words = author_language() if locale == AUTHOR else language(locale)
    assert words.reading(text, value, Kind.MONEY)


@pytest.mark.parametrize(("locale", "currency", "text", "fault", "suggestions"), AMOUNTS["refused"])
def test_an_amount_that_is_not_read_comes_back_with_what_it_could_be(
    locale: str, currency: str, text: str, fault: str, suggestions: list[str]
) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text, _numbers(locale), currency)
    meant = [each.text for each in refused.value.suggestions]
    assert (refused.value.fault.value, meant) == (fault, suggestions)


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "100", 100),
        ("en", " 1,200 ", 1200),
        ("en", "\u22125", -5),
        ("en", "\u20135", -5),
        ("en", "\u200e-5\u200f", -5),
        ("en", "\ufeff5\u00ad", 5),
        ("en", "１２", 12),
        ("en", "١٢", 12),
        ("en", "1 234.5", 1234.5),
        ("en", "1'234", 1234),
        ("en", "1’234", 1234),
        ("en", ".5", 0.5),
        ("en", "5.", 5),
        ("en", "1.234", 1.234),
        ("en-IN", "12,34,567", 1234567),
        ("es", "1.234,5", 1234.5),
        ("es", "1234,5", 1234.5),
        ("es", "1.234", 1234),
        ("es", "1\u066c234\u066b5", 1234.5),
        ("es-MX", "1,234.5", 1234.5),
        ("es-CR", "1\u00a0234,5", 1234.5),
        ("id", "1.500.000", 1500000),
        ("pt-PT", "15 000,5", 15000.5),
    ],
)
def test_a_number_is_read_as_the_locale_writes_it(locale: str, text: str, value: float) -> None:
    assert parse_number(text, number_format(locale)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8,01", 8.01),
        ("8.01", 8.01),
        ("0,500", 0.5),
        ("0.500", 0.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("12,34,567", 1234567),
        ("1 234,5", 1234.5),
        ("1,2345", 1.2345),
    ],
)
def test_what_has_one_reading_means_the_same_everywhere(text: str, value: float) -> None:
    read = {parse_number(text, _numbers(locale)) for locale in [AUTHOR, *LOCALES]}
    assert read == {value}


@pytest.mark.parametrize("text", ["1.000", "1,000", "1.250", "1,250", "20.000", "123,456"])
def test_what_has_two_readings_is_never_read_by_authors(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text, NEUTRAL)
    assert {parse_number(text, number_format(locale)) for locale in ("en", "es")} == {
        float(text.replace(",", ".")),
        float(text.replace(",", "").replace(".", "")),
    }


@pytest.mark.parametrize(
    ("locale", "text", "fault", "suggestions"),
    [
        ("en", "", NumberFault.MISSING, []),
        ("en", "1e999", NumberFault.EXPONENT, []),
        ("en", "1e999999999", NumberFault.EXPONENT, []),
        ("en", "nan", NumberFault.NOT_A_NUMBER, []),
        ("en", "inf", NumberFault.NOT_A_NUMBER, []),
        ("en", "abc", NumberFault.NOT_A_NUMBER, []),
        ("en", "$20", NumberFault.NOT_A_NUMBER, []),
        ("en", "1_000", NumberFault.NOT_A_NUMBER, []),
        ("en", "0x10", NumberFault.NOT_A_NUMBER, []),
        ("en", "20²", NumberFault.NOT_A_NUMBER, []),
        ("en", "1½", NumberFault.NOT_A_NUMBER, []),
        ("en", "1,23,4", NumberFault.NOT_A_NUMBER, []),
        ("en", "1.234,", NumberFault.NOT_A_NUMBER, []),
        ("en", "--5", NumberFault.NOT_A_NUMBER, []),
        ("en", "12 34", NumberFault.NOT_A_NUMBER, []),
        ("en", ".", NumberFault.NOT_A_NUMBER, []),
        ("en", " " * 60 + "5", NumberFault.TOO_LONG, []),
        ("en", "9" * 400, NumberFault.TOO_LONG, []),
        ("en", "1" * 16, NumberFault.TOO_LONG, []),
        ("en", "0." + "1" * 10, NumberFault.TOO_LONG, []),
        ("pt-PT", "1.234", NumberFault.TWO_READINGS, ["1234", "1,234"]),
        ("pt-PT", "1.000", NumberFault.OTHER_CONVENTION, ["1000"]),
        (AUTHOR, "1.000", NumberFault.TWO_READINGS, ["1", "1000"]),
        (AUTHOR, "1.234", NumberFault.TWO_READINGS, ["1.2340", "1234"]),
        (AUTHOR, "1,000", NumberFault.OTHER_CONVENTION, ["1000"]),
        (AUTHOR, "1,250", NumberFault.TWO_READINGS, ["1250", "1.25"]),
    ],
)
def test_what_is_not_a_number_here_is_refused_and_not_guessed(
    locale: str, text: str, fault: NumberFault, suggestions: list[str]
) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text, _numbers(locale))
    meant = [each.text for each in refused.value.suggestions]
    assert (refused.value.fault, meant) == (fault, suggestions)


@pytest.mark.parametrize(
    ("locale", "text", "fraction"),
    [
        ("en", "60", 0.6),
        ("en", "60 %", 0.6),
        ("en", "\uff0560", 0.6),
        ("en", "0.6%", 0.006),
        ("en", "0", 0),
        ("en", "12.3", 0.123),
        ("es", "2,5 %", 0.025),
        (AUTHOR, "0.6", 0.6),
        (AUTHOR, "60 %", 0.6),
        (AUTHOR, "0.6 %", 0.006),
        (AUTHOR, "12.3 %", 0.123),
        (AUTHOR, "1", 1),
        (AUTHOR, "0", 0),
    ],
)
def test_a_share_is_read(locale: str, text: str, fraction: float) -> None:
    assert parse_share(text, _numbers(locale)) == fraction


@pytest.mark.parametrize(
    ("locale", "text", "suggestions"),
    [
        ("en", "0.6", ["0.6%", "60%"]),
        ("en", "1", ["1%", "100%"]),
        ("es", "0,6", ["0,6\u202f%", "60\u202f%"]),
        ("es", "0.6", ["0,6\u202f%", "60\u202f%"]),
        (AUTHOR, "60", ["60%", "0.6", "6000%"]),
        (AUTHOR, "1,250 %", ["1250%", "1.25%"]),
        (AUTHOR, "1.250", ["1.25%", "1250%"]),
        (AUTHOR, "1.000", ["1", "1000%"]),
        (AUTHOR, "250", ["250%", "25000%"]),
    ],
)
def test_a_share_that_another_place_reads_otherwise_is_refused(
    locale: str, text: str, suggestions: list[str]
) -> None:
    with pytest.raises(NumberError) as refused:
        parse_share(text, _numbers(locale))
    assert [each.text for each in refused.value.suggestions] == suggestions


@given(
    value=st.integers(-(10**14), 10**14).map(lambda whole: whole / 1000),
    locale=st.sampled_from([AUTHOR, *LOCALES]),
)
def test_what_is_written_to_be_read_back_is_read_back(value: float, locale: str) -> None:
    numbers = _numbers(locale)
    assert parse_number(numbers.ungrouped(value), numbers, "EUR") == value
    assert parse_share(numbers.signed_share(value / 1e6), numbers) == pytest.approx(value / 1e6)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_amount_of_any_page_can_be_pasted_back(locale: str) -> None:
    """But for three decimals where amounts are written otherwise than numbers: that is asked."""
    numbers = number_format(locale)
    for currency in numbers.symbols:
        if fraction_digits(currency) != THREE or not numbers.leaves_doubt:
            assert parse_number(numbers.amount(12.5, currency), numbers, currency) in {12.5, 13}


@pytest.mark.parametrize("currency", sorted(currencies()))
def test_every_mark_of_a_currency_can_stand_before_the_amount(currency: str) -> None:
    for mark in (currency, currency.lower(), *currency_marks(currency)):
        for text in (f"{mark}20", f"{mark} 20", f"-{mark}20", f"{mark}-20"):
            assert abs(parse_number(text, number_format("en"), currency)) == 20


PIECES = [
    *"0123456789" * 4,
    *".,.,.,'’ -+%$€£¥\u00a0٣²½eE()xK~\uff15\u2212\u066b\u066c\uff0c\u200fİ",
    *["US$", "Rp", "USD", "kr.", ",-", "/-", "..", "nan"],
]


def test_ten_thousand_texts_are_read_back_the_same_or_refused() -> None:
    """Digits and whatever people and programs put around them, from a fixed seed."""
    draw = Random(20)  # noqa: S311 - texts, not secrets
    refused = 0
    for _ in range(10_000):
        text = "".join(draw.choices(PIECES, k=draw.randint(0, 9)))
        numbers = _numbers(draw.choice([AUTHOR, *LOCALES]))
        currency = draw.choice(["", "USD", "IDR", "SEK"])
        try:
            value = parse_number(text, numbers, currency)
        except NumberError as error:
            refused += 1
            for meant in error.suggestions:
                assert parse_number(meant.text, numbers, currency) == meant.value
        else:
            assert parse_number(numbers.ungrouped(value), numbers, currency) == value
        try:
            share = parse_share(text, numbers)
        except NumberError as error:
            for meant in error.suggestions:
                assert parse_share(meant.text, numbers) == pytest.approx(meant.value)
        else:
            assert parse_share(numbers.signed_share(share), numbers) == pytest.approx(share)
    assert 1_000 < refused < 9_000
