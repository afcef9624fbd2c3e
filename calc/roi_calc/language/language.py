"""A language: the words of its catalog and the numbers of its locale, joined into sentences."""

import gettext
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Final, TypeAlias, TypedDict

from roi_calc.language import rounding
from roi_calc.language.catalogs import catalog
from roi_calc.language.locales import locale_file
from roi_calc.language.number_format import (
    MAXIMUM_FRACTION_DIGITS,
    NEUTRAL,
    NumberFormat,
    fraction_digits,
    number_format,
    number_locales,
    plain_number,
    share_decimals,
)
from roi_calc.schema import Choice, InputError, Kind, Quantity

_ONE_MARK_AND_THREE_DIGITS: Final = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}([.,])\d{3}(?![\d.,])", flags=re.ASCII
)
# So many percent would be all of it as a fraction.
_LARGEST_FRACTION: Final = 1
_LAST_DIGIT: Final = re.compile(r"(?<=\d)(?!.*\d)")
_SHOWN_DECIMALS: Final = 2
_ESTIMATED_DIGITS: Final = 2
_OTHER: Final = 2  # stands for a fraction where it takes the plural


class UnknownLanguageError(LookupError):
    """A language tag that there is no catalog or no number format for."""


class Later:
    """A text that is made when another one takes it."""

    def __init__(self, make: Callable[[str], str], name: str) -> None:
        self._make = make
        self._name = name

    def __format__(self, how: str) -> str:
        """Return the text."""
        return format(self._make(self._name), how)


# What a text may be filled with.
Text: TypeAlias = str | Later


@dataclass(frozen=True, eq=False)
class Language:
    """Words and numbers of one BCP 47 tag, such as `en`, `es-MX` or `id`: language() has it."""

    tag: str
    numbers: NumberFormat

    @property
    def catalog(self) -> gettext.NullTranslations:
        """Its words; not read for who asks for its numbers alone."""
        return catalog(self.base)

    def words(self, key: str, **values: Text) -> str:
        """Return the text for a key of the catalog, with its placeholders filled.

        Raises KeyError for a key the catalog does not have: a mistake of ours, found by a test.
        """
        text = _text(self.base, key)
        if text is None:
            raise KeyError(key)
        return text.format_map(values)

    def has(self, key: str) -> bool:
        """Tell whether the catalog has a key."""
        return _text(self.base, key) is not None

    @property
    def direction(self) -> str:
        """Which way the words run: `ltr` or `rtl`."""
        return self._traits["direction"]

    @property
    def territory(self) -> str:
        """The tag's region, `MX` for `es-MX`; the language's main one where it names none."""
        return self.tag.partition("-")[2] or self._traits["territory"]

    def counted(self, key: str, number: float, **values: Text) -> str:
        """Return the plural form of a key that goes with the number."""
        is_other = number != int(number) and self._traits["fraction_is_plural"]
        whole = _OTHER if is_other else int(number)
        text = self.catalog.ngettext(key, key, whole)
        if text == key:
            raise KeyError(key)
        return text.format_map(values)

    def plural_form(self, number: float, forms: Sequence[str]) -> str:
        """Return the form that goes with a number, of forms in the catalog's order.

        Fewer forms than the language has: the last stands for the rest.
        """
        index = int(self.counted("plural.form", round(number, _SHOWN_DECIMALS)))
        return forms[min(index, len(forms) - 1)]

    def listed(self, items: Sequence[str]) -> str:
        """Join alternatives: `A or B`, `A, B or C`; some languages write `A, B, or C`."""
        *others, last = items
        if not others:
            return last
        if len(others) == 1:
            return self.words("list.either", first=others[0], last=last)
        return self.words("list.or", others=", ".join(others), last=last)

    def figure(self, value: float | None, kind: Kind, currency: str) -> str:
        """Write a number as its kind is written, or say that it is not defined.

        currency: empty for an amount in whichever a block will have, written as a bare number.
        """
        if value is None:
            return self.words("figure.undefined")
        if kind is Kind.MONEY and currency:
            return self.numbers.amount(value, currency)
        if kind is Kind.SHARE:
            return self.numbers.percentage(value)
        if kind is Kind.POINTS:
            return self._points(value, share_decimals(value))
        return self.numbers.number(value)

    def estimate(self, value: float, kind: Kind) -> str:
        """Write hours and posts with their word, and no more digits than are known of them.

        Two that count, one below 1: 21.6 hours are `22 hours`, 0.105 posts `0.1 of a post`.
        """
        digits = 1 if abs(value) < 1 else _ESTIMATED_DIGITS
        shown = float(f"{value:.{digits}g}")
        if kind is Kind.POSTS and shown < 1:
            return self.words(
                "estimate.part_of_a_post", value=self.numbers.number(shown, MAXIMUM_FRACTION_DIGITS)
            )
        key = f"estimate.{kind.value}"
        return self.counted(key, shown, value=self.numbers.number(shown, MAXIMUM_FRACTION_DIGITS))

    def _points(self, value: float, most: int) -> str:
        points = plain_number(value * 100)
        return self.counted("figure.points", points, value=self.numbers.number(points, most))

    def return_figure(self, fraction: float) -> str:
        """Write a return on investment; a very large one as so many times what was spent."""
        if abs(fraction) > rounding.PER_CENT_UP_TO:
            return self.words("figure.times", number=self.numbers.number(fraction, 0))
        return self.numbers.percentage(fraction)

    def share_of_draws(self, fraction: float) -> str:
        """Write how many of the draws something is true of: not all or none if it is not so."""
        shown = rounding.nearest(fraction, _SHOWN_DECIMALS)
        one = 10**-_SHOWN_DECIMALS
        if shown == 0 < fraction:
            return self.words("figure.hardly_any", share=self.numbers.percentage(one))
        if shown == 1 > fraction:
            return self.words("figure.nearly_all", share=self.numbers.percentage(1 - one))
        return self.numbers.percentage(shown)

    def threshold(
        self, value: float, kind: Kind, currency: str, *, is_ceiling: bool = False
    ) -> str:
        """Write a figure that something must reach, never rounded below what is enough.

        is_ceiling: it must not be exceeded instead, and is never rounded above what is allowed.
        """
        enough = rounding.threshold(value, kind, currency, is_ceiling=is_ceiling)
        return self.figure(enough, kind, currency)

    def threshold_worked_out(
        self, value: float, kind: Kind, currency: str, *, is_ceiling: bool = False
    ) -> str:
        """Write the same with the number behind it: `62.42…%, so at least 62.5%`."""
        enough = rounding.threshold(value, kind, currency, is_ceiling=is_ceiling)
        said = self.figure(enough, kind, currency)
        if rounding.is_same(enough, value):
            return said
        begun = self._begun(value, kind, currency)
        key = "working.at_most" if is_ceiling else "working.at_least"
        return self.words(key, value=begun, threshold=said)

    def _begun(self, value: float, kind: Kind, currency: str) -> str:
        """Write the beginning of a number whose digits go on, one digit more than it is shown."""
        decimals = rounding.decimals_of(value, kind, currency) + 1
        return _LAST_DIGIT.sub("…", self.exact(rounding.cut(value, decimals), kind, currency))

    def exact(self, value: float, kind: Kind, currency: str) -> str:
        """Write a number for a reader who computes along, with all the decimals that it has."""
        if kind is Kind.SHARE:
            return self.numbers.percentage(value, MAXIMUM_FRACTION_DIGITS)
        if kind is Kind.POINTS:
            return self._points(value, MAXIMUM_FRACTION_DIGITS)
        if kind is not Kind.MONEY:
            return self.numbers.number(value, MAXIMUM_FRACTION_DIGITS)
        decimals = -int(Decimal(repr(plain_number(value))).as_tuple().exponent)
        usual = fraction_digits(currency)
        return self.numbers.amount(value, currency, decimals if decimals > usual else None)

    def typed(self, value: float | None, kind: Kind) -> str:
        """Write a number as a visitor would type it into a field; nothing for None.

        A share is written as percent, without the sign that stands behind the field, but where it
        would be asked whether 0.6 is meant as a fraction. An author's always has it.
        """
        if value is None:
            return ""
        if not kind.is_fraction:
            return self.numbers.ungrouped(value)
        per_cent = plain_number(value * 100)
        if self.numbers.is_neutral or 0 < abs(per_cent) <= _LARGEST_FRACTION:
            return self.numbers.signed_share(value)
        return self.numbers.ungrouped(per_cent)

    def reading(self, text: str, value: float, kind: Kind) -> str:
        """Say how a text was read, if it could be taken otherwise: `1.234`, `$20`, `8,01`, `１２`.

        An author's share without its sign is said too: `0.6` is 60 %. Empty where it could not.
        """
        written = text.strip().replace("-", self.numbers.minus)
        if kind.is_fraction:
            is_fraction = self.numbers.is_neutral and "%" not in written and value != 0
            if self._is_plain(written.strip("% \u00a0")) and not is_fraction:
                return ""
            return self.words("note.reading", reading=self.numbers.signed_share(value))
        reading = self.numbers.number(value, MAXIMUM_FRACTION_DIGITS)
        doubtful = _ONE_MARK_AND_THREE_DIGITS.search(written)
        if doubtful:
            effect = "decimals" if doubtful[1] == self.numbers.decimal else "thousands"
            return self.words(f"note.reading.{effect}", reading=reading, mark=doubtful[1])
        return "" if self._is_plain(written) else self.words("note.reading", reading=reading)

    def _is_plain(self, written: str) -> bool:
        """Tell whether a text is digits with this locale's decimal mark and nothing else."""
        decimal = re.escape(self.numbers.decimal)
        return bool(re.fullmatch(rf"[-\u2212]?\d+(?:{decimal}\d+)?", written, flags=re.ASCII))

    def currency_name(self, currency: str) -> str:
        """Return a currency's name, as amounts are in it: `US dollars`; empty for one without.

        Only where pages are built: the names do not go to Python in the browser.
        """
        return _currency_names(self.base).get(currency, "")

    def per(self, period: str) -> str:
        """Return the words for the period that amounts are for: `a month`; empty for none."""
        return self.words(f"period.{period}") if period else ""

    def fault(
        self, declared: Quantity | Choice, error: InputError, currency: str, other: str = ""
    ) -> str:
        """Say what is wrong with anything that is read as an input is, and what to do.

        other: the label of the second input that it is about.
        """
        values = {"found": _shortened(error.found), "other": other, "currency": currency}
        values["suggestion"] = self.listed(error.suggestions) if error.suggestions else ""
        if isinstance(declared, Choice):
            values["options"] = self.listed(declared.options)
        else:
            values |= {
                "example": self.numbers.number(1234.5),
                "minimum": self._limit(declared.minimum, declared, currency),
                "maximum": self._limit(declared.maximum, declared, currency),
                "number": self.figure(error.number or 0, declared.kind, currency),
            }
        return self.words(f"error.{error.reason}", **values)

    @property
    def _traits(self) -> "_Traits":
        return _traits()[self.base]

    @cached_property
    def base(self) -> str:
        """The tag without a region: that of the catalog."""
        return self.tag.partition("-")[0]

    def _limit(self, limit: float, quantity: Quantity, currency: str) -> str:
        figure = self.figure(limit, quantity.kind, currency)
        if quantity.kind.is_fraction and self.numbers.is_neutral:
            return f"{plain_number(limit)} ({figure})"
        return figure


@cache
def author_language() -> Language:
    """Return English with numbers as authors and machines write them, for their error messages."""
    return replace(language("en"), numbers=NEUTRAL)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a catalog, as `make locales` listed them."""
    return tuple(_traits())


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
    return Language(locale, number_format(locale))


class _Traits(TypedDict):
    """What CLDR says of a language: which way it runs, if 1.5 takes the plural, its main region."""

    direction: str
    fraction_is_plural: bool
    territory: str


@cache
def _text(base: str, key: str) -> str | None:
    text = catalog(base).gettext(key)
    return None if text == key else text


@cache
def _traits() -> dict[str, _Traits]:
    traits: dict[str, _Traits] = json.loads(locale_file("languages.json"))
    return traits


@cache
def _currency_names(base: str) -> dict[str, str]:
    names: dict[str, str] = json.loads(locale_file(f"{base}.currency_names.json"))["names"]
    return names


def _shortened(text: str, most: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
