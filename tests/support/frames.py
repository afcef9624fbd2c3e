"""What a test does inside a frame of another origin, in every browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Frame, Page
from selenium.webdriver.common.by import By

from support.browsers import PlaywrightTab, Tab, WebKitTab, wait_until


class FrameTab:
    """The n-th frame of a tab; a Tab itself as far as the tests need one."""

    def __init__(self, tab: Tab, index: int = 0) -> None:
        self._tab = tab
        self._index = index

    @property
    def errors(self) -> list[str]:
        """What the tab has caught."""
        return self._tab.errors

    def evaluate(self, script: str) -> object:
        """Run a script in the frame and return what it returns."""
        if isinstance(self._tab, PlaywrightTab):
            frame = _frame(self._tab.page, self._index)
            result: object = frame.evaluate(f"() => {{ {script} }}")
            return result
        with _inside(self._tab, self._index) as inside:
            return inside.evaluate(script)

    def replace(self, selector: str, text: str) -> None:
        """Type a text over what a field holds, key by key."""
        if isinstance(self._tab, PlaywrightTab):
            page = self._tab.page
            _frame(page, self._index).focus(selector)
            page.keyboard.press("Control+A")
            page.keyboard.type(text)
            return
        # Its driver cannot give a field the focus that stands in a frame.
        self.evaluate(
            f"const field = document.querySelector({json.dumps(selector)});"
            "field.dispatchEvent(new FocusEvent('focusin', {bubbles: true}));"
            f"field.value = {json.dumps(text)};"
            "field.dispatchEvent(new Event('input', {bubbles: true}));"
        )

    def click(self, selector: str) -> None:
        """Click an element."""
        if isinstance(self._tab, PlaywrightTab):
            _frame(self._tab.page, self._index).click(selector)
            return
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def wait_until(self, condition: str) -> None:
        """Wait until a JavaScript expression is true in the frame."""
        wait_until(self, condition)  # type: ignore[arg-type] # a Tab as far as it goes

    def wait_for_output(self, name: str, value: str) -> None:
        """Wait until an output has a value."""
        self.wait_until(
            f"document.querySelector('roi-calculator [data-output={name}]')?.dataset.value === "
            f"{json.dumps(value)}"
        )


def _frame(page: Page, index: int) -> Frame:
    frame = page.query_selector_all("iframe")[index].content_frame()
    assert frame
    return frame


@contextmanager
def _inside(tab: Tab, index: int) -> Iterator[WebKitTab]:
    assert isinstance(tab, WebKitTab)
    frames = tab.driver.find_elements(By.TAG_NAME, "iframe")
    tab.driver.switch_to.frame(frames[index])
    try:
        yield tab
    finally:
        tab.driver.switch_to.default_content()
