"""What the sheets of a workbook share: the answer, where cells are and how they look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from roi_calc.answering.answer import Answer
from roi_calc.handover.memo import Typed
from roi_calc.handover.spreadsheet_formula import (
    Cells,
    NoFormulaError,
    informed,
    spreadsheet_formula,
)
from roi_calc.handover.xlsx import Cell, Style, address_on, is_name
from roi_calc.language.number_format import fraction_digits
from roi_calc.months.table import Table
from roi_calc.schema import Choice, Kind, Quantity, parts_of

# Where the rows of the sheets of inputs and results begin, and the column of their values.
FIRST_ROW: Final = 4
VALUE_COLUMN: Final = 1
# What the cell is called with the requests that were counted from a file, below the rules.
COUNT_CELL: Final = "requests_counted"

TITLE: Final = Style(is_bold=True, is_large=True)
NOTE: Final = Style(ink="595959", wraps=True)
HEAD: Final = Style(is_bold=True, paper="E7E6E6", wraps=True)
LABEL: Final = Style(wraps=True)
STRONG: Final = Style(is_bold=True, wraps=True)
_TYPED_INK: Final = "1F3F9E"
_TYPED_PAPER: Final = "DDEBF7"
# Shown of a number that was typed, beside what its kind is shown with.
_MORE_DECIMALS: Final = 4


@dataclass(frozen=True)
class Book:
    """An answer that becomes a workbook, with what its reader typed beside it, months among it."""

    answer: Answer
    typed: Typed = field(default_factory=Typed)
    months: Table | None = None

    def words(self, key: str, **values: str) -> str:
        """Return the workbook's own words for a key."""
        return self.answer.language.words(f"workbook.{key}", **values)

    def head(self, *keys: str) -> list[Cell | None]:
        """Return a row of headings."""
        return [Cell(self.words(f"head.{key}"), style=HEAD) for key in keys]

    @cached_property
    def input_names(self) -> Mapping[str, str]:
        """The name of each input's cell; of one that is also a result, with `_entered` behind."""
        results = self.result_names
        taken = set(results.values())
        names = {}
        for name in self.answer.calculator.fields:
            wanted = f"{name}_entered" if name in results else name
            names[name] = _fit(wanted, taken)
            taken.add(names[name])
        return names

    @cached_property
    def result_names(self) -> Mapping[str, str]:
        """The name of each result's cell: the one that it has everywhere."""
        calculator = self.answer.calculator
        taken = {name for name in calculator.fields if is_name(name)} - set(calculator.results)
        names = {}
        for name in calculator.results:
            names[name] = _fit(name, taken)
            taken.add(names[name])
        return names

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The address of each named cell, by its name."""
        sheets = (
            (self.words("sheet.inputs"), self.input_names),
            (self.words("sheet.result"), self.result_names),
        )
        found = {
            name: address_on(sheet, FIRST_ROW + row, VALUE_COLUMN)
            for sheet, named in sheets
            for row, name in enumerate(named.values())
        }
        if self.typed.count is not None:
            row = FIRST_ROW + len(self.typed.count.steps)
            found[_fit(COUNT_CELL, found)] = address_on(self.words("sheet.count"), row, 0)
        return found

    @cached_property
    def options(self) -> Mapping[str, Mapping[str, str]]:
        """What stands in the cell of a choice for each of its options: words, each only once."""
        return {
            name: self._options_of(name, choice)
            for name, choice in self.answer.calculator.choices.items()
        }

    def _options_of(self, name: str, choice: Choice) -> Mapping[str, str]:
        said = {each: self.answer.words(f"{name}.{each}") for each in choice.options}
        # A spreadsheet does not tell capitals from small letters.
        is_clear = len({text.casefold().strip() for text in said.values()} - {""}) == len(said)
        return said if is_clear else {each: each for each in choice.options}

    @cached_property
    def undefined(self) -> str:
        """What a cell without a value says."""
        return self.answer.language.words("figure.undefined")

    @cached_property
    def cells(self) -> Cells:
        """Where formulas find inputs and results: by name."""
        calculator = self.answer.calculator
        gains = (name for name, each in calculator.quantities.items() if each.minimum >= 0)
        cells = Cells(
            self.input_names,
            self.result_names,
            self.options,
            self.undefined,
            gains=frozenset(gains),
        )
        return informed(cells, calculator.formulas)

    @cached_property
    def may_be_empty(self) -> frozenset[str]:
        """The inputs whose cell may be left empty."""
        calculator = self.answer.calculator
        return frozenset(
            name
            for name, each in calculator.quantities.items()
            if each.part_of or each.is_optional or parts_of(calculator, name)
        )

    def break_even_of(self, name: str) -> str:
        """Return the result that says what an input must reach; empty where none does."""
        doubt = self.answer.calculator.doubt
        found = doubt.break_even if doubt and doubt.is_its_value and doubt.opens == name else ""
        return found if found in self.answer.calculator.formulas else ""

    def result_format(self, name: str) -> str:
        """Return a result's format; what must be reached is shown with the digits behind it."""
        result = self.answer.calculator.results[name]
        if result.is_condition and result.kind is not Kind.COUNT:
            return self.format_of(result.kind, is_typed=True)
        value = self.answer.outputs[name]
        is_broken = result.kind is Kind.COUNT and value is not None and value != int(value)
        return "#,##0.00" if is_broken else self.format_of(result.kind)

    def result(self, name: str, value: float | None, style: Style, cells: Cells) -> Cell:
        """Return the cell of a result: live where it has a formula that a cell can hold."""
        shown = self.undefined if value is None else value
        node = self.answer.calculator.formulas.get(name)
        try:
            formula = spreadsheet_formula(node, cells, name) if node is not None else ""
        except NoFormulaError:
            formula = ""
        return Cell(shown, formula, replace(style, is_to_the_right=value is None))

    def format_of(self, kind: Kind, *, is_typed: bool = False) -> str:
        """Return the format of a kind of number: amounts with their currency's code and decimals.

        is_typed: with the decimals that somebody typed beyond the usual ones.
        """
        more = "#" * _MORE_DECIMALS if is_typed else ""
        match kind:
            case Kind.MONEY:
                decimals = "0" * fraction_digits(self.answer.currency)
                # A mark without decimals behind it would be left standing.
                behind = f".{decimals}{more}" if decimals else ""
                return f"[${self.answer.currency}] #,##0{behind}"
            case Kind.SHARE | Kind.POINTS:
                return f"0.0{more}%"
            case Kind.COUNT:
                return "#,##0"
        return f"#,##0.0{more}" if is_typed else "#,##0.00"

    def typed_style(self, declared: Quantity | Choice, value: float | str | None) -> Style:
        """Return the look of a cell to type into: blue."""
        number = ""
        if isinstance(declared, Quantity):
            number = self.format_of(declared.kind, is_typed=True)
            if isinstance(value, float | int) and declared.kind in {Kind.COUNT, Kind.MONEY}:
                number = self._with_what_was_typed(declared.kind, value)
        return Style(number, ink=_TYPED_INK, paper=_TYPED_PAPER, is_to_the_right=True)

    def _with_what_was_typed(self, kind: Kind, value: float) -> str:
        """Return the format that shows all of a number that may be whole."""
        usual = self.format_of(kind, is_typed=True)
        is_shown = "." in usual or value == int(value)
        return usual if is_shown else f"{usual}.0{'#' * _MORE_DECIMALS}"


def _fit(name: str, taken: Iterable[str]) -> str:
    """Return a name that a cell can have and no other has: with a line behind it if need be."""
    fit = name
    while not is_name(fit) or fit in taken:
        fit += "_"
    return fit
