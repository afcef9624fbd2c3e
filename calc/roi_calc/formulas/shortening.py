"""A general formula as it was used for some inputs: choices made, idle terms left out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from roi_calc.formulas.tree import (
    Call,
    Choice,
    Name,
    Node,
    Number,
    Operation,
    Undefined,
    Values,
    compiled_condition,
    is_met,
)

_NONE = Number(0)


class Used(NamedTuple):
    """A formula as it was used; is_told: whether it says more than that a result is an input."""

    node: Node
    is_told: bool


def shortened(
    formulas: Mapping[str, Node], inputs: Values, results: Values, untouched: Collection[str]
) -> dict[str, Used]:
    """Return each result's formula as it was used, by result.

    formulas: in the order in which they are worked out. untouched: the inputs that have their
    default value. A term that is 0 or a factor that is 1 is left out where it is made of them
    alone, as a share of 100 % and a part that is not given: what somebody entered is always told.
    A result that is no more than one factor, or one side of a difference, goes by that one's name
    in the formulas after it.
    """
    found: dict[str, Used] = {}
    aliases: dict[str, Name] = {}
    for name, node in formulas.items():
        others = {each: value for each, value in results.items() if each != name}
        shortening = _Shortening(inputs, others, untouched, aliases)
        chosen = shortening.chosen(node)
        short = shortening.of(chosen)
        is_told = not isinstance(short, Number | Undefined)
        if isinstance(short, Name):
            is_told = short.name != name and not _is_reduced(chosen)
            if not is_told and short.name != name:
                aliases[name] = short
        found[name] = Used(short, is_told)
    return found


def _is_reduced(node: Node) -> bool:
    """Tell whether a formula that came to one name is more than a name, or a sum of parts."""
    return isinstance(node, Operation) and node.sign != "+"


@dataclass(frozen=True)
class _Shortening:
    """What is known while one formula is shortened."""

    inputs: Values
    results: Values
    untouched: Collection[str]
    aliases: Mapping[str, Name]

    def chosen(self, node: Node) -> Node:
        """Return the formula of a choice that holds; Undefined where that cannot be told."""
        while isinstance(node, Choice):
            holds = is_met(compiled_condition(node.condition), self.inputs, self.results)
            if holds is None:
                return Undefined()
            node = node.then if holds else node.otherwise
        return node

    def of(self, node: Node) -> Node:
        match self.chosen(node):
            case Name(name):
                return self.aliases.get(name, Name(name))
            case Call(function, arguments):
                return Call(function, tuple(map(self.of, arguments)))
            case Operation("−", Name() as left, Name() as right):  # a difference is told as one
                return Operation("−", self.of(left), self.of(right))
            case Operation(sign, left, right):
                return self._joined(sign, self.of(left), self.of(right))
            case other:
                return other

    def _joined(self, sign: str, left: Node, right: Node) -> Node:
        """Return two terms, or the one that is left where the other changes nothing."""
        if sign == "×" and _NONE in (left, right):
            return _NONE
        idle = 0 if sign in "+−" else 1
        is_left_idle = sign in "+×" and self._is_idle(left, idle)
        if self._is_idle(right, idle):
            return Number(idle) if is_left_idle else left
        return right if is_left_idle else Operation(sign, left, right)

    def _is_idle(self, node: Node, value: float) -> bool:
        """Tell whether a term has the value that changes nothing, and nobody entered it."""
        match node:
            case Number(number):
                return number == value
            case Name(name):
                found = self.results.get(name, self.inputs.get(name))
                return name in self.untouched and (found or 0) == value
            case Operation("×", left, right) if value == 0:
                return self._is_idle(left, 0) or self._is_idle(right, 0)
            case Operation("÷", left, _) if value == 0:
                return self._is_idle(left, 0)
        return False
