"""Other cases beside an answer: the ends of its ranges, and scenarios."""

from dataclasses import dataclass
from typing import Any, Final

from roi_calc.answering import uncertainty
from roi_calc.answering.answer import Answer
from roi_calc.reading.inputs import InputErrors, changed
from roi_calc.schema import (
    Scenario,
    Values,
    outputs_of,
)

_RANGE_ENDS: Final = ("worst", "best")
_RANGE_ENDS_OF_NO_OUTCOME: Final = ("lowest", "highest")


@dataclass(frozen=True)
class Alternative:
    """A scenario beside the answer: its name in words, its inputs and outputs.

    Both are None if it is refused.
    """

    name: str
    outputs: Values | None
    inputs: Any | None = None  # each calculator has its own Inputs


def alternatives(answer: Answer) -> tuple[Alternative, ...]:
    """Return the scenarios beside the answer: the ranges' ends, then the author's or the usual."""
    calculator, inputs = answer.calculator, answer.given.inputs
    found: list[Scenario] = []
    if answer.spread is not None:
        worst, best = uncertainty.extremes(calculator, inputs, answer.given.ranges)
        ends = _RANGE_ENDS if calculator.outcome else _RANGE_ENDS_OF_NO_OUTCOME
        found += map(Scenario, (worst, best), ("", ""), ends)
    found += answer.comparison.scenarios or calculator.scenarios(inputs)
    return tuple(_alternative(answer, each) for each in found)


def _alternative(answer: Answer, scenario: Scenario) -> Alternative:
    calculator = answer.calculator
    name = scenario.name or _scenario_words(answer, scenario)
    try:
        inputs: Any = changed(calculator, answer.given.inputs, scenario.changes)
    except InputErrors:
        return Alternative(name, None)
    return Alternative(name, outputs_of(calculator, calculator.compute(inputs)), inputs)


def _scenario_words(answer: Answer, scenario: Scenario) -> str:
    """Return the catalog's name of a scenario: every calculator's, or this one's own."""
    quantities = answer.calculator.quantities
    changes = {
        name: answer.figure(value, quantities[name].kind)
        for name, value in scenario.changes.items()
        if isinstance(value, int | float)
    }
    if scenario.key in (*_RANGE_ENDS, *_RANGE_ENDS_OF_NO_OUTCOME):
        return answer.language.words(f"scenario.{scenario.key}")
    return answer.words(scenario.key, **{**answer.figures, **changes})
