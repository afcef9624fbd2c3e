"""What is shown of a link: whose numbers these are, and how they lie beside others, as HTML."""

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from roi_calc.handover.beside import Beside, Row
from roi_calc.language.language import Language
from roi_calc.showing.html import Node, element, markup


def notice_html(language: Language, said: Iterable[str], *, is_opened: bool) -> str:
    """Return the line above a form with numbers from a link; below it what was not taken.

    is_opened: whether any are, so that there is a way back.
    """
    content: list[ET.Element] = []
    if is_opened:
        content = [
            element("p", language.words("link.notice"), class_="roi-link-whose", tabindex="-1"),
            element(
                "button",
                language.words("form.reset"),
                type="button",
                class_="roi-reset roi-link-back",
            ),
        ]
    sentences = [element("li", each) for each in said]
    if sentences:
        content.append(element("ul", *sentences, class_="roi-link-said"))
    return markup(element("div", *content, class_="roi-link-notice"))


def beside_html(shown: Beside) -> str:
    """Return the tables: input by input, and what a boss will ask."""
    words = shown.language.words
    caption = words("link.beside_own" if shown.is_own else "link.beside_example")
    heads = [
        words("link.column.number"),
        words("link.column.own" if shown.is_own else "link.column.example"),
        words("link.column.link"),
    ]
    if not shown.said:
        heads.append(words("link.column.alone", label=shown.headline))
    rows = [_cells(each)[: len(heads)] for each in (*shown.rows, shown.outcome)]
    content = [_table(caption, heads, rows)]
    if shown.said:
        content.append(element("p", shown.said, class_="roi-help"))
    if shown.questions:
        unanswered = (words("link.unanswered"),)
        content.append(
            _table(
                words("link.questions"),
                [words("link.column.question"), words("link.column.answer")],
                [[(each.asked,), each.answered or unanswered] for each in shown.questions],
            )
        )
    return markup(element("section", *content, class_="roi-link-beside", aria_label=caption))


def _cells(row: Row) -> list[Sequence[str]]:
    return [(row.label,), row.base, row.theirs, (row.alone,)]


def _table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[Sequence[str]]]
) -> ET.Element:
    """Return a table whose cells know their column's head, for where they stand below each other.

    rows: cells of lines; the first of a row names it.
    """
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element(
            "tbody",
            *(
                element(
                    "tr",
                    element("th", *_lines(first), scope="row"),
                    *(
                        element("td", *_lines(cell), data_head=head)
                        for head, cell in zip(heads[1:], cells, strict=True)
                    ),
                )
                for first, *cells in rows
            ),
        ),
        class_="roi-table",
    )


def _lines(lines: Iterable[str]) -> list[Node]:
    """Return texts with a line break between."""
    nodes: list[Node] = []
    for each in lines:
        nodes += [element("br"), each] if nodes else [each]
    return nodes
