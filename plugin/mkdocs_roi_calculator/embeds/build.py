"""What a MkDocs build of a site with `embed: true` adds: which pages there are, and where."""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_roi_calculator.blocks.mistakes import Written
from mkdocs_roi_calculator.blocks.named_blocks import Block, NamedBlocks
from mkdocs_roi_calculator.blocks.notes import Fence
from mkdocs_roi_calculator.blocks.source_page import PageContext, linked
from mkdocs_roi_calculator.delivery.published_files import STYLE, Assets
from mkdocs_roi_calculator.embeds.code_dialog import dialog, relative
from mkdocs_roi_calculator.embeds.embed import Embed, embed_of
from mkdocs_roi_calculator.embeds.embed_page import embed_files
from mkdocs_roi_calculator.embeds.host_script import loader
from mkdocs_roi_calculator.embeds.memo_page import memo_files
from mkdocs_roi_calculator.embeds.oembed import discovery
from mkdocs_roi_calculator.embeds.publisher import Publisher
from mkdocs_roi_calculator.link_previews.link_preview import (
    Pictures,
    authors_picture,
    drawn_pictures,
)
from mkdocs_roi_calculator.settings.settings import (
    LINKS,
    Layer,
    SettingError,
    layer_from,
    no_such_page,
    resolve,
)
from roi_calc.reading.for_authors import nearest
from roi_calc.schema import AnyCalculator
from roi_calc.showing.html import anchor, markup

_END_OF_BLOCK: Final = "</roi-calculator>"
_log: Final = logging.getLogger("mkdocs.plugins.roi-calculator")
# What encryptcontent puts on a page until it has encrypted it.
_LOCKED: Final = "encryptcontent"


@dataclass(frozen=True)
class EmbedOptions:
    """What an author can say under `embed`.

    image: a picture of the docs folder for links to all pages; empty has one drawn for each.
    """

    image: str = ""


def read_options(data: object) -> EmbedOptions | None:
    """Return what stands under `embed`: true, or a mapping; None for false. SettingError else."""
    if isinstance(data, bool):
        return EmbedOptions() if data else None
    if not isinstance(data, Mapping):
        message = (
            f"embed: {data!r} is neither true nor false; expected one of these, or options such as "
            "'embed: {image: assets/social.png}'"
        )
        raise SettingError(message, "embed")
    known = [field.name for field in fields(EmbedOptions)]
    for key, value in data.items():
        if key not in known:
            message = f"embed: unknown key {key!r}; expected {', '.join(known)}"
            raise SettingError(message + nearest(key, known), "embed", str(key))
        if not isinstance(value, str) or not value:
            message = f"embed: {key}: {value!r} is not a text; expected such as 'assets/social.png'"
            raise SettingError(message, "embed", str(key))
    return EmbedOptions(**data)


class Embedding:
    """Gathers what can be embedded while a site is built, and makes the pages of it."""

    def __init__(
        self,
        config: MkDocsConfig,
        assets: Assets,
        site_wide: Mapping[str, object],
        calculators: Mapping[str, AnyCalculator],
        options: EmbedOptions,
    ) -> None:
        if not config.site_url:
            message = (
                "embed: the site has no site_url; other sites embed by whole addresses, so "
                "expected a line such as 'site_url: https://guide.example/'"
            )
            raise SettingError(message, "embed")
        self._image = options.image
        self.named_blocks = NamedBlocks()
        self._assets = assets
        self._site_wide = layer_from(site_wide)
        self._calculators = calculators
        self._embeds: dict[str, Embed] = {}
        self._publisher: Publisher | None = None

    @property
    def loader(self) -> dict[str, bytes]:
        """The script that blogs include, by address."""
        return loader().files

    def files(self, config: MkDocsConfig, files: Files) -> dict[str, bytes]:
        """Return the pages to publish, by address, once every page of the site is rendered."""
        site = _Site(config, files)
        self._publisher = Publisher(
            config.site_name,
            site.url,
            site.up(self._assets),
            self._assets,
            self._pictures(site),
        )
        catalog = (self._catalogd(name, site) for name in self._calculators)
        blocks = (
            embed_of(block, site.page_url(block.page))
            for block in self.named_blocks.by_id.values()
            if not site.is_locked(block)
        )
        # An author's own block stands for the calculator whose name it has.
        self._embeds = {each.id: each for each in (*catalog, *blocks)}
        embeds = self._embeds.values()
        return dict((*embed_files(self._publisher, embeds), *memo_files(self._publisher, embeds)))

    def announced(self, html: str, page: Page) -> str:
        """Return a page of the site that says what on it can be embedded."""
        here = self.named_blocks.on_page(page.file.src_uri)
        embeds = [self._embeds[each] for each in here if each in self._embeds]
        if not embeds or self._publisher is None:
            return html
        publisher = self._publisher
        for each in embeds:
            here_url = f"{publisher.url}{page.url.removeprefix('./')}"
            html = _with_below(html, each.block.key, dialog(publisher, each, here_url))
            memo = relative(f"{publisher.url}{each.memo}", here_url, publisher.url)
            html = _with_memo(html, each.block.key, memo)
        return _with_head(html, (discovery(publisher, each) for each in embeds))

    def _pictures(self, site: "_Site") -> Pictures:
        """Return how pages come by their pictures: all by the author's own, or each by its own."""
        if not self._image:
            return drawn_pictures()
        file = site.file(self._image)
        if file is None:
            message = (
                f"embed: image: {self._image!r} is not a file of the docs folder; expected a PNG "
                "or JPEG there, such as 'assets/social.png'"
            )
            raise SettingError(message, "embed", "image")
        picture = authors_picture(file.content_bytes, site.url_of(file))
        if picture is None:
            message = (
                f"embed: image: {self._image!r} is neither a PNG nor a JPEG, and other sites show "
                "no other kind"
            )
            raise SettingError(message, "embed", "image")
        return lambda _: picture

    def _catalogd(self, name: str, site: "_Site") -> Embed:
        """Return the page of a calculator as it is without any block."""
        layer = Layer({"calculator": name})
        settings = resolve(self._site_wide, layer, calculators=self._calculators)
        written = Written(PageContext(), Fence(""), layer, (), self._site_wide)
        links = {each: site.address(each, target) for each, target in settings.links.items()}
        return Embed(name, Block(name, settings, written, links), links.get(name, site.url))


class _Site:
    """Where the pages of a build are on the web."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self.url = str(config.site_url)
        self._files = files

    def up(self, assets: Assets) -> str:
        """Return what leads from the build's root to its assets: another build may publish them."""
        address = f"{assets.folder}{STYLE}"
        file = self.file(address)
        return "" if file is None else file.url.removesuffix(address)

    def file(self, source: str) -> File | None:
        """Return a file by its place in the docs folder."""
        return self._files.get_file_from_path(source)

    def url_of(self, file: File) -> str:
        """Return the address of a file of the site."""
        return f"{self.url}{file.url.removeprefix('./')}"

    def page_url(self, source: str) -> str:
        """Return the address of a page by its place in the docs folder."""
        file = self.file(source)
        return self.url if file is None else self.url_of(file)

    def is_locked(self, block: Block) -> bool:
        """Tell, and say, that a block stands on a page for which readers need a password."""
        file = self.file(block.page)
        if file is None or not hasattr(file.page, _LOCKED):
            return False
        _log.info(
            "%s: roi-calculator: the page is encrypted, so others cannot embed its block %r",
            block.written.place,
            block.settings.id,
        )
        return True

    def address(self, name: str, target: str) -> str:
        """Return the address of what `links` names for a calculator; SettingError for no page."""
        try:
            return urljoin(self.url, linked(target, self._files, ""))
        except LookupError as error:
            raise SettingError(no_such_page(name, target), LINKS, name) from error


def _with_head(html: str, elements: Iterable[ET.Element]) -> str:
    """Return a page with elements at the end of its head; unchanged if it has none."""
    before, end, behind = html.partition("</head>")
    return f"{before}{markup(*elements)}{end}{behind}" if end else html


def _with_memo(html: str, key: str, address: str) -> str:
    """Return a page whose link that takes an answer away leads to a memo where no script runs."""
    link = re.compile(r"<a\b[^>]*\broi-take-away\b[^>]*>")
    own = f"#{anchor(key)}"

    def led(found: re.Match[str]) -> str:
        return re.sub(rf"(\bhref=[\"']?){own}(?=[\"'\s>])", rf"\g<1>{address}", found[0])

    return link.sub(led, html)


def _with_below(html: str, key: str, below: ET.Element) -> str:
    """Return a page with an element behind a calculator, whatever has minified the page."""
    start = re.search(rf"<roi-calculator\b[^>]*\bdata-block=[\"']?{key}[\"'\s>]", html)
    if start is None:
        return html
    end = html.index(_END_OF_BLOCK, start.end()) + len(_END_OF_BLOCK)
    return f"{html[:end]}{markup(below)}{html[end:]}"
