"""Draws a card as a PNG. Needs Pillow, which comes with the extra `social`.

The letters are Lato's, which every MkDocs has: its theme `readthedocs` carries them.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from mkdocs_roi_calculator.delivery.theme import LIGHT, shade
from mkdocs_roi_calculator.link_previews.picture_content import Bar, Card, Figure

WIDTH: Final = 1200
HEIGHT: Final = 630

# Some networks cut a few pixels off: nothing stands near an edge.
_MARGIN: Final = 76
_TITLE_TOP: Final = 56
_SITE_TOP: Final = HEIGHT - 84
_BAND: Final = 20
_GAP: Final = 56
_FIGURE_GAP: Final = 24
_CHART_WIDTH: Final = 540
_WIDEST_BAR: Final = 124

_FONTS: Final = "mkdocs/themes/readthedocs/css/fonts"
_REGULAR: Final = "lato-normal.woff"
_BOLD: Final = "lato-bold.woff"
_LINE_HEIGHT: Final = 1.2
_NO_CHARACTER: Final = "\uffff"
_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")

# As a light page has them.
_PAPER: Final = LIGHT["paper"]
_TEXT: Final = LIGHT["ink"]
_QUIET: Final = shade("quiet")
_LINE: Final = shade("connector")
_ACCENT: Final = LIGHT["accent"]
_FILLS: Final = {
    "roi-bar-total": shade("bar-total"),
    "roi-bar-addition": shade("bar-addition"),
    "roi-bar-deduction": shade("bar-deduction"),
    "roi-bar-gain": LIGHT["gain"],
    "roi-bar-loss": LIGHT["loss"],
}
_OUTLINED: Final = "roi-bar-deduction"
# A few colors and their shades: half of the bytes.
_COLOURS: Final = 64

# Sizes to try, each with the most lines that a text may take in it.
_Sizes = Sequence[tuple[int, int]]
_TITLE_SIZES: Final[_Sizes] = ((64, 1), (58, 1), (52, 1), (52, 2), (46, 3), (40, 3), (34, 4))
_LABEL_SIZES: Final[_Sizes] = ((30, 1), (26, 2))
_VALUE_SIZES: Final[_Sizes] = tuple((size, 1) for size in (96, 84, 72, 64, 56, 48, 42, 36, 30, 24))
_BAR_LABEL_SIZES: Final[_Sizes] = ((26, 2), (23, 2), (20, 2), (17, 3))
_BAR_FIGURE_SIZES: Final[_Sizes] = tuple((size, 1) for size in (34, 30, 26, 23, 20, 17, 14, 11, 8))
_SITE_SIZES: Final[_Sizes] = ((28, 1),)

# Left, top, right and bottom, in pixels.
_Box = tuple[int, int, int, int]


class MissingLettersError(ValueError):
    """A text with letters that Lato does not have."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


@dataclass(frozen=True)
class _Lines:
    """A text in lines of one size."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont

    @property
    def line_height(self) -> int:
        """How far a line is from the next one, in pixels."""
        return round(self.font.size * _LINE_HEIGHT)

    @property
    def height(self) -> int:
        """How high all lines are."""
        return self.line_height * len(self.lines)


@dataclass(frozen=True)
class _Scale:
    """Where amounts are. highest: the amount at the top; per_unit: pixels for an amount of 1."""

    top: int
    highest: float
    per_unit: float

    def y(self, amount: float) -> int:
        """Return how far an amount is below the picture's upper edge, in pixels."""
        return round(self.top + self.highest * self.per_unit - amount * self.per_unit)


def covers(text: str) -> bool:
    """Tell whether there are letters for all of a text."""
    return all(map(_has, text))


@lru_cache(maxsize=512)
def picture_of(card: Card) -> bytes:
    """Return a card as a PNG: the same bytes for the same card and version of Pillow.

    Emoji and the like are left out. MissingLettersError for letters that cannot be drawn.
    """
    card = _drawable_card(card)
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, _BAND - 1, HEIGHT), fill=_ACCENT)
    title = _fitted([card.title], _BOLD, _TITLE_SIZES, WIDTH - 2 * _MARGIN)[0]
    _write(pen, title, (_MARGIN, _TITLE_TOP))
    site = _fitted([card.site], _REGULAR, _SITE_SIZES, WIDTH - 2 * _MARGIN)[0]
    _write(pen, site, (_MARGIN, _SITE_TOP), _QUIET)
    top, bottom = _TITLE_TOP + title.height + 36, _SITE_TOP - 40
    middle = WIDTH - _MARGIN - _CHART_WIDTH if card.bars else WIDTH - _MARGIN + _GAP
    _draw_figures(pen, card.figures, (_MARGIN, top, middle - _GAP, bottom))
    if card.bars:
        _draw_bars(pen, card, (middle, top, WIDTH - _MARGIN, bottom))
    return _png(image)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _draw_figures(pen: ImageDraw.ImageDraw, figures: Sequence[Figure], box: _Box) -> None:
    """Draw labels and values under each other, the values as large as the box lets them be."""
    left, top, right, bottom = box
    labels = _fitted([each.label for each in figures], _REGULAR, _LABEL_SIZES, right - left)
    gaps = _FIGURE_GAP * (len(figures) - 1)
    room = bottom - top - sum(each.height for each in labels) - gaps
    highest = room / max(len(figures), 1) / _LINE_HEIGHT
    sizes = [each for each in _VALUE_SIZES if each[0] <= highest] or _VALUE_SIZES[-1:]
    values = _fitted([each.value for each in figures], _BOLD, sizes, right - left)
    top += max(room - sum(each.height for each in values), 0) // 2
    for label, value in zip(labels, values, strict=True):
        _write(pen, label, (left, top), _QUIET)
        _write(pen, value, (left, top + label.height))
        top += label.height + value.height + _FIGURE_GAP


def _draw_bars(pen: ImageDraw.ImageDraw, card: Card, box: _Box) -> None:
    """Draw bars with their labels at the foot of the box and their figures above them."""
    left, top, right, bottom = box
    bars = card.bars
    column = (right - left) / len(bars)
    labels = _fitted([bar.label for bar in bars], _REGULAR, _BAR_LABEL_SIZES, max(column - 12, 0))
    figures = _fitted([bar.figure for bar in bars], _BOLD, _BAR_FIGURE_SIZES, max(column - 6, 0))
    caption = _fitted([card.caption], _REGULAR, _LABEL_SIZES, right - left)[0]
    foot = bottom - max(caption.height, *(each.height for each in labels))
    if card.caption:
        _write(pen, caption, (left, foot + 6), _QUIET)
    scale = _scale(bars, top + figures[0].height + 6, foot - 8)
    width = min(_WIDEST_BAR, column * 0.72)
    for index, bar in enumerate(bars):
        centre = left + column * (index + 0.5)
        sides = (round(centre - width / 2), round(centre + width / 2))
        above = _draw_bar(pen, bar, sides, scale)
        _write_centred(pen, figures[index], (centre, above - figures[index].height - 4))
        _write_centred(pen, labels[index], (centre, foot + 6), _QUIET)
        if bar.label and index < len(bars) - 1:
            level, gap = scale.y(bar.end), round(column - width)
            pen.line((sides[1], level, sides[1] + gap, level), fill=_LINE)
    pen.line((left, scale.y(0), right, scale.y(0)), fill=_TEXT, width=3)


def _draw_bar(pen: ImageDraw.ImageDraw, bar: Bar, sides: tuple[int, int], scale: _Scale) -> int:
    """Draw a bar between its left and right side; return where its top is."""
    top, bottom = sorted((scale.y(bar.start), scale.y(bar.end)))
    outline = _LINE if bar.style == _OUTLINED else None
    box = (sides[0], top, sides[1], bottom)
    pen.rectangle(box, fill=_FILLS[bar.style], outline=outline, width=2)
    return top


def _scale(bars: Sequence[Bar], top: int, bottom: int) -> _Scale:
    """Return the scale that has all bars, and the ground, between two heights."""
    highest = max(0.0, *(max(bar.start, bar.end) for bar in bars))
    lowest = min(0.0, *(min(bar.start, bar.end) for bar in bars))
    # Halves, because the whole of the largest amounts there are is no number any more.
    half = highest / 2 - lowest / 2
    return _Scale(top, highest, (bottom - top) / (half or 0.5) / 2)


def _write(pen: ImageDraw.ImageDraw, text: _Lines, at: tuple[int, int], fill: str = _TEXT) -> None:
    """Write lines. at: the left top corner."""
    for index, line in enumerate(text.lines):
        pen.text((at[0], at[1] + index * text.line_height), line, fill=fill, font=text.font)


def _write_centred(
    pen: ImageDraw.ImageDraw, text: _Lines, at: tuple[float, int], fill: str = _TEXT
) -> None:
    """Write lines each in the middle. at: the middle of their top."""
    for index, line in enumerate(text.lines):
        left = round(at[0] - text.font.getlength(line) / 2)
        pen.text((left, at[1] + index * text.line_height), line, fill=fill, font=text.font)


def _fitted(texts: Sequence[str], font_name: str, sizes: _Sizes, width: float) -> list[_Lines]:
    """Return texts in the first of the sizes in which all fit, else in the last one, cut."""
    for size, most in sizes:
        font = _font(font_name, size)
        wrapped = [_wrapped(text, font, width) for text in texts]
        if all(len(lines) <= most and _widest(lines, font) <= width for lines in wrapped):
            break
    return [_Lines(tuple(_cut(lines, most, font, width)), font) for lines in wrapped]


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return a text in lines cut at its spaces; a single word may be wider."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _widest(lines: Iterable[str], font: ImageFont.FreeTypeFont) -> float:
    return max(map(font.getlength, lines))


def _cut(
    lines: Sequence[str], most: int, font: ImageFont.FreeTypeFont, width: float
) -> Iterable[str]:
    """Yield as many lines as there may be, what is left out shown by an ellipsis."""
    for index, line in enumerate(lines[:most], start=1):
        goes_on = index == most < len(lines)
        if not goes_on and font.getlength(line) <= width:
            yield line
            continue
        shorter = line
        while shorter and font.getlength(f"{shorter}…") > width:
            shorter = shorter[:-1]
        yield f"{shorter.rstrip()}…"


def _drawable_card(card: Card) -> Card:
    return replace(
        card,
        site=_drawable(card.site),
        title=_drawable(card.title),
        figures=tuple(
            Figure(_drawable(each.label), _drawable(each.value)) for each in card.figures
        ),
        bars=tuple(map(_drawable_bar, card.bars)),
        caption=_drawable(card.caption),
    )


def _drawable_bar(bar: Bar) -> Bar:
    return replace(bar, label=_drawable(bar.label), figure=_drawable(bar.figure))


def _drawable(text: str) -> str:
    """Return a text on one line without what cannot be drawn; letters that cannot are an error."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    missing = dict.fromkeys(each for each in text if not _has(each))
    letters = "".join(each for each in missing if each.isalnum())
    if letters:
        raise MissingLettersError(letters)
    return "".join(each for each in text if each not in missing).strip()


@cache
def _has(character: str) -> bool:
    return _shape(character) != _shape(_NO_CHARACTER)


def _shape(character: str) -> tuple[float, bytes]:
    font = _font(_REGULAR, 24)
    return font.getlength(character), bytes(font.getmask(character))


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font; the basic layout is alike on all machines, the other one is not on all."""
    # Not by importing it: ProperDocs, which has no fonts, calls itself by that name.
    file = Path(str(distribution("mkdocs").locate_file(f"{_FONTS}/{name}")))
    return ImageFont.truetype(
        io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC
    )
