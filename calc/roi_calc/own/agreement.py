"""Whether the formulas that a calculator prints give what it computes."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeGuard

from roi_calc.formulas.tree import Values, compiled, names, value_of
from roi_calc.schema import AnyCalculator, given_of, outputs_of

_RELATIVE: Final = 1e-9
# Of the largest figure: what binary fractions leave of a difference.
_NOISE: Final = 1e-12


@dataclass(frozen=True)
class Disagreement:
    """A result whose formula gives something else than was computed; None is not defined.

    inputs: those of both.
    """

    name: str
    computed: float | None
    by_formula: float | None
    inputs: object


def disagreements(calculator: AnyCalculator, drawn: Iterable[object]) -> Iterator[Disagreement]:
    """Yield each result of each input set whose formula does not give what is computed.

    A formula is worked out from the inputs and the other results as they were computed, each of
    which has its own formula, or none.
    """
    formulas = [
        (name, compiled(node), name in set(names(node)))
        for name, node in calculator.formulas.items()
    ]
    for inputs in drawn:
        given = given_of(calculator, inputs)
        outputs = outputs_of(calculator, calculator.compute(inputs))
        noise = _NOISE * _largest(given, outputs)
        for name, evaluated, takes_its_input in formulas:
            results = _without(outputs, name) if takes_its_input else outputs
            found, computed = value_of(evaluated, given, results), outputs[name]
            if not _is_same(found, computed, noise):
                yield Disagreement(name, computed, found, inputs)


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
