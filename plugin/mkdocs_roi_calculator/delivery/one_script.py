"""Joins the browser's modules into one plain script, for pages that may not fetch modules.

Only what our own modules use: imports and exports of names, and imports of JSON, each statement at
the margin.
"""

import json
import re
from collections.abc import Mapping
from typing import Final

from mkdocs_roi_calculator.delivery.scripts import COMMENT, place_of

_IMPORT: Final = re.compile(
    r'^import (?:\{([^}]*)\} from )?"(\.{1,2}/[\w./-]+\.js)";\n', re.MULTILINE
)
_JSON_IMPORT: Final = re.compile(
    r'^import (\w+) from "(\.{1,2}/[\w./-]+\.json)" with \{ type: "json" \};\n', re.MULTILINE
)
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
    """Return the script that does what importing a module would.

    entry: the module's place, such as `embed/page.js`. sources: every module's text by its place.
    ValueError for a statement that is not understood.
    """
    order: list[str] = []
    _visit(entry, sources, order)
    modules = (_wrapped(name, sources) for name in order)
    script = "\n".join(["(() => {", '"use strict";', _PROLOGUE, *modules, "})();"])
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        message = f"{entry}: text that would end a script element"
        raise ValueError(message)
    return script


def _visit(name: str, sources: Mapping[str, str], order: list[str]) -> None:
    """Add a module behind those that it imports, each once."""
    for found in _IMPORT.finditer(sources[name]):
        imported = place_of(found[2], name)
        if imported not in order:
            _visit(imported, sources, order)
    order.append(name)


def _wrapped(name: str, sources: Mapping[str, str]) -> str:
    """Return a module as a function called once, whose result is what the module exports."""
    exports = [found[1] for found in _EXPORT.finditer(sources[name])]
    text = _IMPORT.sub(lambda found: _imported(found, name), sources[name])
    text = _JSON_IMPORT.sub(lambda found: _read(found, name, sources), text)
    text = COMMENT.sub("", _EXPORT.sub("", text).replace(_NO_EXPORT, ""))
    text = text.replace(_META, f'new URL("{name}", $home).href')
    left = re.search(r"^(?:import|export)\b.*|import\.meta.*", text, re.MULTILINE)
    if left:
        message = f"{name}: {left[0]!r} cannot be put into a plain script"
        raise ValueError(message)
    over_lines = next((line for line in text.splitlines() if line.count("`") % 2), None)
    if over_lines is not None:
        message = f"{name}: {over_lines!r}: a text over several lines would lose its indents"
        raise ValueError(message)
    text = _INDENT.sub("", _CAST.sub("", text))
    return f"const {_variable(name)} = (() => {{\n{text}return {{ {', '.join(exports)} }};\n}})();"


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
