"""The files that a page with calculators needs, in folders named after what is in them.

Modules find each other by relative addresses, so one hash in the folder's name stands for all of
them: a changed file changes every address, and nothing has to be rewritten. What browsers run is
named `.js`: not every server knows another name, and a module of no known type does not run. Python
itself lies in a folder of its own, which stays the same until another version of this package
brings another.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mkdocs_roi_calculator.delivery.hashes import DIGITS, hash_of_files, integrity
from mkdocs_roi_calculator.delivery.one_script import joined, plain
from mkdocs_roi_calculator.delivery.pyodide_release import (
    CDN,
    PACKS,
    RELEASE,
    SELF,
    WASM,
    FetchedFile,
    packs_module,
    pinned,
    release_module,
    sources_of,
)
from mkdocs_roi_calculator.delivery.python_pack import (
    FROM_THE_SITE,
    LIBRARY,
    LICENCES,
    added_python,
    handover_python,
    python_files,
    with_modules,
)
from mkdocs_roi_calculator.delivery.scripts import scripts, style
from mkdocs_roi_calculator.delivery.zip_archives import (
    handover_archive,
    words_archive,
    zipped,
)
from roi_calc.language.language import language, languages
from roi_calc.language.number_format import currencies

SCRIPT: Final = "index.js"
# The module that the script imports, and most of what it needs with it.
_DEFINES: Final = "define.js"
# What the script of a page imports.
IMPORTED: Final = (_DEFINES, RELEASE)
STYLE: Final = "style.css"
_STYLES: Final = ("calculator/calculator.css", "calculator/formulas.css", "embed/button.css")
# Fetched when a dialog is opened first, and in each of them.
_DIALOGS_STYLE: Final = "calculator/dialog.css"
_DIALOG_STYLE: Final = "embed/code-dialog.css"
_HANDOVER_STYLE: Final = "handover/dialog.css"
_MONTHS_STYLE: Final = "handover/months.css"
MEMO_STYLE: Final = "handover/memo.css"
_HANDOVER_STYLES: Final = (_DIALOGS_STYLE, _HANDOVER_STYLE, _MONTHS_STYLE, MEMO_STYLE)
_COUNT_STYLE: Final = "handover/count.css"
_LINK_STYLE: Final = "handover/link.css"
FOLDER: Final = "assets/roi-calculator"
_SITE: Final = "site.zip"
_WORDS: Final = "words.{language}.zip"
_HANDOVER: Final = "handover.{language}.zip"


@dataclass(frozen=True)
class Assets:
    """What to publish: addresses relative to the site, and the bytes behind them.

    files: everything, by address. folder: the one with the two that a page names, with its slash.
    elsewhere: addresses that are not the site's, from which its pages load.
    """

    files: Mapping[str, bytes]
    folder: str
    elsewhere: tuple[str, ...] = ()


def site_assets(
    pyodide: str = CDN,
    extras: Mapping[str, bytes] | None = None,
    own_words: Mapping[str, Mapping[str, bytes]] | None = None,
) -> Assets:
    """Return the files to publish.

    pyodide: where readers get Pyodide's WebAssembly from: `cdn`, `self` to publish it with the
    site, an address that ends in `/`, or several of these with commas between, tried in that order.
    extras: Python modules and data of the site's own, by their place below a folder of Python's
    search path, such as `my_calculators/churn.py`; what they import of the standard library goes
    with them. own_words: what the site's own calculators say in a language, by file name; it goes
    with ours of that language. Raises SettingError for a `pyodide` that is none of these, and for
    an extra that imports what a browser does not have.
    """
    release = pinned()
    python = python_files()
    added = added_python(extras or {})
    python[LIBRARY] = with_modules(python[LIBRARY], added)
    home = f"python-{hash_of_files(python)}"
    sources = sources_of(pyodide, release)
    own = {name: python[name] for name in (*FROM_THE_SITE, LICENCES)}
    if SELF in sources:
        own[WASM] = python[WASM]
    # As the worker sees them, which lies a folder further in.
    beside = f"../../{home}/"
    files = {
        name: FetchedFile([f"{beside}{name}"], integrity(python[name])) for name in FROM_THE_SITE
    }
    files[WASM] = FetchedFile(
        [f"{beside if source == SELF else source}{WASM}" for source in sources],
        release["integrity"][WASM],
    )
    parts = dict(_browser_files())
    if added:
        parts[_SITE] = zipped(added)
        files[_SITE] = FetchedFile([f"../{_SITE}"], integrity(parts[_SITE]))
    words = {}
    for tag in languages():
        name = _WORDS.format(language=tag)
        parts[name] = words_archive(tag, (own_words or {}).get(tag, {}))
        words[tag] = FetchedFile([f"../{name}"], integrity(parts[name]))
    packs, python_on_demand = {}, handover_python()
    for tag in languages():
        name = _HANDOVER.format(language=tag)
        parts[name] = handover_archive(tag, python_on_demand)
        packs[tag] = FetchedFile([f"../{name}"], integrity(parts[name]))
    parts |= _scripts(release_module(files, words, release), packs_module(packs))
    folder = f"{FOLDER}/{hash_of_files(parts)}/"
    return Assets(
        files={f"{folder}{name}": content for name, content in parts.items()}
        | {f"{FOLDER}/{home}/{name}": content for name, content in own.items()},
        folder=folder,
        elsewhere=tuple(f"{source}{WASM}" for source in sources if source != SELF),
    )


def install(assets: Assets, directory: Path) -> None:
    """Write the files below a directory for a site that is built without the MkDocs plugin.

    Two files with lasting addresses, `index.js` and `style.css`, lead to the current folder;
    folders of earlier versions are removed.
    """
    current = assets.folder.removeprefix(f"{FOLDER}/").removesuffix("/")
    home = directory / FOLDER
    kept = {address.removeprefix(f"{FOLDER}/").split("/")[0] for address in assets.files}
    for name in ("[0-9a-f]" * DIGITS, f"python-{'[0-9a-f]' * DIGITS}"):
        for folder in home.glob(name):
            if folder.name not in kept:
                shutil.rmtree(folder)
    entries = {
        f"{FOLDER}/{SCRIPT}": f'import("./{current}/{SCRIPT}");\n'.encode(),
        f"{FOLDER}/{STYLE}": f'@import "./{current}/{STYLE}";\n'.encode(),
    }
    write({**assets.files, **entries}, directory)


def write(files: Mapping[str, bytes], directory: Path) -> None:
    """Write files by address below a directory, leaving alone those that are already right."""
    for address, content in files.items():
        target = directory / address
        if target.is_file() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _browser_files() -> Iterator[tuple[str, bytes]]:
    yield STYLE, style(_STYLES).encode()
    yield _DIALOG_STYLE, style([_DIALOGS_STYLE, _DIALOG_STYLE]).encode()
    yield _HANDOVER_STYLE, style(_HANDOVER_STYLES).encode()
    yield _COUNT_STYLE, style([_DIALOGS_STYLE, _HANDOVER_STYLE, _COUNT_STYLE]).encode()
    yield _LINK_STYLE, style([_LINK_STYLE]).encode()
    for tag in languages():
        yield f"embed/currencies.{tag}.json", _currency_names(tag)


def _scripts(release: bytes, packs: bytes) -> dict[str, bytes]:
    """Return the scripts of a page; what says where Python is stays a file that can be read."""
    sources = scripts()
    modules = joined(_DEFINES, sources, apart=[RELEASE])
    texts = {name: text.encode() for name, text in modules.items()}
    return {**texts, SCRIPT: plain(sources[SCRIPT]).encode(), RELEASE: release, PACKS: packs}


def _currency_names(tag: str) -> bytes:
    """Return the name of every currency by its code, for pages that change it; empty for none."""
    words = language(tag)
    names = {code: words.currency_name(code) for code in currencies()}
    return json.dumps(names, ensure_ascii=False).encode()
