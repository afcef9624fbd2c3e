"""What documentation shows of calculators: inputs, results, published figures, formulas.

From the code, and written once when a page is built: plain HTML tables in the theme's own style,
and pictures in the calculators'.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.answering.published_figures import (
    Benchmark,
    Price,
    benchmarks,
    place_of,
    prices,
    publisher,
    sample_of,
    year_of,
)
from roi_calc.formulas.writing import written
from roi_calc.language.language import Language, author_language
from roi_calc.reading.inputs import Given
from roi_calc.schema import Choice, Kind, Quantity
from roi_calc.showing.form import benchmark_figure
from roi_calc.showing.formula_boxes import formula_boxes
from roi_calc.showing.html import Node, element, markup

_LONGEST_FORMULA: Final = 150  # characters


def render_inputs(answer: Answer) -> str:
    """Return a table of a calculator's inputs, as a block or the command line names them."""
    fields = answer.calculator.fields
    rows = [_input_row(answer, name, declared) for name, declared in fields.items()]
    return markup(table(answer.language, ("input", "meaning", "unit", "default", "limits"), rows))


def render_results(answer: Answer) -> str:
    """Return a table of a calculator's outputs with their formulas.

    As they are used for the default inputs; of what these do not need, the general one, unless it
    is too long for a table.
    """
    calculator, language = answer.calculator, answer.language
    example = answer_to(calculator, Given(calculator.inputs_type()), language, answer.currency)
    rows = [_result_row(example, name) for name in calculator.results]
    return markup(table(language, ("output", "meaning", "formula", "source"), rows))


def render_benchmarks(answer: Answer) -> str:
    """Return a table of the published figures for a calculator, in any currency."""
    prefix = f"{answer.calculator.name}."
    return _benchmarks(
        [each for each in benchmarks() if any(at.startswith(prefix) for at in each.inputs)],
        answer.language,
    )


def render_all_benchmarks(answer: Answer) -> str:
    """Return a table of every published figure, each in the currency it was published in."""
    return _benchmarks(benchmarks(), answer.language)


def render_prices(answer: Answer) -> str:
    """Return a table of what sellers of AI agents ask for."""
    rows = [_price_row(each, answer.language) for each in prices()]
    return markup(table(answer.language, ("price", "paid_for", "year", "source"), rows))


def render_formulas(answer: Answer) -> str:
    """Return every formula as a picture with the block's values, the headlines' in sight."""
    results, language = answer.calculator.results, answer.language
    headlines = [name for name in answer.worked_out if results[name].is_headline]
    others = [name for name in answer.worked_out if name not in headlines]
    content = []
    if headlines:
        content.append(_formulas(answer, headlines))
    if others:
        summary = element("summary", language.words("answer.figures"))
        content.append(element("details", summary, _formulas(answer, others)))
    return markup(
        element(
            "div",
            *content,
            class_="roi-calculator roi-formulas",
            lang=language.tag,
            dir=language.direction,
        )
    )


def _benchmarks(published: Iterable[Benchmark], language: Language) -> str:
    rows = [_benchmark_row(each, language) for each in published]
    return markup(table(language, ("figure", "measures", "place", "year", "source", "grade"), rows))


# What a block can show instead of the calculator.
REFERENCES: Final[Mapping[str, Callable[[Answer], str]]] = {
    "inputs": render_inputs,
    "results": render_results,
    "benchmarks": render_benchmarks,
    "all-benchmarks": render_all_benchmarks,
    "prices": render_prices,
    "formulas": render_formulas,
}


def _formulas(answer: Answer, names: Iterable[str]) -> ET.Element:
    boxes = (formula_boxes(answer, name) for name in names)
    return element("div", *boxes, class_="roi-formula-list")


def _input_row(answer: Answer, name: str, declared: Quantity | Choice) -> list[Node]:
    calculator, language = answer.calculator, answer.language
    label = answer.words(f"{name}.label")
    default = calculator.defaults[name]
    if isinstance(declared, Choice):
        limits = language.listed(declared.options)
        return [_code(name), label, "", _code(str(default)), limits]
    if declared.symbol:
        label = f"{label} ({declared.symbol})"
    typed = author_language().typed
    low, high = (typed(limit, declared.kind) for limit in (declared.minimum, declared.maximum))
    return [
        _code(name),
        label,
        answer.own_words.unit(name, answer.currency),
        _default(answer, name, declared),
        element("span", _code(low), " – ", _code(high)),  # noqa: RUF001 - a range has an en dash
    ]


def _default(answer: Answer, name: str, declared: Quantity) -> Node:
    """Return what an input starts from, and whether that is only an example; a part has nothing."""
    calculator, words = answer.calculator, answer.language.words
    default = calculator.defaults[name]
    if not isinstance(default, int | float):
        return words("form.optional") if declared.is_optional else ""
    written = _code(author_language().typed(default, declared.kind))
    if name not in calculator.examples:
        return written
    return element("span", written, f" {words('form.example')}")


def _result_row(answer: Answer, name: str) -> list[Node]:
    calculator = answer.calculator
    formula = answer.worked_out.get(name, calculator.formulas.get(name))
    shown = written(formula, str) if formula else ""
    return [
        _code(name),
        answer.words(f"{name}.label"),
        _code(shown) if 0 < len(shown) <= _LONGEST_FORMULA else "",
        answer.own_words.source(calculator.results[name]),
    ]


def _benchmark_row(published: Benchmark, language: Language) -> list[Node]:
    source = _link(publisher(language, published), published.link)
    sample = sample_of(language, published)
    return [
        benchmark_figure(published, language),
        language.words(f"benchmark.{published.id}"),
        place_of(language, published),
        year_of(language, published),
        element("span", source, f"; {sample}") if sample else source,
        language.words(f"grade.{published.grade}"),
    ]


def _price_row(price: Price, language: Language) -> list[Node]:
    amount = language.words("prices.by_contract")
    if price.amount is not None:
        amount = language.figure(price.amount, Kind.MONEY, price.currency)
    return [
        amount,
        language.words(f"price.{price.id}"),
        year_of(language, price),
        _link(price.source, price.link),
    ]


def _link(text: str, address: str) -> ET.Element:
    return element("a", text, href=address, rel="noopener noreferrer")


def _code(text: str) -> ET.Element:
    return element("code", text)


def table(language: Language, heads: Iterable[str], rows: Iterable[Iterable[Node]]) -> ET.Element:
    """Return a table. heads: the keys of its heads' words, `reference.<head>`."""
    return element(
        "table",
        element(
            "thead",
            element(
                "tr",
                *(
                    element("th", language.words(f"reference.{head}"), scope="col")
                    for head in heads
                ),
            ),
        ),
        element(
            "tbody",
            *(element("tr", *(element("td", cell) for cell in row)) for row in rows),
        ),
    )
