"""Python for the browser as the installed wheel carries it."""

import json
from importlib import resources
from pathlib import Path
from typing import Final

PACK: Final = Path(str(resources.files("mkdocs_roi_calculator"))) / "python"


def packed_files() -> list[str]:
    """Return the names of the files in the library, also of those compressed as a whole."""
    manifest = json.loads((PACK / "manifest.json").read_text("utf-8"))
    names: list[str] = manifest["library"]
    return names


def packed_modules() -> list[str]:
    """Return the modules in the library by their dotted names."""
    files = [name.removesuffix(".pyc") for name in packed_files() if name.endswith(".pyc")]
    return [file.removesuffix("/__init__").replace("/", ".") for file in files]
