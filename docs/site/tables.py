"""The corner of a table that has row and column headings is no heading of anything."""

import re
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

_EMPTY_HEADING: Final = re.compile(r"<th( [^>]*)?></th>")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs passes all by name
    """Return the page with plain cells for headings that say nothing."""
    return _EMPTY_HEADING.sub(r"<td\1></td>", html)
