"""What an author can set, in a block, in a page's front matter, or for a whole site.

Each layer is a mapping of text; a later one wins, key by key. Everything wrong is a SettingError
that names the key, so that whoever knows the file can add the line.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from roi_calc.calculators import CALCULATORS
from roi_calc.number_format import NEUTRAL, currencies
from roi_calc.schema import (
    AnyCalculator,
    InputErrors,
    parts_of,
    read_inputs,
    refuse_totals_beside_parts,
)
from roi_calc.text import (
    Language,
    UnknownLanguageError,
    author_language,
    language,
    languages,
)

# What each key says; a test compares the documentation's table with it.
KEYS: Final[Mapping[str, str]] = {
    "calculator": "which calculator to show",
    "currency": "the currency of every amount, as its ISO 4217 code",
    "language": "the language of words and numbers: a language tag such as en, es-MX or id",
    "boot": "when Python is loaded: visible, intent or load",
    "title": "the heading of the calculator, instead of its own",
    "values": "the values to start from, by input name, with a point for decimals",
}
SITE_KEYS: Final = ("calculator", "currency", "language", "boot")
BOOTS: Final = ("visible", "intent", "load")
_MAXIMUM_TITLE_LENGTH: Final = 200


class SettingError(ValueError):
    """A setting that cannot be used. key: the setting it is about, or `values.<input>`."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True)
class Layer:
    """The settings of one place: single texts by key, and texts by input name."""

    options: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """Everything a block is rendered with, checked."""

    calculator: AnyCalculator
    currency: str
    language: Language
    title: str
    inputs: object
    boot: str


DEFAULTS: Final = Layer(
    {"calculator": "deflection", "currency": "USD", "language": "en", "boot": BOOTS[0]}
)


def layer_from(data: object, keys: Iterable[str] = KEYS) -> Layer:
    """Return the layer in a parsed mapping whose leaves are texts or plain numbers.

    keys: those that this place may set.

    Raises SettingError for an unknown key or a value of the wrong shape.
    """
    if not isinstance(data, Mapping):
        message = f"{_shown(data)} is not a mapping; expected lines such as 'currency: EUR'"
        raise SettingError(message)
    options = {}
    for key, value in data.items():
        if key not in keys:
            raise SettingError(_unknown_key(key, keys), str(key))
        if key != "values":
            options[str(key)] = _text(key, value)
    values = data.get("values", {})
    if not isinstance(values, Mapping):
        message = (
            f"values: {_shown(values)} is not a mapping; "
            "expected one indented line an input, such as 'requests: 250'"
        )
        raise SettingError(message, "values")
    return Layer(
        options, {str(name): _text(name, value, "values.") for name, value in values.items()}
    )


def resolve(*layers: Layer) -> Settings:
    """Return the settings that the layers give together, the last one winning.

    Raises SettingError for an unknown calculator, input, currency or language, and for a value
    that is not a number or outside its limits.
    """
    options: dict[str, str] = {}
    for layer in (DEFAULTS, *layers):
        options.update(layer.options)
    calculator = _calculator(options["calculator"])
    currency = _currency(options["currency"])
    values: dict[str, str] = {}
    for layer in layers:
        values = _overlaid(calculator, values, layer.values)
    return Settings(
        calculator=calculator,
        currency=currency,
        language=_language(options["language"]),
        title=_title(options.get("title", "")),
        inputs=_inputs(calculator, values, currency),
        boot=_boot(options["boot"]),
    )


def nearest(found: object, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where something known is close to what was found."""
    close = difflib.get_close_matches(str(found), list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _unknown_key(key: object, keys: Iterable[str]) -> str:
    message = f"unknown key {_shown(key)}; expected one of {', '.join(keys)}"
    if any(key in calculator.quantities for calculator in CALCULATORS.values()):
        return f"{message}; an input belongs under 'values:', indented"
    return message + nearest(key, keys)


def _text(key: object, value: object, inside: str = "") -> str:
    if isinstance(value, str):
        return value
    # Front matter and mkdocs.yml come with numbers already made of the digits.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    message = f"{key}: {_shown(value)} is not a single text or number"
    raise SettingError(message, f"{inside}{key}")


def _calculator(name: str) -> AnyCalculator:
    if name not in CALCULATORS:
        known = ", ".join(CALCULATORS)
        message = f"unknown calculator {_shown(name)}; expected one of {known}"
        raise SettingError(message + nearest(name, CALCULATORS), "calculator")
    return CALCULATORS[name]


def _currency(code: str) -> str:
    if code.upper() not in currencies():
        message = f"unknown currency {_shown(code)}; expected an ISO 4217 code such as USD or EUR"
        raise SettingError(message + nearest(code.upper(), currencies()), "currency")
    return code.upper()


def _language(tag: str) -> Language:
    try:
        return language(tag)
    except UnknownLanguageError as error:
        known = ", ".join(languages())
        message = (
            f"unknown language {_shown(tag)}; "
            f"expected one of {known}, or one of these with a region, such as es-MX"
        )
        raise SettingError(message, "language") from error


def _boot(boot: str) -> str:
    if boot not in BOOTS:
        message = f"unknown boot {_shown(boot)}; expected one of {', '.join(BOOTS)}"
        raise SettingError(message + nearest(boot, BOOTS), "boot")
    return boot


def _title(title: str) -> str:
    if len(title) > _MAXIMUM_TITLE_LENGTH:
        message = f"title: {len(title)} characters; expected at most {_MAXIMUM_TITLE_LENGTH}"
        raise SettingError(message, "title")
    return title


def _overlaid(
    calculator: AnyCalculator, below: Mapping[str, str], above: Mapping[str, str]
) -> dict[str, str]:
    """Return two layers of values as one: a total above replaces parts below, and the reverse."""
    replaced = set(above)
    for name in above:
        if name in calculator.quantities:
            replaced |= {calculator.quantities[name].part_of, *parts_of(calculator, name)}
    return {name: text for name, text in below.items() if name not in replaced} | dict(above)


def _inputs(calculator: AnyCalculator, values: Mapping[str, str], currency: str) -> object:
    for name in values:
        if name not in calculator.quantities:
            known = ", ".join(calculator.quantities)
            message = f"unknown input {_shown(name)}; expected one of {known}"
            close = nearest(name, calculator.quantities)
            raise SettingError(message + close, f"values.{name}")
    try:
        refuse_totals_beside_parts(calculator, values)
        return read_inputs(calculator, values, NEUTRAL, currency)
    except InputErrors as refused:
        first = refused.errors[0]
        said = author_language().error(calculator, first, currency)
        message = f"{first.field}: {said}"
        raise SettingError(message, f"values.{first.field}") from refused


def _shown(found: object, most: int = 60) -> str:
    """Return what was found, quoted and on one short line."""
    shown = repr(found)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
