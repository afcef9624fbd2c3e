"""Why a file cannot be counted; the catalog has the sentence, `count.error.<reason>`."""

from enum import StrEnum
from typing import Final

from roi_calc.language.language import Language

_SHOWN_CHARACTERS: Final = 40


class Reason(StrEnum):
    """What is wrong with a file, or with what was asked of it."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    WORKBOOK = "workbook"
    NOT_TEXT = "not_text"
    BROKEN_QUOTES = "broken_quotes"
    LONG_CELL = "long_cell"
    MORE_CELLS = "more_cells"
    MESSAGES = "messages"
    UNKNOWN_TOOL = "unknown_tool"
    NO_COLUMN = "no_column"
    TWO_COLUMNS = "two_columns"
    NO_COLUMN_FOR = "no_column_for"
    NO_DATE = "no_date"
    DAY_OR_MONTH = "day_or_month"


class CountError(ValueError):
    """A file that cannot be counted: the reason and, by name, what its sentence says.

    is_of_calls: whether that is the second file.
    """

    is_of_calls: bool = False

    def __init__(self, reason: Reason, **found: str | int) -> None:
        self.reason = reason
        self.found = found
        super().__init__(reason.value)

    def said(self, language: Language, option: str = "") -> str:
        """Say what was found, what was expected and what to do.

        option: what to use, where that is not the command line's.
        """
        values = {
            name: language.numbers.number(value) if isinstance(value, int) else value
            for name, value in self.found.items()
        }
        if option:
            values["option"] = option
        return language.words(f"count.error.{self.reason}", **values)


def excerpt(cell: str) -> str:
    """Return the beginning of a cell, as it may stand in a sentence: on one line, and printable."""
    cell = " ".join("".join(each if each.isprintable() else " " for each in cell).split())
    return cell if len(cell) <= _SHOWN_CHARACTERS else f"{cell[: _SHOWN_CHARACTERS - 1]}…"
