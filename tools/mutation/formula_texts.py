"""Mutants of the calculators' formulas, each compared with what is computed.

A mutant has one thing changed: a sign, a number, a name, a function, a comparison, an option, a
condition turned round, or one side of a choice alone. It is caught if it differs from `compute` for
any of the input sets with which tests/formulas/test_calculators_formulas.py compares the formulas.
A border that moved where both sides are equal, as in `a if a > 0 else 0`, is no change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple

from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.tree import (
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
    Undefined,
    names,
)
from roi_calc.formulas.writing import written
from roi_calc.own.agreement import formula_comparison, noise_of
from roi_calc.own.drawn_inputs import drawn_inputs
from roi_calc.schema import AnyCalculator, given_of, outputs_of
from support.option_edges import OPTION_EDGES

INPUT_SETS: Final = 10_000
# As tests/formulas/test_calculators_formulas.py has them: at rates of nearly nothing, and where two
# options cost as good as the same.
_AT_EDGES: Final[Mapping[str, tuple[Mapping[str, float | str], ...]]] = {
    "options": OPTION_EDGES,
    "programme": ({"discount_rate": 1e-12}, {"discount_rate": 1e-6}, {"discount_rate": 1e-5}),
    "retention": tuple(
        {"churn_before": 1, "churn_after": churn, "discount_rate": rate, "horizon": horizon}
        for churn, rate in ((0, 0), (1e-9, 0), (0, 1e-9), (5e-7, 0), (0, 5e-7), (2e-7, 3e-7))
        for horizon in (2, 1000)
    ),
}
# So many characters of a formula tell the place.
_AROUND: Final = 60
_SIGNS: Final = {"+": "−", "−": "+", "×": "÷", "÷": "×", "^": "×"}
_COMPARISONS: Final = {"<": "≤>", "≤": "<≥", ">": "≥<", "≥": ">≤"}
_FUNCTIONS: Final = {"ceil": "floor", "floor": "ceil", "max": "min", "min": "max"}


class Mutant(NamedTuple):
    """A changed formula. name: `programme.roi`; text, was: as they are printed."""

    name: str
    was: str
    text: str
    is_caught: bool

    @property
    def change(self) -> str:
        """What was changed, as in survivors.md: `programme.roi: …net_benefit} [÷ → ×] {total…`."""
        was, text = self.was, self.text
        start = _alike(was, text)
        end = _alike(was[start:][::-1], text[start:][::-1])
        before, after = was[max(0, start - _AROUND) : start], was[len(was) - end :][:_AROUND]
        changed = f"{was[start : len(was) - end]} → {text[start : len(text) - end]}"
        return f"    {self.name}: …{before}[{changed}]{after}…"


def formula_mutants() -> Iterator[Mutant]:
    """Yield every mutant of every formula of ours."""
    for calculator in CALCULATORS.values():
        sets = []
        at_edges = (calculator.inputs_type(**each) for each in _AT_EDGES.get(calculator.name, ()))
        for inputs in chain(drawn_inputs(calculator, INPUT_SETS), at_edges):
            given = given_of(calculator, inputs)
            outputs = outputs_of(calculator, calculator.compute(inputs))
            sets.append((given, outputs, noise_of(given, outputs)))
        for name, node in calculator.formulas.items():
            agrees = formula_comparison(name, node)
            if found := next(filter(None, (agrees(*each) for each in sets)), None):
                message = f"{calculator.name}: {found}"
                raise ValueError(message)  # every mutant would differ as well
            mutants = _Mutation(calculator, node).mutants(node)
            for text, mutant in {written(each): each for each in mutants}.items():
                differs = formula_comparison(name, mutant)
                is_caught = any(differs(*each) is not None for each in sets)
                yield Mutant(f"{calculator.name}.{name}", written(node), text, is_caught)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


class _Mutation:
    """What can stand in one formula of a calculator instead of what does."""

    def __init__(self, calculator: AnyCalculator, node: Node) -> None:
        self._calculator = calculator
        taken = set(names(node))
        numbers = [*calculator.quantities, *calculator.results]
        # A name is confused with one of the same formula rather than with any other.
        self._names = [each for each in numbers if each in taken] + [
            each for each in numbers if each not in taken
        ]

    def mutants(self, node: Node) -> Iterator[Node]:  # noqa: C901 - one case for a kind of node
        match node:
            case Number(value):
                yield Number(value + 1)
            case Name(name):
                yield Name(next(each for each in self._names if each != name))
            case Undefined():
                yield Number(0)
            case Operation(sign, left, right):
                yield Operation(_SIGNS[sign], left, right)
                yield from (Operation(sign, each, right) for each in self.mutants(left))
                yield from (Operation(sign, left, each) for each in self.mutants(right))
            case Call(function, arguments):
                yield from arguments
                if function in _FUNCTIONS:
                    yield Call(_FUNCTIONS[function], arguments)
                for at, argument in enumerate(arguments):
                    for each in self.mutants(argument):
                        yield Call(function, (*arguments[:at], each, *arguments[at + 1 :]))
            case Choice(condition, then, otherwise):
                yield from (then, otherwise, Choice(condition, otherwise, then))
                for changed in self._conditions(condition):
                    if not _is_alike(condition, changed, {then, otherwise}):
                        yield replace(node, condition=changed)
                yield from (replace(node, then=each) for each in self.mutants(then))
                yield from (replace(node, otherwise=each) for each in self.mutants(otherwise))

    def _conditions(self, condition: Condition) -> Iterator[Condition]:
        match condition:
            case Comparison(sign, left, right):
                yield from (Comparison(each, left, right) for each in _COMPARISONS[sign])
                yield from (Comparison(sign, each, right) for each in self.mutants(left))
                yield from (Comparison(sign, left, each) for each in self.mutants(right))
            case Is(name, option, is_not):
                yield Is(name, option, not is_not)
                others = self._calculator.choices.get(name)
                for other in others.options if others else ():
                    if other != option:
                        yield Is(name, other, is_not)
            case Joined(word, left, right):
                yield Joined("or" if word == "and" else "and", left, right)
                yield from (left, right)
                yield from (Joined(word, each, right) for each in self._conditions(left))
                yield from (Joined(word, left, each) for each in self._conditions(right))


def _is_alike(condition: Condition, changed: Condition, chosen: set[Node]) -> bool:
    """Tell whether only the border moved, where both sides are equal: `a if a > b else b`."""
    match condition, changed:
        case Comparison(sign, left, right), Comparison(other, _, _):
            return chosen == {left, right} and {sign, other} in ({"<", "≤"}, {">", "≥"})
    return False
