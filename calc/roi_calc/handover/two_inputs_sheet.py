"""The sheet of a workbook with the outcome over two inputs at once: live, and what breaks even."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from roi_calc.formulas.inlining import inlined
from roi_calc.formulas.tree import Node, evaluate
from roi_calc.handover.book import FIRST_ROW, HEAD, TITLE, Book
from roi_calc.handover.spreadsheet_formula import NoFormulaError, spreadsheet_formula
from roi_calc.handover.xlsx import Cell, Sheet, Style, address, address_on, number_in_formula
from roi_calc.language import rounding
from roi_calc.reading.inputs import InputErrors, changed
from roi_calc.schema import Kind, Quantity, outputs_of

STEPS: Final = 7
_LAST: Final = STEPS - 1
# The ends, as factors of the value, where no range says them.
_AROUND: Final = (0.5, 1.5)
# The higher end of what is 0.
_FROM_0: Final = 0.5
# So many that no half of what somebody types is rounded, up here and down there.
_DIGITS: Final = 9
_HEAD_ROW: Final = FIRST_ROW
_WIDTH: Final = 18
_END_COLUMNS: Final = (3, 4)


@dataclass(frozen=True)
class _Axis:
    """One of the two inputs, from its lowest value to its highest, and the formulas of both ends.

    A formula that is empty: the end is a number to type over.
    """

    name: str
    low: float
    high: float
    formulas: tuple[str, str]

    @property
    def _decimals(self) -> int:
        """How many decimals a value has: no more digits than somebody would type."""
        return _DIGITS - math.floor(math.log10(max(abs(self.low), abs(self.high), 1e-6)))

    def point(self, step: int) -> float:
        """Return a value from one end to the other."""
        if step in {0, _LAST}:
            return self.high if step else self.low
        between = self.low + (self.high - self.low) * step / _LAST
        return rounding.nearest(between, self._decimals)

    def formula(self, step: int, first: str, last: str) -> str:
        """Return its formula; first, last: where the ends stand."""
        if step in {0, _LAST}:
            return self.formulas[bool(step)]
        return f"ROUND({first}+({last}-{first})*{step}/{_LAST},{self._decimals})"


def two_inputs_sheet(book: Book) -> Sheet | None:
    """Return the sheet; None for a calculator whose outcome no two inputs give by a formula."""
    axes = _axes(book)
    if axes is None:
        return None
    across, down = axes
    try:
        grid: list[list[Cell | None]] = [[*_row(book, across, down, step)] for step in range(STEPS)]
    except (InputErrors, NoFormulaError, _DiffersError):
        return None
    answer, words = book.answer, book.words
    subject = answer.words(f"{answer.calculator.subject}.label")
    labels = {
        "result": subject,
        "across": answer.words(f"{across.name}.label"),
        "down": answer.words(f"{down.name}.label"),
    }
    ends = (
        address(_HEAD_ROW, 1, is_fixed=True),
        address(_HEAD_ROW, STEPS, is_fixed=True),
    )
    heads = [_point(book, across, step, ends) for step in range(STEPS)]
    limit = book.break_even_of(across.name)
    behind = [Cell(answer.words(f"{limit}.label"), style=HEAD)] if limit else []
    rows: list[list[Cell | None]] = [
        [Cell(subject, style=TITLE)],
        [Cell(words("two.note", **labels))],
        [],
        [None, Cell(labels["across"], style=HEAD), *[Cell(None, style=HEAD)] * (STEPS - 1)],
        [Cell(labels["down"], style=HEAD), *heads, *behind],
        *grid,
    ]
    first = address(_HEAD_ROW + 1, 1)
    last = address(_HEAD_ROW + STEPS, STEPS)
    return Sheet(
        words("sheet.two"),
        rows,
        (44, *[_WIDTH] * (STEPS + 1)),
        _HEAD_ROW + 1,
        1,
        is_landscape=True,
        warned=(f"{first}:{last}",),
    )


class _DiffersError(ValueError):
    """The outcome is not what its formula gives where these two inputs alone are changed."""


def _point(book: Book, axis: _Axis, step: int, ends: tuple[str, str]) -> Cell:
    quantity = book.answer.calculator.quantities[axis.name]
    style = Style(book.format_of(quantity.kind, is_typed=True), is_bold=True, paper=HEAD.paper)
    return Cell(axis.point(step), axis.formula(step, *ends), style)


def _row(book: Book, across: _Axis, down: _Axis, step: int) -> Iterator[Cell]:
    """Yield one value of the input down, the outcomes beside it, and what breaks even there."""
    calculator = book.answer.calculator
    row = _HEAD_ROW + 1 + step
    below = f"$A{row + 1}"
    ends = (
        address(_HEAD_ROW + 1, 0, is_fixed=True),
        address(_HEAD_ROW + STEPS, 0, is_fixed=True),
    )
    yield _point(book, down, step, ends)
    node = inlined(calculator.subject, {across.name, down.name}, calculator.formulas)
    for column in range(STEPS):
        changes = {across.name: across.point(column), down.name: down.point(step)}
        head = f"{address(0, column + 1)[:-1]}${_HEAD_ROW + 1}"
        places = {across.name: head, down.name: below}
        yield _cell(book, calculator.subject, node, changes, places)
    limit = book.break_even_of(across.name)
    if limit:
        node = inlined(limit, {down.name}, calculator.formulas)
        yield _cell(book, limit, node, {down.name: down.point(step)}, {down.name: below})


def _cell(
    book: Book, result: str, node: Node, changes: dict[str, float], places: dict[str, str]
) -> Cell:
    """Return a result with some inputs changed: its value, and the formula that gives it."""
    answer, calculator = book.answer, book.answer.calculator
    inputs = changed(calculator, answer.given.inputs, changes)
    value = outputs_of(calculator, calculator.compute(inputs))[result]
    given = {**vars(answer.given.inputs), **changes}
    kept = {name: each for name, each in answer.outputs.items() if name != result}
    by_formula = evaluate(node, given, {**kept, **{n: v for n, v in changes.items() if n in kept}})
    if (value is None) != (by_formula is None) or not math.isclose(
        value or 0, by_formula or 0, rel_tol=1e-9, abs_tol=1e-9
    ):
        raise _DiffersError(result)
    cells = replace(
        book.cells,
        inputs={**book.cells.inputs, **places},
        results={**book.cells.results, **{n: p for n, p in places.items() if n in kept}},
    )
    formula = spreadsheet_formula(node, cells, result)
    style = Style(book.result_format(result), is_to_the_right=value is None)
    return Cell(book.undefined if value is None else value, formula, style)


def _axes(book: Book) -> tuple[_Axis, _Axis] | None:
    """Return the input that is doubted most and one that a reader knows, both as they are given."""
    calculator = book.answer.calculator
    if calculator.subject not in calculator.formulas:
        return None
    doubted = [calculator.doubt.opens] if calculator.doubt else []
    kinds = {name: each.kind for name, each in calculator.quantities.items()}
    leading = [name for name in calculator.leading if kinds[name] is not Kind.MONTHS]
    shares = [name for name in leading if kinds[name].is_fraction]
    amounts = [name for name in leading if kinds[name] is Kind.MONEY]
    usable = [
        name
        for name in dict.fromkeys((*doubted, *shares, *amounts, *leading))
        if book.answer.inputs[name] is not None
        and name not in calculator.growing(book.answer.given.inputs).values()
    ]
    across = next(iter(usable), "")
    down = next((name for name in (*amounts, *usable) if name in usable and name != across), "")
    return (_axis(book, across), _axis(book, down)) if across and down else None


def _axis(book: Book, name: str) -> _Axis:
    """Return an input from its lowest to its highest value, else from half to 1.5 times it."""
    quantity = book.answer.calculator.quantities[name]
    value, known = book.answer.inputs[name] or 0, book.answer.given.ranges.get(name)
    cell = book.input_names[name]
    if known is not None:
        row = FIRST_ROW + list(book.answer.calculator.fields).index(name)
        sheet = book.words("sheet.inputs")
        ends = known.low, known.high
        first, last = (address_on(sheet, row, column) for column in _END_COLUMNS)
        formulas = first, last
    elif value:
        low, high = (_kept(quantity, value * factor) for factor in _AROUND)
        ends = low, high
        first, last = (_keeping(quantity, f"{cell}*{factor}") for factor in _AROUND)
        formulas = first, last
    else:
        # What is 0 has no half.
        ends, formulas = (0.0, _FROM_0), ("", "")
    return _Axis(name, ends[0], ends[1], formulas)


def _kept(quantity: Quantity, value: float) -> float:
    """Return a value that keeps to the limits of a share, or to what must be above 0."""
    if quantity.kind.is_fraction:
        value = min(quantity.maximum, value)
    return max(quantity.minimum, value) if quantity.minimum > 0 else value


def _keeping(quantity: Quantity, formula: str) -> str:
    """Return a formula that keeps to them."""
    if quantity.kind.is_fraction:
        formula = f"MIN({number_in_formula(quantity.maximum)},{formula})"
    if quantity.minimum > 0:
        formula = f"MAX({number_in_formula(quantity.minimum)},{formula})"
    return formula
