"""What a reader does with a published page, in Chromium, Firefox and WebKitGTK."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import (
    CDN,
    PlaywrightTab,
    Tab,
    output,
    serve_cdn_from_npm,
    wait_for_output,
    wait_for_state,
    wait_until,
)
from support.sites import PYODIDE, Served, served

WASM = "pyodide.asm.wasm"
FIELD = "roi-calculator input[name={}]"


@pytest.fixture
def page(tab: Tab, site: Served) -> Iterator[Tab]:
    """The page with two calculators, Python ready; no script error may have come up at the end."""
    tab.open(f"{site.url}/two/")
    wait_for_state(tab)
    yield tab
    assert tab.errors == []


def test_the_worked_month_stands_before_any_script_runs(tab: Tab, site_folder: Path) -> None:
    with served(site_folder, {"Content-Security-Policy": "script-src 'none'"}) as site:
        tab.open(f"{site.url}/two/")
        shown = tab.evaluate(
            "return ['gross_saving', 'net_saving', 'roi'].map((name) =>"
            " document.querySelector(`[data-output=${name}]`).textContent)"
        )
        assert shown == ["$2,000", "$1,500", "300%"]
        assert (
            tab.evaluate("return document.querySelector('roi-calculator').getAttribute('state')")
            == "static"
        )


def test_with_javascript_off_the_form_says_so_and_the_example_stands(
    tab: Tab, site: Served
) -> None:
    chromium = tab.page.context.browser if isinstance(tab, PlaywrightTab) else None
    if chromium is None or chromium.browser_type.name != "chromium":
        pytest.skip("only Chromium's driver can turn scripts off; the test above forbids them")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/two/")
    assert page.locator("[data-output=net_saving]").first.inner_text() == "$1,500"
    assert page.locator(".roi-no-script").first.is_visible()
    context.close()


def test_focus_in_the_answer_survives_a_new_answer(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/two/")
    tab.replace(FIELD.format("requests"), "250")
    tab.evaluate("document.querySelector('.roi-working summary').focus()")
    wait_for_output(tab, "net_saving", "4500")
    assert (
        tab.evaluate("return document.activeElement.closest('details').className") == "roi-working"
    )


def test_changing_a_number_changes_the_answer(page: Tab) -> None:
    page.replace(FIELD.format("requests"), "250")
    wait_for_output(page, "net_saving", "4500")
    shown = page.evaluate("return document.querySelector('[data-output=net_saving]').textContent")
    assert shown == "$4,500"


def test_what_is_typed_while_python_loads_is_answered_when_it_is_ready(
    tab: Tab, site: Served
) -> None:
    tab.open(f"{site.url}/two/")
    tab.replace(FIELD.format("requests"), "250")
    wait_for_output(tab, "net_saving", "4500")
    assert tab.evaluate("return document.querySelector('roi-calculator input').value") == "250"


def test_two_calculators_share_one_worker_and_mind_their_own_numbers(
    page: Tab, site: Served
) -> None:
    page.replace("roi-calculator:nth-of-type(2) input[name=requests]", "100")
    wait_for_output(page, "net_saving", "1500", block=1)
    page.replace(FIELD.format("requests"), "250")
    wait_for_output(page, "net_saving", "4500")
    assert output(page, "net_saving", block=1) == "1500"
    workers = [each for each in site.requests if each.path.endswith("/worker.js")]
    assert len(workers) == 1


def test_the_last_of_many_fast_changes_wins(page: Tab) -> None:
    page.evaluate(
        "window.answers = 0;"
        "new MutationObserver(() => { window.answers += 1; })"
        ".observe(document.querySelector('.roi-answer'), { childList: true });"
        "const field = document.querySelector('input[name=requests]');"
        "for (let count = 1; count <= 60; count++) {"
        " field.value = String(count);"
        " field.dispatchEvent(new Event('change', { bubbles: true }));"
        "}"
    )
    wait_for_output(page, "net_saving", "700")
    page.evaluate("return new Promise((done) => setTimeout(done, 300))")
    assert output(page, "net_saving") == "700"
    assert page.evaluate("return window.answers") == 1, "stale replies were shown"


def test_a_key_is_answered_without_a_pause(page: Tab) -> None:
    page.evaluate("window.setTimeout = () => 0")
    page.replace(FIELD.format("requests"), "250")
    wait_for_output(page, "net_saving", "4500")


def test_keys_that_come_while_python_is_at_work_leave_no_queue(page: Tab) -> None:
    page.evaluate(
        "window.asked = 0; const own = Worker.prototype.postMessage;"
        "Worker.prototype.postMessage = function (...said) {"
        " window.asked += 1; own.apply(this, said); };"
        "const field = document.querySelector('input[name=requests]');"
        "for (let count = 1; count <= 60; count++) {"
        " field.value = String(count);"
        " field.dispatchEvent(new Event('input', { bubbles: true }));"
        "}"
    )
    wait_for_output(page, "net_saving", "700")
    assert page.evaluate("return window.asked") == 2, "the first and the last"


def _answers_in_style(tab: Tab) -> None:
    wait_until(tab, "document.querySelector('roi-calculator')")
    wait_for_state(tab)
    tab.replace(FIELD.format("requests"), "250")
    wait_for_output(tab, "net_saving", "4500")
    border = "getComputedStyle(document.querySelector('roi-calculator')).borderTopWidth"
    wait_until(tab, f"{border} === '1px'")


def _words_fetched(site: Served) -> list[str]:
    files = (each.path.rpartition("/")[2] for each in site.requests)
    return [file for file in files if file.startswith("words.")]


def test_instant_navigation_keeps_the_worker_and_brings_it_the_words(
    page: Tab, site: Served
) -> None:
    assert _words_fetched(site) == ["words.en.zip"], "no other language's"
    page.evaluate("window.isSamePage = true")
    page.click("article a[href*='es/']")
    wait_until(
        # The address changes before the page does.
        page,
        "document.querySelector('roi-calculator')?.getAttribute('language') === 'es'",
    )
    wait_for_state(page)
    page.replace(FIELD.format("requests"), "250")
    wait_for_output(page, "net_saving", "4500")
    shown = page.evaluate("return document.querySelector('[data-output=net_saving]').textContent")
    assert shown == "€\u00a04500"
    said = page.evaluate("return document.querySelector('.roi-answer').textContent")
    assert "al mes" in str(said)
    assert _words_fetched(site) == ["words.en.zip", "words.es.zip"]
    assert page.evaluate("return window.isSamePage"), "a full load: navigation was not instant"
    workers = [each for each in site.requests if each.path.endswith("/worker.js")]
    assert len(workers) == 1


def test_instant_navigation_from_a_page_without_a_calculator_and_back(
    tab: Tab, site: Served
) -> None:
    tab.open(f"{site.url}/")
    tab.evaluate("window.isSamePage = true")
    wait_until(tab, "document.querySelector('article a')")
    ours = "document.querySelectorAll('[href*=roi-calculator], [src*=roi-calculator]').length"
    assert tab.evaluate(f"return {ours}") == 0
    tab.click("article a[href*='two/']")
    _answers_in_style(tab)
    tab.evaluate("history.back()")
    wait_until(tab, "!document.querySelector('roi-calculator')")
    tab.evaluate("history.forward()")
    _answers_in_style(tab)
    assert tab.evaluate("return window.isSamePage")
    assert tab.errors == []


def test_everything_works_by_keyboard_alone(page: Tab) -> None:
    page.evaluate("document.querySelector('input[name=requests]').focus()")
    reached = [page.evaluate("return document.activeElement.name")]
    for _ in range(7):
        page.press("Tab")
        reached.append(
            page.evaluate(
                "const { name, tagName, classList, parentElement } = document.activeElement;"
                "return name || (tagName === 'SUMMARY' ? parentElement.className : classList[0])"
            )
        )
    assert reached == [
        "requests",
        "roi-count",
        "roi-range",
        "cost_per_request",
        "roi-benchmarks",
        "roi-range",
        "investment",
        "roi-range",
    ]
    for _ in range(4):  # past the shares, the survey and the channels
        page.press("Tab")
    page.press("Enter")
    page.press("Tab")
    assert page.evaluate("return document.activeElement.name") == "tool_cost"
    page.replace(FIELD.format("cost_per_request"), "30")
    page.press("Enter")
    wait_for_output(page, "net_saving", "2500")
    for _ in range(60):  # on to the button, past the fields that are open now
        page.press("Tab")
        if page.evaluate("return document.activeElement.matches('.roi-reset')"):
            break
    page.press("Space")
    wait_for_output(page, "net_saving", "1500")
    assert page.evaluate("return document.querySelector('roi-calculator input').value") == "100"


def test_nothing_but_static_files_is_requested_and_no_request_carries_an_input(
    page: Tab, site: Served
) -> None:
    everywhere: list[str] = []
    if isinstance(page, PlaywrightTab):  # also what would go to other servers
        page.page.context.on("request", lambda request: everywhere.append(request.url))
    page.replace(FIELD.format("requests"), "31415")
    wait_for_output(page, "net_saving", "627800")
    assert everywhere == []
    for request in site.requests:
        assert request.method == "GET"
        assert "31415" not in request.path
        assert "?" not in request.path
        assert request.body == b""


def test_an_open_working_stays_open_when_the_answer_changes(page: Tab) -> None:
    page.evaluate("document.querySelector('.roi-working').open = true")
    page.replace(FIELD.format("requests"), "250")
    wait_for_output(page, "net_saving", "4500")
    assert page.evaluate("return document.querySelector('.roi-working').open") is True


def test_parts_replace_the_total_and_say_so(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/parts/")
    wait_for_state(tab)
    assert output(tab, "investment") == "500"
    tab.replace(FIELD.format("tool_cost"), "200")
    wait_for_output(tab, "investment", "600")
    note = tab.evaluate(
        "return document.querySelector('[data-field=investment] .roi-note').textContent"
    )
    assert note == "Not used: the parts below add up to $600."


def test_the_page_answers_from_the_cdn_by_default(tab: Tab, cdn_site_folder: Path) -> None:
    if not isinstance(tab, PlaywrightTab):
        pytest.skip("WebKitGTK's driver cannot answer for the CDN; its files are the same")
    asked = serve_cdn_from_npm(tab.page.context)
    with served(cdn_site_folder) as site:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab)
        tab.replace(FIELD.format("requests"), "250")
        wait_for_output(tab, "net_saving", "4500")
    assert asked == [f"{CDN}pyodide/v314.0.7/full/pyodide.asm.wasm"]
    assert tab.errors == []


def test_without_the_cdn_the_answer_stands_and_the_page_says_what_is_missing(
    tab: Tab, cdn_site_folder: Path
) -> None:
    # The worker's response carries the policy, so no browser asks the CDN, with or without one.
    with served(cdn_site_folder, {"Content-Security-Policy": "connect-src 'self'"}) as site:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab, "failed")
        tab.replace(FIELD.format("requests"), "250")
        assert output(tab, "net_saving") == "1500"
        status = tab.evaluate("return document.querySelector('.roi-status').textContent")
        assert isinstance(status, str)
        assert status.startswith("The calculator could not be loaded.")
        wait_until(tab, "document.querySelector('roi-calculator').hasAttribute('stale')")
        assert tab.evaluate("return document.querySelector('roi-calculator input').value") == "250"


def test_trying_again_when_the_network_is_back_answers_what_was_typed(
    tab: Tab, cdn_site_folder: Path
) -> None:
    if not isinstance(tab, PlaywrightTab):
        pytest.skip("WebKitGTK's driver cannot answer for the CDN")
    with served(cdn_site_folder) as site:
        tab.page.context.route(f"{CDN}**", lambda route: route.abort())
        tab.open(f"{site.url}/two/")
        wait_for_state(tab, "failed")
        tab.replace(FIELD.format("requests"), "250")
        tab.page.context.unroute(f"{CDN}**")
        serve_cdn_from_npm(tab.page.context)
        tab.click(".roi-retry")
        wait_for_output(tab, "net_saving", "4500")
        assert tab.evaluate("return document.activeElement.matches('.roi-status')")
        assert not tab.evaluate("return document.querySelector('.roi-retry').checkVisibility()")


def test_a_flipped_byte_is_refused_and_the_next_source_is_tried(
    tab: Tab, cdn_site_folder: Path
) -> None:
    if not isinstance(tab, PlaywrightTab):
        pytest.skip("WebKitGTK's driver cannot answer for the CDN")
    asked = serve_cdn_from_npm(tab.page.context)
    damaged = bytearray((PYODIDE / WASM).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    tab.page.context.route(
        f"{CDN}pyodide/**/{WASM}",
        lambda route: route.fulfill(
            body=bytes(damaged), headers={"access-control-allow-origin": "*"}
        ),
    )
    with served(cdn_site_folder) as site:
        tab.open(f"{site.url}/two/")
        wait_for_state(tab)
        tab.replace(FIELD.format("requests"), "250")
        wait_for_output(tab, "net_saving", "4500")
    assert asked == [f"{CDN}npm/pyodide@314.0.7/{WASM}"]
