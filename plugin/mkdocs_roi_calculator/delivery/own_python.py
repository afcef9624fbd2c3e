"""A site's own Python as readers are sent it: its calculators, their catalogs, and its wheels."""

import json
import threading
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from mkdocs_roi_calculator.delivery.published_files import site_assets, write
from mkdocs_roi_calculator.settings.own_calculators import State, state
from roi_calc.language.catalogs import OWN_WORDS
from roi_calc.own.loading import TABLES
from roi_calc.own.python_file import PACKAGE, catalogs_beside

_WRITING: Final = threading.Lock()  # pages may be rendered at once


def published_files(paths: Iterable[str]) -> dict[str, bytes]:
    """Return what the browser needs of a site's calculators, by the path it is imported under.

    Tables need nothing: the pages that show them bring them along.
    """
    files: dict[str, bytes] = {}
    for path in _python(paths):
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if not name.endswith("/"):
                        files[name] = wheel.read(name)
            continue
        files[f"{PACKAGE}/{path.name}"] = path.read_bytes()
    if files:
        files[f"{PACKAGE}/__init__.py"] = b""
    return files


def _python(paths: Iterable[str]) -> list[Path]:
    return [path for path in map(Path, paths) if path.suffix not in TABLES]


def published_words(paths: Iterable[str]) -> dict[str, dict[str, bytes]]:
    """Return what the catalogs beside a site's calculators say: by language, then by file name."""
    words: dict[str, dict[str, bytes]] = {}
    for path in _python(paths):
        for language, texts in catalogs_beside(path).items():
            said = json.dumps(texts, ensure_ascii=False).encode()
            words.setdefault(language, {})[OWN_WORDS.format(stem=path.stem)] = said
    return words


def publish(site: Path, pyodide: str, paths: tuple[str, ...]) -> str:
    """Write the browser's files into a built site; return the address of the script's folder.

    For engines that have no other way to add files. Raises SettingError as site_assets() does.
    """
    with _WRITING:
        return _written(site, pyodide, tuple((path, state(Path(path))) for path in paths))


@lru_cache(maxsize=4)
def _written(site: Path, pyodide: str, stamped: tuple[tuple[str, State], ...]) -> str:
    paths = [path for path, _ in stamped]
    made = site_assets(pyodide, published_files(paths), published_words(paths))
    write(made.files, site)
    return made.folder
