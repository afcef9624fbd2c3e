"""The only thing the page's worker calls: a request in, a reply out, both plain data."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NotRequired, TypedDict

from roi_calc import page
from roi_calc.answer import Answer, Comparison, answer, plain_values, sentence
from roi_calc.calculators import CALCULATORS
from roi_calc.earlier import Entry, Taken, taken_over
from roi_calc.form import currency_line, notes, published_figures, units
from roi_calc.inputs import RANGE_MARK, InputErrors, read_inputs
from roi_calc.live import read_live, written
from roi_calc.schema import LOW, AnyCalculator, Quantity, input_name
from roi_calc.text import UnknownLanguageError, language


class Form(TypedDict):
    """What stands in a form: the texts of its fields, as typed, by the name they are sent under."""

    calculator: str
    language: str
    currency: str
    values: Mapping[str, str]


class Earlier(Form):
    """A form that was answered earlier. changed: the fields that the reader had changed."""

    changed: Sequence[str]


class Request(Form):
    """What a form asks.

    comparison: what the page compares the answer with, as it was written into the page. live: the
    values in the page's text that follow this form, as their author wrote them. earlier: the forms
    whose numbers the reader wants in this one, the latest last. called: what the currency is
    called, asked of a page that was built in another one; the names do not come to the browser.
    """

    id: int
    comparison: str
    live: NotRequired[Sequence[str]]
    earlier: NotRequired[Sequence[Earlier]]
    called: NotRequired[str]


class FieldError(TypedDict):
    """A sentence to be shown beside a field."""

    field: str
    message: str


class FormTexts(TypedDict):
    """What a form says in another currency: its line on it, and published figures as HTML."""

    currency: str
    published: dict[str, str]


class _Reply(TypedDict):
    """What every reply says. taken: the texts to put into fields, and the sentence on them."""

    id: int
    ok: bool
    taken: Mapping[str, str]
    said: str


class Answered(_Reply):
    """The answer: its HTML, its sentence, its outputs, and notes and units beside fields.

    live: the values in the page's text, in the order in which they were asked for. form: only
    where the request says what the currency is called.
    """

    html: str
    sentence: str
    outputs: dict[str, float | None]
    notes: dict[str, str]
    units: dict[str, str]
    live: list[str]
    form: NotRequired[FormTexts]


class Refused(_Reply):
    """What is wrong with the fields; the last good answer stays."""

    errors: list[FieldError]


def evaluate(request: Request) -> Answered | Refused:
    """Return the reply to a form's request, under the request's id.

    Mistakes in what was typed come back as errors; an unknown calculator, language or currency is
    a mistake of the page's and raises.
    """
    calculator = _calculator(request["calculator"])
    words, currency = language(request["language"]), request["currency"]
    taken = Taken()
    if request.get("earlier"):
        entries = list(_entries(request["earlier"]))
        taken = taken_over(calculator, request["values"], words, currency, entries)
    values = {**request["values"], **taken.texts}
    try:
        given = read_inputs(calculator, values, words.numbers, currency)
    except InputErrors as refused:
        errors = [
            FieldError(field=each.field, message=words.error(calculator, each, currency))
            for each in refused.errors
        ]
        return Refused(
            id=request["id"], ok=False, errors=errors, taken=taken.texts, said=taken.said
        )
    comparison = Comparison.from_json(request["comparison"])
    answered = answer(calculator, given, words, currency, comparison)
    reply = Answered(
        id=request["id"],
        ok=True,
        html=page.render_answer(answered),
        sentence=sentence(answered),
        outputs=plain_values(answered.outputs),
        notes=_readings(answered, values) | notes(answered),
        units=units(answered),
        live=[written(answered, read_live(calculator, each)) for each in request.get("live", ())],
        taken=taken.texts,
        said=taken.said,
    )
    if "called" in request:
        line = currency_line(answered, request["called"])
        reply["form"] = FormTexts(currency=line, published=published_figures(answered))
    return reply


def _entries(earlier: Sequence[Earlier]) -> Iterator[Entry]:
    """Yield the forms that were answered earlier, each read as it was then.

    What the browser kept may be another version's, or another script's: it is passed over.
    """
    for each in earlier:
        with suppress(KeyError, TypeError, InputErrors, UnknownLanguageError):
            calculator = _calculator(each["calculator"])
            numbers = language(each["language"]).numbers
            given = read_inputs(calculator, each["values"], numbers, each["currency"])
            names = frozenset(map(input_name, each["changed"]))
            yield Entry(calculator, given, each["currency"], names)


def _calculator(name: str) -> AnyCalculator:
    """Return one of ours, or one that the site has published; KeyError for neither."""
    if name in CALCULATORS:
        return CALCULATORS[name]
    # Only a site with calculators of its own pays for the import.
    from roi_calc.site_calculators import published_calculator  # noqa: PLC0415

    return published_calculator(name)


def _readings(answered: Answer, texts: Mapping[str, str]) -> dict[str, str]:
    """Return how each text was read, where the text alone might leave a doubt."""
    said = {}
    for place, text in texts.items():
        quantity = answered.calculator.fields[input_name(place)]
        value = _value_at(answered, place)
        if not isinstance(quantity, Quantity) or value is None or not text.strip():
            continue
        known = answered.given.ranges.get(place)
        if RANGE_MARK in text and known is not None:
            low, likely, high = (answered.figure(each, quantity.kind) for each in known)
            said[place] = answered.language.words("note.range", low=low, likely=likely, high=high)
        elif RANGE_MARK not in text:
            said[place] = answered.language.reading(text, value, quantity.kind)
    return {place: reading for place, reading in said.items() if reading}


def _value_at(answered: Answer, place: str) -> float | None:
    """Return the number that was read from a field: an input, or an end of its range."""
    name = input_name(place)
    entered = answered.entered.get(name)
    known = answered.given.ranges.get(name)
    if place == name or entered is None:
        return entered
    if known is None:
        return None
    return known.low if place.endswith(LOW) else known.high
