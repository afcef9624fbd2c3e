"""What is found on a page while it is converted, and what stands for it until the page is finished.

Python-Markdown removes the control characters of a placeholder from every source, so no author can
write one.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from mkdocs_roi_calculator.blocks.fence_lines import FENCE_NAME

_FENCE: Final = '<roi-calculator data-fence="\u0002{}\u0003"></roi-calculator>'
_LIVE: Final = '<roi-value data-live="\u0002{}\u0003"></roi-value>'
_SUSPECT: Final = "\u0002roi-suspect-{}\u0003"
# Each finds the index of what it stands for.
FENCES, LIVE, SUSPECTS = (re.compile(each.format(r"(\d+)")) for each in (_FENCE, _LIVE, _SUSPECT))


@dataclass(frozen=True)
class Fence:
    """A block as it was found: its text, and whatever stood behind its name.

    alike: how many blocks with the same text come before it. name: what it was called.
    """

    text: str
    header: str = ""
    alike: int = 0
    name: str = FENCE_NAME


@dataclass(frozen=True)
class Suspect:
    """A line that looks like the opening of a block and was not taken for one, and the next."""

    line: str
    following: str


@dataclass
class PageNotes:
    """What was found on a page so far.

    text: the page as it began; it stands for the name of one that has none. needs_margin: whether
    blocks are found at the margin alone.
    """

    text: str = ""
    needs_margin: bool = False
    fences: list[Fence] = field(default_factory=list)
    suspects: list[Suspect] = field(default_factory=list)
    live: list[str] = field(default_factory=list)

    def note_fence(self, text: str, header: str, name: str = FENCE_NAME) -> str:
        """Keep a fence for later; return the HTML that stands for it until then."""
        alike = sum(fence.text == text for fence in self.fences)
        self.fences.append(Fence(text, header, alike, name))
        return _FENCE.format(len(self.fences) - 1)

    def note_live(self, text: str) -> str:
        """Keep a live value for later; return the HTML that stands for it until then."""
        self.live.append(text)
        return _LIVE.format(len(self.live) - 1)

    def note_suspect(self, line: str, following: str) -> str:
        """Keep a line that looks like an opening for later; return it with a mark behind it."""
        self.suspects.append(Suspect(line, following))
        return line + _SUSPECT.format(len(self.suspects) - 1)
