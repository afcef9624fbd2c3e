"""Renders a calculator: form, answer, what must be true, picture and working, as escaped HTML.

The one author of what a reader sees: called at build for the whole block, and in the browser for
the answer that replaces the prerendered one. It computes nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from roi_calc.charts import Bar, waterfall
from roi_calc.html import Node, append, element, markup
from roi_calc.number_format import plain_number
from roi_calc.schema import (
    AnyCalculator,
    Kind,
    Values,
    inputs_of,
    outputs_of,
    parts_of,
)
from roi_calc.text import Language


@dataclass(frozen=True)
class Answer:
    """A calculator with its inputs, its outputs, and the language and currency to say them in."""

    calculator: AnyCalculator
    inputs: Values
    outputs: Values
    formulas: dict[str, str]
    sentence_key: str
    assumption_key: str
    language: Language
    currency: str

    @property
    def pays(self) -> bool:
        """Whether what remains in the end is not a loss."""
        *_, remainder = self.calculator.pictured
        return (self.outputs[remainder] or 0) >= 0

    def words(self, key: str, **values: str) -> str:
        """Return the calculator's own words for a key such as `requests.label`."""
        return self.language.words(f"{self.calculator.name}.{key}", **values)

    def figure(self, value: float | None, kind: Kind) -> str:
        """Write a number in the answer's language and currency."""
        return self.language.figure(value, kind, self.currency)

    def result_figure(self, name: str) -> str:
        """Write an output, or say that it is not defined."""
        return self.figure(self.outputs[name], self.calculator.results[name].kind)

    def operand(self, name: str) -> str:
        """Write the number behind a name in a formula: an output's if there is one."""
        if name in self.outputs:
            return self.result_figure(name)
        return self.figure(self.inputs[name], self.calculator.quantities[name].kind)

    def symbol(self, name: str) -> str:
        """Return what stands for a name in a formula: its letter, or its label."""
        quantity = self.calculator.quantities.get(name)
        return (quantity and quantity.symbol) or self.words(f"{name}.label")


# Any: each calculator has its own Inputs.
def answer(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    language: Language,
    currency: str,
) -> Answer:
    """Return the calculator's answer to these inputs, ready to be rendered."""
    outputs = calculator.compute(inputs)
    return Answer(
        calculator=calculator,
        inputs=inputs_of(calculator, inputs),
        outputs=outputs_of(calculator, outputs),
        formulas={name: result.formula_for(inputs) for name, result in calculator.results.items()},
        sentence_key=calculator.sentence(outputs),
        assumption_key=calculator.assumption(inputs),
        language=language,
        currency=currency,
    )


def render_block(given: Answer, block_id: str, title: str = "", boot: str = "") -> str:
    """Return the HTML of a whole calculator: `<roi-calculator>` with form and answer.

    block_id: starts every id inside, unique on the page. title: the calculator's own if empty.
    boot: when the page loads Python, the script's default if empty.
    """
    language = given.language
    block = element(
        "roi-calculator",
        element(
            "p",
            title or given.words("title"),
            class_="roi-title",
            id=f"{block_id}-title",
        ),
        _form(given, block_id),
        _status(given),
        element("div", *_answer(given), class_="roi-answer"),
        element("p", class_="roi-announcement", role="status"),
        id=block_id,
        class_="roi-calculator",
        state="static",
        calculator=given.calculator.name,
        currency=given.currency,
        language=language.tag,
        lang=language.tag,
        boot=boot or None,
    )
    return markup(block)


def render_answer(given: Answer) -> str:
    """Return the HTML inside `.roi-answer`: the part that is replaced as the reader types."""
    return markup(*_answer(given))


def sentence(given: Answer) -> str:
    """Return the answer in one sentence."""
    count = given.inputs[given.calculator.counted] or 0
    return given.language.counted(given.sentence_key, count, **_figures(given))


def _figures(given: Answer) -> dict[str, str]:
    """Return every input and output as it is written, by name: what sentences are filled with."""
    return {name: given.operand(name) for name in (*given.inputs, *given.outputs)}


def _form(given: Answer, block_id: str) -> ET.Element:
    """Return the fields, parts folded away under the total they make up."""
    calculator, language = given.calculator, given.language
    form = element(
        "form",
        class_="roi-form",
        novalidate=True,
        autocomplete="off",
        aria_labelledby=f"{block_id}-title",
        # Search finds the title and the answer; labels and help would only be noise there.
        data_search_exclude=True,
    )
    append(
        form,
        element(
            "div",
            element("p", language.words("form.error_summary"), id=f"{block_id}-errors"),
            element("ul"),
            class_="roi-error-summary",
            role="group",
            aria_labelledby=f"{block_id}-errors",
            tabindex="-1",
            hidden=True,
        ),
    )
    for fold, names in groupby(calculator.quantities, lambda name: _fold(given, name)):
        fields = [_field(given, block_id, name) for name in names]
        append(form, *([_folded(given, fold, fields)] if fold else fields))
    append(
        form,
        element("noscript", element("p", language.words("form.no_script"), class_="roi-no-script")),
        element(
            "div",
            element("button", language.words("form.reset"), type="reset", class_="roi-reset"),
            class_="roi-actions",
        ),
    )
    return form


def _fold(given: Answer, name: str) -> str:
    """Return the key of the words under which an input is folded away; empty for one in sight."""
    quantity = given.calculator.quantities[name]
    if quantity.part_of:
        return f"{quantity.part_of}.parts"
    return f"{quantity.fold}.fold" if quantity.fold else ""


def _folded(given: Answer, fold: str, fields: list[ET.Element]) -> ET.Element:
    """Return fields behind a line that opens them; open where any differs from its default."""
    names = [field.get("data-field", "") for field in fields]
    differs = any(given.inputs[name] != given.calculator.defaults[name] for name in names)
    return element(
        "details",
        element("summary", given.words(fold)),
        element("div", *fields, class_="roi-folded-fields"),
        class_="roi-folded",
        open=differs,
    )


def _field(given: Answer, block_id: str, name: str) -> ET.Element:
    """Return one labelled input with its unit, help, and places for a note and an error."""
    quantity = given.calculator.quantities[name]
    field_id = f"{block_id}-{name}"
    described = ("unit", "help", "note", "error")
    label: list[Node] = [given.words(f"{name}.label")]
    if quantity.symbol:
        label = [element("span", quantity.symbol, class_="roi-symbol"), " ", *label]
    return element(
        "div",
        element("label", *label, for_=field_id),
        element(
            "div",
            element(
                "input",
                id=field_id,
                name=name,
                type="text",
                # A telephone's decimal pad has no minus sign: only for what is never negative.
                inputmode="decimal" if quantity.minimum >= 0 else None,
                value=given.language.typed(given.inputs[name], quantity.kind),
                aria_describedby=" ".join(f"{field_id}-{part}" for part in described),
                autocomplete="off",
                spellcheck="false",
            ),
            element(
                "span",
                given.language.unit(given.calculator, name, given.currency),
                class_="roi-unit",
                id=f"{field_id}-unit",
            ),
            class_="roi-control",
        ),
        element("p", given.words(f"{name}.help"), class_="roi-help", id=f"{field_id}-help"),
        element("p", _note(given, name), class_="roi-note", id=f"{field_id}-note"),
        element("p", class_="roi-error", id=f"{field_id}-error"),
        class_="roi-field",
        data_field=name,
    )


def notes(given: Answer) -> dict[str, str]:
    """Return what is to be said beside an input that is not used, by input."""
    said = {name: _note(given, name) for name in given.calculator.quantities}
    return {name: note for name, note in said.items() if note}


def _note(given: Answer, name: str) -> str:
    """Return the sentence beside a total that its parts replace; empty elsewhere."""
    parts = parts_of(given.calculator, name)
    if all(given.inputs[part] is None for part in parts):
        return ""
    return given.language.words("note.replaced_by_parts", total=given.result_figure(name))


def _status(given: Answer) -> ET.Element:
    """Return the one quiet line about loading; its words wait in attributes for the script."""
    words = given.language.words
    return element(
        "div",
        element(
            "p",
            class_="roi-status",
            tabindex="-1",
            data_loading=words("status.loading"),
            data_failed=words("status.failed"),
            data_stale=words("status.stale"),
            data_overrun=words("status.overrun"),
        ),
        element("button", words("status.retry"), type="button", class_="roi-retry", hidden=True),
        class_="roi-status-line",
        data_search_exclude=True,
    )


def _answer(given: Answer) -> Iterator[ET.Element]:
    calculator, language = given.calculator, given.language
    headlines = [name for name, result in calculator.results.items() if result.is_headline]
    others = [name for name, result in calculator.results.items() if not result.is_headline]
    yield element("p", sentence(given), class_="roi-sentence")
    yield element("dl", *(_headline(given, name) for name in headlines), class_="roi-headlines")
    yield element("figure", _picture(given), class_="roi-figure")
    yield from _conditions(given)
    yield element(
        "details",
        element("summary", language.words("answer.figures")),
        element(
            "table",
            element(
                "thead",
                element(
                    "tr",
                    element("th", language.words("answer.figure"), scope="col"),
                    element("th", language.words("answer.value"), scope="col"),
                ),
            ),
            element("tbody", *(_row(given, name) for name in others)),
            class_="roi-table",
        ),
        class_="roi-more",
    )
    yield element(
        "details",
        element("summary", language.words("working.heading")),
        element("ol", *_working(given)),
        class_="roi-working",
    )


def _headline(given: Answer, name: str) -> ET.Element:
    return element(
        "div",
        element("dt", given.words(f"{name}.label")),
        element("dd", _output(given, name)),
        class_=f"roi-headline roi-headline-{name.replace('_', '-')}",
    )


def _row(given: Answer, name: str) -> ET.Element:
    return element(
        "tr",
        element("th", given.words(f"{name}.label"), scope="row"),
        element("td", _output(given, name)),
    )


def _output(given: Answer, name: str) -> ET.Element:
    """Return an output's value, with the plain number for scripts; why not, where undefined."""
    value = given.outputs[name]
    text = given.words(f"{name}.undefined") if value is None else given.result_figure(name)
    return element(
        "bdi",
        text,
        class_="roi-undefined" if value is None else "roi-value",
        data_output=name,
        data_value="" if value is None else plain_number(value),
    )


def _conditions(given: Answer) -> Iterator[ET.Element]:
    """Yield what must be true for it to pay: the break-evens that exist, and the assumption."""
    language, outputs = given.language, given.outputs
    defined = [
        name
        for name, result in given.calculator.results.items()
        if result.is_condition and outputs[name] is not None
    ]
    attainable = [name for name in defined if outputs[name] and _can_come_true(given, name)]
    content: list[Node] = []
    if attainable:
        heading = "conditions.paying" if given.pays else "conditions.not_paying"
        conditions = (element("li", _condition(given, name)) for name in attainable)
        content += [element("p", language.words(heading)), element("ul", *conditions)]
    else:
        key = "conditions.none" if given.pays else "conditions.never"
        content.append(element("p", language.words(key)))
    content += [
        element("p", given.words(f"{name}.impossible"))
        for name in defined
        if not _can_come_true(given, name)
    ]
    assumption = language.words(given.assumption_key, **_figures(given))
    content.append(element("p", assumption, class_="roi-assumption"))
    yield element("div", *content, class_="roi-conditions")


def _can_come_true(given: Answer, name: str) -> bool:
    value, attainable = given.outputs[name], given.calculator.results[name].attainable
    return value is not None and (attainable is None or value <= attainable)


def _condition(given: Answer, name: str) -> str:
    value = given.outputs[name] or 0
    kind = given.calculator.results[name].kind
    figure = given.language.threshold(value, kind, given.currency)
    key = f"{given.calculator.name}.{name}.condition"
    if kind is Kind.COUNT:
        return given.language.counted(key, value, value=figure)
    return given.language.words(key, value=figure)


def _picture(given: Answer) -> ET.Element:
    names = given.calculator.pictured
    total, deduction, remainder = (
        Bar(given.words(f"{name}.short"), given.outputs[name] or 0, given.result_figure(name))
        for name in names
    )
    description = given.language.words(
        "chart.description",
        total_label=total.label,
        total=total.figure,
        deduction_label=deduction.label,
        deduction=deduction.figure,
        remainder_label=remainder.label,
        remainder=remainder.figure,
    )
    return waterfall(total, deduction, remainder, description)


def _working(given: Answer) -> Iterator[ET.Element]:
    """Yield one line an output: what it is, its formula, the same with numbers, its value."""
    for name, result in given.calculator.results.items():
        formula = given.formulas[name]
        if not formula or given.outputs[name] is None:
            continue
        yield element(
            "li",
            element("span", given.words(f"{name}.label"), class_="roi-step"),
            " = ",
            element("span", _substituted(formula, given.symbol), class_="roi-formula"),
            " = ",
            element("span", _substituted(formula, given.operand), class_="roi-formula"),
            " = ",
            element("strong", given.result_figure(name)),
            " ",
            element(
                "small",
                given.language.words(
                    "working.source", source=given.language.words(f"source.{result.source}")
                ),
                class_="roi-source",
            ),
        )


def _substituted(formula: str, said: Callable[[str], str]) -> str:
    """Return a formula with each name in braces replaced by what is said of it."""
    return re.sub(r"\{(\w+)\}", lambda found: said(found[1]), formula)
