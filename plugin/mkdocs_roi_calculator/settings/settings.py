"""What an author can set, in a block, in a page's front matter, or for a whole site.

Each layer is a mapping of text; a later one wins, key by key. Everything wrong is a SettingError
that names the key, and each layer says on which line it has it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from roi_calc.answering.answer import Comparison
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import (
    Language,
    UnknownLanguageError,
    author_language,
    language,
    languages,
)
from roi_calc.language.number_format import NEUTRAL, currencies
from roi_calc.language.words import words_of
from roi_calc.own.loading import FailureError, failing_told
from roi_calc.own.written_table import INPUTS, RESULTS, TITLE, TableError, written_calculator
from roi_calc.reading.for_authors import nearest, shown
from roi_calc.reading.inputs import (
    Given,
    InputErrors,
    read_inputs,
    read_number,
    refuse_totals_beside_parts,
)
from roi_calc.schema import AnyCalculator, Quantity, Scenario, parts_of
from roi_calc.showing.views import SIMPLE, VIEWS


class Option(NamedTuple):
    """A key that an author can set; what it says is in the catalogs, under `option.<key>`.

    places: where it may stand: `block`, `page` (its front matter), `site` (under the plugin or the
    extension), `plugin` or `extension` (there alone). default: what holds where nobody sets it;
    empty for none.
    """

    key: str
    places: tuple[str, ...]
    default: str = ""


LINKS: Final = "links"
BLOCK_ID: Final = "id"  # a name is one block's own
BOOTS: Final = ("visible", "intent", "load")
SHOW_CALCULATOR: Final = "calculator"
_ANYWHERE: Final = ("block", "page", "site")
_IN_PAGES: Final = ("block", "page")
OPTIONS: Final = (
    Option("calculator", _ANYWHERE, "deflection"),
    Option("show", _IN_PAGES, SHOW_CALCULATOR),
    Option("currency", _ANYWHERE, "USD"),
    Option("language", _ANYWHERE, "en"),
    Option("view", _ANYWHERE, SIMPLE),
    Option("boot", _ANYWHERE, BOOTS[0]),
    Option(BLOCK_ID, ("block",)),
    Option("title", _IN_PAGES),
    Option("values", _IN_PAGES),
    Option("targets", _IN_PAGES),
    Option("scenarios", _IN_PAGES),
    Option(INPUTS, ("block",)),
    Option(RESULTS, ("block",)),
    Option(LINKS, _ANYWHERE),
    Option("pyodide", ("site",), "cdn"),
    Option("calculators", ("site",)),
    Option("embed", ("plugin",), "false"),
    Option("assets", ("extension",)),
)


def keys_of(*places: str) -> tuple[str, ...]:
    """Return the keys that may stand in one of these places, in the order of the table."""
    return tuple(each.key for each in OPTIONS if set(places) & set(each.places))


KEYS: Final = keys_of("block")
PAGE_KEYS: Final = keys_of("page")
# What the site sets for every block; `calculators` says which there are.
SITE_KEYS: Final = tuple(key for key in keys_of("site") if key in KEYS)
SHOW_OPTIONS: Final = "options"
SHOWN: Final = (
    SHOW_CALCULATOR,
    # roi_calc.showing.reference_tables makes these
    "inputs",
    "results",
    "benchmarks",
    "all-benchmarks",
    "prices",
    "formulas",
    SHOW_OPTIONS,
)
_TABLE: Final = (INPUTS, RESULTS)
_NESTED: Final = ("values", "targets", "scenarios", LINKS, *_TABLE)
KeyPath = tuple[str, ...]  # ("values", "requests")
BLOCK_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")
MAXIMUM_TITLE_LENGTH: Final = 200


class SettingError(ValueError):
    """A setting that cannot be used. key: the one it is about, from the outermost name inwards."""

    def __init__(self, message: str, *key: str) -> None:
        super().__init__(message)
        self.key: KeyPath = key


@dataclass(frozen=True)
class Layer:
    """The settings of one place: single texts by key, and texts by input or output name.

    table: a calculator of the block's own, its inputs and its results; empty for none. lines: where
    its text has each key and what is in it; empty for what is not read from a text.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    scenarios: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    table: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """Everything a block is rendered with, checked."""

    calculator: AnyCalculator
    currency: str
    language: Language
    id: str
    title: str
    show: str
    given: Given
    comparison: Comparison
    links: Mapping[str, str]
    view: str
    boot: str


DEFAULTS: Final = Layer(
    {each.key: each.default for each in OPTIONS if each.default and each.key in KEYS}
)


def layer_from(
    data: object, keys: Iterable[str] = KEYS, lines: Mapping[KeyPath, int] | None = None
) -> Layer:
    """Return the layer in a parsed mapping whose leaves are texts or plain numbers.

    keys: those that this place may set. lines: where they stand, if they were read from a text.

    Raises SettingError for an unknown key or a value of the wrong shape.
    """
    if not isinstance(data, Mapping):
        message = f"{shown(data)} is not a mapping; expected lines such as 'currency: EUR'"
        raise SettingError(message)
    for key in data:
        if key not in keys:
            raise SettingError(_unknown_key(key, keys), str(key))
    scenarios = _mapping(data, ("scenarios",), "'Cautious:', and under it 'requests: 80'")
    return Layer(
        options={
            str(key): _text((str(key),), value) for key, value in data.items() if key not in _NESTED
        },
        values=_texts(data, ("values",), "'requests: 250'"),
        targets=_texts(data, ("targets",), "'net_saving: 2000'"),
        scenarios={
            name: _texts(scenarios, ("scenarios", name), "'requests: 80'") for name in scenarios
        },
        links=_texts(data, (LINKS,), "'loaded-rate: data-points.md'"),
        table={key: data[key] for key in _TABLE if key in data},
        lines=lines or {},
    )


def resolve(*layers: Layer, calculators: Mapping[str, AnyCalculator] = CALCULATORS) -> Settings:
    """Return the settings that the layers give together, the last one winning.

    calculators: those that can be chosen, a site's own included.

    Raises SettingError for an unknown calculator, input, output, currency or language, and for a
    value that is not a number or outside its limits.
    """
    options: dict[str, str] = {}
    for layer in (DEFAULTS, *layers):
        options.update(layer.options)
    calculator = _calculator(options["calculator"], with_tables(layers, calculators))
    currency = _currency(options["currency"])
    values: dict[str, str] = {}
    targets: dict[str, str] = {}
    scenarios: dict[str, Mapping[str, str]] = {}
    links: dict[str, str] = {}
    for layer in layers:
        values = _overlaid(calculator, values, layer.values)
        targets |= layer.targets
        scenarios |= layer.scenarios
        links |= layer.links
    for name, target in links.items():
        _require_known("calculator", name, calculators, LINKS)
        if ":" in target.partition("/")[0] and not target.startswith(("https://", "http://")):
            message = f"{name}: {shown(target)} is neither a page of the site nor an address"
            raise SettingError(message, LINKS, name)
    given = _given(calculator, values, currency)
    return Settings(
        calculator=calculator,
        currency=currency,
        language=_language(options["language"]),
        id=_block_id(options.get(BLOCK_ID, "")),
        title=_title(options.get("title", "")),
        show=_show(options["show"]),
        given=given,
        comparison=Comparison(
            targets=_targets(calculator, targets, currency),
            scenarios=tuple(
                _scenario(calculator, name, values, changes, currency)
                for name, changes in scenarios.items()
            ),
        ),
        links=links,
        view=_view(options["view"]),
        boot=_boot(options["boot"]),
    )


def with_tables(
    layers: Iterable[Layer], calculators: Mapping[str, AnyCalculator]
) -> Mapping[str, AnyCalculator]:
    """Return the calculators with those that layers bring along, by name.

    Raises SettingError for a table that is none, that has no name, or that of another calculator.
    """
    brought: dict[str, AnyCalculator] = {}
    for layer in layers:
        if not layer.table:
            continue
        name = layer.options.get("calculator", "")
        key = next(iter(layer.table))
        if not name:
            message = f"{key}: a table without a name; expected a line such as 'calculator: clv'"
            raise SettingError(message, key)
        if name in calculators:
            message = (
                f"calculator: {shown(name)} exists already; expected another name for the table "
                f"under {key!r}"
            )
            raise SettingError(message, "calculator")
        title = {TITLE: layer.options[TITLE]} if TITLE in layer.options else {}
        try:
            brought[name] = written_calculator(name, {**title, **layer.table})
        except TableError as error:
            raise SettingError(str(error), *error.path) from error
    return {**calculators, **brought}


def no_such_page(name: str, target: str) -> str:
    """Return what is wrong with a link to a page that there is not."""
    return (
        f"links: {name}: {target!r} is not in the docs folder; "
        "expected a page such as 'guide/month.md', or an address"
    )


def _unknown_key(key: object, keys: Iterable[str]) -> str:
    message = f"unknown key {shown(key)}; expected one of {', '.join(keys)}"
    if any(key in calculator.fields for calculator in CALCULATORS.values()):
        return f"{message}; an input belongs under 'values:', indented"
    return message + nearest(key, keys)


def _mapping(data: Mapping[str, object], key: KeyPath, example: str) -> Mapping[str, object]:
    """Return the mapping under the last name of a key; empty where there is none."""
    found = data.get(key[-1], {})
    if not isinstance(found, Mapping):
        message = (
            f"{key[-1]}: {shown(found)} is not a mapping; expected indented lines such as {example}"
        )
        raise SettingError(message, *key)
    return {str(name): value for name, value in found.items()}


def _texts(data: Mapping[str, object], key: KeyPath, example: str) -> dict[str, str]:
    """Return the mapping of names to texts under the last name of a key; empty where none is."""
    found = _mapping(data, key, example)
    return {name: _text((*key, name), value) for name, value in found.items()}


def _text(key: KeyPath, value: object) -> str:
    if isinstance(value, str):
        return value
    # Front matter and mkdocs.yml come with numbers already made of the digits.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    message = f"{key[-1]}: {shown(value)} is not a single text or number"
    raise SettingError(message, *key)


def _calculator(name: str, calculators: Mapping[str, AnyCalculator]) -> AnyCalculator:
    if name not in calculators:
        known = ", ".join(calculators)
        message = f"unknown calculator {shown(name)}; expected one of {known}"
        raise SettingError(message + nearest(name, calculators), "calculator")
    return calculators[name]


def _currency(code: str) -> str:
    if code.upper() not in currencies():
        message = f"unknown currency {shown(code)}; expected an ISO 4217 code such as USD or EUR"
        raise SettingError(message + nearest(code.upper(), currencies()), "currency")
    return code.upper()


def _language(tag: str) -> Language:
    try:
        return language(tag)
    except UnknownLanguageError as error:
        known = ", ".join(languages())
        message = (
            f"unknown language {shown(tag)}; "
            f"expected one of {known}, or one of these with a region, such as es-MX"
        )
        raise SettingError(message, "language") from error


def _show(what: str) -> str:
    if what not in SHOWN:
        message = f"show: {shown(what)} is unknown; expected one of {', '.join(SHOWN)}"
        raise SettingError(message + nearest(what, SHOWN), "show")
    return what


def _view(view: str) -> str:
    if view not in VIEWS:
        message = f"view: {shown(view)} is unknown; expected one of {', '.join(VIEWS)}"
        raise SettingError(message + nearest(view, VIEWS), "view")
    return view


def _boot(boot: str) -> str:
    if boot not in BOOTS:
        message = f"unknown boot {shown(boot)}; expected one of {', '.join(BOOTS)}"
        raise SettingError(message + nearest(boot, BOOTS), "boot")
    return boot


def _block_id(name: str) -> str:
    if name and not BLOCK_NAME.fullmatch(name):
        message = (
            f"id: {shown(name)}; expected small letters, digits and hyphens, a letter first, "
            "such as 'month'"
        )
        raise SettingError(message, BLOCK_ID)
    return name


def _title(title: str) -> str:
    if len(title) > MAXIMUM_TITLE_LENGTH:
        message = f"title: {len(title)} characters; expected at most {MAXIMUM_TITLE_LENGTH}"
        raise SettingError(message, "title")
    return title


def _overlaid(
    calculator: AnyCalculator, below: Mapping[str, str], above: Mapping[str, str]
) -> dict[str, str]:
    """Return two layers of values as one: a total above replaces parts below, and the reverse."""
    replaced = set(above)
    for name in above:
        if name in calculator.quantities:
            replaced |= {*calculator.quantities[name].part_of, *parts_of(calculator, name)}
    return {name: text for name, text in below.items() if name not in replaced} | dict(above)


def _given(calculator: AnyCalculator, values: Mapping[str, str], currency: str) -> Given:
    for name in values:
        _require_known("input", name, calculator.fields, "values")
    try:
        refuse_totals_beside_parts(calculator, values)
        with failing_told(calculator):
            return read_inputs(calculator, values, NEUTRAL, currency)
    except FailureError as error:
        raise SettingError(error.in_a_block(calculator.name)) from error
    except InputErrors as refused:
        raise _not_usable(calculator, refused, currency, "values") from refused


def _targets(
    calculator: AnyCalculator, targets: Mapping[str, str], currency: str
) -> dict[str, float]:
    read: dict[str, float] = {}
    for name, text in targets.items():
        _require_known("output", name, calculator.results, "targets")
        quantity = Quantity(calculator.results[name].kind, minimum=-1e15, maximum=1e15)
        try:
            value = read_number(quantity, name, text, NEUTRAL, currency)
        except InputErrors as refused:
            message = f"{name}: {author_language().fault(quantity, refused.errors[0], currency)}"
            raise SettingError(message, "targets", name) from refused
        if value is None:
            message = f"{name}: expected a number, such as 1234.5"
            raise SettingError(message, "targets", name)
        read[name] = value
    return read


def _scenario(
    calculator: AnyCalculator,
    name: str,
    values: Mapping[str, str],
    changes: Mapping[str, str],
    currency: str,
) -> Scenario:
    """Return a named scenario: what it changes of the block's own values, checked together."""
    place = ("scenarios", name)
    for each in changes:
        _require_known("input", each, calculator.fields, *place)
    try:
        refuse_totals_beside_parts(calculator, changes)
        with failing_told(calculator):
            texts = _overlaid(calculator, values, changes)
            given = read_inputs(calculator, texts, NEUTRAL, currency)
    except FailureError as error:
        raise SettingError(error.in_a_block(calculator.name), *place) from error
    except InputErrors as refused:
        raise _not_usable(calculator, refused, currency, *place) from refused
    for each in changes:
        if getattr(given.inputs, each) is None:
            message = f"{each}: nothing given; expected a value"
            raise SettingError(message, *place, each)
        if each in given.ranges:
            message = f"{each}: a range in a scenario; expected one number"
            raise SettingError(message, *place, each)
    return Scenario({each: getattr(given.inputs, each) for each in changes}, name=name)


def _require_known(what: str, name: str, known: Mapping[str, object], *place: str) -> None:
    if name not in known:
        message = f"unknown {what} {shown(name)}; expected one of {', '.join(known)}"
        raise SettingError(message + nearest(name, known), *place, name)


def _not_usable(
    calculator: AnyCalculator, refused: InputErrors, currency: str, *place: str
) -> SettingError:
    first = refused.errors[0]
    said = words_of(calculator, author_language()).error(first, currency)
    return SettingError(f"{first.field}: {said}", *place, first.name)
