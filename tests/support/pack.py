"""Python for the browser as the installed wheel carries it."""

import zipfile
from importlib import resources
from pathlib import Path
from typing import Final

PACK: Final = Path(str(resources.files("mkdocs_roi_calculator"))) / "python"


def packed_modules() -> list[str]:
    """Return the modules in the library by their dotted names."""
    names = zipfile.ZipFile(PACK / "library.zip").namelist()
    files = [name.removesuffix(".pyc") for name in names if name.endswith(".pyc")]
    return [file.removesuffix("/__init__").replace("/", ".") for file in files]
