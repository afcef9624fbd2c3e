"""Whatever goes wrong on the way, the reader has an answer or a sentence, and loses nothing.

Each file x each fault: it ends within the limits in `ready`, or in `failed` with a sentence and a
button; the prerendered answer stands; and once the fault is gone the button, or the page loaded
again, leads to an answer. Chromium has the whole matrix, Firefox and WebKitGTK a part.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import (
    PlaywrightTab,
    Tab,
    new_tab,
    output,
    started,
    wait_for_output,
    wait_for_state,
    wait_until,
)
from support.faults import FAULTS, SLOW
from support.sites import Served, served

SIMPLE_FIELD = "input[name=requests]"
FIELD = f"roi-calculator {SIMPLE_FIELD}"
WORKER_FILES = (
    *("worker.js", "pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "library.zip"),
    "site.zip",
)
PAGE_FILES = ("index.js", "define.js", "release.js")
# Their bytes are checked, and their type is not asked for.
HARMLESS = {
    (name, "mime")
    for name in ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "library.zip", "site.zip")
}
OVER_ONCE = ("404", "flipped", "cut", "hang")
IN_EVERY_BROWSER = (
    ("worker.js", "404"),
    ("pyodide.js", "html"),
    ("pyodide.asm.js", "truncated"),
    ("pyodide.asm.wasm", "flipped"),
    ("pyodide.asm.wasm", "hang"),
    ("pyodide.asm.wasm", "mime"),
    ("library.zip", "cut"),
    ("library.zip", "flipped"),
    ("site.zip", "truncated"),
)
MATRIX = [
    *((name, fault) for name in WORKER_FILES for fault in FAULTS),
    ("words.en.zip", "flipped"),
]
IN_CHROMIUM = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
SHORT_LIMITS = 'export const limits = {"stall": 2000, "start": 60000, "answer": 2000};'
FAULT = "return document.querySelector('roi-calculator').getAttribute('fault')"
SAID = """
const status = document.querySelector("roi-calculator .roi-status");
const after = getComputedStyle(status, "::after");
return status.textContent || (after.visibility === "visible" && after.content);
"""


@pytest.fixture(scope="module")
def impatient_site_folder(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test site with shorter limits: nobody waits for what will not come."""
    folder = tmp_path_factory.mktemp("impatient") / "site"
    shutil.copytree(site_folder, folder)
    _shorten_limits(folder)
    return folder


def _shorten_limits(folder: Path) -> None:
    (release,) = folder.glob("assets/roi-calculator/*/python/release.js")
    lines = release.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("export const limits")]
    assert len(kept) == len(lines) - 1
    release.write_text("\n".join([*kept, SHORT_LIMITS]), "utf-8")


@pytest.fixture
def site(impatient_site_folder: Path) -> Iterator[Served]:
    """The site, to be given faults."""
    with served(impatient_site_folder) as serving:
        yield serving


def _ends_in_a_sentence(tab: Tab) -> None:
    wait_for_state(tab, "failed")
    assert tab.evaluate(FAULT)
    said = tab.evaluate(SAID)
    assert isinstance(said, str)
    assert said.startswith("The calculator could not be loaded.")
    assert tab.evaluate("return document.querySelector('.roi-retry').checkVisibility()")


def _keeps_everything(tab: Tab) -> None:
    assert output(tab, "net_saving") == "1500", "the prerendered answer stands"
    assert tab.evaluate(f"return document.querySelector('{FIELD}').value") == "250"
    assert tab.evaluate("return window.caughtErrors") == []


def _answers_at_a_glance(tab: Tab) -> None:
    """Without Python the simple view answers what is typed, and says what is missing."""
    tab.replace(f"roi-calculator[view=simple] {SIMPLE_FIELD}", "300")
    assert output(tab, "net_saving", 1) == "5500"
    said = tab.evaluate("return document.querySelectorAll('.roi-status')[1].textContent")
    assert isinstance(said, str)
    assert said.startswith("The answer follows what you type. Its details could not be loaded")


def _answers(tab: Tab) -> None:
    wait_for_output(tab, "net_saving", "4500")
    wait_for_state(tab)
    assert tab.evaluate("return window.caughtErrors") == []


def _is_weathered(tab: Tab, site: Served, name: str, fault: str) -> None:
    """Open the page with a fault that lasts; then end it, and press the button."""
    site.faults[name] = fault
    tab.open(f"{site.url}/both/")
    tab.replace(FIELD, "250")
    if (name, fault) in HARMLESS:
        _answers(tab)
        return
    _ends_in_a_sentence(tab)
    _keeps_everything(tab)
    _answers_at_a_glance(tab)
    site.faults.clear()
    tab.click(".roi-retry")
    _answers(tab)
    wait_until(tab, "!document.querySelector('[waiting]')")


@IN_CHROMIUM
@pytest.mark.parametrize(("name", "fault"), MATRIX)
def test_a_fault_that_lasts_ends_in_a_sentence_and_the_button_helps(
    name: str, fault: str, tab: Tab, site: Served
) -> None:
    _is_weathered(tab, site, name, fault)


@pytest.mark.parametrize("browser", ["firefox", "webkit"], indirect=True)
@pytest.mark.parametrize(("name", "fault"), IN_EVERY_BROWSER)
def test_other_browsers_weather_it_alike(name: str, fault: str, tab: Tab, site: Served) -> None:
    _is_weathered(tab, site, name, fault)


@IN_CHROMIUM
@pytest.mark.parametrize("name", WORKER_FILES)
@pytest.mark.parametrize("fault", OVER_ONCE)
def test_a_fault_that_passes_is_not_noticed(name: str, fault: str, tab: Tab, site: Served) -> None:
    site.faults[name] = fault
    site.times[name] = 1
    tab.open(f"{site.url}/both/")
    tab.replace(FIELD, "250")
    _answers(tab)


@IN_CHROMIUM
def test_a_slow_line_is_waited_for_as_long_as_something_comes(tab: Tab, site: Served) -> None:
    # The large ones take three times as long as nothing may come.
    site.faults.update(dict.fromkeys(WORKER_FILES, SLOW))
    tab.open(f"{site.url}/both/")
    tab.replace(FIELD, "250")
    said = "Getting ready"
    wait_until(tab, f"document.querySelector('.roi-status').textContent.startsWith('{said}')")
    assert output(tab, "net_saving") == "1500", "the prerendered answer stands"
    _answers(tab)
    assert tab.evaluate(f"return document.querySelector('{FIELD}').value") == "250"
    asked = [each.path.rpartition("/")[2] for each in site.requests]
    assert [asked.count(name) for name in WORKER_FILES] == [1] * len(WORKER_FILES)


@IN_CHROMIUM
def test_words_of_a_language_that_come_wrong_while_python_runs_are_fetched_anew(
    tab: Tab, site: Served
) -> None:
    tab.open(f"{site.url}/both/")
    tab.click(FIELD)
    wait_for_state(tab)
    site.faults["words.es.zip"] = "flipped"
    site.times["words.es.zip"] = 1
    tab.click("article a[href*='es/']")
    wait_until(tab, "document.querySelector('roi-calculator').getAttribute('language') === 'es'")
    tab.replace(FIELD, "250")
    _answers(tab)
    assert site.times["words.es.zip"] == 0


@IN_CHROMIUM
@pytest.mark.parametrize("name", PAGE_FILES)
@pytest.mark.parametrize("fault", FAULTS)
def test_where_the_pages_own_script_fails_the_style_sheet_says_so(
    name: str, fault: str, tab: Tab, site: Served
) -> None:
    assert isinstance(tab, PlaywrightTab)
    site.faults[name] = fault
    # A module that hangs keeps the page from having loaded.
    tab.page.goto(f"{site.url}/both/", wait_until="commit")
    wait_until(tab, "document.querySelectorAll('roi-calculator').length === 2")
    tab.replace(FIELD, "250")
    tab.evaluate("document.getAnimations().forEach((each) => each.finish())")
    wait_until(
        tab,
        f"document.querySelector('roi-calculator[state=ready]') || (() => {{ {SAID} }})()",
    )
    assert tab.evaluate(f"return document.querySelector('{FIELD}').value") == "250"
    site.faults.clear()
    tab.open(f"{site.url}/both/")
    tab.replace(f"roi-calculator[view=simple] {SIMPLE_FIELD}", "300")
    assert output(tab, "net_saving", 1) == "5500"


MODULES = ("pyodide.js", "pyodide.asm.js")


def test_what_was_verified_is_what_runs(tab: Tab, site: Served) -> None:
    for name in MODULES:
        site.headers[name] = {"Cache-Control": "no-store"}
    tab.open(f"{site.url}/both/")
    tab.replace(FIELD, "250")
    wait_for_output(tab, "net_saving", "4500")
    assert _times_asked(site) == [1, 1]


def _times_asked(site: Served) -> list[int]:
    asked = [each.path.rpartition("/")[2] for each in site.requests]
    return [asked.count(name) for name in MODULES]


POLICIES = {
    "no wasm": ("worker.js", "script-src 'self' blob:"),
    "no files": ("worker.js", "connect-src 'none'"),
    "no blobs": ("worker.js", "script-src 'self' 'wasm-unsafe-eval'"),
    "no worker": ("index.html", "worker-src 'none'"),
}


@pytest.mark.parametrize("name", POLICIES)
def test_what_a_policy_forbids_ends_in_a_sentence(name: str, tab: Tab, site: Served) -> None:
    file, policy = POLICIES[name]
    site.headers[file] = {"Content-Security-Policy": policy}
    tab.open(f"{site.url}/both/")
    tab.replace(FIELD, "250")
    _ends_in_a_sentence(tab)
    _keeps_everything(tab)
    _answers_at_a_glance(tab)
    if name == "no blobs":
        assert tab.evaluate(FAULT) == "no-blob"
        assert _times_asked(site) == [0, 0], "not once for what could not run as it was compared"


def test_a_browser_without_webassembly_says_so_at_once(site: Served) -> None:
    with started("chromium", "--js-flags=--jitless") as browser, new_tab(browser) as tab:
        tab.open(f"{site.url}/both/")
        tab.replace(FIELD, "250")
        _ends_in_a_sentence(tab)
        _keeps_everything(tab)
        _answers_at_a_glance(tab)
        assert tab.evaluate(FAULT) == "no-wasm"


def test_without_a_secure_context_files_are_verified_all_the_same(
    impatient_site_folder: Path,
) -> None:
    with (
        served(impatient_site_folder) as site,
        started("chromium", "--host-resolver-rules=MAP guide.example 127.0.0.1") as browser,
        new_tab(browser) as tab,
    ):
        address = site.url.replace("127.0.0.1", "guide.example") + "/both/"
        site.faults["library.zip"] = "flipped"
        tab.open(address)
        assert tab.evaluate("return window.isSecureContext") is False
        tab.replace(FIELD, "250")
        _ends_in_a_sentence(tab)
        site.faults.clear()
        tab.click(".roi-retry")
        _answers(tab)
