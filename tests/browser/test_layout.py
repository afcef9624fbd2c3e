"""The layout bears other languages: words a third longer, and words from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from roi_calc.calculators import CALCULATORS
from support.browsers import PlaywrightTab, started, wait_for_state, wait_until
from support.pseudo import LONG, MIRRORED, add_pseudo_languages
from support.sites import Served, copy_packages, run_tool, served, write_site

_CONFIG = """
site_name: Pseudo
theme: {name: material, font: false}
plugins: [roi-calculator: {pyodide: self, view: full}]
validation: {nav: {omitted_files: ignore}}
"""
# Ranges open spread and tornado, parts and choices their folds.
_VALUES = {
    "deflection": "values: {requests: 80..100..130, cost_per_request: 5..8.01..20, "
    "deflection_share: 30 %..60 %..100 %}\ntargets: {net_saving: 2000, roi: 1}",
    "handling-time": "values: {minutes_after: 4..5..7, hourly_rate: 15..20..30, easy_share: 0.2, "
    "easy_minutes: 3, shrinkage: 0.2}",
    "response-time": "values: {chaser_after: 3 %..5 %..8 %, cost_per_chaser: 5..20..30, "
    "customers: 1000, churn_before: 0.1, churn_after: 0.08, margin: 90}",
    "retention": "values: {churn_after: 0.07..0.09..0.1, revenue: 150..200..230}",
    "programme": "values: {deflection_saving: 1000..2000..2500, ramp_months: 3, "
    "handling_time_value: 500, retention_value: 400, one_off_cost: 1234567.89}",
    "options": "values: {agent_price: 0.5..0.99..2, agent_capacity: 900, hire_fixed: 2000, "
    "hire_request_cost: 2.5, tool_fixed: 600, cost_per_request: 20, agent_one_off: 500}",
    "loaded-rate": "values: {utilisation: 0.7, overhead: 3}",
}
_PAGES = {
    "index.md": "# Pseudo\n",
    **{
        f"{tag}-{name}.md": f"# {name}\n\n```roi-calculator\ncalculator: {name}\nlanguage: {tag}\n"
        f"{_VALUES[name]}\n```\n\n```roi-calculator\ncalculator: {name}\nlanguage: {tag}\n"
        f"show: formulas\n{_VALUES[name]}\n```\n"
        for tag in (LONG, MIRRORED)
        for name in CALCULATORS
    },
    **{
        f"{tag}-simple-{name}.md": f"# {name}\n\n```roi-calculator\ncalculator: {name}\n"
        f"language: {tag}\nview: simple\n{_VALUES[name]}\n```\n"
        for tag in (LONG, MIRRORED)
        for name in CALCULATORS
    },
}

# What reaches beyond the page, beyond its own box where that is clipped, or beyond its picture,
# and which texts of a picture lie on each other.
_FAULTS = """
() => {
  const faults = [];
  const said = (each) => `${each.getAttribute("class")}: ${each.textContent.slice(0, 40)}`;
  for (const each of document.querySelectorAll(".roi-calculator, .roi-calculator *")) {
    if (each.closest(".roi-scroll, .roi-hidden, .roi-announcement, option")) continue;
    const { left, right, width } = each.getBoundingClientRect();
    if (width && (left < -1 || right > innerWidth + 1)) faults.push(`outside ${said(each)}`);
    const clips = !["visible", "clip"].includes(getComputedStyle(each).overflowX);
    if (clips && !(each instanceof SVGElement) && each.scrollWidth > each.clientWidth + 1) {
      faults.push(`cut ${said(each)}`);
    }
  }
  for (const box of document.querySelectorAll(".roi-term, .roi-result")) {
    const { left, right } = box.getBoundingClientRect();
    for (const each of box.children) {
      const inner = each.getBoundingClientRect();
      if (inner.left < left || inner.right > right) faults.push(`beyond its box: ${said(each)}`);
    }
  }
  for (const picture of document.querySelectorAll(".roi-calculator svg")) {
    const frame = picture.getBoundingClientRect();
    const texts = [...picture.querySelectorAll("text")];
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((box, index) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) {
        faults.push(`beyond the picture: ${texts[index].textContent}`);
      }
      boxes.slice(0, index).forEach((other, before) => {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const [line, lineBefore] = [index, before].map((at) => texts[at].y.baseVal[0].value);
        if (across > 1 && Math.abs(line - lineBefore) < 12) {
          faults.push(`${texts[index].textContent} on ${texts[before].textContent}`);
        }
      });
    });
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
  return faults;
}
"""


@pytest.fixture(scope="module")
def pseudo_site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose package has two languages more, added as a translator would."""
    folder = tmp_path_factory.mktemp("pseudo")
    packages = copy_packages(folder / "packages")
    add_pseudo_languages(packages / "roi_calc")
    write_site(folder, _CONFIG, _PAGES)
    environment = {"PYTHONPATH": str(packages)}
    built = run_tool("mkdocs", "build", "--strict", cwd=folder, environment=environment)
    assert built.returncode == 0, built.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pseudo_site(pseudo_site_folder: Path) -> Iterator[Served]:
    """The same, served."""
    with served(pseudo_site_folder) as serving:
        yield serving


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def layout_browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The browsers in which a window of any width can be had."""
    with started(request.param) as running:
        assert isinstance(running, Browser)
        yield running


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("tag", [LONG, MIRRORED])
def test_nothing_is_cut_off_or_overflows(
    tag: str, width: int, layout_browser: Browser, pseudo_site: Served
) -> None:
    context = layout_browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    faults: dict[str, object] = {}
    for name in (*CALCULATORS, *(f"simple-{name}" for name in CALCULATORS)):
        page.goto(f"{pseudo_site.url}/{tag}-{name}/")
        if tag == MIRRORED:
            page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        found = page.evaluate(_FAULTS)
        if found:
            faults[name] = found
    context.close()
    assert faults == {}


# Where the middle of an element lies, from the left.
_MIDDLES = """
(selectors) => selectors.map((selector) => {
  const { left, right } = document.querySelector(selector).getBoundingClientRect();
  return (left + right) / 2;
})
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[data-field=requests] label", "[data-field=cost_per_request] label"),
        ("[data-field=deflection_share] input", "[data-field=deflection_share] .roi-unit"),
        (".roi-headlines", ".roi-picture"),
        (".roi-picture .roi-bar-figure", ".roi-picture .roi-bar-figure ~ .roi-bar-figure"),
        (".roi-scenarios th:first-child", ".roi-scenarios th:last-child"),
    ],
)
def test_what_is_read_first_stands_where_reading_begins(
    before: str, after: str, layout_browser: Browser, pseudo_site: Served
) -> None:
    page = layout_browser.new_page(viewport={"width": 1280, "height": 900})
    for tag, is_ordered in ((LONG, float.__lt__), (MIRRORED, float.__gt__)):
        page.goto(f"{pseudo_site.url}/{tag}-deflection/")
        page.evaluate("document.querySelector('details:has(.roi-unit)').open = true")
        first, second = map(float, page.evaluate(_MIDDLES, [before, after]))
        assert is_ordered(first, second), tag
    page.close()


def test_numbers_run_from_left_to_right_in_every_language(
    layout_browser: Browser, pseudo_site: Served
) -> None:
    page = layout_browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{pseudo_site.url}/{MIRRORED}-deflection/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    directions = page.evaluate(
        "() => [...document.querySelectorAll('roi-calculator input,"
        " .roi-working .roi-formula:nth-of-type(2)')]"
        ".map((each) => getComputedStyle(each).direction)"
    )
    assert set(directions) == {"ltr"}
    ends = [f".roi-spread text:nth-of-type({place})" for place in (1, 5)]  # P5 and P95
    low, high = map(float, page.evaluate(_MIDDLES, ends))
    assert low < high
    page.close()


@pytest.mark.parametrize("tag", [LONG, MIRRORED])
def test_mistakes_are_said_and_seen_in_a_language_that_is_one_catalog(
    tag: str, layout_browser: Browser, pseudo_site: Served
) -> None:
    context = layout_browser.new_context(viewport={"width": 320, "height": 800})
    tab = PlaywrightTab(context.new_page())
    tab.open(f"{pseudo_site.url}/{tag}-deflection/")
    wait_for_state(tab)
    tab.replace("roi-calculator input[name=requests]", "many")
    tab.press("Enter")
    wait_until(tab, "document.activeElement.classList.contains('roi-error-summary')")
    error = tab.page.locator("[data-field=requests] .roi-error").first
    assert error.is_visible()
    assert "many" in error.inner_text()
    tab.page.evaluate(
        "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
    )
    assert tab.page.evaluate(_FAULTS) == []
    tab.replace("roi-calculator input[name=requests]", "110")
    wait_until(tab, "!document.querySelector('roi-calculator').matches('[stale], [waiting]')")
    assert tab.errors == []
    context.close()
