"""Joins the browser's modules into one file, which is smaller and asked for once.

A plain script for pages that may not fetch modules, and a module for all others. Only what our own
modules use: imports and exports of names, and imports of JSON, each statement at the margin, and
`await import("./one.js")` of what is fetched when it is needed.
"""

import json
import posixpath
import re
from collections.abc import Collection, Mapping
from typing import Final

from mkdocs_roi_calculator.delivery.scripts import COMMENT, place_of, reached

_IMPORT: Final = re.compile(
    r'^import (?:\{([^}]*)\} from )?"(\.{1,2}/[\w./-]+\.js)";\n', re.MULTILINE
)
_JSON_IMPORT: Final = re.compile(
    r'^import (\w+) from "(\.{1,2}/[\w./-]+\.json)" with \{ type: "json" \};\n', re.MULTILINE
)
_LATER: Final = re.compile(r'\bimport\("(\.{1,2}/[\w./-]+\.js)"\)')
_EXPORT: Final = re.compile(r"^export (?=(?:const|class|(?:async )?function) (\w+))", re.MULTILINE)
_NO_EXPORT: Final = "export {};\n"
_META: Final = "import.meta.url"
# What only people and the checker of types read.
_CAST: Final = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ ")
_INDENT: Final = re.compile(r"^ +", re.MULTILINE)
# Where the modules would lie, with which their addresses begin.
HOME: Final = "data-assets"
_PROLOGUE: Final = (
    f'const $home = new URL(document.documentElement.getAttribute("{HOME}"), '
    "document.baseURI).href;"
)


def bundled(entry: str, sources: Mapping[str, str]) -> str:
    """Return the plain script that does what importing a module would.

    entry: the module's place, such as `embed/page.js`. sources: every module's text by its place.
    ValueError for a statement that is not understood.
    """
    modules = [_wrapped(name, sources) for name in _order(entry, sources)]
    script = "\n".join(["(() => {", '"use strict";', _PROLOGUE, *modules, "})();"])
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        message = f"{entry}: text that would end a script element"
        raise ValueError(message)
    return script


def joined(entry: str, sources: Mapping[str, str], apart: Collection[str] = ()) -> dict[str, str]:
    """Return modules by place, fewer and smaller, that do what a module and all it names would.

    entry: the place of a module that exports nothing; what it imports goes into its file, and is
    not published by itself. apart: what stays a file of its own although it is imported. A module
    that is fetched later and imports one that is joined finds at its place what hands that on, so
    that there is one of each.
    """
    inside = _order(entry, sources, apart)
    modules = [_wrapped(name, sources) for name in inside]
    outside = [name for name in apart if name not in inside]
    home = posixpath.relpath(".", posixpath.dirname(entry) or ".")
    made = {
        entry: "\n".join(
            [
                *(
                    f'import * as {_variable(name)} from "{_address(name, entry)}";'
                    for name in outside
                ),
                f'const $home = new URL("{home}/", import.meta.url).href;',
                *modules,
                f"export {{ {', '.join(_variable(name) for name in inside if name != entry)} }};\n",
            ]
        )
    }
    left = sorted(reached(entry, sources) - set(inside))
    for name in left:
        made[name] = (
            sources[name] if name in apart or name.endswith(".json") else plain(sources[name])
        )
    taken = {place_of(found[2], name) for name in left for found in _IMPORT.finditer(sources[name])}
    for name in taken & set(inside):
        exports = ", ".join(_exports(sources[name]))
        made[name] = (
            f'import {{ {_variable(name)} }} from "{_address(entry, name)}";\n'
            f"export const {{ {exports} }} = {_variable(name)};\n"
        )
    return made


def plain(source: str) -> str:
    """Return a module without what only people and the checker of types read."""
    return _INDENT.sub("", _CAST.sub("", COMMENT.sub("", source)))


def _order(entry: str, sources: Mapping[str, str], apart: Collection[str] = ()) -> list[str]:
    """Return the modules that one imports and itself, each behind those that it imports."""
    order: list[str] = []

    def visit(name: str) -> None:
        for found in _IMPORT.finditer(sources[name]):
            imported = place_of(found[2], name)
            if imported not in (*order, *apart):
                visit(imported)
        order.append(name)

    visit(entry)
    return order


def _exports(source: str) -> list[str]:
    return [found[1] for found in _EXPORT.finditer(source)]


def _wrapped(name: str, sources: Mapping[str, str]) -> str:
    """Return a module as a function called once, whose result is what the module exports."""
    exports = _exports(sources[name])
    text = _IMPORT.sub(lambda found: _imported(found, name), sources[name])
    text = _JSON_IMPORT.sub(lambda found: _read(found, name, sources), text)
    text = COMMENT.sub("", _EXPORT.sub("", text).replace(_NO_EXPORT, ""))
    text = text.replace(_META, f'new URL("{name}", $home).href')
    text = _LATER.sub(lambda found: f"import(`${{$home}}{place_of(found[1], name)}`)", text)
    left = re.search(r"^(?:import|export)\b.*|import\.meta.*", text, re.MULTILINE)
    if left:
        message = f"{name}: {left[0]!r} cannot be put into one file"
        raise ValueError(message)
    over_lines = next((line for line in text.splitlines() if line.count("`") % 2), None)
    if over_lines is not None:
        message = f"{name}: {over_lines!r}: a text over several lines would lose its indents"
        raise ValueError(message)
    text = plain(text)
    return f"const {_variable(name)} = (() => {{\n{text}return {{ {', '.join(exports)} }};\n}})();"


def _address(name: str, importer: str) -> str:
    """Return the address of a module as another one imports it."""
    found = posixpath.relpath(name, posixpath.dirname(importer) or ".")
    return found if found.startswith(".") else f"./{found}"


def _imported(found: re.Match[str], importer: str) -> str:
    names = " ".join((found[1] or "").split())
    module = _variable(place_of(found[2], importer))
    return f"const {{ {names} }} = {module};\n" if names else ""


def _read(found: re.Match[str], importer: str, sources: Mapping[str, str]) -> str:
    """Return what stands for an import of JSON, which is JavaScript as it is."""
    value = json.loads(sources[place_of(found[2], importer)])
    return f"const {found[1]} = {json.dumps(value)};\n"


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
