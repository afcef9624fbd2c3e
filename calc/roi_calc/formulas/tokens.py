"""Cuts the text of a formula up: numbers, names, words and signs, each with its place.

`*`, `/`, `-`, `<=`, `>=` and a comma may be typed for × ÷ − ≤ ≥ and a semicolon.

    FormulaError (ValueError)    a text that is no formula
"""

import re
from typing import Final, NamedTuple, NoReturn

from roi_calc.formulas.tree import FUNCTIONS

MOST_CHARACTERS: Final = 3000
MOST_STEPS: Final = 400
_TYPED: Final = {"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", ",": ";"}
# What other programs write, and what to write here.
_ELSEWHERE: Final = {
    "**": "'^' for a power",
    "//": "'floor(a ÷ b)'",
    "%": "'÷ 100'",
    "==": "'is' for a choice, '<', '≤', '>' or '≥' for numbers",
    "!=": "'is not'",
    "&&": "'and'",
    "||": "'or'",
    "?": "'a if b > c else d'",
}
_WORDS: Final = frozenset({"if", "else", "and", "or", "is", "not", "undefined"})
_UNDERSTOOD: Final = (
    "expected numbers, names, + − × ÷ ^ ( ) ⌈ ⌉, a choice such as 'a if b > c else d', and "
    + ", ".join(FUNCTIONS)
)
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|\{(?P<braced>[a-z]\w*)\}|(?P<name>[a-z]\w*)"
    r"|(?P<sign><=|>=|[-+*/×÷−^()⌈⌉<>≤≥;,]))",
    re.ASCII,
)


class FormulaError(ValueError):
    """A text that is no formula: what was found, where, and what is understood."""


class Token(NamedTuple):
    """A piece of a formula. kind: number, name, word, sign or end; at: its first character."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """Return a formula cut up, the end last; FormulaError for what is in no formula."""
    if len(text) > MOST_CHARACTERS:
        message = f"a formula of {len(text)} characters; expected at most {MOST_CHARACTERS}"
        raise FormulaError(message)
    found: list[Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        token = _TOKEN.match(text, position)
        at = end - len(text[position:end].lstrip())
        for sign, here in _ELSEWHERE.items():
            if text.startswith(sign, at):
                refuse(text, at, f"{sign!r} is not understood; write {here}")
        if token is None:
            refuse(text, at, f"{text[at : at + 12]!r} is not understood")
        found.append(_token(token))
        position = token.end()
    if len(found) > MOST_STEPS:
        message = f"a formula of {len(found)} steps; expected at most {MOST_STEPS}"
        raise FormulaError(message)
    return [*found, Token("end", "", len(text))]


def refuse(text: str, at: int, found: str) -> NoReturn:
    """Raise the FormulaError of what was found at a character of a text."""
    message = f"{text[:60]!r}, character {at + 1}: {found}; {_UNDERSTOOD}"
    raise FormulaError(message)


def _token(found: re.Match[str]) -> Token:
    kind = str(found.lastgroup)
    text, at = found[kind], found.start(kind)
    if kind == "sign":
        return Token(kind, _TYPED.get(text, text), at)
    if kind == "name" and text in _WORDS:
        return Token("word", text, at)
    return Token("name" if kind == "braced" else kind, text, at)
