"""The page that stands for the memo of an example where there is no script, and on paper."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree as ET

from mkdocs_roi_calculator.delivery.hashes import integrity
from mkdocs_roi_calculator.delivery.published_files import MEMO_STYLE
from mkdocs_roi_calculator.delivery.scripts import style
from mkdocs_roi_calculator.embeds.embed import Embed
from mkdocs_roi_calculator.embeds.publisher import Publisher
from roi_calc.handover.memo import Typed, memo
from roi_calc.handover.memo_html import memo_element
from roi_calc.showing.html import element, markup

_STYLES: Final = (MEMO_STYLE, "handover/memo-page.css")


def memo_files(publisher: Publisher, embeds: Iterable[Embed]) -> Iterator[tuple[str, bytes]]:
    """Yield the page of each block that others can embed, in every language, by address."""
    for embed in embeds:
        for each in embed.versions:
            yield f"{each.memo}index.html", memo_page(publisher, each).encode()


def memo_page(publisher: Publisher, embed: Embed) -> str:
    """Return the whole page: the memo of the example, in which no number is the reader's own."""
    language, text = embed.answer.language, style(_STYLES)
    address = embed.home.partition("#")[0]
    made = memo(embed.answer, Typed(address=address, entered=frozenset()))
    home = element("a", language.words("embed.home", site=publisher.name), href=embed.home)
    root = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            _policy(text),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="robots", content="noindex"),
            element("title", made.title),
            element("link", rel="canonical", href=address),
            element("link", rel="icon", href="data:,"),
            element("style", text),
        ),
        element("body", element("main", memo_element(made)), element("nav", home)),
        lang=language.tag,
        dir=language.direction,
    )
    return f"<!doctype html>\n{markup(root)}\n"


def _policy(text: str) -> ET.Element:
    """Return what the page may load: its style, which is in it."""
    hashed = integrity(text.encode(), "sha256")
    rules = f"default-src 'none'; style-src '{hashed}'; img-src data:; base-uri 'none'"
    made = element("meta", content=rules)
    made.set("http-equiv", "Content-Security-Policy")
    return made
