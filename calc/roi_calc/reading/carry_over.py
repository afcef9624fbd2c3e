"""What a reader entered earlier, on this page or another, brought into a calculator's form.

Within one tab only, and only when the reader asks for it. The same calculator takes its own inputs;
another takes the inputs it shares, and the figures that work its own inputs out: of a goal what it
brings, and what it costs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from roi_calc.arithmetic import finance
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import Language
from roi_calc.language.number_format import fraction_digits
from roi_calc.language.words import words_of
from roi_calc.reading.inputs import Given, InputErrors, read_number
from roi_calc.schema import (
    HIGH,
    LOW,
    PERIOD_INPUT,
    AnyCalculator,
    Kind,
    Values,
    entered_of,
    inputs_of,
    outputs_of,
    parts_of,
)

_ENDS: Final = ("", LOW, HIGH)


@dataclass(frozen=True)
class Entry:
    """What was given to a calculator earlier. names: the inputs that the reader had changed."""

    calculator: AnyCalculator
    given: Given
    currency: str
    names: frozenset[str]

    @property
    def period(self) -> str:
        """The period that its amounts are for; empty for a calculator without one."""
        return getattr(self.given.inputs, PERIOD_INPUT, self.calculator.period)


@dataclass(frozen=True)
class Taken:
    """What was taken over: the texts of fields by their names, and a sentence that says so."""

    texts: Mapping[str, str] = field(default_factory=dict)
    said: str = ""


@dataclass(frozen=True)
class _Form:
    """The form that takes over: its texts, and the language and currency they are written in."""

    calculator: AnyCalculator
    texts: Mapping[str, str]
    language: Language
    currency: str

    @property
    def period(self) -> str:
        return self.texts.get(PERIOD_INPUT, self.calculator.period)


def sources(calculator: AnyCalculator) -> list[str]:
    """Return the calculators whose numbers this one may take over, itself first."""
    related = [each.calculator for each in calculator.related.values()]
    sharing = [each.name for each in CALCULATORS.values() if _shared(calculator, each)]
    return list(dict.fromkeys([calculator.name, *related, *sharing]))


def taken_over(
    calculator: AnyCalculator,
    texts: Mapping[str, str],
    language: Language,
    currency: str,
    entries: Sequence[Entry],
) -> Taken:
    """Return what a form takes over from earlier entries, the last of them winning.

    texts: what stands in the form. Amounts in another currency are left, and said to be.
    """
    form = _Form(calculator, texts, language, currency)
    taken: dict[str, str] = {}
    origins: dict[str, AnyCalculator] = {}
    for entry in entries:
        if entry.currency == currency:
            for name, written in _carried(form, entry):
                taken |= written
                origins[name] = entry.calculator
    _drop_parts_without_their_fellows(form, taken)
    kept = _standing_cost(form, taken, origins)
    taken |= kept
    taken |= _replaced_totals(form, taken)
    new = {
        name: each
        for name, each in origins.items()
        if taken.get(name) and _differs(form, taken, name)
    }
    return Taken(taken, _said(form, taken, new, kept, entries))


def _carried(form: _Form, entry: Entry) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each input of the form that an entry fills, with the texts of its fields."""
    own = entry.calculator.name == form.calculator.name
    if own and PERIOD_INPUT in form.calculator.choices:
        yield PERIOD_INPUT, {PERIOD_INPUT: entry.period}
    for name in form.calculator.fields:
        if name in entry.names and (own or name in _shared(form.calculator, entry.calculator)):
            yield name, _written(form, entry, name)
    if entry.names:
        figures = _figures(entry)
        for name, related in form.calculator.related.items():
            if related.calculator == entry.calculator.name:
                yield name, _worked_out(form, entry, name, figures[related.result])


def _figures(entry: Entry) -> Values:
    """Return the inputs and outputs of an earlier entry by name; of both of a name, the output."""
    calculator, inputs = entry.calculator, entry.given.inputs
    return {**inputs_of(calculator, inputs), **outputs_of(calculator, calculator.compute(inputs))}


def _worked_out(form: _Form, entry: Entry, name: str, value: float | None) -> dict[str, str]:
    """Return an input's fields with what another calculator gives; a part it lacks is emptied."""
    if value is None:
        return _emptied(form, name, name) if form.calculator.quantities[name].part_of else {}
    converted = _converted(value, entry.period, form.period)
    return _emptied(form, name) | {name: _typed(form, name, converted)}


def _shared(one: AnyCalculator, other: AnyCalculator) -> set[str]:
    """Return the inputs that mean the same in both."""
    return {
        name
        for name, quantity in one.quantities.items()
        if quantity.is_shared and name in other.quantities and other.quantities[name].is_shared
    }


def _written(form: _Form, entry: Entry, name: str) -> dict[str, str]:
    """Return an input's fields as the form writes them: a choice, or a number and its range."""
    if name in entry.calculator.choices:
        return {name: getattr(entry.given.inputs, name)}
    value = entered_of(entry.calculator, entry.given.inputs)[name]
    if value is None:
        return {}
    known = entry.given.ranges.get(name)
    ends = (known.likely, known.low, known.high) if known else (value, None, None)
    fields = {name + end: _typed(form, name, each) for end, each in zip(_ENDS, ends, strict=True)}
    return _emptied(form, name) | fields


def _emptied(form: _Form, name: str, *others: str) -> dict[str, str]:
    """Return empty texts for what an input replaces: its range's ends, its parts, and others."""
    replaced = (*parts_of(form.calculator, name), *others)
    places = [name + LOW, name + HIGH, *(each + end for each in replaced for end in _ENDS)]
    return {place: "" for place in places if place in form.texts}


def _replaced_totals(form: _Form, taken: Mapping[str, str]) -> dict[str, str]:
    """Return empty texts for the totals of which a part was taken over."""
    quantities = form.calculator.quantities
    totals = {
        total
        for name in taken
        if taken[name] and name in quantities
        for total in quantities[name].part_of
    }
    return {total + end: "" for total in totals for end in _ENDS if total + end in form.texts}


def _standing_cost(
    form: _Form, taken: Mapping[str, str], origins: Mapping[str, AnyCalculator]
) -> dict[str, str]:
    """Return where a total cost goes that the costs of new benefits replace.

    What it was spent on may still stand in the form: then it is the cost of that goal, or of all of
    them together where there are several. Nothing where each benefit came with a cost of its own.
    """
    calculator, costs = form.calculator, form.calculator.costs
    new = [cost for cost in costs if taken.get(cost) and origins[cost] is not calculator]
    if not new:
        return {}
    (total,) = calculator.quantities[new[0]].part_of
    parts = parts_of(calculator, total)
    standing = replace(form, texts={**form.texts, **taken})
    is_by_parts = any(_number(standing, part) is not None for part in parts if part not in new)
    goals = [cost for cost in costs if cost not in new and _brings_any(standing, costs[cost])]
    amount = _number(standing, total)
    if not amount or is_by_parts or not goals:
        return {}
    (shared,) = (part for part in parts if part not in costs)
    place = goals[0] if len(goals) == 1 else shared
    ends = {place + end: text for end in (LOW, HIGH) if (text := standing.texts.get(total + end))}
    return {place: _typed(form, place, amount), **ends}


def _brings_any(form: _Form, benefits: Sequence[str]) -> bool:
    """Tell whether any of the benefits of a goal stands in a form, as a total or by its parts."""
    names = [name for each in benefits for name in (each, *parts_of(form.calculator, each))]
    return any(_number(form, name) for name in names)


def _number(form: _Form, name: str) -> float | None:
    """Return the number that stands in a field, or the default; None for what is not read."""
    if name not in form.texts:
        default = form.calculator.defaults[name]
        return default if isinstance(default, int | float) else None
    quantity, numbers = form.calculator.quantities[name], form.language.numbers
    try:
        return read_number(quantity, name, form.texts[name], numbers, form.currency)
    except InputErrors:
        return None


def _drop_parts_without_their_fellows(form: _Form, taken: dict[str, str]) -> None:
    """Take back a part, such as a rate, whose fellow, its hours, stands neither here nor there."""
    for name, quantity in form.calculator.quantities.items():
        texts = {**form.texts, **taken}
        if taken.get(name) and not all(texts.get(needed) for needed in quantity.needs):
            del taken[name]


def _converted(amount: float, of: str, to: str) -> float:
    """Return an amount of one period for another; as it is where either has none."""
    if not (of and to) or of == to:
        return amount
    return amount * finance.PERIODS_PER_YEAR[of] / finance.PERIODS_PER_YEAR[to]


def _typed(form: _Form, name: str, value: float | None) -> str:
    kind = form.calculator.quantities[name].kind
    if value is not None and kind is Kind.MONEY:
        value = round(value, fraction_digits(form.currency))
    return form.language.typed(value, kind)


def _differs(form: _Form, taken: Mapping[str, str], name: str) -> bool:
    return any(
        taken[place] != form.texts.get(place, "")
        for place in (name + end for end in _ENDS)
        if place in taken
    )


def _said(
    form: _Form,
    taken: Mapping[str, str],
    origins: Mapping[str, AnyCalculator],
    kept: Mapping[str, str],
    entries: Sequence[Entry],
) -> str:
    """Say what was taken from where and what of the form was kept, or why nothing was taken."""
    words = form.language.words
    if origins:
        said = [
            words(
                "earlier.taken",
                title=words_of(source, form.language).text("title"),
                values=_listed(
                    form, taken, [name for name, origin in origins.items() if origin is source]
                ),
            )
            for source in {each.name: each for each in origins.values()}.values()
        ]
        places = [place for place in kept if place in form.calculator.quantities]
        if places:
            said.append(words("earlier.kept", values=_listed(form, kept, places)))
        return " ".join(said)
    foreign = sorted({entry.currency for entry in entries} - {form.currency})
    if foreign:
        return words("earlier.currency", currency=", ".join(foreign))
    return words("earlier.nothing")


def _listed(form: _Form, taken: Mapping[str, str], names: Sequence[str]) -> str:
    """Return inputs with what was put into them: `Running cost of faster answers: $500`."""
    return "; ".join(
        form.language.words(
            "earlier.value",
            label=words_of(form.calculator, form.language).text(f"{name}.label"),
            value=_shown(form, taken, name),
        )
        for name in names
    )


def _shown(form: _Form, taken: Mapping[str, str], name: str) -> str:
    if name in form.calculator.choices:
        return words_of(form.calculator, form.language).text(f"{name}.{taken[name]}")
    quantity, language = form.calculator.quantities[name], form.language
    value = read_number(quantity, name, taken[name], language.numbers, form.currency)
    return language.figure(value, quantity.kind, form.currency)
