"""What a page needs to answer typed numbers by itself: sums, texts with blanks, and limits."""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any, Final

from roi_calc.answering.answer import Answer
from roi_calc.language.number_format import NumberFormat, fraction_digits
from roi_calc.quick.blanks import Blanks
from roi_calc.quick.paths import Fork, Knowledge, Said, every_path
from roi_calc.quick.sums import RESULT, Results, Sum, UnsaidError, option, results
from roi_calc.quick.unknown_answer import Outputs, UnknownAnswer
from roi_calc.reading.inputs import Given
from roi_calc.schema import AnyCalculator, given_of
from roi_calc.showing import full_answer, simple_view
from roi_calc.showing.form import unit
from roi_calc.showing.html import markup
from roi_calc.showing.views import SIMPLE

# The answer at a glance and what decides it; everything else is Python's.
_PARTS: Final = ("lead", "doubt")
_MOST_KEPT: Final = 64
# Compressed, as pages are sent: more would cost every reader more than it is worth.
_MOST_BYTES: Final = 2_000
# A page without a word on its encoding would make other operations of some signs.
_SENT_AS: Final = {
    "−": "-",
    "×": "*",
    "÷": "/",
    "≤": "<=",
    "mul": "*",
    "div": "/",
}
# The same with its two sides exchanged.
_TURNED: Final = {">": "<", "≥": "≤", "gt": "lt", "ge": "le"}

# A text with its blanks, as Blanks.pieces() has it; None for what is left to Python.
_Leaf = tuple[str | int, ...] | None
# Pages of one site mostly differ in the inputs in sight alone. With each its calculator, so that no
# other one can come to have the same identity.
_kept: dict[tuple[object, ...], tuple[AnyCalculator, str]] = {}


def quick_data(answer: Answer, view: str) -> str:
    """Return the data by which a page answers typed numbers itself; empty where it cannot.

    It is for the inputs in sight: whoever changes another one is answered by Python.
    """
    if view != SIMPLE or answer.given.ranges:
        return ""
    free = tuple(name for name in simple_view.in_rows(answer) if answer.entered[name] is not None)
    calculator = answer.calculator
    given = {**given_of(calculator, answer.given.inputs), **dict.fromkeys(free)}
    question = (answer.language.tag, answer.currency, answer.comparison.to_json())
    key = (id(calculator), *question, *free, *given.values())
    # Pages may be drawn side by side: what was found is not looked up again.
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = (calculator, _written(answer, free))
    return found[1]


def _written(answer: Answer, free: tuple[str, ...]) -> str:
    calculator, numbers, blanks = answer.calculator, answer.language.numbers, Blanks()
    try:
        found = _sums(answer, free)
        paths = partial(_every_path, answer, free, found, blanks)
        parts = {part: paths(partial(_part, part)) for part in _PARTS}
        units = {name: paths(partial(unit, name=name, is_brief=True)) for name in free}
    except UnsaidError:
        return ""
    if None in (*parts.values(), *units.values()):
        return ""
    table = _Table(found.sums)
    data = json.dumps(
        {
            "currency": answer.currency,
            "decimal": "" if numbers.leaves_doubt else numbers.decimal,
            "inputs": {name: _limits(calculator, name) for name in free},
            "parts": {name: table.said(each) for name, each in parts.items()},
            "units": {name: table.said(each) for name, each in units.items()},
            "blanks": [[each[0], *map(table.sum, each[1:])] for each in blanks.all],
            "results": table.results,
            "texts": table.texts,
            "format": _format(numbers, answer.currency),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return data if len(zlib.compress(data.encode(), 9)) <= _MOST_BYTES else ""


def _sums(answer: Answer, free: tuple[str, ...]) -> Results:
    """Return every result as a sum of the inputs in sight, the others as they are."""
    given: dict[str, Sum] = {
        name: option(value) if isinstance(value, str) else value if value is None else float(value)
        for name, value in given_of(answer.calculator, answer.given.inputs).items()
    }
    return results(answer.calculator.formulas, {**given, **{name: name for name in free}})


def _part(name: str, answer: Answer) -> str:
    return markup(*simple_view.parts(answer)[name])


def _every_path(
    answer: Answer,
    free: tuple[str, ...],
    found: Results,
    blanks: Blanks,
    say: Callable[[Answer], str],
) -> Said[_Leaf]:
    """Return what is said of an answer, whatever the inputs in sight are."""
    calculator = answer.calculator

    def said(knowledge: Knowledge) -> _Leaf:
        unknown = {name: knowledge.number(name) for name in free}
        inputs = replace(answer.given.inputs, **unknown)
        asked = UnknownAnswer(
            calculator=calculator,
            given=Given(inputs),
            computed=Outputs(found.named, knowledge),
            language=answer.language,
            currency=answer.currency,
            comparison=answer.comparison,
            knowledge=knowledge,
            found=found.named,
        )
        try:
            if any(calculator.rules(inputs)):
                return None
            return tuple(blanks.pieces(say(asked)))
        except Exception:  # noqa: BLE001 - whatever a site's own functions make of such numbers
            return None

    quantities = calculator.quantities
    limits: dict[Sum, tuple[float, float]] = {
        name: (quantities[name].minimum, quantities[name].maximum) for name in free
    }
    return every_path(said, partial(Knowledge, limits, found.sums, blanks))


def _limits(calculator: AnyCalculator, name: str) -> list[float | bool]:
    """Return an input's limits, and whether it is read as percent, and must be whole."""
    quantity = calculator.quantities[name]
    return [quantity.minimum, quantity.maximum, quantity.kind.is_fraction, quantity.is_whole]


def _format(numbers: NumberFormat, currency: str) -> dict[str, Any]:
    """Return how a locale writes numbers, as markup: what stands around digits, and between."""
    amount = numbers.amount(0, currency).partition("0")
    percent = numbers.percentage(0).partition("0")
    return {
        "minus": escape(numbers.minus),
        "unbroken": markup(full_answer.unbroken("0")).split("0"),
        "number": [escape(each) for each in ("", numbers.decimal, numbers.group, "")],
        "percent": [
            escape(each) for each in (percent[0], numbers.decimal, numbers.group, percent[2])
        ],
        "amount": [
            escape(each)
            for each in (amount[0], numbers.money_decimal, numbers.money_group, amount[2])
        ],
        "cents": fraction_digits(currency),
        "groups": [
            numbers.group_size,
            numbers.higher_group_size,
            numbers.minimum_grouping_digits,
        ],
    }


class _Table:
    """Sums and texts that are said more than once, each written once."""

    def __init__(self, sums: Sequence[Sum]) -> None:
        self._sums = sums
        self.results: list[Any] = []
        self.texts: list[str] = []
        self._places: dict[float, int] = {}

    def said(self, said: Said[_Leaf]) -> Any:  # noqa: ANN401 - JSON
        """Return a fork as a claim and what is said if it holds or not; a text as its pieces."""
        if isinstance(said, Fork):
            return [self.sum(said.claim), self.said(said.then), self.said(said.otherwise)]
        return None if said is None else list(self._numbered(said))

    def sum(self, made: Sum) -> Any:  # noqa: ANN401 - JSON
        """Return a sum as lists; of a result the number under which it is kept."""
        if isinstance(made, float) and made.is_integer():
            return int(made)
        if not isinstance(made, tuple):
            return made
        operation, given = str(made[0]), made[1:]
        if operation in _TURNED:
            return self.sum((_TURNED[operation], *reversed(given)))
        if operation != RESULT:
            return [_SENT_AS.get(operation, operation), *map(self.sum, given)]
        return [RESULT, *(self._place(each) for each in given if isinstance(each, float))]

    def _place(self, number: float) -> int:
        """Return the place of a result's sum among those that are sent, behind what it takes."""
        if number not in self._places:
            kept = self.sum(self._sums[int(number)])
            self._places[number] = len(self.results)
            self.results.append(kept)
        return self._places[number]

    def _numbered(self, leaf: tuple[str | int, ...]) -> Iterator[int]:
        for piece in leaf:
            if isinstance(piece, int):
                yield piece
                continue
            if piece not in self.texts:
                self.texts.append(piece)
            yield self.texts.index(piece)
