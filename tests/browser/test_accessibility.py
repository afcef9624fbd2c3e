"""axe finds nothing in any state of the calculator: three languages, light, dark, narrow."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, Page

from roi_calc.calculators import CALCULATORS
from support.browsers import CDN, PlaywrightTab, wait_for_state, wait_until
from support.sites import ROOT, Served, served

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FIELD = "roi-calculator input[name=requests]"
SIMPLE = [f"simple-{name}" for name in (*CALCULATORS, "clv")]


# What the colors of a page decide.
OF_COLORS = ("color-contrast", "link-in-text-block")
# The one that a page is opened in last, and so left in.
SCHEMES: Final[Mapping[Literal["dark", "light"], str]] = {"dark": "slate", "light": "default"}


def _violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds by some rules, or by all it has, once colors have stopped changing."""
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "(rules) => axe.run('.roi-calculator', rules.length ? { runOnly: rules } : {})"
        ".then(({ violations }) => violations.flatMap("
        "({ id, nodes }) => nodes.map(({ html, failureSummary }) =>"
        " `${id}: ${html}: ${failureSummary}`)))",
        rules,
    )
    return [str(each) for each in found]


def _is_accessible(page: Page) -> None:
    """Hold a page against axe as it is, and in dark colors: nothing else changes."""
    assert _violations(page) == []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        # As Material does when it loads.
        page.evaluate(f"document.body.dataset.mdColorScheme = '{SCHEMES[scheme]}'")
        assert _violations(page, *OF_COLORS) == []


@pytest.fixture
def look() -> Mapping[str, str]:
    """What a reader's system says of colors, where it is not what most say."""
    return {}


@pytest.fixture
def narrow(chromium: Browser, look: Mapping[str, Any]) -> Iterator[PlaywrightTab]:
    """A tab on a telephone."""
    context = chromium.new_context(viewport={"width": 320, "height": 800}, **look)
    yield PlaywrightTab(context.new_page())
    context.close()


def _open_all(tab: PlaywrightTab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


ADDRESSES = pytest.mark.parametrize("address", ["two", "es", "id", "parts"])


@ADDRESSES
def test_axe_finds_nothing(address: str, narrow: PlaywrightTab, site: Served) -> None:
    for _ in _states(narrow, f"{site.url}/{address}/"):
        _is_accessible(narrow.page)


# With colors that the system forces, Chromium does not draw a page anew in every part.
@pytest.mark.parametrize(
    "look", [{"forced_colors": "active", "color_scheme": scheme} for scheme in SCHEMES], ids=SCHEMES
)
@ADDRESSES
def test_axe_finds_nothing_in_forced_colors(
    address: str, narrow: PlaywrightTab, site: Served
) -> None:
    for _ in _states(narrow, f"{site.url}/{address}/"):
        assert _violations(narrow.page, *OF_COLORS) == []


def _states(tab: PlaywrightTab, address: str) -> Iterator[str]:
    """Open a page, unfold everything, and make a mistake; yield the name of each state."""
    tab.open(address)
    yield "opened"
    wait_for_state(tab)
    _open_all(tab)
    yield "unfolded"
    tab.replace(FIELD, "many")
    tab.press("Enter")
    wait_until(tab, "document.activeElement.classList.contains('roi-error-summary')")
    yield "mistaken"


@pytest.mark.parametrize(
    "address",
    [*CALCULATORS, "ranges", "own", "simple-deflection", "simple-retention", "simple-clv"],
)
def test_axe_finds_nothing_in_any_calculator(
    address: str, narrow: PlaywrightTab, site: Served
) -> None:
    narrow.open(f"{site.url}/{address}/")
    _open_all(narrow)
    _is_accessible(narrow.page)
    wait_for_state(narrow)
    first = "roi-calculator input[name]"
    narrow.replace(first, "many")
    narrow.press("Enter")
    wait_until(narrow, "document.activeElement.classList.contains('roi-error-summary')")
    _is_accessible(narrow.page)
    narrow.replace(first, "100")
    wait_until(narrow, "!document.querySelector('roi-calculator').matches('[stale], [waiting]')")
    _is_accessible(narrow.page)


def test_axe_finds_nothing_while_python_loads(chromium: Browser, cdn_site_folder: Path) -> None:
    context = chromium.new_context()
    context.route(f"{CDN}**", lambda _: None)  # neither answered nor refused
    page = context.new_page()
    tab = PlaywrightTab(page)
    with served(cdn_site_folder) as site:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab, "loading")
        tab.replace(FIELD, "250")
        wait_until(tab, "document.querySelector('.roi-announcement').textContent")
        _is_accessible(page)
        context.close()


def test_axe_finds_nothing_when_python_does_not_come(
    chromium: Browser, cdn_site_folder: Path
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    tab = PlaywrightTab(page)
    with served(cdn_site_folder, {"Content-Security-Policy": "connect-src 'self'"}) as site:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab, "failed")
        assert page.locator(".roi-retry").first.is_visible()
        _is_accessible(page)
        context.close()


def test_a_mistake_is_announced(chromium: Browser, site: Served) -> None:
    tab = PlaywrightTab(chromium.new_page())
    tab.open(f"{site.url}/two/")
    wait_for_state(tab)
    tab.replace(FIELD, "many")
    wait_until(tab, "document.querySelector('.roi-announcement').textContent")
    assert tab.evaluate("return document.querySelector('.roi-announcement').textContent") == (
        "“many” is not a number. Write it like 1,234.5. "
        "This is still the answer to the last values that could be used."
    )
    tab.page.close()


def test_nothing_overflows_at_320_pixels(chromium: Browser, site: Served) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    for address in ("two", "es", "id", "pt", "ranges", "own", *CALCULATORS, *SIMPLE):
        page.goto(f"{site.url}/{address}/")
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        wide = page.evaluate(
            "() => [...document.querySelectorAll('roi-calculator *')].filter((each) =>"
            " !each.closest('.roi-scroll') && each.getBoundingClientRect().right > innerWidth + 1)"
            ".map((each) => each.className)"
        )
        assert wide == [], address
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_new_answer_is_announced_in_one_sentence(chromium: Browser, site: Served) -> None:
    context = chromium.new_context()
    tab = PlaywrightTab(context.new_page())
    tab.open(f"{site.url}/two/")
    wait_for_state(tab)
    announced = "document.querySelector('.roi-announcement').textContent"
    assert tab.evaluate(f"return {announced}") == ""
    tab.replace(FIELD, "250")
    wait_until(tab, announced)
    assert tab.evaluate(f"return {announced}") == (
        "250 requests resolved on social media avoided $5,000 of cost by phone, email or chat. "
        "After the $500 spent, the net saving is $4,500: a return of 900%."
    )
    context.close()


def test_printing_shows_the_inputs_and_the_answer(
    chromium: Browser, site: Served, tmp_path: Path
) -> None:
    page = chromium.new_page()
    page.goto(f"{site.url}/two/")
    page.emulate_media(media="print")
    assert page.is_visible(FIELD)
    assert page.is_visible("[data-output=net_saving]")
    assert not page.is_visible(".roi-reset")
    page.pdf(path=tmp_path / "page.pdf")
    page.close()
