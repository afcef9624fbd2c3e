"""A calculator written as a table of inputs and formulas becomes one like any other: for authors.

One rule explains both halves: the kind is the key; of an input it holds the example, of a result
the formula.

    inputs:
      margin: {money: 120, label: Gross margin}
      churn: {share: 20 %, from: 1 %}
    results:
      lifetime_value: {money: margin / churn, show: large}

What is right is written into a definition, from which pages have the calculator too.

    TableError (ValueError)    everything that can be wrong with a table
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from roi_calc.calculators import CALCULATORS
from roi_calc.formulas import tree
from roi_calc.formulas.reading import formula
from roi_calc.formulas.solving import zero_at
from roi_calc.formulas.tokens import FormulaError
from roi_calc.formulas.tree import (
    EMPTY,
    FUNCTIONS,
    Comparison,
    Condition,
    Evaluated,
    Is,
    Joined,
    Name,
    Node,
    Number,
    Operation,
    Undefined,
    compiled,
    walked,
)
from roi_calc.formulas.writing import written
from roi_calc.language.language import author_language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.own.python_file import humanized
from roi_calc.own.table_calculator import NAME, from_definition, worked_out
from roi_calc.reading.for_authors import nearest, shown
from roi_calc.reading.inputs import InputErrors, read_number
from roi_calc.schema import (
    BREAK_EVEN,
    NO_MAXIMUM,
    PERIOD,
    PERIOD_INPUT,
    RESERVED_NAMES,
    AnyCalculator,
    Choice,
    Kind,
    Quantity,
    Result,
)

INPUTS: Final = "inputs"
RESULTS: Final = "results"
TITLE: Final = "title"
KEYS: Final = (TITLE, INPUTS, RESULTS)
# How a name that a block's `calculator` may have looks.
CALCULATOR_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")

_KINDS: Final = {kind.value: kind for kind in Kind}
_ONE_OF: Final = "one of"
_INPUT_KEYS: Final = (
    "label",
    "help",
    "unit",
    "symbol",
    "from",
    "to",
    "whole",
    "optional",
    "part of",
    "fold",
)
_CHOICE_KEYS: Final = ("label", "help", "fold", "options")
_RESULT_KEYS: Final = ("label", "undefined", "source", "show")
_LARGE, _OUTCOME, _AT_LEAST, _AT_MOST = "large", "outcome", "at least", "at most"
_SHOWN: Final = (_LARGE, _OUTCOME, _AT_LEAST, _AT_MOST)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_YES: Final = {"yes": True, "true": True, "no": False, "false": False}
# Of one there is nothing to choose.
_FEWEST_OPTIONS: Final = 2
# A sentence of more is read by nobody.
_MOST_BREAK_EVENS: Final = 3
_MOST_ENTRIES: Final = 60
_MOST_CHARACTERS: Final = 300
_LARGEST: Final = 1e12
# By how much an input is moved to see which way the outcome goes.
_STEP: Final = 0.01
_WORDS_OF_FORMULAS: Final = frozenset(
    {*FUNCTIONS, "if", "else", "and", "or", "is", "not", "undefined", EMPTY}
)


class TableError(ValueError):
    """A table that is no calculator: what was found, what is expected. path: where, by keys."""

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(f"{': '.join(path)}: {message}" if path else message)
        self.path = path


@dataclass(frozen=True)
class _Input:
    declared: Quantity | Choice
    default: float | str | None


@dataclass(frozen=True)
class _Table:
    """What was read of a table so far. nodes, results: in the order that they are worked out in."""

    inputs: dict[str, _Input]
    nodes: dict[str, Node]
    results: dict[str, Result]
    words: "_Words"

    @property
    def defaults(self) -> dict[str, float | str | None]:
        return {name: each.default for name, each in self.inputs.items()}

    @property
    def outcome(self) -> str:
        """The result that must not be below 0; empty for none."""
        return next((name for name, each in self.results.items() if each.is_outcome), "")

    def value(self, result: str, given: Mapping[str, float | str | None]) -> float | None:
        """Return a result for these inputs; None where it is not defined."""
        return worked_out(_compiled(self.nodes), given)[result]


def written_calculator(name: str, table: Mapping[str, object]) -> AnyCalculator:
    """Return the calculator of a table; TableError for one that cannot be used.

    table: `inputs`, `results` and a `title`, every leaf a text. The words are those of its author,
    or by language where a mapping of languages stands in place of a text.
    """
    if not CALCULATOR_NAME.fullmatch(name):
        message = f"{shown(name)}; expected small letters, digits and hyphens, such as 'clv'"
        raise TableError(message, "calculator")
    if name in CALCULATORS:
        message = f"{name!r} is one of ours; expected another name for a table"
        raise TableError(message, "calculator")
    return from_definition(json.dumps(_definition(name, table), ensure_ascii=False))


def _definition(name: str, data: Mapping[str, object]) -> dict[str, object]:
    """Return all of a calculator as plain data, without what goes without saying."""
    _require_known(data, KEYS)
    words = _Words()
    words.add(TITLE, data.get(TITLE) or humanized(name), TITLE)
    inputs = {each: _input(each, declared, words) for each, declared in _entries(data, INPUTS)}
    for total in _totals(inputs):
        words.add_parts(total)
    table = _Table(inputs, {}, {}, words)
    for each, declared in _entries(data, RESULTS):
        _add_result(table, each, declared)
    table.results.update(list(_break_evens(table)))
    return {
        "name": name,
        "inputs": {
            each: {**_plain(made.declared), "default": made.default}
            for each, made in inputs.items()
        },
        "results": {each: _plain(result) for each, result in table.results.items()},
        "pictured": _picture(table),
        "words": words.by_language,
    }


def _plain(declared: Quantity | Choice | Result) -> dict[str, object]:
    """Return what a declaration says beside its defaults."""
    return {
        each.name: value.value if isinstance(value, Kind) else value
        for each in fields(declared)
        if (value := getattr(declared, each.name)) != each.default
    }


def _compiled(nodes: Mapping[str, Node]) -> dict[str, Evaluated]:
    return {name: compiled(node) for name, node in nodes.items()}


def _entries(data: Mapping[str, object], key: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield what stands under `inputs` or `results`, each a mapping under a name."""
    example = "{money: 120}" if key == INPUTS else "{money: margin / churn}"
    found = data.get(key)
    if not isinstance(found, Mapping) or not found:
        message = f"expected indented lines such as 'margin: {example}'"
        raise TableError(message, key)
    if len(found) > _MOST_ENTRIES:
        message = f"{len(found)} of them; expected at most {_MOST_ENTRIES}"
        raise TableError(message, key)
    for name, each in found.items():
        if not NAME.fullmatch(str(name)) or name in _WORDS_OF_FORMULAS | RESERVED_NAMES:
            message = (
                "expected a name of small letters, digits and underscores, and no word of ours"
            )
            raise TableError(message, key, str(name)[:60])
        if not isinstance(each, Mapping):
            message = f"{shown(each)}; expected such as {example}"
            raise TableError(message, key, str(name))
        yield str(name), each


def _input(name: str, each: Mapping[str, object], words: "_Words") -> _Input:
    made = _choice(name, each) if _ONE_OF in each else _quantity(name, each)
    words.add_input(name, each, made.declared)
    if name == PERIOD_INPUT and made.declared != PERIOD:
        message = f"expected {{one of: [{', '.join(PERIOD.options)}]}}, or another name"
        raise TableError(message, INPUTS, name)
    return made


def _choice(name: str, each: Mapping[str, object]) -> _Input:
    place = (INPUTS, name)
    _require_known(each, (_ONE_OF, *_CHOICE_KEYS), *place)
    options = each[_ONE_OF]
    if (
        not isinstance(options, Sequence)
        or isinstance(options, str)
        or len(options) < _FEWEST_OPTIONS
        or len(set(map(str, options))) < len(options)
        or not all(isinstance(one, str) and NAME.fullmatch(one) for one in options)
    ):
        message = f"{shown(options)}; expected two words or more, such as [no, yes]"
        raise TableError(message, *place, _ONE_OF)
    fold = PERIOD_INPUT if name == PERIOD_INPUT else _name(each, "fold", *place)
    return _Input(Choice(tuple(map(str, options)), fold=fold), str(options[0]))


def _quantity(name: str, each: Mapping[str, object]) -> _Input:
    place = (INPUTS, name)
    kind = _kind(each, _INPUT_KEYS, *place)
    wide = Quantity(kind, -_LARGEST, _LARGEST)
    minimum = _number(wide, each, "from", *place) if "from" in each else 0
    maximum = _number(wide, each, "to", *place) if "to" in each else NO_MAXIMUM
    total = _name(each, "part of", *place)
    quantity = Quantity(
        kind,
        minimum,
        maximum,
        symbol=_short(each, "symbol", *place),
        fold=_name(each, "fold", *place),
        part_of=(total,) if total else (),
        is_optional=_flag(each, "optional", *place),
        is_whole=_flag(each, "whole", *place),
    )
    if quantity.minimum > quantity.maximum:
        message = "'from' is above 'to'; expected the lower limit first"
        raise TableError(message, *place, "from")
    if each[kind.value] == "":
        if not (quantity.part_of or quantity.is_optional):
            message = "expected a number that makes a good example, or 'optional: yes'"
            raise TableError(message, *place, kind.value)
        return _Input(quantity, None)
    return _Input(quantity, _number(quantity, each, kind.value, *place))


def _totals(inputs: Mapping[str, _Input]) -> Iterator[str]:
    """Yield the total of each part; TableError for one that is none."""
    numbers = {
        name: each.declared for name, each in inputs.items() if isinstance(each.declared, Quantity)
    }
    for name, part in numbers.items():
        others = [each for each in numbers if each != name]
        for total in part.part_of:
            if total not in others:
                message = f"{total!r} is no other number of these inputs: {', '.join(others)}"
                raise TableError(message, INPUTS, name, "part of")
            yield total


def _add_result(table: _Table, name: str, each: Mapping[str, object]) -> None:
    """Add a result, which may take the inputs and the results above it."""
    place = (RESULTS, name)
    kind = _kind(each, _RESULT_KEYS, *place)
    if name in table.inputs:
        message = "an input has this name; expected another"
        raise TableError(message, *place)
    node = _node(table, each[kind.value], *place, kind.value)
    show = each.get("show")
    if show and show not in _SHOWN:
        message = (
            f"{shown(show)} is unknown; expected one of {', '.join(_SHOWN)}{nearest(show, _SHOWN)}"
        )
        raise TableError(message, *place, "show")
    if show == _OUTCOME and table.outcome:
        message = f"{table.outcome!r} is the outcome already; expected one that must not be below 0"
        raise TableError(message, *place, "show")
    table.words.add(f"{name}.label", each.get("label") or humanized(name), *place, "label")
    if "undefined" in each:
        table.words.add(f"{name}.undefined", each["undefined"], *place, "undefined")
    table.results[name] = Result(
        kind,
        written(node),
        source=_short(each, "source", *place, most=_MOST_CHARACTERS),
        is_headline=show in {_LARGE, _OUTCOME},
        is_outcome=show == _OUTCOME,
        is_condition=show in {_AT_LEAST, _AT_MOST},
        is_ceiling=show == _AT_MOST,
    )
    table.nodes[name] = node


def _node(table: _Table, text: object, *place: str) -> Node:
    """Return the tree of a result's formula, which takes what is known so far."""
    if not isinstance(text, str):
        message = f"{shown(text)}; expected a formula such as 'margin / churn'"
        raise TableError(message, *place)
    try:
        node = formula(text)
    except FormulaError as error:
        raise TableError(str(error), *place) from error
    declared = {name: each.declared for name, each in table.inputs.items()}
    choices = {name: each for name, each in declared.items() if isinstance(each, Choice)}
    numbers = [name for name in (*declared, *table.nodes) if name not in choices]
    for part in walked(node):
        match part:
            case Name(name) if name not in numbers:
                message = (
                    f"{shown(name)} is no number among the inputs and the results above; "
                    f"expected one of {', '.join(numbers)}{nearest(name, numbers)}"
                )
                raise TableError(message, *place)
            case Is(name, option) if option != EMPTY and name not in choices:
                message = (
                    f"{shown(name)} is no choice; expected one of {', '.join(choices) or 'none'}"
                )
                raise TableError(message, *place)
            case Is(name, option) if option != EMPTY and option not in choices[name].options:
                known = ", ".join(choices[name].options)
                message = f"{shown(option)} is no answer of {name!r}; expected one of {known}"
                raise TableError(message, *place)
            case Is(name) if name not in declared:
                message = f"{shown(name)} is no input; expected one of {', '.join(declared)}"
                raise TableError(message, *place)
    return node


def _break_evens(table: _Table) -> Iterator[tuple[str, Result]]:
    """Yield the values of inputs at which the outcome is 0, as results with their names.

    A few, and those alone whose value at the example is within the input's own limits.
    """
    found = 0
    for name, each in table.inputs.items():
        declared = each.declared
        if isinstance(declared, Choice) or not table.outcome or found == _MOST_BREAK_EVENS:
            continue
        node = zero_at(name, table.outcome, table.nodes)
        slope = _slope(table, name)
        result = f"{BREAK_EVEN}{name}"
        if node is None or not slope or result in table.nodes:
            continue
        value = worked_out({**_compiled(table.nodes), BREAK_EVEN: compiled(node)}, table.defaults)
        at = value[BREAK_EVEN]
        if at is not None and declared.minimum <= at <= declared.maximum:
            found += 1
            yield result, _break_even(declared, node, is_ceiling=slope < 0)


def _break_even(declared: Quantity, node: Node, *, is_ceiling: bool) -> Result:
    """Return a break-even that is told only where the input can have its value.

    A floor above the largest one is told as out of reach. Of a whole input it is a whole number.
    """
    if declared.is_whole:
        node = tree.Call("floor" if is_ceiling else "ceil", (node,))
    within: Condition = Comparison("≥", node, Number(declared.minimum))
    if is_ceiling:
        within = Joined("and", within, Comparison("≤", node, Number(declared.maximum)))
    bounded = tree.Choice(within, node, Undefined())
    return Result(
        declared.kind,
        written(bounded),
        is_condition=True,
        is_ceiling=is_ceiling,
        attainable=None if is_ceiling else declared.maximum,
    )


def _slope(table: _Table, name: str) -> float:
    """Return by how much the outcome rises around the example if an input does; 0 if unknown."""
    default = table.defaults[name]
    if not isinstance(default, float):
        return 0
    step = abs(default) * _STEP or _STEP
    low, high = (
        table.value(table.outcome, {**table.defaults, name: default + each})
        for each in (-step, step)
    )
    return 0 if low is None or high is None else high - low


def _picture(table: _Table) -> tuple[str, ...]:
    """Return a step for what is gained and one for what is spent, where that is all there is."""
    match table.nodes.get(table.outcome):
        case Operation("−", Name(gained), Name(spent)):
            return (gained, f"-{spent}", table.outcome)
    return ()


class _Words:
    """The words of a table by language and key: `""` for those of the page it stands in."""

    def __init__(self) -> None:
        self.by_language: dict[str, dict[str, str]] = {"": {}}

    def add(self, key: str, found: object, *place: str) -> None:
        """Add a text, or one for each language."""
        texts = found if isinstance(found, Mapping) else {"": found}
        for language, text in texts.items():
            if not isinstance(text, str) or len(text) > _MOST_CHARACTERS:
                message = f"{shown(text)}; expected a text of at most {_MOST_CHARACTERS} characters"
                raise TableError(message, *place)
            if language and not _LANGUAGE.fullmatch(str(language)):
                message = f"{shown(language)} is no language; expected such as en or es"
                raise TableError(message, *place)
            self.by_language.setdefault(str(language), {})[key] = text
            self.by_language[""].setdefault(key, text)

    def add_input(self, name: str, each: Mapping[str, object], declared: Quantity | Choice) -> None:
        """Add what a form says of an input."""
        place = (INPUTS, name)
        self.add(f"{name}.label", each.get("label") or humanized(name), *place, "label")
        for word in ("help", "unit"):
            if each.get(word):
                self.add(f"{name}.{word}", each[word], *place, word)
        if isinstance(declared, Choice):
            said = each.get("options", {})
            if not isinstance(said, Mapping) or set(said) - set(declared.options):
                message = f"expected words by answer, such as '{declared.options[0]}: …'"
                raise TableError(message, *place, "options")
            for option in declared.options:
                key = f"{name}.{option}"
                self.add(key, said.get(option) or humanized(option), *place, "options")
        if declared.fold and declared.fold != PERIOD_INPUT:
            self.add(f"{declared.fold}.fold", humanized(declared.fold))

    def add_parts(self, total: str) -> None:
        """Add what the parts of a total are folded away under, behind the words of all inputs."""
        for said in self.by_language.values():
            if label := said.get(f"{total}.label"):
                said[f"{total}.parts"] = f"{label}: …"


def _kind(each: Mapping[str, object], known: Sequence[str], *place: str) -> Kind:
    found = [word for word in each if word in _KINDS]
    if len(found) != 1:
        what = "the example" if place[0] == INPUTS else "the formula"
        message = f"expected one of {', '.join(_KINDS)}, with {what} behind it"
        raise TableError(message, *place)
    _require_known(each, (*found, *known), *place)
    return _KINDS[found[0]]


def _number(quantity: Quantity, each: Mapping[str, object], word: str, *place: str) -> float:
    text = each[word]
    if not isinstance(text, str):
        message = f"{shown(text)}; expected one number"
        raise TableError(message, *place, word)
    try:
        value = read_number(quantity, word, text, NEUTRAL, "")
    except InputErrors as refused:
        message = author_language().fault(quantity, refused.errors[0], "")
        raise TableError(message, *place, word) from refused
    if value is None:
        message = "expected a number"
        raise TableError(message, *place, word)
    return value


def _flag(each: Mapping[str, object], word: str, *place: str) -> bool:
    text = each.get(word, "no")
    if not isinstance(text, str) or text not in _YES:
        message = f"{shown(text)}; expected yes or no"
        raise TableError(message, *place, word)
    return _YES[text]


def _name(each: Mapping[str, object], word: str, *place: str) -> str:
    text = each.get(word, "")
    if text and not (isinstance(text, str) and NAME.fullmatch(text)):
        message = f"{shown(text)}; expected a name of small letters, digits and underscores"
        raise TableError(message, *place, word)
    return str(text)


def _short(each: Mapping[str, object], word: str, *place: str, most: int = 3) -> str:
    text = each.get(word, "")
    if not isinstance(text, str) or len(text) > most:
        message = f"{shown(text)}; expected a text of at most {most} characters"
        raise TableError(message, *place, word)
    return text


def _require_known(each: Mapping[str, object], known: Sequence[str], *place: str) -> None:
    for word in each:
        if word not in known:
            message = (
                f"unknown key {shown(word)}; expected one of {', '.join(known)}"
                f"{nearest(word, known)}"
            )
            raise TableError(message, *place, *((str(word),) if place else ()))
