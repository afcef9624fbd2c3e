"""Small corrections of what Markdown makes of a page, for readers of screens and of paper."""

import re
from html import unescape
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

# The corner of a table that has row and column headings is no heading of anything.
_EMPTY_HEADING: Final = re.compile(r"<th( [^>]*)?></th>")
# The style sheet prints the address of a link that leads elsewhere.
_ELSEWHERE: Final = re.compile(r'<a (?=href="https?://)(?![^>]* rel=)')
# The table of contents leads to every heading: the keyboard need not stop at each once more.
_PERMALINK: Final = '<a class="headerlink"'

# On a phone each row of a table becomes a list, which needs the column's heading in each cell, and
# the roles, which browsers drop from what is no table on the screen any more.
_TABLE: Final = re.compile(r"<table>(.*?)</table>", flags=re.DOTALL)
_GROUP: Final = re.compile(r"<(thead|tbody)>")
_ROW: Final = re.compile(r"<tr>(.*?)</tr>", flags=re.DOTALL)
_CELL: Final = re.compile(
    r"<(?P<tag>t[hd])(?P<attributes>(?: [^>]*)?)>(?P<content>.*?)</(?P=tag)>", flags=re.DOTALL
)
_WRAPPED: Final = (
    '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{}</div></div>'
)
_TAG: Final = re.compile(r"<[^>]*>")
_PAIR: Final = 2
# An amount, a share or a count and nothing else: such a column is read from its end.
_FIGURE: Final = re.compile(r"[−+≈]?\s*(?:[A-Z]{0,3}[$€£]|Rp|[A-Z]{3})?\s*\d[\d.,\s]*(?:%|ms|kB)?")
_ROLES: Final = {"th": "columnheader", "td": "cell"}


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs passes all by name
    """Return the page with tables that can be lists, and links elsewhere marked."""
    html = html.replace(_PERMALINK, f'{_PERMALINK} tabindex="-1" aria-hidden="true"')
    html = _TABLE.sub(_as_lists, _EMPTY_HEADING.sub(r"<td\1></td>", html))
    return _ELSEWHERE.sub('<a rel="external" ', html)


def _as_lists(table: re.Match[str]) -> str:
    """Return a table whose rows can be shown as lists: the first cell says what a row is about."""
    head, _, body = table[1].partition("</thead>")
    headings = [_TAG.sub("", cell["content"]) for cell in _CELL.finditer(head)]
    # Of two columns the second needs no name.
    names = ["", *headings[1:]] if len(headings) > _PAIR else [""] * len(headings)
    kinds = _kinds(body, len(headings))
    rows = _ROW.sub(lambda row: _row(row[1], [""] * len(headings), kinds), f"{head}</thead>")
    rows += _ROW.sub(lambda row: _row(row[1], names, kinds), body)
    groups = _GROUP.sub(r'<\1 role="rowgroup">', rows)
    return _WRAPPED.format(f'<table class="rows" role="table">{groups}</table>')


def _kinds(body: str, columns: int) -> list[str]:
    """Return a class for each column: of one that holds nothing but figures, else none."""
    cells = [
        [unescape(_TAG.sub("", cell["content"])).strip() for cell in _CELL.finditer(row[1])]
        for row in _ROW.finditer(body)
    ]
    return [
        "figure" if _is_of_figures([row[column] for row in cells]) else ""
        for column in range(columns)
    ]


def _is_of_figures(texts: list[str]) -> bool:
    return any(texts) and all(not each or _FIGURE.fullmatch(each) for each in texts)


def _row(cells: str, names: list[str], kinds: list[str]) -> str:
    each = zip(_CELL.finditer(cells), names, kinds, strict=True)
    made = (_cell(cell, name, kind) for cell, name, kind in each)
    return "\n".join(['<tr role="row">', *made, "</tr>"])


def _cell(cell: re.Match[str], name: str, kind: str) -> str:
    tag, content = cell["tag"], cell["content"]
    opening = f'<{tag} role="{_ROLES[tag]}"{cell["attributes"]}'
    if kind:
        opening += f' class="{kind}"'
    if not name or not content:
        return f"{opening}>{content}</{tag}>"
    # Beside its name a text is a box, and each part of it would be one without another around it.
    quoted = name.replace('"', "&quot;")
    return f'{opening} data-label="{quoted}"><span>{content}</span></{tag}>'
