"""What the page's worker may call while months are entered: plain data both ways."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, final

from roi_calc.handover.months_entry import MonthsEntry, texts_as_saved
from roi_calc.handover.months_html import months_table_html
from roi_calc.handover.opening import Form
from roi_calc.language.language import Language
from roi_calc.months.file import MonthsFileError, opened_in, written
from roi_calc.months.table import MOST_MONTHS, can_have_months, is_of_a_month, today_of
from roi_calc.schema import AnyCalculator


@final
class MonthsForm(Form):
    """A form beside which months are entered.

    rows: their texts by field. file: the text of a file to open instead; empty for none. drawn:
    whether their table is wanted too.
    """

    rows: Sequence[Mapping[str, str]]
    file: str
    drawn: bool


class MonthSaid(TypedDict):
    """What is said of a month, as months_entry.Said has it; its figures by name."""

    figures: dict[str, str]
    sentence: str
    errors: dict[str, str]
    standing: dict[str, str]


class MonthsSaid(TypedDict):
    """What follows from months.

    rows: their texts. html: the table with them, escaped by construction, if it is wanted. file:
    what is to be saved; empty where something cannot be used. said: what opening a file did, or
    what is wrong.
    """

    id: int
    ok: bool
    rows: list[dict[str, str]]
    html: str
    months: list[MonthSaid]
    together: str
    file: str
    said: str


# Any: each calculator has its own Inputs.
def entry_of(
    calculator: AnyCalculator,
    inputs: Any,  # noqa: ANN401
    language: Language,
    currency: str,
    rows: Sequence[Mapping[str, str]],
) -> MonthsEntry | None:
    """Return what was entered of months beside a form; None where the form has none.

    There is at least one row, to type into.
    """
    if not (can_have_months(calculator) and is_of_a_month(inputs)):
        return None
    texts = [dict(each) for each in rows[:MOST_MONTHS]] or [{}]
    return MonthsEntry(calculator, language, currency, today_of(inputs), texts)


def months_said(form: MonthsForm, entry: MonthsEntry) -> MonthsSaid:
    """Return what follows from the months of a form, or from those of a file."""
    said, is_ok = "", True
    if form["file"]:
        try:
            entry, said = _opened(form["file"], entry)
        except MonthsFileError as refused:
            said, is_ok = refused.said(entry.language), False
    wrong = next(entry.wrong(), "")
    return MonthsSaid(
        id=form["id"],
        ok=is_ok,
        rows=[dict(each) for each in entry.texts],
        html=months_table_html(entry, form["block"]) if form["drawn"] else "",
        months=[
            MonthSaid(
                figures=each.figures,
                sentence=each.sentence,
                errors=dict(each.errors),
                standing=dict(each.standing),
            )
            for each in entry.said()
        ],
        together=entry.together(),
        file="" if wrong else written(entry.table),
        said=said or wrong,
    )


def _opened(text: str, entry: MonthsEntry) -> tuple[MonthsEntry, str]:
    """Return what a file's months are beside the form, and what is said of opening it."""
    table = opened_in(entry.currency, text)
    words = entry.language
    rows = texts_as_saved(table, entry.today, words)
    said = words.counted("months.opened", len(rows), value=words.numbers.number(len(rows)))
    if rows and table.today != entry.today:
        said = f"{said} {words.words('months.opened.filled')}"
    return (
        MonthsEntry(entry.calculator, words, entry.currency, entry.today, rows or [{}]),
        said,
    )
