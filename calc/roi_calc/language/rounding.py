"""How far each number of an answer is rounded before it is written: docs/decisions/rounding.md.

Numbers in, numbers out. How they are written is the language's (language.py, number_format.py).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

from roi_calc.language.number_format import (
    KEPT_NUMBERS,
    fraction_digits,
    noiseless,
    share_decimals,
)
from roi_calc.schema import Kind

# From here up an amount is whole if every amount that was typed is.
WHOLE_FROM: Final = 100
# A return from here up is in whole percent.
WHOLE_RETURN_FROM: Final = 0.1
# Above this a return is told as so many times what was spent.
PER_CENT_UP_TO: Final = 10
# Of ten thousand draws more digits would be chance.
_DIGITS_OF_DRAWS: Final = 3
# An amount from here up has at most one decimal with so many digits: half of its cents.
_WHOLE_DRAWN_FROM: Final = 10
# In the working, where readers compute along.
_MOST_DECIMALS: Final = 4
DECIMALS: Final = 2
PER_CENT: Final = 2
_SURE_DIGITS: Final = 12
_EXACT: Final = Context(prec=80)


@dataclass(frozen=True)
class Rounding:
    """How the amounts of one answer are rounded, which depends on what was typed.

    has_cents: whether any amount that was typed is not whole.
    """

    currency: str
    has_cents: bool

    def decimals(self, amounts: Iterable[float], *, is_rate: bool = False) -> int:
        """Return how many decimals amounts have that stand under each other: all, or none.

        is_rate: they are for one of something, such as an hour.
        """
        digits = fraction_digits(self.currency)
        shown = [nearest(amount, digits) for amount in amounts]
        if all(amount.is_integer() for amount in shown):
            return 0
        is_large = any(abs(amount) >= WHOLE_FROM for amount in shown)
        return 0 if is_large and not self.has_cents and not is_rate else digits

    def amount(self, value: float, *, is_rate: bool = False) -> float:
        """Return an amount as it is shown by itself."""
        return nearest(value, self.decimals([value], is_rate=is_rate))


def is_broken(amount: float, currency: str) -> bool:
    """Tell whether an amount has cents that are shown."""
    return not nearest(amount, fraction_digits(currency)).is_integer()


def usual(value: float, kind: Kind, currency: str) -> float:
    """Return a number as its kind is shown."""
    return nearest(value, decimals_of(value, kind, currency))


def threshold(value: float, kind: Kind, currency: str, *, is_ceiling: bool = False) -> float:
    """Return what is enough to reach a threshold: never below it, nor above a ceiling."""
    decimals = decimals_of(value, kind, currency)
    return -_up(-value, decimals) if is_ceiling else _up(value, decimals)


def of_return(fraction: float) -> float:
    """Return a return on investment as it is shown: in whole percent, or whole times."""
    if abs(fraction) > PER_CENT_UP_TO:
        return nearest(fraction, 0)
    if abs(fraction) >= WHOLE_RETURN_FROM:
        return nearest(fraction, PER_CENT)
    return nearest(fraction, PER_CENT + share_decimals(fraction))


def drawn(value: float, kind: Kind) -> float:
    """Return what came out of draws, with the digits that other draws would give again.

    An amount is whole where they would end within its cents: $54, not $54.30.
    """
    shown = float(f"{value:.{_DIGITS_OF_DRAWS}g}")
    is_whole = kind is Kind.MONEY and abs(shown) >= _WHOLE_DRAWN_FROM
    return nearest(shown, 0) if is_whole else shown


def in_working(value: float, kind: Kind) -> float:
    """Return a number of the working: as it is, but for decimals that nobody types."""
    return nearest(value, _MOST_DECIMALS + (PER_CENT if kind.is_fraction else 0))


def decimals_of(value: float, kind: Kind, currency: str) -> int:
    """Return how many decimals a number of a kind is shown with at most, as a fraction."""
    if kind is Kind.MONEY:
        return fraction_digits(currency)
    return PER_CENT + share_decimals(value) if kind.is_fraction else DECIMALS


def is_same(shown: float, value: float) -> bool:
    """Tell whether nothing was rounded away but the noise of binary fractions."""
    return math.isclose(shown, value, rel_tol=1e-12, abs_tol=1e-12)


@lru_cache(KEPT_NUMBERS)
def nearest(value: float, decimals: int) -> float:
    """Return a number rounded half away from zero, as the decimal that it stands for.

    >>> nearest(1.005, 2), nearest(-0.125, 2), nearest(3.5 * 1.47, 3)
    (1.01, -0.13, 5.145)
    """
    return _quantized(noiseless(value), decimals, ROUND_HALF_UP)


def cut(value: float, decimals: int) -> float:
    """Return the beginning of a number: 62.42 of 62.4219."""
    return _quantized(Decimal(repr(float(value))), decimals, ROUND_DOWN)


def _up(value: float, decimals: int) -> float:
    # The binary noise of a division is no reason to go one further.
    return _quantized(noiseless(value, _SURE_DIGITS), decimals, ROUND_CEILING)


def _quantized(value: Decimal, decimals: int, how: str) -> float:
    # Without the sign that a 0 can have.
    return float(value.quantize(Decimal(1).scaleb(-decimals), rounding=how, context=_EXACT)) + 0.0
