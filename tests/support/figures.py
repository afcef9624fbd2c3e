"""Numbers in a page's prose, as each language writes them, and in the neutral notation of claims.

The neutral notation has a point for decimals and no groups: `100`, `$480.60`, `£5.58`, `62.4%`.
Signs do not count: a page says a loss in words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from roi_calc.language.number_format import (
    MAXIMUM_FRACTION_DIGITS,
    NumberFormat,
    fraction_digits,
    number_format,
)

CURRENCIES: Final = {"$": "USD", "£": "GBP"}
_DIGITS: Final = r"\d+(?:[.,]\d+)*"


@dataclass(frozen=True)
class Figure:
    """One number. mark: `$`, `£`, `%`, or nothing for a plain number."""

    mark: str
    size: Decimal


def claimed(neutral: str) -> Figure:
    """Return the number that a claim writes."""
    found = re.fullmatch(r"-?([$£]?)(\d+(?:\.\d+)?)(%?)", neutral)
    assert found, f"{neutral!r} is not in the neutral notation"
    return Figure(found[1] or found[3], Decimal(found[2]))


def figures(language: str, text: str) -> Iterator[tuple[str, Figure]]:
    """Yield each number of the text, as it stands there and as what it says.

    Fails on one that the language would not write so.
    """
    numbers = number_format(language)
    symbols = {numbers.currency_symbol(code): mark for mark, code in CURRENCIES.items()}
    symbol = "|".join(re.escape(each) for each in symbols)
    pattern = rf"(?:(?P<before>{symbol})\s?|(?<![\w.,])){_DIGITS}(?:…?\s?(?P<after>%|{symbol}))?"
    for found in re.finditer(pattern, text):
        written = " ".join(found[0].replace("…", "").split())
        mark = symbols.get(found["before"] or found["after"] or "", found["after"] or "")
        digits = re.search(_DIGITS, written)
        assert digits
        size = _read(numbers, digits[0])
        figure = Figure(mark, size)
        is_cut = "…" in found[0]
        assert written in _spellings(numbers, figure, is_cut=is_cut), f"{written!r} in {language}"
        yield written, figure


def _read(numbers: NumberFormat, digits: str) -> Decimal:
    return Decimal(digits.replace(numbers.group, "").replace(numbers.decimal, "."))


def _spellings(numbers: NumberFormat, figure: Figure, *, is_cut: bool) -> set[str]:
    """Return how the language writes the number; years have no groups.

    A whole amount has cents where another in its column has them. is_cut: whether an ellipsis
    stands behind its digits.
    """
    size = float(figure.size)
    if figure.mark == "%":
        digits = MAXIMUM_FRACTION_DIGITS if is_cut else None
        spellings = {numbers.percentage(float(figure.size / 100), digits)}
    elif figure.mark:
        currency = CURRENCIES[figure.mark]
        spellings = {
            numbers.amount(size, currency),
            numbers.amount(size, currency, fraction_digits(currency)),
        }
    else:
        spellings = {numbers.number(size), f"{figure.size:f}".replace(".", numbers.decimal)}
    return {" ".join(each.split()) for each in spellings}
