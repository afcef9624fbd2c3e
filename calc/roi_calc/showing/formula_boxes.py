"""A formula as boxes: one for each quantity, joined by what is done to them, and the result below.

Rows break by themselves at any width, outside brackets first and at sums before products; read
aloud they are the formula from left to right.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from xml.etree import ElementTree as ET

from roi_calc.answering.answer import Answer
from roi_calc.formulas.tree import Name, Number
from roi_calc.formulas.tree import Node as Formula
from roi_calc.formulas.writing import Piece, pieces
from roi_calc.showing.html import Node, element

# Where a row may break, the outermost first.
_STEPS: Final = (("; ",), (" + ", " − "), (" × ", " ÷ "), ("^",))
_CLOSING: Final = {"(": ")", "⌈": "⌉"}


@dataclass(frozen=True)
class _Bracketed:
    """What stands in brackets. opening: with the function's name before it, if there is one."""

    opening: str
    parts: list["_Part"]


_Part: TypeAlias = Piece | _Bracketed


def formula_boxes(answer: Answer, name: str) -> ET.Element:
    """Return the figure of how a result was worked out."""
    working, figure = answer.working(name), answer.result_figure(name)
    # A threshold is drawn without the number that it is rounded from.
    sign = working.sign if working.figure == figure else "≈"
    result = _box(answer.words(f"{name}.label"), figure, "roi-result")
    return element(
        "figure",
        row_of_boxes(answer, answer.worked_out[name]),
        " ",
        _joined("roi-boxes", _sign(sign), result),
        class_="roi-figure roi-formula-figure",
    )


def row_of_boxes(answer: Answer, formula: Formula) -> ET.Element:
    """Return a formula as boxes, its quantities named and written as in an answer."""
    return _row(answer, _nested(pieces(formula)), _STEPS)


def _nested(flat: Iterator[Piece]) -> list[_Part]:
    """Return the pieces up to a closing bracket, what is in brackets as one part."""
    found: list[_Part] = []
    for piece in flat:
        if isinstance(piece, str) and piece in _CLOSING.values():
            break
        if isinstance(piece, str) and piece[-1] in _CLOSING:
            found.append(_Bracketed(piece, _nested(flat)))
        else:
            found.append(piece)
    return found


def _row(answer: Answer, parts: Sequence[_Part], steps: Sequence[tuple[str, ...]]) -> ET.Element:
    """Return parts beside each other: rows break before a sign of the first steps."""
    if not steps:
        return _joined("roi-joint", *(_drawn(answer, part) for part in parts))
    units = list(_cut(parts, steps[0]))
    if len(units) == 1:
        return _row(answer, parts, steps[1:])
    return _joined("roi-boxes", *(_unit(answer, unit, steps) for unit in units))


def _cut(parts: Iterable[_Part], signs: tuple[str, ...]) -> Iterator[list[_Part]]:
    """Yield the parts cut before each of the signs."""
    unit: list[_Part] = []
    for part in parts:
        if unit and part in signs:
            yield unit
            unit = []
        unit.append(part)
    yield unit


def _unit(answer: Answer, unit: list[_Part], steps: Sequence[tuple[str, ...]]) -> ET.Element:
    """Return a sign and what follows it, which no row break parts."""
    sign, *rest = unit
    if not isinstance(sign, str) or not rest:
        return _row(answer, unit, steps[1:])
    return _joined("roi-joint", _sign(sign.strip()), _row(answer, rest, steps[1:]))


def _drawn(answer: Answer, part: _Part) -> ET.Element:
    match part:
        case Name(name):
            quantity = answer.calculator.quantities.get(name)
            symbol = quantity.symbol if quantity else ""
            label = answer.words(f"{name}.label")
            return _box(label, answer.exact_operand(name), "roi-term", symbol)
        case Number(value):
            return element("bdi", answer.language.numbers.number(value), class_="roi-term-figure")
        case _Bracketed(opening, parts):
            function, bracket = opening[:-1], opening[-1]
            return _joined(
                "roi-joint",
                *((element("span", function),) if function else ()),
                _bracket(bracket, "opening"),
                _row(answer, parts, _STEPS),
                _bracket(_CLOSING[bracket], "closing"),
            )
        case sign:
            return _sign(sign.strip())


def _box(label: str, figure: str, style: str, symbol: str = "") -> ET.Element:
    """Return a box: the letter for the eye, which finds it in the form, the words, the number."""
    letter = element("span", symbol, class_="roi-term-letter", aria_hidden="true")
    return _joined(
        style,
        *((letter,) if symbol else ()),
        element("span", label, class_="roi-term-label"),
        element("bdi", figure, class_="roi-term-figure"),
    )


def _sign(sign: str) -> ET.Element:
    return element("span", sign, class_="roi-operator")


def _bracket(bracket: str, side: str) -> ET.Element:
    """Return a bracket as high as what it holds; its character is there to be read and copied."""
    corner = " roi-corner" if bracket in "⌈⌉" else ""
    return element("span", bracket, class_=f"roi-bracket roi-{side}{corner}")


def _joined(style: str, *parts: ET.Element) -> ET.Element:
    """Return parts in one element, with spaces between for whoever reads the text alone."""
    if len(parts) == 1:
        return parts[0]
    spaced: list[Node] = [parts[0]]
    for part in parts[1:]:
        spaced += [" ", part]
    return element("span", *spaced, class_=style)
