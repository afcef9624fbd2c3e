"""The page's scripts and styles as this package carries them, and what files a script leads to.

JSON that a script imports is among it.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

COMMENT: Final = re.compile(r"^\s*(?:/\*\*.*?\*/|//.*?$)\n?", re.MULTILINE | re.DOTALL)
# Comments, and the spaces that lines begin with.
_UNREAD: Final = re.compile(r"/\*.*?\*/\n*|^[ \n]+", re.DOTALL | re.MULTILINE)
_NAMED: Final = re.compile(r'"(\.{1,2}/[\w./-]+\.js)"')


def scripts() -> dict[str, str]:
    """Return the text of every script and its JSON by place, such as `calculator/element.js`."""
    return dict(_scripts(resources.files("mkdocs_roi_calculator") / "browser", ""))


def browser_file(place: str) -> str:
    """Return the text of a file for the browser by its place."""
    folder = resources.files("mkdocs_roi_calculator") / "browser"
    return folder.joinpath(*place.split("/")).read_text("utf-8")


def style(places: Iterable[str]) -> str:
    """Return the text of style sheets, one after the other, without their comments."""
    return "\n".join(_UNREAD.sub("", browser_file(each)) for each in places)


def reached(entry: str, sources: Mapping[str, str]) -> set[str]:
    """Return the places of all scripts that a script comes to name, in whatever way, with its own.

    What only comments name, such as a file of types, is not among them.
    """
    found = {entry}
    left = [entry]
    while left:
        here = left.pop()
        named = _NAMED.findall(COMMENT.sub("", sources[here]))
        new = {place_of(name, here) for name in named} - found
        found |= new
        left += new
    return found


def place_of(address: str, importer: str) -> str:
    """Return the place of the script at an address that is relative to another's place."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), address))


def _scripts(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _scripts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".js", ".json")):
            yield f"{prefix}{entry.name}", entry.read_text("utf-8")
