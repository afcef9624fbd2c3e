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

from roi_calc.formulas.order import in_order
from roi_calc.formulas.reading import formula
from roi_calc.formulas.shortening import FormulasInUse
from roi_calc.formulas.tree import Node

InputsT = TypeVar("InputsT")
OutputsT = TypeVar("OutputsT")


class Kind(Enum):
    """What a number measures, and so how it is read and written."""

    MONEY = "money"
    COUNT = "count"
    HOURS = "hours"
    POSTS = "posts"  # of full-time work
    MINUTES = "minutes"
    MONTHS = "months"
    SHARE = "share"  # a fraction, written as percent
    POINTS = "points"  # the difference of two shares, a fraction written in percentage points
    MULTIPLE = "multiple"

    @property
    def is_fraction(self) -> bool:
        """Whether it is a fraction here that people read and type times a hundred."""
        return self in {Kind.SHARE, Kind.POINTS}


class Nature(Enum):
    """What a result is worth: only cash can be spent, and the three are never added silently."""

    CASH = "cash"
    CAPACITY = "capacity"
    GOODWILL = "goodwill"


# Where an input's author gives none: a share ends at all of it.
NO_MAXIMUM: Final = math.inf
_LARGEST: Final = 1e9
_LARGEST_SHARE: Final = 1
# More of them are a form and no question.
_MOST_LEADING: Final = 4


@dataclass(frozen=True)
class Quantity:
    """An input that is a number: what it measures and the limits it must keep, both included.

    maximum: where none is given, a share ends at 1, and anything else at 1e9.
    symbol: the letter that stands for it in formulas. part_of: the inputs that it replaces together
    with its fellow parts; a part may be left empty. is_optional: whether it may be left empty
    though it is no part; it is then None. needs: the inputs without which this one says
    nothing. fold: the words (`<calculator>.<fold>.fold`) under which it is folded away with its
    neighbors. is_whole: fractions of it make no sense. may_range: whether a low and a high value
    may stand beside it. is_lever: whether the service can change it; what was
    measured in the past, or what things cost, is none. is_comparable: whether a published figure
    can stand in for it; one of two that were measured together cannot. is_shared: whether it means
    the same in every calculator that has an input of its name. label, unit, help: the words, where
    no catalog has them.
    """

    kind: Kind
    minimum: float = 0
    maximum: float = NO_MAXIMUM
    symbol: str = ""
    part_of: tuple[str, ...] = ()
    is_optional: bool = False
    needs: tuple[str, ...] = ()
    fold: str = ""
    is_whole: bool = False
    may_range: bool = True
    is_lever: bool = True
    is_comparable: bool = True
    is_shared: bool = False
    label: str = ""
    unit: str = ""
    help: str = ""

    def __post_init__(self) -> None:
        """Fill in the maximum."""
        if self.maximum == NO_MAXIMUM:
            largest = _LARGEST_SHARE if self.kind.is_fraction else _LARGEST
            object.__setattr__(self, "maximum", largest)  # the way of a frozen dataclass


@dataclass(frozen=True)
class Choice:
    """An input that is one of a few answers, each with its words under `<name>.<option>`.

    fold: as in Quantity. about: the input that it says more of; it stands under the same fold.
    label, help: the words, where no catalog has them.
    """

    options: tuple[str, ...]
    fold: str = ""
    label: str = ""
    help: str = ""
    about: str = ""


# The period that every input of a calculator is for; one choice for all of them, never mixed. An
# input of this name is this choice, and its words are the same everywhere (`choice.period`).
PERIOD_INPUT: Final = "period"
PERIOD: Final = Choice(("week", "month", "quarter", "year"), fold=PERIOD_INPUT)


# Before the name of an input: the value of it at which the outcome is 0, found from the formulas.
BREAK_EVEN: Final = "break_even_"
# Why there is none: at every value that the input can have it pays, or at none.
ALWAYS: Final = "0"
NEVER: Final = "1"
# The command line's own options, and what every form has.
RESERVED_NAMES: Final = frozenset(
    {"calculator", "command", "currency", "format", "help", "language", "xlsx"}
)


class NatureOf(Protocol):
    """Tells what a result is worth for these inputs."""

    def __call__(self, inputs: Any, /) -> Nature | None:  # noqa: ANN401 - each calculator has its own
        """Return cash, capacity or goodwill; None for a mixture of them."""


class LimitOf(Protocol):
    """Tells the largest value that a result can come true with for these inputs."""

    def __call__(self, inputs: Any, /) -> float:  # noqa: ANN401 - as above
        """Return the limit, included."""


class ReasonOf(Protocol):
    """Tells why a result is not defined for these inputs."""

    def __call__(self, inputs: Any, /) -> str:  # noqa: ANN401 - as above
        """Return the last part of the catalog's key, `<calculator>.<result>.undefined.<reason>`."""


class LeftOut(Protocol):
    """Tells whether a result has no place in the answer: it is of what was not given."""

    def __call__(self, inputs: Any, /) -> bool:  # noqa: ANN401 - as above
        """Return whether nothing is said of it."""


@dataclass(frozen=True)
class Result:
    """An output: what it measures, the formula that gives it, and who says so (`source.<source>`).

    formula: `{requests} × {cost_per_request}`, as formulas/ reads it, with the names of inputs and
    outputs: the general one, for whatever inputs; empty where no formula gives it, as a sum over
    months.
    is_headline: one of the few numbers to show large. is_condition: a break-even, said in the
    sentence on what must be true. is_outcome: the one that must not be below 0 for it to pay;
    ranges and scenarios are about it, or else about the first headline. is_ceiling: a break-even
    that must not be exceeded, where others must be reached. attainable: the largest value that can
    come true; a share of 1.25 is no condition but an impossibility. is_rate: money for one of
    something, such as an hour, which keeps its cents. is_return: a share that says what came of
    what was spent; it is rounded more, and a large one is told as so many times. nature: whether
    it is cash, capacity or goodwill. reason: why it is not defined, where there is more than one
    why. left_out: whether nothing is said of it for these inputs. shown_up_to: the largest value
    that is written; beyond it a reader is told that it is more, since its digits would say nothing.
    label, undefined: the words, where no catalog has them.
    """

    kind: Kind
    formula: str = ""
    source: str = ""
    is_headline: bool = False
    is_condition: bool = False
    is_outcome: bool = False
    is_ceiling: bool = False
    is_rate: bool = False
    is_return: bool = False
    attainable: float | LimitOf | None = None
    nature: Nature | NatureOf | None = None
    reason: ReasonOf | None = None
    left_out: LeftOut | None = None
    shown_up_to: float | None = None
    label: str = ""
    undefined: str = ""

    def can_come_true(self, value: float, inputs: object) -> bool:
        """Tell whether a break-even lies within what these inputs leave possible."""
        if self.attainable is None:
            return True
        limit = self.attainable(inputs) if callable(self.attainable) else self.attainable
        return value <= limit * (1 + 1e-12)

    def nature_for(self, inputs: object) -> Nature | None:
        """Return what the result is worth for these inputs; None for a mixture."""
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
    note: the words on how the figures come about (`<calculator>.<note>`).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    pictured: str
    note: str = ""

    @property
    def course(self) -> tuple[float, ...]:
        """The figure to draw, month by month."""
        column = self.columns.index(self.pictured)
        return tuple(row[column] for row in self.rows)


class ResultOf(NamedTuple):
    """A figure of another calculator: a result, or an input where no result has its name.

    `ResultOf("loaded-rate", "loaded_rate")`
    """

    calculator: str
    result: str


@dataclass(frozen=True)
class Survey:
    """The parts that stand for a share by counts: so many answered, and so many of them said yes.

    yes, answered, asked: the inputs that hold the counts, whole numbers; asked may be empty.
    break_even: the output that the share must reach for it to pay.
    """

    yes: str
    answered: str
    asked: str
    break_even: str


@dataclass(frozen=True)
class Doubt:
    """What decides whether it pays, and the input that a reader who doubts it will want to change.

    break_even: the output that says what must be reached. opens: that input. is_its_value: whether
    it is the value of that input that must be reached, and not of anything else.
    """

    break_even: str
    opens: str
    is_its_value: bool = False


@dataclass(frozen=True)
class FromExport:
    """The inputs that can be counted from what a service tool exports, a row for each conversation.

    requests: how many were resolved in a month. repeats: the share of them that turned to another
    channel all the same, which a second file of calls gives.
    """

    requests: str
    repeats: str


def _nothing(*_: object) -> tuple[()]:
    return ()


def _nothing_grows(_: object) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, eq=False)
class Calculator(Generic[InputsT, OutputsT]):
    """A named function from a frozen dataclass of inputs to a frozen dataclass of outputs.

    One is equal to itself alone, so that what is kept for it can be found by it.

    sentence: the catalog's key for the answer in one sentence, chosen by inputs and outcome; None
    for a plain list of the headlines. headline: the key for what the subject is made of, chosen in
    the same way; None for the other headlines beside it. assumptions: the keys for what the answer
    takes for granted, chosen by the inputs. worth: the keys for what the answer is worth in cash
    and time; None where that is no question. warnings: the keys for what makes the answer doubtful.
    pictured: the outputs of the picture in order; a sign before a name marks a step down
    (`-investment`) or up, the others stand on the ground. counted: the input whose number decides
    the plural forms of the sentence. outcome_of: the subject alone and fast, where computing
    everything would be too slow for thousands of draws. rules: what inputs must keep together.
    growing: the inputs that grow in proportion to another one for these inputs, each with that
    other one. scenarios: those to show where the author names none. schedule: the figures by month.
    related: what works an input out, by its name. leads_with: the inputs that decide most, at most
    four, in sight before anything else; where there are none, the first of those that are not
    folded away. doubt: what decides whether it pays. costs: the parts of one total that are what a
    goal costs, by name, with the inputs that this goal brings. objections: what a boss will ask
    (`link.question.<key>`), each with the inputs that answer it. surveys: the shares that may be
    given by counts, by name; `compute` finds the share filled in. from_export: what can be counted
    from a file. period: the one that its amounts
    are for, where the reader has none to choose. words: a site's own, by language (`""` for the
    language of the code) and then by key.
    """

    name: str
    compute: Callable[[InputsT], OutputsT]
    sentence: Callable[[InputsT, OutputsT], str] | None = None
    headline: Callable[[InputsT, OutputsT], str] | None = None
    assumptions: Callable[[InputsT], tuple[str, ...]] = _nothing
    worth: Callable[[InputsT, OutputsT], tuple[str, ...]] | None = None
    warnings: Callable[[InputsT, OutputsT], tuple[str, ...]] = _nothing
    pictured: tuple[str, ...] = ()
    counted: str = ""
    outcome_of: Callable[[InputsT], float | None] | None = None
    rules: Callable[[InputsT], Iterable["InputError"]] = _nothing
    growing: Callable[[InputsT], Mapping[str, str]] = _nothing_grows
    scenarios: Callable[[InputsT], Iterable[Scenario]] = _nothing
    schedule: Callable[[InputsT], Schedule] | None = None
    period: str = ""
    related: Mapping[str, ResultOf] = field(default_factory=dict)
    costs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    from_export: FromExport | None = None
    objections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leads_with: tuple[str, ...] = ()
    doubt: Doubt | None = None
    definition: str = ""

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
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The inputs that are made of others, where these are given, each with those."""
        made = {name for each in self.quantities.values() for name in each.part_of}
        return {
            name: tuple(part for part, each in self.quantities.items() if name in each.part_of)
            for name in made
        }

    @cached_property
    def leading(self) -> tuple[str, ...]:
        """The inputs in sight before anything else, in the order of the form."""
        in_sight = [
            name
            for name, each in self.quantities.items()
            if not (each.fold or each.part_of or each.is_optional)
        ]
        most = _MOST_LEADING if len(in_sight) <= _MOST_LEADING else _MOST_LEADING - 1
        return self.leads_with or tuple(in_sight[:most])

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """The outputs by name, in the order of the table."""
        return _annotations(get_type_hints(self.compute)["return"], (Result,))

    @cached_property
    def formulas(self) -> Mapping[str, Node]:
        """The formula of each output that has one, each behind those of the outputs it takes.

        Raises FormulaError for a text that is none, and for outputs that take each other.
        """
        texts = {name: result.formula for name, result in self.results.items() if result.formula}
        return in_order({name: formula(text) for name, text in texts.items()})

    @cached_property
    def formulas_in_use(self) -> FormulasInUse:
        """The same as they are used for some inputs."""
        return FormulasInUse(self.formulas)

    @cached_property
    def outcome(self) -> str:
        """The output that must not be below 0 for it to pay; empty where nothing can pay."""
        return next((name for name, each in self.results.items() if each.is_outcome), "")

    @cached_property
    def defaults(self) -> Mapping[str, float | str | None]:
        """The value of each input where none is given; None for a part and what is left empty."""
        # Any: a field's default has no static type
        declared: list[Any] = list(fields(self.inputs_type))  # type: ignore[arg-type]
        return {each.name: None if each.default is MISSING else each.default for each in declared}

    @cached_property
    def examples(self) -> frozenset[str]:
        """The inputs whose default is an example and no more: a number but 0 (none) and 1 (all)."""
        defaults = ((name, self.defaults[name]) for name in self.quantities)
        return frozenset(name for name, default in defaults if default not in {None, 0, 1})

    @cached_property
    def subject(self) -> str:
        """The output that ranges and scenarios are about: the outcome, else the first headline."""
        headlines = (name for name, each in self.results.items() if each.is_headline)
        return self.outcome or next(headlines, next(iter(self.results)))

    def outcome_for(self, inputs: InputsT) -> float | None:
        """Return the subject alone; None where it is not defined."""
        if self.outcome_of is not None:
            return _finite(self.outcome_of(inputs))
        outcome: float | None = getattr(self.compute(inputs), self.subject)
        return _finite(outcome)


# Any: the table of calculators holds functions of different inputs.
AnyCalculator = Calculator[Any, Any]
Values = Mapping[str, float | None]


# Behind an input's name: the lowest and the highest value it may have.
LOW: Final = ".low"
HIGH: Final = ".high"

ABOVE_LIMIT: Final = "above_limit"
ABOVE_OTHER: Final = "above_other"
MISSING_PART: Final = "missing_part"
SHARES_SUM: Final = "shares_sum"


@dataclass(frozen=True)
class InputError:
    """One input that cannot be used: which, why (the catalog's key), and what was found.

    field: the input's name, with LOW or HIGH behind it for an end of its range. suggestions: what
    could have been meant, as it would be read, the likeliest first. other: a second input it is
    about. number: a figure to name, of the input's kind.
    """

    field: str
    reason: str
    found: str = ""
    suggestions: tuple[str, ...] = ()
    other: str = ""
    number: float | None = None

    @property
    def name(self) -> str:
        """The input it is about, without the end of its range."""
        return input_name(self.field)


def input_name(field_name: str) -> str:
    """Return the input that a field of the form belongs to: `requests.low` to `requests`."""
    return field_name.removesuffix(LOW).removesuffix(HIGH)


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
    return calculator.parts.get(name, ())


def outputs_of(calculator: AnyCalculator, outputs: object) -> Values:
    """Return the outputs by name; None for one that is not defined, or not a finite number."""
    return {name: _finite(getattr(outputs, name)) for name in calculator.results}


def inputs_of(calculator: AnyCalculator, inputs: object) -> Values:
    """Return the inputs that are numbers, by name; None for one that is not given."""
    return {name: getattr(inputs, name) for name in calculator.quantities}


def entered_of(calculator: AnyCalculator, inputs: object) -> Values:
    """Return the same as they were given: None also for a share that a survey stands for."""
    return {
        name: None if _has_parts(calculator, inputs, name) else value
        for name, value in inputs_of(calculator, inputs).items()
    }


def _has_parts(calculator: AnyCalculator, inputs: object, name: str) -> bool:
    """Tell whether any of the inputs that replace this one is given."""
    return any(getattr(inputs, part) is not None for part in parts_of(calculator, name))


def given_of(calculator: AnyCalculator, inputs: object) -> Mapping[str, float | str | None]:
    """Return every input by name, numbers and choices; None for one that is not given."""
    return {name: getattr(inputs, name) for name in calculator.fields}


def choices_of(calculator: AnyCalculator, inputs: object) -> Mapping[str, str]:
    """Return the inputs that are choices, by name."""
    return {name: getattr(inputs, name) for name in calculator.choices}


def _finite(value: float | None) -> float | None:
    """Return a number without a sign on 0; None for what a page cannot say."""
    return value + 0 if value is not None and math.isfinite(value) else None


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
