"""Blanks in a text: marks that stand where numbers will, each with how its number is written."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from roi_calc.quick.sums import Sum, UnsaidError

# A mark is one of these and a few digits, none of them an idle 0. The first is for an amount that
# begins with a currency's sign, which texts keep in one line.
_SIGN: Final = "\ue000"
_LETTER: Final = "\ua7ff"
_DIGITS: Final = "123456789"
_LENGTH: Final = 3
_MARK: Final = re.compile(f"[{_SIGN}{_LETTER}]([{_DIGITS}]{{{_LENGTH}}})")


class Blanks:
    """Every way in which numbers are written in a text. A blank: the way, and what it is given."""

    def __init__(self) -> None:
        self.all: dict[tuple[Sum, ...], int] = {}

    def mark(self, blank: tuple[Sum, ...], begins_with: str = "0") -> str:
        """Return the mark of a blank. begins_with: the first character of what is written."""
        rest, digits = self.all.setdefault(blank, len(self.all)), ""
        for _ in range(_LENGTH):
            rest, digit = divmod(rest, len(_DIGITS))
            digits = _DIGITS[digit] + digits
        if rest:
            raise UnsaidError
        return (_SIGN if unicodedata.category(begins_with) == "Sc" else _LETTER) + digits


def pieces(text: str) -> Iterator[str | int]:
    """Yield a text in pieces: the texts between marks, and the number of the blank of each mark.

    Texts and numbers by turns; the first and the last are texts.
    """
    for place, piece in enumerate(_MARK.split(text)):
        yield _number(piece) if place % 2 else piece


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    return number
