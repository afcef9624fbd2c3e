"""What platforms that cannot be run here leave of what is pasted into them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Final

_WITHOUT_THEIR_TEXT: Final = ("script", "style", "noscript")


@dataclass(frozen=True)
class Platform:
    """What is left: elements, with these attributes. sandbox: what frames are put into."""

    elements: Mapping[str, Collection[str]]
    sandbox: str = ""

    def left_of(self, pasted: str) -> str:
        """Return the HTML that readers get."""
        return _Left(self, pasted).html


_TEXT: Final = {"p": (), "a": ("href",)}
_FRAMES: Final = {**_TEXT, "iframe": ("src", "width", "height", "title")}
_HOLDER: Final = ("class", "style", "data-roi-calculator", "data-title", "data-height")

LINKS_ALONE: Final = Platform(_TEXT)
NO_SCRIPTS: Final = Platform({**_TEXT, "div": _HOLDER})
FRAMES_ALONE: Final = Platform(_FRAMES)
FRAMES_IN_A_SANDBOX: Final = Platform(_FRAMES, sandbox="allow-scripts")


class _Left(HTMLParser):
    def __init__(self, platform: Platform, pasted: str) -> None:
        super().__init__()
        self.html = ""
        self._platform = platform
        self._is_dropped = False
        self.feed(pasted)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_dropped = tag in _WITHOUT_THEIR_TEXT
        if tag not in self._platform.elements:
            return
        kept = {name: value for name, value in attrs if name in self._platform.elements[tag]}
        if tag == "iframe" and self._platform.sandbox:
            kept["sandbox"] = self._platform.sandbox
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in kept.items())
        self.html += f"<{tag}{written}>"

    def handle_data(self, data: str) -> None:
        if not self._is_dropped:
            self.html += escape(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_dropped = False
        if tag in self._platform.elements:
            self.html += f"</{tag}>"
