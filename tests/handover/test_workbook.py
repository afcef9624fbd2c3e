"""Workbooks against other people's programs: what they read is what we computed, and live."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import formualizer
import pytest

from roi_calc.answering.answer import answer_to
from roi_calc.arithmetic.survey import wilson_interval
from roi_calc.calculators import CALCULATORS
from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.handover.book import FIRST_ROW, Book
from roi_calc.handover.link import digest, link_text
from roi_calc.handover.memo import Typed
from roi_calc.handover.scenarios_sheet import result_row
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.agreement import noise_of
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.own.loading import load_checked
from roi_calc.reading.inputs import read_inputs
from roi_calc.schema import AnyCalculator, given_of, outputs_of
from support.answers import CURRENCIES, answer_of, answers, books
from support.pyodide import run_in_pyodide
from support.sites import ROOT
from support.spreadsheets import (
    by_formualizer,
    is_same,
    opened,
    told,
)

INPUT_SETS: Final = 1000
each_calculator = pytest.mark.parametrize("name", CALCULATORS)


def test_openpyxl_reads_every_result_of_every_case_as_it_was_computed() -> None:
    for name, answer in answers().items():
        book = Book(answer)
        values = opened(books()[name], values=True)
        for result, value in answer.outputs.items():
            place = book.places[book.result_names[result]]
            sheet, _, cell = place.replace("$", "").rpartition("!")
            expected = answer.language.words("figure.undefined") if value is None else value
            assert is_same(values[sheet.strip("'")][cell].value, expected, 0), (name, result)


def test_formualizer_gives_every_live_cell_of_every_case() -> None:
    assert len(books()) > 100
    for name, book in books().items():
        assert told(by_formualizer(book)) == [], name


@pytest.mark.parametrize("tag", languages())
@each_calculator
def test_a_workbook_is_live_in_every_language_and_currency(name: str, tag: str) -> None:
    for currency in CURRENCIES:
        answer = answer_of(CALCULATORS[name], tag=tag, currency=currency)
        assert told(by_formualizer(workbook(answer))) == [], currency


@each_calculator
def test_what_is_typed_into_a_workbook_gives_what_is_computed_from_it(name: str) -> None:
    calculator = CALCULATORS[name]
    assert len(list(_typed(calculator))) == INPUT_SETS
    assert [found for each in _typed(calculator) for found in each] == []


def _typed(calculator: AnyCalculator) -> Iterator[list[str]]:
    """Yield what differs from what is computed, for each input set typed into one workbook."""
    answer = answer_of(calculator)
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
        shown = {
            name: book.undefined if value is None else value for name, value in outputs.items()
        }
        found = engine.evaluate_cells(places)
        noise = noise_of(given, outputs)
        yield [
            f"{name}: {value!r} instead of {shown[name]!r}, with {given}"
            for name, value in zip(calculator.results, found, strict=True)
            if not (is_same(value, shown[name], noise) or _is_lost(name, outputs[name]))
        ]


def _is_lost(name: str, value: float | None) -> bool:
    """Tell whether it is a rate at which all is lost: a spreadsheet's IRR may not find that."""
    return name == "irr" and value is not None and value < -0.99


OWN: Final = sorted((ROOT / "docs" / "calculators").glob("*.py"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_calculator_of_a_site_becomes_a_live_workbook_too(path: Path) -> None:
    calculator = load_checked(path)
    assert told(by_formualizer(workbook(answer_of(calculator)))) == []


@each_calculator
def test_every_result_is_live(name: str) -> None:
    answer = answer_of(CALCULATORS[name])
    book, read = Book(answer), opened(workbook(answer))
    sheet = read[book.words("sheet.result")]
    for row, _ in enumerate(answer.calculator.results, FIRST_ROW + 1):
        assert sheet.cell(row, 2).data_type == "f"


def test_a_result_that_no_formula_gives_says_so() -> None:
    answer = answer_of(load_checked(OWN[0]))
    formulas = answer.calculator.formulas
    book, read = Book(answer), opened(workbook(answer))
    sheet = read[book.words("sheet.result")]
    for row, result in enumerate(answer.calculator.results, FIRST_ROW + 1):
        assert (sheet.cell(row, 2).data_type == "f") == (result in formulas)
        is_said = sheet.cell(row, 4).value == book.words("result.not_live")
        assert is_said == (result not in formulas)


@each_calculator
def test_a_workbook_has_every_sheet_in_every_language(name: str) -> None:
    calculator = CALCULATORS[name]
    keys = ["memo", "inputs", "result", "scenarios", "two", "sources", "about"]
    for tag in languages():
        answer = answer_of(calculator, tag=tag)
        words = answer.language.words
        sheets = [words(f"workbook.sheet.{key}") for key in keys]
        if calculator.schedule is not None:
            sheets.insert(5, words("schedule.heading"))
        found = opened(workbook(answer)).sheetnames
        assert found == [each for each in sheets if each in found]
        # Only figures in the currency are sources.
        assert set(sheets) - set(found) <= {words("workbook.sheet.sources")}


def test_a_scenario_changes_with_the_inputs_unless_it_is_typed_over() -> None:
    answer = answer_of(DEFLECTION)
    engine = formualizer.load_workbook_bytes(workbook(answer))
    net = result_row(Book(answer), "net_saving") + 1
    assert [engine.evaluate_cell("Scenarios", net, column) for column in (2, 3, 4, 5)] == [
        1500,
        1000,
        500,
        0,
    ]
    engine.set_value("Inputs", FIRST_ROW + 1, 2, 200)  # requests
    engine.set_value("Scenarios", FIRST_ROW + 3, 3, 900)  # the investment of one case
    assert [engine.evaluate_cell("Scenarios", net, column) for column in (2, 3, 4, 5)] == [
        3500,
        2100,
        1500,
        500,
    ]


def test_the_first_sheet_follows_what_is_typed_into_the_second() -> None:
    engine = formualizer.load_workbook_bytes(workbook(answer_of(DEFLECTION)))
    engine.set_value("Inputs", FIRST_ROW + 1, 2, 200)
    labels = {engine.get_value("Memo", row, 1): row for row in range(1, 40)}
    assert engine.evaluate_cell("Memo", labels["Net saving"], 2) == 3500
    assert engine.evaluate_cell("Memo", labels["Requests resolved on social media"], 2) == 200


def test_two_inputs_lie_between_the_ends_of_their_ranges() -> None:
    texts = {"deflection_share": "40%..60%..75%", "cost_per_request": "8..20..32"}
    given = read_inputs(DEFLECTION, texts, NEUTRAL, "USD")
    answer = answer_to(DEFLECTION, given, language("en"), "USD")
    sheet = opened(workbook(answer), values=True)["Two inputs"]
    assert [cell.value for cell in sheet[5][1:8]] == pytest.approx(
        [0.4, 0.4583333333, 0.5166666667, 0.575, 0.6333333333, 0.6916666667, 0.75]
    )
    assert [row[0].value for row in sheet.iter_rows(6, 12)] == [8, 12, 16, 20, 24, 28, 32]
    # 100 requests, of which 40 or 75, at 8 or 32, less 500; even at 500 / 800 and 500 / 3,200.
    assert (sheet["B6"].value, sheet["H12"].value) == (-180, 1900)
    assert (sheet["I6"].value, sheet["I12"].value) == (0.625, 0.15625)


def test_what_a_reader_typed_is_in_the_workbook_and_stays_text() -> None:
    hostile = '=HYPERLINK("https://example.org","x")'
    typed = Typed(
        title="Our month",
        ask=hostile,
        author="@me",
        sources={"requests": hostile},
        grades={"requests": "count"},
    )
    read = opened(workbook(answer_of(DEFLECTION), typed))
    formulas = [
        cell.value
        for sheet in read
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert not [each for each in formulas if "HYPERLINK" in each]
    assert read["Inputs"].cell(FIRST_ROW + 1, 6).value == hostile
    memo = [cell.value for row in read["Memo"].iter_rows() for cell in row]
    assert hostile in memo
    assert "Our month" in memo


def test_a_survey_gives_its_share_and_both_ends_live() -> None:
    texts = {"survey_yes": "54", "survey_answered": "90"}
    given = read_inputs(DEFLECTION, texts, NEUTRAL, "USD")
    book = workbook(answer_to(DEFLECTION, given, language("en"), "USD"))
    assert told(by_formualizer(book)) == []
    engine = formualizer.load_workbook_bytes(book)
    row = FIRST_ROW + 1 + list(DEFLECTION.fields).index("deflection_share")
    names = list(DEFLECTION.fields)
    engine.set_value("Inputs", FIRST_ROW + 1 + names.index("survey_yes"), 2, 45)
    assert engine.evaluate_cell("Inputs", row, 2) == 0.5
    low, high = wilson_interval(45, 90)
    assert engine.evaluate_cell("Inputs", row, 4) == pytest.approx(low, rel=1e-12)
    assert engine.evaluate_cell("Inputs", row, 5) == pytest.approx(high, rel=1e-12)


def test_the_program_says_how_it_can_be_made_again() -> None:
    given = read_inputs(DEFLECTION, {"requests": "80..100..130"}, NEUTRAL, "EUR")
    answer = answer_to(DEFLECTION, given, language("en"), "EUR")
    said = {
        row[0].value: row[1].value
        for row in opened(workbook(answer))["About"].iter_rows(min_row=3, max_col=2)
    }
    text = link_text(DEFLECTION, given, "EUR")
    assert said["The same inputs as a link"] == f"#{text}"
    assert said["Digest of the inputs"] == digest(text)
    assert said["The same on the command line"].endswith("--requests 80..100..130 --currency EUR")
    assert answer.spread is not None
    assert said["Half of the draws are below"] == answer.spread.p50


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
    in_browser = run_in_pyodide(code).split()
    for _ in range(2):
        books = (
            workbook(answer_of(each, tag="es", currency="KWD")) for each in CALCULATORS.values()
        )
        here = [hashlib.sha256(book).hexdigest() for book in books]
        assert in_browser == here
