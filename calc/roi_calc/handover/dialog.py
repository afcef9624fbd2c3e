"""The dialog in which a reader writes what a memo needs of them, beside the memo, as HTML."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.handover.memo import Memo, Source
from roi_calc.handover.notes import CELL, LINE, OWN_GRADES, SHORT, TITLE, TWO_LINES
from roi_calc.language.language import Language
from roi_calc.showing.html import element, markup

# What is typed in a line, and how long it may be.
_LINES: Final = {"title": TITLE, "period": SHORT, "team": SHORT, "author": SHORT}
_TEXTS: Final = {"ask": TWO_LINES, "left_out": LINE}


def dialog_html(memo: Memo, block_id: str, months: ET.Element | None = None) -> str:
    """Return the dialog; block_id: of the calculator, with which its own ids begin.

    months: the part in which they are entered; None where the calculator has none.
    """
    language, name = memo.language, f"{block_id}-memo"
    words = language.words
    made = element(
        "dialog",
        element("h2", words("memo.open"), id=f"{name}-title", class_="roi-away-title"),
        _actions(language),
        *([] if months is None else [months]),
        element(
            "div",
            element(
                "form",
                element("p", words("memo.private"), class_="roi-away-private"),
                *(_line(language, name, each, most) for each, most in _LINES.items()),
                *(_text(language, name, each, most) for each, most in _TEXTS.items()),
                _sources(memo, name),
                _sent(language),
                class_="roi-away-typed",
            ),
            element(
                "div",
                class_="roi-away-preview",
                role="region",
                aria_label=words("memo.preview"),
                tabindex=0,
            ),
            class_="roi-away-both",
        ),
        class_="roi-away",
        aria_labelledby=f"{name}-title",
        lang=language.tag,
        dir=language.direction,
    )
    return markup(made)


def _actions(language: Language) -> ET.Element:
    """Return the buttons, with what is said after one of them."""
    words = language.words
    said = (
        *("copied", "not_copied", "link_copied", "not_printed", "saved", "saved_in_frame"),
        *("no_ask", "failed"),
    )
    waiting = {f"data_{name}": words(f"memo.{name}") for name in said}
    waiting["data_too_long"] = words("link.too_long")
    return element(
        "div",
        element("button", words("memo.print"), type="button", class_="roi-away-print"),
        element("button", words("memo.copy"), type="button", class_="roi-away-copy"),
        element("button", words("memo.workbook"), type="button", class_="roi-away-workbook"),
        element("button", words("memo.link"), type="button", class_="roi-away-link"),
        element("button", words("memo.close"), type="button", class_="roi-away-close"),
        element("p", role="status", class_="roi-away-said", **waiting),
        class_="roi-away-actions",
    )


def _line(language: Language, name: str, field: str, most: int) -> ET.Element:
    control = element("input", type="text", id=f"{name}-{field}", name=field, maxlength=most)
    return _labelled(language, name, field, control)


def _text(language: Language, name: str, field: str, most: int) -> ET.Element:
    control = element(
        "textarea",
        "",
        id=f"{name}-{field}",
        name=field,
        maxlength=most,
        rows=3,
        aria_describedby=f"{name}-{field}-help",
    )
    said = language.words(f"memo.field.{field}.help")
    hint = element("small", said, id=f"{name}-{field}-help")
    return _labelled(language, name, field, control, hint)


def _labelled(language: Language, name: str, field: str, *controls: ET.Element) -> ET.Element:
    label = language.words(f"memo.field.{field}")
    return element("p", element("label", label, for_=f"{name}-{field}"), *controls)


def _sources(memo: Memo, name: str) -> ET.Element:
    """Return a line for each input of the memo: where it comes from, and how it is known."""
    words = memo.language.words
    rows: Iterable[Source] = (
        (*memo.sources.rows, *memo.sources.overleaf) if memo.sources is not None else ()
    )
    return element(
        "fieldset",
        element("legend", words("memo.sources")),
        *(_source(memo.language, name, each) for each in rows),
    )


def _source(language: Language, name: str, source: Source) -> ET.Element:
    words, key = language.words, f"{name}-source-{source.input}"
    return element(
        "p",
        element("label", f"{source.label}: {source.value}", for_=key),
        element("input", type="text", id=key, name=f"source.{source.input}", maxlength=CELL),
        element(
            "select",
            element("option", words("memo.grade.unsaid"), value=""),
            *_grades(language),
            name=f"grade.{source.input}",
            aria_label=f"{words('memo.grade')}: {source.label}",
        ),
    )


def _sent(language: Language) -> ET.Element:
    """Return what has the link carry what was written, unless it says so only the numbers."""
    control = element("input", type="checkbox", name="in_link", value="yes")
    said = language.words("memo.in_link")
    return element("p", element("label", control, " ", said), class_="roi-away-sent")


def _grades(language: Language) -> Iterator[ET.Element]:
    for grade in OWN_GRADES:
        yield element("option", language.words(f"memo.grade.{grade}"), value=grade)
