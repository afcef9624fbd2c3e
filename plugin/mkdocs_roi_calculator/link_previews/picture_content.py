"""What is on the picture that other sites show beside a link to a calculator, as texts and bars.

It is taken from the answer and words nothing; how it is drawn is said in picture_png.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from roi_calc.answering.answer import Answer
from roi_calc.language.language import Language
from roi_calc.schema import Schedule
from roi_calc.showing import charts, full_answer

_MOST_FIGURES: Final = 3


@dataclass(frozen=True)
class Figure:
    """A number as it is written, and what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class Bar:
    """A bar from one amount to another. style: its class in an answer's own pictures."""

    label: str
    figure: str
    start: float
    end: float
    style: str


@dataclass(frozen=True)
class Card:
    """The picture of one answer. caption: what all bars show, where they have no labels."""

    site: str
    title: str
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...] = ()
    caption: str = ""

    @property
    def description(self) -> str:
        """The picture in words, for readers who do not see it."""
        said = (f"{each.label} {each.value}" for each in self.figures)
        return f"{self.title}: {'; '.join(said)}"


def card_of(site: str, title: str, answer: Answer, covers: Callable[[str], bool]) -> Card:
    """Return the card of an answer. covers: whether there are letters for a text.

    A currency whose sign has none is shown by its code.
    """
    answer = replace(answer, language=_with_signs(answer.language, covers))
    make_schedule = answer.calculator.schedule
    if make_schedule is None:
        return Card(site, title, _figures(answer), _steps(answer))
    schedule = make_schedule(answer.given.inputs)
    caption = answer.words(f"{schedule.pictured}.label")
    return Card(site, title, _figures(answer), _course(schedule), caption)


def _with_signs(language: Language, covers: Callable[[str], bool]) -> Language:
    symbols = {code: sign for code, sign in language.numbers.symbols.items() if covers(sign)}
    return replace(language, numbers=replace(language.numbers, symbols=symbols))


def _figures(answer: Answer) -> tuple[Figure, ...]:
    """Return the headlines from the outcome on: what stands before it is what it is made of."""
    results = answer.calculator.results
    names = [name for name, result in results.items() if result.is_headline] or list(results)
    if answer.calculator.outcome in names:
        names = names[names.index(answer.calculator.outcome) :]
    shown = names[:_MOST_FIGURES]
    return tuple(Figure(answer.words(f"{name}.label"), answer.operand(name)) for name in shown)


def _steps(answer: Answer) -> tuple[Bar, ...]:
    steps = full_answer.steps(answer)
    return tuple(
        Bar(
            step.label,
            step.figure,
            start,
            end,
            charts.bar_style(step),
        )
        for step, (start, end) in zip(steps, charts.spans_of(steps), strict=True)
    )


def _course(schedule: Schedule) -> tuple[Bar, ...]:
    """Return a bar a month."""
    return tuple(
        Bar("", "", 0, value, "roi-bar-loss" if value < 0 else "roi-bar-gain")
        for value in schedule.course
    )
