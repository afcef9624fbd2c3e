"""What an author can set, as a table for documentation: `show: options`."""

from collections.abc import Iterator

from mkdocs_roi_calculator.settings import DEFAULTS, KEYS, PAGE_KEYS, SITE_KEYS
from roi_calc.html import Node, element, markup
from roi_calc.reference import table
from roi_calc.text import Language


def render_options(language: Language) -> str:
    """Return the HTML of the table: each key, what it says, its default, and where it may stand."""
    rows = [
        [
            element("code", key),
            element("span", *_with_code(language.words(f"option.{key}"))),
            *([element("code", DEFAULTS.options[key])] if key in DEFAULTS.options else [""]),
            _places(language, key),
        ]
        for key in KEYS
    ]
    return markup(table(language, ("key", "meaning", "default", "where"), rows))


def _places(language: Language, key: str) -> str:
    keys = {"block": KEYS, "page": PAGE_KEYS, "site": SITE_KEYS}
    return ", ".join(
        language.words(f"option.where.{place}") for place, known in keys.items() if key in known
    )


def _with_code(text: str) -> Iterator[Node]:
    """Yield the text with what stands between backticks as code."""
    for index, part in enumerate(text.split("`")):
        yield element("code", part) if index % 2 else part
