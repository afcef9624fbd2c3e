"""Live values: a figure or a sentence of an answer, put into an author's prose.

`net_saving` is a result or an input as it is written, `net_saving.working` its formula with the
values in it, `sentence`, `worth`, `conditions` and `survey` what the calculator says, `example`
whose numbers they are; `requests | # request | # requests` counts, singular first. Written at
build, and again in the browser as the reader types.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answering import sentences
from roi_calc.answering.answer import Answer
from roi_calc.language.number_format import plain_number
from roi_calc.schema import AnyCalculator
from roi_calc.showing.html import anchor, element

WORKING: Final = "working"
# Not a value: the line that says whose numbers stand in the prose.
EXAMPLE: Final = "example"
SENTENCES: Final[Mapping[str, Callable[[Answer], str]]] = {
    "sentence": sentences.sentence,
    "worth": sentences.worth_sentence,
    "conditions": sentences.conditions_sentence,
    "survey": sentences.survey_paragraph,
}
NUMBER_MARK: Final = "#"
_FORM_MARK: Final = "|"


class LiveValueError(ValueError):
    """A live value that cannot be used. unknown: the name that is not one of the calculator's."""

    def __init__(self, message: str, unknown: str = "") -> None:
        super().__init__(message)
        self.unknown = unknown


@dataclass(frozen=True)
class LiveValue:
    """What to write: an input's or output's name or a sentence's, and the forms that count it."""

    name: str
    is_working: bool = False
    forms: tuple[str, ...] = ()


def read_live(calculator: AnyCalculator, text: str) -> LiveValue:
    """Return the live value that a text asks for; LiveValueError for one that makes no sense."""
    path, *forms = (part.strip() for part in text.split(_FORM_MARK))
    name, dot, facet = path.partition(".")
    if name not in names(calculator):
        message = f"unknown name {name!r}; expected one of {', '.join(names(calculator))}"
        raise LiveValueError(message, unknown=name)
    if dot and (facet != WORKING or name not in calculator.results):
        message = f"{path!r}; behind the name of a result only '.{WORKING}' can stand"
        raise LiveValueError(message)
    if forms and (dot or name not in {*calculator.quantities, *calculator.results}):
        message = f"{path!r} is not a number, so it has no forms for one and for several"
        raise LiveValueError(message)
    if not all(forms):
        message = f"an empty form behind '{_FORM_MARK}'; expected words such as '# requests'"
        raise LiveValueError(message)
    return LiveValue(name, bool(dot), tuple(forms))


def names(calculator: AnyCalculator) -> list[str]:
    """Return what a live value can name: inputs, results, the sentences, and the example."""
    said = {
        "sentence": True,
        "worth": calculator.worth is not None,
        "conditions": any(result.is_condition for result in calculator.results.values()),
        "survey": bool(calculator.surveys),
    }
    sentences = [name for name in SENTENCES if said[name]]
    return list(dict.fromkeys([*calculator.fields, *calculator.results, *sentences, EXAMPLE]))


def written(answer: Answer, live: LiveValue) -> str:
    """Return the text of a live value: the figure, counted or worked out, or the sentence."""
    calculator, name = answer.calculator, live.name
    if name in calculator.results and answer.outputs[name] is None:
        return answer.undefined(name)
    if live.is_working:
        return _working(answer, name)
    if name in calculator.quantities or name in calculator.results:
        value = _value(answer, name)
        if value is None or not live.forms:
            return answer.operand(name)
        form = answer.language.plural_form(value, live.forms)
        return form.replace(NUMBER_MARK, answer.operand(name))
    if name in calculator.choices:
        return answer.words(f"{name}.{answer.choices[name]}")
    return SENTENCES[name](answer)


def render(answer: Answer, live: LiveValue, text: str, key: str) -> ET.Element:
    """Return the element that stands in the prose.

    text: the live value as the author wrote it. key: the block's, as in page.block().
    """
    if live.name == EXAMPLE:
        return _origin(answer, key)
    value = None if live.is_working else _value(answer, live.name)
    return element(
        "roi-value",
        written(answer, live),
        data_block=key,
        of=text,
        value=None if value is None else str(plain_number(value)),
        # Sums run from left to right in every language.
        dir="ltr" if live.is_working else None,
    )


def _origin(answer: Answer, key: str) -> ET.Element:
    """Return the line that says whose numbers the prose has, and leads back to the example."""
    words = answer.language.words
    return element(
        "roi-origin",
        element(
            "span",
            words("live.example"),
            " ",
            element("a", words("live.change"), href=f"#{anchor(key)}", data_block=key),
        ),
        element(
            "span",
            words("live.own"),
            " ",
            element("button", words("form.reset"), type="button", class_="roi-back"),
            hidden=True,
        ),
        data_block=key,
        lang=answer.language.tag,
        data_search_exclude=True,
    )


def _working(answer: Answer, name: str) -> str:
    if name not in answer.worked_out:
        return answer.result_figure(name)
    working = answer.working(name)
    return f"{working.numbers} {working.sign} {working.figure}"


def _value(answer: Answer, name: str) -> float | None:
    return answer.outputs.get(name, answer.inputs.get(name))
