"""What a calculator is: its inputs and outputs, each with its kind, limits, formula and source.

One schema drives the form, the checks, the working, the command line, the JSON Schema and the
catalog's keys. No HTML lives here, and no words of our own calculators (they are in locales/, under
`<calculator>.<name>.label` and so on); a site's own calculator may bring its words along.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum
from functools import cached_property
from typing import (
    Annotated,
    Any,
    Final,
    Generic,
    NamedTuple,
    Protocol,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

from roi_calc.number_format import NumberError, NumberFault, NumberFormat

InputsT = TypeVar("InputsT")
OutputsT = TypeVar("OutputsT")


class Kind(Enum):
    """What a number measures, and so how it is read and written."""

    MONEY = "money"
    COUNT = "count"
    HOURS = "hours"
    MINUTES = "minutes"
    MONTHS = "months"
    SHARE = "share"  # a fraction, written as per cent
    MULTIPLE = "multiple"


class Nature(Enum):
    """What a result is worth: only cash can be spent, and the three are never added silently."""

    CASH = "cash"
    CAPACITY = "capacity"
    GOODWILL = "goodwill"


@dataclass(frozen=True)
class Quantity:
    """An input that is a number: what it measures and the limits it must keep, both included.

    symbol: the letter that stands for it in formulas. part_of: the inputs that it replaces together
    with its fellow parts; a part may be left empty. needs: the inputs without which this one says
    nothing. fold: the words (`<calculator>.<fold>.fold`) under which it is folded away with its
    neighbours. is_whole: fractions of it make no sense. may_range: whether a low and a high value
    may stand beside it. is_lever: whether the service can change it; what was
    measured in the past, or what things cost, is none. is_comparable: whether a published figure
    can stand in for it; one of two that were measured together cannot. label, unit, help: the
    words, where no catalog has them.
    """

    kind: Kind
    minimum: float = 0
    maximum: float = 1e9
    symbol: str = ""
    part_of: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    fold: str = ""
    is_whole: bool = False
    may_range: bool = True
    is_lever: bool = True
    is_comparable: bool = True
    label: str = ""
    unit: str = ""
    help: str = ""


@dataclass(frozen=True)
class Choice:
    """An input that is one of a few answers, each with its words under `choice.<option>`.

    fold: as in Quantity. label, help: the words, where no catalog has them.
    """

    options: tuple[str, ...]
    fold: str = ""
    label: str = ""
    help: str = ""


# The period that every input of a calculator is for; one choice for all of them, never mixed.
PERIOD: Final = Choice(("week", "month", "quarter", "year"), fold="period")


class FormulaOf(Protocol):
    """Chooses the formula that was used for these inputs; empty where nothing was computed."""

    def __call__(self, inputs: Any, /) -> str:  # noqa: ANN401 - each calculator has its own Inputs
        """Return the formula, with the names of inputs and outputs in braces."""


class NatureOf(Protocol):
    """Tells what a result is worth for these inputs."""

    def __call__(self, inputs: Any, /) -> Nature:  # noqa: ANN401 - as above
        """Return cash, capacity or goodwill."""


class LimitOf(Protocol):
    """Tells the largest value that a result can come true with for these inputs."""

    def __call__(self, inputs: Any, /) -> float:  # noqa: ANN401 - as above
        """Return the limit, included."""


class ReasonOf(Protocol):
    """Tells why a result is not defined for these inputs."""

    def __call__(self, inputs: Any, /) -> str:  # noqa: ANN401 - as above
        """Return the last part of the catalog's key, `<calculator>.<result>.undefined.<reason>`."""


@dataclass(frozen=True)
class Result:
    """An output: what it measures, the formula that gives it, and who says so (`source.<source>`).

    formula: `{requests} × {cost_per_request}`, with the names of inputs and outputs in braces.
    is_headline: one of the few numbers to show large. is_condition: a break-even, said in the
    sentence on what must be true. is_outcome: the one that must not be below 0 for it to pay;
    ranges and scenarios are about it. is_ceiling: a break-even that must not be exceeded, where
    others must be reached. attainable: the largest value that can come true; a share of
    1.25 is no condition but an impossibility. nature: whether it is cash, capacity or goodwill.
    reason: why it is not defined, where there is more than one why. label, undefined: the words,
    where no catalog has them.
    """

    kind: Kind
    formula: str | FormulaOf = ""
    source: str = ""
    is_headline: bool = False
    is_condition: bool = False
    is_outcome: bool = False
    is_ceiling: bool = False
    attainable: float | LimitOf | None = None
    nature: Nature | NatureOf | None = None
    reason: ReasonOf | None = None
    label: str = ""
    undefined: str = ""

    def formula_for(self, inputs: object) -> str:
        """Return the formula that was used for these inputs."""
        return self.formula if isinstance(self.formula, str) else self.formula(inputs)

    def can_come_true(self, value: float, inputs: object) -> bool:
        """Tell whether a break-even lies within what these inputs leave possible."""
        if self.attainable is None:
            return True
        limit = self.attainable(inputs) if callable(self.attainable) else self.attainable
        return value <= limit * (1 + 1e-12)

    def nature_for(self, inputs: object) -> Nature | None:
        """Return what the result is worth for these inputs; None where the question is idle."""
        if self.nature is None or isinstance(self.nature, Nature):
            return self.nature
        return self.nature(inputs)


@dataclass(frozen=True)
class Scenario:
    """The same calculation with some inputs changed.

    name: the author's own; empty for one that the catalog names, under key. changes: the inputs
    that differ, by name.
    """

    changes: Mapping[str, float | str]
    name: str = ""
    key: str = ""


@dataclass(frozen=True)
class Schedule:
    """Figures over time: one row a month, in the order of `columns`; all are money.

    columns: the names of the figures (`<calculator>.<column>.label`). pictured: the one to draw.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    pictured: str


def _nothing(*_: object) -> tuple[()]:
    return ()


@dataclass(frozen=True)
class Calculator(Generic[InputsT, OutputsT]):
    """A named function from a frozen dataclass of inputs to a frozen dataclass of outputs.

    sentence: the catalog's key for the answer in one sentence, chosen by inputs and outcome; None
    for a plain list of the headlines. assumptions: the keys for what the answer takes for granted,
    chosen by the inputs. pictured: the outputs of the picture in order; a sign before a name marks
    a step down (`-investment`) or up, the others stand on the ground. counted: the input whose
    number decides the plural forms of the sentence. outcome_of: the outcome alone and fast, where
    computing everything would be too slow for thousands of draws. rules: what inputs must keep
    together. scenarios: those to show where the author names none. schedule: the figures by month.
    related: the calculators that serve an input, by its name. words: a site's own, by language
    (`""` for the language of the code) and then by key.
    """

    name: str
    compute: Callable[[InputsT], OutputsT]
    sentence: Callable[[InputsT, OutputsT], str] | None = None
    assumptions: Callable[[InputsT], tuple[str, ...]] = _nothing
    pictured: tuple[str, ...] = ()
    counted: str = ""
    outcome_of: Callable[[InputsT], float] | None = None
    rules: Callable[[InputsT], Iterable["InputError"]] = _nothing
    scenarios: Callable[[InputsT], Iterable[Scenario]] = _nothing
    schedule: Callable[[InputsT], Schedule] | None = None
    related: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def inputs_type(self) -> type[InputsT]:
        """The dataclass that `compute` takes."""
        hints = get_type_hints(self.compute)
        inputs_type: type[InputsT] = next(hint for name, hint in hints.items() if name != "return")
        return inputs_type

    @cached_property
    def fields(self) -> Mapping[str, Quantity | Choice]:
        """The inputs by name, numbers and choices, in the order of the form."""
        return _annotations(self.inputs_type, (Quantity, Choice))

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """The inputs that are numbers, in the order of the form."""
        return {name: each for name, each in self.fields.items() if isinstance(each, Quantity)}

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """The inputs that are one of a few answers, in the order of the form."""
        return {name: each for name, each in self.fields.items() if isinstance(each, Choice)}

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """The outputs by name, in the order of the table."""
        return _annotations(get_type_hints(self.compute)["return"], (Result,))

    @cached_property
    def outcome(self) -> str:
        """The output that must not be below 0 for it to pay; empty where nothing can pay."""
        return next((name for name, each in self.results.items() if each.is_outcome), "")

    @cached_property
    def defaults(self) -> Mapping[str, float | str | None]:
        """The value of each input where none is given; None for a part."""
        # Any: a field's default has no static type
        declared: list[Any] = list(fields(self.inputs_type))  # type: ignore[arg-type]
        return {each.name: None if each.default is MISSING else each.default for each in declared}

    def outcome_for(self, inputs: InputsT) -> float | None:
        """Return the outcome alone; None where it is not defined. Only where there is one."""
        if self.outcome_of is not None:
            return self.outcome_of(inputs)
        outcome: float | None = getattr(self.compute(inputs), self.outcome)
        return _finite(outcome)


# Any: the table of calculators holds functions of different inputs.
AnyCalculator = Calculator[Any, Any]
Values = Mapping[str, float | None]


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


# Behind an input's name: the lowest and the highest value it may have.
LOW: Final = ".low"
HIGH: Final = ".high"
RANGE_MARK: Final = ".."

MISSING_PART: Final = "missing_part"
BELOW_MINIMUM: Final = "below_minimum"
ABOVE_MAXIMUM: Final = "above_maximum"
ABOVE_LIMIT: Final = "above_limit"
NOT_WHOLE: Final = "not_whole"
TOTAL_AND_PARTS: Final = "total_and_parts"
UNKNOWN_CHOICE: Final = "unknown_choice"
NO_RANGE: Final = "no_range"
RANGE_SHAPE: Final = "range_shape"
RANGE_ORDER: Final = "range_order"
SHARES_SUM: Final = "shares_sum"


@dataclass(frozen=True)
class InputError:
    """One input that cannot be used: which, why (the catalog's key), and what was found.

    field: the input's name, with LOW or HIGH behind it for an end of its range. suggestion: how to
    write what was probably meant. other: a second input it is about. number: a figure to name, of
    the input's kind.
    """

    field: str
    reason: str
    found: str = ""
    suggestion: str = ""
    other: str = ""
    number: float | None = None

    @property
    def name(self) -> str:
        """The input it is about, without the end of its range."""
        return input_name(self.field)


class InputErrors(ValueError):  # noqa: N818 - it carries several
    """The inputs that cannot be used, in the order of the form; never empty."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{each.field}: {each.reason}" for each in self.errors))


def input_name(field_name: str) -> str:
    """Return the input that a field of the form belongs to: `requests.low` to `requests`."""
    return field_name.removesuffix(LOW).removesuffix(HIGH)


def read_inputs(
    calculator: AnyCalculator, texts: Mapping[str, str], numbers: NumberFormat, currency: str
) -> Given:
    """Return the calculator's inputs from texts by input name; defaults fill what is not named.

    The texts are read as `numbers` writes them; an empty text is an input left empty, which only a
    part may be, or a total that its parts replace, which is then None. `80..100..130` is a range,
    low to likely to high; its ends may also stand under `<name>.low` and `<name>.high`. Names must
    be the calculator's. Raises InputErrors with everything that cannot be used, in the order of the
    form.
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
        if quantity.kind is Kind.SHARE:
            value = numbers.read_share(text)
        else:
            value = numbers.read(text, currency if quantity.kind is Kind.MONEY else "")
    except NumberError as error:
        refused = InputError(place, error.fault.value, found, error.suggestion)
        raise InputErrors([refused]) from error
    if value < quantity.minimum:
        raise InputErrors([InputError(place, BELOW_MINIMUM, found)])
    if value > quantity.maximum:
        raise InputErrors([InputError(place, ABOVE_MAXIMUM, found)])
    if quantity.is_whole and not value.is_integer():
        raise InputErrors([InputError(place, NOT_WHOLE, found)])
    return value + 0.0  # -0.0 becomes 0.0


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


def refuse_shares_that_do_not_sum(
    shares: Mapping[str, float | None],
) -> Iterator[InputError]:
    """Yield the error of shares that are given and do not add up to 1, at the last of them."""
    given = {name: share for name, share in shares.items() if share is not None}
    total = math.fsum(given.values())
    if given and not math.isclose(total, 1, abs_tol=1e-9):
        yield InputError(list(given)[-1], SHARES_SUM, number=total)


def parts_of(calculator: AnyCalculator, name: str) -> tuple[str, ...]:
    """Return the inputs that this one is made of, where they are given."""
    return tuple(
        part for part, quantity in calculator.quantities.items() if name in quantity.part_of
    )


# Any: each calculator has its own Inputs.
def changed(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    changes: Mapping[str, float | str],
) -> Any:  # noqa: ANN401
    """Return the inputs with some changed; a total replaces its parts, and a part its total.

    Raises InputErrors where what is left does not make a whole, as a rate without its hours.
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
    _refuse(calculator.rules(made))
    return made


def outputs_of(calculator: AnyCalculator, outputs: object) -> Values:
    """Return the outputs by name; None for one that is not defined, or not a finite number."""
    return {name: _finite(getattr(outputs, name)) for name in calculator.results}


def inputs_of(calculator: AnyCalculator, inputs: object) -> Values:
    """Return the inputs that are numbers, by name; None for a part that is not given."""
    return {name: getattr(inputs, name) for name in calculator.quantities}


def choices_of(calculator: AnyCalculator, inputs: object) -> Mapping[str, str]:
    """Return the inputs that are choices, by name."""
    return {name: getattr(inputs, name) for name in calculator.choices}


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
        elif not (quantity.may_range and calculator.outcome):
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
    """Empty a total that its parts replace; note what is missing: an input, or a part's fellow."""
    quantity = calculator.quantities[name]
    if any(values[part] is not None for part in parts_of(calculator, name)):
        for place in (name, name + LOW, name + HIGH):
            values[place] = None
            errors.pop(place, None)
    elif values[name] is None and not quantity.part_of:
        errors.setdefault(name, InputError(name, NumberFault.MISSING.value))
    if values[name] is not None:
        for needed in quantity.needs:
            if values[needed] is None:
                errors.setdefault(needed, InputError(needed, MISSING_PART, other=name))


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


def _places(calculator: AnyCalculator) -> Iterator[str]:
    """Yield every field of the form, in order."""
    for name in calculator.fields:
        yield from (name, name + LOW, name + HIGH)


def _chosen(choice: Choice, name: str, text: str) -> str:
    option = text.strip()
    if option not in choice.options:
        raise InputErrors([InputError(name, UNKNOWN_CHOICE, option)])
    return option


def _finite(value: float | None) -> float | None:
    """Return a number without a sign on 0; None for what a page cannot say."""
    return value + 0 if value is not None and math.isfinite(value) else None


def _refuse(errors: Iterable[InputError]) -> None:
    found = tuple(errors)
    if found:
        raise InputErrors(found)


AnnotationT = TypeVar("AnnotationT")


def _annotations(
    declared: type[object], kinds: tuple[type[AnnotationT], ...]
) -> Mapping[str, AnnotationT]:
    """Return the annotation of one of the kinds in each field's `Annotated[...]`, by its name."""
    found: dict[str, AnnotationT] = {}
    for name, hint in get_type_hints(declared, include_extras=True).items():
        if get_origin(hint) is Annotated:
            for each in get_args(hint):
                if isinstance(each, kinds):
                    found[name] = each
    return found
