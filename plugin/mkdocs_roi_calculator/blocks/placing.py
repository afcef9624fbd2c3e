"""Puts the calculators into a finished page: the blocks noted earlier, rendered or refused.

What was a fence at first may have turned out to be an example inside an indented code block or a
comment; only what is still a block in the finished page is read, and only then can it be wrong.
"""

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Final, Protocol, cast
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor, render_inner_html, strip_tags, unique
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE
from mkdocs.exceptions import PluginError

from mkdocs_roi_calculator.blocks.block_text import read_fence
from mkdocs_roi_calculator.blocks.fence_lines import FENCE_NAME, line_of_block, line_of_opening
from mkdocs_roi_calculator.blocks.finding import PLACEHOLDERS as LIVE
from mkdocs_roi_calculator.blocks.finding import has_live, line_of_live, live_value, written_in
from mkdocs_roi_calculator.blocks.front_matter import FrontMatterError, PageLayer, page_layers
from mkdocs_roi_calculator.blocks.named_blocks import Embeddable, EmbeddableBlock, TakenIdError
from mkdocs_roi_calculator.blocks.source_page import PageContext, is_nested, page_context
from mkdocs_roi_calculator.delivery.page_assets import brought
from mkdocs_roi_calculator.settings.settings import (
    BLOCK_ID,
    BOOTS,
    LINKS,
    SHOW_CALCULATOR,
    SHOW_OPTIONS,
    Layer,
    SettingError,
    Settings,
    resolve,
)
from mkdocs_roi_calculator.settings.settings_table import render_options
from mkdocs_roi_calculator.settings.strict_yaml import YamlTextError
from roi_calc.answering.answer import Answer, answer
from roi_calc.own.loading import FailureError, failing_told
from roi_calc.reading.nearest import nearest
from roi_calc.schema import AnyCalculator
from roi_calc.showing import block as page
from roi_calc.showing import live_values as live
from roi_calc.showing.html import anchor, markup
from roi_calc.showing.live_values import LiveValue, LiveValueError
from roi_calc.showing.reference_tables import REFERENCES

# Python-Markdown removes these control characters from every source, so no author can write them.
_PLACEHOLDER: Final = '<roi-calculator data-fence="\u0002{index}\u0003"></roi-calculator>'
_PLACEHOLDERS: Final = re.compile(
    '<roi-calculator data-fence="\u0002(\\d+)\u0003"></roi-calculator>'
)
_SUSPECT: Final = "\u0002roi-suspect-{index}\u0003"
_SUSPECTS: Final = re.compile("\u0002roi-suspect-(\\d+)\u0003")
# A block amid the lines of a paragraph: HTML has no element inside <p> that holds a form.
_AMID_PARAGRAPH: Final = re.compile(
    rf"(<p\b[^>]*>)((?:(?!</?p\b).)*?)({_PLACEHOLDERS.pattern})\s*", re.DOTALL
)
_HEADING: Final = re.compile("[Hh][1-6]")
# Front matter in which a live value can stand.
_TITLES: Final = ("title", "description")
_EMPTY_PARAGRAPH: Final = re.compile(r"<p\b[^>]*>\s*</p>\n?")


class RoiCalculatorError(PluginError):
    """An author's mistake: file, line, what was found, what was expected. Stops every build."""


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


@dataclass(frozen=True)
class _Written:
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

    def mistake(self, message: str, *key: str) -> RoiCalculatorError:
        """Return the error at the line that sets a key, or else at what the key would stand in.

        In the file that sets it last: the block's, which has the front matter too, or one of
        defaults.
        """
        for part in (key[:length] for length in range(len(key), 0, -1)):
            if part in self.own.lines:
                return _error_at(self.context, self.fence, self.own.lines[part], message)
            for each in reversed(self.page):
                if part in each.layer.lines:
                    return _error_in(each.path, each.layer.lines[part], message)
        if key and (key[0] in self.site.options or key[-1] in self.site.links):
            message = f"in the site's options: {message}"
        return _error_at(self.context, self.fence, 0, message)


@dataclass(frozen=True)
class Block:
    """A block of the page: its key, its text, and everything that it is rendered with.

    key: its own in the whole site, since some plugins put several pages on one.
    """

    key: str
    written: _Written
    settings: Settings

    @cached_property
    def answer(self) -> Answer:
        """What the calculator says to the block's values; for the form and the prose alike."""
        settings = self.settings
        return answer(
            settings.calculator,
            settings.given,
            settings.language,
            settings.currency,
            settings.comparison,
        )


class Found(Protocol):
    """What was found in the page so far, and what the site says.

    text: the page as it began; it stands for the name of one that has none. blocks: those that are
    known already, because live values ask them before the page is finished.
    """

    text: str
    blocks: "dict[int, Block]"
    fences: list[Fence]
    suspects: list[Suspect]
    live: list[str]
    needs_margin: bool

    def site_layer(self) -> Layer:
        """Return the settings of the whole site."""

    def calculators(self) -> Mapping[str, AnyCalculator]:
        """Return every calculator that a block can name."""

    @property
    def embeddable(self) -> Embeddable | None:
        """Where blocks with an id are noted; None where nothing is to be embedded."""

    def assets_of(self, context: PageContext) -> str:
        """Return the address of the folder with script and style; empty for where installed."""


def placeholder(index: int) -> str:
    """Return the HTML that stands for a noted fence until the page is finished."""
    return _PLACEHOLDER.format(index=index)


def suspect_mark(index: int) -> str:
    """Return what is put behind a suspect line, to be found again in the finished page."""
    return _SUSPECT.format(index=index)


class BlockPostprocessor(Postprocessor):
    """Renders the blocks that are still there when the page is finished."""

    def __init__(self, md: Markdown, found: Found) -> None:
        super().__init__(md)
        self._found = found

    def run(self, text: str) -> str:
        """Return the page with its calculators; raise RoiCalculatorError for a mistake."""
        if FENCE_NAME not in text or is_nested(self.md):
            return text
        context = page_context(self.md)
        text = _outside_paragraphs(self._without_suspects(text, context))
        blocks = self._blocks(text, context)
        # A calculator on the same page is nearer than one that the site's links name.
        here = {
            block.settings.calculator.name: f"#{anchor(block.key)}"
            for block in reversed(blocks.values())
            if block.settings.show == SHOW_CALCULATOR
        }

        # The first block of a page brings what all of them need: no other page has any of it.
        is_live = any(each.settings.show == SHOW_CALCULATOR for each in blocks.values())
        brings = brought(self._found.assets_of(context), context.file_address, is_live=is_live)
        first = next(iter(blocks), None)

        def block(found: re.Match[str]) -> str:
            index = int(found[1])
            if index not in blocks:
                fence = self._found.fences[index]
                return f"```{fence.name}\n{fence.text}\n```"
            rendered = self._rendered(blocks[index], context, here)
            return f"{brings}{rendered}" if index == first else rendered

        return _PLACEHOLDERS.sub(block, text)

    def write_live(self, root: ET.Element) -> None:
        """Write the live values of the page, while its text is still a tree; raises as run() does.

        Then whatever reads its headings finds the values there: the table of contents, the title.
        """
        context = page_context(self.md)
        titles = {key: text for key, text in context.meta.items() if key in _TITLES}
        if is_nested(self.md) or not (self._found.live or any(map(has_live, titles.values()))):
            return
        text = self.md.postprocessors["raw_html"].run(self.md.serializer(root))
        self._without_suspects(text, context)
        live = _LiveValues(self._blocks(text, context).values(), context)
        asked, stash = self._found.live, self.md.htmlStash.rawHtmlBlocks
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
            cast("dict[str, object]", context.meta)[key] = written_in(title, live.text)

    def _without_suspects(self, text: str, context: PageContext) -> str:
        """Return the page without our marks; RoiCalculatorError if one is at a real mistake."""

        def cleared(mark: re.Match[str]) -> str:
            if not (_is_inside(text, mark.start(), "<pre", "</pre>") or _is_comment(text, mark)):
                raise self._not_a_block(self._found.suspects[int(mark[1])], context)
            return ""

        return _SUSPECTS.sub(cleared, text)

    def _blocks(self, text: str, context: PageContext) -> dict[int, Block]:
        """Return the blocks that the page really has, by the index of their fence."""
        standing = [each for each in _PLACEHOLDERS.finditer(text) if not _is_comment(text, each)]
        layers = _page_layers(context) if standing else ()
        page_hash = hashlib.sha256((context.name or self._found.text).encode()).hexdigest()[:8]
        blocks: dict[int, Block] = {}
        for found in standing:
            index = int(found[1])
            if index in self._found.blocks:
                blocks[index] = self._found.blocks[index]
                continue
            written = self._written(self._found.fences[index], layers, context)
            settings = written.settings(self._found.calculators())
            if settings.id and settings.id in {each.settings.id for each in blocks.values()}:
                message = f"id: {settings.id!r} names an earlier block of the page too"
                raise written.mistake(message, BLOCK_ID)
            key = f"{page_hash}-{settings.id or len(blocks) + 1}"
            blocks[index] = Block(key, written, settings)
        self._found.blocks.update(blocks)
        return blocks

    def _rendered(self, block: Block, context: PageContext, here: Mapping[str, str]) -> str:
        settings = block.settings
        if settings.show == SHOW_OPTIONS:
            return render_options(settings.language)
        if settings.show in REFERENCES:
            with _mistakes_of_its_own(block, context):
                return REFERENCES[settings.show](block.answer)
        links = {**_links(block, context), **here}
        boot = "" if settings.boot == BOOTS[0] else settings.boot
        with _mistakes_of_its_own(block, context):
            rendered = page.render_block(block.answer, block.key, settings.title, links, boot)
        if settings.id and self._found.embeddable is not None:
            self._note(block, links, context, self._found.embeddable)
        return rendered

    def _note(
        self,
        block: Block,
        links: Mapping[str, str],
        context: PageContext,
        embeddable: Embeddable,
    ) -> None:
        """Let others embed the block; RoiCalculatorError if one of another page has its id."""
        settings, written = block.settings, block.written
        line = _line(context, written.fence, written.own.lines.get((BLOCK_ID,), 0))
        place = f"{context.name}:{line}"
        try:
            embeddable.note(
                EmbeddableBlock(
                    settings.id,
                    block.key,
                    block.answer,
                    settings.title,
                    links,
                    context.name,
                    place,
                )
            )
        except TakenIdError as error:
            message = (
                f"id: {settings.id!r} names the block at {error.place} too; an id is the address "
                "that other sites embed, so expected one that no other page has"
            )
            raise written.mistake(message, BLOCK_ID) from error

    def _written(self, fence: Fence, layers: Sequence[PageLayer], context: PageContext) -> _Written:
        """Return a block with what it, its page and its site set."""
        if fence.name != FENCE_NAME:
            message = f"a block called {fence.name!r}; expected {FENCE_NAME!r}"
            raise _error_at(context, fence, 0, message)
        if fence.header:
            message = (
                f"{fence.header!r} behind the name; expected the settings under it, one a line"
            )
            raise _error_at(context, fence, 0, message)
        try:
            own = read_fence(fence.text)
        except YamlTextError as error:
            raise _error_at(context, fence, error.line, str(error)) from error
        return _Written(context, fence, own, layers, self._found.site_layer())

    def _not_a_block(self, suspect: Suspect, context: PageContext) -> RoiCalculatorError:
        line = line_of_opening(context.source, suspect.line, suspect.following)
        message = (
            "the block is never closed where it stands; expected a closing fence under it, such "
            "as ```, with the same indentation and nothing behind it"
        )
        if self._found.needs_margin:
            message += "; in lists, quotes and the like, blocks need pymdownx.superfences"
        return _error(context, line, message)


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
        with _mistakes_of_its_own(block, self.context):
            return markup(live.render(block.answer, value, path, block.key))

    def text(self, text: str) -> str:
        """Return a live value as it stands where there can be no element, such as in a title."""
        block, _, value = self._asked(text)
        if value.name == live.EXAMPLE:
            message = f"{live.EXAMPLE!r} is a line with a link; expected it in the page's text"
            raise self._mistake(text, message)
        with _mistakes_of_its_own(block, self.context):
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
        return _error(self.context, line, f"{{roi}}`{text}`: {message}")


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
    shown = [block for block in blocks if block.settings.show == SHOW_CALCULATOR]
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
def _mistakes_of_its_own(block: Block, context: PageContext) -> Iterator[None]:
    """Name the file and line where a site's own calculator fails on what the block gives it."""
    settings = block.settings
    try:
        with failing_told(settings.calculator, settings.given.inputs):
            yield
    except FailureError as error:
        message = error.in_a_block(settings.calculator.name)
        raise _error_at(context, block.written.fence, 0, message) from error


def _links(block: Block, context: PageContext) -> dict[str, str]:
    """Return the addresses of other pages' calculators, as seen from this page."""
    addresses = {}
    for name, target in block.settings.links.items():
        try:
            addresses[name] = context.address_of(target)
        except LookupError as error:
            message = (
                f"links: {name}: {target!r} is not in the docs folder; "
                "expected a page such as 'guide/month.md', or an address"
            )
            raise block.written.mistake(message, LINKS, name) from error
    return addresses


def _page_layers(context: PageContext) -> Sequence[PageLayer]:
    """Return the page's settings; RoiCalculatorError for a mistake in them."""
    try:
        return page_layers(context)
    except FrontMatterError as error:
        raise _error_in(error.path, error.line, str(error)) from error


def _line(context: PageContext, fence: Fence, line: int = 0) -> int:
    """Return the line of the file for a line of a block; 0 where the block is not in the file."""
    start = line_of_block(context.source, fence.text, fence.alike)
    return start and start + line


def _error_at(context: PageContext, fence: Fence, line: int, message: str) -> RoiCalculatorError:
    """Return the error on a line of a block; it may be one that the page's file does not have."""
    place = _line(context, fence, line)
    if not place and context.source:
        which = f"line {line} of " if line else ""
        message = f"{which}a block that another file or a plugin has written: {message}"
    return _error(context, place, message)


def _error(context: PageContext, line: int, message: str) -> RoiCalculatorError:
    """Return the error on a line of the page."""
    return _error_in(context.path, line, message)


def _error_in(path: Path | None, line: int, message: str) -> RoiCalculatorError:
    """Return the error in one line: file, line, what was found, what was expected."""
    place = f"{os.path.relpath(path)}:{f'{line}:' if line else ''} " if path else ""
    return RoiCalculatorError(f"{place}{FENCE_NAME}: {message}")


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
