"""Puts Python for the browser into the wheel, or into the checkout that is installed editable.

Everything comes from the npm packages that package-lock.json pins: Pyodide's own files, which must
hash to what pyodide.json says, the archives that Pyodide makes of its library and of roi_calc, and
the texts of the licences. Nothing of it is in the repository.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACE: Final = Path("plugin", "mkdocs_roi_calculator", "python")
_COPIED: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
_MADE: Final = ("library.zip", "modules.zip", "manifest.json")
_LICENCES: Final = "licenses.txt"

# What is inside those files, and under which SPDX licence.
_PARTS: Final[Mapping[str, str]] = {
    "Pyodide, https://github.com/pyodide/pyodide": "MPL-2.0",
    "CPython and its standard library, https://github.com/python/cpython": "Python-2.0.1",
    "the Emscripten runtime, https://github.com/emscripten-core/emscripten": "MIT",
    "musl libc": "MIT",
    "Expat": "MIT",
    "libffi": "MIT",
    "HACL*": "MIT",
    "libmpdec": "BSD-2-Clause",
    "zlib": "Zlib",
    "bzip2": "bzip2-1.0.6",
    "liblzma": "0BSD",
    "Zstandard": "BSD-3-Clause",
}


class BuildError(Exception):
    """Something that a build needs and does not find; says what to do."""


class PythonForTheBrowser(BuildHookInterface):  # type: ignore[type-arg] # any builder's settings
    """The hook that hatchling calls before it collects the files of a wheel."""

    # Any: hatchling's own signature
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the files anew; keep those of a source distribution, which brings them along."""
        root = Path(self.root)
        packages = root / "node_modules"
        place = root / _PLACE
        if (packages / "pyodide").is_dir():
            place.mkdir(exist_ok=True)
            _copy_pinned(packages / "pyodide", place, root)
            _make_archives(packages / "pyodide", place, root)
            (place / _LICENCES).write_text(_licences(packages / "spdx-license-list"), "utf-8")
        elif not all((place / name).is_file() for name in (*_COPIED, *_MADE, _LICENCES)):
            message = f"no {packages / 'pyodide'}; run 'npm ci' in {root} first, with Node 20 or up"
            raise BuildError(message)


def _copy_pinned(source: Path, place: Path, root: Path) -> None:
    release = json.loads((root / _PLACE.parent / "pyodide.json").read_text("utf-8"))
    for name in _COPIED:
        content = (source / name).read_bytes()
        found = "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
        if found != release["integrity"][name]:
            message = f"{source / name} is not that of {release['version']}; run 'npm ci'"
            raise BuildError(message)
        (place / name).write_bytes(content)


def _make_archives(pyodide: Path, place: Path, root: Path) -> None:
    # Where the system has no Node, PyPI's stands beside the Python that runs this.
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    script = root / "plugin" / "build_python.mjs"
    made = subprocess.run(
        [node, str(script), str(pyodide), str(place)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        message = f"{script} failed:\n{made.stderr or made.stdout}"
        raise BuildError(message)


def _licences(spdx: Path) -> str:
    """Return the list of parts and, once each, the licences that they are under."""
    parts = "\n".join(f"- {part}: {licence}" for part, licence in _PARTS.items())
    texts = "".join(
        f"\n\n{'=' * 100}\n{licence}\n{'=' * 100}\n\n"
        + json.loads((spdx / "licenses" / f"{licence}.json").read_text("utf-8"))["licenseText"]
        for licence in dict.fromkeys(_PARTS.values())
    )
    return (
        "The files beside this one are Python for the browser: unchanged files of the npm\n"
        "package pyodide, and its standard library, compiled. They hold these parts, under these\n"
        f"licences; SQLite is in the public domain.\n\n{parts}{texts}"
    )
