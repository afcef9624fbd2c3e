"""What several calculators say alike: amounts for a year, and whether it paid."""

from roi_calc import finance
from roi_calc.schema import FormulaOf


def per_year(name: str) -> FormulaOf:
    """Return the formula of an amount for a year, from one period that the reader chose."""

    def formula(inputs: object) -> str:
        return f"{{{name}}} × {finance.PERIODS_PER_YEAR[vars(inputs)['period']]}"

    return formula


def outcome_sentence(net: float, investment: float) -> str:
    """Return the key of the sentence for nothing invested, a gain, a loss, or neither."""
    if investment == 0:
        return "sentence.free"
    if net == 0:
        return "sentence.even"
    return "sentence.gain" if net > 0 else "sentence.loss"
