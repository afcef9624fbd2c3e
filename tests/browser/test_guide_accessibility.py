"""axe finds nothing on any page of the guide: wide and light, narrow and dark, forced colours.

The states of the calculators themselves are test_accessibility.py's.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.browsers import started
from support.sites import ROOT, Served, served

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 800}
FOUND = """
(options) => axe.run(options.context, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))
"""
EVERYTHING = "html"
WITHOUT_CALCULATORS = {"include": ["html"], "exclude": ["roi-calculator"]}


@pytest.fixture(scope="module")
def guide(guide_folder: Path) -> Iterator[Served]:
    """The guide, served."""
    with served(guide_folder) as serving:
        yield serving


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of Chromium that goes from one to the next."""
    with started("chromium") as running:
        assert isinstance(running, Browser)
        context = running.new_context()
        # Python is not needed here, and compiling it on every page would take most of the time.
        context.route("**/worker.mjs", lambda route: route.abort())
        yield context.new_page()
        context.close()


def _violations(page: Page, context: object) -> list[str]:
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    found: list[str] = page.evaluate(FOUND, {"context": context})
    return found


def test_axe_finds_nothing_on_any_page(page: Page, guide: Served, guide_folder: Path) -> None:
    found = {}
    for file in sorted(guide_folder.rglob("*.html")):
        address = file.relative_to(guide_folder).as_posix().removesuffix("index.html")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light", forced_colors="none")
        page.goto(f"{guide.url}/{address}")
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
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
        found[f"{address}, narrow and dark"] = _violations(page, WITHOUT_CALCULATORS)
        page.emulate_media(color_scheme="light", forced_colors="active")
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'default')")
        found[f"{address}, narrow, forced colours"] = _violations(page, WITHOUT_CALCULATORS)
    assert json.dumps({at: each for at, each in found.items() if each}, indent=1) == "{}"
