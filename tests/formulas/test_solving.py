"""Break-evens by inverting a formula."""

import random
from collections.abc import Mapping

import pytest

from roi_calc.formulas.reading import formula
from roi_calc.formulas.solving import zero_at
from roi_calc.formulas.tree import Node, evaluate
from roi_calc.formulas.writing import written


def _read(**texts: str) -> dict[str, Node]:
    return {name: formula(text) for name, text in texts.items()}


DEFLECTION = _read(
    avoided="requests × share × (1 − repeats)",
    gross="avoided × cost",
    investment="tools + hours × rate + requests × each if total is empty else total",
    net="gross − investment",
)
CUSTOMER = _read(value="margin ÷ churn", net="value − acquisition")
HOURS = _read(
    saved="before − after",
    hours="contacts × saved ÷ 60 ÷ (occupancy × (1 − shrinkage))",
    net="hours × rate − investment",
)
SOLVED = [
    (DEFLECTION, "share", "{investment} ÷ ({requests} × (1 − {repeats}) × {cost})"),
    (DEFLECTION, "cost", "{investment} ÷ {avoided}"),
    (
        DEFLECTION,
        "requests",
        "({tools} + {hours} × {rate} if {total} is empty else {total}) ÷ ({share} × (1 − {repeats})"
        " × {cost} − ({each} if {total} is empty else 0))",
    ),
    (CUSTOMER, "margin", "{acquisition} × {churn}"),
    (CUSTOMER, "churn", "{margin} ÷ {acquisition}"),
    (CUSTOMER, "acquisition", "{value}"),
    (
        HOURS,
        "contacts",
        "{investment} × 60 × {occupancy} × (1 − {shrinkage}) ÷ ({saved} × {rate})",
    ),
    (HOURS, "rate", "{investment} ÷ {hours}"),
]
NOT_SOLVED = {
    "a × a − b": "a",
    "a ^ 2 − b": "a",
    "min(a; b) − c": "a",
    "b − c": "a",
    "b if a > c else c": "a",
    "a ÷ (a + b) × a − c": "a",
}


@pytest.mark.parametrize(("formulas", "name", "solution"), SOLVED)
def test_a_break_even_is_written_in_terms_of_what_does_not_depend_on_it(
    formulas: dict[str, Node], name: str, solution: str
) -> None:
    found = zero_at(name, "net", formulas)
    assert found is not None
    assert written(found) == solution


@pytest.mark.parametrize("text", NOT_SOLVED)
def test_what_has_no_single_solution_has_none(text: str) -> None:
    assert zero_at(NOT_SOLVED[text], "net", _read(net=text)) is None


@pytest.mark.parametrize("formulas", [DEFLECTION, CUSTOMER, HOURS])
def test_at_its_break_even_the_result_is_0(formulas: dict[str, Node]) -> None:
    random_ = random.Random(7)  # noqa: S311 - the same numbers every time
    inputs_of = {
        id(DEFLECTION): "requests share repeats cost tools hours rate each total",
        id(CUSTOMER): "margin churn acquisition",
        id(HOURS): "before after contacts occupancy shrinkage rate investment",
    }
    for _ in range(60):
        inputs: dict[str, float | str | None] = {
            name: random_.uniform(0.05, 0.95) for name in inputs_of[id(formulas)].split()
        }
        if "total" in inputs and random_.random() < 0.5:
            inputs["total"] = None
        for name in inputs:
            solution = zero_at(name, "net", formulas)
            if solution is None:
                continue
            at = evaluate(solution, inputs, _results(formulas, inputs))
            if at is None:
                continue
            net = _results(formulas, {**inputs, name: at})["net"]
            assert net == pytest.approx(0, abs=1e-9), (name, inputs)


def _results(
    formulas: dict[str, Node], inputs: Mapping[str, float | str | None]
) -> dict[str, float | None]:
    results: dict[str, float | None] = {}
    for name, node in formulas.items():
        results[name] = evaluate(node, inputs, results)
    return results
