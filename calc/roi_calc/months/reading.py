"""Texts become what was entered of months, or errors that say which field, why, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from roi_calc.language.language import Language
from roi_calc.language.words import Words
from roi_calc.months.month import NAMES
from roi_calc.months.table import ACTUAL, LONGEST_NAME, MONTH, PLAN, SIDES, Entered
from roi_calc.reading.inputs import InputErrors, read_number
from roi_calc.schema import AnyCalculator, InputError

# The fields of a month, by which its texts are named.
FIELDS: Final = (MONTH, *(f"{side}.{name}" for name in NAMES for side in SIDES))


@dataclass(frozen=True)
class Read:
    """What a month's texts say, and what is wrong with them, by field."""

    entered: Entered
    errors: Mapping[str, InputError]


def read_month(
    texts: Mapping[str, str], calculator: AnyCalculator, language: Language, currency: str
) -> Read:
    """Return what was typed of a month; its texts by field, as the language writes numbers.

    A field that is missing or empty was not entered; one that cannot be used is among the errors.
    """
    errors: dict[str, InputError] = {}
    sides: dict[str, dict[str, float]] = {side: {} for side in SIDES}
    for name in NAMES:
        for side in SIDES:
            place = f"{side}.{name}"
            quantity = calculator.quantities[name]
            try:
                value = read_number(
                    quantity, name, texts.get(place, ""), language.numbers, currency
                )
            except InputErrors as refused:
                errors[place] = refused.errors[0]
            else:
                if value is not None:
                    sides[side][name] = value
    return Read(Entered(_name(texts), sides[PLAN], sides[ACTUAL]), errors)


def _name(texts: Mapping[str, str]) -> str:
    """Return a month's name as it may be kept: printable, on one line, and not too long."""
    printable = (each if each.isprintable() else " " for each in texts.get(MONTH, ""))
    return " ".join("".join(printable).split())[:LONGEST_NAME].strip()


def texts_of(entered: Entered, calculator: AnyCalculator, language: Language) -> dict[str, str]:
    """Return the texts that somebody would have typed for a month, by field."""
    numbers = {PLAN: entered.plan, ACTUAL: entered.actual}
    texts = {MONTH: entered.name}
    for name in NAMES:
        for side in SIDES:
            kind = calculator.quantities[name].kind
            texts[f"{side}.{name}"] = language.typed(numbers[side].get(name), kind)
    return texts


def is_filled_in(texts: Mapping[str, str]) -> bool:
    """Tell whether anything was typed of a month."""
    return any(texts.get(field, "").strip() for field in FIELDS)


def label_of(place: str, words: Words) -> str:
    """Return what is said of a field: `Requests resolved, plan`."""
    if place == MONTH:
        return words.language.words("schedule.month")
    side, _, name = place.partition(".")
    return words.language.words(f"months.{side}", label=column_of(name, words))


def column_of(name: str, words: Words) -> str:
    """Return a short name of one of a month's figures."""
    return words.language.words(f"months.figure.{name}")
