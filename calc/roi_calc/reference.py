"""Tables about calculators, for documentation: inputs, results, published figures; from the code.

They are plain HTML tables in the theme's own style, written once when a page is built.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answer import substituted
from roi_calc.benchmarks import Benchmark, benchmarks
from roi_calc.form import benchmark_figure
from roi_calc.html import Node, element, markup
from roi_calc.number_format import NEUTRAL
from roi_calc.schema import AnyCalculator, Choice, Quantity, Result
from roi_calc.text import Language


def render_inputs(calculator: AnyCalculator, language: Language, currency: str) -> str:
    """Return a table of a calculator's inputs, as a block or the command line names them."""
    rows = [
        _input_row(calculator, name, declared, language, currency)
        for name, declared in calculator.fields.items()
    ]
    return markup(_table(language, ("input", "meaning", "unit", "default", "limits"), rows))


def render_results(calculator: AnyCalculator, language: Language, currency: str) -> str:
    """Return a table of a calculator's outputs with their formulas, for the default inputs."""
    del currency  # formulas name quantities, not amounts
    inputs = calculator.inputs_type()
    rows = [
        _result_row(calculator, name, result, result.formula_for(inputs), language)
        for name, result in calculator.results.items()
    ]
    return markup(_table(language, ("output", "meaning", "formula", "source"), rows))


def render_benchmarks(calculator: AnyCalculator, language: Language, currency: str) -> str:
    """Return a table of the published figures for a calculator, in any currency."""
    del currency
    prefix = f"{calculator.name}."
    return _benchmarks(
        [each for each in benchmarks() if any(at.startswith(prefix) for at in each.inputs)],
        language,
    )


def render_all_benchmarks(calculator: AnyCalculator, language: Language, currency: str) -> str:
    """Return a table of every published figure, each in the currency it was published in."""
    del calculator, currency
    return _benchmarks(benchmarks(), language)


def _benchmarks(published: Iterable[Benchmark], language: Language) -> str:
    rows = [_benchmark_row(each, language) for each in published]
    return markup(_table(language, ("figure", "measures", "source", "year", "grade"), rows))


# What a block can show instead of the calculator.
TABLES: Final[Mapping[str, Callable[[AnyCalculator, Language, str], str]]] = {
    "inputs": render_inputs,
    "results": render_results,
    "benchmarks": render_benchmarks,
    "all-benchmarks": render_all_benchmarks,
}


def _input_row(
    calculator: AnyCalculator,
    name: str,
    declared: Quantity | Choice,
    language: Language,
    currency: str,
) -> list[Node]:
    label = language.words_of(calculator, f"{name}.label")
    default = calculator.defaults[name]
    if isinstance(declared, Choice):
        limits = language.listed(declared.options)
        return [_code(name), label, "", _code(str(default)), limits]
    if declared.symbol:
        label = f"{label} ({declared.symbol})"
    low, high = (NEUTRAL.number(limit, 9) for limit in (declared.minimum, declared.maximum))
    return [
        _code(name),
        label,
        language.unit(calculator, name, currency),
        _code(NEUTRAL.number(default, 9)) if isinstance(default, int | float) else "",
        f"{low} – {high}",  # noqa: RUF001 - a range has an en dash
    ]


def _result_row(
    calculator: AnyCalculator, name: str, result: Result, formula: str, language: Language
) -> list[Node]:
    label = language.words_of(calculator, f"{name}.label")
    shown = _code(substituted(formula, str, NEUTRAL)) if formula else ""
    return [_code(name), label, shown, language.source(calculator, result)]


def _benchmark_row(published: Benchmark, language: Language) -> list[Node]:
    words = language.words
    measures = words(f"benchmark.{published.id}")
    if published.place:
        measures = f"{measures} ({words(f'place.{published.place}')})"
    return [
        benchmark_figure(published, language),
        measures,
        language.publisher(published),
        published.year or words("benchmarks.undated"),
        words(f"grade.{published.grade}"),
    ]


def _code(text: str) -> ET.Element:
    return element("code", text)


def _table(language: Language, heads: Iterable[str], rows: Iterable[Iterable[Node]]) -> ET.Element:
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
