"""The guide looks designed: sizes, weights, targets and tables, on a phone and wide.

Colors and their contrast are test_guide_accessibility.py's, which has axe look at them.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from support.sites import Served

Scheme = Literal["light", "dark"]
LANGUAGES = ("", "es/", "id/")
# One of each kind: the calculator first, steps, prose, tables of every width, code, a memo.
PAGES = (
    "",
    "month/",
    "doubt/",
    "data-points/",
    "data-points/zendesk/",
    "goals/",
    "programme/",
    "presenting/",
    "benchmarks/",
    "embedding/",
    "framework/",
    "glossary/",
    "performance/",
)
OURS = ("site.css", "site.js")
PHONE, WIDE = ViewportSize(width=360, height=780), ViewportSize(width=1280, height=800)

SMALL_TEXT = """
() => {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: each, data } = texts.currentNode;
    if (!data.trim() || !each.checkVisibility()) continue;
    if (each.closest("svg, script, noscript")) continue;
    const size = parseFloat(getComputedStyle(each).fontSize);
    if (size < 13.99) found.add(`${size} px: ${data.trim().slice(0, 40)}`);
  }
  return [...found];
}
"""
# What a heading is taller by for the sign behind it.
ORPHANS = """
() => [...document.querySelectorAll("article :is(h1, h2, h3)")].flatMap((heading) => {
  const sign = heading.querySelector(".headerlink");
  if (heading.closest("dialog")) return [];
  if (!sign) return `no sign: ${heading.textContent}`;
  const tall = heading.offsetHeight;
  sign.remove();
  return tall === heading.offsetHeight ? [] : heading.textContent;
})
"""
WIDE_TABLES = """
() => [...document.querySelectorAll("article table")].flatMap((table) => {
  if (!table.checkVisibility()) return [];
  const { left, right, width } = table.getBoundingClientRect();
  const { right: end } = document.querySelector("article").getBoundingClientRect();
  const box = table.parentElement;
  const isWide = right > end + 1 || table.scrollWidth > table.clientWidth + 1 ||
    box.scrollWidth > box.clientWidth + 1;
  return isWide ? `${Math.round(width)} px: ${table.textContent.trim().slice(0, 40)}` : [];
})
"""
# A link amid text is as high as its line, and a label is no target but its field is.
SMALL_TARGETS = """
(context) => [...document.querySelectorAll(
  `${context} :is(a[href], button, summary, select, input, label[for], [tabindex="0"])`,
)].flatMap((each) => {
  if (each.matches("roi-calculator label")) return [];
  const { display, pointerEvents } = getComputedStyle(each);
  const { width, height } = each.getBoundingClientRect();
  const isInText = display === "inline" && each.closest("p, li, td, dd, figcaption");
  const isNone = each.matches(".headerlink, .md-option, .md-toggle, .md-search__overlay, code") ||
    each.closest(".md-typeset__scrollwrap");
  const isShown = each.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  if (isInText || isNone || !isShown || pointerEvents === "none" || width * height === 0) return [];
  if (Math.min(width, height) >= 43.9) return [];
  return `${Math.round(width)} × ${Math.round(height)}: ${each.outerHTML.slice(0, 90)}`;
})
"""
# The ratio of a text's luminance to that of its page, as WCAG counts it.
HEADINGS = """
() => [...document.querySelectorAll("article :is(h1, h2)")].map((each) => {
  const luminance = (color) => {
    const parts = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const style = getComputedStyle(each);
  const { backgroundColor } = getComputedStyle(document.body);
  const [low, high] = [luminance(style.color), luminance(backgroundColor)]
    .sort((one, other) => one - other);
  return {
    level: each.localName, weight: Number(style.fontWeight), size: parseFloat(style.fontSize),
    contrast: (high + 0.05) / (low + 0.05),
  };
})
"""
UNFOLD = """
document.querySelectorAll("article details").forEach((each) => {
  each.open ||= !each.closest("roi-calculator");
})
"""
FRAME_IS_QUIET = """
getComputedStyle(document.querySelector("header")).backgroundColor
  === getComputedStyle(document.body).backgroundColor
"""
SHIFTS = """
() => new Promise((settle) => {
  new PerformanceObserver((list) => {
    settle(list.getEntries().reduce((sum, { value }) => sum + value, 0));
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => settle(0), 500);
})
"""


@contextmanager
def _page(browser: Browser, viewport: ViewportSize, scheme: Scheme = "light") -> Iterator[Page]:
    """Open a page that fetches no Python."""
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    context.route("**/worker.js", lambda route: route.abort())
    yield context.new_page()
    context.close()


def _open(page: Page, address: str) -> None:
    """Go to a page, and unfold what stands beside the calculators."""
    page.goto(address)
    page.evaluate(UNFOLD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_texts_tables_and_targets_have_the_size_they_need(
    language: str, chromium: Browser, guide: Served
) -> None:
    found = {}
    with _page(chromium, PHONE) as page:
        for name in PAGES:
            _open(page, f"{guide.url}/{language}{name}")
            found[f"{name}: below 14 px"] = page.evaluate(SMALL_TEXT)
            found[f"{name}: wide table"] = page.evaluate(WIDE_TABLES)
            found[f"{name}: below 44 px"] = page.evaluate(SMALL_TARGETS, "body")
            found[f"{name}: orphan"] = page.evaluate(ORPHANS)
        page.click("button[data-opens=drawer]")
        page.wait_for_function("!document.getAnimations().length")
        found["drawer"] = page.evaluate(SMALL_TARGETS, ".md-sidebar--primary")
        page.keyboard.press("Escape")
        page.click("button[data-opens=search]")
        found["search"] = page.evaluate(SMALL_TARGETS, ".md-search")
    assert {at: each for at, each in found.items() if each} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_wide_screen_texts_and_targets_have_the_size_they_need(
    language: str, chromium: Browser, guide: Served
) -> None:
    found = {}
    with _page(chromium, WIDE) as page:
        for name in PAGES:
            _open(page, f"{guide.url}/{language}{name}")
            found[f"{name}: below 14 px"] = page.evaluate(SMALL_TEXT)
            found[f"{name}: below 44 px"] = page.evaluate(SMALL_TARGETS, "body")
            found[f"{name}: orphan"] = page.evaluate(ORPHANS)
            menu = page.locator(".md-nav--primary").text_content() or ""
            found[f"{name}: menu"] = re.findall(r"\{.*", menu)
    assert {at: each for at, each in found.items() if each} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_on_a_phone_is_a_list_and_still_a_table(
    language: str, chromium: Browser, guide: Served
) -> None:
    with _page(chromium, PHONE) as page:
        _open(page, f"{guide.url}/{language}data-points/")
        table = page.locator("article table").first
        heads = [each.inner_text() for each in table.get_by_role("columnheader").all()]
        assert len(heads) == 3
        row = table.get_by_role("row").nth(1).get_by_role("cell")
        labels = [each.get_attribute("data-label") for each in row.all()]
        assert labels == [None, *heads[1:]]
        corners = "(cells) => cells.map((each) => each.getBoundingClientRect().AXIS)"
        assert len(set(row.evaluate_all(corners.replace("AXIS", "x")))) == 1
        assert len(set(row.evaluate_all(corners.replace("AXIS", "y")))) == 3
        page.set_viewport_size(WIDE)
        assert len(set(row.evaluate_all(corners.replace("AXIS", "x")))) == 3
        assert len(set(row.evaluate_all(corners.replace("AXIS", "y")))) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_headings_are_firm_and_the_frame_is_quiet(
    scheme: Scheme, chromium: Browser, guide: Served
) -> None:
    for viewport, sizes in ((PHONE, {"h1": 26, "h2": 21}), (WIDE, {"h1": 36, "h2": 25})):
        with _page(chromium, viewport, scheme) as page:
            page.goto(f"{guide.url}/data-points/")
            page.wait_for_function(FRAME_IS_QUIET)
            assert page.evaluate("document.body.dataset.mdColorScheme") == (
                "slate" if scheme == "dark" else "default"
            )
            headings = page.evaluate(HEADINGS)
        assert len(headings) > 4
        assert {each["size"] - sizes[each["level"]] for each in headings} == {0}
        assert {each["weight"] for each in headings} == {700}
        assert min(each["contrast"] for each in headings) > 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_is_named_in_full_on_a_phone(
    language: str, chromium: Browser, guide: Served
) -> None:
    with _page(chromium, PHONE) as page:
        page.goto(f"{guide.url}/{language}goals/")
        name = page.locator(".md-header__topic .md-ellipsis").first
        hidden = (
            "(each) => [each.scrollHeight - each.clientHeight, each.scrollWidth - each.clientWidth]"
        )
        assert name.evaluate(hidden) == [0, 0]


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_nothing_moves_as_a_page_is_shown(
    viewport: ViewportSize, chromium: Browser, guide: Served
) -> None:
    with _page(chromium, viewport) as page:
        for name in ("data-points/", "programme/", "benchmarks/"):
            _open(page, f"{guide.url}/{name}")
            page.wait_for_selector(".md-header__button[for^=__palette]:not([hidden])")
            assert page.evaluate(SHIFTS) < 0.001, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_of_figures_is_read_from_its_end(
    language: str, chromium: Browser, guide: Served
) -> None:
    aligned = """
    () => [...document.querySelectorAll("table.rows tbody tr")].map((row) =>
      [...row.cells].map((cell) => getComputedStyle(cell).textAlign))
    """
    for viewport, figures in ((WIDE, "end"), (PHONE, "start")):
        with _page(chromium, viewport) as page:
            _open(page, f"{guide.url}/{language}framework/")
            rows: list[list[str]] = page.evaluate(aligned)
            months = [row for row in rows if len(row) == 5]
            assert months
            assert months == [["start", *[figures] * 4]] * len(months)


def test_styles_and_scripts_of_the_guide_are_small(guide_folder: Path) -> None:
    assets = guide_folder / "assets" / "site"
    assert sum(len(gzip.compress((assets / name).read_bytes())) for name in OURS) < 7_000


def test_a_page_with_a_calculator_brings_at_most_18_kb_of_scripts_and_styles(
    chromium: Browser, guide: Served, guide_folder: Path
) -> None:
    """Before anybody touches it, 3 of them for the quick answer; Python's come with it."""
    with _page(chromium, PHONE) as page:
        for name in ("", "month/", "programme/"):
            _open(page, f"{guide.url}/{name}")
            page.wait_for_selector("roi-calculator:defined")
            page.wait_for_load_state("networkidle")
            asked: list[str] = page.evaluate(
                "performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)"
            )
            ours = {path for path in asked if re.search(r"/roi-calculator/.*[.](js|css)$", path)}
            ours -= {path for path in ours if re.search(r"/(pyodide|worker)[.\w]*[.]js$", path)}
            files = {path: (guide_folder / path.lstrip("/")).read_bytes() for path in ours}
            sizes = {path: len(gzip.compress(file, 9)) for path, file in files.items()}
            assert 5_000 < sum(sizes.values()) <= 18_000, sizes
