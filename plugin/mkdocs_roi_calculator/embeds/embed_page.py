"""The pages that other sites embed.

A page stands alone: style and script are in it, so that it works in a frame of no origin of its
own, as WordPress makes them. Beside it lies its oEmbed description.
"""

import json
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from mkdocs_roi_calculator.delivery.one_script import HOME
from mkdocs_roi_calculator.embeds.embed import Embed
from mkdocs_roi_calculator.embeds.oembed import discovery, oembed
from mkdocs_roi_calculator.embeds.publisher import Publisher
from mkdocs_roi_calculator.link_previews.link_preview import (
    Linked,
    Picture,
    preview_tags,
)
from roi_calc.language.language import Language
from roi_calc.quick.data import quick_data
from roi_calc.showing.block import Presentation, block, take_away
from roi_calc.showing.html import element, markup


def embed_files(publisher: Publisher, embeds: Iterable[Embed]) -> Iterator[tuple[str, bytes]]:
    """Yield every page, its picture and its description, by address."""
    for embed in embeds:
        own, other = embed.versions, embed.other_view.versions
        for pair in zip(own, other, strict=True):
            # Both views answer alike, so one picture is enough.
            picture = publisher.pictures(_linked(publisher, pair[0]))
            if picture and picture.file:
                yield pair[0].picture, picture.file
            for each, versions in zip(pair, (own, other), strict=True):
                others = [it for it in (*versions, *pair) if it is not each]
                page = embed_page(publisher, each, picture, others)
                yield f"{each.address}index.html", page.encode()
                description = oembed(publisher, each, picture)
                yield each.oembed, json.dumps(description, ensure_ascii=False).encode()


def embed_page(
    publisher: Publisher, embed: Embed, picture: Picture | None, others: Iterable[Embed]
) -> str:
    """Return the whole page. others: the same in each other language, and in the other view."""
    language = embed.answer.language
    root = element("html", lang=language.tag, dir=language.direction)
    up = "../" * embed.address.count("/") + publisher.up
    root.set(HOME, f"{up}{publisher.assets.folder}")
    root.set("data-embed", embed.id)
    root.set("data-decimal", language.numbers.decimal)
    head = _head(publisher, embed, picture)
    head.extend(_alternate(embed, each) for each in others)
    root.extend([head, _body(publisher, embed, language)])
    return f"<!doctype html>\n{markup(root)}\n"


def _head(publisher: Publisher, embed: Embed, picture: Picture | None) -> ET.Element:
    return element(
        "head",
        element("meta", charset="utf-8"),
        _policy(publisher),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", f"{embed.heading} – {publisher.name}"),  # noqa: RUF001 - a title's dash
        element("link", rel="canonical", href=embed.home.partition("#")[0]),
        discovery(publisher, embed),
        *preview_tags(_linked(publisher, embed), picture),
        # Else browsers ask the site for a picture of its own.
        element("link", rel="icon", href="data:,"),
        # A link opens beside the blog, never in its frame.
        element("base", target="_blank"),
        element("style", publisher.style),
    )


def _linked(publisher: Publisher, embed: Embed) -> Linked:
    return Linked(publisher.name, f"{publisher.url}{embed.address}", embed.heading, embed.answer)


def _alternate(embed: Embed, other: Embed) -> ET.Element:
    """Return the element by which a page finds itself in another language or view."""
    address = "../" * embed.folder.count("/") + other.folder
    view, tag = other.block.settings.view, other.answer.language.tag
    if view != embed.block.settings.view:
        return element("link", rel="alternate", data_view=view, href=address)
    # Without `hreflang`: that is for search engines, which are not to keep the page, and wants
    # whole addresses, by which a copy of the site would lead away from itself.
    return element("link", rel="alternate", data_language=tag, href=address)


def _policy(publisher: Publisher) -> ET.Element:
    made = element("meta", content=publisher.policy)
    made.set("http-equiv", "Content-Security-Policy")
    return made


def _body(publisher: Publisher, embed: Embed, language: Language) -> ET.Element:
    own, settings = embed.block, embed.block.settings
    presentation = Presentation(
        settings.title,
        own.links,
        boot="intent",
        view=settings.view,
        can_be_taken=False,
        quick=quick_data(own.answer, settings.view),
    )
    made = block(own.answer, own.key, presentation)
    for title in made.iterfind("p[@class='roi-title']"):
        title.tag = "h1"
    home = language.words("embed.home", site=publisher.name)
    return element(
        "body",
        element(
            "main",
            made,
            _below(publisher, embed, element("a", home, href=embed.home)),
            class_="roi-frame",
        ),
        element("script", publisher.script),
    )


def _below(publisher: Publisher, embed: Embed, home: ET.Element) -> ET.Element:
    """Return the line below the calculator: what takes its answer away, and where it is at home."""
    line = take_away(embed.answer, embed.block.key, f"{publisher.url}{embed.memo}")
    line.set("class", "roi-home")
    del line.attrib["data-search-exclude"]
    line.insert(1, home)
    return line
