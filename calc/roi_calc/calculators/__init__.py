"""The table of contents: every calculator by its name."""

from collections.abc import Mapping
from typing import Final

from roi_calc.calculators.deflection import DEFLECTION
from roi_calc.schema import AnyCalculator

CALCULATORS: Final[Mapping[str, AnyCalculator]] = {
    calculator.name: calculator for calculator in (DEFLECTION,)
}
