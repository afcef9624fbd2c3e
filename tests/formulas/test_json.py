"""The JSON of formulas is enough for a program that knows nothing of ours (python.md#trees)."""

import json
import math
from collections.abc import Mapping
from typing import Any

import pytest

from roi_calc import browser
from roi_calc.__main__ import main
from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.writing import formulas_as_json
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.own.written_table import written_calculator
from roi_calc.schema import given_of, outputs_of

Values = Mapping[str, Any]


class NoValue(Exception):  # noqa: N818 - as the page says it
    """What is worked out has no value."""


def worked_out(formulas: Values, inputs: Values, known: Values) -> dict[str, Any]:
    """Return every result by its formula alone, as the guide's page says that it is to be done.

    known: the results that have no formula.
    """
    found = dict(known)
    for name, formula in formulas.items():
        try:
            value = _value(formula["tree"], inputs, found)
        except (NoValue, ZeroDivisionError, OverflowError, ValueError):
            value = math.nan
        found[name] = value if math.isfinite(value) else None
    return found


def _numbers(outputs: Values) -> dict[str, float]:
    """Return the results that are defined; all of them are equal where these are."""
    return {name: value for name, value in outputs.items() if value is not None}


def _value(tree: Any, inputs: Values, results: Values) -> Any:  # noqa: ANN401, PLR0911, C901
    if isinstance(tree, int | float):
        return tree
    if isinstance(tree, str):
        value = results[tree] if tree in results else inputs[tree] or 0
        if value is None:
            raise NoValue
        return value
    head, *rest = tree
    if head in {"is", "is not"}:
        asked = inputs[rest[0]]
        return (asked is None if rest[1] == "empty" else asked == rest[1]) == (head == "is")
    if head == "undefined":
        raise NoValue
    if head == "if":
        holds = _value(rest[0], inputs, results)
        return _value(rest[1] if holds else rest[2], inputs, results)
    if head in {"and", "or"}:
        left = _value(rest[0], inputs, results)
        return _value(rest[1], inputs, results) if left == (head == "and") else left
    terms = [_value(each, inputs, results) for each in rest]
    if head in {"ceil", "floor"}:
        up = terms[0] if head == "ceil" else -terms[0]
        up = math.ceil(up - 1e-12 * abs(up))
        return up if head == "ceil" else -up
    if head == "sqrt":
        return math.sqrt(terms[0])
    if head in {"min", "max"}:
        return min(terms) if head == "min" else max(terms)
    one, other = terms
    if head in {"×", "÷", "^"}:
        return one * other if head == "×" else one / other if head == "÷" else math.pow(one, other)
    difference = one + other if head == "+" else one - other
    if abs(difference) <= 1e-12 * max(abs(one), abs(other)):
        difference = 0
    compared = {"<": difference < 0, "≤": difference <= 0, ">": difference > 0}
    return {"+": difference, "−": difference, **compared, "≥": difference >= 0}[head]


@pytest.mark.parametrize("name", CALCULATORS)
def test_the_trees_give_every_result_from_the_inputs_alone(name: str) -> None:
    calculator = CALCULATORS[name]
    formulas = json.loads(json.dumps(browser.formulas(name)))
    for inputs in drawn_inputs(calculator, 300, seed=3):
        given = given_of(calculator, inputs)
        outputs = outputs_of(calculator, calculator.compute(inputs))
        known = {each: value for each, value in outputs.items() if each not in formulas}
        # What is left of large amounts is counted in them.
        expected = _numbers(outputs)
        noise = 1e-12 * max(1, *map(abs, expected.values()))
        found = _numbers(worked_out(formulas, given, known))
        assert found == pytest.approx(expected, rel=1e-9, abs=noise)


@pytest.mark.parametrize(
    "arguments",
    [
        *([name] for name in CALCULATORS),
        ["deflection", "--requests", "80..100..130", "--investment", "0"],
        ["deflection", "--survey-answered", "50", "--survey-yes", "20"],
    ],
)
def test_what_an_answer_prints_can_be_worked_out_from_its_own_inputs(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    formulas, outputs = printed["formulas"], printed["outputs"]
    assert formulas == json.loads(json.dumps(formulas_as_json(CALCULATORS[arguments[0]].formulas)))
    shares = {each: told["share"] for each, told in printed.get("surveys", {}).items()}
    known = {each: value for each, value in outputs.items() if each not in formulas}
    found = worked_out(formulas, {**printed["inputs"], **shares}, known)
    assert _numbers(found) == pytest.approx(_numbers(outputs), rel=1e-9)


def test_a_table_of_the_page_gives_its_formulas_in_the_browser() -> None:
    results = {"worth": {"money": "margin / churn"}}
    inputs = {"margin": {"money": "120"}, "churn": {"share": "20 %"}}
    table = written_calculator("worth", {"title": "Worth", "inputs": inputs, "results": results})
    tree = {"text": "{margin} ÷ {churn}", "tree": ["÷", "margin", "churn"]}
    assert browser.formulas("worth", table.definition) == {"worth": tree}
