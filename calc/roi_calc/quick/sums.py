"""Sums as data: what a script in the page works out without knowing what it is about.

A number, the name of an input, None for what has no value, or an operation and what it is given:
`("−", "requests", 1.0)`. Operations with signs are those of formulas/tree.py, which leave out the
noise of binary fractions; those with names are Python's own, and the roundings of rounding.py.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeAlias

from roi_calc.formulas.tree import (
    COMPARISONS,
    EMPTY,
    FUNCTIONS,
    SIGNS,
    Call,
    Choice,
    Comparison,
    Condition,
    Is,
    Joined,
    Name,
    Node,
    Number,
    Operation,
)

Sum: TypeAlias = "float | bool | str | tuple[str | Sum, ...] | None"

# Before the number of a formula's result, which has no value where it is no finite number.
RESULT: Final = "="
IF: Final = "if"
# Engines differ in its last digit.
_NOT_THE_SAME_EVERYWHERE: Final = "^"


class UnsaidError(Exception):
    """What a page cannot say by itself, and leaves to Python."""


@dataclass(frozen=True)
class Results:
    """What formulas give. named: by result; one that takes inputs as its number in `sums`."""

    named: Mapping[str, Sum]
    sums: Sequence[Sum]


def results(formulas: Mapping[str, Node], inputs: Mapping[str, Sum]) -> Results:
    """Return each result as a sum of the inputs that stand in them by their names.

    formulas: in the order in which they are worked out. inputs: an input's own name where it is
    not known yet, else its value; an option of a choice has an `=` in front. Left out are those
    that engines do not work out alike.
    """
    named: dict[str, Sum] = {}
    sums: list[Sum] = []
    for name, formula in formulas.items():
        with suppress(UnsaidError):
            made = named[name] = _Making(inputs, named).of(formula)
            if isinstance(made, tuple):
                named[name] = (RESULT, float(len(sums)))
                sums.append(made)
    return Results(named, sums)


def option(chosen: str) -> str:
    """Return an option of a choice as results() takes it, which no input's name is."""
    return f"={chosen}"


class _Making:
    """What is known while the sum of one formula is made."""

    def __init__(self, inputs: Mapping[str, Sum], found: Mapping[str, Sum]) -> None:
        self._inputs = inputs
        self._found = found

    def of(self, node: Node) -> Sum:
        match node:
            case Number(value):
                return value
            case Name(name):
                return self._looked_up(name)
            case Operation(sign, left, right):
                return _worked_out(sign, self.of(left), self.of(right))
            case Call(function, arguments):
                return _worked_out(function, *map(self.of, arguments))
            case Choice(condition, then, otherwise):
                return self._chosen(self._claimed(condition), then, otherwise)
        return None

    def _chosen(self, claim: Sum, then: Node, otherwise: Node) -> Sum:
        if isinstance(claim, bool):
            return self.of(then if claim else otherwise)
        return None if claim is None else (IF, claim, self.of(then), self.of(otherwise))

    def _looked_up(self, name: str) -> Sum:
        if name in self._found:
            return self._found[name]
        if name not in self._inputs:
            raise UnsaidError
        value = self._inputs[name]
        if value is None:
            return 0.0
        return None if isinstance(value, str) and value.startswith("=") else value

    def _claimed(self, condition: Condition) -> Sum:
        match condition:
            case Is(name, wanted, is_not):
                value = self._inputs[name]
                is_so = value is None if wanted == EMPTY else value == option(wanted)
                return is_so is not is_not
            case Joined(word, left, right):
                return _joined(word, self._claimed(left), self._claimed(right))
            case Comparison(sign, left, right):
                return _worked_out(sign, self.of(left), self.of(right))


def _joined(word: str, left: Sum, right: Sum) -> Sum:
    """Return two claims as one; what comes first may decide before the second has no value."""
    if isinstance(left, bool):
        return right if left is (word == "and") else left
    return None if left is None else (word, left, right)


def _worked_out(operation: str, *given: Sum) -> Sum:
    """Return an operation's value where all of it is known, else the sum with it in it."""
    if None in given:
        return None
    numbers = [each for each in given if isinstance(each, float)]
    if len(numbers) < len(given):
        if operation == _NOT_THE_SAME_EVERYWHERE:
            raise UnsaidError
        return _without_ones(operation, *given)
    known = {**SIGNS, **COMPARISONS, **FUNCTIONS}[operation]
    try:
        return known(*numbers)
    except (ArithmeticError, ValueError):  # as in tree.value_of()
        return None


def _without_ones(operation: str, *given: Sum) -> Sum:
    """Return an operation without a factor that changes nothing."""
    match operation, given:
        case ("×", (1.0, other)) | ("×" | "÷", (other, 1.0)):
            return other
    return (operation, *given)
