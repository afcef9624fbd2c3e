"""A language: the words of its catalog and the numbers of its locale, joined into sentences."""

import gettext
import json
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from roi_calc.catalog import read_catalog
from roi_calc.locales import locale_file
from roi_calc.number_format import (
    MAXIMUM_FRACTION_DIGITS,
    NEUTRAL,
    NumberFormat,
    fraction_digits,
    number_format,
    number_locales,
    plain_number,
    rounded_up,
    share_decimals,
)
from roi_calc.schema import AnyCalculator, InputError, Kind, Quantity

_ONE_MARK_AND_THREE_DIGITS: Final = re.compile(r"\d{1,3}([.,])\d{3}")
_OTHER: Final = 2  # a number that no plural rule of our languages singles out


class UnknownLanguageError(LookupError):
    """A language tag that there is no catalog or no number format for."""


@dataclass(frozen=True)
class Language:
    """Words and numbers of one BCP 47 tag, such as `en`, `es-MX` or `id`."""

    tag: str
    numbers: NumberFormat
    catalog: gettext.NullTranslations

    def words(self, key: str, **values: str) -> str:
        """Return the text for a key of the catalog, with its placeholders filled.

        Raises KeyError for a key the catalog does not have: a mistake of ours, found by a test.
        """
        text = self.catalog.gettext(key)
        if text == key:
            raise KeyError(key)
        return text.format_map(values)

    def counted(self, key: str, number: float, **values: str) -> str:
        """Return the plural form of a key that goes with the number."""
        whole = int(number) if number == int(number) else _OTHER
        text = self.catalog.ngettext(key, key, whole)
        if text == key:
            raise KeyError(key)
        return text.format_map(values)

    def figure(self, value: float | None, kind: Kind, currency: str) -> str:
        """Write a number as its kind is written, or say that it is not defined."""
        if value is None:
            return self.words("figure.undefined")
        if kind is Kind.MONEY:
            return self.numbers.amount(value, currency)
        if kind is Kind.SHARE:
            return self.numbers.percentage(value)
        return self.numbers.number(value)

    def threshold(self, value: float, kind: Kind, currency: str) -> str:
        """Write a figure that something must reach, never rounded below what is enough."""
        if kind is Kind.MONEY:
            value = rounded_up(value, fraction_digits(currency))
        elif kind is Kind.SHARE:
            value = rounded_up(value, 2 + share_decimals(value))
        return self.figure(value, kind, currency)

    def typed(self, value: float | None, kind: Kind) -> str:
        """Write a number as a visitor would type it into a field; nothing for None.

        A share is written as per cent, without the sign that stands behind the field.
        """
        if value is None:
            return ""
        return self.numbers.ungrouped(plain_number(value * 100) if kind is Kind.SHARE else value)

    def reading(self, text: str, value: float, kind: Kind) -> str:
        """Say how a text was read, if it could be taken otherwise: `1.234`, `$ 1,200`, `１２`.

        Empty where it could not.
        """
        written = text.strip()
        if kind is Kind.SHARE:
            is_plain = written.strip("% \u00a0") == self.typed(value, kind)
            return (
                "" if is_plain else self.words("note.reading", reading=self.figure(value, kind, ""))
            )
        reading = self.numbers.number(value, MAXIMUM_FRACTION_DIGITS)
        ambiguous = _ONE_MARK_AND_THREE_DIGITS.fullmatch(written)
        if ambiguous:
            effect = "decimals" if ambiguous[1] == self.numbers.decimal else "thousands"
            return self.words(f"note.reading.{effect}", reading=reading, mark=ambiguous[1])
        if written == self.typed(value, kind) or (written.isascii() and written.isdigit()):
            return ""
        return self.words("note.reading", reading=reading)

    def unit(self, calculator: AnyCalculator, name: str, currency: str) -> str:
        """Return the words behind an input's number, such as `USD a month`."""
        return self.words(f"{calculator.name}.{name}.unit", currency=currency)

    def error(self, calculator: AnyCalculator, error: InputError, currency: str) -> str:
        """Say what is wrong with an input, what is expected, and what to do."""
        quantity = calculator.quantities[error.field]
        other = error.other and self.words(f"{calculator.name}.{error.other}.label")
        return self.words(
            f"error.{error.reason}{'.suggestion' if error.suggestion else ''}",
            found=_shortened(error.found),
            suggestion=error.suggestion,
            label=self.words(f"{calculator.name}.{error.field}.label"),
            other=other,
            example=self.numbers.number(1234.5),
            minimum=self._limit(quantity.minimum, quantity, currency),
            maximum=self._limit(quantity.maximum, quantity, currency),
        )

    def _limit(self, limit: float, quantity: Quantity, currency: str) -> str:
        return self.figure(limit, quantity.kind, currency)


@cache
def author_language() -> Language:
    """Return English with numbers as authors and machines write them, for their error messages."""
    return replace(language("en"), numbers=NEUTRAL)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a catalog, as `make locales` listed them."""
    return tuple(json.loads(locale_file("languages.json")))


@cache
def language(tag: str) -> Language:
    """Return the language of a tag such as `en`, `es_MX` or `id-ID`.

    Raises UnknownLanguageError where there is no catalog for the language or no number format for
    the region.
    """
    base, hyphen, region = tag.replace("_", "-").partition("-")
    base, locale = base.lower(), f"{base.lower()}{hyphen}{region.upper()}"
    if base not in languages() or locale not in number_locales(base):
        raise UnknownLanguageError(tag)
    return Language(locale, number_format(locale), _catalog(base))


@cache
def _catalog(base: str) -> gettext.GNUTranslations:
    return read_catalog(locale_file(f"{base}.po"))


def _shortened(text: str, most: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
