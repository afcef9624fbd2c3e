"""A page's description, by which blogs find it and know how large its frame is."""

from typing import Final
from xml.etree import ElementTree as ET

from mkdocs_roi_calculator.embeds.embed import Embed
from mkdocs_roi_calculator.embeds.publisher import Publisher
from mkdocs_roi_calculator.link_previews.link_preview import (
    Picture,
    thumbnail,
)
from roi_calc.showing.html import element, markup

OEMBED_TYPE: Final = "application/json+oembed"
# With its space it means the same; Material takes every other link[rel=alternate] for a site.
_ALTERNATE: Final = "alternate "
# In a blog's column.
WIDTH: Final = 600


def discovery(publisher: Publisher, embed: Embed) -> ET.Element:
    """Return the element of a page's head by which blogs find the description."""
    return element(
        "link",
        rel=_ALTERNATE,
        type=OEMBED_TYPE,
        href=f"{publisher.url}{embed.oembed}",
        title=embed.heading,
    )


def oembed(publisher: Publisher, embed: Embed, picture: Picture | None) -> dict[str, str | int]:
    """Return the description of a page by the oEmbed specification, 2.3.

    The quotation in front has WordPress load the script that sizes the frame.
    """
    url = f"{publisher.url}{embed.address}"
    quotation = element("blockquote", element("a", embed.heading, href=embed.home))
    frame = element(
        "iframe", src=url, width=WIDTH, height=embed.height, title=embed.heading, frameborder=0
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": embed.heading,
        "provider_name": publisher.name,
        "provider_url": publisher.url,
        "width": WIDTH,
        "height": embed.height,
        "html": markup(quotation, frame),
        **thumbnail(picture),
    }
