"""A general formula as it was used for some inputs: choices made, idle terms left out."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

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
    walked,
)

_NONE = Number(0)
_MOST_WAYS: Final = 100


class Used(NamedTuple):
    """A formula as it was used; is_told: whether it says more than that a result is an input."""

    node: Node
    is_told: bool


class FormulasInUse:
    """The formulas of a calculator, which are used in few ways, each of them found once.

    formulas: in the order in which they are worked out.
    """

    def __init__(self, formulas: Mapping[str, Node]) -> None:
        self._formulas = formulas
        self._conditions = [
            (name, compiled_condition(each.condition))
            for name, node in formulas.items()
            for each in walked(node)
            if isinstance(each, Choice)
        ]
        self._known: dict[Hashable, Mapping[str, Used]] = {}

    def used(
        self, inputs: Values, results: Values, untouched: Collection[str]
    ) -> Mapping[str, Used]:
        """Return each result's formula as it was used, as shortened() does."""
        chosen = tuple(
            is_met(condition, inputs, _others(name, inputs, results))
            for name, condition in self._conditions
        )
        # Of what nobody entered it matters whether it changes nothing, by its default or otherwise.
        idle = frozenset((name, _idle_value(results.get(name))) for name in untouched)
        way = chosen, idle
        if way not in self._known:
            if len(self._known) >= _MOST_WAYS:
                self._known.clear()
            self._known[way] = shortened(self._formulas, inputs, results, untouched)
        return self._known[way]


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
        shortening = _Shortening(inputs, _others(name, inputs, results), untouched, aliases)
        chosen = shortening.chosen(node)
        short = shortening.of(chosen)
        is_told = not isinstance(short, Number | Undefined)
        if isinstance(short, Name):
            is_told = short.name != name and not _is_reduced(chosen)
            if not is_told and short.name != name:
                aliases[name] = short
        found[name] = Used(short, is_told)
    return found


def _idle_value(value: float | str | None) -> float | str | None:
    return value if value in {None, 0, 1} else ""


def _others(name: str, inputs: Values, results: Values) -> Values:
    """Return the results for the formula of one: by that one's name it means the input."""
    if name not in inputs:
        return results
    return {each: value for each, value in results.items() if each != name}


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
