"""The table of contents: every calculator by its name, and the version of what they compute."""

from collections.abc import Mapping
from typing import Final

from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.calculators.handling_time import HANDLING_TIME
from roi_calc.calculators.loaded_rate import LOADED_RATE
from roi_calc.calculators.options import OPTIONS
from roi_calc.calculators.programme import PROGRAMME
from roi_calc.calculators.response_time import RESPONSE_TIME
from roi_calc.calculators.retention import RETENTION
from roi_calc.schema import AnyCalculator

# Of the model: one more where equal inputs give other figures than before, or mean something else.
# It stands in links and on what is printed, so that an older one can be told.
MODEL_VERSION: Final = 1

CALCULATORS: Final[Mapping[str, AnyCalculator]] = {
    calculator.name: calculator
    for calculator in (
        DEFLECTION,
        HANDLING_TIME,
        RESPONSE_TIME,
        RETENTION,
        PROGRAMME,
        OPTIONS,
        LOADED_RATE,
    )
}
