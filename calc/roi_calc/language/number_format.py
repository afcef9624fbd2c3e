"""How one locale writes numbers: CLDR data in, text out. No words live here."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from typing import Any, Final, TypedDict

from roi_calc.language.locales import locale_file

# Of what is read, and of what is written to be read back.
MAXIMUM_FRACTION_DIGITS: Final = 9
# An answer says most of its numbers several times.
KEPT_NUMBERS: Final = 1000

# A ratio of the largest to the smallest number that is read has 36 digits.
_DISPLAY: Final = Context(prec=80)
# One mark and three digits: decimals or thousands?
_DOUBTFUL: Final = re.compile(r"[-\u2212]?[1-9]\d{0,2}[.,]\d{3}", flags=re.ASCII)


@dataclass(frozen=True, eq=False)
class NumberFormat:
    """One locale's way with numbers, as CLDR has it but for what `make locales` changes.

    There is one for each locale, for which what was written is kept.

    In patterns `#` stands for the digits and `¤` for the currency; the coded one is for currencies
    shown by letters, which CLDR sets off with a space. minus: before all of a number. symbols:
    ISO 4217 code to the symbol used in this locale, where it is not the code.
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
    money: str
    coded_money: str
    symbols: Mapping[str, str]
    # What authors and machines write: a share without its sign is a fraction, as a reader's is per
    # cent behind whose field the sign stands, and no locale's rule decides between two readings.
    is_neutral: bool = False

    @property
    def leaves_doubt(self) -> bool:
        """Whether no rule says what `1.234` is: none is given, or amounts are written otherwise."""
        return self.is_neutral or self.decimal != self.money_decimal

    @lru_cache(KEPT_NUMBERS)  # noqa: B019 - there are no more of them than locales
    def number(self, value: float, most: int = 2) -> str:
        """Write a plain number, with up to `most` digits after the decimal sign and no idle zeros.

        >>> number_format("es").number(15000.5)
        '15.000,5'
        """
        return self._number(value, most, self.group)

    def _number(self, value: float, most: int, group: str) -> str:
        digits, is_negative = _rounded(value, most)
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        return self._signed(self._grouped(digits, group, self.decimal), is_negative=is_negative)

    def ungrouped(self, value: float) -> str:
        """Write a number with all its digits and no group marks, to be read back: `1234,5`."""
        written = self._number(value, MAXIMUM_FRACTION_DIGITS, "")
        return f"{written}0" if self.leaves_doubt and _DOUBTFUL.fullmatch(written) else written

    def signed_share(self, fraction: float) -> str:
        """Write a fraction as percent with its sign and all its digits, to be read back."""
        return self.percent.replace("#", self.ungrouped(plain_number(fraction * 100)))

    @lru_cache(KEPT_NUMBERS)  # noqa: B019 - as above
    def percentage(self, fraction: float, most: int | None = None) -> str:
        """Write a fraction as percent: 3.0 is `300%` in English, `300 %` in Spanish.

        One decimal at most, but two significant digits below 1 %: a small share is not none. most:
        how many decimals instead.
        """
        hundredfold = Decimal(repr(float(fraction))) * 100
        decimals = share_decimals(fraction) if most is None else most
        digits, is_negative = _rounded(hundredfold, decimals)
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        written = self._grouped(digits, self.group, self.decimal)
        return self._signed(self.percent.replace("#", written), is_negative=is_negative)

    @lru_cache(KEPT_NUMBERS)  # noqa: B019 - as above
    def amount(self, value: float, currency: str, decimals: int | None = None) -> str:
        """Write an amount of money with the currency's own number of decimals, a whole one without.

        decimals: exactly so many instead, as in a column where another amount has them.

        >>> number_format("en").amount(1500, "USD"), number_format("en").amount(1500.5, "USD")
        ('$1,500', '$1,500.50')
        """
        digits, is_negative = _rounded(
            value, fraction_digits(currency) if decimals is None else decimals
        )
        if decimals is None:
            digits = digits.removesuffix("." + "0" * fraction_digits(currency))
        written = self._grouped(digits, self.money_group, self.money_decimal)
        symbol = self.currency_symbol(currency)
        unsigned = self._money_pattern(symbol).replace("#", written).replace("¤", symbol)
        return self._signed(unsigned, is_negative=is_negative)

    def currency_symbol(self, currency: str) -> str:
        """Return what this locale shows for a currency: `$`, `US$`, `Rp`, or the code itself."""
        return self.symbols.get(currency, currency)

    def affixes(self, currency: str) -> tuple[str, str]:
        """Return what stands before and behind the digits of an amount: `$` and nothing."""
        symbol = self.currency_symbol(currency)
        before, _, behind = self._money_pattern(symbol).replace("¤", symbol).partition("#")
        return before.strip(), behind.strip()

    def _signed(self, written: str, *, is_negative: bool) -> str:
        return self.minus + written if is_negative else written

    def _money_pattern(self, symbol: str) -> str:
        """Return the pattern for a currency whose symbol touches the digits with that character."""
        touching = symbol[0] if self.money.startswith("#") else symbol[-1]
        return self.coded_money if touching.isalpha() or touching == "." else self.money

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
    percent="#%",
    money="¤ #",
    coded_money="¤ #",
    symbols={},
    is_neutral=True,
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


def currency_marks(currency: str) -> tuple[str, ...]:
    """Return how a currency is marked anywhere in the world, beside its code: `$`, `US$`, `$US`."""
    marks = _currency_data()["marks"].get(currency, "")
    return tuple(marks.split("|")) if marks else ()


@lru_cache(KEPT_NUMBERS)
def share_decimals(fraction: float) -> int:
    """Return how many decimals the percent of a fraction are shown with."""
    return max(1, 1 - (Decimal(repr(float(fraction))) * 100).adjusted())


def plain_number(value: float) -> float:
    """Return the number without binary noise, and as an int where it is whole.

    JSON and HTML then say 1500, not 1500.0, and 301, not 300.99999999999994.
    """
    clean = float(noiseless(value))
    return int(clean) if clean.is_integer() else clean


def noiseless(value: float, digits: int = 15) -> Decimal:
    """Return the decimal that a number stands for: as many of its digits as no noise reaches.

    Half of the last one goes up, in Python as in a page.
    """
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal_from_float(value)


class _CurrencyData(TypedDict):
    fraction_digits: dict[str, int]
    marks: dict[str, str]


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


@lru_cache(KEPT_NUMBERS)
def _rounded(value: float | Decimal, most: int) -> tuple[str, bool]:
    """Return the digits rounded half away from zero, and whether what is shown is below zero.

    The shortest decimal that stands for the float is rounded, as browsers do: 1.005 gives 1.01.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    shown = exact.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP, context=_DISPLAY)
    return f"{abs(shown):f}", shown < 0
