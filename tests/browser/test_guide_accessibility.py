"""axe finds nothing on any page of the guide: wide and light, narrow and dark, forced colors.

The states of the calculators themselves are test_accessibility.py's.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.browsers import started
from support.sites import ROOT, Served

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
OTHER_LANGUAGES = ("es", "id")
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 800}
FOUND = """
({ context, rules }) => axe.run(
  context, { resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}) },
).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))
"""
# No style element, which the pages to embed do not allow.
STANDING_STILL = """
const style = new CSSStyleSheet();
style.replaceSync("*, ::before, ::after { transition: none !important; }");
document.adoptedStyleSheets.push(style);
"""
# Material lets the keyboard scroll wide code as soon as it has measured it.
IS_MEASURED = """
[...document.querySelectorAll(".md-typeset pre > code")].every(
  (each) => each.scrollWidth <= each.clientWidth || each.tabIndex === 0)
"""
# What colors and a narrow screen decide.
OF_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
EVERYTHING = "html"
WITHOUT_CALCULATORS = {"include": ["html"], "exclude": ["roi-calculator"]}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of Chromium that goes from one to the next."""
    with started("chromium") as running:
        assert isinstance(running, Browser)
        context = running.new_context()
        # Python is not needed here, and compiling it on every page would take most of the time.
        context.route("**/worker.js", lambda route: route.abort())
        yield context.new_page()
        context.close()


def _violations(page: Page, context: object, *rules: str) -> list[str]:
    """Return what axe finds by some rules, or by all it has."""
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    found: list[str] = page.evaluate(FOUND, {"context": context, "rules": rules})
    return found


def _addresses(folder: Path, language: str) -> Iterator[str]:
    """Yield the guide's pages in a language; one calculator stands for all in further languages."""
    for file in sorted(folder.rglob("*.html")):
        # One that moved is left before it could be looked at.
        if 'http-equiv="refresh"' in file.read_text("utf-8"):
            continue
        address = file.relative_to(folder).as_posix().removesuffix("index.html")
        first = address.partition("/")[0]
        own = first if first in OTHER_LANGUAGES else "en"
        aside = re.search(r"\b(?:embed|memo)/(.*)", address)
        name = aside[1].rstrip("/") if aside else ""
        if own == language and ("/" not in name or name.startswith("month/")):
            yield address


@pytest.mark.parametrize("language", ["en", *OTHER_LANGUAGES])
def test_axe_finds_nothing_on_any_page(
    language: str, page: Page, guide: Served, guide_folder: Path
) -> None:
    found = {}
    for address in _addresses(guide_folder, language):
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light", forced_colors="none")
        page.goto(f"{guide.url}/{address}")
        # Colors that fade are looked at when they have: Material changes them when it gets to it.
        page.evaluate(STANDING_STILL)
        page.evaluate(AXE)
        page.evaluate(
            "document.querySelectorAll('article details').forEach("
            "(each) => { each.open ||= !each.closest('roi-calculator'); })"
        )
        found[f"{address}, wide"] = _violations(page, EVERYTHING)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark")
        # What Material does on loading a page, or when the reader switches.
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        page.wait_for_function(IS_MEASURED)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
        # Further languages have the same elements and style sheets.
        rules = () if language == "en" else OF_LOOKS
        found[f"{address}, narrow and dark"] = _violations(page, WITHOUT_CALCULATORS, *rules)
        if language != "en":
            continue
        page.emulate_media(color_scheme="light", forced_colors="active")
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'default')")
        found[f"{address}, narrow, forced colors"] = _violations(
            page, WITHOUT_CALCULATORS, *OF_LOOKS
        )
    assert json.dumps({at: each for at, each in found.items() if each}, indent=1) == "{}"
