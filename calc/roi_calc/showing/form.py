"""Renders a calculator's form: labeled fields, ranges on demand, published figures beside them."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby
from xml.etree import ElementTree as ET

from roi_calc.answering.answer import Answer
from roi_calc.answering.published_figures import (
    Benchmark,
    benchmarks_for,
    circumstances,
    figure_of,
    publisher,
)
from roi_calc.language.language import Language
from roi_calc.reading.carry_over import sources
from roi_calc.reading.inputs import Range
from roi_calc.schema import HIGH, LOW, AnyCalculator, Choice, Kind, Quantity, parts_of
from roi_calc.showing.html import Node, element, filled, key_in, markup

_DESCRIPTIONS = ("unit", "help", "note", "error")
_DESCRIPTIONS_OF_END = ("note", "error")


def alike(answer: Answer, name: str, links: Mapping[str, str]) -> Hashable:
    """Return all that what is shown of a number depends on, but for its place and its block."""
    return (
        answer.calculator,
        answer.language,
        answer.currency,
        answer.period,
        name,
        answer.entered[name],
        answer.inputs[name],
        answer.given.ranges.get(name),
        _note(answer, name),
        links.get(_worked_out_by(answer.calculator, name)),
    )


def _alike(answer: Answer, name: str, links: Mapping[str, str]) -> Hashable:
    """Return the same of any input."""
    if name in answer.choices:
        return answer.calculator, answer.language, name, answer.choices[name]
    return alike(answer, name, links)


def form(answer: Answer, block_id: str, *content: ET.Element) -> ET.Element:
    """Return a form; before what it is to hold stand the list of mistakes and the offer."""
    language = answer.language
    return element(
        "form",
        element(
            "div",
            element("p", language.words("form.error_summary"), id=f"{block_id}-errors"),
            element("ul", id=f"{block_id}-mistakes"),
            class_="roi-error-summary",
            role="group",
            aria_labelledby=f"{block_id}-errors",
            # Most screen readers would read the heading alone where the focus goes.
            aria_describedby=f"{block_id}-mistakes",
            tabindex="-1",
            hidden=True,
        ),
        _earlier(answer),
        *content,
        class_="roi-form",
        novalidate=True,
        autocomplete="off",
        aria_labelledby=f"{block_id}-title",
        aria_describedby=f"{block_id}-currency" if has_amounts(answer) else None,
    )


def currency(answer: Answer, block_id: str) -> Iterator[ET.Element]:
    """Yield the line on the currency, where there is any amount."""
    if has_amounts(answer):
        line = currency_line(answer, answer.language.currency_name(answer.currency))
        yield element("p", line, class_="roi-currency", id=f"{block_id}-currency")


def fields(
    answer: Answer, block_id: str, names: Iterable[str], links: Mapping[str, str]
) -> Iterator[ET.Element]:
    """Yield fields, those in sight before those that are folded away under what they belong to.

    links: where the calculators stand that work an input out, by calculator.
    """
    calculator = answer.calculator
    in_order = sorted(names, key=lambda name: bool(_fold(calculator, name)))
    for fold, together in groupby(in_order, lambda name: _fold(calculator, name)):
        inside = tuple(together)
        if fold:
            key = ("folded", *(_alike(answer, name, links) for name in inside))
            made = partial(_folded, answer, names=inside, links=links)
            yield filled(key, made, block_id)
        else:
            yield from (_field(answer, block_id, name, links) for name in inside)


def sending(answer: Answer) -> Iterator[ET.Element]:
    """Yield what stands at the end of a form: why it may be dead, and the way back."""
    words = answer.language.words
    yield element("noscript", element("p", words("form.no_script"), class_="roi-no-script"))
    reset = element("button", words("form.reset"), type="reset", class_="roi-reset")
    yield element("div", reset, class_="roi-actions")


def status_line(answer: Answer) -> ET.Element:
    """Return the one quiet line about loading; its words wait in attributes for the script."""
    words = answer.language.words
    return element(
        "div",
        element(
            "p",
            class_="roi-status",
            tabindex="-1",
            data_loading=words("status.loading"),
            data_failed=words("status.failed"),
            data_not_started=words("status.not_started"),
            data_stale=words("status.stale"),
            data_overrun=words("status.overrun"),
            # Where a quick answer stands there, and what is behind it does not yet.
            data_loading_behind="",
            data_failed_behind=words("status.behind.failed"),
            data_overrun_behind=words("status.behind.overrun"),
        ),
        element("button", words("status.retry"), type="button", class_="roi-retry", hidden=True),
        class_="roi-status-line",
        data_search_exclude=True,
    )


def _earlier(answer: Answer) -> ET.Element:
    """Return the offer of what was entered earlier in the tab, hidden until there is something."""
    words = answer.language.words
    return element(
        "div",
        element("p", words("earlier.offer"), class_="roi-earlier-said", tabindex="-1"),
        element("button", words("earlier.take"), type="button", class_="roi-take"),
        element("button", words("earlier.forget"), type="button", class_="roi-forget"),
        class_="roi-earlier",
        data_sources=" ".join(sources(answer.calculator)),
        data_forgotten=words("earlier.forgotten"),
        hidden=True,
    )


def has_amounts(answer: Answer) -> bool:
    """Tell whether any input or output is an amount of money."""
    kinds = {each.kind for each in answer.calculator.quantities.values()}
    kinds |= {each.kind for each in answer.calculator.results.values()}
    return Kind.MONEY in kinds


def currency_line(answer: Answer, name: str) -> str:
    """Return the line on the currency of all amounts; empty where it has no name."""
    if not name:
        return ""
    return answer.language.words("form.currency", name=name, currency=answer.currency)


def published_figures(answer: Answer) -> dict[str, str]:
    """Return the published figures beside each input as HTML; empty where there are none."""
    return {name: markup(*_published(answer, name)) for name in answer.calculator.quantities}


def notes(answer: Answer) -> dict[str, str]:
    """Return what is to be said beside an input that is not used, by input."""
    said = {name: _note(answer, name) for name in answer.calculator.quantities}
    return {name: note for name, note in said.items() if note}


def units(answer: Answer, brief: Collection[str] = ()) -> dict[str, str]:
    """Return the words behind each number; what they say follows the period and the number.

    brief: the inputs whose currency stands elsewhere.
    """
    return {
        name: unit(answer, name, is_brief=name in brief) for name in answer.calculator.quantities
    }


@lru_cache(1000)
def _fold(calculator: AnyCalculator, name: str) -> str:
    """Return the key of the words under which an input is folded away; empty for one in sight."""
    declared = calculator.fields[name]
    if isinstance(declared, Choice) and declared.about:
        return _fold(calculator, declared.about)
    if isinstance(declared, Quantity) and declared.part_of and not declared.fold:
        return f"{declared.part_of[0]}.parts"
    return f"{declared.fold}.fold" if declared.fold else ""


def _folded(
    answer: Answer, block_id: str, names: Sequence[str], links: Mapping[str, str]
) -> ET.Element:
    """Return fields behind a line that opens them; open where any differs from its default."""
    fields = (_field(answer, block_id, name, links) for name in names)
    fold = _fold(answer.calculator, names[0])
    values = {**answer.entered, **answer.choices}
    differs = any(values[name] != answer.calculator.defaults[name] for name in names)
    is_ranged = any(name in answer.given.ranges for name in names)
    return element(
        "details",
        element("summary", answer.words(fold)),
        element("div", *fields, class_="roi-folded-fields"),
        class_="roi-folded",
        open=differs or is_ranged,
    )


def _field(answer: Answer, block_id: str, name: str, links: Mapping[str, str]) -> ET.Element:
    declared = answer.calculator.fields[name]
    if isinstance(declared, Choice):
        return _choice_field(answer, block_id, name, declared)
    return _number_field(answer, block_id, name, declared, links)


def _choice_field(answer: Answer, block_id: str, name: str, choice: Choice) -> ET.Element:
    """Return one labeled list of answers."""
    field_id = f"{block_id}-{name}"
    options = (
        element(
            "option",
            answer.words(f"{name}.{option}"),
            value=option,
            selected=option == answer.choices[name],
        )
        for option in choice.options
    )
    return element(
        "div",
        element("label", answer.words(f"{name}.label"), for_=field_id),
        element(
            "div",
            element(
                "select", *options, id=field_id, name=name, aria_describedby=f"{field_id}-help"
            ),
            class_="roi-control",
        ),
        element(
            "div",
            element("p", answer.words(f"{name}.help"), class_="roi-help", id=f"{field_id}-help"),
            class_="roi-below",
        ),
        class_="roi-field",
        data_field=name,
    )


def _number_field(
    answer: Answer, block_id: str, name: str, quantity: Quantity, links: Mapping[str, str]
) -> ET.Element:
    """Return one labeled input with its unit, help, and places for a note and an error."""

    def made(block_id: str) -> ET.Element:
        return _made_number_field(answer, f"{block_id}-{name}", name, quantity, links)

    return filled(("field", alike(answer, name, links)), made, block_id)


def _made_number_field(
    answer: Answer, field_id: str, name: str, quantity: Quantity, links: Mapping[str, str]
) -> ET.Element:
    label: list[Node] = [answer.words(f"{name}.label")]
    if quantity.symbol:
        # For the eye, which finds it again in the formulas; read aloud it would be a stray letter.
        symbol = element("span", quantity.symbol, class_="roi-symbol", aria_hidden="true")
        label = [symbol, " ", *label]
    if quantity.is_optional:
        label.append(f" ({answer.language.words('form.optional')})")
    return element(
        "div",
        element("label", *label, for_=field_id),
        element(
            "div",
            number_input(answer, field_id, name, answer.entered[name]),
            element("span", unit(answer, name), class_="roi-unit", id=f"{field_id}-unit"),
            class_="roi-control",
        ),
        element("div", *_below(answer, field_id, name, links), class_="roi-below"),
        class_="roi-field",
        data_field=name,
    )


def _below(
    answer: Answer, field_id: str, name: str, links: Mapping[str, str]
) -> Iterator[ET.Element]:
    """Yield what stands under a number: help, places for note and error, figures, a range."""
    help_, *rest = advice(answer, field_id, name, links)
    yield help_
    yield from from_file(answer, name)
    yield from places_below(answer, field_id, name)
    yield from rest


def from_file(answer: Answer, name: str, before: str = "") -> Iterator[ET.Element]:
    """Yield the button that counts an input from a file, where it can be counted so.

    before: what it is about, where it does not stand beside the field.
    """
    export = answer.calculator.from_export
    if export is None or name != export.requests:
        return
    words = answer.language.words
    yield element(
        "p",
        before,
        element(
            "button",
            words("count.open"),
            type="button",
            class_="roi-count",
            data_failed=words("memo.failed"),
        ),
        element("span", role="status", class_="roi-away-failed"),
        class_="roi-counting",
    )


def places_below(answer: Answer, field_id: str, name: str) -> Iterator[ET.Element]:
    """Yield the places for what is to be said of a number that was typed."""
    yield element("p", _note(answer, name), class_="roi-note", id=f"{field_id}-note")
    yield element("p", class_="roi-error", id=f"{field_id}-error")


def advice(
    answer: Answer, field_id: str, name: str, links: Mapping[str, str], *, is_open: bool = False
) -> Iterator[ET.Element]:
    """Yield what helps with a number: what it is, what works it out, what others found, a range.

    is_open: whether the ends of the range need no line to open them.
    """
    yield element("p", answer.words(f"{name}.help"), class_="roi-help", id=f"{field_id}-help")
    related = _worked_out_by(answer.calculator, name)
    if related in links:
        title = answer.language.words(f"{related}.title")
        words = answer.language.words("related.link", title=title)
        href = links[related]
        link = element("a", words, href=href, data_block=key_in(href) or None)
        yield element("p", link, class_="roi-related")
    yield element("div", *_published(answer, name), class_="roi-published")
    if answer.calculator.quantities[name].may_range:
        ends = _range_ends(answer, field_id, name)
        yield ends if is_open else _folded_range(answer, name, ends)


@lru_cache(1000)
def _worked_out_by(calculator: AnyCalculator, name: str) -> str:
    """Return the calculator to link to beside an input; empty for none.

    Parts that all come from one calculator have the link once, beside their total.
    """
    totals = calculator.quantities[name].part_of
    if any(_source(calculator, total) for total in totals):
        return ""
    return _source(calculator, name)


def _source(calculator: AnyCalculator, name: str) -> str:
    """Return the one calculator that works out an input, or all of its parts; empty for none."""
    related = calculator.related
    places = parts_of(calculator, name) or (name,)
    found = sorted({related[each].calculator if each in related else "" for each in places})
    return found[-1] if len(found) == 1 else ""


def number_input(answer: Answer, field_id: str, place: str, value: float | None) -> ET.Element:
    """Return one text field. place: the name it is sent under."""
    name = place.removesuffix(LOW).removesuffix(HIGH)
    described = _DESCRIPTIONS if place == name else _DESCRIPTIONS_OF_END
    quantity = answer.calculator.quantities[name]
    return element(
        "input",
        id=field_id,
        name=place,
        type="text",
        # A telephone's decimal pad has no minus sign: only for what is never negative.
        inputmode="decimal" if quantity.minimum >= 0 else None,
        value=answer.language.typed(value, quantity.kind),
        aria_describedby=" ".join(f"{field_id}-{part}" for part in described),
        autocomplete="off",
        spellcheck="false",
    )


def _folded_range(answer: Answer, name: str, ends: ET.Element) -> ET.Element:
    """Return the ends of a range behind a line that opens them."""
    label = answer.words(f"{name}.label")
    return element(
        "details",
        element(
            "summary",
            answer.language.words("range.open"),
            element("span", f": {label}", class_="roi-hidden"),
        ),
        ends,
        class_="roi-range",
        open=_known_range(answer, name) is not None,
    )


def _known_range(answer: Answer, name: str) -> Range | None:
    """Return the range that an input was given; None for none."""
    return answer.given.ranges.get(name) if answer.entered[name] is not None else None


def _range_ends(answer: Answer, field_id: str, name: str) -> ET.Element:
    """Return the fields for the two ends of a range."""
    language, known = answer.language, _known_range(answer, name)
    label = answer.words(f"{name}.label")
    low, high = (known.low, known.high) if known else (None, None)
    made = []
    for end, value in ((LOW, low), (HIGH, high)):
        end_id = f"{field_id}-{end.removeprefix('.')}"
        made.append(
            element(
                "div",
                element(
                    "label",
                    language.words(f"range{end}"),
                    element("span", f": {label}", class_="roi-hidden"),
                    for_=end_id,
                ),
                number_input(answer, end_id, name + end, value),
                element("p", class_="roi-note", id=f"{end_id}-note"),
                element("p", class_="roi-error", id=f"{end_id}-error"),
                class_="roi-range-end",
                data_field=name + end,
            )
        )
    return element("div", *made, class_="roi-range-ends")


def _published(answer: Answer, name: str) -> Iterator[ET.Element]:
    """Yield the published figures for an input, if any, each with a button that enters it."""
    figures = benchmarks_for(answer.calculator.name, name, answer.currency)
    if not figures:
        return
    label = answer.words(f"{name}.label")
    yield element(
        "details",
        element(
            "summary",
            answer.language.words("benchmarks.open"),
            element("span", f": {label}", class_="roi-hidden"),
        ),
        element("ul", *(_benchmark(answer, name, each) for each in figures)),
        class_="roi-benchmarks",
    )


def _benchmark(answer: Answer, name: str, published: Benchmark) -> ET.Element:
    words, typed = answer.language.words, answer.language.typed
    figure = benchmark_figure(published, answer.language)
    label = answer.words(f"{name}.label")
    is_range = published.low != published.high
    return element(
        "li",
        element("strong", figure),
        f" {words(f'benchmark.{published.id}')}. ",
        element("small", *_origin(answer, published), class_="roi-source"),
        " ",
        element(
            "button",
            words("benchmarks.use"),
            element("span", f" {figure}: {label}", class_="roi-hidden"),
            type="button",
            class_="roi-apply",
            data_value=typed(published.likely, published.kind),
            data_low=typed(published.low, published.kind) if is_range else "",
            data_high=typed(published.high, published.kind) if is_range else "",
        ),
    )


def benchmark_figure(published: Benchmark, language: Language) -> str:
    """Write a published figure with its unit, or both ends of its range."""
    low, high = (
        figure_of(language, value, published, published.currency)
        for value in (published.low, published.high)
    )
    if low != high:
        both = f"{low} – {high}"  # noqa: RUF001 - a range has an en dash
        if published.average is None:
            return both
        average = figure_of(language, published.average, published, published.currency)
        return language.words("benchmarks.average", range=both, average=average)
    return f"{published.bound} {low}".strip()


def _origin(answer: Answer, published: Benchmark) -> Iterator[Node]:
    """Yield who published a figure, as a link, and when, where and how far it can be trusted.

    The link opens a tab of its own: what was typed stays, and a frame keeps its calculator.
    """
    words = answer.language.words
    yield element(
        "a",
        publisher(answer.language, published),
        element("span", f" ({words('related.new_tab')})", class_="roi-hidden"),
        href=published.link,
        target="_blank",
        rel="noopener noreferrer",
    )
    yield "".join(f" · {each}" for each in circumstances(answer.language, published))


def unit(answer: Answer, name: str, *, is_brief: bool = False) -> str:
    """Return the words behind a number, and that it is an example until another is entered.

    is_brief: whether to leave its currency out.
    """
    words = answer.own_words.unit(name, "" if is_brief else answer.currency, answer.period)
    if not _is_example(answer, name):
        return words
    return " · ".join(filter(None, (words.strip(), answer.language.words("form.example"))))


def is_untouched(answer: Answer, name: str) -> bool:
    """Tell whether an input has the value that it starts from, and no range."""
    is_default = answer.inputs[name] == answer.calculator.defaults[name]
    return is_default and name not in answer.given.ranges


def _is_example(answer: Answer, name: str) -> bool:
    """Tell whether an input still has the example that it starts from."""
    return is_untouched(answer, name) and name in answer.calculator.examples


def _note(answer: Answer, name: str) -> str:
    """Return the sentence beside a total that its parts replace; empty elsewhere."""
    parts = parts_of(answer.calculator, name)
    if not parts or all(answer.inputs[part] is None for part in parts):
        return ""
    for told in answer.surveyed:
        if told.name == name:
            ends = (told.interval.low, told.share, told.interval.high)
            low, share, high = (answer.figure(each, Kind.SHARE) for each in ends)
            return answer.language.words("note.replaced_by_survey", low=low, share=share, high=high)
    return answer.language.words("note.replaced_by_parts", total=answer.result_figure(name))
