"""What every case says, in each language, as people read it: by one rule, whatever the place."""

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from roi_calc.__main__ import main
from roi_calc.answering.answer import Answer, answer_to, can_come_true
from roi_calc.answering.sentences import conditions
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language
from roi_calc.reading.inputs import Given, changed
from roi_calc.showing.live_values import read_live, written
from roi_calc.showing.reference_tables import render_formulas
from support.readable import (
    Readable,
    foreign_percentages,
    hyphens_for_minus,
    idle_cents,
    read,
)
from support.rendered import rendered_answer

# With two decimals, none and three; before the number and behind it.
CURRENCIES: Final = {"en": "USD", "es": "EUR", "id": "IDR", "pt-PT": "KWD"}
# Any: TOML's tables
CASES: Final[dict[str, dict[str, Any]]] = {
    f"{file.stem}: {case['name']}": case
    for file in sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
    if "errors" not in case
}

each_case = pytest.mark.parametrize("case", CASES)


@cache
def _answer(case: str, tag: str) -> Answer:
    calculator = CALCULATORS[case.partition(":")[0]]
    inputs = changed(calculator, calculator.inputs_type(), CASES[case].get("inputs", {}))
    return answer_to(calculator, Given(inputs), language(tag), CURRENCIES[tag])


@cache
def _page(case: str, tag: str) -> Readable:
    return read(f'<html lang="{tag}">{rendered_answer(_answer(case, tag))}</html>')


@each_case
def test_a_case_has_no_idle_cents_and_each_sign_in_one_way(case: str) -> None:
    for tag in CURRENCIES:
        assert list(idle_cents(_page(case, tag))) == []
        assert list(hyphens_for_minus(_page(case, tag))) == []
        assert list(foreign_percentages(_page(case, tag))) == []


def _shown(case: str, tag: str, name: str) -> str:
    """Return an output as the page shows it, which it does alike wherever it does."""
    (shown,) = {text for _, output, text in _page(case, tag).named if output == name}
    return shown


def _thresholds(answer: Answer) -> list[str]:
    return [
        name
        for name, result in answer.calculator.results.items()
        if result.is_condition and answer.outputs[name] is not None
    ]


@each_case
def test_a_threshold_has_one_value_in_page_prose_and_condition(case: str) -> None:
    for tag in CURRENCIES:
        given = _answer(case, tag)
        clauses = dict(zip(_told(given), conditions(given), strict=True))
        for name in _thresholds(given):
            shown = _shown(case, tag, name)
            assert written(given, read_live(given.calculator, name)) == shown
            assert written(given, read_live(given.calculator, f"{name}.working")).endswith(shown)
            clause = clauses.get(name, shown)
            assert shown in clause
            assert re.findall(r"\d", clause) == re.findall(r"\d", shown), "another number"


def _told(answer: Answer) -> list[str]:
    """Return the thresholds that a condition tells: none that is out of reach, or never missed."""
    return [
        name
        for name in _thresholds(answer)
        if can_come_true(answer, name) and (answer.outputs[name] or not answer.pays)
    ]


@each_case
def test_a_threshold_is_drawn_with_the_same_value(case: str) -> None:
    given = _answer(case, "en")
    drawn = [text.written for text in read(render_formulas(given)).texts]
    for name in _thresholds(given):
        shown, label = _shown(case, "en", name), given.words(f"{name}.label")
        assert (label, shown) in pairwise(drawn)


@pytest.mark.parametrize("name", CALCULATORS)
def test_the_command_line_writes_what_the_page_writes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name]) == 0
    table = capsys.readouterr().out
    calculator = CALCULATORS[name]
    answer = answer_to(calculator, Given(calculator.inputs_type()), language("en"), "USD")
    for _, output, text in read(rendered_answer(answer)).named:
        row = rf"^{re.escape(answer.words(f'{output}.label'))} +{re.escape(text)}"
        assert re.search(row, table, re.MULTILINE), output
    assert list(idle_cents(read(table))) == []
