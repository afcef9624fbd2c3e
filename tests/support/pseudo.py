"""Languages that nobody speaks, made of the English catalog: they show what a layout bears.

They are written into a copy of the installed package, as a translator would add a language: one
catalog, and what `make locales` writes beside it. Their tags are of those that ISO 639 leaves free.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

LONG: Final = "qaa"
MIRRORED: Final = "qab"

_HEBREW: Final = "אבגדהוזחטיכלמנסעפצקרשת"
_LETTERS: Final = {ord("a") + n: _HEBREW[n % len(_HEBREW)] for n in range(26)}
_TEXT: Final = re.compile(r'^(msgstr(?:\[\d\])?) "(.*)"$', re.MULTILINE)
_PLACEHOLDER: Final = re.compile(r"(\{\w+\}|\\.)")


def longer(text: str) -> str:
    """Return a text that is at least 30 % longer, its words longer and not only more of them."""
    return re.sub(r"\w+", lambda word: word[0] + word[0][: -(-len(word[0]) * 2 // 5)], text)


def mirrored(text: str) -> str:
    """Return a text in letters that run from right to left."""
    return text.lower().translate(_LETTERS)


_PSEUDO: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    LONG: ("ltr", longer),
    MIRRORED: ("rtl", mirrored),
}


def add_pseudo_languages(roi_calc: Path) -> None:
    """Add both languages to a copy of the package."""
    locales = roi_calc / "language" / "locales"
    english = (locales / "en.po").read_text("utf-8")
    traits = json.loads((locales / "languages.json").read_text("utf-8"))
    numbers = json.loads((locales / "en.numbers.json").read_text("utf-8"))
    names = (locales / "en.currency_names.json").read_text("utf-8")
    for tag, (direction, changed) in _PSEUDO.items():
        traits[tag] = {**traits["en"], "direction": direction}
        (locales / f"{tag}.po").write_text(_catalog(english, changed), "utf-8")
        (locales / f"{tag}.currency_names.json").write_text(names, "utf-8")
        # As CLDR has it for Hebrew, so that the sign stays in front of its number.
        minus = "\u200e\u2212" if direction == "rtl" else "\u2212"
        own = {"locales": {tag: numbers["locales"]["en"] | {"minus": minus}}}
        (locales / f"{tag}.numbers.json").write_text(json.dumps(own), "utf-8")
    (locales / "languages.json").write_text(json.dumps(traits), "utf-8")


def _catalog(english: str, changed: Callable[[str], str]) -> str:
    """Return the catalog with every text changed but for its placeholders."""
    head, rest = english.split("\n\n", 1)

    def entry(found: re.Match[str]) -> str:
        parts = _PLACEHOLDER.split(found[2])
        text = "".join(part if n % 2 else changed(part) for n, part in enumerate(parts))
        return f'{found[1]} "{text}"'

    return f"{head}\n\n{_TEXT.sub(entry, rest)}"
