"""Reads a gettext PO catalog, and compiles it to MO, which the standard library reads.

Only what our catalogs use: msgid, msgid_plural, msgstr, msgstr[n], comments and continued lines.
The msgids are keys, such as `deflection.requests.label`, so that English is a catalog like any
other; translators' tools open them as monolingual gettext.
"""

import ast
import struct
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

_MO_MAGIC: Final = 0x950412DE
_MO_HEADER_SIZE: Final = 7 * 4


class CatalogError(ValueError):
    """A line of a catalog that is not PO."""


def compiled(po: str, left_out: tuple[str, ...] = (), only: tuple[str, ...] = ("",)) -> bytes:
    """Return the MO file of a PO file's text; the same bytes for the same messages.

    left_out, only: how the keys begin that are not wanted, and those that are. Raises CatalogError
    with the line number for a line that is not understood.
    """
    wanted = {
        key: text
        for key, text in _read(po)
        # The head says how the rest is read.
        if not key or (key.startswith(only) and not (left_out and key.startswith(left_out)))
    }
    return _mo_file(wanted)


# A site's files have the words of a language in two archives, and its pages a third time.
@cache
def _read(po: str) -> tuple[tuple[str, str], ...]:
    return tuple(messages(po))


def messages(po: str) -> Iterator[tuple[str, str]]:
    """Yield each message as MO wants it: plural ids and plural forms joined by NUL.

    Raises CatalogError as compiled() does.
    """
    entry: dict[str, str] = {}
    keyword = ""
    for number, raw in enumerate(po.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("#") or not line:
            continue
        word, _, quoted = line.partition(" ") if line[0] != '"' else (keyword, "", line)
        if word == "msgid" and "msgid" in entry and line[0] != '"':
            yield _message(entry)
            entry = {}
        keyword = word
        try:
            entry[keyword] = entry.get(keyword, "") + ast.literal_eval(quoted.strip())
        except (SyntaxError, ValueError, TypeError) as error:
            message = f"line {number}: {line!r} is not a line of a PO file"
            raise CatalogError(message) from error
    if entry:
        yield _message(entry)


def _message(entry: Mapping[str, str]) -> tuple[str, str]:
    if "msgstr" not in entry and "msgstr[0]" not in entry:
        message = f"{entry.get('msgid', '')!r} has no msgstr"
        raise CatalogError(message)
    if "msgid_plural" not in entry:
        return entry["msgid"], entry["msgstr"]
    forms = [form for keyword, form in entry.items() if keyword.startswith("msgstr[")]
    return f"{entry['msgid']}\0{entry['msgid_plural']}", "\0".join(forms)


def _mo_file(messages: Mapping[str, str]) -> bytes:
    """Return the binary catalog: header, two tables of (length, offset), then the strings."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items() if text)
    strings_start = _MO_HEADER_SIZE + 16 * len(pairs)
    strings = b""
    tables: tuple[list[int], list[int]] = ([], [])
    for column, table in enumerate(tables):
        for pair in pairs:
            table.extend((len(pair[column]), strings_start + len(strings)))
            strings += pair[column] + b"\0"
    originals, translations = tables
    header = (
        _MO_MAGIC,
        0,
        len(pairs),
        _MO_HEADER_SIZE,
        _MO_HEADER_SIZE + 8 * len(pairs),
        0,
        0,
    )
    return struct.pack(f"<{7 + 4 * len(pairs)}I", *header, *originals, *translations) + strings
