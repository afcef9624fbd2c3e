"""All that the page's worker may call once its reader takes an answer away: plain data both ways.

It comes to the browser in an archive of its own, with its words, when somebody asks for it.
"""

import gettext
import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, TypedDict, final

from roi_calc.answering.answer import Answer, Comparison, answer_to
from roi_calc.handover.count_record import record_from
from roi_calc.handover.dialog import dialog_html
from roi_calc.handover.link import LinkError, link_text
from roi_calc.handover.memo import Typed, memo, with_count
from roi_calc.handover.memo_html import memo_html
from roi_calc.handover.memo_markdown import memo_markdown
from roi_calc.handover.months_entry import MonthsEntry
from roi_calc.handover.months_form import MonthsForm, MonthsSaid, entry_of, months_said
from roi_calc.handover.months_html import months_section, no_months
from roi_calc.handover.notes import MONTHS
from roi_calc.handover.opening import Form, Linked, LinkedForm, shown
from roi_calc.handover.workbook import workbook
from roi_calc.language.catalogs import CATALOG, catalog, sent
from roi_calc.language.language import Language, language
from roi_calc.language.words import words_of
from roi_calc.months.file import written
from roi_calc.months.table import can_have_months
from roi_calc.reading.inputs import Given, InputErrors, read_inputs
from roi_calc.schema import AnyCalculator, input_name

if TYPE_CHECKING:
    from roi_calc.handover.count_door import Counted, CountForm, Dialog

# As a page's worker keeps it, beside the words that every page has.
PACK = "{language}.handover"


class TypedTexts(TypedDict):
    """What a reader typed for a memo, as Typed has it.

    entered: the fields that were changed. count: what CountRecord.to_json() wrote; empty for none.
    """

    title: str
    period: str
    team: str
    author: str
    date: str
    ask: str
    left_out: str
    address: str
    sources: Mapping[str, str]
    grades: Mapping[str, str]
    entered: Sequence[str]
    count: str


@final
class Wish(Form):
    """A form, and what is to be made of its answer. workbook: whether that instead of a memo.

    months: what was typed of months, by field. notes: what was typed for the memo, by field.
    in_link: whether the link is to carry both.
    """

    comparison: str
    typed: TypedTexts
    workbook: bool
    months: Sequence[Mapping[str, str]]
    notes: Mapping[str, str]
    in_link: bool


class Made(TypedDict):
    """A memo as HTML and as Markdown, what it is called, and the dialog around it as HTML.

    link: the address that opens its inputs, with the notes; empty where they are too long for one.
    """

    id: int
    ok: bool
    name: str
    html: str
    markdown: str
    dialog: str
    link: str


class Workbook(TypedDict):
    """A workbook: the bytes of the file."""

    id: int
    ok: bool
    file: bytes


class Refused(TypedDict):
    """What is wrong with the form."""

    id: int
    ok: bool
    message: str


def handed_over(
    wish: "Wish | LinkedForm | MonthsForm | CountForm", find: Callable[[str, str], AnyCalculator]
) -> "Made | Workbook | Refused | Linked | MonthsSaid | Dialog | Counted":
    """Return the memo of a form's answer, under the wish's id; what is wrong with the form else.

    For a form with a link, what opening it does; for one with months, what follows from them; for
    one with a file, what that counts.

    find: gives a calculator by its name and its definition.
    """
    words = spoken(wish["language"])
    calculator = find(wish["calculator"], wish["definition"])
    if "link" in wish:
        return shown(wish, calculator, words)
    if "count" in wish:
        # Who only writes a memo does not wait for what counts.
        from roi_calc.handover.count_door import counted  # noqa: PLC0415

        return counted(wish, calculator, words)
    try:
        given = read_inputs(calculator, wish["values"], words.numbers, wish["currency"])
    except InputErrors as refused:
        said = words_of(calculator, words).error(refused.errors[0], wish["currency"])
        return Refused(id=wish["id"], ok=False, message=said)
    if "rows" in wish:
        return _months(wish, calculator, given, words)
    comparison = Comparison.from_json(wish["comparison"])
    return _made(wish, answer_to(calculator, given, words, wish["currency"], comparison))


def _months(
    form: MonthsForm, calculator: AnyCalculator, given: Given, words: Language
) -> MonthsSaid | Refused:
    entry = entry_of(calculator, given.inputs, words, form["currency"], form["rows"])
    if entry is None:
        return Refused(id=form["id"], ok=False, message=no_months(words))
    return months_said(form, entry)


def _made(wish: Wish, answer: Answer) -> Made | Workbook | Refused:
    typed = with_count(answer, typed_of(wish["typed"]))
    words, calculator = answer.language, answer.calculator
    months = entry_of(calculator, answer.given.inputs, words, answer.currency, wish["months"])
    if wish["workbook"]:
        wrong = "" if months is None else next(months.wrong(), "")
        if wrong:
            return Refused(id=wish["id"], ok=False, message=wrong)
        file = workbook(answer, typed, None if months is None else months.table)
        return Workbook(id=wish["id"], ok=True, file=file)
    section = None
    if can_have_months(calculator):
        section = months_section(months, words, wish["block"])
    made = memo(answer, typed)
    return Made(
        id=wish["id"],
        ok=True,
        name=made.title,
        html=memo_html(made),
        markdown=memo_markdown(made),
        dialog=dialog_html(made, wish["block"], section),
        link=_link(answer, typed.address, _notes(wish, months)),
    )


def _notes(wish: Wish, months: MonthsEntry | None) -> dict[str, str]:
    """Return what the link is to carry besides the inputs; months only if each can be used."""
    if not wish["in_link"]:
        return {}
    notes = dict(wish["notes"])
    if months is not None and months.table.entered and not next(months.wrong(), ""):
        notes[MONTHS] = written(months.table)
    return notes


def _link(answer: Answer, address: str, notes: Mapping[str, str]) -> str:
    """Return the address that opens an answer's inputs; empty where they are too long for one."""
    with suppress(LinkError):
        text = link_text(answer.calculator, answer.given, answer.currency, notes=notes)
        return f"{address.strip()}#{text}"
    return ""


def spoken(tag: str) -> Language:
    """Return a language with the words that came with this room."""
    words = language(tag)
    _learn(words.base)
    return words


def typed_of(texts: TypedTexts) -> Typed:
    """Return what was typed, from a page's plain data."""
    return Typed(
        title=texts["title"],
        period=texts["period"],
        team=texts["team"],
        author=texts["author"],
        date=texts["date"],
        ask=texts["ask"],
        left_out=texts["left_out"],
        address=texts["address"],
        sources={name: text for name, text in texts["sources"].items() if text.strip()},
        grades=texts["grades"],
        entered=frozenset(map(input_name, texts["entered"])),
        count=record_from(texts["count"]),
    )


@cache
def _learn(base: str) -> None:
    """Add the words that came with this room; where pages are built, all words are there."""
    more = sent(PACK.format(language=base), CATALOG)
    if more is not None:
        catalog(base).add_fallback(gettext.GNUTranslations(io.BytesIO(more)))
