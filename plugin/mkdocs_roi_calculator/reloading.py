"""Forgets changed modules while somebody writes, so that the next build runs what is on disk."""

import hashlib
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Final

PACKAGES: Final = ("roi_calc", "mkdocs_roi_calculator")
# The plugin that MkDocs holds, and what it has imported by name.
_KEPT: Final = (
    "mkdocs_roi_calculator.plugin",
    "mkdocs_roi_calculator.reloading",
    "mkdocs_roi_calculator.settings.extension_options",
)


def forget_changed_python(before: str) -> str:
    """Drop our modules if their sources changed since `before`; return what to compare next.

    before: what the last call returned; empty at the first, when nothing is dropped.
    """
    now = _source_digest()
    if before and now != before:
        for name in list(sys.modules):
            if name.partition(".")[0] in PACKAGES and name not in _KEPT:
                del sys.modules[name]
    return now


def _source_digest() -> str:
    """Return a hash of our Python and word files, as they are on disk now."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for file in sorted(_files_of(Path(str(resources.files(package))))):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files_of(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.suffix in {".py", ".po", ".json"})
