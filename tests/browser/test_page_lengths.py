"""A page for readers is short on a phone and on paper, and what is on it can be read.

How high each may be stands in tests/guide/pages.toml. Themes, sizes and targets are test_look.py's.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from support.browsers import started
from support.guide import LANGUAGES, LIMITS, SOURCE_LANGUAGE
from support.sites import Served

PHONE: Final = ViewportSize(width=360, height=780)
MOST_SCREENS: Final = 9
LOOKED_UP_IN: Final = {"glossary.md"}
MOST_SHEETS: Final = 2

HEIGHT: Final = "() => document.documentElement.scrollHeight"
# A calculator has tables of its own, which scroll; test_layout.py looks at it.
TABLES: Final = """
() => [...document.querySelectorAll("article table")].flatMap((table) => {
  const box = table.closest(".md-typeset__scrollwrap") ?? table.parentElement;
  const isOurs = !table.closest("roi-calculator") && table.checkVisibility();
  const isWide = isOurs && box.scrollWidth > box.clientWidth + 1;
  return isWide ? table.textContent.trim().slice(0, 60) : [];
})
"""
TEXTS: Final = """
() => {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: each, data } = texts.currentNode;
    if (!data.trim() || !each.checkVisibility() || each.closest("svg, script, noscript")) continue;
    const size = Number.parseFloat(getComputedStyle(each).fontSize);
    if (size < 13.99) found.add(`${size} px: ${data.trim().slice(0, 60)}`);
  }
  return [...found];
}
"""
# The sign behind a heading that makes it higher stands on a line of its own.
SIGNS: Final = """
() => [...document.querySelectorAll("article :is(h1, h2, h3):has(.headerlink)")].flatMap((each) => {
  const height = each.offsetHeight;
  each.querySelector(".headerlink").hidden = true;
  return each.offsetHeight < height ? each.textContent : [];
})
"""


class Looked(NamedTuple):
    """A page on a phone: its height in pixels, and what cannot be read well."""

    height: float
    wide_tables: list[str]
    small_texts: list[str]
    orphans: list[str]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A phone's page that goes from one to the next."""
    with started("chromium") as running:
        assert isinstance(running, Browser)
        context = running.new_context(viewport=PHONE)
        # The answer as it was built is as high as the one that Python would give.
        context.route("**/worker.js", lambda route: route.abort())
        yield context.new_page()
        context.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def looked_at(request: pytest.FixtureRequest, page: Page, guide: Served) -> dict[str, Looked]:
    """What each page for readers looks like in a language."""
    found = {}
    for name in LIMITS:
        page.goto(_address(guide, request.param, name))
        # The signs last: looking for them takes them away.
        found[name] = Looked(*(page.evaluate(each) for each in (HEIGHT, TABLES, TEXTS, SIGNS)))
    return found


def _address(guide: Served, language: str, name: str) -> str:
    folder = "" if language == SOURCE_LANGUAGE else f"{language}/"
    return f"{guide.url}/{folder}{name.removesuffix('index.md').replace('.md', '/')}"


def _faults(looked_at: dict[str, Looked], kind: str) -> dict[str, list[str]]:
    return {name: each for name, page in looked_at.items() if (each := getattr(page, kind))}


def test_no_limit_is_above_nine_screens_but_where_words_are_looked_up() -> None:
    higher = {name for name, limit in LIMITS.items() if limit["screens"] > MOST_SCREENS}
    assert higher == LOOKED_UP_IN


def test_a_page_is_no_higher_than_its_screens(looked_at: dict[str, Looked]) -> None:
    screens = {name: page.height / PHONE["height"] for name, page in looked_at.items()}
    assert {name for name, each in screens.items() if each > LIMITS[name]["screens"]} == set()


def test_no_table_is_wider_than_its_box(looked_at: dict[str, Looked]) -> None:
    assert _faults(looked_at, "wide_tables") == {}


def test_no_text_is_under_14_pixels(looked_at: dict[str, Looked]) -> None:
    assert _faults(looked_at, "small_texts") == {}


def test_no_sign_behind_a_heading_is_on_a_line_of_its_own(looked_at: dict[str, Looked]) -> None:
    assert _faults(looked_at, "orphans") == {}


# The page for a boss, filled in, and pages with one calculator.
@pytest.mark.parametrize("name", ["filled-in.md", "index.md", "handling-time.md"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_printed_on_two_sheets(
    language: str, name: str, page: Page, guide: Served
) -> None:
    page.goto(_address(guide, language, name))
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= MOST_SHEETS
