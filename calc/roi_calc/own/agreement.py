"""Whether the formulas that a calculator prints give what it computes."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeGuard

from roi_calc.formulas.tree import Node, Values, compiled, names, value_of
from roi_calc.language.number_format import plain_number
from roi_calc.schema import AnyCalculator, given_of, outputs_of

Results: TypeAlias = Mapping[str, float | None]

_RELATIVE: Final = 1e-9
# Of the largest figure: what binary fractions leave of a difference.
_NOISE: Final = 1e-12


@dataclass(frozen=True)
class Disagreement:
    """A result whose formula gives something else than was computed; None is not defined."""

    name: str
    computed: float | None
    by_formula: float | None
    given: Values

    def __str__(self) -> str:
        """Say it to the author of the calculator."""
        return (
            f"{self.name}: its formula gives {_figure(self.by_formula)}, the function"
            f" {_figure(self.computed)}, with {told(self.given)}; expected the same of both:"
            " correct one of them"
        )


def comparison(calculator: AnyCalculator) -> Callable[[object], list[Disagreement]]:
    """Return a function of inputs for the results whose formula does not give what is computed.

    A formula is worked out from the inputs and the other results as they were computed, each of
    which has its own formula, or none.
    """
    compared = [formula_comparison(name, node) for name, node in calculator.formulas.items()]

    def compare(inputs: object) -> list[Disagreement]:
        given = given_of(calculator, inputs)
        outputs = outputs_of(calculator, calculator.compute(inputs))
        noise = noise_of(given, outputs)
        found = (each(given, outputs, noise) for each in compared)
        return [each for each in found if each is not None]

    return compare


def formula_comparison(
    name: str, node: Node
) -> Callable[[Values, Results, float], Disagreement | None]:
    """Return a function of inputs, results and noise_of() both that compares one result."""
    evaluated, takes_its_input = compiled(node), name in set(names(node))

    def compare(given: Values, outputs: Results, noise: float) -> Disagreement | None:
        results = _without(outputs, name) if takes_its_input else outputs
        by_formula = value_of(evaluated, given, results)
        if _is_same(by_formula, outputs[name], noise):
            return None
        return Disagreement(name, outputs[name], by_formula, given)

    return compare


def noise_of(given: Values, outputs: Values) -> float:
    """Return what binary fractions may leave of a difference of these figures."""
    return _NOISE * _largest(given, outputs)


def told(given: Mapping[str, float | str | None]) -> str:
    """Say inputs as their author wrote them: `margin = 120, churn = 0.2`; none that is empty."""
    return ", ".join(
        f"{name} = {plain_number(value) if _is_number(value) else value}"
        for name, value in given.items()
        if value is not None
    )


def _figure(value: float | None) -> str:
    return "no value" if value is None else f"{plain_number(value)}"


def _without(outputs: Values, name: str) -> Values:
    return {each: value for each, value in outputs.items() if each != name}


def _largest(*figures: Values) -> float:
    numbers = (abs(value) for each in figures for value in each.values() if _is_number(value))
    return max(1.0, max(numbers, default=0.0))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float)


def _is_same(one: float | None, other: float | None, noise: float) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=_RELATIVE, abs_tol=noise)
