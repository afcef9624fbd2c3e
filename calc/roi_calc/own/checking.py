"""What is wrong with a calculator, looked for at length: `roi-calc check calculators/clv.py`."""

from collections.abc import Iterator
from typing import Final

from roi_calc.own.agreement import comparison
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.own.loading import FailureError, failing_told
from roi_calc.own.python_file import (
    CalculatorFileError,
    line_declaring,
    line_of,
    said_of,
    source_of,
)
from roi_calc.own.units import wrong_units
from roi_calc.reading.inputs import InputErrors, changed
from roi_calc.schema import AnyCalculator

INPUT_SETS: Final = 10_000


def faults(calculator: AnyCalculator) -> Iterator[CalculatorFileError]:
    """Yield what is wrong, one fault of each result: units, limits, and formulas that disagree.

    Formulas are compared with what is computed on INPUT_SETS input sets drawn within the limits,
    and with each input at its limits. Inputs on which the function fails are a fault as well, and
    the last one.
    """
    path = source_of(calculator)
    for name, message in wrong_units(calculator):
        yield CalculatorFileError(path, f"{name}: {message}", line_declaring(path, name))
    compare = comparison(calculator)
    known: set[str] = set()
    try:
        for inputs in _inputs(calculator):
            with failing_told(calculator, inputs):
                found = compare(inputs)
            for each in found:
                if each.name not in known:
                    line = line_declaring(path, each.name)
                    yield CalculatorFileError(path, str(each), line)
                known.add(each.name)
    except FailureError as error:
        yield error


def _inputs(calculator: AnyCalculator) -> Iterator[object]:
    example = calculator.inputs_type()
    yield example
    for name, quantity in calculator.quantities.items():
        for limit in (quantity.minimum, quantity.maximum):
            try:
                yield changed(calculator, example, {name: limit})
            except InputErrors:  # a part without its fellows, or a rule
                continue
    try:
        yield from drawn_inputs(calculator, INPUT_SETS)
    except Exception as error:  # of the author's rules
        path = source_of(calculator)
        message = f"rules: {said_of(error)}"
        raise FailureError(path, message, line_of(calculator, path, error)) from error
