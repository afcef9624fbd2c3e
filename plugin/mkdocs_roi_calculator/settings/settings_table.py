"""What an author can set, as a table for documentation: `show: options`."""

from collections.abc import Iterator

from mkdocs_roi_calculator.settings.settings import OPTIONS, Option
from roi_calc.language.language import Language
from roi_calc.showing.html import Node, element, markup
from roi_calc.showing.reference_tables import table


def render_options(language: Language) -> str:
    """Return the HTML of the table: each key, what it says, its default, and where it may stand."""
    rows = [
        [
            element("code", option.key),
            element("span", *_with_code(language.words(f"option.{option.key}"))),
            element("code", option.default) if option.default else "",
            _places(language, option),
        ]
        for option in OPTIONS
    ]
    return markup(table(language, ("key", "meaning", "default", "where"), rows))


def _places(language: Language, option: Option) -> str:
    return ", ".join(language.words(f"option.where.{place}") for place in option.places)


def _with_code(text: str) -> Iterator[Node]:
    """Yield the text with what stands between backticks as code."""
    for index, part in enumerate(text.split("`")):
        yield element("code", part) if index % 2 else part
