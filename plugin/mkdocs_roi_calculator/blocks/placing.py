"""Puts the calculators into a finished page: the blocks noted earlier, rendered or refused.

What was a fence at first may have turned out to be an example inside an indented code block or a
comment; only what is still a block in the finished page is read, and only then can it be wrong.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from typing import Final, cast
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor, render_inner_html, strip_tags, unique
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from mkdocs_roi_calculator.blocks.block_text import read_fence
from mkdocs_roi_calculator.blocks.fence_lines import FENCE_NAME, line_of_opening
from mkdocs_roi_calculator.blocks.finding import has_live, line_of_live, live_value, written_in
from mkdocs_roi_calculator.blocks.front_matter import FrontMatterError, PageLayer, page_layers
from mkdocs_roi_calculator.blocks.mistakes import (
    RoiCalculatorError,
    Written,
    error_in,
    error_in_block,
)
from mkdocs_roi_calculator.blocks.named_blocks import Block, NamedBlocks, TakenIdError
from mkdocs_roi_calculator.blocks.notes import FENCES, LIVE, SUSPECTS, Fence, PageNotes, Suspect
from mkdocs_roi_calculator.blocks.site import Site
from mkdocs_roi_calculator.blocks.source_page import PageContext, is_nested, page_context
from mkdocs_roi_calculator.delivery.page_assets import brought
from mkdocs_roi_calculator.settings.settings import (
    BLOCK_ID,
    BOOTS,
    LINKS,
    SHOW_OPTIONS,
    no_such_page,
)
from mkdocs_roi_calculator.settings.settings_table import render_options
from mkdocs_roi_calculator.settings.strict_yaml import YamlTextError
from roi_calc.own.loading import FailureError, failing_told
from roi_calc.quick.data import quick_data
from roi_calc.reading.for_authors import nearest
from roi_calc.showing import live_values as live
from roi_calc.showing.block import Presentation, render_block
from roi_calc.showing.html import anchor, markup
from roi_calc.showing.live_values import LiveValue, LiveValueError
from roi_calc.showing.reference_tables import REFERENCES

# A block amid the lines of a paragraph: HTML has no element inside <p> that holds a form.
_AMID_PARAGRAPH: Final = re.compile(
    rf"(<p\b[^>]*>)((?:(?!</?p\b).)*?)({FENCES.pattern})\s*", re.DOTALL
)
_HEADING: Final = re.compile("[Hh][1-6]")
# Front matter in which a live value can stand.
_TITLES: Final = ("title", "description")


@dataclass
class _Page:
    """The page that is being finished: read once, for its live values and for its blocks.

    blocks: those that are known so far, by the index of their fence.
    """

    context: PageContext
    blocks: dict[int, Block] = field(default_factory=dict)

    @cached_property
    def layers(self) -> Sequence[PageLayer]:
        """What is set for all its blocks; RoiCalculatorError for a mistake in it."""
        try:
            return page_layers(self.context)
        except FrontMatterError as error:
            raise error_in(error.path, error.line, str(error)) from error


class BlockPostprocessor(Postprocessor):
    """Renders the blocks that are still there when the page is finished."""

    def __init__(self, md: Markdown, site: Site, notes: Callable[[], PageNotes]) -> None:
        super().__init__(md)
        self._site = site
        self._notes = notes
        self._page: _Page | None = None

    def run(self, text: str) -> str:
        """Return the page with its calculators; raise RoiCalculatorError for a mistake."""
        if FENCE_NAME not in text or is_nested(self.md):
            return text
        page = self._page or _Page(page_context(self.md))
        text = _outside_paragraphs(self._without_suspects(text, page.context))
        blocks = self._blocks(text, page)
        # The first block of a page brings what all of them need: no other page has any of it.
        is_live = any(each.is_calculator for each in blocks.values())
        address = page.context.file_address
        brings = brought(self._site.assets_of(page.context), address, is_live=is_live)
        first = next(iter(blocks), None)

        def placed(found: re.Match[str]) -> str:
            index = int(found[1])
            if index not in blocks:
                fence = self._notes().fences[index]
                return f"```{fence.name}\n{fence.text}\n```"
            rendered = self._rendered(blocks[index])
            return f"{brings}{rendered}" if index == first else rendered

        return FENCES.sub(placed, text)

    def write_live(self, root: ET.Element) -> None:
        """Write the live values of the page, while its text is still a tree; raises as run() does.

        Then whatever reads its headings finds the values there: the table of contents, the title.
        """
        if is_nested(self.md):
            return
        self._page = page = _Page(page_context(self.md))
        titles = {key: text for key, text in page.context.meta.items() if key in _TITLES}
        asked, stash = self._notes().live, self.md.htmlStash.rawHtmlBlocks
        if not (asked or any(map(has_live, titles.values()))):
            return
        text = self.md.postprocessors["raw_html"].run(self.md.serializer(root))
        self._without_suspects(text, page.context)
        live = _LiveValues(self._blocks(text, page).values(), page.context)
        _name_headings(root, self.md)
        for each in root.iter():
            for name, value in each.items():
                each.set(name, _in_attribute(value, stash, lambda index: live.text(asked[index])))
        elements = {
            int(found[1]): "" if _is_comment(text, found) else live.element(asked[int(found[1])])
            for found in LIVE.finditer(text)
        }
        for place, raw in enumerate(stash):
            if isinstance(raw, str):
                stash[place] = LIVE.sub(lambda found: elements.get(int(found[1]), found[0]), raw)
        for key, title in titles.items():
            # MkDocs' and Zensical's own mapping of the page, which they read when it is done.
            cast("dict[str, object]", page.context.meta)[key] = written_in(title, live.text)

    def _without_suspects(self, text: str, context: PageContext) -> str:
        """Return the page without our marks; RoiCalculatorError if one is at a real mistake."""

        def cleared(mark: re.Match[str]) -> str:
            if not (_is_inside(text, mark.start(), "<pre", "</pre>") or _is_comment(text, mark)):
                raise self._not_a_block(self._notes().suspects[int(mark[1])], context)
            return ""

        return SUSPECTS.sub(cleared, text)

    def _blocks(self, text: str, page: _Page) -> dict[int, Block]:
        """Return the blocks that the page really has, by the index of their fence."""
        notes = self._notes()
        standing = [each for each in FENCES.finditer(text) if not _is_comment(text, each)]
        page_hash = hashlib.sha256((page.context.name or notes.text).encode()).hexdigest()[:8]
        blocks: dict[int, Block] = {}
        for index in (int(each[1]) for each in standing):
            if index in page.blocks:
                blocks[index] = page.blocks[index]
                continue
            written = self._written(notes.fences[index], page)
            settings = written.settings(self._site.calculators())
            if settings.id and settings.id in {each.settings.id for each in blocks.values()}:
                message = f"id: {settings.id!r} names an earlier block of the page too"
                raise written.mistake(message, BLOCK_ID)
            key = f"{page_hash}-{settings.id or len(blocks) + 1}"
            blocks[index] = Block(key, settings, written)
        # A calculator on the same page is nearer than one that the site's links name.
        here = {
            block.settings.calculator.name: f"#{anchor(block.key)}"
            for block in reversed(blocks.values())
            if block.is_calculator
        }
        for index in [each for each in blocks if each not in page.blocks]:
            links = {**_links(blocks[index]), **here}
            page.blocks[index] = blocks[index] = replace(blocks[index], links=links)
        return blocks

    def _rendered(self, block: Block) -> str:
        settings = block.settings
        if settings.show == SHOW_OPTIONS:
            return render_options(settings.language)
        with _mistakes_of_its_own(block):
            if settings.show in REFERENCES:
                return REFERENCES[settings.show](block.answer)
            boot = "" if settings.boot == BOOTS[0] else settings.boot
            quick = quick_data(block.answer, settings.view)
            presentation = Presentation(
                settings.title, block.links, boot, settings.view, quick=quick
            )
            rendered = render_block(block.answer, block.key, presentation)
        if settings.id and self._site.named_blocks is not None:
            _note(block, self._site.named_blocks)
        return rendered

    def _written(self, fence: Fence, page: _Page) -> Written:
        """Return a block with what it, its page and its site set."""
        if fence.name != FENCE_NAME:
            message = f"a block called {fence.name!r}; expected {FENCE_NAME!r}"
            raise error_in_block(page.context, fence, message)
        if fence.header:
            message = (
                f"{fence.header!r} behind the name; expected the settings under it, one a line"
            )
            raise error_in_block(page.context, fence, message)
        try:
            own = read_fence(fence.text)
        except YamlTextError as error:
            raise error_in_block(page.context, fence, str(error), error.line) from error
        return Written(page.context, fence, own, page.layers, self._site.layer())

    def _not_a_block(self, suspect: Suspect, context: PageContext) -> RoiCalculatorError:
        line = line_of_opening(context.source, suspect.line, suspect.following)
        message = (
            "the block is never closed where it stands; expected a closing fence under it, such "
            "as ```, with the same indentation and nothing behind it"
        )
        if self._notes().needs_margin:
            message += "; in lists, quotes and the like, blocks need pymdownx.superfences"
        return error_in(context.path, line, message)


class LiveValueTreeprocessor(Treeprocessor):
    """Writes the live values of a page once it is known which blocks it has."""

    def __init__(self, md: Markdown, finisher: BlockPostprocessor) -> None:
        super().__init__(md)
        self._finisher = finisher

    def run(self, root: ET.Element) -> None:
        """Write them; RoiCalculatorError for a mistake."""
        self._finisher.write_live(root)


@dataclass(frozen=True)
class _LiveValues:
    """What the blocks of a page say to its live values; RoiCalculatorError for a mistake in one."""

    blocks: Collection[Block]
    context: PageContext

    def element(self, text: str) -> str:
        """Return a live value as it stands in the prose, as HTML."""
        block, path, value = self._asked(text)
        with _mistakes_of_its_own(block):
            return markup(live.render(block.answer, value, path, block.key))

    def text(self, text: str) -> str:
        """Return a live value as it stands where there can be no element, such as in a title."""
        block, _, value = self._asked(text)
        if value.name == live.EXAMPLE:
            message = f"{live.EXAMPLE!r} is a line with a link; expected it in the page's text"
            raise self._mistake(text, message)
        with _mistakes_of_its_own(block):
            return live.written(block.answer, value)

    def _asked(self, text: str) -> tuple[Block, str, LiveValue]:
        """Return the block that a live value is about, what it asks of it, and the same read."""
        try:
            block, path = _block_of(text, self.blocks)
            return block, path, live_value(block.settings.calculator, path)
        except LiveValueError as error:
            raise self._mistake(text, str(error)) from error

    def _mistake(self, text: str, message: str) -> RoiCalculatorError:
        line = line_of_live(self.context.source, text)
        return error_in(self.context.path, line, f"{{roi}}`{text}`: {message}")


def _name_headings(root: ET.Element, md: Markdown) -> None:
    """Give headings with a live value their anchor, without the value: it is another tomorrow."""
    if "toc" not in md.treeprocessors:
        return
    # cast: the registry knows only what every processor has
    toc = cast("TocTreeprocessor", md.treeprocessors["toc"])
    taken = {each.get("id", "") for each in root.iter()}
    for each in root.iter():
        # Python-Markdown keeps comments and the like as elements whose tag is no text.
        if isinstance(each.tag, str) and _HEADING.fullmatch(each.tag) and "id" not in each.attrib:
            inner = render_inner_html(each, md)
            if LIVE.search(inner):
                each.set("id", unique(toc.slugify(unescape(strip_tags(inner)), toc.sep), taken))


def _in_attribute(value: str, stash: Sequence[object], text: Callable[[int], str]) -> str:
    """Return an attribute with the texts of the live values that stand in it."""

    def written(mark: re.Match[str]) -> str:
        found = LIVE.fullmatch(str(stash[int(mark[1])]))
        return text(int(found[1])) if found else mark[0]

    return HTML_PLACEHOLDER_RE.sub(written, value)


def _block_of(text: str, blocks: Iterable[Block]) -> tuple[Block, str]:
    """Return the block that a live value is about, and what it asks of it."""
    shown = [block for block in blocks if block.is_calculator]
    named = {block.settings.id: block for block in shown if block.settings.id}
    name, _, path = (part.strip() for part in text.partition("."))
    if name in named:
        return named[name], path
    if len(shown) == 1:
        return shown[0], text
    if not shown:
        message = f"there is no calculator on this page; expected a ```{FENCE_NAME} block"
    else:
        known = ", ".join(named) or "none yet: give the block a line such as 'id: month'"
        message = (
            f"{len(shown)} calculators on this page; expected the block's id in front, "
            f"as in 'month.{text}' (ids here: {known}){nearest(name, named)}"
        )
    raise LiveValueError(message)


@contextmanager
def _mistakes_of_its_own(block: Block) -> Iterator[None]:
    """Name the file and line where a site's own calculator fails on what the block gives it."""
    settings = block.settings
    try:
        with failing_told(settings.calculator, settings.given.inputs):
            yield
    except FailureError as error:
        raise block.written.mistake(error.in_a_block(settings.calculator.name)) from error


def _links(block: Block) -> dict[str, str]:
    """Return the addresses of other pages' calculators, as seen from the block's page."""
    addresses = {}
    for name, target in block.settings.links.items() if block.is_calculator else ():
        try:
            addresses[name] = block.written.context.address_of(target)
        except LookupError as error:
            raise block.written.mistake(no_such_page(name, target), LINKS, name) from error
    return addresses


def _note(block: Block, named: NamedBlocks) -> None:
    """Let others embed a block; RoiCalculatorError if one of another page has its id."""
    try:
        named.note(block)
    except TakenIdError as error:
        message = (
            f"id: {block.settings.id!r} names the block at {error.place} too; an id is the address "
            "that other sites embed, so expected one that no other page has"
        )
        raise block.written.mistake(message, BLOCK_ID) from error


def _outside_paragraphs(text: str) -> str:
    """Return the page with each block that stands amid a paragraph set between two."""
    while True:
        split = _AMID_PARAGRAPH.sub(_split_paragraph, text)
        if split == text:
            return text
        text = split


def _split_paragraph(found: re.Match[str]) -> str:
    start, before, block = found[1], re.sub(r"\s*<br />\s*$", "", found[2]), found[3]
    opening = f"{start}{before.rstrip()}</p>\n" if before.strip() else ""
    # What follows up to the old </p> becomes a paragraph of its own.
    return f"{opening}{block}\n<p>"


def _is_inside(text: str, position: int, opening: str, closing: str) -> bool:
    return text.rfind(opening, 0, position) > text.rfind(closing, 0, position)


def _is_comment(text: str, found: re.Match[str]) -> bool:
    return _is_inside(text, found.start(), "<!--", "-->")
