"""The Python-Markdown extension: a fenced `roi-calculator` block becomes a calculator.

The unit of the product: MkDocs, ProperDocs, Zensical and plain Python-Markdown all load it. Here
fences are found and noted; blocks/placing.py renders them when the page is done.
"""

from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from itertools import pairwise
from typing import Final, Protocol, cast

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from mkdocs_roi_calculator.blocks import finding
from mkdocs_roi_calculator.blocks.fence_lines import (
    FENCE_NAME,
    closes,
    fence_info,
    name_of_ours,
    opened_name,
)
from mkdocs_roi_calculator.blocks.finding import LiveValueProcessor
from mkdocs_roi_calculator.blocks.mistakes import RoiCalculatorError
from mkdocs_roi_calculator.blocks.notes import PageNotes
from mkdocs_roi_calculator.blocks.placing import BlockPostprocessor, LiveValueTreeprocessor
from mkdocs_roi_calculator.blocks.site import ASSETS, NAMED_BLOCKS, PYODIDE, Site
from mkdocs_roi_calculator.blocks.source_page import page_markdown
from mkdocs_roi_calculator.settings.own_calculators import OPTION
from mkdocs_roi_calculator.settings.settings import LINKS, SITE_KEYS
from roi_calc.language.language import author_language
from roi_calc.reading.for_authors import nearest

# Behind raw HTML (30), before Python-Markdown's escapes are undone (10).
_POSTPROCESSOR_PRIORITY: Final = 25
# Behind snippets (32), before whatever of superfences comes first (31.05).
_FIRST_PRIORITY: Final = 31.1
# Before and behind fenced_code and superfences (25).
_SCANNER_PRIORITY: Final = 26
_SUSPECTS_PRIORITY: Final = 24.5
# Behind attribute lists (8), before the table of contents (5).
_LIVE_PRIORITY: Final = 5.5


class RoiCalculatorExtension(Extension):
    """Turns `roi-calculator` fences into calculators."""

    def __init__(self, **options: object) -> None:
        self.config = {
            **{
                key: [{} if key == LINKS else "", author_language().words(f"option.{key}")]
                for key in SITE_KEYS
            },
            OPTION: [[], author_language().words(f"option.{OPTION}")],
            PYODIDE: ["", author_language().words(f"option.{PYODIDE}")],
            ASSETS: ["", author_language().words(f"option.{ASSETS}")],
            NAMED_BLOCKS: [[], "where the MkDocs plugin has blocks with an id noted"],
        }
        self.notes = PageNotes()
        self._is_second = False
        super().__init__(**options)

    def setConfig(self, key: str, value: object) -> None:  # noqa: N802 - Python-Markdown's name
        """Set an option; RoiCalculatorError for one that does not exist."""
        if key not in self.config:
            known = [each for each in self.config if each != NAMED_BLOCKS]
            message = (
                f"{FENCE_NAME}: unknown option {key!r} of the extension; "
                f"expected one of {', '.join(known)}{nearest(key, known)}"
            )
            raise RoiCalculatorError(message)
        super().setConfig(key, value)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as above
        """Register what finishes the page; how fences are found is decided in reset()."""
        # A site may list the extension under both its names; one of them does the work.
        self._is_second = any(isinstance(each, type(self)) for each in md.registeredExtensions)
        if self._is_second:
            return
        md.registerExtension(self)
        self.md = md
        # Else Python-Markdown wraps the element in a paragraph.
        if FENCE_NAME not in md.block_level_elements:
            md.block_level_elements.append(FENCE_NAME)
        suspects = _SuspectPreprocessor(md)
        md.preprocessors.register(suspects, "roi_calculator_suspects", _SUSPECTS_PRIORITY)
        in_prose = LiveValueProcessor(md, lambda text: _notes(md).note_live(text))
        md.inlinePatterns.register(in_prose, "roi_calculator_live", finding.PRIORITY)
        finisher = BlockPostprocessor(md, Site(self.getConfigs()), lambda: self.notes)
        md.postprocessors.register(finisher, "roi_calculator", _POSTPROCESSOR_PRIORITY)
        live = LiveValueTreeprocessor(md, finisher)
        md.treeprocessors.register(live, "roi_calculator_live", _LIVE_PRIORITY)
        first = _FirstPreprocessor(md)
        md.preprocessors.register(first, "roi_calculator_first", _FIRST_PRIORITY)
        md.preprocessors.register(_FencePreprocessor(md), "roi_calculator", _SCANNER_PRIORITY)

    def reset(self) -> None:
        """Forget the page before."""
        self.notes = PageNotes()


def makeExtension(**options: object) -> RoiCalculatorExtension:  # noqa: N802 - its agreed name
    """Return the extension, for `extensions=["mkdocs_roi_calculator.extension"]`."""
    return RoiCalculatorExtension(**options)


class _FirstPreprocessor(Preprocessor):
    """Prepares for a page when all extensions are loaded, in whatever order they are listed.

    Not when they are reset: who converts a part of a page need not do that.
    """

    def run(self, lines: list[str]) -> list[str]:
        """Have superfences, where it is loaded, find our blocks, and those that mean to be ours."""
        notes, superfences = _notes(self.md), _superfences(self.md)
        notes.needs_margin = superfences is None
        notes.text = notes.text or "\n".join(lines)
        if superfences is not None:
            # The last entry of a name wins, also over a site's own.
            if all(entry["validator"] is not _validate for entry in superfences.superfences):
                _extend(superfences, FENCE_NAME)
            taken = {entry["name"] for entry in superfences.superfences}
            for name in sorted({*map(opened_name, lines)} - taken - {""}):
                _extend(superfences, name)
        return lines


class _FencePreprocessor(Preprocessor):
    """Finds the blocks at the margin of the page where superfences is absent."""

    def run(self, lines: list[str]) -> list[str]:
        """Replace each block by its placeholder, leaving other fences and what is in them."""
        notes = _notes(self.md)
        if not notes.needs_margin:
            return lines
        kept: list[str] = []
        opened: tuple[int, str, str] | None = None
        for line in lines:
            unindented = line[min(3, len(line) - len(line.lstrip(" "))) :]
            kept.append(line)
            if opened is None:
                found = fence_info(unindented)
                opened = (len(kept) - 1, *found) if found else None
                continue
            start, mark, info = opened
            if not closes(unindented, mark):
                continue
            opened = None
            name = name_of_ours(info)
            if name:
                behind = " ".join(info.strip("{} ").split()[1:])
                noted = notes.note_fence("\n".join(kept[start + 1 : -1]), behind, name)
                kept[start:] = ["", self.md.htmlStash.store(noted), ""]
        return kept


class _SuspectPreprocessor(Preprocessor):
    """Marks the openings of ours that nobody took for a block: they may be mistakes."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines, the suspect ones with a mark; placing.py decides what they are."""
        suspect = _notes(self.md).note_suspect
        return [
            suspect(line, following) if opened_name(line) else line
            for line, following in pairwise([*lines, ""])
        ]


def _notes(md: Markdown) -> PageNotes:
    """Return what was found on the page which an object converts, or a part of it."""
    loaded = page_markdown(md).registeredExtensions
    return next(each.notes for each in loaded if isinstance(each, RoiCalculatorExtension))


class _Superfences(Protocol):
    """What we use of pymdownx.superfences' extension, which has no types."""

    superfences: Sequence[Mapping[str, object]]
    extend_super_fences: Callable[..., None]


def _extend(superfences: _Superfences, name: str) -> None:
    """Register a fence; superfences wants one argument more since 12.1, which may be None."""
    register = superfences.extend_super_fences
    given = (name, _format, _validate)
    register(*given, *[None] * (len(signature(register).parameters) - len(given)))


def _superfences(md: Markdown) -> _Superfences | None:
    """Return the superfences extension in force, or None."""
    if "fenced_code_block" not in md.preprocessors:
        return None
    extension = getattr(md.preprocessors["fenced_code_block"], "extension", None)
    # cast: it has no types of its own
    return cast("_Superfences", extension) if hasattr(extension, "superfences") else None


def _format(  # noqa: PLR0913 - superfences' arguments
    src: str,
    *,
    language: str,
    md: Markdown,
    options: Mapping[str, str],
    classes: Sequence[str],
    id_value: str,
    **_: object,
) -> str:
    """Note a fence for its page; return what stands for it until then."""
    behind = [*options, *classes, *([id_value] if id_value else [])]
    return _notes(md).note_fence(src, " ".join(behind), language)


def _validate(
    language: str,  # noqa: ARG001 - superfences' signature
    inputs: dict[str, str],
    options: dict[str, str],
    attrs: dict[str, str],  # noqa: ARG001
    md: Markdown,  # noqa: ARG001
) -> bool:
    """Take the fence whatever stands behind its name: the mistake is reported when rendering."""
    options.update(inputs)
    return True
