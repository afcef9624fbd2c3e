"""JSON Schemas of what authors write, for editors that complete and check while somebody types.

One for the options in `mkdocs.yml`, one for a block. They are made of the same declarations that
read the options, and refuse nothing that a build takes.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from mkdocs_roi_calculator.settings.settings import (
    BLOCK_NAME,
    BOOTS,
    MAXIMUM_TITLE_LENGTH,
    OPTIONS,
    SHOWN,
    keys_of,
)
from roi_calc.calculators import CALCULATORS
from roi_calc.json_schema import DIALECT
from roi_calc.language.language import author_language, languages
from roi_calc.language.number_format import currencies
from roi_calc.language.words import words_of
from roi_calc.schema import AnyCalculator, Choice, Kind
from roi_calc.showing.views import VIEWS

Schema: TypeAlias = dict[str, object]

_NUMBER_OR_TEXT: Final = ["number", "string"]
# YAML has `yes` as text, or as true; `requests:` with nothing behind it leaves an input empty.
_VALUE: Final = ["number", "string", "boolean", "null"]


def block_schema() -> Schema:
    """Return the schema of the YAML in a block."""
    return {
        "$schema": DIALECT,
        "title": "A roi-calculator block",
        **_options(keys_of("block")),
        "allOf": [_of_calculator(each) for each in CALCULATORS.values()],
    }


def site_schema() -> Schema:
    """Return the schema of `mkdocs.yml`, of which it knows the plugin's and extension's options."""
    return {
        "$schema": DIALECT,
        "title": "roi-calculator in mkdocs.yml",
        "type": "object",
        "properties": {
            "plugins": _listed("roi-calculator", _options(keys_of("site", "plugin"))),
            "markdown_extensions": _listed(
                "roi_calculator", _options(keys_of("site", "extension"))
            ),
        },
    }


SCHEMAS: Final[Mapping[str, Callable[[], Schema]]] = {"block": block_schema, "site": site_schema}


def _listed(name: str, options: Schema) -> Schema:
    """Return the schema of plugins or extensions, as a list or a mapping; of all, one is ours."""
    named = {"type": "object", "properties": {name: {"anyOf": [options, {"type": "null"}]}}}
    return {"anyOf": [{"type": "array", "items": {"anyOf": [{"type": "string"}, named]}}, named]}


def _options(keys: Iterable[str]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: {**_described(key), **_SHAPES[key]} for key in keys},
    }


def _described(key: str) -> Schema:
    default = next(each.default for each in OPTIONS if each.key == key)
    described: Schema = {"description": author_language().words(f"option.{key}")}
    return {**described, "default": _DEFAULTS.get(default, default)} if default else described


def _of_calculator(calculator: AnyCalculator) -> Schema:
    """Return what holds where a block names a calculator: its inputs and its results."""
    values = _mapping({name: _value(calculator, name) for name in calculator.fields})
    targets: Schema = {name: {"type": _NUMBER_OR_TEXT} for name in calculator.results}
    return {
        "if": {
            "properties": {"calculator": {"const": calculator.name}},
            "required": ["calculator"],
        },
        "then": {
            "properties": {
                "values": values,
                "targets": _mapping(targets),
                "scenarios": {"additionalProperties": values},
            }
        },
    }


def _value(calculator: AnyCalculator, name: str) -> Schema:
    words, declared = words_of(calculator, author_language()), calculator.fields[name]
    described: Schema = {
        "title": words.text(f"{name}.label"),
        "description": words.text(f"{name}.help"),
    }
    if isinstance(declared, Choice):
        options: list[object] = [*declared.options]
        if {"yes", "no"} & {*declared.options}:
            options += [True, False]
        return {**described, "enum": options}
    value: Schema = {**described, "type": _VALUE}
    limited = {**value, "minimum": declared.minimum, "maximum": declared.maximum}
    if declared.kind is Kind.SHARE:
        # A number without its sign is a fraction.
        most = min(declared.maximum, 1)
        return {**limited, "maximum": most, "examples": ["60 %", "30 %..60 %..100 %"]}
    return limited


def _mapping(properties: Mapping[str, object]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}


def _suggested(known: Iterable[str], pattern: str) -> Schema:
    """Return the schema of a text that editors complete, and that may be another of its form."""
    return {"anyOf": [{"enum": list(known)}, {"type": "string", "pattern": pattern}]}


_TEXTS: Final[Schema] = {"type": "object", "additionalProperties": {"type": _VALUE}}
_TABLE: Final[Schema] = {"type": "object", "additionalProperties": {"type": "object"}}
_DEFAULTS: Final = {"false": False}
_SHAPES: Final[Mapping[str, Schema]] = {
    "calculator": _suggested(CALCULATORS, r"^\S+$"),  # or one of the site's own
    "show": {"enum": list(SHOWN)},
    "currency": _suggested(currencies(), "^[A-Za-z]{3}$"),
    "language": _suggested(languages(), rf"^({'|'.join(languages())})([-_][A-Za-z0-9]+)?$"),
    "view": {"enum": list(VIEWS)},
    "boot": {"enum": list(BOOTS)},
    "id": {"type": "string", "pattern": f"^{BLOCK_NAME.pattern}$"},
    "title": {"type": _NUMBER_OR_TEXT, "maxLength": MAXIMUM_TITLE_LENGTH},
    "values": _TEXTS,
    "targets": {"type": "object", "additionalProperties": {"type": _NUMBER_OR_TEXT}},
    "scenarios": {"type": "object", "additionalProperties": _TEXTS},
    "links": {"type": "object", "additionalProperties": {"type": "string"}},
    "inputs": _TABLE,
    "results": _TABLE,
    "pyodide": _suggested(
        ("cdn", "self", "cdn, self"), r"^(cdn|self|https?://\S+/)(, *(cdn|self|https?://\S+/))*$"
    ),
    "calculators": {"type": "array", "items": {"type": "string"}},
    "assets": {"type": "string"},
    "embed": {
        "anyOf": [
            {"type": "boolean"},
            _mapping({"image": {"type": "string", "minLength": 1}}),
        ]
    },
}
