"""The files that a page with calculators needs, in a folder named after what is in it.

Modules find each other by relative addresses, so one hash in the folder's name stands for all of
them: a changed file changes every address, and nothing has to be rewritten.
"""

import base64
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, TypedDict

from mkdocs_roi_calculator.settings import SettingError

SCRIPT: Final = "index.mjs"
STYLE: Final = "style.css"
CDN: Final = "cdn"
FOLDER: Final = "assets/roi-calculator"

# Every archive member gets the same date: the same sources give the same bytes.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_DIGEST_LENGTH: Final = 12


@dataclass(frozen=True)
class Assets:
    """What to publish: addresses relative to the site, and the bytes behind them.

    files: everything, by address. script, style: the two that a page names.
    """

    files: Mapping[str, bytes]
    script: str
    style: str


def site_assets(pyodide: str = CDN, extras: Mapping[str, bytes] | None = None) -> Assets:
    """Return the files to publish.

    pyodide: where readers get Python from: `cdn`, an address that ends in `/`, or a folder with
    the files of Pyodide's npm package, which are then published with the site. extras: a site's
    own Python for the browser, by the path it is imported under. Raises SettingError for anything
    else, and for files that are not the pinned version.
    """
    release = _release()
    sources, own_copy = _python_sources(pyodide, release)
    archive = _archive(extras or {})
    parts = dict(_browser_files()) | {
        "roi_calc.zip": archive,
        "release.mjs": _release_module(sources, release, _integrity(archive)),
    }
    folder = f"{FOLDER}/{_digest(parts)}"
    return Assets(
        files={f"{folder}/{name}": content for name, content in parts.items()} | own_copy,
        script=f"{folder}/{SCRIPT}",
        style=f"{folder}/{STYLE}",
    )


def install(assets: Assets, directory: Path) -> None:
    """Write the files below a directory for a site that is built without the MkDocs plugin.

    Two files with lasting addresses, `index.mjs` and `style.css`, lead to the current folder, so a
    site names them once; folders of earlier versions are removed.
    """
    current = assets.script.split("/")[-2]
    home = directory / FOLDER
    for folder in home.glob("[0-9a-f]" * _DIGEST_LENGTH):
        if folder.name != current:
            shutil.rmtree(folder)
    entries = {
        f"{FOLDER}/{SCRIPT}": f'import "./{current}/{SCRIPT}";\n'.encode(),
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
    """The pinned Pyodide: where its files are, the SHA-384 of each, and its lock file's head."""

    version: str
    lock_info: dict[str, str]
    sources: list[str]
    integrity: dict[str, str]


def _release() -> _Release:
    package = resources.files("mkdocs_roi_calculator")
    release: _Release = json.loads((package / "pyodide.json").read_text("utf-8"))
    return release


def _python_sources(pyodide: str, release: _Release) -> tuple[list[str], dict[str, bytes]]:
    """Return where the worker looks for Pyodide, in order, and the files to publish for it."""
    if pyodide == CDN:
        return release["sources"], {}
    if pyodide.startswith(("https://", "http://")):
        if not pyodide.endswith("/"):
            message = f"pyodide: {pyodide!r} is an address without '/' at its end; add it"
            raise SettingError(message, "pyodide")
        return [pyodide], {}
    folder = f"pyodide-{release['version']}"
    files = _own_copy(Path(pyodide), release)
    published = {f"{FOLDER}/{folder}/{name}": content for name, content in files.items()}
    return [f"../{folder}/"], published


def _own_copy(folder: Path, release: _Release) -> dict[str, bytes]:
    """Return Pyodide's files from a folder; SettingError where they are not the pinned ones."""
    contents = {}
    for name, integrity in release["integrity"].items():
        file = folder / name
        if not file.is_file():
            message = (
                f"pyodide: no {name} in {str(folder)!r}; expected {CDN!r}, an address, or a "
                f"folder with the files of the npm package pyodide {release['version']}"
            )
            raise SettingError(message, "pyodide")
        contents[name] = file.read_bytes()
        if _integrity(contents[name]) != integrity:
            message = (
                f"pyodide: {file} is not the file of version {release['version']}; "
                "install that version of the npm package pyodide"
            )
            raise SettingError(message, "pyodide")
    return contents


def _browser_files() -> Iterator[tuple[str, bytes]]:
    for file in (resources.files("mkdocs_roi_calculator") / "browser").iterdir():
        if file.name.endswith((".mjs", ".css")):
            yield file.name, file.read_bytes()


def _archive(extras: Mapping[str, bytes]) -> bytes:
    """Return the calculators' Python as a zip archive, as the worker unpacks it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        sources = dict(_sources(resources.files("roi_calc"), "roi_calc"))
        for name, content in sorted({**sources, **extras}.items()):
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, content)
    return archive.getvalue()


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, name)
        elif entry.name.endswith((".py", ".po", ".json")):
            yield name, entry.read_bytes()


def _release_module(sources: list[str], release: _Release, archive: str) -> bytes:
    """Return the module that tells the worker where Python is and what its files hash to."""
    constants = {
        "sources": sources,
        "integrity": release["integrity"],
        "archiveIntegrity": archive,
        "lockInfo": release["lock_info"],
    }
    return "".join(
        f"export const {name} = {json.dumps(value)};\n" for name, value in constants.items()
    ).encode()


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:_DIGEST_LENGTH]


def _integrity(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
