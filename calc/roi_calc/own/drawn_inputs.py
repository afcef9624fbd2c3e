"""Input sets to try a calculator with: within its limits, by totals or parts, some left empty."""

import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

from roi_calc.schema import AnyCalculator, Kind, Quantity

# What real entries look like, where the limits allow more.
_LARGEST: Final[Mapping[Kind, float]] = {
    Kind.MONEY: 1e4,
    Kind.COUNT: 1e5,
    Kind.HOURS: 1e4,
    Kind.POSTS: 100,
    Kind.MINUTES: 600,
    Kind.MONTHS: 36,
    Kind.SHARE: 1,
    Kind.POINTS: 1,
    Kind.MULTIPLE: 10,
}
_DECIMALS: Final = 6
# How often of ten: the default, the least or another edge; else any number.
_DEFAULTS: Final = 0.1
_EDGES: Final = 0.25
_TRIES: Final = 20


# Any: each calculator has its own Inputs.
def drawn_inputs(calculator: AnyCalculator, count: int, seed: int = 1) -> Iterator[Any]:
    """Yield so many input sets that keep the calculator's rules, the same ones for a seed.

    Fewer where its rules refuse nearly all that is drawn.
    """
    drawing = _Drawing(calculator, random.Random(seed))  # noqa: S311 - nothing is kept secret
    found = 0
    for _ in range(count * _TRIES):
        if found == count:
            return
        inputs = calculator.inputs_type(**drawing.values())
        if not any(calculator.rules(inputs)):
            found += 1
            yield inputs


class _Drawing:
    """Draws values for the inputs of one calculator."""

    def __init__(self, calculator: AnyCalculator, drawn: random.Random) -> None:
        self._calculator = calculator
        self._random = drawn
        # Parts by the totals that they stand for together.
        self._groups: dict[tuple[str, ...], list[str]] = {}
        for name, quantity in calculator.quantities.items():
            if quantity.part_of:
                self._groups.setdefault(quantity.part_of, []).append(name)

    def values(self) -> dict[str, float | str | None]:
        """Return a value for every input; None for one left empty."""
        values: dict[str, float | str | None] = {
            name: self._random.choice(choice.options)
            for name, choice in self._calculator.choices.items()
        }
        values |= {
            name: self._number(name, quantity)
            for name, quantity in self._calculator.quantities.items()
            if quantity.part_of or not quantity.is_optional or self._is_heads()
        }
        for totals, parts in self._groups.items():
            self._settle(totals, parts, values)
        return {name: values.get(name) for name in self._calculator.fields}

    def _is_heads(self) -> bool:
        return self._random.random() < 0.5  # noqa: PLR2004 - a coin

    def _number(self, name: str, quantity: Quantity) -> float:
        default, least, most = self._calculator.defaults[name], quantity.minimum, quantity.maximum
        most = min(most, max(_LARGEST[quantity.kind], 2 * least))
        least = max(least, -most)
        roll = self._random.random()
        if roll < _DEFAULTS and isinstance(default, int | float):
            return default
        if roll < _EDGES:
            return self._random.choice([each for each in (least, 0, 1) if least <= each <= most])
        # Half of them small: as often between 1 and 10 as between 1,000 and 10,000.
        scale = 10 ** self._random.uniform(-3, 0) if roll < (1 + _EDGES) / 2 else 1
        value = max(least, self._random.uniform(least, most) * scale)
        return float(round(value)) if quantity.is_whole else max(least, round(value, _DECIMALS))

    def _settle(
        self, totals: tuple[str, ...], parts: list[str], values: dict[str, float | str | None]
    ) -> None:
        """Leave the totals or some of their parts; fill in a share that is counted in a survey."""
        by_parts = self._is_heads()
        chosen = {each for each in parts if by_parts and self._is_heads()}
        chosen |= {needed for each in chosen for needed in self._needed(each)}
        values.update(dict.fromkeys(set(parts) - chosen))
        if not chosen:
            return
        values.update(dict.fromkeys(totals))
        self._sum_to_1([each for each in parts if each in chosen], values)
        for share in totals:
            survey = self._calculator.surveys.get(share)
            if survey is None:
                continue
            counts = [
                each for each in (survey.yes, survey.answered, survey.asked) if each in chosen
            ]
            ordered = sorted(float(values[each] or 0) for each in counts)
            values.update(zip(counts, ordered, strict=True))
            values[share] = ordered[0] / ordered[1]

    def _needed(self, part: str) -> set[str]:
        """Return the inputs without which a part says nothing, and what these need."""
        found: set[str] = set()
        open_ = {part}
        while open_:
            found |= open_
            open_ = {n for each in open_ for n in self._calculator.quantities[each].needs} - found
        return found

    def _sum_to_1(self, parts: list[str], values: dict[str, float | str | None]) -> None:
        """Make shares of a whole of the parts that are shares and cannot have a range."""
        quantities = self._calculator.quantities
        shares = [
            each
            for each in parts
            if quantities[each].kind is Kind.SHARE and not quantities[each].may_range
        ]
        cuts = sorted(self._random.randint(0, 100) for _ in shares[1:])
        for share, low, high in zip(shares, (0, *cuts), (*cuts, 100), strict=False):
            values[share] = (high - low) / 100
