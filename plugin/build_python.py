"""Writes what the wheel carries of Python; runs in Pyodide, started by build_python.mjs.

`library.zip`: what Python needs to start and to answer, compiled: the part of the standard library
that was imported by doing so, and all of roi_calc, with the methods that dataclasses write as text,
compiled too: a tenth of the time that Python takes to its first answer. All but the first modules
is in an archive inside it that is compressed as a whole, which Python expands. `modules.zip`: the
rest of the standard library, for calculators of a site that import more. `manifest.json`: what is
in them, as python_pack.py reads it.
"""

import _imp
import importlib
import itertools
import json
import marshal
import pkgutil
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

# Private, but the one way to bytecode as an archive wants it; what the archives give is tested.
from importlib._bootstrap_external import (  # type: ignore[attr-defined]
    _code_to_timestamp_pyc as code_to_pyc,
)
from pathlib import Path
from typing import Final, TypedDict

from compression import zstd  # type: ignore[import-not-found] # the Python of browsers has it

import roi_calc
from mkdocs_roi_calculator.delivery.imported_names import imported_modules
from mkdocs_roi_calculator.delivery.zip_archives import (
    ADDED,
    is_for_readers,
    words_archive,
    zipped,
)
from roi_calc.calculators import CALCULATORS
from roi_calc.language.catalogs import SENT
from roi_calc.language.language import languages
from roi_calc.showing.views import VIEWS

_LIBRARY: Final = f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip"
_CALC: Final = Path("/calc")
_PLUGIN: Final = Path("/plugin")
_OUTPUT: Final = Path("/output")
_BEST: Final = 22
_NO_ASYNCIO: Final = "no_asyncio.py"
# Python imports this module, where there is one, before all but these.
_FIRST_MODULE: Final = "sitecustomize.py"
_BEFORE_IT: Final = ("encodings/__init__.py", "encodings/aliases.py", "encodings/utf_8.py")
# Every other module lies in this one. It goes to where Python looks for its library, in place of
# the archive that it came in; what a site adds joins it there, since a package that is half in
# another archive is not found.
_WHOLE: Final = "library.zip.zst"
_FIRST_MODULE_TEXT: Final = f"""
from _zstd import ZstdDecompressor

_library = __spec__.loader
_whole = ZstdDecompressor().decompress(_library.get_data("{_WHOLE}"))
try:
    _added = _library.get_data("{ADDED}")
except OSError:
    _added = None
with open(_library.archive, "wb") as _file:
    _file.write(_whole)
_library.invalidate_caches()
if _added:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(_added)) as _modules, ZipFile(_library.archive, "a") as _file:
        for _name in _modules.namelist():
            _file.writestr(_name, _modules.read(_name))
    _library.invalidate_caches()
if _library.find_spec("asyncio") is None:
    import no_asyncio
import compiled_dataclasses
"""
# Has dataclasses run the bytecode of what they write. A text that is not known by its hash, as of a
# site's own calculator, is compiled as ever.
_DATACLASSES: Final = "compiled_dataclasses.py"
_DATACLASSES_TEXT: Final = """
import dataclasses
from _sha2 import sha256
from marshal import loads

_compiled = loads({compiled!r})

def _execute(source, globals, namespace):
    exec(_compiled.get(sha256(source.encode()).digest(), source), globals, namespace)

dataclasses.exec = _execute
"""
# What is imported by functions that anybody may call: Counter.most_common().
_WHEN_CALLED: Final = ("heapq",)
_METHODS_FILE: Final = "<dataclass>"


class Request(TypedDict):
    """A request as a page sends it, with nothing typed."""

    id: int
    calculator: str
    language: str
    currency: str
    view: str
    comparison: str
    values: dict[str, str]


def empty_archive() -> bytes:
    """Return a zip archive with nothing in it."""
    return zipped({})


def send_words() -> None:
    """Put the words of every language where a page's worker puts them."""
    for language in languages():
        archive = Path(SENT.format(language=language))
        archive.parent.mkdir(exist_ok=True)
        archive.write_bytes(words_archive(language, {}))


def requests() -> list[Request]:
    """Return a request to every calculator in every language and view."""
    asked = itertools.product(CALCULATORS, languages(), VIEWS)
    return [
        Request(
            id=0,
            calculator=name,
            language=tag,
            currency="USD",
            view=view,
            comparison="",
            values={},
        )
        for name, tag, view in asked
    ]


def write_archives(method_sources: Iterable[str]) -> None:
    """Write the archives and the manifest; what is imported by now is what a page needs.

    method_sources: the texts that dataclasses have written so far, and go on to write.
    """
    for module in pkgutil.walk_packages(roi_calc.__path__, "roi_calc."):
        if is_for_readers(f"{module.name.replace('.', '/')}.py"):
            importlib.import_module(module.name)
    for name in _WHEN_CALLED:
        importlib.import_module(name)
    with zipfile.ZipFile(_LIBRARY) as archive:
        sources = {
            name: archive.read(name)
            for name in sorted(archive.namelist())
            if name.endswith(".py")
            and not name.startswith("site-packages/")
            and not _is_frozen(name)
        }
    needed = {name: sources[name] for name in _imported_files() if name in sources}
    rest = {name: source for name, source in sources.items() if name not in needed}
    ours = dict(_roi_calc_files())
    first = {name: needed.pop(name) for name in _BEFORE_IT}
    first[_FIRST_MODULE] = _FIRST_MODULE_TEXT.encode()
    needed |= {**ours, _NO_ASYNCIO: (_PLUGIN / _NO_ASYNCIO).read_bytes()}
    needed[_DATACLASSES] = _compiled_dataclasses(method_sources)
    library = {**_compiled(first), _WHOLE: _compressed(_compiled(needed))}
    (_OUTPUT / "library.zip").write_bytes(zipped(library))
    (_OUTPUT / "modules.zip").write_bytes(zipped(_compiled(rest)))
    imports = {name: sorted(imported_modules(text.decode(), name)) for name, text in rest.items()}
    # Its event loop in a browser, which Pyodide imports by itself.
    imports["asyncio/__init__.py"].append("pyodide.webloop")
    manifest = {
        "roi_calc": {name: sha256(source).hexdigest() for name, source in ours.items()},
        "library": sorted(_compiled({**first, **needed})),
        # js: the browser's own names, which Pyodide makes a module of when it is first asked.
        "builtin": sorted({*sys.builtin_module_names, *sys.modules, "js"}),
        "imports": imports,
    }
    (_OUTPUT / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf-8")


def versions() -> dict[str, str]:
    """Return the versions of CPython and of the libraries inside it that say their own.

    To be asked once the archives are written: no page needs the modules that tell.
    """

    def said(module: str, name: str) -> str:
        return str(getattr(importlib.import_module(module), name))

    return {
        "cpython": sys.version.partition(" ")[0],
        "expat": said("pyexpat", "EXPAT_VERSION").removeprefix("expat_"),
        "libmpdec": said("_decimal", "__libmpdec_version__"),
        "sqlite": said("_sqlite3", "sqlite_version"),
        "zlib": said("zlib", "ZLIB_RUNTIME_VERSION"),
        "zstandard": said("_zstd", "zstd_version"),
    }


def _is_frozen(file: str) -> bool:
    """Tell whether a file of the library is inside the WebAssembly, and so never read."""
    return _imp.is_frozen(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


def _imported_files() -> Iterator[str]:
    """Yield the files of the standard library behind every module that is imported."""
    for module in list(sys.modules.values()):
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
        if origin.startswith(f"{_LIBRARY}/"):
            yield origin.removeprefix(f"{_LIBRARY}/")


def _roi_calc_files() -> Iterator[tuple[str, bytes]]:
    for file in sorted((_CALC / "roi_calc").rglob("*")):
        if is_for_readers(file.as_posix()):
            yield file.relative_to(_CALC).as_posix(), file.read_bytes()


def _compiled_dataclasses(method_sources: Iterable[str]) -> bytes:
    compiled = {
        sha256(source.encode()).digest(): compile(
            source, _METHODS_FILE, "exec", dont_inherit=True, optimize=2
        )
        for source in sorted(method_sources)
    }
    return _DATACLASSES_TEXT.format(compiled=marshal.dumps(compiled)).encode()


def _compressed(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of the files that is compressed as a whole, as Zstandard does it."""
    archive = zipped(files, compression=zipfile.ZIP_STORED)
    return bytes(zstd.compress(archive, level=_BEST))


def _compiled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with every `.py` replaced by its `.pyc`, without docstrings."""
    return {
        f"{name}c" if name.endswith(".py") else name: (
            _bytecode(name, content) if name.endswith(".py") else content
        )
        for name, content in files.items()
    }


def _bytecode(name: str, source: bytes) -> bytes:
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    return bytes(code_to_pyc(code, 0, 0))
