"""The answers of every case in tests/cases, and the workbooks that they become."""

import itertools
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.workbook import workbook
from roi_calc.language.language import language, languages
from roi_calc.reading.inputs import Given, changed
from roi_calc.schema import AnyCalculator
from support.sites import ROOT

CASES: Final = ROOT / "tests" / "cases"
CURRENCIES: Final = ("USD", "EUR", "JPY", "KWD", "IDR")


# Any: each calculator has its own Inputs.
def answer_of(
    calculator: AnyCalculator,
    inputs: Any = None,  # noqa: ANN401
    tag: str = "en",
    currency: str = "USD",
) -> Answer:
    """Return a calculator's answer to its example, or to other inputs."""
    given = Given(calculator.inputs_type() if inputs is None else inputs)
    return answer_to(calculator, given, language(tag), currency)


@cache
def answers() -> Mapping[str, Answer]:
    """Return the answer of every case, the languages and currencies by turns."""
    turns = itertools.cycle(itertools.product(languages(), CURRENCIES))
    found = {}
    for file in sorted(CASES.glob("*.toml")):
        calculator = CALCULATORS[file.stem]
        for case in tomllib.loads(file.read_text("utf-8"))["case"]:
            if "errors" not in case:
                inputs = changed(calculator, calculator.inputs_type(), case.get("inputs", {}))
                found[f"{file.stem}: {case['name']}"] = answer_of(calculator, inputs, *next(turns))
    return found


@cache
def books() -> Mapping[str, bytes]:
    """Return the workbook of every case."""
    return {name: workbook(answer) for name, answer in answers().items()}
