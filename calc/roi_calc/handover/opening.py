"""What the page's worker may call where a link is opened: plain data both ways."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TypedDict, final

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.handover.beside import beside
from roi_calc.handover.beside_html import beside_html, notice_html
from roi_calc.handover.link import LinkError, Opened, form_texts, opened
from roi_calc.handover.months_entry import texts_as_saved
from roi_calc.handover.notes import MONTHS
from roi_calc.language.language import Language
from roi_calc.months.file import MonthsFileError, opened_in
from roi_calc.months.table import can_have_months, is_of_a_month, today_of
from roi_calc.reading.inputs import Given, InputErrors, read_inputs
from roi_calc.schema import AnyCalculator


class Form(TypedDict):
    """What stands in a form, and the id of its calculator."""

    id: int
    calculator: str
    definition: str
    language: str
    currency: str
    values: Mapping[str, str]
    block: str


@final
class LinkedForm(Form):
    """A form in which a link is opened.

    link: its text. values, currency: what it lies beside: the texts of the form as the page was
    built, or what the reader had entered, which own says.
    """

    link: str
    own: bool


class Linked(TypedDict):
    """What a link does to a form; both pieces of HTML are escaped by construction.

    ok: whether it is opened at all. texts: what to put into which field. currency: the link's.
    notice: whose numbers these are, and what was not taken. beside: how they lie beside others.
    notes: what was written for a memo, by the dialog's fields. months: the texts of months that
    came with it, by field.
    """

    id: int
    ok: bool
    texts: dict[str, str]
    currency: str
    notice: str
    beside: str
    notes: dict[str, str]
    months: list[dict[str, str]]


def shown(form: LinkedForm, calculator: AnyCalculator, words: Language) -> Linked:
    """Return what opening a link does to a form."""
    try:
        found = opened(form["link"], calculator, form["currency"], block=form["block"])
    except LinkError as refused:
        notice = notice_html(words, [refused.said(words)], is_opened=False)
        return Linked(
            id=form["id"],
            ok=False,
            texts={},
            currency=form["currency"],
            notice=notice,
            beside="",
            notes={},
            months=[],
        )
    said, notes, months = found.said(words), dict(found.notes), []
    if MONTHS in notes:
        try:
            months = _months(notes.pop(MONTHS), found, words)
        except MonthsFileError as refused:
            said.append(refused.said(words))
    if notes or months:
        said.append(words.words("link.with_notes"))
    theirs = answer_to(calculator, found.given, words, found.currency)
    base, is_own = _base(form, calculator, words)
    return Linked(
        id=form["id"],
        ok=True,
        texts=form_texts(found, words),
        currency=found.currency,
        notice=notice_html(words, said, is_opened=True),
        beside=beside_html(beside(base, theirs, is_own=is_own)),
        notes=notes,
        months=months,
    )


def _months(text: str, found: Opened, words: Language) -> list[dict[str, str]]:
    """Return the texts of the months that came with a link, by field.

    Raises MonthsFileError; nothing comes of months for a form that has none.
    """
    table = opened_in(found.currency, text)
    if not (can_have_months(found.calculator) and is_of_a_month(found.given.inputs)):
        return []
    return texts_as_saved(table, today_of(found.given.inputs), words)


def _base(form: LinkedForm, calculator: AnyCalculator, words: Language) -> tuple[Answer, bool]:
    """Return what the link lies beside, and whether that is the reader's own.

    What cannot be read any more, as another version kept it, is passed over for the example.
    """
    given, is_own = Given(calculator.inputs_type()), False
    with suppress(InputErrors):
        given = read_inputs(calculator, form["values"], words.numbers, form["currency"])
        is_own = form["own"]
    return answer_to(calculator, given, words, form["currency"]), is_own
