"""A memo as HTML, escaped by construction: for the page, for print, and for a word processor."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.handover.memo import Caution, Conditions, Foot, Memo, Source, Sources
from roi_calc.language.language import Language
from roi_calc.showing.html import Node, element, markup

# So many characters leave room on a sheet; with more, letters are smaller.
_ROOMY_UP_TO: Final = 1800


def memo_html(memo: Memo) -> str:
    """Return the memo as HTML: one article."""
    return markup(memo_element(memo))


def memo_element(memo: Memo) -> ET.Element:
    """Return the memo as an element, its parts in their order."""
    language, made = memo.language, element("article", *_parts(memo))
    is_long = len("".join(made.itertext())) > _ROOMY_UP_TO
    made.set("class", "roi-memo roi-memo-tight" if is_long else "roi-memo")
    made.set("lang", language.tag)
    made.set("dir", language.direction)
    return made


def _parts(memo: Memo) -> Iterator[ET.Element]:
    words = memo.language.words
    yield element("h1", memo.title)
    if memo.by:
        yield element("p", " · ".join(memo.by), class_="roi-memo-by")
    yield from _said("ask", words("memo.ask"), memo.ask)
    yield from _said("answer", words("memo.answer"), memo.answer)
    yield _figures(memo)
    yield from _said("cash", words("memo.cash"), memo.cash_or_time)
    if memo.conditions:
        yield _conditions(memo.language, memo.conditions)
    if memo.caution:
        yield _caution(memo.language, memo.caution)
    if memo.sources:
        yield from _sources(memo.language, memo.sources)
    yield from _said("counted", words("memo.counted"), memo.counted)
    yield from _said("left-out", words("memo.left_out"), memo.left_out)
    yield from _said("least-certain", words("memo.least_certain"), memo.least_certain)
    yield _foot(memo.language, memo.foot)
    if memo.sources and memo.sources.overleaf:
        yield element(
            "section",
            element("h2", words("memo.overleaf")),
            _source_table(memo.language, memo.sources.overleaf),
            class_="roi-memo-overleaf",
        )


def _said(name: str, heading: str, text: str) -> Iterator[ET.Element]:
    if text:
        yield _section(name, heading, text)


def _section(name: str, heading: str, text: str, *content: ET.Element) -> ET.Element:
    """Return a part: its heading, its text in the same line, and what stands below."""
    before: list[Node] = [" ", element("p", text)] if text else []
    return element(
        "section",
        element("h2", heading),
        *before,
        *content,
        class_=f"roi-memo-{name}",
    )


def _figures(memo: Memo) -> ET.Element:
    cells = []
    for each in memo.figures:
        said: list[Node] = [element("strong", each.value), element("br"), each.label]
        if each.working:
            said += [element("br"), element("small", each.working)]
        cells.append(element("td", *said))
    row = element("tr", *cells)
    return element("table", element("tbody", row), class_="roi-memo-figures")


def _conditions(language: Language, conditions: Conditions) -> ET.Element:
    clauses = [element("li", each) for each in conditions.clauses]
    listed = [element("ul", *clauses)] if clauses else []
    heading = language.words("memo.conditions")
    return _section("conditions", heading, conditions.heading, *listed)


def _caution(language: Language, caution: Caution) -> ET.Element:
    tables = [_table(("", *caution.heads), caution.rows)] if caution.rows else []
    return _section("caution", language.words("memo.caution"), caution.draws, *tables)


def _sources(language: Language, sources: Sources) -> Iterator[ET.Element]:
    content = [_source_table(language, sources.rows)] if sources.rows else []
    if sources.rest:
        content.append(element("p", sources.rest, class_="roi-memo-rest"))
    yield _section("sources", language.words("memo.sources"), "", *content)


def _source_table(language: Language, sources: Sequence[Source]) -> ET.Element:
    heads = ("memo.number", "answer.value", "memo.source", "memo.grade")
    rows = [(each.label, each.value, each.source, each.grade) for each in sources]
    return _table([language.words(head) for head in heads], rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> ET.Element:
    """Return a table whose first column names its rows."""
    made = (
        element(
            "tr",
            element("th", row[0], scope="row"),
            # On a phone each row is a list, which names its columns.
            *(
                element("td", cell, data_label=head)
                for head, cell in zip(heads[1:], row[1:], strict=True)
            ),
        )
        for row in rows
    )
    head = element("tr", *(_head(each) for each in heads))
    return element(
        "table", element("thead", head), element("tbody", *made), class_="roi-memo-table"
    )


def _head(text: str) -> ET.Element:
    return element("th", text, scope="col") if text else element("td")


def _foot(language: Language, foot: Foot) -> ET.Element:
    content: list[Node] = [foot.version]
    if foot.address:
        content += [" · ", element("a", foot.address, href=foot.link or foot.address)]
    if foot.command:
        content += [" · ", language.words("memo.command"), " ", element("code", foot.command)]
    return element("footer", element("p", *content), class_="roi-memo-foot")
