"""What others can embed: one page for each block with an id and each calculator there is.

Each stands in its own language at its address, and in every other one below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin

from mkdocs_roi_calculator.blocks.named_blocks import Block
from mkdocs_roi_calculator.link_previews.link_preview import (
    DRAWN,
)
from roi_calc.answering.answer import Answer
from roi_calc.language.language import language, languages
from roi_calc.showing.html import anchor
from roi_calc.showing.views import FULL, SIMPLE, VIEWS

# How high a frame is, in pixels, before it has told its height, and where it cannot: what the
# longest language needs on a telephone. The one place where this is said.
HEIGHTS: Final[Mapping[str, int]] = {SIMPLE: 480, FULL: 3400}


@dataclass(frozen=True)
class Embed:
    """One page to embed.

    block: as it stands in the site, but that its links are whole addresses. home: where it stands
    there. folder: where it lies below the page in the block's own language and view, such as `es/`
    or `full/es/`; empty for that one.
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
    def memo(self) -> str:
        """Where the memo of its example lies in the build: the same for both views."""
        folders = [each for each in self.folder.split("/") if each and each not in VIEWS]
        return "/".join(("memo", self.id, *folders, ""))

    @property
    def picture(self) -> str:
        """Where the picture of its answer lies in the build, if it has one of its own."""
        return f"{self.address}{DRAWN}"

    @property
    def oembed(self) -> str:
        """Where its description lies in the build."""
        return f"oembed/{f'{self.id}/{self.folder}'.removesuffix('/')}.json"

    @property
    def height(self) -> int:
        """How high its frame is before it has told its height, in pixels."""
        return HEIGHTS[self.block.settings.view]

    @property
    def other_view(self) -> "Embed":
        """The page in the other view, in the block's own language."""
        (view,) = set(VIEWS) - {self.block.settings.view}
        settings = replace(self.block.settings, view=view)
        return replace(self, block=replace(self.block, settings=settings), folder=f"{view}/")

    @property
    def versions(self) -> "tuple[Embed, ...]":
        """The page in the block's own language, and then in every other language there is."""
        own = self.answer.language.base
        return (self, *(self._in(tag) for tag in languages() if tag != own))

    def _in(self, tag: str) -> "Embed":
        """Return the page in another language, without the title, which is in the block's own."""
        settings = replace(self.block.settings, language=language(tag), title="")
        folder = f"{self.folder}{tag}/"
        return replace(self, block=replace(self.block, settings=settings), folder=folder)


def embed_of(block: Block, page_url: str) -> Embed:
    """Return the page for a block of the page at an absolute address."""
    links = {name: urljoin(page_url, link) for name, link in block.links.items()}
    home = f"{page_url}#{anchor(block.key)}"
    return Embed(block.settings.id, replace(block, links=links), home)
