"""The script that blogs include, at an address that stays and at one that never changes."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from mkdocs_roi_calculator.delivery.hashes import integrity, short_hash
from mkdocs_roi_calculator.delivery.published_files import FOLDER
from mkdocs_roi_calculator.delivery.scripts import browser_file

# What v1 says to the frame, and what its attributes mean, stays as it is: blogs keep what they
# were given for years. Anything else is a v2 beside it.
NAME: Final = "embed.v1"


@dataclass(frozen=True)
class Loader:
    """The script. address: gets corrections; pinned: stays to the letter, as `integrity` checks."""

    content: bytes

    @property
    def address(self) -> str:
        """The address that every version of a site has."""
        return f"{FOLDER}/{NAME}.js"

    @property
    def pinned(self) -> str:
        """The address of this very text."""
        return f"{FOLDER}/{NAME}.{short_hash(self.content)}.js"

    @property
    def integrity(self) -> str:
        """What browsers compare the text with."""
        return integrity(self.content)

    @property
    def files(self) -> dict[str, bytes]:
        """Both, as files of the site."""
        return {self.address: self.content, self.pinned: self.content}


@cache
def loader() -> Loader:
    """Return the script of this version."""
    return Loader(browser_file("embed/host.v1.js").encode())
