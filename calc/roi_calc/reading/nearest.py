"""The name that was probably meant, for authors' messages: readers are told of no names."""

import difflib
from collections.abc import Iterable


def nearest(found: object, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where something known is close to what was found."""
    close = difflib.get_close_matches(str(found), list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
