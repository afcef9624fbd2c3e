"""The sheet of a workbook that is read first: the memo, its figures taken from the other sheets."""

from collections.abc import Iterator
from typing import Final

from roi_calc.handover.book import FIRST_ROW, HEAD, LABEL, NOTE, STRONG, TITLE, Book
from roi_calc.handover.inputs_sheet import GRADE_COLUMN, SOURCE_COLUMN, grade
from roi_calc.handover.memo import Memo, leading_results, memo
from roi_calc.handover.scenarios_sheet import FIRST_COLUMN, cases, result_row
from roi_calc.handover.xlsx import Cell, Sheet, Style, address, address_on

_WIDTHS: Final = (32, 16, 16, 16, 16, 16, 16)
_COLUMNS: Final = len(_WIDTHS)
# Of a line of text across the columns, and its height in points.
_CHARACTERS: Final = 90
_HEIGHT: Final = 15.5


class _Page:
    """The rows of the sheet while they are written, with the texts that run across its columns."""

    def __init__(self) -> None:
        self.rows: list[list[Cell | None]] = []
        self.merged: list[str] = []
        self.heights: dict[int, float] = {}

    def add(self, *cells: Cell | None) -> None:
        self.rows.append(list(cells))

    def say(self, heading: str, text: str) -> None:
        """Add a part that is a text; nothing for none."""
        if not text:
            return
        row, first = len(self.rows), 1 if heading else 0
        self.merged.append(f"{address(row, first)}:{address(row, _COLUMNS - 1)}")
        self.heights[row] = _HEIGHT * (1 + len(text) // _CHARACTERS)
        said = Cell(text, style=LABEL)
        self.add(*([Cell(heading, style=STRONG), said] if heading else [said]))


def memo_sheet(book: Book) -> Sheet:
    """Return the sheet: the twelve parts in their order, without those that say nothing."""
    made, page = memo(book.answer, book.typed), _Page()
    words = book.answer.language.words
    page.add(Cell(made.title, style=TITLE))
    page.say("", " · ".join(made.by))
    page.say("", book.words("memo.note"))
    page.say(words("memo.ask"), made.ask)
    page.say(words("memo.answer"), made.answer)
    for name in leading_results(book.answer):
        page.add(*_figure(book, name))
    page.say(words("memo.cash"), made.cash_or_time)
    for name in ("cash", "capacity"):
        if name in book.answer.outputs and name not in leading_results(book.answer):
            page.add(*_figure(book, name))
    _add_conditions(book, made, page)
    _add_caution(book, made, page)
    _add_sources(book, page)
    page.say(words("memo.counted"), made.counted)
    page.say(words("memo.left_out"), made.left_out)
    page.say(words("memo.least_certain"), made.least_certain)
    page.add()
    page.say("", " · ".join(filter(None, (made.foot.version, made.foot.address))))
    page.say("", made.foot.command)
    return Sheet(
        book.words("sheet.memo"),
        page.rows,
        _WIDTHS,
        merged=page.merged,
        heights=page.heights,
        is_one_page=True,
    )


def _figure(book: Book, name: str) -> Iterator[Cell]:
    value = book.answer.outputs[name]
    shown = book.undefined if value is None else value
    looks = Style(book.result_format(name), is_bold=True, is_to_the_right=value is None)
    yield Cell(book.answer.words(f"{name}.label"), style=LABEL)
    yield Cell(shown, book.result_names[name], looks)


def _add_conditions(book: Book, made: Memo, page: _Page) -> None:
    if made.conditions is None:
        return
    page.say(book.answer.language.words("memo.conditions"), made.conditions.heading)
    for clause in made.conditions.clauses:
        page.say(" ", f"· {clause}")


def _add_caution(book: Book, made: Memo, page: _Page) -> None:
    """Add the answer beside other cases, each figure taken from their sheet."""
    answer, found = book.answer, cases(book)
    heading = answer.language.words("memo.caution")
    if made.caution is not None and made.caution.draws:
        page.say(heading, made.caution.draws)
    if len(found) == 1:
        return
    page.add(Cell(heading, style=HEAD), *(Cell(case.name, style=HEAD) for case in found))
    sheet = book.words("sheet.scenarios")
    for name in leading_results(answer):
        values = [case.outputs[name] for case in found]
        page.add(
            Cell(answer.words(f"{name}.label"), style=LABEL),
            *(
                Cell(
                    book.undefined if value is None else value,
                    address_on(sheet, result_row(book, name), column),
                    Style(book.result_format(name), is_to_the_right=value is None),
                )
                for column, value in enumerate(values, FIRST_COLUMN)
            ),
        )


def _add_sources(book: Book, page: _Page) -> None:
    """Add every input that says something, taken from its sheet."""
    answer, words = book.answer, book.answer.language.words
    listed = [name for name in answer.calculator.quantities if grade(book, name)]
    if not listed:
        return
    heads = ("memo.sources", "answer.value", "memo.source", "memo.grade")
    page.add(*(Cell(words(head), style=HEAD) for head in heads))
    sheet, names = book.words("sheet.inputs"), list(answer.calculator.fields)
    for name in listed:
        row = FIRST_ROW + names.index(name)
        declared, value = answer.calculator.quantities[name], answer.inputs[name]
        looks = Style(book.typed_style(declared, value).number)
        texts = {
            SOURCE_COLUMN: book.typed.sources.get(name, ""),
            GRADE_COLUMN: grade(book, name),
        }
        page.add(
            Cell(answer.words(f"{name}.label"), style=LABEL),
            Cell(value, book.input_names[name], looks),
            *(_text(address_on(sheet, row, column), text) for column, text in texts.items()),
        )


def _text(place: str, text: str) -> Cell:
    return Cell(text, f'IF({place}="","",{place})', NOTE)
