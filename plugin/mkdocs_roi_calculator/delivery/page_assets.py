"""How a page with a block comes by its style and script: it brings them itself, and no other does.

They stand in the content, before the first block, where every engine and theme leaves them, and
where instant navigation finds them when it swaps pages.
"""

import re
from collections.abc import Callable

from mkdocs_roi_calculator.delivery.published_files import FOLDER, IMPORTED, SCRIPT, STYLE
from roi_calc.showing.html import element, markup


def brought(folder: str, address: Callable[[str], str] | None, *, is_live: bool) -> str:
    """Return the elements that bring the style and, for a block that is live, the script.

    folder: where both are; empty for where `mkdocs-roi-calculator install` puts them. address:
    turns an address of the site into one as seen from the page, empty for what is not published;
    None where the page's place is not known, and the folder's address is the author's own. The
    script is deferred: it finds whole blocks, and holds up no page. What it imports is named too,
    so that a browser asks for everything at once; from a lasting address it is not known.
    """
    imported: list[str] = []
    if address is None:
        style, script = (folder and f"{folder}{name}" for name in (STYLE, SCRIPT))
    else:
        style, script = (address(f"{folder or f'{FOLDER}/'}{name}") for name in (STYLE, SCRIPT))
        imported = [address(f"{folder}{name}") for name in IMPORTED if folder]
    made = [element("link", rel="stylesheet", href=style)] if style else []
    if script and is_live:
        made += [element("link", rel="modulepreload", href=each) for each in imported if each]
        made.append(element("script", src=script, defer=True))
    return markup(*made)


def with_style_first(html: str, folder: str) -> str:
    """Return a page that names in its head the style that its content brings.

    Else Firefox shows the form without it until it is there.
    """
    before, end, behind = html.partition("</head>")
    found = _named(folder, STYLE).search(behind)
    return f"{before}{found[0]}{end}{behind}" if found else html


def brings_script(html: str, folder: str) -> bool:
    """Tell whether the content of a page brings the script."""
    return _named(folder, SCRIPT).search(html) is not None


def with_script(html: str, folder: str, address: str) -> str:
    """Return a page that has the script, also where its content is hidden until a reader opens it.

    What is put into a page afterwards, as by encryptcontent, brings its style, but no script starts
    that comes so. address: the folder's, as seen from the page.
    """
    if brings_script(html, folder):
        return html
    before, end, behind = html.rpartition("</body>")
    script = markup(element("script", src=f"{address.rstrip('/')}/{SCRIPT}", defer=True))
    return f"{before}{script}{end}{behind}" if end else html


def from_here(html: str, folder: str, up: str) -> str:
    """Return a page that names style and scripts as seen from where it is.

    For pages that another plugin has put together of others' content. up: leads from the page to
    where addresses of the site begin.
    """
    for name in (STYLE, SCRIPT, *IMPORTED):
        for found in reversed(list(_named(folder, name).finditer(html))):
            start, end = found.span(1)
            html = f"{html[:start]}{up}{folder}{name}{html[end:]}"
    return html


def _named(folder: str, name: str) -> re.Pattern[str]:
    """Return what finds the element that names a file, whatever has minified the page."""
    address = re.escape(f"{folder}{name}")
    return re.compile(rf"<(?:link|script)\b[^>]*?=[\"']?((?:\.\./)*{address})(?=[\"'\s>])[^>]*>")
