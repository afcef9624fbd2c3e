"""Writes a formula's tree: as text that reads back to the same tree, and as JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias, TypedDict

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
)

# A number, the name of an input or a result, or a list of a sign, function or word and its terms:
# ["×", "requests", ["−", 1, "repeat_share"]], ["if", condition, then, else], ["undefined"],
# ["is", name, option].
Json: TypeAlias = "float | str | list[Json]"


class JsonFormula(TypedDict):
    """A formula for other programs: as it is printed, and as its tree."""

    text: str
    tree: Json


# A name, a number, or what is written between them with its spaces: `(`, ` × `, `⌉`.
Piece: TypeAlias = Name | Number | str

_RANKS: Final = {"+": 1, "−": 1, "×": 2, "÷": 2, "^": 4}
_LOOSEST: Final = 0  # a choice
_SIGNED: Final = 3  # −a ÷ b is (−a) ÷ b, and −a ^ b is −(a ^ b)


def _digits(value: float) -> str:
    """Write a formula's own number so that it reads back: no exponent, no idle zeros."""
    shortest = f"{value:.15g}"
    return f"{value:.15f}".rstrip("0").rstrip(".") if "e" in shortest else shortest


def written(
    node: Node,
    said: Callable[[str], str] = "{{{}}}".format,
    number: Callable[[float], str] = _digits,
) -> str:
    """Return the formula as print has it, names in braces: `{margin} ÷ {churn}`.

    Brackets stand only where they are needed. said: what stands for a name. number: how the
    formula's own numbers are written.
    """
    return "".join(
        piece
        if isinstance(piece, str)
        else said(piece.name)
        if isinstance(piece, Name)
        else number(piece.value)
        for piece in _kept_pieces(node)
    )


# A formula is written with names and with numbers, and in the next answer again.
@lru_cache(1000)
def _kept_pieces(node: Node) -> tuple[Piece, ...]:
    return tuple(pieces(node))


def pieces(node: Node) -> Iterator[Piece]:
    """Yield the formula from left to right: names, numbers, and what stands between them."""
    yield from _pieces(node, _LOOSEST)


def _pieces(node: Node, rank: int) -> Iterator[Piece]:
    match node:
        case Number() | Name():
            yield node
        case Operation("−", Number(0), right):
            yield from _bracketed(_SIGNED, rank, "−", *_pieces(right, _SIGNED))
        case Operation(sign, left, right):
            own = _RANKS[sign]
            first = _pieces(left, own + (sign == "^"))
            second = _pieces(right, own + (sign in "−÷"))
            yield from _bracketed(own, rank, *first, "^" if sign == "^" else f" {sign} ", *second)
        case Call("ceil", (argument,)):
            yield from ("⌈", *pieces(argument), "⌉")
        case Call(function, arguments):
            yield from (f"{function}(", *_listed(arguments), ")")
        case Choice(condition, then, otherwise):
            said = (*_pieces(then, 1), " if ", *_condition(condition), " else ", *pieces(otherwise))
            yield from _bracketed(_LOOSEST, rank, *said)
        case Undefined():
            yield "undefined"


def _bracketed(own: int, rank: int, *said: Piece) -> Iterator[Piece]:
    yield from ("(", *said, ")") if own < rank else said


def _listed(arguments: Sequence[Node]) -> Iterator[Piece]:
    for index, argument in enumerate(arguments):
        yield from ("; ",) * bool(index)
        yield from pieces(argument)


def _condition(condition: Condition) -> Iterator[Piece]:
    match condition:
        case Is(name, option, is_not):
            yield from (Name(name), f" is {'not ' if is_not else ''}{option}")
        case Joined(word, left, right):
            yield from (*_condition(left), f" {word} ", *_condition(right))
        case Comparison(sign, left, right):
            yield from (*_pieces(left, 1), f" {sign} ", *_pieces(right, 1))


def as_json(node: Node | Condition) -> Json:  # noqa: PLR0911 - as above
    """Return the formula for a program that works it out: lists, names and numbers."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return name
        case Operation(sign, left, right) | Comparison(sign, left, right):
            return [sign, as_json(left), as_json(right)]
        case Joined(word, left, right):
            return [word, as_json(left), as_json(right)]
        case Is(name, option, is_not):
            return ["is not" if is_not else "is", name, option]
        case Call(function, arguments):
            return [function, *map(as_json, arguments)]
        case Choice(condition, then, otherwise):
            return ["if", as_json(condition), as_json(then), as_json(otherwise)]
    return ["undefined"]


def formulas_as_json(formulas: Mapping[str, Node]) -> dict[str, JsonFormula]:
    """Return formulas for a program that works them out, each behind those that it takes.

    How: docs/en/python.md#trees. formulas: by result, as `Calculator.formulas` has them.
    """
    return {
        name: JsonFormula(text=written(node), tree=as_json(node)) for name, node in formulas.items()
    }
