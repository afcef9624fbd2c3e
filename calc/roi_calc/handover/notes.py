"""What a reader writes for a memo, and the same as one value of a link: a stranger's, unread.

    notes=eyJ0aXRsZSI6IlJpdmVyYmVuZCBXYXRlciJ9

JSON of texts by the names of the dialog's fields, deflated where that is shorter, as base64url.

    NotesError (ValueError)    what cannot have been written so
"""

import binascii
import json
import re
import zlib
from collections.abc import Mapping
from typing import Final

from roi_calc.months.shallow_json import is_deeper
from roi_calc.schema import AnyCalculator

# What fits where it stands, in characters.
TITLE: Final = 60
LINE: Final = 90
SHORT: Final = 40
TWO_LINES: Final = 160
CELL: Final = 45
# How a reader can say to have come by a number.
COUNTED: Final = "count"
ADDED_UP: Final = "sum"
PUBLISHED: Final = "published"
GUESSED: Final = "guess"
OWN_GRADES: Final = (COUNTED, ADDED_UP, PUBLISHED, GUESSED)
# How long each may be.
_MOST: Final = {
    "title": TITLE,
    "period": SHORT,
    "team": SHORT,
    "author": SHORT,
    "ask": TWO_LINES,
    "left_out": LINE,
}
# The file of months, as it is saved: its own reader refuses what is none.
MONTHS: Final = "months"
_SOURCE: Final = "source."
_GRADE: Final = "grade."
_CODED: Final = re.compile(r"[A-Za-z0-9_-]+", flags=re.ASCII)
_MOST_BYTES: Final = 40_000
_DEEPEST: Final = 2


class NotesError(ValueError):
    """A value of a link that holds no notes."""


def packed(notes: Mapping[str, str]) -> str:
    """Return notes as a value of a link; those that are empty are left out."""
    said = {name: text for name, text in notes.items() if text.strip()}
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    code = binascii.b2a_base64(min(zlib.compress(plain, 9), plain, key=len), newline=False)
    return code.decode().translate({ord("+"): "-", ord("/"): "_", ord("="): None})


def unpacked(text: str, calculator: AnyCalculator) -> dict[str, str]:
    """Return the notes in a value of a link, for the fields that a calculator's dialog has.

    Names that it has not are passed over, and texts cut to their room. Raises NotesError.
    """
    found = _read(text)
    notes = {}
    for name, said in found.items():
        most = _most(name, calculator)
        if not isinstance(said, str) or not most:
            continue
        line = " ".join("".join(each if each.isprintable() else " " for each in said).split())
        if not name.startswith(_GRADE) or line in OWN_GRADES:
            notes[name] = line[:most]
    return {name: said for name, said in notes.items() if said}


def _most(name: str, calculator: AnyCalculator) -> int:
    """Return how long a note may be, 0 for one that there is no field for."""
    for start in (_SOURCE, _GRADE):
        if name.startswith(start) and name.removeprefix(start) in calculator.quantities:
            return CELL
    return _MOST_BYTES if name == MONTHS else _MOST.get(name, 0)


def _read(text: str) -> dict[str, object]:
    if not _CODED.fullmatch(text):
        raise NotesError(text)
    code = text.translate({ord("-"): "+", ord("_"): "/"})
    try:
        data = binascii.a2b_base64(f"{code}{'=' * (-len(code) % 4)}")
        if not data.startswith(b"{"):
            # No more than anybody writes, whatever it says of itself.
            data = zlib.decompressobj().decompress(data, _MOST_BYTES)
        plain = data.decode()
        found = None if is_deeper(plain, _DEEPEST) else json.loads(plain)
    except (ValueError, zlib.error) as error:
        raise NotesError(text) from error
    if not isinstance(found, dict):
        raise NotesError(text)
    return found
