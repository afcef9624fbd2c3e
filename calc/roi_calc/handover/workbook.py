"""A workbook of an answer: what was entered, and every result that follows, live."""

from roi_calc.answering.answer import Answer
from roi_calc.handover.book import Book
from roi_calc.handover.inputs_sheet import inputs_sheet
from roi_calc.handover.memo import Typed
from roi_calc.handover.result_sheet import result_sheet
from roi_calc.handover.xlsx import written


def workbook(answer: Answer, typed: Typed | None = None) -> bytes:
    """Return an answer as an XLSX workbook; the same bytes for the same answer, on every machine.

    typed: what its reader writes, as for the memo; where each number comes from is in the sheets.
    Its formulas are those of the calculator, each result's cell named as the result is; a result
    that no formula gives is written as its value, and the sheet says so. What was typed is never a
    formula. Words, numbers and the currency are the answer's.
    """
    book = Book(answer, typed or Typed())
    sheets = [inputs_sheet(book), result_sheet(book)]
    return written(sheets, book.places, answer.words("title"))
