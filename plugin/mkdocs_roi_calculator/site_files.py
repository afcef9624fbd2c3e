"""A site's own calculators: found by the paths its configuration names, loaded, and published.

A path is a Python file, which is a calculator, or a pure-Python wheel, which calculators import.
"""

import threading
import zipfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from mkdocs_roi_calculator.assets import site_assets, write
from mkdocs_roi_calculator.settings import SettingError
from roi_calc.calculators import CALCULATORS
from roi_calc.own_calculators import load_checked
from roi_calc.schema import AnyCalculator
from roi_calc.site_calculators import (
    PACKAGE,
    CalculatorFileError,
    add_library,
)

OPTION: Final = "calculators"
_State = tuple[tuple[str, int], ...]
_WRITING: Final = threading.Lock()  # pages may be rendered at once


def site_calculators(paths: Iterable[str]) -> Mapping[str, AnyCalculator]:
    """Return all calculators that a site can show, ours and its own, by name.

    Raises SettingError for a path that is neither a calculator nor a wheel.
    """
    stamped = tuple((path, _state(path)) for path in map(Path, paths))
    try:
        return {**CALCULATORS, **_loaded(stamped)}
    except CalculatorFileError as error:
        message = f"{OPTION}: {error}"
        raise SettingError(message, OPTION) from error


def published_files(paths: Iterable[str]) -> dict[str, bytes]:
    """Return what the browser needs of a site's calculators, by the path it is imported under."""
    files: dict[str, bytes] = {}
    for path in map(Path, paths):
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if not name.endswith("/"):
                        files[name] = wheel.read(name)
            continue
        for file in (path, *path.parent.glob(f"{path.stem}.*.po")):
            files[f"{PACKAGE}/{file.name}"] = file.read_bytes()
    if files:
        files[f"{PACKAGE}/__init__.py"] = b""
    return files


def publish(site: Path, pyodide: str, paths: tuple[str, ...]) -> str:
    """Write the browser's files into a built site; return the address of the script's folder.

    For engines that have no other way to add files. Raises SettingError as site_assets() does.
    """
    with _WRITING:
        return _written(site, pyodide, tuple((path, _state(Path(path))) for path in paths))


@lru_cache(maxsize=4)
def _written(site: Path, pyodide: str, stamped: tuple[tuple[str, _State], ...]) -> str:
    made = site_assets(pyodide, published_files(path for path, _ in stamped))
    write(made.files, site)
    return made.folder


def _state(path: Path) -> _State:
    """Return when a file, and each catalog beside it, was last changed."""
    files = [path, *sorted(path.parent.glob(f"{path.stem}.*.po"))]
    return tuple((file.name, file.stat().st_mtime_ns) for file in files if file.is_file())


# MkDocs makes a Markdown object for every page: the files are read once for all of them.
@lru_cache(maxsize=8)
def _loaded(
    stamped: tuple[tuple[Path, _State], ...],
) -> Mapping[str, AnyCalculator]:
    paths = [path for path, _ in stamped]
    for path in paths:
        if path.suffix not in {".py", ".whl"}:
            message = "neither a Python file nor a wheel"
            raise CalculatorFileError(path, message)
        if path.suffix == ".whl":
            add_library(path)
    found: dict[str, AnyCalculator] = {}
    for path in paths:
        if path.suffix == ".py":
            calculator = load_checked(path)
            if calculator.name in found:
                message = f"a second calculator named {calculator.name!r}"
                raise CalculatorFileError(path, message)
            found[calculator.name] = calculator
    return found
