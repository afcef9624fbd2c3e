"""What other sites show of a link to a calculator: its title, its answer in a sentence, a picture.

They read it from the head of the page, by the Open Graph protocol; few of them run scripts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final
from xml.etree import ElementTree as ET

from mkdocs.plugins import get_plugin_logger

from mkdocs_roi_calculator.delivery.hashes import short_hash
from mkdocs_roi_calculator.link_previews.picture_content import card_of
from roi_calc.answering.answer import Answer
from roi_calc.answering.sentences import sentence
from roi_calc.showing.html import element

EXTRA: Final = "mkdocs-roi-calculator[social]"
_PILLOW: Final = "PIL"
DRAWN: Final = "social.png"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
# Of a JPEG's segments C0 to CF, those that do not begin with its size.
_WITHOUT_SIZE: Final = (0xC4, 0xC8, 0xCC)
_FILL: Final = 0xFF

_log = get_plugin_logger("roi-calculator")


@dataclass(frozen=True)
class Picture:
    """A picture beside a link.

    url: its whole address, another one whenever the picture is another, because networks keep what
    they once fetched. description: what is to be seen, if known. file: it, if the site lacks it.
    """

    url: str
    width: int
    height: int
    description: str = ""
    file: bytes = b""


@dataclass(frozen=True)
class Linked:
    """A page that is linked to. site: the name of the one it is of; title: its own."""

    site: str
    url: str
    title: str
    answer: Answer

    @property
    def description(self) -> str:
        """What it answers, in the page's language."""
        return sentence(self.answer)


# How pages come by their pictures.
Pictures = Callable[[Linked], Picture | None]


def without_pictures(linked: Linked) -> None:
    """Return no picture for any page."""


def drawn_pictures() -> Pictures:
    """Return the way to a picture of each page's own answer; none without Pillow, which is said."""
    try:
        from mkdocs_roi_calculator.link_previews import picture_png as card_picture  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != _PILLOW:
            raise
        _say_how_to_get_pictures()
        return without_pictures

    def drawn(linked: Linked) -> Picture | None:
        card = card_of(linked.site, linked.title, linked.answer, card_picture.covers)
        try:
            file = card_picture.picture_of(card)
        except card_picture.MissingLettersError as missing:
            _log.info("%s has no picture: no letters for '%s'", linked.url, missing.letters)
            return None
        url = _versioned(f"{linked.url}{DRAWN}", file)
        return Picture(url, card_picture.WIDTH, card_picture.HEIGHT, card.description, file)

    return drawn


def authors_picture(file: bytes, url: str) -> Picture | None:
    """Return a picture of the author's own, at an address; None for neither a PNG nor a JPEG."""
    size = _size(file)
    return None if size is None else Picture(_versioned(url, file), *size)


def preview_tags(linked: Linked, picture: Picture | None) -> Iterator[ET.Element]:
    """Yield the elements of a page's head from which other sites take what they show."""
    language = linked.answer.language
    yield element("meta", name="description", content=linked.description)
    properties: dict[str, str | int] = {
        "og:type": "website",
        "og:site_name": linked.site,
        "og:locale": f"{language.tag.partition('-')[0]}_{language.territory}",
        # Not the page it comes from: networks would go there and show that one.
        "og:url": linked.url,
        "og:title": linked.title,
        "og:description": linked.description,
    }
    if picture is not None:
        properties |= {
            "og:image": picture.url,
            "og:image:width": picture.width,
            "og:image:height": picture.height,
        }
        if picture.description:
            properties["og:image:alt"] = picture.description
    for name, content in properties.items():
        yield element("meta", property=name, content=content)
    card = "summary" if picture is None else "summary_large_image"
    yield element("meta", name="twitter:card", content=card)


def thumbnail(picture: Picture | None) -> dict[str, str | int]:
    """Return what an oEmbed description says of a picture: all three, or nothing."""
    if picture is None:
        return {}
    return {
        "thumbnail_url": picture.url,
        "thumbnail_width": picture.width,
        "thumbnail_height": picture.height,
    }


# Once for each process: a site is built again and again while somebody writes.
@cache
def _say_how_to_get_pictures() -> None:
    _log.info(
        "the pages to embed have no picture for link previews; 'pip install \"%s\"' has one drawn "
        "for each, and 'embed: {image: assets/social.png}' takes one of your own",
        EXTRA,
    )


def _versioned(url: str, file: bytes) -> str:
    return f"{url}?{short_hash(file)}"


def _size(file: bytes) -> tuple[int, int] | None:
    """Return the width and height of a PNG or JPEG; None for anything else."""
    if file.startswith(_PNG):
        return int.from_bytes(file[16:20]), int.from_bytes(file[20:24])
    return _jpeg_size(file) if file.startswith(_JPEG) else None


def _jpeg_size(file: bytes) -> tuple[int, int] | None:
    """Return the size in the first segment that has it; each begins with FF, its kind, its length.

    ITU-T T.81, B.1.1.2, B.1.1.4 and B.2.2.
    """
    at = 2
    while at + 9 <= len(file):
        kind = file[at + 1]
        if kind == _FILL:
            at += 1
            continue
        if kind & 0xF0 == 0xC0 and kind not in _WITHOUT_SIZE:  # noqa: PLR2004 - C0 to CF
            return int.from_bytes(file[at + 7 : at + 9]), int.from_bytes(file[at + 5 : at + 7])
        at += 2 + int.from_bytes(file[at + 2 : at + 4])
    return None
