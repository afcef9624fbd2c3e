# ruff: noqa: N802 - the names are Orca's
"""A voice for Orca that writes what it is to say to a file, a JSON text a line, and is silent.

Orca finds it by the setting `speechServerFactory` on its Python's path; it is run by that Python.
"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


class SpeechServer:
    """What Orca takes for a synthesizer: the methods of its orca.speechserver.SpeechServer."""

    @staticmethod
    def getFactoryName() -> str:
        """Name the kind of synthesizer."""
        return "Written down"

    @staticmethod
    def getSpeechServers() -> list["SpeechServer"]:
        """Return every synthesizer of the kind."""
        return [SpeechServer()]

    @staticmethod
    def getSpeechServer(_info: object = None) -> "SpeechServer":
        """Return one."""
        return SpeechServer()

    @staticmethod
    def shutdownActiveServers() -> None:
        """End them all: there is nothing to end."""

    def getInfo(self) -> list[str]:
        """Return its name and what it is known by."""
        return ["Written down", "written-down"]

    def getVoiceFamilies(self) -> list[object]:
        """Return its voices."""
        return []

    def speak(self, text: str | None = None, acss: object = None, interrupt: object = None) -> None:
        """Write a text down."""
        del acss, interrupt
        _write(text)

    def speakCharacter(self, character: str, acss: object = None) -> None:
        """Write a character down."""
        del acss
        _write(character)

    # Any: Orca's own objects
    def sayAll(self, utterances: Iterable[tuple[Any, object]], _progress: object) -> None:
        """Write everything down that is read without a stop."""
        for context, _ in utterances:
            _write(context.utterance)

    def __getattr__(self, _name: str) -> Callable[..., None]:
        """Do nothing where a voice would be higher, faster, silenced or shut down."""
        return lambda *_, **__: None


def _write(text: str | None) -> None:
    if text and text.strip():
        with Path(os.environ["SPOKEN_LINES"]).open("a", encoding="utf-8") as lines:
            lines.write(f"{json.dumps(' '.join(text.split()))}\n")
