"""What somebody else's link says beside the example or a reader's own numbers; no HTML here.

Input by input: both values, and what the link's alone does to the outcome. Then what a boss will
ask, and with which inputs the link answers it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from roi_calc.answering.answer import Answer
from roi_calc.language.language import Language
from roi_calc.schema import AnyCalculator, Choice, Kind

# Asked of every calculator whose inputs can have a range.
_RANGE: Final = "range"


@dataclass(frozen=True)
class Row:
    """One input, with the parts that stand for it: its values, a line each, and its effect.

    alone: what the outcome becomes greater by where only this is as in the link; empty where the
    two are not of one period and currency.
    """

    label: str
    base: tuple[str, ...]
    theirs: tuple[str, ...]
    alone: str


@dataclass(frozen=True)
class Question:
    """What a boss will ask, and the inputs with which the link answers; empty for no answer."""

    asked: str
    answered: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """A link's numbers beside others: is_own says that these are the reader's own.

    outcome: what it comes to, with all changes together. said: why effects are left out.
    """

    language: Language
    is_own: bool
    headline: str
    rows: tuple[Row, ...]
    outcome: Row
    said: str
    questions: tuple[Question, ...]


def beside(base: Answer, theirs: Answer, *, is_own: bool) -> Beside:
    """Return what a link says beside other numbers of the same calculator.

    base: the example, or what the reader had entered.
    """
    said = _why_not_subtracted(base, theirs)
    subject = theirs.calculator.subject
    effect: Callable[[float | None], str] = (
        (lambda _: "") if said else (lambda value: _effect(base, theirs, value))
    )
    return Beside(
        language=theirs.language,
        is_own=is_own,
        headline=theirs.words(f"{subject}.label"),
        rows=tuple(_rows(base, theirs, effect)),
        outcome=Row(
            theirs.words(f"{subject}.label"),
            (base.result_figure(subject),),
            (theirs.result_figure(subject),),
            effect(theirs.outputs[subject]),
        ),
        said=said,
        questions=tuple(_questions(theirs)),
    )


def _why_not_subtracted(base: Answer, theirs: Answer) -> str:
    """Say why one outcome is not taken from the other; empty where it can be."""
    words = theirs.language.words
    if base.currency != theirs.currency:
        return words("link.two_currencies", theirs=theirs.currency, base=base.currency)
    if base.period != theirs.period:
        of = (theirs.language.per(each.period) for each in (theirs, base))
        return words("link.two_periods", **dict(zip(("theirs", "base"), of, strict=True)))
    return ""


def _rows(base: Answer, theirs: Answer, effect: Callable[[float | None], str]) -> Iterator[Row]:
    """Yield each input that differs, in the order of the form."""
    for total, names in _groups(theirs.calculator).items():
        before, after = _written(base, total, names), _written(theirs, total, names)
        if any(_of(base, name) != _of(theirs, name) for name in names):
            alone = _outcome_with(base, theirs, names)
            yield Row(theirs.words(f"{total}.label"), before, after, effect(alone))


def _groups(calculator: AnyCalculator) -> Mapping[str, tuple[str, ...]]:
    """Return the inputs that stand for each other, by the first of them: a total and its parts."""
    groups: dict[str, list[str]] = {}
    for name in calculator.fields:
        groups.setdefault(_total(calculator, name), []).append(name)
    return {total: tuple(names) for total, names in groups.items()}


def _total(calculator: AnyCalculator, name: str) -> str:
    declared = calculator.fields[name]
    if isinstance(declared, Choice):
        return _total(calculator, declared.about) if declared.about else name
    return _total(calculator, declared.part_of[0]) if declared.part_of else name


def _of(answer: Answer, name: str) -> object:
    """Return all that was given for an input: its value, and its range."""
    if name in answer.choices:
        return answer.choices[name]
    value = answer.entered[name]
    return value if value is None else answer.given.ranges.get(name, value)


def _written(answer: Answer, total: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was given for an input, or for the parts that stand for it, a line each."""
    values = {name: value for name in names if (value := _value(answer, name))}
    if total in values:
        return (values[total],)
    label, written = answer.own_words.brief, answer.language.words
    return tuple(
        written("earlier.value", label=label(name), value=value) for name, value in values.items()
    )


def _value(answer: Answer, name: str) -> str:
    """Write what was given for an input; empty for one left empty, and for an untouched choice."""
    calculator = answer.calculator
    if name in answer.choices:
        option = answer.choices[name]
        is_idle = option == calculator.defaults[name] and calculator.choices[name].about
        return "" if is_idle else answer.words(f"{name}.{option}")
    value, kind = answer.entered[name], calculator.quantities[name].kind
    known = answer.given.ranges.get(name)
    if value is None:
        return ""
    if known is None:
        return answer.figure(value, kind)
    low, likely, high = (answer.figure(each, kind) for each in known)
    return answer.language.words("link.range", low=low, likely=likely, high=high)


def _outcome_with(base: Answer, theirs: Answer, names: tuple[str, ...]) -> float | None:
    """Return the outcome of the base where only these inputs are the link's.

    None where these alone make no whole, or no outcome.
    """
    calculator = base.calculator
    changes = {name: getattr(theirs.given.inputs, name) for name in names}
    changed = replace(base.given.inputs, **changes)
    return None if any(calculator.rules(changed)) else calculator.outcome_for(changed)


def _effect(base: Answer, theirs: Answer, value: float | None) -> str:
    """Write by how much an outcome is above that of the base, with its sign."""
    subject, language = base.calculator.subject, theirs.language
    before = base.outputs[subject]
    if value is None or before is None:
        return language.words("figure.undefined")
    kind = base.calculator.results[subject].kind
    shown = base.rounded(subject, value - before)
    kind = Kind.POINTS if kind is Kind.SHARE else kind
    written = theirs.figure(abs(shown), kind)
    if shown == 0:
        return written
    return f"{'+' if shown > 0 else language.numbers.minus}{written}"


def _questions(theirs: Answer) -> Iterator[Question]:
    calculator, language = theirs.calculator, theirs.language
    for key, names in calculator.objections.items():
        said = [
            language.words(
                "earlier.value", label=theirs.own_words.brief(name), value=_value(theirs, name)
            )
            for name in names
            if _of(theirs, name) not in {None, calculator.defaults[name]}
        ]
        yield Question(language.words(f"link.question.{key}"), tuple(said))
    if any(quantity.may_range for quantity in calculator.quantities.values()):
        ranged = [name for name in calculator.quantities if name in theirs.given.ranges]
        said = [
            language.words("earlier.value", label=theirs.own_words.brief(name), value=value)
            for name in ranged
            if (value := _value(theirs, name))
        ]
        yield Question(language.words(f"link.question.{_RANGE}"), tuple(said))
