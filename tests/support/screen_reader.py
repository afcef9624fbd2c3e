"""A screen reader that lives in the page of a browser, and what it says there.

It says what the rules of ARIA make of a page, so it can be run anywhere, and without a voice. What
a real one says, with a browser's own tree between, is in tools/heard.
"""

import time
from typing import Final

from playwright.sync_api import Page

from support.sites import ROOT

_READER: Final = ROOT / "node_modules" / "@guidepup" / "virtual-screen-reader"
_ADDRESS: Final = "/virtual-screen-reader.js"
_START: Final = f"""async () => {{
  window.screenReader = (await import({_ADDRESS!r})).virtual;
  await window.screenReader.start({{ container: document.body }});
}}"""
_READ_ON: Final = """async (end) => {
  const said = async () => (await window.screenReader.spokenPhraseLog()).length;
  do await window.screenReader.next();
  while (!(await window.screenReader.lastSpokenPhrase()).startsWith(end) && (await said()) < 3000);
}"""
_TAKE: Final = """async () => {
  const said = await window.screenReader.spokenPhraseLog();
  await window.screenReader.clearSpokenPhraseLog();
  return said;
}"""
_WAIT_SECONDS: Final = 30
# Longer than the calculator waits before it has an answer or a mistake read.
_SILENCE_MS: Final = 1200
_AT_ONCE_MS: Final = 50
_MOST_KEYS: Final = 80
_LIVE: Final = ("polite: ", "assertive: ")


class ScreenReader:
    """Reads a page that is open; keys are real ones."""

    def __init__(self, page: Page) -> None:
        script = (_READER / "lib" / "esm" / "index.browser.js").read_text("utf-8")
        page.route(
            f"**{_ADDRESS}",
            lambda route: route.fulfill(body=script, content_type="text/javascript"),
        )
        page.evaluate(_START)
        self._page = page

    def read_to(self, end: str) -> list[str]:
        """Read on from where it is to a phrase that begins so; return all that is said."""
        self.said()
        self._page.evaluate(_READ_ON, end)
        return self.said()

    def press(self, key: str) -> list[str]:
        """Press a key; return what is said at once."""
        self.said()
        self._page.keyboard.press(key)
        self._page.wait_for_timeout(_AT_ONCE_MS)
        return self.said()

    def press_and_wait(self, key: str) -> list[str]:
        """Press a key that is answered; return what is said until it is silent again."""
        self.said()
        self._page.keyboard.press(key)
        return self._said_until_silent()

    def press_until_on(self, name: str, key: str = "Tab") -> str:
        """Go on by a key to the field of a name; return what is said there."""
        for _ in range(_MOST_KEYS):
            said = self.press(key)
            if self._page.evaluate("document.activeElement.name") == name:
                return said[-1]
        message = f"no field {name} after {_MOST_KEYS} times {key}"
        raise AssertionError(message)

    def type_over(self, text: str) -> list[str]:
        """Type a text over that of the field; return what is said until it is silent again."""
        self.said()
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text)
        return self._said_until_silent()

    def _said_until_silent(self) -> list[str]:
        heard: list[str] = []
        deadline = time.monotonic() + _WAIT_SECONDS
        while not heard and time.monotonic() < deadline:
            self._page.wait_for_timeout(_AT_ONCE_MS)
            heard = self.said()
        while True:
            self._page.wait_for_timeout(_SILENCE_MS)
            more = self.said()
            if not more:
                return heard
            heard += more

    def said(self) -> list[str]:
        """Return what has been said since it was asked last."""
        said: list[str] = self._page.evaluate(_TAKE)
        return [each for each in said if each not in _LIVE]  # a text that was taken away


def announced(said: list[str]) -> list[str]:
    """Return what was said by itself, without the reader going there."""
    return [each.partition(": ")[2] for each in said if each.startswith(_LIVE)]
