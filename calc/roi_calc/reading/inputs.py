"""Texts become inputs, ranges with them, or errors that say which field, why, and what was found.

The one reader for what authors write and what visitors type, and for scenarios that change some of
it. What an input is stands in schema.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from roi_calc.arithmetic.survey import wilson_interval
from roi_calc.language.number_format import NumberFormat
from roi_calc.language.number_reading import NumberError, NumberFault, parse_number, parse_share
from roi_calc.schema import (
    ABOVE_OTHER,
    HIGH,
    LOW,
    MISSING_PART,
    AnyCalculator,
    Choice,
    InputError,
    Kind,
    Quantity,
    Survey,
    choices_of,
    input_name,
    inputs_of,
    parts_of,
)

RANGE_MARK: Final = ".."

BELOW_MINIMUM: Final = "below_minimum"
ABOVE_MAXIMUM: Final = "above_maximum"
NOT_WHOLE: Final = "not_whole"
TOTAL_AND_PARTS: Final = "total_and_parts"
UNKNOWN_CHOICE: Final = "unknown_choice"
NO_RANGE: Final = "no_range"
RANGE_SHAPE: Final = "range_shape"
RANGE_ORDER: Final = "range_order"


class Range(NamedTuple):
    """What is known of an input that is not known exactly; low <= likely <= high."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Given:
    """What was given to a calculator: its inputs, and the range of those that have one.

    The inputs hold the likely value of each range.
    """

    inputs: Any  # each calculator has its own Inputs
    ranges: Mapping[str, Range] = field(default_factory=dict)


class InputErrors(ValueError):  # noqa: N818 - it carries several
    """The inputs that cannot be used, in the order of the form; never empty."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{each.field}: {each.reason}" for each in self.errors))


def read_inputs(
    calculator: AnyCalculator, texts: Mapping[str, str], numbers: NumberFormat, currency: str
) -> Given:
    """Return the calculator's inputs from texts by input name; defaults fill what is not named.

    The texts are read as `numbers` writes them; an empty text is an input left empty, which only a
    part and what is optional may be, or a total that its parts replace; it is then None. A share
    that a survey's counts replace is theirs, with the range that is 95 % sure.
    `80..100..130` is a range, low to likely to high; its ends may also stand under `<name>.low` and
    `<name>.high`. Names must be the calculator's. Raises InputErrors with everything that cannot be
    used, in the order of the form.
    """
    choices: dict[str, str] = {}
    numbers_read: dict[str, float | None] = {
        name: value
        for name, value in calculator.defaults.items()
        if name in calculator.quantities and not isinstance(value, str)
    }
    errors: dict[str, InputError] = {}
    for place, text in _split_ranges(calculator, texts).items():
        declared = calculator.fields[input_name(place)]
        try:
            if isinstance(declared, Choice):
                choices[place] = _chosen(declared, place, text)
            else:
                numbers_read[place] = read_number(declared, place, text, numbers, currency)
        except InputErrors as refused:
            numbers_read[place] = None
            errors[place] = refused.errors[0]
    for name in calculator.quantities:
        _settle_parts(calculator, name, numbers_read, errors)
    for name in calculator.quantities:
        ends = (numbers_read.get(name + LOW), numbers_read.get(name + HIGH))
        if numbers_read[name] is None and ends != (None, None):
            errors.setdefault(name, InputError(name, NumberFault.MISSING.value))
    ranges = _ranges(calculator, numbers_read)
    for error in _misordered(ranges):
        errors.setdefault(error.field, error)
    _refuse(errors[place] for place in _places(calculator) if place in errors)
    values = {name: numbers_read[name] for name in calculator.quantities}
    inputs = calculator.inputs_type(**values, **choices)
    _refuse(calculator.rules(inputs))
    _refuse(_broken_at_an_end(calculator, {**values, **choices}, ranges))
    return Given(inputs, {name: each for name, each in ranges.items() if each.low < each.high})


def read_number(
    quantity: Quantity, place: str, text: str, numbers: NumberFormat, currency: str
) -> float | None:
    """Return the number that a text writes for a quantity; None for an empty text.

    place: the field it stands in. Raises InputErrors for what is no number or beyond the limits.
    """
    found = text.strip()
    if not found:
        return None
    try:
        if quantity.kind.is_fraction:
            value = parse_share(text, numbers)
        else:
            value = parse_number(text, numbers, currency if quantity.kind is Kind.MONEY else "")
    except NumberError as error:
        within = [each for each in error.suggestions if _is_within(quantity, each.value)]
        if within or not error.suggestions:
            meant = tuple(each.text for each in within)
            raise InputErrors([InputError(place, error.fault.value, found, meant)]) from error
        # Whatever was meant is beyond the limits.
        value = error.suggestions[0].value
    if value < quantity.minimum:
        raise InputErrors([InputError(place, BELOW_MINIMUM, found)])
    if value > quantity.maximum:
        raise InputErrors([InputError(place, ABOVE_MAXIMUM, found)])
    if quantity.is_whole and not value.is_integer():
        raise InputErrors([InputError(place, NOT_WHOLE, found)])
    return value + 0.0  # -0.0 becomes 0.0


def _is_within(quantity: Quantity, value: float) -> bool:
    return quantity.minimum <= value <= quantity.maximum


def refuse_totals_beside_parts(calculator: AnyCalculator, given: Iterable[str]) -> None:
    """Raise InputErrors where an author gives both a total and a part of it.

    A visitor may: the form says which of the two counts.
    """
    names = set(given)
    _refuse(
        InputError(total, TOTAL_AND_PARTS, other=name)
        for name in sorted(names & set(calculator.quantities))
        for total in calculator.quantities[name].part_of
        if total in names
    )


# Any: each calculator has its own Inputs.
def changed(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    changes: Mapping[str, float | str],
) -> Any:  # noqa: ANN401
    """Return the inputs with some changed; a total replaces its parts, and a part its total.

    What grows with a changed input grows along, unless it is itself among the changes. Raises
    InputErrors where what is left does not make a whole, as a rate without its hours.
    """
    numbers: dict[str, Any] = dict(inputs_of(calculator, inputs))
    for name in changes:
        quantity = calculator.quantities.get(name)
        replaced = (*parts_of(calculator, name), *(quantity.part_of if quantity else ()))
        numbers.update(dict.fromkeys(replaced))
    numbers.update({name: each for name, each in changes.items() if name in numbers})
    errors: dict[str, InputError] = {}
    for name in calculator.quantities:
        _settle_parts(calculator, name, numbers, errors)
    _refuse(errors.values())
    choices = {**choices_of(calculator, inputs), **changes}
    made = calculator.inputs_type(
        **{name: numbers[name] for name in calculator.quantities},
        **{name: choices[name] for name in calculator.choices},
    )
    along = grown_along(calculator, made, {each: vars(inputs).get(each) for each in changes})
    made = replace(made, **{name: each for name, each in along.items() if name not in changes})
    _refuse(calculator.rules(made))
    return made


# Any: each calculator has its own Inputs.
def grown_along(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    before: Mapping[str, Any],
) -> dict[str, float]:
    """Return the inputs that grow with those that were changed, as many times as these grew.

    inputs: with the changes made. before: what was changed, as it was. What was 0 before has no
    proportion.
    """
    return {
        name: getattr(inputs, name) * getattr(inputs, driver) / before[driver]
        for name, driver in calculator.growing(inputs).items()
        if before.get(driver)
    }


def _split_ranges(calculator: AnyCalculator, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts with each `80..100..130` as three; raise InputErrors for a bad shape."""
    split: dict[str, str] = {}
    errors = []
    for place, text in texts.items():
        quantity = calculator.quantities.get(place)
        if quantity is None or RANGE_MARK not in text:
            split.setdefault(place, text)
            continue
        parts = [part.strip() for part in text.split(RANGE_MARK)]
        if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - low, likely, high
            errors.append(InputError(place, RANGE_SHAPE, text.strip()))
        elif not quantity.may_range:
            errors.append(InputError(place, NO_RANGE, text.strip()))
        else:
            split[place + LOW], split[place], split[place + HIGH] = parts
    _refuse(errors)
    return split


def _settle_parts(
    calculator: AnyCalculator,
    name: str,
    values: dict[str, float | None],
    errors: dict[str, InputError],
) -> None:
    """Empty a total that its parts replace; note what is missing: an input, or a part's fellow.

    A share that a survey's counts replace is filled in from them instead.
    """
    quantity, parts = calculator.quantities[name], parts_of(calculator, name)
    if parts and any(values[part] is not None for part in parts):
        for place in (name, name + LOW, name + HIGH):
            values[place] = None
            errors.pop(place, None)
        if name in calculator.surveys:
            _fill_in(name, calculator.surveys[name], values, errors)
    elif values[name] is None and not (quantity.part_of or quantity.is_optional):
        errors.setdefault(name, InputError(name, NumberFault.MISSING.value))
    if values[name] is not None:
        for needed in quantity.needs:
            if values[needed] is None:
                errors.setdefault(needed, InputError(needed, MISSING_PART, other=name))


def _fill_in(
    name: str,
    survey: Survey,
    values: dict[str, float | None],
    errors: dict[str, InputError],
) -> None:
    """Put in the share that a survey's counts give, and its range; note counts that cannot be."""
    yes, answered, asked = (values[each] for each in (survey.yes, survey.answered, survey.asked))
    if answered is not None and asked is not None and answered > asked:
        error = InputError(survey.answered, ABOVE_OTHER, other=survey.asked, number=asked)
        errors.setdefault(survey.answered, error)
    if yes is None or answered is None:
        return
    if yes > answered:
        error = InputError(survey.yes, ABOVE_OTHER, other=survey.answered, number=answered)
        errors.setdefault(survey.yes, error)
        return
    values[name] = yes / answered
    values[name + LOW], values[name + HIGH] = wilson_interval(yes, answered)


def _ranges(calculator: AnyCalculator, values: Mapping[str, float | None]) -> dict[str, Range]:
    """Return the inputs of which an end is given; the other end is then the likely value."""
    found = {}
    for name in calculator.quantities:
        low, likely, high = (values.get(place) for place in (name + LOW, name, name + HIGH))
        if likely is not None and (low is not None or high is not None):
            found[name] = Range(
                likely if low is None else low, likely, likely if high is None else high
            )
    return found


def _misordered(ranges: Mapping[str, Range]) -> Iterator[InputError]:
    for name, each in ranges.items():
        if each.low > each.likely:
            yield InputError(name + LOW, RANGE_ORDER, number=each.likely)
        if each.high < each.likely:
            yield InputError(name + HIGH, RANGE_ORDER, number=each.likely)


def _broken_at_an_end(
    calculator: AnyCalculator, values: Mapping[str, object], ranges: Mapping[str, Range]
) -> Iterator[InputError]:
    """Yield the rules between inputs that an end of a range breaks, the others being likely."""
    for name, each in ranges.items():
        for end, value in ((LOW, each.low), (HIGH, each.high)):
            for error in calculator.rules(calculator.inputs_type(**{**values, name: value})):
                yield replace(error, field=name + end) if error.field == name else error


def _places(calculator: AnyCalculator) -> Iterator[str]:
    """Yield every field of the form, in order."""
    for name in calculator.fields:
        yield from (name, name + LOW, name + HIGH)


def _chosen(choice: Choice, name: str, text: str) -> str:
    option = text.strip()
    if option not in choice.options:
        raise InputErrors([InputError(name, UNKNOWN_CHOICE, option)])
    return option


def _refuse(errors: Iterable[InputError]) -> None:
    found = tuple(errors)
    if found:
        raise InputErrors(found)
