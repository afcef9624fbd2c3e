"""A workbook of an answer: what was entered, and every result that follows, live."""

from roi_calc.answering.answer import Answer
from roi_calc.handover.book import Book
from roi_calc.handover.count_sheet import count_sheet
from roi_calc.handover.inputs_sheet import inputs_sheet
from roi_calc.handover.memo import Typed
from roi_calc.handover.memo_sheet import memo_sheet
from roi_calc.handover.months_sheet import months_sheet
from roi_calc.handover.result_sheet import result_sheet
from roi_calc.handover.scenarios_sheet import scenarios_sheet
from roi_calc.handover.schedule_sheet import schedule_sheet
from roi_calc.handover.sources_sheet import about_sheet, sources_sheet
from roi_calc.handover.two_inputs_sheet import two_inputs_sheet
from roi_calc.handover.xlsx import written
from roi_calc.months.table import Table


def workbook(answer: Answer, typed: Typed | None = None, months: Table | None = None) -> bytes:
    """Return an answer as an XLSX workbook; the same bytes for the same answer, on every machine.

    typed: what its reader writes, as for the memo; where each number comes from is in the sheets.
    months: of the same calculator and currency, with the answer's inputs as those of today.
    Its formulas are those of the calculator, each result's cell named as the result is; a result
    that no formula gives is written as its value, and the sheet says so. What was typed is never a
    formula. Words, numbers and the currency are the answer's.
    """
    book = Book(answer, typed or Typed(), months)
    sheets = [memo_sheet(book), inputs_sheet(book), result_sheet(book), scenarios_sheet(book)]
    sheets += filter(None, (two_inputs_sheet(book), months_sheet(book), schedule_sheet(book)))
    sheets += filter(None, (count_sheet(book), sources_sheet(book)))
    sheets.append(about_sheet(book))
    return written(sheets, book.places, answer.words("title"))
