"""The value of one input at which a result is 0: its break-even, as a formula of the others."""

from collections.abc import Mapping
from typing import NamedTuple

from roi_calc.formulas.inlining import inlined
from roi_calc.formulas.tree import (
    EMPTY,
    Choice,
    Condition,
    Is,
    Name,
    Node,
    Number,
    Operation,
    names,
)

_NONE = Number(0)
_ONE = Number(1)


class _Line(NamedTuple):
    """slope × the input + rest."""

    slope: Node
    rest: Node


class _Fraction(NamedTuple):
    """One line over another."""

    top: _Line
    bottom: _Line


def zero_at(name: str, result: str, formulas: Mapping[str, Node]) -> Node | None:
    """Return the formula of an input at which a result is 0, in terms of inputs and results.

    formulas: of the result and of those it takes, by result. None where there is no single one to
    write down: the input is not in it, or stands there in a power, a function, a condition or a
    divisor beside other terms, or multiplied by itself.
    """
    found = _fraction(name, inlined(result, {name}, formulas))
    if found is None or found.top.slope == _NONE:
        return None
    slope, rest = found.top
    if _is_negative(slope):
        return _divided(rest, _negative(slope))
    return _divided(_negative(rest), slope)


def _fraction(name: str, node: Node) -> _Fraction | None:
    """Return a formula as two lines of the input; None where it is no such thing."""
    if name not in set(names(node)):
        return _Fraction(_Line(_NONE, node), _Line(_NONE, _ONE))
    match node:
        case Name():
            return _Fraction(_Line(_ONE, _NONE), _Line(_NONE, _ONE))
        case Choice(Is(asked, option, is_not), then, otherwise) if (asked, option) == (name, EMPTY):
            # An input that has a value is not empty.
            return _fraction(name, then if is_not else otherwise)
        case Choice(condition, then, otherwise) if name not in set(names(condition)):
            first, second = _fraction(name, then), _fraction(name, otherwise)
            if first and second and first.bottom == second.bottom:
                return _Fraction(
                    _Line(
                        *(
                            _chosen(condition, *each)
                            for each in zip(first.top, second.top, strict=True)
                        )
                    ),
                    first.bottom,
                )
        case Operation(sign, left, right) if sign != "^":  # a power is no line
            first, second = _fraction(name, left), _fraction(name, right)
            if first and second:
                return _joined(sign, first, second)
    return None


def _joined(sign: str, left: _Fraction, right: _Fraction) -> _Fraction | None:
    if sign in "×÷":
        right = right if sign == "×" else _Fraction(right.bottom, right.top)
        top, bottom = _product(left.top, right.top), _product(left.bottom, right.bottom)
    else:
        first, second = _product(left.top, right.bottom), _product(right.top, left.bottom)
        join = _plus if sign == "+" else _minus
        top = _Line(*map(join, first, second)) if first and second else None
        bottom = _product(left.bottom, right.bottom)
    return _Fraction(top, bottom) if top and bottom else None


def _product(left: _Line, right: _Line) -> _Line | None:
    """Return two lines multiplied; None where both have the input in them."""
    if _NONE not in (left.slope, right.slope):
        return None
    slope = _plus(_times(left.slope, right.rest), _times(left.rest, right.slope))
    return _Line(slope, _times(left.rest, right.rest))


def _plus(left: Node, right: Node) -> Node:
    if left == _NONE:
        return right
    return left if right == _NONE else Operation("+", left, right)


def _minus(left: Node, right: Node) -> Node:
    if _is_negative(right):
        return _plus(left, _negative(right))
    return left if right == _NONE else Operation("−", left, right)


def _is_negative(node: Node) -> bool:
    return isinstance(node, Operation) and node.sign == "−" and node.left == _NONE


def _negative(node: Node) -> Node:
    match node:
        case Operation("−", left, right):
            return right if left == _NONE else _minus(right, left)
        case Choice(condition, then, otherwise):
            return Choice(condition, _negative(then), _negative(otherwise))
    return node if node == _NONE else Operation("−", _NONE, node)


def _times(left: Node, right: Node) -> Node:
    if _NONE in (left, right):
        return _NONE
    if _is_negative(left) or _is_negative(right):
        signs = _is_negative(left) + _is_negative(right)
        bare = [_negative(each) if _is_negative(each) else each for each in (left, right)]
        product = _times(*bare)
        return _negative(product) if signs == 1 else product
    if left == _ONE:
        return right
    return left if right == _ONE else Operation("×", left, right)


def _divided(left: Node, right: Node) -> Node:
    return left if right == _ONE else Operation("÷", left, right)


def _chosen(condition: Condition, then: Node, otherwise: Node) -> Node:
    return then if then == otherwise else Choice(condition, then, otherwise)
