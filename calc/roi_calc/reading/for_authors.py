"""What authors' messages have in common: what was found, and the name that was probably meant.

Readers are told of no names.
"""

import difflib
from collections.abc import Iterable


def nearest(found: object, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where something known is close to what was found."""
    close = difflib.get_close_matches(str(found), list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def shown(found: object, most: int = 60) -> str:
    """Return what was found, quoted and on one short line."""
    quoted = repr(found)
    return quoted if len(quoted) <= most else f"{quoted[: most - 1]}…"
