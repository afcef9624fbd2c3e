"""One small way to drive Chromium, Firefox and WebKitGTK: Debian's browsers, real input events."""

import atexit
import functools
import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Route,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import HTTPError

from support.sites import END_SECONDS, PYODIDE, end

NAMES: Final = ("chromium", "firefox", "webkit")
CDN: Final = "https://cdn.jsdelivr.net/"


@dataclass(frozen=True)
class WebKit:
    """Where WebKitGTK is shown. It is started anew for every tab: a page that crashes ends it.

    settings: of its environment.
    """

    display: str
    settings: Mapping[str, str]


AnyBrowser = Browser | WebKit

_CHROMIUM_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Nobody waits in a test until compiled Python is optimized: that takes a quarter of the processor
# while it starts in Chromium, an eighth in Firefox, and half in WebKitGTK.
_CHROMIUM_COMPILES_ONCE: Final = "--js-flags=--no-wasm-tier-up,--no-wasm-dynamic-tiering"
_FIREFOX_COMPILES_ONCE: Final[dict[str, str | float | bool]] = {
    "javascript.options.wasm_optimizingjit": False
}
_WEBKIT_COMPILES_ONCE: Final = {"JSC_useOMGJIT": "false"}
_WAIT_SECONDS: Final = 90
_START_SECONDS: Final = 60
_ANSWER_SECONDS: Final = 150
_MOST_STARTS: Final = 4
_KEYS: Final = {"Tab": Keys.TAB, "Enter": Keys.ENTER, "Space": Keys.SPACE}


class PageLeftError(RuntimeError):
    """The page went away while a script ran in it."""


class Tab(Protocol):
    """One page of one browser. Scripts are function bodies that `return` plain data."""

    @property
    def errors(self) -> list[str]:
        """What scripts of the page threw, or wrote to the console as an error."""

    def open(self, url: str) -> None:
        """Go to an address and wait until it has loaded."""

    def evaluate(self, script: str) -> object:
        """Run a script in the page and return what it returns."""

    def replace(self, selector: str, text: str) -> None:
        """Type a text over what a field holds, key by key."""

    def press(self, key: str) -> None:
        """Press a key where the focus is: Tab, Enter, Space or a character."""

    def click(self, selector: str) -> None:
        """Click an element."""

    def screenshot(self, path: Path) -> None:
        """Save a picture of the page."""


def paste(tab: Tab, selector: str, text: str) -> None:
    """Put a text into a field at once: typed, it is answered key by key on the way."""
    tab.click(selector)
    tab.evaluate(
        f"const field = document.querySelector({json.dumps(selector)});"
        f"field.value = {json.dumps(text)};"
        "field.dispatchEvent(new Event('input', { bubbles: true }));"
    )


def wait_until(tab: Tab, condition: str, seconds: float = _WAIT_SECONDS) -> None:
    """Wait until a JavaScript expression is true in the page; AssertionError after a long while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # A page that is being left has no answer.
        with suppress(PageLeftError):
            if tab.evaluate(f"return Boolean({condition})"):
                return
        time.sleep(0.05)
    message = f"not true after {seconds} s: {condition}; errors: {tab.errors}"
    raise AssertionError(message)


def wait_for_state(tab: Tab, state: str = "ready") -> None:
    """Wait until the first calculator of the page says that Python is in this state."""
    wait_until(
        tab, f"document.querySelector('roi-calculator')?.getAttribute('state') === '{state}'"
    )


def output(tab: Tab, name: str, block: int = 0) -> object:
    """Return the plain number of an output, as text, of the page's n-th calculator."""
    return tab.evaluate(
        f"return document.querySelectorAll('roi-calculator')[{block}]"
        f".querySelector('[data-output={name}]').dataset.value"
    )


def wait_for_output(
    tab: Tab, name: str, value: str, block: int = 0, seconds: float = _WAIT_SECONDS
) -> None:
    """Wait until an output of the page's n-th calculator has a value, and Python has said so."""
    calculator = f"document.querySelectorAll('roi-calculator')[{block}]"
    shown = f"{calculator}.querySelector('[data-output={name}]').dataset.value"
    wait_until(
        tab, f"{shown} === {json.dumps(value)} && !{calculator}.matches('[waiting]')", seconds
    )


class PlaywrightTab:
    """A page of Chromium or Firefox."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._keep_error)

    def _keep_error(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def open(self, url: str) -> None:  # noqa: D102 - as in Tab
        self.page.goto(url)

    def evaluate(self, script: str) -> object:  # noqa: D102
        try:
            result: object = self.page.evaluate(f"() => {{ {script} }}")
        except PlaywrightError as error:
            if "context was destroyed" in error.message:
                raise PageLeftError(script) from error
            raise
        return result

    def replace(self, selector: str, text: str) -> None:  # noqa: D102
        self.page.focus(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:  # noqa: D102
        self.page.keyboard.press(key)

    def click(self, selector: str) -> None:  # noqa: D102
        self.page.click(selector)

    def screenshot(self, path: Path) -> None:  # noqa: D102
        self.page.screenshot(path=path, full_page=True)


class WebKitTab:
    """A page of WebKitGTK. Its driver reports no console: pages that keep `errors` say them."""

    def __init__(self, driver: webdriver.Remote) -> None:
        self.driver = driver

    @property
    def errors(self) -> list[str]:
        """What the page's own listener caught; see errors.js in the tests' site."""
        found = self.evaluate("return window.caughtErrors ?? []")
        return [str(each) for each in found] if isinstance(found, list) else []

    def open(self, url: str) -> None:  # noqa: D102
        self.driver.get(url)

    def evaluate(self, script: str) -> object:  # noqa: D102
        result: object = self.driver.execute_script(script)
        return result

    def replace(self, selector: str, text: str) -> None:  # noqa: D102
        field = self.driver.find_element(By.CSS_SELECTOR, selector)
        field.send_keys(Keys.CONTROL + "a")
        field.send_keys(Keys.DELETE)
        if text:
            field.send_keys(text)

    def press(self, key: str) -> None:  # noqa: D102
        self.driver.switch_to.active_element.send_keys(_KEYS.get(key, key))

    def click(self, selector: str) -> None:  # noqa: D102
        element = self.driver.find_element(By.CSS_SELECTOR, selector)
        # Its driver would scroll it under a header that stays.
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def screenshot(self, path: Path) -> None:  # noqa: D102
        self.driver.save_screenshot(str(path))


@contextmanager
def started(
    name: str, *flags: str, without: Sequence[str] = (), is_timed: bool = False
) -> Iterator[AnyBrowser]:
    """Start a browser by its name, and end it with the context.

    flags: more of Chromium's. without: those that Playwright would set. is_timed: whether it is to
    be as fast as for readers, once it has compiled everything twice.
    """
    if name == "webkit":
        with display() as screen:
            yield WebKit(screen, {} if is_timed else _WEBKIT_COMPILES_ONCE)
        return
    if name == "chromium":
        browser = _playwright().chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[*_CHROMIUM_FLAGS, *([] if is_timed else [_CHROMIUM_COMPILES_ONCE]), *flags],
            ignore_default_args=list(without),
        )
    else:
        browser = _playwright().firefox.launch(
            channel="moz-firefox",
            executable_path="/usr/bin/firefox-esr",
            firefox_user_prefs={} if is_timed else _FIREFOX_COMPILES_ONCE,
        )
    yield browser
    browser.close()


@contextmanager
def with_window(name: str) -> Iterator[Browser]:
    """Start Chromium or Firefox with a window on the display, and what it shows to other programs.

    Those are screen readers: they are told of the page through the session's bus.
    """
    if name == "chromium":
        browser = _playwright().chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[*_CHROMIUM_FLAGS, "--force-renderer-accessibility"],
            headless=False,
        )
    else:
        browser = _playwright().firefox.launch(
            channel="moz-firefox",
            executable_path="/usr/bin/firefox-esr",
            headless=False,
            firefox_user_prefs={"accessibility.force_disabled": -1},
        )
    yield browser
    browser.close()


@functools.cache
def _playwright() -> Playwright:
    """Start Playwright, once: it refuses to run twice in one process."""
    running = sync_playwright().start()
    atexit.register(running.stop)
    return running


@contextmanager
def new_tab(browser: AnyBrowser) -> Iterator[Tab]:
    """Open a fresh tab."""
    if isinstance(browser, WebKit):
        with _webkit(browser) as driver:
            yield WebKitTab(driver)
        return
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield PlaywrightTab(context.new_page())
    context.close()


def serve_cdn_from_npm(context: BrowserContext) -> list[str]:
    """Answer for the CDN with the npm package's files; return the addresses as they come."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        file = PYODIDE / route.request.url.rpartition("/")[2]
        route.fulfill(path=file, headers={"access-control-allow-origin": "*"})

    context.route(f"{CDN}**", answer)
    return asked


@contextmanager
def display() -> Iterator[str]:
    """Start an X server of our own on a free display; yield its name."""
    read_end, write_end = os.pipe()
    # Else it starts anew when the last tab closes, and turns away a browser that comes meanwhile;
    # and on a busy machine a key that is pressed once is repeated.
    stays = ("-noreset", "-nolisten", "tcp", "-r")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x1024x24", *stays],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        end(server)


@contextmanager
def _webkit(browser: WebKit) -> Iterator[webdriver.Remote]:
    service, config, driver = _started_webkit(browser)
    driver.set_script_timeout(_WAIT_SECONDS)
    try:
        yield driver
    finally:
        # Its driver sometimes never answers to being ended, which says nothing about the page.
        config.timeout = END_SECONDS
        with suppress(HTTPError, OSError, WebDriverException):
            driver.quit()
        end(service.process)


def _started_webkit(browser: WebKit) -> tuple[Service, ClientConfig, webdriver.Remote]:
    """Start the driver and its browser; anew if the browser does not come, as happens."""
    options = Options()
    options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")))
    options.add_argument("--automation")
    environment = {
        **os.environ,
        **browser.settings,
        "DISPLAY": browser.display,
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    }
    for _ in range(_MOST_STARTS):
        service = Service(executable_path="/usr/bin/WebKitWebDriver", env=environment)
        config = ClientConfig(service.service_url, timeout=_START_SECONDS)
        try:
            service.start()
            driver = webdriver.Remote(service.service_url, options=options, client_config=config)
        except (HTTPError, WebDriverException):
            end(service.process)
            continue
        config.timeout = _ANSWER_SECONDS
        return service, config, driver
    message = f"WebKitGTK did not start in {_MOST_STARTS} times {_START_SECONDS} s"
    raise AssertionError(message)
