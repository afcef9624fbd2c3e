"""The files that a page with calculators needs, in folders named after what is in them.

Modules find each other by relative addresses, so one hash in the folder's name stands for all of
them: a changed file changes every address, and nothing has to be rewritten. What browsers run is
named `.js`: not every server knows another name, and a module of no known type does not run. Python
itself lies in a folder of its own, which stays the same until another version of this package
brings another.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple, TypedDict

from mkdocs_roi_calculator.delivery.hashes import DIGITS, hash_of_files, integrity
from mkdocs_roi_calculator.delivery.scripts import browser_file, reached, scripts
from mkdocs_roi_calculator.delivery.stdlib_needs import Manifest, modules_for
from mkdocs_roi_calculator.delivery.zip_archives import (
    is_for_readers,
    unzipped,
    words_archive,
    zipped,
)
from mkdocs_roi_calculator.settings.settings import SettingError
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import currencies
from roi_calc.own.time_limit import LIMIT_SECONDS

SCRIPT: Final = "index.js"
STYLE: Final = "style.css"
_STYLES: Final = ("calculator/calculator.css", "embed/code-dialog.css")
RELEASE: Final = "python/release.js"
CDN: Final = "cdn"
SELF: Final = "self"
FOLDER: Final = "assets/roi-calculator"

_WASM: Final = "pyodide.asm.wasm"
_LIBRARY: Final = "library.zip"
_SITE: Final = "site.zip"
_WORDS: Final = "words.{language}.zip"
_LICENCES: Final = "licenses.txt"
# Always from the site: a worker cannot check what it imports from elsewhere.
_OWN: Final = ("pyodide.js", "pyodide.asm.js", _LIBRARY)

# In milliseconds. stall: nothing of a file comes. start: Python starts once its files are there.
# answer: one question.
_LIMITS: Final = {"stall": 10_000, "start": 60_000, "answer": round(LIMIT_SECONDS * 1000)}


@dataclass(frozen=True)
class Assets:
    """What to publish: addresses relative to the site, and the bytes behind them.

    files: everything, by address. folder: the one with the two that a page names, with its slash.
    elsewhere: addresses that are not the site's, from which its pages load.
    """

    files: Mapping[str, bytes]
    folder: str
    elsewhere: tuple[str, ...] = ()


def site_assets(
    pyodide: str = CDN,
    extras: Mapping[str, bytes] | None = None,
    own_words: Mapping[str, Mapping[str, bytes]] | None = None,
) -> Assets:
    """Return the files to publish.

    pyodide: where readers get Pyodide's WebAssembly from: `cdn`, `self` to publish it with the
    site, an address that ends in `/`, or several of these with commas between, tried in that order.
    extras: Python modules and data of the site's own, by their place below a folder of Python's
    search path, such as `my_calculators/churn.py`; what they import of the standard library goes
    with them. own_words: what the site's own calculators say in a language, by file name; it goes
    with ours of that language. Raises SettingError for a `pyodide` that is none of these, and for
    an extra that imports what a browser does not have.
    """
    release = _release()
    python = _python_files()
    added = _added_python(extras or {})
    python[_LIBRARY] = _with_modules(python[_LIBRARY], added)
    home = f"python-{hash_of_files(python)}"
    sources = _sources_of(pyodide, release)
    own = {name: python[name] for name in (*_OWN, _LICENCES)}
    if SELF in sources:
        own[_WASM] = python[_WASM]
    # As the worker sees them, which lies a folder further in.
    beside = f"../../{home}/"
    files = {name: _File([f"{beside}{name}"], integrity(python[name])) for name in _OWN}
    files[_WASM] = _File(
        [f"{beside if source == SELF else source}{_WASM}" for source in sources],
        release["integrity"][_WASM],
    )
    parts = dict(_browser_files())
    if added:
        parts[_SITE] = zipped(added)
        files[_SITE] = _File([f"../{_SITE}"], integrity(parts[_SITE]))
    words = {}
    for tag in languages():
        name = _WORDS.format(language=tag)
        parts[name] = words_archive(tag, (own_words or {}).get(tag, {}))
        words[tag] = _File([f"../{name}"], integrity(parts[name]))
    parts[RELEASE] = _release_module(files, words, release)
    folder = f"{FOLDER}/{hash_of_files(parts)}/"
    return Assets(
        files={f"{folder}{name}": content for name, content in parts.items()}
        | {f"{FOLDER}/{home}/{name}": content for name, content in own.items()},
        folder=folder,
        elsewhere=tuple(f"{source}{_WASM}" for source in sources if source != SELF),
    )


def install(assets: Assets, directory: Path) -> None:
    """Write the files below a directory for a site that is built without the MkDocs plugin.

    Two files with lasting addresses, `index.js` and `style.css`, lead to the current folder;
    folders of earlier versions are removed.
    """
    current = assets.folder.removeprefix(f"{FOLDER}/").removesuffix("/")
    home = directory / FOLDER
    kept = {address.removeprefix(f"{FOLDER}/").split("/")[0] for address in assets.files}
    for name in ("[0-9a-f]" * DIGITS, f"python-{'[0-9a-f]' * DIGITS}"):
        for folder in home.glob(name):
            if folder.name not in kept:
                shutil.rmtree(folder)
    entries = {
        f"{FOLDER}/{SCRIPT}": f'import("./{current}/{SCRIPT}");\n'.encode(),
        f"{FOLDER}/{STYLE}": f'@import "./{current}/{STYLE}";\n'.encode(),
    }
    write({**assets.files, **entries}, directory)


def write(files: Mapping[str, bytes], directory: Path) -> None:
    """Write files by address below a directory, leaving alone those that are already right."""
    for address, content in files.items():
        target = directory / address
        if target.is_file() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


class _Release(TypedDict):
    """The pinned Pyodide: its CDN addresses, the SHA-384 of its files, and its lock file's head."""

    version: str
    lock_info: dict[str, str]
    sources: list[str]
    integrity: dict[str, str]


class _File(NamedTuple):
    """A file that the worker fetches: its addresses, in order, and what it hashes to."""

    addresses: list[str]
    integrity: str


def _release() -> _Release:
    package = resources.files("mkdocs_roi_calculator")
    release: _Release = json.loads((package / "pyodide.json").read_text("utf-8"))
    return release


def _python_files() -> dict[str, bytes]:
    """Return what the wheel carries for readers; hatch_build.py made it."""
    folder = resources.files("mkdocs_roi_calculator") / "python"
    return {name: (folder / name).read_bytes() for name in (*_OWN, _WASM, _LICENCES)}


def _sources_of(pyodide: str, release: _Release) -> list[str]:
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


def _browser_files() -> Iterator[tuple[str, bytes]]:
    sources = scripts()
    for name in reached(SCRIPT, sources):
        yield name, sources[name].encode()
    yield STYLE, "\n".join(map(browser_file, _STYLES)).encode()
    for tag in languages():
        yield f"embed/currencies.{tag}.json", _currency_names(tag)


def _currency_names(tag: str) -> bytes:
    """Return the name of every currency by its code, for pages that change it; empty for none."""
    words = language(tag)
    names = {code: words.currency_name(code) for code in currencies()}
    return json.dumps(names, ensure_ascii=False).encode()


def _added_python(extras: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the Python that this site adds to what is packed, by its place.

    Where roi_calc is not the one that the library was made from, as in a checkout in which somebody
    works, it is added too, as source: what is built is what runs.
    """
    ours = dict(_python_sources(resources.files("roi_calc"), "roi_calc"))
    hashes = {name: hashlib.sha256(source).hexdigest() for name, source in ours.items()}
    return {**({} if hashes == _manifest()["roi_calc"] else ours), **extras}


def _with_modules(library: bytes, added: Mapping[str, bytes]) -> bytes:
    """Return the library with what the added Python imports beside what is in it.

    In the same archive, because a package that is half in another place is not found there.
    """
    folder = resources.files("mkdocs_roi_calculator") / "python"
    missing = modules_for(added, _manifest(), folder / "modules.zip")
    return zipped({**unzipped(library), **missing}) if missing else library


def _manifest() -> Manifest:
    folder = resources.files("mkdocs_roi_calculator") / "python"
    manifest: Manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return manifest


def _python_sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _python_sources(entry, name)
        elif is_for_readers(name):
            yield name, entry.read_bytes()


def _release_module(
    files: Mapping[str, _File], words: Mapping[str, _File], release: _Release
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
