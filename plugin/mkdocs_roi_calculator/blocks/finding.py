"""Live values in prose: ``{roi}`month.net_saving` `` in a sentence, noted here, written later.

The syntax is MyST's for a role: a name in braces and a code span. What the code span may hold is
said in roi_calc/showing/live_values.py; placing.py writes it once the page's blocks are known.
"""

import re
from collections.abc import Callable
from typing import Final

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from roi_calc.reading.for_authors import nearest
from roi_calc.schema import AnyCalculator
from roi_calc.showing.live_values import LiveValue, LiveValueError, names, read_live

# Before code spans (190), which would take the one behind the braces.
PRIORITY: Final = 195
# Any code span, so that one of ours inside a longer one stays an example.
_CODE_SPAN: Final = r"(?<![\\`])(\{roi\})?(`+)(?!`)(.+?)(?<!`)\2(?!`)"
_LIVE: Final = re.compile(r"\{roi\}(`+)(?!`)(.+?)(?<!`)\1(?!`)")


class LiveValueProcessor(InlineProcessor):
    """Finds the live values of a page and leaves a placeholder for each."""

    def __init__(self, md: Markdown, note: Callable[[str], str]) -> None:
        super().__init__(_CODE_SPAN, md)
        self._note = note

    def handleMatch(  # type: ignore[override] # noqa: N802 - Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - its signature
    ) -> tuple[str | None, int | None, int | None]:
        """Return the placeholder; nothing for a code span that is none of ours."""
        if not m[1]:
            return None, None, None
        stored = self.md.htmlStash.store(self._note(_asked(m[3])))
        return stored, m.start(0), m.end(0)


def has_live(text: object) -> bool:
    """Tell whether a text, such as a title in front matter, has a live value in it."""
    return isinstance(text, str) and _LIVE.search(text) is not None


def written_in(text: object, written: Callable[[str], str]) -> object:
    """Return a text with its live values written; anything else as it is."""
    if not isinstance(text, str):
        return text
    return _LIVE.sub(lambda found: written(_asked(found[2])), text)


def live_value(calculator: AnyCalculator, text: str) -> LiveValue:
    """Return what a live value asks of a calculator; LiveValueError with the nearest name."""
    try:
        return read_live(calculator, text)
    except LiveValueError as error:
        hint = nearest(error.unknown, names(calculator)) if error.unknown else ""
        message = f"{error}{hint}"
        raise LiveValueError(message) from error


def line_of_live(file: str, text: str) -> int:
    """Return the line of a file that holds a live value; 0 where none does."""
    wanted = "".join(text.split())
    for number, line in enumerate(file.splitlines(), start=1):
        if f"{{roi}}`{wanted}`" in "".join(line.replace("``", "`").split()):
            return number
    return 0


def _asked(span: str) -> str:
    """Return what a code span asks for, whatever spaces and line ends are in it."""
    return " ".join(span.split())
