"""Text as it stands in a workbook's XML; not by xml.sax, which readers' Python has not."""

import re
from typing import Final

# What Excel has room for in a cell.
_LONGEST: Final = 32_000
# No character of XML 1.0, and half a pair of UTF-16.
_NO_CHARACTER: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_QUOTES: Final = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def clean(text: str) -> str:
    """Return a text without what no file can hold, and no longer than a cell."""
    return _NO_CHARACTER.sub("", text)[:_LONGEST]


def escaped(text: str) -> str:
    """Return a text as it stands between two tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_quotes(text: str) -> str:
    """Return a text as it stands in an attribute, with its quotes."""
    written = escaped(text)
    for sign, code in _IN_QUOTES.items():
        written = written.replace(sign, code)
    return f'"{written}"'
