"""The worker after it is ready: it may die, loop or be left, and the reader still has an answer."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from support.browsers import (
    AnyBrowser,
    PlaywrightTab,
    Tab,
    new_tab,
    output,
    paste,
    started,
    wait_for_output,
    wait_for_state,
    wait_until,
)
from support.sites import Served, build_with_changed_python, served

FIELD = "roi-calculator input[name=requests]"
STATUS = "document.querySelector('.roi-status').textContent"
CONFIG = """
site_name: Test
theme: {name: material, font: false}
plugins: [roi-calculator: {pyodide: self}]
"""
PAGE = (
    "# Page\n\n```roi-calculator\nview: full\nboot: intent\n```\n\n"
    "```roi-calculator\nboot: intent\n```\n"
)
# A calculator that never ends on one number, and raises on another.
MOODS = """
_calm = evaluate

def evaluate(request):
    while request["values"]["requests"] == "666":
        pass
    if request["values"]["requests"] == "13":
        raise ArithmeticError("unlucky")
    return _calm(request)
"""
# A loop in WebKitGTK is test_every_calculator's: the ended worker spins on for a while, and on a
# busy machine the next one takes minutes to start beside it.
WITHOUT_WEBKIT = pytest.mark.parametrize("browser", ["chromium", "firefox"], indirect=True)


@pytest.fixture(scope="module")
def moody_site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose calculator has its moods, with a shorter limit for an answer."""
    folder = tmp_path_factory.mktemp("moody")
    site = build_with_changed_python(folder, CONFIG, PAGE, MOODS)
    (release,) = site.glob("assets/roi-calculator/*/python/release.js")
    text = release.read_text("utf-8")
    shortened = text.replace('"answer": 10000', '"answer": 6000')
    assert shortened != text
    release.write_text(shortened, "utf-8")
    return site


@pytest.fixture
def page(tab: Tab, moody_site_folder: Path) -> Iterator[Tab]:
    """The page, Python ready; nothing may have been thrown unnoticed at the end."""
    with served(moody_site_folder) as site:
        tab.open(f"{site.url}/")
        tab.evaluate(
            "window.caughtErrors = [];"
            "for (const type of ['error', 'unhandledrejection'])"
            " addEventListener(type, (event) => window.caughtErrors.push(String(event.message)))"
        )
        tab.click(FIELD)
        wait_for_state(tab)
        yield tab
        assert tab.evaluate("return window.caughtErrors") == []


@WITHOUT_WEBKIT
def test_a_loop_is_stopped_and_said_and_the_next_number_is_answered(page: Tab) -> None:
    paste(page, FIELD, "666")
    wait_until(page, f"{STATUS}.startsWith('This took too long')")
    assert output(page, "net_saving") == "1500", "the answer before stays"
    assert page.evaluate("return document.querySelector('roi-calculator').hasAttribute('stale')")
    assert page.evaluate(f"return document.querySelector('{FIELD}').value") == "666"
    wait_for_state(page)
    assert str(page.evaluate(f"return {STATUS}")).startswith("This took too long")
    page.replace(FIELD, "250")
    wait_for_output(page, "net_saving", "4500")
    assert page.evaluate(f"return {STATUS}") == ""


@WITHOUT_WEBKIT
def test_where_the_details_loop_the_quick_answer_stands_and_says_what_is_missing(page: Tab) -> None:
    paste(page, "roi-calculator[view=simple] input[name=requests]", "666")
    assert output(page, "net_saving", 1) == "12820"
    status = "document.querySelectorAll('.roi-status')[1].textContent"
    wait_until(page, f"{status}.startsWith('The answer is to what you typed. Working out')")
    assert output(page, "net_saving", 1) == "12820"
    assert page.evaluate("return document.querySelector('[waiting]') !== null")


@WITHOUT_WEBKIT
def test_a_number_typed_while_it_loops_is_answered(page: Tab) -> None:
    paste(page, FIELD, "666")
    page.press("Enter")
    page.replace(FIELD, "250")
    wait_for_output(page, "net_saving", "4500")
    assert page.evaluate(f"return {STATUS}") == ""


def test_python_that_raises_leaves_the_answer_and_says_it_is_the_one_before(page: Tab) -> None:
    paste(page, FIELD, "13")
    wait_until(page, "document.querySelector('roi-calculator').hasAttribute('stale')")
    assert output(page, "net_saving") == "1500"
    page.replace(FIELD, "250")
    wait_for_output(page, "net_saving", "4500")


def test_a_worker_that_dies_is_replaced_and_the_question_asked_again(
    tab: Tab, moody_site_folder: Path
) -> None:
    with served(moody_site_folder) as site:
        tab.open(f"{site.url}/")
        # The page's own constructor, so that the test has the worker to end.
        tab.evaluate(
            "window.workers = []; const Own = Worker;"
            "window.Worker = class extends Own {"
            " constructor(...given) { super(...given); window.workers.push(this); } }"
        )
        tab.replace(FIELD, "249")
        wait_for_output(tab, "net_saving", "4480")
        assert tab.evaluate("return window.workers.length") == 1
        tab.evaluate("window.workers[0].terminate()")
        tab.replace(FIELD, "250")
        wait_for_output(tab, "net_saving", "4500")
        assert tab.evaluate("return window.workers.length") == 2


def test_without_a_network_the_loaded_page_goes_on_answering(
    tab: Tab, moody_site_folder: Path
) -> None:
    with served(moody_site_folder) as site:
        tab.open(f"{site.url}/")
        tab.click(FIELD)
        wait_for_state(tab)
    # The server is gone.
    tab.replace(FIELD, "250")
    wait_for_output(tab, "net_saving", "4500")


def test_a_reader_who_was_in_a_field_before_the_script_is_waited_for(
    moody_site_folder: Path,
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with served(moody_site_folder) as site, started("chromium") as browser:
        assert isinstance(browser, Browser)  # only Playwright holds a script back
        page = browser.new_page()
        page.route("**/define.js", hold)
        page.goto(f"{site.url}/", wait_until="domcontentloaded")
        page.locator(FIELD).first.focus()
        assert page.locator("roi-calculator").first.get_attribute("state") == "static"
        held[0].continue_()
        page.wait_for_selector("roi-calculator[state=ready]")


def test_leaving_while_python_loads_leaves_nothing_behind(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/two/")
    wait_for_state(tab, "loading")
    tab.open(f"{site.url}/es/")
    tab.replace(FIELD, "250")
    wait_for_output(tab, "net_saving", "4500")
    assert tab.errors == []


def test_coming_back_finds_the_page_as_it_was_left(site: Served) -> None:
    with started("chromium", without=("--disable-back-forward-cache",)) as browser:
        assert isinstance(browser, Browser)
        with new_tab(browser) as tab:
            assert isinstance(tab, PlaywrightTab)
            tab.open(f"{site.url}/two/")
            tab.replace(FIELD, "250")
            wait_for_output(tab, "net_saving", "4500")
            tab.evaluate(
                "addEventListener('pageshow', ({ persisted }) => window.wasKept = persisted)"
            )
            tab.page.goto(f"{site.url}/errors.js")
            tab.page.go_back(wait_until="commit")
            wait_until(tab, "document.querySelector('roi-calculator')")
            assert tab.evaluate("return window.wasKept") is True
            tab.replace(FIELD, "100")
            wait_for_output(tab, "net_saving", "1500")


BOOT_PAGE = "# Page\n\n<div style='height: 400vh'></div>\n\n```roi-calculator\nboot: {}\n```\n"


@pytest.fixture(scope="session")
def boot_sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what builds a site that says when Python is loaded, once for all browsers."""

    @cache
    def built(boot: str) -> Path:
        folder = tmp_path_factory.mktemp(boot)
        return build_with_changed_python(folder, CONFIG, BOOT_PAGE.format(boot), "")

    return built


@pytest.mark.parametrize(
    ("boot", "at_once", "when_seen"),
    [
        ("visible", "static", "ready"),
        ("intent", "static", "static"),
        ("load", "ready", "ready"),
    ],
)
def test_python_is_loaded_when_the_author_says(
    boot: str, at_once: str, when_seen: str, tab: Tab, boot_sites: Callable[[str], Path]
) -> None:
    with served(boot_sites(boot)) as site:
        tab.open(f"{site.url}/")
        _settles(tab, at_once)
        tab.evaluate("document.querySelector('roi-calculator').scrollIntoView()")
        _settles(tab, when_seen)
        tab.evaluate("document.querySelector('roi-calculator input').focus()")
        wait_for_state(tab)


def _settles(tab: Tab, state: str) -> None:
    """Wait for a state; for `static`, until everything that is done in idle time has been done."""
    if state == "static":
        tab.evaluate(
            "window.isIdle = false;"
            "const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 300));"
            "requestAnimationFrame(() => requestAnimationFrame(() => idle(() => idle(() => {"
            " window.isIdle = true; }))))"
        )
        wait_until(tab, "window.isIdle")
    wait_for_state(tab, state)


def test_a_thin_connection_waits_for_the_reader(chromium_page: PlaywrightTab, site: Served) -> None:
    chromium_page.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    chromium_page.open(f"{site.url}/two/")
    _settles(chromium_page, "static")
    chromium_page.evaluate("document.querySelector('roi-calculator input').focus()")
    wait_for_state(chromium_page)


@pytest.fixture
def chromium_page(browser: AnyBrowser) -> Iterator[PlaywrightTab]:
    """A fresh tab of the browsers that can be told what connection they have."""
    with new_tab(browser) as tab:
        if not isinstance(tab, PlaywrightTab):
            pytest.skip("WebKitGTK knows no kinds of connection")
        yield tab
