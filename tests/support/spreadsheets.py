"""Other people's programs that read workbooks and work their formulas out again."""

import io
import math
import os
import re
import subprocess
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import formualizer
import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple

# tests/handover/install.sh puts them there.
LIBREOFFICE: Final = "/usr/bin/soffice"
GNUMERIC: Final = "/usr/bin/ssconvert"
_SECONDS: Final = 300
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Live:
    """A cell with a formula: where it is, the formula, and the value that the file has for it."""

    sheet: str
    place: str
    formula: str
    value: float | str


# Any: openpyxl is not typed.
def opened(book: bytes, *, values: bool = False, is_ours: bool = True) -> Any:  # noqa: ANN401
    """Return a workbook as openpyxl reads it; its values in place of its formulas if wanted.

    is_ours: nothing in it may be worth a warning.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error" if is_ours else "ignore")
        return openpyxl.load_workbook(io.BytesIO(book), data_only=values)


@lru_cache(maxsize=512)
def live_cells(book: bytes) -> list[Live]:
    """Return every cell with a formula."""
    archive = zipfile.ZipFile(io.BytesIO(book))
    names = [sheet.attrib["name"] for sheet in _parsed(archive, "workbook").iter(f"{_MAIN}sheet")]
    return [
        _live(name, cell)
        for number, name in enumerate(names, 1)
        for cell in _parsed(archive, f"worksheets/sheet{number}").iter(f"{_MAIN}c")
        if cell.find(f"{_MAIN}f") is not None
    ]


def _parsed(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(f"xl/{part}.xml"))  # noqa: S314 - our own


def _live(sheet: str, cell: ET.Element) -> Live:
    value = cell.findtext(f"{_MAIN}v") or ""
    is_text = cell.get("t") == "str"
    formula = cell.findtext(f"{_MAIN}f") or ""
    return Live(sheet, cell.attrib["r"], formula, value if is_text else float(value))


def without_values(book: bytes) -> bytes:
    """Return a workbook whose formulas have no values: whoever has some has worked them out."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, re.sub(r"</f><v>[^<]*</v>", "</f>", text))
    return bare.getvalue()


def by_formualizer(book: bytes) -> Iterator[tuple[Live, object]]:
    """Yield each live cell with what Formualizer gives for it."""
    engine = formualizer.load_workbook_bytes(without_values(book))
    for live in live_cells(book):
        row, column = coordinate_to_tuple(live.place)
        yield live, engine.evaluate_cell(live.sheet, row, column)


def by_libreoffice(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return workbooks as LibreOffice saves them, with its own values, in one start of it."""
    written = _written(books, folder)
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    saving = ["--headless", "--convert-to", "xlsx", "--outdir", str(folder / "saved")]
    _run(LIBREOFFICE, own, *saving, *map(str, written.values()))
    return {name: (folder / "saved" / file.name).read_bytes() for name, file in written.items()}


def by_gnumeric(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return workbooks as Gnumeric saves them, with its own values."""
    written = _written(books, folder)
    saved = {name: file.with_suffix(".saved.xlsx") for name, file in written.items()}
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(
            threads.map(
                lambda name: _run(GNUMERIC, "--recalc", str(written[name]), str(saved[name])), books
            )
        )
    return {name: file.read_bytes() for name, file in saved.items()}


def differing(book: bytes, saved: bytes) -> list[str]:
    """Return the live cells that a program saved with other values than the file had."""
    theirs, names = opened(saved, values=True, is_ours=False), opened(book).sheetnames
    return told(
        (live, theirs.worksheets[names.index(live.sheet)][live.place].value)
        for live in live_cells(book)
    )


def told(compared: Iterator[tuple[Live, object]]) -> list[str]:
    """Return the cells that have another value than the file says, and what they have."""
    pairs = list(compared)
    assert pairs
    numbers = [abs(live.value) for live, _ in pairs if not isinstance(live.value, str)]
    # What binary fractions may leave of a difference of such figures, as in own/agreement.py.
    noise = 1e-12 * max(1.0, *numbers)
    return [
        f"{live.sheet}!{live.place} {live.formula}: {found!r} instead of {live.value!r}"
        for live, found in pairs
        if not is_same(found, live.value, noise)
    ]


def is_same(found: object, expected: float | str, noise: float) -> bool:
    """Tell whether two values of a cell agree to 1e-9."""
    if isinstance(expected, str):
        return (found or "") == expected
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return is_number and math.isclose(float(f"{found}"), expected, rel_tol=1e-9, abs_tol=noise)


def _written(books: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    files = {name: folder / f"{number}.xlsx" for number, name in enumerate(books)}
    for name, file in files.items():
        file.write_bytes(without_values(books[name]))
    return files


def _run(program: str, *arguments: str) -> None:
    subprocess.run([program, *arguments], check=True, capture_output=True, timeout=_SECONDS)
