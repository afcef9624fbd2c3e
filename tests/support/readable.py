"""What people read of a page, and what of it is not written by docs/decisions/rounding.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from roi_calc.language.number_format import number_format

# Texts for machines, of people who write for them, and headings once more.
_UNREAD: Final = frozenset({"script", "style", "code", "pre", "kbd", "title", "nav"})
_READ_ATTRIBUTES: Final = ("aria-label", "alt")
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# Not in `2015-16` or `es-MX`: a minus sign has no letter or digit before it.
_HYPHEN_FOR_MINUS: Final = re.compile(
    "(?<![\\w\\-\u2013/.])-(?=(?:[A-Z]{1,3})?[$\u20ac\u00a3\u00a5]?\u00a0?\\d|Rp|R\\$)"
)


@dataclass
class Text:
    """A text as it stands; column: the table and the column of the cell that it is in, if any."""

    written: str
    column: tuple[int, int] | None = None


@dataclass
class Readable:
    """The texts of a page. named: those of elements with `data-output` or `of`, by block."""

    language: str = "en"
    texts: list[Text] = field(default_factory=list)
    named: list[tuple[str, str, str]] = field(default_factory=list)


def read(html: str) -> Readable:
    """Return what people read of a page, or a part of one."""
    reader = _Reader()
    reader.feed(html)
    return reader.page


def idle_cents(page: Readable) -> Iterator[str]:
    """Yield texts with decimals that are all 0, but in a column where another amount has some."""
    mark = re.escape(number_format(page.language).decimal)
    idle, busy = re.compile(rf"\d{mark}0{{2,3}}(?!\d)"), re.compile(rf"\d{mark}(?!0+\b)\d+")
    excused = {text.column for text in page.texts if busy.search(text.written)} - {None}
    for text in page.texts:
        if idle.search(text.written) and text.column not in excused:
            yield text.written


def hyphens_for_minus(page: Readable) -> Iterator[str]:
    """Yield texts in which a hyphen stands for a minus sign."""
    for text in page.texts:
        if _HYPHEN_FOR_MINUS.search(text.written):
            yield text.written


def foreign_percentages(page: Readable) -> Iterator[str]:
    """Yield texts in which a percent sign is set off otherwise than in the page's language."""
    own = number_format(page.language).percent.strip("#%")
    for text in page.texts:
        if any(space != own for space in re.findall(r"\d(\s?)%", text.written)):
            yield text.written


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Readable()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._tables: list[list[int]] = []
        self._seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag == "html":
            self.page.language = attributes.get("lang", "en")
        self.page.texts += [Text(attributes[key]) for key in _READ_ATTRIBUTES if key in attributes]
        if tag == "input" and attributes.get("type") == "text":
            self.page.texts.append(Text(attributes.get("value", "")))
        if tag == "table":
            self._seen += 1
            self._tables.append([self._seen, -1])
        if self._tables and tag == "tr":
            self._tables[-1][1] = -1
        if self._tables and tag in {"td", "th"}:
            self._tables[-1][1] += 1
        if tag not in _VOID:
            self._open.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag not in names:
            return
        del self._open[len(names) - 1 - names[::-1].index(tag) :]
        if tag == "table" and self._tables:
            self._tables.pop()

    def handle_data(self, data: str) -> None:
        if not data.strip() or any(name in _UNREAD for name, _ in self._open):
            return
        in_cell = self._tables and any(name == "td" for name, _ in self._open)
        column = (self._tables[-1][0], self._tables[-1][1]) if in_cell else None
        self.page.texts.append(Text(data, column))
        ids = (a["id"] for name, a in self._open if name == "roi-calculator")
        block = next(ids, "").removeprefix("roi-")
        for _, attributes in self._open[-1:]:
            if "data-output" in attributes:
                self.page.named.append((block, attributes["data-output"], data))
            elif "of" in attributes:
                self.page.named.append((attributes["data-block"], attributes["of"], data))
