"""The table in which a reader enters months, planned and actual, in the dialog, as HTML."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.handover.months_entry import MonthsEntry, Said
from roi_calc.language.language import Language
from roi_calc.months.reading import label_of
from roi_calc.months.table import LONGEST_NAME, MONTH, MOST_MONTHS, SIDES
from roi_calc.showing.html import element, markup

# In sight of every month; the others wait behind a line.
_FIRST: Final = ("requests", "investment")
_MORE: Final = ("deflection_share", "repeat_share", "cost_per_request")
_SHOWN: Final = ("plan", "actual", "so_far")
_LONGEST_NUMBER: Final = 30


def months_section(entry: MonthsEntry | None, language: Language, block_id: str) -> ET.Element:
    """Return the part of the dialog; without an entry it says that a form is not of a month."""
    words = language.words
    if entry is None:
        inside = [element("p", no_months(language))]
    else:
        inside = [
            element("p", words("months.help"), class_="roi-months-help"),
            element("div", _table(entry, block_id), class_="roi-months-rows"),
            element("p", entry.together(), class_="roi-months-together"),
            _actions(language),
        ]
    return element(
        "details",
        element("summary", words("months.heading")),
        *inside,
        class_="roi-months",
        open=entry is not None and bool(entry.table.entered),
    )


def no_months(language: Language) -> str:
    """Return why a form has no months, though its calculator has: it is for another period."""
    return language.words("months.period", period=language.words("choice.period.month"))


def months_table_html(entry: MonthsEntry, block_id: str) -> str:
    """Return the table alone, with the texts in its fields."""
    return markup(_table(entry, block_id))


def _actions(language: Language) -> ET.Element:
    words = language.words
    waiting = {
        "data_saved": words("months.saved"),
        "data_saved_in_frame": words("memo.saved_in_frame"),
        "data_removed": words("months.removed"),
        "data_undone": words("months.undone"),
        "data_no_text": words("months.file.no_text"),
        "data_failed": words("memo.failed"),
        "data_full": words("months.full", most=f"{MOST_MONTHS}"),
    }
    return element(
        "div",
        element("button", words("months.add"), type="button", class_="roi-months-add"),
        element("button", words("months.save"), type="button", class_="roi-months-save"),
        element("button", words("months.open_file"), type="button", class_="roi-months-open"),
        element(
            "input",
            type="file",
            accept=".json,application/json",
            class_="roi-months-file",
            aria_label=words("months.open_file"),
            hidden=True,
        ),
        element(
            "button", words("months.undo"), type="button", class_="roi-months-undo", hidden=True
        ),
        element("p", role="status", class_="roi-months-said", **waiting),
        class_="roi-months-actions",
        data_most=MOST_MONTHS,
    )


def _table(entry: MonthsEntry, block_id: str) -> ET.Element:
    words = entry.language.words
    heads = [
        words("schedule.month"),
        *(label_of(f"{side}.{name}", entry.words) for name in _FIRST for side in SIDES),
        *_shown_labels(entry).values(),
    ]
    return element(
        "table",
        element(
            "thead",
            element(
                "tr",
                *(element("th", text, scope="col") for text in heads),
                element("td"),
            ),
        ),
        *(
            _month(entry, number, said, f"{block_id}-month-{number}")
            for number, said in enumerate(entry.said())
        ),
    )


def _shown_labels(entry: MonthsEntry) -> Mapping[str, str]:
    words, net = entry.language.words, entry.words.text("net_saving.label")
    return {
        **{side: words(f"months.{side}", label=net) for side in SIDES},
        "so_far": words("months.figure.cumulative"),
    }


def _month(entry: MonthsEntry, number: int, said: Said, name: str) -> ET.Element:
    """Return a month's rows: its fields and figures, and under them what is said of it."""
    words = entry.language.words
    columns = 1 + len(_FIRST) * len(SIDES) + len(_SHOWN) + 1
    fields = [f"{side}.{each}" for each in _FIRST for side in SIDES]
    more = [f"{side}.{each}" for each in _MORE for side in SIDES]
    is_used = any(entry.texts[number].get(place, "").strip() for place in more)
    row = element(
        "tr",
        element("th", *_field(entry, number, MONTH, name, said), scope="row"),
        *(element("td", *_field(entry, number, place, name, said)) for place in fields),
        *_figures(entry, said),
        element(
            "td",
            element(
                "button",
                words("months.remove"),
                type="button",
                class_="roi-months-remove",
                id=f"{name}-remove",
                aria_labelledby=f"{name}-remove {name}-{MONTH}",
            ),
        ),
    )
    behind = element(
        "td",
        element("p", said.sentence, role="status", class_="roi-month-said"),
        element(
            "details",
            element("summary", words("months.more")),
            element(
                "div",
                *(element("div", *_field(entry, number, place, name, said)) for place in more),
                class_="roi-month-more",
            ),
            open=is_used,
        ),
        colspan=columns,
    )
    return element("tbody", row, element("tr", behind))


def _figures(entry: MonthsEntry, said: Said) -> Iterator[ET.Element]:
    for key, label in _shown_labels(entry).items():
        yield element(
            "td",
            element("span", label, class_="roi-months-label"),
            element("span", said.figures.get(key, ""), class_="roi-months-figure", data_figure=key),
        )


def _field(
    entry: MonthsEntry, number: int, place: str, name: str, said: Said
) -> Iterator[ET.Element]:
    """Yield a field with its label and room for what is wrong with it.

    It is called by its label and the month's name, which may be typed anew.
    """
    key, error = f"{name}-{place}", said.errors.get(place, "")
    sign = " (%)" if place.endswith("_share") else ""
    label = f"{label_of(place, entry.words)}{sign}"
    yield element("label", label, for_=key, id=f"{key}-label", class_="roi-months-label")
    called = f"{key}-label" if place == MONTH else f"{key}-label {name}-{MONTH}"
    yield element(
        "input",
        type="text",
        id=key,
        name=place,
        value=entry.texts[number].get(place, ""),
        placeholder=said.standing.get(place),
        inputmode=None if place == MONTH else "decimal",
        maxlength=LONGEST_NAME if place == MONTH else _LONGEST_NUMBER,
        autocomplete="off",
        aria_labelledby=called,
        aria_describedby=f"{key}-error",
        aria_invalid="true" if error else None,
    )
    yield element("small", error, id=f"{key}-error", class_="roi-months-error")
