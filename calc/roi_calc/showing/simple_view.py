"""The simple view: an answer at a glance, the few fields that decide it, one line for the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answering import headline, sentences
from roi_calc.answering.answer import Answer
from roi_calc.schema import Kind
from roi_calc.showing import charts, full_answer
from roi_calc.showing.form import (
    advice,
    alike,
    currency,
    fields,
    form,
    from_file,
    is_untouched,
    number_input,
    places_below,
    sending,
    status_line,
    unit,
)
from roi_calc.showing.html import append, element, filled

# What a first visit fetches for Python, as it is sent.
PYTHON_MEGABYTES: Final = 4.5
_CALLED: Final = "roi-hidden roi-currency-name"
# Before what is taken away, and behind the dot that closes a part.
_BETWEEN_PARTS: Final = re.compile(r" (?=− )|(?<= ·) ")


def parts(answer: Answer) -> dict[str, Iterable[ET.Element]]:
    """Return what is replaced as the reader types, by the name of its place."""
    return {
        "lead": _lead(answer),
        "doubt": _doubt(answer),
        "answer": _details(answer),
    }


def arranged(
    answer: Answer, block_id: str, links: Mapping[str, str], places: Mapping[str, ET.Element]
) -> Iterator[ET.Element]:
    """Yield what stands under the title; places: those of the parts, by name."""
    others = [name for name in answer.calculator.fields if name not in in_rows(answer)]
    yield form(
        answer,
        block_id,
        element(
            "div",
            element("div", places["lead"], status_line(answer), class_="roi-head"),
            element(
                "div",
                *(_row(answer, block_id, name) for name in in_rows(answer)),
                class_="roi-rows",
                data_search_exclude=True,
            ),
            element(
                "div",
                places["doubt"],
                " ",
                *_opener(answer),
                _size_of_details(answer),
                class_="roi-doubted",
            ),
            class_="roi-main",
        ),
        element(
            "details",
            element("summary", answer.language.words("simple.more")),
            places["answer"],
            element(
                "div",
                *currency(answer, block_id),
                *_counted(answer),
                *fields(answer, block_id, others, links),
                _unsure(answer, block_id, links),
                *sending(answer),
                class_="roi-inputs",
                # Search finds the title and the answer; labels and help would only be noise there.
                data_search_exclude=True,
            ),
            class_="roi-more",
        ),
    )


def _size_of_details(answer: Answer) -> ET.Element:
    """Return what a reader is told whose connection is spared, beside the details."""
    size = answer.language.numbers.number(PYTHON_MEGABYTES)
    said = answer.language.words("status.behind.size", size=size)
    return element("p", said, class_="roi-behind-size", hidden=True, data_search_exclude=True)


def in_rows(answer: Answer) -> tuple[str, ...]:
    """Return the inputs in sight, and last the one that a reader in doubt brings into sight."""
    doubt, leading = answer.calculator.doubt, answer.calculator.leading
    return leading if doubt is None or doubt.opens in leading else (*leading, doubt.opens)


def _lead(answer: Answer) -> Iterator[ET.Element]:
    """Yield the answer at a glance."""
    subject = answer.calculator.subject
    style = "roi-big roi-loss" if _is_loss(answer) else "roi-big roi-gain"
    yield element("p", headline.label(answer), class_="roi-big-label")
    yield element(
        "p",
        full_answer.output(answer, subject),
        class_=style if answer.calculator.outcome else "roi-big",
    )
    picture = _bar(answer)
    if picture is not None:
        yield picture
    yield _detail(answer)
    yield element("p", headline.nature(answer), class_="roi-worth-of-it")


def _is_loss(answer: Answer) -> bool:
    value = answer.outputs[answer.calculator.subject]
    return value is not None and value < 0


def _detail(answer: Answer) -> ET.Element:
    """Return the line under the figure in the parts between which it may break."""
    parts = (
        full_answer.said("span", part, "roi-part")
        for part in _BETWEEN_PARTS.split(headline.detail(answer))
    )
    made = element("p", class_="roi-detail")
    for part in parts:
        append(made, *([" "] if len(made) else []), part)
    return made


def _bar(answer: Answer) -> ET.Element | None:
    """Return the picture of what was spent of what was gained, or of what a figure is a sum of."""
    spent_of = headline.spent_of(answer)
    if spent_of is not None:
        gained, spent = (answer.value_and_kind(name)[0] or 0.0 for name in spent_of)
        names = (*spent_of, answer.calculator.subject)
        said = [(answer.words(f"{name}.label"), answer.operand(name)) for name in names]
        return charts.spent(
            max(gained, 0.0),
            max(spent, 0.0),
            full_answer.described(answer, said),
            is_loss=_is_loss(answer),
        )
    steps = full_answer.steps(answer)
    if not any(step.sign == "+" for step in steps):
        return None
    amounts = [step.amount for step in steps[:-1]]
    said = [(step.label, step.figure) for step in steps]
    return charts.stacked(amounts, full_answer.described(answer, said))


def _doubt(answer: Answer) -> Iterator[ET.Element]:
    """Yield what decides whether it pays, and what the ranges say of it."""
    doubted = headline.doubted(answer)
    said = element("p", doubted.sentence, class_="roi-hinges")
    if doubted.value:
        said.text, _, behind = doubted.sentence.partition(doubted.value)
        append(said, element("strong", doubted.value), behind)
    yield said
    if answer.spread is not None:
        yield full_answer.said("p", sentences.spread_sentence(answer), "roi-hinges")


def _opener(answer: Answer) -> Iterator[ET.Element]:
    """Yield the button that brings the doubted input into sight, as long as it is not."""
    doubt = answer.calculator.doubt
    is_told = doubt is not None and doubt.break_even in answer.told
    if doubt is not None and is_told and answer.own_words.has("doubt.open"):
        yield element(
            "button",
            answer.words("doubt.open"),
            type="button",
            class_="roi-open",
            data_opens=doubt.opens,
            hidden=not _is_out_of_sight(answer, doubt.opens),
        )


def _is_out_of_sight(answer: Answer, name: str) -> bool:
    """Tell whether an input stands in a row of its own only once somebody asks for it."""
    return name not in answer.calculator.leading and is_untouched(answer, name)


def _row(answer: Answer, block_id: str, name: str) -> ET.Element:
    """Return one input in a line: what it is, its unit, and its field."""

    def made(block_id: str) -> ET.Element:
        return _made_row(answer, f"{block_id}-{name}", name)

    return filled(("row", alike(answer, name, {})), made, block_id)


def _made_row(answer: Answer, field_id: str, name: str) -> ET.Element:
    quantity = answer.calculator.quantities[name]
    label = element("label", answer.own_words.brief(name), for_=field_id)
    control = [number_input(answer, field_id, name, answer.entered[name])]
    if quantity.kind is Kind.MONEY:
        # For the eye the symbol stands beside the digits; read aloud is the currency's name.
        called = answer.language.currency_name(answer.currency)
        append(label, element("span", f" ({called})" if called else "", class_=_CALLED))
        before, behind = answer.language.numbers.affixes(answer.currency)
        control.insert(0, element("span", before, class_="roi-before", aria_hidden="true"))
        control.append(element("span", behind, class_="roi-behind", aria_hidden="true"))
    return element(
        "div",
        element(
            "div",
            label,
            " ",
            element(
                "span", unit(answer, name, is_brief=True), class_="roi-unit", id=f"{field_id}-unit"
            ),
            class_="roi-name",
        ),
        element("div", *control, class_="roi-control"),
        *places_below(answer, field_id, name),
        class_="roi-row",
        data_field=name,
        hidden=_is_out_of_sight(answer, name),
    )


def _counted(answer: Answer) -> Iterator[ET.Element]:
    """Yield what counts one of the inputs in sight from a file."""
    for name in in_rows(answer):
        yield from from_file(answer, name, f"{answer.own_words.brief(name)}: ")


def _details(answer: Answer) -> Iterator[ET.Element]:
    """Yield everything else there is to say, each behind a line that opens it."""
    doubts = list(full_answer.doubts(answer))
    yield full_answer.working(answer, *full_answer.result(answer))
    if doubts:
        yield full_answer.section("doubts", answer.language.words("simple.doubts"), *doubts)
    yield from full_answer.figures(answer)


def _unsure(answer: Answer, block_id: str, links: Mapping[str, str]) -> ET.Element:
    """Return what helps with the numbers in sight: where from, what others found, a range."""

    def helped(name: str) -> ET.Element:
        def made(block_id: str) -> ET.Element:
            return element(
                "div",
                element("p", answer.own_words.brief(name), class_="roi-caption"),
                *advice(answer, f"{block_id}-{name}", name, links, is_open=True),
                class_="roi-advice",
                data_field=name,
            )

        return filled(("advice", alike(answer, name, links)), made, block_id)

    return element(
        "details",
        element("summary", answer.language.words("simple.unsure")),
        *map(helped, in_rows(answer)),
        class_="roi-unsure",
        open=any(name in answer.given.ranges for name in in_rows(answer)),
    )
