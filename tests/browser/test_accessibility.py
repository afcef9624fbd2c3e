"""axe finds nothing in any state of the calculator: three languages, light, dark, narrow."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from roi_calc.calculators import CALCULATORS
from support.browsers import CDN, PlaywrightTab, wait_for_state, wait_until
from support.sites import ROOT, Served, served

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FIELD = "roi-calculator input[name=requests]"
SIMPLE = [f"simple-{name}" for name in (*CALCULATORS, "clv")]


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "() => axe.run('.roi-calculator').then(({ violations }) => violations.flatMap("
        "({ id, nodes }) => nodes.map(({ html, failureSummary }) =>"
        " `${id}: ${html}: ${failureSummary}`)))"
    )
    return [str(each) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("address", ["two", "es", "id", "parts"])
def test_axe_finds_nothing(
    address: str, forced: str, scheme: str, chromium: Browser, site: Served
) -> None:
    context = chromium.new_context(
        viewport={"width": 320, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if forced == "active" else "none",
    )
    page = context.new_page()
    tab = PlaywrightTab(page)
    tab.open(f"{site.url}/{address}/")
    assert _violations(page) == []
    wait_for_state(tab)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert _violations(page) == []
    tab.replace(FIELD, "many")
    tab.press("Enter")
    wait_until(tab, "document.activeElement.classList.contains('roi-error-summary')")
    assert _violations(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [*CALCULATORS, "ranges", "own", "simple-deflection", "simple-retention", "simple-clv"],
)
def test_axe_finds_nothing_in_any_calculator(
    address: str, scheme: str, chromium: Browser, site: Served
) -> None:
    context = chromium.new_context(
        viewport={"width": 320, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    tab = PlaywrightTab(page)
    tab.open(f"{site.url}/{address}/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert _violations(page) == []
    wait_for_state(tab)
    first = "roi-calculator input[name]"
    tab.replace(first, "many")
    tab.press("Enter")
    wait_until(tab, "document.activeElement.classList.contains('roi-error-summary')")
    assert _violations(page) == []
    tab.replace(first, "100")
    wait_until(tab, "!document.querySelector('roi-calculator').matches('[stale], [waiting]')")
    assert _violations(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_python_loads(
    scheme: str, chromium: Browser, cdn_site_folder: Path
) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    context.route(f"{CDN}**", lambda _: None)  # neither answered nor refused
    page = context.new_page()
    tab = PlaywrightTab(page)
    with served(cdn_site_folder) as site:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab, "loading")
        tab.replace(FIELD, "250")
        wait_until(tab, "document.querySelector('.roi-announcement').textContent")
        assert _violations(page) == []
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_when_python_does_not_come(
    scheme: str, chromium: Browser, cdn_site_folder: Path
) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    tab = PlaywrightTab(page)
    with served(cdn_site_folder, {"Content-Security-Policy": "connect-src 'self'"}) as site:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab, "failed")
        assert page.locator(".roi-retry").first.is_visible()
        assert _violations(page) == []
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
