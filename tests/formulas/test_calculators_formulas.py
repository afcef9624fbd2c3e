"""The formulas of our calculators give what is computed, and inverted the break-evens."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.solving import zero_at
from roi_calc.formulas.tree import Values, compiled, value_of
from roi_calc.own.agreement import comparison
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.schema import Kind, given_of, outputs_of
from support.option_edges import OPTION_EDGES

INPUT_SETS: Final = 10_000
# Why is said where they are declared.
WITHOUT: Final = {
    "programme": {"net_present_value", "payback_month", "irr"},
}


@pytest.mark.parametrize("name", CALCULATORS)
def test_every_result_has_a_formula_that_gives_what_is_computed(name: str) -> None:
    calculator = CALCULATORS[name]
    drawn = list(drawn_inputs(calculator, INPUT_SETS))
    assert len(drawn) == INPUT_SETS
    compare = comparison(calculator)
    assert [found for inputs in drawn for found in compare(inputs)] == []
    assert set(calculator.results) - set(calculator.formulas) == WITHOUT.get(name, set())


@pytest.mark.parametrize("name", CALCULATORS)
def test_what_is_drawn_has_every_option_every_part_and_what_is_not_defined(name: str) -> None:
    calculator = CALCULATORS[name]
    seen: dict[str, set[Any]] = {each: set() for each in calculator.fields}
    undefined: set[str] = set()
    for inputs in drawn_inputs(calculator, 2000):
        for each, value in given_of(calculator, inputs).items():
            seen[each].add(value)
        outputs = outputs_of(calculator, calculator.compute(inputs))
        undefined |= {each for each, value in outputs.items() if value is None}
    for each, choice in calculator.choices.items():
        assert seen[each] == set(choice.options)
    for each, quantity in calculator.quantities.items():
        assert len(seen[each]) > 20, each
        can_be_empty = quantity.part_of or quantity.is_optional or calculator.defaults[each] is None
        assert (None in seen[each]) or not can_be_empty, each
    assert bool(undefined) == (name != "loaded-rate")  # which is always defined


@pytest.mark.parametrize("rate", [0, 1e-12, 1e-6, 1e-5, 1.01e-5, 1e-4])
@pytest.mark.parametrize("months", [1, 12, 36])
def test_costs_at_present_value_are_as_exact_at_a_rate_of_nearly_nothing(
    rate: float, months: int
) -> None:
    calculator = CALCULATORS["programme"]
    inputs = calculator.inputs_type(discount_rate=rate, months=months, one_off_cost=0)
    assert comparison(calculator)(inputs) == []


def test_options_that_cost_as_good_as_the_same_are_parallel_in_both() -> None:
    calculator = CALCULATORS["options"]
    compare = comparison(calculator)
    sets = [calculator.inputs_type(**each) for each in OPTION_EDGES]
    assert [found for inputs in sets for found in compare(inputs)] == []
    undefined = {compute.crossing_today is None for compute in map(calculator.compute, sets)}
    assert undefined == {True, False}


@pytest.mark.parametrize("name", ["churn_after", "discount_rate"])
@pytest.mark.parametrize("share", [0, 1e-11, 1e-9, 1e-8, 4.9e-7, 5e-7, 5.1e-7, 1e-6, 1e-4, 1])
@pytest.mark.parametrize("horizon", [1, 2, 5, 1000])
def test_a_lifetime_is_as_exact_where_next_to_nobody_leaves(
    name: str, share: float, horizon: float
) -> None:
    calculator = CALCULATORS["retention"]
    shares = {"churn_before": 1, "churn_after": 0, name: share}
    assert comparison(calculator)(calculator.inputs_type(horizon=horizon, **shares)) == []


# The input that is solved for, and what the break-even is of its value there.
Reached = Callable[[float, Any], float]


def _itself(value: float, _: object) -> float:
    return value


def _fall_to(after: str) -> Reached:
    return lambda value, inputs: value - float(getattr(inputs, after))


def _share_of_gains(haircut: float, inputs: Any) -> float:  # noqa: ANN401 - of programme
    return float((1 - haircut) / (1 - inputs.risk_haircut))


SOLVED: Final[Mapping[tuple[str, str], tuple[str, Reached]]] = {
    ("deflection", "break_even_cost_per_request"): ("cost_per_request", _itself),
    ("deflection", "break_even_share"): ("deflection_share", _itself),
    ("deflection", "break_even_requests"): ("requests", _itself),
    ("handling-time", "break_even_contacts"): ("contacts", _itself),
    ("handling-time", "break_even_minutes"): ("minutes_saved", _itself),
    ("handling-time", "break_even_rate"): ("hourly_rate", _itself),
    ("response-time", "break_even_cost_per_chaser"): ("cost_per_chaser", _itself),
    ("response-time", "break_even_conversations"): ("conversations", _itself),
    ("response-time", "break_even_reduction"): ("chaser_before", _fall_to("chaser_after")),
    ("retention", "break_even_attribution"): ("attribution_share", _itself),
    ("retention", "break_even_customers"): ("customers", _itself),
    ("retention", "break_even_reduction"): ("churn_before", _fall_to("churn_after")),
    ("programme", "break_even_realisation"): ("risk_haircut", _share_of_gains),
    ("options", "break_even_kept"): ("kept_share", _itself),
    ("options", "break_even_price"): ("agent_price", _itself),
    ("options", "break_even_request_cost"): ("today_request_cost", _itself),
    ("options", "break_even_requests"): ("requests", _itself),
}


def test_every_break_even_of_ours_is_solved_for() -> None:
    ours = {
        (name, result)
        for name, calculator in CALCULATORS.items()
        for result, declared in calculator.results.items()
        if declared.is_condition
    }
    assert ours == set(SOLVED)


@pytest.mark.parametrize(("name", "break_even"), SOLVED)
def test_inverting_the_outcome_gives_the_break_even(name: str, break_even: str) -> None:
    calculator = CALCULATORS[name]
    solved_for, reached = SOLVED[name, break_even]
    solution = zero_at(solved_for, calculator.outcome, calculator.formulas)
    assert solution is not None
    worked_out, compared = compiled(solution), 0
    for inputs in drawn_inputs(calculator, 1500, seed=2):
        given, outputs = (
            given_of(calculator, inputs),
            outputs_of(calculator, calculator.compute(inputs)),
        )
        expected = outputs[break_even]
        if expected is None or not _can_be_solved(given, solved_for):
            continue
        value = value_of(worked_out, given, outputs)
        assert value is not None
        found, compared = reached(value, inputs), compared + 1
        if calculator.results[break_even].kind is Kind.COUNT:
            assert expected - 1 <= found * (1 + 1e-9), inputs
            assert found <= expected * (1 + 1e-9), inputs
        else:
            assert found == pytest.approx(expected, rel=1e-6, abs=1e-9), inputs
    assert compared > 100


def _can_be_solved(given: Values, solved_for: str) -> bool:
    """Leave out what is about other inputs: hours that grow along, and churn by satisfaction.

    With a haircut of 100 % no gain is left to take a share of.
    """
    if solved_for == "requests":
        return given.get("staff_grows", "no") == "no"
    if solved_for == "risk_haircut":
        return given["risk_haircut"] != 1
    return given.get(solved_for, 0) is not None
