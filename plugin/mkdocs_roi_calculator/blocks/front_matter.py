"""What a page's front matter sets for all its blocks, and the defaults that a site puts beside it.

Engines and their plugins hand over one mapping, in which YAML has already made numbers of words.
The files that it comes from are read again, for the words themselves and for their lines.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import yaml

from mkdocs_roi_calculator.blocks.block_text import read_below
from mkdocs_roi_calculator.blocks.source_page import PageContext
from mkdocs_roi_calculator.settings.settings import PAGE_KEYS, Layer, SettingError, layer_from
from mkdocs_roi_calculator.settings.strict_yaml import YamlTextError

KEY: Final = "roi_calculator"
# Where Material's meta plugin and Zensical look for the defaults of a folder and all in it.
_DEFAULTS: Final = ".meta.yml"
# Where Material's meta plugin says which files it took: a site may name them otherwise.
_TAKEN: Final = "__extends"
_FRONT_MATTER: Final = re.compile(
    r"\A(\ufeff?---[ \t]*\n)(.*?\n)(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class PageLayer:
    """Settings of a page. path: the file whose lines theirs are; None where no file says them."""

    layer: Layer
    path: Path | None


class FrontMatterError(ValueError):
    """Front matter that cannot be used. path, line: where; the line is 0 where no file says it."""

    def __init__(self, message: str, path: Path | None, line: int) -> None:
        super().__init__(f"front matter: {message}")
        self.path = path
        self.line = line


def page_layers(context: PageContext) -> list[PageLayer]:
    """Return what is set for all blocks of a page, the last one winning: its own front matter.

    Before it what the defaults of its folders say, the outermost first, and what is in no file,
    such as a hook's. Raises FrontMatterError for what a block could not say either.
    """
    merged = rest = context.meta.get(KEY)
    layers = []
    for path, text, above in _files(context):
        made = _made_of(text)
        # Defaults count only where the site has a plugin that merges them.
        if made is None or not (path == context.path or _is_part(made, merged)):
            continue
        try:
            layers.append(PageLayer(read_below(text, KEY, above), path))
        except YamlTextError as error:
            raise FrontMatterError(str(error), path, error.line) from error
        rest = _without(rest, made)
    if rest is None:
        return layers
    try:
        return [PageLayer(layer_from(rest, PAGE_KEYS), None), *layers]
    except SettingError as error:
        raise FrontMatterError(str(error), context.path, 0) from error


def _files(context: PageContext) -> Iterator[tuple[Path, str, int]]:
    """Yield the YAML texts of a page, its own last, with the lines that stand above each."""
    if context.path is None:
        return
    docs = context.path
    for _ in PurePosixPath(context.name).parts:
        docs = docs.parent
    folders = reversed(PurePosixPath(context.name).parents)
    names = context.meta.get(_TAKEN) or [folder / _DEFAULTS for folder in folders]
    for name in names if isinstance(names, list) else []:
        defaults = docs / name
        if defaults.is_file():
            yield defaults, defaults.read_text("utf-8-sig"), 0
    found = _FRONT_MATTER.match(context.source)
    if found:
        yield context.path, found[2], 1


def _made_of(text: str) -> object:
    """Return what engines make of our key in a YAML text; None where it is not there."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return None  # the engine's own complaint, not ours
    return found.get(KEY) if isinstance(found, Mapping) else None


def _is_part(made: object, merged: object) -> bool:
    """Tell whether every key is in what was merged, whatever its value became."""
    if not isinstance(made, Mapping):
        return merged is not None
    return isinstance(merged, Mapping) and all(
        name in merged and _is_part(value, merged[name]) for name, value in made.items()
    )


def _without(merged: object, made: object) -> object:
    """Return what was merged without the keys that a file says."""
    if not isinstance(merged, Mapping) or not isinstance(made, Mapping):
        return merged
    left = {}
    for name, value in merged.items():
        if name not in made:
            left[name] = value
        elif isinstance(value, Mapping):
            below = _without(value, made[name])
            if below:
                left[name] = below
    return left
