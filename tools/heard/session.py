"""One session of listening: Orca, a browser on the same bus, and the keys of the main job.

`python -m heard.session <browser> <language> <address> <transcript>`, from run.py, which makes the
session.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from roi_calc.language.language import language
from support.browsers import with_window
from support.sites import end

BROWSERS: Final = {"firefox": "Firefox", "chromium": "Chromium"}
MONEY: Final = ("cost_per_request", "investment")
# The net saving of the example, and a number that it is found by.
EXAMPLE_NET_SAVING: Final = 1500
NO_NUMBER: Final = "many"
# Below the figure: its picture, what it is made of, what it is worth.
LINES_OF_THE_ANSWER: Final = 3

_SETTINGS: Final = {
    "profile": ["Default", "default"],
    "speechServerFactory": "spoken_lines",
    "enableSpeech": True,
    # Every key by name, and all of the page as soon as it is there: as long as the job itself.
    "enableKeyEcho": False,
    "sayAllOnLoad": False,
}
_FIRST_WORD_SECONDS: Final = 6
_SILENCE_SECONDS: Final = 1
# Longer than the calculator waits before it has an answer or a mistake read.
_ANSWER_SECONDS: Final = 2.5
_START_SECONDS: Final = 60
_MOST_KEYS: Final = 80


class Listener:
    """Presses keys and writes down which, and what was said then."""

    def __init__(self, lines: Path, page: Page) -> None:
        self._lines = lines
        self._page = page
        self._heard = 0
        self.transcript: list[str] = []

    def open(self, address: str) -> None:
        """Open a page; what was said of the window before is left out."""
        self._until_silent(_ANSWER_SECONDS)
        self._page.goto(address)
        self._page.wait_for_selector("roi-calculator[state=ready]")
        title, deadline = self._page.title(), time.monotonic() + _START_SECONDS
        said: list[str] = []
        while not any(title in each for each in said):
            assert time.monotonic() < deadline, f"the page's title is not said, but {said}"
            said += self._until_silent(_ANSWER_SECONDS)
        self._keep(address, said)

    def press(self, key: str) -> list[str]:
        """Press a key that moves; return what is said then."""
        return self._pressed([key], _SILENCE_SECONDS)

    def type(self, keys: Sequence[str]) -> list[str]:
        """Press keys that are answered; return what is said then."""
        return self._pressed(keys, _ANSWER_SECONDS)

    def press_until(self, key: str, condition: str) -> None:
        """Press a key until a JavaScript expression about the page is true."""
        for _ in range(_MOST_KEYS):
            self.press(key)
            if self._page.evaluate(condition):
                return
        message = f"not after {_MOST_KEYS} times {key}: {condition}"
        raise AssertionError(message)

    def press_until_heard(self, key: str, text: str) -> None:
        """Press a key until a text is in what is said."""
        for _ in range(_MOST_KEYS):
            if any(text in each.replace("\u00a0", " ") for each in self.press(key)):
                return
        message = f"not heard after {_MOST_KEYS} times {key}: {text}"
        raise AssertionError(message)

    def _pressed(self, keys: Sequence[str], silence: float) -> list[str]:
        subprocess.run(["xdotool", "key", "--delay", "80", *keys], check=True)
        said = self._until_silent(silence)
        self._keep(" ".join(keys), said)
        return said

    def _keep(self, done: str, said: list[str]) -> None:
        self.transcript += [f"> {done}", *said]

    def _until_silent(self, silence: float) -> list[str]:
        """Return what is said from now on until it is silent for so many seconds."""
        begun = last = time.monotonic()
        said: list[str] = []
        while True:
            written = self._lines.read_text("utf-8").splitlines()
            if len(written) > self._heard:
                said += [json.loads(each) for each in written[self._heard :]]
                self._heard, last = len(written), time.monotonic()
            patience = silence if said else _FIRST_WORD_SECONDS
            if time.monotonic() - (last if said else begun) > patience:
                return said
            time.sleep(0.05)


def main_job(listener: Listener, tag: str) -> None:
    """Hear the answer to the example, change a number, mistype another one and put it right."""
    answer = language(tag).numbers.amount(EXAMPLE_NET_SAVING, "USD", decimals=0)
    listener.press("h")
    listener.press_until_heard("Down", answer.replace("\u00a0", " "))
    for _ in range(LINES_OF_THE_ANSWER):
        listener.press("Down")
    listener.press_until("Tab", _has_focus("requests"))
    listener.type("250")
    for name in MONEY:
        listener.press_until("Tab", _has_focus(name))
    listener.type(NO_NUMBER)
    listener.type(["Return"])
    listener.press("Tab")
    listener.type(["Return"])
    # Off and on again: a field that is reached by Tab is written over.
    listener.press("Tab")
    listener.press("shift+Tab")
    listener.type("400")


def _has_focus(name: str) -> str:
    return f"document.activeElement.name === {json.dumps(name)}"


@contextmanager
def orca(folder: Path) -> Iterator[Path]:
    """Start Orca, and end it with the context; yield the file that it speaks into."""
    lines, preferences = folder / "spoken", folder / "orca"
    lines.touch()
    preferences.mkdir()
    profiles = {"default": {**_SETTINGS, "pronunciations": {}, "keybindings": {}}}
    general = {**_SETTINGS, "startingProfile": _SETTINGS["profile"], "firstStart": False}
    settings = {"general": general, "profiles": profiles, "pronunciations": {}, "keybindings": {}}
    (preferences / "user-settings.conf").write_text(json.dumps(settings), "utf-8")
    running = subprocess.Popen(
        ["orca", "--replace", "--user-prefs", str(preferences)],
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parent / "speech"),
            "SPOKEN_LINES": str(lines),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not lines.stat().st_size:
            assert time.monotonic() < deadline, "Orca has not said that it is there"
            time.sleep(0.1)
        yield lines
    finally:
        end(running)


def main() -> None:
    """Do the job in the browser, the language and at the address that the command line names."""
    name, tag, address, transcript = sys.argv[1:]
    with orca(Path(os.environ["HOME"])) as lines, with_window(name) as browser:
        listener = Listener(lines, browser.new_context(no_viewport=True).new_page())
        listener.open(address)
        main_job(listener, tag)
        reader = subprocess.run(["orca", "--version"], capture_output=True, text=True, check=True)
        day = datetime.now(UTC).date().isoformat()
        versions = f"Orca {reader.stdout.strip()}, {BROWSERS[name]} {browser.version}"
        lines_written = [f"# {versions}, language {tag}, {day}", *listener.transcript, ""]
        Path(transcript).write_text("\n".join(lines_written), "utf-8")


if __name__ == "__main__":
    main()
