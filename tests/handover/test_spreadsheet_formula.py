"""Every sign, function and choice of a formula gives in a spreadsheet what it gives here."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import formualizer
import pytest

from roi_calc.formulas.reading import formula
from roi_calc.handover.book import FIRST_ROW, Book
from roi_calc.handover.spreadsheet_formula import Cells, NoFormulaError, spreadsheet_formula
from roi_calc.handover.workbook import workbook
from roi_calc.own.agreement import noise_of
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.own.table_calculator import from_definition
from roi_calc.schema import AnyCalculator, given_of, outputs_of
from support.answers import answer_of
from support.spreadsheets import by_gnumeric, by_libreoffice, differing, is_same

INPUT_SETS: Final = 1000
# Names that are addresses, and one that an input has who would be called as a result.
FORMULAS: Final[Mapping[str, str]] = {
    "a1": "{r} + {b} × 2",
    "r_": "{r} × 1",
    "up": "⌈{b} ÷ 7⌉",
    "up_again": "⌈{a1}⌉",
    "down": "floor({b} ÷ 7)",
    "least": "min({b}; {empty}; 5)",
    "most": "max({b}; {empty})",
    "root": "sqrt({b} − {r})",
    "power": "{b}^{e}",
    "chain": "2^{e}^2",
    "negative": "−{b}^2 − (−{r})",
    "minus": "{r} − ({b} − {e})",
    "part": "{r} ÷ ({b} ÷ {e})",
    "choice": "{part} if {way} is fast and {b} > 0 or {part} < 3 else undefined",
    "taken": "{choice} × 2 + ({root} if {way} is not fast else 1)",
    "noise": "{r} ÷ ({b} × 0.1 − {b} ÷ 10)",
    "nearly": "{r} if {b} × 0.3 > {b} × 3 ÷ 10 else −{r}",
    "given": "{empty} if {empty} is not empty else 7",
}
_INPUTS: Final = {
    "r": {"kind": "money", "minimum": -100.0, "maximum": 1e4, "default": 5.0},
    "b": {"kind": "money", "minimum": -1000.0, "maximum": 1000.0, "default": 20.0},
    "e": {"kind": "multiple", "minimum": -3.0, "maximum": 3.0, "default": 2.0},
    "empty": {"kind": "money", "minimum": -50.0, "is_optional": True, "default": None},
    "way": {"options": ["fast", "slow"], "default": "fast"},
}


def _calculator() -> AnyCalculator:
    words = {f"{name}.label": name for name in (*_INPUTS, *FORMULAS)}
    words |= {f"{name}.undefined": "none" for name in FORMULAS}
    # Two options that a spreadsheet does not tell apart, and a title that is no sheet's name.
    words |= {"title": "=It's [one]: a/b?", "way.fast": "Quick", "way.slow": "QUICK"}
    results = {name: {"kind": "money", "formula": text} for name, text in FORMULAS.items()}
    definition = {"name": "trial", "inputs": _INPUTS, "results": results, "words": {"": words}}
    return from_definition(json.dumps(definition))


def test_what_is_typed_gives_what_the_trees_give() -> None:
    calculator = _calculator()
    book = Book(answer_of(calculator))
    engine = formualizer.load_workbook_bytes(workbook(book.answer))
    places = [("Result", FIRST_ROW + row + 1, 2) for row in range(len(FORMULAS))]
    differing_ones, defined = [], set()
    for inputs in drawn_inputs(calculator, INPUT_SETS):
        given = given_of(calculator, inputs)
        outputs = outputs_of(calculator, calculator.compute(inputs))
        for row, (name, value) in enumerate(given.items(), FIRST_ROW + 1):
            text = book.options[name][str(value)] if name in calculator.choices else value
            engine.set_value("Inputs", row, 2, text)
        found = engine.evaluate_cells(places)
        noise = noise_of(given, outputs)
        for name, value in zip(calculator.results, found, strict=True):
            expected = outputs[name]
            defined |= set() if expected is None else {name}
            if not is_same(value, book.undefined if expected is None else expected, noise):
                differing_ones.append((name, value, expected, given))
    assert differing_ones == []
    assert set(FORMULAS) - defined == {"noise"}


@pytest.mark.parametrize("program", [by_libreoffice, by_gnumeric])
def test_other_programs_give_the_same(program: object, tmp_path: Path) -> None:
    calculator = _calculator()
    drawn = list(drawn_inputs(calculator, 5))
    books = {
        f"{number}": workbook(answer_of(calculator, each)) for number, each in enumerate(drawn)
    }
    assert callable(program)
    saved = program(books, tmp_path)
    assert {name: differing(book, saved[name]) for name, book in books.items()} == {
        name: [] for name in books
    }


def test_a_formula_that_no_cell_can_hold_is_refused() -> None:
    cells = Cells({"a": "a_very_long_name_of_a_cell" * 4}, {}, {}, "not defined")
    assert spreadsheet_formula(formula("a + a"), cells).count("+") == 1
    with pytest.raises(NoFormulaError):
        spreadsheet_formula(formula(" + ".join(["a"] * 150)), cells)
