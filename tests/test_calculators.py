"""The calculators against figures from sources and hand computation, and against their formulas."""

import doctest
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_calc import finance
from roi_calc.calculators import CALCULATORS
from roi_calc.calculators.deflection import Inputs, deflection
from roi_calc.schema import AnyCalculator, Values, inputs_of, outputs_of

CASES = Path(__file__).parent / "cases"
MONEY = st.floats(0.01, 1e6)
REQUESTS = st.integers(1, 10**6).map(float)


@dataclass(frozen=True)
class Case:
    """One entry of a file in tests/cases."""

    calculator: AnyCalculator
    name: str
    inputs: Mapping[str, float]
    outputs: Mapping[str, float | str]


def _cases() -> list[Case]:
    return [
        Case(CALCULATORS[file.stem], case["name"], case["inputs"], case["outputs"])
        for file in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(file.read_text("utf-8"))["case"]
    ]


def _computed(case: Case) -> tuple[Values, Values, object]:
    inputs = case.calculator.inputs_type(**case.inputs)
    outputs = case.calculator.compute(inputs)
    return inputs_of(case.calculator, inputs), outputs_of(case.calculator, outputs), inputs


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.calculator.name}: {case.name}")
def test_case(case: Case) -> None:
    _, outputs, _ = _computed(case)
    for name, expected in case.outputs.items():
        wanted = None if expected == "undefined" else pytest.approx(expected, rel=1e-12)
        assert outputs[name] == wanted, name


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.calculator.name}: {case.name}")
def test_each_printed_formula_gives_the_computed_value(case: Case) -> None:
    inputs, outputs, given_inputs = _computed(case)
    for name, result in case.calculator.results.items():
        formula = result.formula_for(given_inputs)
        if not formula or outputs[name] is None:
            continue
        by_hand = _evaluated(formula, {**inputs, **outputs})
        assert by_hand == pytest.approx(outputs[name], rel=1e-9, abs=1e-9), f"{name} = {formula}"


@pytest.mark.parametrize("calculator", CALCULATORS.values(), ids=lambda calculator: calculator.name)
def test_every_calculator_has_cases(calculator: AnyCalculator) -> None:
    assert sum(case.calculator is calculator for case in _cases()) >= 12


def test_examples_in_the_finance_module_are_right() -> None:
    tested = doctest.testmod(finance)
    assert tested.attempted >= 8
    assert tested.failed == 0


@given(requests=REQUESTS, cost=MONEY, investment=MONEY)
def test_break_even_cost_gives_a_net_saving_of_nothing(
    requests: float, cost: float, investment: float
) -> None:
    outputs = deflection(Inputs(requests, cost, investment))
    assert outputs.break_even_cost_per_request is not None
    at_break_even = deflection(Inputs(requests, outputs.break_even_cost_per_request, investment))
    assert at_break_even.net_saving == pytest.approx(0, abs=0.01)


@given(requests=REQUESTS, cost=MONEY, investment=MONEY)
def test_break_even_requests_is_the_fewest_that_pay(
    requests: float, cost: float, investment: float
) -> None:
    fewest = deflection(Inputs(requests, cost, investment)).break_even_requests
    assert fewest is not None
    assert deflection(Inputs(fewest, cost, investment)).net_saving >= -1e-6 * investment
    assert deflection(Inputs(fewest - 1, cost, investment)).net_saving < 0


@given(requests=REQUESTS, cost=MONEY, investment=MONEY, more=st.floats(1.001, 100))
def test_more_requests_never_save_less_and_more_investment_never_saves_more(
    requests: float, cost: float, investment: float, more: float
) -> None:
    base = deflection(Inputs(requests, cost, investment)).net_saving
    assert deflection(Inputs(requests * more, cost, investment)).net_saving >= base
    assert deflection(Inputs(requests, cost * more, investment)).net_saving >= base
    assert deflection(Inputs(requests, cost, investment * more)).net_saving <= base


@given(
    requests=st.floats(0, 1e9),
    cost=st.floats(0, 1e9),
    investment=st.floats(0, 1e12),
)
def test_every_output_is_finite_or_not_defined(
    requests: float, cost: float, investment: float
) -> None:
    # The parser lets nothing through between 0 and a billionth.
    smallest = 1e-9
    values = [0.0 if value < smallest else value for value in (requests, cost, investment)]
    outputs = deflection(Inputs(*values))
    for name in CALCULATORS["deflection"].results:
        value = getattr(outputs, name)
        assert value is None or math.isfinite(value), name
        assert value is None or math.copysign(1, value) == 1 or value < 0, f"{name} is -0"


def _evaluated(formula: str, values: Values) -> float:
    """Compute a formula as it is printed."""
    python = formula.replace("×", "*").replace("÷", "/").replace("−", "-")
    python = python.replace("⌈", "ceil(").replace("⌉", ")")
    names = {name: value for name, value in values.items() if value is not None}
    expression = re.sub(r"\{(\w+)\}", r"\1", python)
    # The text is ours, from the calculators' own schema.
    result: float = eval(expression, {"__builtins__": {}, "ceil": _ceil}, names)  # noqa: S307
    return result


def _ceil(value: float) -> int:
    return math.ceil(value - 1e-9)
