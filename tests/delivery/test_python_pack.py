"""Python for the browser as the wheel carries it: whole, reproducible, and with its licenses."""

import gzip
import json
import re
import struct
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from mkdocs_roi_calculator.delivery.imported_names import imported_modules
from mkdocs_roi_calculator.delivery.published_files import site_assets
from mkdocs_roi_calculator.delivery.python_pack import handover_python
from mkdocs_roi_calculator.delivery.zip_archives import ADDED, unzipped
from mkdocs_roi_calculator.settings.settings import SettingError
from roi_calc.language.catalogs import CATALOG
from roi_calc.language.language import languages
from roi_calc.language.locales import locale_file
from roi_calc.language.po_catalog import messages
from roi_calc.showing.simple_view import PYTHON_MEGABYTES
from support.pack import PACK, packed_files, packed_modules
from support.sites import NODE, PYODIDE, ROOT


def _failed_imports(library: Path, names: Iterable[str], added: Path | str = "") -> object:
    script = ROOT / "tests" / "support" / "import_all.mjs"
    done = subprocess.run(
        [NODE, str(script), str(PYODIDE), str(library), str(added), *names],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _published(folder: Path, extras: dict[str, bytes]) -> tuple[Path, Path]:
    """Write the library and the archive of a site with extras; return where."""
    for address, content in site_assets(extras=extras).files.items():
        if address.endswith(".zip"):
            (folder / address.rpartition("/")[2]).write_bytes(content)
    return folder / "library.zip", folder / "site.zip"


def test_every_module_of_the_pack_can_be_imported() -> None:
    names = packed_modules()
    assert "roi_calc.browser" in names
    assert "roi_calc.__main__" not in names
    assert "roi_calc.quick" not in names
    assert _failed_imports(PACK / "library.zip", names) == {}


def test_words_stay_out_of_the_pack() -> None:
    names = packed_files()
    assert "roi_calc/language/locales/pt.numbers.json" in names
    assert not any("currency_names" in name or name.endswith(".po") for name in names)
    assert "roi_calc/language/po_catalog.pyc" not in names


def test_no_page_is_sent_what_takes_an_answer_away_before_somebody_does() -> None:
    names = packed_modules()
    rooms = ("roi_calc.handover", "roi_calc.counting", "roi_calc.count", "roi_calc.months")
    assert [name for name in names if name.startswith(rooms)] == []
    rooms_words = ("memo", "workbook", "link", "count", "months")
    on_demand = tuple(f"{each}.".encode() for each in rooms_words)
    for address, archive in site_assets().files.items():
        name = address.rpartition("/")[2]
        if name.startswith("words."):
            keys = _keys(unzipped(archive)[CATALOG])
            assert b"deflection.requests.label" in keys
            assert [key for key in keys if key.startswith(on_demand)] == []
        if name.startswith("handover."):
            files = unzipped(archive)
            assert "roi_calc/handover/memo.py" in files
            assert b"memo.open" in _keys(files[CATALOG])
            assert [key for key in _keys(files[CATALOG]) if not key.startswith(on_demand)] == [b""]


def test_every_word_that_a_page_says_by_itself_is_sent_with_it() -> None:
    """What is said only where a page is built, or once somebody takes an answer away, is not."""
    package = ROOT / "calc" / "roi_calc"
    (words,) = (
        unzipped(archive)[CATALOG]
        for address, archive in site_assets().files.items()
        if address.endswith("/words.en.zip")
    )
    sent = {key.decode() for key in _keys(words)}
    known = {key for key, _ in messages(locale_file("en.po"))}
    said = {
        (file.relative_to(package).as_posix(), key)
        for room in ("answering", "language", "reading", "showing")
        for file in (package / room).glob("*.py")
        for key in re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+)+)[\"']", file.read_text("utf-8"))
        if key in known
    }
    assert len(said) > 50
    missing = {(file, key) for file, key in said if key not in sent}
    assert missing == {
        ("showing/block.py", "memo.open"),
        ("showing/block.py", "memo.failed"),
        ("showing/form.py", "count.open"),
        ("showing/form.py", "memo.failed"),
    }


def _keys(compiled: bytes) -> list[bytes]:
    """Return the keys of an MO file, as its format has them; the first is that of its head."""
    count, place = struct.unpack("<II", compiled[8:16])
    table = struct.iter_unpack("<II", compiled[place : place + 8 * count])
    return [compiled[start : start + length].partition(b"\0")[0] for length, start in table]


def test_what_the_door_leads_to_imports_what_every_page_has() -> None:
    manifest = json.loads((PACK / "manifest.json").read_text("utf-8"))
    library = {name.removesuffix("c") for name in manifest["library"]}
    sources = {
        **handover_python(),
        **{name: b"" for name in library if name.startswith("roi_calc/")},
    }
    found, waiting, missing = set(), ["roi_calc/handover/door.py"], set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        for module in imported_modules(sources[name].decode(), name):
            place = module.replace(".", "/")
            of_it = place.rpartition("/")[0]  # where it is a name in a module
            at = {f"{place}.py", f"{place}/__init__.py", f"{of_it}.py", f"{of_it}/__init__.py"}
            waiting += sorted((at & sources.keys()) - found)
            if not (
                at & (sources.keys() | library)
                or {module, of_it.replace("/", ".")} & {*manifest["builtin"]}
            ):
                missing.add(f"{name}: {module}")
    assert "roi_calc/handover/memo.py" in found
    assert missing == set()


@pytest.mark.parametrize("tag", [tag for tag in languages() if tag != "en"])
def test_no_file_but_its_own_has_the_words_of_a_language(tag: str) -> None:
    own = {f"words.{tag}.zip", f"handover.{tag}.zip", f"currencies.{tag}.json"}
    others = b"".join(
        b"".join(unzipped(content).values()) if address.endswith(".zip") else content
        for address, content in site_assets().files.items()
        if address.rpartition("/")[2] not in own
    )
    english, theirs = (dict(messages(locale_file(f"{each}.po"))) for each in ("en", tag))
    # Sources and short words are the same in several.
    texts = [text for key, text in theirs.items() if len(text) > 40 and text != english[key]]
    assert len(texts) > 100
    assert [text for text in texts if text.encode() in others] == []


def test_no_dataclass_of_the_pack_is_compiled_while_a_page_waits(tmp_path: Path) -> None:
    source = """
import sys
import roi_calc.browser
made = [
    each
    for module in list(sys.modules.values())
    for each in list(getattr(module, "__dict__", {}).values())
    if isinstance(each, type) and "__dataclass_fields__" in vars(each)
]
late = [each for each in made if each.__init__.__code__.co_filename != "<dataclass>"]
if len(made) < 30 or late:
    raise ImportError(f"{len(made)} dataclasses, of which compiled late: {late}")
"""
    library, site = _published(tmp_path, {"ours.py": source.encode()})
    assert _failed_imports(library, ["ours"], site) == {}


def test_the_pack_is_less_than_a_third_of_the_library_it_replaces() -> None:
    packed = (PACK / "library.zip").stat().st_size
    assert packed < (PYODIDE / "python_stdlib.zip").stat().st_size / 3


def test_what_a_sites_own_python_imports_comes_along(tmp_path: Path) -> None:
    library, site = _published(
        tmp_path,
        {
            "ours/__init__.py": b"",
            "ours/sums.py": b"import csv\nfrom . import more\nfrom statistics import mean\n",
            # Of packages that are in the pack without these modules, or not at all.
            "ours/more.py": b"import logging.handlers, email.message, tomllib, urllib.parse\n",
            "ours/table.csv": b"a,b\n",
        },
    )
    assert sorted(zipfile.ZipFile(site).namelist()) == [
        "ours/__init__.py",
        "ours/more.py",
        "ours/sums.py",
        "ours/table.csv",
    ]
    added = unzipped(unzipped(library.read_bytes())[ADDED])
    assert {"csv.pyc", "logging/handlers.pyc"} <= added.keys()
    assert _failed_imports(library, ["ours.sums", "csv", "logging.handlers"], site) == {}


def test_asyncio_comes_with_the_event_loop_of_a_browser_where_it_is_imported(
    tmp_path: Path,
) -> None:
    assert [name for name in packed_modules() if name.startswith(("asyncio", "ssl"))] == []
    source = """
import asyncio
loop = type(asyncio.get_event_loop()).__name__
if loop != "WebLoop":
    raise ImportError(loop)
"""
    library, site = _published(tmp_path, {"ours.py": source.encode()})
    assert _failed_imports(library, ["ours", "asyncio.subprocess", "logging"], site) == {}


def test_a_counter_of_a_sites_own_can_be_asked_for_the_most_common(tmp_path: Path) -> None:
    """Which imports a module that no import in sight names."""
    source = b"from collections import Counter\nmost = Counter('aab').most_common(1)\n"
    library, site = _published(tmp_path, {"ours.py": source})
    assert _failed_imports(library, ["ours"], site) == {}


def test_what_a_page_says_of_its_size_is_what_is_sent() -> None:
    files = [PYODIDE / "pyodide.asm.wasm", PACK / "pyodide.asm.js", PACK / "pyodide.js"]
    sent = sum(len(gzip.compress(file.read_bytes())) for file in files)
    sent += (PACK / "library.zip").stat().st_size
    assert sent / 1e6 == pytest.approx(PYTHON_MEGABYTES, abs=0.1)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            b"import csv\nimport numpy",
            "ours.py:2 imports 'numpy', which Python in the browser does not have",
        ),
        (b"import tkinter.ttk", "ours.py:1 imports 'tkinter.ttk', which Python in the browser"),
        (b"def :", "ours.py is not Python that can be read: "),
        (b"\xff", "ours.py is not Python that can be read: "),
    ],
)
def test_what_a_browser_cannot_import_stops_the_build(source: bytes, said: str) -> None:
    with pytest.raises(SettingError, match=re.escape(said)):
        site_assets(extras={"ours.py": source})


def test_relative_imports_are_read_from_where_the_file_lies() -> None:
    source = "from . import a\nfrom .b import c\nfrom ..d import e\nimport f.g\n"
    assert imported_modules(source, "x/y/z.py") == {
        **dict.fromkeys(("x.y", "x.y.a"), 1),
        **dict.fromkeys(("x.y.b", "x.y.b.c"), 2),
        **dict.fromkeys(("x.d", "x.d.e"), 3),
        "f.g": 4,
    }
    assert imported_modules("from . import a", "x/__init__.py") == {"x": 1, "x.a": 1}


def test_a_module_that_is_imported_twice_has_the_line_of_the_first() -> None:
    assert imported_modules("import a\n\nimport b, a\n", "x.py") == {"a": 1, "b": 3}


def test_what_runs_only_as_a_program_is_not_imported() -> None:
    source = "if __name__ == '__main__':\n    import doctest\nelse:\n    import csv\n"
    assert imported_modules(source, "x.py") == {"csv": 4}


def test_the_licenses_of_what_is_carried_come_with_it() -> None:
    text = (PACK / "licenses.txt").read_text("utf-8")
    assert "Mozilla Public License Version 2.0" in text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in text
    named = dict(re.findall(r"^- (.*): (\S+)$", text, flags=re.MULTILINE))
    assert len(named) == 13
    for name in set(named.values()):
        assert re.search(rf"^=+\n{re.escape(name)}\n=+$", text, flags=re.MULTILINE), name
    docs = (ROOT / "docs" / "en" / "authors.md").read_text("utf-8")
    assert "MPL-2.0" in docs
    assert "PSF" in docs
