"""The Python that a reader is sent: what the wheel carries, and what this site adds to it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from mkdocs_roi_calculator.delivery.pyodide_release import WASM
from mkdocs_roi_calculator.delivery.stdlib_needs import Manifest, modules_for
from mkdocs_roi_calculator.delivery.zip_archives import (
    ADDED,
    is_for_readers,
    is_on_demand,
    unzipped,
    zipped,
)

LIBRARY: Final = "library.zip"
LICENCES: Final = "licenses.txt"
# Always from the site: a worker cannot check what it imports from elsewhere.
FROM_THE_SITE: Final = ("pyodide.js", "pyodide.asm.js", LIBRARY)


def python_files() -> dict[str, bytes]:
    """Return what the wheel carries for readers; hatch_build.py made it."""
    folder = resources.files("mkdocs_roi_calculator") / "python"
    return {name: (folder / name).read_bytes() for name in (*FROM_THE_SITE, WASM, LICENCES)}


def added_python(extras: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the Python that this site adds to what is packed, by its place.

    Where roi_calc is not the one that the library was made from, as in a checkout in which somebody
    works, it is added too, as source: what is built is what runs.
    """
    ours = dict(_python_sources(resources.files("roi_calc"), "roi_calc", is_for_readers))
    hashes = {name: hashlib.sha256(source).hexdigest() for name, source in ours.items()}
    return {**({} if hashes == _manifest()["roi_calc"] else ours), **extras}


def handover_python() -> dict[str, bytes]:
    """Return the Python for taking an answer away, as source, by its place."""
    return dict(_python_sources(resources.files("roi_calc"), "roi_calc", is_on_demand))


def with_modules(library: bytes, added: Mapping[str, bytes]) -> bytes:
    """Return the library with what the added Python imports beside what is in it."""
    folder = resources.files("mkdocs_roi_calculator") / "python"
    missing = modules_for(added, _manifest(), folder / "modules.zip")
    return zipped({**unzipped(library), ADDED: zipped(missing)}) if missing else library


def _manifest() -> Manifest:
    folder = resources.files("mkdocs_roi_calculator") / "python"
    manifest: Manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return manifest


def _python_sources(
    folder: Traversable, prefix: str, is_wanted: Callable[[str], bool]
) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _python_sources(entry, name, is_wanted)
        elif is_wanted(name):
            yield name, entry.read_bytes()
