"""What a formula is once it is read: numbers, names, signs, a few functions, and choices."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from roi_calc.arithmetic.noise import difference, rounded_up

# Both written in formulas; an empty input counts as 0 in a sum, as in a spreadsheet.
EMPTY: Final = "empty"


@dataclass(frozen=True)
class Number:
    """A number that stands in the formula itself, such as 60 minutes an hour."""

    value: float


@dataclass(frozen=True)
class Name:
    """An input, or a result worked out before."""

    name: str


@dataclass(frozen=True)
class Undefined:
    """No value: what cannot be said for these inputs."""


@dataclass(frozen=True)
class Operation:
    """Two terms and a sign: + − × ÷ or ^."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Call:
    """A function of FUNCTIONS and what it is given."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Choice:
    """One of two formulas."""

    condition: "Condition"
    then: "Node"
    otherwise: "Node"


@dataclass(frozen=True)
class Comparison:
    """Two terms and <, ≤, > or ≥."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Is:
    """Whether an input is an option of its choice, or left empty; is_not: whether it is not."""

    name: str
    option: str
    is_not: bool = False


@dataclass(frozen=True)
class Joined:
    """Two conditions; word: `and` or `or`."""

    word: str
    left: "Condition"
    right: "Condition"


Condition: TypeAlias = Comparison | Is | Joined
Node: TypeAlias = Number | Name | Undefined | Operation | Call | Choice
# By input or result: None is an input left empty, or a result that is not defined.
Values: TypeAlias = Mapping[str, float | str | None]
Evaluated: TypeAlias = Callable[[Values, Values], float]
Claimed: TypeAlias = Callable[[Values, Values], bool]


class UndefinedError(ArithmeticError):
    """A formula has no value for these inputs."""


def _root(value: float) -> float:
    if value < 0:
        raise UndefinedError
    return math.sqrt(value)


SIGNS: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: difference(left, -right),
    "−": difference,
    "×": lambda left, right: left * right,
    "÷": lambda left, right: left / right,
    "^": math.pow,
}
COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": lambda left, right: difference(left, right) < 0,
    "≤": lambda left, right: difference(left, right) <= 0,
    ">": lambda left, right: difference(left, right) > 0,
    "≥": lambda left, right: difference(left, right) >= 0,
}
# `ceil` is written with its brackets, ⌈ and ⌉, and may be written by name.
FUNCTIONS: Final[Mapping[str, Callable[..., float]]] = {
    "ceil": rounded_up,
    "floor": lambda value: -rounded_up(-value),
    "max": max,
    "min": min,
    "sqrt": _root,
}


def evaluate(node: Node, inputs: Values, results: Values) -> float | None:
    """Return the formula's value; None where it is not defined, or not a finite number.

    results: those worked out before, which a name means first. An input left empty counts as 0; a
    result that is not defined leaves nothing defined that takes it.
    """
    return value_of(compiled(node), inputs, results)


def value_of(evaluated: Evaluated, inputs: Values, results: Values) -> float | None:
    """Return the value of a formula that was compiled; None as in evaluate()."""
    try:
        value = evaluated(inputs, results)
    except (ArithmeticError, ValueError):  # a division by nothing, a number too large, a root
        return None
    return value + 0.0 if math.isfinite(value) else None


def compiled(node: Node) -> Evaluated:
    """Return a function of inputs and results for what is worked out more than once."""
    match node:
        case Number(value):
            return lambda _inputs, _results: value
        case Name(name):
            return lambda inputs, results: _looked_up(name, inputs, results)
        case Operation(sign, left, right):
            operate, first, second = SIGNS[sign], compiled(left), compiled(right)
            return lambda inputs, results: operate(first(inputs, results), second(inputs, results))
        case Call(function, arguments):
            called, given = FUNCTIONS[function], [compiled(each) for each in arguments]
            return lambda inputs, results: called(*(each(inputs, results) for each in given))
        case Choice(condition, then, otherwise):
            holds, first, second = (
                compiled_condition(condition),
                compiled(then),
                compiled(otherwise),
            )
            return lambda inputs, results: (first if holds(inputs, results) else second)(
                inputs, results
            )
    return _nothing


def is_met(condition: Claimed, inputs: Values, results: Values) -> bool | None:
    """Tell whether a compiled condition holds; None where a term of it has no value."""
    try:
        return condition(inputs, results)
    except (ArithmeticError, ValueError):  # as in value_of()
        return None


def compiled_condition(condition: Condition) -> Claimed:
    """Return a function of inputs and results that tells whether a condition holds."""
    match condition:
        case Is(name, option, is_not):
            wanted = None if option == EMPTY else option
            return lambda inputs, _results: (inputs[name] == wanted) is not is_not
        case Joined(word, left, right):
            first, second = compiled_condition(left), compiled_condition(right)
            if word == "and":
                return lambda inputs, results: first(inputs, results) and second(inputs, results)
            return lambda inputs, results: first(inputs, results) or second(inputs, results)
        case Comparison(sign, left, right):
            compare, one, other = COMPARISONS[sign], compiled(left), compiled(right)
            return lambda inputs, results: compare(one(inputs, results), other(inputs, results))


def walked(node: Node | Condition) -> Iterator[Node | Condition]:
    """Yield a formula and everything in it, from the outermost inwards."""
    yield node
    match node:
        case Operation(_, left, right) | Comparison(_, left, right) | Joined(_, left, right):
            inside: tuple[Node | Condition, ...] = (left, right)
        case Call(_, arguments):
            inside = arguments
        case Choice(condition, then, otherwise):
            inside = (condition, then, otherwise)
        case _:
            inside = ()
    for each in inside:
        yield from walked(each)


@lru_cache(1000)
def names(node: Node | Condition) -> tuple[str, ...]:
    """Return every name in a formula, as often as it stands there."""
    return tuple(each.name for each in claims(node))


def claims(node: Node | Condition) -> Iterator[Name | Is]:
    """Yield what a formula says of inputs and results: takes their value, or asks what they are."""
    yield from (each for each in walked(node) if isinstance(each, Name | Is))


def _looked_up(name: str, inputs: Values, results: Values) -> float:
    if name in results:
        value = results[name]
        if value is None:
            raise UndefinedError
    else:
        value = inputs[name]
        if value is None:
            return 0.0
    if isinstance(value, str):
        raise UndefinedError
    return value


def _nothing(_inputs: Values, _results: Values) -> float:
    raise UndefinedError
