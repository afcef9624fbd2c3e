"""Whether formulas add money to money only, and give money where they say so.

Money is the unit that can be told for sure: hours, contacts and months stand for rates as well
(hours a month, contacts an hour). What a number in a formula measures nobody knows.
"""

from collections.abc import Iterator
from typing import Final

from roi_calc.formulas.tree import (
    Call,
    Choice,
    Comparison,
    Condition,
    Joined,
    Name,
    Node,
    Number,
    Operation,
)
from roi_calc.schema import AnyCalculator, Kind

_MIXED: Final = "its formula adds or compares money with what is none"


class _MixedError(ValueError):
    """Money and something else in one sum."""


def wrong_units(calculator: AnyCalculator) -> Iterator[tuple[str, str]]:
    """Yield the results whose formula cannot be right by its units, and why."""
    for name, node in calculator.formulas.items():
        expected = int(calculator.results[name].kind is Kind.MONEY)
        try:
            found = _power(calculator, node)
        except _MixedError:
            yield name, f"{_MIXED}; expected terms of one unit"
            continue
        if found not in {None, expected}:
            is_money = f"expected {'money' if expected else 'none'}, as its kind says"
            yield name, f"its formula gives {_said(found)}; {is_money}"


def _said(power: int | None) -> str:
    if power == 0:
        return "no money"
    return "money" if power == 1 else f"money to the power of {power}"


def _power(calculator: AnyCalculator, node: Node) -> int | None:  # noqa: PLR0911 - a kind of node each
    """Return to what power money stands in a formula; None where that cannot be told."""
    match node:
        case Name(name):
            results, quantities = calculator.results, calculator.quantities
            kind = results[name].kind if name in results else quantities[name].kind
            return int(kind is Kind.MONEY)
        case Operation("+" | "−", left, right):
            return _same(calculator, left, right)
        case Operation("^", left, _):
            return 0 if _power(calculator, left) == 0 else None
        case Operation(sign, left, right):
            one, other = _power(calculator, left), _power(calculator, right)
            if one is None or other is None:
                return None
            return one + other if sign == "×" else one - other
        case Call("sqrt", _):
            return None
        case Call(_, arguments):
            return _same(calculator, *arguments)
        case Choice(condition, then, otherwise):
            _look_at(calculator, condition)
            return _same(calculator, then, otherwise)
    return None


def _same(calculator: AnyCalculator, *nodes: Node) -> int | None:
    """Return the one power of several terms; a number goes with any."""
    found = {
        power
        for node in nodes
        if not isinstance(node, Number) and (power := _power(calculator, node)) is not None
    }
    if len(found) > 1:
        raise _MixedError
    return next(iter(found), None)


def _look_at(calculator: AnyCalculator, condition: Condition) -> None:
    match condition:
        case Comparison(_, left, right):
            _same(calculator, left, right)
        case Joined(_, left, right):
            _look_at(calculator, left)
            _look_at(calculator, right)
