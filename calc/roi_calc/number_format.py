"""How one locale writes numbers, and how it reads them: CLDR data in, text or floats out.

No words live here, and no limits of any input: a number is well written or it is not.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import cache
from typing import Any, Final, TypedDict

from roi_calc.locales import locale_file

# Longer text is refused before anything is converted: one pasted number must not hang the page.
MAXIMUM_TEXT_LENGTH: Final = 60
MAXIMUM_INTEGER_DIGITS: Final = 15
MAXIMUM_FRACTION_DIGITS: Final = 9

# A ratio of the largest to the smallest number that is read has 36 digits.
_DISPLAY: Final = Context(prec=80)
_MINUS_SIGNS: Final = "-\u2212\u2010\u2011\uff0d\ufe63"
# Around numbers amid text from right to left; nobody sees or types them.
_DIRECTION_MARKS: Final = "\u200e\u200f\u061c"
_OTHER_GROUP_MARKS: Final = " '\u2019"
_EQUIVALENTS: Final = str.maketrans(
    {"\uff0e": ".", "\uff0c": ",", "\u066b": ".", "\u066c": ",", "\uff05": "%", "\u066a": "%"}
    | dict.fromkeys(_MINUS_SIGNS, "-")
    | dict.fromkeys(_DIRECTION_MARKS)
)
_EXPONENT: Final = re.compile(r"-?[\d.,]+[eE][+-]?\d+")


class NumberFault(Enum):
    """Why a text is not a number here; the value is the catalog's key for the sentence."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    EXPONENT = "exponent"
    OTHER_CONVENTION = "other_convention"
    NOT_A_NUMBER = "not_a_number"


class NumberError(ValueError):
    """A text that this locale does not read as a number.

    suggestion: how the locale would write what was probably meant; empty where that is unknown.
    """

    def __init__(self, fault: NumberFault, suggestion: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.suggestion = suggestion


@dataclass(frozen=True)
class NumberFormat:
    """One locale's way with numbers, as CLDR has it.

    In patterns `#` stands for the digits and `¤` for the currency; the coded ones are for
    currencies shown by letters, which CLDR sets off with a space. symbols: ISO 4217 code to the
    symbol used in this locale, where it is not the code.
    """

    decimal: str
    group: str
    money_decimal: str
    money_group: str
    group_size: int
    higher_group_size: int
    minimum_grouping_digits: int
    minus: str
    percent: str
    negative_percent: str
    money: str
    negative_money: str
    coded_money: str
    negative_coded_money: str
    symbols: Mapping[str, str]
    # A reader's field shows the sign: 60 is 60 %. An author writes the fraction, or the sign.
    bare_share_is_per_cent: bool = True
    # In prose `$1,500` reads better; in a column `$1,500.00` stands under `$1,500.50`.
    strips_whole_amounts: bool = False

    def number(self, value: float, most: int = 2) -> str:
        """Write a plain number, with up to `most` digits after the decimal sign and no idle zeros.

        >>> number_format("es").number(15000.5)
        '15.000,5'
        """
        digits, is_negative = _rounded(value, most)
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        written = self._grouped(digits, self.group, self.decimal)
        return self.minus + written if is_negative else written

    def ungrouped(self, value: float) -> str:
        """Write a number with all its digits and no group marks: `1234.5`, `1234,5`."""
        return replace(self, group="").number(value, MAXIMUM_FRACTION_DIGITS)

    def percentage(self, fraction: float) -> str:
        """Write a fraction as per cent: 3.0 is `300%` in English, `300 %` in Spanish.

        One decimal at most, but two significant digits below 1 %: a small share is not none.
        """
        hundredfold = Decimal(repr(float(fraction))) * 100
        digits, is_negative = _rounded(hundredfold, share_decimals(fraction))
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        written = self._grouped(digits, self.group, self.decimal)
        pattern = self.negative_percent if is_negative else self.percent
        return pattern.replace("-", self.minus).replace("#", written)

    def amount(self, value: float, currency: str) -> str:
        """Write an amount of money with the currency's own number of decimals.

        >>> number_format("en").amount(1500, "USD")
        '$1,500.00'
        """
        digits, is_negative = _rounded(value, fraction_digits(currency))
        if self.strips_whole_amounts:
            digits = digits.removesuffix("." + "0" * fraction_digits(currency))
        written = self._grouped(digits, self.money_group, self.money_decimal)
        symbol = self.currency_symbol(currency)
        return (
            self._money_pattern(symbol, is_negative=is_negative)
            .replace("-", self.minus)
            .replace("#", written)
            .replace("¤", symbol)
        )

    def currency_symbol(self, currency: str) -> str:
        """Return what this locale shows for a currency: `$`, `US$`, `Rp`, or the code itself."""
        return self.symbols.get(currency, currency)

    def read(self, text: str, currency: str = "") -> float:
        """Return the number that the text writes in this locale's way.

        Signs and letters of `currency` around the number, spaces, apostrophes, and digits of any
        script are accepted; groups must be whole. Raises NumberError, without guessing, for
        everything else: `1.234,5` is refused in English, with `1,234.5` as the suggestion.
        """
        if len(text) > MAXIMUM_TEXT_LENGTH:
            raise NumberError(NumberFault.TOO_LONG)
        bare = self._without_currency(_normalised(text), currency)
        if not bare:
            raise NumberError(NumberFault.MISSING)
        canonical = _canonical(self, bare)
        if canonical is not None:
            return _bounded_float(canonical)
        if _EXPONENT.fullmatch(bare):
            raise NumberError(NumberFault.EXPONENT)
        other_decimal = "." if self.decimal == "," else ","
        swapped = _canonical(replace(self, decimal=other_decimal, group=self.decimal), bare)
        if swapped is not None:
            suggestion = self.number(_bounded_float(swapped), MAXIMUM_FRACTION_DIGITS)
            raise NumberError(NumberFault.OTHER_CONVENTION, suggestion)
        raise NumberError(NumberFault.NOT_A_NUMBER)

    def read_share(self, text: str) -> float:
        """Return the fraction that the text writes: `60 %` is 0.6; NumberError as in read()."""
        bare = _normalised(text)
        unsigned = bare.removesuffix("%").removeprefix("%").strip()
        value = self.read(unsigned)
        if not self.bare_share_is_per_cent and unsigned == bare:
            return value
        # In decimal: 12.3 / 100 is 0.12300000000000001 in binary, not the author's 0.123.
        return float(Decimal(repr(value)) / 100)

    def _without_currency(self, text: str, currency: str) -> str:
        """Return the text without the currency's sign or code around the number."""
        sign, rest = ("-", text[1:].strip()) if text.startswith("-") else ("", text)
        narrow = _currency_data()["narrow_symbols"].get(currency, "")
        marks = {_normalised(each) for each in (currency, self.currency_symbol(currency), narrow)}
        marks.discard("")
        for mark in sorted(marks, key=len, reverse=True):
            lowered = rest.lower()
            if lowered.startswith(mark.lower()):
                rest = rest[len(mark) :].strip()
                break
            if lowered.endswith(mark.lower()):
                rest = rest[: -len(mark)].strip()
                break
        return sign + rest

    def _money_pattern(self, symbol: str, *, is_negative: bool) -> str:
        """Return the pattern for a currency whose symbol touches the digits with that character."""
        touching = symbol[0] if self.money.startswith("#") else symbol[-1]
        if touching.isalpha() or touching == ".":
            return self.negative_coded_money if is_negative else self.coded_money
        return self.negative_money if is_negative else self.money

    def _grouped(self, digits: str, group: str, decimal: str) -> str:
        """Return `1234567.5` with this locale's marks."""
        whole, _, fraction = digits.partition(".")
        if len(whole) >= self.group_size + self.minimum_grouping_digits:
            parts = [whole[-self.group_size :]]
            rest = whole[: -self.group_size]
            while rest:
                parts.insert(0, rest[-self.higher_group_size :])
                rest = rest[: -self.higher_group_size]
            whole = group.join(parts)
        return f"{whole}{decimal}{fraction}" if fraction else whole


# What machines and authors write, whatever the page's language: `1234.5`, no groups.
NEUTRAL: Final = NumberFormat(
    decimal=".",
    group="",
    money_decimal=".",
    money_group="",
    group_size=3,
    higher_group_size=3,
    minimum_grouping_digits=1,
    minus="-",
    percent="# %",
    negative_percent="-# %",
    money="¤ #",
    negative_money="-¤ #",
    coded_money="¤ #",
    negative_coded_money="-¤ #",
    symbols={},
    bare_share_is_per_cent=False,
)


def number_locales(language: str) -> tuple[str, ...]:
    """Return the locales of a language, such as `es`, `es-AR`, `es-MX`."""
    return tuple(_locale_data(language))


@cache
def number_format(locale: str) -> NumberFormat:
    """Return the format of a locale such as `es` or `es-MX`; KeyError for one not in the tables."""
    language = locale.partition("-")[0]
    locales = _locale_data(language)
    base, own = locales[language], locales[locale]
    data = {**base, **own, "symbols": {**base["symbols"], **own.get("symbols", {})}}
    return NumberFormat(
        **{field.name: data[field.name] for field in fields(NumberFormat) if field.name in data}
    )


def fraction_digits(currency: str) -> int:
    """Return how many decimals a currency is shown with: USD 2, JPY 0, KWD 3 (CLDR)."""
    return currencies()[currency]


def currencies() -> Mapping[str, int]:
    """Return every ISO 4217 code with its number of decimals."""
    return _currency_data()["fraction_digits"]


def share_decimals(fraction: float) -> int:
    """Return how many decimals the per cent of a fraction are shown with."""
    return max(1, 1 - (Decimal(repr(float(fraction))) * 100).adjusted())


def rounded_up(value: float, decimals: int) -> float:
    """Return the least number with so many decimals that is not below the value."""
    # The binary noise of a division is no reason to go one further.
    clean = Decimal(repr(float(f"{value:.12g}")))
    step = Decimal(1).scaleb(-decimals)
    return float(clean.quantize(step, rounding=ROUND_CEILING, context=_DISPLAY))


def plain_number(value: float) -> float:
    """Return the number without binary noise, and as an int where it is whole.

    JSON and HTML then say 1500, not 1500.0, and 301, not 300.99999999999994.
    """
    clean = float(f"{value:.15g}")
    return int(clean) if clean.is_integer() else clean


class _CurrencyData(TypedDict):
    fraction_digits: dict[str, int]
    narrow_symbols: dict[str, str]


@cache
def _currency_data() -> _CurrencyData:
    data: _CurrencyData = json.loads(locale_file("currencies.json"))
    return data


# Any: the fields of a NumberFormat, as JSON has them; its constructor checks their names.
@cache
def _locale_data(language: str) -> dict[str, dict[str, Any]]:
    locales: dict[str, dict[str, Any]] = json.loads(locale_file(f"{language}.numbers.json"))[
        "locales"
    ]
    return locales


def _rounded(value: float | Decimal, most: int) -> tuple[str, bool]:
    """Return the digits rounded half away from zero, and whether what is shown is below zero.

    The shortest decimal that stands for the float is rounded, as browsers do: 1.005 gives 1.01.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    shown = exact.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP, context=_DISPLAY)
    return f"{abs(shown):f}", shown < 0


def _normalised(text: str) -> str:
    """Return the text with ASCII digits, marks and single spaces, trimmed."""
    ascii_digits = "".join(
        str(int(character)) if character.isdecimal() else character for character in text
    )
    return " ".join(ascii_digits.translate(_EQUIVALENTS).split())


def _canonical(numbers: NumberFormat, bare: str) -> str | None:
    """Return the text as `-?digits[.digits]`; None where the locale would not write it so."""
    decimal = re.escape(numbers.decimal)
    marks = {numbers.group, *_OTHER_GROUP_MARKS} - {numbers.decimal, ""}
    for mark in map(re.escape, (_plain_space(mark) for mark in marks)):
        first = rf"[1-9]\d{{0,{numbers.higher_group_size - 1}}}"
        higher = rf"(?:{mark}\d{{{numbers.higher_group_size}}})*"
        grouped = rf"{first}{higher}{mark}\d{{{numbers.group_size}}}"
        found = re.fullmatch(rf"(-?)(\d+|{grouped})?(?:{decimal}(\d*))?", bare, flags=re.ASCII)
        if found and (found[2] or found[3]):
            whole = re.sub(r"\D", "", found[2] or "0")
            return f"{found[1]}{whole}.{found[3] or '0'}"
    return None


def _plain_space(mark: str) -> str:
    """Return an ordinary space for any of the spaces that locales group with."""
    return " " if mark.isspace() else mark


def _bounded_float(canonical: str) -> float:
    whole, _, fraction = canonical.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > MAXIMUM_INTEGER_DIGITS or len(fraction) > MAXIMUM_FRACTION_DIGITS:
        raise NumberError(NumberFault.TOO_LONG)
    return float(canonical)
