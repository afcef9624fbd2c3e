"""The sheet of a workbook with every result: live, and beside it how it was worked out."""

from dataclasses import replace

from roi_calc.answering import sentences
from roi_calc.formulas.writing import written
from roi_calc.handover.book import FIRST_ROW, LABEL, NOTE, STRONG, TITLE, Book
from roi_calc.handover.schedule_sheet import schedule_cells
from roi_calc.handover.xlsx import Cell, Sheet, Style
from roi_calc.language import rounding
from roi_calc.schema import Kind

_WIDTHS = (44, 20, 18, 48, 48, 40, 24)


def result_sheet(book: Book) -> Sheet:
    """Return the sheet: label, value, what is enough, formulas, source and nature, one a row."""
    answer, words = book.answer, book.words
    rows: list[list[Cell | None]] = [
        [Cell(answer.words("title"), style=TITLE)],
        [Cell(sentences.sentence(answer))],
        [Cell(words("result.note"))],
        book.head("result", "value", "enough", "formula", "numbers", "formula_source", "nature"),
        *(_row(book, name) for name in answer.calculator.results),
    ]
    return Sheet(words("sheet.result"), rows, _WIDTHS, FIRST_ROW, 1, is_landscape=True)


def _row(book: Book, name: str) -> list[Cell | None]:
    answer, result = book.answer, book.answer.calculator.results[name]
    value = book.result(name, answer.outputs[name], Style(book.result_format(name)), book.cells)
    if not value.formula:
        value = replace(value, formula=schedule_cells(book).get(name, ""))
    nature = result.nature_for(answer.given.inputs)
    symbols = numbers = ""
    if name in answer.worked_out:
        symbols = written(answer.worked_out[name], answer.symbol, answer.language.numbers.number)
        working = answer.working(name)
        numbers = f"{working.numbers} {working.sign} {working.figure}"
    return [
        Cell(answer.words(f"{name}.label"), style=STRONG if result.is_headline else LABEL),
        value,
        _enough(book, name),
        Cell(symbols or _why_not_live(book, value), style=LABEL),
        Cell(numbers, style=LABEL),
        Cell(answer.own_words.source(result), style=NOTE),
        Cell(answer.language.words(f"nature.{nature.value}") if nature else "", style=LABEL),
    ]


def _why_not_live(book: Book, value: Cell) -> str:
    return "" if value.formula else book.words("result.not_live")


def _enough(book: Book, name: str) -> Cell | None:
    """Return what is enough of a break-even, rounded one way as in the sentence on it."""
    answer, result = book.answer, book.answer.calculator.results[name]
    value = answer.outputs[name]
    if not result.is_condition:
        return None
    shown = book.undefined if value is None else answer.rounded(name, value)
    decimals = rounding.decimals_of(value or 1, result.kind, answer.currency)
    cell = book.result_names[name]
    how = "ROUNDDOWN" if result.is_ceiling else "ROUNDUP"
    formula = f"IF(ISTEXT({cell}),{cell},{how}(ROUND({cell},{decimals + 8}),{decimals}))"
    return Cell(shown, formula, Style(_enough_format(book, result.kind, decimals)))


def _enough_format(book: Book, kind: Kind, decimals: int) -> str:
    if kind.is_fraction:
        return f"0.{'0' * (decimals - 2)}%"
    return book.format_of(kind)
