"""Small corrections of what Markdown makes of a page, for readers of screens and of paper."""

import re
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

# A memo to fill in and print; its blanks are written as ellipses.
_MEMO: Final = re.compile(r'<div class="memo">.*?</div>', flags=re.DOTALL)
_BLANK: Final = (
    '<span class="fill" contenteditable="plaintext-only" role="textbox" aria-label="{}"></span>'
)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs passes all by name
    """Return the page with plain cells for empty headings, links marked, and blanks."""
    html = _MEMO.sub(lambda memo: memo[0].replace("…", _BLANK.format(config.extra["fill"])), html)
    html = html.replace(_PERMALINK, f'{_PERMALINK} tabindex="-1"')
    return _ELSEWHERE.sub('<a rel="external" ', _EMPTY_HEADING.sub(r"<td\1></td>", html))
