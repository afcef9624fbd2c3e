"""Blanks in a text: marks that stand where numbers will, each with how its number is written."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from roi_calc.quick.sums import Sum, UnsaidError
from roi_calc.showing.full_answer import UNKNOWN, UNKNOWN_UNBROKEN

# An amount that is kept in one line if it is negative.
UNBROKEN: Final = "unbroken"

# A mark is one of these and a few digits, none of them an idle 0: those of an amount that begins
# with a currency's sign, and one for everything else.
_OTHER: Final = "\ua7ff"
_DIGITS: Final = "123456789"
_LENGTH: Final = 3
_MARK: Final = re.compile(f"([{UNKNOWN}{UNKNOWN_UNBROKEN}{_OTHER}][{_DIGITS}]{{{_LENGTH}}})")


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
        return (UNKNOWN if unicodedata.category(begins_with) == "Sc" else _OTHER) + digits

    def pieces(self, text: str) -> Iterator[str | int]:
        """Yield a text in pieces: what stands between marks, and the number of each mark's blank.

        Texts and numbers by turns; the first and the last are texts.
        """
        for place, piece in enumerate(_MARK.split(text)):
            yield self._number(piece) if place % 2 else piece

    def _number(self, mark: str) -> int:
        number = 0
        for digit in mark[1:]:
            number = number * len(_DIGITS) + _DIGITS.index(digit)
        if mark[0] != UNKNOWN_UNBROKEN:
            return number
        _, *given = list(self.all)[number]
        return self.all.setdefault((UNBROKEN, *given), len(self.all))
