"""The only thing the page's worker calls: a request in, a reply out, both plain data."""

from collections.abc import Mapping
from typing import TypedDict

from roi_calc import page
from roi_calc.calculators import CALCULATORS
from roi_calc.number_format import plain_number
from roi_calc.schema import InputErrors, read_inputs
from roi_calc.text import language


class Request(TypedDict):
    """What a form asks: the texts of its fields, as typed, by input name."""

    id: int
    calculator: str
    language: str
    currency: str
    values: Mapping[str, str]


class FieldError(TypedDict):
    """A sentence to be shown beside a field."""

    field: str
    message: str


class Answered(TypedDict):
    """The answer: its HTML, its sentence, its outputs, and notes beside fields."""

    id: int
    ok: bool
    html: str
    sentence: str
    outputs: dict[str, float | None]
    notes: dict[str, str]


class Refused(TypedDict):
    """What is wrong with the fields; the last good answer stays."""

    id: int
    ok: bool
    errors: list[FieldError]


def evaluate(request: Request) -> Answered | Refused:
    """Return the reply to a form's request, under the request's id.

    Mistakes in what was typed come back as errors; an unknown calculator, language or currency is
    a mistake of the page's and raises.
    """
    calculator = CALCULATORS[request["calculator"]]
    words, currency = language(request["language"]), request["currency"]
    try:
        inputs = read_inputs(calculator, request["values"], words.numbers, currency)
    except InputErrors as refused:
        errors = [
            FieldError(field=each.field, message=words.error(calculator, each, currency))
            for each in refused.errors
        ]
        return Refused(id=request["id"], ok=False, errors=errors)
    answer = page.answer(calculator, inputs, words, currency)
    return Answered(
        id=request["id"],
        ok=True,
        html=page.render_answer(answer),
        sentence=page.sentence(answer),
        outputs={
            name: None if value is None else plain_number(value)
            for name, value in answer.outputs.items()
        },
        notes=_readings(answer, request["values"]) | page.notes(answer),
    )


def _readings(answer: page.Answer, texts: Mapping[str, str]) -> dict[str, str]:
    """Return how each text was read, where the text alone might leave a doubt."""
    quantities = answer.calculator.quantities
    said = {
        name: answer.language.reading(text, value, quantities[name].kind)
        for name, text in texts.items()
        if text.strip() and (value := answer.inputs.get(name)) is not None
    }
    return {name: reading for name, reading in said.items() if reading}
