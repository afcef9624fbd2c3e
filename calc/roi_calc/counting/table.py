"""The bytes of a CSV or TSV file become a header and rows; what stands in them is not read here."""

import codecs
import io

# `csv` without its Python: that is what a page has.
from _csv import Error, field_size_limit, reader
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from roi_calc.counting.refusals import CountError, Reason, excerpt

LARGEST_MB: Final = 100
LARGEST_BYTES: Final = LARGEST_MB * 10**6
MOST_ROWS: Final = 1_000_000
_DELIMITERS: Final = (",", ";", "\t")
_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
# What a byte stands for: as in Latin 1 but for these. No page has the module that knows it.
_LATIN_1: Final = bytes(range(256)).decode("latin-1")
_OTHERS: Final = "€\ufffe‚ƒ„…†‡ˆ‰Š‹Œ\ufffeŽ\ufffe\ufffe‘’“”•–—˜™š›œ\ufffežŸ"  # noqa: RUF001 - as they are
_WINDOWS_1252: Final = f"{_LATIN_1[:0x80]}{_OTHERS}{_LATIN_1[0xA0:]}"
_LISTED_COLUMNS: Final = 40
_FIRST_ROWS: Final = 3


class Row(NamedTuple):
    """The cells of a row, as many as the header has, and the line of the file that it ends on."""

    line: int
    cells: Sequence[str]


class Table(NamedTuple):
    """A file that was read: how, what its header says, its first rows, and all its rows, once."""

    encoding: str
    header: Sequence[str]
    first: Sequence[Row]
    rows: Iterator[Row]


def table(content: bytes) -> Table:
    """Return the header and the rows of a file: UTF-8, UTF-16 with a mark, or Windows-1252.

    Raises CountError for what is no such file; the rows behind the first do while they are read.
    """
    if len(content) > LARGEST_BYTES:
        raise CountError(Reason.TOO_LARGE, limit=LARGEST_MB)
    encoding, text = _decoded(content)
    rows = _cells(text)
    _, names = next(rows, (0, ()))
    if not any(map(tidy, names)):
        raise CountError(Reason.EMPTY)
    whole = _whole(rows, len(names))
    first = tuple(islice(whole, _FIRST_ROWS))
    return Table(encoding, [tidy(name) for name in names], first, chain(first, whole))


def tidy(name: str) -> str:
    """Return a header without its mark of order and without spaces that nobody sees.

    >>> tidy("  Ticket   ID ")
    'Ticket ID'
    """
    return " ".join(name.replace("\ufeff", "").split())


def place_of(header: Sequence[str], name: str) -> int | None:
    """Return where a column is, whatever its capitals; None if it is not there.

    Raises CountError if two have the name.
    """
    wanted = tidy(name).casefold()
    places = [place for place, each in enumerate(header) if each.casefold() == wanted]
    if len(places) > 1:
        raise CountError(Reason.TWO_COLUMNS, column=name)
    return places[0] if places else None


def listed(header: Sequence[str]) -> str:
    """Return the names of the columns, as a sentence lists them."""
    shown = ", ".join(excerpt(name) for name in header[:_LISTED_COLUMNS] if name)
    return shown if len(header) <= _LISTED_COLUMNS else f"{shown}, …"


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((_ZIP, _OLD_WORKBOOK)):
        raise CountError(Reason.WORKBOOK)
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        encoding = "UTF-16" if is_wide else "UTF-8"
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-16" if is_wide else "utf-8")
    except UnicodeDecodeError:
        if is_wide:
            raise CountError(Reason.NOT_TEXT) from None
        encoding = "Windows-1252"
        text, _ = codecs.charmap_decode(content, "replace", _WINDOWS_1252)
    if "\0" in text:
        raise CountError(Reason.NOT_TEXT)
    return encoding, text


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line most often, outside quotes."""
    text = text.lstrip("\r\n")
    end = min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=len(text))
    outside = "".join(text[:end].split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line and cells of every row that is not blank."""
    lines = reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in lines:
            if any(cells):
                yield lines.line_num, cells
    except Error as error:
        if "field limit" in str(error):
            raise CountError(
                Reason.LONG_CELL, line=lines.line_num, limit=field_size_limit()
            ) from error
        raise CountError(Reason.BROKEN_QUOTES, line=lines.line_num) from error


def _whole(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[Row]:
    """Yield the rows with as many cells as the header: what is missing at the end is empty."""
    for number, (line, cells) in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise CountError(Reason.TOO_MANY_ROWS, limit=MOST_ROWS)
        if any(cells[width:]):
            raise CountError(Reason.MORE_CELLS, line=line, found=len(cells), expected=width)
        yield Row(line, cells if len(cells) >= width else cells + [""] * (width - len(cells)))
