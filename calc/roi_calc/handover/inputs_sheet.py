"""The sheet of a workbook that a reader types into: one row an input."""

from roi_calc.handover.book import FIRST_ROW, LABEL, NOTE, TITLE, VALUE_COLUMN, Book
from roi_calc.handover.memo import grade_of
from roi_calc.handover.xlsx import Cell, Limits, Sheet, Style, address
from roi_calc.schema import Choice, Quantity, Survey, parts_of

_WIDTHS = (44, 18, 22, 14, 14, 28, 20, 70)
# Of the normal distribution, 95 % sure: as in arithmetic/survey.py.
_SURE = "1.96"
SOURCE_COLUMN = 5
GRADE_COLUMN = 6


def inputs_sheet(book: Book) -> Sheet:
    """Return the sheet: label, value, unit, range, source, grade and a note, an input a row."""
    answer, words = book.answer, book.words
    rows: list[list[Cell | None]] = [
        [Cell(answer.words("title"), style=TITLE)],
        [Cell(words("inputs.note"))],
        [],
        book.head("input", "value", "unit", "low", "high", "source", "grade", "note"),
        *(_row(book, name, each) for name, each in answer.calculator.fields.items()),
    ]
    limits = {
        address(FIRST_ROW + row, VALUE_COLUMN): limits_of(book, name, declared)
        for row, (name, declared) in enumerate(answer.calculator.fields.items())
        if name not in _counted(book)
    }
    return Sheet(
        words("sheet.inputs"), rows, _WIDTHS, FIRST_ROW, 1, is_landscape=True, limits=limits
    )


def _counted(book: Book) -> dict[str, Survey]:
    """Return the shares that are given by counts, by name."""
    return {each.name: each.declared for each in book.answer.surveyed}


def _row(book: Book, name: str, declared: Quantity | Choice) -> list[Cell | None]:
    answer = book.answer
    unit, value, ends = "", _value(book, name, declared), _ends(book, name, declared)
    if isinstance(declared, Quantity):
        unit = answer.own_words.unit(name, answer.currency, answer.period or "month")
    return [
        Cell(answer.words(f"{name}.label"), style=LABEL),
        value,
        Cell(unit, style=NOTE),
        *ends,
        Cell(book.typed.sources.get(name), style=_free(book, declared)),
        Cell(grade(book, name), style=LABEL),
        Cell(_note(book, name), style=NOTE),
    ]


def _free(book: Book, declared: Quantity | Choice) -> Style:
    """Return the look of a cell for words of the reader's own."""
    looks = book.typed_style(declared, None)
    return Style(ink=looks.ink, paper=looks.paper, wraps=True)


def _value(book: Book, name: str, declared: Quantity | Choice) -> Cell:
    if isinstance(declared, Choice):
        chosen = book.options[name][book.answer.choices[name]]
        return Cell(chosen, style=book.typed_style(declared, None))
    survey, value = _counted(book).get(name), book.answer.inputs[name]
    if survey is None:
        return Cell(value, style=book.typed_style(declared, value))
    yes, answered = (book.input_names[each] for each in (survey.yes, survey.answered))
    return Cell(value, f"{yes}/{answered}", Style(book.format_of(declared.kind, is_typed=True)))


def _ends(book: Book, name: str, declared: Quantity | Choice) -> tuple[Cell | None, Cell | None]:
    """Return the lowest and the highest value; of a share by counts as they follow from these."""
    if isinstance(declared, Choice) or not (declared.may_range or name in _counted(book)):
        return None, None
    low, _, high = book.answer.given.ranges.get(name, (None, None, None))
    survey, looks = _counted(book).get(name), book.typed_style(declared, low)
    if survey is None or low is None or high is None:
        return Cell(low, style=looks), Cell(high, style=looks)
    yes, n = (book.input_names[each] for each in (survey.yes, survey.answered))
    share, scale = f"{yes}/{n}", f"(1+{_SURE}^2/{n})"
    middle = f"({share}+{_SURE}^2/(2*{n}))/{scale}"
    reach = f"{_SURE}*SQRT({share}*(1-{share})/{n}+{_SURE}^2/(4*{n}^2))/{scale}"
    counted = Style(book.format_of(declared.kind, is_typed=True))
    return (
        Cell(low, f"MAX(0,MIN({middle}-{reach},{share}))", counted),
        Cell(high, f"MIN(1,MAX({middle}+{reach},{share}))", counted),
    )


def grade(book: Book, name: str) -> str:
    """Return how a number was come by, as the memo says it; nothing of what is left empty."""
    calculator, value = book.answer.calculator, book.answer.inputs.get(name)
    is_idle = value == calculator.defaults[name] and name not in calculator.examples
    said = book.typed.sources.get(name) or book.typed.grades.get(name)
    return (
        "" if value is None or (is_idle and not said) else grade_of(book.answer, book.typed, name)
    )


def _note(book: Book, name: str) -> str:
    """Return what helps to fill a cell in, and which of a total and its parts counts."""
    answer, declared = book.answer, book.answer.calculator.fields[name]
    said = []
    if name in _counted(book):
        said.append(book.words("note.counted"))
    elif parts_of(answer.calculator, name) and name not in answer.calculator.surveys:
        said.append(book.words("note.total"))
    totals = declared.part_of if isinstance(declared, Quantity) else ()
    said += [
        book.words("note.part", total=answer.words(f"{total}.label"))
        for total in totals
        if total not in answer.calculator.surveys
    ]
    said += [
        book.words(
            "note.survey",
            formula=f"={book.input_names[survey.yes]}/{book.input_names[survey.answered]}",
            share=answer.words(f"{share}.label"),
        )
        for share, survey in answer.calculator.surveys.items()
        if name in {survey.yes, survey.answered} and share not in _counted(book)
    ]
    return " ".join((*said, answer.words(f"{name}.help"))).strip()


def limits_of(book: Book, name: str, declared: Quantity | Choice) -> Limits:
    """Return what may be typed into the cell of an input."""
    if isinstance(declared, Choice):
        return Limits(options=tuple(book.options[name].values()))
    ends = {
        which: book.answer.figure(end, declared.kind)
        for which, end in (("least", declared.minimum), ("most", declared.maximum))
    }
    said = book.words("limit", **ends)
    return Limits(declared.minimum, declared.maximum, declared.is_whole, said=said)
