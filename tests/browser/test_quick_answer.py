"""The answer at the first key, before Python is there: what it says, and what it leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.browsers import Tab, output, paste, wait_for_output, wait_for_state, wait_until
from support.sites import Served, served

FIELD = "input[name=requests]"
LOADS = "worker.js"
# Fetched by the worker: Firefox's page would wait for the worker itself before it has loaded.
HELD_BACK = "pyodide.js"
LEAD = "return document.querySelector('.roi-lead').innerText"
DETAILS = "return document.querySelector('.roi-answer').innerHTML"
LISTEN = """
window.differing = [];
addEventListener("roi-calculator:differs", ({ detail }) => differing.push(...detail.parts));
"""


@pytest.fixture
def site(site_folder: Path) -> Iterator[Served]:
    """The site, whose Python does not come as long as it has that fault."""
    with served(site_folder) as serving:
        serving.faults[HELD_BACK] = "hang"
        yield serving


def _has(tab: Tab, attribute: str) -> object:
    return tab.evaluate(
        f"return document.querySelector('roi-calculator').hasAttribute('{attribute}')"
    )


def _asked(site: Served, name: str = LOADS) -> int:
    return sum(each.path.endswith(name) for each in site.requests)


def test_the_answer_stands_before_python_and_python_says_the_same(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/simple-deflection/")
    tab.evaluate(LISTEN)
    before = tab.evaluate(DETAILS)
    tab.replace(FIELD, "250")
    assert output(tab, "net_saving") == "4500"
    assert "$4,500" in str(tab.evaluate(LEAD))
    said = tab.evaluate("return document.querySelector('.roi-hinges').textContent")
    assert said == "It pays if at least 25 of these 250 customers would otherwise have called."
    assert (_has(tab, "waiting"), _has(tab, "stale")) == (True, False)
    assert tab.evaluate(DETAILS) == before, "what is not answered yet is left alone"
    mark = "getComputedStyle(document.querySelector('.roi-more > summary'), '::before')"
    assert tab.evaluate(f"return {mark}.opacity") != "1"
    unit = tab.evaluate("return document.querySelector('.roi-row .roi-unit').textContent")
    assert unit == "a month", "it is an example no more"
    lead = tab.evaluate(LEAD)
    site.faults.clear()
    tab.open(f"{site.url}/simple-deflection/")
    tab.evaluate(LISTEN)
    tab.replace(FIELD, "250")
    wait_for_state(tab)
    wait_until(tab, "!document.querySelector('roi-calculator').hasAttribute('waiting')")
    assert tab.evaluate(LEAD) == lead
    assert tab.evaluate(DETAILS) != before
    assert tab.evaluate("return window.differing") == []
    assert tab.errors == []


@pytest.mark.parametrize("text", ["1,000", "80..100..130", "abc", "", "1e3", "-1", "$250"])
def test_what_is_not_plain_is_left_to_python(tab: Tab, site: Served, text: str) -> None:
    tab.open(f"{site.url}/simple-deflection/")
    paste(tab, FIELD, text)
    assert output(tab, "net_saving") == "1500"
    assert (_has(tab, "waiting"), _has(tab, "stale")) == (False, True)


def test_a_change_out_of_sight_is_left_to_python(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/simple-deflection/")
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    paste(tab, "input[name=repeat_share]", "10")
    assert output(tab, "net_saving") == "1500"
    paste(tab, FIELD, "250")
    assert output(tab, "net_saving") == "1500"
    assert (_has(tab, "waiting"), _has(tab, "stale")) == (False, True)


def test_where_it_differs_pythons_answer_stands_and_the_page_is_told(
    tab: Tab, site_folder: Path
) -> None:
    with served(site_folder) as site:
        tab.open(f"{site.url}/simple-deflection/")
        tab.evaluate(LISTEN)
        tab.evaluate(
            "const block = document.querySelector('roi-calculator');"
            "block.setAttribute('quick', block.getAttribute('quick').replaceAll('ROI', 'WRONG'));"
            # Python may answer before anybody looks.
            "const look = () => { window.isWrong ||= block.innerText.includes('WRONG'); };"
            "new MutationObserver(look).observe(block, { childList: true, subtree: true });"
        )
        tab.replace(FIELD, "250")
        wait_until(tab, "window.isWrong")
        wait_until(tab, "window.differing.length")
        assert tab.evaluate("return window.differing") == ["lead"]
        wait_until(tab, "document.querySelector('.roi-lead').innerText.includes('ROI')")
        # It is not asked again.
        tab.replace(FIELD, "300")
        wait_for_output(tab, "net_saving", "5500")
        assert "WRONG" not in str(tab.evaluate(LEAD))


@pytest.mark.parametrize("kind", ["saveData: true", "effectiveType: '3g'"])
def test_a_thin_connection_gets_python_for_what_needs_it(
    chromium: Browser, site_folder: Path, kind: str
) -> None:
    with served(site_folder) as site, chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script(
            f"Object.defineProperty(navigator, 'connection', {{ value: {{ {kind} }} }})"
        )
        page.goto(f"{site.url}/simple-deflection/")
        page.evaluate("customElements.whenDefined('roi-calculator')")
        page.locator(FIELD).fill("250")
        page.keyboard.press("Tab")
        figure = page.locator("[data-output=net_saving]").first
        assert figure.inner_text() == "$4,500"
        size = page.locator(".roi-behind-size")
        assert size.inner_text().endswith("opening them loads about 4.5 MB.")
        assert _asked(site) == 0
        page.locator(".roi-more > summary").first.click()
        page.locator("roi-calculator[state=ready]").wait_for(timeout=90_000)
        page.locator("roi-calculator:not([waiting])").wait_for()
        assert not size.is_visible()
        assert figure.inner_text() == "$4,500"


def test_what_it_cannot_say_brings_python_on_a_thin_connection(
    chromium: Browser, site_folder: Path
) -> None:
    with served(site_folder) as site, chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script(
            "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
        )
        page.goto(f"{site.url}/simple-deflection/")
        page.locator(FIELD).fill("80..100..130")
        page.locator("roi-calculator[state=ready]").wait_for(timeout=90_000)
        assert _asked(site) == 1
