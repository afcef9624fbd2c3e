"""Renders a calculator: its form and its answer, in one of two views, as escaped HTML.

The one author of what a reader sees: called at build for the whole block, and in the browser for
the parts of the answer, which replace the prerendered ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final
from xml.etree import ElementTree as ET

from roi_calc.answering.answer import Answer
from roi_calc.showing import full_view, simple_view
from roi_calc.showing.html import anchor, element, markup
from roi_calc.showing.views import FULL, SIMPLE

_VIEWS: Final[Mapping[str, ModuleType]] = {SIMPLE: simple_view, FULL: full_view}


@dataclass(frozen=True)
class Presentation:
    """How a calculator stands on its page.

    title: the calculator's own if empty. links: where other calculators stand that work an input
    out, by their names. boot: when the page loads Python, the script's default if empty. view: one
    of VIEWS. can_be_taken: whether a link in it takes the answer away. quick: what the page needs
    to answer without Python, as quick/data.py writes it.
    """

    title: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    boot: str = ""
    view: str = SIMPLE
    can_be_taken: bool = True
    quick: str = ""


def render_block(answer: Answer, key: str, presentation: Presentation | None = None) -> str:
    """Return the HTML of a whole calculator; arguments as of block()."""
    return markup(block(answer, key, presentation))


def block(answer: Answer, key: str, presentation: Presentation | None = None) -> ET.Element:
    """Return a whole calculator: `<roi-calculator>` with form and answer.

    key: its own among all blocks that may come to stand on one page; its ids have it, and what is
    about it on the page, such as a live value, names it.
    """
    presentation = presentation or Presentation()
    language, block_id = answer.language, anchor(key)
    shown = _VIEWS[presentation.view]
    parts = {
        name: element("div", *content, class_=f"roi-{name}", data_part=name)
        for name, content in shown.parts(answer).items()
    }
    return element(
        "roi-calculator",
        element(
            "p",
            presentation.title or answer.words("title"),
            class_="roi-title",
            id=f"{block_id}-title",
        ),
        *shown.arranged(answer, block_id, presentation.links, parts),
        *([take_away(answer, key)] if presentation.can_be_taken else []),
        element("p", class_="roi-announcement", role="status"),
        id=block_id,
        class_="roi-calculator",
        data_block=key,
        state="static",
        view=presentation.view,
        calculator=answer.calculator.name,
        definition=answer.calculator.definition or None,
        currency=answer.currency,
        language=language.tag,
        lang=language.tag,
        dir=language.direction,
        comparison=answer.comparison.to_json() or None,
        boot=presentation.boot or None,
        quick=presentation.quick or None,
    )


def take_away(answer: Answer, key: str, address: str = "") -> ET.Element:
    """Return the link that takes a calculator's answer away, for where pages are built.

    key: the block's. address: of the memo of its example, where there is no script; else the block.
    """
    words = answer.language.words
    return element(
        "p",
        element(
            "a",
            words("memo.open"),
            href=address or f"#{anchor(key)}",
            class_="roi-take-away",
            data_block=key,
            data_failed=words("memo.failed"),
        ),
        element("span", role="status", class_="roi-away-failed"),
        class_="roi-taken-away",
        data_search_exclude=True,
    )


def brief_inputs(answer: Answer, view: str) -> tuple[str, ...]:
    """Return the inputs that stand in a row, with their currency beside the digits."""
    rows: tuple[str, ...] = _VIEWS[view].in_rows(answer)
    return rows


def render_parts(answer: Answer, view: str) -> dict[str, str]:
    """Return the HTML inside each element of an answer that is replaced as the reader types.

    By name, which is the element's `data-part`. Raises KeyError for a view that there is not.
    """
    return {name: markup(*content) for name, content in _VIEWS[view].parts(answer).items()}
