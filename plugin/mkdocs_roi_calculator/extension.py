"""The Python-Markdown extension: a fenced `roi-calculator` block becomes a calculator.

The unit of the product: MkDocs, ProperDocs, Zensical and plain Python-Markdown all load it. A
fence is only noted where it stands, and rendered when the page is finished: what was a fence at
first may turn out to be an example inside an indented code block or a comment, and must then stay
as it was, mistakes included.
"""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, cast

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from mkdocs.exceptions import PluginError

from mkdocs_roi_calculator.context import META_KEY, PageContext, page_context
from mkdocs_roi_calculator.fence import FenceError, line_of, read_fence
from mkdocs_roi_calculator.settings import (
    KEYS,
    SITE_KEYS,
    Layer,
    SettingError,
    Settings,
    layer_from,
    resolve,
)
from mkdocs_roi_calculator.source import (
    FENCE_NAME,
    closes,
    fence_info,
    line_of_block,
    line_of_unclosed_block,
    names_our_fence,
)
from roi_calc import page

# Behind raw HTML (30), before Python-Markdown's escapes are undone (10).
_POSTPROCESSOR_PRIORITY: Final = 25
# Before fenced_code (25).
_SCANNER_PRIORITY: Final = 26

# Python-Markdown removes these control characters from every source, so no author can write them.
_PLACEHOLDER: Final = '<roi-calculator data-fence="\u0002{index}\u0003"></roi-calculator>'
_PLACEHOLDERS: Final = re.compile(
    r'<roi-calculator data-fence="\u0002(\d+)\u0003"></roi-calculator>'
)
_CODE: Final = re.compile(r"<!--.*?-->|<(pre|code)\b.*?</\1>", re.DOTALL)
_UNCLOSED: Final = re.compile(rf"(?:^|>)\s*(?:`{{3,}}|~{{3,}})[ {{.]*{FENCE_NAME}\b", re.MULTILINE)


class RoiCalculatorError(PluginError):
    """An author's mistake: file, line, what was found, what was expected. Stops every build."""


@dataclass(frozen=True)
class _Fence:
    """A block as it was found: its text, and whatever stood behind its name."""

    text: str
    header: str = ""


class RoiCalculatorExtension(Extension):
    """Turns `roi-calculator` fences into calculators."""

    def __init__(self, **options: object) -> None:
        self.config = {key: ["", KEYS[key]] for key in SITE_KEYS}
        self.fences: list[_Fence] = []
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register what finishes the page; how fences are found is decided in reset()."""
        md.registerExtension(self)
        self.md = md
        # Else Python-Markdown wraps the element in a paragraph.
        if FENCE_NAME not in md.block_level_elements:
            md.block_level_elements.append(FENCE_NAME)
        finisher = _BlockPostprocessor(md, self)
        md.postprocessors.register(finisher, "roi_calculator", _POSTPROCESSOR_PRIORITY)

    def reset(self) -> None:
        """Register with superfences, or a scanner of our own where there is none.

        Markdown calls it once every extension is loaded, so the order they are listed in does not
        matter, and of two superfences the one in force is found.
        """
        self.fences = []
        superfences = _superfences(self.md)
        if superfences is None:
            scanner = _FencePreprocessor(self.md, self)
            self.md.preprocessors.register(scanner, "roi_calculator", _SCANNER_PRIORITY)
        elif all(entry["name"] != FENCE_NAME for entry in superfences.superfences):
            superfences.extend_super_fences(FENCE_NAME, self._from_superfences, _validate, None)

    def note(self, fence: _Fence) -> str:
        """Keep a fence for later; return the HTML that stands for it until then."""
        self.fences.append(fence)
        return _PLACEHOLDER.format(index=len(self.fences) - 1)

    def _from_superfences(
        self,
        src: str,
        language: str,  # noqa: ARG002 - superfences passes these by name
        md: Markdown,  # noqa: ARG002
        options: Mapping[str, str],
        **header: object,
    ) -> str:
        extras = [
            *options,
            *(str(value) for name, value in header.items() if value and name != "attrs"),
        ]
        return self.note(_Fence(src, " ".join(extras)))


def makeExtension(**options: object) -> RoiCalculatorExtension:  # noqa: N802 - its agreed name
    """Return the extension, for `extensions=["mkdocs_roi_calculator.extension"]`."""
    return RoiCalculatorExtension(**options)


class _FencePreprocessor(Preprocessor):
    """Finds the blocks at the margin of the page where superfences is absent."""

    def __init__(self, md: Markdown, extension: RoiCalculatorExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Replace each block by its placeholder, leaving other fences and what is in them."""
        kept: list[str] = []
        opened: tuple[int, str, str] | None = None
        for line in lines:
            unindented = line[min(3, len(line) - len(line.lstrip(" "))) :]
            if opened is None:
                found = fence_info(unindented)
                opened = (len(kept), *found) if found else None
                kept.append(line)
                continue
            start, mark, info = opened
            kept.append(line)
            if not closes(unindented, mark):
                continue
            opened = None
            if names_our_fence(info):
                extras = " ".join(info.strip("{} ").split()[1:])
                fence = _Fence("\n".join(kept[start + 1 : -1]), extras)
                placeholder = self.md.htmlStash.store(self._extension.note(fence))
                kept[start:] = ["", placeholder, ""]
        return kept


class _BlockPostprocessor(Postprocessor):
    """Renders the blocks that are still there when the page is finished."""

    def __init__(self, md: Markdown, extension: RoiCalculatorExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, text: str) -> str:
        """Return the page with its calculators; raise RoiCalculatorError for a mistake."""
        if FENCE_NAME not in text:
            return text
        context = page_context(self.md)
        if _UNCLOSED.search(_CODE.sub("", text)):
            file = context.path.read_text("utf-8") if context.path else ""
            message = "the block is never closed; expected a closing fence under it, such as ```"
            raise _error(context, line_of_unclosed_block(file), message)
        page_hash = hashlib.sha256((context.name or text).encode()).hexdigest()[:6]
        count = 0

        def block(found: re.Match[str]) -> str:
            nonlocal count
            fence = self._extension.fences[int(found[1])]
            if text.rfind("<!--", 0, found.start()) > text.rfind("-->", 0, found.start()):
                return f"```{FENCE_NAME}\n{fence.text}\n```"
            count += 1
            return self._rendered(fence, context, f"roi-{page_hash}-{count}")

        return _PLACEHOLDERS.sub(block, text)

    def _rendered(self, fence: _Fence, context: PageContext, block_id: str) -> str:
        settings = self._settings(fence, context)
        answer = page.answer(
            settings.calculator, settings.inputs, settings.language, settings.currency
        )
        return page.render_block(answer, block_id, settings.title)

    def _settings(self, fence: _Fence, context: PageContext) -> Settings:
        """Return what the site, the page and the block say together, the block last."""
        file = context.path.read_text("utf-8-sig") if context.path else ""
        start = line_of_block(file, fence.text)
        if fence.header:
            message = (
                f"{fence.header!r} behind the name; expected the settings under it, one a line"
            )
            raise _error(context, start, message)
        try:
            block = read_fence(fence.text)
        except FenceError as error:
            raise _error(context, start and start + error.line, str(error)) from error
        try:
            return resolve(self._site_layer(), _page_layer(context), block)
        except SettingError as error:
            line = line_of(fence.text, error.key)
            if line or error.key not in str(context.meta.get(META_KEY, "")):
                raise _error(context, start and start + line, str(error)) from error
            raise _error(context, line_of(file, error.key), str(error)) from error

    def _site_layer(self) -> Layer:
        options = self._extension.getConfigs()
        return layer_from({key: value for key, value in options.items() if value})


def _page_layer(context: PageContext) -> Layer:
    return layer_from(context.meta.get(META_KEY) or {})


def _error(context: PageContext, line: int, message: str) -> RoiCalculatorError:
    """Return the error in one line: file, line, what was found, what was expected."""
    place = ""
    if context.path:
        place = f"{os.path.relpath(context.path)}:{line or 1}: "
    return RoiCalculatorError(f"{place}{FENCE_NAME}: {message}")


class _Superfences(Protocol):
    """What we use of pymdownx.superfences' extension, which has no types."""

    superfences: Sequence[Mapping[str, object]]

    def extend_super_fences(
        self, name: str, formatter: object, validator: object, reset: object
    ) -> None: ...


def _superfences(md: Markdown) -> _Superfences | None:
    """Return the superfences extension in force, or None."""
    if "fenced_code_block" not in md.preprocessors:
        return None
    extension = getattr(md.preprocessors["fenced_code_block"], "extension", None)
    # cast: it has no types of its own
    return cast("_Superfences", extension) if hasattr(extension, "superfences") else None


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
