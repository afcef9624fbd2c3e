"""The sheet of a workbook with how the requests were counted: the trail, and A by month."""

from typing import Final

from roi_calc.handover.book import HEAD, LABEL, NOTE, TITLE, Book
from roi_calc.handover.xlsx import Cell, Sheet, Style

_WIDTHS: Final = (16, 90, 16)
_NUMBER: Final = Style("#,##0")
_RESULT: Final = Style("#,##0", is_bold=True, is_large=True)
_HEAD_ROWS: Final = 4


def count_sheet(book: Book) -> Sheet | None:
    """Return the sheet; None where nothing was counted. The cell of A has a name of its own."""
    count, words = book.typed.count, book.words
    if count is None:
        return None
    rows: list[list[Cell | None]] = [
        [Cell(words("sheet.count"), style=TITLE)],
        [Cell(count.heading, style=NOTE)],
        [],
        book.head("left", "rule", "left_out"),
    ]
    for each in count.steps:
        left, taken = (Cell(number, style=_NUMBER) for number in (each.left, each.taken))
        rows.append([left, Cell(each.said, style=LABEL), taken])
    said = Cell(book.answer.language.words("count.requests"), style=HEAD)
    rows.append([Cell(count.requests, style=_RESULT), said])
    rows += [[], *([None, Cell(each, style=LABEL)] for each in count.behind)]
    if count.months:
        rows += [[], book.head("requests", "month")]
        rows += [
            [Cell(each.requests, style=_NUMBER), Cell(each.month, style=LABEL)]
            for each in count.months
        ]
    return Sheet(words("sheet.count"), rows, _WIDTHS, _HEAD_ROWS)
