"""A calculator as JSON Schema (2020-12), for whoever checks or builds its inputs elsewhere."""

from typing import Final

from roi_calc.language.language import Language
from roi_calc.language.words import Words, words_of
from roi_calc.schema import AnyCalculator, Quantity

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema(calculator: AnyCalculator, language: Language) -> dict[str, object]:
    """Return the schema of the `inputs` of `roi-calc --format json`: shares are fractions.

    Inputs left out take their default; a part or an optional one that is not given is null. A
    default that is an example and no more stands under `examples` too.
    """
    words = words_of(calculator, language)
    return {
        "$schema": DIALECT,
        "title": words.text("title"),
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _property(name, words) for name in calculator.fields},
    }


def _property(name: str, words: Words) -> dict[str, object]:
    calculator = words.calculator
    declared = calculator.fields[name]
    described: dict[str, object] = {
        "title": words.text(f"{name}.label"),
        "description": words.text(f"{name}.help"),
        "default": calculator.defaults[name],
    }
    if not isinstance(declared, Quantity):
        return {**described, "enum": list(declared.options)}
    number = "integer" if declared.is_whole else "number"
    may_be_empty = bool(declared.part_of) or declared.is_optional
    can_be_replaced = any(name in each.part_of for each in calculator.quantities.values())
    if name in calculator.examples:
        described["examples"] = [calculator.defaults[name]]
    return {
        **described,
        "type": [number, "null"] if may_be_empty or can_be_replaced else number,
        "minimum": declared.minimum,
        "maximum": declared.maximum,
        "x-kind": declared.kind.value,
        "x-unit": _unit(name, declared, words),
    }


def _unit(name: str, quantity: Quantity, words: Words) -> str:
    """Return the unit in words; a share's says that it is a fraction here."""
    if quantity.kind.is_fraction:
        return "fraction"
    return words.unit(name, "currency")
