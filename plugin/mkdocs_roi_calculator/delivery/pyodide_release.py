"""The pinned Pyodide: where its files come from, what they hash to, and what the worker is told."""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Final, NamedTuple, TypedDict

from mkdocs_roi_calculator.settings.settings import SettingError
from roi_calc.own.time_limit import LIMIT_SECONDS

CDN: Final = "cdn"
SELF: Final = "self"
RELEASE: Final = "python/release.js"
PACKS: Final = "handover/packs.js"
WASM: Final = "pyodide.asm.wasm"
# In milliseconds. stall: nothing of a file comes. start: Python starts once its files are there.
# answer: one question.
_LIMITS: Final = {"stall": 10_000, "start": 60_000, "answer": round(LIMIT_SECONDS * 1000)}


class Release(TypedDict):
    """The pinned Pyodide: its CDN addresses, the SHA-384 of its files, and its lock file's head."""

    version: str
    lock_info: dict[str, str]
    sources: list[str]
    integrity: dict[str, str]


class FetchedFile(NamedTuple):
    """A file that the worker fetches: its addresses, in order, and what it hashes to."""

    addresses: list[str]
    integrity: str


def pinned() -> Release:
    """Return the release that this package was made for."""
    package = resources.files("mkdocs_roi_calculator")
    release: Release = json.loads((package / "pyodide.json").read_text("utf-8"))
    return release


def sources_of(pyodide: str, release: Release) -> list[str]:
    """Return where the WebAssembly is looked for, in order: addresses, or `self`."""
    sources: list[str] = []
    for choice in (each.strip() for each in pyodide.split(",")):
        if choice == CDN:
            sources += release["sources"]
        elif choice == SELF:
            sources.append(SELF)
        elif not choice.startswith(("https://", "http://")):
            message = (
                f"pyodide: {choice!r} is not known; expected {CDN!r}, {SELF!r} to publish "
                "Python's files with the site, or an address that ends in '/'"
            )
            raise SettingError(message, "pyodide")
        elif not choice.endswith("/"):
            message = f"pyodide: {choice!r} is an address without '/' at its end; add it"
            raise SettingError(message, "pyodide")
        else:
            sources.append(choice)
    return sources


def packs_module(packs: Mapping[str, FetchedFile]) -> bytes:
    """Return the module that says where the Python for taking an answer away is, by language."""
    said = json.dumps({language: file._asdict() for language, file in packs.items()})
    return f"export const packs = {said};\n".encode()


def release_module(
    files: Mapping[str, FetchedFile], words: Mapping[str, FetchedFile], release: Release
) -> bytes:
    """Return the module that says where the files of Python are, and what they hash to.

    words: those of one language, by its tag.
    """
    constants = {
        "files": {name: file._asdict() for name, file in files.items()},
        "words": {language: file._asdict() for language, file in words.items()},
        "lockInfo": release["lock_info"],
        "limits": _LIMITS,
    }
    return "".join(
        f"export const {name} = {json.dumps(value)};\n" for name, value in constants.items()
    ).encode()
