"""Draws what stays of a code in a post, on the pages about platforms that cannot be run here.

`![what the drawing shows](drawn:frame)` becomes an SVG in the page, in the text's own color. Its
words are the calculator's title, in the page's language; the rest are shapes.
"""

import html as entities
import re
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from roi_calc.language.language import language
from roi_calc.showing.html import Attribute, element, markup

_IMAGE: Final = re.compile(r'<img alt="([^"]*)" src="drawn:([a-z]+)" ?/?>')
_ADDRESS: Final = "guide.example"
_WIDTH: Final = 360
_MARGIN: Final = 24
_COLUMN: Final = _WIDTH - 2 * _MARGIN
_LINE: Final = 12
_FULL_HEIGHT: Final = 196
_CUT_HEIGHT: Final = 118
_CARD_HEIGHT: Final = 64
_LETTERS: Final = 13
_SMALL_LETTERS: Final = 10
# Of a bold letter, on the wide side, as a share of its size.
_LETTER_WIDTH: Final = 0.58
_FAINT: Final = 0.3
_BARS: Final = (72, 18, 54)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs passes all by name
    """Return the page with its drawings in place."""
    title = language(str(config.theme["language"])).words("deflection.title")

    def drawn(found: re.Match[str]) -> str:
        description, kind = entities.unescape(found[1]), found[2]
        if kind not in _MIDDLES:
            known = ", ".join(_MIDDLES)
            message = f"{page.file.src_uri}: drawn:{kind} is no drawing; expected one of {known}"
            raise PluginError(message)
        return markup(_post(description, _MIDDLES[kind](title)))

    made = _IMAGE.sub(drawn, html)
    if 'src="drawn:' in made:
        message = f"{page.file.src_uri}: expected drawings as ![what it shows](drawn:name), no more"
        raise PluginError(message)
    return made


def _post(description: str, middle: list[ET.Element]) -> ET.Element:
    """Return a post: two lines, what stays of the code, and two lines more, from top to bottom."""
    parts = [_words(0.94), _words(0.7), *middle, _words(0.97), _words(0.45)]
    top = _MARGIN
    for part in parts:
        part.set("y", str(top))
        top += int(part.get("height", "0")) + _LINE
    height = top + _MARGIN - _LINE
    outline = _box(1, 1, _WIDTH - 2, height - 2, rx=8, stroke_opacity=_FAINT)
    return element(
        "svg",
        outline,
        *parts,
        class_="drawn-post",
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_label=description,
    )


def _part(height: int, *shapes: ET.Element) -> ET.Element:
    """Return what is as wide as the post's column; what is lower than its height is cut off."""
    return element("svg", *shapes, x=_MARGIN, y=0, width=_COLUMN, height=height)


def _words(share: float) -> ET.Element:
    """Return a line of text, as wide as a share of the column."""
    return _part(8, _bar(0, 0, round(_COLUMN * share), 8))


def _high(title: str) -> list[ET.Element]:
    return [_part(_FULL_HEIGHT, *_calculator(title), _frame(_FULL_HEIGHT))]


def _cut(title: str) -> list[ET.Element]:
    x = _COLUMN - 14
    scroll_bar = (
        _bar(x, 6, 8, _CUT_HEIGHT - 12, fill_opacity=0.12),
        _bar(x, 6, 8, 50, fill_opacity=0.6),
    )
    return [_part(_CUT_HEIGHT, *_calculator(title), *scroll_bar, _frame(_CUT_HEIGHT))]


def _quoted(title: str) -> list[ET.Element]:
    quotation = _part(24, _bar(0, 0, 3, 24), *_underlined(14, 16, title))
    return [quotation, *_cut(title)]


def _link(title: str) -> list[ET.Element]:
    picture = (_box(10, 10, 58, 44, stroke_opacity=_FAINT), *_chart(18, 48, 0.45))
    card = _part(
        _CARD_HEIGHT,
        *picture,
        _text(80, 29, title, font_weight="bold"),
        _text(80, 46, _ADDRESS, _SMALL_LETTERS, fill_opacity=0.7),
        _frame(_CARD_HEIGHT),
    )
    return [_part(20, *_underlined(0, 13, title)), card]


def _calculator(title: str) -> list[ET.Element]:
    """Return the calculator: title, three fields with their labels, a chart and a sentence."""
    shapes = [_text(16, 26, title, font_weight="bold")]
    for index, label in enumerate((64, 84, 56)):
        y = 42 + 30 * index
        shapes += [_bar(16, y, label, 6), _box(16, y + 9, 116, 15, rx=3, stroke_opacity=0.6)]
    shapes += _chart(168, 128, 1.1)
    shapes += [_bar(16, 148, 250, 8, fill_opacity=0.6), _bar(16, 164, 180, 8)]
    return shapes


def _chart(x: int, ground: int, scale: float) -> list[ET.Element]:
    """Return three bars on a ground line: a saving, a cost, and what is left."""
    width = round(26 * scale)
    bars = [
        _bar(
            x + round(38 * scale) * index,
            ground - round(height * scale),
            width,
            round(height * scale),
            fill_opacity=opacity,
        )
        for index, (height, opacity) in enumerate(zip(_BARS, (0.45, _FAINT, 0.75), strict=True))
    ]
    return [*bars, _bar(x - 4, ground, round(76 * scale) + width + 8, 1)]


def _underlined(x: int, y: int, text: str) -> list[ET.Element]:
    return [_text(x, y, text, text_decoration="underline")]


def _frame(height: int) -> ET.Element:
    return _box(1, 1, _COLUMN - 2, height - 2, rx=4, stroke_width=1.5)


def _text(
    x: int, y: int, text: str, largest: int = _LETTERS, **attributes: Attribute
) -> ET.Element:
    """Return a text, in smaller letters if the column would cut it off."""
    size = min(largest, round((_COLUMN - x - _LINE) / (len(text) * _LETTER_WIDTH), 1))
    return element("text", text, x=x, y=y, font_size=size, fill="currentColor", **attributes)


def _bar(x: int, y: int, width: int, height: int, fill_opacity: float = _FAINT) -> ET.Element:
    return element(
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=min(2, height // 3),
        fill="currentColor",
        fill_opacity=fill_opacity,
    )


def _box(x: int, y: int, width: int, height: int, **attributes: Attribute) -> ET.Element:
    place = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", **place, fill="none", stroke="currentColor", **attributes)


_MIDDLES: Final[dict[str, Callable[[str], list[ET.Element]]]] = {
    "high": _high,
    "frame": _cut,
    "quoted": _quoted,
    "link": _link,
}
