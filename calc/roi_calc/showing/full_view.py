"""The full view: the answer, every field with its help, and then what else there is to say."""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as ET

from roi_calc.answering.answer import Answer
from roi_calc.showing import full_answer
from roi_calc.showing.form import currency, fields, form, sending, status_line


def in_rows(_: Answer) -> tuple[str, ...]:
    """Return the inputs whose unit leaves the currency out: none here."""
    return ()


def parts(answer: Answer) -> dict[str, Iterable[ET.Element]]:
    """Return what is replaced as the reader types, by the name of its place."""
    return {
        "lead": full_answer.result(answer),
        "answer": (*full_answer.doubts(answer), *full_answer.details(answer)),
    }


def arranged(
    answer: Answer, block_id: str, links: Mapping[str, str], places: Mapping[str, ET.Element]
) -> Iterator[ET.Element]:
    """Yield what stands under the title; places: those of the parts, by name."""
    yield places["lead"]
    made = form(
        answer,
        block_id,
        *currency(answer, block_id),
        *fields(answer, block_id, answer.calculator.fields, links),
        *sending(answer),
    )
    # Search finds the title and the answer; labels and help would only be noise there.
    made.set("data-search-exclude", "data-search-exclude")
    yield made
    yield status_line(answer)
    yield places["answer"]
