"""Renders a whole answer: sentence, figures, picture, what must be true, working, as escaped HTML.

It computes nothing and words nothing: that is answering's.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answering import sentences
from roi_calc.answering.alternatives import alternatives
from roi_calc.answering.answer import Answer, Working
from roi_calc.answering.insights import insights
from roi_calc.answering.uncertainty import DRAWS, Spread
from roi_calc.formulas.tree import Node as Formula
from roi_calc.formulas.writing import written
from roi_calc.schema import Schedule
from roi_calc.showing import charts
from roi_calc.showing.html import Node, append, element, filled

# Lines may end between two signs, and not between a sign and letters or digits.
_NEGATIVE_AMOUNT: Final = re.compile("\u2212[^\\w\\s][\u00a0\\d.,]*\\d")
# What stands for an amount that is not known yet (quick/blanks.py) begins with the first of these;
# with the second where it is kept in one line if it is negative.
UNKNOWN: Final = "\ue000"
UNKNOWN_UNBROKEN: Final = "\ue001"


def result(answer: Answer) -> Iterator[ET.Element]:
    """Yield the answer itself: in a sentence, in its few large figures, and in a picture."""
    schedule = answer.calculator.schedule and answer.calculator.schedule(answer.given.inputs)
    headlines = [name for name, each in answer.calculator.results.items() if each.is_headline]
    yield said("p", sentences.sentence(answer), "roi-sentence")
    yield element(
        "dl",
        *(_headline(answer, name) for name in headlines),
        class_="roi-headlines roi-headlines-many" if schedule else "roi-headlines",
    )
    if answer.calculator.pictured:
        yield element("figure", _picture(answer), class_="roi-figure")
    if schedule:
        yield element("figure", _course(answer, schedule), class_="roi-figure")


def doubts(answer: Answer) -> Iterator[ET.Element]:
    """Yield what the answer is worth and what it hangs on: conditions, ranges, other cases."""
    yield from _worth(answer)
    yield from _conditions(answer)
    yield from _survey(answer)
    if answer.spread is not None:
        yield _spread(answer, answer.spread)
    yield from _insights(answer)
    yield from _alternatives(answer)


def details(answer: Answer) -> Iterator[ET.Element]:
    """Yield the other figures, the months and the working, each behind a line that opens it."""
    yield from figures(answer)
    if answer.worked_out:
        yield working(answer)


def figures(answer: Answer) -> Iterator[ET.Element]:
    """Yield the figures that are not large, and the months."""
    schedule = answer.calculator.schedule and answer.calculator.schedule(answer.given.inputs)
    others = [name for name in answer.told if not answer.calculator.results[name].is_headline]
    if others:
        yield _figures(answer, others)
    if schedule:
        yield _schedule(answer, schedule)


def _worth(answer: Answer) -> Iterator[ET.Element]:
    """Yield what the answer is worth in cash and time, and what makes it doubtful."""
    lines = [said("p", each) for each in sentences.worth(answer)]
    lines += [said("p", each, "roi-warning") for each in sentences.warnings(answer)]
    if lines:
        yield element("div", *lines, class_="roi-worth")


def _headline(answer: Answer, name: str) -> ET.Element:
    nature = answer.calculator.results[name].nature_for(answer.given.inputs)
    badge = nature and element(
        "dd",
        answer.language.words(f"nature.{nature.value}"),
        class_=f"roi-nature roi-nature-{nature.value}",
    )
    return element(
        "div",
        element("dt", answer.words(f"{name}.label")),
        element("dd", output(answer, name)),
        *([badge] if badge is not None else []),
        class_=f"roi-headline roi-headline-{name.replace('_', '-')}",
    )


def _figures(answer: Answer, names: list[str]) -> ET.Element:

    def made(*outputs: str) -> ET.Element:
        words = answer.language.words
        labels = (answer.words(f"{name}.label") for name in names)
        rows: list[list[Node]] = [list(row) for row in zip(labels, outputs, strict=True)]
        table = _table((words("answer.figure"), words("answer.value")), rows)
        return section("more", words("answer.figures"), table)

    key = ("figures", answer.calculator, answer.language, *names)
    return filled(key, made, *(output(answer, name) for name in names))


def output(answer: Answer, name: str) -> ET.Element:
    """Return an output's value, with the plain number for scripts; why not, where undefined."""
    value = answer.outputs[name]
    text = answer.undefined(name) if value is None else answer.result_figure(name)
    return cell(
        text,
        "roi-undefined" if value is None else "roi-cell",
        data_output=name,
        data_value=answer.plain(name),
    )


def _conditions(answer: Answer) -> Iterator[ET.Element]:
    """Yield what must be true for it to pay: the break-evens that exist, and the assumptions."""
    content: list[Node] = []
    clauses, impossible = sentences.conditions(answer), sentences.impossibilities(answer)
    if clauses:
        content = [
            element("p", sentences.conditions_heading(answer, len(clauses))),
            element("ul", *(said("li", clause) for clause in clauses)),
        ]
    elif not impossible and sentences.no_condition(answer):
        content = [element("p", sentences.no_condition(answer))]
    content += [element("p", each) for each in impossible]
    content += [said("p", each, "roi-assumption") for each in sentences.assumptions(answer)]
    if content:
        yield element("div", *content, class_="roi-conditions")


def _survey(answer: Answer) -> Iterator[ET.Element]:
    """Yield what the counts of a survey can tell, and what they cannot."""
    found = sentences.survey_sentences(answer)
    if found:
        yield element(
            "section",
            element("p", answer.language.words("survey.heading"), class_="roi-heading"),
            element("ul", *(element("li", each) for each in found)),
            class_="roi-survey",
        )


def _insights(answer: Answer) -> Iterator[ET.Element]:
    found = [said("li", insight) for insight in insights(answer)]
    if found:
        yield element("ul", *found, class_="roi-insights")


def _spread(answer: Answer, spread: Spread) -> ET.Element:
    """Return what the ranges mean for the outcome: a sentence, a picture, and the tornado."""
    words, draws = answer.language.words, answer.language.numbers.number(DRAWS)
    summary, lean = sentences.spread_sentence(answer), sentences.lean_sentence(answer)
    how_far = sentences.draws_of_surveys(answer)
    return element(
        "section",
        element("p", words("spread.heading"), class_="roi-heading"),
        *(said("p", each) for each in (summary, lean, how_far) if each),
        element(
            "figure",
            charts.histogram(
                spread.bins,
                _percentiles(answer, spread),
                summary,
                is_outcome=bool(answer.calculator.outcome),
            ),
            class_="roi-figure",
        ),
        *_tornado(answer),
        element(
            "p",
            f"{words('spread.method', draws=draws)} {sentences.undefined_draws(answer)}".strip(),
            class_="roi-assumption",
        ),
        class_="roi-spread",
    )


def _percentiles(answer: Answer, spread: Spread) -> list[charts.Mark]:
    return [
        charts.Mark(value, answer.drawn_figure(value), name)
        for name, value in (("P5", spread.p5), ("P50", spread.p50), ("P95", spread.p95))
    ]


def _end(answer: Answer, name: str, end: float, outcome: str) -> ET.Element:
    """Return one cell of the tornado: the outcome, and under it the input that gives it."""
    value = answer.figure(end, answer.calculator.quantities[name].kind)
    return element(
        "span",
        cell(outcome),
        element("small", answer.language.words("spread.at", value=value), class_="roi-source"),
    )


def _tornado(answer: Answer) -> Iterator[ET.Element]:
    """Yield which range moves the outcome most: a caption, a picture, and a table."""
    if not answer.swings:
        return
    subject = answer.calculator.subject
    words, label = answer.language.words, answer.words(f"{subject}.label")
    yield element("p", words("spread.tornado", label=label), class_="roi-caption")
    yield element("figure", _tornado_picture(answer), class_="roi-figure")
    at_low = answer.column_of(subject, (swing.at_low for swing in answer.swings))
    at_high = answer.column_of(subject, (swing.at_high for swing in answer.swings))
    yield _table(
        (words("spread.input"), words("spread.at_low"), words("spread.at_high")),
        [
            [
                answer.words(f"{swing.name}.label"),
                _end(answer, swing.name, answer.given.ranges[swing.name].low, low),
                _end(answer, swing.name, answer.given.ranges[swing.name].high, high),
            ]
            for swing, low, high in zip(answer.swings, at_low, at_high, strict=True)
        ],
    )


def _tornado_picture(answer: Answer) -> ET.Element:
    subject = answer.calculator.subject
    base = answer.outputs[subject] or 0
    rows = [
        charts.Row(answer.words(f"{swing.name}.label"), swing.at_low, swing.at_high)
        for swing in answer.swings
    ]
    widest = answer.swings[0]
    description = answer.language.words(
        "spread.tornado_description",
        input=answer.words(f"{widest.name}.label"),
        low=answer.figure_of(subject, widest.at_low),
        high=answer.figure_of(subject, widest.at_high),
    )
    return charts.tornado(rows, base, description, is_outcome=bool(answer.calculator.outcome))


def _alternatives(answer: Answer) -> Iterator[ET.Element]:
    """Yield the scenarios side by side, the answer itself first."""
    found = alternatives(answer)
    if not found:
        return
    results, words = answer.calculator.results, answer.language.words
    headlines = [name for name, result in results.items() if result.is_headline]
    shown = [
        name for name in headlines if name in {headlines[0], answer.calculator.outcome, "roi"}
    ] or headlines[:3]
    cases = [answer.outputs, *(each.outputs or {} for each in found)]
    columns = [_scenario_column(answer, name, [case.get(name) for case in cases]) for name in shown]
    names = [words("scenario.base"), *(each.name for each in found)]
    rows: list[list[Node]] = [list(row) for row in zip(names, *columns, strict=True)]
    heads = (words("scenario.head"), *(answer.words(f"{name}.short") for name in shown))
    yield element(
        "section",
        element("p", words("scenario.heading"), class_="roi-heading"),
        _table(heads, rows),
        class_="roi-scenarios",
    )


def _scenario_column(answer: Answer, name: str, values: list[float | None]) -> Iterator[ET.Element]:
    """Yield the cells of one output, a loss in its color."""
    for text, value in zip(answer.column_of(name, values), values, strict=True):
        is_loss = value is not None and value < 0
        yield cell(text, "roi-cell roi-loss" if is_loss else "roi-cell")


def _schedule(answer: Answer, schedule: Schedule) -> ET.Element:
    words = answer.language.words
    heads = (words("schedule.month"), *(answer.words(f"{name}.label") for name in schedule.columns))
    months = [words("schedule.today"), *map(str, range(1, len(schedule.rows)))]
    columns = map(answer.amounts, zip(*schedule.rows, strict=True))
    rows: list[list[Node]] = [list(row) for row in zip(months, *columns, strict=True)]
    note = schedule.note and answer.words(schedule.note, **answer.figures)
    return section(
        "schedule",
        words("schedule.heading"),
        _table(heads, rows),
        *([element("p", note, class_="roi-assumption")] if note else []),
    )


def _course(answer: Answer, schedule: Schedule) -> ET.Element:
    """Return the picture of one of the schedule's figures over time."""
    values = schedule.course
    written = answer.amounts(values)
    label = answer.words(f"{schedule.pictured}.label")
    description = answer.language.words(
        "schedule.description",
        label=label,
        months=str(len(values) - 1),
        lowest=written[values.index(min(values))],
        last=written[-1],
    )
    return charts.course(values, label, written[-1], description)


def steps(answer: Answer) -> list[charts.Step]:
    """Return the amounts of a calculator's picture in order.

    None that was not added to any, and none of what was not given.
    """
    found = []
    for each in answer.calculator.pictured:
        sign, name = (each[0], each[1:]) if each[0] in "+-" else ("", each)
        if name in answer.outputs and name not in answer.told:
            continue
        value = answer.outputs[name] if name in answer.outputs else answer.inputs[name]
        label = answer.words(f"{name}.short")
        is_outcome = name == answer.calculator.outcome
        found.append(charts.Step(label, value or 0, answer.operand(name), sign, is_outcome))
    return [step for step in found if step.amount or step.sign != "+"]


def described(answer: Answer, amounts: Iterable[tuple[str, str]]) -> str:
    """Return a picture of amounts, each a label and a figure, for who does not see it."""
    steps = "; ".join(f"{label} {figure}" for label, figure in amounts)
    return answer.language.words("chart.description", steps=steps)


def _picture(answer: Answer) -> ET.Element:
    shown = steps(answer)
    description = described(answer, [(step.label, step.figure) for step in shown])
    return charts.waterfall(shown, description)


def working(answer: Answer, *before: ET.Element) -> ET.Element:
    """Return one line an output: what it is, its formula, the same with numbers, its value.

    before: what stands over the lines.
    """
    lines = []
    for name, formula in answer.worked_out.items():
        working = answer.working(name)
        key = ("line", answer.calculator, answer.language, name, formula)
        figure = _worked_out(answer, name, working)
        made = partial(_line, answer, name, formula)
        lines.append(filled(key, made, working.numbers, working.sign, figure))
    heading = answer.language.words("working.heading")
    return section("working", heading, *before, *([element("ol", *lines)] if lines else []))


def _line(  # noqa: PLR0913, PLR0917 - what a line is about, and its slots
    answer: Answer, name: str, formula: Formula, numbers: str, sign: str, figure: str
) -> ET.Element:
    general = written(formula, answer.symbol, answer.language.numbers.number)
    source = answer.own_words.source(answer.calculator.results[name])
    made = element(
        "li",
        element("span", answer.words(f"{name}.label"), class_="roi-step"),
        " = ",
        element("bdi", general, class_="roi-formula"),
        " = ",
        element("bdi", numbers, class_="roi-formula", dir="ltr"),
        f" {sign} ",
        element("strong", figure),
    )
    if source:
        said = answer.language.words("working.source", source=source)
        append(made, " ", element("small", said, class_="roi-source"))
    return made


def _worked_out(answer: Answer, name: str, working: Working) -> ET.Element:
    """Return what a formula gives; a figure alone is kept in one line, with its minus sign."""
    is_alone = working.figure == answer.result_figure(name)
    return cell(working.figure, "roi-cell" if is_alone else None)


def cell(text: str, style: str | None = "roi-cell", **attributes: str | float) -> ET.Element:
    """Return a figure, kept in one line by its style."""

    def made(text: str, *values: str) -> ET.Element:
        return element("bdi", text, class_=style, **dict(zip(attributes, values, strict=True)))

    return filled(("cell", style, *attributes), made, text, *map(str, attributes.values()))


def said(tag: str, text: str, style: str | None = None) -> ET.Element:
    """Return a text whose negative amounts stay in one line, so that none ends behind a minus."""
    made, done = element(tag, class_=style), 0
    text = text.replace(UNKNOWN, UNKNOWN_UNBROKEN)
    for found in _NEGATIVE_AMOUNT.finditer(text):
        append(made, text[done : found.start()], unbroken(found[0]))
        done = found.end()
    append(made, text[done:])
    return made


def unbroken(text: str) -> ET.Element:
    """Return a text that stays in one line."""
    return element("span", text, class_="roi-unbroken")


def section(name: str, heading: str, *content: Node) -> ET.Element:
    """Return content behind a line that opens it."""
    return element("details", element("summary", heading), *content, class_=f"roi-{name}")


def _table(heads: tuple[str, ...], rows: list[list[Node]]) -> ET.Element:
    """Return a table whose first column names its rows; wide ones scroll inside their frame."""

    def made(name: str, *cells: str) -> ET.Element:
        return element(
            "tr", element("th", name, scope="row"), *(element("td", cell) for cell in cells)
        )

    body = (filled(("row of a table", len(row)), made, *row) for row in rows)
    table = element(
        "table",
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *body),
        class_="roi-table",
    )
    return element("div", table, class_="roi-scroll", tabindex="0" if len(heads) > 3 else None)  # noqa: PLR2004 - wider than a telephone
