"""The table of contents: every calculator by its name."""

from collections.abc import Mapping
from typing import Final

from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.calculators.handling_time import HANDLING_TIME
from roi_calc.calculators.loaded_rate import LOADED_RATE
from roi_calc.calculators.programme import PROGRAMME
from roi_calc.calculators.response_time import RESPONSE_TIME
from roi_calc.calculators.retention import RETENTION
from roi_calc.schema import AnyCalculator

CALCULATORS: Final[Mapping[str, AnyCalculator]] = {
    calculator.name: calculator
    for calculator in (
        DEFLECTION,
        HANDLING_TIME,
        RESPONSE_TIME,
        RETENTION,
        PROGRAMME,
        LOADED_RATE,
    )
}
