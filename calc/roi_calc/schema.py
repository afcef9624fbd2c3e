"""What a calculator is: its inputs and outputs, each with its kind, limits, formula and source.

One schema drives the form, the checks, the working, the command line and the catalog's keys. No
words live here (they are in locales/, under `<calculator>.<name>.label` and so on) and no HTML.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from functools import cached_property
from typing import (
    Annotated,
    Any,
    Final,
    Generic,
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
    SHARE = "share"  # a fraction, written as per cent
    MULTIPLE = "multiple"


@dataclass(frozen=True)
class Quantity:
    """An input: what it measures and the limits it must keep, both included.

    symbol: the letter that stands for it in formulas. part_of: the input whose total this is one
    part of; such an input may be left empty. needs: the part without which this one says nothing.
    fold: the words (`<calculator>.<fold>.fold`) under which it is folded away with its neighbours.
    """

    kind: Kind
    minimum: float = 0
    maximum: float = 1e9
    symbol: str = ""
    part_of: str = ""
    needs: str = ""
    fold: str = ""


class FormulaOf(Protocol):
    """Chooses the formula that was used for these inputs; empty where nothing was computed."""

    def __call__(self, inputs: Any, /) -> str:  # noqa: ANN401 - each calculator has its own Inputs
        """Return the formula, with the names of inputs and outputs in braces."""


@dataclass(frozen=True)
class Result:
    """An output: what it measures, the formula that gives it, and who says so (`source.<source>`).

    formula: `{requests} × {cost_per_request}`, with the names of inputs and outputs in braces.
    is_headline: one of the few numbers to show large. is_condition: a break-even, said in the
    sentence on what must be true. attainable: the largest value that can come true; a share of
    1.25 is no condition but an impossibility.
    """

    kind: Kind
    formula: str | FormulaOf
    source: str
    is_headline: bool = False
    is_condition: bool = False
    attainable: float | None = None

    def formula_for(self, inputs: object) -> str:
        """Return the formula that was used for these inputs."""
        return self.formula if isinstance(self.formula, str) else self.formula(inputs)


@dataclass(frozen=True)
class Calculator(Generic[InputsT, OutputsT]):
    """A named function from a frozen dataclass of inputs to a frozen dataclass of outputs.

    sentence: the catalog's key for the answer in one sentence, chosen by the outcome.
    assumption: the key for what the answer takes for granted, chosen by the inputs.
    pictured: the outputs of the picture, in the order total, deduction, remainder.
    counted: the input whose number decides the plural forms of the sentence.
    """

    name: str
    compute: Callable[[InputsT], OutputsT]
    sentence: Callable[[OutputsT], str]
    assumption: Callable[[InputsT], str]
    pictured: tuple[str, str, str]
    counted: str

    @cached_property
    def inputs_type(self) -> type[InputsT]:
        """The dataclass that `compute` takes."""
        hints = get_type_hints(self.compute)
        inputs_type: type[InputsT] = next(hint for name, hint in hints.items() if name != "return")
        return inputs_type

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """The inputs by name, in the order of the form."""
        return _annotations(self.inputs_type, Quantity)

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """The outputs by name, in the order of the table."""
        return _annotations(get_type_hints(self.compute)["return"], Result)

    @cached_property
    def defaults(self) -> Mapping[str, float | None]:
        """The value of each input where none is given; None for a part."""
        # Any: a field's default has no static type
        declared: list[Any] = list(fields(self.inputs_type))  # type: ignore[arg-type]
        return {
            field.name: None if field.default is MISSING else field.default for field in declared
        }


# Any: the table of calculators holds functions of different inputs.
AnyCalculator = Calculator[Any, Any]
Values = Mapping[str, float | None]

MISSING_PART: Final = "missing_part"
BELOW_MINIMUM: Final = "below_minimum"
ABOVE_MAXIMUM: Final = "above_maximum"
TOTAL_AND_PARTS: Final = "total_and_parts"


@dataclass(frozen=True)
class InputError:
    """One input that cannot be used: which, why (the catalog's key), and what was found.

    suggestion: how to write what was probably meant. other: a second input it is about.
    """

    field: str
    reason: str
    found: str = ""
    suggestion: str = ""
    other: str = ""


class InputErrors(ValueError):  # noqa: N818 - it carries several
    """The inputs that cannot be used, in the order of the form; never empty."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{each.field}: {each.reason}" for each in self.errors))


# Any: each calculator has its own Inputs.
def read_inputs(
    calculator: AnyCalculator, texts: Mapping[str, str], numbers: NumberFormat, currency: str
) -> Any:  # noqa: ANN401
    """Return the calculator's inputs from texts by input name; defaults fill what is not named.

    The texts are read as `numbers` writes them; an empty text is an input left empty, which only a
    part may be, or a total that its parts replace, which is then None. Names must be the
    calculator's. Raises InputErrors with everything that cannot be used, in the order of the form.
    """
    values = dict(calculator.defaults)
    errors: dict[str, InputError] = {}
    for name, text in texts.items():
        try:
            values[name] = _read(calculator.quantities[name], name, text, numbers, currency)
        except InputErrors as refused:
            values[name] = None
            errors[name] = refused.errors[0]
    for name, quantity in calculator.quantities.items():
        is_replaced = any(values[part] is not None for part in parts_of(calculator, name))
        if is_replaced:
            errors.pop(name, None)
            values[name] = None
        elif values[name] is None and not quantity.part_of:
            errors.setdefault(name, InputError(name, NumberFault.MISSING.value))
        if values[name] is not None and quantity.needs and values[quantity.needs] is None:
            needed = InputError(quantity.needs, MISSING_PART, other=name)
            errors.setdefault(quantity.needs, needed)
    _refuse(errors[name] for name in calculator.quantities if name in errors)
    return calculator.inputs_type(**values)


def refuse_totals_beside_parts(calculator: AnyCalculator, given: Iterable[str]) -> None:
    """Raise InputErrors where an author gives both a total and a part of it.

    A visitor may: the form says which of the two counts.
    """
    names = set(given)
    parts = {name: calculator.quantities[name].part_of for name in names}
    _refuse(
        InputError(total, TOTAL_AND_PARTS, other=name)
        for name, total in sorted(parts.items())
        if total in names
    )


def parts_of(calculator: AnyCalculator, name: str) -> tuple[str, ...]:
    """Return the inputs that add up to this one."""
    return tuple(
        part for part, quantity in calculator.quantities.items() if quantity.part_of == name
    )


def outputs_of(calculator: AnyCalculator, outputs: object) -> Values:
    """Return the outputs by name; None for one that is not defined."""
    return {name: getattr(outputs, name) for name in calculator.results}


def inputs_of(calculator: AnyCalculator, inputs: object) -> Values:
    """Return the inputs by name; None for a part that is not given."""
    return {name: getattr(inputs, name) for name in calculator.quantities}


def _read(
    quantity: Quantity, name: str, text: str, numbers: NumberFormat, currency: str
) -> float | None:
    """Return the number a text writes, None for an empty text; raise InputErrors for a bad one."""
    found = text.strip()
    if not found:
        return None
    try:
        if quantity.kind is Kind.SHARE:
            value = numbers.read_share(text)
        else:
            value = numbers.read(text, currency if quantity.kind is Kind.MONEY else "")
    except NumberError as error:
        raise InputErrors([InputError(name, error.fault.value, found, error.suggestion)]) from error
    if value < quantity.minimum:
        raise InputErrors([InputError(name, BELOW_MINIMUM, found)])
    if value > quantity.maximum:
        raise InputErrors([InputError(name, ABOVE_MAXIMUM, found)])
    return value + 0.0  # -0.0 becomes 0.0


def _refuse(errors: Iterable[InputError]) -> None:
    found = tuple(errors)
    if found:
        raise InputErrors(found)


AnnotationT = TypeVar("AnnotationT", Quantity, Result)


def _annotations(
    declared: type[object], annotation: type[AnnotationT]
) -> Mapping[str, AnnotationT]:
    """Return the `annotation` in each field's `Annotated[...]`, by the field's name."""
    found: dict[str, AnnotationT] = {}
    for name, hint in get_type_hints(declared, include_extras=True).items():
        if get_origin(hint) is Annotated:
            found[name] = next(each for each in get_args(hint) if isinstance(each, annotation))
    return found
