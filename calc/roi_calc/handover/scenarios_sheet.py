"""The sheet of a workbook with other cases beside the answer: a column each, all of them live."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from roi_calc.answering.alternatives import Alternative, alternatives
from roi_calc.handover.book import FIRST_ROW, HEAD, LABEL, NOTE, STRONG, TITLE, Book
from roi_calc.handover.spreadsheet_formula import Cells
from roi_calc.handover.xlsx import Cell, Sheet, Style, address
from roi_calc.schema import Choice, Values, given_of

MOST: Final = 6
FIRST_COLUMN: Final = 1
_LABEL_WIDTH: Final = 44
_COLUMN_WIDTH: Final = 22


@dataclass(frozen=True)
class Case:
    """One column: a case with its inputs and results, where it stands."""

    name: str
    inputs: Any  # each calculator has its own Inputs
    outputs: Values
    column: int


def scenarios_sheet(book: Book) -> Sheet:
    """Return the sheet: every case's inputs, as entered unless overtyped, and its results."""
    answer, words = book.answer, book.words
    found = cases(book)
    heads = [Cell(case.name, style=HEAD) for case in found]
    rows: list[list[Cell | None]] = [
        [Cell(answer.words("title"), style=TITLE)],
        [Cell(words("scenarios.note"))],
        [],
        [*book.head("input"), *heads],
        *(_inputs(book, name, found) for name in answer.calculator.fields),
        [],
        [*book.head("result"), *heads],
        *(_results(book, name, found) for name in answer.calculator.results),
    ]
    widths = (_LABEL_WIDTH, *(_COLUMN_WIDTH for _ in found), _LABEL_WIDTH)
    return Sheet(words("sheet.scenarios"), rows, widths, FIRST_ROW, 1, is_landscape=True)


def result_row(book: Book, name: str) -> int:
    """Return the row in which a result of every case stands, from 0."""
    fields = len(book.answer.calculator.fields)
    return FIRST_ROW + fields + 2 + list(book.answer.calculator.results).index(name)


def cases(book: Book) -> list[Case]:
    """Return the cases: the answer as it was entered, then those beside it that can be."""
    return list(_cases(book, alternatives(book.answer)))


def _cases(book: Book, others: Sequence[Alternative]) -> Iterator[Case]:
    answer = book.answer
    as_entered = answer.language.words("scenario.base")
    yield Case(as_entered, answer.given.inputs, answer.outputs, FIRST_COLUMN)
    usable = [each for each in others if each.outputs is not None][: MOST - 1]
    for column, each in enumerate(usable, FIRST_COLUMN + 1):
        yield Case(each.name, each.inputs, each.outputs or {}, column)


def _inputs(book: Book, name: str, cases: Sequence[Case]) -> list[Cell | None]:
    label = Cell(book.answer.words(f"{name}.label"), style=LABEL)
    return [label, *(_input(book, name, case) for case in cases)]


def _input(book: Book, name: str, case: Case) -> Cell:
    """Return an input of a case: the one entered, or what this case has instead."""
    declared = book.answer.calculator.fields[name]
    value = getattr(case.inputs, name)
    shown = book.options[name][value] if isinstance(declared, Choice) else value
    if value != given_of(book.answer.calculator, book.answer.given.inputs)[name]:
        return Cell(shown, style=book.typed_style(declared, shown))
    cell = book.input_names[name]
    style = replace(book.typed_style(declared, shown), ink="", paper="")
    if name not in book.may_be_empty:
        return Cell(shown, cell, style)
    return Cell("" if value is None else shown, f'IF({cell}="","",{cell})', style)


def _results(book: Book, name: str, cases: Sequence[Case]) -> list[Cell | None]:
    answer = book.answer
    result = answer.calculator.results[name]
    style = Style(book.result_format(name))
    label = Cell(answer.words(f"{name}.label"), style=STRONG if result.is_headline else LABEL)
    found = [
        book.result(name, case.outputs[name], style, _cells(book, case.column)) for case in cases
    ]
    is_live = all(cell.formula for cell in found)
    note = [] if is_live else [Cell(book.words("result.not_live"), style=NOTE)]
    return [label, *found, *note]


def _cells(book: Book, column: int) -> Cells:
    """Return where the formulas of a case find what they take: in its own column."""
    calculator = book.answer.calculator
    inputs: Mapping[str, str] = {
        name: address(FIRST_ROW + row, column) for row, name in enumerate(calculator.fields)
    }
    results = {name: address(result_row(book, name), column) for name in calculator.results}
    return replace(book.cells, inputs=inputs, results=results, texts=book.may_be_empty)
