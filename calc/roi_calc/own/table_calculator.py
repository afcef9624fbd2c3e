"""The calculator of a definition: what a table came to when it was read, as its page carries it.

A definition holds formulas as text, which become trees; nothing of it ever runs as Python.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, make_dataclass
from functools import lru_cache
from typing import Annotated, Any, Final

from roi_calc.formulas import tree
from roi_calc.formulas.reading import formula
from roi_calc.formulas.tree import Evaluated, Name, Node, Operation, compiled, names, walked
from roi_calc.schema import (
    ALWAYS,
    BREAK_EVEN,
    NEVER,
    AnyCalculator,
    Calculator,
    Choice,
    Kind,
    Quantity,
    Result,
)

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
Given = Mapping[str, float | str | None]
# What data of other shapes raises where it is used.
_ANYTHING_ELSE: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class DefinitionError(ValueError):
    """A text that defines no calculator, as a page or a tab may hold that somebody wrote to."""


@lru_cache(maxsize=64)
def from_definition(definition: str) -> AnyCalculator:
    """Return the calculator of a definition, as in Calculator.definition.

    Raises DefinitionError for whatever else the text may be.
    """
    try:
        return _calculator(json.loads(definition), definition)
    except _ANYTHING_ELSE as error:
        raise DefinitionError(definition[:60]) from error


# Any, here and below: JSON's objects, and classes that are made here.
def _calculator(data: dict[str, Any], definition: str) -> AnyCalculator:
    inputs = {name: dict(each) for name, each in data["inputs"].items()}
    formulas = {name: formula(each["formula"]) for name, each in data["results"].items()}
    if not all(map(NAME.fullmatch, (*inputs, *formulas))):
        raise DefinitionError
    order = {name: compiled(node) for name, node in formulas.items()}
    said = data["words"][""]
    results = {
        name: Result(
            Kind(each.pop("kind")),
            reason=None if f"{name}.undefined" in said else _reason(name, formulas, order),
            **each,
        )
        for name, each in data["results"].items()
    }
    inputs_type = make_dataclass("Inputs", map(_field, inputs, inputs.values()), frozen=True)
    outputs_type = make_dataclass(
        "Outputs",
        [(name, Annotated[float | None, each]) for name, each in results.items()],
        frozen=True,
    )

    def compute(given: Any) -> Any:  # noqa: ANN401
        return outputs_type(**worked_out(order, vars(given)))

    compute.__annotations__ = {"given": inputs_type, "return": outputs_type}
    return Calculator(
        name=str(data["name"]),
        compute=compute,
        pictured=tuple(data.get("pictured", ())),
        outcome_of=_outcome_of(order, results),
        words=_words(data["words"]),
        definition=definition,
    )


def worked_out(order: Mapping[str, Evaluated], given: Given) -> dict[str, float | None]:
    """Return each result by name, worked out in turn; None where it is not defined."""
    results: dict[str, float | None] = {}
    for name, evaluated in order.items():
        results[name] = tree.value_of(evaluated, given, results)
    return results


def _field(name: str, each: dict[str, Any]) -> tuple[str, Any, Any]:
    default = each.pop("default")
    if "options" in each:
        options = tuple(map(str, each.pop("options")))
        return name, Annotated[str, Choice(options, **each)], field(default=default)
    parts = tuple(each.pop("part_of", ()))
    quantity = Quantity(Kind(each.pop("kind")), part_of=parts, **each)
    return name, Annotated[float | None, quantity], field(default=default)


def _outcome_of(
    order: Mapping[str, Evaluated], results: Mapping[str, Result]
) -> Callable[[Any], float | None] | None:
    """Return what works the outcome out alone, as thousands of draws ask for; None for none."""
    outcome = next((name for name, each in results.items() if each.is_outcome), "")
    first: dict[str, Evaluated] = {}
    for name, evaluated in order.items() if outcome else ():
        first[name] = evaluated
        if name == outcome:
            break

    def outcome_of(given: Any) -> float | None:  # noqa: ANN401
        return worked_out(first, vars(given))[outcome]

    return outcome_of if outcome else None


def _reason(
    name: str, formulas: Mapping[str, Node], order: Mapping[str, Evaluated]
) -> Callable[[Any], str]:
    """Return what tells why a result is not defined: it names a divisor that is 0, or is empty.

    Of a break-even that is told only within limits it says on which side of them it lies.
    """
    divisors = list(_divisors(name, formulas))
    node = formulas[name]
    within = (
        node.condition if name.startswith(BREAK_EVEN) and isinstance(node, tree.Choice) else None
    )
    is_ceiling = isinstance(within, tree.Joined)
    at_least = within.left if isinstance(within, tree.Joined) else within
    lowest = tree.compiled_condition(at_least) if at_least else None

    def reason(inputs: Any) -> str:  # noqa: ANN401
        results = worked_out(order, vars(inputs))
        values = {**vars(inputs), **results}
        zero = next((each for each in divisors if not values.get(each)), "")
        if zero or lowest is None:
            return zero
        is_reached = tree.is_met(lowest, vars(inputs), results)
        if is_reached is None:
            return ""
        return NEVER if is_ceiling and not is_reached else ALWAYS

    return reason


def _divisors(name: str, formulas: Mapping[str, Node]) -> Iterator[str]:
    """Yield what a result, and the results it takes, are divided by."""
    taken = {name}
    for each, node in reversed(list(formulas.items())):
        if each in taken:
            taken |= set(names(node))
            for part in walked(node):
                if (
                    isinstance(part, Operation)
                    and part.sign == "÷"
                    and isinstance(part.right, Name)
                ):
                    yield part.right.name


def _words(by_language: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return the words with every brace of their author's a brace, but for what is filled in."""
    return {
        language: {
            key: re.sub(r"\{(?:currency|per)\}|[{}]", _escaped, text) for key, text in words.items()
        }
        for language, words in by_language.items()
    }


def _escaped(brace: re.Match[str]) -> str:
    return brace[0] if len(brace[0]) > 1 else brace[0] * 2
