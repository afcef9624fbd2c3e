"""Puts the calculators into a finished page: the blocks noted earlier, rendered or refused.

What was a fence at first may have turned out to be an example inside an indented code block or a
comment; only what is still a block in the finished page is read, and only then can it be wrong.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from mkdocs.exceptions import PluginError

from mkdocs_roi_calculator.context import META_KEY, PageContext, page_context
from mkdocs_roi_calculator.embeddable import Embeddable, EmbeddableBlock, TakenIdError
from mkdocs_roi_calculator.fence import FenceError, line_of, read_fence, read_front_matter
from mkdocs_roi_calculator.options import render_options
from mkdocs_roi_calculator.prose import PLACEHOLDERS as LIVE
from mkdocs_roi_calculator.prose import line_of_live, live_value
from mkdocs_roi_calculator.settings import (
    BLOCK_ID,
    BOOTS,
    PAGE_KEYS,
    SHOW_CALCULATOR,
    SHOW_OPTIONS,
    Layer,
    SettingError,
    Settings,
    layer_from,
    nearest,
    resolve,
)
from mkdocs_roi_calculator.source import FENCE_NAME, line_of_block, line_of_opening
from roi_calc import live, page
from roi_calc.answer import Answer, answer
from roi_calc.calculators import CALCULATORS
from roi_calc.html import markup
from roi_calc.live import LiveValueError
from roi_calc.reference import REFERENCES
from roi_calc.schema import AnyCalculator
from roi_calc.site_calculators import line_in, source_of

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
_EMPTY_PARAGRAPH: Final = re.compile(r"<p\b[^>]*>\s*</p>\n?")


class RoiCalculatorError(PluginError):
    """An author's mistake: file, line, what was found, what was expected. Stops every build."""


@dataclass(frozen=True)
class Fence:
    """A block as it was found: its text, and whatever stood behind its name."""

    text: str
    header: str = ""


@dataclass(frozen=True)
class _Block:
    """A block of the page: its id in HTML, its text, and everything that it is rendered with."""

    html_id: str
    fence: Fence
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


@dataclass(frozen=True)
class Suspect:
    """A line that looks like the opening of a block and was not taken for one, and the next."""

    line: str
    following: str


class Found(Protocol):
    """What was found in the page so far, and what the site says."""

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
        if FENCE_NAME not in text and not self._found.live:
            return text
        context = page_context(self.md)

        def cleared(mark: re.Match[str]) -> str:
            if not (_is_inside(text, mark.start(), "<pre", "</pre>") or _is_comment(text, mark)):
                raise self._not_a_block(self._found.suspects[int(mark[1])], context)
            return ""

        text = _outside_paragraphs(_SUSPECTS.sub(cleared, text))
        blocks = self._blocks(text, context)
        # A calculator on the same page is nearer than one that the site's links name.
        here = {
            block.settings.calculator.name: f"#{block.html_id}"
            for block in reversed(blocks.values())
            if block.settings.show == SHOW_CALCULATOR
        }

        def block(found: re.Match[str]) -> str:
            index = int(found[1])
            if index not in blocks:
                return f"```{FENCE_NAME}\n{self._found.fences[index].text}\n```"
            return self._rendered(blocks[index], context, here)

        def live_text(found: re.Match[str]) -> str:
            if _is_comment(finished, found):
                return ""
            return self._live(self._found.live[int(found[1])], blocks, context)

        finished = _PLACEHOLDERS.sub(block, text)
        return LIVE.sub(live_text, finished)

    def _blocks(self, text: str, context: PageContext) -> dict[int, _Block]:
        """Return the blocks that the page really has, by the index of their fence."""
        page_hash = hashlib.sha256((context.name or text).encode()).hexdigest()[:6]
        blocks: dict[int, _Block] = {}
        for found in _PLACEHOLDERS.finditer(text):
            if _is_comment(text, found):
                continue
            fence = self._found.fences[int(found[1])]
            settings = self._settings(fence, context)
            if settings.id and settings.id in {each.settings.id for each in blocks.values()}:
                message = f"id: {settings.id!r} names an earlier block of the page too"
                line = _line(context, fence, line_of(fence.text, BLOCK_ID))
                raise _error(context, line, message)
            html_id = f"roi-{settings.id or f'{page_hash}-{len(blocks) + 1}'}"
            blocks[int(found[1])] = _Block(html_id, fence, settings)
        return blocks

    def _rendered(self, block: _Block, context: PageContext, here: Mapping[str, str]) -> str:
        settings = block.settings
        if settings.show == SHOW_OPTIONS:
            return render_options(settings.language)
        if settings.show in REFERENCES:
            with _mistakes_of_its_own(block, context):
                return REFERENCES[settings.show](block.answer)
        links = {**self._links(settings, block.fence, context), **here}
        boot = "" if settings.boot == BOOTS[0] else settings.boot
        with _mistakes_of_its_own(block, context):
            rendered = page.render_block(block.answer, block.html_id, settings.title, links, boot)
        if settings.id and self._found.embeddable is not None:
            self._note(block, links, context, self._found.embeddable)
        return rendered

    def _note(
        self,
        block: _Block,
        links: Mapping[str, str],
        context: PageContext,
        embeddable: Embeddable,
    ) -> None:
        """Let others embed the block; RoiCalculatorError if one of another page has its id."""
        settings = block.settings
        line = _line(context, block.fence, line_of(block.fence.text, BLOCK_ID))
        place = f"{context.name}:{line}"
        try:
            embeddable.note(
                EmbeddableBlock(
                    settings.id,
                    block.html_id,
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
            raise _error(context, line, message) from error

    def _live(self, text: str, blocks: Mapping[int, _Block], context: PageContext) -> str:
        """Return a live value as it stands in the prose; RoiCalculatorError for a mistake in it."""
        try:
            block, path = _block_of(text, blocks.values())
            value = live_value(block.settings.calculator, path)
        except LiveValueError as error:
            line = line_of_live(context.source(), text)
            raise _error(context, line, f"{{roi}}`{text}`: {error}") from error
        with _mistakes_of_its_own(block, context):
            return markup(live.render(block.answer, value, path, block.html_id))

    def _links(self, settings: Settings, fence: Fence, context: PageContext) -> dict[str, str]:
        """Return the addresses of other pages' calculators, as seen from this page."""
        addresses = {}
        for name, target in settings.links.items():
            try:
                addresses[name] = context.address_of(target)
            except LookupError as error:
                message = (
                    f"links: {name}: {target!r} is not in the docs folder; "
                    "expected a page such as 'guide/month.md', or an address"
                )
                line = line_of(fence.text, f"links.{name}")
                raise _error(context, _line(context, fence, line), message) from error
        return addresses

    def _settings(self, fence: Fence, context: PageContext) -> Settings:
        """Return what the site, the page and the block say together, the block last."""
        if fence.header:
            message = (
                f"{fence.header!r} behind the name; expected the settings under it, one a line"
            )
            raise _error(context, _line(context, fence), message)
        try:
            block = read_fence(fence.text)
        except FenceError as error:
            raise _error(context, _line(context, fence, error.line), str(error)) from error
        try:
            return resolve(
                self._found.site_layer(),
                _page_layer(context),
                block,
                calculators=self._found.calculators(),
            )
        except SettingError as error:
            line = _line(context, fence, line_of(fence.text, error.key))
            if not line_of(fence.text, error.key) and _is_set(context, error.key):
                line = line_of(context.source(), error.key, below=META_KEY)
            raise _error(context, line, str(error)) from error

    def _not_a_block(self, suspect: Suspect, context: PageContext) -> RoiCalculatorError:
        line = line_of_opening(context.source(), suspect.line, suspect.following)
        message = (
            "the block is never closed where it stands; expected a closing fence under it, such "
            "as ```, with the same indentation and nothing behind it"
        )
        if self._found.needs_margin:
            message += "; in lists, quotes and the like, blocks need pymdownx.superfences"
        return _error(context, line, message)


def _block_of(text: str, blocks: Iterable[_Block]) -> tuple[_Block, str]:
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
def _mistakes_of_its_own(block: _Block, context: PageContext) -> Iterator[None]:
    """Name the file and line where a site's own calculator fails on what the block gives it."""
    calculator = block.settings.calculator
    try:
        yield
    except Exception as error:
        if calculator.name in CALCULATORS:
            raise
        file = source_of(calculator)
        line = line_in(file, error)
        place = f":{line}" if line else ""
        message = (
            f"calculator {calculator.name!r} fails on these values, "
            f"at {file.name}{place}: {type(error).__name__}: {error}"
        )
        raise _error(context, _line(context, block.fence), message) from error


def _page_layer(context: PageContext) -> Layer:
    """Return the page's settings: its front matter as written, or what the engine made of it."""
    try:
        written = read_front_matter(context.source(), META_KEY)
    except FenceError as error:
        raise _error(context, error.line, f"front matter: {error}") from error
    if written is not None:
        return written
    meta = context.meta.get(META_KEY)
    try:
        return Layer() if meta is None else layer_from(meta, PAGE_KEYS)
    except SettingError as error:
        raise _error(context, 0, f"front matter: {error}") from error


def _is_set(context: PageContext, key: str) -> bool:
    """Tell whether the page's front matter sets a key: `currency`, or `values.requests`."""
    layer = _page_layer(context)
    return key in layer.options or key in {f"values.{name}" for name in layer.values}


def _line(context: PageContext, fence: Fence, line: int = 0) -> int:
    """Return the line of the file for a line of a block; 0 where the block is not in the file."""
    start = line_of_block(context.source(), fence.text)
    return start and start + line


def _error(context: PageContext, line: int, message: str) -> RoiCalculatorError:
    """Return the error in one line: file, line, what was found, what was expected."""
    place = ""
    if context.path:
        place = f"{os.path.relpath(context.path)}:{f'{line}:' if line else ''} "
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
