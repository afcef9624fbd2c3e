"""The pages that other sites embed: one for each block with an id and each calculator there is.

Each stands in its own language at its address, and in every other one below it.

A page stands alone: style and script are in it, so that it works in a frame of no origin of its
own, as WordPress makes them. Beside it lies its oEmbed description, by which blogs find it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

from mkdocs_roi_calculator.blocks.named_blocks import Block
from mkdocs_roi_calculator.delivery.hashes import integrity
from mkdocs_roi_calculator.delivery.one_script import HOME, bundled
from mkdocs_roi_calculator.delivery.published_files import FOLDER, RELEASE, Assets
from mkdocs_roi_calculator.delivery.scripts import browser_file, scripts
from mkdocs_roi_calculator.link_previews.link_preview import (
    DRAWN,
    Linked,
    Picture,
    Pictures,
    preview_tags,
    thumbnail,
)
from roi_calc.answering.answer import Answer
from roi_calc.language.language import Language, language, languages
from roi_calc.showing import block as page
from roi_calc.showing.html import anchor, element, markup

OEMBED_TYPE: Final = "application/json+oembed"
# With its space it means the same; Material takes every other link[rel=alternate] for a site.
_ALTERNATE: Final = "alternate "
_ENTRY: Final = "embed/page.js"
_END: Final = "</roi-calculator>"
_STYLES: Final = ("calculator/calculator.css", "embed/page.css")
# In a blog's column; the frame tells its height as soon as a script listens.
WIDTH: Final = 600
HEIGHT: Final = 900


@dataclass(frozen=True)
class Publisher:
    """The site that lets others embed.

    url: the address of the build, with its slash. up: from there to where the assets lie, such as
    `../` where a language shares those of another. pictures: what is shown beside a link to a page.
    """

    name: str
    url: str
    up: str
    assets: Assets
    pictures: Pictures

    @property
    def assets_url(self) -> str:
        """The address of the folder of all assets."""
        return urljoin(self.url, f"{self.up}{FOLDER}/")

    @cached_property
    def script(self) -> str:
        """The script of every page, and nothing that a page would have to fetch."""
        release = self.assets.files[f"{self.assets.folder}{RELEASE}"].decode()
        return bundled(_ENTRY, {**scripts(), RELEASE: release})

    @cached_property
    def style(self) -> str:
        """The style of every page."""
        return "\n".join(map(browser_file, _STYLES))

    @cached_property
    def policy(self) -> str:
        """What the pages may load: 'self' means nothing in a frame without an origin."""
        own = f"'self' {self.assets_url}"
        elsewhere = " ".join(sorted({_folder(each) for each in self.assets.elsewhere}))
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {_in_policy(self.script)} {own} blob: 'wasm-unsafe-eval'",
                f"style-src {_in_policy(self.style)}",
                f"connect-src {own} {elsewhere}".rstrip(),
                "img-src data:",
                "worker-src blob: data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


@dataclass(frozen=True)
class Embed:
    """One page to embed.

    block: as it stands in the site, but that its links are whole addresses. home: where it stands
    there. folder: where it lies below the page in the block's own language, such as `es/`; empty
    for that one.
    """

    id: str
    block: Block
    home: str
    folder: str = ""

    @property
    def answer(self) -> Answer:
        """What the calculator says."""
        return self.block.answer

    @property
    def heading(self) -> str:
        """What it is called."""
        return self.block.settings.title or self.answer.words("title")

    @property
    def address(self) -> str:
        """Where its page lies in the build."""
        return f"embed/{self.id}/{self.folder}"

    @property
    def picture(self) -> str:
        """Where the picture of its answer lies in the build, if it has one of its own."""
        return f"{self.address}{DRAWN}"

    @property
    def oembed(self) -> str:
        """Where its description lies in the build."""
        return f"oembed/{f'{self.id}/{self.folder}'.removesuffix('/')}.json"

    @property
    def versions(self) -> "tuple[Embed, ...]":
        """The page in the block's own language, and then in every other language there is."""
        own = self.answer.language.base
        return (self, *(self._in(tag) for tag in languages() if tag != own))

    def _in(self, tag: str) -> "Embed":
        """Return the page in another language, without the title, which is in the block's own."""
        settings = replace(self.block.settings, language=language(tag), title="")
        return replace(self, block=replace(self.block, settings=settings), folder=f"{tag}/")


def embed_of(block: Block, page_url: str) -> Embed:
    """Return the page for a block of the page at an absolute address."""
    links = {name: urljoin(page_url, link) for name, link in block.links.items()}
    home = f"{page_url}#{anchor(block.key)}"
    return Embed(block.settings.id, replace(block, links=links), home)


def embed_files(publisher: Publisher, embeds: Iterable[Embed]) -> Iterator[tuple[str, bytes]]:
    """Yield every page, its picture and its description, by address."""
    for versions in (each.versions for each in embeds):
        for each in versions:
            picture = publisher.pictures(_linked(publisher, each))
            page = embed_page(publisher, each, picture, versions)
            yield f"{each.address}index.html", page.encode()
            if picture and picture.file:
                yield each.picture, picture.file
            description = oembed(publisher, each, picture)
            yield each.oembed, json.dumps(description, ensure_ascii=False).encode()


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
        "iframe", src=url, width=WIDTH, height=HEIGHT, title=embed.heading, frameborder=0
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": embed.heading,
        "provider_name": publisher.name,
        "provider_url": publisher.url,
        "width": WIDTH,
        "height": HEIGHT,
        "html": markup(quotation, frame),
        **thumbnail(picture),
    }


def embed_page(
    publisher: Publisher, embed: Embed, picture: Picture | None, versions: Iterable[Embed]
) -> str:
    """Return the whole page. versions: the same in each language, itself included."""
    language = embed.answer.language
    root = element("html", lang=language.tag, dir=language.direction)
    up = "../" * embed.address.count("/") + publisher.up
    root.set(HOME, f"{up}{publisher.assets.folder}")
    root.set("data-embed", embed.id)
    root.set("data-decimal", language.numbers.decimal)
    head = _head(publisher, embed, picture)
    head.extend(_alternate(embed, each) for each in versions if each is not embed)
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
    """Return the element by which a page finds itself in another language."""
    up = "../" * embed.folder.count("/")
    tag = other.answer.language.tag
    return element("link", rel="alternate", hreflang=tag, href=f"{up}{other.folder}")


def _policy(publisher: Publisher) -> ET.Element:
    made = element("meta", content=publisher.policy)
    made.set("http-equiv", "Content-Security-Policy")
    return made


def _body(publisher: Publisher, embed: Embed, language: Language) -> ET.Element:
    own, settings = embed.block, embed.block.settings
    block = page.block(own.answer, own.key, settings.title, own.links, boot="intent")
    for title in block.iterfind("p[@class='roi-title']"):
        title.tag = "h1"
    home = language.words("embed.home", site=publisher.name)
    return element(
        "body",
        element(
            "main",
            block,
            element("p", element("a", home, href=embed.home), class_="roi-home"),
            class_="roi-frame",
        ),
        element("script", publisher.script),
    )


def add_to_head(html: str, elements: Iterable[ET.Element]) -> str:
    """Return a page with elements at the end of its head; unchanged if it has none."""
    before, end, behind = html.partition("</head>")
    return f"{before}{markup(*elements)}{end}{behind}" if end else html


def add_below(html: str, key: str, below: ET.Element) -> str:
    """Return a page with an element behind a calculator, whatever has minified the page."""
    start = re.search(rf"<roi-calculator\b[^>]*\bdata-block=[\"']?{key}[\"'\s>]", html)
    if start is None:
        return html
    end = html.index(_END, start.end()) + len(_END)
    return f"{html[:end]}{markup(below)}{html[end:]}"


def _folder(address: str) -> str:
    """Return an address without its last part, as policies match folders."""
    parts = urlsplit(address)
    return escape(f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/")


def _in_policy(text: str) -> str:
    """Return a text's hash as a policy names it; the shortest kind there is."""
    return f"'{integrity(text.encode(), 'sha256')}'"
