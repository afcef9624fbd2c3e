"""The site that lets others embed: what all its pages share, script, style and policy."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Final
from urllib.parse import urljoin, urlsplit

from mkdocs_roi_calculator.delivery.hashes import integrity
from mkdocs_roi_calculator.delivery.one_script import bundled
from mkdocs_roi_calculator.delivery.published_files import FOLDER, Assets
from mkdocs_roi_calculator.delivery.pyodide_release import RELEASE
from mkdocs_roi_calculator.delivery.scripts import scripts, style
from mkdocs_roi_calculator.link_previews.link_preview import (
    Pictures,
)

_ENTRY: Final = "embed/page.js"
_STYLES: Final = ("calculator/calculator.css", "embed/page.css")


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
        return style(_STYLES)

    @cached_property
    def policy(self) -> str:
        """What the pages may load: 'self' means nothing in a frame without an origin."""
        own = f"'self' {self.assets_url}"
        elsewhere = " ".join(sorted({_folder(each) for each in self.assets.elsewhere}))
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {_in_policy(self.script)} {own} blob: 'wasm-unsafe-eval'",
                f"style-src {_in_policy(self.style)} {own}",
                f"connect-src {own} {elsewhere}".rstrip(),
                "img-src data:",
                "worker-src blob: data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


def _folder(address: str) -> str:
    """Return an address without its last part, as policies match folders."""
    parts = urlsplit(address)
    return escape(f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/")


def _in_policy(text: str) -> str:
    """Return a text's hash as a policy names it; the shortest kind there is."""
    return f"'{integrity(text.encode(), 'sha256')}'"
