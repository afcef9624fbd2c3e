"""What search reads of a page: of a calculator its title and its answer in a sentence.

MkDocs' search reads every text of a page's content, also what is folded away, and Material's walks
through all of it to leave some out. So each is shown a page in which a calculator is those words
alone, and whatever comes after finds the whole page again.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Final

from mkdocs.plugins import PluginCollection
from mkdocs.structure.pages import Page

_NAME: Final = "search"
_START: Final = "<roi-calculator"
_END: Final = "</roi-calculator>"
_END_OF_PARAGRAPH: Final = "</p>"
_WORDS: Final = ("roi-title", "roi-sentence")


def show_search_words(plugins: PluginCollection) -> None:
    """Have the plugins that search pages read them so, wherever in the site's list they are."""
    handlers = plugins.events["page_context"]
    searching = {id(plugin) for name, plugin in plugins.items() if name.endswith(_NAME)}
    for place, handler in enumerate(handlers):
        if id(getattr(handler, "__self__", None)) in searching:
            handlers[place] = _shown_words(handler)


def _shown_words(handler: Callable[..., object]) -> Callable[..., object]:
    """Return what a plugin does with a page, done with a page of words."""

    @wraps(handler)
    def done(context: object, *, page: Page, **rest: object) -> object:
        around, blocks = _apart(page.content or "")
        page.content = "".join(_between(around, map(_words, blocks)))
        made = handler(context, page=page, **rest)
        # Only the blocks are put back: the plugin may have changed what is around them.
        around, _ = _apart(page.content)
        page.content = "".join(_between(around, blocks))
        return made

    return done


def _apart(content: str) -> tuple[list[str], list[str]]:
    """Return what is around the calculators of a page, and each of them."""
    around, *rest = content.split(_START)
    parts = [part.partition(_END) for part in rest]
    return [around, *(behind for _, _, behind in parts)], [
        f"{_START}{inside}{end}" for inside, end, _ in parts
    ]


def _between(around: list[str], blocks: Iterable[str]) -> Iterator[str]:
    yield around[0]
    for block, behind in zip(blocks, around[1:], strict=True):
        yield from (block, behind)


def _words(block: str) -> str:
    """Return a calculator with its title and its sentence alone."""
    return f"{_START}>{''.join(_paragraph(block, style) for style in _WORDS)}{_END}"


def _paragraph(block: str, style: str) -> str:
    """Return the first paragraph of a style, whatever has minified the page; empty for none."""
    at = block.find(style)
    end = block.find(_END_OF_PARAGRAPH, at)
    return block[block.rfind("<p", 0, at) : end + len(_END_OF_PARAGRAPH)] if at >= 0 else ""
