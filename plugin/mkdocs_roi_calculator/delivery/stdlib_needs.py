"""Which modules of the standard library a site's own Python needs beside those that are packed."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import TypedDict

from mkdocs_roi_calculator.delivery.imported_names import imported_modules
from mkdocs_roi_calculator.settings.settings import SettingError
from roi_calc.own.python_file import PACKAGE


class Manifest(TypedDict):
    """What build_python.py packed.

    roi_calc: the SHA-256 of each of its files, by name. library: the names in library.zip. builtin:
    the modules that need no file. imports: the names that each file of modules.zip imports, by the
    name of its source.
    """

    roi_calc: dict[str, str]
    library: list[str]
    builtin: list[str]
    imports: dict[str, list[str]]


def modules_for(
    files: Mapping[str, bytes], manifest: Manifest, archive: Traversable
) -> dict[str, bytes]:
    """Return the compiled modules that the files import, directly or not, by name.

    archive: modules.zip. Raises SettingError for a file that is not Python, and for one that
    imports something that is neither among the files nor in the standard library of a browser.
    """
    imported = {name: _imports(name, source) for name, source in files.items()}
    known = set(manifest["builtin"]) | {
        name.split("/")[0].partition(".")[0]
        for name in (*manifest["library"], *manifest["imports"], *files)
    }
    for name, modules in imported.items():
        for module, line in modules.items():
            if module.partition(".")[0] not in known:
                place = f"{name.removeprefix(f'{PACKAGE}/')}:{line}"
                message = f"{place} imports {module!r}, which Python in the browser does not have"
                raise SettingError(message)
    found = _closure((each for modules in imported.values() for each in modules), manifest)
    with archive.open("rb") as opened, zipfile.ZipFile(opened) as packed:
        return {f"{name}c": packed.read(f"{name}c") for name in sorted(found)}


def _imports(name: str, source: bytes) -> dict[str, int]:
    if not name.endswith(".py"):
        return {}
    try:
        return imported_modules(source.decode("utf-8"), name)
    except (SyntaxError, UnicodeDecodeError) as error:
        message = f"{name} is not Python that can be read: {error}"
        raise SettingError(message) from error


def _closure(modules: Iterable[str], manifest: Manifest) -> set[str]:
    """Return the files of modules.zip behind some modules, and behind what those import."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        for file in _files_of(waiting.pop()):
            if file in manifest["imports"] and file not in found:
                found.add(file)
                waiting.extend(manifest["imports"][file])
    return found


def _files_of(module: str) -> Iterator[str]:
    """Yield where a module can lie, and the packages it is in: they are imported with it."""
    path = ""
    for part in module.split("."):
        path = f"{path}/{part}" if path else part
        yield f"{path}.py"
        yield f"{path}/__init__.py"
