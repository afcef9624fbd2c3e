"""Joins the browser's modules into one plain script, for pages that may not fetch modules.

Only what our own modules use: imports and exports of names, each statement at the margin.
"""

import re
from collections.abc import Mapping
from typing import Final

_IMPORT: Final = re.compile(r'^import (?:\{([^}]*)\} from )?"\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:const|class|(?:async )?function) (\w+))", re.MULTILINE)
_NO_EXPORT: Final = "export {};\n"
_COMMENT: Final = re.compile(r"^\s*(?:/\*\*.*?\*/|//.*?$)\n?", re.MULTILINE | re.DOTALL)
_META: Final = "import.meta.url"
# Where the modules would lie, with which their addresses begin.
HOME: Final = "data-assets"
_PROLOGUE: Final = (
    f'const $home = new URL(document.documentElement.getAttribute("{HOME}"), '
    "document.baseURI).href;"
)


def bundled(entry: str, sources: Mapping[str, str]) -> str:
    """Return the script that does what importing a module would.

    entry: the module's name, such as `embed`. sources: every module's text by its name. ValueError
    for a statement that is not understood.
    """
    order: list[str] = []
    _visit(entry, sources, order)
    modules = (_wrapped(name, sources[name]) for name in order)
    script = "\n".join(["(() => {", '"use strict";', _PROLOGUE, *modules, "})();"])
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        message = f"{entry}: text that would end a script element"
        raise ValueError(message)
    return script


def _visit(name: str, sources: Mapping[str, str], order: list[str]) -> None:
    """Add a module behind those that it imports, each once."""
    for found in _IMPORT.finditer(sources[name]):
        if found[2] not in order:
            _visit(found[2], sources, order)
    order.append(name)


def _wrapped(name: str, source: str) -> str:
    """Return a module as a function called once, whose result is what the module exports."""
    exports = [found[1] for found in _EXPORT.finditer(source)]
    text = _EXPORT.sub("", _IMPORT.sub(_imported, source)).replace(_NO_EXPORT, "")
    text = _COMMENT.sub("", text).replace(_META, "$home")
    left = re.search(r"^(?:import|export)\b.*|import\.meta.*", text, re.MULTILINE)
    if left:
        message = f"{name}.js: {left[0]!r} cannot be put into a plain script"
        raise ValueError(message)
    return f"const ${name} = (() => {{\n{text}return {{ {', '.join(exports)} }};\n}})();"


def _imported(found: re.Match[str]) -> str:
    names = " ".join((found[1] or "").split())
    return f"const {{ {names} }} = ${found[2]};\n" if names else ""
