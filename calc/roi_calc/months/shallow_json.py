"""How deep brackets stand in brackets in a text of JSON, before anything follows them.

In a browser Python has little room for what calls itself: a text of some thousand brackets would
end it, and no error says so.
"""

import re
from typing import Final

# A text in quotes, as far as it goes, or a bracket.
_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]')


def is_deeper(text: str, most: int) -> bool:
    """Tell whether more than so many brackets stand in each other.

    >>> is_deeper('{"a": [1]}', 1), is_deeper('{"a": "[[["}', 1)
    (True, False)
    """
    depth = 0
    for piece in _PIECE.finditer(text):
        match piece[0]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
        if depth > most:
            return True
    return False
