"""Renders a calculator's answer: figures, what must be true, picture, working, as escaped HTML.

The one author of what a reader sees: called at build for the whole block, and in the browser for
the answer that replaces the prerendered one. It computes nothing and words nothing (answer.py).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answering import answer
from roi_calc.answering.answer import Answer, Working
from roi_calc.answering.uncertainty import DRAWS, Spread
from roi_calc.formulas.writing import written
from roi_calc.language.number_format import plain_number
from roi_calc.schema import Schedule
from roi_calc.showing import charts
from roi_calc.showing.form import form
from roi_calc.showing.html import Node, anchor, append, element, markup

# Lines may end between two signs, and not between a sign and letters or digits.
_NEGATIVE_AMOUNT: Final = re.compile("\u2212[^\\w\\s][\u00a0\\d.,]*\\d")


def render_block(
    given: Answer,
    key: str,
    title: str = "",
    links: Mapping[str, str] | None = None,
    boot: str = "",
) -> str:
    """Return the HTML of a whole calculator; arguments as of block()."""
    return markup(block(given, key, title, links, boot))


def block(
    given: Answer,
    key: str,
    title: str = "",
    links: Mapping[str, str] | None = None,
    boot: str = "",
) -> ET.Element:
    """Return a whole calculator: `<roi-calculator>` with form and answer.

    key: its own among all blocks that may come to stand on one page; its ids have it, and what is
    about it on the page, such as a live value, names it. title: the calculator's own if empty.
    links: where other calculators stand that work an input out, by their names. boot: when the
    page loads Python, the script's default if empty.
    """
    language, block_id = given.language, anchor(key)
    return element(
        "roi-calculator",
        element(
            "p",
            title or given.words("title"),
            class_="roi-title",
            id=f"{block_id}-title",
        ),
        form(given, block_id, links or {}),
        _status(given),
        element("div", *_answer(given), class_="roi-answer"),
        element("p", class_="roi-announcement", role="status"),
        id=block_id,
        class_="roi-calculator",
        data_block=key,
        state="static",
        calculator=given.calculator.name,
        definition=given.calculator.definition or None,
        currency=given.currency,
        language=language.tag,
        lang=language.tag,
        dir=language.direction,
        comparison=given.comparison.to_json() or None,
        boot=boot or None,
    )


def render_answer(given: Answer) -> str:
    """Return the HTML inside `.roi-answer`: the part that is replaced as the reader types."""
    return markup(*_answer(given))


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
            data_not_started=words("status.not_started"),
            data_stale=words("status.stale"),
            data_overrun=words("status.overrun"),
        ),
        element("button", words("status.retry"), type="button", class_="roi-retry", hidden=True),
        class_="roi-status-line",
        data_search_exclude=True,
    )


def _answer(given: Answer) -> Iterator[ET.Element]:
    results = given.calculator.results
    headlines = [name for name, result in results.items() if result.is_headline]
    others = [name for name in results if name not in headlines]
    schedule = given.calculator.schedule and given.calculator.schedule(given.given.inputs)
    yield _said("p", answer.sentence(given), "roi-sentence")
    yield element(
        "dl",
        *(_headline(given, name) for name in headlines),
        class_="roi-headlines roi-headlines-many" if schedule else "roi-headlines",
    )
    if given.calculator.pictured:
        yield element("figure", _picture(given), class_="roi-figure")
    if schedule:
        yield element("figure", _course(given, schedule), class_="roi-figure")
    yield from _worth(given)
    yield from _conditions(given)
    yield from _survey(given)
    if given.spread is not None:
        yield _spread(given, given.spread)
    yield from _insights(given)
    yield from _alternatives(given)
    if others:
        yield _figures(given, others)
    if schedule:
        yield _schedule(given, schedule)
    yield from _working(given)


def _worth(given: Answer) -> Iterator[ET.Element]:
    """Yield what the answer is worth in cash and time, and what makes it doubtful."""
    lines = [_said("p", each) for each in answer.worth(given)]
    lines += [_said("p", each, "roi-warning") for each in answer.warnings(given)]
    if lines:
        yield element("div", *lines, class_="roi-worth")


def _headline(given: Answer, name: str) -> ET.Element:
    nature = given.calculator.results[name].nature_for(given.given.inputs)
    badge = nature and element(
        "dd",
        given.language.words(f"nature.{nature.value}"),
        class_=f"roi-nature roi-nature-{nature.value}",
    )
    return element(
        "div",
        element("dt", given.words(f"{name}.label")),
        element("dd", _output(given, name)),
        *([badge] if badge is not None else []),
        class_=f"roi-headline roi-headline-{name.replace('_', '-')}",
    )


def _figures(given: Answer, names: list[str]) -> ET.Element:
    language = given.language
    heads = (language.words("answer.figure"), language.words("answer.value"))
    return _section(
        "more",
        language.words("answer.figures"),
        _table(heads, [[given.words(f"{name}.label"), _output(given, name)] for name in names]),
    )


def _output(given: Answer, name: str) -> ET.Element:
    """Return an output's value, with the plain number for scripts; why not, where undefined."""
    value = given.outputs[name]
    text = given.undefined(name) if value is None else given.result_figure(name)
    return element(
        "bdi",
        text,
        class_="roi-undefined" if value is None else "roi-cell",
        data_output=name,
        data_value="" if value is None else plain_number(value),
    )


def _conditions(given: Answer) -> Iterator[ET.Element]:
    """Yield what must be true for it to pay: the break-evens that exist, and the assumptions."""
    content: list[Node] = []
    clauses, impossible = answer.conditions(given), answer.impossibilities(given)
    if clauses:
        content = [
            element("p", answer.conditions_heading(given)),
            element("ul", *(_said("li", clause) for clause in clauses)),
        ]
    elif not impossible and answer.no_condition(given):
        content = [element("p", answer.no_condition(given))]
    content += [element("p", each) for each in impossible]
    content += [_said("p", each, "roi-assumption") for each in answer.assumptions(given)]
    if content:
        yield element("div", *content, class_="roi-conditions")


def _survey(given: Answer) -> Iterator[ET.Element]:
    """Yield what the counts of a survey can tell, and what they cannot."""
    sentences = answer.survey_sentences(given)
    if sentences:
        yield element(
            "section",
            element("p", given.language.words("survey.heading"), class_="roi-heading"),
            element("ul", *(element("li", each) for each in sentences)),
            class_="roi-survey",
        )


def _insights(given: Answer) -> Iterator[ET.Element]:
    found = [_said("li", insight) for insight in answer.insights(given)]
    if found:
        yield element("ul", *found, class_="roi-insights")


def _spread(given: Answer, spread: Spread) -> ET.Element:
    """Return what the ranges mean for the outcome: a sentence, a picture, and the tornado."""
    words, draws = given.language.words, given.language.numbers.number(DRAWS)
    summary, lean = answer.spread_sentence(given), answer.lean_sentence(given)
    how_far = answer.draws_of_surveys(given)
    return element(
        "section",
        element("p", words("spread.heading"), class_="roi-heading"),
        *(_said("p", each) for each in (summary, lean, how_far) if each),
        element(
            "figure",
            charts.histogram(
                spread.bins,
                _percentiles(given, spread),
                summary,
                is_outcome=bool(given.calculator.outcome),
            ),
            class_="roi-figure",
        ),
        *_tornado(given),
        element(
            "p",
            f"{words('spread.method', draws=draws)} {answer.undefined_draws(given)}".strip(),
            class_="roi-assumption",
        ),
        class_="roi-spread",
    )


def _percentiles(given: Answer, spread: Spread) -> list[charts.Mark]:
    return [
        charts.Mark(value, given.drawn_figure(value), name)
        for name, value in (("P5", spread.p5), ("P50", spread.p50), ("P95", spread.p95))
    ]


def _end(given: Answer, name: str, end: float, outcome: str) -> ET.Element:
    """Return one cell of the tornado: the outcome, and under it the input that gives it."""
    value = given.figure(end, given.calculator.quantities[name].kind)
    return element(
        "span",
        element("bdi", outcome, class_="roi-cell"),
        element("small", given.language.words("spread.at", value=value), class_="roi-source"),
    )


def _tornado(given: Answer) -> Iterator[ET.Element]:
    """Yield which range moves the outcome most: a caption, a picture, and a table."""
    if not given.swings:
        return
    words, label = given.language.words, given.words(f"{given.calculator.subject}.label")
    yield element("p", words("spread.tornado", label=label), class_="roi-caption")
    yield element("figure", _tornado_picture(given), class_="roi-figure")
    at_low = given.drawn_column(swing.at_low for swing in given.swings)
    at_high = given.drawn_column(swing.at_high for swing in given.swings)
    yield _table(
        (words("spread.input"), words("spread.at_low"), words("spread.at_high")),
        [
            [
                given.words(f"{swing.name}.label"),
                _end(given, swing.name, given.given.ranges[swing.name].low, low),
                _end(given, swing.name, given.given.ranges[swing.name].high, high),
            ]
            for swing, low, high in zip(given.swings, at_low, at_high, strict=True)
        ],
    )


def _tornado_picture(given: Answer) -> ET.Element:
    base = given.outputs[given.calculator.subject] or 0
    rows = [
        charts.Row(given.words(f"{swing.name}.label"), swing.at_low, swing.at_high)
        for swing in given.swings
    ]
    widest = given.swings[0]
    description = given.language.words(
        "spread.tornado_description",
        input=given.words(f"{widest.name}.label"),
        low=given.drawn_figure(widest.at_low),
        high=given.drawn_figure(widest.at_high),
    )
    return charts.tornado(rows, base, description, is_outcome=bool(given.calculator.outcome))


def _alternatives(given: Answer) -> Iterator[ET.Element]:
    """Yield the scenarios side by side, the answer itself first."""
    found = answer.alternatives(given)
    if not found:
        return
    results, words = given.calculator.results, given.language.words
    headlines = [name for name, result in results.items() if result.is_headline]
    shown = [
        name for name in headlines if name in {headlines[0], given.calculator.outcome, "roi"}
    ] or headlines[:3]
    cases = [given.outputs, *(each.outputs or {} for each in found)]
    columns = [_scenario_column(given, name, [case.get(name) for case in cases]) for name in shown]
    names = [words("scenario.base"), *(each.name for each in found)]
    rows: list[list[Node]] = [list(row) for row in zip(names, *columns, strict=True)]
    heads = (words("scenario.head"), *(given.words(f"{name}.short") for name in shown))
    yield element(
        "section",
        element("p", words("scenario.heading"), class_="roi-heading"),
        _table(heads, rows),
        class_="roi-scenarios",
    )


def _scenario_column(given: Answer, name: str, values: list[float | None]) -> Iterator[ET.Element]:
    """Yield the cells of one output, a loss in its colour."""
    for text, value in zip(given.column_of(name, values), values, strict=True):
        is_loss = value is not None and value < 0
        yield element("bdi", text, class_="roi-cell roi-loss" if is_loss else "roi-cell")


def _schedule(given: Answer, schedule: Schedule) -> ET.Element:
    words = given.language.words
    heads = (words("schedule.month"), *(given.words(f"{name}.label") for name in schedule.columns))
    months = [words("schedule.today"), *map(str, range(1, len(schedule.rows)))]
    columns = map(given.amounts, zip(*schedule.rows, strict=True))
    rows: list[list[Node]] = [list(row) for row in zip(months, *columns, strict=True)]
    note = schedule.note and given.words(schedule.note, **given.figures)
    return _section(
        "schedule",
        words("schedule.heading"),
        _table(heads, rows),
        *([element("p", note, class_="roi-assumption")] if note else []),
    )


def _course(given: Answer, schedule: Schedule) -> ET.Element:
    """Return the picture of one of the schedule's figures over time."""
    values = schedule.course
    written = given.amounts(values)
    label = given.words(f"{schedule.pictured}.label")
    description = given.language.words(
        "schedule.description",
        label=label,
        months=str(len(values) - 1),
        lowest=written[values.index(min(values))],
        last=written[-1],
    )
    return charts.course(values, label, written[-1], description)


def steps(given: Answer) -> list[charts.Step]:
    """Return the amounts of a calculator's picture in order; none that was not added to any."""
    found = []
    for each in given.calculator.pictured:
        sign, name = (each[0], each[1:]) if each[0] in "+-" else ("", each)
        value = given.outputs[name] if name in given.outputs else given.inputs[name]
        label = given.words(f"{name}.short")
        found.append(charts.Step(label, value or 0, given.operand(name), sign))
    return [step for step in found if step.amount or step.sign != "+"]


def _picture(given: Answer) -> ET.Element:
    shown = steps(given)
    description = given.language.words(
        "chart.description",
        steps="; ".join(f"{step.label} {step.figure}" for step in shown),
    )
    return charts.waterfall(shown, description, is_outcome=bool(given.calculator.outcome))


def _working(given: Answer) -> Iterator[ET.Element]:
    """Yield one line an output: what it is, its formula, the same with numbers, its value."""
    lines = []
    for name, formula in given.worked_out.items():
        working = given.working(name)
        line = element(
            "li",
            element("span", given.words(f"{name}.label"), class_="roi-step"),
            " = ",
            element(
                "bdi",
                written(formula, given.symbol, given.language.numbers.number),
                class_="roi-formula",
            ),
            " = ",
            element("bdi", working.numbers, class_="roi-formula", dir="ltr"),
            f" {working.sign} ",
            element("strong", _worked_out(given, name, working)),
        )
        source = given.own_words.source(given.calculator.results[name])
        if source:
            line[-1].tail = " "
            said = given.language.words("working.source", source=source)
            line.append(element("small", said, class_="roi-source"))
        lines.append(line)
    if lines:
        heading = given.language.words("working.heading")
        yield _section("working", heading, element("ol", *lines))


def _worked_out(given: Answer, name: str, working: Working) -> ET.Element:
    """Return what a formula gives; a figure alone is kept in one line, with its minus sign."""
    is_alone = working.figure == given.result_figure(name)
    return element("bdi", working.figure, class_="roi-cell" if is_alone else None)


def _said(tag: str, text: str, style: str | None = None) -> ET.Element:
    """Return a text whose negative amounts stay in one line, so that none ends behind a minus."""
    made, done = element(tag, class_=style), 0
    for found in _NEGATIVE_AMOUNT.finditer(text):
        whole = element("span", found[0], class_="roi-unbroken")
        append(made, text[done : found.start()], whole)
        done = found.end()
    append(made, text[done:])
    return made


def _section(name: str, heading: str, *content: Node) -> ET.Element:
    """Return content behind a line that opens it."""
    return element("details", element("summary", heading), *content, class_=f"roi-{name}")


def _table(heads: tuple[str, ...], rows: list[list[Node]]) -> ET.Element:
    """Return a table whose first column names its rows; wide ones scroll inside their frame."""
    body = (
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(element("td", cell) for cell in row[1:]),
        )
        for row in rows
    )
    table = element(
        "table",
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *body),
        class_="roi-table",
    )
    return element("div", table, class_="roi-scroll", tabindex="0" if len(heads) > 3 else None)  # noqa: PLR2004 - wider than a telephone
