"""Workbooks against other people's programs: what they read is what we computed, and live."""

import hashlib
import itertools
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import formualizer
import pytest

import roi_calc
from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.book import FIRST_ROW, Book
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import language, languages
from roi_calc.own.agreement import noise_of
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.own.loading import load_checked
from roi_calc.reading.inputs import Given, changed
from roi_calc.schema import AnyCalculator, given_of, outputs_of
from support.sites import NODE, PYODIDE, ROOT
from support.spreadsheets import (
    by_formualizer,
    by_gnumeric,
    by_libreoffice,
    differing,
    is_same,
    opened,
    told,
)

CASES: Final = ROOT / "tests" / "cases"
CURRENCIES: Final = ("USD", "EUR", "JPY", "KWD", "IDR")
INPUT_SETS: Final = 1000
each_calculator = pytest.mark.parametrize("name", CALCULATORS)


# Any: each calculator has its own Inputs.
def _answer(
    calculator: AnyCalculator,
    inputs: Any = None,  # noqa: ANN401
    tag: str = "en",
    currency: str = "USD",
) -> Answer:
    given = Given(calculator.inputs_type() if inputs is None else inputs)
    return answer_to(calculator, given, language(tag), currency)


@cache
def _answers() -> Mapping[str, Answer]:
    """Return the answer of every case, the languages and currencies by turns."""
    turns = itertools.cycle(itertools.product(languages(), CURRENCIES))
    found = {}
    for file in sorted(CASES.glob("*.toml")):
        calculator = CALCULATORS[file.stem]
        for case in tomllib.loads(file.read_text("utf-8"))["case"]:
            if "errors" not in case:
                inputs = changed(calculator, calculator.inputs_type(), case.get("inputs", {}))
                found[f"{file.stem}: {case['name']}"] = _answer(calculator, inputs, *next(turns))
    return found


@cache
def _books() -> Mapping[str, bytes]:
    return {name: workbook(answer) for name, answer in _answers().items()}


def test_openpyxl_reads_every_result_of_every_case_as_it_was_computed() -> None:
    for name, answer in _answers().items():
        book = Book(answer)
        values = opened(_books()[name], values=True)
        for result, value in answer.outputs.items():
            place = book.places[book.result_names[result]]
            sheet, _, cell = place.replace("$", "").rpartition("!")
            expected = answer.language.words("figure.undefined") if value is None else value
            assert is_same(values[sheet.strip("'")][cell].value, expected, 0), (name, result)


def test_formualizer_gives_every_live_cell_of_every_case() -> None:
    assert len(_books()) > 100
    for name, book in _books().items():
        assert told(by_formualizer(book)) == [], name


def test_libreoffice_gives_every_live_cell_of_every_case(tmp_path: Path) -> None:
    saved = by_libreoffice(_books(), tmp_path)
    found = {name: differing(book, saved[name]) for name, book in _books().items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_gnumeric_gives_every_live_cell_of_every_case(tmp_path: Path) -> None:
    saved = by_gnumeric(_books(), tmp_path)
    found = {name: differing(book, saved[name]) for name, book in _books().items()}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("tag", languages())
@each_calculator
def test_a_workbook_is_live_in_every_language_and_currency(name: str, tag: str) -> None:
    for currency in CURRENCIES:
        answer = _answer(CALCULATORS[name], tag=tag, currency=currency)
        assert told(by_formualizer(workbook(answer))) == [], currency


@each_calculator
def test_what_is_typed_into_a_workbook_gives_what_is_computed_from_it(name: str) -> None:
    calculator = CALCULATORS[name]
    assert len(list(_typed(calculator))) == INPUT_SETS
    assert [found for each in _typed(calculator) for found in each] == []


def _typed(calculator: AnyCalculator) -> Iterator[list[str]]:
    """Yield what differs from what is computed, for each input set typed into one workbook."""
    answer = _answer(calculator)
    book, engine = Book(answer), formualizer.load_workbook_bytes(workbook(answer))
    inputs_sheet, result_sheet = (book.words(f"sheet.{each}") for each in ("inputs", "result"))
    places = [(result_sheet, FIRST_ROW + row + 1, 2) for row in range(len(calculator.results))]
    for inputs in drawn_inputs(calculator, INPUT_SETS):
        given, outputs = (
            given_of(calculator, inputs),
            outputs_of(calculator, calculator.compute(inputs)),
        )
        for row, (name, value) in enumerate(given.items()):
            text = book.options[name][str(value)] if name in calculator.choices else value
            engine.set_value(inputs_sheet, FIRST_ROW + row + 1, 2, text)
        # What no formula gives stands in its cell as the program computed it.
        shown = {
            name: book.undefined if value is None else value for name, value in outputs.items()
        }
        for place, (name, value) in zip(places, shown.items(), strict=True):
            if name not in calculator.formulas:
                engine.set_value(*place, value)
        found = engine.evaluate_cells(places)
        noise = noise_of(given, outputs)
        yield [
            f"{name}: {value!r} instead of {shown[name]!r}, with {given}"
            for name, value in zip(calculator.results, found, strict=True)
            if not is_same(value, shown[name], noise)
        ]


OWN: Final = sorted((ROOT / "docs" / "calculators").glob("*.py"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_calculator_of_a_site_becomes_a_live_workbook_too(path: Path) -> None:
    calculator = load_checked(path)
    assert told(by_formualizer(workbook(_answer(calculator)))) == []


@each_calculator
def test_every_result_with_a_formula_is_live_and_every_other_says_that_it_is_not(name: str) -> None:
    answer = _answer(CALCULATORS[name])
    book, read = Book(answer), opened(workbook(answer))
    sheet = read[book.words("sheet.result")]
    for row, result in enumerate(answer.calculator.results, FIRST_ROW + 1):
        is_live = sheet.cell(row, 2).data_type == "f"
        assert is_live == (result in answer.calculator.formulas)
        assert is_live or sheet.cell(row, 4).value == book.words("result.not_live")


def test_equal_inputs_give_equal_bytes_here_and_in_the_browsers_python() -> None:
    code = """
from hashlib import sha256
from roi_calc.answering.answer import answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import language
from roi_calc.reading.inputs import Given
" ".join(
    sha256(
        workbook(answer_to(each, Given(each.inputs_type()), language("es"), "KWD"))
    ).hexdigest()
    for each in CALCULATORS.values()
)
"""
    root = Path(str(roi_calc.__file__)).parents[1]
    script = ROOT / "tests" / "support" / "run_in_pyodide.mjs"
    done = subprocess.run(
        [NODE, str(script), str(PYODIDE), str(root)],
        input=code,
        capture_output=True,
        text=True,
        check=True,
    )
    for _ in range(2):
        books = (workbook(_answer(each, tag="es", currency="KWD")) for each in CALCULATORS.values())
        here = [hashlib.sha256(book).hexdigest() for book in books]
        assert done.stdout.split() == here
