"""What Ghost makes of an address on a line of its own, by the documented rules of its source.

The rules are those of ghost/core/core/server/services/oembed/oembed-service.js in TryGhost/Ghost,
for an address of none of the providers that it knows. Pictures, and how long it waits for a page
(2 s), are left out.
"""

import json
import urllib.request
from html.parser import HTMLParser
from typing import Final

from roi_calc.showing.html import element, markup

_TYPE: Final = "application/json+oembed"
_TYPES: Final = ("photo", "video", "link", "rich")
_SECONDS: Final = 60
# A WordPress' own description, for which Ghost shows a bookmark.
_PASSED_OVER: Final = "wp-json/oembed"


class UnknownProviderError(ValueError):
    """An address that Ghost would refuse."""


class _Page(HTMLParser):
    """The title of a page and the address of its first description, as it is written there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = ""
        self.description = ""
        self._is_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._is_title = tag == "title" and not self.title
        if tag == "link" and attributes.get("type") == _TYPE and not self.description:
            self.description = attributes.get("href") or ""

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._is_title = False


def card(address: str) -> str:
    """Return what Ghost puts into a post: the embed, or else a bookmark of the page.

    UnknownProviderError: where it would put nothing.
    """
    page = _Page(_fetched(address))
    embedded = _embedded(page.description)
    if embedded:
        return f'<figure class="kg-card kg-embed-card">{embedded}</figure>'
    if not page.title:
        message = f"{address}: neither a description nor a title"
        raise UnknownProviderError(message)
    link = element("a", page.title, href=address, class_="kg-bookmark-container")
    return markup(element("figure", link, class_="kg-card kg-bookmark-card"))


def _embedded(description: str) -> str:
    """Return the HTML of the description at an address; empty where it does not do."""
    if not description or _PASSED_OVER in description:
        return ""
    said = json.loads(_fetched(description))
    if not said.get("version") or said.get("type") not in _TYPES:
        return ""
    if said["type"] not in {"video", "rich"} or not said.get("width"):
        return ""
    return str(said.get("html") or "")


def _fetched(address: str) -> str:
    """Return what is at an address, which has to be a whole one."""
    if not address.startswith(("http://", "https://")):
        message = f"{address}: not a whole address"
        raise UnknownProviderError(message)
    with urllib.request.urlopen(address, timeout=_SECONDS) as response:  # noqa: S310 - see above
        body: bytes = response.read()
    return body.decode()
