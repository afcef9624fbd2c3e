"""All that the page's worker may call: a request in, a reply out, both plain data."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, NotRequired, TypedDict

from roi_calc.answering.answer import Answer, Comparison, answer_to, plain_values
from roi_calc.answering.sentences import readings, sentence
from roi_calc.calculators import CALCULATORS
from roi_calc.formulas.writing import JsonFormula, formulas_as_json
from roi_calc.language.language import Language, language
from roi_calc.language.words import words_of
from roi_calc.reading.carry_over import Entry, Taken, taken_over
from roi_calc.reading.inputs import RANGE_MARK, InputErrors, read_inputs
from roi_calc.schema import HIGH, LOW, AnyCalculator, InputError, input_name
from roi_calc.showing import block as page
from roi_calc.showing.form import currency_line, notes, published_figures, units
from roi_calc.showing.live_values import EXAMPLE, LiveValueError, read_live, written

# In the order of a range in one text: low, likely, high.
_PARTS: Final = (LOW, "", HIGH)


class Form(TypedDict):
    """What stands in a form: the texts of its fields, as typed, by the name they are sent under.

    definition: of a calculator that its page has brought along as a table.
    """

    calculator: str
    language: str
    currency: str
    values: Mapping[str, str]
    definition: NotRequired[str]


class Earlier(Form):
    """A form that was answered earlier. changed: the fields that the reader had changed."""

    changed: Sequence[str]


class Request(Form):
    """What a form asks.

    view: how its page shows it. comparison: what the page compares the answer with, as it was
    written into the page. live: the values in the page's text that follow this form, as their
    author wrote them. earlier: the forms whose numbers the reader wants in this one, the latest
    last. called: what the currency is called, asked of a page that was built in another one; the
    names do not come to the browser.
    """

    id: int
    view: str
    comparison: str
    live: NotRequired[Sequence[str]]
    earlier: NotRequired[Sequence[Earlier]]
    called: NotRequired[str]


class Suggested(TypedDict):
    """What could have been meant: the words of its button, and what to put into which field."""

    label: str
    field: str
    text: str


class FieldError(TypedDict):
    """A sentence to be shown beside a field, and what can be tapped instead of typing anew."""

    field: str
    message: str
    suggestions: list[Suggested]


class FormTexts(TypedDict):
    """What a form says in another currency: its line on it, and published figures as HTML.

    affixes: what stands before and behind the digits of an amount. called: the currency's name.
    """

    currency: str
    called: str
    affixes: list[str]
    published: dict[str, str]


class _Reply(TypedDict):
    """What every reply says. taken: the texts to put into fields, and the sentence on them."""

    id: int
    ok: bool
    taken: Mapping[str, str]
    said: str


class Answered(_Reply):
    """The answer: its HTML by part, its sentence, its outputs, and notes and units beside fields.

    live: the values in the page's text, in the order in which they were asked for; None for one
    that makes no sense, as an author may have written it into the page by hand. form: only where
    the request says what the currency is called.
    """

    parts: dict[str, str]
    sentence: str
    outputs: dict[str, float | None]
    notes: dict[str, str]
    units: dict[str, str]
    live: list[str | None]
    form: NotRequired[FormTexts]


class Refused(_Reply):
    """What is wrong with the fields; the last good answer stays."""

    errors: list[FieldError]


def evaluate(request: Request) -> Answered | Refused:
    """Return the reply to a form's request, under the request's id.

    Mistakes in what was typed come back as errors; an unknown calculator, language or currency is
    a mistake of the page's and raises.
    """
    calculator = calculator_named(request["calculator"], request.get("definition", ""))
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
            FieldError(
                field=each.field,
                message=words_of(calculator, words).error(each, currency),
                suggestions=list(_suggested(each, values, words)),
            )
            for each in refused.errors
        ]
        return Refused(
            id=request["id"], ok=False, errors=errors, taken=taken.texts, said=taken.said
        )
    comparison = Comparison.from_json(request["comparison"])
    answer = answer_to(calculator, given, words, currency, comparison)
    reply = Answered(
        id=request["id"],
        ok=True,
        parts=page.render_parts(answer, request["view"]),
        sentence=sentence(answer),
        outputs=plain_values(answer.outputs),
        notes=readings(answer, values) | notes(answer),
        units=units(answer, page.brief_inputs(answer, request["view"])),
        live=[_live(answer, each) for each in request.get("live", ())],
        taken=taken.texts,
        said=taken.said,
    )
    if "called" in request:
        line = currency_line(answer, request["called"])
        reply["form"] = FormTexts(
            currency=line,
            called=request["called"],
            affixes=list(words.numbers.affixes(currency)),
            published=published_figures(answer),
        )
    return reply


def formulas(calculator: str, definition: str = "") -> dict[str, JsonFormula]:
    """Return a calculator's general formulas by result, for what works them out in the page.

    definition: of a calculator that the page has brought along as a table.
    """
    return formulas_as_json(calculator_named(calculator, definition).formulas)


def _live(answer: Answer, text: str) -> str | None:
    """Return what a value in the page's text says now; None for one that makes no sense."""
    try:
        live = read_live(answer.calculator, text)
    except LiveValueError:
        return None
    return None if live.name == EXAMPLE else written(answer, live)


def _entries(earlier: Sequence[Earlier]) -> Iterator[Entry]:
    """Yield the forms that were answered earlier, each read as it was then.

    What the browser kept may be another version's, or another script's: it is passed over.
    """
    for each in earlier:
        with suppress(LookupError, TypeError, ValueError):
            calculator = calculator_named(each["calculator"], each.get("definition", ""))
            numbers = language(each["language"]).numbers
            given = read_inputs(calculator, each["values"], numbers, each["currency"])
            names = frozenset(map(input_name, each["changed"]))
            yield Entry(calculator, given, each["currency"], names)


def calculator_named(name: str, definition: str) -> AnyCalculator:
    """Return one of ours, the page's own, or one that the site has published; KeyError for none."""
    if name in CALCULATORS:
        return CALCULATORS[name]
    if definition:
        # Only pages with a table pay for the import.
        from roi_calc.own.table_calculator import from_definition  # noqa: PLC0415

        return from_definition(definition)
    # Only a site with calculators of its own pays for the import.
    from roi_calc.own.python_file import published_calculator  # noqa: PLC0415

    return published_calculator(name)


def _suggested(
    error: InputError, texts: Mapping[str, str], language: Language
) -> Iterator[Suggested]:
    """Yield what could have been meant: a field's text, with a range in it the whole of it."""
    parts = texts.get(error.name, "").split(RANGE_MARK)
    for meant in error.suggestions:
        field, text = error.field, meant
        if len(parts) > 1:
            parts[_PARTS.index(error.field.removeprefix(error.name))] = meant
            field, text = error.name, RANGE_MARK.join(parts)
        label = language.words("error.use", suggestion=meant)
        yield Suggested(label=label, field=field, text=text)
