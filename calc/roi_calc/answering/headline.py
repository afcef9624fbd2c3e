"""An answer at a glance: one figure, what it is made of, what it is worth, and what decides it."""

from collections.abc import Iterator
from dataclasses import dataclass

from roi_calc.answering import sentences
from roi_calc.answering.answer import Answer, can_come_true
from roi_calc.formulas.tree import Name, Operation
from roi_calc.schema import Doubt, Kind

# More customers than this are no longer pictured one by one: they are said in percent.
_MOST_COUNTED = 1000


@dataclass(frozen=True)
class Doubted:
    """What decides whether it pays, as a sentence. value: the part of it to be seen at once."""

    sentence: str
    value: str = ""


def label(answer: Answer) -> str:
    """Return what the figure at the top is: `Net saving a month`."""
    subject = answer.words(f"{answer.calculator.subject}.short")
    return f"{subject} {answer.language.per(answer.period)}".strip()


def detail(answer: Answer) -> str:
    """Return what the figure is made of, in a line: `$2,000 … − $500 … · ROI 300%`."""
    calculator = answer.calculator
    if calculator.headline is not None:
        key = calculator.headline(answer.given.inputs, answer.computed)
        return answer.words(key, **answer.figures)
    others = [
        name
        for name, result in calculator.results.items()
        if result.is_headline and name != calculator.subject
    ]
    said = (f"{answer.words(f'{name}.short')} {answer.result_figure(name)}" for name in others)
    return " · ".join(said)


def nature(answer: Answer) -> str:
    """Return whether the figure is cash, time or loyalty; empty where that is no question."""
    calculator, words = answer.calculator, answer.language.words
    result = calculator.results[calculator.subject]
    if result.nature is None:
        return ""
    found = result.nature_for(answer.given.inputs)
    if found is not None:
        return words(f"headline.nature.{found.value}")
    if {"cash", "capacity"} <= answer.outputs.keys():
        return words("headline.nature.mixed", **answer.figures)
    return ""


def spent_of(answer: Answer) -> tuple[str, str] | None:
    """Return the two names whose difference the figure at the top is; None where it is none."""
    match answer.calculator.formulas.get(answer.calculator.subject):
        case Operation("−", Name(gained), Name(spent)):
            return gained, spent
    return None


def doubted(answer: Answer) -> Doubted:
    """Return what decides whether it pays, in one sentence that can be acted on.

    Where nothing can pay it is what the answer takes for granted.
    """
    doubt = answer.calculator.doubt
    if doubt is None or doubt.break_even not in answer.told:
        return Doubted(_first_condition(answer))
    words, value = answer.language.words, answer.outputs[doubt.break_even]
    if answer.pays and not value:
        return Doubted(words("conditions.none"))
    if value is None:
        return Doubted(answer.undefined(doubt.break_even))
    if not can_come_true(answer, doubt.break_even):
        return Doubted(answer.words(f"{doubt.break_even}.impossible"))
    shown, said, clause = _measured(answer, doubt, value)
    if answer.pays or not said:
        key = "doubt.pays" if answer.pays else "doubt.not_yet"
        return Doubted(words(key, clause=clause), shown)
    return Doubted(words("doubt.not_yet.said", clause=clause, said=said), shown)


def _measured(answer: Answer, doubt: Doubt, value: float) -> tuple[str, str, str]:
    """Return what must be reached, what was said instead, and the clause with the first.

    Shares of a few customers are said in customers.
    """
    name, shown = doubt.break_even, answer.result_figure(doubt.break_even)
    given = answer.inputs[doubt.opens] if doubt.is_its_value else None
    said = (
        ""
        if given is None
        else answer.figure(given, answer.calculator.quantities[doubt.opens].kind)
    )
    total = answer.inputs.get(answer.calculator.counted) or 0
    is_counted = answer.own_words.has(f"{name}.counted")
    if not (is_counted and 0 < total <= _MOST_COUNTED and answer.whole(total) is not None):
        figures = {**answer.figures, "value": shown}
        number = value if answer.calculator.results[name].kind is Kind.COUNT else None
        return shown, said, answer.counted(f"{name}.condition", number, **figures)
    many = answer.language.words(
        "doubt.of_these",
        number=answer.figure(answer.at_least(value * total), Kind.COUNT),
        total=answer.figure(total, Kind.COUNT),
    )
    counted = None if given is None else answer.whole(given * total)
    if counted is not None:
        said = answer.figure(counted, Kind.COUNT)
    return many, said, answer.words(f"{name}.counted", value=many)


def _first_condition(answer: Answer) -> str:
    """Return the first of what must be true; where there is none, what is taken for granted."""
    return next(_conditions(answer), "")


def _conditions(answer: Answer) -> Iterator[str]:
    for clause in sentences.each_condition(answer):
        yield f"{sentences.conditions_heading(answer, 1)} {clause}."
    yield from sentences.impossibilities(answer)
    if answer.calculator.outcome and sentences.no_condition(answer):
        yield sentences.no_condition(answer)
    yield from sentences.assumptions(answer)
