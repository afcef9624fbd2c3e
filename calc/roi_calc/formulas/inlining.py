"""A result's formula in terms of inputs: results that take one of them become their formulas."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from roi_calc.formulas.tree import (
    Call,
    Choice,
    Comparison,
    Condition,
    Is,
    Joined,
    Name,
    Node,
    Operation,
    names,
)


def inlined(result: str, inputs: Collection[str], formulas: Mapping[str, Node]) -> Node:
    """Return a result's formula with the results that take one of some inputs replaced by theirs.

    inputs: they stay, also where a result has the name of one. formulas: by result. A formula that
    has its own result's name in it means the input of that name.
    """
    others = {each: node for each, node in formulas.items() if each != result}
    return _Inlining(frozenset(inputs), others).of(formulas[result])


@dataclass(frozen=True)
class _Inlining:
    """What is replaced: results that take inputs, by their formulas."""

    inputs: frozenset[str]
    formulas: Mapping[str, Node]

    def of(self, node: Node) -> Node:
        match node:
            case Name(each) if each in self.formulas and self._takes(each):
                return inlined(each, self.inputs, self.formulas)
            case Operation(sign, left, right):
                return Operation(sign, self.of(left), self.of(right))
            case Call(function, arguments):
                return Call(function, tuple(map(self.of, arguments)))
            case Choice(condition, then, otherwise):
                return Choice(self._claimed(condition), self.of(then), self.of(otherwise))
        return node

    def _claimed(self, condition: Condition) -> Condition:
        match condition:
            case Comparison(sign, left, right):
                return Comparison(sign, self.of(left), self.of(right))
            case Joined(word, left, right):
                return Joined(word, self._claimed(left), self._claimed(right))
            case Is():
                return condition

    def _takes(self, name: str) -> bool:
        if name in self.inputs:
            return False
        return not self.inputs.isdisjoint(names(inlined(name, self.inputs, self.formulas)))
