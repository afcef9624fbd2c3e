"""What of roi_calc is packed for readers, and zip archives that depend on their files alone."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from roi_calc.language.catalogs import CATALOG, compiled_catalog

# In library.zip: the modules that a site adds to it.
ADDED: Final = "added.zip"
# Every member gets the same date.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_SMALLEST: Final = 9
# The command line, what is for authors alone, and words that only forms have: forms are rendered
# where pages are built. The other words go to readers by themselves, each language in an archive.
_BUILD_ONLY: Final = (
    "__main__.py",
    "count_command.py",
    "months_command.py",
    "language/po_catalog.py",
    "reading/for_authors.py",
    "formulas/solving.py",
    "own/agreement.py",
    "own/checking.py",
    "own/drawn_inputs.py",
    "own/loading.py",
    "own/time_limit.py",
    "own/units.py",
    "own/written_table.py",
    ".currency_names.json",
)
# What a page answers with by itself is written where it is built.
_ROOM_BUILD_ONLY: Final = "roi_calc/quick/"
# Rooms that a page needs once somebody takes its answer away, and the beginnings of their words.
_ON_DEMAND: Final = ("roi_calc/handover/", "roi_calc/counting/", "roi_calc/months/")
_WORDS_ON_DEMAND: Final = ("memo.", "workbook.", "link.", "count.", "months.")


def is_for_readers(name: str) -> bool:
    """Tell whether a file of roi_calc is of use to a page."""
    return name.endswith((".py", ".json")) and not (
        name.endswith(_BUILD_ONLY) or any(room in name for room in (_ROOM_BUILD_ONLY, *_ON_DEMAND))
    )


def words_archive(language: str, own: Mapping[str, bytes]) -> bytes:
    """Return a language's words, as readers are sent them: ours, and a site's own by file name."""
    return zipped({CATALOG: compiled_catalog(language, _WORDS_ON_DEMAND), **own})


def handover_archive(language: str, python: Mapping[str, bytes]) -> bytes:
    """Return what a page fetches once somebody takes its answer away, in a language.

    python: all of roi_calc by its place; what is of the rooms for this goes in, with their words.
    """
    rooms = {name: text for name, text in python.items() if is_on_demand(name)}
    return zipped({CATALOG: compiled_catalog(language, only=_WORDS_ON_DEMAND), **rooms})


def is_on_demand(name: str) -> bool:
    """Tell whether a file of roi_calc is of use to a page that somebody takes an answer from."""
    return name.endswith(".py") and any(room in name for room in _ON_DEMAND)


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of the files, by name, in the order of their names."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = compression
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content, compresslevel=_SMALLEST)
    return archive.getvalue()


def unzipped(archive: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return {name: source.read(name) for name in source.namelist()}
