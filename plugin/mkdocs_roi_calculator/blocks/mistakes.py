"""An author's mistake in one line: file, line, what was found, what was expected."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.exceptions import PluginError

from mkdocs_roi_calculator.blocks.fence_lines import FENCE_NAME, line_of_block
from mkdocs_roi_calculator.blocks.front_matter import PageLayer
from mkdocs_roi_calculator.blocks.notes import Fence
from mkdocs_roi_calculator.blocks.source_page import PageContext
from mkdocs_roi_calculator.settings.settings import BLOCK_ID, Layer, SettingError, Settings, resolve
from roi_calc.schema import AnyCalculator


class RoiCalculatorError(PluginError):
    """An author's mistake. Stops every build."""


@dataclass(frozen=True)
class Written:
    """A block as its author wrote it: its text, and what it, its page and its site set."""

    context: PageContext
    fence: Fence
    own: Layer
    page: Sequence[PageLayer]
    site: Layer

    def settings(self, calculators: Mapping[str, AnyCalculator]) -> Settings:
        """Return everything together, the block last; RoiCalculatorError for a mistake in it."""
        pages = (each.layer for each in self.page)
        try:
            return resolve(self.site, *pages, self.own, calculators=calculators)
        except SettingError as error:
            raise self.mistake(str(error), *error.key) from error

    @property
    def place(self) -> str:
        """Where it stands, such as `guide/month.md:12`: the line of its id."""
        line = _line_of(self.context, self.fence, self.own.lines.get((BLOCK_ID,), 0))
        return f"{self.context.name}:{line}"

    def mistake(self, message: str, *key: str) -> RoiCalculatorError:
        """Return the error at the line that sets a key, or else at what the key would stand in.

        In the file that sets it last: the block's, which has the front matter too, or one of
        defaults.
        """
        for part in (key[:length] for length in range(len(key), 0, -1)):
            if part in self.own.lines:
                return error_in_block(self.context, self.fence, message, self.own.lines[part])
            for each in reversed(self.page):
                if part in each.layer.lines:
                    return error_in(each.path, each.layer.lines[part], message)
        if key and (key[0] in self.site.options or key[-1] in self.site.links):
            message = f"in the site's options: {message}"
        return error_in_block(self.context, self.fence, message)


def error_in_block(
    context: PageContext, fence: Fence, message: str, line: int = 0
) -> RoiCalculatorError:
    """Return the error on a line of a block; it may be one that the page's file does not have."""
    place = _line_of(context, fence, line)
    if not place and context.source:
        which = f"line {line} of " if line else ""
        message = f"{which}a block that another file or a plugin has written: {message}"
    return error_in(context.path, place, message)


def error_in(path: Path | None, line: int, message: str) -> RoiCalculatorError:
    """Return the error on a line of a file; line 0 for one that is not known."""
    place = f"{os.path.relpath(path)}:{f'{line}:' if line else ''} " if path else ""
    return RoiCalculatorError(f"{place}{FENCE_NAME}: {message}")


def _line_of(context: PageContext, fence: Fence, line: int) -> int:
    """Return the line of the file for a line of a block; 0 where the block is not in the file."""
    start = line_of_block(context.source, fence.text, fence.alike)
    return start and start + line
