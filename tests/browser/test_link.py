"""A link to numbers opens on a page, in real browsers."""

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from roi_calc.calculators import CALCULATORS
from roi_calc.handover.link import link_text
from roi_calc.language.language import language
from roi_calc.reading.inputs import read_inputs
from support.browsers import (
    PlaywrightTab,
    Tab,
    output,
    wait_for_output,
    wait_for_state,
    wait_until,
)
from support.embeds import blog, build_guide, served_guide
from support.frames import FrameTab
from support.sites import ROOT, Served, run_tool

FIELD: Final = "roi-calculator input[name={}]"
LINK: Final = "deflection&requests=251&deflection_share=40..60.5..75&currency=EUR&v=1"
# 251 × 60.5 % × 20 − 500
NET_SAVING: Final = "2537.1"
IN_CHROMIUM: Final = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
IS_SHOWN: Final = "document.querySelector('.roi-link-beside')"
FORM: Final = """
const block = document.querySelector("roi-calculator");
return {
  currency: block.getAttribute("currency"),
  values: Object.fromEntries([...block.querySelectorAll(":is(input, select)")].map((each) =>
    [each.closest("[data-field]").getAttribute("data-field"), each.value])),
};
"""


def _link_of(tab: Tab, calculator: str, tag: str) -> str:
    """Return the link to what stands in the first form of a page."""
    form = tab.evaluate(FORM)
    assert isinstance(form, dict)
    found, currency = CALCULATORS[calculator], form["currency"]
    given = read_inputs(found, form["values"], language(tag).numbers, currency)
    return link_text(found, given, currency)


def test_a_link_fills_the_form_and_the_form_gives_the_link_again(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/es/#{LINK}")
    wait_for_output(tab, "net_saving", NET_SAVING)
    assert tab.evaluate("return document.querySelector('[name=deflection_share]').value") == "60,5"
    assert _link_of(tab, "deflection", "es") == LINK
    assert tab.errors == []


@IN_CHROMIUM
def test_page_link_and_command_line_are_equal(tab: Tab, site: Served) -> None:
    options = ["--requests", "251", "--deflection-share", "40%..60.5%..75%", "--currency", "EUR"]
    printed = run_tool("roi-calc", "deflection", *options, "--format", "link", cwd=ROOT).stdout
    assert printed == f"{LINK}\n"
    tab.open(f"{site.url}/deflection/#{printed.strip()}")
    wait_for_output(tab, "net_saving", NET_SAVING)
    shown = tab.evaluate("return document.querySelector('[data-output=net_saving]').textContent")
    table = run_tool("roi-calc", "deflection", *options, cwd=ROOT).stdout
    assert str(shown) in table


@IN_CHROMIUM
def test_what_was_typed_before_stands_beside_a_link_and_is_not_lost(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/deflection/")
    wait_for_state(tab)
    tab.replace(FIELD.format("requests"), "70")
    wait_for_output(tab, "net_saving", "900")
    tab.evaluate(f"location.hash = '{LINK.replace('EUR', 'USD')}'")
    wait_for_output(tab, "net_saving", NET_SAVING)
    cells = "return [...document.querySelectorAll('.roi-link-beside td')].map((e) => e.textContent)"
    # 251 × 20 − 500 instead of 70 × 20 − 500
    assert tab.evaluate(cells)[:3] == ["70", "251", "+$3,620"]  # type: ignore[index]
    tab.click(".roi-link-back")
    wait_for_output(tab, "net_saving", "1500")
    assert tab.evaluate("return location.hash") == ""
    wait_until(tab, "!document.querySelector('roi-calculator[linked], .roi-link-notice')")
    kept = "return JSON.parse(sessionStorage.getItem('roi-calculator')).map((e) => e.values)"
    assert [each["requests"] for each in tab.evaluate(kept)] == ["70"]  # type: ignore[attr-defined]
    assert tab.errors == []


@IN_CHROMIUM
def test_a_link_is_opened_in_the_block_that_it_names(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/table/#worth&margin=240&currency=USD&v=1")
    wait_for_output(tab, "lifetime_value", "1200")
    tab.open(f"{site.url}/table/#retention&v=1")
    tab.evaluate("location.reload()")
    wait_until(tab, "document.querySelector('.roi-link-said')")
    said = tab.evaluate("return document.querySelector('.roi-link-said').textContent")
    assert said == "This link is for “retention”, which is not on this page."
    assert output(tab, "lifetime_value") == "600"


CLICK: Final = """
const link = document.createElement("a");
link.href = "HREF";
document.querySelector("article").append(link);
link.click();
"""


@IN_CHROMIUM
def test_a_place_on_the_page_is_no_link_and_keeps_what_a_link_brought(
    tab: Tab, site: Served
) -> None:
    tab.open(f"{site.url}/deflection/#deflection")
    wait_for_state(tab)
    assert not [each for each in site.requests if "/handover" in each.path]
    # As a reader clicks: Material's instant navigation draws the page anew.
    tab.evaluate(CLICK.replace("HREF", f"#{LINK}"))
    wait_for_output(tab, "net_saving", NET_SAVING)
    wait_until(tab, IS_SHOWN)
    tab.evaluate("document.querySelector('.roi-link-beside').remove()")
    tab.evaluate(CLICK.replace("HREF", "#deflection"))
    wait_until(tab, "location.hash === '#deflection'")
    wait_for_output(tab, "net_saving", NET_SAVING)
    assert tab.evaluate("return document.querySelectorAll('[linked]').length") == 1
    tab.click(".roi-link-back")
    wait_for_output(tab, "net_saving", "1500")
    assert tab.errors == []


HOSTILE: Final = (
    "<img src=x onerror=alert(1)>&v=1",
    "deflection&<img src=x onerror=alert(1)>=1&v=1",
    "deflection&currency=<script>alert(1)</script>&v=1",
    'deflection&requests=javascript:alert(1)&period="><svg onload=alert(1)>&v=1',
    "__proto__&v=1",
    "deflection&__proto__=1&constructor=2&v=1",
    "deflection&requests=%ff&v=1",
    "%E0%A4%A&v=1",
    f"deflection&requests=251&v={'9' * 500}",
    f"deflection&{'a' * 5000}&v=1",
)


@IN_CHROMIUM
def test_a_hostile_link_runs_nothing_and_is_refused(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/deflection/")
    wait_for_state(tab)
    count = "return document.querySelectorAll('script, img, svg').length"
    before = tab.evaluate(count)
    tab.evaluate("window.alert = () => { throw new Error('ran'); }")
    for link in HOSTILE:
        tab.evaluate("document.querySelector('.roi-link-notice')?.remove()")
        tab.evaluate(f"location.hash = {link!r}")
        wait_until(tab, "document.querySelector('.roi-link-said')")
        assert tab.evaluate(count) == before, link
        assert output(tab, "net_saving") == "1500"
    assert tab.errors == []


def test_no_request_carries_a_number_of_a_link(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/deflection/#{LINK}")
    wait_for_output(tab, "net_saving", NET_SAVING)
    wait_until(tab, IS_SHOWN)
    assert [each.path for each in site.requests if "/handover" in each.path]
    assert not [each.path for each in site.requests if "251" in each.path or "v=1" in each.path]


@pytest.mark.parametrize("sandbox", [None, "allow-scripts"], ids=["none", "opaque"])
@IN_CHROMIUM
def test_a_link_means_the_same_in_a_frame(tab: Tab, tmp_path: Path, sandbox: str | None) -> None:
    with served_guide(build_guide(tmp_path / "guide")) as guide:
        attribute = "" if sandbox is None else f' sandbox="{sandbox}"'
        address = f"{guide.url}/embed/month/#{LINK.replace('deflection', 'month', 1)}"
        frame = f'<iframe src="{address.replace("&", "&amp;")}" title="ROI"{attribute}></iframe>'
        with blog(tmp_path / "blog", frame) as page:
            tab.open(page)
            shown = FrameTab(tab)
            shown.wait_for_output("net_saving", NET_SAVING)
            shown.wait_until(IS_SHOWN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_can_be_read_on_a_telephone(chromium: Browser, site: Served, scheme: str) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 780},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    tab = PlaywrightTab(context.new_page())
    tab.open(f"{site.url}/simple-deflection/#{LINK}")
    wait_for_output(tab, "net_saving", NET_SAVING)
    wait_until(tab, IS_SHOWN)
    assert tab.evaluate("return document.documentElement.scrollWidth") == 360
    context.close()
